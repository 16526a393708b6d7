"""A query that takes too long is interrupted, and only that one."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import duckdb
import pytest

from sipa_data.errors import QueryTooSlow
from sipa_data.marts.time_limit import TimeLimit
from tests.support.facts import Facts

ENDLESS = "select sum(a.range * b.range % 7) from range(10_000_000) a, range(10_000_000) b"


@pytest.fixture(scope="module")
def limit():
    return TimeLimit(0.3)


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        yield opened


def run(connection, limit, sql):
    with connection.cursor() as cursor, limit.over(cursor):
        return cursor.execute(sql).fetchone()


def test_a_query_that_takes_too_long_is_interrupted_with_a_german_sentence(connection, limit):
    begun = time.monotonic()
    with pytest.raises(QueryTooSlow, match="nach 0,3 Sekunden abgebrochen"):
        run(connection, limit, ENDLESS)
    assert time.monotonic() - begun < 20  # it would run for days


def test_others_go_on_while_one_is_interrupted(connection, limit):
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(run, connection, limit, ENDLESS)
        quick = [run(connection, limit, f"select {number}") for number in range(100)]
        assert isinstance(slow.exception(), QueryTooSlow)
    assert quick == [(number,) for number in range(100)]


def test_what_comes_after_an_interrupted_query_has_its_whole_time(connection, limit):
    with pytest.raises(QueryTooSlow):
        run(connection, limit, ENDLESS)
    assert run(connection, limit, "select 42") == (42,)


def test_an_interruption_by_somebody_else_is_not_called_slow(connection):
    with TimeLimit(60).over(connection), pytest.raises(duckdb.InterruptException):
        raise duckdb.InterruptException("stopped")


def test_a_question_to_the_mart_has_the_limit(monkeypatch):
    mart = replace(Facts().yearly("year|district_id|offence_key|cases\n2025|01|892000|7").mart())
    monkeypatch.setattr("sipa_data.marts.mart.statement", lambda *_: ENDLESS)
    with pytest.raises(QueryTooSlow):
        replace(mart, time_limit=TimeLimit(0.2)).query("uploads")
