"""What a file is about: from a column, from its name, or as the person who delivers it says."""

from datetime import date

import pytest

from sipa_data.errors import ProfileError
from sipa_data.intake import read_delivery
from sipa_data.periods import Period
from tests.support.intake import COUNTS, EVENTS, layout, musterstadt, put, refusal, rows_of, shipped, short

TABLE = "jahr;bezirk;schlüssel;fälle\n{};Süd;***300;12\n"


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2024", Period.year(2024)),
        ("2024.0", Period.year(2024)),
        ("2024-Q3", Period.quarter(2024, 3)),
        ("3. Quartal 2024", Period.quarter(2024, 3)),
        ("Q3 2024", Period.quarter(2024, 3)),
        ("2024-07", Period.month(2024, 7)),
        ("07/2024", Period.month(2024, 7)),
        ("Juli 2024", Period.month(2024, 7)),
        ("März 2024", Period.month(2024, 3)),
        ("Dez. 2024", Period.month(2024, 12)),
        ("2024-06~12", Period.twelve_months_to(2024, 6)),
        ("31.12.2024", Period(date(2024, 12, 31), date(2024, 12, 31))),
    ],
)
def test_periods_are_read_as_people_write_them(tmp_path, written, period):
    found = rows_of(put(tmp_path, TABLE.format(written)), layout(COUNTS))
    assert short(found, "period_start", "period_end") == [(period.start, period.end)]


def named(pattern):
    return layout(COUNTS.replace('column = "jahr"', f"file_name = '{pattern}'"))


def test_the_period_can_stand_in_the_files_name(tmp_path):
    path = put(tmp_path, TABLE.format("x"), "2016_Kreise.csv")
    assert short(rows_of(path, named(r"^(\d{4})_")), "period_start") == [(date(2016, 1, 1),)]


def test_a_file_name_that_contradicts_the_person_is_told(tmp_path):
    path = put(tmp_path, TABLE.format("x"), "2016_Kreise.csv")
    error = refusal(path, named(r"^(\d{4})_"), period=Period.year(2019))
    assert (error.code, error.found, error.expected) == ("period_differs", "2016", "2019")
    assert error.sentence == (
        "Der Dateiname „2016_Kreise.csv“ nennt den Zeitraum 2016, angegeben ist 2019. "
        "Bitte prüfen, ob es die richtige Datei ist."
    )


def test_a_layout_that_finds_no_period_asks_for_it(tmp_path):
    path = put(tmp_path, TABLE.format("x"), "Kreise.csv")
    with pytest.raises(ProfileError) as found:
        read_delivery(path, musterstadt(), named(r"^(\d{4})_"))
    assert found.value.sentence == (
        "Das Profil „zaehlung“ entnimmt der Datei keinen Zeitraum. Bitte den Zeitraum angeben, zum Beispiel "
        "2025, 2025-Q3 oder 2025-07 (auf der Kommandozeile: --period)."
    )
    assert short(rows_of(path, named(r"^(\d{4})_"), period=Period.year(2019)), "period_end") == [(date(2019, 12, 31),)]


def test_counts_fill_the_slice_from_the_first_to_the_last_period(tmp_path):
    path = put(tmp_path, "jahr;bezirk;schlüssel;fälle\n2022;Süd;***300;1\n2024;Süd;***300;1\n")
    with read_delivery(path, musterstadt(), layout(COUNTS)) as delivery:
        (part,) = delivery.slices
    assert (part.table, part.equals) == ("incident_counts", (("source", "pks"),))
    assert (part.start, part.end) == (date(2022, 1, 1), date(2024, 12, 31))


def test_single_incidents_fill_whole_months(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel\n05.02.2024;Süd;***300\n28.03.2024 23:00;Süd;***300\n")
    with read_delivery(path, musterstadt(), layout(EVENTS)) as delivery:
        (part,) = delivery.slices
    assert (part.start, part.end) == (date(2024, 2, 1), date(2024, 3, 31))


def test_a_period_that_was_given_is_the_slice_even_if_its_last_days_had_no_incident(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel\n05.02.2024;Süd;***300\n")
    with read_delivery(path, musterstadt(), layout(EVENTS), period=Period.quarter(2024, 1)) as delivery:
        (part,) = delivery.slices
    assert (part.start, part.end) == (date(2024, 1, 1), date(2024, 3, 31))


def test_each_source_in_a_file_is_a_slice_of_its_own(tmp_path):
    head = "quelle;zeitpunkt;bezirk;schluessel\n"
    path = put(tmp_path, head + "pks;05.02.2024;Süd;***300\nordnungsamt;05.03.2024;Süd;***300\n")
    with read_delivery(path, musterstadt(), shipped("eigene-vorfaelle")) as delivery:
        assert [(part.equals, part.start) for part in delivery.slices] == [
            ((("source", "ordnungsamt"),), date(2024, 3, 1)),
            ((("source", "pks"),), date(2024, 2, 1)),
        ]
