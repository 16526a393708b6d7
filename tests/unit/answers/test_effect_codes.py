"""The verdicts on projects: each is documented, and none that sounds like a finding is told as a proof."""

import re

import pytest

from sipa_data.answers.effect_sentences import FOLLOWS, MUST_HINT, NO_PROOF, per_cent, sentence, short, table
from sipa_data.answers.effect_types import Design, EffectCode, Judgement, Method
from sipa_data.settings import PROJECT

METHODS = (PROJECT / "docs" / "methods.md").read_text(encoding="utf-8")


def judgement(code, design=Design.with_comparison, method=Method.ratio_of_ratios):
    return Judgement(code, design, "von 5 (2023) auf 8 (2024)", "Gewalt", method=method)


def test_the_handbook_has_the_table_that_the_code_makes():
    told = re.search(r"<!-- effect codes -->\n\n(.*?)\n\n<!-- /effect codes -->", METHODS, re.DOTALL)
    assert told is not None
    assert told[1] == table()


@pytest.mark.parametrize("code", EffectCode)
def test_every_conclusion_is_a_hint_unless_it_was_drawn_by_lot(code):
    said = sentence(judgement(code))
    assert said.startswith("Gewalt: von 5 (2023) auf 8 (2024)")
    assert said.endswith(NO_PROOF if code in MUST_HINT else ".")
    assert NO_PROOF not in sentence(judgement(code, Design.randomised))
    assert (code in FOLLOWS) == ("; " in said)


def test_only_counts_know_the_usual_swing():
    assert "Zufall und übliche Schwankung" in sentence(judgement(EffectCode.no_effect_seen))
    assert "Schwankung" not in sentence(judgement(EffectCode.no_effect_seen, method=Method.hedges_g))


def test_only_a_trial_is_said_to_have_shown_an_effect():
    assert short(judgement(EffectCode.worked)) == "Hinweis auf Wirkung"
    assert short(judgement(EffectCode.worked, Design.randomised)) == "wirksam nach Zufallsversuch"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (50, 75, ", plus 50\u202f%"),
        (49, 75, ""),  # fewer than fifty cases
        (75, 49, ""),
        (300, 302, ", plus 0,7\u202f%"),
        (302, 302, ""),
        (1000, 700, ", minus 30\u202f%"),
    ],
)
def test_per_cent_needs_fifty_cases_on_both_sides(before, after, told):
    assert per_cent(before, after) == told
