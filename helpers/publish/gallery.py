"""Gallery: one page to look through the figures of a folder, each with its files and the sentences behind it."""

from urllib.parse import quote

from helpers.analysis.selection import Study
from helpers.publish.evidence import show_controls
from helpers.publish.links import FOLDER, INDEX, anchor_claim, link_anchor
from helpers.publish.pages import render_page
from helpers.publish.snippets import escape_markdown

FILES = {
    "svg": "SVG",
    "pdf": "PDF",
    "png": "PNG",
    "csv": "data (CSV)",
    "json": "marks and quotes (JSON)",
    "md": "snippet to embed",
}


def render_gallery(study: Study, figures: dict[str, dict], endings: dict[str, list[str]]) -> bytes:
    """The page index.html of a figures folder: every figure large, in the order of `figures` (stem → its .json), under
    its computed title, with caption, files and the quotes behind it, each linked to its place in the evidence.

    `endings`: stem → which of svg, pdf, png, csv, json and md there are. A figure is shown as SVG, with the PNG for
    who cannot; without SVG as PNG; without both only its words and files are.
    """
    shown = [
        describe_figure(study, stem, figure, endings[stem]) for stem, figure in figures.items()
    ]
    return render_page(
        "gallery.html",
        corpus=study.settings["title"],
        remark=study.remark,
        evidence=f"{FOLDER}/{INDEX}",
        figures=shown,
    )


def describe_figure(study: Study, stem: str, figure: dict, endings: list[str]) -> dict:
    """A figure as the gallery shows it: its words, the addresses of its files, and its quotes in reading order, each once."""
    files = {ending: f"{quote(stem)}.{ending}" for ending in FILES if ending in endings}
    quotes = {
        (claim["document"], claim["start"], claim["claim"]): claim
        | {"anchor": anchor_claim(claim["claim"])}
        for mark in figure["marks"]
        for claim in mark["claims"]
    }
    quotes |= {
        (mark["documents"][0], mark["reading"]["start"], mark["mark"]): mark["reading"]
        | {
            "document": mark["documents"][0],
            "claim": mark["mark"],
            "anchor": anchor_claim(mark["mark"]),
        }
        for mark in figure["marks"]
        if "reading" in mark
    }
    return {
        "stem": stem,
        "title": figure["title"],
        "alt": figure["alt"],
        "caption": figure["caption"].removeprefix(f"{figure['title']}. "),
        "refused": figure["refused"],
        "svg": files.get("svg"),
        "png": files.get("png"),
        "files": [(FILES[ending], address) for ending, address in files.items()],
        "quotes": [
            row | {"href": link_anchor(study, row["anchor"], row["document"])}
            for _, row in sorted(quotes.items())
        ],
    }


def compose_readme(study: Study, figures: dict[str, dict], endings: dict[str, list[str]]) -> bytes:
    """The gallery as README.md, for who looks through the folder on a code host: every picture with its files."""
    parts = [
        f"# Figures: {escape_markdown(study.settings['title'])}",
        "",
        "Generated from the claims of the corpus; do not edit. Each figure is a family of files with one stem:",
        "`.svg` `.pdf` `.png` the picture, its marks linked, `.csv` the plotted rows, `.json` every mark with its claims, quotes and spans, `.md` snippets to embed.",
        "",
        "[index.html](index.html) shows them in a browser, [evidence](evidence/index.html) the sentences behind them; [claims.jsonld](claims.jsonld) holds the claims as W3C Web Annotations.",
        "",
    ]
    for stem, figure in figures.items():
        claims = {claim["claim"] for mark in figure["marks"] for claim in mark["claims"]}
        picture = (
            [f"![{escape_markdown(figure['alt'])}]({stem}.png)", ""]
            if "png" in endings[stem]
            else []
        )
        links = " · ".join(f"[{ending}]({stem}.{ending})" for ending in endings[stem])
        parts += [
            f"## {escape_markdown(figure['title'])}",
            "",
            *picture,
            f"{links} · {len(figure['marks'])} marks, {len(claims)} claims",
            "",
        ]
    return show_controls("\n".join(parts)).encode()
