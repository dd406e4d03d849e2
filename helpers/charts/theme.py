"""Theme: how every chart begins and ends. Start once, draw, finish once.

Sizes are printed sizes: millimetres and points. Titles are handed in, computed; the foot is composed
here from what was drawn, so that no chart can go without its sources.

Here as in every module of charts matplotlib is imported where something is drawn: it takes as long to import as
pandas, and a notebook that stops at a wrong parameter should not wait for it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure

from helpers.analysis.selection import Study
from helpers.charts.fonts import balance_text, measure_text, share_extents, wrap_text
from helpers.charts.foot import compose_sources, say_left_out
from helpers.corpus.places import split_values
from helpers.schema.errors import ClaimsError

MM = 1 / 25.4  # inches
WIDTHS_MM = {"full": 174.0, "column": 85.0, "slide": 254.0}
SLIDE_HEIGHT_MM = 142.9  # 16:9
LONGEST_MM = {
    "full": 1000.0,
    "column": 250.0,
    "slide": SLIDE_HEIGHT_MM,
}  # a column has to fit a page; the full width may be read on a screen
TITLE, SUBTITLE, LABEL, SMALL = 10.0, 7.5, 7.0, 6.2  # points; nothing is set below 6
INK, GREY, PALE = "#1a1a1a", "#5c5c5c", "#d9d9d9"
# okabe_ito without its yellow, which vanishes on paper; each colour has one marker, for greyscale.
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
RC: dict[Any, Any] = {  # the names of matplotlib
    "font.family": "DejaVu Sans",
    "font.size": LABEL,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.labelsize": LABEL,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "xtick.minor.size": 1.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.4,
    "hatch.color": "#b0b0b0",
    "svg.hashsalt": "eleven-days",
    "pdf.fonttype": 42,
    "axes.unicode_minus": True,
    "text.hinting": "no_hinting",
    "text.parse_math": False,  # a dollar sign in a text is a dollar sign
}


class LeftOut(NamedTuple):
    """Claims that a chart does not draw: their kind in the plural ("counter-offensives"), their ids."""

    words: str
    claims: list[str]


@dataclass
class Chart:
    """A chart and what stands behind it.

    marks: one row is one mark drawn: mark_id (also the artist's gid, after "mark-"), kind (claim,
    derived, document, group, reading), claims and documents (ids, `;` between), words (quoted, or what a
    mark without words of its own shows), and what was plotted. sources: the source lines of the foot.
    left_out: kinds of claims that belong to the chart's subject and are not drawn (leave_out). refused:
    sentences on what was not drawn or not compared; the first says left_out. reading: a sentence that
    reads the chart.
    Without a figure, `absence` says why there is none.
    """

    name: str
    study: Study
    figure: Figure | None = None
    title: str = ""
    subtitle: str = ""
    alt: str = ""
    reading: str = ""
    sources: str = ""
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    absence: str = ""
    rows: list[dict] = field(default_factory=list)
    artists: list = field(default_factory=list)
    legend: list = field(default_factory=list)
    later: list = field(default_factory=list)  # what can only be placed once the layout stands

    @property
    def marks(self) -> pd.DataFrame:
        """The table of marks; one row is one mark drawn."""
        return pd.DataFrame(self.rows)

    @property
    def claim_ids(self) -> list[str]:
        """Ids of the claims behind the marks, each once."""
        return sorted({claim for row in self.rows for claim in split_values(row["claims"])})

    @property
    def width_mm(self) -> float:
        """The printed width."""
        return WIDTHS_MM[self.study.parameters["width"]]

    def mark(self, artist, claim=None, **plotted) -> None:
        """Enter an artist that stands for a claim row. Every mark drawn passes here or a sibling below."""
        self._enter(
            artist,
            claim.claim_id,
            "claim",
            [claim.claim_id],
            [claim.doc_id],
            plotted | {"words": claim.number or claim.exact},
        )

    def mark_derived(self, artist, derived, **plotted) -> None:
        """Enter an artist that stands for a derived row (estimates), with the claims it rests on."""
        self._enter(
            artist,
            derived.derived_id,
            "derived",
            derived.claims,
            derived.doc_ids,
            plotted | {"words": derived.formula},
        )

    def mark_document(self, artist, doc_id: str, words: str, **plotted) -> None:
        """Enter an artist that stands for a text as a whole; `words` say what is shown of it."""
        self._enter(
            artist, f"document-{doc_id}", "document", [], [doc_id], plotted | {"words": words}
        )

    def mark_group(self, artist, name: str, claims: list[str], words: str, **plotted) -> None:
        """Enter an artist that counts or gathers several claims, such as a cell of a heatmap; `words` say
        what it shows."""
        self._enter(
            artist,
            name,
            "group",
            claims,
            sorted({self.study.by_claim[claim].doc_id for claim in claims}),
            plotted | {"words": words},
        )

    def mark_reading(self, artist, reading, claims: list[str]) -> None:
        """Enter an artist that stands for a row of disagreements: a document's quote, and the claims that
        share its words."""
        self._enter(
            artist,
            reading.mark,
            "reading",
            claims,
            [reading.doc_id],
            {
                "question": reading.question,
                "words": reading.reading,
                "start": reading.start,
                "end": reading.end,
                "quote": reading.exact,
            },
        )

    def leave_out(self, claims: pd.DataFrame, kinds: dict[str, pd.Series]) -> None:
        """Enter the claims of a table on which no mark rests, for the foot and the .json; call it when all
        marks are entered. `kinds`: words in the plural → which rows of `claims` they name (booleans). A
        claim counts under the first kind that fits it, and under "other claims" where none does."""
        rest = ~claims["claim_id"].isin(self.claim_ids)
        groups = []
        for words, named in kinds.items():
            groups.append(LeftOut(words, list(claims["claim_id"][rest & named])))
            rest = rest & ~named
        groups.append(LeftOut("other claims", list(claims["claim_id"][rest])))
        self.left_out += [group for group in groups if group.claims]

    def _enter(self, artist, name, kind, claims, documents, plotted) -> None:
        taken = sum(
            row["mark_id"] == name or row["mark_id"].startswith(name + "--") for row in self.rows
        )
        mark_id = f"{name}--{taken + 1}" if taken else name
        artist.set_gid(f"mark-{mark_id}")
        self.artists.append(artist)
        self.rows.append(
            {
                "mark_id": mark_id,
                "kind": kind,
                "claims": ";".join(claims),
                "documents": ";".join(documents),
                **plotted,
            }
        )


def absent_chart(study: Study, name: str, why: str) -> Chart:
    """A chart that cannot be drawn from this selection, with the sentence that says so."""
    return Chart(name, study, absence=f"`{name}` is not drawn: {why}")


def start_chart(study: Study, name: str, height_mm: float, **subplots) -> tuple[Chart, list]:
    """An empty chart of the study's width and (chart, list of axes). `height_mm` is that of the panels;
    title and foot come on top. A slide has the height of a slide, whatever is asked for."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    matplotlib.rcParams.update(RC)
    share_extents()
    chart = Chart(name, study)
    # rounded, because sum() of floats is more exact from Python 3.12 on, and one bit changes every id in an SVG
    chart.figure = Figure(
        figsize=(chart.width_mm * MM, round(height_mm, 2) * MM), layout="constrained"
    )
    FigureCanvasAgg(chart.figure)
    axes = chart.figure.subplots(**subplots)
    return chart, list(axes.flat) if hasattr(axes, "flat") else [axes]


def finish_chart(
    chart: Chart,
    title: str,
    subtitle: str,
    alt: str,
    reading: str,
    refused: list[str] | None = None,
) -> Chart:
    """Title, subtitle and foot put round the panels. Raises ClaimsError when nothing was marked: a chart
    that draws nothing must never look like a finding."""
    if not chart.rows:
        raise ClaimsError(
            f"{chart.name} was finished without a single mark; draw its claims or return absent_chart"
        )
    subtitle += f" Selected: {chart.study.selection}." if chart.study.selection else ""
    chart.title, chart.subtitle, chart.alt, chart.reading, chart.refused = (
        title,
        subtitle,
        alt,
        reading,
        [*filter(None, [say_left_out(chart.left_out), *(refused or [])])],
    )
    chart.sources = compose_sources(chart)
    width = chart.width_mm * MM * 72 - 12
    blocks = [
        balance_text(title, TITLE, width),
        wrap_text(subtitle, SUBTITLE, width),
        wrap_text(" ".join([chart.sources, *chart.refused]), SMALL, width),
    ]
    title_high, subtitle_high, foot_high = (
        1.28 * size * (block.count("\n") + 1)
        for block, size in zip(blocks, (TITLE, SUBTITLE, SMALL))
    )
    columns, legend_high = measure_legend(chart, width)
    head, foot = (title_high + subtitle_high + legend_high + 17) / 72, (foot_high + 10) / 72
    total = (
        SLIDE_HEIGHT_MM * MM
        if chart.study.parameters["width"] == "slide"
        else chart.figure.get_figheight() + head + foot
    )
    if total / MM > LONGEST_MM[chart.study.parameters["width"]] + 0.1:
        return absent_chart(
            chart.study,
            chart.name,
            f"at this width ({chart.study.parameters['width']}) it would be {total / MM:.0f} mm high; take the full width, or select less.",
        )
    chart.figure.set_figheight(total)
    chart.figure.get_layout_engine().set(
        rect=(0, foot / total, 1, 1 - (head + foot) / total), w_pad=0.08, h_pad=0.03
    )
    left, text = 6 / 72 / chart.figure.get_figwidth(), chart.figure.text

    def down(points: float) -> float:
        """So many points below the upper edge, as a fraction of the height."""
        return 1 - points / 72 / total

    text(left, down(5), blocks[0], size=TITLE, weight="bold", va="top", linespacing=1.2)
    text(
        left, down(title_high + 8), blocks[1], size=SUBTITLE, color=GREY, va="top", linespacing=1.2
    )
    text(left, 4 / 72 / total, blocks[2], size=SMALL, color=GREY, va="bottom", linespacing=1.2)
    if chart.legend:
        box = chart.figure.legend(
            handles=chart.legend,
            loc="upper left",
            bbox_to_anchor=(left, down(title_high + subtitle_high + 13)),
            ncols=columns,
            fontsize=SMALL,
            frameon=False,
            handletextpad=0.5,
            columnspacing=1.4,
            borderpad=0,
            borderaxespad=0,
            labelspacing=0.45,
            labelcolor=INK,
        )
        box.set_in_layout(False)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "constrained_layout not applied")
        try:
            settle_layout(chart.figure)
        except UserWarning:
            return absent_chart(
                chart.study,
                chart.name,
                f"its labels leave no room for its panels at this width ({chart.study.parameters['width']}); take the full width, or select less.",
            )
    for place in chart.later:
        place()
    return chart


def settle_layout(figure) -> None:
    """Put everything where it will stand, once: every format shows the same, no save draws twice, and nothing is
    drawn to find out. Warns as matplotlib does where the panels find no room."""
    from matplotlib.legend import Legend

    renderer = figure.canvas.get_renderer()
    figure.get_layout_engine().execute(figure)
    figure.set_layout_engine(None)
    for axis in figure.axes:
        locator = axis.get_axes_locator()
        axis.apply_aspect(locator(axis, renderer) if locator else None)
    for legend in figure.findobj(Legend):  # its words know their places only once it was drawn
        legend.draw(renderer)


def measure_legend(chart: Chart, width: float) -> tuple[int, float]:
    """(columns, height in points) of the legend: as many columns as fit into `width` points."""
    if not chart.legend:
        return 1, 0.0
    widest = max(measure_text(handle.get_label(), SMALL) for handle in chart.legend)
    columns = max(1, min(len(chart.legend), int(width // (widest + 2.3 * SMALL + 1.4 * SMALL))))
    return columns, -(-len(chart.legend) // columns) * SMALL * 1.6 + 3


def style_documents(documents: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """doc_id → (colour, marker), the same in every chart. Up to seven documents each have their own;
    beyond that colour goes by publisher, and beyond seven publishers there is one."""
    keys = dict(zip(documents["doc_id"], documents["doc_id"]))
    if len(keys) > len(COLOURS):
        keys = dict(zip(documents["doc_id"], documents["publisher"]))
    order = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    if len(order) > len(COLOURS):
        order = dict.fromkeys(order, 0)
    return {doc_id: (COLOURS[order[key]], MARKERS[order[key]]) for doc_id, key in keys.items()}
