"""What the product itself makes of the three stories of projects, and of all other projects of the example city."""

import math

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers.effect_types import Design, EffectCode
from sipa_data.settings import PROJECT

DOCUMENT = " ".join((PROJECT / "docs" / "example-city.md").read_text(encoding="utf-8").split())
NO_NUMBERS = (None, None, None, None, None, None)


@pytest.fixture(scope="module")
def effects(house):
    return house.reader(Scope.chair()).effects()


def only(effects, project):
    (found,) = [one for one in effects if one.project == project]
    return found


def numbers(effect):
    return effect.estimate, effect.lower, effect.upper, effect.p, effect.q, effect.moved


@pytest.mark.parametrize(
    ("project", "code", "design"),
    [
        ("SB-01", EffectCode.worked, Design.with_comparison),
        ("SB-02", EffectCode.back_to_usual, Design.before_after),
        ("SR-01", EffectCode.displaced, Design.with_comparison),
    ],
)
def test_the_three_stories_have_the_verdicts_that_the_handbook_tells(effects, project, code, design):
    found = only(effects, project)
    assert (found.code, found.evidence.design) == (code, design), found.sentence
    assert f"Das Urteil heißt „{found.short}“" in DOCUMENT
    assert found.sentence.endswith("Hinweis, kein Nachweis.")


def test_the_project_that_works_had_no_head_start(effects):
    found = only(effects, "SB-01")
    assert found.upper < 1
    assert "entwickelten sich beide nicht erkennbar verschieden" in found.sentence
    assert "Der Vergleich grenzt an das Gebiet" in found.sentence  # Möhringen lies beside Vaihingen


def test_the_project_that_only_seems_to_began_at_a_peak(effects):
    found = only(effects, "SB-02")
    assert found.p < 0.05  # before and after alone look like a success
    assert "Ausreißer" in found.sentence


def test_what_the_square_won_was_lost_next_door(effects):
    moved = only(effects, "SR-01").moved
    assert moved.local < -100
    assert moved.beside > 100
    assert moved.lower < 0 < moved.upper


def test_every_project_has_a_verdict_with_finite_numbers(house, effects):
    assert {one.project for one in effects} == {row["project_id"] for row in house.reader(Scope.chair()).projects()}
    assert len({one.code for one in effects}) >= 6
    for one in effects:
        tested = [value for value in numbers(one)[:5] if value is not None]
        assert all(math.isfinite(value) for value in tested)
        assert one.sentence.endswith(".")
        assert (one.code == EffectCode.hidden) == ("vertraulich" in one.sentence)


def test_nobody_receives_more_than_the_chair_and_what_is_hidden_has_no_numbers(house, effects, catalogue):
    truth = {(one.project, one.measure): one for one in effects}
    scopes = [Scope.public()] + [
        Scope(Role.district, full_detail=False, own_districts=frozenset({district})) for district in catalogue.districts
    ]
    for scope in scopes:
        shown = house.reader(scope).effects()
        assert [(one.project, one.measure) for one in shown] == list(truth)
        for one in shown:
            if one.code == EffectCode.hidden:
                assert numbers(one) == NO_NUMBERS
            else:
                assert numbers(one)[:4] == numbers(truth[one.project, one.measure])[:4]


def test_what_is_asked_again_is_not_computed_again(house):
    reader = house.reader(Scope.chair())
    assert all(one is other for one, other in zip(reader.effects(), reader.effects(), strict=True))
