"""The theme of the pages is the palette of the figures, and every text on it can be read."""

import tomllib
from pathlib import Path

import pytest

from sipa_data.figures.palette import DARK, LIGHT, contrast

CONFIG = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES = [("light", LIGHT), ("dark", DARK)]


@pytest.mark.parametrize(("name", "palette"), THEMES)
def test_the_theme_has_the_colours_of_the_figures(name, palette):
    theme = CONFIG["theme"][name]
    assert theme["backgroundColor"] == palette.paper
    assert theme["textColor"] == palette.ink
    assert theme["borderColor"] == palette.hairline
    assert theme["primaryColor"] == theme["linkColor"] == theme["blueColor"] == palette.blue
    assert theme["greenTextColor"] == theme["greenColor"] == palette.favourable
    assert theme["orangeTextColor"] == theme["orangeColor"] == palette.unfavourable
    assert theme["grayTextColor"] == theme["grayColor"] == palette.muted


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("colour", ["textColor", "linkColor", "greenTextColor", "orangeTextColor", "grayTextColor"])
@pytest.mark.parametrize("paper", ["backgroundColor", "secondaryBackgroundColor"])
def test_every_text_colour_has_the_contrast_that_wcag_asks_for(name, colour, paper):
    theme = CONFIG["theme"][name]
    assert contrast(theme[colour], theme[paper]) >= 4.5


def test_the_server_listens_on_this_machine_only_and_calls_nobody():
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["server"]["enableAgentApi"] is False
    assert not any("http" in str(value) for value in CONFIG["theme"].values())


def test_no_run_of_a_window_ends_beside_the_next_one_and_takes_its_click_away():
    assert CONFIG["runner"]["fastReruns"] is False
