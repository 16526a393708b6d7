"""A PostgreSQL server from Debian's package, for as long as the tests run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

USER = "sipa"


@dataclass(frozen=True)
class Server:
    binaries: Path
    port: int

    def new_database(self) -> str:
        """The address of a fresh, empty database, as SIPA_LAKE would name it."""
        name = f"lake_{uuid4().hex[:12]}"
        access = ["--host=127.0.0.1", f"--port={self.port}", f"--username={USER}"]
        subprocess.run([self.binaries / "createdb", *access, name], check=True)
        return f"postgres:host=127.0.0.1 port={self.port} user={USER} dbname={name}"


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
        _run([*control, "-w", "-o", options, "-l", folder / "log", "start"], folder)
        try:
            yield Server(binaries, port)
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)
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
