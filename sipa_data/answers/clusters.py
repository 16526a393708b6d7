"""Waves that asked several people of one house, street or class: they are alike, so that each tells less.

Kish's effective size knows only the weights. For such a wave, the variance that the design gives (Taylor linearisation
over clusters) is held against it, and the effective size shrinks by as much; it never grows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from sipa_data.answers.yardsticks import members
from sipa_data.areas import CITY
from sipa_data.marts import Mart
from sipa_data.statistics.checks import Array
from sipa_data.statistics.designs import design_ratios, sample_design

QUANTILE = 0.975
ASKED_TOGETHER = (
    "{title}: Befragt wurden Gruppen, etwa alle in einem Haus oder einer Straße. Weil Menschen einer Gruppe ähnlich "
    "antworten, sind die Bereiche breiter."
)


def asks_clusters(mart: Mart, wave: str) -> bool:
    """Whether anybody in a wave was drawn in a cluster."""
    rows = mart.query("survey_districts", wave=wave).to_pylist()
    return any(row["in_clusters"] for row in rows)


@dataclass(frozen=True)
class Clusters:
    """Sums of one item in one wave, one entry per district and cluster.

    ``weight`` : of the valid answers of the group that is asked about; ``value`` : the same times the answer
    """

    district: NDArray[np.str_]
    stratum: NDArray[np.str_]
    cluster: NDArray[np.str_]
    weight: Array
    value: Array

    @classmethod
    def of(cls, mart: Mart, answer_value: Callable[[str], float | None], **asked: object) -> Self:
        """``answer_value`` : what an answer counts; None: it is no valid one."""
        sums: dict[tuple[str, str, str], list[float]] = {}
        for row in mart.query("cluster_sums", **asked).to_pylist():
            place = sums.setdefault((row["district"], row["stratum"], row["cluster"]), [0.0, 0.0])
            counts = None if row["answer"] is None else answer_value(row["answer"])
            if counts is not None:
                place[0] += row["sum_weight"]
                place[1] += row["sum_weight"] * counts
        district, stratum, cluster = np.array(list(sums), dtype=np.str_).reshape(-1, 3).T
        weight, value = np.array(list(sums.values()), dtype=np.float64).reshape(-1, 2).T
        return cls(district, stratum, cluster, weight, value)

    def shrinking(self, areas: Sequence[str], plain: Array, n_effective: Array, *, rest: bool) -> Array:
        """Factor by which each area's effective size shrinks, above 0 and at most 1; shape (k,).

        Parameters
        ----------
        areas : or, with ``rest``, the city without each of them
        plain : shape (k,), the variance of each estimate as the weights alone give it
        n_effective : shape (k,), the effective size as the weights alone give it

        With few clusters the t quantile replaces the normal one (Korn, Graubard 1998). Where all of an area answer
        alike or come from one cluster, no spread is seen, and each cluster counts as one answer.
        """
        inside = np.stack([self._inside(area, rest=rest) for area in areas])
        clusters = np.array([self._held(one) for one in inside], dtype=np.float64)
        factor = np.divide(clusters, n_effective, out=np.ones(clusters.size), where=n_effective > 0)
        several = clusters > 1
        if several.any():
            design = sample_design(np.ones(self.weight.size), self.stratum, self.cluster, lonely="centre")
            found = design_ratios(design, self.value, self.weight, inside[several])
            widened = (stdtrit(found.degrees_of_freedom, QUANTILE) / ndtri(QUANTILE)) ** 2
            simple = plain[several]
            known = (found.variance > simple * 1e-12) & (simple > 0) & np.isfinite(simple)
            factor[several] = np.divide(simple, found.variance * widened, out=factor[several], where=known)
        return np.minimum(factor, 1.0)

    def _inside(self, area: str, *, rest: bool) -> NDArray[np.bool_]:
        own = np.ones(self.district.size, dtype=bool) if area == CITY else np.isin(self.district, members(area))
        return ~own if rest else own

    def _held(self, inside: NDArray[np.bool_]) -> int:
        """Clusters with anybody of the group in them."""
        there = inside & (self.weight > 0)
        return len(set(zip(self.stratum[there], self.cluster[there], strict=True)))
