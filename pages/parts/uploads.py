"""Which windows may send files. Streamlit takes an upload from any live window; the server asks here first."""

from threading import Lock

from streamlit.runtime.scriptrunner import get_script_run_ctx

_permitted: set[str] = set()
_lock = Lock()


def permit_uploads() -> None:
    """Let the window of this run send files from now on."""
    if (window := _this_window()) is not None:
        with _lock:
            _permitted.add(window)


def forbid_uploads() -> None:
    """Take files of the window of this run no longer, whatever was allowed before."""
    if (window := _this_window()) is not None:
        with _lock:
            _permitted.discard(window)


def may_upload(window: str) -> bool:
    """Whether a file of this window may be taken at all; ``intake`` checks the role once more."""
    with _lock:
        return window in _permitted


def _this_window() -> str | None:
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id
