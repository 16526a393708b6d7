"""The real server as a process of its own, on a free port of this machine."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from sipa_data.settings import Settings
from tests.support.small_city import environment

PROJECT = Path(__file__).parents[2]
START_SECONDS = 60


@contextmanager
def running_server(settings: Settings, log: Path, *, port: int = 0, **variables: str) -> Iterator[str]:
    """The address of a server that is ready; stopped when the block ends.

    ``port`` : 0 is any free one. ``variables`` : what else stands in its environment.
    """
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w", encoding="utf-8") as lines:
        surroundings = os.environ | environment(settings) | variables
        process = subprocess.Popen(command, cwd=PROJECT, env=surroundings, stdout=lines, stderr=subprocess.STDOUT)
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """What the server prints when the house is open, once it also answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"SiPa läuft: (http://\S+)", log.read_text(encoding="utf-8")):
            try:
                if httpx.get(f"{found[1]}/api/bereit").status_code == httpx.codes.OK:
                    return found[1]
            except httpx.TransportError:
                pass  # the address is printed a moment before the socket answers
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")
