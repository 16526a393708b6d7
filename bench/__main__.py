"""``python -m bench [subject …]``: measure, print the table, and put it into docs/benchmarks.md."""

import argparse
import shutil
import sys
import time
from collections.abc import Callable

from bench import browser, disclosure, incoming, questions, reruns, roles
from bench.city import WORK
from bench.report import Row, table, write


def main(arguments: list[str]) -> None:
    subjects = _subjects(large="--large" in arguments)
    parser = _parser(subjects)
    wished = parser.parse_args(arguments)
    if unknown := set(wished.subjects) - set(subjects):
        parser.error(f"no such subject: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    for subject in wished.subjects or subjects:
        print(f"{subject} …", flush=True)
        begun = time.perf_counter()
        rows += subjects[subject]()
        print(f"{subject}: {time.perf_counter() - begun:.0f} s", flush=True)
    print(table(rows))
    if not wished.only_print:
        write(rows)


def _subjects(*, large: bool) -> dict[str, Callable[[], list[Row]]]:
    """What can be measured, in the order in which it is."""
    sizes = (*questions.SIZES, questions.LARGE) if large else questions.SIZES
    return {
        "questions": lambda: questions.measure(sizes),
        "import": _imported,
        "reruns": reruns.measure,
        "roles": roles.measure,
        "browser": browser.measure,
        "disclosure": disclosure.measure,
    }


def _imported() -> list[Row]:
    """The files are large and made in seconds, so they are not kept."""
    folder = WORK / "incoming"
    try:
        return incoming.measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _parser(subjects: dict[str, Callable[[], list[Row]]]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=f"of {', '.join(subjects)}; without: all")
    parser.add_argument("--large", action="store_true", help="with 100 million incidents, too")
    parser.add_argument("--only-print", action="store_true", help="leave docs/benchmarks.md as it is")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
