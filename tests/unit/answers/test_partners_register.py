"""Partners find the projects that name them, in any usual spelling."""

from sipa_data.access.scope import Scope
from sipa_data.answers import Reader
from tests.support.facts import Facts

PARTNERS = """
    partner_id | title       | kind      | fields     | districts | tasks  | since
    p          | Polizei     | polizei   |            | 04        | Berät. | 1997-01-01
    j          | Jugendamt   | jugendamt | sauberkeit |           |        |
    v          | Verein Nord | verein    | strassen   | 02        |        |
"""
PROJECTS = """
    project_id | title | fields              | districts | partners
    a          | Eins  | strassen;sauberkeit | 01        | polizei;Jugendamt
    b          | Zwei  | strassen            |           | Verein  Nord;Theater
"""


def reader() -> Reader:
    facts = Facts().add("partners", PARTNERS, source="r").add("projects", PROJECTS, source="r")
    return Reader(facts.mart(), Scope.public())


def titles(**asked: str) -> list[str]:
    return [partner.title for partner in reader().partners(**asked).registered]


def test_partners_stand_in_the_order_of_their_kinds():
    assert titles() == ["Jugendamt", "Polizei", "Verein Nord"]


def test_a_partner_holds_the_projects_that_name_it():
    found = {partner.id: partner for partner in reader().partners().registered}
    assert [one.project for one in found["p"].cooperations] == ["Eins"]
    assert [one.project for one in found["v"].cooperations] == ["Zwei"]
    assert (found["p"].tasks, found["p"].since.year, found["j"].since) == ("Berät.", 1997, None)


def test_a_partner_works_on_what_its_register_and_its_projects_say():
    assert titles(field_of_action="sauberkeit") == ["Jugendamt", "Polizei"]
    assert titles(field_of_action="strassen") == ["Jugendamt", "Polizei", "Verein Nord"]


def test_a_partner_reaches_its_own_districts_those_of_its_projects_and_all_where_none_is_named():
    assert titles(district="01") == ["Jugendamt", "Polizei", "Verein Nord"]  # the project Zwei is everywhere
    assert titles(district="03") == ["Jugendamt", "Verein Nord"]


def test_names_that_only_projects_know_are_listed_once():
    assert reader().partners().unregistered == ("Theater",)
    assert reader().partners(field_of_action="sauberkeit").unregistered == ("Theater",)
