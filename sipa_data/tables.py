"""The tables of the lake: grain, columns and units. What intake hands over and the lake keeps.

Every table also carries ``upload_id`` (text), added by ``release`` when a delivery is published.
Keys are text. ``district_id`` NULL means *not locatable* and is counted in the city, never dropped.
"""

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

ColumnType = Literal["text", "integer", "number", "boolean", "date", "timestamp"]

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
SQL_TYPES: dict[str, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, whether it may be empty, and what it means with its unit."""

    name: str
    type: ColumnType
    optional: bool
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table of the lake.

    ``slice_by`` says what a delivery replaces when it is corrected: all rows with the same values in these
    columns and, where ``period_column`` is named, a period inside the delivery's period.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    slice_by: tuple[str, ...]
    period_column: str | None = None

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([pa.field(c.name, ARROW_TYPES[c.type], nullable=c.optional) for c in self.columns])


def _columns(*lines: str) -> tuple[Column, ...]:
    """Read ``name type meaning`` lines; ``type?`` marks a column that may be empty."""
    found = []
    for line in lines:
        name, kind, meaning = line.split(maxsplit=2)
        found.append(Column(name, kind.rstrip("?"), kind.endswith("?"), meaning))  # type: ignore[arg-type]
    return tuple(found)


def _table(name: str, grain: str, slice_by: str, period_column: str | None, *lines: str) -> Table:
    return Table(name, grain, _columns(*lines), tuple(slice_by.split()), period_column)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "incident_counts",
            "source × period × district × offence key × kind of place, as delivered in aggregate",
            "source",
            "period_start",
            "source text who counted, e.g. pks",
            "period_start date first day",
            "period_end date last day",
            "district_id text? official number; empty: not locatable",
            "offence_key text key as printed by the authority",
            "key_catalogue_year integer? year of the offence catalogue",
            "place_kind text? kind of place; empty: not distinguished",
            "cases integer recorded cases",
            "attempts integer? of these, attempted",
            "cleared integer? of these, cleared; may exceed cases",
        ),
        _table(
            "incident_events",
            "single incident, for sources that deliver events; no coordinate, no address, no free text",
            "source",
            "occurred_at",
            "source text who recorded",
            "event_id text running number within the delivery; no identifier of the source",
            "occurred_at timestamp when; month-only sources give the first of the month",
            "district_id text? official number; empty: not locatable",
            "offence_key text key or kind as the source names it",
            "place_kind text? kind of place",
            "attempted boolean? attempted only",
            "cleared boolean? cleared",
        ),
        _table(
            "survey_waves",
            "wave",
            "wave_id",
            None,
            "wave_id text id of the wave",
            "title text as shown to readers",
            "field_start date first day of fieldwork",
            "field_end date last day of fieldwork",
            "invited integer? persons invited",
            "responded integer persons who answered",
            "min_age integer? youngest age asked, years",
            "mode text? how people were asked",
            "weighting text? how weights were made",
            "method_break text? what changed against earlier waves; empty: nothing",
        ),
        _table(
            "survey_respondents",
            "wave × respondent (a running number, no identifier of the source)",
            "wave_id",
            None,
            "wave_id text id of the wave",
            "respondent integer running number",
            "district_id text? official number; empty: unknown",
            "weight number design weight, > 0, mean near 1",
            "stratum text? sampling stratum",
            "cluster text? sampling cluster",
        ),
        _table(
            "survey_answers",
            "wave × respondent × item",
            "wave_id",
            None,
            "wave_id text id of the wave",
            "respondent integer running number",
            "item_id text item of the catalogue",
            "scale_id text scale the answer was given on",
            "answer text? code on the scale; empty when missing",
            "missing text? kind of missing answer; empty when answered",
        ),
        _table(
            "survey_results",
            "wave × item × district × answer, where only a published table exists",
            "source wave_id",
            None,
            "source text who published",
            "wave_id text id of the wave",
            "item_id text item of the catalogue",
            "district_id text? official number; empty: whole city",
            "answer text code on the scale",
            "share number share of valid answers, 0 to 1",
            "lower number? lower bound as published, 0 to 1",
            "upper number? upper bound as published, 0 to 1",
            "n integer? unweighted answers",
        ),
        _table(
            "population",
            "reference date × district × age group × sex",
            "source",
            "reference_date",
            "source text who counted",
            "reference_date date day the population refers to",
            "district_id text? official number; empty: no district known",
            "age_group text? e.g. 18-29; empty: all ages",
            "sex text? w, m, d; empty: all",
            "inhabitants integer persons",
            "basis text register, census_2011, census_2022, …",
        ),
        _table(
            "person_counts",
            "source × period × district × offence key × age group × sex × kind; never summed over keys or districts",
            "source",
            "period_start",
            "source text who counted",
            "period_start date first day",
            "period_end date last day",
            "district_id text? official number; empty: whole city, each person once",
            "offence_key text key as printed by the authority",
            "age_group text? e.g. 14-17; empty: all ages",
            "sex text? w, m, d; empty: all",
            "kind text victim, suspect or repeat_suspect",
            "persons integer persons, each once per key and area",
        ),
        _table(
            "published_rates",
            "source × period × area × key, where an authority publishes a rate; shown beside ours, never mixed",
            "source",
            "period_start",
            "source text who published",
            "period_start date first day",
            "period_end date last day",
            "district_id text? official number; empty: whole city",
            "offence_key text key as printed by the authority",
            "rate number cases per 100,000 inhabitants as published",
            "basis text basis as stated by the authority",
        ),
        _table(
            "register_values",
            "register × period × district",
            "register",
            "period_start",
            "register text register of the catalogue",
            "period_start date first day",
            "period_end date last day",
            "district_id text? official number; empty: whole city",
            "value number in the unit given",
            "unit text unit of the value",
        ),
        _table(
            "targets",
            "indicator × area × due date",
            "source",
            None,
            "source text register the target comes from",
            "indicator text indicator of the catalogue",
            "district_id text? official number; empty: whole city",
            "due date date the target is due",
            "value number in the indicator's unit",
            "direction text at_most or at_least",
            "decided_on date date of the decision",
        ),
        _table(
            "observations_on_site",
            "walk-through finding",
            "source",
            "observed_on",
            "source text register of walk-throughs",
            "finding_id text running number",
            "observed_on date day of the walk",
            "district_id text? official number",
            "place_kind text? kind of place",
            "finding text what was found",
            "affected text? who is affected",
            "proposed_action text? what is proposed",
            "status text offen, in Arbeit or erledigt",
        ),
        _table(
            "denominators",
            "kind × period × district",
            "kind",
            "period_start",
            "kind text passengers, places, playgrounds, …",
            "period_start date first day",
            "period_end date last day",
            "district_id text? official number; empty: whole city",
            "value number in the unit given",
            "unit text unit of the value",
        ),
        _table(
            "projects",
            "project",
            "source",
            None,
            "source text register the project comes from",
            "project_id text id within the register",
            "title text name of the project",
            "fields text ids of the fields of action, separated by ;",
            "districts text? official numbers, separated by ;; empty: whole city",
            "target_group text? whom it is for",
            "start_date date? first day",
            "end_date date? last day; empty: running",
            "budget_eur number? euros in total",
            "partners text? separated by ;",
            "participants integer? persons who took part so far",
            "places integer? places offered so far",
            "languages text? codes, separated by ;",
            "beccaria_1 boolean? problem described",
            "beccaria_2 boolean? causes analysed",
            "beccaria_3 boolean? aims set",
            "beccaria_4 boolean? measures chosen",
            "beccaria_5 boolean? concept and implementation",
            "beccaria_6 boolean? implementation and results checked",
            "beccaria_7 boolean? conclusions documented",
            "evidence_level integer? Grüne-Liste level 1 to 3; empty: none",
            "indicators text? indicators it should move, separated by ;",
            "outcome text? the indicator that its effect is judged by, fixed beforehand",
            "comparison_districts text? official numbers of districts without it, separated by ;",
            "displacement_districts text? where cases may go, official numbers, separated by ;; empty: the neighbours",
        ),
        _table(
            "partners",
            "institution that works with the partnership; no person, no address",
            "source",
            None,
            "source text register the partner comes from",
            "partner_id text id within the register",
            "title text name of the institution, as projects name it",
            "kind text kind of partner of the catalogue",
            "fields text? ids of the fields of action it works in, separated by ;",
            "districts text? official numbers, separated by ;; empty: whole city",
            "tasks text? what it contributes, in a sentence",
            "since date? first day of the cooperation",
            "until date? last day; empty: goes on",
        ),
        _table(
            "project_results",
            "project × measure × group × time",
            "source",
            None,
            "source text register the result comes from",
            "project_id text id within the register",
            "measure text what was measured",
            "unit text unit of the value",
            "group_name text treated or comparison",
            "measured_at text before, after or follow_up",
            "value number in the unit given",
            "spread number? standard deviation in the same unit",
            "n integer? persons or cases",
            "design text before_after, with_comparison or randomised",
            "direction text? higher_is_better or lower_is_better; empty: neither is said",
        ),
        _table(
            "decisions",
            "decision of the steering group",
            "source",
            None,
            "source text register of decisions",
            "decision_id text number of the decision",
            "decided_on date day of the decision",
            "text text what was decided",
            "indicator text? indicator it should move",
            "expected_direction text? rise or fall",
            "due date? when it is due",
            "responsible text? who",
            "status text offen, erledigt or verschoben",
        ),
    )
}

UPLOADS = Table(
    "uploads",
    "upload; the history of what became public",
    _columns(
        "upload_id text id of the upload",
        "profile text layout it was read with",
        "file_name text name of the file as delivered, for people only",
        "sha256 text fingerprint of the file",
        "marking text synthetic, published or confidential",
        "rows_in integer rows in the file",
        "rows_taken integer rows that went into the lake",
        "rows_refused integer rows refused",
        "rows_skipped integer rows that are not about this city or topic",
        "slices text what it filled, as JSON",
        "snapshot_before integer snapshot that a withdrawal restores",
        "uploaded_by text account",
        "uploaded_at timestamp when, UTC",
        "approved_by text? account",
        "approved_at timestamp? when, UTC",
        "status text published, withdrawn, replaced or purged",
        "note text? note of the uploader",
        "report text what intake found, as JSON",
    ),
    (),
)

PURGES = Table(
    "purges",
    "purge; which states of the lake were deleted with it, so that an old link can say so",
    _columns(
        "upload_id text upload that was deleted",
        "first_snapshot integer first deleted snapshot",
        "last_snapshot integer last deleted snapshot",
        "purged_at timestamp when, UTC",
        "purged_by text account",
        "second text account of the second person",
    ),
    (),
)
