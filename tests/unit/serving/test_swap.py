"""A new Datenstand comes in while others read: each reader sees one state, whole, and nobody waits."""

import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.errors import NoSuchSnapshot
from sipa_data.release import purge
from tests.unit.serving.conftest import publish_pair

CASES = Question("gewalt-faelle")


def cases(reader: Reader) -> int:
    return int(reader.ask(CASES).observations["n"].iloc[0])


def pair(reader: Reader) -> tuple[int, int]:
    """Both canary rows, each through a query of its own."""
    register = reader.mart.rows("register", register="muell")[-1]["value"]
    return cases(reader), int(register)


def test_the_house_shows_what_another_process_published_without_being_opened_again(house, publisher, tmp_path):
    assert cases(house.reader(Scope.chair())) == 100
    assert not house.renew()
    publish_pair(publisher, tmp_path, 101)
    assert house.renew()
    assert cases(house.reader(Scope.chair())) == 101


def test_a_reader_that_began_before_the_swap_finishes_on_the_old_state(house, publisher, tmp_path):
    reader = house.reader(Scope.chair())
    before = cases(reader)
    publish_pair(publisher, tmp_path, 101)
    house.renew()
    assert pair(reader) == (before, 100)
    assert reader.mart.snapshot.id < house.mart.snapshot.id


def test_a_link_on_an_old_state_gives_the_old_number_again(house, publisher, tmp_path):
    old = house.mart.snapshot.id
    for number in (101, 102, 103):
        publish_pair(publisher, tmp_path, number)
        house.renew()
    assert cases(house.reader(Scope.chair(), old)) == 100


def test_two_rows_that_are_published_together_are_always_seen_together(house, publisher, tmp_path):
    over = threading.Event()

    def look() -> set[tuple[int, int]]:
        seen = set()
        while not over.is_set():
            seen.add(pair(house.reader(Scope.chair())))
            time.sleep(0.01)
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(look) for _ in range(3)]
        try:
            for number in range(101, 105):
                publish_pair(publisher, tmp_path, number)
                assert house.renew()
        finally:
            over.set()
    seen = set.union(*(reader.result() for reader in readers))
    assert len(seen) > 1
    assert all(first == second for first, second in seen)


def test_old_marts_are_let_go_although_a_forgotten_tab_still_has_its_reader(house, publisher, tmp_path):
    forgotten, first = house.reader(Scope.chair()), weakref.ref(house.mart)
    for number in (101, 102, 103, 104):
        publish_pair(publisher, tmp_path, number)
        house.renew()
    gc.collect()
    assert first() is None
    assert cases(forgotten) == 100  # its mart is built again from the lake


def test_a_mart_that_cannot_be_built_leaves_the_old_one_in_place(house, publisher, tmp_path, monkeypatch):
    publish_pair(publisher, tmp_path, 101)
    with monkeypatch.context() as patched:
        patched.setattr("sipa_data.house.build_mart", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            house.renew()
    assert cases(house.reader(Scope.chair())) == 100
    assert house.renew()
    assert cases(house.reader(Scope.chair())) == 101


def test_what_was_purged_lives_on_neither_in_an_old_mart_nor_in_a_remembered_answer(house, publisher, tmp_path):
    secret = publish_pair(publisher, tmp_path, 4711)
    house.renew()
    reader = house.reader(Scope.chair())
    assert cases(reader) == 4711
    publish_pair(publisher, tmp_path, 101)
    house.renew()
    purge(publisher, secret, by="anna", second="bernd")
    house.renew()
    with pytest.raises(NoSuchSnapshot, match="gelöscht"):
        cases(reader)
    assert cases(house.reader(Scope.chair())) == 101


def test_a_state_that_never_existed_is_refused_in_german(house):
    with pytest.raises(NoSuchSnapshot, match="Datenstand 999"):
        house.reader(Scope.chair(), 999)
