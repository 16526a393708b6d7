"""Where all chance of the example city comes from: one fixed seed, one independent stream per subject."""

from zlib import crc32

import numpy as np

SEED = 2035  # with any other number the city tells the same stories with slightly other figures


def stream(subject: str) -> np.random.Generator:
    """The same numbers for the same subject in every run; a change in one subject leaves the others alone."""
    return np.random.default_rng([SEED, crc32(subject.encode())])


def swings(chance: np.random.Generator, sigma: object, shape: tuple[int, ...]) -> np.ndarray:
    """Factors around 1 whose logarithm has the standard deviation sigma (broadcast over the last axes)."""
    return np.asarray(np.exp(chance.standard_normal(shape) * np.asarray(sigma, dtype=float)))
