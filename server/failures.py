"""When something fails while a page is built: a German sentence and an id for the reader, the rest for the log."""

import logging
import secrets
from html import escape

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pages.parts.verdict import escaped
from server.headers import ALWAYS, content_security_policy
from sipa_data.errors import AuditError, CatalogueError, LakeError, NoSuchSnapshot, SettingsError, SipaError

LOG = logging.getLogger("sipa")
UNEXPECTED_TITLE = "Das hat nicht geklappt"
UNEXPECTED = (
    "Die Ansicht konnte nicht aufgebaut werden. Laden Sie die Seite neu; bleibt es dabei, nennen Sie der "
    "Geschäftsstelle die Kennung."
)
OF_THE_MACHINE = (AuditError, CatalogueError, LakeError, SettingsError)
"""Their sentences tell the operator which file, line or setting to mend. That is nobody's business on a page."""
NOT_YOURS = (
    "Das liegt nicht an Ihnen. Bitte nennen Sie der Geschäftsstelle die Kennung; die Technik findet damit den Grund."
)
WAY_ON = '<p><a href="/">Zum Überblick</a></p>'
PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{sentence}</p><p>Kennung: {identifier}</p>{way_on}</main></body></html>
"""


def record(error: Exception) -> tuple[str, str, str]:
    """Write the failure to the log; give the title, the sentence and the id that a reader sees."""
    identifier = secrets.token_hex(4)
    if isinstance(error, SipaError):
        LOG.warning("%s: %s: %s", identifier, type(error).__name__, error.sentence, exc_info=error)
        told = isinstance(error, NoSuchSnapshot) or not isinstance(error, OF_THE_MACHINE)
        return error.title, error.sentence if told else NOT_YOURS, identifier
    LOG.error("%s: %s", identifier, type(error).__name__, exc_info=error)
    return UNEXPECTED_TITLE, UNEXPECTED, identifier


def show_in_page(error: Exception) -> bool:
    """Handler of Streamlit for everything a page does not catch itself. True: Streamlit shows nothing of its own."""
    title, sentence, identifier = record(error)
    st.error(f"**{title}**  \n{escaped(sentence)}")
    st.markdown(f":small[Kennung: {identifier}]")
    st.html(WAY_ON)
    return True


def answer_with_error(_: Request, error: Exception) -> HTMLResponse:
    """Handler of the server for a route that fails. It runs outside all middleware, so it brings its own headers."""
    title, sentence, identifier = record(error)
    return HTMLResponse(
        PAGE.format(title=escape(title), sentence=escape(sentence), identifier=identifier, way_on=WAY_ON),
        status_code=500,
        headers={**ALWAYS, "Content-Security-Policy": content_security_policy((), None)},
    )
