"""Evidence: the sentences behind a chart, numbered, as a table a reader can check line by line."""

import re
from html import escape

import pandas as pd

from helpers.charts.chart import Chart
from helpers.corpus.places import split_values
from helpers.publish.links import anchor_claim, find_way, link_anchor
from helpers.schema.formatting import count

CONTROLS = (
    {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"}
    | {0x7F: 0x2421}
    | dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
)
CONTROL = re.compile(f"[{re.escape(''.join(map(chr, CONTROLS)))}]")


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
