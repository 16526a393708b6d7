"""Everything that a message of Streamlit carries, to the last number: protobuf, JSON, Arrow, Plotly's base64 arrays,
tables and pictures inside HTML, and workbooks."""

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape

import numpy as np
import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

NUMBER = re.compile(
    r"\d+(?:\.\d+)?[eE][+-]?\d+"  # as programs write large ones
    r"|\d[\d.]*(?:,\d+)?"
)
IN_GROUPS = re.compile("\\d{1,3}(?:[ \u00a0\u2009\u202f]\\d{3})+(?:,\\d+)?")
FINGERPRINT = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9-]*[a-f])(?:[0-9a-f]{32,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])"
)
"""Names of files, elements and sessions that are drawn anew in every run: their digits are nobody's numbers."""
PACKED = re.compile(r"data:[\w.+/-]+(?:;[\w=-]+)*;base64,([A-Za-z0-9+/=]+)")
"""A file inside a text, as pictures in HTML are."""
DTYPES = {"i1": "int8", "i2": "int16", "i4": "int32", "u1": "uint8", "u2": "uint16", "u4": "uint32", "f4": "float32",
          "f8": "float64"}  # fmt: skip


class Unreadable(AssertionError):
    """Something was sent that this search cannot look into: whoever sends it must teach the search to."""


def numbers_in(found: Iterable[object]) -> set[float]:
    """Every number that messages, files or texts hold, in whatever form.

    Raises
    ------
    Unreadable : a file of a kind that is not known here
    """
    return {number for one in found for leaf in leaves(one) for number in _numbers(leaf)}


def words_in(found: Iterable[object]) -> str:
    """Every text that messages, files or texts hold, one after the other."""
    return "\n".join(leaf for one in found for leaf in leaves(one) if isinstance(leaf, str))


def leaves(one: object) -> Iterator[object]:
    """Texts and numbers inside anything."""
    match one:
        case Message():
            yield from leaves([_parts(field, value) for field, value in one.ListFields()])
        case bytes():
            yield from _leaves_of_bytes(one)
        case str():
            yield from _leaves_of_text(one)
        case {"bdata": str(), "dtype": str()}:
            numbers = np.frombuffer(base64.b64decode(one["bdata"]), dtype=DTYPES.get(one["dtype"], one["dtype"]))
            yield from numbers.tolist()
        case dict():
            yield from leaves([*one.keys(), *one.values()])
        case list() | tuple():
            for value in one:
                yield from leaves(value)
        case bool() | None:
            return
        case int() | float():
            yield one


def _parts(field: FieldDescriptor, value: object) -> list[object]:
    """The values of one field of a message, however many it has."""
    if not field.is_repeated:
        return [value]
    is_map = field.message_type is not None and field.message_type.GetOptions().map_entry
    return list(value.values() if is_map else value)


def _leaves_of_bytes(content: bytes) -> Iterator[object]:
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from leaves([name, packed.read(name)])
        return
    try:
        table = pa.ipc.open_stream(content).read_all()
    except (pa.ArrowInvalid, OSError):  # of bytes that are no Arrow it says now this, now that
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable(f"{len(content)} bytes that begin with {content[:8]!r}") from None
        yield from _leaves_of_text(text)
        return
    for column in table.columns:
        for value in column.to_pylist():
            yield from leaves(value)


def _leaves_of_text(text: str) -> Iterator[object]:
    if text[:1] in ("{", "["):
        try:
            yield from leaves(json.loads(text))
        except json.JSONDecodeError:
            pass
        else:
            return
    for packed in PACKED.findall(text):
        yield from _leaves_of_bytes(base64.b64decode(packed))
    plain = PACKED.sub("", text)
    yield unescape(plain) if "<" in plain or "&" in plain else plain


def _numbers(leaf: object) -> Iterator[float]:
    if isinstance(leaf, str):
        leaf = FINGERPRINT.sub("", leaf)
        for found in NUMBER.findall(leaf):
            if "e" in found.lower():
                yield float(found)
                continue
            yield _german(found)
            if re.fullmatch(r"\d+\.\d+\.?", found):
                yield float(found.rstrip("."))  # 1234.5 as a program writes it
        yield from (_german(found) for found in IN_GROUPS.findall(leaf))
    elif isinstance(leaf, int | float) and np.isfinite(leaf):
        yield float(leaf)


def _german(text: str) -> float:
    """``1.234,5`` as a German writes it."""
    return float(re.sub(r"[.\s]", "", text).replace(",", "."))
