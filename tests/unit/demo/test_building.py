"""Building: with progress, only into a lake without real data, and to be taken up again where it broke off."""

from dataclasses import replace

import pytest

from sipa_data.demo import build, build_example_city
from sipa_data.demo.deliveries import pieces
from sipa_data.errors import AlreadyPublished, DiskFull, SettingsError
from sipa_data.intake import load_profiles, read_delivery
from sipa_data.lake import open_lake
from sipa_data.release import history, publish
from sipa_data.settings import PROJECT
from tests.support.example_city import settings_in

FEW = ("bezugsgroessen.csv", "register.csv", "projekte.csv")


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


@pytest.fixture
def few_pieces(monkeypatch):
    """Three small files instead of all: what is tested here does not depend on how many there are."""
    monkeypatch.setattr(build, "pieces", lambda town: (piece for piece in pieces(town) if piece.name in FEW))


def deliver_for_real(settings, catalogue, path):
    profile = load_profiles(settings.profiles)["eigene-ziele"]
    with open_lake(settings) as lake, read_delivery(path, catalogue, profile) as delivery:
        publish(lake, delivery, by="Amt")


def test_progress_runs_from_nothing_to_everything_and_names_each_step(settings, few_pieces):
    told = []
    uploads = build_example_city(settings, lambda what, share: told.append((what, share)))
    shares = [share for _, share in told]
    assert [upload.file_name for upload in uploads] == ["bezugsgroessen.csv", "register.csv", "projekte.csv"]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert [what for what, _ in told][1:4] == ["Bezugsgrößen", "Register", "Projekte"]


def test_a_second_run_finds_the_city_standing(settings, few_pieces):
    build_example_city(settings)
    assert build_example_city(settings) == ()


def test_a_run_that_broke_off_is_taken_up_again(settings, few_pieces, monkeypatch):
    def full(*_args, **_named):
        raise DiskFull("Der Speicherplatz ist voll.")

    def until_the_register(path, *args, **named):
        return full() if path.name == "register.csv" else read_delivery(path, *args, **named)

    monkeypatch.setattr(build, "read_delivery", until_the_register)
    with pytest.raises(DiskFull):
        build_example_city(settings)
    monkeypatch.setattr(build, "read_delivery", read_delivery)
    assert [upload.file_name for upload in build_example_city(settings)] == ["register.csv", "projekte.csv"]


def test_examples_are_never_mixed_with_real_data(settings, catalogue, few_pieces):
    deliver_for_real(settings, catalogue, PROJECT / "data" / "demo" / "ziele.csv")
    with pytest.raises(AlreadyPublished, match="enthält schon echte Lieferungen"):
        build_example_city(settings)
    with open_lake(settings) as lake:
        assert [upload.uploaded_by for upload in history(lake)] == ["Amt"]


def test_another_city_is_refused(settings):
    elsewhere = replace(settings, city=PROJECT / "tests" / "support" / "musterstadt")
    with pytest.raises(SettingsError, match="SIPA_CITY=stuttgart"):
        build_example_city(elsewhere)


def test_the_files_can_be_kept(settings, few_pieces, tmp_path):
    build_example_city(settings, files=tmp_path / "files")
    assert {path.name for path in (tmp_path / "files").iterdir()} == set(FEW)
