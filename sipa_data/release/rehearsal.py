"""What publishing a delivery would change for those who read, before anybody but the uploader has seen it.

The mart is built from the open transaction of a publication that is rolled back: nobody else ever reads it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sipa_data.access.scope import Scope
from sipa_data.answers.state_changes import IndicatorChange, depending_on, state_changes
from sipa_data.answers.wave_review import WaveReview, review_wave
from sipa_data.intake import Delivery
from sipa_data.lake import Lake, LakeReader
from sipa_data.marts import Mart, build_mart
from sipa_data.marts.former import pattern_before
from sipa_data.release.publishing import rehearse
from sipa_data.release.slices import any_overlap, described
from sipa_data.release.upload import Upload, still_filled, uploads_in

Tell = Callable[[str, float], None]
"""Called with what happens now, in German, and the share of the work that is done, 0 to 1."""
WAVES = "survey_waves"


@dataclass(frozen=True, repr=False)
class Rehearsal:
    """What a publication would change.

    ``compared_with`` : the snapshot that the old numbers come from
    ``fills`` : the parts of the tables that the delivery fills, in words
    ``replaced`` : published deliveries of which something would no longer show
    ``changes`` : indicators that would read otherwise, for whoever rehearses; ``looked_at`` : how many were asked
    ``public`` : indicators of which the public would see a number that it does not see now, or no longer one
    ``waves`` : what to look at in the survey waves of the delivery
    """

    compared_with: int
    fills: tuple[str, ...]
    replaced: tuple[Upload, ...]
    changes: tuple[IndicatorChange, ...]
    public: tuple[IndicatorChange, ...]
    looked_at: int
    waves: tuple[WaveReview, ...]


def rehearsal_of(
    lake: Lake, now: Mart, delivery: Delivery, scope: Scope, *, may_replace: bool = False, tell: Tell | None = None
) -> Rehearsal:
    """Publish, roll up, take everything back, and compare. Raises what ``publish`` would raise.

    Parameters
    ----------
    now : the mart that readers look at
    scope : whose eyes the numbers are for; what the public would see is added
    may_replace : whether rows that already fill the same place may go
    """
    told = tell or (lambda _step, _share: None)
    told("Auf Probe veröffentlichen", 0.1)

    def look(transaction: LakeReader) -> tuple[Mart, tuple[Upload, ...]]:
        _, previous = pattern_before(lake, transaction, now.catalogue)
        return build_mart(transaction, now.catalogue, previous), uploads_in(transaction)

    then, uploads = rehearse(lake, delivery, look, replace=may_replace)
    try:
        told("Kennzahlen vergleichen", 0.4)
        asked = depending_on(now.catalogue, delivery.tables)
        changes = state_changes(now, then, scope, asked)
        told("Kennzahlen vergleichen", 0.8)
        return Rehearsal(
            compared_with=now.snapshot.id,
            fills=tuple(dict.fromkeys(map(described, delivery.slices))),
            replaced=_losing(uploads[:-1], delivery),
            changes=changes,
            public=public_flips(now, then, (change.indicator.id for change in changes)),
            looked_at=len(asked),
            waves=tuple(filter(None, (review_wave(then, wave) for wave in _waves(delivery)))),
        )
    finally:
        then.close()
        lake.give_memory_back()


def public_flips(before: Mart, after: Mart, indicators: Iterable[str]) -> tuple[IndicatorChange, ...]:
    """What the public would see and does not see now, or the other way round: nothing else."""
    found = state_changes(before, after, Scope.public(), indicators)
    return tuple(replace(one, cells=(*one.gained, *one.lost)) for one in found if one.gained or one.lost)


def _losing(uploads: Iterable[Upload], delivery: Delivery) -> tuple[Upload, ...]:
    """Older deliveries that the new one takes a place of."""
    older = tuple(uploads)
    shown = (one for one in older if one.status in {"published", "replaced"})
    return tuple(one for one in shown if any_overlap(still_filled(one, older), delivery.slices))


def _waves(delivery: Delivery) -> tuple[str, ...]:
    return tuple(dict(place.equals)["wave_id"] for place in delivery.slices if place.table == WAVES)
