"""The page of releases: who may see it, four eyes, history, taking back, deletion by two, and the notice elsewhere."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from pages.parts.deeds import COMPARED, DONE, STAYS
from pages.parts.identity import ROLE_NAMES
from pages.parts.opened import opened_entrance, opened_house
from sipa_data.access.scope import Role, Scope
from sipa_data.audit import Chain
from sipa_data.errors import LakeError
from sipa_data.house import House
from sipa_data.intake.delivery import Slice
from sipa_data.release import history, publish, purge
from sipa_data.release.desk import Desk
from tests.app.conftest import open_page, opened, tables
from tests.support.deliveries import staged
from tests.support.small_city import environment, published_below, settings_below

OFFICE, ANALYST = Scope.of(Role.office), Scope.of(Role.analyst)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The small city, published once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("stadt")
    published_below(folder)
    return folder / "lake"


@pytest.fixture
def city(published, tmp_path):
    shutil.copytree(published, tmp_path / "lake")
    yield opened(environment(settings_below(tmp_path)))
    opened_house.clear()


@pytest.fixture(scope="module")
def unchanged_city(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unverändert")
    shutil.copytree(published, folder / "lake")
    house = opened(environment(settings_below(folder)))
    desk(house).submit(delivery(folder))
    yield house
    opened_house.clear()


def desk(house, scope=ANALYST):
    account = f"vorführung ({ROLE_NAMES[scope.role]})"
    return Desk.at(house.settings, house.lake, opened_entrance().log, house.catalogue, scope, account)


def delivery(folder, cases=600, name=None, year=2026):
    row = {
        "source": "pks",
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "district_id": "01",
        "offence_key": "892000",
        "cases": cases,
    }
    place = Slice("incident_counts", (("source", "pks"),), date(year, 1, 1), date(year, 12, 31))
    return staged(folder, {"incident_counts": [row]}, [place], name=name or f"pks-2026-{cases}")


def acting_as(scope, address="freigaben"):
    visit = open_page(address)
    return visit.selectbox(key="ansicht").set_value(scope).run()


def said(visit):
    kinds = (visit.title, visit.header, visit.subheader, visit.markdown, visit.success, visit.error, visit.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("scope", [Scope.chair(), Scope.public(), Scope.of(Role.district, frozenset({"04"}))])
def test_for_whoever_may_not_upload_the_page_does_not_exist(unchanged_city, scope):
    visit = acting_as(scope)
    assert [title.value for title in visit.title] == ["Diese Seite gibt es nicht"]
    assert "pks-2026" not in said(visit)


def test_what_waits_comes_before_what_is_over_and_only_the_newest_of_that_is_unfolded(unchanged_city):
    office = acting_as(OFFICE)
    assert [header.value for header in office.header][:2] == ["Warten auf Freigabe", "Verlauf"]
    unfolded = [table for table in tables(office) if "Freigegeben" in table.columns]
    assert [len(table) for table in unfolded] == [6]


def test_the_uploader_waits_and_the_office_releases_withdraws_and_deletes_with_a_second_person(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path))
    analyst = acting_as(ANALYST)
    assert "pks-2026-600.csv" in said(analyst)
    assert not [button for button in analyst.button if button.label == "Freigeben"]
    office = acting_as(OFFICE)
    office.button(key=f"freigeben-{waits.id}").click().run()
    assert not office.exception
    assert "ist freigegeben" in said(office)
    assert city.mart.snapshot.id == city.lake.current_snapshot()
    assert city.reader(Scope.chair()).uploads()[0]["upload_id"] == waits.id
    office.selectbox(key="lieferung").set_value(waits.id).run()
    office.button(key="geaendert").click().run()
    changed = next(table for table in tables(office) if "Stadt neu" in table.columns)
    row = changed.set_index("Kennzahl").loc["Fälle von Gewaltkriminalität"]
    assert row["Stadt neu"].startswith("600")
    office.button(key="zurueckziehen").click().run()
    assert "ist zurückgezogen" in said(office)
    assert history(city.lake)[-1].status == "withdrawn"
    office.selectbox(key="lieferung").set_value(waits.id).run()
    office.button(key="loeschen").click().run()
    assert "Ausführen muss es eine zweite Person" in said(office)
    desk(city, OFFICE).requests.remove(waits.id)
    other = Desk.at(city.settings, city.lake, opened_entrance().log, city.catalogue, OFFICE, "stadt:max")
    other.ask_for_purge(waits.id)
    office.run()
    office.checkbox(key=f"sicher-{waits.id}").check().run()
    office.button(key=f"endgueltig-{waits.id}").click().run()
    assert "endgültig gelöscht" in said(office)
    assert history(city.lake)[-1].status == "purged"
    assert "pks-2026" not in said(office)
    done = [entry.event for entry, _ in opened_entrance().log.entries(Chain.deeds)]
    assert done[-5:] == [
        "freigegeben",
        "zurückgezogen",
        "löschung beantragt",
        "löschung beantragt",
        "endgültig gelöscht",
    ]


def test_what_was_done_stays_to_be_read_for_a_minute_whatever_else_begins_the_page_again(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path))
    office = acting_as(OFFICE)
    office.button(key=f"freigeben-{waits.id}").click().run()
    assert "ist freigegeben" in said(office.run())
    told, why, at = office.session_state[DONE]
    office.session_state[DONE] = told, why, at - STAYS
    assert "ist freigegeben" not in said(office.run())
    assert DONE not in office.session_state


def test_what_is_released_is_said_and_logged_also_where_the_new_datenstand_cannot_be_built_at_once(
    city, tmp_path, monkeypatch
):
    waits = desk(city).submit(delivery(tmp_path))
    office = acting_as(OFFICE)

    def fails(_):
        raise LakeError("In /srv/sipa/files fehlen Dateien.")

    with monkeypatch.context() as patched:
        patched.setattr(House, "renew", fails)
        office.button(key=f"freigeben-{waits.id}").click().run()
    assert not office.exception
    assert "ist freigegeben" in said(office)
    assert "Der neue Datenstand ließ sich noch nicht aufbauen" in said(office)
    assert "/srv" not in said(office)
    assert [entry.event for entry, _ in opened_entrance().log.entries(Chain.deeds)][-1] == "freigegeben"
    assert history(city.lake)[-1].upload_id == waits.id


def compared(office):
    return [table for table in tables(office) if "Stadt neu" in table.columns]


def test_what_a_withdrawn_delivery_had_changed_can_still_be_looked_up_in_the_history(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path))
    desk(city, OFFICE).release(waits.id)
    desk(city, OFFICE).withdraw(waits.id)
    city.renew()
    office = acting_as(OFFICE)
    office.selectbox(key="lieferung").set_value(waits.id).run()
    office.button(key="geaendert").click().run()
    (table,) = compared(office)
    assert table.set_index("Kennzahl").loc["Fälle von Gewaltkriminalität"]["Stadt neu"].startswith("600")
    (about,) = [table for table in tables(office) if list(table.columns) == ["Angabe", "Wert"]]
    assert about.set_index("Angabe")["Wert"]["Stand"].startswith("zurückgezogen")


@pytest.mark.parametrize("gone", ["same", "other"])
def test_numbers_of_what_another_window_deleted_for_good_leave_this_one_with_its_next_run(city, tmp_path, gone):
    """Also a comparison of another delivery: the Datenstände that it was made of may be gone."""
    first = publish(city.lake, delivery(tmp_path), by="x")
    second = publish(city.lake, delivery(tmp_path, name="pks-2027", year=2027), by="x")
    city.renew()
    office = acting_as(OFFICE)
    office.selectbox(key="lieferung").set_value(second.upload_id).run()
    office.button(key="geaendert").click().run()
    assert len(compared(office)) == 1
    purge(city.lake, (second if gone == "same" else first).upload_id, by="erika", second="max")
    office.run()
    assert not office.exception
    assert compared(office) == []
    assert COMPARED not in office.session_state


def test_a_damaged_request_for_a_deletion_can_be_taken_back(city):
    requests = desk(city).requests
    requests.ask("2025-01-01-0000abcd", "stadt:max")
    (requests.folder / "2025-01-01-0000abcd.json").write_text("", encoding="utf-8")
    office = acting_as(OFFICE)
    assert ["ist beschädigt" in warning.value for warning in office.warning] == [True]
    office.button(key="antrag-weg-2025-01-01-0000abcd").click().run()
    assert not office.warning
    assert requests.damaged() == ()


def test_the_office_is_told_of_a_damaged_entry_and_can_work_on(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path))
    (desk(city).room.folder / "kaputt").mkdir()
    office = acting_as(OFFICE)
    assert ["kaputt" in warning.value for warning in office.warning] == [True]
    assert any(button.key == f"freigeben-{waits.id}" for button in office.button)
    assert not acting_as(ANALYST).warning


def test_what_was_confidential_once_is_not_compared_where_nobody_signs_in(city, tmp_path):
    """It was replaced by something public since, so that the pages open; its own Datenstand stays shut."""
    secret = delivery(tmp_path)
    with_secret = publish(city.lake, replace(secret, report=replace(secret.report, marking="confidential")), by="x")
    publish(city.lake, delivery(tmp_path, cases=601), by="x", replace=True)
    city.renew()
    office = acting_as(OFFICE)
    office.selectbox(key="lieferung").set_value(with_secret.upload_id).run()
    office.button(key="geaendert").click().run()
    assert "wird ohne Anmeldung nicht gezeigt" in said(office)
    assert not any("Stadt neu" in table.columns for table in tables(office))


def test_the_name_of_a_released_file_is_shown_as_text(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path, name="![x](javascript:alert(1))"))
    office = acting_as(OFFICE)
    office.button(key=f"freigeben-{waits.id}").click().run()
    (done,) = office.success
    assert "[x](" not in done.value


def test_the_releaser_can_look_at_the_rehearsal_and_send_it_back_with_a_reason(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path))
    office = acting_as(OFFICE)
    office.button(key=f"probe-{waits.id}").click().run()
    assert "Leserinnen und Leser sehen davon nichts" in said(office)
    assert any("Stadt neu" in table.columns for table in tables(office))
    office.text_input(key=f"grund-{waits.id}").set_value("Die Bezirke fehlen.").run()
    office.button(key=f"ablehnen-{waits.id}").click().run()
    assert "nicht freigegeben" in said(office)
    assert any("Die Bezirke fehlen." in table.to_string() for table in tables(acting_as(ANALYST)))
    assert history(city.lake)[-1].upload_id != waits.id


def test_whoever_has_not_looked_is_led_to_the_rehearsal_first(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path))
    office = acting_as(OFFICE)
    assert leading(office, waits) == "Was würde sich ändern?"
    office.button(key=f"probe-{waits.id}").click().run()
    assert leading(office, waits) == "Freigeben"
    publish(city.lake, delivery(tmp_path, name="pks-2027-1", year=2027), by="x")
    city.renew()
    office.run()
    assert "Bitte wiederholen" in said(office)
    assert leading(office, waits) == "Was würde sich ändern?"


def leading(visit, waits):
    keys = {f"probe-{waits.id}", f"freigeben-{waits.id}"}
    return next(one.label for one in visit.button if one.key in keys and one.proto.type == "primary")


def test_a_rehearsal_compares_with_the_newest_data_also_where_this_server_has_not_seen_them_yet(city, tmp_path):
    """Another process publishes 2027; the rehearsal of 2026 must not call 2027 its own."""
    waits = desk(city).submit(delivery(tmp_path))
    newest = publish(city.lake, delivery(tmp_path, name="pks-2027-2", year=2027), by="x")
    found = desk(city).rehearse_waiting(waits.id, city.mart)
    assert found.difference.compared_with == newest.snapshot
    assert {cell.period.end.year for change in found.difference.changes for cell in change.cells} == {2026}


def test_the_history_says_everything_about_one_delivery_and_who_took_it_back(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path), note="Nachmeldung")
    desk(city, OFFICE).release(waits.id)
    desk(city, OFFICE).withdraw(waits.id)
    city.renew()
    office = acting_as(OFFICE)
    office.selectbox(key="lieferung").set_value(waits.id).run()
    (about,) = [table for table in tables(office) if list(table.columns) == ["Angabe", "Wert"]]
    told = about.set_index("Angabe")["Wert"]
    assert told["Prüfsumme (SHA-256)"] == waits.report.sha256
    assert told["Anmerkung"] == "Nachmeldung"
    assert told["Füllt"] == "Fallzahlen (Quelle pks, 01.01.2026 bis 31.12.2026)"
    assert told["Stand"].startswith("zurückgezogen, öffentlich am ")
    assert told["Stand"].endswith("von vorführung (Geschäftsstelle)")


def test_two_who_decide_at_once_get_a_sentence_and_not_a_second_publication(city, tmp_path):
    waits = desk(city).submit(delivery(tmp_path))
    slow = acting_as(OFFICE)
    desk(city, OFFICE).release(waits.id)
    slow.button(key=f"freigeben-{waits.id}").click().run()
    assert not slow.exception
    assert sum(upload.upload_id == waits.id for upload in history(city.lake)) == 1
