"""The page of uploads: from a file to what waits for its release, and everything that can go wrong on the way."""

import gc
import shutil
import tempfile

import openpyxl
import pytest
from hypothesis import Phase, given, settings, strategies

from pages.parts.incoming import MOST_MEGABYTES
from sipa_data.access.scope import Scope
from sipa_data.release import WaitingRoom, history, waiting
from sipa_data.settings import PROJECT
from tests.app.conftest import open_page, tables
from tests.support.hostile import NAMES, bombs
from tests.support.upload_page import (
    ANALYST,
    as_far_as_it_goes,
    checked,
    drawn_files,
    labelled,
    said,
    sent,
    upload_page,
)

COUNTS = "quelle;zeitraum;bezirk;schluessel;faelle\n"
UNKNOWN = "Gebiet;Jahr;Straftatenschlüssel;Erfasste Fälle\nAltstadt;2026;892000;4\nInnenst.;2026;892000;7\n"
NEW_YEAR = COUNTS + "pks;2026;Altstadt;892000;600\npks;2026;Nordstadt;892000;95\npks;2026;Hafen;892000;9\n"


def lying_about(city):
    """What lies in the folder where files are looked at."""
    return [path for path in WaitingRoom.of(city.settings).folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("scope", [Scope.chair(), Scope.public()])
def test_for_whoever_may_not_upload_the_page_does_not_exist(city, scope):
    visit = upload_page(scope)
    assert [title.value for title in visit.title] == ["Diese Seite gibt es nicht"]
    assert not visit.file_uploader


def test_a_file_is_found_recognised_checked_rehearsed_and_submitted(city):
    visit = sent(NEW_YEAR)
    assert not visit.exception
    assert {"Trennzeichen", "Format"} <= set(tables(visit)[0]["Angabe"])
    assert next(one for one in visit.selectbox if one.key.startswith("profil-")).value == "eigene-fallzahlen"
    assert "Erkannt, sicher." in said(visit)
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("synthetic").run()
    checked(visit)
    assert "3 von 3\xa0Zeilen übernommen" in said(visit)
    visit.button(key="probe").click().run()
    assert "Leserinnen und Leser sehen davon nichts" in said(visit)
    assert "Welche Zahlen ihren Status wechseln" in [part.label for part in visit.expander]
    before = history(city.lake)
    visit.checkbox(key="gelesen").check().run()  # the layout is for confidential counts
    visit.button(key="einreichen").click().run()
    assert not visit.exception
    assert "Öffentlich wird die Lieferung erst mit der Freigabe" in said(visit)
    (waits,) = waiting(city.lake, WaitingRoom.of(city.settings))
    assert (waits.report.file_name, waits.report.profile, waits.submitted_by) == (
        "fallzahlen.csv",
        "eigene-fallzahlen",
        "vorführung (Analyse)",
    )
    assert history(city.lake) == before
    assert lying_about(city) == []


def test_nothing_confidential_comes_in_where_nobody_signs_in(city):
    visit = sent(NEW_YEAR)
    assert "Prüfen und proben lässt sich die Datei trotzdem" in said(visit)
    checked(visit)
    visit.button(key="probe").click().run()
    assert visit.button(key="einreichen").disabled
    assert "nur an, wenn eine Anmeldung eingerichtet ist" in said(visit)
    assert waiting(city.lake, WaitingRoom.of(city.settings)) == ()


def test_a_refused_file_names_cause_line_and_column_and_nothing_can_be_submitted(city):
    visit = checked(sent(COUNTS + "pks;2026;Altstadt;892000;viele\n"))
    assert not visit.exception
    assert "Die Lieferung wurde nicht übernommen" in said(visit)
    shown = "\n".join(table.to_string() for table in tables(visit))
    assert "faelle" in shown
    assert "viele" in shown
    assert not [button for button in visit.button if button.key in {"probe", "einreichen"}]


def test_a_file_that_is_no_table_is_refused_with_a_sentence(city):
    for name, content in (("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(200)), ("leer.csv", b"")):
        visit = sent(content, name)
        assert not visit.exception
        assert visit.error
        assert not [button for button in visit.button if button.key == "pruefen"]


def test_what_would_replace_something_is_refused_until_that_is_allowed(city):
    visit = checked(sent(NEW_YEAR.replace("2026", "2025")))
    visit.button(key="probe").click().run()
    assert "schon veröffentlicht" in said(visit)
    visit.checkbox[0].check().run()
    visit.button(key="probe").click().run()
    assert "Ersetzt würde" in said(visit)


def test_another_layout_or_another_file_begins_the_check_again(city):
    visit = checked(sent(NEW_YEAR))
    assert visit.button(key="probe")
    layout = next(one for one in visit.selectbox if one.key.startswith("profil-"))
    layout.set_value("eigene-einwohner").run()
    assert not [button for button in visit.button if button.key == "probe"]
    visit.button(key="andere-datei").click().run()
    assert visit.file_uploader
    assert lying_about(city) == []


@pytest.mark.parametrize("step", ["pruefen", "probe"])
def test_what_is_said_after_the_check_begins_the_check_again(city, step):
    visit = sent(NEW_YEAR)
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("published").run()
    checked(visit)
    if step == "probe":
        visit.button(key="probe").click().run()
        assert visit.button(key="einreichen")
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("confidential").run()
    assert not visit.exception
    assert not {"probe", "einreichen"} & {button.key for button in visit.button}
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("published").run()
    assert not {"probe", "einreichen"} & {button.key for button in visit.button}


def test_what_cannot_be_understood_any_more_leaves_nothing_to_submit(city):
    visit = sent(NEW_YEAR)
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("synthetic").run()
    checked(visit)
    visit.button(key="probe").click().run()
    labelled(visit, "text_input", "Zeitraum, falls ihn die Datei nicht selbst nennt").set_value("irgendwann").run()
    assert "ist kein Zeitraum" in said(visit)
    assert not {"probe", "einreichen"} & {button.key for button in visit.button}


def test_what_somebody_leaves_behind_is_removed_with_the_window(city):
    visit = sent(NEW_YEAR)
    assert len(lying_about(city)) == 1
    del visit
    gc.collect()
    assert lying_about(city) == []


def test_the_rows_that_a_check_has_staged_are_removed_with_the_window_too(city, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    visit = checked(sent(NEW_YEAR))
    assert list(tmp_path.glob("sipa-intake-*/tables/*.parquet"))
    del visit
    gc.collect()
    assert list(tmp_path.glob("sipa-intake-*")) == []


@pytest.mark.parametrize("step", ["probe", "einreichen"])
def test_staged_rows_that_somebody_removed_are_asked_for_again(city, tmp_path, monkeypatch, step):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    visit = sent(NEW_YEAR)
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("synthetic").run()
    checked(visit)
    if step == "einreichen":
        visit.button(key="probe").click().run()
        visit.checkbox(key="gelesen").check().run()
    for folder in tmp_path.glob("sipa-intake-*"):
        shutil.rmtree(folder)
    visit.button(key=step).click().run()
    assert not visit.exception
    assert [error.value for error in visit.error if "noch einmal prüfen" in error.value]
    assert lying_about(city)


def test_no_hostile_file_shows_a_traceback_or_changes_anything(city):
    before = city.lake.checksums(), city.lake.current_snapshot()
    for kind, content in bombs().items():
        visit = sent(content, "../../x\x00.sav" if kind == "nul" else "Lieferung.csv")
        assert not visit.exception, kind
        if [button for button in visit.button if button.key == "pruefen"]:
            assert not checked(visit).exception, kind
        assert "Traceback" not in said(visit)
    assert (city.lake.checksums(), city.lake.current_snapshot()) == before
    assert waiting(city.lake, WaitingRoom.of(city.settings)) == ()


def test_no_drawn_file_stops_the_page(city, tmp_path_factory):
    """Twelve here; three hundred in ``python -m soak hostile_files``."""
    before = city.lake.checksums(), city.lake.current_snapshot()
    visit, hostile, reached = upload_page(), drawn_files(tmp_path_factory.mktemp("ganz")), set()

    @settings(max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(content=hostile, name=strategies.sampled_from(NAMES))
    def attack(content, name):
        reached.add(as_far_as_it_goes(visit, content, name))

    attack()
    assert as_far_as_it_goes(visit, NEW_YEAR.encode(), "danach.csv") == "probe"  # the page goes on working
    assert reached == {"datei", "pruefen", "probe"}
    assert lying_about(city) == []
    assert (city.lake.checksums(), city.lake.current_snapshot()) == before


def test_a_full_disk_while_a_file_arrives_is_told_in_german(city, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pages.parts.incoming.shutil.copyfileobj", full)
    visit = sent(NEW_YEAR)
    assert not visit.exception
    assert "liegt nicht an Ihnen" in said(visit)


def test_text_of_a_hostile_file_is_shown_as_text(city):
    visit = sent("quelle;[k](javascript:alert(1))\n![x](https://evil.example/x.png);<img src=x>\n", "<b>x</b>.csv")
    assert not visit.exception
    assert "](javascript" not in said(visit).replace("\\", "\\\\").replace("\\\\]", "")
    assert "<b>" not in said(visit).replace("\\<", "")


def test_the_handbook_names_the_limit_and_the_buttons_of_the_page(city):
    handbook = (PROJECT / "docs" / "intake.md").read_text(encoding="utf-8")
    assert f"bis {MOST_MEGABYTES} MB" in handbook
    visit = sent(NEW_YEAR)
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("published").run()
    checked(visit).button(key="probe").click().run()
    for key in ("pruefen", "probe", "einreichen"):
        assert f"„{visit.button(key=key).label}“" in handbook


def test_a_template_can_be_taken_home(city):
    visit = upload_page()
    visit.selectbox(key="vorlage").set_value("eigene-befragung").run()
    assert not visit.exception
    assert [button.label for button in visit.download_button] == ["Vorlage laden"]
    visit.selectbox(key="vorlage").set_value("eigene-projekte").run()
    assert [button.label for button in visit.download_button] == ["Vorlage laden", "Ausgefüllt laden"]


def test_the_code_book_of_a_wave_names_question_answers_and_persons(city):
    visit = open_page("freigaben").selectbox(key="ansicht").set_value(ANALYST).run()
    visit.selectbox(key="codebuch").set_value("w2025").run()
    assert not visit.exception
    books = [table for table in tables(visit) if "Personen" in table.columns]
    sexes = books[[list(book["Personen"])[:2] == ["306", "306"] for book in books].index(True)]
    assert {"weiblich", "männlich"} <= set(sexes["Antwort"])


def meanings(visit, word):
    """What the tables of the mapping say of a word."""
    return [
        row["Bedeutet"] for table in tables(visit) if "Bedeutet" in table.columns for _, row in table.iterrows()
        if word in list(row)
    ]  # fmt: skip


def test_what_was_found_wrong_is_said_otherwise_and_the_file_is_read_so(city):
    visit = sent(("Amt;Stand;Art;Nr;Seite\n" + NEW_YEAR.replace("600", "1.000")).encode("utf-16"))
    assert tables(visit)[0].set_index("Angabe")["Gefunden"]["Überschriften"] == "Zeile 1"
    labelled(visit, "selectbox", "Die Überschriften stehen in").set_value("2").run()
    assert not visit.exception
    assert tables(visit)[0].set_index("Angabe")["Gefunden"]["Überschriften"].startswith("Zeile 2")
    assert next(one for one in visit.selectbox if one.key.startswith("profil-")).value == "eigene-fallzahlen"
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("synthetic").run()
    checked(visit)
    assert "3 von 3\xa0Zeilen übernommen" in said(visit)
    labelled(visit, "selectbox", "Dezimalzeichen").set_value(".").run()
    assert not [button for button in visit.button if button.key == "probe"]


def test_letters_that_cannot_be_told_are_named_by_the_person(city):
    visit = sent((COUNTS + "pks;2026;Südstadt;892000;600\n").encode("cp850"))
    assert "vermutlich DOS" in said(visit)
    labelled(visit, "selectbox", "Zeichensatz").set_value("cp850").run()
    assert tables(visit)[0].set_index("Angabe")["Gefunden"]["Zeichensatz"] == "DOS (cp850)"


def test_the_sheet_of_a_workbook_is_chosen(city, tmp_path):
    book = openpyxl.Workbook()
    for name, year in (("Alt", "2025"), ("Neu", "2026")):
        sheet = book.create_sheet(name)
        for line in NEW_YEAR.replace("2026", year).splitlines():
            sheet.append(line.split(";"))
    book.save(tmp_path / "mappe.xlsx")
    visit = sent((tmp_path / "mappe.xlsx").read_bytes(), "mappe.xlsx")
    labelled(visit, "selectbox", "Blatt").set_value("Neu").run()
    assert "„Neu“" in tables(visit)[0].set_index("Angabe")["Gefunden"]["Blatt"]
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("synthetic").run()
    checked(visit)
    visit.button(key="probe").click().run()
    assert "Leserinnen und Leser sehen davon nichts" in said(visit)


def test_every_word_of_a_column_is_shown_and_can_be_given_another_meaning(city):
    visit = sent(UNKNOWN)
    assert "Spalte „Gebiet“: 1\xa0Wert ist offen" in said(visit)
    labelled(visit, "selectbox", "„Innenst.“").set_value("01").run()
    assert not visit.exception
    assert "Spalte „Gebiet“: alle Werte sind zugeordnet" in said(visit)
    labelled(visit, "multiselect", "Werte anders deuten").set_value(["Altstadt"]).run()
    labelled(visit, "selectbox", "„Altstadt“").set_value("02").run()
    assert not visit.exception
    assert meanings(visit, "Altstadt") == ["Nordstadt (02)"]
    assert meanings(visit, "Innenst.") == ["Altstadt (01)"]


def test_a_finished_mapping_is_shown_as_a_profile_and_kept(city):
    visit = sent(UNKNOWN, "Neue Zählung.csv")
    labelled(visit, "selectbox", "„Innenst.“").set_value("01").run()
    labelled(visit, "text_input", "Herkunft").set_value("Polizei").run()
    labelled(visit, "selectbox", "Kennzeichnung").set_value("synthetic").run()
    if any(one.label == "Quelle" for one in visit.text_input):
        labelled(visit, "text_input", "Quelle").set_value("pks").run()
    assert "Noch offen" not in said(visit), said(visit)
    shown = next(one.value for one in visit.code if one.language == "toml")
    assert '"Innenst." = "01"' in shown
    visit.button(key="profil-speichern").click().run()
    assert "Gespeichert: neue-zaehlung" in said(visit)
    visit.button(key="andere-datei").click().run()
    visit.file_uploader[0].set_value(("danach.csv", UNKNOWN.replace("2026", "2027").encode(), "text/csv")).run()
    assert next(one for one in visit.selectbox if one.key.startswith("profil-")).value == "neue-zaehlung"


def test_whoever_fills_in_a_field_and_clicks_at_once_has_clicked(city):
    """Both reach the server together; the page begins again with the word before it comes to the button."""
    visit = sent(UNKNOWN)
    labelled(visit, "selectbox", "„Innenst.“").set_value("02").run()
    labelled(visit, "text_input", "Herkunft").set_value("Polizei").run()
    if any(one.label == "Quelle" for one in visit.text_input):
        labelled(visit, "text_input", "Quelle").set_value("pks").run()
    labelled(visit, "text_input", "Herkunft").set_value("Polizei, Revier 3")
    checked(visit)
    assert "2 von 2\xa0Zeilen übernommen" in said(visit)


def test_a_mapping_cannot_pass_for_a_layout_that_is_there(city):
    visit = sent(UNKNOWN, "eigene-projekte.csv")
    assert labelled(visit, "text_input", "Kennung").value == "eigene-projekte-2"
    labelled(visit, "text_input", "Kennung").set_value("eigene-projekte").run()
    assert not visit.exception
    assert "gehört schon zu einem anderen Profil" in said(visit)


def test_warnings_have_to_be_read_before_anything_is_submitted(city):
    doubtful = "quelle;zeitraum;bezirk;schluessel;faelle;aufgeklaert\npks;2026;Altstadt;892000;600;700\n"
    visit = sent(doubtful)
    visit.selectbox(key="kennzeichnung-eigene-fallzahlen").set_value("synthetic").run()
    checked(visit)
    assert "Mehr aufgeklärt als erfasst" in "\n".join(table.to_string() for table in tables(visit))
    visit.button(key="probe").click().run()
    assert visit.button(key="einreichen").disabled
    visit.checkbox(key="gelesen").check().run()
    assert not visit.button(key="einreichen").disabled


def test_rows_to_send_back_are_offered_with_the_refusal(city):
    visit = checked(sent(COUNTS + "pks;2026;Altstadt;892000;=1+1\n"))
    assert "Abgelehnte Zeilen mit Grund laden" in [button.label for button in visit.download_button]
