"""SVG: a chart whose text is text, with the letters it uses, and whose marks are links.

Words can be searched, selected and edited. The letters a chart uses are put into its file as fonts
under a name of their own, followed by the names of fonts that look like them; with the parameter
`svg_font` the name of a font that readers have stands there instead. A white edge round words is
painted under the same words (paint-order): a second text would be found, copied and read twice.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.charts.look.fonts import FACES as HOUSE_FACES
from helpers.charts.look.fonts import FAMILIES, TYPEFACES
from helpers.charts.look.style import find_style
from helpers.publish.escaping import show_controls
from helpers.publish.record import FigureRecord

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
WINDOW = "evidence"  # one window for all links: the next mark clicked moves it on, opens no other
STYLE = (
    "#{0}{{max-width:100%;height:auto}}#{0} text{{font-family:{1};white-space:pre}}"
    "#{0} a:hover,#{0} a:focus{{opacity:.6}}#{0} a:focus{{outline:1.5px solid #0072b2}}"
)
SIMILAR = [*FAMILIES, "Source Sans 3", "Source Sans Pro", "Noto Sans Arabic", "Arial", "sans-serif"]
FACES = {  # file → weight and style of its letters
    "ElevenDaysSans-Regular": (400, "normal"),
    "ElevenDaysSans-Bold": (700, "normal"),
    "ElevenDaysSans-Italic": (400, "italic"),
    "ElevenDaysArabic-Regular": (400, "normal"),
    "ElevenDaysArabic-Bold": (700, "normal"),
}
KEPT = ["kern", "mark", "mkmk", "ccmp", "init", "medi", "fina", "rlig", "liga"]  # of setting words
COMMON = {*range(0x20, 0x7F), *map(ord, "\u00a0·×–—‘’“”…→−≤≥")}
UPRIGHT = re.compile(r"rotate\(-?0[ ,]")
COMMANDS = re.compile(r" ?([A-Za-z]) ?")  # of a path, which need no blanks
FINE = re.compile(r"-?\d+\.\d{3,}")  # more digits than can be seen


class Halo(NamedTuple):
    """The edge round a text: its width in points, and its colour."""

    width: float
    colour: str


def render_svg(record: FigureRecord) -> bytes:
    """A chart as SVG, with title, description and role for screen readers, each mark a link with a
    tooltip, and nothing else in the way of a click."""
    buffer = io.BytesIO()
    with plain_texts(record) as halos:
        record.figure.savefig(buffer, format="svg", metadata={"Date": None})
    return link_svg(buffer.getvalue(), record, halos)


@contextmanager
def plain_texts(record: FigureRecord) -> Iterator[dict[str, Halo]]:
    """Within it, words with an edge are drawn without: matplotlib would draw their outlines. Gives
    id → edge, for the SVG to paint."""
    from matplotlib.text import Text

    edged = [text for text in record.figure.findobj(Text) if text.get_path_effects()]
    before = [(text.get_gid(), text.get_path_effects()) for text in edged]
    halos = {}
    for number, (text, (_, effects)) in enumerate(zip(edged, before)):
        about = getattr(effects[0], "_gc", {})
        halos[f"halo-{number}"] = Halo(about.get("linewidth", 2), about.get("foreground", "white"))
        text.set(gid=f"halo-{number}", path_effects=[])
    try:
        yield halos
    finally:
        for text, (gid, effects) in zip(edged, before):
            text.set(gid=gid, path_effects=effects)


def link_svg(svg: bytes, record: FigureRecord, halos: dict[str, Halo]) -> bytes:
    """An SVG as matplotlib wrote it, its marks linked and its letters put in."""
    from lxml import etree

    chart, stem = record.chart, record.stem
    root = etree.fromstring(
        show_controls(svg.decode("utf-8")).encode("utf-8"),
        etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True),
    )
    root.set("id", stem)
    root.set("role", "img")
    root.set("aria-labelledby", f"{stem}-title")
    root.set("aria-describedby", f"{stem}-desc")
    root.set("pointer-events", "none")  # a number written over a bar would swallow the click
    for name, text in (("desc", chart.alt), ("title", chart.title)):
        element = etree.Element(f"{{{SVG}}}{name}", id=f"{stem}-{name}")
        element.text = show_controls(text)
        root.insert(0, element)
    letters = _dress_texts(root, halos)
    font = chart.study.parameters["svg_font"]
    house = find_style(chart.study).fonts
    own = [font] if font else [f"{stem} letters"]
    own += [name_family(house["regular"])] if house else []
    families = ",".join(repr(name) for name in [*own, *SIMILAR[:-1]])
    style = root.find(f".//{{{SVG}}}style")
    looks = STYLE.format(stem, f"{families},{SIMILAR[-1]}")
    faces = "" if font else compose_faces(own[0], letters, house)
    style.text = style.text.strip() + looks + faces
    _link_marks(root, record)
    _round_paths(root)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _round_paths(root) -> None:
    """Lines to a hundredth of a point, without blanks that say nothing: matplotlib writes a
    millionth, half of a map."""
    for path in root.iter(f"{{{SVG}}}path"):
        fine = FINE.sub(lambda number: f"{round(float(number[0]), 2):g}", path.get("d", ""))
        path.set("d", COMMANDS.sub(r"\1", " ".join(fine.split())))


def _link_marks(root, record: FigureRecord) -> None:
    """Each mark becomes a link, with what else of it takes a click."""
    from lxml import etree

    groups = {group.get("id"): group for group in root.iter(f"{{{SVG}}}g")}
    for mark_id, address in record.links.items():
        group = groups[show_controls(f"mark-{mark_id}")]
        target = {f"{{{XLINK}}}href": address, "target": WINDOW, "pointer-events": "all"}
        link = etree.Element(f"{{{SVG}}}a", target)
        etree.SubElement(link, f"{{{SVG}}}title").text = record.tooltips[mark_id]
        link.extend(list(group))
        row = groups.get(show_controls(f"target-{mark_id}"))
        if row is not None:  # below the bar: words let the click through
            link[1:1] = list(row)
            row.getparent().remove(row)
        group.append(link)


def _dress_texts(root, halos: dict[str, Halo]) -> dict[tuple[int, str], set[str]]:
    """The family taken from every text (it stands in the style, once), and edges painted; gives
    (weight, style) → the letters in it."""
    letters: dict[tuple[int, str], set[str]] = {}
    for group in root.iter(f"{{{SVG}}}g"):
        edge = halos.get(group.get("id", ""))
        for text in group.findall(f"{{{SVG}}}text"):
            style = re.sub(r"\s*font-family:[^;]*;?", "", text.get("style", ""))
            if edge is not None:
                style = style.rstrip("; ") + (
                    f"; paint-order: stroke; stroke: {edge.colour}; "
                    f"stroke-width: {edge.width:g}px; stroke-linejoin: round"
                )
            text.set("style", style.strip())
            if UPRIGHT.match(text.get("transform", "")):  # as matplotlib writes of words not turned
                del text.attrib["transform"]
            for side in {"x", "y"} & set(text.attrib):
                text.set(side, FINE.sub(lambda number: f"{float(number[0]):.2f}", text.get(side)))
            weight = 700 if re.search(r"font-weight: ?(?:bold|[6-9]00)", style) else 400
            slant = "italic" if "italic" in style else "normal"
            letters.setdefault((weight, slant), set()).update(text.text or "")
    return letters


def list_faces(house: Mapping[str, Path]) -> list[tuple[Path, tuple[int, str]]]:
    """(file, weight and style) of the fonts in use, those of a house last; a house without italics
    sets them upright, as the chart was drawn."""
    ours = [(TYPEFACES / f"{file}.ttf", look) for file, look in FACES.items()]
    faces = {"italic": house["regular"], **house} if house else {}
    return ours + [(file, HOUSE_FACES[face]) for face, file in faces.items()]


def compose_faces(
    family: str, letters: dict[tuple[int, str], set[str]], house: Mapping[str, Path]
) -> str:
    """The letters as @font-face rules, a file of each weight and style that is used. house: the
    fonts of a house (face → file); ours then give the letters that those lack."""
    rules, own = [], find_letters(house["regular"]) if house else set()
    for file, (weight, slant) in list_faces(house):
        used = letters.get((weight, slant), set())
        font = cut_letters(file, frozenset(used if file in house.values() else used - own))
        if font:
            data = b64encode(font).decode()
            rules.append(
                f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{slant};"
                f"src:url(data:font/ttf;base64,{data})}}"
            )
    return "".join(rules)


@cache
def find_letters(file: Path) -> frozenset[str]:
    """The letters that a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(file) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def name_family(file: Path) -> str:
    """What a font calls its family, for whoever has it."""
    from fontTools.ttLib import TTFont

    with TTFont(file) as font:
        name = font["name"].getBestFamilyName() or ""
    return re.sub(r"[^\w .-]", "", name)


@cache
def cut_letters(file: Path, letters: frozenset[str]) -> bytes:
    """A font with these letters and no more; empty where it has none of them but blanks."""
    had = {ord(letter) for letter in letters & find_letters(file)}
    if not had - {0x20, 0xA0} or ("Arabic" in file.name and not _has_arabic(had)):
        return b""
    return _cut(io.BytesIO(cut_common(file)) if had <= COMMON else file, had)


@cache
def cut_common(file: Path) -> bytes:
    """A font cut to the letters of English texts. Those of a chart are cut from it in less than
    half the time, and are the same."""
    return _cut(file, COMMON & {ord(letter) for letter in find_letters(file)})


def _cut(file: Path | io.BytesIO, codes: set[int]) -> bytes:
    from fontTools import subset

    options = subset.Options(
        hinting=False, layout_features=KEPT, glyph_names=False, notdef_outline=True
    )
    options.drop_tables += ["FFTM", "PfEd", "TeX "]  # a font editor's own
    options.name_IDs = [1, 2]  # a browser takes no font without the table
    font = subset.load_font(str(file) if isinstance(file, Path) else file, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(codes))
    cutter.subset(font)
    buffer = io.BytesIO()
    font.recalcTimestamp = False
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()


def _has_arabic(codes: set[int]) -> bool:
    return any(0x0600 <= code <= 0x06FF or 0xFB50 <= code <= 0xFEFF for code in codes)
