"""Opening a lake, and what is put in order then."""

import logging

from sipa_data.errors import LakeError, SipaError
from sipa_data.lake.address import Address
from sipa_data.lake.lake import Lake
from sipa_data.lake.maintenance import expect_files, expect_own_folder, remove_orphans
from sipa_data.lake.purge import finish_purges, is_unfinished
from sipa_data.settings import Settings

_log = logging.getLogger(__name__)


def open_lake(settings: Settings) -> Lake:
    """Open the lake that the settings name; make it if there is none.

    What a process that was cut off has left behind is put in order: an unfinished purge is finished, files that no
    snapshot knows are deleted.

    Raises
    ------
    LakeError : the catalogue cannot be reached, or the files are not where the settings say, or another catalogue's
    """
    lake = Lake(Address.of(settings))
    try:
        expect_files(lake)
        expect_own_folder(lake)
        _put_in_order(lake)
    except SipaError:
        lake.close()
        raise
    return lake


def _put_in_order(lake: Lake) -> None:
    """Who is kept from it by readers or by a full disk can read the lake all the same; ``check`` tells of it."""
    try:
        if is_unfinished(lake):
            finish_purges(lake)
        remove_orphans(lake)
    except LakeError as error:
        _log.warning("what a process has left behind stays for now: %s", error.sentence)
