"""The files of a city and the entries read from them, each with the place where it stands."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sipa_data.catalogue.files import Place
from sipa_data.catalogue.messages import meant
from sipa_data.catalogue.models import (
    City,
    Cut,
    District,
    DistrictType,
    Entry,
    FieldOfAction,
    Indicator,
    Offence,
    OffenceGroup,
    PartnerKind,
    Principle,
    Register,
    Scale,
    SeriesBreak,
    SurveyItem,
    Target,
    UnusualTime,
)

Model = TypeVar("Model", bound=Entry)


@dataclass(frozen=True)
class Part(Generic[Model]):
    """One kind of entry and where it stands.

    ``table`` : heading of its entries in a TOML file; empty for CSV and for a file that is one entry.
    ``key`` : what entries are known by; empty where they are only counted.
    ``needed`` : a city cannot do without.
    """

    file: str
    table: str
    model: type[Model]
    key: str = "id"
    needed: bool = True


CITY = Part("city.toml", "", City)
DISTRICT_TYPES = Part("district_types.toml", "district_type", DistrictType)
DISTRICTS = Part("districts.csv", "", District)
FIELDS = Part("fields.toml", "field", FieldOfAction)
PRINCIPLES = Part("principles.toml", "principle", Principle)
OFFENCE_GROUPS = Part("offence_groups.toml", "offence_group", OffenceGroup, needed=False)
OFFENCES = Part("offences.csv", "", Offence, key="key", needed=False)
BREAKS = Part("breaks.toml", "break", SeriesBreak, needed=False)
UNUSUAL_TIMES = Part("breaks.toml", "unusual_time", UnusualTime, needed=False)
SCALES = Part("scales.toml", "scale", Scale, needed=False)
ITEMS = Part("items.toml", "item", SurveyItem, needed=False)
REGISTERS = Part("registers.toml", "register", Register, needed=False)
PARTNER_KINDS = Part("partner_kinds.toml", "partner_kind", PartnerKind, needed=False)
INDICATORS = Part("indicators.toml", "indicator", Indicator)
CUTS = Part("cuts.toml", "cut", Cut)
TARGETS = Part("targets.toml", "target", Target, key="", needed=False)

FILES: Mapping[str, tuple[str, ...]] = {
    CITY.file: (),
    DISTRICT_TYPES.file: (DISTRICT_TYPES.table,),
    DISTRICTS.file: (),
    FIELDS.file: (FIELDS.table,),
    PRINCIPLES.file: (PRINCIPLES.table,),
    OFFENCE_GROUPS.file: (OFFENCE_GROUPS.table,),
    OFFENCES.file: (),
    BREAKS.file: (BREAKS.table, UNUSUAL_TIMES.table),
    SCALES.file: (SCALES.table,),
    ITEMS.file: (ITEMS.table,),
    REGISTERS.file: (REGISTERS.table,),
    PARTNER_KINDS.file: (PARTNER_KINDS.table,),
    INDICATORS.file: (INDICATORS.table,),
    CUTS.file: (CUTS.table,),
    TARGETS.file: (TARGETS.table,),
}
"""Every file of a city's folder and the tables that may stand in it."""


@dataclass(frozen=True)
class Shelf(Generic[Model]):
    """All entries of one part, in the order of the file."""

    part: Part[Model]
    models: Mapping[str, Model]
    places: Mapping[str, Place]

    def __iter__(self) -> Iterator[tuple[Model, Place]]:
        return ((model, self.places[key]) for key, model in self.models.items())

    def require(self, wanted: Collection[str], place: Place, key: str) -> None:
        """Every wanted id stands on this shelf.

        Raises
        ------
        CatalogueError : one does not; the sentence names the place that wants it
        """
        for one in wanted:
            if one not in self.models:
                raise place.wrong(f"„{one}“ gibt es in {self.part.file} nicht", meant(one, list(self.models)), key)


@dataclass(frozen=True)
class Shelves:
    """Everything that was read, before entries are checked against each other."""

    city: Shelf[City]
    district_types: Shelf[DistrictType]
    districts: Shelf[District]
    fields: Shelf[FieldOfAction]
    principles: Shelf[Principle]
    offence_groups: Shelf[OffenceGroup]
    offences: Shelf[Offence]
    breaks: Shelf[SeriesBreak]
    unusual_times: Shelf[UnusualTime]
    scales: Shelf[Scale]
    items: Shelf[SurveyItem]
    registers: Shelf[Register]
    partner_kinds: Shelf[PartnerKind]
    indicators: Shelf[Indicator]
    cuts: Shelf[Cut]
    targets: Shelf[Target]
