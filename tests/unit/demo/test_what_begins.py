"""The early signal of the example city: one, told to whoever may see the months of its district."""

from sipa_data.access.scope import Role, Scope
from sipa_data.settings import PROJECT

DOCUMENT = " ".join((PROJECT / "docs" / "example-city.md").read_text(encoding="utf-8").split())
DEGERLOCH, MITTE = "09", "01"


def test_the_burglaries_before_christmas_are_the_only_signal(house):
    found = house.reader(Scope.chair()).signals()
    (signal,) = found.found
    assert (signal.indicator.id, signal.area, str(signal.period)) == ("wohnungseinbruch", DEGERLOCH, "2025-12")
    said = (
        f"Im Dezember sind es {signal.count}, aus früheren Jahren wären {signal.lower} bis {signal.upper} zu erwarten"
    )
    assert said in DOCUMENT
    assert found.family.replace("\xa0", " ").startswith("2.304 Monatswerte")
    assert "unter 2.304 Monatswerten" in DOCUMENT


def test_its_history_is_quiet_until_it_begins(house):
    reader = house.reader(Scope.chair())
    (signal,) = reader.signals().found
    history = reader.signal_history(signal)
    assert [str(one.month) for one in history[::23]] == ["2024-01", "2025-12"]
    assert [one.month for one in history if one.count > one.upper] == [signal.period]
    assert history[-1].count == signal.count


def test_the_own_council_sees_it_and_others_and_the_public_do_not(house):
    def found_by(scope):
        return [(one.area, str(one.period)) for one in house.reader(scope).signals().found]

    own, other = (Scope.of(Role.district, frozenset({district})) for district in (DEGERLOCH, MITTE))
    assert found_by(own) == [(DEGERLOCH, "2025-12")]
    assert found_by(other) == found_by(Scope.public()) == []
    assert "Degerloch" in house.reader(other).signals().left_out
