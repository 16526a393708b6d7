"""A picture on the page: what it says, what it measures, the figure, its table, its file, its source."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.parts import record
from pages.parts.own_file import own
from pages.parts.place import why_empty
from pages.parts.plotted import plotted
from pages.parts.verdict import aside, escaped, muted
from pages.parts.view import View
from pages.parts.words_table import words_table
from sipa_data.answers import Answer
from sipa_data.exports import XLSX_MIME, csv_bytes, file_name, xlsx_bytes
from sipa_data.figures import Picture
from sipa_data.german import listing

FORMS: dict[str, tuple[Callable[[Answer], bytes], str]] = {
    "CSV": (csv_bytes, "text/csv"),
    "XLSX": (xlsx_bytes, XLSX_MIME),
}
"""What an answer can be taken away as: how the file is made, and what the browser takes it for."""


def chart(view: View, picture: Picture, *answers: Answer, key: str) -> None:
    """Lay a picture out under a second-level heading. Each answer it was made from can be had as a file.

    ``key`` : unique on the page; the address of the figure between two runs
    """
    st.subheader(escaped(picture.title), anchor=False)
    if picture.figure is None:
        _why_nothing_is_drawn(view, answers)
        return
    st.markdown(muted(picture.subtitle))
    plotted(view, picture, key=f"{key}-bild")
    if not picture.table.empty:
        with st.expander("Daten als Tabelle", type="compact", key=f"tabelle-{key}"):
            words_table(picture.table, f"Tabelle: {picture.title}")
    st.markdown(muted(picture.source))
    aside(_judged_together(answers))
    files(view, answers, key=key)


def files(view: View, answers: Sequence[Answer], *, key: str) -> None:
    """Every answer in every form that it can be taken away in."""
    with st.container(horizontal=True, key=f"verweis-{key}"):
        for place, answer in enumerate(answers):
            for form in FORMS:
                _download(view, answer, form, f"{key}-{place}-{answer.indicator.id}-{form}")


def _judged_together(answers: Sequence[Answer]) -> str:
    """What the picture compares at once, so that a reader knows how many looks a finding had to stand up to."""
    families = [(family, answer.indicator.short_title) for answer in answers for family in answer.families]
    each = dict.fromkeys(f"{family} ({title})" if len(answers) > 1 else family for family, title in families)
    return f"Gemeinsam geprüft: {listing(list(each))}." if each else ""


def _why_nothing_is_drawn(view: View, answers: Sequence[Answer]) -> None:
    empty = [answer for answer in answers if answer.is_empty]
    for answer in empty:
        why_empty(answer)
    if not empty:
        st.markdown(f"Nach {view.catalogue.city.district_word} liegen keine Werte vor.")


def _download(view: View, answer: Answer, form: str, key: str) -> None:
    """The file is made on the click, by asking again as whoever is looking now."""
    question = answer.question
    make, mime = FORMS[form]

    def made() -> bytes:
        record.taken(view.visitor, view.reader.scope, question, form)
        return make(view.reader.ask(question))

    st.download_button(
        f"{form}: {answer.indicator.short_title}",
        data=made,
        file_name=file_name(answer, form.lower()),
        mime=own(mime),
        type="tertiary",
        on_click="ignore",
        key=key,
    )
