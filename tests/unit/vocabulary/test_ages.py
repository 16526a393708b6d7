"""Age groups: how they are written and read, and which make up another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipa_data.ages import EVERYBODY, AgeGroup, groups_that_make_up, joined, made_up_of


def groups(*texts: str) -> tuple[AgeGroup, ...]:
    return tuple(AgeGroup.read(text) for text in texts)


@pytest.mark.parametrize(
    ("text", "first", "last", "german"),
    [("14-17", 14, 17, "14 bis 17 Jahre"), ("0-13", 0, 13, "unter 14 Jahren"), ("60+", 60, 200, "ab 60 Jahren")],
)
def test_a_group_is_read_written_and_said(text, first, last, german):
    group = AgeGroup.read(text)
    assert (group.first, group.last, str(group), group.german) == (first, last, text, german)


@pytest.mark.parametrize("text", ["", "14", "17-14", "14–17", "unter 14", "14-17 Jahre", "+60"])
def test_what_is_no_group_is_none(text):
    assert AgeGroup.read(text) is None


@pytest.mark.parametrize(
    ("wanted", "known", "found"),
    [
        ("0-13", ("0-5", "6-9", "10-13", "14-17"), ("0-5", "6-9", "10-13")),
        ("14-20", ("14-20", "14-17", "18-20"), ("14-20",)),  # the fewest
        ("14-20", ("14-17", "18-24"), None),  # too old
        ("14-20", ("14-16", "18-20"), None),  # a gap
        ("14-20", ("14-18", "17-20"), None),  # an overlap
        ("60+", ("60-74", "75+"), ("60-74", "75+")),
    ],
)
def test_groups_make_up_another_without_gap_and_overlap(wanted, known, found):
    expected = None if found is None else groups(*found)
    assert made_up_of(AgeGroup.read(wanted), groups(*known)) == expected


@given(st.sets(st.integers(1, 90), max_size=12))
def test_any_cuts_through_a_life_make_up_everybody(cuts):
    starts = sorted({0, *cuts})
    parts = [AgeGroup(first, after - 1) for first, after in zip(starts, [*starts[1:], EVERYBODY.last + 1], strict=True)]
    assert made_up_of(EVERYBODY, parts) == tuple(parts)
    assert joined(parts) == (EVERYBODY,)


def test_groups_with_a_gap_stay_apart():
    assert joined(groups("18-20", "14-17", "25-29")) == groups("14-20", "25-29")


def test_a_sum_over_both_sexes_is_preferred_to_its_parts():
    youths = AgeGroup.read("14-17")
    known = {(youths, None), (youths, "w"), (youths, "m")}
    assert groups_that_make_up((youths,), None, known) == ((youths, None),)
    assert set(groups_that_make_up((youths,), None, known - {(youths, None)})) >= {(youths, "w"), (youths, "m")}
    assert groups_that_make_up((youths,), "w", known) == ((youths, "w"),)
    assert groups_that_make_up((youths,), "w", {(youths, None)}) is None


def test_all_ages_are_the_row_without_an_age_or_all_groups_together():
    young, old = groups("0-17", "18+")
    assert groups_that_make_up((), None, {(None, None), (young, None)}) == ((None, None),)
    assert groups_that_make_up((), None, {(young, None), (old, None)}) == ((young, None), (old, None))
    assert groups_that_make_up((), None, {(young, None)}) is None
