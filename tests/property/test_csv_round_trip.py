"""Whatever the answer: the file has the same numbers as the table on the screen."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from sipa_data.exports import csv_bytes
from sipa_data.figures import table
from tests.support.answers import CITY, HIDDEN, NOT_LOCATABLE, PLACES, SHARE, answer, hide, observe, with_changes

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
TEXTS = st.one_of(st.none(), st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30))
AREAS = st.sampled_from([CITY, NOT_LOCATABLE, *PLACES])
YEARS = st.integers(2001, 2030)
UNITS = st.sampled_from(["%", "Fälle", "je 100.000", "Punkte", "Tage"])


@st.composite
def shown(draw):
    lower, value, upper = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    bounds = draw(st.sampled_from([{}, {"lower": lower, "upper": upper}]))
    status, n = draw(st.sampled_from(["ok", "limited"])), draw(st.none() | st.integers(0, 10**7))
    return observe(
        value, draw(AREAS), draw(YEARS), **bounds, status=status, n=n, group=draw(TEXTS), basis=draw(TEXTS)
    )  # fmt: skip


@st.composite
def hidden(draw):
    return hide(draw(AREAS), draw(st.sampled_from(HIDDEN)), draw(YEARS), group=draw(TEXTS), reason=draw(TEXTS))


def number_of(cell):
    """The number in a cell of the screen or of the file; None where there is a word."""
    text = cell.replace("\u202f", " ").replace("\u00a0", " ").split(" ")[0].replace("−", "-")
    plain = text.replace(".", "").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def bounds_of(cell):
    """Both ends of an interval on the screen."""
    text = cell.replace("\u202f", " ").replace("\u00a0", " ")
    ends = text.split(" bis ") if " bis " in text else text.split("–")
    return [number_of(end) for end in ends] if len(ends) == 2 else [None, None]


def spreadsheet(content):
    """Text cells as a spreadsheet shows them, without the apostrophe that keeps them from being run."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    columns, *records = lines[lines.index([]) + 1 :]
    return [dict(zip(columns, record, strict=True)) for record in records]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(shown(), hidden()), max_size=12), UNITS, st.integers(0, 3))
def test_the_file_has_the_same_numbers_as_the_table_on_the_screen(observations, unit, decimals):
    read = answer(with_changes(SHARE, unit=unit, decimals=decimals), *observations)
    screen, file = table(read).to_dict("records"), spreadsheet(csv_bytes(read))
    assert len(file) == len(screen) == len(observations)
    for row, record, observation in zip(screen, file, observations, strict=True):
        assert number_of(record["Wert"]) == number_of(row["Wert"])
        assert [number_of(record[f"95-%-Bereich {end}"]) for end in ("von", "bis")] == bounds_of(row["95-%-Bereich"])
        assert number_of(record["Grundlage (n)"]) == number_of(row["Grundlage (n)"])
        assert record["Zeitraum"] == row["Zeitraum"]
        assert record["Gebiet"] == row["Gebiet"]
        if observation["value"] is None:
            assert record["Wert"] in row["Wert"]
            assert number_of(record["Wert"]) is None
        else:
            assert abs(number_of(record["Wert"]) - observation["value"]) <= 0.5 * 10**-decimals * 1.0001
