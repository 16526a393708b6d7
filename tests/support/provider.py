"""A real OpenID provider over HTTP, which can be told to hand out tokens that it should not."""

import base64
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import flask
import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import app as provider_app
from werkzeug.serving import make_server

Tamper = Callable[[dict[str, Any], RSAKey], str]


@dataclass
class Provider:
    """``tamper`` : makes another ID token of the claims of the right one, and of the provider's own key."""

    address: str = ""
    tamper: Tamper | None = None
    codes: list[str] = field(default_factory=list)

    @property
    def metadata(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"

    def set_person(self, subject: str, *groups: str) -> None:
        """What is said about somebody from now on."""
        claims = {"groups": list(groups)} if groups else {}
        httpx.put(f"{self.address}/users/{subject}", json=claims, verify=False).raise_for_status()

    def revoke(self, subject: str) -> None:
        """Make every token of somebody worthless."""
        httpx.post(f"{self.address}/users/{subject}/revoke-tokens").raise_for_status()


@contextmanager
def running_provider() -> Iterator[Provider]:
    """The provider in a thread of its own, on a free port of this machine."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would print every request
    provider = Provider()
    application = provider_app()
    application.config["PROPAGATE_EXCEPTIONS"] = False

    @application.after_request
    def change_token(response: flask.Response) -> flask.Response:
        if flask.request.path == "/oauth2/token":
            provider.codes.append(flask.request.form.get("code", ""))
            said = response.get_json(silent=True) or {}
            if provider.tamper is not None and "id_token" in said:
                key = RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
                said["id_token"] = provider.tamper(jwt.decode(said["id_token"], key).claims, key)
                response.set_data(json.dumps(said))
        return response

    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    provider.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()


def signed(**changed: Any) -> Tamper:
    """A token with other claims, signed rightly."""
    return lambda claims, key: jwt.encode({"alg": "RS256", "kid": key.kid}, _without_none(claims | changed), key)


def by_a_stranger(claims: dict[str, Any], key: RSAKey) -> str:
    """A token under the provider's key id that somebody else has signed."""
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, RSAKey.generate_key(2048))


def changed_after_signing(claims: dict[str, Any], key: RSAKey) -> str:
    """The provider's signature under claims that it never signed."""
    head, _, seal = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key).split(".")
    return f"{head}.{_part(claims | {'groups': ['lenkung']})}.{seal}"


def unsigned(claims: dict[str, Any], _: RSAKey) -> str:
    """``alg: none``"""
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."


def with_the_public_key_as_password(claims: dict[str, Any], key: RSAKey) -> str:
    """HS256, keyed with what everybody may know: confusion of the kinds of keys."""
    import hashlib  # noqa: PLC0415 -- only this attack makes a signature by hand
    import hmac  # noqa: PLC0415

    body = f"{_part({'alg': 'HS256', 'kid': key.kid})}.{_part(claims)}"
    seal = hmac.new(key.as_pem(private=False), body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"


def long_ago(claims: dict[str, Any], key: RSAKey) -> str:
    """A token that ran out an hour ago."""
    now = int(time.time())
    return signed(iat=now - 7200, exp=now - 3600)(claims, key)


def _without_none(claims: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claims.items() if value is not None}


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
