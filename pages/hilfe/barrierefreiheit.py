"""The declaration of accessibility: status, what is not accessible and why, how it was checked, whom to tell."""

from pathlib import Path

import streamlit as st

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.german import day

DECLARATION = (Path(__file__).parent / "barrierefreiheit.md").read_text(encoding="utf-8")
"""What holds for the software, in every city."""
DRAFT = "Diese Erklärung ist ein Entwurf der Software. {city} hat sie noch nicht abgegeben."
NO_CITY = "Welche Vorschriften für {city} gelten und wer sie durchsetzt, ist noch nicht eingetragen."


def page(view: View) -> None:
    """For whoever meets a barrier, and for the body that asks for the declaration."""
    city = view.catalogue.city
    own = city.accessibility
    view.title(
        "Barrierefreiheit", verdict.escaped(f"Erklärung für das Lagebild der Sicherheitspartnerschaft {city.name}.")
    )
    if own is not None and own.declared_on is not None:
        st.markdown(f"Diese Erklärung wurde am {day(own.declared_on)} abgegeben.")
    else:
        st.markdown(f"**{verdict.escaped(DRAFT.format(city=city.name))}**")
    law = NO_CITY.format(city=city.name) if own is None else f"Es gelten {own.law}"
    st.markdown(verdict.escaped(law))
    st.markdown(DECLARATION)
    st.header("Barriere melden", anchor=False)
    feedback = city.contact if own is None else own.feedback
    st.markdown(
        f"Ihnen fehlt etwas, oder etwas lässt sich nicht bedienen? Schreiben Sie an: **{verdict.escaped(feedback)}**. "
        "Nennen Sie die Adresse der Seite; „Link kopieren“ in der Leiste oben gibt sie Ihnen."
    )
    if own is not None:
        st.header("Wenn keine Antwort kommt", anchor=False)
        st.markdown(verdict.escaped(f"Hilft die Antwort nicht oder kommt keine, wenden Sie sich an: {own.enforcement}"))
