"""The wave of 2017 was not weighted back to the districts; the city of the example shows what is made of it."""

from datetime import date

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.demo.population import AGES, DATES
from sipa_data.periods import Period


@pytest.fixture(scope="module")
def chair(house):
    return house.reader(Scope.chair())


def asked(chair, year, **question):
    return chair.ask(Question("unsicher-nachts-wohngegend", period=Period.year(year), compare_with="none", **question))


@pytest.mark.parametrize("year", [2019, 2021, 2023, 2025])
def test_weights_that_bring_the_districts_back_are_taken_as_delivered(chair, year):
    assert not any("Gewicht" in note for note in asked(chair, year).notes if note.startswith("Sicherheitsbefragung"))


def test_those_of_2017_are_not_and_a_note_says_by_how_much_they_are_wrong(chair):
    (told,) = [note for note in asked(chair, 2017).notes if "falschen Gebiet" in note]
    assert told.startswith("Sicherheitsbefragung 2017: ")
    assert "9,4\u202f% des Gewichts" in told
    assert "(ab 14 Jahren) am 31.12.2016 (Melderegister)" in told


def test_its_city_value_is_made_up_of_its_districts_and_their_inhabitants(chair, town, frame):
    values = asked(chair, 2017, by_district=True).observations.set_index("district").value
    old_enough = town.residents.inhabitants[DATES.index(date(2016, 12, 31)), :, AGES.index("14-17") :].sum(axis=(1, 2))
    districts = [float(values[district]) for district in frame.catalogue.districts]
    made_up = (old_enough * districts).sum() / old_enough.sum()
    # nearly, because a district counts a little less where fewer people answered this question
    assert values["stadt"] == pytest.approx(made_up, abs=0.05)
    assert abs(sum(districts) / len(districts) - made_up) > 0.2  # and not because it made no difference
