"""Five survey waves: who answers, with which weight, and what they say.

Answers hang together through one thing that nobody asks: how afraid a person is. It depends on the district, on sex
and age, and on whether somebody knows what is being done; each answer depends on it more or less (``fragen.csv``).
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import norm

from sipa_data.demo import plain
from sipa_data.demo.chance import stream, swings
from sipa_data.demo.frame import Frame
from sipa_data.demo.incidents import words
from sipa_data.demo.plain import Numbers, Row
from sipa_data.demo.stories import CALMER_BUT_AFRAID

Places = NDArray[np.int64]

AGES = ("14-29", "30-44", "45-59", "60-74", "75+")
LIVING = np.array([0.235, 0.275, 0.235, 0.165, 0.090])  # of those who may be asked
ANSWERING = np.array([0.165, 0.235, 0.265, 0.235, 0.100])  # older people answer more often
SEXES, SEX_SHARES = ("w", "m", "d"), np.array([0.515, 0.481, 0.004])
WITH_CHILD = np.array([0.10, 0.48, 0.32, 0.03, 0.01])
VISITS = {"innen": np.array([0.36, 0.36, 0.19, 0.09]), "außen": np.array([0.12, 0.28, 0.35, 0.25])}
MIGRATION_ANSWERING = 0.84  # people with a migration background answer less often

SMALL_DISTRICTS_TOO = 0.60  # sample size grows with this power of the population, so that small districts can be told
WEIGHT_NOISE = 0.22
AFRAID_BY_SEX, AFRAID_BY_AGE, AFRAID_IF_INFORMED = 0.22, 0.05, -0.14
AFRAID_AGAIN = {"2023": 0.10, "2025": 0.62}  # the district of the story, beside its usual level
DONT_KNOW = 0.7  # of those who gave no answer
BY_AGE_ONLY = "Altersgruppe"  # the first wave was not weighted back to the districts: SiPa has to find that out
YES, NO, NOT_ASKED, UNKNOWN, REFUSED = "1", "2", "97", "98", "99"
INFORMED, VICTIM, REPORTED, CHILD = "kennt_massnahme", "opfer_12_monate", "angezeigt", "kind_im_haushalt"
ONLY_AMONG = {REPORTED: VICTIM, "sorge_schulweg": CHILD, "note_partnerschaft": "kennt_partnerschaft"}


@dataclass(frozen=True)
class People:
    """Who answered, one entry each. All but the weights are places in the lists above or yes (True).

    ``weight`` brings districts and ages back to what they are in the city; ``delivered`` is what the institute sends.
    """

    district: Places
    age: Places
    sex: Places
    migration: NDArray[np.bool_]
    child: NDArray[np.bool_]
    visits: Places
    weight: Numbers = field(repr=False)
    delivered: Numbers = field(repr=False)

    @property
    def women(self) -> Numbers:
        return np.asarray(self.sex == SEXES.index("w"), dtype=np.float64)

    @property
    def years(self) -> Numbers:
        """Age on a scale around 0."""
        return np.asarray(self.age - 2.0, dtype=np.float64)

    @property
    def rarely(self) -> Numbers:
        return np.asarray(self.visits == 4, dtype=np.float64)


def people_of(wave: Row, frame: Frame, chance: np.random.Generator) -> People:
    """Draw who answers, and weight them as the wave says."""
    inhabitants = frame.column("einwohner")
    wanted = inhabitants**SMALL_DISTRICTS_TOO
    size = np.rint(int(wave["antworten"]) * wanted / wanted.sum()).astype(np.int64)
    district = np.repeat(np.arange(len(frame.districts)), size)
    count = district.size
    age = chance.choice(len(AGES), count, p=ANSWERING)
    outer = np.array([place.zone != "innen" for place in frame.catalogue.districts.values()])[district]
    usual = np.where(outer[:, None], VISITS["außen"], VISITS["innen"]).cumsum(axis=1)
    visits = np.minimum((chance.random(count)[:, None] > usual).sum(axis=1), 3)
    by_age = (LIVING / ANSWERING)[age] * swings(chance, WEIGHT_NOISE, (count,))
    weight = (inhabitants / size)[district] * by_age
    delivered = by_age if wave["gewichtung"] == BY_AGE_ONLY else weight
    return People(
        district=district,
        age=age,
        sex=chance.choice(len(SEXES), count, p=SEX_SHARES),
        migration=chance.random(count) < MIGRATION_ANSWERING * frame.column("migration")[district],
        child=chance.random(count) < WITH_CHILD[age],
        visits=np.where(chance.random(count) < frame.column("selten")[district], 4, visits),
        weight=np.round(weight / weight.mean(), 4),
        delivered=np.round(delivered / delivered.mean(), 4),
    )


def answers_of(wave: Row, people: People, frame: Frame, chance: np.random.Generator) -> dict[str, list[str]]:
    """What everybody says to every question: codes of the scale, or of a missing answer."""
    year = wave["kennung"][-4:]
    questions = {row["frage"]: row for row in plain.rows("fragen")}
    given: dict[str, NDArray[np.str_]] = {}
    afraid = np.zeros(people.district.size)
    for item in (INFORMED, *(item for item in questions if item != INFORMED)):
        among = np.ones(people.district.size, dtype=bool)
        if item in ONLY_AMONG:
            among = given[ONLY_AMONG[item]] == YES if ONLY_AMONG[item] in given else people.child
        given[item] = _answer(questions[item], year, people, frame, afraid, among, chance)
        if item == INFORMED:
            afraid = _fear(year, people, frame, given[INFORMED] == YES, chance)
    given |= _breakdowns(people, chance)
    return {item: list(given[item]) for item in frame.catalogue.items if item in given}


def _fear(year: str, people: People, frame: Frame, informed: NDArray[np.bool_], chance: np.random.Generator) -> Numbers:
    district = frame.column("angst")
    district[frame.at(CALMER_BUT_AFRAID)] += AFRAID_AGAIN.get(year, 0.0)
    district += 0.05 * chance.standard_normal(district.size)
    own = 0.85 * chance.standard_normal(people.district.size)
    by_person = AFRAID_BY_SEX * people.women + AFRAID_BY_AGE * people.years + AFRAID_IF_INFORMED * informed
    return np.asarray(district[people.district] + by_person + own)


def _answer(
    question: Row,
    year: str,
    people: People,
    frame: Frame,
    afraid: Numbers,
    among: NDArray[np.bool_],
    chance: np.random.Generator,
) -> NDArray[np.str_]:
    """Codes of one question: a person's leaning, cut into steps so that the city answers as ``fragen.csv`` says."""
    depends = {name: plain.number(question[name]) for name in
               ("angst", "frauen", "alter", "selten", "migration", "praesenz")}  # fmt: skip
    leaning = (
        depends["angst"] * afraid
        + depends["frauen"] * people.women
        + depends["alter"] * people.years
        + depends["selten"] * people.rarely
        + depends["migration"] * people.migration
        + depends["praesenz"] * frame.column("praesenz")[people.district]
        + np.sqrt(1 - depends["angst"] ** 2) * chance.standard_normal(people.district.size)
    )
    weight = people.weight * among
    mean = np.average(leaning, weights=weight)
    leaning = (leaning - mean) / np.sqrt(np.average((leaning - mean) ** 2, weights=weight))
    code = 1 + np.searchsorted(_cuts(question, year), leaning)
    said = np.where(among, code.astype(str), NOT_ASKED)
    silent = among & (chance.random(said.size) < plain.number(question["ohne_antwort"]) / 100)
    excuse = np.where(chance.random(said.size) < DONT_KNOW, UNKNOWN, REFUSED)
    return np.where(silent, excuse, said)


def _cuts(question: Row, year: str) -> Numbers:
    """Where one answer ends and the next begins, moved so that the share beyond ``grenze`` is the wave's."""
    usual = np.array([plain.number(share) for share in question["antworten"].split("|")])
    steps = norm.ppf(np.cumsum(usual / usual.sum())[:-1])
    beyond = plain.number(question[year]) / 100
    return np.asarray(steps + norm.ppf(1 - beyond) - steps[int(question["grenze"]) - 1])


def _breakdowns(people: People, chance: np.random.Generator) -> dict[str, NDArray[np.str_]]:
    """Who somebody is; a few do not say."""
    said = {
        "geschlecht": np.array(SEXES)[people.sex],
        "altersgruppe": np.array(AGES)[people.age],
        "besuch_innenstadt": (people.visits + 1).astype(str),
        "migrationshintergrund": np.where(people.migration, YES, NO),
        CHILD: np.where(people.child, YES, NO),
    }
    rates = {"geschlecht": 0.006, "altersgruppe": 0.008, "besuch_innenstadt": 0.01, "migrationshintergrund": 0.02}
    return {
        item: np.where(chance.random(codes.size) < rates.get(item, 0.0), REFUSED, codes) for item, codes in said.items()
    }


def wave_table(wave: Row, frame: Frame) -> pa.Table:
    """One wave as the polling institute delivers it: one row per person."""
    chance = stream(wave["kennung"])
    people = people_of(wave, frame, chance)
    given = answers_of(wave, people, frame, chance)
    order = chance.permutation(people.district.size)
    strata = list(frame.catalogue.districts)
    decimals = [f"{weight:.4f}".replace(".", ",") for weight in people.delivered[order]]
    return pa.table(
        {
            "befragte": np.arange(1, order.size + 1),
            "bezirk": words(people.district[order], frame.names),
            "schicht": words(people.district[order], strata),
            "gewicht": decimals,
            **{item: np.array(codes)[order] for item, codes in given.items()},
        }
    )


def wave_description(wave: Row) -> list[tuple[str, str]]:
    """What the institute says of a wave."""
    return [
        ("Kennung", wave["kennung"]),
        ("Titel", wave["titel"]),
        ("Feldzeit von", wave["von"]),
        ("Feldzeit bis", wave["bis"]),
        ("Eingeladen", wave["eingeladen"]),
        ("Mindestalter", "14"),
        ("Befragungsart", "schriftlich und online"),
        ("Gewichtung", f"{wave['gewichtung']}; kleine Stadtbezirke wurden überproportional befragt"),
    ]
