"""Build the example city: imagine it, write its files, and send each through intake and release like any other."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sipa_data.catalogue import Catalogue, load_catalogue
from sipa_data.demo.deliveries import Piece, Town, pieces
from sipa_data.demo.frame import Frame
from sipa_data.errors import AlreadyPublished, SettingsError
from sipa_data.intake import Marking, Profile, choose_profile, load_profiles, read_delivery
from sipa_data.lake import Lake, open_lake
from sipa_data.release import Upload, history, publish
from sipa_data.settings import Settings

CITY = "stuttgart"
BY = "Beispielstadt"
NOTE = "Beispieldaten (synthetisch): erfunden, keine Zahl ist echt"
MARKING: Marking = "synthetic"

Progress = Callable[[str, float], None]
"""Called with what happens now, in German, and the share of the work that is done, 0 to 1."""


def build_example_city(
    settings: Settings, progress: Progress | None = None, files: Path | None = None
) -> tuple[Upload, ...]:
    """Fill an empty lake with the example city. What an interrupted run has published already is kept.

    Parameters
    ----------
    settings : where the lake lies; the city must be the one whose districts and questions the example knows
    progress : called before each file
    files : folder to keep the delivered files in; else they are removed when all is published

    Returns
    -------
    the uploads of this run, oldest first; empty if the city stood already

    Raises
    ------
    SettingsError : another city is set
    AlreadyPublished : the lake holds real data; examples are never mixed with them
    UnreadableFile, RefusedDelivery, LakeError : as for any delivery
    """
    tell = progress or (lambda _what, _share: None)
    catalogue = load_catalogue(settings.city)
    if catalogue.city.id != CITY:
        raise SettingsError(
            f"Die Beispielstadt hat die Stadtbezirke und Fragen von „{CITY}“, eingestellt ist „{catalogue.city.id}“. "
            f"Setzen Sie SIPA_CITY={CITY} oder liefern Sie eigene Dateien ein."
        )
    profiles = load_profiles(settings.profiles)
    with open_lake(settings) as lake:
        lake.expect_city(catalogue.city.official_key, catalogue.city.name)
        there = _already_there(lake)
        tell("Die Beispielstadt wird erdacht", 0.0)
        planned = list(pieces(Town.imagine(Frame.of(catalogue))))
        if files is not None:
            files.mkdir(parents=True, exist_ok=True)
            return _deliver(lake, catalogue, profiles, planned, files, there, tell)
        with TemporaryDirectory(prefix="sipa-demo-") as folder:
            return _deliver(lake, catalogue, profiles, planned, Path(folder), there, tell)


def _already_there(lake: Lake) -> frozenset[str]:
    """Names of example files that are public already.

    Raises
    ------
    AlreadyPublished : something else is
    """
    showing = [upload for upload in history(lake) if upload.status in ("published", "replaced")]
    real = [upload for upload in showing if upload.marking != MARKING]
    if real:
        raise AlreadyPublished(
            f"Der Datenbestand enthält schon echte Lieferungen, zum Beispiel {real[0].described}. Die Beispielstadt "
            "wird nie mit echten Daten gemischt; wählen Sie mit SIPA_LAKE einen leeren Datenbestand."
        )
    return frozenset(upload.file_name for upload in showing if upload.uploaded_by == BY)


def _deliver(
    lake: Lake,
    catalogue: Catalogue,
    profiles: Mapping[str, Profile],
    planned: list[Piece],
    folder: Path,
    there: frozenset[str],
    tell: Progress,
) -> tuple[Upload, ...]:
    published = []
    for number, piece in enumerate(planned):
        tell(piece.title, (number + 1) / (len(planned) + 1))
        if piece.name in there:
            continue
        path = folder / piece.name
        piece.write(path)
        companions = {}
        for name, write in piece.companions.items():
            companions[name] = folder / f"{path.stem}-{name}.csv"
            write(companions[name])
        # The layouts are for real files too; here they are for invented ones, so nothing is taken for less than it is
        profile = choose_profile(profiles, piece.profile).model_copy(update={"marking": MARKING})
        with read_delivery(path, catalogue, profile, companions=companions) as delivery:
            published.append(publish(lake, delivery, by=BY, note=NOTE))
    tell("Die Beispielstadt steht", 1.0)
    return tuple(published)
