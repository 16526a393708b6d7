"""What the Überblick asks: found by running the page itself, so that the measurement cannot fall behind it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from bench.measure import PROJECT
from pages.parts.opened import opened_house
from sipa_data.access.scope import Scope
from sipa_data.answers import Question, Reader
from sipa_data.answers.ask import ask
from sipa_data.marts import Mart
from sipa_data.settings import Settings

Query = tuple[str, dict[str, Any]]
"""Name of an SQL file of the mart, and its bound values."""


def environment(settings: Settings) -> dict[str, str]:
    """What a process needs to open this city."""
    return {
        "SIPA_CITY": str(settings.city),
        "SIPA_LAKE": settings.lake,
        "SIPA_LAKE_FILES": str(settings.lake_files),
    }


def questions(settings: Settings) -> list[Question]:
    """Every question of a first visit to the Überblick, each once."""
    asked: dict[Question, None] = {}
    real = Reader.ask

    def noting(reader: Reader, question: Question) -> object:
        asked[question] = None
        return real(reader, question)

    opened_house.clear()
    with patch.dict(os.environ, environment(settings)), patch.object(Reader, "ask", noting):
        visit = AppTest.from_file(str(PROJECT / "pages" / "main.py"), default_timeout=120).run()
    opened_house.clear()
    if visit.exception or not asked:
        raise RuntimeError(f"the Überblick did not run: {visit.exception}")
    return list(asked)


def queries(mart: Mart, asked: list[Question]) -> list[Query]:
    """Every query that these questions put to a mart that has answered nothing yet, repeated ones included."""
    with _noted() as found:
        for question in asked:
            ask(mart, Scope.chair(), question)
    return found


@contextmanager
def _noted() -> Iterator[list[Query]]:
    found: list[Query] = []
    real = Mart.query

    def noting(mart: Mart, name: str, **values: object) -> pa.Table:
        found.append((name, values))
        return real(mart, name, **values)

    with patch.object(Mart, "query", noting):
        yield found
