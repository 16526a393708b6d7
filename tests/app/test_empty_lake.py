"""The pages before the first delivery: nothing breaks, and they say what to do."""

import pytest

from pages.parts import register
from tests.app.conftest import open_page
from tests.support.facts import musterstadt

PAGES = sorted(register.addresses(musterstadt()))


@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_in_an_empty_lake(empty_city, address):
    visit = open_page(address)
    assert not visit.exception
    assert not visit.error


def test_an_empty_lake_says_how_data_come_in(empty_city):
    visit = open_page()
    assert "noch keine Daten" in visit.info[0].value
    assert any("python -m sipa_data import" in code.value for code in visit.code)
    assert {link.proto.page for link in visit.get("page_link")} >= {"methodik", "glossar"}
