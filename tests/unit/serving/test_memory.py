"""What is remembered is bounded by its bytes, and kept apart by everything it depends on."""

import gc
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest

from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.answers.reader import AnswerMemory, size_of
from sipa_data.memory import Memory
from sipa_data.periods import Period
from tests.support.facts import Facts

VIOLENCE = """
year|district_id|offence_key|cases
2024|01|892000|300
2025|01|892000|320
2025|02|892000|2
"""


@pytest.fixture(scope="module")
def mart():
    return Facts().yearly(VIOLENCE).mart()


def text(length: int) -> Memory[str, str]:
    return Memory(length, len)


def test_the_least_recently_used_is_forgotten_when_the_bytes_are_used_up():
    memory = text(10)
    for key in ("a", "b", "a", "c"):
        memory.recall(key, lambda: "x" * 5)
    made = []
    for key in ("a", "c", "b"):
        memory.recall(key, lambda key=key: made.append(key) or "y" * 5)
    assert made == ["b"]
    assert memory.bytes_held == 10


def test_what_is_larger_than_the_whole_memory_is_given_but_not_kept():
    memory = text(10)
    assert memory.recall("a", lambda: "x" * 11) == "x" * 11
    assert len(memory) == 0


def test_two_who_ask_for_the_same_at_the_same_time_share_one_piece_of_work():
    memory, made, ready = text(100), [], threading.Barrier(4)

    def slowly() -> str:
        made.append(1)
        time.sleep(0.05)
        return "x"

    def ask(_: int) -> str:
        ready.wait()
        return memory.recall("a", slowly)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == ["x"] * 4
    assert made == [1]


def test_work_that_fails_is_done_again_by_the_next_who_asks():
    memory = text(100)
    with pytest.raises(ZeroDivisionError):
        memory.recall("a", lambda: 1 / 0)
    assert memory.recall("a", lambda: "x") == "x"


def test_an_answer_is_remembered_for_the_same_question_and_reader(mart):
    reader = Reader(mart, Scope.chair())
    assert reader.ask(Question("gewalt-faelle")) is reader.ask(Question("gewalt-faelle"))


def test_readers_of_different_roles_never_share_an_answer(mart):
    memory, small = AnswerMemory(), Question("gewalt-faelle", districts=("02",), period=Period.year(2025))
    seen = Reader(mart, Scope.chair(), memory).ask(small).observations["n"]
    hidden = Reader(mart, Scope.public(), memory).ask(small).observations["n"]
    assert seen.tolist() == [2]
    assert hidden.isna().all()


def test_answers_of_different_states_never_meet():
    memory, before, after = AnswerMemory(), Facts(snapshot=1).yearly(VIOLENCE), Facts(snapshot=2).yearly(VIOLENCE)
    after.yearly("year|district_id|offence_key|cases\n2025|03|892000|40")
    counts = [
        int(Reader(facts.mart(), Scope.chair(), memory).ask(Question("gewalt-faelle")).observations["n"].iloc[0])
        for facts in (before, after)
    ]
    assert counts == [322, 362]


def test_the_bytes_counted_for_an_answer_are_about_those_it_takes(mart):
    # pandas makes many small objects for one frame: counted by its cells alone, the memory would grow fifty-fold.
    reader = Reader(mart, Scope.chair(), AnswerMemory(0))  # keeps nothing
    questions = [Question("gewalt-faelle", period=Period.year(year)) for year in (2024, 2025)] * 50
    reader.ask(questions[0])
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    answers = [reader.ask(question) for question in questions]
    gc.collect()
    taken = (tracemalloc.get_traced_memory()[0] - before) / len(answers)
    tracemalloc.stop()
    counted = sum(map(size_of, answers)) / len(answers)
    assert 0.6 < counted / taken < 1.6


def test_the_answers_of_a_process_stay_within_their_bytes(mart):
    memory = AnswerMemory(100_000)
    reader = Reader(mart, Scope.chair(), memory)
    for year in range(1990, 2026):
        reader.ask(Question("gewalt-faelle", period=Period.year(year)))
    assert 0 < memory.bytes_held <= 100_000


def test_a_query_that_was_asked_already_is_not_run_again(mart):
    rows = mart.query("population")
    assert mart.query("population") is rows
    assert mart.query("register", register="a") is not mart.query("register", register="b")
