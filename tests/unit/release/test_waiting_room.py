"""Where deliveries wait: whole or not at all, after a restart, with too little room, and for nobody else's eyes."""

import json
import os
import stat

import pytest

from sipa_data.errors import AlreadyPublished, FolderUnreachable, NotWaiting, RefusedDelivery
from sipa_data.intake.delivery import Finding
from sipa_data.lake import open_lake
from sipa_data.release import WaitingRoom, history, publish, refuse, release, submit, waiting
from sipa_data.release.submission import RECORD
from sipa_data.release.waiting_room import HALF_DONE_AFTER
from tests.support.deliveries import Office, by_hand, staged

WARNING = Finding("warning", "weight_mean", "Die Gewichte sind im Mittel nicht 1.")


@pytest.fixture
def room(tmp_path):
    return WaitingRoom(tmp_path / "eingang")


@pytest.fixture
def here(tmp_path):
    return Office(tmp_path)


def test_what_waits_is_the_same_after_a_restart(room, here):
    delivery = here.population(2024, [10, 20], name="ew24")
    waits = submit(room, delivery, by="ana", may_replace=True, note="Nachtrag")
    again = WaitingRoom(room.folder)
    assert again.all() == (waits,)
    kept = again.delivery(waits)
    assert (kept.slices, kept.report) == (delivery.slices, delivery.report)
    assert {table: path.read_bytes() for table, path in kept.tables.items()} == {
        table: path.read_bytes() for table, path in delivery.tables.items()
    }


def test_the_staged_files_of_the_uploader_are_no_longer_needed(room, here, sqlite_settings):
    with here.population(2024, [10, 20], name="ew24") as delivery:
        waits = submit(room, delivery, by="ana")
    with open_lake(sqlite_settings) as lake:
        release(lake, room, waits.id, by="erika")
        with lake.reader() as reader:
            rows = reader.read("select district_id, inhabitants from population order by all").to_pylist()
    assert [(row["district_id"], row["inhabitants"]) for row in rows] == [("01", 10), ("02", 20)]


def test_only_the_account_of_the_server_may_read_what_waits(room, here):
    waits = submit(room, here.population(2024, [10], name="ew24"), by="ana")
    for folder in (room.folder, room.folder / waits.id):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_table_that_was_changed_while_it_waited_is_not_published(room, here, sqlite_settings):
    waits = submit(room, here.population(2024, [10], name="ew24"), by="ana")
    (room.folder / waits.id / "population.parquet").write_bytes(b"PAR1")
    with open_lake(sqlite_settings) as lake:
        with pytest.raises(NotWaiting, match="beschädigt"):
            release(lake, room, waits.id, by="erika")
        assert history(lake) == ()
        assert [one.id for one in waiting(lake, room)] == [waits.id]


def test_warnings_must_have_been_acknowledged(room, tmp_path):
    delivery = staged(tmp_path, {"population": []}, [], name="x", findings=(WARNING,))
    with pytest.raises(RefusedDelivery, match="zur Kenntnis"):
        submit(room, delivery, by="ana")
    assert room.all() == ()
    assert submit(room, delivery, by="ana", acknowledged=True).report.findings == (WARNING,)


def test_what_was_published_and_not_yet_cleared_away_waits_no_longer(room, here, sqlite_settings):
    """The process was killed between the publication and the clearing."""
    delivery = here.population(2024, [10], name="ew24")
    waits = submit(room, delivery, by="ana")
    with open_lake(sqlite_settings) as lake:
        publish(lake, delivery, by="ana", approved_by="erika", upload_id=waits.id)
        assert waiting(lake, room) == ()
        assert room.all() == ()


def test_the_same_file_waits_once_for_a_table_whatever_profile_reads_it(room, here):
    submit(room, here.population(2024, [10], name="mappe"), by="ana")
    with pytest.raises(AlreadyPublished, match="Genau diese Datei wartet schon auf Freigabe"):
        submit(room, by_hand(here.population(2024, [10], name="mappe")), by="ana")
    submit(room, by_hand(here.yearly_count(2024, 7, name="mappe")), by="ana")
    assert [one.report.profile for one in room.all()] == ["probe", "von-hand"]


def test_a_refused_release_leaves_the_delivery_waiting(room, here, sqlite_settings):
    with open_lake(sqlite_settings) as lake:
        publish(lake, here.population(2024, [1], name="alt"), by="erika")
        waits = submit(room, here.population(2024, [2], name="neu"), by="ana")
        with pytest.raises(AlreadyPublished):
            release(lake, room, waits.id, by="erika")
        assert [one.id for one in waiting(lake, room)] == [waits.id]


def test_what_was_cut_off_is_invisible_and_goes_after_a_day(room, here):
    submit(room, here.population(2024, [10], name="ew24"), by="ana")
    begun, gone = room.folder / ".neu-2026-01-01-aaaa", room.folder / ".weg-2026-01-01-bbbb"
    for left in (begun, gone):
        left.mkdir()
        (left / "population.parquet").write_bytes(b"half")
    room.tidy()
    assert len(room.all()) == 1
    assert begun.exists()  # somebody may be submitting at this moment
    assert not gone.exists()
    long_ago = begun.stat().st_mtime - HALF_DONE_AFTER.total_seconds() - 1
    os.utime(begun, (long_ago, long_ago))
    room.tidy()
    assert not begun.exists()


def test_rows_of_a_refusal_that_was_cut_off_go_with_the_next_start(room, here, monkeypatch, sqlite_settings):
    waits = submit(room, here.population(2024, [10], name="ew24"), by="ana")

    def cut_off(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sipa_data.release.waiting_room._remove_tables", cut_off)
    with open_lake(sqlite_settings) as lake, pytest.raises(KeyboardInterrupt):
        refuse(lake, room, waits.id, by="erika", reason="falsches Jahr")
    monkeypatch.undo()
    assert [path.name for path in (room.folder / waits.id).glob("*.parquet")] == ["population.parquet"]
    room.tidy()
    assert [path.name for path in (room.folder / waits.id).iterdir()] == [RECORD]


def cut_short(record):
    return record[: len(record) // 2]


def of_a_later_version(record):
    return json.dumps(json.loads(record) | {"third_person": "max"})


def without_its_time(record):
    return json.dumps(json.loads(record) | {"submitted_at": None})


def of_another_folder(record):
    return json.dumps(json.loads(record) | {"id": "2026-01-01-aaaa"})


def no_text(_):
    return "[]"


@pytest.mark.parametrize("damage", [cut_short, of_a_later_version, without_its_time, of_another_folder, no_text])
def test_one_damaged_entry_is_named_and_closes_the_room_for_nobody_else(room, here, sqlite_settings, damage):
    bad, good = (submit(room, here.population(year, [10], name=str(year)), by="ana") for year in (2023, 2024))
    record = room.folder / bad.id / RECORD
    record.write_text(damage(record.read_text(encoding="utf-8")), encoding="utf-8")
    room.tidy()
    assert (room.all(), room.damaged()) == ((good,), (bad.id,))
    with pytest.raises(NotWaiting, match="gibt es nicht"):
        room.find(bad.id)
    with open_lake(sqlite_settings) as lake:
        assert release(lake, room, good.id, by="erika").upload_id == good.id
        assert waiting(lake, room) == ()
    assert room.damaged() == (bad.id,)


def test_a_folder_without_its_record_is_damaged_and_a_stray_file_is_none_of_ours(room, here):
    good = submit(room, here.population(2024, [10], name="ew24"), by="ana")
    (room.folder / "ohne-akte").mkdir()
    (room.folder / "liesmich.txt").write_text("Notiz", encoding="utf-8")
    assert (room.all(), room.damaged()) == ((good,), ("ohne-akte",))


def test_a_file_that_is_deleted_for_good_is_forgotten_also_where_its_record_is_damaged(room, here):
    bad, other = (submit(room, here.population(year, [10], name=str(year)), by="ana") for year in (2023, 2024))
    for one in (bad, other):
        record = room.folder / one.id / RECORD
        record.write_text(of_a_later_version(record.read_text(encoding="utf-8")), encoding="utf-8")
    room.forget_file(bad.report.sha256)
    assert room.damaged() == (other.id,)


def test_a_number_that_is_a_path_finds_nothing(room, here):
    submit(room, here.population(2024, [10], name="ew24"), by="ana")
    for evil in ("../eingang", "..", "", ".", "/etc"):
        with pytest.raises(NotWaiting):
            room.find(evil)


def test_without_room_on_the_disk_nothing_waits_and_nothing_is_left(room, here, monkeypatch):
    delivery = here.population(2024, [10], name="ew24")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sipa_data.release.waiting_room.shutil.copyfile", full)
    with pytest.raises(FolderUnreachable, match="Speicherplatz"):
        submit(room, delivery, by="ana")
    monkeypatch.undo()
    assert list(room.folder.iterdir()) == []
    assert submit(room, delivery, by="ana").submitted_by == "ana"
