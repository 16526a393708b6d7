"""What waits for a second person, what was published, and how it is taken back."""

import streamlit as st

from pages.parts import rehearsal as rehearsal_on_screen
from pages.parts import verdict
from pages.parts.code_books import code_books
from pages.parts.deeds import PROBES, done, last_done, tried
from pages.parts.delivery_tables import refused_table, submission_line, submission_table
from pages.parts.desk import desk
from pages.parts.opened import opened_house
from pages.parts.published import published
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.access.scope import Right
from sipa_data.german import count_of, number
from sipa_data.release import Rehearsal, Submission, Upload, history
from sipa_data.release.desk import Desk
from sipa_data.release.purge_requests import DAMAGED as DAMAGED_REQUEST
from sipa_data.release.submission import DAMAGED


def page(view: View) -> None:
    """For the office and whoever uploads."""
    view.title("Freigaben", "Was auf eine zweite Person wartet, was veröffentlicht ist und wie es zurückgenommen wird.")
    last_done()
    at = desk(view)
    uploads = tuple(reversed(history(at.lake)))
    _waiting(at)
    _purges(at, uploads)
    published(view, at, uploads)
    _refused(at)
    code_books(at)


def _waiting(at: Desk) -> None:
    st.header("Warten auf Freigabe", anchor=False)
    found = at.waiting()
    for name in at.damaged():
        st.warning(verdict.escaped(DAMAGED.format(name)))
    if not found:
        st.markdown("Es wartet keine Lieferung.")
    for submission in found:
        with st.container(border=True, key=f"wartend-{submission.id}"):
            st.subheader(verdict.escaped(submission.report.file_name), anchor=False)
            st.markdown(verdict.muted(submission_line(submission)))
            if submission.note:
                st.markdown(verdict.escaped(f"Anmerkung: {submission.note}"))
            for warning in submission.report.warnings:
                st.markdown(f"- Zur Kenntnis genommen: {verdict.escaped(warning.sentence)}")
            _decide(at, submission)


def _decide(at: Desk, submission: Submission) -> None:
    """Look, release, or send back."""
    probes: dict[str, Rehearsal] = st.session_state.setdefault(PROBES, {})
    if submission.id in probes and rehearsal_on_screen.is_outdated(probes[submission.id]):
        del probes[submission.id]
    may = at.may_release(submission)
    with st.container(horizontal=True, key=f"entscheiden-{submission.id}"):
        # Who has not yet looked is led to the rehearsal; who has, to the decision.
        unseen = submission.id not in probes
        look = st.button(
            "Was würde sich ändern?", key=f"probe-{submission.id}", type="primary" if may and unseen else "secondary"
        )
        release = may and st.button(
            "Freigeben", key=f"freigeben-{submission.id}", type="secondary" if unseen else "primary"
        )
    if not may:
        verdict.aside(_why_not(at, submission))
    if look:
        with st.spinner("Die Probe läuft …"):
            if tried(lambda: probes.update({submission.id: _rehearsed(at, submission)})):
                st.rerun()
    if probe := probes.get(submission.id):
        rehearsal_on_screen.draw(probe, at.catalogue, submission.id)
    if release:
        with st.spinner("Wird veröffentlicht, und der Datenstand wird aufgebaut …"):
            done(lambda: at.release(submission.id), _released)
    with st.expander("Alle Angaben zu dieser Lieferung", type="compact", key=f"tabelle-angaben-{submission.id}"):
        words_table(submission_table(submission), f"Angaben zu {submission.report.file_name}")
    if at.scope.may(Right.release) or submission.submitted_by == at.account:
        _send_back(at, submission)


def _released(upload: Upload) -> str:
    file = f"Die Lieferung „{upload.file_name}“" if upload.file_name else f"Die Lieferung {upload.upload_id}"
    return f"{file} ist freigegeben und veröffentlicht, Datenstand {number(upload.snapshot)}."


def _rehearsed(at: Desk, submission: Submission) -> Rehearsal:
    house = opened_house()
    house.renew()  # the newest Datenstand, also where another process has just published
    return at.rehearse_waiting(submission.id, house.mart)


def _why_not(at: Desk, submission: Submission) -> str:
    if not at.scope.may(Right.release):
        return "Freigeben kann die Geschäftsstelle."
    if submission.submitted_by.strip().casefold() == at.account.strip().casefold():
        return "Freigeben muss jemand anderes: Sie haben diese Lieferung selbst eingereicht (Vier-Augen-Prinzip)."
    return "Vertrauliche Lieferungen lassen sich ohne Anmeldung nicht freigeben."


def _send_back(at: Desk, submission: Submission) -> None:
    own = submission.submitted_by == at.account
    title = "Zurücknehmen" if own else "Nicht freigeben"
    with st.expander(title, type="compact", key=f"tabelle-ablehnen-{submission.id}"):
        reason = st.text_input("Grund", key=f"grund-{submission.id}", max_chars=300)
        if st.button(title, key=f"ablehnen-{submission.id}", disabled=not reason.strip()):
            done(lambda: at.refuse(submission.id, reason), lambda one: f"{one.described}: nicht freigegeben.")


def _purges(at: Desk, uploads: tuple[Upload, ...]) -> None:
    requests, damaged = at.purge_requests(), at.damaged_purge_requests()
    if not requests and not damaged:
        return
    st.header("Löschanträge", anchor=False)
    for upload_id in damaged:
        st.warning(verdict.escaped(DAMAGED_REQUEST.format(upload_id)))
        _take_back(at, upload_id)
    by_id = {upload.upload_id: upload for upload in uploads}
    for request in requests:
        with st.container(border=True, key=f"antrag-{request.upload_id}"):
            about = by_id[request.upload_id].described if request.upload_id in by_id else request.upload_id
            st.markdown(f"{verdict.escaped(about)}: beantragt von {verdict.escaped(request.by)}")
            _carry_out(at, request.upload_id, own=request.by.strip().casefold() == at.account.strip().casefold())


def _carry_out(at: Desk, upload_id: str, *, own: bool) -> None:
    if own:
        verdict.aside("Ausführen muss es eine zweite Person der Geschäftsstelle.")
    else:
        st.markdown(
            "Gelöscht werden die Zeilen, die Dateien und alle Datenstände seit der Veröffentlichung. Links dorthin "
            "zeigen dann „Daten gelöscht“. Auch Sicherungen müssen gelöscht werden; das geschieht nicht von hier."
        )
    sure = not own and st.checkbox("Das lässt sich nicht rückgängig machen.", key=f"sicher-{upload_id}")
    with st.container(horizontal=True, key=f"antrag-knoepfe-{upload_id}"):
        purge = not own and st.button("Endgültig löschen", key=f"endgueltig-{upload_id}", disabled=not sure)
        _take_back(at, upload_id)
    if purge and sure:
        with st.spinner("Wird gelöscht, und der Datenstand wird aufgebaut …"):
            done(lambda: at.purge(upload_id), lambda one: f"Die Lieferung {one.upload_id} ist endgültig gelöscht.")


def _take_back(at: Desk, upload_id: str) -> None:
    if st.button("Antrag zurücknehmen", key=f"antrag-weg-{upload_id}"):
        done(lambda: at.drop_purge(upload_id), lambda _: "Der Antrag ist zurückgenommen.")


def _refused(at: Desk) -> None:
    refused = at.refused()
    if not refused:
        return
    st.header("Nicht freigegeben", anchor=False)
    told = count_of(len(refused), "Lieferung wurde", "Lieferungen wurden")
    with st.expander(f"{told} nicht freigegeben", type="compact", key="tabelle-nicht-freigegeben"):
        words_table(refused_table(refused), "Lieferungen, die nicht freigegeben wurden, neueste zuerst")
        verdict.aside("Die Dateien selbst sind gelöscht; diese Zeilen bleiben 90 Tage.")
