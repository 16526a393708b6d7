"""Four who deliver beside four who read; the soak has twenty of each."""

from soak.side_by_side import beside


def test_every_upload_is_published_once_or_refused_with_a_reason_and_no_reader_sees_a_mixture(settings):
    found = beside(settings, people=4, uploads=2)
    assert (found["mixed"], found["lost"]) == (0, 0)
    assert found["published"] + found["refused"] == 8
    assert found["published"] > 0
    assert found["looks"] > 4
