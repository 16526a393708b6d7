"""What a file is called in front of people: the name it was sent under, never the one it is kept under."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath

from sipa_data.errors import RefusedDelivery, SipaError
from sipa_data.intake.delivery import Finding

LONGEST = 120


def shown_name(name: str) -> str:
    """The last part of a name, without signs that hide or turn text around. It is only ever shown."""
    last = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    return re.sub(r" +", " ", visible).strip()[:LONGEST] or "Datei"


@contextmanager
def said_as(names: Mapping[str, str]) -> Iterator[None]:
    """Let every sentence name the file as the person knows it.

    Parameters
    ----------
    names : name that the file is kept under → name to be said
    """
    try:
        yield
    except SipaError as error:
        error.sentence = _renamed(error.sentence, names)
        error.args = (error.sentence,)
        if isinstance(error, RefusedDelivery):
            error.findings = tuple(
                replace(finding, sentence=_renamed(finding.sentence, names))
                if isinstance(finding, Finding)
                else finding
                for finding in error.findings
            )
        raise


def _renamed(sentence: str, names: Mapping[str, str]) -> str:
    """Files are named in quotation marks; the bare word may also be a part of another one („Tabellendatei“)."""
    for kept, said in names.items():
        sentence = sentence.replace(f"„{kept}“", f"„{said}“")
    return sentence
