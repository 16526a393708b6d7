"""Where a project was, where cases may have gone, and what it is compared with: displacement on the map."""

from collections.abc import Mapping

import pandas as pd

from sipa_data.answers.effect_sentences import step
from sipa_data.answers.effect_types import AreaGroup, Effect, Part
from sipa_data.catalogue import Catalogue
from sipa_data.figures.district_map import places_figure, with_boundaries
from sipa_data.figures.map_places import Shown
from sipa_data.figures.palette import Colours, colours
from sipa_data.figures.picture import Picture
from sipa_data.figures.style import bold, plain
from sipa_data.figures.words import NOTHING, SYNTHETIC, snapshot_text, without_full_stop
from sipa_data.german import listing, number
from sipa_data.snapshot import Snapshot

WORDS: Mapping[Part, str] = {
    "treated": "Gebiet",
    "beside": "nebenan",
    "comparison": "Vergleich",
    "rest": "übrige Stadt",
}
"""In the order in which they are told."""
TILES = "Kacheln: wer an wen grenzt, zeigen sie nur ungefähr"
SHORT: Mapping[Part, str] = {"treated": "G", "beside": "n", "comparison": "V", "rest": ""}


def effect_map(effect: Effect, catalogue: Catalogue, snapshot: Snapshot, *, dark: bool = False) -> Picture:
    """The districts by the part they play, with the change of each part; of an effect that was counted in districts.

    ``figure`` is None where the project is one of the whole city.
    """
    theme = colours(dark=dark)
    title = f"{effect.title}: {effect.short}"
    parts = [group for part in WORDS for group in effect.groups if group.part == part]
    changes = [f"{WORDS[group.part]} {_change(effect, group)}" for group in parts if group.before is not None]
    names = {place.id: place.name for place in catalogue.districts.values()}
    where = [f"{WORDS[group.part]}: {_names(group, names)}" for group in parts if group.part != "rest"]
    shown = {area: _shown(group, names[area], effect, theme) for group in parts for area in group.districts}
    source = " · ".join([f"Quelle: {_source(effect, catalogue)}", snapshot_text(snapshot)])
    return Picture(
        figure=places_figure(
            list(catalogue.districts.values()),
            catalogue.boundaries,
            shown,
            theme,
            synthetic=snapshot.synthetic,
        )
        if shown
        else None,
        title=title,
        subtitle=" · ".join([effect.measure, *changes, TILES if catalogue.boundaries is None else _key(parts)]),
        alt=f"{title}. {effect.measure}. {'; '.join(where)}. {without_full_stop(effect.sentence)}.",
        table=_table(effect, parts, names),
        source=with_boundaries(f"{source} · {SYNTHETIC}" if snapshot.synthetic else source, catalogue.boundaries),
        chooses_district=True,
    )


def _key(parts: list[AreaGroup]) -> str:
    """``G Gebiet, n nebenan``: the letters that stand on the map where there is no room for words."""
    return ", ".join(f"{SHORT[group.part]} {WORDS[group.part]}" for group in parts if SHORT[group.part])


def _change(effect: Effect, group: AreaGroup) -> str:
    """``von 418 (2023) auf 292 (2024), minus 30 %``; a word where it may not be told."""
    if group.before is None or group.after is None or effect.years is None:
        return "nicht gezeigt"
    return step(group.before, group.after, *(str(year) for year in effect.years))


def _shown(group: AreaGroup, name: str, effect: Effect, theme: Colours) -> Shown:
    fills: Mapping[Part, tuple[str, str]] = {
        "treated": (theme.tints[3], theme.on_high_tint),
        "beside": (theme.tints[1], theme.on_low_tint),
        "comparison": (theme.tints[0], theme.on_low_tint),
        "rest": (theme.paper, theme.muted),
    }
    fill, letters = fills[group.part]
    together = "" if len(group.districts) == 1 else "zusammen "
    told = f"{plain(name)}: {WORDS[group.part]}, {together}{_change(effect, group)}"
    word = WORDS[group.part] if group.part != "rest" else ""
    return Shown(fill, letters, bold(word) if word else "", bold(SHORT[group.part]) if word else "", told)


def _table(effect: Effect, parts: list[AreaGroup], names: Mapping[str, str]) -> pd.DataFrame:
    years = effect.years or ("vorher", "nachher")
    return pd.DataFrame(
        [
            {
                "Rolle": WORDS[group.part],
                "Bezirke": _names(group, names),
                str(years[0]): _count(group.before),
                str(years[1]): _count(group.after),
            }
            for group in parts
        ],
        dtype="string",
    )


def _names(group: AreaGroup, names: Mapping[str, str]) -> str:
    return listing([names[area] for area in group.districts])


def _count(count: int | None) -> str:
    return NOTHING if count is None else number(count)


def _source(effect: Effect, catalogue: Catalogue) -> str:
    """Of the cases and of who says what was done where."""
    indicator = catalogue.indicators.get(effect.indicator or "")
    said = ["Projektregister"]
    return "; ".join(said if indicator is None else [without_full_stop(indicator.source), *said])
