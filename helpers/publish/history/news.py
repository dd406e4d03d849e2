"""News: what has changed since an earlier state of a corpus and its figures, as a table, as a few
lines, and as a page."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.changes.corpus import compare_corpora, make_changes
from helpers.analysis.changes.marks import compare_figures
from helpers.analysis.selection import Study
from helpers.charts.chart import Chart
from helpers.corpus.places import split_values
from helpers.publish.history.states import compose_content, compose_rows, find_before, open_state
from helpers.publish.links import anchor_claim, link_anchor
from helpers.publish.record import name_stem
from helpers.publish.tables import Table, render_table
from helpers.schema.csv_files import compose_table
from helpers.schema.formatting import count, join_words

STEM = "changes"
MOST = 8  # lines of tolls and texts in the gallery; the table has them all
CHANGES = {
    "change": "Change",
    "figure": "Figure",
    "id": "What",
    "text": "Text",
    "field": "Field",
    "before": "Before",
    "after": "Now",
    "told": "In words",
}


class News(NamedTuple):
    """What has changed. said: a sentence that counts it; lines: tolls and texts, the first of them,
    each with words, quote and href ("" where there is none); left: how many more there are;
    figures: (stem, title, what happened to its marks); table: all of it, columns as compare_corpora
    and address."""

    said: str
    lines: list[dict[str, str]]
    left: int
    figures: list[tuple[str, str, str]]
    table: pd.DataFrame


def list_changes(study: Study, *charts: Chart) -> pd.DataFrame:
    """What has changed since the last run that changed anything, or since the state that the
    parameter `changed_since` names: of texts, tolls and claims; with charts, which of their marks
    came, moved or went. One row is one change; columns as compare_corpora; empty where nothing has
    changed. Raises ParameterError where there is no such state."""
    now = compose_content(study)
    number, before = find_before(study, now)
    if not number:
        return make_changes([])
    if not charts:
        return compare_corpora(open_state(before), open_state(now), study.places)
    drawn = {name_stem(study, chart.name): chart.marks for chart in charts if chart.rows}
    marks = {stem: compose_rows(table) for stem, table in drawn.items()}
    return compare_figures(open_state(before), open_state(now | {"figures": marks}))


def find_news(study: Study, figures: Mapping[str, dict[str, Any]]) -> News | None:
    """What has changed, also in these figures (stem → its .json), which are those drawn from the
    corpus as it is now; None where nothing has."""
    now = compose_content(study, figures)
    number, before = find_before(study, now)
    if not number:
        return None
    old, new = open_state(before), open_state(now)
    lost = before["figures"].keys() - before["carried"] - figures.keys()
    rows = [{"change": "figure not drawn", "figure": stem} for stem in sorted(lost)]
    parts = [compare_corpora(old, new, study.places), compare_figures(old, new)]
    table = pd.concat([*parts, make_changes(rows)], ignore_index=True)
    if table.empty:
        return None
    table = table.assign(address=[_link_sentence(study, row) for row in table.itertuples()])
    held = f"{count(len(old.documents), 'text')}, {count(len(old.claims), 'claim')}"
    said = f"Since state {number} ({held}): {_count_changes(table)}."
    lines = _list_lines(table)
    titles = {stem: figure["title"] for stem, figure in figures.items()}
    moved = [
        (str(stem), titles.get(str(stem), ""), _count_changes(rows))
        for stem, rows in table[table["figure"] != ""].groupby("figure", sort=False)
    ]
    return News(said, lines[:MOST], max(0, len(lines) - MOST), moved, table)


def _count_changes(table: pd.DataFrame) -> str:
    """2 new texts, 1 toll revised and 3 marks moved; what has several rows is counted once."""
    each = table.drop_duplicates(["change", "figure", "id"])["change"]
    said = []
    for change, number in Counter(each).items():
        noun, _, rest = change.partition(" ")
        is_first = noun in ("mark", "toll", "figure")
        said.append(f"{count(number, noun)} {rest}" if is_first else count(number, change))
    return join_words(said)


def _list_lines(table: pd.DataFrame) -> list[dict[str, str]]:
    """Tolls and texts, a line each."""
    lines, is_toll = [], table["change"].str.startswith("toll")
    texts = table[table["change"].str.endswith(" text")]
    for row in pd.concat([table[is_toll], texts]).itertuples():
        words = row.told or ", ".join(filter(None, [row.text or row.id, row.published]))
        if row.field and not row.told:
            words += f" ({row.field}: {row.before or 'empty'} → {row.after or 'empty'})"
        kind = f"{row.change[:1].upper()}{row.change[1:]}"
        lines.append({"words": f"{kind}: {words}", "quote": row.quote, "href": row.address})
    return lines


def _link_sentence(study: Study, row) -> str:
    """Where the sentence of a change stands now; "" where it is gone."""
    for name in split_values(row.claims):
        claim = study.by_claim.get(name)
        if claim is not None and " ".join(claim.exact.split()) == row.quote:
            return link_anchor(study, anchor_claim(name), claim.doc_id)
    return ""


def render_news(study: Study, news: News | None) -> dict[str, bytes]:
    """File name → content, of the web page and the CSV of what has changed; none where nothing
    has."""
    if news is None:
        return {}
    page = Table("What is new", CHANGES, ("change", "figure", "text"), list_changes)
    csv = compose_table(news.table)
    return {f"{STEM}.html": render_table(study, page, news.table), f"{STEM}.csv": csv.encode()}
