"""Page: the report as one web page that proves itself, with pictures, data and evidence inside.

It asks for nothing, anywhere: what it shows stands in it, and a policy forbids the rest. A click on
a mark brings up its sentence in its text, and the page computes the checksum of every text and
quote again and says which is not what it was.
"""

import base64
import hashlib
import mimetypes
import re
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from helpers.charts.look.style import find_style
from helpers.publish.escaping import show_controls
from helpers.publish.evidence.texts import Span, cut_text
from helpers.publish.formats.svg import SVG, XLINK, compose_faces
from helpers.publish.links import anchor_claim, anchor_document, anchor_mark
from helpers.publish.report.backmatter import describe_origin
from helpers.publish.report.convert import House, convert_markdown, read_title
from helpers.publish.report.draft import Draft, ReportError, compute_sum
from helpers.publish.report.pictures import FONT, Picture
from helpers.publish.templating import TEMPLATES, open_templates

LARGEST = 2_000_000  # bytes: what a mail takes, and a phone opens
PLACE = "the evidence stands here"
GROUPS = ("group", "derived")  # marks that lead to a list of sentences


def convert_page(
    draft: Draft, markdown: str, house: House, texts: str, own: Iterable[Path] = ()
) -> bytes:
    """The page. `texts`: "whole", or "quotes", which holds of the texts the sentences cited with
    one before and one after; whole texts too long for a page are quoted too, and it says so. `own`:
    pictures of the author's. Raises ReportError where a page would still be too large."""
    script = (TEMPLATES / "proof.js").read_text("utf-8")
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = convert_markdown(
        f"{markdown}\n\n{PLACE}\n",
        "html5",
        "--wrap=none",
        f"--template={house.html}",
        f"--metadata=pagetitle:{read_title(draft, markdown)}",
        f"--variable=script-sum:{allowed}",
        "--default-image-extension=png",
    ).decode()
    taken = "|".join(["annex", "methods", "texts", "proof", "source", *map(re.escape, draft.shown)])
    page = re.sub(rf'(<h\d) id="(?:{taken})"', r"\1", page)  # two places would have one name
    page = show_pictures(draft, page, own)
    ways = [(texts, "")] + [("quotes", "They are too long to stand here whole.")]
    for kept, why in ways:
        whole = page.replace(f"<p>{PLACE}</p>", write_evidence(draft, kept, why, script))
        data = link_inside(whole).encode("utf-8", "replace")
        if len(data) <= LARGEST:
            return data
    raise ReportError(
        f"the page would have {len(data) / 1e6:.1f} MB, and at most {LARGEST / 1e6:g} fit into a "
        "mail; show fewer figures, or select fewer texts or days (since, until, documents)"
    )


# --- figures -------------------------------------------------------------------------------------


def show_pictures(draft: Draft, page: str, own: Iterable[Path]) -> str:
    """The page with every picture in it: each figure as SVG in two widths, followed by its rows and
    the sentences behind its marks; the author's own as they are."""
    frame = open_templates().get_template("drawn.html")
    names = {  # a reading that quotes what a claim quotes stands there as that claim
        anchor_claim(row.mark): anchor_claim(row.name) for row in draft.readings.itertuples()
    }
    for number, stem in enumerate(draft.shown, 1):
        picture = draft.pictures[stem]
        behind = frame.render(
            number=number,
            stem=stem,
            marks=list_marks(stem, picture, names),
            rows=encode(picture.rows),
        )
        drawn = (
            f'<div class="sheet broad">{inline_svg(picture.svg, stem, picture, names)}</div>'
            f'<div class="sheet narrow">{inline_svg(picture.narrow, stem, picture, names)}</div>'
        )
        shown = rf'<img\s+src="{re.escape(stem)}\.png"[^>]*>'
        before, _, after = re.split(f"({shown})", page, maxsplit=1)
        caption, end, after = after.partition("</figure>")
        page = f"{before}{drawn}{caption}{end}{behind}{after}"
    for file in own:
        kind = mimetypes.guess_type(file.name)[0] or "image/png"
        data = f'src="data:{kind};base64,{encode(file.read_bytes())}"'
        page = page.replace(f'src="{quote(file.name)}"', data)
        page = page.replace(f'src="{escape(file.name)}"', data)
    return page


def encode(data: bytes) -> str:
    """Bytes as an address holds them."""
    return base64.b64encode(data).decode()


def list_marks(stem: str, picture: Picture, names: dict[str, str]) -> list[dict[str, Any]]:
    """The marks of a figure: anchor, words, and the claims or readings behind each."""
    return [
        {
            "anchor": anchor_mark(stem, mark["mark"]),
            "words": mark["words"] or mark["mark"],
            "names": [anchor_claim(claim["claim"]) for claim in mark["claims"]]
            + ([names[anchor_claim(mark["mark"])]] if mark["kind"] == "reading" else []),
        }
        for mark in picture.marks
    ]


def inline_svg(svg: str, stem: str, picture: Picture, names: dict[str, str]) -> str:
    """A picture as a part of the page: its ids its own, its rules for itself alone, each mark a
    link within the page with its words as name."""
    from lxml import etree

    root = etree.fromstring(svg.encode())
    own = root.get("id")
    root.set("role", "group")  # an img would hide its links
    for part in list(root.iter(f"{{{SVG}}}metadata")):
        part.getparent().remove(part)
    kinds = {mark["mark"]: mark["kind"] for mark in picture.marks}
    for link in root.iter(f"{{{SVG}}}a"):
        mark = link.getparent().get("id").removeprefix("mark-")
        address = unquote(link.attrib.pop(f"{{{XLINK}}}href").partition("#")[2])
        if kinds.get(mark) in GROUPS and "." in address:
            address = anchor_mark(stem, mark)
        address = names.get(address, address)
        link.attrib.pop("target")
        link.set("href", "#" + quote(address, safe=""))
        link.set("aria-label", link.findtext(f"{{{SVG}}}title"))
    for node in root.iter():
        name = node.get("id", "")
        if name and not name.startswith(own):
            node.set("id", f"{own}-{name}")
        for key, value in node.attrib.items():
            if key == f"{{{XLINK}}}href" and value.startswith("#"):
                node.set(key, f"#{own}-{value[1:]}")
            elif "url(#" in value:
                node.set(key, value.replace("url(#", f"url(#{own}-"))
    for style in root.iter(f"{{{SVG}}}style"):
        style.text = style.text.replace("*{", f"#{own} *{{", 1)
    return etree.tostring(root, encoding="unicode")


# --- evidence ------------------------------------------------------------------------------------


def write_evidence(draft: Draft, texts: str, why: str, script: str) -> str:
    """The texts behind the report, whole or as the sentences cited, each with its checksum; the
    letters of the pictures; the script that checks and shows them."""
    from markupsafe import Markup

    letters = set("".join(re.findall(r">([^<]+)<", "".join(_list_svgs(draft)))))
    faces = dict.fromkeys([(400, "normal"), (700, "normal"), (400, "italic")], letters)
    return (
        open_templates()
        .get_template("proof.html")
        .render(
            texts=describe_texts(draft, texts == "whole"),
            whole=texts == "whole",
            why=why,
            style=Markup((TEMPLATES / "proof.css").read_text("utf-8")),
            faces=Markup(compose_faces(FONT, faces, find_style(draft.study).fonts)),
            script=Markup(script),
        )
    )


def _list_svgs(draft: Draft) -> list[str]:
    return [
        svg
        for stem in draft.shown
        for svg in (draft.pictures[stem].svg, draft.pictures[stem].narrow)
    ]


def describe_texts(draft: Draft, whole: bool) -> list[dict[str, Any]]:
    """The texts that something in the report rests on, each with its parts: the whole, or every
    sentence cited between its neighbours."""
    cited = draft.evidence.loc[list(draft.numbers)]
    rows, found = defaultdict(list), []
    for row in cited.itertuples():
        rows[row.doc_id].append(row)
    named = {
        document
        for stem in draft.shown
        for mark in draft.pictures[stem].marks
        for document in mark["documents"]
    }
    for document in draft.study.documents.itertuples():
        if document.doc_id not in rows and document.doc_id not in named:
            continue
        text, claims = show_controls(document.text), rows[document.doc_id]
        bounds = [(0, len(text), 0, len(text))]
        if not whole:
            bounds = sorted({(row.first, row.last, row.begin, row.stop) for row in claims})
        total = compute_sum(text)
        found.append(
            {
                "anchor": anchor_document(document.doc_id),
                "title": f"{document.doc_id} {document.title}",
                "origin": describe_origin(document),
                "url": getattr(document, "url", ""),
                "sum": total if whole else "",
                "same": total == document.sha256,
                "parts": [cut_part(text, claims, *bound) for bound in bounds],
            }
        )
    return found


def cut_part(
    text: str, claims: list, first: int, last: int, begin: int, stop: int
) -> dict[str, Any]:
    """A stretch of a text, `before` and `after` it the neighbours: its segments with the quotes
    marked, its checksum, and of each quote, by anchor, where it stands in it and its checksum."""
    inside = [row for row in claims if first <= row.start and row.end <= last]
    spans = [Span(row.start, row.end, "claims", anchor_claim(row.Index)) for row in inside]
    spans += [
        Span(int(row.number_start), int(row.number_start) + len(row.number), "numbers", "")
        for row in inside
        if row.number
    ]
    moved = [span._replace(start=span.start - first, end=span.end - first) for span in spans]
    words = text[first:last]
    return {
        "before": keep_ends(text[begin:first]),
        "after": keep_ends(text[last:stop]),
        "sum": compute_sum(words),
        "segments": [
            segment | {"words": keep_ends(segment["words"])}
            for paragraph in cut_text(words, moved)
            for segment in paragraph
        ],
        "quotes": {
            span.value: (span.start, span.end, compute_sum(words[span.start : span.end]))
            for span in moved
            if span.kind == "claims"
        },
    }


def keep_ends(words: str):
    """Words as HTML that keeps carriage returns, which a page would make line feeds."""
    from markupsafe import Markup

    return Markup(escape(words).replace("\r", "&#13;"))


def link_inside(page: str) -> str:
    """The page, its links to evidence pages leading to the evidence in it."""
    anchors = set(re.findall(r'\sid="([^"]*)"', page))

    def lead(link: re.Match) -> str:
        anchor = escape(unquote(link[1]))
        return f'href="#{quote(unquote(link[1]), safe="")}"' if anchor in anchors else link[0]

    return re.sub(r'href="[^"#]*\.html#([^"]*)"', lead, page)
