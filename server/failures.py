"""When something fails while a page is built: a German sentence and an id for the reader, the rest for the log."""

from html import escape

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pages.parts.failed import record
from pages.parts.verdict import escaped
from server.headers import ALWAYS, content_security_policy

WAY_ON = '<p><a href="/">Zum Überblick</a></p>'
PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{sentence}</p><p>Kennung: {identifier}</p>{way_on}</main></body></html>
"""


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
