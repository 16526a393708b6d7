"""Which windows may send files. Streamlit takes an upload from any live window; the server asks here first."""

from datetime import UTC, datetime
from threading import Lock

from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.opened import opened_entrance
from sipa_data.access.scope import Scope
from sipa_data.entrance import Visitor

_permitted: dict[str, tuple[Visitor, Scope]] = {}
_lock = Lock()


def permit_uploads(visitor: Visitor, scope: Scope) -> None:
    """Let the window of this run send files from now on, as long as whoever sits there may look so."""
    if (window := _this_window()) is not None:
        with _lock:
            _permitted[window] = visitor, scope


def forbid_uploads() -> None:
    """Take files of the window of this run no longer, whatever was allowed before."""
    if (window := _this_window()) is not None:
        with _lock:
            _permitted.pop(window, None)


def may_upload(window: str) -> bool:
    """Whether a file of this window may be taken at all; ``intake`` checks the role once more.

    A window that was left alone need not have noticed that its session is over, so the entrance is asked again.
    """
    with _lock:
        permitted = _permitted.get(window)
    return permitted is not None and opened_entrance().goes_on(*permitted, datetime.now(UTC))


def _this_window() -> str | None:
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id
