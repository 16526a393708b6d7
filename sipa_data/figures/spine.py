"""The profile of a district as a spine chart: one row per indicator, the district's mark beside the rest of the city.

Model: the area profiles of OHID's Fingertips. The rest of the city is the middle line of every row, left of it is less
favourable, right of it more; the furthest district sets the scale of its row. A row is text and two small pictures, so
that it can be read aloud, printed, and drawn without a library.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sipa_data import german
from sipa_data.answers.types import Answer, Verdict
from sipa_data.catalogue.models import CountMeasure, Indicator, PersonRateMeasure, RateMeasure
from sipa_data.figures.palette import Colours, Tone, colours
from sipa_data.figures.rows import Row, city_row, district_rows, subject, subject_row
from sipa_data.figures.spark import Spark, spark
from sipa_data.figures.spine_drawing import Strip, draw_strip
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    BEYOND_CHANCE,
    NOTHING,
    SYNTHETIC,
    arrow_of,
    interval_text,
    short_text,
    tone_of,
    value_text,
    value_with_interval,
    why_hidden,
)

TEXT_BYTES = 2_000
SIDES = {True: "günstiger", False: "ungünstiger"}
MEANING = (
    "Mittellinie: übrige Stadt · rechts davon günstiger, links ungünstiger · Strich: 95-%-Bereich · blass: Spanne der "
    "{districts}, jeder ein Strich; bei Häufigkeiten heißt gleicher Abstand gleiches "
    "Vielfaches · ausgefüllt: Befund über den Zufall hinaus"
)


@dataclass(frozen=True)
class SpineRow:
    """One indicator of a district; all of it German text, ready to show.

    ``strip`` : None where there is nothing to be held against; ``course`` : None where there are not two values
    ``apart`` : against the rest of the city; ``changed`` : against before; each with the colour of its judgement
    ``apart_tone`` : of the comparison with the rest, neutral within chance
    """

    indicator: str
    title: str
    value: str
    interval: str
    rest: str
    spread: str
    strip: Spark | None
    course: Spark | None
    apart: str
    apart_tone: Tone
    apart_ink: str
    changed: str
    changed_ink: str
    beyond_chance: bool

    @property
    def held_bytes(self) -> int:
        """What it takes in memory."""
        return TEXT_BYTES + sum(picture.held_bytes for picture in (self.strip, self.course) if picture is not None)


def spine_row(changed: Answer, apart: Answer, everywhere: Answer, *, dark: bool = False) -> SpineRow:
    """One row of the profile.

    Parameters
    ----------
    changed : of the one district, over time, compared with before
    apart : of the one district, compared with the rest of the city
    everywhere : of all districts, for the range; only values that this reader may see are in it
    dark : colours for the dark theme
    """
    indicator, row = changed.indicator, subject_row(changed)
    shown = row is not None and row.value is not None
    beside = apart.verdict_on(subject(apart)) if shown else None
    before = changed.verdict_on(subject(changed)) if shown else None
    rest = _rest(row, beside)
    others = [one for one in district_rows(everywhere) if one.value is not None]
    theme = colours(dark=dark)
    return SpineRow(
        indicator=indicator.id,
        title=indicator.short_title,
        value=_value(row, indicator),
        interval=_interval(row, indicator),
        rest=NOTHING if rest is None else german.with_unit(rest, indicator.unit, indicator.decimals),
        spread=_spread(others, indicator),
        strip=_strip(changed, everywhere, row, rest, beside, theme),
        course=spark(changed, dark=dark) if shown else None,
        apart=_apart(beside),
        apart_tone=tone_of(beside),
        apart_ink=_ink(beside, theme),
        changed="" if before is None else f"{arrow_of(before)} {before.short}".strip(),
        changed_ink=_ink(before, theme),
        beyond_chance=beside is not None and beside.code in BEYOND_CHANCE,
    )


def spine_title(rows: Sequence[SpineRow], place: str) -> str:
    """„Mitte steht in 7 von 15 Kennzahlen günstiger und in 2 ungünstiger da als die übrige Stadt“"""
    compared = [row for row in rows if row.rest != NOTHING]
    tones = [row.apart_tone for row in compared if row.beyond_chance]
    of_all = german.count_of(len(compared), "Kennzahl", "Kennzahlen")
    if not compared:
        return f"{place}: keine Kennzahl, die sich mit der übrigen Stadt vergleichen lässt"
    if not tones:
        return f"{place} unterscheidet sich in keiner von {of_all} über den Zufall hinaus von der übrigen Stadt"
    sides = (("favourable", "günstiger"), ("unfavourable", "ungünstiger"), ("neutral", "anders"))
    counted = [(tones.count(tone), side) for tone, side in sides if tone in tones]
    first, *others = [f"in {german.number(count)}{{of}} {side}" for count, side in counted]
    said = german.listing([first.format(of=f" von {of_all}"), *(one.format(of="") for one in others)])
    return f"{place} steht {said} da als die übrige Stadt"


def spine_meaning(districts_word: str) -> str:
    """How a row is read."""
    return MEANING.format(districts=districts_word)


def spine_table(rows: Sequence[SpineRow]) -> pd.DataFrame:
    """The same as a table of words."""
    return pd.DataFrame(
        [
            {
                "Kennzahl": row.title,
                "Wert": row.value,
                "95-%-Bereich": row.interval or NOTHING,
                "übrige Stadt": row.rest,
                "alle Bezirke": row.spread or NOTHING,
                "Gegenüber der übrigen Stadt": row.apart or NOTHING,
                "Gegenüber früher": row.changed or NOTHING,
            }
            for row in rows
        ],
        dtype="string",
    )


def _value(row: Row | None, indicator: Indicator) -> str:
    """The value; without the unit where the name of the row says it."""
    if row is None:
        return why_hidden(row)
    return short_text(row, indicator) if row.value is not None and _named(indicator) else value_text(row, indicator)


def _interval(row: Row | None, indicator: Indicator) -> str:
    bounds = "" if row is None else interval_text(row, indicator)
    return bounds.removesuffix(indicator.unit).strip() if _named(indicator) else bounds


def _named(indicator: Indicator) -> bool:
    return indicator.unit in indicator.short_title


def _rest(row: Row | None, beside: Verdict | None) -> float | None:
    """The value of the city without the district, as its verdict was formed from it."""
    if row is None or row.value is None or beside is None or beside.difference is None:
        return None
    return row.value - beside.difference


def _apart(beside: Verdict | None) -> str:
    """The verdict, and whether that is favourable: direction in words, not in colour alone."""
    if beside is None:
        return ""
    return beside.short if beside.favourable is None else f"{beside.short}: {SIDES[beside.favourable]}"


def _ink(said: Verdict | None, theme: Colours) -> str:
    """Colour only beyond chance; what is grey elsewhere is muted ink here, because it is text."""
    tone = tone_of(said)
    return theme.muted if tone == "neutral" else theme.of_tone(tone)


def _spread(others: list[Row], indicator: Indicator) -> str:
    values = [row.value for row in others if row.value is not None]
    return german.interval(min(values), max(values), indicator.unit, indicator.decimals) if values else ""


def _strip(
    changed: Answer, everywhere: Answer, row: Row | None, rest: float | None, beside: Verdict | None, theme: Colours
) -> Spark | None:
    """None for totals, for which the city is no yardstick, and where nothing was compared with the rest."""
    indicator, city = changed.indicator, city_row(everywhere)
    if isinstance(indicator.measure, CountMeasure) or row is None:
        return None
    hidden = row.value is None
    centre = city.value if hidden and city is not None else rest
    if centre is None:
        return None
    others = tuple(one.value for one in district_rows(everywhere) if one.value is not None)
    strip = Strip(
        centre, others, row.value, row.lower, row.upper,
        mirrored=indicator.direction == "lower_is_better", multiples=_in_multiples(indicator, centre),
    )  # fmt: skip
    tone = tone_of(beside)
    filled = beside is not None and beside.code in BEYOND_CHANCE
    ink = theme.muted if not filled else theme.blue if tone == "neutral" else theme.of_tone(tone)
    return Spark(
        draw_strip(strip, ink, filled=filled, word=why_hidden(row), theme=theme), _alt(changed, row, rest, everywhere)
    )


def _in_multiples(indicator: Indicator, centre: float) -> bool:
    return isinstance(indicator.measure, RateMeasure | PersonRateMeasure) and centre > 0


def _alt(changed: Answer, row: Row, rest: float | None, everywhere: Answer) -> str:
    """Mark, yardstick and range in a sentence each."""
    indicator, place = changed.indicator, changed.place_name(subject(changed))
    said = [f"{indicator.title}, {period_text(row.period)}: {place} {value_with_interval(row, indicator)}"]
    if rest is not None:
        said.append(f"übrige Stadt {german.with_unit(rest, indicator.unit, indicator.decimals)}")
    if spread := _spread(list(district_rows(everywhere)), indicator):
        said.append(f"alle {changed.city.districts_word} {spread}")
    told = f"{', '.join(said)}."
    if indicator.direction == "neutral":
        told += " Ohne Richtung: rechts ist höher."
    return f"{told} {SYNTHETIC}." if changed.snapshot.synthetic else told
