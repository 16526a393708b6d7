"""Which groups of people are held against each other on the screen of the survey: what the city measures a gap of."""

from dataclasses import dataclass

from sipa_data.catalogue import Catalogue
from sipa_data.catalogue.models import DifferenceMeasure, Indicator, ShareMeasure


@dataclass(frozen=True)
class GroupView:
    """One indicator, divided by the answers to one item.

    ``gap`` : the indicator that measures the gap between two of the groups; None where none does
    """

    indicator: Indicator
    breakdown: str
    gap: Indicator | None = None


def group_views(catalogue: Catalogue) -> tuple[GroupView, ...]:
    """Every gap that the city measures with its two sides, its lead indicators first, then feeling by what people know.

    Nothing is looked for: what stands here was decided beforehand, in the catalogue.
    """
    found = [
        GroupView(share, gap.measure.first.item, gap)
        for gap in catalogue.indicators.values()
        if isinstance(gap.measure, DifferenceMeasure) and (share := _share_of(catalogue, gap.measure)) is not None
    ]
    found.sort(key=lambda view: view.indicator.id not in catalogue.lead_indicators)
    feeling = catalogue.indicators.get(catalogue.city.perception_indicator or "")
    if feeling is not None and isinstance(feeling.measure, ShareMeasure):
        found += [GroupView(feeling, item.id) for item in catalogue.items.values() if item.divides]
    return tuple(found)


def _share_of(catalogue: Catalogue, gap: DifferenceMeasure) -> Indicator | None:
    """The share that a gap is the difference of: the same question, the same answers counted, asked of everybody."""
    return next(
        (
            one
            for one in catalogue.indicators.values()
            if isinstance(one.measure, ShareMeasure)
            and (one.measure.item, set(one.measure.counted)) == (gap.item, set(gap.counted))
            and not one.measure.among
        ),
        None,
    )
