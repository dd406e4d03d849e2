"""Style: a house's own looks, from style.toml in the folder of the corpus.

    language = "de"                      # a table of strings.toml
    foot = "© Example Institute"         # a line of its own below the note
    boundaries = "…"                     # the sentence that every map bears
    reference = "attacker won, 1939 to 1973"  # a row of advance/reference.toml, beside speeds
    [colours]                            # roles of theme.COLOUR
    displacement = "#005F86"
    [logo]
    file = "logo.png"
    corner = "right"                     # of the head: left or right

What would make a figure unreadable stops the run and names the pair: words need a contrast of 4.5
with white, marks one of 3, and what a party says must differ in grey from what was counted of the
dead.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from helpers.analysis.selection import Study
from helpers.schema.errors import CorpusError
from helpers.schema.files import is_inside
from helpers.schema.formatting import suggest

FILE = "style.toml"
KEYS = {
    "language": str,
    "foot": str,
    "boundaries": str,
    "reference": str,
    "colours": dict,
    "logo": dict,
}
CORNERS = ("left", "right")
WORDS_LEAST, MARKS_LEAST, GREY_LEAST = 4.5, 3.0, 20.0
OF_WORDS = ("text", "secondary", "advance", "casualties", "displacement", "party_text")
OF_MARKS = ("second_side", "other_side", "party")


@dataclass(frozen=True)
class Style:
    """What a house sets; empty where it leaves the project's own. logo: a picture; corner: of the
    head, where it stands."""

    language: str = "en"
    foot: str = ""
    boundaries: str = ""
    reference: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    logo: Path | None = None
    corner: str = "right"


def find_style(study: Study) -> Style:
    """The style of a study's corpus."""
    return load_style(study.folder)


@cache
def load_style(folder: Path) -> Style:
    """The style of a folder, its own colours laid over the project's. Raises CorpusError for all
    that is wrong in it, every fault at once."""
    file = folder / FILE
    if not file.exists():
        return Style()
    try:
        said = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{folder.name}/{FILE}: {error}; correct that line") from None
    faults = [*_find_unknown(said), *_find_wrong_words(said)] or [
        *_find_wrong_files(folder, said),
        *_find_wrong_colours(said),
    ]
    if faults:
        raise CorpusError("\n".join(f"{folder.name}/{FILE} {fault}" for fault in faults))
    logo = said.get("logo", {})
    return Style(
        said.get("language", "en"),
        said.get("foot", ""),
        said.get("boundaries", ""),
        said.get("reference", ""),
        said.get("colours", {}),
        folder / logo["file"] if logo else None,
        logo.get("corner", "right"),
    )


def _find_unknown(said: dict[str, Any]) -> list[str]:
    """Keys that there are not, and values of another kind."""
    from helpers.charts.theme import COLOUR

    faults = [f'knows no "{key}"{suggest(key, KEYS)}' for key in said if key not in KEYS]
    kinds = {str: "text; write it in quotes", dict: "table; write its keys below it"}
    for key, kind in KEYS.items():
        if key in said and not isinstance(said[key], kind):
            faults.append(f"{key} = {said[key]!r} is no {kinds[kind]}")
    allowed = {"colours": [*COLOUR], "logo": ["file", "corner"]}
    for table, keys in allowed.items():
        inside = said.get(table, {})
        for key, value in inside.items() if isinstance(inside, dict) else ():
            if key not in keys:
                faults.append(f'[{table}] knows no "{key}"{suggest(key, keys)}')
            elif not isinstance(value, str):
                faults.append(f"[{table}] {key} = {value!r} is no text; write it in quotes")
    return faults


def _find_wrong_words(said: dict[str, Any]) -> list[str]:
    """A language without its strings, a reference or a corner that there is not."""
    from helpers.charts.advance.reference import load_references
    from helpers.charts.language import load_strings

    faults, known = [], load_strings()
    language, logo = said.get("language", "en"), said.get("logo", {})
    if language not in known:
        faults.append(
            f'language = "{language}" has no table in strings.toml; {", ".join(known)} do'
        )
    reference, rows = said.get("reference"), list(load_references())
    if reference is not None and reference not in rows:
        faults.append(f'reference = "{reference}" is no row of reference.toml; {"; ".join(rows)}')
    if logo and "file" not in logo:
        faults.append("[logo] lacks file; write it there")
    if logo.get("corner", "right") not in CORNERS:
        faults.append(f'[logo] corner = "{logo["corner"]}" is neither left nor right')
    return faults


def _find_wrong_files(folder: Path, said: dict[str, Any]) -> list[str]:
    """A logo that is not there, lies outside the folder, or is no picture."""
    name = said.get("logo", {}).get("file")
    if name is None:
        return []
    file = folder / name
    if not is_inside(file) or not file.is_file():
        return [f'[logo] file = "{name}" is no file of this folder; put it there']
    if not _is_picture(file):
        return [f'[logo] file = "{name}" is no PNG; save it as one']
    return []


def _is_picture(file: Path) -> bool:
    return file.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def _find_wrong_colours(said: dict[str, Any]) -> list[str]:
    """Colours that are none, words and marks that do not stand out, greys that are alike."""
    from matplotlib.colors import is_color_like, to_hex

    from helpers.charts.theme import COLOUR

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
