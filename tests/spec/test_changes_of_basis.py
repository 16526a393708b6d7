"""A rate whose denominator changes its basis is no one series: the answer names the day, so that no line crosses it."""

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.figures.series import series_of, stretches
from tests.support.facts import Facts

YEARS = (2021, 2022, 2023, 2024)


def history(indicator: str, *, census_from: int):
    cases = "\n".join(f"{year}|01|892000|100" for year in YEARS)
    facts = Facts().yearly(f"year|district_id|offence_key|cases\n{cases}")
    for year in YEARS:
        basis = "census_2022" if year >= census_from else "register"
        facts.add(
            "population", f"reference_date|district_id|inhabitants\n{year}-01-01|01|20000", source=basis, basis=basis
        )
    return Reader(facts.mart(), Scope.chair()).ask(Question(indicator, history=True))


def test_a_rate_breaks_where_its_population_changes_its_basis():
    answer = history("gewalt-rate", census_from=2023)
    assert [day for day, _ in answer.breaks] == ["2023-01-01"]
    (series,) = series_of(answer)
    joined = [[row.period.start.year for row in run] for run in stretches(series, answer.breaks)]
    assert joined == [[2021, 2022], [2023, 2024]]


def test_a_count_does_not_break_with_the_population():
    assert history("gewalt-faelle", census_from=2023).breaks == ()


def test_a_rate_on_one_basis_does_not_break():
    assert history("gewalt-rate", census_from=2030).breaks == ()
