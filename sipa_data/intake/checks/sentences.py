"""How a finding is said: one sentence for one row, one for many, the place always named."""

from dataclasses import dataclass

from sipa_data.german import count_of, number
from sipa_data.intake.delivery import Finding, Severity

LONGEST_WORD = 60


@dataclass(frozen=True)
class Check:
    """Something that no row may do.

    Parameters
    ----------
    code : closed name of the cause
    severity : an error refuses the file, a warning goes with it
    holds_for : SQL condition of the rows that are wrong; ``{value}`` and ``{found}`` stand for the column and for what
        the file says in it
    one, many : German sentence for one row and for several; they may use ``{line}``, ``{column}``, ``{found}``,
        ``{expected}`` and ``{count}``
    expected : what should stand there
    """

    code: str
    severity: Severity
    holds_for: str
    one: str
    many: str
    expected: str


def finding(check: Check, *, count: int, line: int, column: str | None, found: str | None) -> Finding:
    """The check's finding for rows of which the first stands in ``line``."""
    said = shortened(found)
    template = check.one if count == 1 else check.many
    sentence = template.format(
        line=line, column=column or "", found=said or "", expected=check.expected, count=number(count)
    )
    return Finding(check.severity, check.code, sentence, line, column, said, check.expected, count)


def insgesamt(count: int) -> str:
    """How many rows in all, where it is more than the one that is named."""
    return "" if count == 1 else f" (insgesamt {count_of(count, 'Zeile', 'Zeilen')})"


def shortened(found: str | None) -> str | None:
    if found is None or len(found) <= LONGEST_WORD:
        return found
    return found[:LONGEST_WORD] + "…"
