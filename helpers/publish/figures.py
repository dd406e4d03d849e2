"""Figures: a chart becomes a family of files with one stem."""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.charts.chart import Chart
from helpers.publish.description import describe_chart
from helpers.publish.formats.pictures import render_chart, render_pixels
from helpers.publish.notebook.display import is_watched, render_quotes
from helpers.publish.record import FigureRecord, make_record, name_stem
from helpers.publish.snippets import compose_snippets
from helpers.schema.csv_files import compose_table
from helpers.schema.files import save_files
from helpers.schema.parameters import FORMATS


@dataclass(frozen=True, repr=False)
class Shown:
    """What a notebook displays of a saved chart: its finding as a heading, the picture (PNG), a
    sentence that reads it, the sentences behind it; or the sentence that says why there is none.
    Where somebody looks on, the page then shows `drawing` (SVG) in the place of the picture, and
    the notebook keeps nothing of it (helpers.publish.notebook.live)."""

    chart: Chart
    record: FigureRecord | None = None
    picture: bytes = b""
    drawing: bytes = b""

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, Image, Markdown, display

        chart = self.chart
        if self.record is None:
            display(Markdown(chart.absence))
            return
        display(Markdown(f"### {chart.title}"))
        width = round(chart.width_mm / 25.4 * 96)
        display(Image(self.picture, format="png", width=width, alt=chart.alt))
        display(Markdown(chart.reading))
        display(HTML(render_quotes(self.record)))
        if is_watched():
            from helpers.publish.notebook.live import show_live

            show_live(self.record, self.drawing or render_chart(self.record, "svg"))


def save_figure(chart: Chart) -> Shown:
    """Write the family of a chart (.svg .pdf .png as asked, .csv .json .md always) into the study's
    figures folder, all of it or nothing, and return what a notebook shows.

    Every file is rendered first, then written under a temporary name, then renamed: a run that
    stops half-way leaves the old family. Raises CorpusError when the folder cannot be written.
    """
    if chart.figure is None:
        return Shown(chart)
    record = make_record(chart)
    description = describe_chart(record)
    stale = list_stale(record, description)
    pictures: dict[str, bytes] = {
        kind: render_chart(record, kind) for kind in ("pdf", "svg") if kind in record.formats
    }
    # Last: matplotlib then forgets the extents of all words, which a PDF needs.
    printed, shown = render_pixels(record)
    if "png" in record.formats:
        pictures["png"] = printed
    described = json.dumps(description, ensure_ascii=False, indent=1) + "\n"
    files = pictures | {
        "csv": compose_table(chart.marks, float_format="%.15g").encode("utf-8-sig"),
        "json": described.encode(),
        "md": compose_snippets(record).encode("utf-8", "replace"),
    }
    save_files(chart.study.figures, {f"{record.stem}.{kind}": data for kind, data in files.items()})
    for file in stale:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    return Shown(chart, record, shown, pictures.get("svg", b""))


def list_stale(record: FigureRecord, description: dict[str, Any]) -> list[Path]:
    """The pictures that an earlier run left under a chart's name in formats not asked for now,
    unless they show the same: a picture beside another chart's rows would be evidence of
    nothing."""
    study = record.chart.study
    other = [kind for kind in FORMATS if kind not in record.formats]
    old = study.figures / f"{record.stem}.json"
    if not other:
        return []
    try:
        if json.loads(old.read_text("utf-8")) == json.loads(json.dumps(description)):
            return []
    except (OSError, ValueError):
        pass
    return [study.figures / f"{record.stem}.{kind}" for kind in other]


def list_figures(*charts: Chart) -> pd.DataFrame:
    """What a notebook wrote. One row is one figure: figure (the stem), marks, claims, files
    (endings); charts that were not drawn are left out."""
    rows = [
        (
            name_stem(chart.study, chart.name),
            len(chart.rows),
            len(chart.claim_ids),
            " ".join([*chart.study.parameters["formats"], "csv", "json", "md"]),
        )
        for chart in charts
        if chart.figure is not None
    ]
    return pd.DataFrame(rows, columns=["figure", "marks", "claims", "files"]).set_index("figure")


def list_left_out(chart: Chart) -> pd.DataFrame:
    """What a chart leaves out. One row is one kind of claims: kind (words), claims (how many),
    which (ids)."""
    rows = [(group.words, len(group.claims), ", ".join(group.claims)) for group in chart.left_out]
    return pd.DataFrame(rows, columns=["kind", "claims", "which"]).set_index("kind")
