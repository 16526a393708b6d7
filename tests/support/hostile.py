"""Files that somebody made to do harm, or that a bad day made: what intake has to survive without a traceback."""

import functools
import io
import os
import resource
import struct
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import xlwt
from hypothesis import strategies as st
from openpyxl import Workbook

from sipa_data.errors import SipaError
from sipa_data.intake import Profile, as_toml, load_profiles, look_at, propose, read_delivery, recognise
from sipa_data.lake import Lake, LakeReader
from sipa_data.release import rehearse
from sipa_data.release.upload import uploads_in
from tests.support.intake import COUNTS, PROFILES, layout, musterstadt

CONFUSED = str.maketrans({"o": "о", "a": "а", "e": "е", "S": "Ѕ", "N": "Ν"})
FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3", "\t=x", "＝HYPERLINK(1)"]
KEYS = ["***300", "326*00", "892000"]
WORDS = [
    "Nord", "Süd", "Hafen", "No\u0308rd", "Nord".translate(CONFUSED), "Süd\u200b", "\u202eNord", "Nord\x07",
    "210000", "3.00E+300", "31.12.2025", "2024-02-30", "9" * 40, "1e400", "-0", "1.234,5", "NULL", "", " ", '"', "''",
    "Robert'); drop table uploads;--", "{value}", "%s%n", "😀" * 3, "a" * 5000, *FORMULAS,
]  # fmt: skip
HEADINGS = [
    "jahr", "bezirk", "schlüssel", "fälle", "wann", "Bezirk", "BEZIRK", "gewicht", "nachts", "geschlecht", "lon", "lat",
    "geometry", "", " ", "jahr\x00", "x" * 300, *FORMULAS[:3],
]  # fmt: skip


@st.composite
def tables(draw: Any) -> bytes:
    """A text table with odd headings, odd cells, odd separators and encodings, perhaps with bytes put into it."""
    heads = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8))
    rows = draw(st.lists(st.lists(st.sampled_from(WORDS), max_size=10), max_size=8))
    separator = draw(st.sampled_from([";", ",", "\t", "|", ":"]))
    ends = draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
    text = ends.join(separator.join(row) for row in [heads, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-32", "cp850"]))
    content = text.encode(encoding, "replace")
    place = draw(st.integers(0, len(content)))
    return content[:place] + draw(st.binary(max_size=6)) + content[place:]


@st.composite
def nearly_right(
    draw: Any, head: str = "jahr;bezirk;schlüssel;fälle", begin: str = "", keys: Sequence[str] = KEYS, often: int = 1
) -> bytes:
    """The table of a known layout, with a few cells that are not what they seem.

    Parameters
    ----------
    begin : of each row
    often : how many times likelier the right cells are
    """
    place = st.sampled_from([*["Altstadt", "Nord", "Süd", "Hafen", "unbekannt"] * often, *WORDS[:10]])
    key = st.sampled_from([*list(keys) * often, *WORDS[8:10]])
    cases = st.sampled_from([*["0", "7", "1.234", "12"] * often, *WORDS[9:22]])
    rows = draw(st.lists(st.tuples(st.sampled_from(["2024", "2023"]), place, key, cases), min_size=1, max_size=6))
    text = "\n".join([head, *(begin + ";".join(row) for row in rows)])
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))


@st.composite
def damaged(draw: Any, whole: dict[str, bytes]) -> bytes:
    """A file of any format, cut anywhere, or with a piece of it replaced."""
    content = whole[draw(st.sampled_from(sorted(whole)))]
    place = draw(st.integers(0, 200_000)) % len(content)
    if draw(st.booleans()):
        return content[:place]
    return content[:place] + draw(st.binary(max_size=16)) + content[place + draw(st.integers(0, 300)) :]


NAMES = [
    "Lieferung.csv",
    "../../../etc/passwd",
    "a\x00b.sav",
    "x" * 300 + ".xlsx",
    "\u202evsc.exe",
    "<b>.csv",
    "C:\\NUL",
    "",
]


def files(whole: dict[str, bytes]) -> st.SearchStrategy[bytes]:
    """Everything but the bombs, of which there are few enough to try each."""
    return st.one_of(tables(), nearly_right(), damaged(whole), st.binary(max_size=300))


@dataclass(frozen=True)
class Target:
    """What hostile files come to.

    ``folder`` : where the file lies; ``private`` : where temporary files go, and has to be empty again; ``lake`` : what
    must not change; ``catalogue`` : of the same city
    """

    folder: Path
    private: Path
    lake: Lake


def survive(content: bytes, target: Target, name: str = "Lieferung.csv") -> str | None:
    """Look, recognise, propose, read, rehearse: what is said if it is refused, None if it could be submitted.

    What is refused is refused by one of our sentences. Nothing is written elsewhere, nothing stays behind, and the lake
    is what it was.
    """
    path, said = target.folder / "hochgeladen", None
    path.write_bytes(content)
    before = target.lake.current_snapshot()
    with only_below(target.folder):
        try:
            found = look_at(path, name=name)
            recognise(found, musterstadt(), known())
            draft = propose(found, musterstadt())
            for one in draft.settings():
                if not one.fine:
                    draft = draft.with_setting(one.id, next(iter(one.choices or ()), "2024-01-01"))
            draft = draft.with_setting("elsewhere", "not_locatable")
            profile = layout(COUNTS) if draft.problems() else draft.profile()
            as_toml(profile)
            refused_rows = target.folder / "abgelehnt.csv"
            with read_delivery(path, musterstadt(), profile, name=name, refused_rows=refused_rows) as delivery:
                rehearse(target.lake, delivery, history_of, replace=True)
        except SipaError as refused:
            said = refused.sentence
    assert said is None or (said.endswith((".", "?", ")")) and "hochgeladen" not in said), said
    assert list(target.private.iterdir()) == []
    assert target.lake.current_snapshot() == before
    return said


def history_of(reader: LakeReader) -> int:
    return len(uploads_in(reader))


_allowed: list[Path] = []


def _audited(event: str, arguments: tuple[Any, ...]) -> None:
    """Called by the interpreter for whatever is opened, made or moved."""
    if not _allowed or event not in {"open", "os.mkdir", "os.rename", "os.link", "os.symlink"}:
        return
    if event == "open" and not _is_for_writing(arguments[1], arguments[2]):
        return
    places = [Path(os.fsdecode(one)).absolute() for one in arguments[:2] if isinstance(one, str | bytes | Path)]
    if event in {"open", "os.mkdir"}:
        places = places[:1]
    outside = [place for place in places if not any(place.is_relative_to(one) for one in _allowed)]
    if outside and "__pycache__" not in outside[0].parts:
        raise AssertionError(f"{event} outside of the temporary folder: {outside[0]}")


def _is_for_writing(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


@contextmanager
def only_below(folder: Path) -> Iterator[None]:
    """Whoever writes elsewhere from Python fails; where DuckDB may write is its own limit, and tested as such."""
    _watch()
    _allowed.extend([folder.absolute(), Path(os.devnull)])
    try:
        yield
    finally:
        _allowed.clear()


@functools.cache
def _watch() -> None:
    sys.addaudithook(_audited)  # there is no way to take it away again


class Memory:
    """The most memory of this process and of the largest of its children since the beginning, in bytes."""

    def __init__(self) -> None:
        self.at_first = _of_this_process("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted anew

    @property
    def of_child(self) -> int:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024

    @property
    def most(self) -> int:
        return _of_this_process("VmHWM") + self.of_child

    @property
    def added(self) -> int:
        """Without what others had taken before."""
        return self.most - self.at_first


def _of_this_process(what: str) -> int:
    (line,) = (
        one for one in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if one.startswith(what)
    )
    return int(line.split()[1]) * 1024


@functools.cache
def known() -> dict[str, Profile]:
    return load_profiles(PROFILES)


def whole_files(folder: Path) -> dict[str, bytes]:
    """One small, sound file of every format that is read."""
    frame = pd.DataFrame({"jahr": [2024.0] * 9, "bezirk": ["Nord"] * 9, "wert": [float(n) for n in range(9)]})
    labels = {"jahr": {2024.0: "Jahr"}}
    pyreadstat.write_sav(frame, str(folder / "ganz.sav"), variable_value_labels=labels)
    pyreadstat.write_sav(frame, str(folder / "ganz.zsav"), compress=True)
    pyreadstat.write_sav(frame, str(folder / "ganz.packed"), row_compress=True, variable_value_labels=labels)
    pyreadstat.write_dta(frame, str(folder / "ganz.dta"))
    frame.to_excel(folder / "ganz.ods", index=False)
    old = xlwt.Workbook()
    old.add_sheet("Blatt").write(0, 0, "jahr")
    old.save(str(folder / "ganz.xls"))
    frame.to_parquet(folder / "ganz.parquet")
    book = Workbook()
    for row in (["jahr", "bezirk", "wert"], [2024, "Nord", 1], [2024, "=1+1", 2]):
        book.worksheets[0].append(row)
    book.save(folder / "ganz.xlsx")
    found = {path.suffix: path.read_bytes() for path in sorted(folder.glob("ganz.*"))}
    return found | {".zip": packed("daten.csv", b"jahr;bezirk;wert\n2024;Nord;1\n"), ".dta8": old_stata()}


def packed(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def old_stata() -> bytes:
    """The beginning of a Stata 8 file that claims two billion rows of thirty thousand columns."""
    return struct.pack("<BBBBHI", 113, 2, 1, 0, 30_000, 2_000_000_000) + b"\0" * 64


@functools.cache
def bombs() -> dict[str, bytes]:
    """Small files that ask for far more than they hold."""
    wide = ";".join(f"s{number}" for number in range(20_000))
    return {
        "zip": packed("null.csv", b"0" * 60_000_000),
        "path": packed("../../../../tmp/entkommen.csv", b"a;b\nx;1\n"),
        "workbook": _claiming_workbook(),
        "columns": (wide + "\n" + ";".join("1" * 20_000) + "\n").encode(),
        "line": b"a;b\n" + b"x" * 2_000_000,
        "quotation": b'a;b\n"' + b"x;1\n" * 50_000,
        "nul": b"a;b\n\0;1\n",
        "nested zip": packed("innen.zip", packed("null.csv", b"0" * 10_000_000)),
        "cases": _claiming_statistics_file(),
        "mixture": "a;b\nSüd;1\n".encode() + "Süd;2\n".encode("cp1252"),
    }


def _claiming_statistics_file() -> bytes:
    """A SAV whose head claims two billion cases."""
    with tempfile.TemporaryDirectory() as folder:
        pyreadstat.write_sav(pd.DataFrame({"jahr": [2024.0]}), f"{folder}/eine.sav")
        whole = Path(folder, "eine.sav").read_bytes()
    return whole[:80] + struct.pack("<i", 2_000_000_000) + whole[84:]


def _claiming_workbook() -> bytes:
    """A sheet that says it goes to the last row and column that there can be."""
    book = Workbook()
    for row in (["jahr", "bezirk"], [2024, "Nord"]):
        book.worksheets[0].append(row)
    whole, target = io.BytesIO(), io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in source.namelist():
            content = source.read(part)
            if part == "xl/worksheets/sheet1.xml":
                last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"').replace(b"</sheetData>", last)
            changed.writestr(part, content)
    return target.getvalue()
