"""Figures: a chart becomes a family of files with one stem."""

import contextlib
import json
import re
from pathlib import Path

import pandas as pd

from helpers.charts import FIGURES
from helpers.charts.chart import Chart
from helpers.corpus.places import split_values
from helpers.publish.evidence import list_evidence, render_evidence
from helpers.publish.links import link_mark
from helpers.publish.pictures import name_figure, render_chart, render_pixels
from helpers.publish.snippets import compose_snippets
from helpers.schema.csv_files import compose_table
from helpers.schema.files import finish_saving, save_files
from helpers.schema.parameters import FORMATS

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
