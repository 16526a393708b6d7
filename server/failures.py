"""When something fails while a page is built: a German sentence and an id for the reader, the rest for the log."""

import logging
import secrets

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse

from server.headers import ALWAYS, content_security_policy
from sipa_data.errors import SipaError

LOG = logging.getLogger("sipa")
UNEXPECTED_TITLE = "Das hat nicht geklappt"
UNEXPECTED = (
    "Die Ansicht konnte nicht aufgebaut werden. Laden Sie die Seite neu; bleibt es dabei, nennen Sie der "
    "Geschäftsstelle die Kennung."
)
PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{sentence}</p><p>Kennung: {identifier}</p></main></body></html>
"""


def record(error: Exception) -> tuple[str, str, str]:
    """Write the failure to the log; give the title, the sentence and the id that a reader sees."""
    identifier = secrets.token_hex(4)
    if isinstance(error, SipaError):
        LOG.warning("%s: %s: %s", identifier, type(error).__name__, error.sentence, exc_info=error)
        return error.title, error.sentence, identifier
    LOG.error("%s: %s", identifier, type(error).__name__, exc_info=error)
    return UNEXPECTED_TITLE, UNEXPECTED, identifier


def show_in_page(error: Exception) -> bool:
    """Handler of Streamlit for everything a page does not catch itself. True: Streamlit shows nothing of its own."""
    title, sentence, identifier = record(error)
    st.error(f"**{title}**  \n{sentence}")
    st.markdown(f":small[Kennung: {identifier}]")
    return True


def answer_with_error(_: Request, error: Exception) -> HTMLResponse:
    """Handler of the server for a route that fails. It runs outside all middleware, so it brings its own headers."""
    title, sentence, identifier = record(error)
    return HTMLResponse(
        PAGE.format(title=title, sentence=sentence, identifier=identifier),
        status_code=500,
        headers={**ALWAYS, "Content-Security-Policy": content_security_policy((), None)},
    )
