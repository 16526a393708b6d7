"""Means, averages of years, persons, shares of registers and of projects, partners: what each kind has to say."""

import pytest

SHARES = "indicators-anteile.toml"
PERSONS = "indicators-personen.toml"
OWN = "indicators-eigene-bezuege.toml"
MEANS = "indicators-befragung-noten.toml"
YOUTHS = 'persons = "suspect", age_groups = ["14-17"] }'

STANDARD = 'standard_title = "Europastandardbevölkerung 2013"'

BROKEN = [
    (MEANS, 'item = "note_sauberkeit"', 'item = "geschlecht"', "„measure.item“", "Der Code „d“ der Frage „geschlecht“"),
    (MEANS, 'item = "note_sauberkeit"', 'item = "note"', "„measure.item“", "gibt es in items.toml nicht"),
    (MEANS, 'unit = "Note"', 'unit = "%"', "Schlüssel „unit“", "ist ein Mittelwert und kein Anteil"),
    (MEANS, 'data_class = "survey"', 'data_class = "register"', "„data_class“", "Bitte „survey“ eintragen"),
    (MEANS, 'codes = ["1"]', 'codes = ["97"]', "„measure.among.codes“", "ist keine Antwort"),
    (OWN, "pooled_years = 3", "pooled_years = 2", "„measure.pooled_years“", "„2“ ist hier nicht vorgesehen"),
    (OWN, ", pooled_years = 3 }", " }", "„instead“", "zählt nicht dieselben Fälle"),
    (OWN, "per = 1000000", "per = 100000", "Schlüssel „unit“", "Gerechnet wird je 100.000"),
    (OWN, 'counted = "attempts"', 'counted = "attempted"', "„measure.counted“", "gemeint ist wohl „attempts“"),
    (
        PERSONS,
        'offence_key = "890000"',
        'offence_key = "89000"',
        "„measure.offence_key“",
        "gibt es in offences.csv nicht",
    ),
    (PERSONS, YOUTHS, YOUTHS.replace("14-17", "14 bis 17"), "„measure.age_groups.1“", "hat nicht die erwartete Form"),
    (PERSONS, YOUTHS, YOUTHS.replace("14-17", "17-14"), "„measure.age_groups“", "„17-14“ ist keine Altersgruppe"),
    (PERSONS, YOUTHS, YOUTHS.replace('"14-17"', '"14-17", "16-20"'), "„measure.age_groups“", "überschneiden sich"),
    (PERSONS, YOUTHS, YOUTHS.replace("14-17", "14-18"), "„measure.age_groups“", "ließe sich eine dritte ausrechnen"),
    (
        PERSONS,
        YOUTHS,
        YOUTHS.replace(', age_groups = ["14-17"]', ""),
        "age_groups“",
        "ließe sich eine dritte ausrechnen",
    ),
    (PERSONS, YOUTHS, YOUTHS.replace("suspect", "repeat_suspect"), "„measure.persons“", "Bitte als Anteil angeben"),
    (
        PERSONS,
        'persons = "repeat_suspect", among = "suspect"',
        'persons = "victim", among = "suspect"',
        "„measure.among“",
        "ist kein Teil von",
    ),
    (
        PERSONS,
        STANDARD,
        f'{STANDARD}\nage_groups = ["14-17"]',
        "„measure.age_groups“",
        "es gelten die Gruppen von „standard“",
    ),
    (PERSONS, '"0-13" = 14900, "14-17"', '"0-14" = 14900, "14-17"', "„measure.age_groups“", "überschneiden sich"),
    (PERSONS, f"{STANDARD}\n", "", "„measure.standard_title“", "wie die Standardbevölkerung heißt"),
    (PERSONS, "= 51800", "= 0", "„measure.standard.21-59“", ""),
    (PERSONS, 'unit = "je 100.000"', 'unit = "je 1.000"', "Schlüssel „unit“", "Bitte „je 100.000“ eintragen"),
    (PERSONS, "dispersion_prior = 0.05\n", "", "„dispersion_prior“", "Die übliche Jahresschwankung fehlt"),
    (
        SHARES,
        'numerator = "schulen_sicherer_schulweg"',
        'numerator = "schule"',
        "„measure.numerator“",
        "Gemeint ist wohl",
    ),
    (SHARES, 'denominator = "schulen"', 'denominator = "spielplaetze"', "„measure.denominator“", "dieselbe Einheit"),
    (
        SHARES,
        'numerator = "schulen_sicherer_schulweg"',
        'numerator = "schulen"',
        "„measure.denominator“",
        "sind dasselbe Register",
    ),
    (
        SHARES,
        'denominator = "wilder_muell_meldungen", independent = true',
        'denominator = "wilder_muell_meldungen"',
        "„no_interval“",
        "Bitte in einem Satz ergänzen",
    ),
    (
        SHARES,
        'denominator = "spielplaetze" }',
        'denominator = "spielplaetze", independent = true }',
        "„no_interval“",
        "wird immer ein Unsicherheitsbereich gezeigt",
    ),
    (SHARES, 'field = "sport"', 'field = "sporthalle"', "„measure.field“", "Gemeint ist wohl „sport“"),
    (SHARES, 'criterion = "several_languages"', 'criterion = "languages"', "„measure.criterion“", "several_languages"),
    (SHARES, 'unit = "%"', 'unit = "Projekte"', "Schlüssel „unit“", "Bitte „%“ eintragen"),
    (
        SHARES,
        'statistic = "median"',
        'statistic = "mittel"',
        "„measure.statistic“",
        "Möglich ist „value“ oder „median“",
    ),
    ("registers.toml", "persons = true", 'persons = "viele"', "„persons“", "weder ja noch nein"),
    (
        "partner_kinds.toml",
        'side = "state"',
        'side = "bund"',
        "Schlüssel „side“",
        "Möglich ist „municipal“, „state“ oder",
    ),
    (
        "partner_kinds.toml",
        'spellings = ["Landespolizei"]',
        'spellings = ["Zoll"]',
        "„zoll“",
        "steht auch für „polizei“",
    ),
    ("partner_kinds.toml", 'id = "zoll"', 'id = "polizei"', "Eintrag „polizei“", "Bitte eindeutig benennen"),
]


@pytest.mark.parametrize(("file", "old", "new", "place", "fix"), BROKEN)
def test_a_mistake_is_named(complains, file, old, new, place, fix):
    complains(file, old, new, place, fix)


def test_groups_of_the_same_persons_may_be_the_same_or_apart(stuttgart):
    """Youths and young adults stand side by side; the share of repeat suspects is one of the same youths."""
    chosen = [stuttgart.indicators[one].measure for one in ("tatverdaechtige-jugendliche", "mehrfachtatverdaechtige")]
    assert chosen[0].age_groups == chosen[1].age_groups == ("14-17",)
    assert stuttgart.indicators["tatverdaechtige-heranwachsende"].measure.age_groups == ("18-20",)
