"""Whoever made a file, whatever for: a first look, a proposal and a reading give a result or a German sentence.

Three hundred files here; ten thousand in ``python -m soak hostile_files``.
"""

import base64
import tempfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sipa_data.lake import open_lake
from sipa_data.release import publish
from soak.hostile_files import MOST_MEMORY, settings_below
from tests.support.deliveries import Office
from tests.support.hostile import NAMES, Memory, Target, bombs, files, only_below, survive, whole_files

ENDS_READSTAT = zlib.decompress(
    base64.b85decode(  # a damaged SAV on which the library itself crashes, found by the soak
        "c-m8O^D%PJP}Wok4hRlbaB&QARB-e3aaGV&$S5f(D7MnqPtPpLC{5B!&d=2k&#X!;O7Trh)(=WeObISYEKy)$U|?WoKmbk{!vR7u"
        "aj=51m!n6J0uX@IvmmKwU||GfC)X&?Aa95~GJxq1cMS>w=?B@x2$Nhe-+{#|F{215&H@z&VRopSKw=y~EP`a-e;|OV1KIWRFGM{|"
        "Ei+Wj|Nrm*L+Sc|P(C}<ERbGSAPx<2)3pEzazhP(d7cBwksL^tb09g87s^%yVo>1NW&u6I2?++<q|~a+qHIo(r)|qqi%LKm1fT{m"
        "AsG&{@Hui607JzuzbFM1S|~w@A^yQ0hk6I>;v6`{1#pOq;1HL<AufYMT)_bVN1AL1"
    )
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return files(whole_files(tmp_path_factory.mktemp("ganz")))


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("datenbestand")
    with open_lake(settings_below(folder)) as opened:
        publish(opened, Office(folder / "amt").pair(2024, range(30), cases=3, name="davor"), by="erika")
        before = opened.checksums()
        yield opened
        assert opened.checksums() == before


@pytest.fixture
def target(tmp_path, monkeypatch, lake):
    folder = tmp_path / "privat"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return Target(tmp_path, folder, lake)


@settings(max_examples=290, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_file_breaks_anything(data, hostile, target):
    memory = Memory()
    survive(data.draw(hostile), target, data.draw(st.sampled_from(NAMES)))
    assert memory.added < MOST_MEMORY


@pytest.mark.parametrize("name", sorted(bombs()))
def test_no_bomb_goes_off(name, target):
    memory = Memory()
    survive(bombs()[name], target)
    assert memory.added < MOST_MEMORY


def test_whoever_wrote_elsewhere_would_be_noticed(tmp_path):
    inside, outside = tmp_path / "innen", tmp_path / "außen"
    inside.mkdir()
    with only_below(inside):
        (inside / "erlaubt").write_text("x")
        for attempt in (lambda: outside.write_text("x"), outside.mkdir, lambda: (inside / "erlaubt").rename(outside)):
            with pytest.raises(AssertionError, match="outside of the temporary folder"):
                attempt()
    assert not outside.exists()


def test_some_files_get_as_far_as_the_rehearsal(target):
    """Else the lake would be safe only because nothing ever comes near it."""
    assert survive("jahr;bezirk;schlüssel;fälle\n2024;Nord;***300;7\n".encode(), target) is None


def test_a_claim_of_billions_of_cells_ends_another_process_and_not_this_one(target):
    said = survive(bombs()["workbook"], target)
    assert said is not None
    assert "nennt Zellen so weit außen, dass der Speicher nicht reicht" in said


def test_a_file_on_which_the_library_crashes_ends_another_process_and_not_this_one(target):
    said = survive(ENDS_READSTAT, target)
    assert (
        said == "Die SPSS- oder Stata-Datei „Lieferung.csv“ ist beschädigt oder abgeschnitten. Bitte neu exportieren."
    )
