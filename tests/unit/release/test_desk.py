"""At the counter only those may change something whose role covers it, and everything done is logged."""

import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.audit import Chain, open_audit
from sipa_data.errors import NotAllowed
from sipa_data.intake import load_profiles
from sipa_data.lake import open_lake
from sipa_data.release import history
from sipa_data.release.desk import Desk
from sipa_data.release.upload import uploads_in
from sipa_data.settings import PROJECT
from tests.support.facts import musterstadt

PROFILE = load_profiles(PROJECT / "data" / "profiles")["eigene-fallzahlen"]
TOO_LITTLE = [Role.chair, Role.district, Role.reader]


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "raub.csv"
    made.write_text("quelle;zeitraum;bezirk;schluessel;faelle\npks;2025;01;210000;7\n", encoding="utf-8")
    return made


@pytest.fixture
def desk(sqlite_settings, tmp_path):
    """The counter as somebody of a role."""
    with open_lake(sqlite_settings) as lake, open_audit(tmp_path / "records") as log:
        yield lambda role, account="erika": Desk(lake, log, Scope.of(role), f"stadt:{account}")


def read(desk, file):
    return desk.read(file, musterstadt(), PROFILE)


@pytest.mark.parametrize("role", TOO_LITTLE)
def test_who_may_not_upload_cannot_even_have_a_file_read(desk, file, role):
    with pytest.raises(NotAllowed):
        read(desk(role), file)


@pytest.mark.parametrize("role", [*TOO_LITTLE, Role.analyst])
def test_only_the_office_releases_withdraws_and_purges(desk, file, role):
    office, other = desk(Role.office), desk(role, "max")
    with read(office, file) as delivery:
        with pytest.raises(NotAllowed):
            other.release(delivery, uploaded_by="stadt:max")
        assert history(office.lake) == ()
        done = office.release(delivery, uploaded_by="stadt:max")
    for refused in (
        lambda: other.withdraw(done.upload_id),
        lambda: other.purge(done.upload_id, office),
        lambda: office.purge(done.upload_id, other),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert [upload.status for upload in history(office.lake)] == ["published"]


def test_nobody_deletes_alone(desk, file):
    office = desk(Role.office)
    with read(office, file) as delivery:
        done = office.release(delivery, uploaded_by="stadt:max")
    with pytest.raises(NotAllowed):
        office.purge(done.upload_id, office)
    assert office.purge(done.upload_id, desk(Role.office, "max")).status == "purged"


def test_everything_done_is_logged_under_the_account_and_its_role(desk, file):
    analyst, office = desk(Role.analyst, "ana"), desk(Role.office)
    with read(analyst, file) as delivery:
        assert len(analyst.rehearse(delivery, uploads_in)) == 1
        done = office.release(delivery, uploaded_by="stadt:ana")
    office.withdraw(done.upload_id)
    assert (done.uploaded_by, done.approved_by) == ("stadt:ana", "stadt:erika")
    assert [(entry.event, entry.account, entry.role) for entry, _ in office.log.entries(Chain.deeds)] == [
        ("hochgeladen", "stadt:ana", "analyse"),
        ("freigegeben", "stadt:erika", "geschaeftsstelle"),
        ("zurückgezogen", "stadt:erika", "geschaeftsstelle"),
    ]
