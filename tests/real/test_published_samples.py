"""What R's package ``survey`` prints for the stratified sample of Californian schools, to all printed digits.

Printed results: Lumley (2010), Complex Surveys, ch. 2, and the documentation of the package. Each number of the
printout is a row here; a digit is met where our number rounds to it.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from sipa_data.statistics.designs import design_means, design_ratios, design_shares, design_totals, sample_design

REAL = Path(__file__).parents[2].parent / "shared" / "real"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (REAL / "r-survey").is_dir(), reason="the folder with real data is not there"),
]


@pytest.fixture(scope="module")
def schools() -> dict[str, np.ndarray]:
    with (REAL / "r-survey" / "apistrat.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 200
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


@pytest.fixture(scope="module")
def numbers(schools):
    return lambda name: schools[name].astype(float)


@pytest.fixture(scope="module")
def drawn(schools, numbers):
    """R's ``svydesign(id = ~1, strata = ~stype, fpc = ~fpc)``: without weights, a school stands for fpc/n others."""
    size = {kind: np.count_nonzero(schools["stype"] == kind) for kind in "EHM"}
    weights = numbers("fpc") / np.array([size[kind] for kind in schools["stype"]])
    return sample_design(weights, strata=schools["stype"], clusters_existing=numbers("fpc"))


def printed(number: float, text: str) -> bool:
    """Whether a number is what was printed, at as many digits."""
    digits = len(text.partition(".")[2])
    return f"{float(number):.{digits}f}" == text


def meets(found, value: str, error: str) -> bool:
    return printed(found.value[0], value) and printed(found.standard_error[0], error)


MEANS = [("api00", "662.29", "9.4089"), ("api99", "629.39", "9.9639"), ("enroll", "595.28", "18.509")]
TOTALS = [("enroll", "3687178", "114642"), ("api00", "4102208", "58279")]
IN_DOMAINS = [
    ("many_without_licence", "api00", "558.52", "21.708"),
    ("many_without_licence", "api99", "523.99", "21.584"),
    ("all_with_licence", "api00", "749.09", "17.516"),
    ("all_with_licence", "api99", "720.07", "19.061"),
]
DOMAIN_TOTALS = [("many_without_licence", "762132", "128674"), ("all_with_licence", "461690", "75813")]
COUNTIES = [("Kern", "291.97", "101.760"), ("Los Angeles", "1373.15", "199.635")]


@pytest.mark.parametrize(("name", "value", "error"), MEANS)
def test_every_printed_mean_is_met(drawn, numbers, name, value, error):
    assert meets(design_means(drawn, numbers(name)), value, error)


@pytest.mark.parametrize(("name", "value", "error"), TOTALS)
def test_every_printed_total_is_met(drawn, numbers, name, value, error):
    assert meets(design_totals(drawn, numbers(name)), value, error)


def test_how_many_schools_of_a_stratum_there_are_is_known_without_error(drawn, schools):
    for kind, value in {"E": "4421", "H": "755", "M": "1018"}.items():
        assert meets(design_totals(drawn, schools["stype"] == kind), value, "0")


def domain(name, numbers):
    emergency = numbers("emer")
    return {"many_without_licence": emergency > 20, "all_with_licence": emergency == 0}[name][None, :]


@pytest.mark.parametrize(("where", "name", "value", "error"), IN_DOMAINS)
def test_every_printed_mean_of_a_domain_is_met(drawn, numbers, where, name, value, error):
    assert meets(design_means(drawn, numbers(name), domain(where, numbers)), value, error)


@pytest.mark.parametrize(("where", "value", "error"), DOMAIN_TOTALS)
def test_every_printed_total_of_a_domain_is_met(drawn, numbers, where, value, error):
    assert meets(design_totals(drawn, numbers("enroll"), domain(where, numbers)), value, error)


@pytest.mark.parametrize(("county", "value", "error"), COUNTIES)
def test_every_printed_number_of_schools_in_a_county_is_met(drawn, schools, county, value, error):
    assert meets(design_totals(drawn, schools["cname"] == county), value, error)


def test_domains_are_estimated_in_one_go_as_they_are_one_by_one(drawn, schools, numbers):
    domains = np.stack([schools["stype"] == kind for kind in "EHM"])
    together = design_means(drawn, numbers("api00"), domains)
    alone = [design_means(drawn, numbers("api00"), one[None, :]) for one in domains]
    assert together.value.tolist() == pytest.approx([one.value[0] for one in alone])
    assert together.variance.tolist() == pytest.approx([one.variance[0] for one in alone])
    # a stratum is a simple random sample of its own: s²/n · (1 − n/N)
    scores = numbers("api00")[schools["stype"] == "E"]
    assert together.variance[0] == pytest.approx(scores.var(ddof=1) / 100 * (1 - 100 / 4421))


def test_the_share_of_students_tested_is_a_ratio_of_two_totals(drawn, numbers):
    tested, enrolled = numbers("api.stu"), numbers("enroll")
    found = design_ratios(drawn, tested, enrolled)
    totals = [design_totals(drawn, column).value[0] for column in (tested, enrolled)]
    assert found.value[0] == pytest.approx(totals[0] / totals[1])
    residual = design_totals(drawn, tested - found.value[0] * enrolled)  # its total is zero, its error is the ratio's
    assert found.standard_error[0] == pytest.approx(residual.standard_error[0] / totals[1])


def test_a_share_of_schools_carries_the_effective_size_of_the_design(drawn, schools, numbers):
    reached = (schools["sch.wide"] == "Yes").astype(float)
    as_mean, as_share = design_means(drawn, reached), design_shares(drawn, reached)
    share = as_share.share[0]
    assert as_share.n_effective[0] == pytest.approx(min(200, share * (1 - share) / as_mean.variance[0]))
    lower, upper = as_share.interval()
    assert 0 < lower[0] < share < upper[0] < 1


def test_two_hundred_schools_in_three_strata_leave_197_degrees_of_freedom(drawn, numbers):
    assert design_means(drawn, numbers("api00")).degrees_of_freedom[0] == 197
