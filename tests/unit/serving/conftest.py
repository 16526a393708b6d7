"""A house on a lake of its own, whose two canary rows are always published together and always equal."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sipa_data.house import House, open_house
from sipa_data.intake.delivery import Slice
from sipa_data.lake import Lake, open_lake
from sipa_data.release import publish
from tests.support.deliveries import staged
from tests.support.small_city import settings_below

YEAR = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


def publish_pair(lake: Lake, folder: Path, number: int) -> str:
    """Replace both canary rows by ``number`` in one delivery. They lie in different tables. Gives the upload's id."""
    days = {"period_start": YEAR["start"], "period_end": YEAR["end"]}
    rows = {
        "incident_counts": [{"source": "pks", "offence_key": "892000", "district_id": "01", "cases": number} | days],
        "register_values": [{"register": "muell", "value": float(number), "unit": "Meldungen"} | days],
    }
    slices = [
        Slice("incident_counts", (("source", "pks"),), **YEAR),
        Slice("register_values", (("register", "muell"),), **YEAR),
    ]
    delivery = staged(folder, rows, slices, name=f"kanarien-{number}")
    return publish(lake, delivery, by="geschaeftsstelle", replace=True).upload_id


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Lake]:
    """The lake as another process has it open."""
    with open_lake(settings_below(tmp_path)) as lake:
        publish_pair(lake, tmp_path, 100)
        yield lake


@pytest.fixture
def house(tmp_path: Path, publisher: Lake) -> Iterator[House]:
    with open_house(settings_below(tmp_path)) as opened:
        yield opened
