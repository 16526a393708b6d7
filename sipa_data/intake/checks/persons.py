"""Columns that look like a person. None may be stored; outside published data none may even arrive.

Neither the message nor the log repeats what was found.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression, StarExpression

from sipa_data.german import count_of
from sipa_data.intake.blame import blaming_column
from sipa_data.intake.checks.names import FULL, NO_PERSON, SURNAME_FIRST
from sipa_data.intake.delivery import Finding
from sipa_data.intake.expressions import call
from sipa_data.intake.readers.headings import plain
from sipa_data.intake.source import Source

FEW_DIFFERENT = 50_000  # up to here each different cell is looked at once
AT_ONCE = 100  # columns measured in one pass
SHORTEST = 6  # letters of the shortest e-mail address or name; shorter cells are codes
FEWEST = 5  # cells that a share is judged by
MOST_CANDIDATES = 500
SENTENCE = r"(?:\S+\s+){8}\S"  # nine words; answers on a scale and names of places have fewer
LONG_TEXT = r"(?:\S+\s+){14}\S"  # fifteen words; one remark of that length can tell all about a person
FEWEST_TEXTS = 3  # different ones of nine words; a long one that comes as often is a label
DIFFERENT = 0.8  # share of the cells
GENERATION = 15  # years that birth dates span and interview dates do not


@dataclass(frozen=True)
class Kind:
    """A kind of personal data.

    Parameters
    ----------
    name : German, with its article in the dative: „nach einer E-Mail-Adresse“
    heading : regular expression over the whole heading, in small letters
    content : regular expression somewhere in a cell
    share : of the cells that must match; 0: one cell is enough
    unless : regular expression somewhere in a cell that speaks against it
    letters : whether there is none in a cell without a letter
    """

    name: str
    heading: str
    content: str
    share: float = 0.0
    unless: str | None = None
    letters: bool = True


STREET = r"(?i)(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|ufer|damm) ?\d+ ?[a-z]?(?:[ ,/-].*)?$"
EMAIL = Kind("einer E-Mail-Adresse", r".*e-?mail.*|mail", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}")
BIRTH = Kind(
    "einem Geburtsdatum",
    r".*(?:geburtsdatum|geburtstag|geb\.? ?-?dat|date of birth|birth ?date|birthday).*|dob|geb\.?|geboren(?: am)?",
    r"^(?:[0-3]?\d[./-][0-3]?\d[./-](?:19|20)\d\d|(?:19|20)\d\d[-/][01]?\d[-/][0-3]?\d)(?:[ T]00:00:00)?$",
    0.5,
    letters=False,
)
BANK = Kind(
    "einer Bankverbindung",
    r"(?:.*[^a-z])?iban(?:[^a-z].*)?|.*kontonummer.*|konto(?:-?nr\.?)?|.*bankverbindung.*|bic",
    r"(?i)\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b",
)
PHONE = Kind(
    "einer Telefonnummer",
    r".*(?:telefon|handy|mobiln(?:umme)?r|rufnummer|phone|telefax).*|tel\.?(?:-?nr\.?)?|mobil|fax",
    r"(?:\+|^00)[1-9]\d{0,2}[ /()-]*(?:\(?0\)[ /-]*)?\d{2,5}[ /()-]*\d[\d ()-]{4,}"  # international
    r"|(?:^|[\s:])\(0[1-9]\d{1,4}\)[ /-]*[1-9]\d{2}[\d -]{1,9}$"  # (0711) 2164444
    r"|(?:^|[\s(:])0[1-9]\d{1,4}[ /-]{1,3}[1-9]\d{3,}|(?:^|[\s(:])0[1-9]\d{1,4}[ /-]{1,3}[1-9]\d{2}[ -]\d+"
    r"|^01[5-7]\d{8,9}$",  # mobile, without any mark
    letters=False,
)
NAME = "dem Namen einer Person"
FULL_NAME = Kind(  # „Erika Mustermann“; only in columns that nobody asked for, and where most cells are different
    NAME,
    r"(?!)",
    FULL,
    0.7,  # there are names that no pattern knows: of one word, or in an alphabet without capital letters
    NO_PERSON,
)
KINDS = (
    EMAIL,
    BANK,
    PHONE,
    BIRTH,
    Kind(
        "einer Anschrift",
        r".*(?:anschrift|adresse|address|hausnummer|hausnr).*|wohnort|stra(?:ß|ss)e|str\.?|street",
        STREET,
        0.5,
    ),
    FULL_NAME,
    Kind(
        NAME,
        r"(?:.*[^a-z])?(?:vor|nach|familien|zu)name.*|name|namen|(?:first|last|full|sur) ?name"
        r"|ansprech(?:person|partner|partnerin)|kontaktperson|befragte[rn]?[ _-]?name",
        SURNAME_FIRST,
        0.5,
        NO_PERSON,
    ),
)
UNASKED = (FULL_NAME, BIRTH)
"""Looked for only in columns that nobody has asked for: days of events and names of places are asked for."""


def check_persons(
    source: Source, columns: Sequence[int], known: Collection[str], line_of: Callable[[int], int]
) -> list[Finding]:
    """Every column that looks like a person, by its heading or by what stands in it.

    Parameters
    ----------
    columns : places of the columns to look at, counted from 0
    known : headings that the profile maps to something that is no person; only their content is looked at
    """
    seen = {plain(heading) for heading in known}
    telling = _long_enough(source, columns)
    looked_at = ((column, _looks_like(source, column, seen, line_of, telling=column in telling)) for column in columns)
    return [blaming_column(found, column) for column, found in looked_at if found]


def _looks_like(
    source: Source, column: int, known: Collection[str], line_of: Callable[[int], int], *, telling: bool
) -> Finding | None:
    """The finding of one column. ``known`` : plain headings; ``telling`` : whether its cells are long enough."""
    heading = source.headings[column]
    mapped = plain(heading) in known
    if not mapped and (by_heading := _by_heading(heading)):
        return _by_its_heading(heading, by_heading)
    named = heading or f"Nr. {column + 1}"
    if telling and (found := _by_content(source, column, mapped=mapped)):
        kind, count, row = found
        return _by_its_content(named, kind, count, line_of(row))
    if telling and not mapped and (text := _free_text(source, column)):
        return _by_its_length(named, text[0], line_of(text[1]))
    return None


def _long_enough(source: Source, columns: Sequence[int]) -> set[int]:
    """The columns with a cell that could tell something; most columns of a survey hold a digit or two."""
    found: set[int] = set()
    for start in range(0, len(columns), AT_ONCE):
        some = columns[start : start + AT_ONCE]
        longest = source.rows.aggregate(", ".join(f"max(length(c{column}))" for column in some)).fetchone() or ()
        found |= {column for column, length in zip(some, longest, strict=True) if (length or 0) >= SHORTEST}
    return found


def _by_heading(heading: str) -> Kind | None:
    said = plain(heading).replace("_", " ").strip()
    return next((kind for kind in KINDS if re.fullmatch(kind.heading, said)), None)


def _by_content(source: Source, column: int, *, mapped: bool) -> tuple[Kind, int, int] | None:
    """The first kind that the cells show: kind, how many cells, first row."""
    marked = _marked(source, column, [kind for kind in KINDS if not (mapped and kind in UNASKED)])
    wanted = ["coalesce(sum(times), 0)"]
    for place in range(len(KINDS)):
        wanted += [f"coalesce(sum(times) filter (where k{place}), 0)", f"min(row) filter (where k{place})"]
    counted = marked.aggregate(", ".join(wanted)).fetchone() or (0,)
    filled = int(counted[0])
    for place, kind in enumerate(KINDS):
        count, row = counted[1 + 2 * place], counted[2 + 2 * place]
        if not count or (kind.share and (filled < FEWEST or count < kind.share * filled)):
            continue
        if kind is BANK and not _has_account(marked):
            continue
        if kind is FULL_NAME and not _nearly_all_different(marked, filled):
            continue
        if kind is BIRTH and not _spans_a_generation(marked, place):
            continue
        return kind, int(count), int(row)
    return None


def _free_text(source: Source, column: int) -> tuple[int, int] | None:
    """Sentences that somebody wrote: how many, and the first row; a few words are a label and no text."""
    cells = source.rows.project(ColumnExpression("row"), ColumnExpression(f"c{column}").alias("said"))
    texts = cells.filter(call("regexp_matches", ColumnExpression("said"), SENTENCE)).aggregate(
        "said, count(*) as times, min(row) as row", "said"
    )
    long = call("regexp_matches", ColumnExpression("said"), LONG_TEXT).alias("long")
    counted = texts.project("times", "row", long).aggregate(
        f"count(*), count_if(long and times < {FEWEST_TEXTS}), sum(times), min(row)"
    )
    different, remarks, count, row = counted.fetchone() or (0, 0, 0, 0)
    return (int(count), int(row)) if different >= FEWEST_TEXTS or remarks else None


def _marked(source: Source, column: int, wanted: Collection[Kind]) -> duckdb.DuckDBPyRelation:
    """Every different cell with its first row, how often it comes, and which of the wanted kinds it looks like."""
    cells = source.rows.project(ColumnExpression("row"), ColumnExpression(f"c{column}").alias("said"))
    rows = cells.filter("said is not null")
    different = rows.aggregate("approx_count_distinct(said)").fetchone() or (0,)
    if int(different[0]) < FEW_DIFFERENT:
        cells = rows.aggregate("said, min(row) as row, count(*) as times", "said")
    else:
        cells = rows.project(StarExpression(), ConstantExpression(1).alias("times"))
    # Moments, amounts and numbers come by the million; whether there is a letter among them is known at once.
    found = rows.aggregate("coalesce(bool_or(lower(said) <> upper(said)), false)").fetchone() or (True,)
    possible = {kind for kind in wanted if found[0] or not kind.letters}
    likes = (
        (_like(kind) if kind in possible else ConstantExpression(value=False)).alias(f"k{place}")
        for place, kind in enumerate(KINDS)
    )
    return cells.project(StarExpression(), *likes)


def _like(kind: Kind) -> Expression:
    like = call("regexp_matches", ColumnExpression("said"), kind.content)
    if kind.unless is None:
        return like
    against = call("regexp_matches", ColumnExpression("said"), kind.unless)
    return CaseExpression(like, ~against).otherwise(ConstantExpression(value=False))  # only of what is like it


def _has_account(cells: duckdb.DuckDBPyRelation) -> bool:
    """Whether one of the candidates has the check digits of a bank account (ISO 13616, modulo 97)."""
    matches = call("regexp_extract", ColumnExpression("said"), BANK.content).alias("account")
    found = cells.project(matches).filter("account <> ''").distinct().limit(MOST_CANDIDATES).fetchall()
    return any(_is_account(str(account)) for (account,) in found)


def _is_account(words: str) -> bool:
    packed = words.replace(" ", "")
    digits = "".join(str(int(sign, 36)) for sign in packed[4:] + packed[:4])
    return int(digits) % 97 == 1


def _nearly_all_different(marked: duckdb.DuckDBPyRelation, filled: int) -> bool:
    """Two words with capital letters are often a place or a body; those repeat, persons do not."""
    found = marked.aggregate("count(distinct said)").fetchone() or (0,)
    return int(found[0]) >= DIFFERENT * filled


def _spans_a_generation(marked: duckdb.DuckDBPyRelation, place: int) -> bool:
    year = call("regexp_extract", ColumnExpression("said"), r"(?:19|20)\d\d").alias("year")
    years = marked.filter(ColumnExpression(f"k{place}")).project(year).aggregate("min(year), max(year)").fetchone()
    return years is not None and int(years[1]) - int(years[0]) >= GENERATION


def _by_its_heading(heading: str, kind: Kind) -> Finding:
    sentence = (
        f"Die Spalte „{heading}“ sieht nach {kind.name} aus. Angaben über einzelne Personen dürfen nicht geliefert "
        "werden; bitte die Spalte löschen und die Datei neu speichern."
    )
    return Finding("error", "personal_column", sentence, column=heading, expected="keine Angaben über Personen")


def _by_its_length(heading: str, count: int, line: int) -> Finding:
    sentence = (
        f"Die Spalte „{heading}“ enthält freie Texte ({count_of(count, 'Zeile', 'Zeilen')}, zuerst Zeile {line}). In "
        "freien Texten stehen oft Angaben über einzelne Personen; bitte die Spalte löschen und die Datei neu speichern."
    )
    return Finding("error", "free_text", sentence, line, heading, None, "keine freien Texte", count)


def _by_its_content(heading: str, kind: Kind, count: int, line: int) -> Finding:
    where = f"in Zeile {line}" if count == 1 else f"in {count_of(count, 'Zeile', 'Zeilen')}, zuerst in Zeile {line},"
    sentence = (
        f"Die Spalte „{heading}“ sieht {where} nach {kind.name} aus. Angaben über einzelne Personen dürfen nicht "
        "geliefert werden; bitte entfernen und die Datei neu speichern."
    )
    return Finding("error", "personal_content", sentence, line, heading, None, "keine Angaben über Personen", count)
