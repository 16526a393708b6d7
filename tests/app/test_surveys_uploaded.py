"""Surveys on the page of uploads: persons who stand out, and the wave that a file does not describe itself."""

from datetime import date

from tests.app.conftest import tables
from tests.support.upload_page import checked, labelled, said, sent


def test_persons_who_are_nearly_unique_are_coarsened_with_consent_only(city):
    people = "befragte;bezirk;gewicht;geschlecht;nachts\n"
    people += "".join(f"{number};Altstadt;1;{'w' if number < 9 else 'm'};1\n" for number in range(10))
    visit = sent(people, "umfrage.csv")
    wave = "Angabe;Wert\nKennung;w2027\nTitel;Welle 2027\nFeldzeit von;01.03.2026\nFeldzeit bis;30.04.2026\n"
    visit.file_uploader[0].set_value(("welle.csv", wave.encode(), "text/csv")).run()
    checked(visit)
    assert "fast eindeutig" in said(visit)
    visit.checkbox(key="vergroebern").check().run()
    checked(visit)
    assert not visit.exception
    assert "10 von 10" in said(visit)
    assert "Angaben vergröbert" in "\n".join(table.to_string() for table in tables(visit))
    visit.checkbox(key="vergroebern").uncheck().run()
    assert not [button for button in visit.button if button.key == "probe"]


SURVEY = "bezirk;gewicht;geschlecht;nachts\n" + "Altstadt;1;w;1\n" * 3
WAVE = "Angabe;Wert\nKennung;w2027\nTitel;Welle 2027\nFeldzeit von;01.03.2026\nFeldzeit bis;30.04.2026\n"


def test_a_second_file_belongs_to_the_layout_it_was_given_for(city):
    visit = sent(SURVEY, "umfrage.csv")
    visit.file_uploader[0].set_value(("welle.csv", WAVE.encode(), "text/csv")).run()
    assert not visit.file_uploader
    layout = next(one for one in visit.selectbox if one.key.startswith("profil-"))
    layout.set_value("eigene-fallzahlen").run()
    checked(visit)
    assert "kennt keine Begleitdatei" not in said(visit)
    next(one for one in visit.selectbox if one.key.startswith("profil-")).set_value("eigene-befragung").run()
    assert len(visit.file_uploader) == 1


def test_a_wave_is_described_by_hand_with_everything_that_is_known_of_it(city):
    visit = sent(SURVEY, "umfrage.csv")
    visit.text_input(key="welle-kennung").set_value("w2027").run()
    assert "Titel" in said(visit)
    assert not [button for button in visit.button if button.key == "pruefen"]
    visit.text_input(key="welle-titel").set_value("Welle 2027")
    visit.date_input(key="welle-von").set_value(date(2026, 3, 1))
    visit.date_input(key="welle-bis").set_value(date(2026, 4, 30))
    visit.number_input(key="welle-eingeladene").set_value(6)
    visit.number_input(key="welle-mindestalter").set_value(16)
    visit.text_input(key="welle-methodenbruch").set_value("online").run()
    checked(visit)
    assert not visit.exception
    visit.button(key="probe").click().run()
    reviewed = "\n".join(table.to_string() for table in tables(visit))
    assert "50" in reviewed[reviewed.index("Rücklauf") :].splitlines()[0]  # three of six


def test_a_day_that_does_not_exist_stays_open_on_the_mapping_form(city):
    visit = sent("Gegend;Nachts;Datum\nAltstadt;sehr sicher;2025-3-15\nHafen;eher sicher;2025-3-16\n", "neu.csv")
    assert not visit.exception
    if next(one for one in visit.selectbox if one.key.startswith("art-")).value != "survey":
        labelled(visit, "selectbox", "Was die Datei enthält").set_value("survey").run()
    labelled(visit, "text_input", "Feldzeit von").set_value("31.02.2025").run()
    assert not visit.exception
    assert "Feldzeit von. Ein Tag wie" in said(visit)
    assert not [button for button in visit.button if button.key == "pruefen"]
