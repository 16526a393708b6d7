"""Opening a lake, and what is put in order then."""

import logging

from sipa_data.errors import LakeConflict, SipaError
from sipa_data.lake.address import Address
from sipa_data.lake.lake import Lake
from sipa_data.lake.maintenance import expect_files, remove_orphans
from sipa_data.lake.purge import finish_purges, is_unfinished
from sipa_data.settings import Settings

_log = logging.getLogger(__name__)


def open_lake(settings: Settings) -> Lake:
    """Open the lake that the settings name; make it if there is none.

    What a process that was cut off has left behind is put in order: an unfinished purge is finished, files that no
    snapshot knows are deleted.

    Raises
    ------
    LakeError : the catalogue cannot be reached, or its files are not where the settings say
    """
    lake = Lake(Address.of(settings))
    try:
        expect_files(lake)
        if is_unfinished(lake):
            _finish(lake)
        remove_orphans(lake)
    except SipaError:
        lake.close()
        raise
    return lake


def _finish(lake: Lake) -> None:
    """Go on with a purge. Who is kept from it by readers opens the lake all the same; ``check`` tells of it."""
    try:
        finish_purges(lake)
    except LakeConflict:
        _log.warning("a purge is still unfinished: others are reading the catalogue")
