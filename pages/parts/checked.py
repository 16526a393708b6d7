"""The result of a check on the screen: causes with counts, first examples, and the refused rows as a file."""

import pandas as pd
import streamlit as st

from pages.parts import failed, verdict
from pages.parts.incoming import Incoming
from pages.parts.own_file import own
from pages.parts.words_table import words_table
from sipa_data.errors import RefusedDelivery
from sipa_data.figures.words import NOTHING, rows_told
from sipa_data.german import number
from sipa_data.intake import Cause, causes

SKIPPED = "Übersprungen sind Zeilen, die nach dem Dateiprofil nicht mitzählen: Summen, andere Orte oder andere Themen."
SEVERITIES = {"error": "Fehler", "warning": "Warnung", "note": "Hinweis"}


def draw(file: Incoming) -> None:
    """What became of the check; nothing where none was made."""
    if file.fault is not None:
        failed.show(file.fault)
        if isinstance(file.fault, RefusedDelivery):
            _causes(causes(file.fault.findings))
            _refused_rows(file)
    if file.delivery is not None:
        report = file.delivery.report
        st.success(rows_told(report.rows_in, report.rows_taken, report.rows_refused, report.rows_skipped) + ".")
        if report.rows_skipped:
            verdict.aside(SKIPPED)
        _causes(causes(report.findings))


def _causes(found: tuple[Cause, ...]) -> None:
    if not found:
        return
    words_table(
        pd.DataFrame(
            [
                {"Art": SEVERITIES[one.severity], "Grund": one.title, "Wie oft": number(one.count)}
                for one in found
            ],
            dtype="string",
        ),
        "Was die Prüfung gefunden hat, Fehler zuerst",
    )  # fmt: skip
    to_be_read = any(one.severity != "note" for one in found)  # an error is mended, a warning is confirmed
    with st.expander(
        "Erste Beispiele mit Zeile und Spalte", expanded=to_be_read, type="compact", key="tabelle-beispiele"
    ):
        words_table(
            pd.DataFrame(
                [
                    {
                        "Zeile": NOTHING if example.line is None else number(example.line),
                        "Spalte": example.column or NOTHING,
                        "Was dort steht und was erwartet wird": example.sentence,
                    }
                    for one in found
                    for example in one.findings
                ],
                dtype="string",
            ),
            "Beispiele zu jedem Grund",
        )


def _refused_rows(file: Incoming) -> None:
    if file.refused_rows.is_file():
        st.download_button(
            "Abgelehnte Zeilen mit Grund laden",
            data=file.refused_rows.read_bytes,
            file_name="abgelehnte-zeilen.csv",
            mime=own("text/csv"),
            key="abgelehnt-laden",
            on_click="ignore",
        )
        verdict.aside("Öffnet sich in Excel und lässt sich so an den Absender zurückschicken.")
