"""Where the numbers come from: the snapshot, its uploads, the sources of the indicators."""

import pandas as pd
import streamlit as st

from pages.parts import place, verdict
from pages.parts.tables import NOT_LOCATABLE, source_table, upload_table
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.figures.words import snapshot_text


def page(view: View) -> None:
    """For the office and for everyone who wants to check a number."""
    view.title("Datenstand", "Woher die Zahlen kommen und wie alt sie sind.")
    if not place.has_data(view):
        return
    snapshot = view.reader.mart.snapshot
    st.header(snapshot_text(snapshot), anchor=False)
    st.markdown(
        "Jede Veröffentlichung, jede Rücknahme und jede Löschung ergibt einen neuen Datenstand. Alle Zahlen dieser "
        "Seiten stammen aus dem hier genannten."
    )
    st.markdown("„Link kopieren“ oben auf jeder Seite gibt einen Link, der immer diesen Stand zeigt.")
    st.header("Lieferungen", anchor=False)
    table = upload_table(view.reader.uploads())
    words_table(table, "Lieferungen dieses Datenstands, neueste zuerst")
    if NOT_LOCATABLE in table:
        st.markdown(verdict.muted("„Nicht verortbar“ sind Fälle ohne Gebiet. Sie zählen in der Gesamtzahl mit."))
    _sources(view)


def _sources(view: View) -> None:
    st.header("Quellen der Kennzahlen", anchor=False)
    answers = [view.reader.ask(view.question(indicator).citywide()) for indicator in view.catalogue.indicators]
    table = pd.DataFrame(
        [
            {
                "Kennzahl": answer.indicator.title,
                "Quelle": answer.indicator.source,
                "Stand": answer.period.german if answer.period and not answer.is_empty else "nicht erhoben",
            }
            for answer in answers
        ],
        dtype="string",
    )
    by_source = source_table(answers)
    words_table(by_source, "Quellen, ihre Kennzahlen und ihr jüngster Stand")
    with st.expander("Jede Kennzahl mit ihrer Quelle", type="compact", key="tabelle-quellen"):
        words_table(table, "Quelle und jüngster Zeitraum jeder Kennzahl")
    st.markdown(verdict.muted(f"Rückfragen: {view.catalogue.city.contact}"))
