"""What publishing a delivery would change for those who read, before anybody but the uploader has seen it.

The mart is built from the open transaction of a publication that is rolled back: nobody else ever reads it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sipa_data.access.scope import Scope
from sipa_data.answers.state_difference import Difference, difference
from sipa_data.answers.wave_review import WaveReview, review_wave
from sipa_data.intake import Delivery
from sipa_data.intake.delivery import MARKINGS, Marking
from sipa_data.lake import Lake, LakeTransaction
from sipa_data.marts import Mart, Neighbour, build_mart
from sipa_data.marts.former import mart_at, pattern_before
from sipa_data.release.publishing import rehearse
from sipa_data.release.slices import any_overlap, described
from sipa_data.release.upload import Upload, still_filled, uploads_in

Tell = Callable[[str, float], None]
"""Called with what happens now, in German, and the share of the work that is done, 0 to 1."""
WAVES = "survey_waves"
COMPARING, REVIEWING = 0.3, 0.95
"""Shares of the time of a rehearsal after which these begin."""


@dataclass(frozen=True, repr=False)
class Rehearsal:
    """What a publication would change.

    ``fills`` : the parts of the tables that the delivery fills, in words
    ``replaced`` : published deliveries of which something would no longer show
    ``marking`` : of the delivery
    ``difference`` : the numbers of now beside those that would be, for whoever rehearses
    ``waves`` : what to look at in the survey waves of the delivery
    """

    fills: tuple[str, ...]
    replaced: tuple[Upload, ...]
    marking: Marking
    difference: Difference
    waves: tuple[WaveReview, ...]

    @property
    def marked_otherwise(self) -> tuple[str, ...]:
        """A sentence for each replaced delivery that was marked otherwise; none where it only becomes confidential.

        Whoever takes a register out and sends it in again easily forgets that it was invented.
        """
        if self.marking == "confidential":
            return ()
        now = MARKINGS[self.marking]
        return tuple(
            f"„{one.file_name}“ ist als „{MARKINGS.get(one.marking, one.marking)}“ gekennzeichnet, "
            f"die neue Lieferung als „{now}“."
            for one in self.replaced
            if one.marking != self.marking
        )


def rehearsal_of(
    lake: Lake, now: Mart, delivery: Delivery, scope: Scope, *, may_replace: bool = False, tell: Tell | None = None
) -> Rehearsal:
    """Publish, roll up, take everything back, and compare. Raises what ``publish`` would raise.

    Parameters
    ----------
    now : the mart that readers look at; one that is no longer the newest is not taken
    scope : whose eyes the numbers are for; what the public would see is added
    may_replace : whether rows that already fill the same place may go
    """
    told = tell or (lambda _step, _share: None)
    told("Auf Probe veröffentlichen", 0.05)

    def look(transaction: LakeTransaction) -> tuple[Mart, tuple[Upload, ...], int]:
        _, previous = pattern_before(lake, transaction, now.catalogue)
        waves = {wave for place in delivery.slices if (wave := dict(place.equals).get("wave_id")) is not None}
        known = Neighbour(now, delivery.touched, waves) if now.snapshot.id == transaction.before else None
        mart = build_mart(transaction, now.catalogue, previous, known)
        return mart, uploads_in(transaction), transaction.before

    then, uploads, before = rehearse(lake, delivery, look, replace=may_replace)
    try:
        told("Kennzahlen vergleichen", COMPARING)
        with _state(lake, now, before) as old:
            found = difference(
                old,
                then,
                scope,
                delivery.touched,
                lambda share: told("Kennzahlen vergleichen", COMPARING + (REVIEWING - COMPARING) * share),
            )
        told("Befragungswellen ansehen", REVIEWING)
        return Rehearsal(
            fills=tuple(dict.fromkeys(map(described, delivery.slices))),
            replaced=_losing(uploads[:-1], delivery),
            marking=delivery.report.marking,
            difference=found,
            waves=tuple(filter(None, (review_wave(then, wave) for wave in _waves(delivery)))),
        )
    finally:
        then.close()
        lake.give_memory_back()


@contextmanager
def _state(lake: Lake, now: Mart, before: int) -> Iterator[Mart]:
    """The state that the transaction began with: another process may have published since ``now`` was built."""
    if now.snapshot.id == before:
        yield now
        return
    old = mart_at(lake, now.catalogue, before)
    try:
        yield old
    finally:
        old.close()


def _losing(uploads: Iterable[Upload], delivery: Delivery) -> tuple[Upload, ...]:
    """Older deliveries that the new one takes a place of."""
    older = tuple(uploads)
    shown = (one for one in older if one.status in {"published", "replaced"})
    return tuple(one for one in shown if any_overlap(still_filled(one, older), delivery.slices))


def _waves(delivery: Delivery) -> tuple[str, ...]:
    return tuple(dict(place.equals)["wave_id"] for place in delivery.slices if place.table == WAVES)
