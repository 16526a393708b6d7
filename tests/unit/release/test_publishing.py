import threading
from dataclasses import replace
from datetime import date

import pytest

from sipa_data.errors import AlreadyPublished, RefusedDelivery
from sipa_data.intake.delivery import Finding, Slice
from sipa_data.release import history, publish, rehearse, withdraw
from tests.support.deliveries import by_hand, staged


@pytest.fixture
def lake(shared_lake):
    return shared_lake


def inhabitants(lake, office, snapshot=None):
    sql = "select inhabitants from population where source = ? order by inhabitants"
    with lake.reader(snapshot) as reader:
        return reader.read(sql, [office.source])["inhabitants"].to_pylist()


def cases_by_month(lake, office):
    sql = "select month(period_start) as month, cases from incident_counts where source = ?"
    with lake.reader() as reader:
        return {row["month"]: row["cases"] for row in reader.read(sql, [office.source]).to_pylist()}


def status_of(lake, upload):
    return {each.upload_id: each.status for each in history(lake)}[upload.upload_id]


def place(office, year=2024):
    return Slice("population", (("source", office.source),), date(year, 1, 1), date(year, 12, 31))


def odd(office, *, slices=None, findings=(), inhabitants=5):
    """A delivery of one row of 2024 that is not quite as it should be."""
    day = date(2024, 6, 30)
    row = {"source": office.source, "reference_date": day, "inhabitants": inhabitants, "basis": "register"}
    slices = [place(office)] if slices is None else slices
    return staged(office.folder, {"population": [row]}, slices, name=office.source, findings=findings)


def test_publishing_makes_exactly_one_snapshot_that_names_who_published(lake, office):
    before = lake.current_snapshot()
    upload = publish(lake, office.population(2024, [100, 200], name="ew24"), by="erika", note="Jahresabschluss")
    assert lake.current_snapshot() == before + 1 == upload.snapshot
    assert upload.snapshot_before == before
    newest = lake.snapshots()[-1]
    assert (newest.author, upload.upload_id in newest.message) == ("erika", True)
    assert (upload.uploaded_by, upload.note, upload.status, upload.approved_by) == (
        "erika",
        "Jahresabschluss",
        "published",
        None,
    )
    assert upload.slices == (place(office),)


def test_every_row_carries_the_number_of_its_upload(lake, office):
    upload = publish(lake, office.population(2024, [100, 200], name="ew24"), by="erika")
    with lake.reader() as reader:
        found = reader.read("select distinct upload_id from population where source = ?", [office.source])
    assert found.to_pylist() == [{"upload_id": upload.upload_id}]


def test_a_second_account_that_approved_is_kept_with_the_time(lake, office):
    upload = publish(lake, office.population(2024, [1], name="ew24"), by="erika", approved_by="max")
    assert upload.approved_by == "max"
    assert upload.approved_at == upload.uploaded_at


def test_what_intake_found_stays_with_the_upload(lake, office):
    finding = Finding("warning", "cleared_above_cases", "Mehr aufgeklärte als erfasste Fälle.", line=7, count=3)
    upload = publish(lake, odd(office, findings=(finding,)), by="erika")
    assert upload.findings == (finding,)
    assert upload in history(lake)


def test_the_same_file_twice_is_refused_and_the_sentence_says_when_and_who(lake, office):
    first = publish(lake, office.population(2024, [100], name="ew24"), by="erika")
    before = lake.checksums(), lake.current_snapshot()
    with pytest.raises(AlreadyPublished, match=f"von erika veröffentlicht .{first.upload_id}"):
        publish(lake, office.population(2024, [100], name="ew24"), by="max", replace=True)
    assert (lake.checksums(), lake.current_snapshot()) == before


def test_the_same_file_through_another_profile_is_refused_for_the_same_table_and_welcome_for_another(lake, office):
    first = publish(lake, office.population(2024, [1], name="mappe"), by="erika")
    with pytest.raises(AlreadyPublished, match=f"von erika veröffentlicht .{first.upload_id}"):
        publish(lake, by_hand(office.population(2024, [1], name="mappe")), by="max", replace=True)
    second = publish(lake, by_hand(office.yearly_count(2024, 7, name="mappe")), by="max")
    assert second.sha256 == first.sha256
    assert (status_of(lake, first), status_of(lake, second)) == ("published", "published")


def test_the_same_file_may_come_again_after_it_was_withdrawn(lake, office):
    first = publish(lake, office.population(2024, [100], name="ew24"), by="erika")
    withdraw(lake, first.upload_id, by="erika")
    publish(lake, office.population(2024, [100], name="ew24"), by="erika")
    assert inhabitants(lake, office) == [100]


def test_a_file_with_an_overlapping_slice_is_refused_and_names_the_earlier_upload(lake, office):
    publish(lake, office.population(2024, [100], name="ew24"), by="erika")
    before = lake.checksums(), lake.current_snapshot()
    with pytest.raises(AlreadyPublished, match=r"„ew24\.csv“.*--replace"):
        publish(lake, office.population(2024, [101], name="korrektur"), by="max")
    assert (lake.checksums(), lake.current_snapshot()) == before


def test_another_source_or_another_year_does_not_overlap(lake, office):
    publish(lake, office.population(2024, [1], name="a"), by="erika")
    publish(lake, office.population(2025, [2], name="b"), by="erika")
    publish(lake, replace(office, source="zensus").population(2024, [3], name="c"), by="erika")
    assert inhabitants(lake, office) == [1, 2]
    assert inhabitants(lake, replace(office, source="zensus")) == [3]


def test_a_correction_replaces_its_slice_and_nothing_else(lake, office):
    publish(lake, office.population(2023, [10], name="ew23"), by="erika")
    wrong = publish(lake, office.population(2024, [100, 200], name="ew24"), by="erika")
    right = publish(lake, office.population(2024, [110, 210, 310], name="ew24neu"), by="erika", replace=True)
    assert inhabitants(lake, office) == [10, 110, 210, 310]
    assert (status_of(lake, wrong), status_of(lake, right)) == ("replaced", "published")


def test_an_old_snapshot_gives_the_old_numbers_after_later_publishes(lake, office):
    old = publish(lake, office.population(2024, [100], name="a"), by="erika")
    publish(lake, office.population(2024, [999], name="b"), by="erika", replace=True)
    publish(lake, office.population(2025, [5], name="c"), by="erika")
    assert inhabitants(lake, office, old.snapshot) == [100]
    assert inhabitants(lake, office) == [5, 999]


def test_one_corrected_month_leaves_the_other_months_and_the_upload_is_still_published(lake, office):
    year = publish(lake, office.monthly_counts(2024, range(1, 13), 10, name="2024"), by="erika")
    publish(lake, office.monthly_counts(2024, range(3, 4), 99, name="maerz"), by="erika", replace=True)
    assert cases_by_month(lake, office) == {month: 99 if month == 3 else 10 for month in range(1, 13)}
    assert status_of(lake, year) == "published"


def test_an_upload_counts_as_replaced_only_when_nothing_of_it_is_left(lake, office):
    quarter = publish(lake, office.monthly_counts(2024, range(1, 4), 10, name="q1"), by="erika")
    for month in (1, 2, 3):
        assert status_of(lake, quarter) == "published"
        publish(lake, office.monthly_counts(2024, range(month, month + 1), 20, name=f"m{month}"), by="a", replace=True)
    assert status_of(lake, quarter) == "replaced"


def test_a_month_cannot_be_cut_out_of_a_count_for_the_whole_year(lake, office):
    publish(lake, office.yearly_count(2024, 120, name="jahr"), by="erika")
    before = lake.checksums()
    with pytest.raises(AlreadyPublished, match="nicht teilen"):
        publish(lake, office.monthly_counts(2024, range(1, 2), 10, name="januar"), by="erika", replace=True)
    assert lake.checksums() == before


def test_months_may_replace_the_whole_year(lake, office):
    publish(lake, office.yearly_count(2024, 120, name="jahr"), by="erika")
    publish(lake, office.monthly_counts(2024, range(1, 13), 10, name="monate"), by="erika", replace=True)
    assert sum(cases_by_month(lake, office).values()) == 120


def test_the_second_slice_of_a_month_asks_only_about_the_upload_that_still_fills_it(lake, office):
    publish(lake, office.monthly_counts(2024, range(1, 13), 10, name="2024"), by="erika")
    publish(lake, office.monthly_counts(2024, range(3, 4), 20, name="maerz"), by="erika", replace=True)
    with pytest.raises(AlreadyPublished) as refused:
        publish(lake, office.monthly_counts(2024, range(3, 4), 30, name="maerz2"), by="erika")
    assert "„maerz.csv“" in refused.value.sentence
    assert "„2024.csv“" not in refused.value.sentence


@pytest.mark.parametrize(
    ("slices", "sentence"),
    [
        (lambda office: [], "nicht für jede Tabelle"),
        (lambda office: [replace(place(office), equals=())], "nicht vollständig"),
        (lambda office: [place(office, 2023)], "außerhalb"),
    ],
    ids=["no slice", "no source", "another year"],
)
def test_a_delivery_whose_slices_do_not_hold_its_rows_is_refused(lake, office, slices, sentence):
    before = lake.checksums(), lake.current_snapshot()
    with pytest.raises(RefusedDelivery, match=sentence):
        publish(lake, odd(office, slices=slices(office)), by="erika")
    assert (lake.checksums(), lake.current_snapshot()) == before


def test_a_delivery_with_errors_is_refused(lake, office):
    wrong = Finding("error", "negative_count", "In Zeile 3 steht eine negative Zahl.")
    with pytest.raises(RefusedDelivery, match="In Zeile 3 steht eine negative Zahl"):
        publish(lake, odd(office, findings=(wrong,)), by="erika")


def test_a_required_value_that_is_empty_is_refused_also_by_the_lake(lake, office):
    before = lake.checksums(), lake.current_snapshot()
    with pytest.raises(RefusedDelivery, match="Pflichtwert"):
        publish(lake, odd(office, inhabitants=None), by="erika")
    assert (lake.checksums(), lake.current_snapshot()) == before


def test_a_rehearsal_shows_the_result_and_leaves_no_trace(lake, office):
    publish(lake, office.population(2024, [100], name="alt"), by="erika")
    before = lake.checksums(), lake.snapshots(), sorted(lake.address.files.rglob("*.parquet"))
    # More than ten rows, because DuckLake keeps fewer in its catalogue and writes no file.
    new = office.population(2024, range(1, 31), name="neu")
    sql = "select sum(inhabitants)::bigint as n from population where source = ?"
    seen = rehearse(lake, new, lambda reader: reader.read(sql, [office.source]), replace=True)
    assert seen.to_pylist() == [{"n": 30 * 31 // 2}]
    assert (lake.checksums(), lake.snapshots(), sorted(lake.address.files.rglob("*.parquet"))) == before


def test_a_rehearsal_refuses_what_publishing_would_refuse(lake, office):
    publish(lake, office.population(2024, [100], name="alt"), by="erika")
    with pytest.raises(AlreadyPublished):
        rehearse(lake, office.population(2024, [200], name="neu"), lambda reader: reader.snapshot)


def test_when_two_publish_the_same_slice_at_once_exactly_one_gets_in(lake, office):
    deliveries = [office.population(2024, [number], name=f"datei{number}") for number in (1, 2, 3)]
    outcomes = []

    def run(delivery):
        try:
            outcomes.append(publish(lake, delivery, by="erika"))
        except AlreadyPublished as refused:
            outcomes.append(refused)

    threads = [threading.Thread(target=run, args=(delivery,)) for delivery in deliveries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [outcome for outcome in outcomes if not isinstance(outcome, AlreadyPublished)]
    assert (len(winners), len(outcomes)) == (1, 3)
    assert len(inhabitants(lake, office)) == 1
