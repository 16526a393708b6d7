"""„Was wir nicht wissen“: what has no number for a district, by reason, counted and named."""

import pandas as pd
import streamlit as st

from pages.parts import verdict
from pages.parts.profile import Profile
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.figures.district_brief import detectable_told, unknown, unknown_told
from sipa_data.german import listing, number

CONFIDENTIAL = (
    "Vertraulich heißt nicht null: Die Zahl ist bekannt, könnte aber etwas über einzelne Menschen verraten, allein "
    "oder im Vergleich mit anderen."
)


def unknown_of(view: View, found: Profile) -> None:
    """Every indicator without a number, and how large a difference the survey could have seen here."""
    st.header("Was wir nicht wissen", anchor=False)
    missing = unknown(found.asked)
    st.markdown(verdict.escaped(unknown_told(missing, len(found.asked)) or "Zu jeder Kennzahl gibt es hier eine Zahl."))
    if missing:
        rows = [
            {"Grund": one.reason, "Anzahl": number(len(one.titles)), "Kennzahlen": listing(one.titles)}
            for one in missing
        ]
        words_table(pd.DataFrame(rows, dtype="string"), f"Ohne Zahl für {view.place_name}, nach Grund")
        if not view.reader.scope.sees_all_of(view.place):
            verdict.aside(CONFIDENTIAL)
    perceived = found.apart_of(view.catalogue.city.perception_indicator)
    if perceived is not None:
        verdict.aside(detectable_told(perceived))
