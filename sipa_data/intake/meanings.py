"""What the columns of a file may mean, by the kind of file: the choices of the mapping screen."""

from collections.abc import Mapping

from sipa_data.catalogue import Catalogue
from sipa_data.intake.column_words import MISSING_TITLES, SURVEY_WORDS, WORDS, Words
from sipa_data.intake.layouts import FILLED
from sipa_data.tables import TABLES, Column

IGNORED, DISTRICT, POINT, X, Y, PERIOD, MEAN_WEIGHT = "", "district", "point", "x", "y", "period", "mean_weight"
ITEM = "item:"
NOWHERE, WHOLE_CITY, MISSING = "@nowhere", "@city", "@missing:"
PLACES = {
    DISTRICT: WORDS["district_id"],
    POINT: Words(
        "Punkt auf der Karte",
        "Wird zum Bezirk; gespeichert wird der Punkt nicht.",
        ("geometry text", "wkt", "geometry"),
    ),
    X: Words(
        "Länge oder Rechtswert",
        "Wird mit der Breite zum Bezirk.",
        ("longitude", "lon", "lng", "länge", "laengengrad", "längengrad", "x", "rechtswert", "easting"),
    ),
    Y: Words(
        "Breite oder Hochwert",
        "Wird mit der Länge zum Bezirk.",
        ("latitude", "lat", "breite", "breitengrad", "y", "hochwert", "northing"),
    ),
}
GATHERABLE = {"register_values": "value", "denominators": "value"}
LISTS = {
    "fields",
    "districts",
    "indicators",
    "outcome",
    "comparison_districts",
    "displacement_districts",
    "partners",
    "languages",
}
NOT_FROM_A_COLUMN = FILLED | {"period_start", "period_end", "key_catalogue_year"}

CLOSED: dict[tuple[str, str], dict[str, str]] = {
    ("population", "sex"): {"w": "weiblich", "m": "männlich", "d": "divers"},
    ("person_counts", "sex"): {"w": "weiblich", "m": "männlich", "d": "divers"},
    ("person_counts", "kind"): {
        "victim": "Opfer",
        "suspect": "Tatverdächtige",
        "repeat_suspect": "Mehrfachtatverdächtige",
    },
    ("targets", "direction"): {"at_most": "höchstens", "at_least": "mindestens"},
    ("observations_on_site", "status"): {"offen": "offen", "in Arbeit": "in Arbeit", "erledigt": "erledigt"},
    ("decisions", "status"): {"offen": "offen", "erledigt": "erledigt", "verschoben": "verschoben"},
    ("decisions", "expected_direction"): {"rise": "steigt", "fall": "fällt"},
    ("project_results", "group_name"): {"treated": "mit Projekt", "comparison": "Vergleich"},
    ("project_results", "measured_at"): {"before": "vorher", "after": "nachher", "follow_up": "später"},
    ("project_results", "design"): {
        "before_after": "Vorher-Nachher",
        "with_comparison": "mit Vergleich",
        "randomised": "Zufallszuteilung",
    },
    ("project_results", "direction"): {"higher_is_better": "mehr ist besser", "lower_is_better": "weniger ist besser"},
}
"""Table and column → the words it may hold, and what they are called."""


def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a table that a column of the file can fill."""
    return tuple(column for column in TABLES[kind].columns if column.name not in NOT_FROM_A_COLUMN)


def has_period(kind: str) -> bool:
    return kind in TABLES and any(column.name == "period_start" for column in TABLES[kind].columns)


def words_of(kind: str, catalogue: Catalogue) -> dict[str, Words]:
    """Every meaning that a column may have, with its words; „“ means that the column is not taken."""
    found = {IGNORED: Words("nicht übernehmen", "Die Spalte wird nicht gespeichert.")}
    if kind == "survey":
        found |= {DISTRICT: PLACES[DISTRICT]} | SURVEY_WORDS
        for item in catalogue.items.values():
            found[ITEM + item.id] = Words(f"Frage: {item.title}", item.wording, (item.id, item.title.casefold()))
        return found
    if any(column.name == "district_id" for column in TABLES[kind].columns):
        found |= PLACES
    if has_period(kind):
        found[PERIOD] = WORDS["period_start"]
    found |= {column.name: WORDS[column.name] for column in columns_of(kind)}
    if kind in GATHERABLE:
        found[MEAN_WEIGHT] = Words(
            "Gewicht des Mittelwerts",
            "Mehrere Zeilen je Bezirk werden zu ihrem Mittel; so viel zählt jede.",
            ("rating count", "count", "anzahl", "n"),
        )
    return found


def targets_of(  # noqa: PLR0911 -- one answer per meaning
    kind: str, meaning: str, catalogue: Catalogue
) -> Mapping[str, str]:
    """What a word under this meaning may be mapped to: id → German; empty where words stay what they are."""
    if meaning == DISTRICT:
        names = {district.id: f"{district.name} ({district.id})" for district in catalogue.districts.values()}
        return names | {NOWHERE: "nicht zuordenbar", WHOLE_CITY: "ganze Stadt (nur als Probe)"}
    if meaning.startswith(ITEM):
        scale = catalogue.scales[catalogue.items[meaning.removeprefix(ITEM)].scale]
        answers = {answer.code: f"{answer.label} ({answer.code})" for answer in scale.answers}
        return answers | {MISSING + kind: f"keine Antwort: {title}" for kind, title in MISSING_TITLES.items()}
    if meaning == "offence_key":
        return {offence.key: f"{offence.title} ({offence.key})" for offence in catalogue.offences.values()}
    if meaning == "register":
        return {register.id: register.title for register in catalogue.registers.values()}
    if meaning == "indicator":
        return {indicator.id: indicator.title for indicator in catalogue.indicators.values()}
    if (kind, meaning) == ("partners", "kind"):
        return {kind.id: kind.title for kind in catalogue.partner_kinds.values()}
    return CLOSED.get((kind, meaning), {})
