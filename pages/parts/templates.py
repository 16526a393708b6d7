"""An empty workbook per layout of our own or mapped here, with headings, lists to choose from and explanations."""

import streamlit as st

from pages.parts.opened import opened_house
from pages.parts.own_file import own
from sipa_data.intake import load_profiles, profiles_of, template

OWN = "eigene-"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def templates() -> None:
    """Offer them."""
    house = opened_house()
    shipped = set(load_profiles(house.settings.profiles))
    profiles = {
        key: one for key, one in profiles_of(house.settings).items() if key.startswith(OWN) or key not in shipped
    }
    st.header("Vorlagen", anchor=False)
    st.markdown("Leere Tabellen mit den richtigen Überschriften, Auswahllisten und Erklärungen.")
    chosen = st.selectbox(
        "Vorlage",
        list(profiles),
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
