"""The server: ``streamlit run app.py``. It wraps the pages (``pages/main.py``) with what a public address needs.

The entry script lies in a folder of its own on purpose: Streamlit treats a folder ``pages/`` beside the entry script
as pages that may be opened without running it, which would pass by every check of who is asking.
"""

from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.parts.uploads import may_upload
from server.banner import hide_banner
from server.cookies import StrictCookies
from server.document import GermanDocument, german_document, inline_script_hashes
from server.failures import answer_with_error, show_in_page
from server.gate import Gate
from server.headers import SecurityHeaders
from server.readiness import ROUTES
from server.settings import allowed_hosts, prepared
from server.start import QuietStop, is_demonstration, is_page, lifespan
from server.way_back import WayBack

hide_banner()
setup = prepared()
document = german_document()
app = st.App(
    Path(__file__).parent / "pages" / "main.py",
    secrets=setup.secrets,
    lifespan=partial(lifespan, problem=setup.problem),
    routes=ROUTES,
    middleware=[
        Middleware(QuietStop),
        Middleware(
            SecurityHeaders,
            script_hashes=inline_script_hashes(document),
            embedders=setup.address.embedders,
            is_encrypted=setup.address.is_encrypted,
        ),
        Middleware(StrictCookies, only_encrypted=setup.address.is_encrypted),
        Middleware(
            Gate,
            hosts=allowed_hosts(setup.address),
            is_demonstration=is_demonstration,
            may_upload=may_upload,
        ),
        Middleware(WayBack, is_page=is_page),
        Middleware(GermanDocument, document=document, is_page=is_page),
    ],
    on_script_error=show_in_page,
    exception_handlers={Exception: answer_with_error},
)
"""The web server around the pages: who may knock, headers, the German document, readiness, start and failure."""
