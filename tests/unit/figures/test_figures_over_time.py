"""The trend: what it joins, what it leaves apart, what it says."""

from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest

from sipa_data.answers.types import Question
from sipa_data.figures import spark, trend
from sipa_data.figures.palette import DARK, LIGHT
from sipa_data.figures.series import series_of, spread, stretches, ticks
from sipa_data.figures.spark import HEIGHT, MARGIN, WIDTH
from sipa_data.periods import Period
from tests.support.answers import (
    BIRKACH,
    CITY,
    COUNT,
    MITTE,
    NORD,
    RATE,
    SHARE,
    answer,
    hide,
    observe,
    trend_of_unsafety,
    verdict,
    wave,
)

THIN = "\u202f"
HISTORY = Question("gewalt", history=True)


def yearly(values, **more):
    """City rates from 2018 on; None is confidential."""
    steps = [
        hide(CITY, period=year) if value is None else observe(value, period=year, lower=value - 15, upper=value + 16)
        for year, value in enumerate(values, start=2018)
    ]
    return answer(RATE, *steps, question=HISTORY, **more)


def joined_years(read):
    """Which years a line joins, read from the drawn figure: runs of places between empty ones."""
    runs = [[]]
    for trace in trend(read).figure.data:
        if "markers" in trace.mode:
            for place in trace.x:
                if place is None:
                    runs.append([])
                else:
                    runs[-1].append(int(place[:4]))
    return [run for run in runs if run]


def test_a_trend_joins_years_that_follow_each_other():
    assert joined_years(yearly([380, 371, 402])) == [[2018, 2019, 2020]]


def test_nothing_is_joined_across_a_break_in_the_series():
    broken = yearly([380, 371, 402, 410], breaks=(("2020-01-01", "Neue Bezugsbasis"),))
    assert joined_years(broken) == [[2018, 2019], [2020, 2021]]


def test_a_year_with_a_break_inside_is_joined_to_neither_side():
    broken = yearly([380, 371, 402, 410], breaks=(("2020-07-01", "Neuer Schlüssel"),))
    assert joined_years(broken) == [[2018, 2019], [2020], [2021]]


def test_nothing_is_joined_across_a_value_that_is_not_shown():
    assert joined_years(yearly([380, 371, None, 410, 415])) == [[2018, 2019], [2021, 2022]]


def test_nothing_is_joined_across_a_year_that_is_missing():
    years = [observe(380 + year % 7, period=year) for year in (2018, 2019, 2020, 2023, 2024)]
    assert joined_years(answer(RATE, *years, question=HISTORY)) == [[2018, 2019, 2020], [2023, 2024]]


def test_the_same_quarter_of_several_years_is_one_series():
    quarters = [observe(100 + year, period=Period.quarter(year, 3)) for year in (2023, 2024, 2025)]
    read = answer(COUNT, *quarters, question=HISTORY, period=Period.quarter(2025, 3))
    assert joined_years(read) == [[2023, 2024, 2025]]


def test_a_break_is_a_dotted_line_with_its_name():
    figure = trend(yearly([380, 371, 402, 410], breaks=(("2020-01-01", "Neue Bezugsbasis"),))).figure
    (line,) = figure.layout.shapes
    assert (line.x0, line.x1, line.line.dash) == ("2020-01-01", "2020-01-01", "dot")
    assert "Neue Bezugsbasis" in {label.text for label in figure.layout.annotations}


def test_a_break_outside_the_years_shown_is_not_drawn():
    figure = trend(yearly([380, 371], breaks=(("1999-01-01", "Lange her"),))).figure
    assert not figure.layout.shapes


def test_the_band_has_the_bounds_of_the_answer_and_nothing_between_stretches():
    figure = trend(yearly([380, 371, None, 410, 415])).figure
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [list(band.y) for band in bands] == [[396, 387, 356, 365], [426, 431, 400, 395]]


def test_a_lonely_year_has_a_stroke_instead_of_a_band():
    figure = trend(yearly([380, None, 402])).figure
    (line,) = figure.data
    assert [trace for trace in figure.data if trace.fill] == []
    assert [step for step in line.error_y.array if step] == [16, 16]
    assert [step for step in line.error_y.arrayminus if step] == [15, 15]


def test_survey_waves_are_points_with_strokes():
    figure = trend(trend_of_unsafety()).figure
    (points,) = figure.data
    assert list(points.y) == [12.0, 12.4, 14.0]
    assert list(points.error_y.array) == pytest.approx([1.1, 1.0, 0.7])
    assert list(points.error_y.arrayminus) == pytest.approx([1.0, 0.9, 0.7])
    assert list(figure.layout.xaxis.ticktext) == ["2019", "2021", "2023"]


def test_the_last_value_stands_at_the_end_of_the_line():
    labels = [label.text for label in trend(trend_of_unsafety()).figure.layout.annotations]
    assert labels == [f"<b>14,0{THIN}%</b>"]


def test_title_and_alt_state_the_finding_with_its_numbers():
    picture = trend(trend_of_unsafety())
    assert picture.title == "Im eigenen Stadtbezirk fühlen sich mehr Menschen unsicher: 14,0 % statt 12,4 % (2021)"
    assert picture.alt.startswith(f"{picture.title}. ")
    assert f"Nov. bis Dez. 2023: 14,0{THIN}% (13,3–14,7{THIN}%)" in picture.alt
    assert picture.subtitle == (
        "Unsicher im eigenen Stadtbezirk, % · Musterstadt · 2019 bis 2023 · Striche: 95-%-Bereich"
        " · Achse beginnt nicht bei null"
    )


def test_a_verdict_too_long_for_a_title_is_told_in_short():
    long = verdict("within_chance", "Sehr " + "ausführlich " * 20 + ".", short="wie 2024, im Rahmen des Zufalls")
    picture = trend(answer(RATE, observe(400, period=2024), observe(402), long, question=HISTORY))
    assert picture.title == "Gewaltkriminalität je 100.000: wie 2024, im Rahmen des Zufalls"


@pytest.mark.parametrize("code", ["too_few", "break_in_series", "no_comparison", "not_comparable"])
def test_without_a_finding_the_title_says_what_is_shown(code):
    picture = trend(answer(RATE, observe(402), verdict(code, "Nicht vergleichbar."), question=HISTORY))
    assert picture.title == "Gewaltkriminalität je 100.000: 402 (2025)"
    picture = trend(answer(SHARE, observe(14, MITTE), question=Question("x", districts=(MITTE,))))
    assert picture.title == f"Unsicher im eigenen Stadtbezirk, Mitte: 14,0{THIN}% (2025)"


def test_a_place_without_any_value_has_no_picture_but_says_why():
    picture = trend(answer(SHARE, hide(BIRKACH, "unreliable"), question=Question("x", districts=(BIRKACH,))))
    assert picture.figure is None
    assert picture.title == "Unsicher im eigenen Stadtbezirk: kein Wert für Birkach, 2025 (zu wenige Antworten)"
    assert "Nicht gezeigt: 2025 (zu wenige Antworten)." in picture.alt
    assert picture.table["Wert"].tolist() == ["/ zu wenige Antworten"]


def test_an_answer_without_observations_has_no_picture_and_no_error():
    picture = trend(answer(SHARE, question=HISTORY))
    assert picture.figure is None
    assert picture.title == "Unsicher im eigenen Stadtbezirk: kein Wert für Musterstadt, 2025"


def test_a_hidden_year_has_its_symbol_on_the_ground_line_and_its_word_in_the_alt():
    picture = trend(yearly([380, None, 402]))
    assert "•" in {label.text for label in picture.figure.layout.annotations}
    assert "• vertraulich" in picture.subtitle
    assert "Nicht gezeigt: 2019 (vertraulich)." in picture.alt


def test_an_axis_that_does_not_begin_at_zero_is_named():
    near, wide = yearly([400, 402, 404]), answer(COUNT, observe(0, period=2024), observe(9), question=HISTORY)
    assert trend(near).figure.layout.yaxis.range[0] > 0
    assert "Achse beginnt nicht bei null" in trend(near).subtitle
    assert trend(wide).figure.layout.yaxis.range[0] == 0
    assert "null" not in trend(wide).subtitle


def test_groups_are_named_at_their_lines_and_in_the_title():
    groups = [
        observe(value, period=wave(year), group=group, lower=value - 2, upper=value + 2)
        for group, values in (("Frauen", (33.0, 38.5)), ("Männer", (17.0, 18.2)))
        for year, value in zip((2021, 2023), values, strict=True)
    ]
    picture = trend(answer(SHARE, *groups, question=HISTORY, period=wave(2023)))
    labels = {label.text for label in picture.figure.layout.annotations}
    assert labels == {f"<b>38,5{THIN}%</b> Frauen", f"<b>18,2{THIN}%</b> Männer"}
    assert picture.title == (
        f"Unsicher im eigenen Stadtbezirk: Frauen 38,5{THIN}% und Männer 18,2{THIN}% (Nov. bis Dez. 2023)"
    )
    assert picture.table["Gruppe"].tolist() == ["Frauen", "Frauen", "Männer", "Männer"]


def test_the_district_that_was_asked_for_is_blue_and_the_others_grey():
    places = [
        observe(value, place, period=year) for place, value in ((CITY, 400), (MITTE, 800)) for year in (2024, 2025)
    ]
    read = answer(RATE, *places, question=Question("gewalt", districts=(MITTE,), history=True))
    inks = {trace.hovertext[0].split(",")[0]: trace.line.color for trace in trend(read).figure.data}
    assert inks == {"Musterstadt": LIGHT.grey, "Mitte": LIGHT.blue}


def test_labels_keep_their_distance_and_stay_where_there_is_room():
    moved = spread([100.0, 102.0, 104.0, 300.0], 17)
    assert moved == pytest.approx([85.0, 102.0, 119.0, 300.0])
    crowd = sorted(spread([50.0, 50.0, 60.0, 61.0, 90.0], 17))
    assert all(second - first >= 17 - 1e-9 for first, second in pairwise(crowd))


def test_ticks_are_few_german_and_include_the_latest():
    places, names = ticks([Period.month(year, month) for year in (2023, 2024, 2025) for month in range(1, 13)])
    assert len(places) == len(names) <= 6
    assert names[-1] == "Dez.<br>2025"
    assert ticks([Period.quarter(2025, 3)])[1] == ["3. Q.<br>2025"]


def test_twelve_months_stand_where_they_end():
    places, _ = ticks([Period.twelve_months_to(2025, 6)])
    assert places == [date(2025, 6, 30).isoformat()]


def test_rolling_years_are_one_stretch():
    steps = [observe(400 + month, period=Period.twelve_months_to(2025, month)) for month in (3, 6, 9)]
    read = answer(RATE, *steps, question=HISTORY, period=Period.twelve_months_to(2025, 9))
    (series,) = series_of(read)
    assert [len(run) for run in stretches(series, ())] == [3]


def drawn(read, **options):
    """The shapes of a small trend by their kind, each with its attributes."""
    shapes = {}
    for shape in fromstring(spark(read, **options).svg):
        shapes.setdefault(shape.tag.rpartition("}")[2], []).append(shape.attrib)
    return shapes


def counted(*values):
    """City rates without intervals, from 2018 on."""
    return answer(RATE, *(observe(value, period=year) for year, value in enumerate(values, 2018)), question=HISTORY)


def test_a_spark_draws_the_line_and_breaks_and_nothing_else():
    shapes = drawn(yearly([380, 371, 402, 410], breaks=(("2020-01-01", "Neue Bezugsbasis"),)))
    assert sorted(shapes) == ["circle", "line", "polygon", "polyline"]
    assert len(shapes["line"]) == 1
    assert [len(line["points"].split()) for line in shapes["polyline"]] == [2, 2]
    assert len(shapes["circle"]) == 1  # the last value


def test_a_spark_goes_from_left_to_right_and_up_with_the_values():
    (line,) = drawn(counted(100, 200, 150))["polyline"]
    (first, second, third) = [tuple(map(float, point.split(","))) for point in line["points"].split()]
    assert (first, second[1]) == (
        (MARGIN, HEIGHT - MARGIN),
        MARGIN,
    )  # the highest on top
    assert third == (WIDTH - MARGIN, HEIGHT / 2)  # half way between 100 and 200
    assert first[0] < second[0] < third[0]


def test_a_spark_carries_the_band_of_its_intervals():
    waves = (observe(400, period=year, lower=380, upper=420) for year in (2024, 2025))
    (band,) = drawn(answer(RATE, *waves))["polygon"]
    heights = {float(point.split(",")[1]) for point in band["points"].split()}
    assert heights == {MARGIN, HEIGHT - MARGIN}


def test_a_spark_of_equal_values_is_a_level_line():
    (line,) = drawn(counted(100, 100, 100))["polyline"]
    assert len({point.split(",")[1] for point in line["points"].split()}) == 1


def test_a_spark_has_the_colours_of_its_page():
    read = yearly([100, 200])
    assert {line["stroke"] for line in drawn(read)["polyline"]} == {LIGHT.blue}
    assert {line["stroke"] for line in drawn(read, dark=True)["polyline"]} == {DARK.blue}


def test_a_single_value_has_no_spark():
    assert spark(answer(RATE, observe(402))) is None


def test_a_spark_shows_the_place_that_was_asked_for():
    places = [observe(value, place, period=year) for place, value in ((CITY, 400), (NORD, 90)) for year in (2024, 2025)]
    asked = answer(RATE, *places, question=Question("gewalt", districts=(NORD,), history=True))
    alone = answer(RATE, *places[2:], question=Question("gewalt", districts=(NORD,), history=True))
    assert spark(asked) == spark(alone)
