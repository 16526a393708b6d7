"""One seed, one city: the same numbers and the same files in every run."""

import hashlib

import numpy as np
import pytest

from sipa_data.demo import chance, plain, survey
from sipa_data.demo.deliveries import Town, pieces


def prints(town):
    """A fingerprint of everything that was drawn."""
    _, reports = town.reported
    arrays = {
        "cases": town.recorded.cases,
        "attempts": town.recorded.attempts,
        "cleared": town.recorded.cleared,
        "reports": reports,
        "residents": town.residents.inhabitants,
        "people": np.concatenate([group.city.ravel() for group in town.people]),
        "findings": town.findings.observed.astype(np.int64),
        "registers": np.array([value.value for value in town.register_values]),
    }
    return {name: hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest() for name, array in arrays.items()}


def test_two_runs_draw_the_same_city(town, frame):
    assert prints(Town.imagine(frame)) == prints(town)


def test_another_seed_draws_another_city(town, frame, monkeypatch):
    monkeypatch.setattr(chance, "SEED", chance.SEED + 1)
    other, own = prints(Town.imagine(frame)), prints(town)
    assert {name for name in own if own[name] == other[name]} == set()


def test_subjects_draw_from_streams_of_their_own():
    first, again, other = (chance.stream(subject).random(4) for subject in ("cases", "cases", "level"))
    assert (first == again).all()
    assert not np.isclose(first, other).any()


@pytest.mark.parametrize("name", ["pks-2021.parquet", "befragung-2017.csv", "register.csv", "ordnungsamt-2025.parquet"])
def test_a_file_is_the_same_letter_by_letter(town, frame, tmp_path, name):
    for folder, this in (("one", town), ("two", Town.imagine(frame))):
        (tmp_path / folder).mkdir()
        piece = next(piece for piece in pieces(this) if piece.name == name)
        piece.write(tmp_path / folder / name)
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_wave_does_not_depend_on_the_others(frame):
    last = plain.rows("wellen")[-1]
    assert survey.wave_table(last, frame).equals(survey.wave_table(last, frame))
