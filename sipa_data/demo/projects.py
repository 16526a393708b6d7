"""Results of the projects: most stand in ``data/demo``; those of the three stories are counted in the city itself."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sipa_data.demo import plain, stories
from sipa_data.demo.expected import PUBLIC
from sipa_data.demo.frame import YEARS, Frame
from sipa_data.demo.incidents import PUBLISHED_IN_PUBLIC_SPACE, Counts, Incidents

BEFORE, AFTER, LATER = 2023, 2024, 2025
TIMES = {"vorher": BEFORE, "nachher": AFTER, "später": LATER}


@dataclass(frozen=True)
class Counted:
    """A result that is a count of recorded cases.

    ``compared`` : districts that nothing was done in; empty where nobody looked at any
    """

    project: str
    measure: str
    key: str
    districts: tuple[str, ...]
    compared: tuple[str, ...] = ()
    public: bool = False

    @property
    def design(self) -> str:
        return "mit Vergleich" if self.compared else "Vorher-Nachher"

    def cases(self, districts: tuple[str, ...], incidents: Incidents, frame: Frame) -> Counts:
        """Cases by year in some districts, shape (years,)."""
        counts = incidents.of(self.key)[:, :, frame.at(*districts)]
        return np.asarray((counts[..., PUBLIC] if self.public else counts.sum(axis=3)).sum(axis=(1, 2)))


def counted_results(frame: Frame) -> tuple[Counted, ...]:
    """The three stories. Districts beside the square are looked at as well: where else should it have gone?"""
    violence = PUBLISHED_IN_PUBLIC_SPACE[0]
    beside = frame.catalogue.districts[stories.DISPLACES].neighbours
    far = stories.FAR_FROM_THE_SQUARE
    return (
        Counted("SB-01", "Fahrraddiebstähle im Jahr", "***300", (stories.WORKS,), (stories.COMPARISON,)),
        Counted("SB-02", "Autoaufbrüche im Jahr", "*50*00", (stories.SEEMS_TO_WORK,)),
        Counted("SR-01", "Gewalttaten im öffentlichen Raum im Jahr", violence, (stories.DISPLACES,), far, public=True),
        Counted("SR-01", "Gewalttaten in den Nachbarbezirken im Jahr", violence, beside, far, public=True),
    )


HEADINGS = ("Projekt", "Maß", "Einheit", "Gruppe", "Zeitpunkt", "Wert", "Streuung", "Anzahl", "Anlage", "Richtung")


def result_table(incidents: Incidents, frame: Frame) -> pa.Table:
    """One row per project, measure, group and time."""
    rows = [tuple(row[heading] for heading in HEADINGS) for row in plain.rows("projektergebnisse")]
    for result in counted_results(frame):
        groups = {"mit Projekt": result.districts} | ({"Vergleich": result.compared} if result.compared else {})
        for group, districts in groups.items():
            cases = result.cases(districts, incidents, frame)
            for when, year in TIMES.items():
                count = str(cases[YEARS.index(year)])
                rows.append(
                    (
                        result.project,
                        result.measure,
                        "Fälle",
                        group,
                        when,
                        count,
                        "",
                        count,
                        result.design,
                        "weniger ist besser",
                    )
                )
    return pa.table({heading: [row[place] for row in rows] for place, heading in enumerate(HEADINGS)})
