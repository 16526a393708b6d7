"""A workbook per layout, with headings, lists to choose from and explanations; of a register also with what it holds.

Our own layouts come first.
"""

from collections.abc import Callable

import streamlit as st

from pages.parts import verdict
from pages.parts.opened import opened_house
from pages.parts.own_file import own
from sipa_data.intake import load_profiles, profiles_of, register_of, template
from sipa_data.release.desk import Desk

OWN = "eigene-"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def templates(at: Desk) -> None:
    """Offer them."""
    house = opened_house()
    profiles, shipped = profiles_of(house.settings), set(load_profiles(house.settings.profiles))
    of_others = [key for key in profiles if key in shipped and not key.startswith(OWN)]
    offered = [key for key in profiles if key not in of_others] + of_others
    st.header("Vorlagen", anchor=False)
    st.markdown("Tabellen mit den richtigen Überschriften, Auswahllisten und Erklärungen.")
    chosen = st.selectbox(
        "Vorlage",
        offered,
        format_func=lambda key: profiles[key].title,
        key="vorlage",
        index=None,
        placeholder="bitte wählen",
    )
    if chosen not in profiles:
        return
    profile = profiles[chosen]
    is_register = register_of(profile) is not None
    with st.container(horizontal=True, key="vorlage-knoepfe"):
        _offer("Vorlage laden", f"vorlage-{chosen}.xlsx", "vorlage-laden", lambda: template(profile, house.catalogue))
        if is_register:
            _offer("Ausgefüllt laden", f"{chosen}.xlsx", "register-laden", lambda: at.register(profile))
    if is_register:
        verdict.aside(
            "Ausgefüllt enthält sie alles, was im jetzigen Datenstand steht: ändern, speichern und oben wieder "
            "hochladen. Die neue Lieferung ersetzt die alte."
        )


def _offer(label: str, name: str, key: str, made: Callable[[], bytes]) -> None:
    """The file is made on the click."""
    st.download_button(label, data=made, file_name=name, mime=own(SPREADSHEET), key=key, on_click="ignore")
