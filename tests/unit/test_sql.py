import pytest

from sipa_data.sql import literal, quoted, statement
from sipa_data.tables import TABLES


def test_an_identifier_cannot_leave_its_quotes():
    assert quoted('a"; drop table b; --') == '"a""; drop table b; --"'


def test_a_literal_cannot_leave_its_quotes():
    assert literal("/srv/O'Neill/files") == "'/srv/O''Neill/files'"


def test_a_statement_names_every_identifier_it_needs():
    assert '"population"' in statement("lake", "checksum", table="population")
    with pytest.raises(ValueError, match=r"checksum\.sql names .'table'., but was given"):
        statement("lake", "checksum")
    with pytest.raises(ValueError, match=r"snapshots\.sql names"):
        statement("lake", "snapshots", table="population")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_slice_is_described_by_columns_that_the_table_has(table):
    names = {column.name for column in table.columns}
    assert set(table.slice_by) <= names
    assert table.period_column is None or table.period_column in names
    assert table.period_column != "period_start" or "period_end" in names
