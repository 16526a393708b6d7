"""Every verdict there is, with its meaning and an example made by the code that judges: a table of docs/methods.md."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from sipa_data.answers.count_verdicts import CountVerdicts, Judged, Measured
from sipa_data.answers.families import judged_together
from sipa_data.answers.sentences import subject, without_comparison
from sipa_data.answers.types import Question, Verdict, VerdictCode
from sipa_data.areas import CITY
from sipa_data.catalogue.models import Indicator, SeriesBreak
from sipa_data.periods import Period

MEANINGS: Mapping[VerdictCode, str] = {
    VerdictCode.rose: "gestiegen, mehr als Zufall und übliche Schwankung",
    VerdictCode.fell: "gesunken, mehr als Zufall und übliche Schwankung",
    VerdictCode.above: "höher als in der übrigen Stadt oder in ähnlichen Bezirken",
    VerdictCode.below: "niedriger als in der übrigen Stadt oder in ähnlichen Bezirken",
    VerdictCode.within_chance: "vom Zufall nicht zu unterscheiden; mit dem, was erkennbar gewesen wäre",
    VerdictCode.within_usual_swing: "mehr als der Zufall der Zählung, aber so viel schwankt es ohnehin",
    VerdictCode.one_of_many: "für sich auffällig, unter allen zugleich geprüften aber nicht",
    VerdictCode.too_few: "zu wenige Antworten oder Fälle für ein Urteil",
    VerdictCode.break_in_series: "Bruch der Reihe oder andere Bezugsbasis: nicht vergleichbar, mit dem Grund",
    VerdictCode.not_comparable: "dieser Vergleich ist für diese Kennzahl nicht vorgesehen",
    VerdictCode.no_comparison: "es gibt nichts, womit zu vergleichen wäre",
    VerdictCode.hidden: "der frühere Wert ist vertraulich",
}
NOW, BEFORE = Period.year(2025), Period.year(2024)
DISTRICT = "01"


def examples() -> dict[VerdictCode, Verdict]:
    """One verdict per code, in the order of the codes."""
    alone = _of_count(60, 90)
    many = judged_together([alone, *(_with_p(alone, 0.3 + 0.03 * place) for place in range(22))], "23 Stadtbezirke")
    made = (
        _of_count(100, 160),
        _of_count(310, 205),
        _of_rate(800, 100),
        _of_rate(150, 800),
        _of_count(5, 8),
        _of_count(16_640, 15_269),
        many[0],
        _without(VerdictCode.too_few, "zu wenige Antworten"),
        _of_count(900, 1_400, broken=True),
        _against_rest_of_count(),
        _of_count(None, 120),
        _of_count(None, 120, hidden=True),
    )
    found = {verdict.code: verdict for verdict in made}
    return {code: found[code] for code in VerdictCode}


def table() -> str:
    """Markdown: code, meaning, example."""
    rows = [f"| `{code}` | {MEANINGS[code]} | {verdict.sentence} |" for code, verdict in examples().items()]
    return "\n".join(["| Urteil | Bedeutung | Beispiel |", "|---|---|---|", *rows])


def _indicator(kind: str) -> Indicator:
    rate = kind == "rate"
    return Indicator.model_validate(
        {
            "id": "gewalt",
            "title": "Gewaltkriminalität",
            "short_title": "Gewaltkriminalität",
            "unit": "je 100.000" if rate else "Fälle",
            "direction": "lower_is_better",
            "definition": "Erfasste Fälle.",
            "reading_aid": "{value}",
            "source": "Polizeiliche Kriminalstatistik",
            "fields": (),
            "data_class": "incidents",
            "dispersion_prior": 0.047,
            "measure": {"kind": kind, "source": "pks", "offence_keys": ("892000",)},
        }
    )


def _town(*, broken: bool) -> Any:
    """As much of a mart as a verdict looks at."""
    law = SeriesBreak(
        id="gesetz", date=date(2025, 1, 1), title="neue Zählweise", reason="Beispiel.", offence_keys=("892000",)
    )
    return SimpleNamespace(
        catalogue=SimpleNamespace(
            breaks={law.id: law} if broken else {},
            unusual_times={},
            city=SimpleNamespace(district_word="Stadtbezirk", districts_word="Stadtbezirke"),
            districts={DISTRICT: SimpleNamespace(name="Altstadt")},
        )
    )


def _of_count(before: int | None, now: int, *, broken: bool = False, hidden: bool = False) -> Verdict:
    """A count beside that of the year before, in the city; None: there is none."""
    counts = {NOW: now} if before is None else {NOW: now, BEFORE: before}
    periods = (BEFORE, NOW) if hidden else tuple(sorted(counts))

    def measured(_area: str, period: Period) -> Measured | None:
        return Measured(counts[period], counts[period], 1.0, "") if period in counts else None

    judged = Judged(
        measured, periods, {"offence_keys": ("892000",)}, (), lambda _area, _period: 0, lambda _area, _period: hidden
    )
    verdicts = CountVerdicts(_town(broken=broken), _indicator("count"), judged)
    return verdicts.all(Question("gewalt"), (CITY,), NOW)[0]


def _of_rate(here: int, elsewhere: int) -> Verdict:
    """A district with 100,000 inhabitants beside a rest of the city that is as large."""
    counts = {DISTRICT: here, CITY: here + elsewhere}
    people = {DISTRICT: 100_000.0, CITY: 200_000.0}

    def measured(area: str, _period: Period) -> Measured:
        each = 100_000 / people[area]
        return Measured(each * counts[area], counts[area], people[area], "register", each)

    judged = Judged(measured, (NOW,), {}, (), lambda _area, _period: 0, per=100_000)
    verdicts = CountVerdicts(_town(broken=False), _indicator("rate"), judged)
    return verdicts.all(Question("gewalt", compare_with="rest"), (DISTRICT,), NOW)[0]


def _against_rest_of_count() -> Verdict:
    judged = Judged(lambda _area, _period: None, (NOW,), {}, (), lambda _area, _period: 0)
    verdicts = CountVerdicts(_town(broken=False), _indicator("count"), judged)
    return verdicts.all(Question("gewalt", compare_with="rest"), (DISTRICT,), NOW)[0]


def _without(code: VerdictCode, reason: str) -> Verdict:
    who = subject(_indicator("count"), DISTRICT, "Altstadt", "Stadtbezirk")
    return Verdict(code, DISTRICT, without_comparison(code, who, reason), reason)


def _with_p(verdict: Verdict, p: float) -> Verdict:
    return Verdict(verdict.code, verdict.subject, verdict.sentence, verdict.short, p=p)
