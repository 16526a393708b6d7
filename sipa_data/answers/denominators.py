"""What rates are divided by: the population or another denominator, with its basis and date."""

from dataclasses import dataclass
from datetime import date

from sipa_data.areas import CITY
from sipa_data.catalogue.models import RateMeasure
from sipa_data.german import day, number
from sipa_data.marts import Mart
from sipa_data.periods import Period

LONGEST_DISTANCE_DAYS = 550
"""A population further than this from the start of the report year says nothing about that year."""
BASIS_NAMES = {
    "register": "Melderegister",
    "census_2011": "Fortschreibung auf Basis Zensus 2011",
    "census_2022": "Fortschreibung auf Basis Zensus 2022",
    "official": "amtliche Fortschreibung",
}
WHOLE_CITY_ROW = "ohne"


@dataclass(frozen=True)
class Denominator:
    """``value`` in persons or the denominator's unit; ``basis`` as printed; ``footing`` decides comparability."""

    value: float
    basis: str
    footing: str


class Denominators:
    """Looks up the denominator of an area in a period, or says in German why there is none."""

    def __init__(self, mart: Mart, measure: RateMeasure) -> None:
        self._mart = mart
        self._measure = measure
        self._registers: dict[tuple[str, date, str], dict[str, int]] = {}
        if measure.denominator == "population":
            for row in mart.query("population").to_pylist():
                register = self._registers.setdefault((row["source"], row["reference_date"], row["basis"]), {})
                register[row["district"]] = row["inhabitants"]

    def of(self, area: str, period: Period) -> Denominator | str:
        """The denominator, or the reason why there is none."""
        if self._measure.denominator == "population":
            return self._population(area, period)
        return self._other(area, period)

    def _population(self, area: str, period: Period) -> Denominator | str:
        report_year_begins = date(period.end.year, 1, 1)

        def distance(register: tuple[str, date, str]) -> tuple[int, str]:
            return abs((register[1] - report_year_begins).days), register[0]

        nearest = min(self._registers, key=distance, default=None)
        if nearest is None or distance(nearest)[0] > LONGEST_DISTANCE_DAYS:
            return f"keine Einwohnerzahl zum 01.01.{period.end.year}"
        districts = self._registers[nearest]
        inhabitants = sum(districts.values()) if area == CITY else districts.get(area)
        if not inhabitants:
            return f"keine Einwohnerzahl für dieses Gebiet zum {day(nearest[1])}"
        basis = BASIS_NAMES.get(nearest[2], nearest[2])
        text = f"{number(inhabitants)} Einwohner am {day(nearest[1])} ({basis})"
        return Denominator(float(inhabitants), text, nearest[2])

    def _other(self, area: str, period: Period) -> Denominator | str:
        rows = self._mart.rows("denominators", starts=[period.start], ends=[period.end], kind=self._measure.denominator)
        values = {str(row["district"]): row for row in rows}
        row = values.get(WHOLE_CITY_ROW) if area == CITY and WHOLE_CITY_ROW in values else values.get(area)
        total = sum(float(str(found["value"])) for found in rows) if area == CITY and row is None else None
        value = float(str(row["value"])) if row else total
        if not value:
            return "keine Bezugsgröße für diesen Zeitraum"
        unit = str(rows[0]["unit"])
        return Denominator(value, f"{number(value)} {unit}", unit)
