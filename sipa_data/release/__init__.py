"""What becomes public, and when: rehearse, publish, withdraw, purge, back up, restore, history."""

from sipa_data.release.backups import backup, restore
from sipa_data.release.consistency import inconsistencies
from sipa_data.release.history import history, snapshots
from sipa_data.release.manifest import Manifest
from sipa_data.release.publishing import publish, rehearse
from sipa_data.release.purging import purge
from sipa_data.release.rehearsal import Rehearsal, rehearsal_of
from sipa_data.release.submitting import refuse, release, submit, waiting
from sipa_data.release.upload import Upload
from sipa_data.release.waiting_room import Submission, WaitingRoom
from sipa_data.release.withdrawal import withdraw

__all__ = [
    "Manifest",
    "Rehearsal",
    "Submission",
    "Upload",
    "WaitingRoom",
    "backup",
    "history",
    "inconsistencies",
    "publish",
    "purge",
    "refuse",
    "rehearsal_of",
    "rehearse",
    "release",
    "restore",
    "snapshots",
    "submit",
    "waiting",
    "withdraw",
]
