"""Display: tables, lists, quotes and proposals as a notebook shows them."""

import hashlib
from html import escape

import pandas as pd

from helpers.charts.chart import Chart
from helpers.corpus.places import name_places
from helpers.publish.escaping import mark_number
from helpers.publish.links import find_server, find_way
from helpers.publish.record import FigureRecord
from helpers.schema.columns import NUMBERS
from helpers.schema.formatting import count

ROUND = 90  # characters shown before and after a proposed quote
OPEN = 30  # quotes up to which their table stands open
LEFT = ' style="text-align:left"'


def show_list(lines: list[str], none: str = "Nothing."):
    """Lines as a notebook shows them: a list, or the sentence `none`."""
    from IPython.display import Markdown

    return Markdown("\n".join(f"- {line}" for line in lines) or none)


def show_findings(*charts: Chart):
    """The findings of a notebook as a list: each chart's title, or why it is not drawn."""
    return show_list([chart.title or chart.absence for chart in charts], none="")


def show_table(table: pd.DataFrame, summary: str = "", none: str = ""):
    """A table as a notebook shows it: whole quotes, left-aligned; numbers with separators, lists
    with commas, days without hours; an en dash where a value is missing. With a `summary` it is
    folded under it. An empty one is the sentence `none`, where there is one."""
    from IPython.display import HTML, Markdown

    if none and table.empty:
        return Markdown(none)
    html = table.map(format_cell).to_html(index=table.index.name is not None, border=0)
    html = html.replace("<td>", f"<td{LEFT}>").replace("<th>", f"<th{LEFT}>")
    if summary:
        html = f"<details><summary>{escape(summary)}</summary>{html}</details>"
    return HTML(html)


def format_cell(value) -> str:
    """A cell of a table in words.

    >>> format_cell(1500.0), format_cell(["HTS", "SNA"]), format_cell(None)
    ('1,500', 'HTS, SNA', '–')
    """
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:,.6g}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def is_watched() -> bool:
    """Whether somebody looks on while a cell runs: a Jupyter server started this kernel, and a page
    sent the cell. papermill, nbclient and nbval send no cell id."""
    from IPython.core.getipython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None or not find_server():
        return False
    return "cellId" in kernel.get_parent("shell").get("metadata", {})


def name_view(record: FigureRecord) -> str:
    """By what a page finds the output of a figure: the same for the same picture, another for
    another."""
    study = record.chart.study
    said = [record.stem, study.checksum, study.selection, *record.links]
    return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()[:16]


def render_quotes(record: FigureRecord) -> str:
    """The numbered sentences behind a figure as an HTML table, each linked to its place on the
    evidence pages, every text escaped and free to run right to left."""
    citations, way = record.citations, find_way(record.chart.study)
    rows = []
    for row in citations:
        link = f'<a href="{escape(way + row.address)}">{escape(row.claim_id)}</a>'
        rows.append(
            f'<tr><td>{row.n}</td><td style="white-space:nowrap">{link}</td>'
            f'<td dir="auto"{LEFT}>“{mark_number(row)}”</td>'
            f"<td{LEFT}>{escape(row.document)}, {row.start}–{row.end}</td></tr>"
        )
    name = f"<code>{escape(record.chart.name)}</code>"
    said = f"The sentences behind {name}: {count(len(citations), 'quote')}"
    opened = " open" if len(citations) <= OPEN else ""
    return (
        f'<details data-figure="{name_view(record)}"{opened}><summary>{said}</summary><table>'
        f"<thead><tr><th></th><th>claim</th><th{LEFT}>quote</th>"
        f"<th{LEFT}>document, characters</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></details>"
    )


def show_proposals(
    proposals, documents: pd.DataFrame, only: list[str] | None = None, most: int = 30
):
    """Proposals text by text, as a notebook shows them: each quote between the words round it, the
    words of the number in bold, and beside it what was read from them and by which rule. `only`
    names the texts shown; of more than `most` the first are, and it says how many are not."""
    from IPython.display import HTML

    titles = dict(zip(documents["doc_id"], documents["title"]))
    texts = dict(zip(documents["doc_id"], documents["text"]))
    claims = proposals.claims[proposals.claims["doc_id"].isin(only)] if only else proposals.claims
    groups = list(claims.groupby("doc_id", sort=False))
    parts = []
    for doc_id, group in groups[:most]:
        head = f"{escape(doc_id)} {escape(titles[doc_id])}: {count(len(group), 'claim')}"
        parts.append(f"<h4>{head}</h4>{_show_text(group, texts[doc_id], proposals.places)}")
    if len(groups) > most:
        parts.append(
            f"<p>{count(len(groups) - most, 'text')} more with claims: proposals.csv has them, "
            "or choose with documents.</p>"
        )
    return HTML("".join(parts) or "<p>No claim was found in these texts.</p>")


def _show_text(group: pd.DataFrame, text: str, places: pd.DataFrame) -> str:
    """The proposals of one text as a table in reading order."""
    group = group.rename(columns={"exact": "quote"})
    group = group.assign(start=group["start"].astype(int), end=group["end"].astype(int))
    rows = []
    for row in group.sort_values(["start", "claim_id"]).itertuples():
        before, after = (
            f'<span style="color:#767676">{escape(words)}</span>'
            for words in find_surroundings(text, row.start, row.end)
        )
        days = "/".join(dict.fromkeys(day for day in (row.date_start, row.date_end) if day)) or "–"
        read = (
            row.measure,
            _say_quantity(row),
            name_places(places, row.place) or "–",
            days + (f" (“{row.date_exact}”)" if row.date_exact else ""),
            " · ".join(part for part in (row.source_original, row.assertion) if part),
            row.rule,
        )
        cells = [f"<code>{escape(row.claim_id)}</code>", before + mark_number(row) + after]
        shown = "".join(
            f'<td dir="auto"{LEFT}>{cell}</td>' for cell in [*cells, *map(escape, read)]
        )
        rows.append(f"<tr>{shown}</tr>")
    names = ("claim", "words", "measure", "value", "place", "date", "who says so", "rule")
    head = "".join(f"<th{LEFT}>{name}</th>" for name in names)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def find_surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """(before, after): up to ROUND characters round a stretch of text, cut at a word and marked as
    cut."""
    before, after = text[max(0, start - ROUND) : start], text[end : end + ROUND]
    if start > ROUND:
        before = "… " + before.partition(" ")[2]
    if end + ROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after


def _say_quantity(row) -> str:
    """at least 22 person; between 10,000 and 40,000 household; vague person; – for an event."""
    if not row.number:
        return "–"
    ends = [getattr(row, name) for name in NUMBERS]
    values = dict.fromkeys(f"{float(end):,.15g}" for end in ends if end)
    parts = (row.quantifier.replace("_", " "), " and ".join(values), row.unit)
    return " ".join(part for part in parts if part)
