"""A verdict in words and tone: the arrow is the direction of the number, the colour whether that is favourable."""

import streamlit as st

from sipa_data.answers import Verdict
from sipa_data.figures.palette import Tone
from sipa_data.figures.words import arrow_of, tone_of

THEME_COLOURS: dict[Tone, str] = {"favourable": "green", "unfavourable": "orange", "neutral": "gray"}
"""The theme gives these names the house colours: teal, burnt orange and the muted grey."""


def toned(text: str, tone: Tone) -> str:
    """Markdown in the colour of a judgement."""
    return f":{THEME_COLOURS[tone]}[{text}]"


def marked(verdict: Verdict, text: str) -> str:
    """Arrow and text of a verdict, in its colour."""
    return toned(f"{arrow_of(verdict)} {escaped(text)}".strip(), tone_of(verdict))


def muted(text: str) -> str:
    """Small grey text. Streamlit's own caption is too pale to be read by everybody (WCAG 1.4.3)."""
    return f":small[{toned(escaped(text), 'neutral')}]"


def aside(text: str) -> None:
    """A muted line of its own; nothing where there is nothing to say."""
    if text:
        st.markdown(muted(text))


def escaped(text: str) -> str:
    """Text from the catalogue or a file as Markdown that shows it literally."""
    return "".join(f"\\{letter}" if letter in r"\`*_[]{}<>#|~$:" else letter for letter in text)
