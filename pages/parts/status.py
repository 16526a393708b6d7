"""The line beside the title: whether the data are real, how old they are, and as whom one looks."""

import streamlit as st

from pages.parts.identity import scope_name
from pages.parts.verdict import toned
from sipa_data.answers import Reader
from sipa_data.figures.words import SYNTHETIC, snapshot_text


def status_line(reader: Reader) -> None:
    """„Beispieldaten (synthetisch) · Datenstand 42 vom 31.12.2025 · Sie sehen: Lenkungsgruppe“"""
    snapshot = reader.mart.snapshot
    said = [f"**{toned(SYNTHETIC, 'unfavourable')}**"] if snapshot.synthetic else []
    role = scope_name(reader.scope, reader.catalogue)
    said += [toned(snapshot_text(snapshot), "neutral"), toned(f"Sie sehen: {role}", "neutral")]
    st.markdown(f":small[{' · '.join(said)}]", text_alignment="right")
