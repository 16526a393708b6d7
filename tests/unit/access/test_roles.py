"""roles.toml: which groups carry which role, and what is said when it is wrong."""

from pathlib import Path

import pytest

from sipa_data.access.roles import Grant, Roles, groups_in, load_roles, widest_first
from sipa_data.access.scope import RIGHTS, Right, Role, Scope
from sipa_data.catalogue import load_catalogue
from sipa_data.errors import CatalogueError, NotAllowed
from tests.support.facts import MUSTERSTADT, musterstadt

STUTTGART = Path(__file__).parents[3] / "data" / "stuttgart"


@pytest.fixture(scope="module")
def roles():
    return load_roles(MUSTERSTADT / "roles.toml", musterstadt())


@pytest.fixture
def said(tmp_path):
    """What loading complains about for the text of a file."""

    def load(text):
        file = tmp_path / "roles.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CatalogueError) as fault:
            load_roles(file, musterstadt())
        return fault.value.sentence

    return load


@pytest.mark.parametrize(
    ("group", "scope"),
    [
        ("lenkung", Scope(Role.chair, full_detail=True)),
        ("buero", Scope(Role.office, full_detail=True)),
        ("analyse", Scope(Role.analyst, full_detail=True)),
        ("beirat-hafen", Scope(Role.district, full_detail=False, own_districts=frozenset({"04"}))),
        ("rathaus", Scope(Role.reader, full_detail=False)),
    ],
)
def test_a_group_carries_its_role(roles, group, scope):
    assert roles.scopes("stadt", {"groups": [group, "ganz-andere"]}) == (scope,)


@pytest.mark.parametrize(
    "claims",
    [{}, {"groups": []}, {"groups": ["Lenkung"]}, {"groups": ["lenkung "]}, {"groups": {"lenkung": True}},
     {"groups": 7}, {"groups": None}, {"groups": [["lenkung"]]}, {"roles": ["lenkung"]}, {"name": "lenkung"}],
)  # fmt: skip
def test_whoever_is_in_no_named_group_has_no_role(roles, claims):
    assert roles.scopes("stadt", claims) == ()


def test_several_roles_come_once_each_and_the_widest_first(roles):
    found = roles.scopes("stadt", {"groups": ["rathaus", "beirat-hafen", "lenkung"]})
    assert [scope.role for scope in found] == [Role.chair, Role.district, Role.reader]


def test_several_districts_are_one_scope_because_one_person_knows_them_all(roles):
    (scope,) = roles.scopes("stadt", {"groups": ["beirat-hafen", "beirat-altstadt"]})
    assert scope.own_districts == {"01", "04"}
    assert scope.sees_all_of("01")
    assert not scope.sees_all_of("02")
    assert not scope.sees_all_of(None)  # the city's small numbers stay hidden from a district council


def test_whoever_would_know_three_districts_is_no_district_council_at_all():
    held = [Scope.of(Role.district, frozenset({one})) for one in ("01", "02", "03")]
    assert widest_first(held) == ()
    assert widest_first([*held, Scope.public()]) == (Scope.public(),)
    assert widest_first([*held, Scope.chair()]) == (Scope.chair(),)


def test_districts_do_not_leak_from_one_role_into_another():
    held = widest_first([Scope.of(Role.reader, frozenset({"04"})), Scope.of(Role.district, frozenset({"01"}))])
    assert held == (Scope.of(Role.district, frozenset({"01"})), Scope.public())


def test_a_group_of_another_provider_carries_nothing():
    roles = Roles((Grant(Scope.chair(), frozenset({"chefs"}), "groups", "stadt"),))
    assert roles.scopes("stadt", {"groups": ["chefs"]}) == (Scope.chair(),)
    assert roles.scopes("gast", {"groups": ["chefs"]}) == ()


@pytest.mark.parametrize(
    ("claims", "claim"),
    [
        ({"realm_access": {"roles": ["a", 1]}}, "realm_access.roles"),
        ({"https://stadt.example/roles": "a"}, "https://stadt.example/roles"),
        ({"groups": ("a",)}, "groups"),
    ],
)
def test_groups_are_found_in_nested_claims_in_claims_named_like_addresses_and_as_single_text(claims, claim):
    assert groups_in(claims, claim) == {"a"}


def test_the_file_of_stuttgart_knows_every_role():
    grants = load_roles(STUTTGART / "roles.toml", load_catalogue(STUTTGART)).grants
    assert {grant.scope.role for grant in grants} == set(Role)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["roles.toml", "keinen Eintrag"]),
        ('[[role]]\nrole = "chef"\ngroups = ["a"]', ["Zeile 2", "„chef“ ist hier nicht vorgesehen", "„vorsitz“"]),
        ('[[role]]\nrole = "vorsitz"', ["Zeile 1", "keine Gruppe genannt"]),
        ('[[role]]\nrole = "vorsitz"\ngroups = "a"', ["Zeile 3", "keine Liste"]),
        ('[[role]]\nrole = "vorsitz"\ngroups = [""]', ["Zeile 3", "Der Text ist leer"]),
        ('[[role]]\nrole = "bezirk"\ngroups = ["a"]', ["Zeile 1", "gilt für keinen Bezirk"]),
        ('[[role]]\nrole = "bezirk"\ngroups = ["a"]\ndistricts = ["Haven"]', ["Zeile 4", "„Haven“", "„Hafen“"]),
        ('[[role]]\nrole = "bezirk"\ngroups = ["a"]\ndistricts = ["01", "02", "03"]', ["Zeile 4", "höchstens 2"]),
        ('[[role]]\nrole = "lesen"\ngroups = ["a"]\ndistricts = ["01"]', ["Zeile 4", "gilt für die ganze Stadt"]),
        ('[[role]]\nrole = "vorsitz"\nanonymous = true', ["Zeile 3", "Ohne Anmeldung gibt es „vorsitz“ nicht"]),
        ('[[role]]\nrole = "lesen"\ngroups = ["a"]\nclaim = "email"', ["Zeile 4", "selbst ändern"]),
        ('[[role]]\nrole = "lesen"\ngruppen = ["a"]', ["Zeile 3", "„gruppen“", "„groups“"]),
        ('[[rolle]]\nrole = "lesen"', ["„rolle“ gehört nicht in diese Datei", "[[role]]"]),
        ("[[role]\n", ["Zeile 1"]),
    ],
)
def test_a_mistake_in_the_file_is_said_in_german_with_its_line(said, text, parts):
    sentence = said(text)
    for part in parts:
        assert part in sentence


def test_a_file_that_is_not_there_gives_nobody_access_but_a_sentence(tmp_path):
    with pytest.raises(CatalogueError, match=r"roles.toml: Die Datei fehlt"):
        load_roles(tmp_path / "roles.toml", musterstadt())


def test_only_the_office_releases_withdraws_purges_and_decides():
    for right in (Right.release, Right.withdraw, Right.purge, Right.decide):
        assert {role for role in Role if right in RIGHTS[role]} == {Role.office}
    assert {role for role in Role if Right.upload in RIGHTS[role]} == {Role.office, Role.analyst}


@pytest.mark.parametrize("role", [Role.chair, Role.district, Role.reader])
def test_who_may_not_upload_is_refused_in_german(role):
    with pytest.raises(NotAllowed) as fault:
        Scope.of(role).require(Right.upload)
    assert fault.value.sentence == f"Die Rolle „{role.value}“ darf nicht hochladen."


def test_full_detail_follows_from_the_role_alone():
    assert {role for role in Role if Scope.of(role).full_detail} == {Role.chair, Role.office, Role.analyst}
