"""„Keine Wirkung erkennbar“ names the smallest effect that would have been found; nothing else does."""

import pytest

from sipa_data.answers.effect_sentences import sentence
from sipa_data.answers.effect_sizes import smallest_seen, smallest_told
from sipa_data.answers.effect_types import Design, EffectCode, Judgement, Method

THIN = "\u202f"


def judged(method, lower, upper, code=EffectCode.no_effect_seen):
    numbers = {"estimate": (lower + upper) / 2, "lower": lower, "upper": upper}
    return Judgement(code, Design.with_comparison, "so", "Gewalt", method=method, **numbers)


def test_a_difference_is_1_43_half_intervals():
    # an interval of ±10 is 1.96 standard errors; (1.9600 + 0.8416) / 1.9600 · 10 = 14.294
    found = smallest_seen(judged(Method.difference_of_shares, -8.0, 12.0))
    assert found == pytest.approx((-14.294, 14.294), abs=0.001)


def test_a_ratio_is_found_on_the_scale_of_logarithms():
    # from 0.5 to 2: ln 2 = 0.6931 is 1.96 standard errors; 1.4294 · 0.6931 = 0.9908; e^±0.9908 = 0.371 and 2.693
    found = smallest_seen(judged(Method.ratio_of_ratios, 0.5, 2.0))
    assert found == pytest.approx((0.371, 2.693), abs=0.001)


@pytest.mark.parametrize(
    ("method", "lower", "upper", "told"),
    [
        (Method.difference_of_shares, -8.0, 12.0, "ein Unterschied von 15 Prozentpunkten"),
        (Method.hedges_g, -0.2, 0.2, "ein Unterschied von 0,29 Standardabweichungen"),
        (Method.odds_ratio, 0.5, 2.0, "ein Chancenverhältnis unter 0,37 oder über 2,69"),
        (Method.ratio, 0.5, 2.0, f"ein Rückgang um 63{THIN}% oder ein Anstieg um 170{THIN}%"),
        (
            Method.ratio_of_ratios,
            0.05,
            20.0,
            "ein Anstieg auf das 73-Fache",
        ),  # 20^1.4294 = 72.4
    ],
)
def test_it_is_told_in_the_words_of_the_method(method, lower, upper, told):
    one = judged(method, lower, upper)
    assert smallest_told(one).removeprefix(f"Zu 80{THIN}% gefunden worden wäre erst ").removesuffix(".") == told
    assert smallest_told(one) in sentence(one)


@pytest.mark.parametrize("code", [code for code in EffectCode if code != EffectCode.no_effect_seen])
def test_no_other_verdict_speaks_of_it(code):
    one = judged(Method.ratio, 0.5, 2.0, code)
    assert smallest_seen(one) is None
    assert "gefunden worden wäre" not in sentence(one)


def test_without_an_interval_there_is_nothing_to_tell():
    one = Judgement(EffectCode.no_effect_seen, Design.before_after, "so", "Gewalt")
    assert smallest_told(one) == ""
    assert smallest_seen(judged(Method.ratio, 0.0, 2.0)) is None
