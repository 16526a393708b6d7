"""Everything that is asked about one district, once, and what the page tells of it: judged together, told alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts import place
from pages.parts.view import View
from sipa_data import figures
from sipa_data.answers import Answer
from sipa_data.answers.changes import each_once
from sipa_data.answers.families import Family
from sipa_data.figures import SpineRow


@dataclass(frozen=True)
class Profile:
    """One district.

    ``asked`` : every indicator, also without a value
    ``changed``, ``apart``, ``alike`` : of those collected here against before, the rest of the city, similar districts;
        the three are in the same order
    ``told`` : what was judged together, one sentence for each of the three comparisons
    """

    asked: tuple[Answer, ...]
    changed: tuple[Answer, ...]
    apart: tuple[Answer, ...]
    alike: tuple[Answer, ...]
    told: tuple[str, str, str]

    def apart_of(self, indicator: str | None) -> Answer | None:
        return next((one for one in self.apart if one.indicator.id == indicator), None)


def profile(view: View) -> Profile:
    """The chosen district of the filter bar."""
    asked = each_once(view.reader, [view.question(one).over_time() for one in view.catalogue.indicators])
    collected = [answer for answer in asked if place.is_collected(answer)]
    announced = view.catalogue.announced_indicators
    ways = (
        collected,
        [view.reader.ask(answer.question.against("rest")) for answer in collected],
        [view.reader.ask(answer.question.against("similar")) for answer in collected],
    )
    families = [Family.of(answers, announced) for answers in ways]
    changed, apart, alike = (
        tuple(family.applied(answer) for answer in answers) for family, answers in zip(families, ways, strict=True)
    )
    first, second, third = (family.told for family in families)
    return Profile(asked, changed, apart, alike, (first, second, third))


def announced_rows(view: View, found: Profile) -> tuple[list[SpineRow], list[Answer]]:
    """The rows of the lead indicators by kind of source, in the order of the city, and the answers they rest on."""
    pairs = {one.indicator.id: (one, beside) for one, beside in zip(found.changed, found.apart, strict=True)}
    shown = [pairs[lead] for lead in _leads(view, list(pairs))]
    order = ("survey", "incidents", "register")
    shown.sort(key=lambda pair: order.index(pair[0].indicator.data_class))
    rows = [
        view.drawn(figures.spine_row, changed, apart, view.ask_everywhere(changed.indicator.id))
        for changed, apart in shown
    ]
    return rows, [changed for changed, _ in shown]


def _leads(view: View, collected: Sequence[str]) -> list[str]:
    """Each lead indicator that is collected here, or the one that stands in for it."""
    wanted: list[str] = []
    for lead in view.catalogue.lead_indicators:
        instead = view.catalogue.indicators[lead].instead
        wanted += [one for one in (lead, instead) if one is not None and one in collected][:1]
    return list(dict.fromkeys(wanted))
