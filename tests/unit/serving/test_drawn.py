"""A picture is drawn once for everybody who may see the same numbers, and never for anybody else."""

from dataclasses import replace

import pytest

from pages.parts.view import View
from sipa_data import figures
from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.areas import CITY
from sipa_data.release import purge
from tests.unit.serving.conftest import publish_pair

CASES = Question("gewalt-faelle")


@pytest.fixture
def drawn():
    """How often something was drawn."""
    return []


@pytest.fixture
def draw(drawn):
    def tile(answer, *, dark):
        drawn.append(answer)
        return figures.tile(answer, dark=dark)

    return tile


def view(house, scope=None, *, dark=False) -> View:
    return View(house.reader(scope or Scope.chair()), CITY, None, dark=dark, head=None, memory=house.drawn)


def test_what_one_reader_has_seen_is_not_drawn_again_for_the_next(house, draw, drawn):
    first, second = view(house), view(house)
    assert first.drawn(draw, first.reader.ask(CASES)) is second.drawn(draw, second.reader.ask(CASES))
    assert len(drawn) == 1


@pytest.mark.parametrize("other", [{"scope": Scope.public()}, {"dark": True}])
def test_another_right_to_see_and_another_theme_have_pictures_of_their_own(house, draw, drawn, other):
    for looking in (view(house), view(house, **other)):
        looking.drawn(draw, looking.reader.ask(CASES))
    assert len(drawn) == 2


def test_an_answer_that_a_screen_tells_otherwise_is_drawn_anew(house, draw, drawn):
    looking = view(house)
    answer = looking.reader.ask(CASES)
    verdict = replace(answer.verdicts[0], short="unter 61 Vergleichen kein klarer Befund")
    looking.drawn(draw, answer)
    looking.drawn(draw, replace(answer, verdicts=(verdict, *answer.verdicts[1:])))
    assert len(drawn) == 2


def test_a_new_state_of_the_data_is_drawn_anew(house, draw, drawn, publisher, tmp_path):
    assert view(house).drawn(draw, view(house).reader.ask(CASES)).value == "100"
    publish_pair(publisher, tmp_path, 101)
    house.renew()
    assert view(house).drawn(draw, view(house).reader.ask(CASES)).value == "101"


def test_pictures_of_purged_data_are_forgotten(house, draw, publisher, tmp_path):
    secret = publish_pair(publisher, tmp_path, 4711)
    house.renew()
    view(house).drawn(draw, view(house).reader.ask(CASES))
    publish_pair(publisher, tmp_path, 101)
    house.renew()
    assert len(house.drawn) == 1
    purge(publisher, secret, by="anna", second="bernd")
    house.renew()
    assert len(house.drawn) == 0


def test_a_picture_counts_for_more_than_the_words_beside_it(house):
    looking = view(house)
    whole = figures.district_comparison(looking.reader.ask(CASES.everywhere()))
    assert whole.held_bytes > len(whole.figure.to_json())
    assert replace(whole, figure=None).held_bytes < whole.held_bytes
