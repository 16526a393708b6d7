"""Processes killed at random moments of submitting, refusing, releasing, publishing, withdrawing and purging.

Each leaves the old state or the new one, never a third, and what was cut off can be done again (``tests/support/deeds``
says what that means). The test suite does it with fewer crashes; here there are hundreds, on both kinds of catalogue.
"""

import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from itertools import cycle, islice
from multiprocessing.synchronize import Event
from pathlib import Path

from sipa_data.german import number
from sipa_data.lake import open_lake
from sipa_data.lake.instance import SIGNED_ONLY
from soak.processes import copies, start
from soak.report import Line
from tests.support.deeds import DEEDS, Place, States, copy_of, found_after, prepared, states_of
from tests.support.disturbed import Step, at_step, in_memory
from tests.support.postgres import find_binaries, running_server

CRASHES = 300
"""Of all deeds together, per kind of catalogue."""
LONGER = 1.15
"""Kills fall anywhere from the start to a bit after the time that the undisturbed deed takes."""


def run(crashes: int = CRASHES, seed: int = 20_262) -> list[Line]:
    """One line per kind of catalogue; a torn state misses the aim."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="sipa-crashes-", dir=in_memory()) as folder, ExitStack() as opened:
        lines.append(_line("SQLite", crash(prepared(Path(folder) / "sqlite"), crashes, random.Random(seed))))
        if binaries := find_binaries():
            server = opened.enter_context(running_server(binaries))
            place = prepared(Path(folder) / "postgres", server)
            lines.append(_line("PostgreSQL", crash(place, crashes, random.Random(seed))))
    return lines


def _line(kind: str, found: Counter[str]) -> Line:
    torn = [what for what in found if what not in {"old", "new"}]
    many = number(sum(found[what] for what in torn))
    told = f"{number(found['old'])} alter Stand, {number(found['new'])} neuer Stand, {many} zerrissen"
    deeds = "Einreichen, Ablehnen, Freigeben, Veröffentlichen, Zurückziehen oder Löschen"
    what = f"{number(found.total())}-mal mitten im {deeds} getötet ({kind})"
    return Line(what, "; ".join([told, *torn]), "nie zerrissen", not torn)


def crash(
    template: Place, crashes: int, chance: random.Random, known: Callable[[str], States] | None = None
) -> Counter[str]:
    """What each killed process left behind: „old“, „new“, or (never) what is wrong with it.

    ``known`` : gives the two lawful states of a deed, where somebody has found them already
    """
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"  # the same files every time
    states = known or cache(lambda name: states_of(template, name))
    left: Counter[str] = Counter()
    for name in islice(cycle(DEEDS), crashes):
        with copy_of(template) as place:
            code = kill(place, name, chance.uniform(0, LONGER * states(name).seconds))
            if code not in {0, -signal.SIGKILL}:
                raise RuntimeError(f"{name} ended by itself with {code} before it could be killed")
            found = found_after(place, name, states(name))
        left[found if found in {"old", "new"} else f"{name}: {found}"] += 1
    return left


def kill(place: Place, name: str, when: float | Step) -> int | None:
    """Begin a deed in another process and kill that: so many seconds after its begin, or at a step. Its exit code."""
    processes = copies(__name__)
    begun = processes.Event()
    process = processes.Process(target=_do, args=(place, name, begun, when if isinstance(when, Step) else None))
    start(process)
    while not begun.wait(1) and process.is_alive():
        pass  # who cannot even begin ends, and must not be waited for
    if not isinstance(when, Step):
        time.sleep(when)
        process.kill()
    process.join()
    return process.exitcode


def _do(place: Place, name: str, begun: Event, step: Step | None) -> None:
    SIGNED_ONLY["allow_unsigned_extensions"] = "true"
    with open_lake(place.settings) as lake:
        if step is not None:
            at_step(lake, step, lambda: os.kill(os.getpid(), signal.SIGKILL))
        begun.set()
        DEEDS[name].do(place, lake)
