"""What a city hides, said in German on the page of methods."""

from sipa_data.answers.protection import rule_told
from sipa_data.catalogue.models import SmallCounts


def test_each_class_of_data_says_its_own_threshold():
    incidents, persons = rule_told(SmallCounts())
    assert incidents == "Fallzahlen von 1 und 2 erhält nicht, wer nicht alles sehen darf."
    assert "von 1 bis 4 erhält nicht" in persons


def test_a_class_that_is_switched_off_says_so():
    incidents, _ = rule_told(SmallCounts(incidents=1))
    assert incidents == "Fallzahlen werden in dieser Stadt auch dann gezeigt, wenn sie klein sind."
    assert "Fallzahlen von 1 erhält" in rule_told(SmallCounts(incidents=2))[0]
