"""Districts in a funnel: value against size, and how far chance alone would spread them. No order by value."""

import pandas as pd

from sipa_data import german
from sipa_data.answers.funnels import Funnel, FunnelPlace, Position, Smoothed
from sipa_data.figures.findings import MOST_NAMES
from sipa_data.figures.funnel_drawing import draw_funnel
from sipa_data.figures.palette import colours
from sipa_data.figures.picture import Picture
from sipa_data.figures.rows import Row, city_row, district_rows
from sipa_data.figures.table import PLACE, VALUE
from sipa_data.figures.when import period_text
from sipa_data.figures.words import (
    NOTHING,
    hidden_listing,
    measured,
    short_text,
    source_line,
    value_text,
    without_full_stop,
)

INNER_WORDS = "95-%-Grenzen"
OUTER_WORDS = "99,8-%-Grenzen"
POSITION = "Lage"
POSITIONS = {
    Position.far_above: "über den 99,8-%-Grenzen",
    Position.above: "über den 95-%-Grenzen",
    Position.inside: "innerhalb",
    Position.below: "unter den 95-%-Grenzen",
    Position.far_below: "unter den 99,8-%-Grenzen",
}
OVER = (Position.above, Position.far_above)
FAR = (Position.far_above, Position.far_below)
VISITORS = "mehr Besucher als Bewohner"
EXPECTED = "dem Bereich, der bei dieser Größe zu erwarten ist"


def funnel(found: Funnel, smoothed: Smoothed | None = None, *, dark: bool = False) -> Picture:
    """Every district as a dot over its size, between the limits of 95 % and 99.8 %.

    Parameters
    ----------
    found : of ``Reader.funnel``
    smoothed : of ``Reader.smoothed``; a column of the table, labelled as what it is
    dark : colours for the dark theme
    """
    title = _title(found)
    return Picture(
        figure=draw_funnel(found, colours(dark=dark)) if found.places else None,
        title=title,
        subtitle=_subtitle(found),
        alt=_alt(found, title),
        table=_table(found, smoothed),
        source=source_line(found.answer),
        chooses_district=True,
    )


def _title(found: Funnel) -> str:
    """Who lies outside 99.8 %. One in twenty lies outside 95 % by chance, so that alone is no finding."""
    name = found.answer.indicator.short_title
    if found.why_none is not None:
        return f"{name}: {found.why_none[0].lower()}{without_full_stop(found.why_none)[1:]}"
    outside = [one for one in found.places if one.position is not Position.inside]
    far = [one for one in outside if one.position in FAR]
    if speaking := [one for one in far if not one.many_visitors]:
        over = [one for one in speaking if one.position in OVER]
        under = [one for one in speaking if one.position not in OVER]
        first, others = (over, under) if over else (under, [])
        side = "über" if over else "unter"
        also = f", {_who(found, others)} unter" if others else ""
        return f"{name}: {_who(found, first)} {'liegt' if len(first) == 1 else 'liegen'} {side}{also} {EXPECTED}"
    if far:
        verb = "liegt" if len(far) == 1 else "liegen"
        return f"{name}: weit außerhalb {verb} nur {_who(found, far)}, wo viel mehr Menschen sind, als dort wohnen"
    if outside:
        verb = "liegt" if len(outside) == 1 else "liegen"
        return f"{name}: {_who(found, outside)} {verb} knapp außerhalb, was bei einem von 20 Zufall ist"
    return f"{name}: alle {found.answer.city.districts_word} liegen in {EXPECTED}"


def _who(found: Funnel, places: list[FunnelPlace]) -> str:
    if len(places) <= MOST_NAMES:
        return german.listing([found.answer.place_name(one.district) for one in places])
    return f"{german.number(len(places))} {found.answer.city.districts_word}"


def _subtitle(found: Funnel) -> str:
    if not found.places or found.answer.period is None:
        return measured(found.answer.indicator)
    parts = [measured(found.answer.indicator), period_text(found.answer.period)]
    return " · ".join([*parts, "Fläche: 95-%-Grenzen, Linien: 99,8-%-Grenzen"])


def _alt(found: Funnel, title: str) -> str:
    indicator, city = found.answer.indicator, city_row(found.answer)
    said = [f"{without_full_stop(title)}."]
    if found.places and city is not None:
        said.append(f"{measured(indicator)}: {city.place} {value_text(city, indicator)}.")
        smallest = min(found.places, key=lambda one: one.size)
        limits = german.interval(*smallest.inner, indicator.unit, indicator.decimals)
        said.append(
            f"{INNER_WORDS} für {found.answer.place_name(smallest.district)} "
            f"({german.number(smallest.size)} {found.size_word}): {limits}."
        )
        rows = {row.district: row for row in district_rows(found.answer)}
        outside = [one for one in found.places if one.position is not Position.inside]
        told = [
            f"{rows[one.district].place} {value_text(rows[one.district], indicator)} ({POSITIONS[one.position]})"
            for one in outside
        ]
        said.append(f"Außerhalb: {'; '.join(told)}." if told else "Außerhalb liegt kein gezeigter Wert.")
    hidden = [(row.place, row) for row in district_rows(found.answer) if row.value is None]
    said += [f"Nicht gezeigt: {hidden_listing(hidden)}."] if hidden and found.places else []
    return " ".join([*said, *found.notes])


def _table(found: Funnel, smoothed: Smoothed | None) -> pd.DataFrame:
    """One row per district in the order of the catalogue, also those whose value is not shown."""
    places = {one.district: one for one in found.places}
    if not places:
        return pd.DataFrame()
    rows = district_rows(found.answer)
    columns = {PLACE: [row.place for row in rows]}
    columns[found.size_word] = [german.number(places[row.district].size) if row.district in places else NOTHING
                                for row in rows]  # fmt: skip
    columns[VALUE] = [value_text(row, found.answer.indicator) for row in rows]
    if smoothed is not None and smoothed.places:
        values = {one.district: one.smoothed for one in smoothed.places}
        columns[f"{VALUE} ({smoothed.label})"] = [_smooth(row, values, found) for row in rows]
    columns[INNER_WORDS] = [_limits(places.get(row.district), "inner", found) for row in rows]
    columns[OUTER_WORDS] = [_limits(places.get(row.district), "outer", found) for row in rows]
    columns[POSITION] = [_position(places.get(row.district)) for row in rows]
    return pd.DataFrame(columns, dtype="string")


def _smooth(row: Row, values: dict[str, float], found: Funnel) -> str:
    indicator = found.answer.indicator
    if row.district not in values:
        return NOTHING if row.value is None else short_text(row, indicator)
    return german.with_unit(values[row.district], indicator.unit, indicator.decimals)


def _limits(place: FunnelPlace | None, which: str, found: Funnel) -> str:
    if place is None:
        return NOTHING
    ends = place.inner if which == "inner" else place.outer
    return german.interval(*ends, found.answer.indicator.unit, found.answer.indicator.decimals)


def _position(place: FunnelPlace | None) -> str:
    if place is None:
        return NOTHING
    said = POSITIONS[place.position]
    return f"{said} ({VISITORS})" if place.many_visitors and place.position is not Position.inside else said
