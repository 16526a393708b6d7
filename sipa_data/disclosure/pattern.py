"""The pattern of hidden cells: small counts, and as many others as it takes that no sum gives them away."""

from collections.abc import Iterable

from numpy.typing import ArrayLike

from sipa_data.disclosure.lines import Line, Lines
from sipa_data.disclosure.rules import SMALLEST_SHOWN_INCIDENTS, UnsafeTable
from sipa_data.disclosure.table import Flags, Previous, Table


def hide(
    values: ArrayLike,
    lines: Lines | Iterable[Line],
    *,
    smallest: int = SMALLEST_SHOWN_INCIDENTS,
    known_groups: ArrayLike | None = None,
    previous: Previous | None = None,
) -> Flags:
    """Which cells of a published table are hidden from protected readers.

    Parameters
    ----------
    values : shape (n,), whole numbers >= 0, all cells of all cuts that can be held against each other
    lines : the sums among them, as Lines or single ones
    smallest : the smallest count above zero that may be shown
    known_groups : shape (n,), whole number of the group (district council) that knows the cell's true value anyway, or
        NOBODY; see ``own_totals``
    previous : the pattern published last

    Returns
    -------
    Shape (n,), True where the cell is hidden. Zeros are always shown.

    Raises
    ------
    UnsafeTable (a ValueError) : a negative count, a line that does not add up, columns of different lengths

    The rule, repeated until nothing changes. Counts from 1 to ``smallest`` − 1 are hidden. Then each line must, for a
    reader from outside and for each group that knows its own cells, have no unknown cell left or at least two, and
    where the total is shown the k unknown parts must sum to at least k + 2: hidden parts are at least 1, because
    zeros are shown, so each of them may still be any of three whole numbers. Totals may be hidden, so zeros never
    have to be: with all counts above zero hidden, all that others contributed could be twice or three times as much.
    A further cell is a part rather than a total, one that mends several lines at once and opens none, and a small
    one: by order of magnitude (1–3, 4–7, 8–15, …), not by the exact count, so that the choice says little about it
    and changes seldom. A cell that did not change since ``previous`` keeps its status: it stays hidden, and one that
    has been seen already would protect nothing and is hidden only where nothing else is left.

    The rule looks at one line at a time; ``protect`` looks at all of them together.
    Source: the house rule of docs/methods.md; cell suppression as in Hundepool et al. (2012), Statistical Disclosure
    Control, ch. 4.
    """
    table = Table.of(values, lines, known_groups, previous)
    return table.closed((table.values > 0) & (table.values < smallest) | table.kept)


def close(
    hidden: Flags,
    values: ArrayLike,
    lines: Lines | Iterable[Line],
    *,
    known_groups: ArrayLike | None = None,
    previous: Previous | None = None,
) -> Flags:
    """The same rule from a given pattern on: what else must be hidden so that ``hidden`` holds. See ``hide``."""
    table = Table.of(values, lines, known_groups, previous)
    if hidden.shape != table.values.shape or (hidden & (table.values == 0)).any():
        raise UnsafeTable("hidden: one flag per cell, and none on a zero")
    return table.closed(hidden | table.kept)
