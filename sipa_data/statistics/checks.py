"""What every method asks of its numbers before it computes: finite, in range, the right shape."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
LARGEST_EXACT = 2.0**53
"""Above this a float64 no longer tells neighbouring whole numbers apart."""


class UnusableNumbers(ValueError):
    """Numbers that a method cannot work with: negative counts, no weight at all, a share above one.

    Meant for the log. Whoever calls checks what users deliver long before, and says so in German.
    """


def finite(name: str, values: ArrayLike) -> Array:
    """``values`` as float64, refused where one is missing or infinite."""
    numbers = np.asarray(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise UnusableNumbers(f"{name}: a value is missing or infinite")
    return numbers


def not_negative(name: str, values: ArrayLike) -> Array:
    numbers = finite(name, values)
    if (numbers < 0).any():
        raise UnusableNumbers(f"{name}: {numbers.min()} is negative")
    return numbers


def positive(name: str, values: ArrayLike) -> Array:
    numbers = finite(name, values)
    if (numbers <= 0).any():
        raise UnusableNumbers(f"{name}: {numbers.min()} is not above zero")
    return numbers


def whole_counts(name: str, values: ArrayLike) -> Array:
    """Counts: whole numbers from zero up to what a float64 holds exactly."""
    numbers = not_negative(name, values)
    if (numbers != np.floor(numbers)).any() or (numbers > LARGEST_EXACT).any():
        raise UnusableNumbers(f"{name}: counts are whole numbers up to 2^53")
    return numbers


def shares(name: str, values: ArrayLike) -> Array:
    numbers = not_negative(name, values)
    if (numbers > 1).any():
        raise UnusableNumbers(f"{name}: {numbers.max()} is no share, it is above 1")
    return numbers


def probability(name: str, value: float) -> float:
    """A single number strictly between 0 and 1, such as a confidence."""
    if not 0 < value < 1:
        raise UnusableNumbers(f"{name}: {value} does not lie between 0 and 1")
    return float(value)


def same_length(**columns: NDArray[Any]) -> None:
    """Columns of one table: one-dimensional and equally long."""
    if any(column.ndim != 1 for column in columns.values()):
        raise UnusableNumbers(f"{', '.join(columns)}: one-dimensional columns are needed")
    if len({column.size for column in columns.values()}) > 1:
        lengths = ", ".join(f"{name} {column.size}" for name, column in columns.items())
        raise UnusableNumbers(f"columns of different lengths: {lengths}")
