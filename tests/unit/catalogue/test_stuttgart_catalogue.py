"""The Stuttgart folder says what the city and its sources say."""

from collections import Counter
from itertools import combinations

import pytest

from sipa_data.catalogue.models import CountMeasure, RateMeasure, RegisterMeasure, RegisterShareMeasure
from sipa_data.errors import InvalidQuestion

DISTRICTS = """
01 Mitte · 02 Nord · 03 Ost · 04 Süd · 05 West · 06 Bad Cannstatt · 07 Birkach · 08 Botnang · 09 Degerloch ·
10 Feuerbach · 11 Hedelfingen · 12 Möhringen · 13 Mühlhausen · 14 Münster · 15 Obertürkheim · 16 Plieningen ·
17 Sillenbuch · 18 Stammheim · 19 Untertürkheim · 20 Vaihingen · 21 Wangen · 22 Weilimdorf · 23 Zuffenhausen
"""

FIELDS = [
    "Prävention durch Sozialpolitik",
    "Sicherheitspartnerschaften",
    "Sicherheit für unsere Kinder",
    "Bündnis für Integration in der Stuttgarter Sicherheitspartnerschaft",
    "Prävention durch Sport",
    "Vorbeugung und Bekämpfung von Jugendkriminalität",
    "Sicherheit auf Straßen und Plätzen",
    "Sicherheit in Öffentlichen Verkehrsmitteln",
    "Sicherheit und Sauberkeit",
    "Kriminalprävention und Städtebau",
]

PRINCIPLES = [
    "Wehret den Anfängen!",
    "Keine Verwahrlosung des öffentlichen Raums",
    "Mehr Sauberkeit",
    "Vernetztes, gemeinsames Vorgehen der Behörden",
    "Neue Qualität durch Verknüpfung von professionellem Handeln und bürgerschaftlichem Engagement",
    "Ursachenorientierte Bekämpfung der Kriminalität",
    "Bekämpfung der Kriminalität dort, wo sie entsteht (Sicherheitsbeiräte in den 23 Stadtbezirken)",
]


def test_the_city_is_stuttgart_under_its_two_chairs(stuttgart):
    city = stuttgart.city
    assert (city.name, city.official_key) == ("Stuttgart", "08111")
    assert city.chairs == ("Oberbürgermeister", "Polizeipräsident")
    assert (city.district_word, city.districts_word) == ("Stadtbezirk", "Stadtbezirke")


def test_the_23_districts_bear_their_official_numbers(stuttgart):
    expected = [entry.strip().split(" ", 1) for entry in DISTRICTS.split("·")]
    assert [[district.id, district.name] for district in stuttgart.districts.values()] == expected


def test_five_districts_are_inner_and_eighteen_are_outer(stuttgart):
    assert Counter(district.zone for district in stuttgart.districts.values()) == {"innen": 5, "außen": 18}
    assert [one.name for one in stuttgart.districts.values() if one.zone == "innen"] == [
        "Mitte",
        "Nord",
        "Ost",
        "Süd",
        "West",
    ]


def test_the_ten_fields_of_action_are_word_for_word_those_of_the_partnership(stuttgart):
    assert [field.title for field in stuttgart.fields.values()] == FIELDS
    assert [field.number for field in stuttgart.fields.values()] == list(range(1, 11))


def test_the_seven_principles_are_word_for_word_those_of_the_partnership(stuttgart):
    assert [principle.title for principle in stuttgart.principles.values()] == PRINCIPLES
    assert [principle.number for principle in stuttgart.principles.values()] == list(range(1, 8))


def test_every_principle_is_tied_to_a_field_of_action(stuttgart):
    assert {one for field in stuttgart.fields.values() for one in field.principles} == set(stuttgart.principles)


@pytest.mark.parametrize("number", range(1, 11))
def test_every_field_of_action_has_indicators_and_a_lead_among_them(stuttgart, number):
    field = next(field for field in stuttgart.fields.values() if field.number == number)
    indicators = [one.id for one in stuttgart.indicators.values() if field.id in one.fields]
    assert field.lead in indicators


def test_every_indicator_serves_a_field_of_action(stuttgart):
    assert [one.id for one in stuttgart.indicators.values() if not one.fields] == []


def test_the_eight_lead_indicators_are_those_of_the_steering_group_in_order(stuttgart):
    leads = [stuttgart.indicators[one] for one in stuttgart.city.lead_indicators]
    assert [one.title for one in leads] == [
        "Unsicherheit im eigenen Stadtbezirk",
        "Unsicherheit nachts in der Wohngegend",
        "Straftaten ohne Ausländerrecht je 100.000",
        "Gewaltkriminalität je 100.000",
        "Straßenkriminalität je 100.000",
        "Aufklärungsquote",
        "Anzeigequote der Betroffenen",
        "Bekanntheit der Maßnahmen",
    ]
    assert [one.measure.offence_keys for one in leads[2:6]] == [("890000",), ("892000",), ("899000",), ("890000",)]


def test_every_rate_names_the_count_of_the_same_cases_for_when_no_population_is_there(stuttgart):
    rates = [one for one in stuttgart.indicators.values() if isinstance(one.measure, RateMeasure)]
    assert rates
    for rate in rates:
        count = stuttgart.indicators[rate.instead].measure
        assert isinstance(count, CountMeasure)
        assert (count.source, count.offence_keys, count.place_kinds, count.count) == (
            rate.measure.source,
            rate.measure.offence_keys,
            rate.measure.place_kinds,
            "cases",
        )


def test_control_offences_are_neither_good_nor_bad_news(stuttgart):
    for indicator in stuttgart.indicators.values():
        keys = getattr(indicator.measure, "offence_keys", ())
        if any(stuttgart.offences[key].control for key in keys):
            assert indicator.direction == "neutral", indicator.id


def test_every_register_can_be_shown(stuttgart):
    measures = [one.measure for one in stuttgart.indicators.values()]
    shown = {one.register_id for one in measures if isinstance(one, RegisterMeasure)}
    shares = [one for one in measures if isinstance(one, RegisterShareMeasure)]
    shown |= {register for one in shares for register in (one.numerator, one.denominator)}
    assert shown == set(stuttgart.registers)


def test_every_field_of_action_has_at_least_four_indicators_and_its_own_kind_of_evidence(stuttgart):
    members = {
        field: [one for one in stuttgart.indicators.values() if field in one.fields] for field in stuttgart.fields
    }
    assert min(map(len, members.values())) >= 4
    assert len(stuttgart.indicators) >= 60
    for field, indicators in members.items():
        assert {one.data_class for one in indicators} - {"register"}, field  # not only what offices say of themselves


def test_every_kind_of_measure_is_used(stuttgart):
    assert {one.measure.kind for one in stuttgart.indicators.values()} == {
        "count", "rate", "clearance", "share", "mean", "difference", "register", "register_share", "person_rate",
        "person_share", "project_share", "decision_share",
    }  # fmt: skip


def test_an_indicator_without_an_interval_says_why(stuttgart):
    for indicator in stuttgart.indicators.values():
        independent = getattr(indicator.measure, "independent", False)
        has_one = (
            indicator.measure.kind in {"count", "rate", "share", "mean", "difference", "person_rate"} or independent
        )
        assert (indicator.no_interval is None) == has_one, indicator.id


def test_what_rises_when_people_report_more_is_neither_good_nor_bad(stuttgart):
    reported = (
        "wilder-muell", "wilder-muell-rate", "partnerschaftsgewalt", "hasskriminalitaet", "angstraeume-gemeldet",
        "sexualdelikte-opfer-kinder", "delikte-oepnv", "delikte-oepnv-rate",
    )  # fmt: skip
    assert {stuttgart.indicators[one].direction for one in reported} == {"neutral"}


def test_medians_of_registers_say_that_they_are_medians(stuttgart):
    for indicator in stuttgart.indicators.values():
        if isinstance(indicator.measure, RegisterMeasure):
            said = "Median" in stuttgart.registers[indicator.measure.register_id].title
            assert (indicator.measure.statistic == "median") == said, indicator.id


def test_partners_of_every_kind_that_the_state_names_are_known(stuttgart):
    """Municipal offices for youth, work, social affairs, foreigners and order, fire brigade, schools, …"""
    named = ["Jugendamt", "Arbeitsamt", "Sozialamt", "Ausländeramt", "Ordnungsamt", "Feuerwehr", "Schulen",
             "Bundespolizei", "Zoll", "Justiz", "Bundeswehr", "Präventionsräte", "Polizei", "Vereine"]  # fmt: skip
    found = [stuttgart.find_partner_kind(name) for name in named]
    assert None not in found
    assert len(set(found)) == len(named)
    assert stuttgart.find_partner_kind("Raumfahrt") is None


def test_the_usual_swing_is_that_of_the_published_state_counts(stuttgart):
    """The whole standard deviation of yearly log changes 2013-2019 beyond chance, in per cent, by key."""
    published = {
        "------": 6.2, "890000": 4.0, "892000": 5.4, "899000": 6.1, "217000": 11.5, "222000": 6.4, "224000": 5.2,
        "326*00": 7.4, "435*00": 16.2, "***300": 8.3, "*50*00": 10.4, "*90*00": 18.8, "674000": 5.3, "899500": 10.6,
        "515001": 21.0, "730000": 10.8,
    }  # fmt: skip
    seen = set()
    for indicator in stuttgart.indicators.values():
        if isinstance(indicator.measure, CountMeasure | RateMeasure):
            (key,) = indicator.measure.offence_keys
            if key in published:
                assert indicator.dispersion_prior == pytest.approx(published[key] / 100), indicator.id
                seen.add(key)
    assert seen == set(published)


def stands_for(sign: str, position: int) -> set[str]:
    """A star in front means theft without or with aggravation (3, 4), elsewhere any digit."""
    return {sign} if sign != "*" else set("34") if position == 0 else set("0123456789")


def may_overlap(one: str, other: str) -> bool:
    """Whether two keys can hold the same case: stars that meet, or closing zeros that stand for everything below."""
    if "*" in one + other:
        return all(
            stands_for(*a) & stands_for(*b)
            for a, b in zip(zip(one, range(6), strict=True), zip(other, range(6), strict=True), strict=True)
        )
    return one.startswith(other.rstrip("0")) or other.startswith(one.rstrip("0"))


def test_keys_overlap_where_a_star_or_a_closing_zero_covers_both():
    assert may_overlap("***300", "*50*00")
    assert may_overlap("222000", "222100")
    assert not may_overlap("3***00", "4***00")
    assert not may_overlap("221000", "222100")
    assert not may_overlap("020000", "*20*00")


def test_no_two_keys_that_may_be_added_overlap(stuttgart):
    parts = [key for key, offence in stuttgart.offences.items() if offence.kind == "part"]
    assert [pair for pair in combinations(parts, 2) if may_overlap(*pair)] == []


def test_the_overlapping_sum_keys_are_marked(stuttgart):
    sums = [
        "------",
        "890000",
        "891000",
        "892000",
        "892500",
        "897000",
        "899000",
        "899500",
        "****00",
        "3***00",
        "4***00",
    ]
    assert {stuttgart.offences[key].kind for key in sums} == {"sum"}


def test_violence_and_street_crime_share_keys_and_are_both_known_to(stuttgart):
    violence, street = (set(stuttgart.offences[key].includes) for key in ("892000", "899000"))
    assert {"111000", "210000", "222000"} <= violence
    assert {"217000", "222100", "*50*00", "*90*00"} <= street


def test_the_new_key_for_attacks_on_officers_begins_in_2018_with_a_break(stuttgart):
    assert stuttgart.offences["621100"].valid_from == 2018
    assert stuttgart.offences["621020"].valid_to == 2017
    assert any("621100" in one.offence_keys and one.date.year == 2018 for one in stuttgart.breaks.values())


def test_the_closed_cuts_hold_city_and_district_tables(stuttgart):
    assert {(cut.area, cut.period) for cut in stuttgart.cuts.values()} == {
        ("city", "month"),
        ("city", "quarter"),
        ("city", "year"),
        ("city", "rolling_year"),
        ("district", "quarter"),
        ("district", "year"),
    }


def test_an_unknown_indicator_is_refused_with_the_closest_one(stuttgart):
    with pytest.raises(InvalidQuestion) as fault:
        stuttgart.indicator("graffitti")
    assert fault.value.sentence == "Die Kennzahl „graffitti“ gibt es nicht. Gemeint ist wohl „graffiti“."
    assert stuttgart.indicator("graffiti").title == "Graffiti"


def test_an_unknown_district_is_refused(stuttgart):
    with pytest.raises(InvalidQuestion) as fault:
        stuttgart.district("24")
    assert fault.value.sentence.startswith("In der Liste der Stadtbezirke gibt es „24“ nicht.")
    assert stuttgart.district("06").name == "Bad Cannstatt"
