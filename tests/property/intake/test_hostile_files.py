"""Whoever made a file, whatever for: a first look, a proposal and a reading give a result or a German sentence.

Three hundred files here; ten thousand in ``python -m soak hostile_files``.
"""

import base64
import resource
import tempfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.hostile import bombs, files, survive, whole_files

MOST_MEMORY = 1_000_000_000
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


@pytest.fixture
def private(tmp_path, monkeypatch):
    folder = tmp_path / "privat"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@settings(max_examples=292, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_file_breaks_anything(data, hostile, tmp_path, private):
    survive(data.draw(hostile), tmp_path, private)


@pytest.mark.parametrize("name", sorted(bombs()))
def test_no_bomb_goes_off(name, tmp_path, private):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    survive(bombs()[name], tmp_path, private)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    assert after < max(before, MOST_MEMORY)


def test_a_claim_of_billions_of_cells_ends_another_process_and_not_this_one(tmp_path, private):
    said = survive(bombs()["workbook"], tmp_path, private)
    assert said is not None
    assert "nennt Zellen so weit außen, dass der Speicher nicht reicht" in said


def test_a_file_on_which_the_library_crashes_ends_another_process_and_not_this_one(tmp_path, private):
    said = survive(ENDS_READSTAT, tmp_path, private)
    assert (
        said == "Die SPSS- oder Stata-Datei „Lieferung.csv“ ist beschädigt oder abgeschnitten. Bitte neu exportieren."
    )
