"""What a machine may set, and what it is told when a setting means nothing."""

import pytest

from sipa_data.errors import SettingsError
from sipa_data.settings import Settings


@pytest.mark.parametrize(("said", "days"), [("", None), ("7", 7), ("30", 30), ("366", 366)])
def test_how_long_the_log_keeps_views_is_a_number_of_days(monkeypatch, said, days):
    monkeypatch.setenv("SIPA_LOG_DAYS", said)
    assert Settings.from_environment().log_days == days


@pytest.mark.parametrize("said", ["6", "367", "0", "-30", "30.0", "einen Monat", "٣٠", "9" * 5000, " "])
def test_whatever_else_is_refused_with_the_range(monkeypatch, said):
    monkeypatch.setenv("SIPA_LOG_DAYS", said)
    with pytest.raises(SettingsError, match=r"SIPA_LOG_DAYS .*: 7 bis 366\."):
        Settings.from_environment()
