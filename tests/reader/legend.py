"""Legends: the entry of a text names it rightly and looks as its marks do; so does the entry of a
style."""

import itertools
import re

import matplotlib.colors

from .canvas import (
    list_looks,
    list_marks,
    read_colour,
    read_face,
    read_legends,
    read_marker,
)
from .tables import Tables, split

ENTRY = re.compile(r"(\d+)\s+(.+)")
DRAWN = ("claim", "document", "reading", "group", "derived")
SIGNS = ("|", "_", "x")  # of ends and of stances: no text's own
# The words of a style's entry, and which claims wear it.
STYLES = {
    "reached": ("measure", ["reached"]),
    "entered": ("measure", ["entered"]),
    "captured": ("measure", ["captured"]),
    "left": ("measure", ["withdrawn"]),
    "withdrawn": ("measure", ["withdrawn"]),
    "withdrawal": ("measure", ["withdrawn"]),
    "killed": ("measure", ["killed"]),
    "displaced": ("measure", ["new_displacement", "forced_to_flee", "idps"]),
    "claimed": ("assertion", ["claimed", "denied", "expected"]),
    "party": ("assertion", ["claimed", "denied", "expected"]),
    "denied": ("assertion", ["denied", "expected"]),
    "expected": ("assertion", ["denied", "expected"]),
}


def check_documents(chart, tables: Tables) -> list[str]:
    """Each entry that names a text: number and title are of one text, colour and marker are its
    marks'."""
    titles = dict(zip(tables.documents["doc_id"], tables.documents["title"]))
    drawn, found = list_document_looks(chart, titles), []
    for label, handle in read_legends(chart):
        match = ENTRY.fullmatch(" ".join(label.split()))
        named = [key for key, title in titles.items() if is_title(label, title)]
        if not (match and match[1] in titles) and not named:
            continue
        key = match[1] if match and match[1] in titles else named[0]
        say = f'{chart.name}: the legend entry "{label}"'
        if match and not is_title(match[2], titles[key]):
            found.append(f"{say} gives text {key} a title that is not its own ({titles[key]})")
        looks = drawn.get(key, set())
        if not looks:
            found.append(f"{say} stands for no mark")
        for colour, marker in looks:
            if colour != read_colour(handle):
                found.append(f"{say} is {read_colour(handle)}, a mark of {key} is {colour}")
            if marker and marker not in SIGNS and marker != handle.get_marker():
                found.append(f'{say} has the marker "{handle.get_marker()}", a mark "{marker}"')
    return found


def is_title(words: str, title: str) -> bool:
    """Whether words are a title, or its beginning marked as cut."""
    words = " ".join(words.split())
    return words == title or (words.endswith("…") and title.startswith(words.rstrip(" …")))


def list_document_looks(chart, titles: dict[str, str]) -> dict[str, set]:
    """doc_id → the (colour, marker) that the marks of it alone wear; those in the ink of the title,
    and what is derived in a colour of its own, stand for no text in particular."""
    looks, ink = {}, matplotlib.colors.to_hex(chart.figure.texts[0].get_color())
    told = {
        read_colour(handle)
        for label, handle in read_legends(chart)
        if any(is_title(label.partition(" ")[2], title) for title in titles.values())
    }
    for row, artist in list_marks(chart):
        colour = read_colour(artist)
        if row.kind == "derived" and colour not in told:
            continue
        if row.kind in DRAWN and ";" not in row.documents and colour != ink:
            looks.setdefault(row.documents, set()).add((colour, read_marker(artist)))
    return looks


def check_styles(chart, tables: Tables) -> list[str]:
    """Each entry that names what happened or who stands behind it: the marks of such claims look
    like it, in what tells it from the other entries of its kind. What was captured before a small
    map's day is no mark on it."""
    claims = tables.claims.set_index("claim_id")
    entries, found = [], []
    for label, handle in read_legends(chart):
        words = re.findall(r"[a-z]+", label.lower())
        names = [word for word in words if word in STYLES]
        if names and not re.search(r"\bnot\b|proposed|\bbefore\b", label.lower()):
            entries.append((label, handle, *STYLES[names[0]]))
    worn = []
    for row, artist in list_marks(chart):
        ids = [key for key in split(row.claims) if key in claims.index]
        if row.kind in ("claim", "group") and ids:
            worn.append((row, artist, claims.loc[ids]))
    for one, other in itertools.combinations(entries, 2):
        if one[2] == other[2]:
            found += [f"{chart.name}: {fault}" for fault in compare_styles(one, other, worn)]
    for check in (check_dashes, check_crosses):
        found += [f"{chart.name}: {fault}" for fault in check(entries, worn)]
    return found


def compare_styles(one, other, worn) -> list[str]:
    """Two entries of one kind against their marks: what is wider, hatched, hollow or darker in the
    legend is so on the canvas, text by text."""
    looks = [list_looks(entry[1]) for entry in (one, other)]
    marks = [
        [
            (row.documents, list_looks(artist), row.mark_id)
            for row, artist, mine in worn
            if set(mine[column]) <= set(values) and set(mine["assertion"]) == {"reported"}
        ]
        for _, _, column, values in (one, other)
    ]
    found = []
    for left, right in itertools.product(*marks):
        same = ["light"] if left[0] == right[0] else []  # the colours of two texts differ anyhow
        for trait in ("width", "hatched", "hollow", *same):
            wanted = looks[0][trait] - looks[1][trait]
            drawn = left[1][trait] - right[1][trait]
            if abs(wanted) > 0.02 and wanted * drawn <= 0:
                found.append(
                    f'the legend tells "{one[0]}" from "{other[0]}" by {trait}, '
                    f"marks {left[2]} and {right[2]} do not"
                )
    return found[:1]


def check_dashes(entries, worn) -> list[str]:
    """An entry with a dashed edge for what a party says: dashed are the marks of such claims, and
    no others."""
    dashed = [
        entry for entry in entries if entry[2] == "assertion" and list_looks(entry[1])["dashed"]
    ]
    return [
        f"mark {row.mark_id} is {'' if looks['dashed'] else 'not '}dashed, and the legend "
        f'shows "{label}" so'
        for label, _, _, values in dashed
        for row, artist, mine in worn
        if row.kind == "claim"
        for looks in [list_looks(artist)]
        if looks["dashed"] != (mine["assertion"].iloc[0] in values)
    ][:1]


def check_crosses(entries, worn) -> list[str]:
    """An entry with a cross: crossed are the marks of such claims, and no others."""
    crossed = [entry for entry in entries if getattr(entry[1], "get_marker", str)() == "x"]
    return [
        f"mark {row.mark_id} is {'' if is_crossed else 'not '}crossed, and the legend "
        f'shows "{label}" so'
        for label, _, column, values in crossed
        for row, artist, mine in worn
        if row.kind == "claim"
        for is_crossed in [read_marker(artist) == "x"]
        if is_crossed != (mine[column].iloc[0] in values)
    ][:1]


def check_kinds(chart) -> list[str]:
    """Each entry that names a value of the table of marks (an account, a scope) by which marks are
    coloured: it has their colour."""
    faces, found = {}, []
    for row, artist in list_marks(chart):
        for column, value in row._asdict().items():
            if isinstance(value, str) and column not in ("mark_id", "claims", "documents", "words"):
                faces.setdefault((column, value), set()).add(read_face(artist))
    entries = dict(read_legends(chart))
    for column in {column for column, _ in faces}:
        worn = {value: looks for (name, value), looks in faces.items() if name == column}
        named = [value for value in worn if value in entries]
        if len(named) < 2 or any(len(looks) > 1 for looks in worn.values()):
            continue
        found += [
            f'{chart.name}: the legend entry "{value}" is {read_face(entries[value])}, '
            f"marks of {column} {value} are {min(worn[value])}"
            for value in named
            if read_face(entries[value]) not in worn[value]
        ]
    return found
