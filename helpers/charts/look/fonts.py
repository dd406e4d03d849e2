"""Fonts: the letters of the charts, how wide words are, and which parts of a font a file takes.

The fonts lie in typefaces/ and are registered by their path: the system is never asked, so every
machine sets the same words alike.

The words of a chart are measured once, at a scale of their own: SVG, PDF and PNG place them alike,
and matplotlib need not measure them for each format.

For every PDF matplotlib cuts the font anew and keeps its tables for setting text in all the world's
scripts. No PDF reader needs them, because the page says where each letter stands, and the cutting
took longer than the drawing.

A house may bring fonts of its own (style.toml). They stand before ours within `use_fonts`, under a
name made of their bytes, so that no font of that name on the machine is taken for them; a letter
they lack is ours.

Both replace functions of matplotlib that are not public, and only while a chart is drawn or saved.
Where a release of it has no such functions, or gives them other arguments, matplotlib's own stay:
drawing then takes longer.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

TYPEFACES = Path(__file__).parent / "typefaces"
FAMILIES = [
    "Eleven Days Sans",
    "Eleven Days Arabic",
]  # a letter is taken from the first that has it

OWN: ContextVar[tuple[str, ...]] = ContextVar("own", default=())  # families of a house, in use
FACES = {"regular": (400, "normal"), "bold": (700, "normal"), "italic": (400, "italic")}
Extent = tuple[float, float, float]  # width, height, descent

# outlines, widths, hints: what a viewer needs (ISO 32000-2, 9.9)
EMBEDDED = {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep", "CFF "}
USUAL = [  # European letters, ligatures, punctuation, arrows, signs
    *range(0x20, 0x250),
    *range(0xFB00, 0xFB07),
    *range(0x2010, 0x2060),
    *range(0x2190, 0x21A0),
    *range(0x2200, 0x2270),
]
HELD = re.compile(  # a number stays with its unit on one line, a day with its month
    r"(?<=\d) (?=to \d|km\b|million\b|thousand\b|mm\b|%|days?\b|texts?\b|more\b)"
    r"|(?<=\b\d) (?=[A-Z][a-z]{2}\b)|(?<=\b\d\d) (?=[A-Z][a-z]{2}\b)"
    r"|(?<=\b[A-Z][a-z]{2}) (?=\d{4}\b)|(?<=\d to) (?=\d)|(?<=\bthan) (?=\d)"
)


@cache
def register_fonts() -> None:
    """Make matplotlib know the fonts of typefaces/, under names that no installed font has."""
    from matplotlib.font_manager import fontManager

    for file in sorted(TYPEFACES.glob("*.ttf")):
        fontManager.addfont(file)


@contextmanager
def use_fonts(files: Mapping[str, Path]) -> Iterator[None]:
    """Within it, words are measured and drawn in the fonts of a house (face → file)."""
    token = OWN.set((register_house(*files.items()),) if files else ())
    try:
        yield
    finally:
        OWN.reset(token)


@cache
def register_house(*faces: tuple[str, Path]) -> str:
    """Make matplotlib know the fonts of a house; gives the one name that they bear there."""
    from matplotlib.font_manager import FontEntry, fontManager

    total = hashlib.sha256(b"".join(file.read_bytes() for _, file in faces))
    family = f"House {total.hexdigest()[:12]}"
    for face, file in faces:
        weight, slant = FACES[face]
        entry = FontEntry(str(file), name=family, style=slant, weight=weight, size="scalable")
        fontManager.ttflist.append(entry)
    return family


@cache
def measure_line(file: Path) -> float:
    """The height of a line of a font in sizes of its letters, as matplotlib takes it."""
    from fontTools.ttLib import TTFont

    with TTFont(file) as font:
        return (font["OS/2"].sTypoAscender - font["OS/2"].sTypoDescender) / font["head"].unitsPerEm


def list_families() -> list[str]:
    """The fonts in use, a house's own before ours."""
    return [*OWN.get(), *FAMILIES]


def _takes(function: Callable | None, *names: str) -> bool:
    """Whether a function is there, and takes just these arguments."""
    return callable(function) and [*inspect.signature(function).parameters] == [*names]


@contextmanager
def share_extents() -> Iterator[None]:
    """Within it, matplotlib measures a text once, without hinting, whatever it is drawn for."""
    from matplotlib import text

    name = "_get_text_metrics_with_cache"
    stock: Callable[..., Extent] | None = getattr(text, name, None)
    if stock is None or not _takes(stock, "renderer", "text", "fontprop", "ismath", "dpi"):
        yield
        return
    setattr(text, name, partial(_scale_extent, stock))
    try:
        yield
    finally:
        setattr(text, name, stock)


def _scale_extent(
    stock: Callable[..., Extent], renderer, text: str, fontprop, ismath, dpi: float
) -> Extent:
    if ismath:
        return stock(renderer, text, fontprop, ismath, dpi)
    wide, high, below = measure_extent(text, fontprop.copy())
    return wide * dpi / 72, high * dpi / 72, below * dpi / 72


@contextmanager
def space_evenly(line: float) -> Iterator[None]:
    """Within it, the lines of a text stand equally far apart; `line`: as measure_line gives it.
    matplotlib sets each by its ink: one with a “p” stands farther from the next."""
    from matplotlib.text import Text

    name = "_get_layout"
    stock = getattr(Text, name, None)
    if stock is None or not _takes(stock, "self", "renderer"):
        yield
        return
    setattr(Text, name, lambda text, renderer: _space(stock(text, renderer), text, line))
    try:
        yield
    finally:
        setattr(Text, name, stock)


def _space(layout: tuple, text: Text, line: float) -> tuple:
    """A layout of matplotlib with its lines one step apart, from the line that the text hangs on:
    the first of a text below its point, the last of one above."""
    box, lines, corner = layout
    spacing = text._linespacing  # type: ignore[attr-defined]
    if len(lines) < 2 or text.get_rotation() or not isinstance(spacing, float):
        return layout
    step = spacing * line * float(text.get_fontsize()) * text.figure.get_figure(root=True).dpi / 72
    heights = [place[-1][1] for place in lines]
    hangs = {"top": heights[0], "baseline": heights[-1] + step * (len(lines) - 1)}
    hangs["bottom"] = hangs["baseline"]
    middle = sum(heights) / len(lines) + step * (len(lines) - 1) / 2
    first: float = hangs.get(text.get_verticalalignment(), middle)
    even = [
        (*place[:-1], (place[-1][0], first - step * number)) for number, place in enumerate(lines)
    ]
    return box, even, corner


@cache
def measure_extent(words: str, font: FontProperties) -> Extent:
    """(width, height, descent) of a line in points. `font`: FontProperties that nobody changes."""
    from matplotlib.textpath import text_to_path

    return text_to_path.get_text_width_height_descent(words, font, False)


def measure_text(text: str, size: float, bold: bool = False, italic: bool = False) -> float:
    """The width of a line in points, in the charts' own font."""
    return _measure_text(text, size, bold, italic, (*list_families(),))


@cache  # the same words are measured again for every line they might stand on, in every figure
def _measure_text(
    text: str, size: float, bold: bool, italic: bool, families: tuple[str, ...]
) -> float:
    from matplotlib.font_manager import FontProperties

    register_fonts()
    font = FontProperties(
        family=families,
        size=size,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
    )
    return measure_extent(text, font)[0]


def wrap_text(text: str, size: float, width: float, bold: bool = False) -> str:
    """`text` broken into lines no wider than `width` points in the charts' own font. A word that is
    wider is broken after its hyphens, one without any stays whole."""
    blank, wide = measure_text(" ", size, bold), width
    lines: list[list[str]] = []
    for word in re.split(r"[ \n\t]+", HELD.sub("\u00a0", text.strip())):
        own = measure_text(word, size, bold)
        if own > width and "-" in word:
            *whole, word = _break_word(word, size, width, bold)
            lines += [[part] for part in whole]
            wide, own = width, measure_text(word, size, bold)
        wide += blank + own
        if wide > width:
            lines.append([word])
            wide = own
        else:
            lines[-1].append(word)
    return "\n".join(map(" ".join, lines)).replace("\u00a0", " ")


def _break_word(word: str, size: float, width: float, bold: bool) -> list[str]:
    """The parts of a word, broken after hyphens, that have room on a line each."""
    parts = [""]
    for part in re.findall(r"[^-]*-+|[^-]+", word):
        if parts[-1] and measure_text(parts[-1] + part, size, bold) > width:
            parts.append("")
        parts[-1] += part
    return parts


def cut_lines(text: str, size: float, width: float, most: int, bold: bool = False) -> str:
    """`text` in at most so many lines of `width` points; what does not fit is cut at a word, a lone
    word within it, and marked as cut."""
    words, block = text.split(" "), wrap_text(text, size, width, bold)
    while block.count("\n") >= most and len(words) > 1:
        words.pop()
        block = wrap_text(" ".join(words).rstrip(",;:·(– ") + " …", size, width, bold)
    lone = words[0] if len(words) == 1 else ""
    while len(lone) > 1 and not _fits(block, size, width, most, bold):
        lone = lone[:-1]
        block = wrap_text(f"{lone}…", size, width, bold)
    return block


def _fits(block: str, size: float, width: float, most: int, bold: bool) -> bool:
    """Whether lines are so many at most, and none is wider than `width` points."""
    lines = block.split("\n")
    return len(lines) <= most and all(measure_text(line, size, bold) <= width for line in lines)


def balance_text(text: str, size: float, width: float) -> str:
    """A bold heading broken into as few lines as fit, of about equal length: no orphaned last
    word."""
    block = wrap_text(text, size, width, True)
    lines = block.count("\n")
    while lines and wrap_text(text, size, width * 0.96, True).count("\n") == lines:
        width *= 0.96
        block = wrap_text(text, size, width, True)
    return block


@contextmanager
def embed_little() -> Iterator[None]:
    """Within it, matplotlib embeds fonts as cut_font cuts them."""
    from matplotlib.backends import _backend_pdf_ps as backend

    name = "get_glyphs_subset"
    stock = getattr(backend, name, None)
    if not (_takes(stock, "fontfile", "glyphs") and hasattr(backend, "SubsetResults")):
        yield
        return
    setattr(backend, name, cut_font)
    try:
        yield
    finally:
        setattr(backend, name, stock)


def cut_font(file, glyphs):
    """In place of matplotlib's own function: the font with these glyphs and no more. A PDF in
    English is cut from what cut_usual has left, in a tenth of the time."""
    from matplotlib.backends._backend_pdf_ps import SubsetResults

    usual, numbers = cut_usual(file)
    if set(glyphs) <= set(numbers):
        font, places = _cut(io.BytesIO(usual), [numbers[glyph] for glyph in glyphs])
        places = {glyph: places[numbers[glyph]] for glyph in glyphs}
    else:
        font, places = _cut(file, glyphs, file.face_index)
    return SubsetResults(font, places)._as_cm()


@cache
def cut_usual(file) -> tuple[bytes, dict[int, int]]:
    """(font, glyph → its number there): a font cut to the letters that English texts use."""
    from matplotlib.font_manager import get_font

    data, found = io.BytesIO(), get_font(file)
    font, places = _cut(file, {found.get_char_index(code) for code in USUAL}, file.face_index)
    with font:
        font.save(data, reorderTables=False)
    return data.getvalue(), places


def _cut(font, glyphs, face: int = 0):
    """(font with these glyphs alone, glyph → its number there)."""
    from fontTools import subset

    options = subset.Options(
        glyph_names=False, recommended_glyphs=True, layout_features=[], font_number=face
    )
    opened, cutter = subset.load_font(font, options), subset.Subsetter(options)
    options.drop_tables += set(opened.keys()) - EMBEDDED
    cutter.populate(gids=glyphs)
    cutter.subset(opened)
    return opened, cutter.glyph_index_map
