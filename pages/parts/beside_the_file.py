"""What has to be said beside a file: its period, its marking, its wave, the second files that its layout needs."""

from typing import Any, get_args

import streamlit as st

from pages.parts import failed, incoming, verdict
from pages.parts.incoming import Incoming
from pages.parts.opened import opened_house
from pages.parts.tables import MARKINGS
from sipa_data.errors import SipaError
from sipa_data.intake import Marking, Profile, wave_of
from sipa_data.intake.reporting import period_in
from sipa_data.intake.selection import WAVE_COMPANION
from sipa_data.intake.waves import FIELDS as WAVE_FIELDS

BOUNDARIES = "grenzen"


def asked(file: Incoming, profile: Profile) -> dict[str, Any] | None:
    """What ``read_delivery`` is told beside the layout; None where something that was said makes no sense."""
    if file.draft is not None:
        try:
            reading: dict[str, Any] = file.draft.reading()
        except SipaError as error:
            st.warning(verdict.escaped(error.sentence))
            return None
        if file.draft.needs_boundaries:
            _companion(file, BOUNDARIES, "Grenzen der Bezirke (GeoJSON)", usual_name=f"{BOUNDARIES}.geojson")
        return reading
    reading = {}
    for name, companion in profile.companions.items():
        _companion(file, name, companion.title, usual_name=companion.usual_name, optional=companion.optional)
    markings = get_args(Marking)
    reading["marking"] = st.selectbox(
        "Kennzeichnung",
        markings,
        format_func=lambda one: MARKINGS[one],
        index=markings.index(profile.marking) if profile.marking else None,
        placeholder="bitte wählen",
        key=f"kennzeichnung-{profile.id}",
    )
    if reading["marking"] is None:
        return None
    if profile.survey is None:
        return _with_period(reading)
    if profile.survey.wave is None:
        return _with_wave(reading, file)
    return reading


def _with_period(reading: dict[str, Any]) -> dict[str, Any] | None:
    said = st.text_input(
        "Zeitraum, falls ihn die Datei nicht selbst nennt",
        help="Zum Beispiel 2025, 3. Quartal 2025 oder Juli 2025.",
        key=f"zeitraum-der-datei-{incoming.turn()}",
    )
    if not said:
        return reading
    period = period_in(said)
    if period is None:
        st.warning(f"„{verdict.escaped(said)}“ ist kein Zeitraum. Zum Beispiel: 2025, 3. Quartal 2025 oder Juli 2025.")
        return None
    return {**reading, "period": period}


def _with_wave(reading: dict[str, Any], file: Incoming) -> dict[str, Any] | None:
    """A wave that neither the file nor a second file describes is described here."""
    if WAVE_COMPANION in file.companions or (file.found is not None and file.found.sheets_beside):
        return reading
    with st.expander("Die Welle von Hand beschreiben", key=f"tabelle-welle-{incoming.turn()}"):
        key, title = st.text_input("Kennung der Welle", key="welle-kennung"), st.text_input("Titel", key="welle-titel")
        first = st.date_input("Erster Tag der Feldzeit", value=None, format="DD.MM.YYYY", key="welle-von")
        last = st.date_input("Letzter Tag der Feldzeit", value=None, format="DD.MM.YYYY", key="welle-bis")
        st.markdown(verdict.muted("Die übrigen Angaben dürfen offen bleiben."))
        invited = st.number_input("Eingeladene", min_value=1, value=None, key="welle-eingeladene")
        youngest = st.number_input("Mindestalter", min_value=0, max_value=120, value=None, key="welle-mindestalter")
        mode = st.text_input("Befragungsart", key="welle-art")
        weighting = st.text_input("Gewichtung", key="welle-gewichtung")
        changed = st.text_input("Methodenbruch gegenüber der vorigen Welle", key="welle-methodenbruch")
    if not (key or title or first or last):
        return reading
    said = (key, title, first, last, invited, youngest, mode, weighting, changed)
    pairs = [(word, "" if one is None else str(one)) for word, one in zip(WAVE_FIELDS, said, strict=True)]
    try:
        return {**reading, "described": wave_of(pairs)}
    except SipaError as error:
        st.warning(verdict.escaped(error.sentence))
        return None


def _in_city(name: str) -> bool:
    """Whether the city's own folder has such a file already; it is taken where none is given."""
    return (opened_house().catalogue.folder / name).is_file()


def _companion(file: Incoming, name: str, title: str, *, usual_name: str, optional: bool = False) -> None:
    if name in file.companions:
        st.markdown(f"Begleitdatei „{verdict.escaped(title)}“ ist da.")
        return
    told = " – ohne Datei gilt die der Stadt" if _in_city(usual_name) else " – wenn vorhanden" if optional else ""
    sent = st.file_uploader(
        f"Begleitdatei: {verdict.escaped(title)}{told}",
        key=f"datei-begleit-{incoming.turn()}-{name}",
        max_upload_size=incoming.MOST_MEGABYTES,
    )
    if sent is None:
        return
    try:
        file.keep_companion(name, sent)
    except SipaError as error:
        failed.show(error)
        return
    st.rerun()
