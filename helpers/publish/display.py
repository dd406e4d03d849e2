"""Display: tables, lists and proposals as a notebook shows them."""

from html import escape

import pandas as pd

from helpers.charts.theme import Chart
from helpers.corpus.places import name_places
from helpers.publish.evidence import mark_number
from helpers.schema.columns import NUMBERS
from helpers.schema.formatting import count

ROUND = 90  # characters shown before and after a proposed quote


def show_list(lines: list[str], none: str = "Nothing."):
    """Lines as a notebook shows them: a list, or the sentence `none`."""
    from IPython.display import Markdown

    return Markdown("\n".join(f"- {line}" for line in lines) or none)


def show_proposals(
    proposals, documents: pd.DataFrame, only: list[str] | None = None, most: int = 30
):
    """Proposals text by text, as a notebook shows them: each quote between the words round it, the words of
    the number in bold, and beside it what was read from them and by which rule. `only` names the texts
    shown; of more than `most` the first are, and it says how many are not."""
    from IPython.display import HTML

    titles, texts = (
        dict(zip(documents["doc_id"], documents[column])) for column in ("title", "text")
    )
    claims = proposals.claims[proposals.claims["doc_id"].isin(only)] if only else proposals.claims
    groups = list(claims.groupby("doc_id", sort=False))
    parts = [
        f"<h4>{escape(doc_id)} {escape(titles[doc_id])}: {count(len(group), 'claim')}</h4>"
        + _show_text(group, texts[doc_id], proposals.places)
        for doc_id, group in groups[:most]
    ]
    more = (
        [
            f"<p>{count(len(groups) - most, 'text')} more with claims: proposals.csv has them, or choose with documents.</p>"
        ]
        if len(groups) > most
        else []
    )
    return HTML("".join(parts + more) or "<p>No claim was found in these texts.</p>")


def _show_text(group: pd.DataFrame, text: str, places: pd.DataFrame) -> str:
    """The proposals of one text as a table in reading order."""
    rows = []
    for row in (
        group.assign(
            quote=group["exact"], start=group["start"].astype(int), end=group["end"].astype(int)
        )
        .sort_values(["start", "claim_id"])
        .itertuples()
    ):
        before, after = (
            f'<span style="color:#767676">{escape(words)}</span>'
            for words in find_surroundings(text, row.start, row.end)
        )
        quote = before + mark_number(row) + after
        days = "/".join(dict.fromkeys(day for day in (row.date_start, row.date_end) if day)) or "–"
        cells = [
            f"<code>{escape(row.claim_id)}</code>",
            quote,
            *map(
                escape,
                (
                    row.measure,
                    _say_value(row),
                    name_places(places, row.place) or "–",
                    days + (f" (“{row.date_exact}”)" if row.date_exact else ""),
                    " · ".join(part for part in (row.source_original, row.assertion) if part),
                    row.rule,
                ),
            ),
        ]
        rows.append(
            "<tr>"
            + "".join(f'<td dir="auto" style="text-align:left">{cell}</td>' for cell in cells)
            + "</tr>"
        )
    head = "".join(
        f'<th style="text-align:left">{name}</th>'
        for name in ("claim", "words", "measure", "value", "place", "date", "who says so", "rule")
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def find_surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """(before, after): up to ROUND characters round a stretch of text, cut at a word and marked as cut."""
    before, after = text[max(0, start - ROUND) : start], text[end : end + ROUND]
    before = before if start <= ROUND else "… " + before.partition(" ")[2]
    return before, after if end + ROUND >= len(text) else after.rpartition(" ")[0] + " …"


def _say_value(row) -> str:
    """at least 22 person; between 10,000 and 40,000 household; vague person; – for an event."""
    values = dict.fromkeys(
        f"{float(getattr(row, name)):,.15g}" for name in NUMBERS if getattr(row, name)
    )
    return (
        " ".join(
            part
            for part in (row.quantifier.replace("_", " "), " and ".join(values), row.unit)
            if part
        )
        if row.number
        else "–"
    )


def show_table(table: pd.DataFrame, summary: str = "", none: str = ""):
    """A table as a notebook shows it: whole quotes, left-aligned; numbers with separators, lists with
    commas, days without hours; an en dash where a value is missing. With a `summary` it is folded under it.
    An empty one is the sentence `none`, where there is one."""
    from IPython.display import HTML, Markdown

    if none and table.empty:
        return Markdown(none)
    index = table.index.name is not None
    html = table.map(_write_cell).to_html(index=index, border=0)  # whole, whatever max_colwidth
    html = html.replace("<td>", '<td style="text-align:left">')
    html = html.replace("<th>", '<th style="text-align:left">')
    return HTML(
        f"<details><summary>{escape(summary)}</summary>{html}</details>" if summary else html
    )


def _write_cell(value) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return "–" if value != value else f"{value:,.6g}"
    return (
        "–"
        if value is None or value is pd.NaT
        else f"{value:,}"
        if isinstance(value, int) and not isinstance(value, bool)
        else str(value)
    )


def show_findings(*charts: Chart):
    """The findings of a notebook as a list: each chart's title, or why it is not drawn."""
    from IPython.display import Markdown

    return Markdown("\n".join(f"- {chart.title or chart.absence}" for chart in charts))
