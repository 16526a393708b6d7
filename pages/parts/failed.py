"""When something fails: a German sentence for whoever looks at the page, the rest for the log under an id."""

import logging
import secrets

import streamlit as st

from pages.parts.verdict import escaped
from sipa_data.errors import (
    AuditError,
    CatalogueError,
    LakeConflict,
    LakeError,
    NoSuchSnapshot,
    SettingsError,
    SipaError,
)

LOG = logging.getLogger("sipa")
UNEXPECTED_TITLE = "Das hat nicht geklappt"
UNEXPECTED = (
    "Die Ansicht konnte nicht aufgebaut werden. Laden Sie die Seite neu; bleibt es dabei, nennen Sie der "
    "Geschäftsstelle die Kennung."
)
OF_THE_MACHINE = (AuditError, CatalogueError, LakeError, SettingsError)
"""Their sentences tell the operator which file, line or setting to mend. That is nobody's business on a page."""
OF_THE_PERSON = (NoSuchSnapshot, LakeConflict)
"""Of these, the ones that name no place and say what the reader can do."""
NOT_YOURS = (
    "Das liegt nicht an Ihnen. Bitte nennen Sie der Geschäftsstelle die Kennung; die Technik findet damit den Grund."
)


def record(error: Exception) -> tuple[str, str, str]:
    """Write the failure to the log; give the title, the sentence and the id that a reader sees."""
    identifier = secrets.token_hex(4)
    if isinstance(error, SipaError):
        LOG.warning("%s: %s: %s", identifier, type(error).__name__, error.sentence, exc_info=error)
        return error.title, NOT_YOURS if _of_the_machine(error) else error.sentence, identifier
    LOG.error("%s: %s", identifier, type(error).__name__, exc_info=error)
    return UNEXPECTED_TITLE, UNEXPECTED, identifier


def show(error: SipaError) -> None:
    """Say on the page that a step did not succeed, with what to do about it."""
    st.error(f"**{error.title}**  \n{escaped(sentence(error))}")


def sentence(error: SipaError) -> str:
    """What a page may say of an error; what is for the operator goes to the log."""
    if not _of_the_machine(error):
        return error.sentence
    _, told, identifier = record(error)
    return f"{told} Kennung: {identifier}"


def _of_the_machine(error: SipaError) -> bool:
    return isinstance(error, OF_THE_MACHINE) and not isinstance(error, OF_THE_PERSON)
