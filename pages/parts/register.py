"""Which pages there are, under which address, and in which menu. An address that is not here is refused."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from pages.daten import datenstand, freigaben, hochladen
from pages.hilfe import barrierefreiheit, glossar, methodik
from pages.lage import bezirk, fruehsignale, handlungsfeld, kennzahl, partner, sicherheitsgefuehl, ueberblick, wirkung
from pages.parts.view import (
    DISTRICT_ADDRESS,
    PARTNERS_ADDRESS,
    View,
    field_address,
    indicator_address,
    partners_address,
)
from sipa_data.access.scope import Right
from sipa_data.catalogue import Catalogue

HOME = ""
FIXED: dict[str, tuple[str, str, Callable[[View], None]]] = {
    HOME: ("", "Überblick", ueberblick.page),
    DISTRICT_ADDRESS: ("", "", bezirk.page),  # named by the city's own word
    "fruehsignale": ("", "Frühsignale", fruehsignale.page),
    "wirkung": ("", "Wirkung", wirkung.page),
    "sicherheitsgefuehl": ("", "Sicherheitsgefühl", sicherheitsgefuehl.page),
    PARTNERS_ADDRESS: ("", "Partner", partner.page),
    "datenstand": ("Daten und Hilfe", "Datenstand", datenstand.page),
    "methodik": ("Daten und Hilfe", "Methodik", methodik.page),
    "glossar": ("Daten und Hilfe", "Glossar", glossar.page),
    "barrierefreiheit": ("Daten und Hilfe", "Barrierefreiheit", barrierefreiheit.page),
}
RELEASES_ADDRESS = "freigaben"
DELIVERIES_MENU = "Daten liefern"
FOR_UPLOADERS: dict[str, tuple[str, Callable[[View], None]]] = {
    "hochladen": ("Hochladen", hochladen.page),
    RELEASES_ADDRESS: ("Freigaben", freigaben.page),
}
"""Registered only for whoever may upload: for all others these addresses are no pages."""
FIELDS_MENU = "Handlungsfelder"
MENUS = ("", FIELDS_MENU, DELIVERIES_MENU, "Daten und Hilfe")


def addresses(catalogue: Catalogue) -> frozenset[str]:
    """Every address that is a page, for whoever may see it."""
    fields = (field_address(field) for field in catalogue.fields)
    partners = (partners_address(field) for field in catalogue.fields)
    indicators = (indicator_address(indicator) for indicator in catalogue.indicators)
    return frozenset((*FIXED, *FOR_UPLOADERS, *fields, *partners, *indicators))


def menus(view: View) -> dict[str, list[Page]]:
    """The pages by menu. What several links lead to but no menu names is hidden, not secret."""
    found: dict[str, list[Page]] = {menu: [] for menu in MENUS}
    for address, (menu, title, draw) in FIXED.items():
        name = title or view.catalogue.city.districts_word
        found[menu].append(_page(partial(draw, view), name, address))
    for address, (title, draw) in FOR_UPLOADERS.items() if view.reader.scope.may(Right.upload) else ():
        found[DELIVERIES_MENU].append(_page(partial(draw, view), title, address))
    for field in view.catalogue.fields.values():
        draw_field = partial(handlungsfeld.page, view, field)
        found[FIELDS_MENU].append(_page(draw_field, field.title, field_address(field.id)))
        draw_partners = partial(partner.page, view, field)
        found[""].append(_page(draw_partners, f"Partner: {field.title}", partners_address(field.id), hidden=True))
    for indicator in view.catalogue.indicators.values():
        draw_indicator = partial(kennzahl.page, view, indicator)
        found[""].append(_page(draw_indicator, indicator.title, indicator_address(indicator.id), hidden=True))
    return {menu: pages for menu, pages in found.items() if pages}


def refusal(view: View, address: str) -> Page:
    """A page for an address that is none, so that the reader gets a German sentence and not another page."""
    return _page(partial(_refused, view), "Diese Seite gibt es nicht", address, hidden=True)


def asked_address() -> str:
    """The address that the browser shows. It decides only about the words of a refusal, never about access."""
    return urlsplit(st.context.url or "").path.strip("/").split("/")[-1]


def _page(draw: Callable[[], None], title: str, address: str, *, hidden: bool = False) -> Page:
    return st.Page(
        draw, title=title, url_path=address, default=address == HOME, visibility="hidden" if hidden else "visible"
    )


def _refused(view: View) -> None:
    view.title("Diese Seite gibt es nicht")
    st.markdown(
        "Der Link ist veraltet, enthält einen Tippfehler oder führt zu einer Seite, die nicht für Sie ist. Über "
        "„Suche“ in der Leiste oben finden Sie jede Kennzahl und jedes Gebiet."
    )
    with st.container(key="verweis-zurueck"):
        st.page_link(view.pages[HOME], label="Zum Überblick")
