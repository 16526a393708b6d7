"""What a delivery changes, to be read in ten seconds: one sentence, then one line per question."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from sipa_data import german
from sipa_data.answers.state_changes import IndicatorChange
from sipa_data.answers.state_difference import Difference
from sipa_data.answers.types import CITY, Status
from sipa_data.areas import NOT_LOCATABLE
from sipa_data.catalogue import Catalogue
from sipa_data.figures.state_changes import MOST_NAMED, districts_told, said_otherwise, statuses
from sipa_data.figures.when import period_text
from sipa_data.figures.words import BEYOND_CHANCE, STATUS_WORDS

MOST_PERIODS = 3
MOST_SIGNALS = 3


def in_short(found: Difference) -> str:
    """„12 von 60 Kennzahlen ändern sich, davon 9 in der Gesamtzahl der Stadt.“"""
    looked_at = german.count_of(found.looked_at, "Kennzahl", "Kennzahlen")
    if not found.looked_at:
        return "Keine Kennzahl wird aus diesen Angaben berechnet."
    if not found.changes:
        return f"Von {looked_at}, die von diesen Angaben abhängen können, ändert sich keine."
    changed = _indicators(found.changes)
    city = _indicators(change for change in found.changes if change.is_citywide)
    verb = "ändert" if changed == 1 else "ändern"
    how_many = f"{german.number(changed)} von {looked_at} {verb} sich"
    told = f"{how_many}, davon {german.number(city)} in der Gesamtzahl der Stadt."
    emptied = _indicators(change for change in found.changes if change.is_emptied)
    if not emptied:
        return told
    of = "einer Kennzahl" if emptied == 1 else f"{german.number(emptied)} Kennzahlen"
    return f"{told} Bei {of} stünde unter „neuester Stand“ keine Zahl mehr, weil sie für den neuen Zeitraum fehlt."


def at_a_glance(found: Difference, catalogue: Catalogue) -> pd.DataFrame:
    """One line per question that a decision hangs on; what does not change is said, too. Empty without a change."""
    if not found.changes and not found.signals and not found.silenced:
        return pd.DataFrame()
    lines = {
        catalogue.city.districts_word: _districts(found.changes, catalogue),
        "Zeiträume": _periods(found),
        "Einschätzungen": _verdicts(found.changes, catalogue),
        "Status": _statuses(found.changes),
        "Öffentlichkeit": _public(found.public),
        **({"Frühsignale": _signals(found)} if found.signals or found.silenced else {}),
    }
    return pd.DataFrame({"Was": list(lines), "Änderung": list(lines.values())}, dtype="string")


def _indicators(changes: Iterable[IndicatorChange]) -> int:
    """How many indicators: one can change in two ways."""
    return len({change.indicator.id for change in changes})


def _districts(changes: Sequence[IndicatorChange], catalogue: Catalogue) -> str:
    """Which, and where the most change if they are many."""
    often = Counter(district for change in changes for district in change.districts - {NOT_LOCATABLE})
    named = [catalogue.districts[district].name for district in catalogue.districts if district in often]
    told = districts_told(named, len(catalogue.districts))
    most = [catalogue.districts[district].name for district, _ in often.most_common(2)]
    if MOST_NAMED < len(named) < len(catalogue.districts):
        told = f"{told}, am meisten {german.listing(most)}"
    located = any(NOT_LOCATABLE in change.districts for change in changes)
    return f"{told}; auch Fälle ohne {catalogue.city.district_word}" if located else told


def _periods(found: Difference) -> str:
    """When the numbers are that differ, and what can be chosen from now on."""
    periods = sorted({cell.period for change in found.changes for cell in change.cells}, key=lambda one: one.end)
    told = german.listing([period_text(one) for one in periods])
    if len(periods) > MOST_PERIODS:
        told = f"{period_text(periods[0])} bis {period_text(periods[-1])} ({german.number(len(periods))})"
    new = german.listing([period.german for period in found.periods])
    parts = [told or "keiner", *([f"neu zur Wahl: {new}"] if new else [])]
    return "; ".join(parts)


def _verdicts(changes: Sequence[IndicatorChange], catalogue: Catalogue) -> str:
    """Of what something else would be said, and what is said first of a new period: the city's by name."""
    city = [change for change in changes if said_otherwise(change)]
    places = sum(len(set(change.verdicts) - {CITY}) for change in changes)
    new = [change for change in changes if change.is_new_period]
    moved = [change for change in new if (said := change.after.verdict_on()) and said.code in BEYOND_CHANCE]
    parts = [f"{german.number(len(city))} in der Gesamtzahl der Stadt anders ({_named(city)})"] if city else []
    parts += [f"{german.number(places)} in einem {catalogue.city.district_word} anders"] if places else []
    parts += [f"im neuen Zeitraum {german.number(len(moved))} klar verändert ({_named(moved)})"] if moved else []
    parts += ["im neuen Zeitraum keine klare Veränderung"] if new and not moved else []
    return "; ".join(parts) or "keine ändert sich"


def _named(changes: Sequence[IndicatorChange]) -> str:
    titles = [change.indicator.short_title for change in changes]
    if len(titles) <= MOST_NAMED:
        return german.listing(titles)
    return german.listing([*titles[: MOST_NAMED - 1], f"{german.number(len(titles) - MOST_NAMED + 1)} weitere"])


def _statuses(changes: Sequence[IndicatorChange]) -> str:
    """„23 Zahlen: nicht erhoben → gezeigt“"""
    counted: Counter[tuple[Status, Status]] = Counter()
    for change in changes:
        counted.update({flip: len(cells) for flip, cells in statuses(change).items()})
    if not counted:
        return "keiner wechselt"
    return "; ".join(
        f"{german.count_of(often, 'Zahl', 'Zahlen')} {_flip(*flip)}" for flip, often in counted.most_common()
    )


def _flip(was: Status, now: Status) -> str:
    return f"von „{STATUS_WORDS[was]}“ zu „{STATUS_WORDS[now]}“"


def _public(changes: Sequence[IndicatorChange]) -> str:
    gained = sum(len(change.gained) for change in changes)
    lost = sum(len(change.lost) for change in changes)
    if not gained and not lost:
        return "keine Zahl kommt hinzu, keine fällt weg"
    parts = [f"sieht {german.count_of(gained, 'Zahl', 'Zahlen')} mehr"] if gained else []
    parts += [f"sieht {german.count_of(lost, 'Zahl', 'Zahlen')} nicht mehr"] if lost else []
    return "; ".join(parts)


def _signals(found: Difference) -> str:
    new = [signal.sentence for signal in found.signals[:MOST_SIGNALS]]
    more = len(found.signals) - MOST_SIGNALS
    parts = [f"{german.number(len(found.signals))} neu: {' '.join(new)}"] if new else []
    parts += [f"und {german.number(more)} weitere"] if more > 0 else []
    parts += [f"{german.number(len(found.silenced))} nicht mehr"] if found.silenced else []
    return "; ".join(parts)
