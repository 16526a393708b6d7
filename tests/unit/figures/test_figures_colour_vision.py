"""The colours of the house for colour-blind readers and in grey print, computed from the palette."""

from itertools import combinations

import numpy as np
import pytest

from sipa_data.figures.palette import DARK, LIGHT, tint

THEMES = {"light": LIGHT, "dark": DARK}
# How the three kinds of colour-blindness mix linear red, green and blue. Source: Machado, Oliveira, Fernandes (2009),
# severity 1.0.
SEEN = {
    "nobody colour-blind": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
APART = 20  # CIELAB; 2.3 is the least that people notice side by side (Mahy, Van Eycken, Oosterlinck 1994)
APART_IN_GREY = 10  # steps of lightness, of 100


def lab(colour, eye="nobody colour-blind"):
    """CIELAB of a colour as an eye sees it. Source: CIE 15, for D65."""
    channels = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    ratio = TO_XYZ @ np.clip(SEEN[eye] @ linear, 0, 1) / WHITE
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def lightness(colour):
    return lab(colour)[0]


def test_white_and_black_are_the_ends_of_lightness():
    assert lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#000000") == pytest.approx([0, 0, 0], abs=0.02)
    assert lightness("#777777") == pytest.approx(50.0, abs=0.1)  # the middle grey of sRGB


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", SEEN)
def test_favourable_unfavourable_and_no_judgement_are_apart_for_every_eye(theme, eye):
    found = THEMES[theme]
    for one, other in combinations((found.favourable, found.unfavourable, found.grey), 2):
        assert np.linalg.norm(lab(one, eye) - lab(other, eye)) >= APART


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", SEEN)
def test_the_few_that_are_spoken_of_are_apart_from_the_many_for_every_eye(theme, eye):
    found = THEMES[theme]
    assert np.linalg.norm(lab(found.blue, eye) - lab(found.grey, eye)) >= APART


@pytest.mark.parametrize("theme", THEMES)
def test_in_grey_print_a_judgement_is_told_from_its_opposite_and_from_none(theme):
    found = THEMES[theme]
    for one, other in combinations((found.favourable, found.unfavourable, found.grey), 2):
        assert abs(lightness(one) - lightness(other)) >= APART_IN_GREY
    assert abs(lightness(found.blue) - lightness(found.grey)) >= APART_IN_GREY


@pytest.mark.parametrize("theme", THEMES)
def test_in_grey_print_the_tints_of_a_map_keep_their_order(theme):
    steps = [lightness(tint(step / 20, THEMES[theme])[0]) for step in range(21)]
    assert steps == sorted(steps, reverse=theme == "light")
    assert abs(steps[0] - steps[-1]) >= 3 * APART_IN_GREY
