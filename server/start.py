"""Start and stop of the server: open the house once, then freeze what will never be garbage."""

import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from pages.parts import register
from pages.parts.opened import opened_entrance, opened_house
from sipa_data.entrance import Mode
from sipa_data.errors import SettingsError, SipaError
from sipa_data.house import House
from sipa_data.intake.workbench import remove_left_behind
from sipa_data.release import WaitingRoom

LOG = logging.getLogger("sipa")
SECONDS_BETWEEN_LOOKS = 1.0
MANY_RUNS = 5
"""What answers and pictures are remembered is looked at after every run, too. A run leaves some thousand objects."""
SECONDS_BETWEEN_THOROUGH = 300.0
SECONDS_BETWEEN_TIDYING = 3600.0
SECONDS_AFTER_A_FAILURE = 15.0
"""A new mart that cannot be built would otherwise be tried without pause."""


class StoppedAtStart(RuntimeError):
    """The server cannot start; why has been said in German already."""


@asynccontextmanager
async def lifespan(_: object, problem: SipaError | None = None) -> AsyncIterator[None]:
    """Open the house before the first visitor; a wrong file, setting or state of the data stops the start.

    ``problem`` : what is known to be wrong already.
    """
    try:
        if problem is not None:
            raise problem
        house = await anyio.to_thread.run_sync(opened_house)
        await anyio.to_thread.run_sync(check_data, house)
    except SipaError as error:
        LOG.debug("start refused", exc_info=error)
        say(f"{error.title}: {error.sentence}")
        logging.getLogger("uvicorn.error").disabled = True  # the sentence has said it; the process ends here
        raise StoppedAtStart from None
    freeze()
    say(f"SiPa läuft: {address()} ({opened_entrance().mode.value}; beenden mit Strg+C)")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(follow_publications, house)
        tasks.start_soon(tidy_up, house)
        try:
            yield
        finally:
            tasks.cancel_scope.cancel()
            opened_house.clear()
            gc.unfreeze()


def check_data(house: House) -> None:
    """Confidential data are not opened without a sign-in.

    Raises
    ------
    SettingsError : there are some and nobody would have to sign in
    """
    if opened_entrance().unfit_data(house.mart.rows("uploads")):
        raise SettingsError(
            "Der Datenbestand enthält vertrauliche Lieferungen, aber es ist keine Anmeldung eingerichtet. Bitte "
            "SIPA_AUTH auf die Datei der Anbieter setzen (docs/security.md) oder einen Datenbestand öffnen, der nur "
            "Beispieldaten und Veröffentlichtes enthält (SIPA_LAKE)."
        )


def is_demonstration() -> bool:
    """Whether nobody signs in here."""
    return opened_entrance().mode is Mode.demonstration


async def tidy_up(house: House) -> None:
    """Time and again, for weeks: what closed windows and cut-off processes have left behind goes."""
    while True:
        try:
            await anyio.to_thread.run_sync(tidy, house)
        except Exception:
            LOG.exception("what was left behind could not be removed")
        await anyio.sleep(SECONDS_BETWEEN_TIDYING)


def tidy(house: House) -> None:
    """Left-over files with single answers, begun or removed deliveries, and refusals whose time is up."""
    remove_left_behind()
    WaitingRoom.of(house.settings).tidy()


async def follow_publications(house: House) -> None:
    """Show what another process publishes (the command line, another server) without a restart."""
    pause, last_frozen, runs = SECONDS_BETWEEN_LOOKS, anyio.current_time(), thorough_collections()
    while True:
        await anyio.sleep(pause)
        pause = SECONDS_BETWEEN_LOOKS
        if thorough_collections() - runs >= MANY_RUNS:
            thorough = anyio.current_time() > last_frozen + SECONDS_BETWEEN_THOROUGH
            freeze(thorough=thorough)
            runs = thorough_collections()
            last_frozen = anyio.current_time() if thorough else last_frozen
        try:
            if await anyio.to_thread.run_sync(renew, house):
                LOG.info("now at snapshot %s", house.mart.snapshot.id)
        except Exception:
            LOG.exception("the lake could not be looked at, or its mart not be built; the old mart stays")
            pause = SECONDS_AFTER_A_FAILURE


def thorough_collections() -> int:
    """How often all garbage was collected so far, as Streamlit does once after every run.

    Counting the objects themselves would hold each of them for a moment, and a ``tuple`` that another thread is just
    making from a generator must not be held: that run ends in a ``SystemError`` (CPython, ``_PyTuple_Resize``).
    """
    return int(gc.get_stats()[-1]["collections"])


def renew(house: House) -> bool:
    """Swap in the mart of a new Datenstand, if there is one."""
    renewed = house.renew()
    if renewed:
        freeze()
    return renewed


def freeze(*, thorough: bool = True) -> None:
    """Set aside what will stay: Streamlit collects garbage after every run and would look at all of it each time.

    ``thorough`` : what was set aside before is looked at once more, so that nothing of an old Datenstand and of a
    closed tab is kept for good. That takes tenths of a second; looking at what is new takes hundredths.
    """
    if thorough:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


def is_page(address: str) -> bool:
    """Whether a path of the server is a page of the product."""
    return address in register.addresses(opened_house().catalogue)


def address() -> str:
    """Where to point a browser, once the port is known."""
    return f"http://{config.get_option('server.address') or '127.0.0.1'}:{config.get_option('server.port')}"


def say(sentence: str) -> None:
    """To the person at the shell."""
    sys.stderr.write(f"\n  {sentence}\n\n")
    sys.stderr.flush()


class QuietStop:
    """ASGI middleware: where the start was refused with a sentence, no traceback follows it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return

        async def send_without_traceback(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed" and StoppedAtStart.__name__ in message.get("message", ""):
                message = {**message, "message": ""}
            await send(message)

        await self.app(scope, receive, send_without_traceback)
