"""The two servers that are compared, each as a process of its own on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import PROJECT
from bench.overview import environment
from sipa_data.settings import Settings

START_SECONDS = 120


@dataclass(frozen=True)
class Served:
    """A running server."""

    address: str
    process: int


@contextmanager
def our_server(settings: Settings, *, port: int = 0, **variables: str) -> Iterator[Served]:
    """The product as ``make run`` starts it. ``variables`` : what else stands in its environment."""
    with _running(PROJECT / "app.py", PROJECT, "/api/bereit", environment(settings) | variables, port=port) as served:
        yield served


@contextmanager
def unasked_server(settings: Settings) -> Iterator[Served]:
    """The product where nobody is asked who they are: see ``bench/unasked.py``."""
    more = environment(settings)
    with _running(PROJECT / "app.py", PROJECT, "/api/bereit", more, module="bench.unasked") as served:
        yield served


@contextmanager
def bare_server() -> Iterator[Served]:
    """The bare page in a folder without settings, so that Streamlit's defaults hold."""
    with (
        TemporaryDirectory() as folder,
        _running(PROJECT / "bench" / "bare_page.py", Path(folder), "/_stcore/health", {}) as served,
    ):
        yield served


@contextmanager
def _running(
    script: Path, folder: Path, ready: str, more: dict[str, str], *, port: int = 0, module: str = "streamlit"
) -> Iterator[Served]:
    port = port or free_port()
    options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": "true"}
    options["browser.gatherUsageStats"] = "false"  # a measurement asks no other host
    command = [sys.executable, "-m", module, "run", str(script)]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    surroundings = os.environ | more | {"PYTHONPATH": str(PROJECT)}
    with TemporaryDirectory() as notes:
        log = Path(notes) / "log"
        with log.open("w", encoding="utf-8") as lines:
            process = subprocess.Popen(  # -- our own scripts  # nosec B603
                command, cwd=folder, env=surroundings, stdout=lines, stderr=subprocess.STDOUT
            )
        try:
            _wait(process, f"http://127.0.0.1:{port}{ready}", log)
            yield Served(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # -- this machine  # nosec B310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer:\n{log.read_text(encoding='utf-8')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
