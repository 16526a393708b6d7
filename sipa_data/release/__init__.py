"""What becomes public, and when: rehearse, publish, withdraw, purge, back up, restore, history."""

from sipa_data.release.backups import backup, restore
from sipa_data.release.consistency import inconsistencies
from sipa_data.release.history import history, snapshots, taken_back
from sipa_data.release.manifest import Manifest
from sipa_data.release.publishing import publish, rehearse
from sipa_data.release.purge_requests import PurgeRequests
from sipa_data.release.purging import ask_for_purge, open_requests, purge, purge_with_traces
from sipa_data.release.rehearsal import Rehearsal, rehearsal_of
from sipa_data.release.slices import described as described_place
from sipa_data.release.submission import Submission
from sipa_data.release.submitting import refuse, refused, release, submit, waiting
from sipa_data.release.upload import Upload, find
from sipa_data.release.waiting_room import WaitingRoom
from sipa_data.release.withdrawal import withdraw

__all__ = [
    "Manifest",
    "PurgeRequests",
    "Rehearsal",
    "Submission",
    "Upload",
    "WaitingRoom",
    "ask_for_purge",
    "backup",
    "described_place",
    "find",
    "history",
    "inconsistencies",
    "open_requests",
    "publish",
    "purge",
    "purge_with_traces",
    "refuse",
    "refused",
    "rehearsal_of",
    "rehearse",
    "release",
    "restore",
    "snapshots",
    "submit",
    "taken_back",
    "waiting",
    "withdraw",
]
