"""What waits for a second person, what was published, and how it is taken back."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts import rehearsal as rehearsal_on_screen
from pages.parts import stand, verdict
from pages.parts.code_books import code_books
from pages.parts.delivery_tables import history_table, refused_table, submission_line
from pages.parts.desk import desk
from pages.parts.opened import opened_entrance, opened_house
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.access.scope import Right
from sipa_data.answers.state_changes import IndicatorChange, depending_on, state_changes
from sipa_data.errors import NoSuchSnapshot, SipaError
from sipa_data.german import number
from sipa_data.release import Rehearsal, Submission, Upload, history
from sipa_data.release.desk import Desk

DONE = "sipa-freigabe-getan"
PROBES = "sipa-freigabe-proben"
COMPARED = "sipa-freigabe-verglichen"


@dataclass(frozen=True, repr=False)
class Compared:
    """What an upload has changed, kept while somebody looks at it."""

    upload_id: str
    changes: tuple[IndicatorChange, ...]
    looked_at: int


def page(view: View) -> None:
    """For the office and whoever uploads."""
    view.title("Freigaben", "Was auf die zweite Person wartet, was veröffentlicht ist und was zurückgenommen wurde.")
    if done := st.session_state.pop(DONE, None):
        st.success(verdict.escaped(done))
    at = desk(view)
    _waiting(at)
    uploads = tuple(reversed(history(at.lake)))
    _history(view, at, uploads)
    _purges(at, uploads)
    refused = at.refused()
    if refused:
        st.header("Nicht freigegeben", anchor=False)
        words_table(refused_table(refused), "Lieferungen, die nicht freigegeben wurden, neueste zuerst")
        verdict.aside("Die Dateien selbst sind gelöscht; diese Zeilen bleiben 90 Tage.")
    code_books(at)


def _waiting(at: Desk) -> None:
    st.header("Warten auf Freigabe", anchor=False)
    found = at.waiting()
    if not found:
        st.markdown("Es wartet keine Lieferung.")
    for submission in found:
        with st.container(border=True, key=f"wartend-{submission.id}"):
            st.markdown(f"**{verdict.escaped(submission.report.file_name)}**")
            st.markdown(submission_line(submission))
            if submission.note:
                st.markdown(verdict.muted(f"Anmerkung: {submission.note}"))
            for warning in submission.report.warnings:
                st.markdown(f"- Zur Kenntnis genommen: {verdict.escaped(warning.sentence)}")
            _decide(at, submission)


def _decide(at: Desk, submission: Submission) -> None:
    """Look, release, or send back."""
    probes: dict[str, Rehearsal] = st.session_state.setdefault(PROBES, {})
    with st.container(horizontal=True, key=f"entscheiden-{submission.id}"):
        look = st.button("Probe ansehen", key=f"probe-{submission.id}")
        may = at.may_release(submission)
        release = may and st.button("Freigeben", key=f"freigeben-{submission.id}", type="primary")
    if not may:
        verdict.aside(_why_not(at, submission))
    if look:
        with st.spinner("Die Probe läuft …"):
            _tried(lambda: probes.update({submission.id: at.rehearse_waiting(submission.id, opened_house().mart)}))
    if probe := probes.get(submission.id):
        rehearsal_on_screen.draw(probe, submission.id)
    if release:
        with st.spinner("Wird veröffentlicht, und der Datenstand wird aufgebaut …"):
            _done(lambda: at.release(submission.id), _released)
    if at.scope.may(Right.release) or submission.submitted_by == at.account:
        _send_back(at, submission)


def _released(upload: Upload) -> str:
    file = f"Die Lieferung „{upload.file_name}“" if upload.file_name else f"Die Lieferung {upload.upload_id}"
    return f"{file} ist freigegeben und veröffentlicht, Datenstand {number(upload.snapshot)}."


def _why_not(at: Desk, submission: Submission) -> str:
    if not at.scope.may(Right.release):
        return "Freigeben kann die Geschäftsstelle."
    return f"Freigeben muss jemand anderes als {submission.submitted_by} (Vier-Augen-Prinzip)."


def _send_back(at: Desk, submission: Submission) -> None:
    own = submission.submitted_by == at.account
    title = "Zurücknehmen" if own else "Nicht freigeben"
    with st.expander(title, type="compact", key=f"tabelle-ablehnen-{submission.id}"):
        reason = st.text_input("Grund", key=f"grund-{submission.id}", max_chars=300)
        if st.button(title, key=f"ablehnen-{submission.id}", disabled=not reason.strip()):
            _done(lambda: at.refuse(submission.id, reason), lambda one: f"{one.described}: nicht freigegeben.")


def _history(view: View, at: Desk, uploads: tuple[Upload, ...]) -> None:
    st.header("Verlauf", anchor=False)
    if not uploads:
        st.markdown("Es wurde noch nichts veröffentlicht.")
        return
    words_table(history_table(uploads), "Alle Lieferungen, neueste zuerst")
    by_id = {upload.upload_id: upload for upload in uploads}
    chosen = st.selectbox(
        "Eine Lieferung auswählen",
        list(by_id),
        format_func=lambda one: _named(by_id[one]),
        key="lieferung",
        index=None,
        placeholder="bitte wählen",
    )
    if chosen in by_id:
        _one(view, at, by_id[chosen])


def _one(view: View, at: Desk, upload: Upload) -> None:
    """What it changed, and how it goes away again."""
    with st.container(horizontal=True, key="verlauf-knoepfe"):
        compare = st.button("Was hat sie geändert?", key="geaendert")
        shown = upload.status in {"published", "replaced"}
        withdraw = at.scope.may(Right.withdraw) and shown and st.button("Zurückziehen", key="zurueckziehen")
        asked = at.requests.find(upload.upload_id)
        may_ask = at.scope.may(Right.purge) and upload.status != "purged" and asked is None
        purge = may_ask and st.button("Endgültige Löschung beantragen", key="loeschen")
    if compare:
        with st.spinner("Beide Datenstände werden verglichen …"):
            _tried(lambda: st.session_state.update({COMPARED: _compare(view, upload)}))
    compared: Compared | None = st.session_state.get(COMPARED)
    if compared is not None and compared.upload_id == upload.upload_id:
        rehearsal_on_screen.changes(compared.changes, compared.looked_at, upload.upload_id)
    if withdraw:
        with st.spinner("Wird zurückgezogen, und der Datenstand wird aufgebaut …"):
            _done(lambda: at.withdraw(upload.upload_id), lambda one: f"{one.described} ist zurückgezogen.")
    if purge:
        told = "Die Löschung ist beantragt. Eine zweite Person muss sie unter „Löschanträge“ ausführen."
        _done(lambda: at.ask_for_purge(upload.upload_id), lambda _: told)


def _compare(view: View, upload: Upload) -> Compared:
    """The Datenstand that it made beside the one before it; both are built again if nobody holds them.

    Raises
    ------
    NoSuchSnapshot : one of them was purged, or may not be shown without a sign-in
    """
    house = opened_house()
    before, after = house.mart_of(upload.snapshot_before), house.mart_of(upload.snapshot)
    if any(opened_entrance().unfit_data(mart.rows("uploads")) for mart in (before, after)):
        raise NoSuchSnapshot(stand.CONFIDENTIAL.format(stand=upload.snapshot))
    asked = depending_on(house.catalogue, {place.table for place in upload.slices})
    found = state_changes(before, after, view.reader.scope, asked)
    return Compared(upload.upload_id, found, len(asked))


def _purges(at: Desk, uploads: tuple[Upload, ...]) -> None:
    requests = at.requests.all() if at.scope.may(Right.purge) else ()
    if not requests:
        return
    st.header("Löschanträge", anchor=False)
    by_id = {upload.upload_id: upload for upload in uploads}
    for request in requests:
        with st.container(border=True, key=f"antrag-{request.upload_id}"):
            about = by_id[request.upload_id].described if request.upload_id in by_id else request.upload_id
            st.markdown(f"{verdict.escaped(about)}: beantragt von {verdict.escaped(request.by)}")
            _carry_out(at, request.upload_id, own=request.by == at.account)


def _carry_out(at: Desk, upload_id: str, *, own: bool) -> None:
    if own:
        verdict.aside("Ausführen muss es eine zweite Person der Geschäftsstelle.")
    else:
        st.markdown(
            "Gelöscht werden die Zeilen, die Dateien und alle Datenstände seit der Veröffentlichung. Links dorthin "
            "zeigen dann „Daten gelöscht“. Auch Sicherungen müssen gelöscht werden; das geschieht nicht von hier."
        )
    with st.container(horizontal=True, key=f"antrag-knoepfe-{upload_id}"):
        sure = not own and st.checkbox("Das lässt sich nicht rückgängig machen.", key=f"sicher-{upload_id}")
        purge = not own and st.button("Endgültig löschen", key=f"endgueltig-{upload_id}", disabled=not sure)
        drop = st.button("Antrag zurücknehmen", key=f"antrag-weg-{upload_id}")
    if purge and sure:
        with st.spinner("Wird gelöscht, und der Datenstand wird aufgebaut …"):
            _done(lambda: at.purge(upload_id), lambda one: f"Die Lieferung {one.upload_id} ist endgültig gelöscht.")
    if drop:
        _done(lambda: at.drop_purge(upload_id), lambda _: "Der Antrag ist zurückgenommen.")


def _done(step: Callable[[], object], told: Callable[..., str]) -> None:
    """Do something that changes the data, show the new Datenstand in this window, and begin the page again."""

    def whole() -> None:
        result = step()
        opened_house().renew()
        stand.show_current()
        st.session_state.pop(PROBES, None)
        st.session_state.pop(COMPARED, None)
        st.session_state[DONE] = told(result)

    if _tried(whole):
        st.rerun()


def _tried(step: Callable[[], object]) -> bool:
    """Whether it went well; else its title and sentence stand on the page."""
    try:
        step()
    except SipaError as error:
        st.error(f"**{error.title}**  \n{verdict.escaped(error.sentence)}")
        return False
    return True


def _named(upload: Upload) -> str:
    return f"{upload.file_name or 'gelöscht'} ({upload.upload_id})"
