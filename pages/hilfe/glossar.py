"""The words of the pages, explained."""

import tomllib
from pathlib import Path

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View

WORDS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "glossar.toml").read_text(encoding="utf-8"),
)["word"]


def page(view: View) -> None:
    """Each word once, in alphabetical order."""
    city = view.catalogue.city
    view.title("Glossar", f"Die Wörter dieser Seiten. „Gebiet“ steht für {city.name} oder einen {city.district_word}.")
    for word in WORDS:
        st.markdown(f"**{verdict.escaped(word['term'])}**  \n{verdict.escaped(word['meaning'])}")
