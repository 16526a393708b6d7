"""Processes for what is done side by side or killed: copies of one interpreter that has everything loaded."""

import multiprocessing
import sys
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import ModuleType
from unittest.mock import patch


def copies(module: str) -> ForkServerContext:
    """Where processes come from; ``module`` is loaded before the first of them begins."""
    context: ForkServerContext = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


def start(process: ForkServerProcess) -> None:
    """Begin with nothing but its own work: a process runs the main program of its parent first, whatever that is.

    Where pages were run in this process before, Streamlit has left a page there.
    """
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process.start()
