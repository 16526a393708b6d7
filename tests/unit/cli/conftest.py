"""What the tests of the shell share: a lake of their own, and a way to call a command."""

import pytest

from sipa_data.cli import main
from tests.support.facts import MUSTERSTADT


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A lake of its own for Musterstadt, named as an administrator would name it."""
    monkeypatch.setenv("SIPA_LAKE", str(tmp_path / "lake" / "catalogue.sqlite"))
    monkeypatch.setenv("SIPA_CITY", str(MUSTERSTADT))
    for name in ("SIPA_LAKE_FILES", "SIPA_PROFILES", "SIPA_RECORDS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys):
    """Exit code and what was printed; spaces that do not break are plain ones."""

    def call(*words):
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return code, *(text.translate({0xA0: " ", 0x202F: " "}) for text in printed)

    return call
