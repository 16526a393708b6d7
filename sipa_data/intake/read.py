"""The one way in: read → map → check → deliver. Nothing here writes to the lake."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sipa_data.catalogue import Catalogue
from sipa_data.errors import ProfileError, RefusedDelivery
from sipa_data.german import count_of, number
from sipa_data.intake.blame import without_rows
from sipa_data.intake.case import Case, Mapped
from sipa_data.intake.checks.marking import weaker_marking
from sipa_data.intake.companions import find_companions, read_companions
from sipa_data.intake.delivery import Delivery, Finding, Marking, Report
from sipa_data.intake.facts import map_facts
from sipa_data.intake.naming import said_as, shown_name
from sipa_data.intake.profile import Profile, Wave
from sipa_data.intake.readers import read_source
from sipa_data.intake.refused import write_refused
from sipa_data.intake.reporting import period_of_file
from sipa_data.intake.save import save, slices_of
from sipa_data.intake.selection import wanted_columns
from sipa_data.intake.source import Source
from sipa_data.intake.survey import map_survey
from sipa_data.intake.unpacking import unpacked
from sipa_data.intake.workbench import Workbench, plain_errors
from sipa_data.intake.writing import AS_FOUND, Writing
from sipa_data.periods import Period

SEVERITIES = ("error", "warning", "note")
Progress = Callable[[str, float], None]
"""Called with what happens now, in German, and the share of the work that is done, 0 to 1."""


def read_delivery(  # noqa: PLR0913 -- one parameter for each thing that a delivery can be told
    path: Path,
    catalogue: Catalogue,
    profile: Profile,
    *,
    period: Period | None = None,
    marking: Marking | None = None,
    companions: Mapping[str, Path] | None = None,
    wave: str | None = None,
    progress: Progress | None = None,
    name: str | None = None,
    described: Wave | None = None,
    refused_rows: Path | None = None,
    coarsen: bool = False,
    sheet: str | None = None,
    head_rows: int | None = None,
    writing: Writing = AS_FOUND,
) -> Delivery:
    """Read one file, check it, and stage it for publishing.

    Parameters
    ----------
    path : the file, as the authority sent it
    catalogue : the city
    profile : the layout of the file
    period : what the file is about; needed where neither its columns nor its name say so, else a check
    marking : overrules the profile's
    companions : second files by the names that the profile gives them
    wave : id of the survey wave, where the file does not say; else a check
    progress : called before each step
    name : what the file was called where it came from, if that is not what it is kept under; only ever shown
    coarsen : accept the offered rule for persons whom district, sex and age nearly identify
    refused_rows : where to write the rows that are to blame if the file is refused
    described : the survey wave, where neither the file nor a companion describes it
    sheet, head_rows, writing : of a workbook, of the head, and how the file is written; they overrule the profile's

    Returns
    -------
    the delivery; leaving it as a context manager removes the staged files

    Raises
    ------
    UnreadableFile : the file cannot be opened as what it claims to be
    ProfileError : something that the layout needs was not given
    RefusedDelivery : the content is wrong; ``findings`` says what, and where. Nothing staged remains
    """
    tell = progress or (lambda _step, _share: None)
    said = shown_name(path.name if name is None else name)
    with said_as({path.name: said}), plain_errors(path.name):
        tell("Datei prüfen", 0.0)
        marked = marking or profile.marking
        if marked is None:
            raise ProfileError(
                f"Für das Profil „{profile.id}“ muss die Kennzeichnung angegeben werden: öffentlich (published), "
                "vertraulich (confidential) oder Beispieldaten (synthetic)."
            )
        paths = find_companions(profile, catalogue, path, companions or {})
        with Workbench() as bench, ThreadPoolExecutor(1) as beside:
            content = unpacked(path, said, bench)
            whole, differs = period_of_file(profile, content.name, period)
            fingerprint = beside.submit(_sha256, content.path)
            tell("Datei lesen", 0.1)
            with said_as({content.path.name: content.name}):
                source = read_source(
                    content.path,
                    bench,
                    wanted_columns(profile, catalogue),
                    head_rows=head_rows or profile.head_rows,
                    sheet=sheet or profile.sheet,
                    writing=writing.beside(profile.writing),
                )
            _refuse_without_rows(source, content.name)
            second = read_companions(profile, paths, bench)
            tell("Zeilen zuordnen und prüfen", 0.4)
            case = Case(
                content.name, source, catalogue, profile, bench, second, whole, wave, described, marked, coarsen
            )
            mapped, findings = _judged(case, differs, refused_rows)
            tell("Ergebnis ablegen", 0.8)
            report = Report(
                profile.id, content.name, fingerprint.result(), marked, source.row_count, mapped.rows_taken, 0,
                source.row_count - mapped.rows_taken, mapped.not_locatable, tuple(findings),
            )  # fmt: skip
            saved = save(mapped.tables, bench)
            delivery = Delivery(saved, slices_of(saved, bench, whole), report, bench.folder)
            tell("Fertig", 1.0)  # still inside: whatever the caller's own code raises, nothing stays behind
        return delivery


def _judged(case: Case, differs: Sequence[Finding], refused_rows: Path | None) -> tuple[Mapped, list[Finding]]:
    """Rows as rows of the lake, and what is to be said of them; refused if that is an error or nothing is left.

    ``differs`` : what was found before the rows were read
    """
    mapped = map_survey(case) if case.profile.survey is not None else map_facts(case)
    weaker = weaker_marking(case.profile, case.marking)
    findings = _in_order((*differs, *weaker, *case.source.findings, *mapped.findings))
    if refused_rows is not None and any(finding.severity == "error" for finding in findings):
        write_refused(findings, case.source, refused_rows)
    findings = _in_order([*map(without_rows, findings)])
    _refuse_errors(findings, case.name)
    if not mapped.rows_taken:
        raise _nothing_taken(case)
    return mapped, findings


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first, each cause once: several tables or columns may be filled from one column of the file."""
    return sorted(dict.fromkeys(findings), key=lambda finding: SEVERITIES.index(finding.severity))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_without_rows(source: Source, name: str) -> None:
    """A head without its columns cannot be read on; a head without rows is no delivery."""
    if source.row_count:
        return
    _refuse_errors(source.findings, name)
    finding = Finding(
        "error",
        "no_rows",
        f"Die Datei „{name}“ hat eine Kopfzeile, aber keine Daten darunter. Bitte den Export wiederholen.",
        line=source.line_of(1),
        expected="mindestens eine Zeile",
    )
    raise RefusedDelivery(finding.sentence, [finding])


def _refuse_errors(findings: Sequence[Finding], name: str) -> None:
    errors = [finding for finding in findings if finding.severity == "error"]
    if not errors:
        return
    if len(errors) == 1:
        raise RefusedDelivery(f"Die Datei „{name}“ wurde nicht übernommen: {errors[0].sentence}", findings)
    raise RefusedDelivery(
        f"Die Datei „{name}“ wurde nicht übernommen, denn sie enthält {number(len(errors))} Fehler. "
        f"Der erste: {errors[0].sentence}",
        findings,
    )


def _nothing_taken(case: Case) -> RefusedDelivery:
    count = case.source.row_count
    city, rows = case.catalogue.city.name, count_of(count, "Zeile", "Zeilen")
    finding = Finding(
        "error",
        "nothing_taken",
        f"Von {rows} der Datei „{case.name}“ {'gehört' if count == 1 else 'gehören'} keine zu {city}. "
        f"Bitte prüfen, ob Stadt und Profil („{case.profile.title}“) zur Datei passen.",
        expected=f"Zeilen über {city}",
        count=count,
    )
    return RefusedDelivery(finding.sentence, [finding])
