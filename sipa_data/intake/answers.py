"""Answers of a survey: the code or the label in the file → the code of the scale, or the kind of missing answer."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
from duckdb import ColumnExpression, ConstantExpression, DuckDBPyRelation, Expression

from sipa_data.catalogue.models import Scale
from sipa_data.german import count_of, listing
from sipa_data.intake.blame import blaming
from sipa_data.intake.case import Case
from sipa_data.intake.cells import Distinct, cell, distinct, heading_of
from sipa_data.intake.checks.sentences import insgesamt, shortened
from sipa_data.intake.delivery import Finding
from sipa_data.intake.expressions import one_of
from sipa_data.intake.profile import BandsRule, ItemRule, SurveyRule
from sipa_data.intake.readers.headings import closest, plain

MOST_CODES = 300  # different entries of one question; more are no answers on a scale
SHOWN = 10


@dataclass(frozen=True)
class AnswerMapper:
    """Maps the questions of one wave.

    Parameters
    ----------
    rows : the respondents' rows
    findings : what is noticed goes here
    """

    case: Case
    rule: SurveyRule
    wave: str
    rows: DuckDBPyRelation
    findings: list[Finding]

    def answers(self) -> DuckDBPyRelation | None:
        """One row per respondent and question; None where there is no question at all."""
        found: DuckDBPyRelation | None = None
        for rule in self._items():
            part = self._item(rule)
            if part is not None:
                found = part if found is None else found.union(part)
        if found is None and not any(finding.severity == "error" for finding in self.findings):
            known = ", ".join(list(self.case.catalogue.items)[:6])
            sentence = (
                "Keine Spalte der Datei ist eine Frage des Katalogs. Die Überschriften müssen so heißen wie die "
                f"Kennungen der Fragen, zum Beispiel: {known}."
            )
            self.findings.append(
                Finding("error", "no_items", sentence, expected="Kennungen der Fragen als Überschriften")
            )
        return found

    def _items(self) -> list[ItemRule]:
        listed: list[ItemRule] = [*self.rule.items, *self.rule.bands]
        if not self.rule.every_item:
            return listed
        named = {rule.item for rule in listed}
        listed += [
            ItemRule(column=item, item=item)
            for item in self.case.catalogue.items
            if item not in named and heading_of(self.case.source, (item,)) is not None
        ]
        self._name_unmapped(listed)
        return listed

    def _name_unmapped(self, listed: list[ItemRule]) -> None:
        """Columns of our own layout that belong to nothing are named: a typing error would lose a question silently."""
        used = {plain(name) for rule in listed for name in rule.names}
        for column in (self.rule.respondent, self.rule.stratum, self.rule.cluster, self.rule.weight):
            used |= {plain(name) for name in (column.names if column else ())}
        used |= {plain(name) for name in getattr(self.case.profile.district, "columns", ())}
        for heading in self.case.source.headings:
            if heading and plain(heading) not in used:
                near = closest(heading, self.case.catalogue.items)
                hint = f" Gemeint ist vielleicht „{near}“." if near else ""
                sentence = f"Die Spalte „{heading}“ ist keine Frage des Katalogs und wird nicht übernommen.{hint}"
                self.findings.append(Finding("warning", "unmapped_column", sentence, column=heading, expected=near))

    def _item(self, rule: ItemRule) -> DuckDBPyRelation | None:
        item = self.case.catalogue.items.get(rule.item)
        heading = heading_of(self.case.source, rule.names)
        if heading is None:
            return None  # optional, and not in this file
        if item is None:
            if not rule.optional:
                sentence = f"Die Frage „{rule.item}“ (Spalte „{heading}“) kennt der Katalog nicht. Bitte dort ergänzen."
                self.findings.append(Finding("error", "unknown_item", sentence, column=heading, found=rule.item))
            return None
        scale = self.case.catalogue.scales[item.scale]
        said = cell(self.case.source, rule.names)
        values = distinct(self.rows, [said], MOST_CODES + 1)
        labels = self.case.source.labels.get(heading, {})
        codes = Codes.of(scale, self.rule.missing, labels, rule)
        if len(values) > MOST_CODES:
            self.findings.append(blaming(_too_many(heading, scale), self._without_code(said, codes)))
            return None
        unknown = [value for value in values if value.values[0] and codes.meaning(str(value.values[0])) is None]
        wrong = [ConstantExpression(value.values[0]) for value in unknown]
        blamed = self.rows.filter(said.isin(*wrong)).project("row") if unknown else None
        self.findings.extend(blaming(one, blamed) for one in self._outside(unknown, heading, scale))
        return self._rows(
            rule.item,
            item.scale,
            said,
            {str(v.values[0]): codes.meaning(str(v.values[0])) for v in values if v.values[0]},
        )

    def _without_code(self, said: Expression, codes: "Codes") -> DuckDBPyRelation:
        """The rows that say something the scale does not know."""
        words = [str(value.values[0]) for value in distinct(self.rows, [said]) if value.values[0]]
        known = [ConstantExpression(word) for word in words if codes.meaning(word) is not None]
        answered = self.rows.filter(said.isnotnull())
        return (answered.filter(said.isnotin(*known)) if known else answered).project("row")

    def _rows(
        self, item: str, scale: str, said: Expression, meanings: Mapping[str, "Meaning | None"]
    ) -> DuckDBPyRelation:
        answer = {word: meaning.answer for word, meaning in meanings.items() if meaning and meaning.answer}
        missing = {word: meaning.missing for word, meaning in meanings.items() if meaning and meaning.missing}
        kind = duckdb.CaseExpression(said.isnull(), ConstantExpression(self.rule.empty)).otherwise(
            one_of(said, missing)
        )
        return self.rows.project(
            ConstantExpression(self.wave).alias("wave_id"),
            ColumnExpression("row").alias("respondent"),
            ConstantExpression(item).alias("item_id"),
            ConstantExpression(scale).alias("scale_id"),
            one_of(said, answer).cast("VARCHAR").alias("answer"),
            kind.cast("VARCHAR").alias("missing"),
        )

    def _outside(self, unknown: list[Distinct], heading: str, scale: Scale) -> list[Finding]:
        findings = []
        expected = listing([answer.code for answer in scale.answers], "oder")
        for value in unknown[:SHOWN]:
            line, word = self.case.source.line_of(value.row), shortened(str(value.values[0]))
            times = insgesamt(value.count)
            sentence = (
                f"In Zeile {line}, Spalte „{heading}“, steht die Antwort „{word}“{times}; "
                f"die Skala „{scale.title}“ kennt nur {expected}."
            )
            findings.append(Finding("error", "outside_scale", sentence, line, heading, word, expected, value.count))
        if rest := unknown[SHOWN:]:
            count = sum(value.count for value in rest)
            sentence = (
                f"Dazu kommen {count_of(len(rest), 'weitere Antwort', 'weitere Antworten')} der Spalte „{heading}“, "
                f"die die Skala „{scale.title}“ nicht kennt."
            )
            line = self.case.source.line_of(rest[0].row)
            findings.append(Finding("error", "outside_scale", sentence, line, heading, None, expected, count))
        return findings


@dataclass(frozen=True)
class Meaning:
    """An answer on the scale, or a kind of missing answer."""

    answer: str | None = None
    missing: str | None = None


class Codes:
    """What each entry of a question means."""

    def __init__(
        self,
        scale: Scale,
        missing: Mapping[str, str],
        labels: Mapping[str, str],
        bands: tuple[object, ...] = (),
        values: Mapping[str, str] | None = None,
        no_answers: Mapping[str, str] | None = None,
    ) -> None:
        self._codes = {code: Meaning(missing=kind) for code, kind in missing.items()}
        self._codes |= {code.code: Meaning(missing=code.kind) for code in scale.missing}
        self._codes |= {answer.code: Meaning(answer.code) for answer in scale.answers}
        self._words = {plain(code.label): Meaning(missing=code.kind) for code in scale.missing}
        self._words |= {plain(answer.label): Meaning(answer.code) for answer in scale.answers}
        self._labels = labels
        self._bands = bands
        self._values = values or {}
        self._no_answers = {said: Meaning(missing=kind) for said, kind in (no_answers or {}).items()}

    @classmethod
    def of(cls, scale: Scale, missing: Mapping[str, str], labels: Mapping[str, str], rule: ItemRule) -> "Codes":
        """As a layout describes one question."""
        bands = rule.bands if isinstance(rule, BandsRule) else ()
        return cls(scale, missing, labels, bands, rule.values, rule.missing)

    def meaning(self, said: str) -> Meaning | None:
        """None: the scale does not know it."""
        if said in self._no_answers:
            return self._no_answers[said]
        mapped = said in self._values
        said = self._values.get(said, said)
        code = said.removesuffix(".0").removesuffix(",0")
        if self._bands and not mapped:
            return self._in_band(code)
        found = self._codes.get(said) or self._codes.get(code) or self._words.get(plain(said))
        return found or self._words.get(plain(self._labels.get(code, "")))

    def _in_band(self, code: str) -> Meaning | None:
        for band in self._bands:
            first, last = getattr(band, "first", 0), getattr(band, "last", 0)
            if code.isdecimal() and first <= int(code) <= last:
                return self._codes.get(getattr(band, "code", ""))
        found = self._codes.get(code)
        return found if found and found.missing else None


def _too_many(heading: str, scale: Scale) -> Finding:
    sentence = (
        f"In der Spalte „{heading}“ stehen mehr als {MOST_CODES} verschiedene Werte; Antworten auf der Skala "
        f"„{scale.title}“ können das nicht sein. Bitte prüfen, ob die Spalte die richtige ist."
    )
    return Finding("error", "outside_scale", sentence, column=heading, expected=scale.title)
