"""Style: a house's own looks, from style.toml in the folder of the corpus, or from the file that
the parameter `style` names.

    language = "de"                      # a table of strings.toml
    foot = "© Example Institute"         # a line of its own below the note
    boundaries = "…"                     # the sentence that every map bears
    reference = "attacker won, 1939 to 1973"  # a row of advance/reference.toml, beside speeds
    [font]                               # TrueType files beside style.toml; italic may be missing
    regular = "House-Regular.ttf"
    bold = "House-Bold.ttf"
    [sizes]                              # points on paper: roles of theme.Look
    title = 15
    [colours]                            # roles of theme.COLOUR
    displacement = "#005F86"
    [format]                             # days and numbers, as strings.toml writes them
    thousands = " "
    day = "{day} {month}"
    [logo]
    file = "logo.png"
    corner = "right"                     # of the head: left or right

What would make a figure unreadable stops the run and names the pair: words need a contrast of 4.5
with white, marks one of 3, what a party says must differ in grey from what was counted of the
dead, and letters have their least and largest size.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from helpers.analysis.selection import Study
from helpers.corpus.folders import REPOSITORY
from helpers.schema.errors import CorpusError
from helpers.schema.formatting import suggest

FILE = "style.toml"
TEXT, TABLE = "text; write it in quotes", "table; write its keys below it"
KEYS: dict[str, tuple[type, str]] = {
    **dict.fromkeys(("language", "foot", "boundaries", "reference"), (str, TEXT)),
    **dict.fromkeys(("font", "sizes", "colours", "format", "logo"), (dict, TABLE)),
}
CORNERS = ("left", "right")
FORMATS = ("day", "day_year", "span", "span_month", "million", "thousands", "decimal")
WORDS_LEAST, MARKS_LEAST, GREY_LEAST = 4.5, 3.0, 20.0
OF_WORDS = ("text", "secondary", "advance", "casualties", "displacement", "party_text")
OF_MARKS = ("second_side", "other_side", "party")
SMALLEST = {"map": 6.5}  # points on paper, of names on maps; all else 7
LARGEST = 1.15  # times ours: more finds no room
NEEDED = "ABCXYZabcxyz0123456789.,–“”?ÄÖÜäöüß"  # letters that a font must have


@dataclass(frozen=True)
class Style:
    """What a house sets; empty where it leaves the project's own. fonts: regular, bold, italic →
    file. sizes: role → points on paper. format: how days and numbers are written. logo: a picture;
    corner: of the head, where it stands."""

    language: str = "en"
    foot: str = ""
    boundaries: str = ""
    reference: str = ""
    fonts: Mapping[str, Path] = field(default_factory=dict)
    sizes: Mapping[str, float] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    format: Mapping[str, str] = field(default_factory=dict)
    logo: Path | None = None
    corner: str = "right"


def find_style(study: Study) -> Style:
    """The style that a study asks for, else that of its corpus. Raises CorpusError for a file that
    is not there."""
    asked = study.parameters["style"]
    if not asked:
        return load_style(study.folder / FILE)
    for home in (Path(), REPOSITORY):
        file = home / Path(asked).expanduser()
        file = file / FILE if file.is_dir() else file
        if file.is_file():
            return load_style(file.resolve())
    raise CorpusError(
        f'style = "{asked}" is no file; name a style.toml, or "" for the one beside the texts'
    )


def load_style(file: Path) -> Style:
    """A style.toml, its own laid over the project's; ours where there is none. Raises CorpusError
    for all that is wrong in it, every fault at once."""
    if not file.exists():
        return Style()
    return _load_style(file, file.stat().st_mtime_ns)


@cache
def _load_style(file: Path, changed: int) -> Style:
    """A style.toml that was last changed then: read anew where somebody has written to it."""
    named, folder = f"{file.parent.name}/{file.name}", file.parent
    try:
        said = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{named}: {error}; correct that line") from None
    faults = [*_find_unknown(said), *_find_wrong_words(said)] or [
        *_find_wrong_files(folder, said),
        *_find_wrong_sizes(said.get("sizes", {})),
        *_find_wrong_colours(said),
    ]
    if faults:
        raise CorpusError("\n".join(f"{named} {fault}" for fault in faults))
    logo = said.get("logo", {})
    return Style(
        said.get("language", "en"),
        said.get("foot", ""),
        said.get("boundaries", ""),
        said.get("reference", ""),
        {face: folder / name for face, name in said.get("font", {}).items()},
        said.get("sizes", {}),
        said.get("colours", {}),
        said.get("format", {}),
        folder / logo["file"] if logo else None,
        logo.get("corner", "right"),
    )


def _find_unknown(said: dict[str, Any]) -> list[str]:
    """Keys that there are not, and values of another kind."""
    from helpers.charts.look.fonts import FACES
    from helpers.charts.look.theme import COLOUR, list_sizes

    faults = [f'knows no "{key}"{suggest(key, KEYS)}' for key in said if key not in KEYS]
    for key, (kind, words) in KEYS.items():
        if key in said and not isinstance(said[key], kind):
            faults.append(f"{key} = {said[key]!r} is no {words}")
    allowed = {
        "font": [*FACES],
        "sizes": [*list_sizes()],
        "colours": [*COLOUR],
        "format": [*FORMATS],
        "logo": ["file", "corner"],
    }
    for table, keys in allowed.items():
        inside = said.get(table, {})
        for key, value in inside.items() if isinstance(inside, dict) else ():
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if key not in keys:
                faults.append(f'[{table}] knows no "{key}"{suggest(key, keys)}')
            elif table == "sizes" and not is_number:
                faults.append(f"[{table}] {key} = {value!r} is no number; write it without quotes")
            elif table != "sizes" and not isinstance(value, str):
                faults.append(f"[{table}] {key} = {value!r} is no {TEXT}")
    return faults


def _find_wrong_words(said: dict[str, Any]) -> list[str]:
    """A language without its strings, a reference or a corner that there is not, a form of a day
    without its parts."""
    from helpers.charts.advance.reference import load_references
    from helpers.charts.look.language import load_strings

    faults, known = [], load_strings()
    language, logo, own = said.get("language", "en"), said.get("logo", {}), said.get("format", {})
    if language not in known:
        faults.append(
            f'language = "{language}" has no table in strings.toml; {", ".join(known)} do'
        )
    reference, rows = said.get("reference"), list(load_references())
    if reference is not None and reference not in rows:
        faults.append(f'reference = "{reference}" is no row of reference.toml; {"; ".join(rows)}')
    for key, words in own.items() if isinstance(own, dict) else ():
        if key in FORMATS and isinstance(words, str):
            parts = re.findall(r"\{\w*\}", known["en"][key])
            if sorted(re.findall(r"\{[^}]*\}?|\}", words)) != sorted(parts):
                needs = f"write it with {', '.join(parts)}" if parts else "write it without braces"
                faults.append(f'[format] {key} = "{words}" lacks a part; {needs}, each once')
    if isinstance(logo, dict) and logo and "file" not in logo:
        faults.append("[logo] lacks file; write it there")
    if isinstance(logo, dict) and logo.get("corner", "right") not in CORNERS:
        faults.append(f'[logo] corner = "{logo["corner"]}" is neither left nor right')
    return faults


def _find_wrong_files(folder: Path, said: dict[str, Any]) -> list[str]:
    """A logo or font that is not there, lies outside the folder, or is none."""
    faults, fonts = [], said.get("font", {})
    named = [(f"[font] {face}", name, _find_no_font) for face, name in fonts.items()]
    if "logo" in said:
        named.append(("[logo] file", said["logo"]["file"], _find_no_picture))
    for key, name, find in named:
        file = folder / name
        if not file.resolve().is_relative_to(folder.resolve()) or not file.is_file():
            faults.append(f'{key} = "{name}" is no file of this folder; put it there')
        elif wrong := find(file):
            faults.append(f'{key} = "{name}" {wrong}')
    lacking = [face for face in ("regular", "bold") if fonts and face not in fonts]
    return faults + [f"[font] lacks {face}; name its file there" for face in lacking]


def _find_no_picture(file: Path) -> str:
    return "" if file.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" else "is no PNG; save it as one"


def _find_no_font(file: Path) -> str:
    """What is wrong with a font; "" where nothing is."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file) as font:
            known = font.getBestCmap() if "glyf" in font else None
    except (TTLibError, OSError, KeyError, AssertionError, ValueError):
        known = None
    if not known:
        return "is no TrueType font; take its .ttf"
    missing = "".join(letter for letter in NEEDED if ord(letter) not in known)
    return f"has no letters {missing}; take one that has" if missing else ""


def _find_wrong_sizes(sizes: Mapping[str, float]) -> list[str]:
    """Letters that could not be read, or that would find no room."""
    from helpers.charts.look.theme import list_sizes

    faults = []
    for role, size in sizes.items():
        least, most = SMALLEST.get(role, 7.0), LARGEST * list_sizes()[role]
        if not least <= size <= most:
            faults.append(
                f"[sizes] {role} = {size:g} is not between {least:g} and {most:.1f} points on paper"
            )
    return faults


def _find_wrong_colours(said: dict[str, Any]) -> list[str]:
    """Colours that are none, words and marks that do not stand out, greys that are alike."""
    from matplotlib.colors import is_color_like, to_hex

    from helpers.charts.look.theme import COLOUR

    own = said.get("colours", {})
    faults = [
        f'[colours] {role} = "{value}" is no colour; write it as #0078B8'
        for role, value in own.items()
        if not is_color_like(value)
    ]
    if faults:
        return faults
    colours = {role: to_hex(value) for role, value in {**COLOUR, **own}.items()}
    for roles, least in ((OF_WORDS, WORDS_LEAST), (OF_MARKS, MARKS_LEAST)):
        for role in roles:
            contrast = 1.05 / (find_light(colours[role]) + 0.05)
            if contrast < least:
                faults.append(
                    f"[colours] {role} has a contrast of {contrast:.1f} with white, and needs "
                    f"{least}; take a darker one"
                )
    party, dead = (find_lightness(colours[role]) for role in ("party", "casualties"))
    if abs(party - dead) < GREY_LEAST:
        faults.append(
            f"[colours] party and casualties differ by {abs(party - dead):.0f} in lightness, and "
            f"need {GREY_LEAST:.0f}: printed in grey they are alike"
        )
    return faults


def find_light(colour: str) -> float:
    """How much light a colour gives back, 0 to 1 (relative luminance of sRGB, WCAG 2).

    >>> round(find_light("#ffffff"), 3), round(find_light("#0078B8"), 2)
    (1.0, 0.17)
    """
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values
    ]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear))


def find_lightness(colour: str) -> float:
    """L* of CIELAB, 0 black to 100 white."""
    light = find_light(colour)
    return 116 * light ** (1 / 3) - 16 if light > 216 / 24389 else 24389 / 27 * light
