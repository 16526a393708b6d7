"""A link on an older Datenstand: replaced numbers can be read where they stood, withdrawn ones nowhere."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.errors import NoSuchSnapshot, WithdrawnSnapshot
from sipa_data.release import withdraw
from tests.unit.serving.conftest import publish_pair

CHAIR = Scope.chair()


def cases(house, snapshot=None):
    return int(house.reader(CHAIR, snapshot).ask(Question("gewalt-faelle")).observations["n"].iloc[0])


def test_a_replaced_number_stays_readable_in_its_own_state(house, publisher, tmp_path):
    old = house.mart.snapshot.id
    publish_pair(publisher, tmp_path, 101)
    house.renew()
    assert (cases(house, old), cases(house)) == (100, 101)
    assert house.keeps(old)
    house._old.clear()
    assert not house.keeps(old)  # its mart would have to be built again
    assert house.keeps(house.mart.snapshot.id)


def test_a_withdrawn_number_is_quoted_no_more_and_the_sentence_says_why(house, publisher, tmp_path):
    before = house.mart.snapshot.id
    upload = publish_pair(publisher, tmp_path, 4711)
    house.renew()
    wrong = house.mart.snapshot.id
    assert cases(house, wrong) == 4711
    withdraw(publisher, upload, by="geschaeftsstelle")
    house.renew()
    with pytest.raises(WithdrawnSnapshot, match=rf"{wrong} enthält eine Lieferung, die .* zurückgezogen wurde: kan"):
        house.reader(CHAIR, wrong)
    assert cases(house, before) == cases(house) == 100


def test_a_withdrawn_state_counts_as_one_that_there_is_not():
    assert issubclass(WithdrawnSnapshot, NoSuchSnapshot)
