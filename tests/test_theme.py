"""The theme's colours as people see them, by the contrast of WCAG 2.2 (1.4.3 for words, 1.4.11 for what is pushed)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

THEME = tomllib.loads((Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
WHITE = "#ffffff"  # the words on a main button, in both schemes; the ground of the light one
WORDS, SHAPES = 4.5, 3.0


@pytest.mark.parametrize(("scheme", "ground"), [("light", WHITE), ("dark", THEME["dark"].get("backgroundColor"))])
def test_a_picked_tab_a_main_button_and_the_edge_of_a_box_can_be_seen(scheme: str, ground: str) -> None:
    primary = THEME[scheme].get("primaryColor", THEME["primaryColor"])
    assert _contrast(primary, ground) >= WORDS
    assert _contrast(WHITE, primary) >= WORDS
    assert _contrast(THEME[scheme]["borderColor"], ground) >= SHAPES


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of a colour such as "#2f6fd0", from 0 to 1 (WCAG 2.2)."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
