"""What was hidden before a correction stays hidden, in whatever process and however often it is started."""

import json
from datetime import date

import numpy as np

from sipa_data.house import open_house
from sipa_data.intake.delivery import Slice
from sipa_data.lake import open_lake
from sipa_data.marts import states_before_corrections
from sipa_data.release import publish
from tests.support.deliveries import staged
from tests.support.small_city import settings_below
from tests.unit.serving.conftest import YEAR

BEFORE = {"01": 60, "02": 30, "03": 2, "04": 12, None: 20}
AFTER = {"01": 10, "02": 30, "03": 2, "04": 12, None: 20}  # now the first district would be the nearest companion


def upload(before: int, table: str, start: str, end: str, status: str = "published") -> dict[str, object]:
    place = {"table": table, "equals": [["source", "pks"]], "start": start, "end": end}
    return {"snapshot_before": before, "slices": json.dumps([place]), "status": status}


def test_only_a_delivery_in_the_place_of_another_or_a_withdrawal_is_a_correction():
    first = upload(1, "incident_counts", "2024-01-01", "2024-12-31")
    second = upload(2, "incident_counts", "2025-01-01", "2025-12-31")
    people = upload(3, "population", "2024-01-01", "2024-12-31")
    assert states_before_corrections([first, second, people]) == ()
    again = upload(4, "incident_events", "2024-06-01", "2024-06-30")
    assert states_before_corrections([again, first, second]) == (4,)
    withdrawn = upload(5, "incident_counts", "2026-01-01", "2026-12-31", "withdrawn")
    assert states_before_corrections([first, withdrawn]) == (6,)


def test_a_corrected_city_is_hidden_alike_by_who_saw_the_correction_and_by_who_starts_later(tmp_path):
    settings = settings_below(tmp_path)
    with open_lake(settings) as lake:
        _publish(lake, tmp_path, BEFORE)
        with open_house(settings) as running:
            first = running.mart.pattern
            _publish(lake, tmp_path, AFTER)
            assert running.renew()
            corrected = running.mart.pattern
            with open_house(settings) as started_later:
                again = started_later.mart.pattern
            old = running.mart_of(running.mart.snapshot.id - 1).pattern
    assert (again.cuts.hidden == corrected.cuts.hidden).all()
    assert (old.cuts.hidden == first.cuts.hidden).all()
    unchanged = first.cube.counts == corrected.cube.counts
    hidden = first.cuts.hidden & unchanged
    assert np.count_nonzero(hidden) >= 3
    assert (corrected.cuts.hidden | corrected.cuts.withheld)[hidden].all()


def _publish(lake, folder, cases):
    days = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    rows = [
        {"source": "pks", "offence_key": "892000", "district_id": district, "cases": number} | days
        for district, number in cases.items()
    ]
    place = Slice("incident_counts", (("source", "pks"),), **YEAR)
    publish(lake, staged(folder, {"incident_counts": rows}, [place], name=f"pks-{cases['01']}"), by="amt", replace=True)
