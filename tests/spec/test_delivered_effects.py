"""Spec tables of the results that projects deliver: means with their spread, shares of a group, counts, medians."""

import math

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Reader
from sipa_data.answers.effect_sentences import NO_PROOF, sentence
from sipa_data.answers.effect_types import EVIDENCE, Design, EffectCode, Method
from sipa_data.answers.result_effects import result_effects
from tests.spec import effects_reference, reference
from tests.support.facts import Facts

CODE = EffectCode
PLACES = {"T0": ("treated", "before"), "T1": ("treated", "after"), "T2": ("treated", "follow_up"),
          "C0": ("comparison", "before"), "C1": ("comparison", "after")}  # fmt: skip
WORSE, BETTER = "lower_is_better", "higher_is_better"


def rows(cells, unit="Punkte", design="with_comparison", direction=WORSE, **more):
    """Rows of one outcome: ``T0 17,2±5,3/64`` is the mean of 64 treated persons before, with its spread."""
    found = []
    for cell in cells.split():
        place, number = cell.split("=")
        value, _, persons = number.partition("/")
        value, _, spread = value.partition("±")
        group, when = PLACES[place]
        found.append(
            {
                "source": "register", "project_id": "p1", "measure": "Bereitschaft", "unit": unit, "group_name": group,
                "measured_at": when, "value": float(value), "spread": float(spread) if spread else None,
                "n": int(persons) if persons else None, "design": design, "direction": direction,
                "confidential": False,
            } | more
        )  # fmt: skip
    return found


def judged(cells, scope=None, districts="", **more):
    (found,) = result_effects(scope or Scope.chair(), {"districts": districts}, rows(cells, **more))
    return found


MEANS = "T0=24.6±7.8/118 T1=14.9±8.1/86 C0=23.9±7.5/74 C1=20.7±8.2/52"
SHARES = "T0=22/480 T1=41/455 C0=23/470 C1=27/448"


@pytest.mark.parametrize(
    ("cells", "more", "code", "design", "method"),
    [
        (MEANS, {}, CODE.worked, Design.with_comparison, Method.hedges_g),
        (MEANS, {"direction": BETTER}, CODE.worse, Design.with_comparison, Method.hedges_g),
        (MEANS, {"direction": None}, CODE.differs, Design.with_comparison, Method.hedges_g),
        ("T0=7.9±4.4/438 T1=6.1±4.1/401 C0=7.8±4.4/421 C1=7.5±4.4/389", {"design": "randomised"},
         CODE.worked, Design.randomised, Method.hedges_g),
        ("T0=9.4±3.2/18 T1=6.1±2.8/18", {}, CODE.better_without_comparison, Design.before_after, Method.hedges_g),
        ("T0=9.4±3.2/18 T1=9.1±2.8/18", {}, CODE.no_effect_seen, Design.before_after, Method.hedges_g),
        ("T0=9.4±3.2/9 T1=6.1±2.8/9", {}, CODE.too_few, Design.before_after, None),
        ("T0=5±0/20 T1=4±0/20", {}, CODE.not_comparable, Design.before_after, None),
        (SHARES, {"unit": "%", "direction": BETTER}, CODE.worked, Design.with_comparison, Method.difference_of_shares),
        ("T0=23/480 T1=7/455", {"unit": "%"}, CODE.better_without_comparison, Design.before_after,
         Method.difference_of_shares),
        ("T1=38/142 C1=52/131", {"unit": "%"}, CODE.worked, Design.comparison_afterwards, Method.odds_ratio),
        ("T1=38/142 C1=52/131", {"unit": "%", "design": "randomised"}, CODE.worked, Design.randomised,
         Method.odds_ratio),
        ("T1=38/29 C1=52/31", {"unit": "%"}, CODE.too_few, Design.comparison_afterwards, None),
        ("T1=14/104", {"unit": "%"}, CODE.not_comparable, Design.none, None),
        ("T1=138/142 C1=52/131", {"unit": "%"}, CODE.not_comparable, Design.comparison_afterwards, None),
        ("T0=380 T1=190", {"unit": "Personen"}, CODE.better_without_comparison, Design.before_after, Method.ratio),
        ("T0=38 T1=29", {"unit": "Personen"}, CODE.no_effect_seen, Design.before_after, Method.ratio),
        ("T0=380 T1=190 C0=300 C1=310", {"unit": "Fälle"}, CODE.worked, Design.with_comparison,
         Method.ratio_of_ratios),
        ("T0=5 T1=2", {"unit": "Fälle"}, CODE.too_few, Design.before_after, None),
        ("T0=78/310 T1=54/342", {"unit": "Tage (Median)"}, CODE.not_comparable, Design.before_after, None),
        ("T0=78 T1=54", {"unit": "Tage (Median)"}, CODE.not_comparable, Design.before_after, None),
        ("T0=24.6±7.8/118 T2=14.9±8.1/86", {}, CODE.better_without_comparison, Design.before_after, Method.hedges_g),
    ],
)  # fmt: skip
def test_what_was_delivered_decides_how_it_is_judged(cells, more, code, design, method):
    found = judged(cells, **more)
    assert (found.code, found.design, found.method) == (code, design, method), sentence(found)


class TestTheNumbers:
    def test_means_with_a_comparison_are_differences_in_change(self):
        found = judged(MEANS)
        truth = effects_reference.difference_in_change(
            (24.6, 14.9, 23.9, 20.7), (7.8, 8.1, 7.5, 8.2), (118, 86, 74, 52)
        )
        assert found.estimate == pytest.approx(truth[0])

    def test_after_a_random_draw_only_the_groups_afterwards_are_compared(self):
        found = judged("T0=7.9±4.4/438 T1=6.1±4.1/401 C0=7.8±4.4/421 C1=7.5±4.4/389", design="randomised")
        assert found.estimate == pytest.approx(effects_reference.hedges_g(6.1, 4.1, 401, 7.5, 4.4, 389)[0])

    def test_shares_with_a_comparison_are_the_difference_of_two_newcombe_differences(self):
        found = judged(SHARES, unit="%")
        ours, theirs = reference.newcombe(0.41, 455, 0.22, 480), reference.newcombe(0.27, 448, 0.23, 470)
        assert found.estimate == pytest.approx(100 * (ours[0] - theirs[0]))
        assert found.lower == pytest.approx(
            100 * (ours[0] - theirs[0] - math.hypot(ours[0] - ours[1], theirs[2] - theirs[0]))
        )

    def test_shares_afterwards_are_odds_of_whole_persons(self):
        # 38 % of 142 are 53.96, so 54 persons; 52 % of 131 are 68
        found = judged("T1=38/142 C1=52/131", unit="%")
        assert (found.estimate, found.lower, found.upper) == pytest.approx(
            effects_reference.odds_ratio(54, 142, 68, 131)
        )


class TestTheSentence:
    def test_means_are_told_with_their_unit_their_effect_and_who_was_lost(self):
        said = sentence(judged(MEANS, unit="Punkte (0 bis 40)"))
        assert said.startswith(
            "Bereitschaft, Punkte (0 bis 40): mit Projekt von 24,6 auf 14,9, im Vergleich von 23,9 auf 20,7 "
            "(−0,84 Standardabweichungen, 95-%-Bereich −1,32 bis −0,37); das ist besser als im Vergleich"
        )
        assert "Nachher fehlen 32 von 118 (27\u202f%), im Vergleich 22 von 74 (30\u202f%)." in said
        assert "Wer fehlt, könnte das Ergebnis verändert haben." in said
        assert said.endswith(NO_PROOF)

    def test_only_a_random_draw_may_leave_out_that_it_proves_nothing(self):
        cells = "T1=6.1±4.1/401 C1=7.5±4.4/389"
        assert NO_PROOF not in sentence(judged(cells, design="randomised"))
        assert NO_PROOF in sentence(judged(cells))

    def test_groups_that_lost_differently_many_are_not_alike_any_more(self):
        said = sentence(judged("T0=24±8/200 T1=15±8/190 C0=24±8/200 C1=21±8/120"))
        assert "verschieden viele verloren" in said

    def test_a_group_that_grew_is_not_the_same_people_and_lost_nobody(self):
        assert "fehlen" not in sentence(judged("T0=24±8/200 T1=15±8/210"))

    def test_no_per_cent_of_fewer_than_fifty_persons(self):
        # 30 % of 40 are 12, 60 % of 40 are 24
        said = sentence(judged("T0=60/40 T1=30/40", unit="%"))
        assert "vorher 24 von 40, nachher 12 von 40" in said
        assert "%" not in said

    def test_a_comparison_that_was_announced_and_not_delivered_is_missed(self):
        assert "Angekündigt war ein Vergleich, geliefert wurde keiner." in sentence(judged("T0=9.4±3/40 T1=6.1±3/40"))

    def test_a_comparison_afterwards_does_not_know_where_the_groups_began(self):
        said = sentence(judged("T1=38/142 C1=52/131", unit="%"))
        assert "Ob die Gruppen vorher gleich waren, ist nicht bekannt." in said

    def test_what_was_measured_late_is_said(self):
        assert "Gemessen wurde erst einige Zeit nach dem Ende." in sentence(judged("T0=9.4±3/40 T2=6.1±3/40"))


class TestWhoMaySeeIt:
    PUBLIC = Scope.public()

    @pytest.mark.parametrize(
        ("cells", "more"),
        [
            ("T1=38/142 C1=52/4", {"unit": "%"}),  # a group of four
            ("T1=2/142 C1=52/131", {"unit": "%"}),  # three persons it happened to
            ("T1=98/142 C1=52/131", {"unit": "%"}),  # three it did not happen to
            ("T0=9.4±3.2/48 T1=6.1±2.8/45", {}),  # three who left
            ("T0=38 T1=4", {"unit": "Personen"}),
            (MEANS, {"confidential": True}),
            ("T0=380 T1=190", {"unit": "Fälle", "districts": "01"}),  # no pattern knows this count
        ],
    )
    def test_few_persons_and_unprotected_counts_stay_hidden(self, cells, more):
        found = judged(cells, self.PUBLIC, **more)
        assert found.code == CODE.hidden
        assert (found.estimate, found.lower, found.upper, found.p, found.cautions) == (None, None, None, None, ())
        assert not any(letter.isdigit() for letter in found.told)
        assert judged(cells, **more).code != CODE.hidden

    def test_a_council_sees_what_is_about_its_own_districts_only(self):
        council = Scope(Role.district, full_detail=False, own_districts=frozenset({"01"}))
        cells, unit = "T0=380 T1=190", "Fälle"
        assert judged(cells, council, "01", unit=unit).code != CODE.hidden
        assert judged(cells, council, "01;02", unit=unit).code == CODE.hidden

    def test_large_groups_are_for_everybody(self):
        assert judged(MEANS, self.PUBLIC) == judged(MEANS)


def test_five_is_not_hidden_and_four_is():
    assert judged("T0=50 T1=5", Scope.public(), unit="Personen").code != CODE.hidden
    assert judged("T0=50 T1=4", Scope.public(), unit="Personen").code == CODE.hidden


def test_among_many_projects_a_single_finding_is_one_of_many():
    # p of 9 against 12 with spread 6 in groups of 40 is about 0.028; among 20 projects it is no finding
    facts = Facts()
    for number in range(20):
        project = f"p{number}"
        facts._insert("projects", [{"source": "r", "project_id": project, "title": project, "fields": "strassen"}])
        after = 9 if number == 0 else 12
        facts._insert(
            "project_results",
            [
                {key: value for key, value in row.items() if key != "confidential"}
                for row in rows(f"T0=12±6/40 T1={after}±6/40", source="r", project_id=project)
            ],
        )
    effects = Reader(facts.mart(), Scope.chair()).effects()
    first = next(one for one in effects if one.project == "p0")
    assert first.p < 0.05
    assert first.q > 0.1
    assert first.code == CODE.one_of_many
    assert "kein klarer Befund" in first.sentence


@pytest.mark.parametrize(("design", "scale"), [
    (Design.randomised, 5), (Design.with_comparison, 3), (Design.before_after, 2), (Design.none, None),
])  # fmt: skip
def test_every_design_has_its_level(design, scale):
    assert EVIDENCE[design].scale == scale
    assert EVIDENCE[Design.before_after].german.endswith("für die Grüne Liste höchstens Stufe 1)")
    assert set(EVIDENCE) == set(Design)
