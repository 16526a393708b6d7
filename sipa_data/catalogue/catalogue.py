"""The city's own files, loaded and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sipa_data.catalogue.boundaries import Boundaries
from sipa_data.catalogue.messages import meant, quoted
from sipa_data.catalogue.models import (
    City,
    Cut,
    District,
    DistrictType,
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
from sipa_data.catalogue.spellings import normalised
from sipa_data.errors import InvalidQuestion


@dataclass(frozen=True)
class Catalogue:
    """What is measured, where and for whom. Each mapping is id → entry in the order of the file; offences by key.

    ``spellings`` : normalised spelling of a district → official number, for ``find_district``.
    ``boundaries`` : the outlines of the districts; None where nobody has imported any.
    """

    folder: Path
    city: City
    district_types: Mapping[str, DistrictType]
    districts: Mapping[str, District]
    fields: Mapping[str, FieldOfAction]
    principles: Mapping[str, Principle]
    offence_groups: Mapping[str, OffenceGroup]
    offences: Mapping[str, Offence]
    breaks: Mapping[str, SeriesBreak]
    unusual_times: Mapping[str, UnusualTime]
    scales: Mapping[str, Scale]
    items: Mapping[str, SurveyItem]
    registers: Mapping[str, Register]
    partner_kinds: Mapping[str, PartnerKind]
    indicators: Mapping[str, Indicator]
    cuts: Mapping[str, Cut]
    targets: tuple[Target, ...]
    spellings: Mapping[str, str] = field(repr=False)
    boundaries: Boundaries | None = field(default=None, repr=False)

    @property
    def lead_indicators(self) -> tuple[str, ...]:
        """What the city looks at first: its own lead indicators, then those of its fields, each once."""
        fields = (field.lead for field in self.fields.values() if field.lead is not None)
        return tuple(dict.fromkeys((*self.city.lead_indicators, *fields)))

    @property
    def announced_indicators(self) -> frozenset[str]:
        """The lead indicators, and what stands in for one that has no value."""
        leads = self.lead_indicators
        instead = (self.indicators[lead].instead for lead in leads)
        return frozenset((*leads, *(other for other in instead if other is not None)))

    def find_district(self, text: str) -> str | None:
        """The official number for any usual spelling; None where the text names no district, or not just one."""
        return self.spellings.get(normalised(text))

    def find_partner_kind(self, text: str) -> str | None:
        """The id of a kind of partner for its id, its title or another spelling; None where it is none of them."""
        said = normalised(text)
        for kind in self.partner_kinds.values():
            if said in map(normalised, (kind.id, kind.title, *kind.spellings)):
                return kind.id
        return None

    def district(self, district_id: str) -> District:
        """The district with this official number.

        Raises
        ------
        InvalidQuestion : there is none
        """
        found = self.districts.get(district_id)
        if found is None:
            raise InvalidQuestion(
                f"In der Liste der {self.city.districts_word} gibt es {quoted(district_id)} nicht. "
                f"{meant(district_id, list(self.districts))}."
            )
        return found

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id.

        Raises
        ------
        InvalidQuestion : there is none
        """
        found = self.indicators.get(indicator_id)
        if found is None:
            raise InvalidQuestion(
                f"Die Kennzahl {quoted(indicator_id)} gibt es nicht. {meant(indicator_id, list(self.indicators))}."
            )
        return found
