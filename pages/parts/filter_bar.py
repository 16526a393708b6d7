"""The filter bar: place and period. Drawn once, by the entry script, so that a choice survives every page change.

What the address says is checked here again: options of a widget are a courtesy of the browser, not a limit.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.verdict import escaped
from sipa_data.access.scope import Scope
from sipa_data.answers import Reader
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.errors import InvalidQuestion
from sipa_data.periods import Period

Option = TypeVar("Option")

LATEST = "neuester Stand"
PLACE_KEY = "gebiet"
PERIOD_KEY = "zeitraum"
SCOPE_KEY = "ansicht"
WIDTH = 170
"""Of a choice, in pixels: two stand beside each other on a phone."""


def place_and_period(reader: Reader, notes: DeltaGenerator) -> tuple[str, Period | None]:
    """Draw the two choices; give the district id or CITY, and the period, None for the latest.

    ``notes`` : where it is said that a link asks for something that there is not
    """
    catalogue = reader.catalogue
    places = [CITY, *catalogue.districts]
    periods: list[Period | None] = [None, *reader.periods()]
    place = _choice(
        "Gebiet",
        PLACE_KEY,
        places,
        name=lambda place: place_name(catalogue, place),
        understand=catalogue.find_district,
        notes=notes,
    )
    period = _choice("Zeitraum", PERIOD_KEY, periods, name=period_name, understand=_period_in(periods), notes=notes)
    return place, period


def scope(scopes: Sequence[Scope], name: Callable[[Scope], str]) -> Scope:
    """Which of the own views to look with. Offers nothing that the identity does not cover; never in a link."""
    if len(scopes) == 1:
        return scopes[0]
    chosen = st.selectbox("Ansicht", scopes, format_func=name, key=SCOPE_KEY, persist_state="session", width=200)
    if chosen not in scopes:
        raise InvalidQuestion("Diese Ansicht gehört nicht zu Ihrer Anmeldung.")
    return chosen


def place_name(catalogue: Catalogue, place: str) -> str:
    """As the filter bar and links write it."""
    return f"{catalogue.city.name} gesamt" if place == CITY else catalogue.districts[place].name


def choose_place(catalogue: Catalogue, place: str) -> None:
    """Callback: set the filter bar to a place, as if the reader had chosen it there."""
    st.session_state[PLACE_KEY] = place if place == CITY or place in catalogue.districts else CITY


def period_name(period: Period | None) -> str:
    """As the filter bar and links write it."""
    return LATEST if period is None else period.german


def _period_in(periods: Sequence[Period | None]) -> Callable[[str], Period | None]:
    def understand(text: str) -> Period | None:
        try:
            asked = Period.parse(text)
        except InvalidQuestion:
            return None
        return asked if asked in periods else None

    return understand


def _choice(
    label: str,
    key: str,
    options: Sequence[Option],
    *,
    name: Callable[[Option], str],
    understand: Callable[[str], Option | None],
    notes: DeltaGenerator,
) -> Option:
    """A select box that the address carries under its German name; other spellings are understood on arrival."""
    asked = st.query_params.get(key)
    names = [name(option) for option in options]
    if asked and asked not in names and key not in st.session_state:
        understood = understand(asked)
        if understood is None:
            notes.warning(f"„{escaped(asked[:60])}“ gibt es unter {label} nicht. Gezeigt wird: {escaped(names[0])}.")
        else:
            st.session_state[key] = understood
    chosen = st.selectbox(label, options, format_func=name, key=key, bind="query-params", width=WIDTH)
    if chosen not in options:
        raise InvalidQuestion(f"„{str(chosen)[:60]}“ gibt es unter {label} nicht.")
    return chosen
