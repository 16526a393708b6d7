"""A PostgreSQL server from Debian's package, for as long as the tests run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

USER = "sipa"


@dataclass(frozen=True)
class Server:
    """``start``, ``stop`` : as a fault would; the databases stay."""

    binaries: Path
    port: int
    start: Callable[[], None]
    stop: Callable[[], None]

    def new_database(self, template: str | None = None) -> str:
        """The address of a fresh database, as SIPA_LAKE would name it: empty, or a copy of another."""
        name = f"lake_{uuid4().hex[:12]}"
        copied = [f"--template={_name_in(template)}"] if template else []
        subprocess.run([self.binaries / "createdb", *self._access, *copied, name], check=True)
        return f"postgres:host=127.0.0.1 port={self.port} user={USER} dbname={name}"

    def drop(self, address: str) -> None:
        subprocess.run([self.binaries / "dropdb", *self._access, "--force", _name_in(address)], check=True)

    def busy(self, address: str) -> bool:
        """Whether anybody is in the middle of something in a database."""
        at_work = "select count(*) from pg_stat_activity where state <> 'idle' and datname ="
        return self._ask(f"{at_work} '{_name_in(address)}'") != "0"

    def disconnect(self, address: str) -> None:
        """End every connection to a database, whatever it is doing."""
        ended = "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
        self._ask(f"{ended} '{_name_in(address)}'")

    @property
    def _access(self) -> list[str]:
        return ["--host=127.0.0.1", f"--port={self.port}", f"--username={USER}"]

    def _ask(self, sql: str) -> str:
        asked = [self.binaries / "psql", *self._access, "-d", "postgres", "-tAc", sql]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def _name_in(address: str) -> str:
    return address.rpartition("dbname=")[2]


def find_binaries() -> Path | None:
    """Debian keeps initdb and pg_ctl out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    anywhere = shutil.which("initdb")
    return Path(anywhere).parent if anywhere else None


@contextmanager
def running_server(binaries: Path) -> Iterator[Server]:
    """Start a server on loopback with a free port; stop it and delete its data afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="sipa-pg-"))
    as_owner: list[str] = []
    if os.geteuid() == 0:  # initdb refuses to run as root
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    try:
        initdb = [binaries / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        _run([*as_owner, *initdb], folder)
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        control = [*as_owner, binaries / "pg_ctl", "-D", data]
        start = partial(_run, [*control, "-w", "-o", options, "-l", folder / "log", "start"], folder)
        stop = partial(_run, [*control, "-m", "immediate", "stop"], folder)
        start()
        try:
            yield Server(binaries, port, start, stop)
        finally:
            stop()
    finally:
        shutil.rmtree(folder)


def _run(command: list[str | Path], folder: Path) -> None:
    # No pipes: the server inherits them, and we would wait for it to end.
    with (folder.parent / f"{folder.name}.out").open("w+") as out:
        done = subprocess.run(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, check=False)
        out.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command}: {out.read()}")
    Path(out.name).unlink()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
