"""Grades, averages of years and medians as German words and figures."""

from sipa_data.figures import district_comparison, tile, trend
from sipa_data.figures.rows import rows
from sipa_data.figures.series import ticks
from sipa_data.figures.when import period_text
from sipa_data.figures.words import interval_text, measured, value_text, value_with_interval
from sipa_data.periods import Period
from tests.support.answers import COUNT, MITTE, NORD, SHARE, answer, observe, with_changes
from tests.support.figures import all_text

GRADE = with_changes(SHARE, title="Note der Sauberkeit", short_title="Note der Sauberkeit", unit="Note", decimals=2)
YEARLY = with_changes(COUNT, title="Raub im Dreijahresmittel", unit="Fälle im Jahr", decimals=1)
HARD = "\u00a0"


def register(statistic: str):
    measure = {"kind": "register", "register_id": "muell", "statistic": statistic}
    return COUNT.model_validate(COUNT.model_dump() | {"unit": "Tage", "measure": measure})


def test_a_grade_stands_behind_its_word_in_value_interval_and_tile():
    shown = answer(GRADE, observe(3.214, lower=3.18, upper=3.251))
    row = rows(shown)[0]
    assert value_text(row, GRADE) == f"Note{HARD}3,21"
    assert interval_text(row, GRADE) == f"Note{HARD}3,18–3,25"
    assert value_with_interval(row, GRADE) == f"Note{HARD}3,21 (3,18–3,25)"
    assert measured(GRADE) == "Note der Sauberkeit"
    assert (tile(shown).value, tile(shown).unit) == ("3,21", "")
    other = with_changes(GRADE, short_title="Sauberkeit")
    assert tile(answer(other, observe(3.2))).unit == "Note"


def test_averages_of_years_say_their_years_and_are_joined():
    spans = [Period.years(first, first + 2) for first in (2017, 2020, 2023)]
    found = answer(
        YEARLY,
        *(
            observe(value, period=span, lower=value - 2, upper=value + 2)
            for value, span in zip((9, 8, 12), spans, strict=True)
        ),
        period=spans[-1],
    )
    assert period_text(spans[0]) == "2017 bis 2019"
    picture = trend(found)
    assert "2017 bis 2019: 9,0 (7,0–11,0) Fälle im Jahr; 2023 bis 2025: 12,0 (10,0–14,0) Fälle im Jahr." in picture.alt
    assert ticks(spans)[1] == ["2017 bis<br>2019", "2020 bis<br>2022", "2023 bis<br>2025"]
    (line,) = [trace for trace in picture.figure.data if trace.mode == "lines+markers"]
    assert list(line.y) == [9, 8, 12]  # no empty place between them


def test_one_case_a_year_is_a_case():
    assert value_text(rows(answer(YEARLY, observe(1.0)))[0], YEARLY) == f"1,0{HARD}Fall im Jahr"


def test_the_median_of_the_city_is_a_yardstick_and_a_total_is_none():
    places = [observe(3.0), observe(2.0, MITTE), observe(4.0, NORD)]
    assert "Musterstadt 3" in all_text(district_comparison(answer(register("median"), *places)).figure)
    assert "Musterstadt 3" not in all_text(district_comparison(answer(register("value"), *places)).figure)
