"""``python -m soak [subject …]``: run what takes minutes, print it, and put it into docs/methods.md."""

import argparse
import importlib
import pkgutil
import sys
import time

import soak
from soak.report import Line, put, table

FRAME = {"__main__", "report", "simulated", "surveys"}
"""Modules that others build on."""


def main(arguments: list[str]) -> int:
    """Exit code 1 where an aim is missed, so that a nightly run can tell."""
    known = subjects()
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=f"of {', '.join(known)}; without: all")
    parser.add_argument("--only-print", action="store_true", help="leave docs/methods.md as it is")
    wished = parser.parse_args(arguments)
    if unknown := sorted(set(wished.subjects) - set(known)):
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
    missed = 0
    for subject in wished.subjects or known:
        print(f"{subject} …", flush=True)
        begun = time.perf_counter()
        body, failed = measured(subject)
        print(body)
        if body and not wished.only_print:
            put(subject, body)
        missed += failed
        print(f"{subject}: {time.perf_counter() - begun:.0f} s", flush=True)
    return 1 if missed else 0


def subjects() -> list[str]:
    """Every module of the package that can be run."""
    return sorted(module.name for module in pkgutil.iter_modules(soak.__path__) if module.name not in FRAME)


def measured(subject: str) -> tuple[str, int]:
    """What a subject gives, as Markdown, and how many aims it missed."""
    module = importlib.import_module(f"soak.{subject}")
    found = module.run()
    if hasattr(module, "told"):
        return "\n".join(module.told(found)), 0
    lines: list[Line] = list(found or ())
    return (table(lines) if lines else ""), sum(line.reaches is False for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
