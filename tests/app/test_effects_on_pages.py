"""What the pages say about the effect of a project: shortly in the table of projects, in full below it."""

import pytest

from tests.app.conftest import open_page, tables


def project_tables(visit):
    return [table for table in tables(visit) if "Wirkung" in table]


def details(visit):
    return next(one for one in visit.expander if one.label == "Wirkung im Einzelnen")


@pytest.mark.parametrize(("address", "parameters"), [
    ("handlungsfeld-strassen", {}), ("bezirk", {"gebiet": "Altstadt"}),
])  # fmt: skip
class TestAPageWithProjects:
    def test_the_table_of_projects_has_a_short_verdict_with_what_it_rests_on(self, small_city, address, parameters):
        (table,) = project_tables(open_page(address, **parameters))
        row = table[table["Projekt"] == "Nachtlichter"].iloc[0]
        assert row["Wirkung"] == "Hinweis auf Verschlechterung (vorher und nachher mit Vergleich)"

    def test_the_full_sentence_stands_below_with_its_level_and_what_the_level_means(
        self, small_city, address, parameters
    ):
        effect, explained = (one.value.replace("\\", "") for one in details(open_page(address, **parameters)).markdown)
        assert effect.startswith("**Nachtlichter** · :small[:gray[vorher und nachher mit Vergleich (Stufe 3 von 5)]]")
        # Altstadt and Nordstadt: 310 + 92 and 520 + 91; the Südstadt 105 and 108
        assert "von 402 (2023) auf 611 (2025), plus 52\u202f%, im Vergleich (Südstadt) von 105 auf 108" in effect
        assert effect.endswith("Hinweis, kein Nachweis.")
        assert "Maryland-Skala" in explained


def test_a_page_without_projects_has_no_verdicts(small_city):
    visit = open_page("handlungsfeld-sauberkeit")
    assert project_tables(visit) == []
    assert not visit.exception
