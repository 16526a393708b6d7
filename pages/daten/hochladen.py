"""A file on its way in: found, recognised or mapped, checked, rehearsed, submitted. Nothing of it is public here."""

from collections.abc import Callable

import streamlit as st

from pages.parts import beside_the_file, checked, failed, incoming, looking, rehearsal, verdict
from pages.parts.desk import desk
from pages.parts.incoming import Incoming
from pages.parts.mapping_form import mapping_form
from pages.parts.opened import opened_house
from pages.parts.templates import templates
from pages.parts.view import View
from sipa_data.errors import RefusedDelivery, SipaError
from sipa_data.intake import Profile, profiles_of
from sipa_data.release.desk import NEEDS_SIGN_IN, Desk

DONE = "sipa-hochladen-getan"
BY_HAND = ""
OFFERED, AGREED = "nearly_unique", "coarsened"


def page(view: View) -> None:
    """For analysts and the office."""
    view.title("Hochladen", "Eine Datei prüfen, ihre Folgen ansehen und sie zur Freigabe einreichen.")
    if done := st.session_state.pop(DONE, None):
        st.success(done)
        st.page_link(view.pages["freigaben"], label="Zu den Freigaben")
    at, file = desk(view), incoming.current()
    if file is None:
        _choose(at)
        templates(at)
        return
    looking.found(file)
    if file.found is None:
        return
    _layout(file)
    if file.profile is not None:
        _check(at, file)
    if file.delivery is not None:
        _rehearse(at, file)
    if file.rehearsal is not None:
        _submit(at, file)


def _choose(at: Desk) -> None:
    """The file leaves the memory of the server as soon as it has arrived."""
    st.header("Datei wählen", anchor=False)
    sent = st.file_uploader(
        f"CSV, XLSX, XLS, ODS, SPSS (SAV), Stata (DTA), Parquet oder ZIP, bis {incoming.MOST_MEGABYTES} MB",
        key=f"datei-{incoming.turn()}",
        max_upload_size=incoming.MOST_MEGABYTES,
    )
    if sent is None:
        verdict.aside("Größere Dateien nimmt der Befehl „python -m sipa_data import“ auf dem Server.")
        return
    with st.spinner("Die Datei wird angesehen …"):
        try:
            file = incoming.receive(at.room, sent.name, sent)
            looking.look(file)
        except SipaError as error:
            failed.show(error)
            return
    st.rerun()


def _layout(file: Incoming) -> None:
    """A known layout, the likeliest first; or the columns are mapped by hand."""
    st.header("2 Aufbau", anchor=False)
    known = profiles_of(opened_house().settings)
    likely = {one.profile.id: one for one in file.recognised}
    options = [*dict.fromkeys((*likely, *known)), BY_HAND]
    sure = bool(file.recognised) and file.recognised[0].certainty != "unsicher"
    chosen = st.selectbox(
        "Dateiprofil",
        options,
        index=0 if sure else options.index(BY_HAND),
        format_func=lambda key: known[key].title if key in known else "Spalten selbst zuordnen",
        key=f"profil-{incoming.turn()}",
    )
    file.choose_layout(chosen)
    if chosen in likely:
        found = likely[chosen]
        st.markdown(f"**Erkannt, {found.certainty}.** {verdict.escaped(found.why)}")
    if chosen == BY_HAND:
        mapping_form(file)
        return
    profile = known.get(chosen)
    if file.profile != profile:
        file.draft = None
        file.begin_again_from_profile(profile)


def _check(at: Desk, file: Incoming) -> None:
    st.header("3 Prüfung", anchor=False)
    profile = file.profile
    if profile is None:
        return
    reading = beside_the_file.asked(file, profile)
    if reading is None or file.checked_with not in (None, reading):
        file.drop_check()  # what is submitted is what the screen says
    if reading is None:
        return
    if not at.takes(reading.get("marking") or profile.marking or ""):
        st.warning(f"{NEEDS_SIGN_IN} Prüfen und proben lässt sich die Datei trotzdem.")
    coarsen = _coarsened(file)
    if _pressed("Prüfen", "pruefen"):
        file.drop_check()
        file.checked_with = reading
        _with_progress(lambda tell: _read(at, file, profile, {**reading, "coarsen": coarsen, "progress": tell}))
        st.rerun()  # what the check asks back stands above its result
    checked.draw(file)


def _coarsened(file: Incoming) -> bool:
    """Whether somebody agrees to the rule that is offered; who takes that back has nothing checked any more."""
    offered = isinstance(file.fault, RefusedDelivery) and any(
        (one.code, one.severity) == (OFFERED, "error") for one in file.fault.findings
    )
    agreed = file.delivery is not None and any(one.code == AGREED for one in file.delivery.report.findings)
    if not (offered or agreed):
        return False
    agrees = st.checkbox("Bei fast eindeutigen Personen Angaben weglassen, wie unten vorgeschlagen", key="vergroebern")
    if agreed and not agrees:
        file.drop_check()
    return agrees


def _read(at: Desk, file: Incoming, profile: Profile, reading: dict[str, object]) -> None:
    try:
        file.take(
            at.read(
                file.file,
                profile,
                name=file.name,
                companions={name: place for name, place in file.companions.items() if name in profile.companions},
                refused_rows=file.refused_rows,
                **file.said,
                **reading,
            )
        )
    except SipaError as error:
        file.fault = error


def _rehearse(at: Desk, file: Incoming) -> None:
    st.header("4 Probe", anchor=False)
    replace = st.checkbox(
        "Die Lieferung darf Früheres für denselben Ausschnitt ersetzen", key=f"ersetzen-{incoming.turn()}"
    )
    if replace != file.may_replace:
        file.may_replace, file.rehearsal = replace, None
    if _pressed("Probe ausführen", "probe"):
        _with_progress(lambda tell: _try(at, file, tell))
    if file.rehearsal is not None and rehearsal.is_outdated(file.rehearsal):
        file.rehearsal = None
    if file.rehearsal is not None:
        rehearsal.draw(file.rehearsal, at.catalogue, "probe")


def _try(at: Desk, file: Incoming, tell: Callable[[str, float], None]) -> None:
    if file.delivery is None:
        return
    house = opened_house()
    try:
        house.renew()  # the newest Datenstand, also where another process has just published
        file.rehearsal = at.rehearse(file.delivery, house.mart, may_replace=file.may_replace, tell=tell)
    except SipaError as error:
        failed.show(error)


def _submit(at: Desk, file: Incoming) -> None:
    st.header("5 Einreichen", anchor=False)
    if file.delivery is None:
        return
    seen = True
    if file.delivery.report.warnings:
        seen = st.checkbox("Ich habe die Warnungen gelesen; die Daten sind trotzdem richtig.", key="gelesen")
    note = st.text_input("Anmerkung für die zweite Person und den Verlauf", key="anmerkung", max_chars=300)
    fit = at.takes(file.delivery.report.marking)
    if not fit:
        verdict.aside(NEEDS_SIGN_IN)
    if not st.button("Zur Freigabe einreichen", key="einreichen", type="primary", disabled=not (seen and fit)):
        return
    try:
        submitted = at.submit(file.delivery, may_replace=file.may_replace, acknowledged=seen, note=note.strip() or None)
    except SipaError as error:
        failed.show(error)
        return
    incoming.throw_away()
    st.session_state[DONE] = f"Eingereicht als {submitted.id}. Öffentlich wird die Lieferung erst mit der Freigabe."
    st.rerun()


def _pressed(label: str, key: str) -> bool:
    """A button whose click is kept until it is reached.

    Who fills in a field and clicks at once sends both together. The page then begins again with what was filled in,
    and Streamlit would forget the click. Only for what may be done once more; a submission is asked for again.
    """
    waits = f"{key}-gedrueckt-{incoming.turn()}"
    st.button(label, key=key, type="primary", on_click=lambda: st.session_state.update({waits: True}))
    return bool(st.session_state.pop(waits, False))


def _with_progress(work: Callable[[Callable[[str, float], None]], None]) -> None:
    """Say what happens for as long as it takes."""
    bar = st.progress(0.0, text="Beginnt …")

    def tell(step: str, share: float) -> None:
        bar.progress(min(1.0, share), text=step)

    work(tell)
    bar.empty()
