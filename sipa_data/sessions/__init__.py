"""Who is signed in, and since when: one small file that outlives the process, so that no restart revives a session."""

from sipa_data.sessions.register import SessionRegister, open_register
from sipa_data.sessions.userinfo import ProviderSilent, Userinfo

__all__ = ["ProviderSilent", "SessionRegister", "Userinfo", "open_register"]
