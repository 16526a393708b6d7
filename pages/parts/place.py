"""What stands where there is nothing to show: why, and what can be done about it."""

import streamlit as st

from pages.parts.verdict import escaped
from pages.parts.view import View
from sipa_data.answers import Answer, Status
from sipa_data.figures import tile
from sipa_data.figures.rows import subject_row


def has_data(view: View) -> bool:
    """Whether anything was published; if not, the page says how data come in."""
    if view.reader.uploads():
        return True
    st.info("Es sind noch keine Daten veröffentlicht.")
    st.markdown(
        "Dateien kommen über die Seite „Hochladen“ herein, wenn die Rolle es erlaubt, oder über die Kommandozeile. "
        "Welche Formen bekannt sind, zeigt der erste Befehl; der zweite prüft eine Datei, ohne etwas zu "
        "veröffentlichen; der dritte veröffentlicht sie."
    )
    city = view.catalogue.city.id
    st.code(
        "python -m sipa_data profiles\n"
        f"python -m sipa_data import DATEI --city {city} --profile PROFIL --dry-run\n"
        f"python -m sipa_data import DATEI --city {city} --profile PROFIL",
        language=None,
    )
    st.markdown("Was gezeigt werden wird und wie es zu lesen ist, steht schon da:")
    with st.container(horizontal=True, key="verweis-leer"):
        for address in ("methodik", "glossar"):
            st.page_link(view.pages[address], label=view.pages[address].title)
    return False


def why_empty(answer: Answer) -> None:
    """The reason why an answer holds no value."""
    shown = tile(answer)
    reason = f" ({shown.note})" if shown.note and shown.note not in shown.value else ""
    st.markdown(escaped(f"{answer.indicator.title}: {shown.value}{reason}."))


def is_collected(answer: Answer) -> bool:
    """Whether anybody collects this number for the place asked about; it may still be confidential or too uncertain."""
    row = subject_row(answer)
    return row is not None and row.status is not Status.not_collected
