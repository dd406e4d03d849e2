"""One sign has one meaning, and every sign and colour is told apart: on white, in grey, by people
who see fewer colours."""

import itertools
import re

import matplotlib.colors
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import load_strings
from helpers.charts.look.layout import start_plot
from helpers.charts.look.signs import (
    PALE,
    SIGNS,
    WORDED,
    draw_amount,
    draw_days,
    find_strength,
    style_days,
    style_dot,
)
from helpers.charts.look.theme import COLOUR, LOOKS, mix_pale
from helpers.schema.columns import VALUES

INK = ("text", "secondary", "advance", "casualties", "displacement", "party_text")
MARKS = ("advance", "casualties", "displacement", "second_side", "other_side", "party")


# --- colours, measured ---------------------------------------------------------------------------


def linear(colour: str) -> np.ndarray:
    """A colour as light: the sRGB values, linear."""
    values = np.array(matplotlib.colors.to_rgb(colour))
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def find_lightness(light: np.ndarray) -> float:
    """L* of CIELAB, 0 black to 100 white."""
    y = float(light @ (0.2126, 0.7152, 0.0722))
    return 116 * np.cbrt(y) - 16 if y > 216 / 24389 else 24389 / 27 * y


def measure_contrast(colour: str) -> float:
    """The contrast with white, as WCAG 2 has it."""
    return 1.05 / (float(linear(colour) @ (0.2126, 0.7152, 0.0722)) + 0.05)


# Machado, Oliveira and Fernandes 2009, severity 1
BLIND = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def find_lab(light: np.ndarray) -> np.ndarray:
    xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    ) @ np.clip(light, 0, 1)
    f = np.cbrt(xyz / (0.95047, 1.0, 1.08883))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def measure_difference(one: str, other: str, blind: str) -> float:
    """ΔE (CIE76) of two colours as somebody sees them."""
    eye = np.array(BLIND[blind])
    return float(np.linalg.norm(find_lab(eye @ linear(one)) - find_lab(eye @ linear(other))))


@pytest.mark.parametrize("role", MARKS)
def test_a_mark_stands_out_from_white(role):
    assert measure_contrast(COLOUR[role]) >= 3


@pytest.mark.parametrize("role", INK)
def test_words_can_be_read_on_white(role):
    assert measure_contrast(COLOUR[role]) >= 4.5


@pytest.mark.parametrize("role", ["casualties", "displacement"])
def test_a_bar_stands_out_from_the_shaded_days(role):
    assert measure_contrast(COLOUR[role]) / measure_contrast(COLOUR["period"]) >= 3


@pytest.mark.parametrize("role", ["casualties", "advance"])
def test_in_grey_what_a_party_says_differs(role):
    party, own = (find_lightness(linear(COLOUR[name])) for name in ("party", role))
    assert abs(party - own) >= 20


@pytest.mark.parametrize("blind", BLIND)
@pytest.mark.parametrize(
    ("one", "other"), list(itertools.combinations(("advance", "casualties", "displacement"), 2))
)
def test_what_is_counted_is_told_apart_by_people_who_see_fewer_colours(one, other, blind):
    assert measure_difference(COLOUR[one], COLOUR[other], blind) >= 15


@pytest.mark.parametrize("blind", BLIND)
def test_two_sides_are_told_apart_by_people_who_see_fewer_colours(blind):
    assert measure_difference(COLOUR["advance"], COLOUR["second_side"], blind) >= 20


def test_a_pale_fill_is_lighter_than_its_outline_in_grey():
    for role in ("casualties", "displacement", "party"):
        full, pale = (
            find_lightness(linear(colour))
            for colour in (COLOUR[role], mix_pale(COLOUR[role], PALE))
        )
        assert pale - full >= 15


# --- the table -----------------------------------------------------------------------------------


def test_every_wording_of_a_number_has_a_bar():
    assert set(WORDED) == set(VALUES["quantifier"]) - {"vague"}
    assert all(SIGNS[name].kind == "bar" for name in WORDED.values())


def test_no_two_bars_look_alike():
    bars = [SIGNS[name] for name in set(WORDED.values())]
    assert len({(bar.fill, bar.end) for bar in bars}) == len(bars)


def test_no_two_dots_of_a_kind_look_alike():
    for kind in ("dot", "place"):
        looks = [
            tuple(sorted((key, str(value)) for key, value in style_dot(name, "#000000", 6).items()))
            for name, sign in SIGNS.items()
            if sign.kind == kind
        ]
        assert len(set(looks)) == len(looks)


def test_every_sign_has_its_meaning_in_every_language():
    for language, words in load_strings().items():
        assert set(SIGNS) <= set(words), language


def test_the_meanings_in_the_table_are_those_of_the_english_key():
    words = load_strings()["en"]
    assert {name: words[name] for name in SIGNS} == {
        name: sign.says for name, sign in SIGNS.items()
    }


# --- what is drawn -------------------------------------------------------------------------------


@pytest.fixture
def plot(study):
    return start_plot(study, "signs")[1]


def make_claim(quantifier: str, low=None, best=None, high=None):
    values = {"low": low, "best": best, "high": high}
    row = {name: float("nan") if value is None else value for name, value in values.items()}
    return next(pd.DataFrame([{"claim_id": "x", "quantifier": quantifier, **row}]).itertuples())


CASES = {
    "exact": ("exact", 30, 30, 30),
    "more_than": ("more_than", 30, 30, None),
    "nearly": ("nearly", None, 30, 30),
    "up_to": ("up_to", None, None, 30),
    "about": ("about", None, 30, None),
    "between": ("between", 10, None, 30),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bar_is_as_long_as_its_number(plot, case):
    bar = draw_amount(plot, make_claim(*CASES[case]), (5, 10), 0.5, 2, "#9B1C31")
    assert (bar.get_x(), bar.get_width()) == (5, 15)


def list_extra(plot, case: str) -> tuple[int, int, int]:
    """(rectangles, chevrons, other lines) of a bar."""
    draw_amount(plot, make_claim(*CASES[case]), (5, 10), 0.5, 2, "#9B1C31")
    assert all(isinstance(patch, Rectangle) for patch in plot.patches)
    chevrons = [line for line in plot.lines if len(line.get_xdata()) == 3]
    return len(plot.patches), len(chevrons), len(plot.lines) - len(chevrons)


@pytest.mark.parametrize(
    ("case", "drawn"),
    [
        ("exact", (1, 0, 0)),
        ("more_than", (1, 1, 0)),
        ("nearly", (1, 0, 1)),
        ("up_to", (1, 0, 1)),
        ("about", (1, 0, 1)),
        ("between", (2, 0, 1)),
    ],
)
def test_the_end_of_a_bar_says_how_its_number_is_worded(plot, case, drawn):
    assert list_extra(plot, case) == drawn


@pytest.mark.parametrize("number", [1, 30, 746])
def test_a_chevron_stands_apart_from_its_bar_and_adds_little_to_any(plot, number):
    draw_amount(plot, make_claim("more_than", number, number, None), (5, 10), 0.5, 2, "#9B1C31")
    [chevron] = plot.lines
    near, far, end = chevron.get_xdata() - (5 + number * 0.5)
    assert near == end
    assert 0 < near < far <= 0.5 * 2


def test_about_has_no_stroke_at_its_end(plot):
    draw_amount(plot, make_claim(*CASES["about"]), (5, 10), 0.5, 2, "#9B1C31")
    [rim] = plot.lines
    assert list(rim.get_xdata()) == [20, 5, 5, 20]


def test_between_is_solid_to_the_low(plot):
    draw_amount(plot, make_claim(*CASES["between"]), (5, 10), 0.5, 2, "#9B1C31")
    pale, solid = plot.patches
    assert (pale.get_width(), solid.get_width()) == (15, 5)
    assert matplotlib.colors.to_hex(solid.get_facecolor()) == "#9b1c31"
    assert matplotlib.colors.to_hex(pale.get_facecolor()) != "#9b1c31"


def test_words_have_no_bar(plot):
    with pytest.raises(KeyError):
        draw_amount(plot, make_claim("vague"), (5, 10), 0.5, 2, "#9B1C31")


def test_one_day_is_dark_and_several_are_the_fainter_the_more_they_are(plot):
    strengths = [find_strength(days) for days in (1, 2, 10, 40)]
    assert strengths[0] == 1
    assert strengths == sorted(strengths, reverse=True)
    assert len(set(strengths)) == 4
    faces = [
        draw_days(plot, (0, days), 5, 2, style_days("#0078B8", days)).get_facecolor()
        for days in (1, 2, 10, 40)
    ]
    light = [find_lightness(linear(matplotlib.colors.to_hex(face))) for face in faces]
    assert light == sorted(light)
    assert all(bar.get_edgecolor() == faces[0] for bar in plot.patches)


# --- letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True)])
def test_all_digits_of_a_weight_are_equally_wide(bold, italic):
    widths = {round(measure_text(digit, 100, bold, italic), 0) for digit in "0123456789"}
    assert len(widths) == 1


@pytest.mark.parametrize(
    "words",
    ["ā ū ī ʿ ʾ ḥ ṣ ṭ ẓ ḍ ı ş ğ", "“” ‘’ – × ≈ ≥ → …", "Київ Їжак Донецьк", "Αθήνα", "الفاشر"],
    ids=["transliteration", "signs", "Cyrillic", "Greek", "Arabic"],
)
def test_names_of_other_scripts_have_letters(words):
    from fontTools.ttLib import TTFont

    from helpers.charts.look.fonts import TYPEFACES

    for weight in ("Regular", "Bold"):
        known = set()
        for family in ("Sans", "Arabic"):
            known |= set(TTFont(TYPEFACES / f"ElevenDays{family}-{weight}.ttf").getBestCmap())
        assert {letter for letter in words if ord(letter) not in known} == set()


def test_a_font_bears_no_reserved_name_and_its_licence_lies_beside_it():
    from fontTools.ttLib import TTFont

    from helpers.charts.look.fonts import TYPEFACES

    files = sorted(TYPEFACES.glob("*.ttf"))
    assert len(files) == 5
    assert sum(file.stat().st_size for file in files) < 1_100_000
    for file in files:
        names = [str(TTFont(file)["name"].getName(number, 3, 1)) for number in (1, 4, 6)]
        assert not any(re.search("Source|Noto", name) for name in names), names
        family = file.stem.partition("-")[0]
        assert "SIL Open Font License" in (TYPEFACES / f"LICENSE-{family}.txt").read_text("utf-8")


@pytest.mark.parametrize("width", LOOKS)
def test_no_size_is_below_what_can_be_read(width):
    look = LOOKS[width]
    sizes = [look.title, look.subtitle, look.label, look.number, look.date, look.foot]
    assert min(sizes) >= (12 if width == "slide" else 7)
    assert look.map >= (12 if width == "slide" else 6.5)
