"""200 random questions: tile, table behind the chart, CSV, XLSX and link say the same number, whoever asks."""

import csv
import io
import random
import re

import pytest
from openpyxl import load_workbook

from pages.parts import filter_bar, link
from sipa_data import figures
from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question
from sipa_data.areas import CITY
from sipa_data.exports import csv_bytes, xlsx_bytes
from sipa_data.figures.table import PERIOD, PLACE, VALUE, table
from sipa_data.german import number
from tests.app.conftest import open_page, tables

SEED, QUESTIONS, OPENED = 20261122, 200, 5
SCOPES = (Scope.chair(), Scope.public(), Scope.of(Role.district, frozenset({"04"})))
NUMBER = re.compile(r"−?\d[\d.]*(?:,\d+)?")


def drawn_questions(house):
    """Indicator, place, period and reader by lot, always the same; of indicators that somebody delivered."""
    chance = random.Random(SEED)
    reader = house.reader(Scope.chair())
    every = [
        (indicator, place, period, scope)
        for indicator in house.catalogue.indicators
        if not reader.ask(Question(indicator)).is_empty
        for place in (CITY, *house.catalogue.districts)
        for period in (None, *reader.periods())
        for scope in SCOPES
    ]
    return chance.sample(every, QUESTIONS)


def number_in(text):
    """The number a reader reads, as German text; None where words stand."""
    found = NUMBER.match(text.removeprefix("Note").strip())
    return found[0] if found else None


def csv_number(answer, place, period):
    lines = list(csv.reader(io.StringIO(csv_bytes(answer).decode("utf-8-sig"), newline=""), delimiter=";"))
    columns, *records = lines[lines.index([]) + 1 :]
    (record,) = [
        one for one in (dict(zip(columns, line, strict=True)) for line in records)
        if (one[PLACE], one[PERIOD]) == (place, period) and one.get("Gruppe", "alle") == "alle"
    ]  # fmt: skip
    plain = record[VALUE].replace("-", "").replace(",", "")
    if not plain.isdigit():
        return None
    return number(float(record[VALUE].replace(",", ".")), len(record[VALUE].partition(",")[2]))


def xlsx_number(answer, place, period):
    sheet = load_workbook(io.BytesIO(xlsx_bytes(answer)), read_only=True).worksheets[0]
    columns, *records = sheet.iter_rows()
    names = [cell.value for cell in columns]
    (record,) = [
        one for one in (dict(zip(names, line, strict=True)) for line in records)
        if (one[PLACE].value, one[PERIOD].value) == (place, period)
        and ("Gruppe" not in one or one["Gruppe"].value == "alle")
    ]  # fmt: skip
    cell = record[VALUE]
    if isinstance(cell.value, str):
        return None
    return number(cell.value, len(cell.number_format.partition(".")[2]))


def table_number(shown, place, period):
    (value,) = shown.loc[(shown[PLACE] == place) & (shown[PERIOD] == period), VALUE].tolist()
    return number_in(value)


def asked_by(parameters, house, indicator, scope):
    """The answer that a link leads to, read as the filter bar reads it."""
    reader = house.reader(scope, int(parameters["stand"]))
    places = {filter_bar.place_name(house.catalogue, one): one for one in (CITY, *house.catalogue.districts)}
    periods = {filter_bar.period_name(one): one for one in (None, *reader.periods())}
    place = places[parameters.get("gebiet", filter_bar.place_name(house.catalogue, CITY))]
    period = periods[parameters.get("zeitraum", filter_bar.LATEST)]
    return reader.ask(Question(indicator, () if place == CITY else (place,), period).over_time())


def test_two_hundred_questions_have_one_number_each_on_tile_table_csv_xlsx_and_link(small_city):
    hidden = 0
    for indicator, place, period, scope in drawn_questions(small_city):
        reader = small_city.reader(scope)
        answer = reader.ask(Question(indicator, () if place == CITY else (place,), period).over_time())
        tile = figures.tile(answer)
        said = None if tile.in_words else number_in(tile.value)
        linked = figures.tile(asked_by(link.parameters(reader, place, period), small_city, indicator, scope))
        assert linked == tile
        if answer.period is None or answer.observations.empty:
            assert said is None
            continue
        where, when = answer.place_name(place), answer.period.german
        shown = table(answer)
        if not ((shown[PLACE] == where) & (shown[PERIOD] == when)).any():
            assert said is None
            continue
        told = {
            "tile": said,
            "table": table_number(shown, where, when),
            "csv": csv_number(answer, where, when),
            "xlsx": xlsx_number(answer, where, when),
        }
        assert len(set(told.values())) == 1, (indicator, place, period, scope.role, told)
        hidden += said is None
    assert 5 < hidden < QUESTIONS / 2  # the lot holds both kinds


@pytest.mark.parametrize("role", ["Lenkungsgruppe", "Öffentlichkeit"])
def test_the_page_that_a_link_opens_shows_that_number(small_city, role):
    wanted = Scope.chair() if role == "Lenkungsgruppe" else Scope.public()
    drawn = [one for one in drawn_questions(small_city) if one[3] == wanted][:OPENED]
    for indicator, place, period, scope in drawn:
        reader = small_city.reader(scope)
        tile = figures.tile(reader.ask(Question(indicator, () if place == CITY else (place,), period).over_time()))
        visit = open_page(f"kennzahl-{indicator}", **link.parameters(reader, place, period))
        visit.selectbox(key="ansicht").select(scope).run()
        if not tile.in_words:
            assert visit.metric[0].value == tile.value
            assert tables(visit)
            assert any(number_in(cell) == number_in(tile.value) for cell in tables(visit)[0][VALUE])
        else:
            assert not visit.metric
