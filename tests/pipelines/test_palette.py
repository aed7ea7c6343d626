"""The colours of pictures: contrast to both papers, and told apart also by those who see colours otherwise.

Matrices: Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), severity 1.0, applied
to linear RGB. Contrast: WCAG 2.2, relative luminance. Distance: CIE 1976 in L*a*b*, white point D65.
"""

import re
from itertools import pairwise

import numpy as np
import pytest

from pipelines.charts.palette import COLOURS, OUTLINED, style_sheet

SEEN_AS = {
    "everybody": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
CLASSES = ["class1", "class2", "class3", "class4"]
TOLD_APART = [
    ("actual", "flagged"),
    ("actual", "plan"),
    ("actual", "others"),
    ("actual", "paper"),
    ("zero", "nothing"),
    *(("zero", name) for name in CLASSES),
    *(("nothing", name) for name in CLASSES),
    *pairwise(CLASSES),
    ("plan", "class2"),
    ("plan", "nothing"),
]
"""Colours that stand in one picture and mean different things."""

LEAST = 12.0
"""Distance from which two patches side by side are clearly different; about five times a just visible one."""


def linear(colour):
    values = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    light, dark = sorted((float(TO_XYZ[1] @ linear(colour)) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    root = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_carries_meaning_has_a_contrast_of_three_to_one(scheme):
    paper = getattr(COLOURS["paper"], scheme)
    weak = {
        name: round(found, 2)
        for name, colour in COLOURS.items()
        if name not in OUTLINED and (found := contrast(getattr(colour, scheme), paper)) < 3
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_written_has_a_contrast_of_four_and_a_half_to_one(scheme):
    paper = getattr(COLOURS["paper"], scheme)
    for name in ("ink", "muted", "actual", "plan"):
        assert contrast(getattr(COLOURS[name], scheme), paper) >= 4.5, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SEEN_AS)
def test_colours_that_mean_different_things_look_different(scheme, sight):
    seen = {
        name: lab(np.array(SEEN_AS[sight]) @ linear(getattr(colour, scheme)))
        for name, colour in COLOURS.items()
    }
    close = {
        pair: round(found, 1)
        for pair in TOLD_APART
        if (found := float(np.linalg.norm(seen[pair[0]] - seen[pair[1]]))) < LEAST
    }
    assert close == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_classes_of_a_map_run_from_little_to_much_in_lightness_alone(scheme):
    """Printed in grey a map still says what is more."""
    lightness = [lab(linear(getattr(COLOURS[name], scheme)))[0] for name in ["nothing", *CLASSES]]
    steps = [after - before for before, after in pairwise(lightness)]
    assert all(step < -8 for step in steps) or all(step > 8 for step in steps)


def test_the_distance_knows_what_colour_vision_types_confuse():
    """A check of the check: a red and a green of equal lightness, clear to most, meet for two types."""
    red, green = linear("#c7522a"), linear("#7d7d00")
    apart = {
        sight: float(np.linalg.norm(lab(np.array(m) @ red) - lab(np.array(m) @ green)))
        for sight, m in SEEN_AS.items()
    }
    assert apart["everybody"] > 40 and apart["deuteranopia"] < apart["everybody"] / 2


def test_no_two_names_share_a_colour_and_every_scheme_exchanges_all():
    for scheme in ("light", "dark"):
        shades = [getattr(colour, scheme) for colour in COLOURS.values()]
        assert len(set(shades)) == len(shades)
    sheet = style_sheet()
    assert len(re.findall(r"@media screen", sheet)) == len(re.findall("@media", sheet)) == 2
    for colour in COLOURS.values():
        assert sheet.count(f'[fill="{colour.light}"]') == sheet.count(f'[stroke="{colour.light}"]') == 2
        assert f"fill:{colour.dark}" in sheet and f"stroke:{colour.forced}" in sheet
