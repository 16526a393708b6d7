"""Names beside dots cover nothing else, however many dots there are and however close."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data.answers.types import Question
from sipa_data.figures import quadrant
from sipa_data.figures.label_places import free_place, overlap
from tests.support.answers import PLACES, RATE, SHARE, answer, observe, verdict

PLOT = (300.0, 320.0)
within = st.tuples(st.floats(0, 300), st.floats(0, 320))


@given(dots=st.lists(within, min_size=1, max_size=23), width=st.floats(20, 120))
def test_no_name_covers_a_dot_or_another_name_or_leaves_the_plot(dots, width):
    taken = [(x - 5, y - 5, 10.0, 10.0) for x, y in dots]
    for dot in dots:
        found = free_place(dot, 5, (width, 18), PLOT, taken)
        if found is not None:
            left, bottom, wide, high = found.box
            assert not any(overlap(found.box, other) for other in taken)
            assert 0 <= left <= PLOT[0] - wide
            assert 0 <= bottom <= PLOT[1] - high
            taken.append(found.box)


def test_a_lone_dot_has_its_name_beside_it():
    found = free_place((100, 100), 5, (40, 18), PLOT, [(95.0, 95.0, 10.0, 10.0)])
    assert found.anchors == {"xanchor": "left", "yanchor": "middle", "xshift": 5, "yshift": 0}


def test_a_dot_without_room_has_no_name():
    assert free_place((100, 100), 5, (40, 18), PLOT, [(0.0, 0.0, 300.0, 320.0)]) is None


def rates(*values: float):
    codes = [
        verdict("above" if value == max(values) else "below", "", place)
        for place, value in zip(PLACES, values, strict=True)
    ]
    seen = [
        observe(value, place, lower=value * 0.9, upper=value * 1.1) for place, value in zip(PLACES, values, strict=True)
    ]
    return answer(RATE, observe(100), *seen, *codes, question=Question("x", by_district=True, compare_with="rest"))


def felt():
    codes = [verdict("above", "", place) for place in PLACES]
    seen = [observe(10 + number, place, lower=8, upper=30) for number, place in enumerate(PLACES)]
    return answer(SHARE, observe(14), *seen, *codes, question=Question("x", by_district=True, compare_with="rest"))


def test_one_district_far_out_makes_the_axis_one_of_multiples_and_says_so():
    picture = quadrant(felt(), rates(20, 40, 60, 80, 100, 2000))
    assert "waagerecht: gleicher Abstand heißt gleiches Vielfaches" in picture.subtitle
    assert {"30", "100", "300", "1.000"} <= set(picture.figure.layout.xaxis.ticktext)
    places = list(picture.figure.data[0].x)
    assert places[1] - places[0] == pytest.approx(places[3] - places[1])  # 20 → 40 → 80: each step doubles


def test_districts_that_lie_together_stand_on_an_axis_of_equal_steps():
    picture = quadrant(felt(), rates(20, 40, 60, 80, 100, 120))
    assert "Vielfachen" not in picture.subtitle
    assert list(picture.figure.data[0].x) == [20, 40, 60, 80, 100, 120]


def test_a_true_zero_keeps_the_axis_of_equal_steps():
    (dots,) = quadrant(felt(), rates(0, 40, 60, 80, 100, 2000)).figure.data
    assert dots.x[0] == 0
