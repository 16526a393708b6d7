"""The house colours: one ink, one grey, one hairline, one blue for data, and two colours for a judgement.

Figures lie on transparent paper, so each colour exists twice: for the light and for the dark page.
The theme of the pages takes its colours from here; a test computes their contrast.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Tone = Literal["favourable", "unfavourable", "neutral"]

DEEP_FROM = 0.6
"""Part of the scale from which tiles are deep: pale for the many, deep for the few."""


@dataclass(frozen=True)
class Colours:
    """The colours of one theme, as ``#rrggbb``.

    ``band`` and ``hairline`` are only background: what they show also stands in the table and in words.
    ``tints`` run from low to high; between the second and the third lies the stretch of middle tints
    on which neither dark nor light letters can be read, so no tile has one of them.
    """

    paper: str
    ink: str
    muted: str
    hairline: str
    grey: str
    blue: str
    band: str
    favourable: str
    unfavourable: str
    tints: tuple[str, str, str, str]
    on_low_tint: str
    on_high_tint: str

    def of_tone(self, tone: Tone) -> str:
        """Colour of a judgement. Neutral is grey: it makes none."""
        return {"favourable": self.favourable, "unfavourable": self.unfavourable, "neutral": self.grey}[tone]


LIGHT = Colours(
    paper="#ffffff",
    ink="#1c2126",
    muted="#667079",
    hairline="#d9dee2",
    grey="#838d95",
    blue="#0b5c8a",
    band="#cfe0ea",
    favourable="#00554d",
    unfavourable="#b34f12",
    tints=("#e9f0f5", "#6c9bb9", "#3b7aa2", "#0b5c8a"),
    on_low_tint="#1c2126",
    on_high_tint="#ffffff",
)
DARK = Colours(
    paper="#14181c",
    ink="#e8ecef",
    muted="#a0aab2",
    hairline="#39424a",
    grey="#808b94",
    blue="#6cb4e0",
    band="#22394a",
    favourable="#86e3d5",
    unfavourable="#f0955a",
    tints=("#1f2d37", "#3a779e", "#478ab6", "#8ac8ee"),
    on_low_tint="#ffffff",
    on_high_tint="#0d1216",
)


def colours(*, dark: bool) -> Colours:
    """The colours for a page in the dark theme, or in the light one."""
    return DARK if dark else LIGHT


def tint(fraction: float, theme: Colours) -> tuple[str, str]:
    """Fill of a tile and the colour of the letters on it.

    Parameters
    ----------
    fraction : where the value lies between the lower (0) and the upper end (1) of the scale
    theme : the colours of the page
    """
    place = min(max(fraction, 0.0), 1.0)
    first, second, third, fourth = theme.tints
    if place < DEEP_FROM:
        return _between(first, second, place / DEEP_FROM), theme.on_low_tint
    return _between(third, fourth, (place - DEEP_FROM) / (1 - DEEP_FROM)), theme.on_high_tint


def translucent(colour: str, opacity: float) -> str:
    """``#0b5c8a, 0.2`` → ``rgba(11,92,138,0.2)``"""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21. Source: WCAG 2.1, definition of contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.1, definition of relative luminance (sRGB)."""
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in _channels(colour))
    ]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[start:stop], 16) for start, stop in pairwise((1, 3, 5, 7)))
    return red, green, blue


def _between(start: str, end: str, share: float) -> str:
    mixed = (round(one + (other - one) * share) for one, other in zip(_channels(start), _channels(end), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
