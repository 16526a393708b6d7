"""How facts arrive: read → map (profile) → check. Gives a ``Delivery``; never writes to the lake."""

from sipa_data.intake.delivery import Delivery, Finding, Marking, Report, Slice
from sipa_data.intake.profile import Profile
from sipa_data.intake.profiles import choose_profile, load_profile, load_profiles
from sipa_data.intake.read import Progress, read_delivery

__all__ = [
    "Delivery",
    "Finding",
    "Marking",
    "Profile",
    "Progress",
    "Report",
    "Slice",
    "choose_profile",
    "load_profile",
    "load_profiles",
    "read_delivery",
]
