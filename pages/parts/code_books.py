"""The code book of a survey wave on the screen."""

import streamlit as st

from pages.parts import verdict
from pages.parts.words_table import words_table
from sipa_data.release.desk import Desk


def code_books(at: Desk) -> None:
    """Choose a wave, read its questions."""
    titles = dict(at.waves())
    if not titles:
        return
    st.header("Codebuch", anchor=False)
    chosen = st.selectbox(
        "Befragungswelle",
        list(titles),
        format_func=titles.__getitem__,
        key="codebuch",
        index=None,
        placeholder="bitte wählen",
    )
    if chosen not in titles:
        return
    for title, table in at.code_book(chosen):
        st.markdown(f"**{verdict.escaped(title)}**")
        words_table(table, title)
    verdict.aside("Gezählt sind Personen in der ganzen Stadt, ohne Gewichte.")
