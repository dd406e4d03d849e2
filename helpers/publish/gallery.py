"""Gallery: one page to look through the figures of a folder, each with its files and sentences."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from helpers.analysis.review import say_where_to_review
from helpers.analysis.selection import Study
from helpers.corpus.documents import list_unread
from helpers.publish.annotations import FILE, render_annotations
from helpers.publish.description import load_figures
from helpers.publish.escaping import escape_markdown, show_controls
from helpers.publish.evidence.pages import render_evidence_pages
from helpers.publish.history.news import STEM, News, find_news, render_news
from helpers.publish.history.states import save_state
from helpers.publish.links import FOLDER, INDEX, anchor_claim, link_anchor
from helpers.publish.tables import Listed, render_tables
from helpers.publish.templating import render_page
from helpers.schema.files import save_files
from helpers.schema.formatting import count
from helpers.schema.locks import is_last_turn

FILES = {  # ending → what the gallery calls such a file
    "svg": "SVG",
    "pdf": "PDF",
    "png": "PNG",
    "csv": "data (CSV)",
    "json": "marks and quotes (JSON)",
    "md": "snippet to embed",
}
BESIDE = ("displacement_over_time", "casualties_over_time", "advance_pace")
NUMBERS = 8  # addresses above the first figure
GENERATOR = b'<meta name="generator" content="Eleven Days">'  # stands in templates/page.html
HEAD = """\
Generated from the claims of the corpus; do not edit. \
Each figure is a family of files with one stem:
`.svg` `.pdf` `.png` the picture, its marks linked, `.csv` the plotted rows, \
`.json` every mark with its claims, quotes and spans, `.md` snippets to embed.
How to trace a mark, embed a figure and build a report is said below the figures.

[index.html](index.html) shows them in a browser, [evidence](evidence/index.html) the sentences \
behind them; [claims.jsonld](claims.jsonld) holds the claims as W3C Web Annotations.
"""
USAGE = Path(__file__).parent / "templates" / "figures.md"  # what README.md says below the figures


def render_gallery(
    study: Study,
    figures: dict[str, dict],
    endings: dict[str, list[str]],
    tables: Sequence[Listed] = (),
    news: News | None = None,
) -> bytes:
    """The page index.html of a figures folder: every figure large, in the order of `figures`
    (stem → its .json), under its computed title, with caption, files and the quotes behind it, each
    linked to its place in the evidence.

    `endings`: stem → which of svg, pdf, png, csv, json and md there are. A figure is shown as SVG,
    with the PNG for who cannot see that; without SVG as PNG; without both only its words and files
    are. On a phone its 85 mm picture is shown in its place, where there is one.

    The first figure stands at the head of the page, the addresses of its numbers above it and three
    more beside it (BESIDE, as far as they are there).
    """
    shown = [hang_figure(study, stem, figure, endings[stem]) for stem, figure in figures.items()]
    pictures = {figure["stem"]: figure for figure in shown if figure["svg"] or figure["png"]}
    for figure in shown:
        figure["narrow"] = pictures.get(f"{figure['stem']}_column")
    beside = sorted(shown[1:], key=lambda figure: not figure["stem"].startswith(BESIDE))[:3]
    return render_page(
        "gallery.html",
        corpus=study.settings["title"],
        remark=study.remark,
        review=say_where_to_review(study),
        unread=list_unread(study.documents),
        evidence=f"{FOLDER}/{INDEX}",
        texts=count(len(study.documents), "text"),
        numbers=list_numbers(next(iter(figures.values()), {"marks": []})),
        figures=shown,
        bare=study.parameters["frame"] == "none",  # no picture has its title in it
        beside=beside,
        others=[figure for figure in shown[1:] if figure not in beside],
        tables=tables,
        news=news,
    )


def list_numbers(figure: dict) -> list[tuple[str, str]]:
    """(words, address) of each mark of a figure that stands for one claim."""
    marks = [mark for mark in figure["marks"] if mark["kind"] == "claim"]
    return [(mark["words"], mark["address"]) for mark in marks[:NUMBERS]]


def hang_figure(study: Study, stem: str, figure: dict, endings: list[str]) -> dict[str, Any]:
    """A figure as the gallery shows it: its words, the addresses of its files, and its quotes in
    reading order, each once."""
    files = {ending: f"{quote(stem)}.{ending}" for ending in FILES if ending in endings}
    quotes = {}
    for mark in figure["marks"]:
        cited = list(mark["claims"])
        if "reading" in mark:
            [document] = mark["documents"]
            cited.append({"claim": mark["mark"], "document": document, **mark["reading"]})
        for claim in cited:
            address = link_anchor(study, anchor_claim(claim["claim"]), claim["document"])
            place = (claim["document"], claim["start"], claim["claim"])
            quotes[place] = claim | {"href": address}
    reading = figure["caption"].removeprefix(f"{figure['title']}. ")
    reading = reading.removeprefix(figure["subtitle"]).strip()
    return {
        "stem": stem,
        "title": figure["title"],
        "alt": figure["alt"],
        "caption": f"{figure['subtitle']}. {reading}",
        "refused": figure["refused"],
        "sources": figure.get("sources", ""),
        "svg": files.get("svg"),
        "png": files.get("png"),
        "files": [(FILES[ending], address) for ending, address in files.items()],
        "quotes": [row for _, row in sorted(quotes.items())],
    }


def compose_readme(
    study: Study,
    figures: dict[str, dict],
    endings: dict[str, list[str]],
    tables: Sequence[Listed] = (),
    news: News | None = None,
) -> bytes:
    """The gallery as README.md, for who looks through the folder on a code host: every picture with
    its files, and the tables."""
    parts = [f"# Figures: {escape_markdown(study.settings['title'])}", "", HEAD]
    if review := say_where_to_review(study):
        parts += [escape_markdown(review), ""]
    if unread := list_unread(study.documents):
        parts += ["Not read:", "", *(f"- {escape_markdown(line)}" for line in unread), ""]
    if news:
        parts += ["## What is new", "", escape_markdown(news.said), ""]
        parts += [f"[All of it, each with its sentence]({STEM}.html) · [CSV]({STEM}.csv)", ""]
    for stem, figure in figures.items():
        parts += [f"## {escape_markdown(figure['title'])}", ""]
        if "png" in endings[stem]:
            parts += [f"![{escape_markdown(figure['alt'])}]({stem}.png)", ""]
        claims = {claim["claim"] for mark in figure["marks"] for claim in mark["claims"]}
        links = " · ".join(f"[{ending}]({stem}.{ending})" for ending in endings[stem])
        parts += [f"{links} · {len(figure['marks'])} marks, {len(claims)} claims", ""]
    if tables:
        parts += ["## Tables", "", "Everything, also what no figure has room for:", ""]
        parts += [
            f"- {table.title}: [to sort and filter]({table.stem}.html), [CSV]({table.stem}.csv), "
            f"{count(table.rows, 'row')}"
            for table in tables
        ]
        parts += [""]
    return show_controls("\n".join([*parts, USAGE.read_text("utf-8")])).encode()


def save_gallery(study: Study) -> Path:
    """Write what belongs to all figures of the study's folder: the gallery (index.html, README.md),
    the evidence pages, the claims as claims.jsonld, what the corpus and its figures are now
    (save_state) and what has changed since; returns the gallery. A figure drawn before the
    corpus changed is in none of them until it is drawn again: its claims may be others now.

    Notebooks may run side by side and each writes these last: they are written again until no
    figure has changed meanwhile. Where a run of several expects that (helpers.run.notebooks), all
    but the last keep the state and leave the rest to it. Raises CorpusError when the folder cannot
    be written.
    """
    if not is_last_turn():
        save_state(study, load_drawn(study))
        return study.figures / "index.html"
    seen, figures = None, load_drawn(study)
    listed, tables = render_tables(study)
    while seen != figures:
        seen, endings = figures, list_endings(study.figures, list(figures))
        save_state(study, figures)
        news = find_news(study, figures)
        files = {
            "README.md": compose_readme(study, figures, endings, listed, news),
            "index.html": render_gallery(study, figures, endings, listed, news),
            FILE: render_annotations(study),
            **tables,
            **render_news(study, news),
            **render_evidence_pages(study, figures, news.said if news else ""),
        }
        changed = {
            name: data
            for name, data in files.items()
            if not _is_written(study.figures / name, data)
        }
        save_files(study.figures, changed)
        for page in (study.figures / FOLDER).glob("*.html"):
            ours = GENERATOR in page.read_bytes()[:1000]  # what others put there stays
            if ours and f"{FOLDER}/{page.name}" not in files:
                page.unlink(missing_ok=True)
        for name in (f"{STEM}.html", f"{STEM}.csv"):
            if name not in files:
                (study.figures / name).unlink(missing_ok=True)
        figures = load_drawn(study)
    return study.figures / "index.html"


def load_drawn(study: Study) -> dict[str, dict[str, Any]]:
    """The figures of the study's folder that were drawn from the corpus as it is now."""
    figures = load_figures(study.figures)
    return {
        stem: figure
        for stem, figure in figures.items()
        if figure["corpus"]["sha256"] == study.checksum
    }


def list_endings(folder: Path, stems: list[str]) -> dict[str, list[str]]:
    """stem → the endings of the files that a figure has there."""
    return {
        stem: [ending for ending in FILES if (folder / f"{stem}.{ending}").exists()]
        for stem in stems
    }


def _is_written(file: Path, data: bytes) -> bool:
    return file.exists() and file.read_bytes() == data
