"""``python -m security``: whether a pinned library has a weakness that is on the list. Asks no other machine."""

import sys
from collections.abc import Sequence
from pathlib import Path

from security.locks import LIST, LOCKS, UnfitList, read_advisories, weaknesses


def main(locks: Sequence[Path] = LOCKS, known: Path = LIST) -> int:
    """Exit code 1 where something was found or could not be compared."""
    try:
        advisories = read_advisories(known)
        found = [sentence for lock in locks for sentence in weaknesses(lock, advisories)]
    except UnfitList as fault:
        print(fault, file=sys.stderr)
        return 1
    for sentence in found:
        print(sentence, file=sys.stderr)
    if found:
        print("Bitte die Grenzen in pyproject.toml anheben und mit „make lock“ neu festlegen.", file=sys.stderr)
        return 1
    count = sum(len(one) for one in advisories.fixed_in.values())
    print(
        f"Bibliotheken: keine der {count} Schwachstellen der Liste vom {advisories.checked:%d.%m.%Y}. "
        "Was seither bekannt wurde, findet „make audit“ (mit Internet)."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
