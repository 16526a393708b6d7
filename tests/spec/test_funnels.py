"""The funnel of a small city and its smoothed values: the facts, the numbers, and who may see them."""

from dataclasses import replace

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.answers.funnels import Position
from sipa_data.catalogue import Catalogue
from tests.spec import area_reference
from tests.support.facts import Facts, musterstadt

CHAIR, PUBLIC = Scope.chair(), Scope.public()
CASES = {"01": 90, "02": 38, "03": 8, "04": 30, "05": 21, "06": 12}
PEOPLE = {"01": 20_000, "02": 31_000, "03": 10_000, "04": 39_000, "05": 24_000, "06": 15_000}
MORE_CASES = {**CASES, "07": 44, "08": 25, "09": 60}
MORE_PEOPLE = {**PEOPLE, "07": 40_000, "08": 22_000, "09": 50_000}


def larger_city(*, visited: str | None = None) -> Catalogue:
    """Musterstadt with five districts more; one of them may have many visitors."""
    catalogue = musterstadt()
    hafen, kind = catalogue.districts["04"], catalogue.district_types["wohnen"]
    more = {f"{number:02d}": hafen.model_copy(update={"id": f"{number:02d}", "name": f"Bezirk {number}"})
            for number in range(5, 10)}  # fmt: skip
    districts = {**catalogue.districts, **more}
    types = {"wohnen": kind, "innen": kind.model_copy(update={"id": "innen", "many_visitors": True})}
    if visited:
        districts[visited] = districts[visited].model_copy(update={"type": "innen"})
    return replace(catalogue, districts=districts, district_types=types)


def reader(cases: dict[str, int], scope: Scope = CHAIR, **more: str) -> Reader:
    counts = "\n".join(f"2025|{number}|892000|{count}" for number, count in cases.items())
    people = "\n".join(f"2024-12-31|{number}|{MORE_PEOPLE[number]}" for number in cases if number)
    facts = Facts().yearly(f"year|district_id|offence_key|cases\n{counts}")
    facts.add("population", f"reference_date|district_id|inhabitants\n{people}", source="amt", basis="register")
    return Reader(facts.mart(larger_city(**more)), scope)


def test_limits_are_poisson_quantiles_widened_by_what_the_districts_differ():
    found = reader(CASES).funnel(Question("gewalt-rate"))
    centre = 199 * 1e5 / 139_000  # all cases, all inhabitants
    scores = [2 * (CASES[key] ** 0.5 - (centre * PEOPLE[key] / 1e5) ** 0.5) for key in CASES]
    phi = area_reference.overdispersion(scores, 0.1)
    assert phi > 1
    assert (found.centre, found.overdispersion) == pytest.approx((centre, phi))
    for place in found.places:
        assert place.value == pytest.approx(CASES[place.district] * 1e5 / PEOPLE[place.district])
        for limits, confidence in ((place.inner, 0.95), (place.outer, 0.998)):
            assert limits == pytest.approx(area_reference.poisson_limits(centre, place.size, confidence, phi=phi))


def test_districts_stand_in_the_order_of_the_catalogue_and_never_by_value():
    found = reader(CASES).funnel(Question("gewalt-rate"))
    assert [place.district for place in found.places] == ["01", "02", "03", "04", "05", "06"]
    assert any("keine Rangliste" in note for note in found.notes)


def test_equal_rates_lie_inside():
    even = {key: people // 1_000 for key, people in PEOPLE.items()}
    found = reader(even).funnel(Question("gewalt-rate"))
    assert {place.position for place in found.places} == {Position.inside}


def test_a_district_with_many_visitors_is_labelled_and_not_alarmed_about():
    high = {**{key: people // 1_000 for key, people in PEOPLE.items()}, "01": 400}
    plain = reader(high).funnel(Question("gewalt-rate")).places[0]
    visited = reader(high, visited="01").funnel(Question("gewalt-rate"))
    assert (plain.position, plain.many_visitors) == (Position.far_above, False)
    assert (visited.places[0].position, visited.places[0].many_visitors) == (Position.far_above, True)
    assert any("kein Warnzeichen" in note for note in visited.notes)


def test_visitors_explain_no_low_rate():
    low = {**{key: people // 200 for key, people in PEOPLE.items()}, "01": 3}
    place = reader(low, visited="01").funnel(Question("gewalt-rate")).places[0]
    assert place.position in (Position.below, Position.far_below)
    assert not place.many_visitors


def test_the_grid_reaches_over_all_sizes():
    found = reader(CASES).funnel(Question("gewalt-rate"))
    sizes = [limit.size for limit in found.grid]
    assert sizes == sorted(sizes)
    assert (sizes[0] < 10_000, sizes[-1] > 39_000) == (True, True)


@pytest.mark.parametrize("indicator", ["gewalt-faelle", "aufklaerung"])
def test_counts_and_clearance_have_no_funnel_and_say_so(indicator):
    found = reader(CASES).funnel(Question(indicator))
    assert (found.places, found.centre) == ((), None)
    assert "Häufigkeiten" in found.why_none


def test_a_district_without_inhabitants_is_not_in_the_funnel():
    people = "\n".join(f"2024-12-31|{number}|{count}" for number, count in PEOPLE.items() if number != "06")
    counts = "\n".join(f"2025|{number}|892000|{count}" for number, count in CASES.items())
    facts = Facts().yearly(f"year|district_id|offence_key|cases\n{counts}")
    facts.add("population", f"reference_date|district_id|inhabitants\n{people}", source="amt", basis="register")
    found = Reader(facts.mart(larger_city()), CHAIR).funnel(Question("gewalt-rate"))
    assert [place.district for place in found.places] == ["01", "02", "03", "04", "05"]


def test_four_districts_make_no_funnel():
    counts = "\n".join(f"2025|{number}|892000|{CASES[number]}" for number in ("01", "02", "03", "04"))
    people = "\n".join(f"2024-12-31|{number}|{PEOPLE[number]}" for number in ("01", "02", "03", "04"))
    facts = Facts().yearly(f"year|district_id|offence_key|cases\n{counts}")
    facts.add("population", f"reference_date|district_id|inhabitants\n{people}", source="amt", basis="register")
    assert "Weniger als 5" in Reader(facts.mart(), CHAIR).funnel(Question("gewalt-rate")).why_none


def test_without_any_delivery_there_is_no_funnel():
    assert Reader(Facts().mart(), CHAIR).funnel(Question("gewalt-rate")).why_none is not None


# --- protected readers ----------------------------------------------------------------------------------------------

HIDDEN = {**MORE_CASES, "03": 1, "06": 2, "": 9}
TURNED = {**MORE_CASES, "03": 2, "06": 1, "": 9}


def test_a_hidden_district_is_in_no_number_of_the_funnel():
    question = Question("gewalt-rate")
    one, other = reader(HIDDEN, PUBLIC), reader(TURNED, PUBLIC)
    found, turned = one.funnel(question), other.funnel(question)
    shown = [place.district for place in found.places]
    assert not {"03", "06"} & set(shown)
    assert 5 <= len(shown) < 7  # at least one more stays hidden, so that nobody can subtract
    # the hidden cases the other way round give the same funnel to the last digit
    assert (turned.centre, turned.overdispersion) == (found.centre, found.overdispersion)
    assert (turned.places, turned.grid, turned.why_none) == (found.places, found.grid, found.why_none)
    assert other.smoothed(question).places == one.smoothed(question).places


# --- smoothed values ------------------------------------------------------------------------------------------------


def test_smoothed_values_lie_between_the_own_value_and_the_common_one():
    found = reader(CASES).smoothed(Question("gewalt-rate"))
    rates = [CASES[key] * 1e5 / PEOPLE[key] for key in CASES]
    common = sum(CASES.values()) / sum(PEOPLE.values())
    _, _, values = area_reference.fay_herriot(rates, [common * 1e10 / PEOPLE[key] for key in CASES])
    assert [place.smoothed for place in found.places] == pytest.approx(values, rel=1e-6)
    weights = {place.district: place.weight for place in found.places}
    assert weights["03"] < weights["02"] < weights["04"]  # 10,000, 31,000 and 39,000 inhabitants


def test_smoothed_values_are_never_without_their_label():
    found = reader(CASES).smoothed(Question("gewalt-rate"))
    assert found.label == "geglättet"
    assert "Geglättet" in found.notes[0]
    assert all(0 <= place.lower <= place.smoothed <= place.upper for place in found.places)
