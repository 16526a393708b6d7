"""The course of an indicator since the last break: which years count, what is said, and when nothing can be."""

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.areas import CITY
from tests.spec import area_reference
from tests.support.facts import Facts

CHAIR, PUBLIC = Scope.chair(), Scope.public()
HALVING = {2014: 3200, 2015: 1600, 2016: 800, 2017: 400, 2018: 200}


def reader(counts: dict[int, int], key: str = "892000", scope: Scope = CHAIR) -> Reader:
    lines = "\n".join(f"{year}|01|{key}|{count}" for year, count in counts.items())
    return Reader(Facts().yearly(f"year|district_id|offence_key|cases\n{lines}").mart(), scope)


def test_a_series_that_halves_every_year_falls_by_half():
    found = reader(HALVING).trend(Question("gewalt-faelle"))
    assert found.trend.factor == pytest.approx(0.5)
    assert found.sentence.startswith("Trend 2014 bis 2018: fallend, im Mittel minus 50,0\u202f% im Jahr")


def test_the_pandemic_is_left_out_and_said():
    counts = {2017: 100, 2018: 104, 2019: 96, 2020: 20, 2021: 15, 2022: 101, 2023: 99, 2024: 103}
    found = reader(counts).trend(Question("gewalt-faelle"))
    years = [2017, 2018, 2019, 2022, 2023, 2024]
    factor, lower, upper, _ = area_reference.trend([counts[year] for year in years], years)
    assert [year.start.year for year in found.years] == years
    assert (found.trend.factor, found.trend.lower, found.trend.upper) == pytest.approx((factor, lower, upper))
    assert found.sentence.startswith("Trend 2017 bis 2024, ohne Pandemie: nicht klar steigend oder fallend, im Mittel")


def test_only_years_after_a_break_count_and_too_few_are_said():
    counts = dict.fromkeys((2018, 2019, 2022, 2023, 2024, 2025), 80)
    found = reader(counts, key="210000").trend(Question("raub-faelle"))
    assert found.trend is None
    assert found.sentence == (
        "Für einen Trend nur 3 vergleichbare Jahre seit dem letzten Bruch der Reihe (Neue Zählweise beim Raub); "
        "nötig sind 5."
    )


def test_few_cases_have_a_direction_and_no_per_cent():
    found = reader({2014: 48, 2015: 30, 2016: 20, 2017: 12, 2018: 8}).trend(Question("gewalt-faelle"))
    assert found.sentence == "Trend 2014 bis 2018: fallend."


def test_a_rate_divides_by_the_inhabitants_of_each_year():
    facts = Facts().yearly(
        "year|district_id|offence_key|cases\n"
        + "\n".join(f"{year}|01|892000|{100 + 10 * place}" for place, year in enumerate(range(2014, 2019)))
    )
    people = "\n".join(f"{year}-01-01|01|{10_000 + 1_000 * place}" for place, year in enumerate(range(2014, 2019)))
    facts.add("population", f"reference_date|district_id|inhabitants\n{people}", source="amt", basis="register")
    found = Reader(facts.mart(), CHAIR).trend(Question("gewalt-rate"))
    assert found.trend.factor == pytest.approx(1.0, abs=1e-6)  # 1,000 per 100,000 in every year


def test_no_case_in_any_year_is_said():
    lines = "\n".join(f"{year}|01|892000|9" for year in range(2014, 2019))
    mart = Facts().yearly(f"year|district_id|offence_key|cases\n{lines}").mart()
    found = Reader(mart, CHAIR).trend(Question("gewalt-faelle", districts=("02",)))
    assert (found.trend, found.sentence) == (None, "Kein Fall von 2014 bis 2018.")


def test_cases_of_a_single_year_have_no_trend():
    lines = "\n".join(f"{year}|0{1 if year < 2018 else 2}|892000|90" for year in range(2014, 2019))
    mart = Facts().yearly(f"year|district_id|offence_key|cases\n{lines}").mart()
    found = Reader(mart, CHAIR).trend(Question("gewalt-faelle", districts=("02",)))
    assert found.trend is None
    assert "lässt sich nicht angeben" in found.sentence


def test_years_that_a_reader_may_not_see_do_not_count():
    lines = "\n".join(
        f"{year}|{district}|892000|{2 if district == '04' and year == 2016 else 30}"
        for year in range(2014, 2019) for district in ("01", "02", "03", "04")
    )  # fmt: skip
    mart = Facts().yearly(f"year|district_id|offence_key|cases\n{lines}").mart()
    question = Question("gewalt-faelle", districts=("04",))
    assert len(Reader(mart, CHAIR).trend(question).years) == 5
    hidden = Reader(mart, PUBLIC).trend(question)
    assert 2016 not in [year.start.year for year in hidden.years]
    assert hidden.trend is None


@pytest.mark.parametrize("indicator", ["unsicher-nachts", "aufklaerung", "muell-tage"])
def test_other_kinds_have_no_trend(indicator):
    assert reader(HALVING).trend(Question(indicator)) is None
    assert reader(HALVING).trend(Question("gewalt-faelle")).answer.verdict_on(CITY) is not None
