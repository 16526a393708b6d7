"""What the steps hand to each other while one file is read."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from sipa_data.catalogue import Catalogue
from sipa_data.intake.delivery import Finding, Marking
from sipa_data.intake.places import Companions
from sipa_data.intake.profile import Profile, Wave
from sipa_data.intake.source import Source
from sipa_data.intake.workbench import Workbench
from sipa_data.periods import Period


@dataclass(frozen=True)
class Case:
    """One file as read, and all that is known to make sense of it.

    Parameters
    ----------
    name : what the file is called
    period : what the whole file is about; None where each row says
    wave : id of the survey wave, as the person who delivers it says
    coarsen : nearly unique persons lose what makes them so, instead of stopping the file
    described : all of the wave, as that person says
    """

    name: str
    source: Source
    catalogue: Catalogue
    profile: Profile
    bench: Workbench
    companions: Companions
    period: Period | None
    wave: str | None
    described: Wave | None = None
    marking: Marking = "published"
    coarsen: bool = False


@dataclass(frozen=True)
class Mapped:
    """The tables that a file fills, and what was noticed. Rows are those of the file."""

    tables: Mapping[str, duckdb.DuckDBPyRelation]
    findings: tuple[Finding, ...]
    rows_taken: int
    not_locatable: int
