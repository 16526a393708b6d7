"""The server: ``streamlit run app.py``. It wraps the pages (``pages/main.py``) with what a public address needs.

The entry script lies in a folder of its own on purpose: Streamlit treats a folder ``pages/`` beside the entry script
as pages that may be opened without running it, which would pass by every check of who is asking.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from server.document import GermanDocument, german_document, inline_script_hashes
from server.failures import answer_with_error, show_in_page
from server.headers import SecurityHeaders
from server.readiness import ROUTES
from server.start import QuietStop, is_page, lifespan

document = german_document()
app = st.App(
    Path(__file__).parent / "pages" / "main.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(QuietStop),
        Middleware(SecurityHeaders, script_hashes=inline_script_hashes(document)),
        Middleware(GermanDocument, document=document, is_page=is_page),
    ],
    on_script_error=show_in_page,
    exception_handlers={Exception: answer_with_error},
)
