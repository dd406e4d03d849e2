"""Figures: a chart becomes a family of files with one stem."""

import contextlib
import json
import re
from pathlib import Path

import pandas as pd

from helpers.charts import FIGURES
from helpers.charts.theme import Chart
from helpers.evidence import list_evidence, render_evidence
from helpers.links import FOLDER, link_mark
from helpers.parameters import FORMATS
from helpers.pictures import name_figure, render_chart, render_pixels
from helpers.places import split_values
from helpers.saving import finish_saving, save_files
from helpers.snippets import compose_snippets
from helpers.study import Study
from helpers.tables import compose_table

GENERATOR = b'<meta name="generator" content="Eleven Days">'  # of helpers/templates/page.html
PACKAGES = ["matplotlib", "numpy", "pandas", "seaborn"]


class Shown:
    """What a notebook displays of a saved chart: its finding as a heading, the picture, a sentence that
    reads it, the evidence; or the sentence that says why there is none."""

    def __init__(self, chart: Chart, picture: bytes = b""):
        self.chart, self.picture = chart, picture

    def _ipython_display_(self):
        from IPython.display import HTML, Image, Markdown, display

        if self.chart.figure is None:
            display(Markdown(self.chart.absence))
            return
        display(Markdown(f"### {self.chart.title}"))
        display(
            Image(
                self.picture or render_pixels(self.chart)[1],
                format="png",
                width=round(self.chart.width_mm / 25.4 * 96),
                alt=self.chart.alt,
            )
        )
        display(Markdown(self.chart.reading))
        display(HTML(render_evidence(self.chart)))


def show_findings(*charts: Chart):
    """The findings of a notebook as a list: each chart's title, or why it is not drawn."""
    from IPython.display import Markdown

    return Markdown("\n".join(f"- {chart.title or chart.absence}" for chart in charts))


def save_figure(chart: Chart) -> Shown:
    """Write the family of a chart (.svg .pdf .png as asked, .csv .json .md always) into the study's
    figures folder, all of it or nothing, and return what a notebook shows.

    Every file is rendered first, then written under a temporary name, then renamed: a run that stops
    half-way leaves the old family. Raises CorpusError when the folder cannot be written.
    """
    if chart.figure is None:
        return Shown(chart)
    stem = name_figure(chart)
    stale = list_stale(chart)
    files = {
        f"{stem}.{kind}": render_chart(chart, kind)
        for kind in ("pdf", "svg")
        if kind in chart.study.parameters["formats"]
    }
    printed, shown = render_pixels(
        chart
    )  # last: matplotlib then forgets the extents of all words, which a PDF needs
    files |= {f"{stem}.png": printed} if "png" in chart.study.parameters["formats"] else {}
    files[f"{stem}.csv"] = compose_table(chart.marks, float_format="%.15g").encode()
    files[f"{stem}.json"] = (
        json.dumps(describe_chart(chart), ensure_ascii=False, indent=1) + "\n"
    ).encode()
    files[f"{stem}.md"] = compose_snippets(chart).encode("utf-8", "replace")
    save_files(chart.study.figures, files)
    for file in stale:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    return Shown(chart, shown)


def list_stale(chart: Chart) -> list[Path]:
    """The pictures that an earlier run left under a chart's name in formats not asked for now, unless they
    show the same: a picture beside another chart's rows would be evidence of nothing."""
    other = [kind for kind in FORMATS if kind not in chart.study.parameters["formats"]]
    if not other:
        return []
    stem, folder = chart.study.figures / name_figure(chart), chart.study.figures
    old = stem.with_suffix(".json")
    try:
        same = json.loads(old.read_text("utf-8")) == json.loads(json.dumps(describe_chart(chart)))
    except (OSError, ValueError):
        same = False
    return [] if same else [folder / f"{stem.name}.{kind}" for kind in other]


def describe_chart(chart: Chart) -> dict:
    """What a chart's .json holds: words, parameters, corpus checksum, package versions, and the list
    mark → claim → document, span, quote. No time, no path, no Python version."""
    from importlib.metadata import version

    evidence = {row.claim_id: row for row in list_evidence(chart).itertuples()}
    return {
        "name": chart.name,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "caption": f"{chart.title}. {chart.subtitle} {chart.reading}",
        "sources": chart.sources,
        "left_out": [group._asdict() for group in chart.left_out],
        "refused": chart.refused,
        "parameters": {
            key: value
            for key, value in chart.study.parameters.items()
            if key not in ("corpus", "figures", "formats")
        },
        "corpus": {"title": chart.study.settings["title"], "sha256": chart.study.checksum},
        "packages": {name: version(name) for name in PACKAGES},
        "marks": [
            {
                "mark": row["mark_id"],
                "kind": row["kind"],
                "words": row.get("words", ""),
                "address": link_mark(chart.study, name_figure(chart), row),
                "documents": split_values(row["documents"]),
                "claims": [
                    {
                        "claim": claim,
                        "document": chart.study.by_claim[claim].doc_id,
                        **_quote(evidence[claim]),
                    }
                    for claim in split_values(row["claims"])
                ],
                **(
                    {"reading": _quote(evidence[row["mark_id"]])}
                    if row["kind"] == "reading"
                    else {}
                ),
            }
            for row in chart.rows
        ],
    }


def _quote(evidence) -> dict:
    return {
        "title": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }


def list_figures(*charts: Chart) -> pd.DataFrame:
    """What a notebook wrote. One row is one figure: figure (the stem), marks, claims, files (endings);
    charts that were not drawn are left out."""
    rows = [
        (
            name_figure(chart),
            len(chart.rows),
            len(chart.claim_ids),
            " ".join([*chart.study.parameters["formats"], "csv", "json", "md"]),
        )
        for chart in charts
        if chart.figure is not None
    ]
    return pd.DataFrame(rows, columns=["figure", "marks", "claims", "files"]).set_index("figure")


def list_left_out(chart: Chart) -> pd.DataFrame:
    """What a chart leaves out. One row is one kind of claims: kind (words), claims (how many), which (ids)."""
    rows = [(group.words, len(group.claims), ", ".join(group.claims)) for group in chart.left_out]
    return pd.DataFrame(rows, columns=["kind", "claims", "which"]).set_index("kind")


def load_figures(folder: Path) -> dict[str, dict]:
    """The figures that stand in a folder: stem → what its .json says, in the order of the gallery. A .json that
    is no figure's, or one of an earlier version whose marks have no address, is passed over."""
    finish_saving(folder)
    found = {}
    for file in sorted(folder.glob("*.json"), key=lambda file: _rank(file.stem)):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            figure = json.loads(file.read_text("utf-8"))
            found |= (
                {file.stem: figure}
                if all({"address", "words"} <= set(mark) for mark in figure["marks"])
                else {}
            )
    return found


def _rank(stem: str) -> tuple[int, str]:
    name = re.sub(r"_(column|slide)$", "", stem)
    return ([*FIGURES, name].index(name), stem)


def save_gallery(study: Study) -> Path:
    """Write what belongs to all figures of the study's folder: the gallery (index.html, README.md), the
    evidence pages, the claims as claims.jsonld; returns the gallery. A figure drawn before the corpus changed
    is in none of them until it is drawn again: its claims may be others now.

    Notebooks may run side by side and each writes these last: they are written again until no figure has
    changed meanwhile. Raises CorpusError when the folder cannot be written.
    """
    from helpers.annotations import render_annotations
    from helpers.gallery import compose_readme, render_gallery
    from helpers.pages import render_evidence as render_pages

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
