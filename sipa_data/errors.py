"""One error per cause, each with a German title and a sentence that says what to do.

Pages show ``title`` and ``sentence`` and nothing else; the log keeps the rest.
"""

from collections.abc import Iterable
from typing import ClassVar, Literal, Protocol


class SipaError(Exception):
    """Base of everything this package raises on purpose.

    Parameters
    ----------
    sentence : German, complete, plain: what is the case and what to do about it.
    """

    title: ClassVar[str] = "Das hat nicht geklappt"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CatalogueError(SipaError):
    """A catalogue file is wrong. The sentence names file, place and fix."""

    title = "Der Katalog der Stadt enthält einen Fehler"


class ProfileError(SipaError):
    """A file layout (profile) is wrong or does not exist."""

    title = "Das Dateiprofil passt nicht"


class UnreadableFile(SipaError):
    """A file cannot be opened as what it claims to be: empty, truncated, wrong format."""

    title = "Die Datei lässt sich nicht lesen"


class SaysWhere(Protocol):
    """What a refusal lists: one cause each, with where it came first. ``sipa_data.intake.Finding`` is one."""

    @property
    def severity(self) -> Literal["error", "warning", "note"]: ...
    @property
    def code(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def line(self) -> int | None: ...
    @property
    def column(self) -> str | None: ...
    @property
    def found(self) -> str | None: ...
    @property
    def expected(self) -> str | None: ...
    @property
    def count(self) -> int: ...


class RefusedDelivery(SipaError):
    """A file was read, but its content must not go into the lake.

    Parameters
    ----------
    sentence : German, the verdict in one sentence
    findings : every cause, errors first
    """

    title = "Die Lieferung wurde nicht übernommen"

    def __init__(self, sentence: str, findings: Iterable[SaysWhere] = ()) -> None:
        super().__init__(sentence)
        self.findings = tuple(findings)


class BoundariesRefused(SipaError):
    """A file with boundaries was read, but they are not those of the city's districts, or cannot be kept."""

    title = "Die Grenzen wurden nicht übernommen"


class AlreadyPublished(SipaError):
    """The same file, or the same slice (source and period), is already in the lake."""

    title = "Diese Lieferung ist schon veröffentlicht"


class NotWaiting(SipaError):
    """A delivery does not wait for its release (any more), or is not what was submitted."""

    title = "Diese Lieferung wartet nicht auf Freigabe"


class DeliveryGone(NotWaiting):
    """The staged files of a checked delivery were removed before it was rehearsed, submitted or published."""

    title = "Die geprüfte Lieferung ist nicht mehr da"


class NotWithdrawable(SipaError):
    """An upload cannot be withdrawn: unknown, already gone, or replaced by a later one."""

    title = "Diese Lieferung lässt sich nicht zurückziehen"


class NoSuchUpload(NotWithdrawable):
    """A command names an upload that was never published."""

    title = "Diese Lieferung gibt es nicht"


class LakeError(SipaError):
    """The lake cannot be opened, read or written."""

    title = "Der Datenbestand ist nicht erreichbar"


class LakeConflict(LakeError):
    """Others published at the same time, again and again; nothing was changed."""

    title = "Gleichzeitig wurde etwas anderes veröffentlicht"


class FolderUnreachable(LakeError):
    """A folder beside the lake, where deliveries or requests wait, cannot be read or written."""

    title = "Der Eingang ist nicht erreichbar"


class DiskFull(LakeError):
    """No space left. What was there before is untouched."""

    title = "Der Speicherplatz ist voll"


class WrongCity(LakeError):
    """The lake belongs to another city than the catalogue."""

    title = "Dieser Datenbestand gehört zu einer anderen Stadt"


class BackupError(LakeError):
    """A backup or a restore was refused, or did not prove to be whole."""

    title = "Die Sicherung passt nicht"


class NoSuchSnapshot(LakeError):
    """A link or a command names a snapshot that does not exist or was purged."""

    title = "Diesen Datenstand gibt es nicht"


class WithdrawnSnapshot(NoSuchSnapshot):
    """A link names a snapshot with a delivery that was withdrawn since."""

    title = "Dieser Datenstand wird nicht mehr gezeigt"


class QueryTooSlow(SipaError):
    """A query of a page ran longer than allowed and was interrupted."""

    title = "Die Abfrage dauert zu lange"


class InvalidQuestion(SipaError):
    """A link or widget asks for something that does not exist."""

    title = "Diese Ansicht gibt es nicht"


class NotAllowed(SipaError):
    """The reader's role does not cover what was asked."""

    title = "Dafür fehlt die Berechtigung"


class SettingsError(SipaError):
    """An environment setting is missing or contradicts another."""

    title = "Die Einstellungen passen nicht"


class AuditError(SipaError):
    """The audit log cannot be written or read."""

    title = "Das Protokoll ist nicht erreichbar"
