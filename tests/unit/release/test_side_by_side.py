"""Four who deliver beside four who read, for twenty seconds; the soak has twenty of each for two minutes."""

import pytest

from soak.side_by_side import beside, is_whole, settings_below
from tests.conftest import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_upload_is_published_once_or_refused_with_a_reason_and_no_reader_sees_a_mixture(
    request, quick_folder, kind
):
    catalogue = None if kind == "sqlite" else request.getfixturevalue("postgres_server").new_database()
    settings = settings_below(quick_folder / kind, catalogue)
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
    assert is_whole({"many": 2, "least": 3, "most": 3}, {"many": 1, "cases": 3})
    assert not is_whole(districts, cases)
