"""The audit log: everything that was done to its file behind its back is found."""

import resource
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from sipa_data.audit import Chain, Event, holds, open_audit, verify
from sipa_data.audit.entry import CHAINS, chain_of
from sipa_data.errors import AuditError

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path):
    """Three views on each of three days, and one release."""
    with open_audit(tmp_path) as opened:
        for day in range(3):
            for hour in range(3):
                at = MONDAY + timedelta(days=day, hours=hour)
                opened.record(Event.viewed, "stadt:a1", role="lesen", subject=f"seite-{day}-{hour}", at=at)
        opened.record(Event.released, "stadt:b2", role="geschaeftsstelle", subject="lieferung", at=MONDAY)
        yield opened


def behind_its_back(log, *statements, keep_triggers=False):
    """Change the file as somebody would who may write it."""
    with sqlite3.connect(log.file) as file:
        if not keep_triggers:
            for trigger in ("entries_stay", "entries_go_with_their_day", "segments_stay"):
                file.execute(f"drop trigger {trigger}")
        for one in statements:
            file.execute(one)


def numbers(log):
    return [entry.number for entry, _ in log.entries(Chain.use)]


def test_a_log_that_nobody_touched_is_whole(log):
    assert numbers(log) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [(segment.first, segment.last) for segment in log.segments(Chain.use)] == [(1, 3), (4, 6), (7, 9)]
    assert verify(log) == []


@pytest.mark.parametrize("column", ["at", "event", "account", "role", "subject", "detail", "hash"])
def test_a_changed_line_is_found(log, column):
    behind_its_back(log, f"update entries set {column} = '2026-03-03T09:00:01' where chain = 'nutzung' and number = 5")
    (finding,) = verify(log)
    assert (finding.day, finding.number) == ("2026-03-03", 5)


@pytest.mark.parametrize("number", [1, 5, 6, 9])
def test_a_missing_line_is_found_the_last_of_all_too(log, number):
    behind_its_back(log, f"delete from entries where chain = 'nutzung' and number = {number}")
    assert [(finding.number, finding.sentence) for finding in verify(log)] == [(number, f"Der Eintrag {number} fehlt.")]


def test_an_inserted_line_is_found(log):
    columns = "chain, 10, at, event, 'stadt:fremd', role, subject, detail, hash"
    behind_its_back(log, f"insert into entries select {columns} from entries where chain = 'nutzung' and number = 9")
    (finding,) = verify(log)
    assert "Der Eintrag 10 gehört zu keinem Tag" in finding.sentence


def test_a_line_put_between_others_is_found(log):
    columns = "chain, 9, at, event, 'stadt:fremd', role, subject, detail, hash"
    behind_its_back(
        log,
        "update entries set number = 10 where chain = 'nutzung' and number = 9",
        f"insert into entries select {columns} from entries where chain = 'nutzung' and number = 8",
    )
    assert {finding.number for finding in verify(log)} == {9, 10}


def test_two_lines_that_changed_places_are_found(log):
    behind_its_back(
        log,
        "update entries set number = 99 where chain = 'nutzung' and number = 4",
        "update entries set number = 4 where chain = 'nutzung' and number = 5",
        "update entries set number = 5 where chain = 'nutzung' and number = 99",
    )
    assert verify(log)[0].number == 4


def test_a_missing_day_is_found(log):
    behind_its_back(
        log,
        "delete from entries where chain = 'nutzung' and number between 4 and 6",
        "delete from segments where chain = 'nutzung' and day = '2026-03-03'",
    )
    (finding,) = verify(log)
    assert "schließt nicht an" in finding.sentence


def test_a_day_that_was_deleted_before_its_time_is_found(log):
    behind_its_back(
        log,
        "update segments set deleted_on = '2026-03-05' where chain = 'nutzung' and day = '2026-03-02'",
        "delete from entries where chain = 'nutzung' and number < 4",
        keep_triggers=True,
    )
    (finding,) = verify(log)
    assert "vor ihrer Zeit gelöscht" in finding.sentence


def test_a_day_that_somebody_deleted_as_if_its_time_had_come_is_found(log):
    behind_its_back(
        log,
        "update segments set deleted_on = '2026-06-30' where chain = 'nutzung' and day = '2026-03-02'",
        "delete from entries where chain = 'nutzung' and number < 4",
        keep_triggers=True,
    )
    (finding,) = verify(log)
    assert "nicht vom Protokoll selbst gelöscht" in finding.sentence


@pytest.mark.parametrize(
    "statement",
    [
        "update entries set account = 'x'",
        "delete from entries",
        "delete from segments",
        "update entries set number = 7",
    ],
)
def test_the_file_itself_refuses_to_change_or_drop_a_line(log, statement):
    with pytest.raises(sqlite3.IntegrityError):
        behind_its_back(log, statement, keep_triggers=True)
    assert verify(log) == []


def test_a_whole_new_log_is_found_by_a_hash_that_was_noted(log, tmp_path):
    noted = log.segments(Chain.use)[0].closing
    assert holds(log, noted)
    with open_audit(tmp_path / "neu") as forged:
        forged.record(Event.viewed, "stadt:a1", at=MONDAY)
        assert verify(forged) == []
        assert not holds(forged, noted)


def test_after_ninety_days_a_day_of_use_goes_and_leaves_its_closing_hash(log):
    noted = log.segments(Chain.use)[0].closing
    log.record(Event.viewed, "stadt:a1", at=MONDAY + timedelta(days=91))  # the second of March has had its time
    assert numbers(log) == [4, 5, 6, 7, 8, 9, 10]
    assert [segment.deleted_on for segment in log.segments(Chain.use)] == ["2026-06-01", None, None, None]
    assert verify(log) == []
    assert holds(log, noted)
    assert len(list(log.entries(Chain.deeds))) == 1  # releases are kept for longer


def test_releases_are_kept_for_three_years_and_views_for_ninety_days():
    assert (CHAINS[Chain.use].days, CHAINS[Chain.deeds].days) == (90, 1098)
    assert {chain_of(event) for event in (Event.released, Event.withdrawn, Event.purged)} == {Chain.deeds}
    assert {chain_of(event) for event in (Event.viewed, Event.downloaded, Event.signed_in)} == {Chain.use}


def kept_for(log, days, at):
    """As if the service had been started that day with this setting."""
    log.record(Event.retention_set, "-", subject=Chain.use.value, detail=str(days), at=at)
    log.close()
    return open_audit(log.file.parent)


def test_how_long_views_are_kept_can_be_set_and_stands_in_the_log(tmp_path):
    with open_audit(tmp_path, 30) as first:
        (entry,) = [one for one, _ in first.entries(Chain.deeds)]
    assert (entry.event, entry.subject, entry.detail) == ("frist festgelegt", "nutzung", "30")
    with open_audit(tmp_path, 30) as again, open_audit(tmp_path) as unasked:
        assert again.kept[Chain.use] == unasked.kept[Chain.use] == timedelta(days=30)
        assert again.kept[Chain.deeds] == CHAINS[Chain.deeds]
        assert len(list(unasked.entries(Chain.deeds))) == 1  # whoever says the same or nothing changes nothing


def test_with_thirty_days_a_day_goes_after_thirty_and_that_is_as_it_should_be(log):
    with kept_for(log, 30, MONDAY) as shorter:
        shorter.record(Event.viewed, "stadt:a1", at=MONDAY + timedelta(days=31))
        assert numbers(shorter) == [4, 5, 6, 7, 8, 9, 10]
        assert verify(shorter) == []
        with kept_for(shorter, 180, MONDAY + timedelta(days=32)) as longer:
            assert verify(longer) == []  # what went in the time of the shorter term went rightly


def test_a_day_that_went_before_a_shorter_term_was_set_is_still_found(log):
    log.record(Event.viewed, "stadt:a1", at=MONDAY + timedelta(days=40))
    behind_its_back(
        log,
        "update segments set deleted_on = '2026-04-11' where chain = 'nutzung' and day = '2026-03-02'",
        "delete from entries where chain = 'nutzung' and at < '2026-03-03'",
    )
    with kept_for(log, 30, MONDAY + timedelta(days=41)) as shorter:
        (finding,) = verify(shorter)
    assert finding.sentence == "Die Einträge vom 2026-03-02 wurden vor ihrer Zeit gelöscht."


def test_threads_and_processes_may_write_at_once(log):
    second = open_audit(log.file.parent)
    with ThreadPoolExecutor(8) as pool:
        for turn in range(60):
            pool.submit((log, second)[turn % 2].record, Event.released, f"stadt:{turn}")
    assert len(list(log.entries(Chain.deeds))) == 61
    assert verify(second) == []
    second.close()


def test_a_clock_that_was_set_back_breaks_nothing(log):
    log.record(Event.viewed, "stadt:a1", at=MONDAY)
    assert list(log.entries(Chain.use))[-1][0].day == "2026-03-04"
    assert verify(log) == []


def test_what_cannot_be_logged_is_an_error_in_german(log):
    log._connection.execute("pragma query_only = on")
    with pytest.raises(AuditError, match="ohne Protokoll wird nichts gezeigt"):
        log.record(Event.viewed, "stadt:a1")


def test_a_full_disk_stops_the_log_and_space_lets_it_go_on(log):
    """No file may grow any more: SQLite notices at the latest when it commits."""
    before, (soft, hard) = numbers(log), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.file.with_name(f"{log.file.name}-wal").stat().st_size, hard))
    try:
        for _ in range(2):
            with pytest.raises(AuditError, match="lässt sich nicht schreiben"):
                log.record(Event.viewed, "stadt:a1", at=MONDAY + timedelta(days=4))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    log.record(Event.viewed, "stadt:a1", at=MONDAY + timedelta(days=4))
    assert numbers(log) == [*before, before[-1] + 1]
    assert verify(log) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "datei").write_text("")
    with pytest.raises(AuditError, match=r"protokoll\.sqlite lässt sich nicht öffnen"):
        open_audit(tmp_path / "datei")


def test_nobody_else_on_the_machine_may_read_the_log(log):
    files = list(log.file.parent.glob("protokoll.sqlite*"))
    assert len(files) == 3  # the log and what SQLite writes beside it
    assert [file.stat().st_mode & 0o077 for file in files] == [0, 0, 0]


def test_texts_from_outside_are_cut_and_kept_as_they_are(log):
    log.record(Event.viewed, "'; drop table entries; --", subject="x" * 9000, at=MONDAY + timedelta(days=3))
    entry, _ = list(log.entries(Chain.use))[-1]
    assert entry.account == "'; drop table entries; --"
    assert len(entry.subject) == 500
    assert verify(log) == []
