"""Whatever kind an indicator is of: nothing is compared across a break or a change of basis, and the reason is said."""

from dataclasses import replace
from datetime import date

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader, VerdictCode
from sipa_data.catalogue.models import SeriesBreak
from sipa_data.periods import Period
from tests.support.facts import Facts

WHY = "Neu gezählt"
CASES = "\n".join(f"{year}|01|222000|{200 + year % 7}" for year in range(2020, 2026))
PEOPLE = "\n".join(f"{year - 1}-12-31|01|14-17|5000\n{year - 1}-12-31|01|18-20|4000" for year in range(2020, 2026))
PERSONS = """
    period_start | period_end | kind           | district_id | age_group | persons
    2024-01-01   | 2024-12-31 | suspect        |             | 14-17     | 60
    2024-01-01   | 2024-12-31 | repeat_suspect |             | 14-17     | 12
    2024-01-01   | 2024-12-31 | suspect        |             | 18-20     | 60
    2024-01-01   | 2024-12-31 | repeat_suspect |             | 18-20     | 12
    2025-01-01   | 2025-12-31 | suspect        |             | 14-17     | 80
    2025-01-01   | 2025-12-31 | repeat_suspect |             | 14-17     | 16
    2025-01-01   | 2025-12-31 | suspect        |             | 18-20     | 80
    2025-01-01   | 2025-12-31 | repeat_suspect |             | 18-20     | 16
"""
REGISTERS = "\n".join(
    f"{register}|{year}-01-01|{year}-12-31||{value + year % 5}|"
    for year in (2024, 2025)
    for register, value in (
        ("meldungen", 400),
        ("schnell", 200),
        ("schulen", 70),
        ("schulen_mit_plan", 50),
        ("muell", 3),
    )
)


def facts(basis: str = "register", passengers: str = "Fahrgäste") -> Facts:
    """Counts, persons, inhabitants and registers; those before 2025 on the register, the last as asked."""
    found = Facts().yearly(f"year|district_id|offence_key|cases\n{CASES}")
    found.yearly("year|district_id|offence_key|place_kind|cases\n2024|01|892000|oepnv|90\n2025|01|892000|oepnv|99")
    found.add("person_counts", PERSONS, source="pks", offence_key="892000")
    early, late = PEOPLE.split("2024-12-31", 1)
    head = "reference_date|district_id|age_group|inhabitants\n"
    found.add("population", head + early, source="alt", basis="register")
    found.add("population", f"{head}2024-12-31{late}", source="neu", basis=basis)
    for year, unit in ((2024, "Fahrgäste"), (2025, passengers)):
        days = f"period_start|period_end|district_id|value\n{year}-01-01|{year}-12-31||9000000"
        found.add("denominators", days, kind="passengers", unit=unit)
    return found.add("register_values", f"register|period_start|period_end|district_id|value|unit\n{REGISTERS}")


def verdict(catalogue, indicator, data=None, first_day=date(2025, 1, 1), **touched):
    """The verdict of the city in 2025; with a break that touches something, that break alone."""
    if touched:
        entry = SeriesBreak(id="neu", date=first_day, title=WHY, reason="Erfunden.", **touched)
        catalogue = replace(catalogue, breaks={entry.id: entry})
    mart = (data or facts()).mart(catalogue)
    return Reader(mart, Scope.chair()).ask(Question(indicator, period=Period.year(2025))).verdict_on()


@pytest.mark.parametrize(
    ("indicator", "touched"),
    [
        ("koerperverletzung-drei-jahre", {"offence_keys": ("222000",)}),
        ("koerperverletzung-drei-jahre-rate", {"offence_keys": ("222000",)}),
        ("gewalt-je-fahrgast", {"offence_keys": ("892000",)}),
        ("gewalt-je-fahrgast", {"denominators": ("passengers",)}),
        ("verdaechtige-jung", {"offence_keys": ("892000",)}),
        ("mehrfach", {"offence_keys": ("892000",)}),
        ("muell-schnell", {"registers": ("meldungen",)}),
        ("muell-schnell", {"registers": ("schnell",)}),
        ("schulwegplaene", {"registers": ("schulen",)}),
        ("muell-median", {"registers": ("muell",)}),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_a_break_is_named_and_nothing_compared_across_it(every_kind, indicator, touched):
    pooled = indicator.startswith("koerperverletzung")
    first_day = date(2023, 1, 1) if pooled else date(2025, 1, 1)
    periods = "2023 bis 2025 ist mit 2020 bis 2022" if pooled else "2025 ist mit 2024"
    assert verdict(every_kind, indicator, bases=("anderswo",)).code is not VerdictCode.break_in_series
    found = verdict(every_kind, indicator, first_day=first_day, **touched)
    assert found.code is VerdictCode.break_in_series
    assert f"{periods} nicht vergleichbar ({WHY})" in found.sentence
    assert (found.difference, found.p, found.favourable) == (None, None, None)


@pytest.mark.parametrize("indicator", ["verdaechtige-jung", "koerperverletzung-drei-jahre-rate"])
def test_a_change_of_the_population_basis_is_named_with_both_bases(every_kind, indicator):
    found = verdict(every_kind, indicator, facts("census_2022"))
    assert found.code is VerdictCode.break_in_series
    assert "andere Bezugsbasis: Melderegister, jetzt" in found.sentence
    assert "Fortschreibung auf Basis Zensus 2022" in found.sentence


def test_another_unit_of_the_denominator_is_another_basis(every_kind):
    found = verdict(every_kind, "gewalt-je-fahrgast", facts(passengers="Fahrten"))
    assert found.code is VerdictCode.break_in_series
    assert "andere Bezugsbasis: Fahrgäste, jetzt Fahrten" in found.sentence


def test_a_break_of_a_register_is_marked_in_its_history(every_kind):
    entry = SeriesBreak(id="neu", date=date(2025, 1, 1), title=WHY, reason="Erfunden.", registers=("muell",))
    mart = facts().mart(replace(every_kind, breaks={entry.id: entry}))
    answer = Reader(mart, Scope.chair()).ask(Question("muell-median", history=True))
    assert answer.breaks == (("2025-01-01", WHY),)


def test_half_a_year_of_a_register_is_not_held_against_a_whole_one(every_kind):
    spec = "register|period_start|period_end|value|unit\nmuell|2024-01-01|2024-12-31|3|\nmuell|2025-01-01|2025-06-30|5|"
    answer = Reader(Facts().add("register_values", spec).mart(every_kind), Scope.chair()).ask(Question("muell-median"))
    assert answer.period.german == "Januar bis Juni 2025"
    assert answer.verdict_on() is None
