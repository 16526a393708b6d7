"""The history on the screen: every delivery, one of them in full, what it changed, and how it goes away again."""

from dataclasses import dataclass

import streamlit as st

from pages.parts import rehearsal, stand, verdict
from pages.parts.deeds import COMPARED, done, tried
from pages.parts.delivery_tables import history_table, upload_table
from pages.parts.folded import folded
from pages.parts.opened import opened_entrance, opened_house
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.access.scope import Right
from sipa_data.answers.state_difference import Difference, difference
from sipa_data.errors import NoSuchSnapshot
from sipa_data.german import count_of
from sipa_data.release import Upload, taken_back
from sipa_data.release.desk import Desk

NEWEST = 6
"""What was published last is asked for most; the rest is folded away."""


@dataclass(frozen=True, repr=False)
class Compared:
    """What an upload has changed, kept while somebody looks at it.

    ``newest`` : the Datenstand that was the newest then; with the next one it may hold what was deleted for good.
    """

    upload_id: str
    difference: Difference
    newest: int


def published(view: View, at: Desk, uploads: tuple[Upload, ...]) -> None:
    """``uploads`` : the newest first."""
    st.header("Verlauf", anchor=False)
    if not uploads:
        st.markdown("Es wurde noch nichts veröffentlicht.")
        return
    words_table(history_table(uploads[:NEWEST]), "Die jüngsten Lieferungen, neueste zuerst")
    if len(uploads) > NEWEST:
        folded(
            f"Alle {count_of(len(uploads), 'Lieferung', 'Lieferungen')}",
            lambda: words_table(history_table(uploads), "Alle Lieferungen, neueste zuerst"),
            key="verlauf",
        )
    by_id = {upload.upload_id: upload for upload in uploads}
    chosen = st.selectbox(
        "Eine Lieferung auswählen",
        list(by_id),
        format_func=lambda one: f"{by_id[one].file_name or 'gelöscht'} ({one})",
        key="lieferung",
        index=None,
        placeholder="bitte wählen",
    )
    if chosen in by_id:
        with st.container(border=True, key="verlauf-eine"):
            _one(view, at, by_id[chosen])


def _one(view: View, at: Desk, upload: Upload) -> None:
    """Everything about it, what it changed, and how it goes away again."""
    st.subheader(verdict.escaped(upload.file_name or "gelöscht"), anchor=False)
    words_table(upload_table(upload, taken_back(at.lake, upload)), "Angaben zu dieser Lieferung")
    if upload.status != "purged" and st.button("Was hat sie geändert?", key="geaendert"):
        with st.spinner("Beide Datenstände werden verglichen …"):
            tried(lambda: st.session_state.update({COMPARED: _compare(view, at, upload)}))
    compared: Compared | None = st.session_state.get(COMPARED)
    if compared is not None and (upload.status == "purged" or compared.newest != at.lake.current_snapshot()):
        del st.session_state[COMPARED]
    elif compared is not None and compared.upload_id == upload.upload_id:
        rehearsal.changes(compared.difference, at.catalogue, upload.upload_id)
    if upload.status in {"published", "replaced"} and at.scope.may(Right.withdraw):
        _withdraw(at, upload)
    if upload.status != "purged" and at.scope.may(Right.purge):
        _ask_for_purge(at, upload)


def _withdraw(at: Desk, upload: Upload) -> None:
    with st.expander("Zurückziehen", type="compact", key=f"tabelle-zurueck-{upload.upload_id}"):
        st.markdown(
            "Es gilt wieder, was vor dieser Lieferung galt, mit einem neuen Datenstand. Was mit ihr galt, zeigt dann "
            "auch kein Link mehr. Hat eine spätere Lieferung sie ersetzt, ist zuerst jene zurückzuziehen."
        )
        if st.button("Jetzt zurückziehen", key="zurueckziehen"):
            with st.spinner("Wird zurückgezogen, und der Datenstand wird aufgebaut …"):
                done(lambda: at.withdraw(upload.upload_id), lambda one: f"{one.described} ist zurückgezogen.")


def _ask_for_purge(at: Desk, upload: Upload) -> None:
    if asked := at.requests.find(upload.upload_id):
        verdict.aside(f"{asked.by} hat die endgültige Löschung beantragt; sie steht oben unter „Löschanträge“.")
        return
    with st.expander("Endgültig löschen lassen", type="compact", key=f"tabelle-loeschen-{upload.upload_id}"):
        st.markdown(
            "Wenn das Recht es verlangt: Eine zweite Person der Geschäftsstelle löscht dann Zeilen, Dateien und alle "
            "Datenstände seit der Veröffentlichung. Rückgängig machen lässt sich das nicht."
        )
        if st.button("Löschung beantragen", key="loeschen"):
            told = "Die Löschung ist beantragt. Eine zweite Person muss sie unter „Löschanträge“ ausführen."
            done(lambda: at.ask_for_purge(upload.upload_id), lambda _: told)


def _compare(view: View, at: Desk, upload: Upload) -> Compared:
    """The Datenstand that it made beside the one before it; both are built again if nobody holds them.

    Also where the upload was withdrawn since, and a link to its Datenstand is refused: whoever answers for the history
    has to see what was public, and why it was taken back. The page names it as withdrawn, above the numbers.

    Raises
    ------
    NoSuchSnapshot : one of them was purged, or may not be shown without a sign-in
    """
    house, newest = opened_house(), at.lake.current_snapshot()
    before, after = house.mart_of(upload.snapshot_before), house.mart_of(upload.snapshot)
    if any(opened_entrance().unfit_data(mart.rows("uploads")) for mart in (before, after)):
        raise NoSuchSnapshot(stand.CONFIDENTIAL.format(stand=upload.snapshot))
    tables = {place.table for place in upload.slices}
    return Compared(upload.upload_id, difference(before, after, view.reader.scope, tables), newest)
