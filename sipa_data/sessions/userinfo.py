"""Asking a provider whether somebody still is who they were: the userinfo endpoint, with the person's own token."""

import time
from collections.abc import Mapping
from http import HTTPStatus
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx

from sipa_data.access.providers import Provider
from sipa_data.hosts import is_loopback

SECONDS = 5.0
"""How long a page waits for a provider."""
NOT_NOW = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
"""Refusals that say nothing about the token. Every other one does, whatever its number: providers differ."""
METADATA_SECONDS = 3600.0


class ProviderSilent(Exception):
    """The provider did not answer, or with something that is no answer."""


class Userinfo:
    """Asks the userinfo endpoints of providers; remembers for an hour where they are."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(timeout=SECONDS, transport=transport, follow_redirects=False)
        self._endpoints: dict[str, tuple[float, str]] = {}
        self._lock = Lock()

    def claims(self, provider: Provider, access_token: str) -> Mapping[str, Any] | None:
        """What the provider says now; None: it does not know this token (any more).

        Raises
        ------
        ProviderSilent : no answer, so nothing is known
        """
        try:
            answer = self._client.get(self._endpoint(provider), headers={"Authorization": f"Bearer {access_token}"})
            if answer.is_client_error and answer.status_code not in NOT_NOW:
                return None
            said = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as fault:
            raise ProviderSilent(f"{provider.id}: {type(fault).__name__}") from fault
        if not isinstance(said, dict):
            raise ProviderSilent(f"{provider.id}: userinfo is no object")
        return said

    def close(self) -> None:
        self._client.close()

    def _endpoint(self, provider: Provider) -> str:
        with self._lock:
            known = self._endpoints.get(provider.id)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        found = self._client.get(provider.metadata).raise_for_status().json().get("userinfo_endpoint")
        parts = urlsplit(str(found))
        if parts.scheme != "https" and not is_loopback(parts.hostname):
            raise ProviderSilent(f"{provider.id}: no encrypted userinfo endpoint")
        with self._lock:
            self._endpoints[provider.id] = (time.monotonic() + METADATA_SECONDS, str(found))
        return str(found)
