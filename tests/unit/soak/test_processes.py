import sys
from types import ModuleType

from soak.processes import copies, start


def note(done):
    done.set()


def test_a_process_begins_although_a_page_was_run_here_before(tmp_path, monkeypatch):
    """Streamlit leaves the page it ran as the main program, and a page ends a process that cannot show it."""
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "page.py")
    (tmp_path / "page.py").write_text("raise SystemExit(1)")
    monkeypatch.setitem(sys.modules, "__main__", page)
    processes = copies(__name__)
    done = processes.Event()
    process = processes.Process(target=note, args=(done,))
    start(process)
    process.join()
    assert (process.exitcode, done.is_set()) == (0, True)
    assert sys.modules["__main__"] is page
