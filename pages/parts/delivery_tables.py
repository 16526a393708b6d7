"""Deliveries as tables of words: the whole history, one of it in full, what waits, what was turned down."""

from collections.abc import Iterable
from datetime import datetime

import pandas as pd

from pages.parts.tables import HERE, MARKINGS, UPLOAD_STATUS
from sipa_data import german
from sipa_data.figures.words import NOTHING, rows_told
from sipa_data.lake import LakeSnapshot
from sipa_data.release import Submission, Upload, described_place

SHORT_HASH = 12
ALONE = "ohne zweite Person"


def history_table(uploads: Iterable[Upload]) -> pd.DataFrame:
    """One row per upload: what, who, when, how many rows, released by whom, what became of it."""
    return pd.DataFrame(
        [
            {
                "Datei": upload.file_name or "gelöscht",
                "Profil": upload.profile,
                "Hochgeladen": f"{_moment(upload.uploaded_at)}, {upload.uploaded_by}",
                "Freigegeben": _released(upload),
                "Zeilen": rows_told(upload.rows_in, upload.rows_taken, upload.rows_refused, upload.rows_skipped),
                "Stand": _became(upload),
                "Datenstand": german.number(upload.snapshot),
                "Prüfsumme": upload.sha256[:SHORT_HASH],
                "Lieferung": upload.upload_id,
            }
            for upload in uploads
        ],
        dtype="string",
    )


def upload_table(upload: Upload, taken_back: LakeSnapshot | None) -> pd.DataFrame:
    """Everything that is known of one upload, one line each."""
    back = "" if taken_back is None else f" am {_moment(taken_back.at)} von {taken_back.author}"
    return _lines(
        {
            "Lieferung": upload.upload_id,
            "Profil": upload.profile,
            "Füllt": german.listing([described_place(place) for place in upload.slices]),
            "Hochgeladen": f"{_moment(upload.uploaded_at)}, {upload.uploaded_by}",
            "Freigegeben": _released(upload),
            "Zeilen": rows_told(upload.rows_in, upload.rows_taken, upload.rows_refused, upload.rows_skipped),
            "Stand": f"{_became(upload)}{back}",
            "Datenstand": german.number(upload.snapshot),
            "Prüfsumme (SHA-256)": upload.sha256,
            "Anmerkung": upload.note or "",
            "Warnungen": " ".join(one.sentence for one in upload.findings if one.severity == "warning"),
        }
    )


def submission_line(one: Submission) -> str:
    """Who submitted it when, how many rows, what they are."""
    report = one.report
    rows = rows_told(report.rows_in, report.rows_taken, report.rows_refused, report.rows_skipped)
    marking = MARKINGS.get(report.marking, report.marking)
    return f"Eingereicht von {one.submitted_by} am {_moment(one.submitted_at)} · {rows} · {marking}"


def submission_table(one: Submission) -> pd.DataFrame:
    """What else is known of a delivery that waits, one line each."""
    return _lines(
        {
            "Profil": one.report.profile,
            "Füllt": german.listing([described_place(place) for place in one.slices]),
            "Früheres": "darf ersetzt werden" if one.may_replace else "darf nicht ersetzt werden",
            "Lieferung": one.id,
            "Prüfsumme (SHA-256)": one.report.sha256,
        }
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
                "Prüfsumme": one.report.sha256[:SHORT_HASH],
            }
            for one in refused
        ],
        dtype="string",
    )


def _lines(told: dict[str, str]) -> pd.DataFrame:
    """What and how much, without what there is nothing to say about."""
    said = {name: text for name, text in told.items() if text}
    return pd.DataFrame({"Angabe": list(said), "Wert": list(said.values())}, dtype="string")


def _released(upload: Upload) -> str:
    return f"{_moment(upload.approved_at)}, {upload.approved_by}" if upload.approved_by else ALONE


def _became(upload: Upload) -> str:
    return f"{UPLOAD_STATUS[upload.status]}, {MARKINGS.get(upload.marking, upload.marking)}"


def _moment(at: datetime | None) -> str:
    """Times rest in UTC and are read in Germany."""
    return NOTHING if at is None else german.moment(at.astimezone(HERE))
