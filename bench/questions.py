"""All questions of the Überblick, nothing remembered: the mart against raw Parquet, pandas and polars."""

import time
from collections.abc import Callable, Iterable

from bench.city import RawCity, example_city, raw_city
from bench.frames import InPandas, InPolars, Runs, asked_of_frames
from bench.measure import seconds
from bench.overview import Query, queries, questions
from bench.raw_files import RawFiles
from bench.report import Row, at_least, at_most
from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.answers.ask import ask
from sipa_data.marts import Mart
from sipa_data.marts.mart import asked

SIZES = (1_000_000, 10_000_000)
LARGE = 100_000_000
COMPARED = 10_000_000
"""With how many incidents the mart is compared with the other ways."""
RUNS = 7


def measure(sizes: tuple[int, ...] = SIZES, compared: int = COMPARED) -> list[Row]:
    """Every size on the mart, in turns, so that a busy second of the machine hits all; one size on the other ways."""
    settings = example_city()
    asked = questions(settings)
    cities = {size: raw_city(settings, size) for size in sizes}
    built = {size: _timed(city.mart) for size, city in cities.items()}
    marts = {size: mart for size, (mart, _) in built.items()}
    wanted = queries(marts[sizes[0]], asked)
    durations = _in_turns({size: lambda mart=mart: _run(mart, wanted) for size, mart in marts.items()})
    answered = _in_turns({size: lambda mart=mart: _answer(mart, asked) for size, mart in marts.items()})
    smallest, rows = sizes[0], []
    for size in sizes:
        what = f"{len(wanted)} queries of {len(asked)} questions, mart of {size:,} incidents"
        against = (f"{smallest:,}: {_ms(durations[smallest])}", at_most(1.3, durations[size] / durations[smallest]))
        compare, ratio = against if size != smallest else ("", {})
        rows.append(Row("questions", what, _ms(durations[size]), compare, **ratio))
        rows.append(Row("questions", f"the same with statistics and verdicts, {size:,}", _ms(answered[size])))
        rows.append(Row("questions", f"build of the mart, {size:,} incidents", f"{built[size][1]:.1f} s"))
    if compared in cities:
        rows += _against_others(cities[compared], marts[compared], wanted)
    return rows


def _against_others(city: RawCity, mart: Mart, wanted: list[Query]) -> list[Row]:
    """Query by query, ours and theirs in turns: a busy second of the machine hits both."""
    rows = [_compared("the same SQL on raw Parquet", mart, RawFiles(city, mart), wanted, aim=True)]
    few = asked_of_frames(wanted)
    for name, make in (("pandas", InPandas), ("polars", InPolars)):
        rows.append(_compared(f"{name} in memory, {len(few)} of the queries", mart, make.of(city, mart), few))
    return rows


def _compared(what: str, mart: Mart, others: Runs, wanted: list[Query], *, aim: bool = False) -> Row:
    ours = theirs = 0.0
    for query in wanted:
        ours += seconds(lambda query=query: _run(mart, [query]), runs=3)
        theirs += seconds(lambda query=query: others.run(query), runs=1)
    ratio = at_least(20, theirs / ours)
    return Row(
        "questions", f"mart against {what}", _ms(ours), _ms(theirs), **(ratio if aim else {"ratio": ratio["ratio"]})
    )  # type: ignore[arg-type]


def _in_turns(works: dict[int, Callable[[], object]]) -> dict[int, float]:
    """Median duration of each, run one after the other again and again."""
    found: dict[int, list[float]] = {size: [] for size in works}
    for _ in range(RUNS):
        for size, work in works.items():
            found[size].append(seconds(work, runs=1))
    return {size: sorted(times)[len(times) // 2] for size, times in found.items()}


def _run(mart: Mart, wanted: Iterable[Query]) -> None:
    """Past the mart's memory, and each query as often as it is asked."""
    for name, values in wanted:
        asked(mart.connection, mart.time_limit, name, values)


def _answer(mart: Mart, asked: Iterable[Question]) -> None:
    """As a first visitor after a new Datenstand: nothing is remembered yet."""
    mart.results.forget(lambda _: True)
    mart.derived.clear()
    for question in asked:
        ask(mart, Scope.chair(), question)


def _timed(work: Callable[[], Mart]) -> tuple[Mart, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def _ms(duration: float) -> str:
    return f"{1000 * duration:,.0f} ms"
