"""Every theme can be read: contrast as WCAG 2 reckons it, on every surface that text stands on."""

import pytest

from agentdesk.widgets.theme import THEMES

TEXTS = ("ink", "muted", "faint", "late", "soon", "here", "internal", "waiting")
SURFACES = ("background", "panel-1", "panel-2", "float", "cursor")
OWN = [one for one in THEMES.values() if not one.ansi]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_every_text_is_read_on_every_surface(theme):
    least = 7.0 if theme.name == "contrast" else 4.5
    surfaces = {"background": theme.background, **theme.variables}
    found = {
        (text, surface): contrast(theme.variables[text], surfaces[surface])
        for text in TEXTS
        for surface in SURFACES
    }
    found["here-text", "here"] = contrast(theme.variables["here-text"], theme.variables["here"])
    found |= {("background", on): contrast(theme.background, theme.variables[on]) for on in ("late", "soon")}
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least} == {}


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_no_two_meanings_have_one_colour_and_texts_have_three_steps(theme):
    colours = [theme.variables[one] for one in ("late", "soon", "here", "internal", "waiting")]
    assert len(set(colours)) == len(colours)
    steps = [contrast(theme.variables[one], theme.background) for one in ("ink", "muted", "faint")]
    assert steps == sorted(steps, reverse=True)
    assert min(steps[0] - steps[1], steps[1] - steps[2]) > 0.9


def test_contrast_is_reckoned_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
