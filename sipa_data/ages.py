"""Age groups as they are written (``14-17``, ``60+``), and how some of them make up another."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

OLDEST = 200
"""Nobody is older; the last year of a group that is open above."""


@dataclass(frozen=True, order=True)
class AgeGroup:
    """Years of age from ``first`` to ``last``, both included."""

    first: int
    last: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """``14-17`` or ``60+``; None for anything else."""
        if found := re.fullmatch(r"(\d{1,3})-(\d{1,3})", text):
            first, last = int(found[1]), int(found[2])
            return cls(first, last) if first <= last else None
        if found := re.fullmatch(r"(\d{1,3})\+", text):
            return cls(int(found[1]), OLDEST)
        return None

    def __str__(self) -> str:
        return f"{self.first}+" if self.last == OLDEST else f"{self.first}-{self.last}"

    @property
    def german(self) -> str:
        """``14 bis 17 Jahre``, ``ab 60 Jahren``, ``unter 14 Jahren``."""
        if self.last == OLDEST:
            return f"ab {self.first} Jahren"
        return f"unter {self.last + 1} Jahren" if self.first == 0 else f"{self.first} bis {self.last} Jahre"

    def overlaps(self, other: "AgeGroup") -> bool:
        return self.first <= other.last and other.first <= self.last


EVERYBODY = AgeGroup(0, OLDEST)


def joined(groups: Iterable[AgeGroup]) -> tuple[AgeGroup, ...]:
    """Groups that follow each other without a gap as one, youngest first."""
    found: list[AgeGroup] = []
    for group in sorted(groups):
        if found and found[-1].last + 1 == group.first:
            found[-1] = AgeGroup(found[-1].first, group.last)
        else:
            found.append(group)
    return tuple(found)


def made_up_of(wanted: AgeGroup, known: Iterable[AgeGroup]) -> tuple[AgeGroup, ...] | None:
    """Known groups that are exactly the wanted one together, youngest first; None where there are none.

    Of several ways the one with the fewest groups is taken.
    """
    inside = [group for group in known if wanted.first <= group.first and group.last <= wanted.last]
    ways: dict[int, tuple[AgeGroup, ...]] = {wanted.first: ()}
    for group in sorted(inside):
        before = ways.get(group.first)
        after = ways.get(group.last + 1)
        if before is not None and (after is None or len(before) + 1 < len(after)):
            ways[group.last + 1] = (*before, group)
    return ways.get(wanted.last + 1)


SEXES = ("w", "m", "d")

Group = tuple[AgeGroup | None, str | None]
"""Age group and sex that a number is given for; None: all."""


def groups_that_make_up(
    ages: tuple[AgeGroup, ...], sex: str | None, known: Collection[Group]
) -> tuple[Group, ...] | None:
    """The given groups that make up the asked ones, so that each person is in just one of them; None: there are none.

    Parameters
    ----------
    ages : disjoint age groups; none: all ages
    sex : None: all
    known : groups that numbers are given for; sums are preferred to their parts
    """
    for sexes in ((sex,),) if sex else ((None,), SEXES):
        given = {age for age, of_sex in known if of_sex in sexes}
        found = _ages(ages, given)
        if found is not None:
            return tuple((age, of_sex) for age in found for of_sex in sexes)
    return None


def _ages(wanted: tuple[AgeGroup, ...], known: set[AgeGroup | None]) -> tuple[AgeGroup | None, ...] | None:
    if not wanted and None in known:
        return (None,)
    spans = [age for age in known if age is not None]
    found = [made_up_of(group, spans) for group in wanted or (EVERYBODY,)]
    if any(groups is None for groups in found):
        return None
    return tuple(age for groups in found if groups is not None for age in groups)
