"""What intake must know of the tables beyond their columns: what identifies a row, what is counted in it."""

from collections.abc import Collection

from sipa_data.tables import TABLES

# The columns that tell one row from another: two rows with the same values would count the same thing twice.
GRAIN: dict[str, tuple[str, ...]] = {
    "incident_counts": ("source", "period_start", "period_end", "district_id", "offence_key", "place_kind"),
    "survey_results": ("source", "wave_id", "item_id", "district_id", "answer"),
    "population": ("source", "reference_date", "district_id", "age_group", "sex", "basis"),
    "person_counts": (
        "source", "period_start", "period_end", "district_id", "offence_key", "age_group", "sex", "kind",
    ),
    "published_rates": ("source", "period_start", "period_end", "district_id", "offence_key", "basis"),
    "register_values": ("register", "period_start", "period_end", "district_id"),
    "targets": ("source", "indicator", "district_id", "due"),
    "denominators": ("kind", "period_start", "period_end", "district_id"),
    "projects": ("source", "project_id"),
    "partners": ("source", "partner_id"),
    "project_results": ("source", "project_id", "measure", "group_name", "measured_at"),
    "decisions": ("source", "decision_id"),
}  # fmt: skip

# The columns that add up over districts, so that a row of the whole city can be checked.
ADDITIVE: dict[str, tuple[str, ...]] = {
    "incident_counts": ("cases", "attempts", "cleared"),
    "population": ("inhabitants",),
    "denominators": ("value",),
}

# Tables whose files are written by hand about single things and people: none of their columns may be personal.
HAND_WRITTEN = frozenset({"projects", "project_results", "partners", "decisions", "observations_on_site"})

# Filled by intake itself where a profile says nothing.
FILLED = {"district_id", "event_id", "finding_id"}


def missing_columns(table: str, filled: Collection[str]) -> list[str]:
    """Columns that must have a value and get none."""
    return [
        column.name
        for column in TABLES[table].columns
        if not column.optional and column.name not in filled and column.name not in FILLED
    ]
