import pytest

from sipa_data.errors import NoSuchUpload, NotWithdrawable
from sipa_data.release import history, inconsistencies, publish, purge, withdraw


@pytest.fixture
def lake(shared_lake):
    return shared_lake


def data_checksums(lake):
    """Everything but the history itself."""
    return {table: value for table, value in lake.checksums().items() if table not in {"uploads", "purges"}}


def status_of(lake, upload):
    return {each.upload_id: each.status for each in history(lake)}[upload.upload_id]


def test_withdrawing_gives_back_what_was_there_before_and_is_a_snapshot_of_its_own(lake, office):
    old = publish(lake, office.population(2024, range(1, 20), name="alt"), by="erika")
    before = data_checksums(lake)
    new = publish(lake, office.population(2024, range(1, 24), name="neu"), by="erika", replace=True)
    withdrawn = withdraw(lake, new.upload_id, by="max")
    assert data_checksums(lake) == before
    assert (withdrawn.status, status_of(lake, old)) == ("withdrawn", "published")
    assert lake.current_snapshot() == new.snapshot + 1
    assert lake.snapshots()[-1].author == "max"
    with lake.reader(new.snapshot) as reader:
        assert reader.read("from population where source = ?", [office.source]).num_rows == 23
    assert inconsistencies(lake) == ()


def test_withdrawing_what_replaced_nothing_empties_its_slice_only(lake, office):
    publish(lake, office.population(2023, [5], name="a"), by="erika")
    before = data_checksums(lake)
    new = publish(lake, office.population(2024, [6], name="b"), by="erika")
    withdraw(lake, new.upload_id, by="erika")
    assert data_checksums(lake) == before


def test_withdrawing_a_corrected_month_gives_back_the_month_of_the_year(lake, office):
    publish(lake, office.monthly_counts(2024, range(1, 13), 10, name="2024"), by="erika")
    before = data_checksums(lake)
    march = publish(lake, office.monthly_counts(2024, range(3, 4), 99, name="maerz"), by="erika", replace=True)
    withdraw(lake, march.upload_id, by="erika")
    assert data_checksums(lake) == before


def test_a_replaced_upload_cannot_be_withdrawn_and_the_sentence_names_the_later_one(lake, office):
    old = publish(lake, office.population(2024, [1], name="alt"), by="erika")
    new = publish(lake, office.population(2024, [2], name="neu"), by="erika", replace=True)
    before = lake.checksums(), lake.current_snapshot()
    with pytest.raises(NotWithdrawable, match=f"ersetzt durch „neu.csv“ .{new.upload_id}"):
        withdraw(lake, old.upload_id, by="erika")
    assert (lake.checksums(), lake.current_snapshot()) == before


def test_a_partly_replaced_upload_cannot_be_withdrawn_either(lake, office):
    year = publish(lake, office.monthly_counts(2024, range(1, 13), 10, name="2024"), by="erika")
    publish(lake, office.monthly_counts(2024, range(3, 4), 99, name="maerz"), by="erika", replace=True)
    with pytest.raises(NotWithdrawable, match="ganz oder teilweise"):
        withdraw(lake, year.upload_id, by="erika")


def test_three_generations_are_withdrawn_in_reverse_order(lake, office):
    uploads, states = [], [data_checksums(lake)]
    for generation in (1, 2, 3):
        delivery = office.yearly_count(2024, generation, name=f"v{generation}")
        uploads.append(publish(lake, delivery, by="erika", replace=True))
        states.append(data_checksums(lake))
    for upload in reversed(uploads):
        assert data_checksums(lake) == states.pop()
        withdraw(lake, upload.upload_id, by="erika")
    assert data_checksums(lake) == states.pop()
    assert {status_of(lake, upload) for upload in uploads} == {"withdrawn"}


def test_an_upload_is_withdrawn_once(lake, office):
    upload = publish(lake, office.population(2024, [1], name="a"), by="erika")
    withdraw(lake, upload.upload_id, by="erika")
    with pytest.raises(NotWithdrawable, match="schon zurückgezogen"):
        withdraw(lake, upload.upload_id, by="erika")


def test_an_unknown_number_is_refused(lake):
    with pytest.raises(NoSuchUpload, match="gibt es nicht"):
        withdraw(lake, "2024-01-01-abcdef12", by="erika")


def test_what_was_there_before_cannot_come_back_when_its_snapshot_was_purged(lake, office):
    secret = publish(lake, office.population(2020, [9], name="geheim"), by="erika")
    publish(lake, office.population(2024, [1], name="alt"), by="erika")
    new = publish(lake, office.population(2024, [2], name="neu"), by="erika", replace=True)
    purge(lake, secret.upload_id, by="erika", second="max")
    with pytest.raises(NotWithdrawable, match="endgültig gelöscht und lässt sich nicht"):
        withdraw(lake, new.upload_id, by="erika")


def test_what_replaced_nothing_can_be_withdrawn_also_after_a_purge_of_something_else(lake, office):
    secret = publish(lake, office.population(2020, [9], name="geheim"), by="erika")
    other = publish(lake, office.population(2024, [1], name="anderes"), by="erika")
    purge(lake, secret.upload_id, by="erika", second="max")
    assert withdraw(lake, other.upload_id, by="erika").status == "withdrawn"
    with lake.reader() as reader:
        assert reader.read("from population where source = ?", [office.source]).num_rows == 0
