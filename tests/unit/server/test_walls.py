"""The data layer must not know the screen: no room of it brings Streamlit along."""

import json
import pkgutil
import subprocess
import sys

import sipa_data

STARTS_ON_IMPORT = "sipa_data.__main__"  # one line that runs sipa_data.cli, which is checked
ROOMS = sorted({found.name for found in pkgutil.iter_modules(sipa_data.__path__, "sipa_data.")} - {STARTS_ON_IMPORT})
CHECK = """
import importlib, json, pkgutil, sys
guilty = []
for name in sys.argv[1:]:
    room = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(room, "__path__", []), name + "."):
        importlib.import_module(found.name)
    if any(loaded.split(".")[0] == "streamlit" for loaded in sys.modules):
        guilty.append(name)
print(json.dumps(guilty))
"""


def test_there_are_rooms_to_check():
    assert {"sipa_data.answers", "sipa_data.figures", "sipa_data.lake"} <= set(ROOMS)


def test_the_check_finds_streamlit_where_it_is():
    assert _bringing_streamlit("sipa_data.errors", "pages.parts.place") == ["pages.parts.place"]


def test_no_room_brings_streamlit_along():
    assert _bringing_streamlit(*ROOMS) == []


def _bringing_streamlit(*modules: str) -> list[str]:
    """The modules from the first one on that has loaded Streamlit."""
    run = subprocess.run(
        [sys.executable, "-c", CHECK, *modules], capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(run.stdout)
