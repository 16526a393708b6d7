"""How long a session lasts. Pure: what is known of it in, whether it is over out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(hours=8)
IDLE = timedelta(minutes=30)
RECHECK = timedelta(minutes=5)
"""How often a provider is asked whether somebody still has the groups."""
WITHOUT_PROVIDER = timedelta(minutes=30)
"""How long a session goes on while the provider does not answer."""
RENEW = timedelta(hours=1)
"""How long a session lasts with a provider that cannot be asked about groups."""
TOLERANCE = timedelta(minutes=2)
"""By how much the provider's clock may be ahead of ours."""


class Over(StrEnum):
    """Why a session is over."""

    signed_out = "abgemeldet"
    too_long = "acht Stunden"
    idle = "dreißig Minuten ohne Eingabe"
    withdrawn = "Rolle entzogen"
    renew = "Anmeldung zu erneuern"
    unreachable = "Anbieter nicht erreichbar"
    expired = "Anmeldung abgelaufen"


@dataclass(frozen=True)
class Session:
    """What is known of one sign-in.

    ``active_at`` : last input of the person, in any window. ``checked_at`` : when the provider last confirmed it.
    ``held`` : roles and districts at the beginning; whoever loses one of them has to sign in again.
    """

    key: str
    account: str
    began: datetime
    active_at: datetime
    checked_at: datetime
    held: frozenset[str]
    over: Over | None = None


def why_over(session: Session, now: datetime, *, asks_userinfo: bool) -> Over | None:
    """The first reason why a session is over at this moment; None: it goes on."""
    age = now - session.began
    reasons = {
        Over.expired: age < -TOLERANCE,  # vouched for in the future: a clock is wrong, or somebody tries something
        Over.too_long: age >= LONGEST,
        Over.idle: now - session.active_at >= IDLE,
        Over.renew: not asks_userinfo and age >= RENEW,
        Over.unreachable: asks_userinfo and now - session.checked_at >= WITHOUT_PROVIDER + RECHECK,
    }
    return session.over or next((reason for reason, applies in reasons.items() if applies), None)


def is_due(session: Session, now: datetime) -> bool:
    """Whether the provider should be asked again."""
    return now - session.checked_at >= RECHECK
