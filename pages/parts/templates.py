"""An empty workbook per layout, with headings, lists to choose from and explanations. Our own layouts come first."""

import streamlit as st

from pages.parts.opened import opened_house
from pages.parts.own_file import own
from sipa_data.intake import load_profiles, profiles_of, template

OWN = "eigene-"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def templates() -> None:
    """Offer them."""
    house = opened_house()
    profiles, shipped = profiles_of(house.settings), set(load_profiles(house.settings.profiles))
    of_others = [key for key in profiles if key in shipped and not key.startswith(OWN)]
    offered = [key for key in profiles if key not in of_others] + of_others
    st.header("Vorlagen", anchor=False)
    st.markdown("Leere Tabellen mit den richtigen Überschriften, Auswahllisten und Erklärungen.")
    chosen = st.selectbox(
        "Vorlage",
        offered,
        format_func=lambda key: profiles[key].title,
        key="vorlage",
        index=None,
        placeholder="bitte wählen",
    )
    if chosen in profiles:
        st.download_button(
            "Vorlage laden",
            data=lambda: template(profiles[chosen], house.catalogue),
            file_name=f"vorlage-{chosen}.xlsx",
            mime=own(SPREADSHEET),
            key="vorlage-laden",
            on_click="ignore",
        )
