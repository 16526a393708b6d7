"""Everything that a message of Streamlit carries, to the last number: protobuf, JSON, Arrow, Plotly's base64 arrays."""

import base64
import json
import re
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

NUMBER = re.compile(r"\d[\d.  ]*(?:,\d+)?")
DTYPES = {"i1": "int8", "i2": "int16", "i4": "int32", "u1": "uint8", "u2": "uint16", "u4": "uint32", "f4": "float32",
          "f8": "float64"}  # fmt: skip


def numbers_in(found: Iterable[object]) -> set[float]:
    """Every number that messages, files or texts hold, in whatever form."""
    return {number for one in found for leaf in _leaves(one) for number in _numbers(leaf)}


def _leaves(one: object) -> Iterator[object]:
    """Texts and numbers inside anything."""
    match one:
        case Message():
            yield from _leaves([_parts(field, value) for field, value in one.ListFields()])
        case bytes():
            yield from _leaves_of_bytes(one)
        case str():
            yield from _leaves_of_text(one)
        case {"bdata": str(), "dtype": str()}:
            numbers = np.frombuffer(base64.b64decode(one["bdata"]), dtype=DTYPES.get(one["dtype"], one["dtype"]))
            yield from numbers.tolist()
        case dict():
            yield from _leaves([*one.keys(), *one.values()])
        case list() | tuple():
            for value in one:
                yield from _leaves(value)
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
    try:
        table = pa.ipc.open_stream(content).read_all()
    except pa.ArrowInvalid:
        try:
            yield from _leaves_of_text(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return
        return
    for column in table.columns:
        for value in column.to_pylist():
            yield from _leaves(value)


def _leaves_of_text(text: str) -> Iterator[object]:
    if text[:1] in ("{", "["):
        try:
            yield from _leaves(json.loads(text))
        except json.JSONDecodeError:
            yield text
        return
    yield text


def _numbers(leaf: object) -> Iterator[float]:
    if isinstance(leaf, str):
        for found in NUMBER.findall(leaf):
            whole = re.sub(r"[.\s]", "", found)
            yield float(whole.replace(",", "."))  # 1.234,5 as a German writes it
            if re.fullmatch(r"\d+\.\d+", found.strip()):
                yield float(found)  # 1234.5 as a program writes it
    elif isinstance(leaf, int | float) and np.isfinite(leaf):
        yield float(leaf)
