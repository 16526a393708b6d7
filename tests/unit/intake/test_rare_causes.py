"""Causes that hardly ever come: each is said with its line, its column, what stands there and what is expected."""

import ast

from sipa_data.intake.causes import TITLES
from tests.support.intake import COUNTS, EVENTS, PROJECT, layout, put, refusal, refusals

SPANS = layout(
    COUNTS.replace('{ period = "start" }', '{ column = "von" }')
    .replace('{ period = "end" }', '{ column = "bis" }')
    .replace('[period]\ncolumn = "jahr"', "")
)
SHARES = layout("""
id = "anteile"
title = "Anteile"
description = "Zum Prüfen."
attribution = "Musterstadt"
marking = "published"

[district]
method = "none"

[[tables]]
name = "survey_results"
columns.source = { constant = "amt" }
columns.wave_id = { constant = "w" }
columns.item_id = { column = "frage" }
columns.answer = { column = "antwort" }
columns.share = { column = "anteil" }
columns.lower = { column = "von" }
columns.upper = { column = "bis" }
columns.n = { column = "n" }
""")
INHABITANTS = layout("""
id = "einwohner"
title = "Einwohner"
description = "Zum Prüfen."
attribution = "Musterstadt"
marking = "published"

[district]
method = "column"
columns = ["bezirk"]

[[tables]]
name = "population"
columns.source = { constant = "register" }
columns.reference_date = { column = "stichtag" }
columns.sex = { column = "geschlecht" }
columns.inhabitants = { column = "einwohner" }
columns.basis = { constant = "register" }
""")


def test_a_period_that_ends_before_it_begins(tmp_path):
    head = "von;bis;bezirk;schlüssel;fälle\n"
    fine = "01.01.2024;31.12.2024;Nord;***300;5\n"
    error = refusal(put(tmp_path, f"{head}{fine}01.07.2024;30.06.2024;Süd;***300;5\n"), SPANS)
    assert (error.code, error.line, error.column, error.count) == ("period_reversed", 3, "von", 1)
    assert (error.found, error.expected) == ("01.07.2024", "ein Ende nach dem Beginn")
    assert error.sentence == (
        "In Zeile 3 endet der Zeitraum, bevor er beginnt; erwartet wird ein Ende nach dem Beginn."
    )


def test_a_share_that_lies_outside_its_own_bounds(tmp_path):
    head = "frage;antwort;anteil;von;bis;n\n"
    rows = "nachts;1;0,25;0,20;0,30;400\nnachts;2;0,35;0,20;0,30;400\nnachts;3;1,20;0,90;1,30;400\n"
    error = refusal(put(tmp_path, head + rows), SHARES)
    assert (error.code, error.line, error.column, error.count) == ("share_outside", 3, "anteil", 2)
    assert (error.found, error.expected) == ("0,35", "ein Anteil von 0 bis 1 zwischen seinen Grenzen")
    assert error.sentence == (
        "In 2 Zeilen, zuerst in Zeile 3, liegt ein Anteil außerhalb seiner Grenzen („0,35“); erwartet wird ein Anteil "
        "von 0 bis 1 zwischen seinen Grenzen."
    )


def test_a_word_that_is_not_among_those_of_its_column(tmp_path):
    text = "stichtag;bezirk;geschlecht;einwohner\n31.12.2024;Nord;w;5\n31.12.2024;Nord;x;5\n"
    error = refusal(put(tmp_path, text), INHABITANTS)
    assert (error.code, error.line, error.column, error.found) == ("unknown_word", 3, "geschlecht", "x")
    assert error.expected == "„w“, „m“, „d“"
    assert error.sentence == "In Zeile 3 steht in der Spalte „geschlecht“ das Wort „x“; möglich sind „w“, „m“, „d“."


def test_rows_longer_than_any_row_is(tmp_path):
    head, fine, long = "jahr;bezirk;schlüssel;fälle\n", "2024;Nord;***300;5\n", f"2024;{'x' * 1_100_000};***300;5\n"
    error = refusal(put(tmp_path, head + fine + long + "2024;Süd;***300;5\n"), layout(COUNTS))
    assert (error.code, error.line, error.count) == ("unreadable_row", 3, 1)
    assert error.sentence == (
        "Zeile 3 lässt sich nicht lesen. Sie ist beschädigt oder viel zu lang; bitte den Export wiederholen."
    )


def test_behind_a_row_that_is_too_long_lines_are_counted_on(tmp_path):
    head, note = "jahr;bezirk;schlüssel;fälle;notiz\n", "x" * 200_000  # longer than a cell that Python's reader takes
    long = f"2024;{'x' * 1_100_000};***300;5;\n"
    text = f"{head}2024;Nord;***300;5;{note}\n{long}2024;Süd;***300;-5;\n"
    errors = refusals(put(tmp_path, text), layout(COUNTS))
    assert [(error.code, error.line) for error in errors] == [("unreadable_row", 3), ("negative", 4)]


def test_a_column_with_more_places_than_any_city_has(tmp_path, monkeypatch):
    monkeypatch.setattr("sipa_data.intake.places.MOST_DISTINCT", 3)
    text = "wann;bezirk;schlüssel\n" + "".join(f"01.07.2023;Ort {number};***300\n" for number in range(5))
    error = refusal(put(tmp_path, text), layout(EVENTS))
    assert (error.code, error.column) == ("no_district_column", "bezirk")
    assert error.sentence == (
        "In der Spalte „bezirk“ stehen mehr als 3\u00a0verschiedene Werte; Bezirke können das nicht sein. Bitte "
        "prüfen, ob das richtige Profil gewählt ist."
    )


def test_every_cause_is_met_by_a_test():
    """That every one of them is raised by some check, ``test_refused_rows`` says."""
    said = set()
    for path in (PROJECT / "tests").rglob("test_*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        said |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(TITLES) - said == set()
