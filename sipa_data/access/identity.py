"""Whom a provider vouches for: from the claims of a signed-in person to an account and the begin of the session.

Authlib has checked signature, issuer, nonce and expiry when the person came back from the provider. What it leaves
open is looked at here: it accepts any audience whose authorised party is ours, and Streamlit keeps the claims for
thirty days without another look.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sipa_data.access.providers import Provider

CLOCKS_DIFFER = timedelta(minutes=2)
"""By how much the provider's clock may be wrong."""
LONGEST_ACCOUNT = 255
"""The longest ``sub`` that the standard allows (OpenID Connect Core, section 2)."""


@dataclass(frozen=True)
class Identity:
    """``account`` : provider and its own id of the person; the only thing that is logged about anybody.

    ``began`` : when the provider vouched. ``valid_until`` : until when a session may begin with it.
    ``key`` : of this one sign-in; a second sign-in of the same person has another.
    """

    account: str
    provider: str
    began: datetime
    valid_until: datetime
    key: str


def identity_in(user: Mapping[str, Any], providers: Mapping[str, Provider]) -> Identity | None:
    """Who is signed in; None where the claims do not hold together, as if nobody were.

    Parameters
    ----------
    user : the claims of the identity cookie, as ``st.user`` gives them
    """
    provider = providers.get(str(user.get("provider")))
    subject = user.get("sub")
    if user.get("is_logged_in") is not True or provider is None or not isinstance(subject, str):
        return None
    if not 0 < len(subject) <= LONGEST_ACCOUNT or not subject.isprintable() or not _is_for(provider, user):
        return None
    began, until = _moment(user.get("iat")), _moment(user.get("exp"))
    if began is None or until is None or until <= began:
        return None
    account = f"{provider.id}:{subject}"
    named = [account, user.get("iss"), user.get("iat"), user.get("nonce"), user.get("sid"), user.get("jti")]
    key = hashlib.sha256(json.dumps(named, default=str).encode()).hexdigest()
    return Identity(account, provider.id, began, until, key)


def _is_for(provider: Provider, user: Mapping[str, Any]) -> bool:
    audience = user.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    return isinstance(audiences, list | tuple) and provider.client_id in audiences


def _moment(claim: object) -> datetime | None:
    if isinstance(claim, bool) or not isinstance(claim, int | float):
        return None
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (OverflowError, OSError, ValueError):
        return None
