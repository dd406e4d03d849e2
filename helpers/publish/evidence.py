"""Evidence: the sentences behind a chart, numbered, as a table a reader can check line by line."""

import re
from html import escape

import pandas as pd

from helpers.charts.theme import Chart
from helpers.corpus.places import name_places, split_values
from helpers.publish.links import anchor_claim, find_way, link_anchor
from helpers.schema.columns import NUMBERS
from helpers.schema.formatting import count

CONTROLS = (
    {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"}
    | {0x7F: 0x2421}
    | dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
)
CONTROL = re.compile(f"[{re.escape(''.join(map(chr, CONTROLS)))}]")
ROUND = 90  # characters shown before and after a proposed quote


def list_evidence(chart: Chart) -> pd.DataFrame:
    """The quotes behind a chart. One row is one claim, or one reading of a question that is no claim: n (as
    numbered under the figure), claim_id (for a reading its mark), doc_id, document (its short title), start, end
    (code points), quote, number (the words that carry it) and number_start, marks (ids of the marks that
    rest on it). Raises nothing: the quotes passed the gate on loading."""
    by_claim: dict[str, list[str]] = {}
    for row in chart.rows:
        for claim_id in split_values(row["claims"]):
            by_claim.setdefault(claim_id, []).append(row["mark_id"])
    claims = [chart.study.by_claim[claim_id] for claim_id in by_claim]
    rows = [
        (
            c.doc_id,
            int(c.start),
            c.claim_id,
            int(c.end),
            c.exact,
            c.number,
            c.number_start,
            by_claim[c.claim_id],
        )
        for c in claims
    ]
    rows += [
        (
            row["documents"],
            row["start"],
            row["mark_id"],
            row["end"],
            row["quote"],
            "",
            pd.NA,
            [row["mark_id"]],
        )
        for row in chart.rows
        if row["kind"] == "reading"
    ]
    titles = dict(zip(chart.study.documents["doc_id"], chart.study.documents["title"]))
    return pd.DataFrame(
        [
            (n, name, doc_id, titles[doc_id], start, end, quote, number, at, marks)
            for n, (doc_id, start, name, end, quote, number, at, marks) in enumerate(
                sorted(rows, key=lambda row: row[:3]), 1
            )
        ],
        columns=[
            "n",
            "claim_id",
            "doc_id",
            "document",
            "start",
            "end",
            "quote",
            "number",
            "number_start",
            "marks",
        ],
    )


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


def show_table(table: pd.DataFrame, summary: str = ""):
    """A table as a notebook shows it: whole quotes, left-aligned; numbers with separators, lists with
    commas, days without hours; an en dash where a value is missing. With a `summary` it is folded under it."""
    from IPython.display import HTML

    shown = table.map(_write_cell)
    index = table.index.name is not None
    html = (
        shown.to_html(index=index, border=0)
        .replace("<td>", '<td style="text-align:left">')
        .replace("<th>", '<th style="text-align:left">')
    )
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


def render_evidence(chart: Chart) -> str:
    """The numbered quotes as an HTML table, each linked to its place on the evidence page, every text escaped
    and free to run right to left."""
    evidence, way = list_evidence(chart), find_way(chart.study)
    rows = "".join(
        f'<tr><td>{row.n}</td><td style="white-space:nowrap"><a href="{escape(link_anchor(chart.study, anchor_claim(row.claim_id), row.doc_id, way))}">{escape(row.claim_id)}</a></td><td dir="auto" style="text-align:left">“{mark_number(row)}”</td>'
        f'<td style="text-align:left">{escape(row.document)}, {row.start}–{row.end}</td></tr>'
        for row in evidence.itertuples()
    )
    return (
        f"<details{' open' if len(evidence) <= 30 else ''}><summary>The sentences behind <code>{escape(chart.name)}</code>: {count(len(evidence), 'quote')}</summary><table>"
        '<thead><tr><th></th><th>claim</th><th style="text-align:left">quote</th><th style="text-align:left">document, characters</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def show_controls(text: str) -> str:
    """`text` with control characters as their pictures (␀) and lone surrogates as �: no page and no drawing
    may hold them as they are, and a reader should see that they are there. Length stays the same."""
    return text.translate(CONTROLS) if CONTROL.search(text) else text


def mark_number(evidence) -> str:
    """The quote of a row of evidence, escaped, with the words that carry the figure in bold."""
    if not evidence.number:
        return escape(evidence.quote)
    at = int(evidence.number_start) - evidence.start
    stop = at + len(evidence.number)
    return f"{escape(evidence.quote[:at])}<b>{escape(evidence.quote[at:stop])}</b>{escape(evidence.quote[stop:])}"
