"""What rates of cases are divided by: the population or another denominator, with its basis and date."""

from sipa_data.answers.inhabitants import Denominator, Inhabitants
from sipa_data.areas import CITY
from sipa_data.catalogue.models import RateMeasure
from sipa_data.german import number
from sipa_data.marts import Mart
from sipa_data.periods import Period

WHOLE_CITY_ROW = "ohne"


class Denominators:
    """Looks up the denominator of an area in a period, or says in German why there is none."""

    def __init__(self, mart: Mart, measure: RateMeasure) -> None:
        self._mart = mart
        self._measure = measure
        self._inhabitants = Inhabitants.of(mart) if measure.denominator == "population" else None
        self._others: dict[Period, dict[str, tuple[float, str]]] = {}

    def of(self, area: str, period: Period) -> Denominator | str:
        """The denominator, or the reason why there is none. What flows (passengers) is summed over the period."""
        if self._inhabitants is not None:
            return self._inhabitants.at(area, period)
        whole = self._whole(period)
        if not whole:
            return "keine Bezugsgröße für diesen Zeitraum"
        if area != CITY and area not in whole:
            return "Bezugsgröße nur für die ganze Stadt erhoben"
        value, unit = whole.get(area, (0.0, ""))
        if area == CITY:
            value = whole[WHOLE_CITY_ROW][0] if WHOLE_CITY_ROW in whole else sum(part for part, _ in whole.values())
            unit = next(iter(whole.values()))[1]
        if not value:
            return "keine Bezugsgröße für diesen Zeitraum"
        return Denominator(value, f"{number(value)} {unit}, {period.german}", unit, unit)

    def _whole(self, period: Period) -> dict[str, tuple[float, str]]:
        """Value and unit by district, where every day of the period is covered once."""
        if period not in self._others:
            rows = self._mart.rows(
                "denominators", starts=[period.start], ends=[period.end], kind=self._measure.denominator
            )  # fmt: skip
            self._others[period] = {
                str(row["district"]): (float(str(row["value"])), str(row["unit"]))
                for row in rows
                if row["days"] == period.days
            }
        return self._others[period]
