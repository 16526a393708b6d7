"""Four who deliver beside four who read, for twenty seconds; the soak has twenty of each for two minutes."""

import pytest

from soak.side_by_side import _whole, beside


def test_every_upload_is_published_once_or_refused_with_a_reason_and_no_reader_sees_a_mixture(settings):
    found = beside(settings, people=4, seconds=20, pause=1.5)
    assert not [what for what in found if what.startswith("fault")]
    assert (found["mixed"], found["lost"]) == (0, 0)
    assert found["published"] + found["refused"] == found["uploads"]
    assert found["published"] > 0
    assert found["looks"] > 4
    assert found["seen"] > 0


@pytest.mark.parametrize(
    ("districts", "cases"),
    [
        ({"many": 2, "least": 3, "most": 4}, {"many": 1, "cases": 3}),
        ({"many": 1, "least": 3, "most": 3}, {"many": 1, "cases": 3}),
        ({"many": 2, "least": 3, "most": 3}, {"many": 1, "cases": 4}),
        ({"many": 2, "least": 3, "most": 3}, {"many": 2, "cases": 3}),
        ({"many": 2, "least": 3, "most": 3}, None),
        (None, {"many": 1, "cases": 3}),
    ],
)
def test_half_a_publication_would_be_noticed(districts, cases):
    assert _whole({"many": 2, "least": 3, "most": 3}, {"many": 1, "cases": 3})
    assert not _whole(districts, cases)
