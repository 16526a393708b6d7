"""Disturbances to order: at a certain step of a deed, on a full disk, in a folder that must not be written."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import pytest

from sipa_data.lake import Lake

IN_MEMORY = Path("/dev/shm")
ENOUGH = 500_000_000  # bytes


def in_memory() -> Path | None:
    """Where files need no disk: there a commit takes a tenth of the time. None: no such place, or too small."""
    roomy = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ENOUGH
    return IN_MEMORY if roomy else None


@dataclass(frozen=True)
class Step:
    """A moment: before or after the first statement with this text in it. ``commit`` : the end of the transaction."""

    when: Literal["before", "after"]
    text: str


class _Stepping:
    """A cursor beside which something happens at a step."""

    def __init__(self, cursor: Any, step: Step, happens: Callable[[], object]) -> None:
        self._cursor, self._step, self._happens = cursor, step, happens

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._cursor.close()

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        hit = self._step.text != "commit" and self._step.text in sql.lower()
        return self._around(lambda: self._cursor.execute(sql, parameters), hit=hit)

    def commit(self) -> Any:
        return self._around(self._cursor.commit, hit=self._step.text == "commit")

    def _around(self, work: Callable[[], Any], *, hit: bool) -> Any:
        if hit and self._step.when == "before":
            self._happens()
        done = work()
        if hit and self._step.when == "after":
            self._happens()
        return done


def at_step(lake: Lake, step: Step, happens: Callable[[], object]) -> None:
    """Let something happen, once, when the lake's own transactions or its maintenance come to a step."""
    looking_at, cursor = lake._looking_at, lake.cursor
    done: list[bool] = []

    def once() -> None:
        if not done:
            done.append(True)
            happens()

    @contextmanager
    def stepping() -> Iterator[Any]:
        with cursor() as usual:
            yield _Stepping(usual, step, once)

    lake._looking_at = lambda path: _Stepping(looking_at(path), step, once)  # type: ignore[assignment, method-assign, return-value]
    lake.cursor = stepping  # type: ignore[assignment, method-assign]


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own, so small that it can be full. Skips the test where none can be mounted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root with CAP_SYS_ADMIN")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody may write below a folder, not even root, nor who has it open already. Skips where nothing is mounted."""
    mounted = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a folder that root must not write needs CAP_SYS_ADMIN to be mounted")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@contextmanager
def full(folder: Path, left: int) -> Iterator[None]:
    """A small disk on which only so many bytes are left."""
    ballast = folder / "ballast"
    ballast.write_bytes(b"\0" * max(0, free(folder) - left))
    try:
        yield
    finally:
        ballast.unlink()
