"""Gallery: one page to look through the figures of a folder, each with its files and the sentences behind it."""

from pathlib import Path
from urllib.parse import quote

from helpers.analysis.selection import Study
from helpers.publish.evidence import show_controls
from helpers.publish.figures import load_figures
from helpers.publish.links import FOLDER, INDEX, anchor_claim, link_anchor
from helpers.publish.pages import render_page
from helpers.publish.snippets import escape_markdown
from helpers.schema.files import save_files
from helpers.schema.parameters import FORMATS

FILES = {
    "svg": "SVG",
    "pdf": "PDF",
    "png": "PNG",
    "csv": "data (CSV)",
    "json": "marks and quotes (JSON)",
    "md": "snippet to embed",
}

USAGE = Path(__file__).parent / "templates" / "figures.md"  # what README.md says below the figures


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
        "How to trace a mark, embed a figure and build a report is said below the figures.",
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
    return show_controls("\n".join([*parts, USAGE.read_text("utf-8")])).encode()


GENERATOR = (
    b'<meta name="generator" content="Eleven Days">'  # of helpers/publish/templates/page.html
)


def save_gallery(study: Study) -> Path:
    """Write what belongs to all figures of the study's folder: the gallery (index.html, README.md), the
    evidence pages, the claims as claims.jsonld; returns the gallery. A figure drawn before the corpus changed
    is in none of them until it is drawn again: its claims may be others now.

    Notebooks may run side by side and each writes these last: they are written again until no figure has
    changed meanwhile. Raises CorpusError when the folder cannot be written.
    """
    from helpers.publish.annotations import render_annotations

    # OWN from compose_readme, render_gallery
    from helpers.publish.pages import render_evidence as render_pages

    seen = None
    while seen != (
        figures := {
            stem: figure
            for stem, figure in load_figures(study.figures).items()
            if figure["corpus"]["sha256"] == study.checksum
        }
    ):
        seen = figures
        endings = {
            stem: [
                kind
                for kind in (*FORMATS, "csv", "json", "md")
                if (study.figures / f"{stem}.{kind}").exists()
            ]
            for stem in figures
        }
        files = {
            "README.md": compose_readme(study, figures, endings),
            "index.html": render_gallery(study, figures, endings),
            "claims.jsonld": render_annotations(study),
            **render_pages(study, figures),
        }
        save_files(
            study.figures,
            {name: data for name, data in files.items() if not _holds(study.figures / name, data)},
        )
        for page in (study.figures / FOLDER).glob("*.html"):
            if (
                f"{FOLDER}/{page.name}" not in files and GENERATOR in page.read_bytes()[:1000]
            ):  # what others put there stays
                page.unlink(missing_ok=True)
    return study.figures / "index.html"


def _holds(file: Path, data: bytes) -> bool:
    return file.exists() and file.read_bytes() == data
