"""Evidence: the sentences behind a chart, numbered, as a table a reader can check line by line."""

from html import escape

import pandas as pd

from helpers.charts.theme import Chart
from helpers.places import split_values


def list_evidence(chart: Chart) -> pd.DataFrame:
    """The quotes behind a chart. One row is one claim: n (as numbered under the figure), claim_id,
    document (its short title), start, end (code points), quote, number (the words that carry it), marks
    (ids of the marks that rest on it). Raises nothing: the claims passed the gate on loading."""
    by_claim: dict[str, list[str]] = {}
    for row in chart.rows:
        for claim_id in split_values(row["claims"]):
            by_claim.setdefault(claim_id, []).append(row["mark_id"])
    claims = chart.study.all_claims
    claims = claims[claims["claim_id"].isin(list(by_claim))].sort_values(["doc_id", "start", "claim_id"])
    titles = chart.study.documents.set_index("doc_id")["title"]
    return pd.DataFrame({
        "n": range(1, len(claims) + 1), "claim_id": claims["claim_id"].to_list(), "document": [titles[doc_id] for doc_id in claims["doc_id"]],
        "start": claims["start"].astype(int).to_list(), "end": claims["end"].astype(int).to_list(), "quote": claims["exact"].to_list(),
        "number": claims["number"].to_list(), "marks": [by_claim[claim_id] for claim_id in claims["claim_id"]],
    })


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
        f'<tr><td>{row.n}</td><td style="white-space:nowrap"><code>{escape(row.claim_id)}</code></td><td dir="auto" style="text-align:left">“{mark_number(row.quote, row.number)}”</td>'
        f'<td style="text-align:left">{escape(row.document)}, {row.start}–{row.end}</td></tr>'
        for row in evidence.itertuples()
    )
    return (
        f"<details{' open' if len(evidence) <= 30 else ''}><summary>The sentences behind <code>{escape(chart.name)}</code>: {len(evidence)} claims</summary><table>"
        "<thead><tr><th></th><th>claim</th><th style=\"text-align:left\">quote</th><th style=\"text-align:left\">document, characters</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )


def mark_number(quote: str, number: str) -> str:
    """The quote, escaped, with the words that carry the figure in bold."""
    before, found, after = quote.partition(number) if number else (quote, "", "")
    return escape(before) + (f"<b>{escape(found)}</b>" if found else "") + escape(after)
