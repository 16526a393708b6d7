"""What there is to be found in the recorded cases. Each story changes what is expected, never a count that was drawn.

``docs/example-city.md`` tells them, with the numbers that prove them; tests compare both with the built city.
"""

import numpy as np

from sipa_data.demo.expected import PUBLIC
from sipa_data.demo.frame import PLACES, YEARS, Frame
from sipa_data.demo.kinds import WITHOUT_ALIEN_LAW, Kinds
from sipa_data.demo.plain import Numbers

DWELLING = PLACES.index("wohnung")
CENTRE = "01"
# 2025 against 2024, all offences without the law on aliens: the centre falls, sixteen of 23 districts rise.
COURSE_2025 = {
    "01": 0.915, "02": 1.08, "03": 1.07, "04": 1.07, "05": 0.92, "06": 1.05, "07": 0.82, "08": 1.20,
    "09": 1.12, "10": 1.09, "11": 1.17, "12": 1.15, "13": 1.11, "14": 0.84, "15": 1.22, "16": 1.16,
    "17": 0.88, "18": 0.85, "19": 1.12, "20": 1.08, "21": 1.18, "22": 0.86, "23": 1.08,
}  # fmt: skip
VIOLENCE_IN_THE_CENTRE_2025 = 0.84  # beside the general fall, on streets and squares

CALMER_BUT_AFRAID = "22"  # less and less happens here, and fear rises all the same (see survey)
CALMER_2024 = 0.89

WORKS, COMPARISON = "20", "12"  # bicycle parking; the comparison district has none
WORKS_FROM, WORKS_FACTOR = 2024, 0.52

SEEMS_TO_WORK = "10"  # a peak by chance, a measure, and back to what was usual
PEAK_YEAR, PEAK_FACTOR = 2023, 2.1

DISPLACES = "06"  # violence leaves the square and turns up next door
FAR_FROM_THE_SQUARE = ("04", "05", "12", "20", "22")  # nothing was done there, and it is no neighbour
DISPLACES_FROM, DISPLACES_FACTOR = 2024, 0.66
BEGINS = "09"  # burglaries in the weeks before Christmas, after everything else was drawn
BEGINS_IN, BEGINS_CASES = (2025, (11, 12)), (8.0, 30.0)
PUBLIC_VIOLENCE = ("raub_strasse", "raub_raum", "kv_strasse", "kv_sonst")


def steady_cells(frame: Frame) -> dict[str, list[int]]:
    """Where a kind's own swing would blur a story."""
    river = frame.at(CENTRE, DISPLACES, *FAR_FROM_THE_SQUARE) + frame.neighbours(DISPLACES)
    return dict.fromkeys(PUBLIC_VIOLENCE, river) | {
        "fahrrad": frame.at(WORKS, COMPARISON),
        "kfz": frame.at(SEEMS_TO_WORK),
    }


def tell(expected: Numbers, kinds: Kinds, frame: Frame) -> Numbers:
    """Expected cases, shape (kinds, years, 12, districts, places), with all stories in them."""
    told = expected.copy()
    _works(told, kinds, frame)
    _seems_to_work(told, kinds, frame)
    _displaces(told, kinds, frame)
    _calmer(told, frame)
    _centre_falls(told, kinds, frame)
    return told


def beginning(kinds: Kinds, frame: Frame, shape: tuple[int, ...]) -> Numbers:
    """What is to be expected beside everything else: a run of burglaries in one district, drawn for itself."""
    extra = np.zeros(shape)
    year, months = BEGINS_IN
    for month, cases in zip(months, BEGINS_CASES, strict=True):
        extra[kinds.at("einbruch")[0], YEARS.index(year), month - 1, frame.at(BEGINS)[0], DWELLING] = cases
    return extra


def _since(year: int) -> slice:
    return slice(YEARS.index(year), None)


def _works(told: Numbers, kinds: Kinds, frame: Frame) -> None:
    told[kinds.at("fahrrad")[0], _since(WORKS_FROM), :, frame.at(WORKS)[0]] *= WORKS_FACTOR


def _seems_to_work(told: Numbers, kinds: Kinds, frame: Frame) -> None:
    told[kinds.at("kfz")[0], YEARS.index(PEAK_YEAR), :, frame.at(SEEMS_TO_WORK)[0]] *= PEAK_FACTOR


def _displaces(told: Numbers, kinds: Kinds, frame: Frame) -> None:
    """What the square loses, the neighbours get, month by month."""
    here, beside = frame.at(DISPLACES)[0], frame.neighbours(DISPLACES)
    for kind in kinds.at(*PUBLIC_VIOLENCE):
        public = told[kind, _since(DISPLACES_FROM), :, :, PUBLIC]
        lost = public[:, :, here] * (1 - DISPLACES_FACTOR)
        public[:, :, beside] *= (1 + lost / public[:, :, beside].sum(axis=2))[:, :, None]
        public[:, :, here] -= lost


def _calmer(told: Numbers, frame: Frame) -> None:
    told[:, _since(2024), :, frame.at(CALMER_BUT_AFRAID)[0]] *= CALMER_2024


def _centre_falls(told: Numbers, kinds: Kinds, frame: Frame) -> None:
    """Each district's total of 2025 is what the course says, whatever its offences do."""
    for kind in kinds.at(*PUBLIC_VIOLENCE):
        told[kind, _since(2025), :, frame.at(CENTRE)[0], PUBLIC] *= VIOLENCE_IN_THE_CENTRE_2025
    counted = kinds.keys[WITHOUT_ALIEN_LAW]
    totals = told[counted].sum(axis=(0, 2, 4))  # years × districts
    wanted = totals[YEARS.index(2024)] * np.array([COURSE_2025[district] for district in frame.catalogue.districts])
    told[:, _since(2025)] *= (wanted / totals[YEARS.index(2025)])[:, None]
