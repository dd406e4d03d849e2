"""Evidence: the sentences behind a chart, numbered, as a table a reader can check line by line."""

from html import escape

import pandas as pd

from helpers.charts.theme import Chart
from helpers.places import split_values
from helpers.study import count


def list_evidence(chart: Chart) -> pd.DataFrame:
    """The quotes behind a chart. One row is one claim, or one reading of a question that is no claim: n (as
    numbered under the figure), claim_id (for a reading its mark), document (its short title), start, end
    (code points), quote, number (the words that carry it) and number_start, marks (ids of the marks that
    rest on it). Raises nothing: the quotes passed the gate on loading."""
    by_claim: dict[str, list[str]] = {}
    for row in chart.rows:
        for claim_id in split_values(row["claims"]):
            by_claim.setdefault(claim_id, []).append(row["mark_id"])
    claims = chart.study.coded[chart.study.coded["claim_id"].isin(list(by_claim))]
    rows = [(c.doc_id, int(c.start), c.claim_id, int(c.end), c.exact, c.number, c.number_start, by_claim[c.claim_id]) for c in claims.itertuples()]
    rows += [
        (row["documents"], row["start"], row["mark_id"], row["end"], row["quote"], "", pd.NA, [row["mark_id"]])
        for row in chart.rows if row["kind"] == "reading"
    ]
    titles = chart.study.documents.set_index("doc_id")["title"]
    return pd.DataFrame(
        [(n, name, titles[doc_id], start, end, quote, number, at, marks) for n, (doc_id, start, name, end, quote, number, at, marks) in enumerate(sorted(rows, key=lambda row: row[:3]), 1)],
        columns=["n", "claim_id", "document", "start", "end", "quote", "number", "number_start", "marks"],
    )


def show_table(table: pd.DataFrame):
    """A table as a notebook shows it: whole quotes, left-aligned; numbers with separators, lists with
    commas, days without hours; an en dash where a value is missing."""
    from IPython.display import HTML

    shown = table.map(_write_cell)
    index = table.index.name is not None
    return HTML(shown.to_html(index=index, border=0).replace("<td>", '<td style="text-align:left">').replace("<th>", '<th style="text-align:left">'))


def _write_cell(value) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return "–" if value != value else f"{value:,.6g}"
    return "–" if value is None or value is pd.NaT else f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def render_evidence(chart: Chart) -> str:
    """The numbered quotes as an HTML table, every text escaped and free to run right to left."""
    evidence = list_evidence(chart)
    rows = "".join(
        f'<tr><td>{row.n}</td><td style="white-space:nowrap"><code>{escape(row.claim_id)}</code></td><td dir="auto" style="text-align:left">“{mark_number(row)}”</td>'
        f'<td style="text-align:left">{escape(row.document)}, {row.start}–{row.end}</td></tr>'
        for row in evidence.itertuples()
    )
    return (
        f"<details{' open' if len(evidence) <= 30 else ''}><summary>The sentences behind <code>{escape(chart.name)}</code>: {count(len(evidence), 'quote')}</summary><table>"
        "<thead><tr><th></th><th>claim</th><th style=\"text-align:left\">quote</th><th style=\"text-align:left\">document, characters</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )


def mark_number(evidence) -> str:
    """The quote of a row of evidence, escaped, with the words that carry the figure in bold."""
    if not evidence.number:
        return escape(evidence.quote)
    at = int(evidence.number_start) - evidence.start
    stop = at + len(evidence.number)
    return f"{escape(evidence.quote[:at])}<b>{escape(evidence.quote[at:stop])}</b>{escape(evidence.quote[stop:])}"
