"""How facts arrive: look → recognise or map → read → check. Gives a ``Delivery``; never writes to the lake."""

from sipa_data.intake.causes import Cause, causes
from sipa_data.intake.choices import Proposed
from sipa_data.intake.column_words import KINDS
from sipa_data.intake.columns_seen import Column
from sipa_data.intake.delivery import Delivery, Finding, Marking, Report, Slice
from sipa_data.intake.draft import Draft, propose
from sipa_data.intake.drafted import as_toml, save_profile
from sipa_data.intake.found import Found, look_at
from sipa_data.intake.open_settings import Setting
from sipa_data.intake.profile import Profile, Wave
from sipa_data.intake.profiles import choose_profile, load_profile, load_profiles, profiles_of
from sipa_data.intake.read import Progress, read_delivery
from sipa_data.intake.recognise import Recognised, recognise
from sipa_data.intake.registers import as_delivered, register_of
from sipa_data.intake.template import template
from sipa_data.intake.waves import wave_of
from sipa_data.intake.writing import AS_FOUND, Writing

__all__ = [
    "AS_FOUND",
    "KINDS",
    "Cause",
    "Column",
    "Delivery",
    "Draft",
    "Finding",
    "Found",
    "Marking",
    "Profile",
    "Progress",
    "Proposed",
    "Recognised",
    "Report",
    "Setting",
    "Slice",
    "Wave",
    "Writing",
    "as_delivered",
    "as_toml",
    "causes",
    "choose_profile",
    "load_profile",
    "load_profiles",
    "look_at",
    "profiles_of",
    "propose",
    "read_delivery",
    "recognise",
    "register_of",
    "save_profile",
    "template",
    "wave_of",
]
