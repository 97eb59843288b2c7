"""Every pair of colours that carries words can be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"

SURFACES = ["paper", "paper-shade", "paper-field"]
WORDS = [
    *[(ink, surface) for ink in ("ink", "ink-soft", "accent") for surface in SURFACES],
    *[(f"code-{kind}", "paper-shade") for kind in ("string", "keyword", "name", "comment")],
    ("accent-ink", "accent"),
    ("paper", "ink"),
    ("ink", "mark"),
]
DESK_WORDS = [
    *[(ink, surface) for ink in ("body-fg", "body-quiet-color", "link-fg") for surface in ("paper", "body-bg")],
    *[(ink, surface) for ink in ("body-fg", "body-quiet-color", "link-fg") for surface in ("darkened-bg",)],
    *[("body-fg", f"message-{kind}-bg") for kind in ("success", "warning", "error")],
    *[("link-fg", surface) for surface in ("selected-row", "selected-bg", "message-success-bg")],
    *[("button-fg", surface) for surface in ("button-bg", "button-hover-bg")],
    ("primary-fg", "accent"),
    ("error-fg", "body-bg"),
]


def colours(name, theme):
    """Return {variable: (red, green, blue)} of a style sheet, as by day (0) or by night (1)."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", (CSS / name).read_text("utf-8"))
    return {variable: channels(both[theme]) for variable, *both in pairs}


def channels(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return tuple(int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))


def luminance(colour):
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("name", "pairs"), [("causerie.css", WORDS), ("desk.css", DESK_WORDS)])
def test_words_stand_out_from_what_is_behind_them(name, pairs, theme):
    known = colours(name, theme)
    found = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(theme):
    known, desk = colours("causerie.css", theme), colours("desk.css", theme)
    assert contrast(known["line-field"], known["paper"]) >= 3
    assert contrast(known["line-field"], known["paper-field"]) >= 3
    assert contrast(desk["border-color"], desk["body-bg"]) >= 3
