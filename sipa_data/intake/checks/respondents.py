"""Weights and persons of a survey: each person once, with one positive weight, and about 1 on average."""

from collections.abc import Callable

from duckdb import DuckDBPyRelation

from sipa_data.german import count_of, number
from sipa_data.intake.blame import blaming
from sipa_data.intake.checks.run import run
from sipa_data.intake.checks.sentences import Check
from sipa_data.intake.delivery import Finding

TOLERATED = 0.05  # by which the mean weight may differ from 1 without a word
USABLE = (0.5, 2.0)  # beyond it, the weights are no design weights (or are scaled up to the population)

WEIGHTS = (
    Check(
        "weight_missing",
        "error",
        "{found} is null",
        "In Zeile {line} fehlt das Gewicht (Spalte „{column}“); erwartet wird {expected}.",
        "In {count} Zeilen fehlt das Gewicht (Spalte „{column}“), zuerst in Zeile {line}; erwartet wird {expected}.",
        "eine Zahl über 0",
    ),
    Check(
        "weight_unreadable",
        "error",
        "{found} is not null and {value} is null",
        "In Zeile {line}, Spalte „{column}“, ist das Gewicht „{found}“ keine Zahl; erwartet wird {expected}.",
        "In {count} Zeilen der Spalte „{column}“ ist das Gewicht keine Zahl, zuerst in Zeile {line} „{found}“; "
        "erwartet wird {expected}.",
        "eine Zahl über 0",
    ),
    Check(
        "weight_not_positive",
        "error",
        "{value} <= 0",
        "In Zeile {line}, Spalte „{column}“, ist das Gewicht {found}; erwartet wird {expected}.",
        "In {count} Zeilen der Spalte „{column}“ ist das Gewicht nicht größer als 0, zuerst in Zeile {line} ({found}); "
        "erwartet wird {expected}.",
        "eine Zahl über 0",
    ),
)


def check_weights(people: DuckDBPyRelation, heading: str | None, line_of: Callable[[int], int]) -> list[Finding]:
    """Every weight positive, and their mean near 1.

    Parameters
    ----------
    people : ``row``, ``role``, ``weight``, ``weight_found``
    heading : column of the weights; None where the file has none
    """
    if heading is None:
        return []
    findings = run(people, [("weight", check) for check in WEIGHTS], {"weight": heading}, line_of)
    if findings:
        return findings
    measured = people.aggregate("avg(weight)").fetchone()
    if measured is None or measured[0] is None:
        return []
    return _mean(float(measured[0]), heading)


def _mean(mean: float, heading: str) -> list[Finding]:
    shown = number(mean, 3)
    if not USABLE[0] <= mean <= USABLE[1]:
        sentence = (
            f"Die Gewichte (Spalte „{heading}“) sind im Mittel {shown} statt 1. Das sind keine Gewichte je Person, "
            "sondern vermutlich Hochrechnungsfaktoren; bitte durch ihren Mittelwert teilen."
        )
        return [Finding("error", "weight_mean", sentence, column=heading, found=shown, expected="im Mittel 1")]
    if abs(mean - 1) > TOLERATED:
        sentence = (
            f"Die Gewichte (Spalte „{heading}“) sind im Mittel {shown} statt 1. Anteile ändert das nicht; bitte prüfen."
        )
        return [Finding("warning", "weight_mean", sentence, column=heading, found=shown, expected="im Mittel 1")]
    return []


def persons_twice(people: DuckDBPyRelation, line_of: Callable[[int], int]) -> list[Finding]:
    """A person who is in the file again, with the same weight or with two. The person's id stays unsaid."""
    again = (
        people.filter("role <> 'skip' and person is not null")
        .aggregate(
            "person, count(*) as times, list_sort(list(row))[1] as first, list_sort(list(row))[2] as second, "
            "count(distinct weight) > 1 as differ",
            "person",
        )
        .filter("times > 1")
    )
    twice = people.set_alias("people").join(again.set_alias("again"), "people.person = again.person")
    rows = twice.filter("people.row <> again.first").project("people.row as row")
    counted = again.aggregate(
        "count_if(differ), arg_min(first, second) filter (where differ), min(second) filter (where differ), "
        "count_if(not differ), arg_min(first, second) filter (where not differ), min(second) filter (where not differ)"
    ).fetchone()
    if counted is None:
        return []
    differ, same = counted[:3], counted[3:]
    findings = []
    if differ[0]:
        findings.append(
            _twice(
                int(differ[0]),
                line_of(differ[1]),
                line_of(differ[2]),
                "two_weights",
                "mit zwei verschiedenen Gewichten",
            )
        )
    if same[0]:
        findings.append(
            _twice(int(same[0]), line_of(same[1]), line_of(same[2]), "respondent_twice", "mit demselben Gewicht")
        )
    return [blaming(one, rows) for one in findings]


def _twice(count: int, first: int, second: int, code: str, how: str) -> Finding:
    who = (
        f"Die Person aus Zeile {first} steht in Zeile {second} noch einmal, {how}"
        if count == 1
        else f"{count_of(count, 'Person', 'Personen')} stehen mehrfach in der Datei, {how}, zuerst die Person aus "
        f"Zeile {first} in Zeile {second}"
    )
    sentence = f"{who}. Jede Person darf nur einmal vorkommen; bitte klären, welche Zeile gilt."
    return Finding("error", code, sentence, line=second, expected="jede Person einmal", count=count)
