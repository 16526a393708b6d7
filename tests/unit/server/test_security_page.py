"""docs/security.md and docs/privacy.md say what is true."""

import re
from pathlib import Path

import pytest

from sipa_data.access import address, providers
from sipa_data.access.roles import RoleEntry
from sipa_data.access.scope import RIGHTS, Role
from sipa_data.access.session import IDLE, LONGEST, RECHECK, RENEW, WITHOUT_PROVIDER
from sipa_data.audit import CHAINS, Chain

PROJECT = Path(__file__).parents[3]
SECURITY = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
PRIVACY = (PROJECT / "docs" / "privacy.md").read_text(encoding="utf-8")


def test_every_variable_that_is_named_exists_and_the_other_way_round():
    sources = [PROJECT / "sipa_data" / "access" / "address.py", PROJECT / "sipa_data" / "access" / "providers.py"]
    read = {name for file in sources for name in re.findall(r'"(SIPA_[A-Z_]+)"', file.read_text(encoding="utf-8"))}
    named = set(re.findall(r"`(SIPA_[A-Z_]+)`", SECURITY))
    assert named == {name for name in read if not name.endswith("_")} | {f"{providers.SECRET_PREFIX}STADT"}


@pytest.mark.parametrize("role", Role)
def test_every_role_is_described_with_its_rights(role):
    (row,) = [line for line in SECURITY.splitlines() if line.startswith(f"| `{role.value}`")]
    rights = row.split("|")[3].strip()
    assert (rights == "–") == (not RIGHTS[role])


def test_every_key_of_the_role_file_is_explained():
    for key in RoleEntry.model_fields:
        assert re.search(rf"\b{key}\b", SECURITY)


def test_the_times_are_those_of_the_program():
    assert "nach acht Stunden und nach dreißig Minuten ohne Eingabe" in SECURITY
    assert (LONGEST.total_seconds(), IDLE.total_seconds()) == (8 * 3600, 30 * 60)
    assert "alle fünf Minuten" in SECURITY
    assert "stündlich" in SECURITY
    assert (RECHECK.total_seconds(), RENEW.total_seconds(), WITHOUT_PROVIDER.total_seconds()) == (300, 3600, 1800)
    assert "90 Tage" in PRIVACY
    assert CHAINS[Chain.use].days == 90
    assert "mindestens 32 zufällige Zeichen" in SECURITY
    assert address.SHORTEST_SECRET == 32


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/security.md", "docs/privacy.md", "docs/operations.md"])
def test_every_link_leads_somewhere(page):
    file = PROJECT / page
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), target
