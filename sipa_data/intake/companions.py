"""The second files that a layout needs: given by the person, or lying under their usual name beside the first."""

from collections.abc import Mapping
from pathlib import Path

from sipa_data.catalogue import Catalogue
from sipa_data.errors import ProfileError, RefusedDelivery
from sipa_data.intake.places import Companions
from sipa_data.intake.profile import Profile
from sipa_data.intake.readers import read_source
from sipa_data.intake.selection import companion_columns
from sipa_data.intake.workbench import Workbench, plain_errors


def find_companions(profile: Profile, catalogue: Catalogue, path: Path, given: Mapping[str, Path]) -> dict[str, Path]:
    """Where each second file lies.

    Raises
    ------
    ProfileError : one is missing, or one was given that the layout does not know
    """
    if unknown := [name for name in given if name not in profile.companions]:
        known = ", ".join(f"„{name}“" for name in profile.companions) or "keine"
        raise ProfileError(f"Das Profil „{profile.id}“ kennt keine Begleitdatei „{unknown[0]}“; vorgesehen: {known}.")
    found = {}
    for name, companion in profile.companions.items():
        places = (
            [given[name]]
            if name in given
            else [folder / companion.usual_name for folder in (path.parent, catalogue.folder)]
        )
        existing = [place for place in places if place.is_file()]
        if existing:
            found[name] = existing[0]
        elif companion.optional and name not in given:
            continue
        else:
            raise ProfileError(
                f"Das Profil „{profile.id}“ braucht die Begleitdatei „{name}“ ({companion.title}). "
                f"Bitte angeben oder als „{companion.usual_name}“ neben die Datei legen."
            )
    return found


def read_companions(profile: Profile, paths: Mapping[str, Path], bench: Workbench) -> Companions:
    """Read the tables among them; boundaries are read where they are needed.

    Raises
    ------
    RefusedDelivery : a table lacks a column
    """
    boundaries = getattr(profile.district, "boundaries", None)
    tables = {}
    for name, path in paths.items():
        wanted = companion_columns(profile, name)
        if name == boundaries or not wanted:
            continue
        with plain_errors(path.name):
            tables[name] = read_source(path, bench, wanted)
        if errors := [finding for finding in tables[name].findings if finding.severity == "error"]:
            raise RefusedDelivery(
                f"Die Begleitdatei „{path.name}“ passt nicht zum Profil „{profile.id}“: {errors[0].sentence}", errors
            )
    return Companions(tables, dict(paths))
