"""What to look at before a survey wave is published: weights, design effect, and who answered beside who lives here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sipa_data.ages import OLDEST, SEXES, AgeGroup
from sipa_data.answers.inhabitants import Inhabitants
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Scale
from sipa_data.marts import Mart
from sipa_data.periods import Period


@dataclass(frozen=True)
class ReviewedGroup:
    """One group of respondents. Shares in [0, 1].

    ``feature`` : as the catalogue names what they are grouped by; ``label`` : the group
    ``share`` : of all with a known group, each counted once; ``weighted`` : with their weights
    ``inhabitants`` : share of the population of the ages that were asked; None where that is not known
    """

    feature: str
    label: str
    respondents: int
    share: float
    weighted: float
    inhabitants: float | None


@dataclass(frozen=True)
class WaveReview:
    """One wave. ``design_effect`` : what unequal weights cost, n / n_effective (Kish 1965).

    ``basis`` : the population that the groups stand beside, or why there is none
    """

    title: str
    respondents: int
    invited: int | None
    weight_sum: float
    design_effect: float
    n_effective: float
    basis: str
    groups: tuple[ReviewedGroup, ...]

    @property
    def response(self) -> float | None:
        """Respondents per invited person, in [0, 1]."""
        return self.respondents / self.invited if self.invited else None


def review_wave(mart: Mart, wave_id: str) -> WaveReview | None:
    """None where the wave has no single respondents, as one of which only a table was published.

    Only for whoever may upload: it counts single respondents.
    """
    wave: dict[str, Any] | None = next((row for row in mart.rows("all_waves") if row["wave_id"] == wave_id), None)
    districts: list[dict[str, Any]] = mart.rows("survey_districts", wave=wave_id)
    respondents = sum(row["respondents"] for row in districts)
    if wave is None or not respondents:
        return None
    period = Period(wave["field_start"], wave["field_end"])
    people = _People(mart, period, wave["min_age"])
    weight, squared = (sum(row[name] for row in districts) for name in ("sum_weight", "sum_weight_squared"))
    return WaveReview(
        title=str(wave["title"]),
        respondents=respondents,
        invited=wave["invited"],
        weight_sum=weight,
        design_effect=respondents * squared / weight**2,
        n_effective=weight**2 / squared,
        basis=people.basis,
        groups=(*_by_item(mart, wave_id, people), *_by_district(mart, districts, people)),
    )


class _People:
    """Inhabitants of the ages that were asked, at the time of a wave."""

    def __init__(self, mart: Mart, period: Period, min_age: int | None) -> None:
        self._mart, self._period = mart, period
        self._asked = (AgeGroup(min_age, OLDEST),) if min_age else ()
        everybody = self._number(self._asked)
        if isinstance(everybody, str):  # only the sum is known: districts still compare, ages and sexes do not
            self._asked = ()
            everybody = self._number(())
        self.basis = everybody if isinstance(everybody, str) else everybody[1]

    def share(self, *, age: AgeGroup | None = None, sex: str | None = None, district: str = CITY) -> float | None:
        whole = self._number(self._asked)
        part = self._number((age,) if age else self._asked, sex, district)
        return None if isinstance(part, str) or isinstance(whole, str) else part[0] / whole[0]

    def _number(
        self, ages: tuple[AgeGroup, ...], sex: str | None = None, district: str = CITY
    ) -> tuple[float, str] | str:
        found = Inhabitants.of(self._mart, ages, sex).at(district, self._period)
        return found if isinstance(found, str) else (found.value, found.basis)


def _by_item(mart: Mart, wave_id: str, people: _People) -> Iterator[ReviewedGroup]:
    """Every item of the catalogue whose answers are ages or sexes."""
    for item in mart.catalogue.items.values():
        scale = mart.catalogue.scales[item.scale]
        known = _groups_of(scale)
        if known is None:
            continue
        labels = {answer.code: answer.label for answer in scale.answers}
        rows: list[dict[str, Any]] = mart.rows("answer_sums", wave=wave_id, item=item.id)
        n, weight = sum(row["respondents"] for row in rows), sum(row["sum_weight"] for row in rows)
        found = {row["answer"]: row for row in rows}
        for code in labels if n else ():
            row = found.get(code, {"respondents": 0, "sum_weight": 0.0})
            age, sex = known[code]
            yield ReviewedGroup(
                item.title, labels[code], row["respondents"], row["respondents"] / n, row["sum_weight"] / weight,
                people.share(age=age, sex=sex),
            )  # fmt: skip


def _groups_of(scale: Scale) -> dict[str, tuple[AgeGroup | None, str | None]] | None:
    """Ages and sexes by code; None where the scale is about something else."""
    codes = [answer.code for answer in scale.answers]
    if set(codes) <= set(SEXES):
        return {code: (None, code) for code in codes}
    ages = {code: AgeGroup.read(code) for code in codes}
    return None if None in ages.values() else {code: (age, None) for code, age in ages.items()}


def _by_district(mart: Mart, rows: list[dict[str, Any]], people: _People) -> Iterator[ReviewedGroup]:
    found = {row["district"]: row for row in rows if row["district"]}
    n, weight = (sum(row[name] for row in found.values()) for name in ("respondents", "sum_weight"))
    for district in mart.catalogue.districts.values() if n else ():
        row = found.get(district.id, {"respondents": 0, "sum_weight": 0.0})
        yield ReviewedGroup(
            mart.catalogue.city.district_word, district.name, row["respondents"], row["respondents"] / n,
            row["sum_weight"] / weight, people.share(district=district.id),
        )  # fmt: skip
