"""Spec tables of what recorded cases and delivered results say about a project."""

import math
from datetime import date
from functools import cache

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Reader
from sipa_data.answers.count_effects import years_around
from sipa_data.answers.effect_sentences import FOLLOWS, NO_PROOF, SHORT
from sipa_data.answers.effect_types import Design, EffectCode, Method
from sipa_data.answers.effects import find_effects
from sipa_data.tables import TABLES
from tests.spec import effects_reference as reference
from tests.support.facts import Facts, rows_of

CODE = EffectCode
YEARS = range(2018, 2026)

# Violence by year in the Altstadt (01) with the project, in the Hafen (04), which it is compared with, and in Nordstadt
# and Südstadt (02, 03), which lie beside the Altstadt. The project began on the first day of 2024.
# The years 2020 and 2021 were unusual and teach nothing about the usual swing.
STORIES = """
    story    | 01                              | 04                              | 02 and 03 each
    works    | 200 205 198 202 196 201 90 94   | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 151 149
    moves    | 200 205 198 202 196 201 90 94   | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 206 205
    halfway  | 400 405 398 402 396 401 90 94   | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 206 205
    stays    | 200 205 198 202 196 201 190 194 | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 151 149
    worsens  | 200 205 198 202 196 201 390 394 | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 151 149
    follows  | 200 205 198 202 196 201 90 94   | 200 198 202 199 201 197 92 93   | 150 148 152 149 151 150 151 149
    peaked   | 100 105 98 102 96 201 90 94     | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 151 149
    drifts   | 900 890 640 460 330 310 140 100 | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 151 149
    is tiny  | 4 5 3 4 5 5 2 4                 | 200 198 202 199 201 197 200 203 | 150 148 152 149 151 150 151 149
"""


def cases(story, key="892000"):
    """Counts of one story, year by year."""
    row = next(row for row in rows_of(STORIES) if row["story"] == story)
    beside = row["02 and 03 each"]
    by_district = {"01": row["01"], "02": beside, "03": beside, "04": row["04"]}
    lines = [
        f"{year} | {district} | {key} | {count}"
        for district, counts in by_district.items()
        for year, count in zip(YEARS, counts.split(), strict=True)
    ]
    return "\n".join(["year | district_id | offence_key | cases", *lines])


PROJECT = {
    "source": "register", "project_id": "p1", "title": "Nachtlichter", "fields": "strassen", "districts": "01",
    "start_date": date(2024, 1, 1), "outcome": "gewalt-faelle", "comparison_districts": "04",
}  # fmt: skip


def register(facts, **columns):
    """One project in the Altstadt, with what a test changes."""
    facts._insert("projects", [PROJECT | columns])
    return facts


class WithRegister:
    """A mart with another register of projects: to build a mart takes longer than to ask it."""

    def __init__(self, mart, project):
        self._mart = mart
        self._projects = [dict.fromkeys(TABLES["projects"].schema.names) | project]

    def __getattr__(self, name):
        return getattr(self._mart, name)

    def rows(self, name, **values):
        return self._projects if name == "projects" else self._mart.rows(name, **values)


@cache
def mart_of(story):
    return Facts().yearly(cases(story)).mart()


def effect_of(story, scope=None, **columns):
    scope = scope or Scope.chair()
    reader = Reader(mart_of(story), scope)
    days = {name: date.fromisoformat(columns[name]) for name in ("start_date", "end_date") if columns.get(name)}
    (effect,) = find_effects(WithRegister(reader.mart, PROJECT | columns | days), scope, reader.ask)
    return effect


@pytest.mark.parametrize(
    ("story", "columns", "code"),
    [
        ("works", {}, CODE.worked),
        ("works", {"comparison_districts": None}, CODE.better_without_comparison),
        ("moves", {}, CODE.displaced),
        ("moves", {"comparison_districts": None}, CODE.displaced),
        ("halfway", {}, CODE.partly_displaced),
        ("stays", {}, CODE.no_effect_seen),
        ("worsens", {}, CODE.worse),
        ("follows", {}, CODE.no_effect_seen),  # the comparison fell as well
        ("follows", {"comparison_districts": None}, CODE.better_without_comparison),
        ("peaked", {}, CODE.back_to_usual),
        ("peaked", {"comparison_districts": None}, CODE.back_to_usual),
        ("drifts", {"start_date": "2023-07-01"}, CODE.drifting_before),
        ("is tiny", {}, CODE.too_few),
        ("works", {"start_date": "2025-06-01"}, CODE.too_early),
        ("works", {"start_date": "2031-01-01"}, CODE.too_early),
        ("works", {"start_date": "2018-01-01"}, CODE.not_comparable),  # no year before
        ("works", {"start_date": None}, CODE.not_comparable),
        ("works", {"outcome": "unsicher-nachts"}, CODE.not_comparable),  # counts nothing
        ("works", {"outcome": "gibt-es-nicht"}, CODE.not_comparable),
        ("works", {"outcome": "gewalt-faelle;raub-faelle"}, CODE.not_comparable),
        ("works", {"outcome": None}, CODE.not_measured),
    ],
)
def test_each_story_has_its_verdict(story, columns, code):
    effect = effect_of(story, **columns)
    assert effect.code == code, effect.sentence
    assert effect.short == SHORT[code]


def test_a_break_in_the_series_between_the_years_is_said():
    mart = register(Facts().yearly(cases("works", "210000")), outcome="raub-faelle", start_date="2023-01-01").mart()
    (effect,) = Reader(mart, Scope.chair()).effects()
    assert effect.code == CODE.break_in_series
    assert effect.sentence == "Raub: 2022 und 2023 sind nicht vergleichbar (Neue Zählweise beim Raub)."


def test_an_indicator_that_is_neither_good_nor_bad_only_differs():
    mart = register(Facts().yearly(cases("works", "***300")), outcome="diebstahl-faelle").mart()
    assert Reader(mart, Scope.chair()).effects()[0].code == CODE.differs


class TestTheNumbersOfAnEffect:
    def test_the_estimate_is_the_ratio_of_ratios(self):
        # 201 → 90 and 197 → 200; the usual swing is the prior 0.05 at least, so the interval is wider than without it
        effect = effect_of("works")
        ratio, _, lower, upper = reference.ratio_of_ratios(201, 90, 197, 200, 0.05)
        assert effect.method == Method.ratio_of_ratios
        assert effect.estimate == pytest.approx(ratio)
        assert effect.lower < effect.estimate < effect.upper
        assert (effect.lower, effect.upper) == pytest.approx((lower, upper), rel=0.05)

    def test_the_difference_in_cases_is_the_displacement_difference(self):
        # (90 − 201) − (200 − 197) = −114; beside 300 → 412 is +112
        moved = effect_of("moves").moved
        total, error, _, lower, upper = reference.wdd((201, 90), (197, 200), (300, 412))
        assert (moved.local, moved.beside, moved.total) == pytest.approx((-114, 112, total))
        assert (moved.lower, moved.upper) == pytest.approx((lower, upper))
        assert error == pytest.approx(math.sqrt(201 + 90 + 197 + 200 + 300 + 412))

    def test_there_is_no_difference_in_cases_of_places_of_another_size(self):
        assert effect_of("drifts", start_date="2019-01-01").moved is None  # 900 cases against 200

    def test_the_district_named_as_a_place_of_displacement_replaces_the_neighbours(self):
        assert effect_of("moves", displacement_districts="02").moved.beside == 56
        assert effect_of("moves", displacement_districts="01;04").moved.beside == 0  # with project, and compared


class TestTheSentence:
    def test_it_says_what_was_compared_and_that_it_proves_nothing(self):
        said = effect_of("works").sentence
        assert said.startswith(
            "Gewaltfälle: in Altstadt von 201 (2023) auf 90 (2024), minus 55\u202f%, "
            "im Vergleich (Hafen) von 197 auf 200, plus 2\u202f%, "
            "nebenan (Nordstadt und Südstadt) von 300 auf 302, plus 0,7\u202f%; das ist besser als im Vergleich"
        )
        assert "Zufall und übliche Schwankung" in said
        assert said.endswith(NO_PROOF)

    def test_no_per_cent_of_fewer_than_fifty_cases(self):
        said = effect_of("is tiny").sentence
        assert "von 5 (2023) auf 2 (2024), im Vergleich" in said

    def test_a_peak_before_the_start_is_warned_of(self):
        # usual: 501 of 2,999 in the five years before, measured at the 497 cases elsewhere in 2023
        said = effect_of("peaked").sentence
        assert "Vor dem Beginn waren es 201 Fälle, über den dort üblichen rund 100" in said
        assert "Rückkehr zum Üblichen" in said

    def test_the_years_before_are_told_with_what_could_have_been_missed(self):
        said = effect_of("works").sentence
        assert "Vor dem Beginn (2018–2023) entwickelten sich beide nicht erkennbar verschieden" in said
        assert "Unterschied je Jahr zwischen" in said

    def test_two_years_before_are_too_few_to_say_so(self):
        said = effect_of("works", start_date="2020-01-01").sentence
        assert "lässt sich nicht sagen: Vor dem Beginn gibt es 2\u00a0Jahre, nötig sind 3." in said

    def test_a_comparison_next_door_an_early_end_and_unusual_times_are_said(self):
        beside = effect_of("works", comparison_districts="02").sentence
        assert "Der Vergleich grenzt an das Gebiet" in beside
        assert "endete, bevor 2024 vorüber war" in effect_of("works", end_date="2024-06-30").sentence
        assert "In die verglichenen Jahre fällt: Pandemie." in effect_of("works", start_date="2022-01-01").sentence

    def test_a_project_of_the_whole_city_is_compared_with_its_past_only(self):
        effect = effect_of("works", districts=None)
        assert effect.evidence.design == Design.before_after
        assert "in Musterstadt von 698 (2023) auf 592 (2024)" in effect.sentence  # 201 + 197 + 300; 90 + 200 + 302

    def test_every_verdict_has_a_short_form_and_every_finding_a_conclusion(self):
        assert set(SHORT) == set(EffectCode)
        judged = set(FOLLOWS)
        assert set(EffectCode) - judged == {
            CODE.too_few, CODE.too_early, CODE.break_in_series, CODE.not_comparable, CODE.not_measured, CODE.hidden,
        }  # fmt: skip


class TestWhoMaySeeIt:
    def small(self, scope, **columns):
        return effect_of("is tiny", scope, **columns)

    def hides_everything(self, effect):
        numbers = (effect.estimate, effect.lower, effect.upper, effect.p, effect.q, effect.moved, effect.method)
        told = effect.sentence.removeprefix("Gewaltfälle: ").replace("2018", "")
        return effect.code == CODE.hidden and set(numbers) == {None} and not any(letter.isdigit() for letter in told)

    def test_one_hidden_count_hides_the_whole_effect(self):
        assert self.small(Scope.chair()).code == CODE.too_few
        assert self.hides_everything(self.small(Scope.public()))

    def test_the_hidden_count_of_a_district_beside_hides_it_too(self):
        # the tiny Altstadt lies beside the Nordstadt, which has the project here
        public = effect_of("is tiny", Scope.public(), districts="02", comparison_districts="03")
        assert self.hides_everything(public)

    def test_a_council_sees_the_effect_only_where_it_sees_every_count(self):
        council = Scope(Role.district, full_detail=False, own_districts=frozenset({"01"}))
        elsewhere = Scope(Role.district, full_detail=False, own_districts=frozenset({"02"}))
        assert self.small(council).code in (CODE.too_few, CODE.hidden)
        assert self.hides_everything(self.small(elsewhere))

    def test_where_nothing_is_hidden_everybody_reads_the_same(self):
        assert effect_of("works", Scope.public()) == effect_of("works", Scope.chair())


def test_the_years_are_fixed_by_the_start():
    assert years_around(date(2024, 1, 1)) == (2023, 2024)
    assert years_around(date(2024, 1, 2)) == (2023, 2025)
    assert years_around(date(2024, 12, 31)) == (2023, 2025)


def test_a_field_and_a_district_see_their_own_projects():
    facts = register(Facts().yearly(cases("works")))
    register(facts, project_id="p2", title="Überall", districts=None, fields="sauberkeit", outcome=None)
    reader = Reader(facts.mart(), Scope.chair())
    assert [one.project for one in reader.effects()] == ["p1", "p2"]
    assert [one.project for one in reader.effects(field="sauberkeit")] == ["p2"]
    assert [one.project for one in reader.effects(district="01")] == ["p1", "p2"]
    assert [one.project for one in reader.effects(district="03")] == ["p2"]
