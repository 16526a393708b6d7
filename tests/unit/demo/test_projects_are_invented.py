"""At least 45 projects over all fields, with partners of every kind that the seed texts name, and no real name."""

import re

import pytest

from sipa_data.demo import plain
from sipa_data.demo.projects import counted_results, result_table

# Names of real projects in Stuttgart, from its prevention reports.
REAL = (
    "Haus des Jugendrechts", "Let's putz", "Graffiti auf legalen Flächen", "Ordnungspatenschaften", "Gute Fee",
    "Sicherer Schulweg", "Verkehrssicherheitstraining", "Kick mit", "SpuK", "Bleib Cool", "Nero",
    "Wir können Fans sein", "Yes you can", "JobConnections", "Agabey", "Freunde schaffen Erfolg", "TIK",
    "Selbstbehauptungskurse", "Aktion-tu-was", "Mädchen Machen Medien", "Stark durch Musik",
    "Geh Wald statt Gewalt", "Wehr Dich mit Köpfchen", "Body&Soul", "chamäLION", "Kinderfußgängerschein",
    "Hallo Oma", "DigiTales", "SOKO Cannstatt", "Nachtschwärmer", "Power Child", "Partner für Sicherheit",
    "Stuttgart sicher erleben", "Sauberes Stuttgart", "Messerverbotszone",
)  # fmt: skip
# Partners in the words of the two texts that the product is built from.
NAMED_IN_THE_SEEDS = {
    "jugendamt", "arbeitsamt", "sozialamt", "auslaenderamt", "ordnungsamt", "feuerwehr", "schule", "bundespolizei",
    "zoll", "justiz", "bundeswehr", "praeventionsrat", "buergerschaft", "polizei",
}  # fmt: skip


@pytest.fixture(scope="module")
def projects():
    return plain.rows("projekte")


def parts(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def test_at_least_45_projects_and_four_in_every_field(projects, catalogue):
    fields = [field for project in projects for field in parts(project["Handlungsfelder"])]
    assert len(projects) >= 45
    assert set(fields) == set(catalogue.fields)
    assert all(fields.count(field) >= 4 for field in catalogue.fields)


def test_no_project_has_the_name_of_a_real_one(projects):
    for project in projects:
        title = project["Titel"].casefold()
        assert not any(re.search(rf"\b{re.escape(name.casefold())}\b", title) for name in REAL), title


def test_ids_and_titles_are_there_once(projects):
    for heading in ("Kennung", "Titel"):
        named = [project[heading] for project in projects]
        assert len(set(named)) == len(named)


def test_every_kind_of_partner_of_the_seed_texts_takes_part(projects, catalogue):
    kinds = {row["Partner"]: catalogue.find_partner_kind(row["Art"]) for row in plain.rows("partner")}
    taking_part = {partner for project in projects for partner in parts(project["Partner"])}
    assert taking_part == set(kinds)
    assert set(kinds.values()) >= NAMED_IN_THE_SEEDS
    assert set(kinds.values()) == set(catalogue.partner_kinds)


def test_a_partner_works_where_and_in_what_its_projects_do(projects):
    for partner in plain.rows("partner"):
        mine = [project for project in projects if partner["Partner"] in parts(project["Partner"])]
        assert {field for project in mine for field in parts(project["Handlungsfelder"])} == set(
            parts(partner["Handlungsfelder"])
        )
        assert partner["Aufgabe"].endswith(".")


def test_no_more_people_than_places(projects):
    counted = [(int(row["Teilnehmende"]), int(row["Plätze"])) for row in projects if row["Plätze"]]
    assert len(counted) > 20
    assert all(0 < taken <= places for taken, places in counted)


def test_every_project_should_move_an_indicator_that_exists(projects, catalogue):
    for project in projects:
        named = parts(project["Kennzahlen"])
        assert named
        assert set(named) <= set(catalogue.indicators), project["Kennung"]


def test_beccaria_steps_are_more_or_less_complete(projects):
    done = [sum(project[f"Beccaria {step}"] == "ja" for step in range(1, 8)) for project in projects]
    assert min(done) <= 3
    assert max(done) == 7
    assert 0.3 < sum(project["Beccaria 6"] == "ja" for project in projects) / len(projects) < 0.7


def test_evidence_is_on_all_levels_and_mostly_none(projects):
    levels = [project["Grüne Liste"] for project in projects]
    assert set(levels) == {"", "1", "2", "3"}
    assert levels.count("") > len(levels) / 2


def test_without_a_comparison_nothing_is_above_the_first_level(projects, town, frame):
    designs = {row["Projekt"]: row["Anlage"] for row in result_table(town.recorded, frame).to_pylist()}
    for project in projects:
        if project["Grüne Liste"] in ("2", "3"):
            assert designs[project["Kennung"]] in ("mit Vergleich", "Zufallszuteilung"), project["Kennung"]
        if project["Grüne Liste"] == "3":
            assert designs[project["Kennung"]] == "Zufallszuteilung"


def test_results_belong_to_projects_and_come_in_all_designs(projects, town, frame):
    rows = result_table(town.recorded, frame).to_pylist()
    assert {row["Projekt"] for row in rows} <= {project["Kennung"] for project in projects}
    assert {row["Anlage"] for row in rows} == {"Vorher-Nachher", "mit Vergleich", "Zufallszuteilung"}
    for row in rows:
        compared = [other for other in rows if (other["Projekt"], other["Maß"]) == (row["Projekt"], row["Maß"])]
        assert (row["Anlage"] == "Vorher-Nachher") == all(other["Gruppe"] == "mit Projekt" for other in compared)


def test_people_leave_a_project_and_the_register_says_how_many(town, frame):
    rows = result_table(town.recorded, frame).to_pylist()
    size = {(row["Gruppe"], row["Zeitpunkt"]): int(row["Anzahl"]) for row in rows if row["Projekt"] == "KI-03"}
    assert size["mit Projekt", "vorher"] > size["mit Projekt", "nachher"] > size["mit Projekt", "später"]


def test_results_counted_in_the_city_are_the_recorded_cases(town, frame):
    # bicycles in Vaihingen: 12 months, all places, counted once more by hand
    position = frame.names.index("Vaihingen")
    by_hand = [sum(int(cell) for cell in year[:, position].ravel()) for year in town.recorded.of("***300")]
    result = counted_results(frame)[0]
    assert result.project == "SB-01"
    assert result.cases(result.districts, town.recorded, frame).tolist() == by_hand
    rows = [row for row in result_table(town.recorded, frame).to_pylist() if row["Projekt"] == "SB-01"]
    own = {row["Zeitpunkt"]: int(row["Wert"]) for row in rows if row["Gruppe"] == "mit Projekt"}
    assert own == {"vorher": by_hand[7], "nachher": by_hand[8], "später": by_hand[9]}


def test_decisions_and_targets_name_indicators_that_exist(catalogue):
    decisions, targets = plain.rows("beschluesse"), plain.rows("ziele")
    assert len(decisions) >= 15
    assert {row["Kennzahl"] for row in decisions if row["Kennzahl"]} <= set(catalogue.indicators)
    assert {row["Stand"] for row in decisions} == {"offen", "erledigt", "verschoben"}
    assert {row["Kennzahl"] for row in targets} <= set(catalogue.indicators)


def test_every_district_was_walked_and_much_of_what_was_found_is_done(town, frame):
    findings = town.findings
    assert set(findings.district) == set(range(len(frame.districts)))
    assert 300 < findings.district.size < 600
    assert 50 < findings.share_done_by(2025) < 80
    assert findings.share_done_by(2016) < 40


def test_every_register_of_the_catalogue_has_values_for_ten_years(town, catalogue):
    values = town.register_values
    assert {value.register for value in values} == set(catalogue.registers)
    for register in catalogue.registers:
        years = {value.period[:4] for value in values if value.register == register and value.area == "gesamt"}
        assert len(years) == 10, register


@pytest.mark.parametrize(
    ("some", "every"),
    [
        ("wilder_muell_drei_tage", "wilder_muell_meldungen"), ("schulen_sicherer_schulweg", "schulen"),
        ("spielplaetze_mit_paten", "spielplaetze"), ("sport_dauerhaft", "sport_teilnehmende"),
        ("angstraeume_erledigt", "angstraeume_gemeldet"), ("bauleitplaene_geprueft", "bauleitplaene"),
    ],
)  # fmt: skip
def test_a_part_is_never_more_than_the_whole(town, some, every):
    values = {(value.register, value.period, value.area): value.value for value in town.register_values}
    parts = {(period, area): value for (register, period, area), value in values.items() if register == some}
    assert len(parts) >= 10
    assert all(value <= values[every, period, area] for (period, area), value in parts.items())


def test_registers_agree_with_what_they_are_made_of(town, frame):
    values = {(value.register, value.period, value.area): value.value for value in town.register_values}
    kinds, counts = town.reported
    litter = counts[kinds.at("OA-MUELL")[0], -1]
    assert values["wilder_muell_meldungen", "2025", "gesamt"] == litter.sum()
    assert values["angstraeume_gemeldet", "2025", "gesamt"] == town.findings.district.size
    young = 1000 * values["sport_teilnehmende", "2025", "gesamt"] / values["sport_reichweite", "2025", "gesamt"]
    assert 60_000 < young < 75_000
    active = [values["sicherheitsbeiraete_aktiv", "2025", name] for name in frame.names]
    assert values["sicherheitsbeiraete_aktiv", "2025", "gesamt"] == sum(active) == 21
