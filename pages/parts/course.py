"""Where an indicator is heading: one quiet line below its figure over time."""

from pages.parts import verdict
from pages.parts.view import View
from sipa_data.catalogue.models import Indicator


def course(view: View, indicator: Indicator) -> None:
    """The trend since the last break, or why there is none; nothing for kinds that have no trend."""
    found = view.reader.trend(view.question(indicator.id))
    if found is not None:
        verdict.aside(found.sentence)
