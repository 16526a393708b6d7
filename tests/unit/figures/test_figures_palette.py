"""Colours can be read and told apart, on the light and on the dark page."""

import tomllib
from pathlib import Path

import pytest

from sipa_data.figures.palette import DARK, LIGHT, contrast, tint

TEXT, MARK = 4.5, 3.0  # WCAG 2.1, 1.4.3 and 1.4.11
THEMES = {"light": LIGHT, "dark": DARK}
CONFIG = Path(__file__).parents[3] / ".streamlit" / "config.toml"


def test_contrast_is_that_of_the_guideline():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1.0)
    # The example grey of WCAG's own explanations: #767676 is the lightest that passes 4.5 on white.
    assert contrast("#767676", "#ffffff") >= TEXT > contrast("#777777", "#ffffff")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("colour", ["ink", "muted", "blue", "favourable", "unfavourable"])
def test_text_can_be_read_on_the_paper(name, colour):
    theme = THEMES[name]
    assert contrast(getattr(theme, colour), theme.paper) >= TEXT


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("colour", ["blue", "grey", "favourable", "unfavourable", "muted"])
def test_marks_can_be_seen_on_the_paper(name, colour):
    theme = THEMES[name]
    assert contrast(getattr(theme, colour), theme.paper) >= MARK


@pytest.mark.parametrize("name", THEMES)
def test_the_line_can_be_seen_on_its_own_band(name):
    assert contrast(THEMES[name].blue, THEMES[name].band) >= MARK


@pytest.mark.parametrize("name", THEMES)
def test_letters_can_be_read_on_every_tile_there_can_be(name):
    theme = THEMES[name]
    worst = min(contrast(*tint(step / 1000, theme)) for step in range(1001))
    assert worst >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_a_higher_value_is_always_further_from_the_paper(name):
    theme = THEMES[name]
    steps = [contrast(tint(step / 50, theme)[0], theme.paper) for step in range(51)]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1]


def test_a_value_outside_the_scale_gets_the_tint_of_its_end():
    assert tint(-1, LIGHT) == tint(0, LIGHT)
    assert tint(2, LIGHT) == tint(1, LIGHT)


@pytest.mark.parametrize("name", THEMES)
def test_the_pages_have_the_colours_of_the_figures(name):
    page = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][name]
    theme = THEMES[name]
    assert (page["backgroundColor"], page["textColor"]) == (theme.paper, theme.ink)
    assert (page["primaryColor"], page["borderColor"]) == (theme.blue, theme.hairline)
    assert (page["greenColor"], page["orangeColor"]) == (theme.favourable, theme.unfavourable)
