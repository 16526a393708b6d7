"""How the bytes of a text file are to be read: found by strict decoding, never assumed."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from sipa_data.errors import UnreadableFile
from sipa_data.intake.writing import ENCODINGS

CHUNK = 1 << 20
SAMPLE = 64 * 1024  # bytes around non-ASCII text that charset-normalizer looks at
MARKS = (  # longest first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SUPPORTED = {"cp1252": "cp1252", "latin_1": "latin-1", "iso8859_15": "iso8859-15"}
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")
GERMAN = frozenset("äöüÄÖÜßéèáàçñøåëïôîâêŸ§–—„“”’‘…€°²³·«»½¼\u00a0\u00ad")


@dataclass(frozen=True)
class Encoding:
    """How to decode: the codec and how many bytes of mark come before the text."""

    codec: str
    skip: int


def find_encoding(path: Path, said: str | None = None) -> Encoding:
    """Read the whole file strictly and say how it is encoded.

    Parameters
    ----------
    said : the codec, where somebody knows it

    Raises
    ------
    UnreadableFile : empty, NUL bytes, two encodings mixed, or an encoding that destroys umlauts
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise UnreadableFile(f"Die Datei „{path.name}“ ist leer (0 Byte). Bitte den Export wiederholen.")
    if said is not None:
        return _as_said(path, head, said)
    for mark, codec in MARKS:
        if head.startswith(mark):
            found = Encoding(codec, len(mark))
            _decode_strictly(path, found)
            return found
    if unmarked := _unmarked_utf16(head):
        found = Encoding(unmarked, 0)
        _decode_strictly(path, found)
        return found
    _refuse_nul(path)
    found = Encoding("utf-8", 0)
    fault = _first_fault(path, found)
    if fault is None:
        return found
    _refuse_mixture(path, fault)
    return Encoding(_one_byte_codec(path), 0)


def _as_said(path: Path, head: bytes, said: str) -> Encoding:
    """The encoding that somebody names; the file must read as that, and be a text then."""
    marked = next(((mark, codec) for mark, codec in MARKS if head.startswith(mark) and codec.startswith(said)), None)
    codec = marked[1] if marked else (_unmarked_utf16(head) or "utf-16-le") if said == "utf-16" else said
    found = Encoding(codec, len(marked[0]) if marked else 0)
    fault = _first_fault(path, found)
    if fault is not None:
        raise UnreadableFile(
            f"Die Datei „{path.name}“ lässt sich nicht als {ENCODINGS.get(said, said)} lesen: In Zeile {fault.line} "
            "stehen andere Zeichen. Bitte einen anderen Zeichensatz wählen."
        )
    if not codec.startswith("utf-16"):
        _refuse_nul(path)
    return found


def as_utf8(path: Path, encoding: Encoding) -> Iterator[bytes]:
    """The text in pieces: UTF-8, every kind of line end a plain newline. What is so already is taken over as it is."""
    decode = None if encoding.codec == "utf-8" else codecs.getincrementaldecoder(encoding.codec)("strict")
    held = False  # a piece that ends in \r may go on with \n
    with path.open("rb") as file:
        file.seek(encoding.skip)
        while True:
            piece = file.read(CHUNK)
            text = piece if decode is None else decode.decode(piece, final=not piece).encode()
            if held:
                text = b"\r" + text
            held = text.endswith(b"\r") and bool(piece)
            if held:
                text = text[:-1]
            if text:
                yield text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
            if not piece:
                return


def _unmarked_utf16(head: bytes) -> str | None:
    """Excel's „Unicode-Text“ without its mark: every second byte of mostly Latin text is NUL."""
    even, odd = head[0::2], head[1::2]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return None
    if odd.count(0) > 0.8 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if even.count(0) > 0.8 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _refuse_nul(path: Path) -> None:
    before = 0
    for piece in _pieces(path):
        position = piece.find(b"\0")
        if position >= 0:
            line = _line_at(path, Encoding("latin-1", 0), before + position)
            raise UnreadableFile(
                f"Die Datei „{path.name}“ enthält in Zeile {line} ein Null-Zeichen (NUL) und ist damit keine "
                "lesbare Textdatei. Sie ist beschädigt oder kein CSV; bitte den Export wiederholen."
            )
        before += len(piece)


@dataclass(frozen=True)
class _Fault:
    line: int
    at_the_end: bool


def _first_fault(path: Path, encoding: Encoding) -> _Fault | None:
    """Where strict decoding first fails, if it does."""
    decode = codecs.getincrementaldecoder(encoding.codec)("strict")
    with path.open("rb") as file:
        file.seek(encoding.skip)
        while True:
            piece = file.read(CHUNK)
            try:
                decode.decode(piece, final=not piece)
            except UnicodeDecodeError as fault:
                line = _line_at(path, encoding, file.tell() - len(fault.object) + fault.start)
                return _Fault(line, at_the_end=not piece or "unexpected end" in fault.reason)
            if not piece:
                return None


def _line_at(path: Path, encoding: Encoding, offset: int) -> int:
    """The line that a byte of the file stands in, counted only where something is wrong there."""
    decode, line, left = codecs.getincrementaldecoder(encoding.codec)("ignore"), 1, offset - encoding.skip
    with path.open("rb") as file:
        file.seek(encoding.skip)
        while piece := file.read(min(CHUNK, left)):
            line += decode.decode(piece).count("\n")
            left -= len(piece)
    return line


def _decode_strictly(path: Path, encoding: Encoding) -> None:
    """For files that say what they are: they must keep to it."""
    fault = _first_fault(path, encoding)
    if fault is None:
        return
    if fault.at_the_end:
        raise UnreadableFile(
            f"Die Datei „{path.name}“ endet mitten in einem Zeichen (Zeile {fault.line}). "
            "Sie wurde abgeschnitten; bitte den Export wiederholen."
        )
    raise UnreadableFile(
        f"Die Datei „{path.name}“ ist als {encoding.codec.upper()} gekennzeichnet, in Zeile {fault.line} stehen aber "
        "Zeichen in einer anderen Kodierung. Bitte die Datei neu als UTF-8 speichern."
    )


def _refuse_mixture(path: Path, fault: _Fault) -> None:
    """Valid UTF-8 letters beside invalid bytes: cut off, or put together from two encodings."""
    valid = high = 0
    for piece in _pieces(path):
        valid += sum(len(letter) for letter in MULTIBYTE.findall(piece))
        high += len(HIGH.findall(piece))
    if 2 * valid <= high:  # „ß“ and a closing quotation mark make a valid pair in cp1252, too
        return
    if fault.at_the_end:
        raise UnreadableFile(
            f"Die Datei „{path.name}“ endet mitten in einem Zeichen (Zeile {fault.line}). "
            "Sie wurde abgeschnitten; bitte den Export wiederholen."
        )
    raise UnreadableFile(
        f"Die Datei „{path.name}“ mischt zwei Kodierungen: Die meisten Umlaute sind UTF-8, in Zeile {fault.line} "
        "steht ein anderes Zeichen. Bitte die Datei neu als UTF-8 speichern."
    )


def _one_byte_codec(path: Path) -> str:
    """cp1252 or Latin-1; anything else would destroy umlauts and is refused.

    Bytes 0x80–0x9F are letters and signs in cp1252 and control characters in Latin-1; where none occurs, both
    read the same. DOS and Mac files put umlauts there, so what cp1252 makes of them must look like text.
    """
    high = _non_ascii(path)
    for codec in ("cp1252", "latin-1"):
        try:
            letters = bytes(sorted(set(high))).decode(codec)
        except UnicodeDecodeError:
            continue
        if all(letter in GERMAN or (letter.isalpha() and letter not in "„”™Žšž") for letter in letters):
            return codec
    best = from_bytes(
        _sample(path), cp_isolation=["cp1252", "latin_1", "iso8859_15", "cp850", "cp437", "mac_roman"]
    ).best()
    if best is not None and best.encoding in SUPPORTED:
        return SUPPORTED[best.encoding]
    name = {"cp850": "DOS", "cp437": "DOS", "mac_roman": "Mac Roman"}.get(best.encoding if best else "", "")
    raise UnreadableFile(
        f"Die Kodierung der Datei „{path.name}“ wird nicht unterstützt"
        f"{f' (vermutlich {name})' if name else ''}. Bitte die Datei als UTF-8 speichern, in Excel unter "
        "„Speichern unter“ als „CSV UTF-8“, oder den Zeichensatz angeben."
    )


def _non_ascii(path: Path) -> bytes:
    """Every byte above 0x7F that occurs, once."""
    seen = bytearray()
    for piece in _pieces(path):
        seen = bytearray(set(seen) | {byte for byte in set(piece) if byte > 0x7F})
    return bytes(seen)


def _sample(path: Path) -> bytes:
    """The lines with characters beyond ASCII, up to a size that charset-normalizer judges quickly."""
    sample = bytearray()
    for piece in _pieces(path):
        for line in piece.split(b"\n"):
            if not line.isascii():
                sample += line + b"\n"
            if len(sample) > SAMPLE:
                return bytes(sample)
    return bytes(sample)
