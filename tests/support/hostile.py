"""Files that somebody made to do harm, or that a bad day made: what intake has to survive without a traceback."""

import functools
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
from hypothesis import strategies as st
from openpyxl import Workbook

from sipa_data.errors import SipaError
from sipa_data.intake import Profile, as_toml, load_profiles, look_at, propose, read_delivery, recognise
from tests.support.intake import COUNTS, PROFILES, layout, musterstadt

CONFUSED = str.maketrans({"o": "о", "a": "а", "e": "е", "S": "Ѕ", "N": "Ν"})
FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3", "\t=x", "＝HYPERLINK(1)"]
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
def damaged(draw: Any, whole: dict[str, bytes]) -> bytes:
    """A file of any format, cut anywhere, or with a piece of it replaced."""
    content = whole[draw(st.sampled_from(sorted(whole)))]
    place = draw(st.integers(0, 200_000)) % len(content)
    if draw(st.booleans()):
        return content[:place]
    return content[:place] + draw(st.binary(max_size=16)) + content[place + draw(st.integers(0, 300)) :]


def files(whole: dict[str, bytes]) -> st.SearchStrategy[bytes]:
    return st.one_of(tables(), damaged(whole), st.binary(max_size=300), st.sampled_from(list(bombs().values())))


def survive(content: bytes, folder: Path, private: Path) -> str | None:
    """Look, recognise, propose, read. What is refused is refused by one of our sentences, and nothing stays behind.

    Parameters
    ----------
    private : where temporary files go; has to be empty again
    """
    path, said = folder / "hochgeladen", None
    path.write_bytes(content)
    try:
        found = look_at(path, name="Lieferung.csv")
        recognise(found, musterstadt(), known())
        draft = propose(found, musterstadt())
        for one in draft.settings():
            if not one.fine:
                draft = draft.with_setting(one.id, next(iter(one.choices or ()), "2024-01-01"))
        draft = draft.with_setting("elsewhere", "not_locatable")
        profile = layout(COUNTS) if draft.problems() else draft.profile()
        as_toml(profile)
        with read_delivery(path, musterstadt(), profile, name="Lieferung.csv", refused_rows=folder / "abgelehnt.csv"):
            pass
    except SipaError as refused:
        said = refused.sentence
    assert said is None or (said.endswith((".", "?", ")")) and "hochgeladen" not in said), said
    assert list(private.iterdir()) == []
    return said


@functools.cache
def known() -> dict[str, Profile]:
    return load_profiles(PROFILES)


def whole_files(folder: Path) -> dict[str, bytes]:
    """One small, sound file of every format that is read."""
    frame = pd.DataFrame({"jahr": [2024.0] * 9, "bezirk": ["Nord"] * 9, "wert": [float(n) for n in range(9)]})
    labels = {"jahr": {2024.0: "Jahr"}}
    pyreadstat.write_sav(frame, str(folder / "ganz.sav"), variable_value_labels=labels)
    pyreadstat.write_dta(frame, str(folder / "ganz.dta"))
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
        "mixture": "a;b\nSüd;1\n".encode() + "Süd;2\n".encode("cp1252"),
    }


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
