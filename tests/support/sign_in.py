"""What an operator sets up for a sign-in, and what a provider says about people, without a provider."""

from datetime import datetime, timedelta
from pathlib import Path

SECRET = "Zk3-vYq8Lw0nTs7RbXh2PmCd5FgJa9Ue"
PROVIDERS = """
[[provider]]
id = "stadt"
title = "Stadtkonto"
metadata = "{metadata}"
client_id = "sipa"
prompt = "{prompt}"
"""
METADATA = "https://anbieter.example/.well-known/openid-configuration"


def sign_in_environment(
    folder: Path,
    *,
    metadata: str = METADATA,
    public: str = "https://lagebild.example",
    prompt: str = "select_account",
) -> dict[str, str]:
    """The variables for one provider, whose file is written into ``folder``."""
    file = folder / "anbieter.toml"
    file.write_text(PROVIDERS.format(metadata=metadata, prompt=prompt), encoding="utf-8")
    return {
        "SIPA_AUTH": str(file),
        "SIPA_AUTH_SECRET_STADT": "geheim",
        "SIPA_COOKIE_SECRET": SECRET,
        "SIPA_PUBLIC_URL": public,
    }


def claims(at: datetime, *groups: str, subject: str = "erika", **other: object) -> dict[str, object]:
    """Claims of somebody who signed in at this moment, as Streamlit keeps them."""
    return {
        "is_logged_in": True,
        "provider": "stadt",
        "iss": "https://anbieter.example",
        "sub": subject,
        "aud": "sipa",
        "iat": at.timestamp(),
        "exp": (at + timedelta(minutes=5)).timestamp(),
        "nonce": f"n-{subject}-{at.timestamp()}",
        "groups": list(groups),
    } | other
