"""What there is to be found in the example city, proved with the product's own answers and statistics.

Every number that a proof rests on stands in docs/example-city.md; ``told`` looks there.
"""

from itertools import pairwise

import numpy as np
import pytest

from sipa_data.access.scope import Role, Scope
from sipa_data.answers import Question
from sipa_data.answers.types import CITY, Status, VerdictCode
from sipa_data.german import number
from sipa_data.periods import Period
from sipa_data.settings import PROJECT
from sipa_data.statistics import overdispersed_change, poisson_z

DOCUMENT = " ".join((PROJECT / "docs" / "example-city.md").read_text(encoding="utf-8").split())
SWING = {"890000": 0.04, "892000": 0.054, "*50*00": 0.104, "***300": 0.083}  # usual yearly swings of the catalogue
MITTE, CANNSTATT, BIRKACH, FEUERBACH, MOEHRINGEN, VAIHINGEN, WEILIMDORF = "01", "06", "07", "10", "12", "20", "22"
BESIDE_CANNSTATT = ("02", "03", "10", "13", "14", "19", "23")
FAR_FROM_CANNSTATT = ("04", "05", "12", "20", "22")


@pytest.fixture(scope="module")
def chair(house):
    return house.reader(Scope.chair())


def told(*numbers, decimals=0):
    """Whether the document names these numbers, one after the other: „von 100 auf 90“ or „100, 90 und 80“."""
    shown = [number(value, decimals) for value in numbers]
    ways = [
        " auf ".join(shown) if len(shown) == 2 else None,
        " und ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0],
    ]
    return any(way is not None and way in DOCUMENT for way in ways)


def course(reader, indicator, *districts):
    """Values by year, summed over districts."""
    shown = reader.ask(Question(indicator).everywhere().over_time()).observations
    rows = shown[shown.district.isin(districts)]
    assert (rows.status == Status.ok).all()
    return rows.groupby(rows.period_end.dt.year).value.sum().astype(float).to_dict()


def verdict(reader, indicator, district, year):
    """Whoever asks about one place asks one question; among 23 districts at once less would stand out."""
    places = () if district == CITY else (district,)
    return reader.ask(Question(indicator, places, Period.year(year))).verdict_on(district).code


def z(before, after, key):
    return float(overdispersed_change([before], [after], SWING[key]).z[0])


class TestTheCentreFallsWhileMostDistrictsRise:
    def test_sixteen_of_23_districts_rise_and_the_centre_falls(self, chair, catalogue):
        courses = {one: course(chair, "straftaten-ohne-auslaenderrecht", one) for one in catalogue.districts}
        rising = [one for one, by_year in courses.items() if by_year[2025] > by_year[2024]]
        assert len(rising) == 16
        assert MITTE not in rising
        mitte = courses[MITTE]
        assert 0.88 < mitte[2025] / mitte[2024] < 0.94
        assert told(mitte[2024], mitte[2025])

    def test_the_city_as_a_whole_stays_where_it_was(self, chair):
        assert verdict(chair, "straftaten-ohne-auslaenderrecht", CITY, 2025) == VerdictCode.within_chance

    def test_counting_noise_is_ruled_out_but_not_the_usual_swing(self, chair):
        mitte = course(chair, "straftaten-ohne-auslaenderrecht", MITTE)
        assert float(poisson_z([mitte[2024]], [mitte[2025]])[0]) < -6
        assert verdict(chair, "straftaten-ohne-auslaenderrecht", MITTE, 2025) == VerdictCode.within_usual_swing

    def test_violence_on_the_streets_of_the_centre_falls_beyond_both(self, chair):
        violence = course(chair, "gewalt-oeffentlicher-raum", MITTE)
        assert verdict(chair, "gewalt-oeffentlicher-raum", MITTE, 2025) == VerdictCode.fell
        assert told(violence[2024], violence[2025])


class TestThePandemicDip:
    def test_a_fifth_less_in_2021_than_in_2019_and_back_in_2023(self, chair):
        cases = course(chair, "straftaten-insgesamt", CITY)
        assert -0.25 < cases[2021] / cases[2019] - 1 < -0.18
        assert abs(cases[2023] / cases[2019] - 1) < 0.05
        assert verdict(chair, "straftaten-insgesamt", CITY, 2021) == VerdictCode.fell
        assert told(cases[2019], cases[2021])

    def test_it_is_deepest_in_the_months_of_lockdown(self, chair):
        by_month = {
            year: chair.ask(Question("taschendiebstahl", period=Period.month(year, 4))).observations.value.iloc[0]
            for year in (2019, 2020)
        }
        assert by_month[2020] < 0.6 * by_month[2019]


class TestTheLegalBreakOf2021:
    def threats(self, house):
        """Cases by month: no indicator asks for this key, so they are counted in the mart."""
        cursor = house.mart.connection.cursor()
        rows = cursor.execute(
            "select period_start, sum(cases)::bigint as cases from incidents "
            "where source = 'pks' and offence_key = '232300' group by period_start order by period_start"
        ).fetchall()
        return {(month.year, month.month): cases for month, cases in rows}

    def by_year(self, house):
        threats = self.threats(house)
        return {year: sum(cases for (when, _), cases in threats.items() if when == year) for year in range(2016, 2026)}

    def test_threats_rise_by_half_although_everything_else_falls(self, house, chair):
        threats, everything = self.by_year(house), course(chair, "straftaten-insgesamt", CITY)
        assert threats[2022] > 1.6 * threats[2020]
        assert threats[2021] > 1.2 * threats[2020]
        assert everything[2021] < everything[2020]
        assert told(*(threats[year] for year in (2019, 2020, 2021, 2022)))

    def test_the_step_is_in_april(self, house):
        threats = self.threats(house)
        cases = np.array([threats[2021, month] for month in range(1, 13)])
        assert cases[3:].mean() > 1.3 * cases[:3].mean()

    def test_the_catalogue_knows_of_it(self, catalogue):
        found = [one for one in catalogue.breaks.values() if "232300" in one.offence_keys]
        assert [one.date.year for one in found] == [2021]

    def test_the_break_of_2024_and_the_census_stop_comparisons_on_the_screen(self, chair):
        assert verdict(chair, "rauschgift", CITY, 2024) == VerdictCode.break_in_series
        assert verdict(chair, "gewaltkriminalitaet-rate", CITY, 2023) == VerdictCode.break_in_series
        assert verdict(chair, "gewaltkriminalitaet-rate", CITY, 2024) != VerdictCode.break_in_series


class TestADistrictWhereFearRisesAsCrimeFalls:
    def test_less_happens_in_weilimdorf_year_after_year(self, chair):
        cases = course(chair, "straftaten-ohne-auslaenderrecht", WEILIMDORF)
        last = [cases[year] for year in (2023, 2024, 2025)]
        assert all(later < earlier for earlier, later in pairwise(last))
        # two years: twice the variance of one year's swing
        assert overdispersed_change([last[0]], [last[2]], SWING["890000"] * np.sqrt(2)).p[0] < 0.001
        assert told(*last)

    def test_and_yet_more_people_feel_unsafe_there(self, chair):
        answer = chair.ask(Question("unsicher-stadtbezirk").everywhere().over_time())
        shown = answer.observations[answer.observations.district == WEILIMDORF]
        shares = dict(zip(shown.period_end.dt.year, shown.value.astype(float), strict=True))
        assert answer.verdict_on(WEILIMDORF).code == VerdictCode.rose
        assert shares[2025] > shares[2023] + 5
        assert told(round(shares[2023], 1), round(shares[2025], 1), decimals=1)


class TestATinyDistrict:
    def birkach(self, reader):
        shown = reader.ask(Question("gewalt-oeffentlicher-raum", period=Period.year(2025)).everywhere()).observations
        return shown[shown.district == BIRKACH].iloc[0]

    def test_a_protected_reader_does_not_receive_its_single_case(self, house, chair):
        true, public = self.birkach(chair), self.birkach(house.reader(Scope.public()))
        assert true.value in (1, 2)
        assert told(int(true.value))
        assert public.status == Status.suppressed
        assert public[["value", "lower", "upper", "n", "basis"]].isna().all()

    def test_other_cells_of_the_year_are_hidden_with_it(self, house):
        question = Question("gewalt-oeffentlicher-raum", period=Period.year(2025)).everywhere()
        shown = house.reader(Scope.public()).ask(question).observations
        assert (shown.status == Status.suppressed).sum() >= 2
        assert shown[shown.district == CITY].status.iloc[0] == Status.ok

    def test_its_own_council_receives_it(self, house):
        council = house.reader(Scope(Role.district, full_detail=False, own_districts=frozenset({BIRKACH})))
        assert self.birkach(council).status == Status.ok


class TestAProjectThatWorks:
    def test_bicycle_thefts_halve_where_bicycles_can_be_locked_up(self, chair):
        here, there = (course(chair, "fahrraddiebstahl", one) for one in (VAIHINGEN, MOEHRINGEN))
        assert verdict(chair, "fahrraddiebstahl", VAIHINGEN, 2024) == VerdictCode.fell
        assert z(there[2023], there[2024], "***300") > -1.96
        ratio = np.log((here[2024] / here[2023]) / (there[2024] / there[2023]))
        noise = sum(1 / year for year in (here[2023], here[2024], there[2023], there[2024]))
        assert ratio / np.sqrt(noise + 2 * SWING["***300"] ** 2) < -1.96
        assert told(here[2023], here[2024])
        assert told(there[2023], there[2024])

    def test_it_lasts(self, chair):
        here = course(chair, "fahrraddiebstahl", VAIHINGEN)
        assert here[2025] < 0.6 * np.mean([here[year] for year in (2018, 2019, 2022, 2023)])


class TestAProjectThatOnlySeemsTo:
    def test_before_and_after_look_like_a_success(self, chair):
        cases = course(chair, "diebstahl-kfz", FEUERBACH)
        assert verdict(chair, "diebstahl-kfz", FEUERBACH, 2024) == VerdictCode.fell
        assert told(cases[2023], cases[2024])

    def test_but_before_was_a_peak_and_after_is_what_was_usual(self, chair):
        cases = course(chair, "diebstahl-kfz", FEUERBACH)
        usual = np.mean([cases[year] for year in (2020, 2021, 2022)])
        assert z(round(usual), cases[2023], "*50*00") > 3
        assert abs(z(round(usual), cases[2024], "*50*00")) < 1.96
        assert told(*(cases[year] for year in (2020, 2021, 2022)))


class TestAProjectThatDisplaces:
    def test_violence_falls_on_the_square(self, chair):
        cases = course(chair, "gewalt-oeffentlicher-raum", CANNSTATT)
        assert verdict(chair, "gewalt-oeffentlicher-raum", CANNSTATT, 2024) == VerdictCode.fell
        assert told(cases[2023], cases[2024])

    def test_and_rises_in_the_districts_beside_it(self, chair, catalogue):
        assert catalogue.districts[CANNSTATT].neighbours == BESIDE_CANNSTATT
        cases = course(chair, "gewalt-oeffentlicher-raum", *BESIDE_CANNSTATT)
        assert z(cases[2023], cases[2024], "892000") > 1.96
        assert told(cases[2023], cases[2024])

    def test_together_nothing_is_won_and_further_away_nothing_changes(self, chair):
        both = course(chair, "gewalt-oeffentlicher-raum", CANNSTATT, *BESIDE_CANNSTATT)
        far = course(chair, "gewalt-oeffentlicher-raum", *FAR_FROM_CANNSTATT)
        assert abs(z(both[2023], both[2024], "892000")) < 1
        assert abs(z(far[2023], far[2024], "892000")) < 1.96
        assert told(both[2023], both[2024])
        assert told(far[2023], far[2024])

    def test_the_register_of_projects_shows_only_the_better_half_first(self, chair):
        results = [row for row in chair.mart.rows("project_results") if row["project_id"] == "SR-01"]
        treated = {
            (row["measure"], row["measured_at"]): row["value"] for row in results if row["group_name"] == "treated"
        }
        square = course(chair, "gewalt-oeffentlicher-raum", CANNSTATT)
        assert treated["Gewalttaten im öffentlichen Raum im Jahr", "after"] == square[2024]
        beside = course(chair, "gewalt-oeffentlicher-raum", *BESIDE_CANNSTATT)
        assert treated["Gewalttaten in den Nachbarbezirken im Jahr", "after"] == beside[2024]
