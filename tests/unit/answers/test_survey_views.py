"""Which groups stand beside each other on the screen of the survey: what the city decided to measure, nothing else."""

from sipa_data.answers.survey_views import group_views
from sipa_data.catalogue import load_catalogue
from sipa_data.settings import city_folder


def test_stuttgart_looks_at_the_gaps_it_measures_and_at_feeling_by_what_people_know():
    found = [(view.indicator.id, view.breakdown, view.gap and view.gap.id) for view in group_views(STUTTGART)]
    assert found == [
        ("unsicher-nachts-wohngegend", "geschlecht", "unsicher-nachts-frauen-maenner"),
        ("zugehoerigkeit", "migrationshintergrund", "zugehoerigkeit-unterschied"),
        ("unsicher-innenstadt", "besuch_innenstadt", "innenstadt-aussensicht"),
        ("unsicher-stadtbezirk", "kennt_massnahme", None),
    ]


def test_the_sides_of_a_gap_count_the_same_answers_as_the_gap():
    for view in group_views(STUTTGART):
        if view.gap is not None:
            assert set(view.indicator.measure.counted) == set(view.gap.measure.counted)
            assert view.indicator.measure.item == view.gap.measure.item


STUTTGART = load_catalogue(city_folder("stuttgart"))
