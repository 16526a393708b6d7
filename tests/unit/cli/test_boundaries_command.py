"""``import-boundaries`` from the shell, and that nothing else ever loads GeoPandas."""

import shutil
import subprocess
import sys

import pytest

from sipa_data.cli import main
from sipa_data.settings import PROJECT
from tests.support.boundaries import districts
from tests.support.facts import MUSTERSTADT

LOADED = """
import sys
import sipa_data.house, sipa_data.figures, sipa_data.cli.main, pages.parts.register
print([name for name in ("geopandas", "pyogrio") if name in sys.modules])
import sipa_data.boundaries
print([name for name in ("geopandas", "pyogrio") if name in sys.modules])
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(MUSTERSTADT, tmp_path / "musterstadt")
    return tmp_path / "musterstadt"


def test_the_command_says_what_it_wrote_and_where(folder, tmp_path, capsys):
    file = tmp_path / "bezirke.geojson"
    districts().to_file(file, driver="GeoJSON")
    assert main(["import-boundaries", str(file), "--city", str(folder), "--source", "Stadtmessungsamt"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("✓ 4 Stadtbezirke, 16 Eckpunkte, ")
    assert str(folder / "boundaries.json") in printed.replace("\n", "")


def test_a_refusal_ends_with_the_code_of_a_refusal(folder, tmp_path, capsys):
    file = tmp_path / "bezirke.geojson"
    districts(Hafen=None).to_file(file, driver="GeoJSON")
    assert main(["import-boundaries", str(file), "--city", str(folder)]) == 3
    assert "ohne Grenze: Hafen" in " ".join(capsys.readouterr().err.split())
    assert not (folder / "boundaries.json").exists()


def test_neither_the_server_nor_another_command_loads_geopandas_and_the_check_would_find_it():
    run = subprocess.run([sys.executable, "-c", LOADED], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-2:] == ["[]", "['geopandas', 'pyogrio']"]
