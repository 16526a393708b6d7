"""Indicators: whatever they rest on must be there, and what their kind needs must be said."""

import pytest

from sipa_data.catalogue import load_catalogue

LEAD = [
    ('id = "anzeigequote"', 'id = "aufklaerungsquote"', "Eintrag „aufklaerungsquote“", "Bitte eindeutig benennen"),
    (
        'title = "Anzeigequote der Betroffenen"',
        'title = "Aufklärungsquote"',
        "Eintrag „anzeigequote“",
        "heißt schon „aufklaerungsquote“",
    ),
    ('title = "Anzeigequote der Betroffenen"\n', "", "Eintrag „anzeigequote“, Schlüssel „title“", "Bitte ergänzen"),
    (
        'short_title = "Aufklärungsquote"',
        'short_title = "Anteil der Straftaten ohne Ausländerrecht, die aufgeklärt sind"',
        "Eintrag „aufklaerungsquote“",
        "Erlaubt sind höchstens 44",
    ),
    (
        'direction = "higher_is_better"',
        'direction = "higher_is_beter"',
        "@higher_is_beter",
        "gemeint ist wohl „higher_is_better“",
    ),
    ("decimals = 1", "decimals = 4", "@decimals = 4", "Die Zahl darf höchstens 3 sein"),
    (
        "{value} der Betroffenen",
        "{wert} der Betroffenen",
        "Eintrag „anzeigequote“",
        "Möglich ist „{value}“, „{place}“ oder „{period}“",
    ),
    ("{value} der Betroffenen", "{value der Betroffenen", "Schlüssel „reading_aid“", "Bitte paarweise setzen"),
    ("{value} der Betroffenen", "Die Betroffenen", "Eintrag „anzeigequote“", "Der Platzhalter „{value}“ fehlt"),
    (
        'fields = ["strassen-und-plaetze", "jugendkriminalitaet"]',
        'fields = ["strassen", "jugendkriminalitaet"]',
        "„gewaltkriminalitaet-rate“",
        "„strassen“ gibt es in fields.toml nicht",
    ),
    (
        'fields = ["strassen-und-plaetze", "jugendkriminalitaet"]',
        'fields = ["jugendkriminalitaet", "jugendkriminalitaet"]',
        "„gewaltkriminalitaet-rate“",
        "steht zweimal in der Liste",
    ),
    ('data_class = "incidents"', 'data_class = "survey"', "Schlüssel „data_class“", "Bitte „incidents“ eintragen"),
    ("dispersion_prior = 0.04\n", "", "„straftaten-ohne-auslaenderrecht-rate“", "Die übliche Jahresschwankung fehlt"),
    ("dispersion_prior = 0.04", "dispersion_prior = 4", "@dispersion_prior = 4", "Die Zahl darf höchstens 1 sein"),
    ('unit = "je 100.000"', 'unit = "je 1.000"', "@je 1.000", "Bitte „je 100.000“ eintragen oder „per“ ändern"),
    ('unit = "%"', 'unit = "Prozent"', "@Prozent", "Bitte „%“ eintragen"),
    (
        'offence_keys = ["892000"]',
        'offence_keys = ["82000"]',
        "Schlüssel „measure.offence_keys“",
        "Gemeint ist wohl „892000“",
    ),
    (
        'offence_keys = ["892000"]',
        'offence_keys = ["892000", "210000"]',
        "„gewaltkriminalitaet-rate“",
        "Der Summenschlüssel „892000“ überschneidet sich mit anderen und enthält „210000“",
    ),
    (
        'offence_keys = ["892000"]',
        'offence_keys = ["217000", "892000"]',
        "„measure.offence_keys“",
        "Bitte allein verwenden",
    ),
    ('offence_keys = ["892000"]', "offence_keys = []", "„measure.offence_keys“", "Es müssen mindestens 1 sein"),
    ('offence_keys = ["892000"]', 'keys = ["892000"]', "Schlüssel „measure.", "offence_keys"),
    ('kind = "clearance"', 'kind = "quote"', "Schlüssel „measure“", "Möglich ist „count“, „rate“, „clearance“"),
    ('kind = "clearance", ', "", "Eintrag „aufklaerungsquote“, Schlüssel „measure“", "Es fehlt „kind“"),
    (
        'no_interval = "alle gezählt',
        '# "alle gezählt',
        "Eintrag „aufklaerungsquote“, Schlüssel „no_interval“",
        "Bitte in einem Satz ergänzen",
    ),
    (
        'instead = "gewaltkriminalitaet"',
        'instead = "gewaltkriminalitat"',
        "Schlüssel „instead“",
        "Gemeint ist wohl „gewaltkriminalitaet“",
    ),
    (
        'instead = "gewaltkriminalitaet"',
        'instead = "strassenkriminalitaet"',
        "@strassenkriminalitaet",
        "zählt nicht dieselben Fälle",
    ),
    (
        'instead = "gewaltkriminalitaet"',
        'instead = "strassenkriminalitaet-rate"',
        "„instead“",
        "verweist selbst weiter",
    ),
    ('item = "angezeigt"', 'item = "anzeige"', "Schlüssel „measure.item“", "Gemeint ist wohl „angezeigt“"),
    (
        'counted = ["3", "4"]',
        'counted = ["3", "5"]',
        "„measure.counted“",
        "Den Code „5“ gibt es auf der Skala „sicherheit_ziemlich“ nicht",
    ),
    (
        'counted = ["3", "4"]',
        'counted = ["3", "98"]',
        "„measure.counted“",
        "„98“ heißt „weiß nicht“ und ist keine Antwort",
    ),
    ('counted = ["3", "4"]', 'counted = ["1", "2", "3", "4"]', "„measure.counted“", "der Anteil wäre immer 100 %"),
    ('counted = ["3", "4"]', 'counted = ["3", "3"]', "„measure.counted“", "„3“ steht zweimal in der Liste"),
    ('codes = ["1"] }]', 'codes = ["97"] }]', "„measure.among.codes“", "„97“ heißt „nicht gefragt“"),
    (
        'among = [{ item = "opfer_12_monate"',
        'among = [{ item = "opfer"',
        "„measure.among.item“",
        "gibt es in items.toml nicht",
    ),
]

SURVEY = [
    (
        'item = "geschlecht", codes = ["w"]',
        'item = "sicherheit_innenstadt", codes = ["1"]',
        "Schlüssel „measure.first.item“",
        "ist kein Merkmal zum Aufgliedern",
    ),
    (
        'item = "geschlecht", codes = ["w"]',
        'item = "geschlecht", codes = ["m"]',
        "Schlüssel „measure.second“",
        "Die beiden Gruppen können sich überschneiden",
    ),
    (
        'item = "geschlecht", codes = ["w"]',
        'item = "altersgruppe", codes = ["14-29"]',
        "„measure.second“",
        "Bitte dasselbe Merkmal mit verschiedenen Codes",
    ),
    (
        'item = "geschlecht", codes = ["w"]',
        'item = "geschlecht", codes = ["f"]',
        "„measure.first.codes“",
        "gibt es auf der Skala „geschlecht“ nicht",
    ),
    (
        'item = "geschlecht", codes = ["w"]',
        'item = "geschlecht", code = ["w"]',
        "„measure.first.code“",
        "Gemeint ist wohl „codes“",
    ),
    ('first_title = "Frauen", ', "", "„measure.first_title“", "Bitte ergänzen"),
    (
        'data_class = "survey"',
        'data_class = "survey"\ndispersion_prior = 0.1',
        "@dispersion_prior",
        "gehört keine Jahresschwankung. Bitte entfernen",
    ),
    (
        'data_class = "survey"',
        'data_class = "survey"\nno_interval = "Keiner."',
        "@no_interval",
        "wird immer ein Unsicherheitsbereich gezeigt",
    ),
    (
        'data_class = "survey"',
        'data_class = "umfrage"',
        "@umfrage",
        "Möglich ist „incidents“, „survey“ oder „register“",
    ),
    ("caveats = [", "caveat = [", "@caveat = [", "Gemeint ist wohl „caveats“"),
    (
        'measure = { kind = "share"',
        'measure = { kind = "share", per = 100',
        "„measure.per“",
        "Den Schlüssel „per“ gibt es hier nicht",
    ),
]

REGISTER = [
    (
        'register_id = "schulwegunfaelle"',
        'register_id = "schulunfaelle"',
        "„measure.register_id“",
        "Gemeint ist wohl „schulwegunfaelle“",
    ),
    ('unit = "Kinder"', 'unit = "Personen"', "@Personen", "Das Register „schulwegunfaelle“ hat die Einheit „Kinder“"),
    ("no_interval = ", "# ", "Schlüssel „no_interval“", "Bitte in einem Satz ergänzen"),
    (
        'id = "schulwegunfaelle"',
        'id = "graffiti"',
        "Eintrag „graffiti“",
        "zuerst in indicators-pks-eigentum.toml, Zeile",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "fix"), LEAD)
def test_a_mistake_in_the_lead_indicators_is_named(complains, old, new, place, fix):
    complains("indicators.toml", old, new, place, fix)


@pytest.mark.parametrize(("old", "new", "place", "fix"), SURVEY)
def test_a_mistake_in_a_survey_indicator_is_named(complains, old, new, place, fix):
    complains("indicators-befragung-sicherheit.toml", old, new, place, fix)


@pytest.mark.parametrize(("old", "new", "place", "fix"), REGISTER)
def test_a_mistake_in_a_register_indicator_is_named(complains, old, new, place, fix):
    complains("indicators-register.toml", old, new, place, fix)


def test_a_sum_key_is_never_added_to_another_key_even_if_the_sum_is_not_said_to_contain_it(workshop):
    """Graffiti (899500) lists no parts, and still overlaps with damage to property."""
    workshop.change("indicators-pks-eigentum.toml", '["899500"]', '["899500", "217000"]')
    assert "Der Summenschlüssel „899500“ überschneidet sich mit anderen." in workshop.sentence()


def test_keys_that_are_no_sums_may_be_added(workshop):
    workshop.append(
        "indicators-pks-eigentum.toml",
        """
[[indicator]]
id = "laden-und-taschen"
title = "Laden- und Taschendiebstahl"
short_title = "Laden- und Taschendiebstahl"
unit = "Fälle"
direction = "neutral"
definition = "Beide zusammen."
reading_aid = "{value}"
source = "PKS"
fields = []
data_class = "incidents"
dispersion_prior = 0.1
measure = { kind = "count", source = "pks", offence_keys = ["326*00", "*90*00"] }
""",
    )
    measure = load_catalogue(workshop.folder).indicators["laden-und-taschen"].measure
    assert measure.offence_keys == ("326*00", "*90*00")
