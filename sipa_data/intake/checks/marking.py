"""A file that is taken for less confidential than its layout: that gives protection away, and is said."""

from sipa_data.intake.delivery import MARKINGS, Finding, Marking
from sipa_data.intake.profile import Profile

ONLY_IF = {"published": "sie wirklich schon veröffentlicht ist", "synthetic": "ihr Inhalt wirklich erfunden ist"}


def weaker_marking(profile: Profile, marking: Marking) -> list[Finding]:
    """A warning, so that the uploader has to confirm it and the second person reads it before the release."""
    if profile.marking != "confidential" or marking == "confidential":
        return []
    said, usual = MARKINGS[marking], MARKINGS["confidential"]
    sentence = (
        f"Das Profil „{profile.title}“ ist für vertrauliche Dateien, diese ist als „{said}“ gekennzeichnet. Damit gilt "
        f"der Schutz vertraulicher Daten für sie nicht. Bitte nur bestätigen, wenn {ONLY_IF[marking]}."
    )
    return [Finding("warning", "weaker_marking", sentence, found=said, expected=usual)]
