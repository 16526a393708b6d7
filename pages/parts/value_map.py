"""What the words of a column mean: districts, answers, no answers, keys. All are shown, each can be corrected."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.parts import incoming, verdict
from pages.parts.words_table import words_table
from sipa_data.figures.words import NOTHING
from sipa_data.german import count_of, number
from sipa_data.intake import Draft, Proposed

OPEN = "bitte wählen"
MOST_AT_ONCE = 12
MOST_SHOWN = 60


def value_maps(draft: Draft) -> Draft:
    """What is open is asked; all that is known stands folded below, and each word can be given another meaning."""
    for place, one in enumerate(draft.columns):
        targets = draft.value_choices(one.heading) if one.meaning else {}
        if targets:
            key = f"{incoming.turn()}-{draft.kind}-{place}-{one.meaning}"
            draft = _open_words(draft, one, targets, key)
            draft = _known_words(draft, one, targets, key)
    return draft


def _open_words(draft: Draft, one: Proposed, targets: Mapping[str, str], key: str) -> Draft:
    """Words that nobody knows, and those that were mapped by hand: they stay where they were."""
    words = draft.unresolved(one.heading)
    needed = () if draft.open_words_are_settled(one) else words[:MOST_AT_ONCE]
    asked = list(dict.fromkeys([*needed, *dict(one.values)]))
    if not asked:
        return draft
    told = f"{count_of(len(words), 'Wert ist', 'Werte sind')} offen" if needed else "alle Werte sind zugeordnet"
    st.markdown(f"**Spalte „{verdict.escaped(one.heading)}“: {told}**")
    sides = st.columns(2, gap="medium")
    for at, word in enumerate(asked):
        with sides[at % 2]:
            draft = _word(draft, one, word, targets, f"wert-{key}-{word}")
    if needed and len(words) > MOST_AT_ONCE:
        more = count_of(len(words) - MOST_AT_ONCE, "weiterer Wert folgt", "weitere Werte folgen")
        verdict.aside(f"{more}, sobald diese zugeordnet sind.")
    return draft


def _known_words(draft: Draft, one: Proposed, targets: Mapping[str, str], key: str) -> Draft:
    """What each word was taken for, and the way to take it for something else."""
    known = draft.meant_words(one.heading)
    by_hand = dict(one.values)
    with st.expander(
        f"Was die Werte der Spalte „{verdict.escaped(one.heading)}“ bedeuten",
        type="compact",
        key=f"tabelle-werte-{key}",
    ):
        chosen = st.multiselect(
            "Werte anders deuten",
            [word for word in dict(one.column.values) if word not in by_hand],
            format_func=lambda word: _said(one, word),
            placeholder=OPEN,
            key=f"deuten-{key}",
        )
        for word in chosen:
            draft = _word(draft, one, word, targets, f"anders-{key}-{word}")
        if known:
            words_table(_table(one, targets, known), f"Was die Werte der Spalte „{one.heading}“ bedeuten")
        if len(known) > MOST_SHOWN:
            verdict.aside(f"Gezeigt sind die {MOST_SHOWN} häufigsten von {number(len(known))} Werten.")
    return draft


def _word(draft: Draft, one: Proposed, word: str, targets: Mapping[str, str], key: str) -> Draft:
    now = draft.meant_words(one.heading).get(word, "")
    options = list(targets) if now in targets else ["", *targets]
    meant = st.selectbox(
        verdict.escaped(f"„{_said(one, word)}“"),
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda each: targets.get(each, OPEN),
        key=key,
    )
    return draft if meant == now else draft.with_value(one.heading, word, meant)


def _said(one: Proposed, word: str) -> str:
    label = one.column.labels.get(word)
    return f"{word} – {label}" if label else word


def _table(one: Proposed, targets: Mapping[str, str], known: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "In der Datei": _said(one, word),
                "Wie oft": number(times),
                "Bedeutet": targets.get(known[word], NOTHING),
                "Woher": "von Hand" if word in dict(one.values) else "erkannt",
            }
            for word, times in dict(one.column.values).items()
            if word in known
        ][:MOST_SHOWN],
        dtype="string",
    )
