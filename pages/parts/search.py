"""Search in the filter bar: indicators, districts, fields of action, projects, partners and words, each as a link."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from pages.hilfe.glossar import WORDS
from pages.parts import identity
from pages.parts.filter_bar import choose_place
from pages.parts.verdict import escaped, muted
from pages.parts.view import DISTRICT_ADDRESS, View
from sipa_data.search import Entry, Kind, entries_of, find

HOME = ""
GLOSSARY_ADDRESS = "glossar"
GOES_TO = "sipa-gehe-zu"
"""Address of the page that a chosen district is shown on."""
KINDS = {
    Kind.indicator: "Kennzahl",
    Kind.field: "Handlungsfeld",
    Kind.project: "Projekt",
    Kind.partner: "Partner",
    Kind.word: "Begriff",
}


def popover(here: str) -> DeltaGenerator:
    """The button of the filter bar. It is filled when the pages are known.

    ``here`` : page and place; where something was chosen, there is a new button, and that one is closed
    """
    return st.popover("Suche", key=f"suche-{here}")


@st.fragment
def fill(view: View, here: str) -> None:
    """The field to type in, and what was found. Only this part of the page is built anew for it."""
    identity.ask_again(by_the_clock=False)
    if address := st.session_state.pop(GOES_TO, None):
        st.switch_page(view.pages[address], query_params={})
    asked = st.text_input(
        "Suchen nach", key=f"suchwort-{here}", placeholder="zum Beispiel Raub oder Vaihingen", width=320
    )
    if not asked.strip():
        st.markdown(muted("Kennzahlen, Gebiete, Handlungsfelder, Projekte, Partner und Begriffe."))
        return
    found = find(asked, entries_of(view.reader, [(word["term"], word["meaning"]) for word in WORDS]))
    if not found:
        st.markdown(f"Zu „{escaped(asked[:60])}“ ist nichts zu finden. Versuchen Sie ein anderes oder kürzeres Wort.")
    with st.container(key="verweis-suche", gap="xxsmall"):
        for number, entry in enumerate(found):
            _result(view, entry, number)


def _result(view: View, entry: Entry, number: int) -> None:
    title = escaped(entry.title)
    if entry.kind is Kind.district:
        word = escaped(view.catalogue.city.district_word)
        arguments = (view, str(entry.key))
        if st.button(f"{title} · {word}", type="tertiary", on_click=_open, args=arguments, key=f"treffer-{number}"):
            st.rerun()
        return
    st.page_link(_page_of(view, entry), label=f"{title} · {KINDS[entry.kind]}")


def _page_of(view: View, entry: Entry) -> Page:
    """Where an entry is told of. A project is told of under its field of action."""
    match entry.kind, entry.key:
        case Kind.indicator, str(indicator):
            return view.page_of_indicator(indicator)
        case Kind.field | Kind.project, str(field):
            return view.page_of_field(field)
        case Kind.partner, _:
            return view.page_of_partners()
        case Kind.word, _:
            return view.pages[GLOSSARY_ADDRESS]
        case _:
            return view.pages[HOME]


def _open(view: View, district: str) -> None:
    """Callback: choose a district and show its page."""
    choose_place(view.catalogue, district)
    st.session_state[GOES_TO] = DISTRICT_ADDRESS
