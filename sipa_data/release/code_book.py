"""The code book of a wave: every question as it was asked, its answers with their codes, and how often each was given.

For those who upload and release: the counts are those of the whole city, unweighted, and never of a district.
"""

from collections.abc import Mapping

import pandas as pd

from sipa_data.catalogue import Catalogue
from sipa_data.german import number
from sipa_data.intake.column_words import MISSING_TITLES
from sipa_data.lake import LakeReader
from sipa_data.sql import statement

COLUMNS = ("Code", "Antwort", "Personen")
WITHOUT_CODE = "ohne"


def code_book(reader: LakeReader, catalogue: Catalogue, wave_id: str) -> tuple[tuple[str, pd.DataFrame], ...]:
    """One table per question of the wave, in the order of the catalogue; nothing for a wave that is not there.

    A question that the catalogue no longer knows comes last, with its codes only.
    """
    told = reader.read(statement("release", "code_book", answers="survey_answers"), {"wave": wave_id}).to_pylist()
    counted: dict[str, dict[tuple[str | None, str | None], int]] = {}
    for row in told:
        counted.setdefault(row["item_id"], {})[(row["answer"], row["missing"])] = row["persons"]
    scales = {row["item_id"]: row["scale_id"] for row in told}
    known = [item for item in catalogue.items if item in counted]
    gone = sorted(set(counted) - set(known))
    return tuple((_title(item, catalogue), _table(counted[item], scales[item], catalogue)) for item in (*known, *gone))


def waves(reader: LakeReader) -> tuple[tuple[str, str], ...]:
    """Every wave there is, the newest first: id and title."""
    told = reader.read(statement("release", "waves", waves="survey_waves")).to_pylist()
    return tuple((row["wave_id"], row["title"]) for row in told)


def _title(item: str, catalogue: Catalogue) -> str:
    asked = catalogue.items.get(item)
    return f"{item}: {asked.wording}" if asked else f"{item} (nicht mehr im Katalog)"


def _table(counted: Mapping[tuple[str | None, str | None], int], scale_id: str, catalogue: Catalogue) -> pd.DataFrame:
    scale = catalogue.scales.get(scale_id)
    labels = {answer.code: answer.label for answer in scale.answers} if scale else {}
    answers = [*labels, *sorted(answer for answer, _ in counted if answer and answer not in labels)]
    rows = [(code, labels.get(code, ""), number(counted.get((code, None), 0))) for code in answers]
    for kind, title in MISSING_TITLES.items():
        persons = sum(count for (_, missing), count in counted.items() if missing == kind)
        if persons:
            rows.append((WITHOUT_CODE, f"keine Antwort: {title}", number(persons)))
    return pd.DataFrame(rows, columns=list(COLUMNS))
