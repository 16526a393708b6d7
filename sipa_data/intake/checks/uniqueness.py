"""Persons whom district, sex and age together nearly identify, and the rule that makes them one of several again.

Source of the number: k-anonymity with k = 3 (Sweeney 2002), as the house rule asks of every survey that is delivered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from duckdb import ColumnExpression, DuckDBPyRelation

from sipa_data.catalogue import Catalogue
from sipa_data.german import count_of, listing
from sipa_data.intake.blame import blaming
from sipa_data.intake.delivery import Finding
from sipa_data.intake.workbench import Workbench, count_rows
from sipa_data.sql import literal

FEWEST = 3  # persons who share everything that could tell who they are
DISTRICT = "district_id"


@dataclass(frozen=True)
class Uniqueness:
    """Who is nearly unique.

    Parameters
    ----------
    items : questions that help to tell a person, the coarsest first; what is dropped goes from the last one on
    kept : ``row``, ``kept``: of the district and the questions, how many a person may keep; only nearly unique persons
    """

    items: tuple[str, ...]
    titles: tuple[str, ...]
    kept: DuckDBPyRelation
    count: int

    def finding(self, *, coarsened: bool, confidential: bool) -> list[Finding]:
        """What is said: refused with the rule that is offered, or what was done by it.

        Answers that somebody has published or invented are taken as they are, but whoever submits and whoever releases
        them reads how many persons stand out: one choice on the form must not silently switch the protection off.
        """
        if not self.count:
            return []
        who, told = count_of(self.count, "Person ist", "Personen sind"), listing(self.titles)
        if coarsened:
            persons = count_of(self.count, "Person", "Personen")
            sentence = (
                f"Bei {persons} wurden Angaben weggelassen, weil weniger als {FEWEST} Befragte dieselben haben "
                f"({told}): zuerst „{self.titles[-1]}“, wo nötig auch die Angaben davor. Ihre Antworten zählen weiter."
            )
            return [Finding("warning", "coarsened", sentence, count=self.count)]
        if not confidential:
            sentence = (
                f"{who} durch {told} fast eindeutig: Weniger als {FEWEST} Befragte haben dieselben Angaben. In einer "
                "vertraulichen Befragung hielte das die Datei an. Bitte nur bestätigen, wenn die Antworten genau so "
                "veröffentlicht oder erfunden sind."
            )
            return [Finding("warning", "nearly_unique", sentence, count=self.count)]
        sentence = (
            f"{who} durch {told} fast eindeutig: Weniger als {FEWEST} Befragte haben dieselben Angaben. Vorgeschlagen "
            f"wird, bei ihnen „{self.titles[-1]}“ wegzulassen und, wo das nicht reicht, auch die Angaben davor. Bitte "
            "der Vergröberung zustimmen (auf der Kommandozeile: --coarsen) oder die Datei mit gröberen Gruppen liefern."
        )
        finding = Finding("error", "nearly_unique", sentence, expected=f"{FEWEST} oder mehr Personen", count=self.count)
        return [blaming(finding, self.kept.project("row"))]

    def coarsened(
        self, people: DuckDBPyRelation, answers: DuckDBPyRelation
    ) -> tuple[DuckDBPyRelation, DuckDBPyRelation]:
        """Respondents and answers without what made single persons nearly unique."""
        kept = self.kept.set_alias("kept")
        who = people.set_alias("who").join(kept, "who.row = kept.row", how="left")
        district = f"case when kept.kept = 0 then null else who.{DISTRICT} end as {DISTRICT}"
        others = [f"who.{name} as {name}" for name in people.columns if name != DISTRICT]
        places = " ".join(f"when {literal(item)} then {place + 2}" for place, item in enumerate(self.items))
        gone = f"coalesce(case said.item_id {places} end > kept.kept, false)" if places else "false"
        said = answers.set_alias("said").join(kept, "said.respondent = kept.row", how="left")
        same = [f"said.{name} as {name}" for name in answers.columns if name not in ("answer", "missing")]
        return who.project(", ".join([*others, district])), said.project(
            ", ".join(
                [
                    *same,
                    f"case when {gone} then null else said.answer end as answer",
                    f"case when {gone} then 'no_answer' else said.missing end as missing",
                ]
            )
        )


def uniqueness(
    people: DuckDBPyRelation, answers: DuckDBPyRelation, catalogue: Catalogue, bench: Workbench
) -> Uniqueness | None:
    """Count how many share district, sex and age group (every question that serves as a breakdown).

    Returns
    -------
    None : fewer than two things are known that could tell a person
    """
    asked = {str(item) for (item,) in answers.project("item_id").distinct().fetchall()}
    found = [item for item in catalogue.items.values() if item.role == "breakdown" and item.id in asked]
    found.sort(key=lambda item: len(catalogue.scales[item.scale].answers))
    if not found:
        return None
    items = tuple(item.id for item in found)
    who = bench.stage(_side_by_side(people, answers, items), "who")
    columns = [DISTRICT, *(f"q{place}" for place in range(len(items)))]
    shares = ", ".join(
        f"count(*) over (partition by {', '.join(columns[:width])}) as n{width}" for width in range(1, len(columns) + 1)
    )
    widths = range(len(columns), 0, -1)
    most = " ".join(f"when n{width} >= {FEWEST} then {width}" for width in widths)
    kept = bench.stage(who.project(f"row, {shares}").project(f"row, case {most} else 0 end as kept"), "kept")
    few = kept.filter(f"kept < {len(columns)}")
    titles = (catalogue.city.district_word, *(item.title for item in found))
    return Uniqueness(items, titles, few, count_rows(few))


def _side_by_side(people: DuckDBPyRelation, answers: DuckDBPyRelation, items: Sequence[str]) -> DuckDBPyRelation:
    """One row per person: row, district and one column per question."""
    wide = answers.aggregate(
        ", ".join(
            [
                "respondent",
                *(
                    f"max(answer) filter (where item_id = {literal(item)}) as q{place}"
                    for place, item in enumerate(items)
                ),
            ]
        ),
        "respondent",
    )
    joined = people.set_alias("who").join(wide.set_alias("said"), "who.row = said.respondent", how="left")
    names = [ColumnExpression("said", f"q{place}") for place in range(len(items))]
    return joined.project(ColumnExpression("who", "row"), ColumnExpression("who", DISTRICT), *names)
