"""Where a name beside a dot covers nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from sipa_data.figures.style import Spec

Box = tuple[float, float, float, float]
"""Left, bottom, width and height in pixels."""

ANCHORS = {-1: ("right", "top"), 0: ("center", "middle"), 1: ("left", "bottom")}
"""Side of the dot → anchors that put a label there, across and upright."""
SIDES = ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1))
"""Beside the dot first, then at its corners, then above and below."""


@dataclass(frozen=True)
class LabelPlace:
    """A place for a label and how Plotly puts it there."""

    box: Box
    anchors: Spec


def free_place(
    dot: tuple[float, float],
    distance: float,
    size: tuple[float, float],
    plot: tuple[float, float],
    taken: Iterable[Box],
) -> LabelPlace | None:
    """The first place around a dot where a label covers none of the taken boxes.

    Parameters
    ----------
    dot, plot : middle of the dot; width and height of the plot
    distance : from the middle of the dot to the label
    size : width and height of the label

    All in pixels. None where no place is free.
    """
    boxes = tuple(taken)
    for side, rise in SIDES:
        left = dot[0] + side * distance + size[0] * (side - 1) / 2
        bottom = dot[1] + rise * distance * (0.4 if side else 1) + size[1] * (rise - 1) / 2
        box = (left, bottom, *size)
        inside = left >= 0 and left + size[0] <= plot[0] and bottom >= 0 and bottom + size[1] <= plot[1]
        if inside and not any(overlap(box, other) for other in boxes):
            shift = {"xshift": distance * side, "yshift": distance * rise * (0.4 if side else 1)}
            return LabelPlace(box, {"xanchor": ANCHORS[side][0], "yanchor": ANCHORS[rise][1], **shift})
    return None


def overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
