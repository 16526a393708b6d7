"""Requests for a deletion: the first who asked stays, and one that nobody can read stops no other."""

import os
from itertools import count

import pytest

from sipa_data.errors import FolderUnreachable, LakeError, NotAllowed, NotWithdrawable
from sipa_data.lake import open_lake
from sipa_data.release import PurgeRequests, WaitingRoom, history, publish, purge, purge_with_traces, submit, waiting
from tests.support.deliveries import Office
from tests.support.disturbed import Step, at_step

ONE, OTHER = "2025-01-01-0000abcd", "2025-01-02-0000abcd"


@pytest.fixture
def requests(tmp_path):
    return PurgeRequests(tmp_path / "loeschantraege")


def test_the_first_who_asked_stays_the_one_who_did(requests):
    assert requests.ask(ONE, "erika") == requests.ask(ONE, "max") == requests.find(ONE)
    with pytest.raises(NotAllowed, match="jemand anderes"):
        requests.expect_other_person(ONE, " Erika")
    assert requests.expect_other_person(ONE, "max").by == "erika"


def test_of_two_who_ask_at_the_same_moment_one_is_the_first_for_both(requests, monkeypatch):
    linking, calls = os.link, count()

    def slowly(*names):
        if next(calls) == 0:
            requests.ask(ONE, "max")
        linking(*names)

    monkeypatch.setattr(os, "link", slowly)
    assert requests.ask(ONE, "erika").by == "max"
    assert [one.by for one in requests.all()] == ["max"]
    assert [path.name for path in requests.folder.iterdir()] == [f"{ONE}.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", f'{{"upload_id": "{ONE}", "by": "erika", "at": null}}'])
def test_a_damaged_request_is_named_can_be_taken_back_and_stops_no_other(requests, text):
    requests.ask(OTHER, "erika")
    (requests.folder / f"{ONE}.json").write_text(text, encoding="utf-8")
    assert [one.upload_id for one in requests.all()] == [OTHER]
    assert requests.damaged() == (ONE,)
    with pytest.raises(NotAllowed):
        requests.expect_other_person(ONE, "max")
    with pytest.raises(NotWithdrawable, match="beschädigt"):
        requests.ask(ONE, "max")
    requests.remove(ONE)
    assert requests.ask(ONE, "max").by == "max"
    assert requests.damaged() == ()


def test_a_request_copied_under_another_number_deletes_nothing(requests):
    requests.ask(OTHER, "erika")
    copied = (requests.folder / f"{OTHER}.json").read_bytes()
    (requests.folder / f"{ONE}.json").write_bytes(copied)
    assert requests.find(ONE) is None
    assert requests.damaged() == (ONE,)


def test_where_requests_cannot_be_kept_that_is_said(requests):
    requests.folder.write_text("kein Ordner", encoding="utf-8")
    for step in (lambda: requests.ask(ONE, "erika"), requests.all, lambda: requests.remove(ONE)):
        with pytest.raises(FolderUnreachable, match="Schreibrechte"):
            step()


@pytest.fixture
def lake(sqlite_settings):
    with open_lake(sqlite_settings) as opened:
        yield opened


@pytest.fixture
def room(sqlite_settings):
    return WaitingRoom.of(sqlite_settings)


@pytest.fixture
def published(lake, tmp_path):
    return publish(lake, Office(tmp_path / "amt").population(2024, [10], name="ew24"), by="ana")


def once_more(room, tmp_path):
    """The same file waits again, through another layout."""
    return submit(room, Office(tmp_path / "amt").population(2024, [10], name="ew24"), by="ana")


def test_a_deletion_that_did_not_happen_leaves_what_waits_and_its_request(lake, room, requests, published, tmp_path):
    waits = once_more(room, tmp_path)
    requests.ask(published.upload_id, "erika")

    def fails():
        raise LakeError("Der Server ist fort.")

    at_step(lake, Step("before", "commit"), fails)
    with pytest.raises(LakeError, match="fort"):
        purge_with_traces(lake, room, requests, published.upload_id, by="erika", second="max")
    assert [one.id for one in waiting(lake, room)] == [waits.id]
    assert [one.upload_id for one in requests.all()] == [published.upload_id]


def test_a_deletion_takes_the_same_file_out_of_the_waiting_room(lake, room, requests, published, tmp_path):
    once_more(room, tmp_path)
    purge_with_traces(lake, room, requests, published.upload_id, by="erika", second="max")
    assert room.all() == ()


def test_whoever_looks_next_removes_what_a_deletion_that_was_cut_off_has_left(lake, room, published, tmp_path):
    once_more(room, tmp_path)
    purge(lake, published.upload_id, by="erika", second="max")  # and then the process ended
    assert waiting(lake, room) == ()
    assert room.all() == ()


def test_a_deletion_whose_traces_cannot_be_removed_says_that_it_has_happened(
    lake, room, requests, published, tmp_path, monkeypatch
):
    once_more(room, tmp_path)

    def fails(*_):
        raise FolderUnreachable("Der Eingang lässt sich nicht schreiben. Es wurde nichts verändert.")

    monkeypatch.setattr(WaitingRoom, "remove", fails)
    with pytest.raises(FolderUnreachable, match="ist endgültig gelöscht, aber im Eingang") as said:
        purge_with_traces(lake, room, requests, published.upload_id, by="erika", second="max")
    assert "nichts verändert" not in said.value.sentence
    assert [one.status for one in history(lake)] == ["purged"]
