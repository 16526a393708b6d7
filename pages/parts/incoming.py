"""The file that somebody is uploading, from the moment it arrives until it waits for its release or is thrown away."""

import shutil
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import streamlit as st

from sipa_data.errors import SipaError
from sipa_data.intake import AS_FOUND, Delivery, Draft, Found, Profile, Recognised
from sipa_data.release import Rehearsal, WaitingRoom
from sipa_data.release.waiting_room import told_of

KEY = "sipa-eingehende-datei"
TURN = "sipa-eingehende-runde"
NAME = "datei"
BYTES_AT_ONCE = 2**20
MOST_MEGABYTES = 100
"""Larger files come by the command line: the server holds a file in memory until it has arrived."""


@dataclass(eq=False, repr=False)
class Incoming:
    """One file and what is known of it so far; later steps are empty until they are reached.

    ``name`` : as the person's file is called; only ever shown. ``file`` : where it lies, under a name of ours
    ``layout`` : id of the chosen layout, „“ while it is mapped; ``companions`` : the second files that it needs
    ``checked_with`` : what was said beside it when it was checked
    ``fault`` : why the last step did not succeed; ``sheets`` : of a workbook
    ``said`` : how the file is to be read, where the person knows better than what was found
    """

    name: str
    folder: Path
    found: Found | None = None
    recognised: tuple[Recognised, ...] = ()
    profile: Profile | None = None
    draft: Draft | None = None
    layout: str = ""
    companions: dict[str, Path] = field(default_factory=dict)
    checked_with: dict[str, Any] | None = None
    delivery: Delivery | None = None
    fault: SipaError | None = None
    rehearsal: Rehearsal | None = None
    may_replace: bool = False
    sheets: tuple[str, ...] = ()
    said: dict[str, Any] = field(default_factory=lambda: {"sheet": None, "head_rows": None, "writing": AS_FOUND})

    def __post_init__(self) -> None:
        """Whatever way the window is left, nothing of the file stays behind."""
        self._goes_with_the_window(self.folder)

    @property
    def file(self) -> Path:
        return self.folder / NAME

    @property
    def refused_rows(self) -> Path:
        return self.folder / "abgelehnt.csv"

    def begin_again_from_profile(self, profile: Profile | None) -> None:
        """Another layout: what was checked with the old one counts no more."""
        self.profile = profile
        self.drop_check()

    def read_otherwise(self, said: dict[str, Any]) -> None:
        """Another way of reading it: what was checked before counts no more."""
        self.said = said
        self.begin_again_from_profile(None)
        next_turn()

    def take(self, delivery: Delivery) -> None:
        """What the check has staged: the answers and cases of the file, in a folder of their own."""
        self.delivery = delivery
        self._goes_with_the_window(delivery.folder)

    def drop_check(self) -> None:
        if self.delivery is not None:
            shutil.rmtree(self.delivery.folder, ignore_errors=True)
        self.checked_with, self.delivery, self.fault, self.rehearsal = None, None, None, None
        self.refused_rows.unlink(missing_ok=True)

    def choose_layout(self, layout: str) -> None:
        """Second files belong to one layout: those that were given for another are not there any more."""
        if layout == self.layout:
            return
        self.layout = layout
        for place in self.companions.values():
            place.unlink(missing_ok=True)
        self.companions.clear()

    def keep_companion(self, name: str, sent: BinaryIO) -> None:
        """Take a second file that the layout needs."""
        place = self.folder / f"begleitdatei-{len(self.companions)}"
        _write(sent, place)
        self.companions[name] = place
        self.drop_check()

    def _goes_with_the_window(self, folder: Path) -> None:
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)


def current() -> Incoming | None:
    """The file of this window."""
    return st.session_state.get(KEY)


def receive(room: WaitingRoom, name: str, sent: BinaryIO) -> Incoming:
    """Take the file out of the memory of the server at once."""
    taken = Incoming(name, room.new_folder())
    _write(sent, taken.file)
    throw_away()
    st.session_state[KEY] = taken
    return taken


def throw_away() -> None:
    """Forget the file of this window; the field to choose one is empty again, and its bytes leave the memory."""
    before: Incoming | None = st.session_state.pop(KEY, None)
    if before is not None:
        before.drop_check()
        shutil.rmtree(before.folder, ignore_errors=True)
    next_turn()


def next_turn() -> None:
    """Let the fields of the steps begin anew."""
    st.session_state[TURN] = turn() + 1


def turn() -> int:
    """Part of the keys of the widgets: another number, another widget, and Streamlit lets the old file go."""
    found: int = st.session_state.get(TURN, 0)
    return found


def _write(sent: BinaryIO, place: Path) -> None:
    sent.seek(0)
    with told_of(place.parent):
        with place.open("wb") as file:
            shutil.copyfileobj(sent, file, BYTES_AT_ONCE)
        place.chmod(0o600)
