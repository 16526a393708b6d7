"""The table of all verdicts in docs/methods.md, made anew from the code: ``python -m soak verdict_examples``."""

from collections.abc import Iterable

from sipa_data.answers.verdict_examples import table


def run() -> list[str]:
    return table().splitlines()


def told(lines: Iterable[str]) -> list[str]:
    return list(lines)
