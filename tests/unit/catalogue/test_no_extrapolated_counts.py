"""What people say they have suffered is told as a share and never blown up to a number of cases.

In 2018 that gave Stuttgart 12,000 burglaries where 685 were recorded (Esslinger Zeitung). No measure of a survey can
give a number of cases, and a catalogue that prints one is refused.
"""

import pytest

from sipa_data.catalogue.models import DifferenceMeasure, MeanMeasure, ShareMeasure

OF_SURVEYS = (ShareMeasure, MeanMeasure, DifferenceMeasure)


def test_every_indicator_of_a_survey_is_a_share_a_mean_or_a_gap(stuttgart):
    surveyed = [one for one in stuttgart.indicators.values() if one.data_class == "survey"]
    assert len(surveyed) > 20
    for indicator in surveyed:
        assert isinstance(indicator.measure, OF_SURVEYS), indicator.id
        assert indicator.unit in ("%", "Punkte", "Note"), indicator.id


def test_nothing_that_was_suffered_is_measured_in_cases(stuttgart):
    suffered = [one for one in stuttgart.indicators.values() if "Opfer" in one.title and one.data_class == "survey"]
    assert suffered
    assert {one.unit for one in suffered} == {"%"}


@pytest.mark.parametrize(
    ("indicator", "measure", "fix"),
    [
        ("unsicher-innenstadt", "Anteil", "Bitte „%“ eintragen"),
        ("unsicher-nachts-frauen-maenner", "Abstand zweier Anteile", "Bitte „Punkte“ eintragen"),
    ],
)
def test_a_survey_indicator_in_cases_is_refused(workshop, indicator, measure, fix):
    file = "indicators-befragung-sicherheit.toml"
    before, entry = (workshop.folder / file).read_text(encoding="utf-8").split(f'id = "{indicator}"', 1)
    unit = entry.split("unit = ", 1)[1].split("\n", 1)[0]
    in_cases = entry.replace(f"unit = {unit}", 'unit = "Fälle"', 1)
    workshop.write(file, f'{before}id = "{indicator}"{in_cases}')
    sentence = workshop.sentence()
    assert measure in sentence
    assert "die Einheit ist „Fälle“" in sentence
    assert fix in sentence
