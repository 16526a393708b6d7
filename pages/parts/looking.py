"""What was found in a file, shown first; and where a person says that it is written in another way."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import checked, incoming, verdict
from pages.parts.incoming import Incoming
from pages.parts.opened import opened_house
from pages.parts.words_table import words_table
from sipa_data.errors import SipaError
from sipa_data.intake import Writing, look_at, profiles_of, recognise
from sipa_data.intake.writing import DAYS, DECIMALS, ENCODINGS, SEPARATORS

AS_FOUND = "wie gefunden"
LAST_HEAD = 30
HEIGHTS = {"2": "zwei Zeilen", "3": "drei Zeilen"}
CHOICES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "encoding": ("Zeichensatz", ENCODINGS),
    "separator": ("Trennzeichen", SEPARATORS),
    "head": ("Die Überschriften stehen in", {str(line): f"Zeile {line}" for line in range(1, LAST_HEAD + 1)}),
    "head_rows": ("Sie gehen über", HEIGHTS),
    "decimal": ("Dezimalzeichen", DECIMALS),
    "days": ("Datumsform", DAYS),
}
OF_TEXT = {"encoding", "separator"}
OF_A_SHEET = {"head", "head_rows"}


def look(file: Incoming) -> None:
    """What it is, as far as the file itself says; a file that cannot be read keeps its reason."""
    house = opened_house()
    file.found, file.recognised, file.fault = None, (), None
    try:
        file.found = look_at(file.file, name=file.name, **file.said)
        file.sheets = file.sheets or tuple(name for name in file.found.form.tops if name)
        file.draft = file.draft and file.draft.seen_again(file.found)
        file.recognised = recognise(file.found, house.catalogue, profiles_of(house.settings))
    except SipaError as error:
        file.fault = error


def found(file: Incoming) -> None:
    """The first step on the page: what the file is, its first rows, another way of reading it, another file."""
    st.header("1 Gefunden", anchor=False)
    st.markdown(f"**{verdict.escaped(file.name)}**")
    if file.found is None:
        checked.draw(file)
    else:
        with st.container(key="angaben-gefunden"):
            words_table(pd.DataFrame(file.found.lines(), columns=["Angabe", "Gefunden"]), "Wie die Datei aufgebaut ist")
        with st.expander("Die ersten Zeilen", type="compact", key="tabelle-erste-zeilen"):
            rows = pd.DataFrame(list(file.found.first_rows), columns=list(file.found.headings), dtype="string")
            words_table(rows, "Die ersten Zeilen der Datei")
    _otherwise(file)
    if st.button("Andere Datei wählen", key="andere-datei"):
        incoming.throw_away()
        st.rerun()


def _otherwise(file: Incoming) -> None:
    """Everything that was found can be said otherwise; then the file is looked at once more."""
    kind = "csv" if file.found is None else file.found.form.kind
    fixed = set() if kind == "csv" else OF_TEXT if kind == "workbook" else OF_TEXT | OF_A_SHEET
    with st.expander("Stimmt etwas nicht? Anders lesen", type="compact", key=f"tabelle-lesen-{file.folder.name}"):
        choices = {name: one for name, one in CHOICES.items() if name not in fixed}
        if len(file.sheets) > 1:
            choices["sheet"] = ("Blatt", {name: name for name in file.sheets})
        left, right = st.columns(2, gap="medium")
        said = {
            name: _chosen(file, name, *one, side=(left, right)[place % 2].selectbox)
            for place, (name, one) in enumerate(choices.items())
        }
    told = _told(said)
    if told == file.said:
        return
    with st.spinner("Die Datei wird noch einmal angesehen …"):
        file.read_otherwise(told)
        look(file)
    st.rerun()


def _chosen(
    file: Incoming, name: str, title: str, words: Mapping[str, str], *, side: Callable[..., str | None]
) -> str | None:
    """What was chosen; None: as it was found."""
    chosen = side(
        title,
        ["", *words],
        format_func=lambda one: words.get(one, AS_FOUND),
        key=f"lesen-{name}-{file.folder.name}",
    )
    return chosen or None


def _told(said: Mapping[str, str | None]) -> dict[str, Any]:
    """As ``look_at`` and ``read_delivery`` take it; what a form of file does not have is not in ``said``."""
    height, head = said.get("head_rows"), said.get("head")
    writing = {name: said.get(name) for name in ("encoding", "separator", "decimal", "days")}
    return {
        "sheet": said.get("sheet"),
        "head_rows": int(height) if height else None,
        "writing": Writing.model_validate({**writing, "head": int(head) if head else None}),
    }
