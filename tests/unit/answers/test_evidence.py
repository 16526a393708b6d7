"""The chain of evidence: every field of action once, its projects counted once, and where it breaks off."""

from dataclasses import replace

import pytest

from sipa_data.answers.effect_sentences import SHORT
from sipa_data.answers.effect_types import EVIDENCE, Design, Effect, EffectCode
from sipa_data.answers.evidence import clearest_first, evidence_by_field, evidence_told, gaps_told
from sipa_data.catalogue import load_catalogue
from tests.support.facts import MUSTERSTADT


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(MUSTERSTADT)


def effect(project, code, *fields):
    rests_on = EVIDENCE[Design.with_comparison]
    said = SHORT[EffectCode(code)]
    return Effect(project, f"Projekt {project}", fields, (), "Fälle", EffectCode(code), rests_on, None, "", said)


def told(effects):
    return evidence_told(effects).replace("\xa0", " ")


def test_projects_are_counted_once_however_many_outcomes_they_have(catalogue):
    field = next(iter(catalogue.fields))
    effects = [effect("A", "worked", field), effect("A", "no_effect_seen", field), effect("B", "not_measured", field)]
    found = evidence_by_field(catalogue, effects)[0]
    assert (found.projects, found.evaluated) == (2, 1)
    assert found.verdicts().replace("\xa0", " ") == "1 × Hinweis auf Wirkung und 1 × keine Wirkung erkennbar"
    assert told(effects) == (
        "Von 2 Projekten ist 1 ausgewertet: 1 × Hinweis auf Wirkung und 1 × keine Wirkung erkennbar. "
        "Ohne Urteil: 1 × nicht gemessen."
    )


def test_what_was_shown_by_drawing_lots_is_not_counted_among_the_hints():
    drawn = replace(effect("A", "worked"), short="wirksam nach Zufallsversuch")
    assert told([drawn, effect("B", "worked"), effect("C", "worked")]) == (
        "Von 3 Projekten sind 3 ausgewertet: 1 × wirksam nach Zufallsversuch und 2 × Hinweis auf Wirkung."
    )


def test_of_two_that_helped_the_better_proven_one_comes_first():
    drawn = replace(effect("B", "worked"), evidence=EVIDENCE[Design.randomised])
    assert [one.project for one in clearest_first([effect("A", "worked"), drawn])] == ["B", "A"]


def test_every_field_is_in_the_chain_and_those_without_an_evaluated_project_are_named(catalogue):
    field, *others = catalogue.fields
    found = evidence_by_field(catalogue, [effect("A", "worse", field), effect("B", "hidden", others[0])])
    assert [one.field.id for one in found] == list(catalogue.fields)
    assert [one.field.id for one in found if not one.evaluated] == others
    gaps = gaps_told(found)
    assert gaps.startswith("Ohne ausgewertetes Projekt: ")
    assert all(f"„{catalogue.fields[other].title}“" in gaps for other in others)
    assert catalogue.fields[field].title not in gaps


def test_where_every_field_has_one_that_is_said(catalogue):
    found = evidence_by_field(catalogue, [effect("A", "worse", *catalogue.fields)])
    every = len(catalogue.fields)
    assert gaps_told(found) == f"In allen {every} Handlungsfeldern ist wenigstens ein Projekt ausgewertet."


def test_what_only_moved_stands_before_what_helped_and_what_has_no_verdict_last():
    codes = {"A": "not_measured", "B": "no_effect_seen", "C": "worked", "D": "displaced"}
    effects = [effect(project, code) for project, code in codes.items()]
    assert [one.project for one in clearest_first(effects)] == ["D", "C", "B", "A"]


def test_without_a_verdict_nothing_is_counted():
    assert told([]) == "Hier ist kein Projekt erfasst."
    assert (
        told([effect("A", "not_measured")]) == "Von 1 Projekt ist keines ausgewertet. Ohne Urteil: 1 × nicht gemessen."
    )
