"""No mistake in a catalogue file is ever explained in English, and every kind of mistake has its own words."""

from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from sipa_data.catalogue import models, shelves
from sipa_data.catalogue.messages import PATTERNS, TRANSLATIONS, alternatives, explain, meant, quoted

PARTS = [part for part in vars(shelves).values() if isinstance(part, shelves.Part)]
ODD_VALUES: list[Any] = [
    None, "", " ", "x" * 3000, "Umläut €", "12", 7, -1, 10**30, 1.5, float("inf"), float("nan"), True, [], [[]], [1],
    ["x"], {}, {"kind": "count"}, {"kind": "unbekannt"}, {"code": "1"}, [{"code": 1, "label": "a"}],
    date(2020, 2, 29), datetime(2020, 2, 29, 12, 30, tzinfo=UTC), "2020-02-30", "2020-02-29T12:00:00",
    "lower_is_better",
]  # fmt: skip


def complaints() -> dict[str, Any]:
    """One finding of pydantic for each type of error that the models can give."""
    found: dict[str, Any] = {}
    for part in PARTS:
        for name in part.model.model_fields:
            for value in ODD_VALUES:
                try:
                    part.model.model_validate({name: value, "zu_viel": 1})
                except ValidationError as fault:
                    found |= {error["type"]: error for error in fault.errors()}
    for kind in get_args(get_args(models.Measure)[0]):
        tag = get_args(kind.model_fields["kind"].annotation)[0]
        for name in kind.model_fields:
            for value in ODD_VALUES:
                try:
                    TypeAdapter(models.Measure).validate_python({"kind": tag, name: value})
                except ValidationError as fault:
                    found |= {error["type"]: error for error in fault.errors()}
    return found


def test_every_type_of_error_that_the_models_can_give_has_its_own_german_words():
    types = set(complaints())
    assert len(types) > 15
    assert types - {"extra_forbidden"} <= set(TRANSLATIONS)


@pytest.mark.parametrize(("kind", "error"), complaints().items())
def test_no_english_of_the_checker_leaks(kind, error):
    found, fix = explain(error, ["title"])
    assert found
    assert fix
    for word in error["msg"].replace("'", " ").split():
        if word.lower() in {"input", "should", "be", "valid", "string", "field", "required", "permitted", "than", "or"}:
            assert f" {word.lower()} " not in f" {found} {fix} ".lower(), (kind, found, fix)


def test_every_pattern_of_the_models_is_said_in_words():
    patterns = set()
    for error in complaints().values():
        if error["type"] == "string_pattern_mismatch":
            patterns.add(error["ctx"]["pattern"])
    for model in (models.City, models.District, models.FieldOfAction, models.PersonRateMeasure):
        for value in ("Ü Ü", ("Ü Ü",)):
            for name in model.model_fields:
                try:
                    model.model_validate({name: value})
                except ValidationError as fault:
                    patterns |= {one["ctx"]["pattern"] for one in fault.errors() if "pattern" in one.get("ctx", {})}
    assert patterns == set(PATTERNS)


def test_values_are_quoted_shortly_and_on_one_line():
    assert quoted("a\n b") == "„a b“"
    assert quoted("x" * 50) == f"„{'x' * 40}…“"
    assert [quoted(value) for value in (True, [1], {"a": 1}, None, 3)] == [
        "„true“", "eine Liste", "ein Abschnitt", "nichts", "„3“",
    ]  # fmt: skip


def test_the_fix_names_the_closest_word_else_all_words_else_an_example():
    assert meant("titel", ["title", "unit"]) == "Gemeint ist wohl „title“"
    assert meant("farbe", ["title", "unit"]) == "Bekannt sind „title“ und „unit“"
    assert meant("zzz", [f"wort{number}" for number in range(30)]) == "Bekannt ist zum Beispiel „wort0“"
    assert meant("x", []) == "Bitte entfernen oder erst dort anlegen"
    assert meant("x", ["lang"]) == "Bekannt ist „lang“"


def test_alternatives_read_like_a_sentence():
    assert alternatives(["a"]) == "„a“"
    assert alternatives(["a", "b", "c"]) == "„a“, „b“ oder „c“"
