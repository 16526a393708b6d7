"""What intake hands over: exactly the lake's columns, an honest report, and nothing left behind."""

import hashlib
import tempfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from sipa_data.errors import DiskFull, ProfileError, RefusedDelivery, UnreadableFile
from sipa_data.intake import read_delivery
from sipa_data.intake.save import save
from sipa_data.intake.workbench import Workbench
from sipa_data.tables import TABLES
from tests.support.intake import COUNTS, EVENTS, layout, musterstadt, put, shipped

HEAD = "jahr;bezirk;schlüssel;fälle\n"
GOOD = HEAD + "2024;Süd;***300;12\n2024;unbekannt;***300;1\n2024;gesamt;***300;13\n"
COUNTING = layout(COUNTS)
ONE_COUNT = (
    "'pks' as source, date '2024-01-01' as period_start, date '2024-12-31' as period_end, null as district_id, "
    "'***300' as offence_key, null as key_catalogue_year, null as place_kind, 12 as cases, null as attempts, "
    "null as cleared"
)


@pytest.fixture(autouse=True)
def private_folders(tmp_path, monkeypatch):
    """The folder that private folders are made in."""
    folder = tmp_path / "privat"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def columns_in(path):
    return [(field.name, field.type) for field in pq.read_schema(path)]


def columns_of(table):
    return [(field.name, field.type) for field in TABLES[table].schema]


def test_the_staged_table_has_exactly_the_lakes_columns(tmp_path):
    with read_delivery(put(tmp_path, GOOD), musterstadt(), COUNTING) as delivery:
        assert columns_in(delivery.tables["incident_counts"]) == columns_of("incident_counts")


def test_survey_tables_have_exactly_the_lakes_columns(tmp_path):
    put(tmp_path, "Angabe;Wert\nKennung;w1\nTitel;x\nFeldzeit von;01.03.2024\nFeldzeit bis;30.04.2024\n", "welle.csv")
    path = put(tmp_path, "bezirk;gewicht;nachts\nNord;1;1\n")
    with read_delivery(path, musterstadt(), shipped("eigene-befragung")) as delivery:
        assert set(delivery.tables) == {"survey_waves", "survey_respondents", "survey_answers"}
        for name, table in delivery.tables.items():
            assert columns_in(table) == columns_of(name)
        assert {(part.table, part.equals) for part in delivery.slices} == {
            (name, (("wave_id", "w1"),)) for name in delivery.tables
        }


def test_a_value_that_the_lake_needs_and_no_check_missed_stops_the_delivery():
    with Workbench() as bench:
        nobody_counted = bench.connection.sql("select * replace (null as source) from (select " + ONE_COUNT + ")")
        with pytest.raises(RefusedDelivery) as found:
            save({"incident_counts": nobody_counted}, bench)
    assert [finding.code for finding in found.value.findings] == ["value_missing"]


def test_the_report_accounts_for_every_row(tmp_path):
    path = put(tmp_path, GOOD)
    with read_delivery(path, musterstadt(), COUNTING) as delivery:
        report = delivery.report
    assert (report.rows_in, report.rows_taken, report.rows_refused, report.rows_skipped) == (3, 2, 0, 1)
    assert report.not_locatable == 1
    assert (report.profile, report.file_name, report.marking) == ("zaehlung", "daten.csv", "published")
    assert report.sha256 == hashlib.sha256(GOOD.encode()).hexdigest()
    assert report.errors == ()


def test_leaving_the_delivery_removes_the_staged_files(tmp_path, private_folders):
    with read_delivery(put(tmp_path, GOOD), musterstadt(), COUNTING) as delivery:
        (folder,) = private_folders.iterdir()
        assert {path.name for path in folder.rglob("*")} == {"tables", "incident_counts.parquet"}
        assert delivery.folder == folder
    assert list(private_folders.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", HEAD.encode(), (HEAD + "2024;Süd;***300;-1\n").encode(), b"\0\0\0", GOOD.encode()[:-8], b"PK\x03\x04"],
)
def test_nothing_staged_remains_of_a_file_that_is_refused(tmp_path, private_folders, content):
    with pytest.raises((RefusedDelivery, UnreadableFile)):
        read_delivery(put(tmp_path, content), musterstadt(), COUNTING)
    assert list(private_folders.iterdir()) == []


def test_a_refusal_says_how_many_causes_there_are_and_lists_them(tmp_path):
    path = put(tmp_path, HEAD + "2024;Süd;***300;-1\n2024;Xyz;326*00;1\n")
    with pytest.raises(RefusedDelivery) as refused:
        read_delivery(path, musterstadt(), COUNTING)
    assert refused.value.sentence.startswith(
        "Die Datei „daten.csv“ wurde nicht übernommen, denn sie enthält 2 Fehler. Der erste: "
    )
    assert {finding.code for finding in refused.value.findings} == {"negative", "unknown_district"}


def test_errors_come_before_warnings(tmp_path):
    path = put(tmp_path, "jahr;bezirk;schlüssel;fälle;aufgeklärt\n2024;Nord;***300;1;2\n2024;Süd;***300;-1;\n")
    with pytest.raises(RefusedDelivery) as refused:
        read_delivery(path, musterstadt(), COUNTING)
    assert [finding.severity for finding in refused.value.findings] == ["error", "warning"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, private_folders, monkeypatch):
    def full(*_arguments, **_options):
        raise duckdb.IOException("Could not write all bytes to file: No space left on device")

    monkeypatch.setattr(Workbench, "keep", full)
    with pytest.raises(DiskFull) as found:
        read_delivery(put(tmp_path, GOOD), musterstadt(), COUNTING)
    assert found.value.sentence == (
        "Für die Prüfung der Datei „daten.csv“ reicht der Speicherplatz nicht. Es wurde nichts übernommen; "
        "bitte Platz schaffen und noch einmal versuchen."
    )
    assert list(private_folders.iterdir()) == []


def test_a_full_disk_under_the_copy_of_the_file_is_told_too(tmp_path, private_folders, monkeypatch):
    """A real one: the copy goes to a device that takes nothing."""
    original = Workbench.file

    def on_a_full_device(bench, name):
        return Path("/dev/full") if name == "body.csv" else original(bench, name)

    monkeypatch.setattr(Workbench, "file", on_a_full_device)
    with pytest.raises(DiskFull):
        read_delivery(put(tmp_path, GOOD), musterstadt(), COUNTING)
    assert list(private_folders.iterdir()) == []


def test_the_database_sees_nothing_but_its_private_folder(tmp_path):
    import duckdb  # noqa: PLC0415 — only here

    secret = put(tmp_path, "geheim\n", "geheim.csv")
    with Workbench() as bench:
        for statement in (
            f"from read_csv('{secret}')",
            "install spatial",
            "set threads = 8",
            f"attach '{tmp_path}/x.db'",
        ):
            with pytest.raises(duckdb.Error):
                bench.connection.sql(statement)


def test_the_steps_are_told_while_they_happen(tmp_path):
    told = []
    path = put(tmp_path, GOOD)
    with read_delivery(path, musterstadt(), COUNTING, progress=lambda step, share: told.append((step, share))):
        pass
    assert [step for step, _ in told] == [
        "Datei prüfen", "Datei lesen", "Zeilen zuordnen und prüfen", "Ergebnis ablegen", "Fertig",
    ]  # fmt: skip
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1][1] == 1.0


def test_the_marking_of_the_person_outranks_the_layouts(tmp_path):
    with read_delivery(put(tmp_path, GOOD), musterstadt(), COUNTING, marking="synthetic") as delivery:
        assert delivery.report.marking == "synthetic"


def test_a_marking_must_come_from_somewhere(tmp_path):
    profile = layout(COUNTS.replace('marking = "published"\n', ""))
    with pytest.raises(ProfileError, match="muss die Kennzeichnung angegeben werden"):
        read_delivery(put(tmp_path, GOOD), musterstadt(), profile)


def test_a_running_number_replaces_every_identifier(tmp_path):
    path = put(tmp_path, "wann;bezirk;schlüssel;aktenzeichen\n01.07.2023;Nord;***300;AZ-77/23\n")
    with read_delivery(path, musterstadt(), layout(EVENTS)) as delivery:
        (row,) = pq.read_table(delivery.tables["incident_events"]).to_pylist()
    assert row["event_id"] == "1"
    assert "AZ-77/23" not in row.values()


def test_wide_columns_become_one_row_each(tmp_path):
    wide = '\n[tables.wide]\nvalue = "cases"\nkey = "offence_key"\ncolumns.raub = "210000"\ncolumns.rad = "***300"\n'
    rules = [line for line in COUNTS.splitlines() if not line.startswith(("columns.offence_key", "columns.cases"))]
    path = put(tmp_path, "jahr;bezirk;raub;rad\n2024;Süd;3;4\n2024;gesamt;3;4\n")
    with read_delivery(path, musterstadt(), layout("\n".join(rules) + wide)) as delivery:
        rows = pq.read_table(delivery.tables["incident_counts"]).to_pylist()
        assert (delivery.report.rows_in, delivery.report.rows_taken) == (2, 1)
    assert [(row["offence_key"], row["cases"]) for row in rows] == [("210000", 3), ("***300", 4)]


def test_a_wrong_value_in_a_wide_column_names_that_column(tmp_path):
    path = put(
        tmp_path,
        "stadtbezirk_nr,stadtbezirk,jahr,gewaltkriminalitaet_oeff_raum,raub_oeff_raum,gef_schwere_kv_oeff_raum\n"
        "01,Altstadt,2024,5,-1,2\n",
    )
    with pytest.raises(RefusedDelivery) as refused:
        read_delivery(path, musterstadt(), shipped("stuttgart-gewalt-oeffentlicher-raum"))
    assert [(finding.code, finding.column, finding.line) for finding in refused.value.findings] == [
        ("negative", "raub_oeff_raum", 2)
    ]


@pytest.mark.parametrize("step", ["Datei prüfen", "Datei lesen", "Ergebnis ablegen", "Fertig"])
def test_a_progress_bar_that_fails_leaves_nothing_behind(tmp_path, private_folders, step):
    def told(now, _share):
        if now == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_delivery(put(tmp_path, GOOD), musterstadt(), COUNTING, progress=told)
    assert list(private_folders.iterdir()) == []
