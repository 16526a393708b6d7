"""Deliveries as tables of words: the whole history, what waits, what was turned down."""

from collections.abc import Iterable
from datetime import datetime

import pandas as pd

from pages.parts.tables import HERE, MARKINGS, UPLOAD_STATUS
from pages.parts.verdict import escaped
from sipa_data import german
from sipa_data.figures.words import NOTHING
from sipa_data.release import Submission, Upload

SHORT_HASH = 12


def history_table(uploads: Iterable[Upload]) -> pd.DataFrame:
    """One row per upload: what, who, when, how many rows, released by whom, what became of it."""
    return pd.DataFrame(
        [
            {
                "Datei": upload.file_name or "gelöscht",
                "Profil": upload.profile,
                "Hochgeladen": f"{_moment(upload.uploaded_at)}, {upload.uploaded_by}",
                "Freigegeben": f"{_moment(upload.approved_at)}, {upload.approved_by}"
                if upload.approved_by
                else NOTHING,
                "Zeilen": rows_told(upload.rows_in, upload.rows_taken, upload.rows_refused, upload.rows_skipped),
                "Stand": f"{UPLOAD_STATUS[upload.status]}, {MARKINGS.get(upload.marking, upload.marking)}",
                "Datenstand": german.number(upload.snapshot),
                "Prüfsumme": upload.sha256[:SHORT_HASH],
                "Lieferung": upload.upload_id,
            }
            for upload in uploads
        ],
        dtype="string",
    )


def refused_table(refused: Iterable[Submission]) -> pd.DataFrame:
    """One row per delivery that was not released: why not, and who said so."""
    return pd.DataFrame(
        [
            {
                "Datei": one.report.file_name,
                "Profil": one.report.profile,
                "Eingereicht": f"{_moment(one.submitted_at)}, {one.submitted_by}",
                "Entschieden": f"{_moment(one.decided_at)}, {one.decided_by}",
                "Grund": one.reason or NOTHING,
            }
            for one in refused
        ],
        dtype="string",
    )


def submission_line(one: Submission) -> str:
    """Markdown: who submitted it, with which layout, how many rows, and whether it may replace."""
    report = one.report
    rows = rows_told(report.rows_in, report.rows_taken, report.rows_refused, report.rows_skipped)
    parts = [
        f"Eingereicht am {_moment(one.submitted_at)} von {one.submitted_by}",
        f"Profil {report.profile}",
        rows,
        MARKINGS.get(report.marking, report.marking),
        *(["darf Früheres ersetzen"] if one.may_replace else []),
        f"Prüfsumme {report.sha256[:SHORT_HASH]}",
        f"Nummer {one.id}",
    ]
    return escaped(" · ".join(parts))


def rows_told(came: int, taken: int, refused: int, skipped: int) -> str:
    """``230 von 230 Zeilen übernommen``, and what became of the others."""
    told = [f"{german.number(taken)} von {german.count_of(came, 'Zeile', 'Zeilen')} übernommen"]
    told += [f"{german.number(refused)} abgelehnt"] if refused else []
    told += [f"{german.number(skipped)} übersprungen"] if skipped else []
    return ", ".join(told)


def _moment(at: datetime | None) -> str:
    """Times rest in UTC and are read in Germany."""
    return NOTHING if at is None else german.moment(at.astimezone(HERE))
