"""No room on the disk, a folder that must not be written, a catalogue that is gone in the middle: the same as a crash.

The deed is refused with a sentence, the old state or the new one is there, and it can be done again.
"""

import re
import shutil
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest

from sipa_data.errors import LakeError, SipaError
from sipa_data.lake import open_lake
from tests.support.deeds import DEEDS, copy_of, found_after, prepared, states_of
from tests.support.disturbed import Step, at_step, full, read_only, small_disk


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    with small_disk(tmp_path_factory.mktemp("platte") / "klein", "16m") as folder:
        yield folder


@pytest.fixture(scope="module")
def known():
    return {}


@pytest.fixture(scope="module")
def on_disk(disk, tmp_path_factory):
    return prepared(disk / "vorbereitet", offices=tmp_path_factory.mktemp("lieferungen"))


@pytest.fixture(scope="module")
def on_server(quick_folder, postgres_server):
    return prepared(quick_folder / "vorbereitet", postgres_server)


def of(known, template, name):
    if (template, name) not in known:
        known[template, name] = states_of(template, name)
    return known[template, name]


def attempt(place, name, disturbed):
    """What is said when the deed is done in a disturbed place; None: it was done all the same."""
    with open_lake(place.settings) as lake, disturbed:
        try:
            DEEDS[name].do(place, lake)
        except SipaError as refused:
            return refused
    return None


@pytest.mark.parametrize(
    ("name", "left"),
    [*((name, 0) for name in DEEDS), *((name, 100_000) for name in ("publish", "withdraw", "purge"))],
)
def test_on_a_full_disk_a_deed_is_refused_or_done_and_nothing_is_half(disk, on_disk, known, name, left):
    states = of(known, on_disk, name)
    with copy_of(on_disk) as place:
        refused = attempt(place, name, full(disk, left))
        assert found_after(place, name, states) in {"old", "new"}
    if left == 0:
        assert refused is not None
    assert refused is None or re.search("Platz|Speicherplatz", refused.sentence)


def test_a_purge_that_has_no_room_to_tidy_up_says_that_the_delivery_is_gone_all_the_same(disk, on_disk, known):
    states = of(known, on_disk, "purge")
    with copy_of(on_disk) as place:
        with open_lake(place.settings) as lake, ExitStack() as filled:
            at_step(lake, Step("after", "commit"), lambda: filled.enter_context(full(disk, 0)))
            with pytest.raises(LakeError, match=r"ist gelöscht.*nächste Öffnen räumt auf") as said:
                DEEDS["purge"].do(place, lake)
        assert "nichts verändert" not in said.value.sentence
        assert found_after(place, "purge", states) == "new"


@pytest.mark.parametrize("name", DEEDS)
def test_where_nothing_may_be_written_a_deed_is_refused_and_nothing_changed(disk, on_disk, known, name):
    states = of(known, on_disk, name)
    with copy_of(on_disk) as place:
        refused = attempt(place, name, read_only(place.folder))
        assert refused is not None
        assert "Schreibrechte" in refused.sentence
        assert found_after(place, name, states) == "old"


MIDDLE = [
    ("release", Step("after", "insert into uploads"), "old"),
    ("publish", Step("before", "commit"), "old"),
    ("withdraw", Step("before", "commit"), "old"),
    ("purge", Step("before", "commit"), "old"),
    ("purge", Step("before", "ducklake_expire_snapshots"), "new"),
]


@pytest.mark.parametrize(("name", "step", "left"), MIDDLE)
def test_a_catalogue_that_is_moved_away_in_the_middle_comes_back_as_it_was(on_disk, known, name, step, left):
    states = of(known, on_disk, name)
    with copy_of(on_disk) as place:
        catalogue = Path(place.settings.lake)
        away = catalogue.with_name("weg")
        said = "ist gelöscht.*Spuren" if left == "new" else "Katalog .* ist verschwunden"
        with open_lake(place.settings) as lake:
            at_step(lake, step, lambda: move(catalogue, away))
            with pytest.raises(LakeError, match=said):
                DEEDS[name].do(place, lake)
        with pytest.raises(LakeError, match="gehören zu einem anderen Katalog"):
            open_lake(place.settings)  # else the new, empty catalogue would take every file for an orphan
        move(catalogue, catalogue.with_name("leer"))
        move(away / catalogue.name, catalogue.parent)
        shutil.rmtree(catalogue.with_name("leer"))
        assert found_after(place, name, states) == left


def move(catalogue, folder):
    """A catalogue of SQLite with the files beside it that belong to it."""
    folder.mkdir(exist_ok=True)
    for path in catalogue.parent.glob(f"{catalogue.name}*"):
        path.rename(folder / path.name)


@pytest.mark.postgres
@pytest.mark.parametrize(("name", "step", "left"), MIDDLE)
def test_a_server_that_ends_every_connection_in_the_middle_leaves_the_state_it_had(on_server, known, name, step, left):
    states = of(known, on_server, name)
    with copy_of(on_server) as place:
        with open_lake(place.settings) as lake:
            at_step(lake, step, lambda: place.server.disconnect(place.settings.lake))
            with pytest.raises(LakeError, match="nicht erreichbar") if left == "old" else nullcontext():
                DEEDS[name].do(place, lake)
            lake.current_snapshot()  # a server that goes on running finds the catalogue again
        assert found_after(place, name, states) == left
