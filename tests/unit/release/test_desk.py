"""Who may change what, from upload to deletion: rights, four eyes, and a line in the log for everything done."""

import io
import sqlite3
from dataclasses import replace

import openpyxl
import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.audit import Chain, open_audit
from sipa_data.errors import AlreadyPublished, AuditError, NotAllowed, NotWaiting, NotWithdrawable
from sipa_data.house import open_house
from sipa_data.intake import load_profiles
from sipa_data.lake import open_lake
from sipa_data.release import history, purge
from sipa_data.release.desk import Desk
from tests.support.facts import musterstadt
from tests.support.intake import PROJECT, put
from tests.support.small_city import settings_below

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
        yield lambda role, account="erika": Desk.at(
            sqlite_settings, lake, log, musterstadt(), Scope.of(role), f"stadt:{account}"
        )


TARGETS_LAYOUT = load_profiles(PROJECT / "data" / "profiles")["eigene-ziele"]
TARGETS = """Kennzahl;Bezirk;Fällig;Wert;Richtung;Beschlossen
gewalt-faelle;gesamt;31.12.2027;12;höchstens;14.03.2024
"""


def released(desk, file, profile, marking):
    with desk(Role.analyst, "ana").read(file, profile, marking=marking) as delivery:
        waits = desk(Role.analyst, "ana").submit(delivery, acknowledged=True)
    return desk(Role.office, "max").release(waits.id)


def submitted(desk, file):
    with desk.read(file, PROFILE) as delivery:
        return desk.submit(delivery)


@pytest.mark.parametrize("role", TOO_LITTLE)
def test_who_may_not_upload_cannot_even_have_a_file_read(desk, file, role):
    with pytest.raises(NotAllowed):
        desk(role).read(file, PROFILE)
    with pytest.raises(NotAllowed):
        desk(role).waiting()


@pytest.mark.parametrize("role", [*TOO_LITTLE, Role.analyst])
def test_only_the_office_releases_withdraws_and_purges(desk, file, role):
    office, other = desk(Role.office), desk(role, "max")
    waits = submitted(desk(Role.analyst, "ana"), file)
    with pytest.raises(NotAllowed):
        other.release(waits.id)
    assert history(office.lake) == ()
    done = office.release(waits.id)
    office.ask_for_purge(done.upload_id)
    for refused in (other.withdraw, other.ask_for_purge, other.drop_purge, other.purge):
        with pytest.raises(NotAllowed):
            refused(done.upload_id)
    assert [upload.status for upload in history(office.lake)] == ["published"]


def test_nobody_releases_what_they_uploaded_unless_the_city_says_so(desk, file):
    office = desk(Role.office)
    waits = submitted(office, file)
    assert not office.may_release(waits)
    with pytest.raises(NotAllowed):
        office.release(waits.id)
    city = office.catalogue.city.model_copy(update={"released_alone": (PROFILE.id,)})
    alone = replace(office, catalogue=replace(office.catalogue, city=city))
    assert alone.may_release(waits)
    assert alone.release(waits.id).approved_by == "stadt:erika"


def test_what_was_released_waits_no_longer_and_keeps_its_number(desk, file):
    office = desk(Role.office)
    waits = submitted(desk(Role.analyst, "ana"), file)
    assert [one.id for one in office.waiting()] == [waits.id]
    done = office.release(waits.id)
    assert (done.upload_id, done.uploaded_by, done.approved_by) == (waits.id, "stadt:ana", "stadt:erika")
    assert done.uploaded_at == waits.submitted_at <= done.published_at
    assert office.waiting() == ()
    with pytest.raises(NotWaiting):
        office.release(waits.id)


def test_the_same_file_waits_once(desk, file):
    submitted(desk(Role.analyst, "ana"), file)
    with pytest.raises(AlreadyPublished):
        submitted(desk(Role.analyst, "max"), file)


def test_uploaders_take_back_their_own_and_the_office_turns_down_others(desk, file):
    ana, max_, office = desk(Role.analyst, "ana"), desk(Role.analyst, "max"), desk(Role.office)
    waits = submitted(ana, file)
    with pytest.raises(NotAllowed):
        max_.refuse(waits.id, "gefällt mir nicht")
    with pytest.raises(NotWaiting):
        office.refuse(waits.id, " ")
    office.refuse(waits.id, "Falsches Jahr.")
    assert [(one.id, one.reason, one.decided_by) for one in ana.refused()] == [
        (waits.id, "Falsches Jahr.", "stadt:erika")
    ]
    again = submitted(ana, file)
    ana.refuse(again.id, "Doch nicht.")
    assert office.waiting() == ()


def test_nobody_deletes_alone_or_without_a_request(desk, file):
    office, other = desk(Role.office), desk(Role.office, "max")
    done = office.release(submitted(desk(Role.analyst, "ana"), file).id)
    with pytest.raises(NotAllowed):
        other.purge(done.upload_id)
    assert office.ask_for_purge(done.upload_id).by == "stadt:erika"
    with pytest.raises(NotAllowed):
        office.purge(done.upload_id)
    assert other.purge(done.upload_id).status == "purged"
    assert office.requests.all() == ()


def test_a_request_whose_deletion_was_cut_off_after_the_fact_goes_with_the_next_attempt(desk, file):
    office, other = desk(Role.office), desk(Role.office, "max")
    done = office.release(submitted(desk(Role.analyst, "ana"), file).id)
    office.ask_for_purge(done.upload_id)
    purge(office.lake, done.upload_id, by="erika", second="max")  # and then the process ended
    with pytest.raises(NotWithdrawable, match="schon endgültig gelöscht"):
        other.purge(done.upload_id)
    assert office.requests.all() == ()


def test_a_deletion_also_forgets_the_same_file_where_it_was_turned_down(desk, file):
    office, ana = desk(Role.office), desk(Role.analyst, "ana")
    office.refuse(submitted(ana, file).id, "Später.")
    done = office.release(submitted(ana, file).id)
    office.ask_for_purge(done.upload_id)
    desk(Role.office, "max").purge(done.upload_id)
    assert office.refused() == ()


def test_everything_done_is_logged_under_the_account_and_its_role(desk, file):
    ana, office = desk(Role.analyst, "ana"), desk(Role.office)
    office.refuse(submitted(ana, file).id, "Bitte mit Versuchen.")
    done = office.release(submitted(ana, file).id)
    office.withdraw(done.upload_id)
    office.ask_for_purge(done.upload_id)
    desk(Role.office, "max").purge(done.upload_id)
    assert [(entry.event, entry.account, entry.role) for entry, _ in office.log.entries(Chain.deeds)] == [
        ("hochgeladen", "stadt:ana", "analyse"),
        ("nicht freigegeben", "stadt:erika", "geschaeftsstelle"),
        ("hochgeladen", "stadt:ana", "analyse"),
        ("freigegeben", "stadt:erika", "geschaeftsstelle"),
        ("zurückgezogen", "stadt:erika", "geschaeftsstelle"),
        ("löschung beantragt", "stadt:erika", "geschaeftsstelle"),
        ("endgültig gelöscht", "stadt:max", "geschaeftsstelle"),
    ]


def test_a_rehearsal_before_the_release_shows_the_same_as_before_the_submission(tmp_path, file):
    with open_house(settings_below(tmp_path)) as house, open_audit(tmp_path) as log:
        ana = Desk.at(house.settings, house.lake, log, house.catalogue, Scope.of(Role.analyst), "stadt:ana")
        with ana.read(file, PROFILE) as delivery:
            at_upload = ana.rehearse(delivery, house.mart)
            waits = ana.submit(delivery)
        at_release = ana.rehearse_waiting(waits.id, house.mart)
        assert (at_upload.fills, at_upload.difference.looked_at) == (at_release.fills, at_release.difference.looked_at)
        assert history(house.lake) == ()


def test_what_is_confidential_is_neither_rehearsed_nor_released_where_nobody_signs_in(desk, file):
    """It was submitted at the shell, or while there was a sign-in."""
    waits = submitted(desk(Role.analyst, "ana"), file)
    assert waits.report.marking == "confidential"
    nobody = replace(desk(Role.office), no_sign_in=True)
    with pytest.raises(NotAllowed):
        nobody.rehearse_waiting(waits.id, None)
    with pytest.raises(NotAllowed):
        nobody.release(waits.id)
    assert not nobody.may_release(waits)
    assert history(nobody.lake) == ()
    nobody.refuse(waits.id, "Nicht hier.")


def test_a_register_goes_out_filled_to_whoever_uploads_and_that_is_logged(desk, tmp_path):
    released(desk, put(tmp_path, TARGETS), TARGETS_LAYOUT, "published")
    with pytest.raises(NotAllowed):
        desk(Role.chair).register(TARGETS_LAYOUT)
    analyst = desk(Role.analyst, "ana")
    data = openpyxl.load_workbook(io.BytesIO(analyst.register(TARGETS_LAYOUT)))["Daten"]
    assert [cell.value for cell in data[2]][:2] == ["gesamt", "gewalt-faelle"]
    (entry,) = [entry for entry, _ in analyst.log.entries(Chain.use) if entry.event == "heruntergeladen"]
    assert (entry.account, entry.subject) == ("stadt:ana", "eigene-ziele")


def test_a_confidential_register_stays_where_nobody_signs_in(desk, tmp_path):
    released(desk, put(tmp_path, TARGETS), TARGETS_LAYOUT, "confidential")
    with pytest.raises(NotAllowed, match="Anmeldung"):
        replace(desk(Role.office), no_sign_in=True).register(TARGETS_LAYOUT)
    assert desk(Role.office).register(TARGETS_LAYOUT)


def test_nothing_is_changed_that_could_not_be_logged(desk, file, tmp_path):
    ana, office = desk(Role.analyst, "ana"), desk(Role.office)
    waits = submitted(ana, file)
    with sqlite3.connect(tmp_path / "records" / "protokoll.sqlite") as other:
        other.execute("begin immediate")  # somebody holds the log for longer than anybody waits
        office.log._connection.execute("pragma busy_timeout = 0")
        for deed in (lambda: office.release(waits.id), lambda: office.refuse(waits.id, "Falsches Jahr.")):
            with pytest.raises(AuditError):
                deed()
    assert history(office.lake) == ()
    assert [one.id for one in office.waiting()] == [waits.id]


def test_a_request_for_a_deletion_that_the_shell_has_carried_out_is_cleared_away(desk, file):
    office = desk(Role.office)
    done = office.release(submitted(desk(Role.analyst, "ana"), file).id)
    office.ask_for_purge(done.upload_id)
    assert [one.upload_id for one in office.purge_requests()] == [done.upload_id]
    assert desk(Role.analyst).purge_requests() == ()
    purge(office.lake, done.upload_id, by="max", second="erika")
    assert office.purge_requests() == ()
    assert office.requests.all() == ()
