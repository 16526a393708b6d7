"""Where a lake's catalogue is, and how DuckLake attaches it."""

import re
from dataclasses import dataclass
from pathlib import Path

from sipa_data.lake.instance import CLUSTER_EXTENSIONS, EXTENSIONS
from sipa_data.settings import Settings
from sipa_data.sql import literal, quoted


@dataclass(frozen=True)
class Address:
    """``catalogue`` : path of the SQLite file, or a ``postgres:`` address. ``files`` : folder of the Parquet files."""

    catalogue: str
    files: Path

    @classmethod
    def of(cls, settings: Settings) -> "Address":
        lake = settings.lake
        if not lake.startswith("postgres:"):
            lake = str(Path(lake).absolute())
        return cls(lake, settings.lake_files.absolute())

    @property
    def on_postgres(self) -> bool:
        return self.catalogue.startswith("postgres:")

    @property
    def catalogue_folder(self) -> Path | None:
        """Folder of the SQLite file; None for PostgreSQL."""
        return None if self.on_postgres else Path(self.catalogue).parent

    @property
    def extensions(self) -> tuple[str, ...]:
        return CLUSTER_EXTENSIONS if self.on_postgres else EXTENSIONS

    @property
    def shown(self) -> str:
        """For people: without a password."""
        return without_password(self.catalogue)

    def attach(self, alias: str, *, snapshot: int | None = None) -> str:
        """The ATTACH statement; with ``snapshot``, read-only and fixed to that snapshot.

        SQLite needs WAL and a busy timeout, else a reader in one process makes every other process's commit fail.
        """
        options = [f"DATA_PATH {literal(str(self.files))}", "OVERRIDE_DATA_PATH true"]
        if self.on_postgres:
            target = "postgres:" + self._connection
        else:
            target = "sqlite:" + self.catalogue
            options += ["META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 5000"]
        if snapshot is not None:
            options += [f"SNAPSHOT_VERSION {int(snapshot)}", "READ_ONLY"]
        return f"ATTACH {literal('ducklake:' + target)} AS {quoted(alias)} ({', '.join(options)})"

    def attach_catalogue(self, alias: str, *, read_only: bool = False, lock_timeout: int | None = None) -> str:
        """The ATTACH statement for the bare database of the catalogue, past DuckLake.

        ``lock_timeout`` : after how many milliseconds PostgreSQL stops waiting for others
        """
        options = ["TYPE postgres" if self.on_postgres else "TYPE sqlite", *(["READ_ONLY"] if read_only else [])]
        target = self._connection if self.on_postgres else self.catalogue
        if self.on_postgres and lock_timeout is not None:
            if "//" in target:
                target += f"{'&' if '?' in target else '?'}options=-c%20lock_timeout%3D{lock_timeout}"
            else:
                target += f" options='-c lock_timeout={lock_timeout}'"
        return f"ATTACH {literal(target)} AS {quoted(alias)} ({', '.join(options)})"

    @property
    def _connection(self) -> str:
        """What PostgreSQL's own library understands: key=value pairs, or an address with ``//``."""
        given = self.catalogue.removeprefix("postgres:")
        return self.catalogue if given.startswith("//") else given


def without_password(text: str) -> str:
    """The same text with every password of a PostgreSQL address blacked out."""
    text = re.sub(r"(?i)(password\s*=\s*)('(?:[^'\\]|\\.)*'|\S+)", r"\1***", text)
    return re.sub(r"(//[^:/@\s]*):[^@\s]*@", r"\1:***@", text)
