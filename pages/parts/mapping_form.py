"""Saying what the columns of an unknown file mean: everything is proposed, everything can be corrected."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.parts import failed, incoming, verdict
from pages.parts.incoming import Incoming
from pages.parts.opened import opened_house
from pages.parts.value_map import OPEN, value_maps
from pages.parts.words_table import words_table
from sipa_data.errors import ProfileError, SipaError
from sipa_data.german import listing, number
from sipa_data.intake import KINDS, Draft, as_toml, profiles_of, propose, save_profile
from sipa_data.intake.choices import Proposed

NOT_TAKEN = "nicht übernehmen"
MOST_EXAMPLES = 3
MOST_NAMED = 8


def mapping_form(file: Incoming) -> None:
    """Draw the mapping; when nothing is open any more it becomes the layout of this file."""
    found, catalogue = file.found, opened_house().catalogue
    if found is None:
        return
    draft = file.draft or propose(found, catalogue, taken=profiles_of(opened_house().settings))
    kinds = list(KINDS)
    kind = st.selectbox(
        "Was die Datei enthält",
        kinds,
        index=kinds.index(draft.kind),
        format_func=KINDS.__getitem__,
        key=f"art-{incoming.turn()}",
    )
    if kind != draft.kind:
        draft = draft.with_kind(kind)
    draft = _columns(draft)
    draft = value_maps(draft)
    draft = _settings(draft)
    if draft != file.draft:
        first, file.draft = file.draft is None, draft
        file.begin_again_from_profile(None)
        if not first:
            st.rerun()  # what stands above was drawn before this was said
    problems = draft.problems()
    if problems:
        st.warning("**Noch offen**\n\n" + "\n".join(f"- {verdict.escaped(one)}" for one in problems))
        return
    try:
        file.profile = draft.profile()
    except SipaError as error:
        st.warning(f"**{error.title}**  \n{verdict.escaped(error.sentence)}")
        return
    _keep_as_profile(file)


def _columns(draft: Draft) -> Draft:
    """The columns that are taken, as a table; and one at a time to say something else of it."""
    meanings = draft.meanings()
    taken = [one for one in draft.columns if one.meaning]
    st.markdown(f"**{number(len(taken))} von {number(len(draft.columns))} Spalten sind zugeordnet.**")
    if taken:
        words_table(_table(taken, meanings), "Zugeordnete Spalten: was darin steht und was sie bedeuten")
    verdict.aside(_left_out(draft))
    headings = [one.heading for one in draft.columns]
    chosen = st.selectbox(
        "Eine Spalte anders zuordnen", headings, index=None, key=f"spalte-{incoming.turn()}", placeholder=OPEN
    )
    if chosen not in headings:
        return draft
    one = draft.proposed(chosen)
    st.markdown(verdict.muted(_seen(one)))
    options = ["", *meanings]
    meaning = st.selectbox(
        f"„{verdict.escaped(chosen)}“ bedeutet",
        options,
        index=options.index(one.meaning) if one.meaning in options else 0,
        format_func=lambda each: meanings.get(each, NOT_TAKEN),
        key=f"bedeutung-{incoming.turn()}-{draft.kind}-{headings.index(chosen)}",
    )
    return draft if meaning == one.meaning else draft.with_meaning(chosen, meaning)


def _left_out(draft: Draft) -> str:
    """The columns that are not taken."""
    left = [one.heading for one in draft.columns if not one.meaning]
    named = [f"„{heading}“" for heading in left[:MOST_NAMED]]
    more = [f"{number(len(left) - MOST_NAMED)} andere"] if len(left) > MOST_NAMED else []
    return f"Nicht übernommen: {listing([*named, *more])}." if left else ""


def _table(columns: list[Proposed], meanings: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Spalte": one.heading if not one.label else f"{one.heading} – {one.label}",
                "Darin steht": one.column.looks,
                "Bedeutet": meanings.get(one.meaning, one.meaning),
                "Erkannt an": one.why,
            }
            for one in columns
        ],
        dtype="string",
    )


def _seen(one: Proposed) -> str:
    examples = ", ".join(f"„{text}“" for text in one.column.examples[:MOST_EXAMPLES])
    return f"{one.column.looks}. Beispiele: {examples}." if examples else f"{one.column.looks}."


def _settings(draft: Draft) -> Draft:
    """What the file does not say itself; what is proposed already stands folded away."""
    settings = draft.settings()
    for one in settings:
        if not one.fine:
            draft = _setting(draft, one.id)
    with st.expander("Weitere Angaben", type="compact", key="tabelle-angaben"):
        for one in settings:
            if one.fine:
                draft = _setting(draft, one.id)
    return draft


def _setting(draft: Draft, name: str) -> Draft:
    one = next(each for each in draft.settings() if each.id == name)
    key = f"angabe-{incoming.turn()}-{draft.kind}-{one.id}"
    said: str | None
    if one.choices is None:
        proposed_late = not draft.given.get(one.id) and not st.session_state.get(key)  # the unit of a chosen register
        if key not in st.session_state or proposed_late:
            st.session_state[key] = one.value
        said = st.text_input(one.title, help=one.help or None, key=key)
    else:
        options = list(one.choices)
        said = st.selectbox(
            one.title,
            options,
            index=options.index(one.value) if one.value in options else None,
            format_func=one.choices.__getitem__,
            help=one.help or None,
            placeholder=OPEN,
            key=key,
        )
    return draft if (said or "") == one.value else draft.with_setting(one.id, said or "")


def _keep_as_profile(file: Incoming) -> None:
    """The next file of this kind needs no mapping."""
    if file.profile is None:
        return
    with st.expander("Als Dateiprofil speichern", type="compact", key="tabelle-profil"):
        st.markdown("Die nächste Datei mit diesem Aufbau wird dann von selbst erkannt.")
        st.code(as_toml(file.profile), language="toml")
        if st.button("Profil speichern", key="profil-speichern"):
            try:
                settings = opened_house().settings
                saved = save_profile(file.profile, settings.profiles_made_here, profiles_of(settings))
            except ProfileError as error:
                failed.show(error)
            else:
                st.success(f"Gespeichert: {verdict.escaped(saved.stem)}")
