"""In how many districts a value rose and fell."""

from dataclasses import replace

import pytest

from sipa_data.answers.types import Question
from sipa_data.figures.moves import moves_sentence
from sipa_data.periods import Period
from tests.support.answers import MITTE, NORD, OST, RATE, SUED, WEST, answer, observe, verdict

PLACES = (MITTE, NORD, OST, SUED, WEST)


def changed(*found: tuple[str, float | None]):
    told = [
        replace(verdict(code, "", place), difference=difference, compared_period=Period.year(2024))
        for place, (code, difference) in zip(PLACES, found, strict=False)
    ]
    whole = replace(verdict("fell", "", "stadt"), difference=-9.0, compared_period=Period.year(2024))
    values = [observe(300, place) for place in PLACES]
    return answer(RATE, observe(402), *values, whole, *told, question=Question(RATE.id, by_district=True))


def test_districts_are_counted_by_direction_and_named_beyond_chance():
    # Mitte fell beyond chance; Nord and Ost are higher, Süd did not move, West cannot be compared
    read = changed(("fell", -40), ("within_usual_swing", 3), ("within_chance", 1), ("within_chance", 0),
                   ("break_in_series", None))  # fmt: skip
    assert moves_sentence(read) == (
        "In 2 von 4 Stadtbezirken ist der Wert höher als zuvor (2024), in 1 niedriger. "
        "Mehr als Zufall oder übliche Schwankung: gesunken in Mitte."
    )


def test_both_directions_are_told():
    read = changed(("fell", -40), ("rose", 3), ("rose", 1))
    assert moves_sentence(read).endswith("gestiegen in Nord und Ost, gesunken in Mitte.")


def test_chance_is_called_chance():
    read = changed(("within_chance", -4), ("within_usual_swing", 3))
    assert moves_sentence(read).endswith("Nirgends ist das mehr als Zufall oder übliche Schwankung.")


@pytest.mark.parametrize("found", [(), (("break_in_series", None),), (("no_comparison", None),)])
def test_without_a_comparison_nothing_is_said(found):
    assert moves_sentence(changed(*found)) == ""
