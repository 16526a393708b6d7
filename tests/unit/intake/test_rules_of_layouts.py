"""The closed list of transformations that a layout may name, each by what it does."""

from datetime import date, timedelta

import pytest

from sipa_data.intake import read_delivery
from sipa_data.intake.expressions import age_group
from sipa_data.intake.numerals import Marks, find_marks
from tests.support.intake import COUNTS, EVENTS, layout, musterstadt, put, refusal, rows_of, short


@pytest.mark.parametrize(
    ("shapes", "whole", "marks"),
    [
        ({"9.999", "99"}, True, Marks(".", "")),
        ({"9,999", "99"}, True, Marks(",", "")),
        ({"9,999"}, False, Marks("", ",")),
        ({"9.999"}, False, None),
        ({"0.999", "9.999"}, False, Marks("", ".")),
        ({"9.999", "9.999,9"}, False, Marks(".", ",")),
        ({"9,999", "9,999.9"}, False, Marks(",", ".")),
        ({"9.999.999"}, False, Marks(".", "")),
        ({"9.999", "99,9"}, False, Marks(".", ",")),
        ({"9.99"}, False, Marks("", ".")),
        ({"9 999", "999"}, True, Marks(" ", "")),
        ({"9'999.9"}, False, Marks("'", ".")),
        ({"999", "-99", "x"}, True, Marks("", "")),
        (set(), False, Marks("", "")),
    ],
)
def test_marks_are_told_from_all_values_together(shapes, whole, marks):
    assert find_marks(shapes, whole=whole) == marks


@pytest.mark.parametrize("words", ["", "alle", "30 bis unter 18", "18", "Jahre", "18-", "-18"])
def test_words_that_are_no_age_group_are_none(words):
    assert age_group(words) is None


TABLE = "jahr;bezirk;schlüssel;fälle;amt\n2024;Nord;***300;1;032\n2024;Süd;***300;2;32\n2024;Hafen;***300;4;40\n"


def counted(path, **changes):
    return sorted(short(rows_of(path, layout(COUNTS, **changes)), "cases"))


@pytest.mark.parametrize(
    ("rule", "cases"),
    [
        ({"equals": ["32", "40"]}, [(2,), (4,)]),
        ({"matches": "0?32"}, [(1,), (2,)]),
        ({"matches": "3"}, None),  # the whole cell must match
    ],
)
def test_only_the_rows_that_are_meant_are_taken(tmp_path, rule, cases):
    path = put(tmp_path, TABLE)
    keep = [{"column": "amt", **rule}]
    if cases is None:
        assert refusal(path, layout(COUNTS, keep=keep)).code == "nothing_taken"
    else:
        assert counted(path, keep=keep) == cases


def test_the_citys_official_key_is_found_without_its_leading_zero(tmp_path):
    """Musterstadt is 09999; other towns' rows are skipped and counted."""
    table = (
        "jahr;bezirk;schlüssel;fälle;ags\n2024;Nord;***300;1;9999\n2024;Süd;***300;2;09999\n2024;Hafen;***300;4;8111\n"
    )
    profile = layout(COUNTS, keep=[{"column": "ags", "city_key": True}])
    with read_delivery(put(tmp_path, table), musterstadt(), profile) as delivery:
        report = delivery.report
    assert (report.rows_in, report.rows_taken, report.rows_skipped) == (3, 2, 1)


def test_errors_of_rows_that_are_not_meant_do_not_matter(tmp_path):
    table = TABLE.replace("Hafen;***300;4", "Berlin;xyz;-4")
    assert counted(put(tmp_path, table), keep=[{"column": "amt", "matches": "0?32"}]) == [(1,), (2,)]


def with_rule(old, new):
    return layout(COUNTS.replace(old, new))


def test_a_file_that_counts_in_thousands_is_multiplied(tmp_path):
    profile = with_rule('{ column = "fälle" }', '{ column = "fälle", times = 1000, read_as = "number" }')
    table = "jahr;bezirk;schlüssel;fälle\n2024;Nord;***300;1,5\n"
    assert short(rows_of(put(tmp_path, table), profile), "cases") == [(1500,)]


def test_leading_zeros_come_back(tmp_path):
    profile = with_rule('{ column = "schlüssel" }', '{ column = "schlüssel", width = 6 }')
    table = "jahr;bezirk;schlüssel;fälle\n2024;Nord;***300;1\n2024;Nord;92000;1\n"
    assert refusal(put(tmp_path, table), profile).found == "092000"


@pytest.mark.parametrize(
    ("otherwise", "found"), [("keep", ["***300", "326*00"]), ("empty", ["***300", None]), ("refuse", None)]
)
def test_words_are_translated_and_others_kept_emptied_or_refused(tmp_path, otherwise, found):
    rule = f'columns.place_kind = {{ column = "art", values = {{ "Rad" = "***300" }}, otherwise = "{otherwise}" }}\n'
    path = put(tmp_path, "wann;bezirk;schlüssel;art\n01.07.2023;Nord;***300;Rad\n02.07.2023;Nord;***300;326*00\n")
    profile = layout(EVENTS + rule)
    if found is None:
        assert refusal(path, profile).found == "326*00"
    else:
        assert [row["place_kind"] for row in rows_of(path, profile)] == found


def test_a_kind_becomes_a_slug(tmp_path):
    rule = 'columns.place_kind = { column = "art", read_as = "slug" }\n'
    path = put(tmp_path, "wann;bezirk;schlüssel;art\n01.07.2023;Nord;***300;Öffentliche Straße / Platz\n")
    assert short(rows_of(path, layout(EVENTS + rule)), "place_kind") == [("oeffentliche-strasse-platz",)]


def test_texts_that_mean_nothing_are_nothing(tmp_path):
    rule = 'columns.place_kind = { column = "art", empty = ["-", "k. A."] }\n'
    path = put(tmp_path, "wann;bezirk;schlüssel;art\n01.07.2023;Nord;***300;-\n02.07.2023;Nord;***300; k. A. \n")
    assert short(rows_of(path, layout(EVENTS + rule)), "place_kind") == [(None,), (None,)]


def test_a_year_can_stand_for_a_day(tmp_path):
    rules = COUNTS[: COUNTS.index("[[tables]]")].replace('[period]\ncolumn = "jahr"\n', "") + (
        '[[tables]]\nname = "population"\n'
        'columns.source = { constant = "r" }\ncolumns.basis = { constant = "register" }\n'
        'columns.reference_date = { column = "jahr", read_as = "year", day_of_year = "12-31" }\n'
        'columns.inhabitants = { column = "zahl", decimal = "." }\n'
    )
    path = put(tmp_path, "jahr,bezirk,zahl\n2012,Nord,1023101.0\n")
    assert short(rows_of(path, layout(rules)), "reference_date", "inhabitants") == [(date(2012, 12, 31), 1_023_101)]


def test_a_column_of_the_file_may_be_missing_where_the_layout_allows_it(tmp_path):
    path = put(tmp_path, "jahr;bezirk;schlüssel;fälle\n2024;Nord;***300;1\n")
    assert short(rows_of(path, layout(COUNTS)), "attempts", "cleared") == [(None, None)]


def test_thousands_of_different_days_are_read_as_periods(tmp_path):
    """Ten years of daily counts: more words than anyone would translate one by one."""
    days = [date(2013, 1, 1) + timedelta(days=number) for number in range(3_650)]
    rows = "".join(f"{day:%d.%m.%Y};Nord;***300;1\n" for day in days)
    found = rows_of(put(tmp_path, "jahr;bezirk;schlüssel;fälle\n" + rows), layout(COUNTS))
    assert [row["period_start"] for row in found] == days
