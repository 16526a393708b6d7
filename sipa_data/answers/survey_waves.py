"""The waves of a survey that asked one question, and how each was asked."""

from dataclasses import dataclass
from datetime import date

from sipa_data.catalogue.models import DifferenceMeasure, MeanMeasure, ShareMeasure
from sipa_data.marts import Mart
from sipa_data.periods import Period


@dataclass(frozen=True)
class Wave:
    """One wave that asked the item."""

    id: str
    title: str
    period: Period
    scale: str
    method_break: str | None
    when: str  # as told in a sentence: 2023
    min_age: int | None  # youngest age asked


@dataclass(frozen=True)
class FieldWork:
    """How one wave was done. ``invited`` : None where nobody delivered it."""

    id: str
    title: str
    period: Period
    invited: int | None
    responded: int | None
    mode: str | None
    weighting: str | None

    @property
    def response_rate(self) -> float | None:
        """Answered of invited, in per cent."""
        return 100 * self.responded / self.invited if self.invited and self.responded is not None else None


def waves_that_asked(mart: Mart, item: str) -> tuple[Wave, ...]:
    """Oldest first."""
    rows = mart.rows("waves", item=item)
    ends = [_day(row["field_end"]) for row in rows]
    several = {end.year for end in ends if [other.year for other in ends].count(end.year) > 1}
    return tuple(
        Wave(
            id=str(row["wave_id"]),
            title=str(row["title"]),
            period=Period(_day(row["field_start"]), end),
            scale=str(row["scale_id"]),
            method_break=str(row["method_break"]) if row["method_break"] else None,
            when=f"{end:%m/%Y}" if end.year in several else f"{end.year}",
            min_age=age if isinstance(age := row["min_age"], int) else None,
        )
        for row, end in zip(rows, ends, strict=True)
    )


def field_work(mart: Mart) -> tuple[FieldWork, ...]:
    """Every wave, the newest first."""
    return tuple(
        FieldWork(
            id=str(row["wave_id"]),
            title=str(row["title"]),
            period=Period(_day(row["field_start"]), _day(row["field_end"])),
            invited=_count(row["invited"]),
            responded=_count(row["responded"]),
            mode=_text(row["mode"]),
            weighting=_text(row["weighting"]),
        )
        for row in reversed(mart.rows("all_waves"))
    )


def counts_otherwise(mart: Mart, measure: ShareMeasure | MeanMeasure | DifferenceMeasure, wave: Wave) -> bool:
    """Whether a wave asked on another scale than the catalogue, where the counted codes would mean other answers.

    A mean is one of its own scale and needs no codes; it is shown, and never compared with one of another scale.
    """
    return not isinstance(measure, MeanMeasure) and asked_on_another_scale(mart, measure.item, wave)


def asked_on_another_scale(mart: Mart, item_id: str, wave: Wave) -> bool:
    """Whether the codes of an item meant other answers in a wave than in the catalogue."""
    item = mart.catalogue.items.get(item_id)
    return item is not None and item.scale != wave.scale


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"the mart gave {value!r} where a day was expected")
    return value


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _text(value: object) -> str | None:
    return str(value) if value else None
