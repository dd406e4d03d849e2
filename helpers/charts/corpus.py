"""The corpus: when each text was written or published against what it tells of, and what became of
every number."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study, find_period
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import (
    DAY,
    MARKER_SIZE,
    add_document_legend,
    draw_bar,
    draw_dot,
    shorten,
)
from helpers.charts.panels import set_days
from helpers.charts.theme import GREY, INK, LABEL, PALE, SMALL, Looks, style_documents, themed
from helpers.claims.audit import account_numbers, load_not_claims
from helpers.schema.formatting import count, say_day, say_period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOPICS = ["displacement", "casualties", "pace"]
ACCOUNTS = {"claim": "#4d4d4d", "date": "#a6a6a6", "not a claim": "#e6e6e6"}
UNACCOUNTED = "#f2b8b5"


@themed()
def draw_corpus_timeline(study: Study) -> Chart:
    """When each text was written or published against the period its claims describe: years on the
    left, the days round the offensive on the right. One mark is one dated claim (drawn in one of
    the two panels by its days; the title counts by scope), or the days of a text."""
    name = "corpus_timeline"
    claims = study.claims
    period = find_period(study, "offensive")
    if claims.empty or period is None:
        return absent_chart(study, name, "no dated claim lies within the selection.")
    first, last = period[0] - 7 * DAY, max(period[1], study.documents["published_end"].max()) + DAY
    recent = (claims["date_start"] >= first) & (claims["date_end"] <= last)
    documents = study.documents[study.documents["doc_id"].isin(claims["doc_id"])]
    stacked = study.parameters["width"] == "column"
    layout: dict[str, Any] = {"ncols": 2, "width_ratios": [1, 1.25]}
    high = 17.0 * len(documents) + 12
    if stacked:
        layout, high = {"nrows": 2}, high * 1.6
    chart, [years, days] = start_chart(study, name, high, sharey=True, **layout)
    for row, document in enumerate(documents.itertuples()):
        for axis, mine in ((years, claims[~recent]), (days, claims[recent])):
            _draw_spans(chart, axis, mine[mine["doc_id"] == document.doc_id], -row)
        if pd.notna(document.published_start):
            _draw_written(chart, days, document, -row)
        for axis in (years, days):
            axis.axhline(-row - 0.5, color=PALE, linewidth=0.6)
    names = documents["doc_id"] if stacked else documents["doc_id"] + " " + documents["title"]
    _name_rows(years, list(names))
    days.tick_params(axis="y", length=0)
    older = claims[~recent]["date_start"]
    _set_years(years, older.min() if len(older) else first, last)
    days.set_xlabel("days around the offensive")
    set_days(days, first, last - DAY, most=12)
    days.axvspan(period[0], period[1] + DAY, color="#f3f0e8", zorder=0)
    add_document_legend(chart, documents["doc_id"])
    undated = count(len(study.undated), "claim")
    refused = [f"{undated} without a date cannot be placed."] if len(study.undated) else []
    return finish_chart(chart, *_tell_timeline(documents, claims), refused)


def _name_rows(axis: Axes, names: list[str]) -> None:
    axis.set_yticks([-row for row in range(len(names))], names, size=SMALL)
    axis.set_ylim(-len(names) + 0.45, 0.5)
    axis.tick_params(axis="y", length=0)


def _set_years(axis: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    import matplotlib.dates as mdates

    axis.set_xlim(first - 400 * DAY, last + 300 * DAY)
    axis.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=6))
    axis.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    axis.set_xlabel("years")


def _draw_written(chart: Chart, axis: Axes, document, y: float) -> None:
    """The days on which a text was written or published: a line over them, the ringed marker at
    their first."""
    style = style_documents(chart.study.documents)[document.doc_id]
    start, end = document.published_start, document.published_end
    axis.plot([start, end + DAY], [y - 0.38] * 2, color=INK, linewidth=1.4)
    rim: Looks = {"markeredgecolor": INK, "markeredgewidth": 0.6}
    dot = draw_dot(axis, [start], [y - 0.38], style, markersize=MARKER_SIZE + 1, zorder=5, **rim)
    said = f"written or published {say_period(start, end)}"
    chart.mark_document(dot, document.doc_id, said, x=start, end=end, y=y)


def _draw_spans(chart: Chart, axis: Axes, claims: pd.DataFrame, top: float) -> None:
    """A line for each claim of a text over the days that it describes, one below the other."""
    rows = claims.sort_values(["date_start", "date_end", "claim_id"])
    for level, claim in enumerate(rows.itertuples()):
        y = top + 0.36 - 0.66 * (level + 0.5) / max(len(rows), 8)
        colour, _ = style_documents(chart.study.documents)[claim.doc_id]
        start, end = claim.date_start, claim.date_end
        looks: Looks = {"alpha": 0.9, "linestyle": "-"}
        if claim.review == "proposed":
            looks["linestyle"] = (0, (1, 1))
        line = draw_bar(axis, [start, end + DAY], [y, y], colour, 1.1, **looks)
        chart.mark(line, claim, x=start, end=end, y=round(y, 3), scope=claim.scope)


def _tell_timeline(documents: pd.DataFrame, claims: pd.DataFrame) -> Told:
    known = documents[documents["published_start"].notna()]
    own = claims["scope"] == "offensive"
    title = f"{int(own.sum())} of {count(len(claims), 'dated claim')} tell of the offensive itself"
    if not own.all():
        oldest = claims[~own]["date_start"].min()
        title += f"; the others, of the war, of history or of background, reach back to {oldest:%Y}"
    subtitle = (
        "Days each claim describes, against the days its text was written or published; "
        f"{say_period(claims['date_start'].min(), claims['date_end'].max())}. Lines: claims, in "
        "the second panel those whose days lie round the offensive; ringed, and the black line: "
        "the days on which the text was written or published; shaded: the offensive."
    )
    alt = (
        f"Two time axes, years and days, with {count(len(claims), 'claim')} from "
        f"{count(len(documents), 'text')}. {title}."
    )
    reading = "No text says when it was written."
    if len(known):
        first, last = known["published_start"].min(), known["published_end"].max()
        reading = (
            f"The first text was written or published on {say_day(first)} at the earliest, the "
            f"last on {say_day(last)} at the latest: what one could not know yet, another reports "
            "as past."
        )
    return Told(title, subtitle, alt, reading)


def draw_corpus_coverage(study: Study) -> Chart:
    """Claims by topic and document as a heatmap, and every number of the texts accounted for: in a
    claim, in its date, or no claim. One mark is one cell with its claims, or one text's numbers."""
    import seaborn  # noqa: F401 - before the theme: it keeps the settings it finds, to restore them

    return _draw_coverage(study)


@themed()
def _draw_coverage(study: Study) -> Chart:
    name = "corpus_coverage"
    claims = study.all_claims
    if claims.empty:
        return absent_chart(study, name, "no claim lies within the selection.")
    documents = study.documents[study.documents["doc_id"].isin(claims["doc_id"])]
    not_claims = load_not_claims(study.folder, study.documents)
    accounts = account_numbers(documents, study.coded, not_claims)
    layout: dict[str, Any] = {"ncols": 2, "width_ratios": [1, 1.5]}
    high = 9.0 * len(documents) + 18
    if study.parameters["width"] == "column":
        layout, high = {"nrows": 2}, high * 2
    chart, [left, right] = start_chart(study, name, high, **layout)
    _draw_topics(chart, left, documents, claims)
    _draw_accounts(chart, right, documents, accounts)
    lost = int((accounts["account"] == "").sum())
    refused = [f"{count(lost, 'number')} in no claim and not listed with a reason (light red)."]
    told = _tell_coverage(documents, claims, accounts["account"], lost)
    return finish_chart(chart, *told, refused if lost else [])


def _draw_topics(chart: Chart, axis: Axes, documents: pd.DataFrame, claims: pd.DataFrame) -> None:
    """The heatmap: claims by text and topic, a cell each."""
    import seaborn
    from matplotlib.patches import Rectangle

    stacked = chart.width == "column"
    counts = pd.crosstab(claims["doc_id"], claims["topic"]).reindex(
        index=documents["doc_id"], columns=TOPICS, fill_value=0
    )
    seaborn.heatmap(
        counts,
        ax=axis,
        annot=True,
        fmt="d",
        cmap="Greys",
        vmin=0,
        vmax=counts.to_numpy().max() * 1.4,
        cbar=False,
        linewidths=1,
        linecolor="white",
        annot_kws={"size": SMALL + 0.6},
    )
    axis.set(xlabel="claims by topic", ylabel="")
    most = 24 if stacked else 30
    names = [f"{row.doc_id} {shorten(row.title, most)}" for row in documents.itertuples()]
    axis.set_yticklabels(names, rotation=0, size=SMALL)
    axis.tick_params(length=0, labelsize=SMALL if stacked else LABEL)
    for (row, doc_id), (column, topic) in product(enumerate(counts.index), enumerate(TOPICS)):
        told = (claims["doc_id"] == doc_id) & (claims["topic"] == topic)
        ids = list(claims["claim_id"][told])
        if ids:
            frame = Rectangle((column, row), 1, 1, facecolor="none", edgecolor="none")
            cell, key = axis.add_patch(frame), f"cell-{doc_id}-{topic}"
            said = f"{topic} in {doc_id}"
            chart.mark_group(cell, key, ids, said, x=topic, y=row, value=len(ids))


def _tell_coverage(
    documents: pd.DataFrame, claims: pd.DataFrame, accounts: pd.Series, lost: int
) -> Told:
    found = accounts.value_counts()
    became = f"{lost} unaccounted for" if lost else "every one is accounted for"
    numbers = count(len(accounts), "number")
    title = f"{count(len(claims), 'claim')}; of {numbers} in the texts, {became}"
    subtitle = (
        "First: claims by topic. Second: numbers in digits and in words, by what became of them; "
        f"{count(len(documents), 'text')}."
    )
    shares = ", ".join(f"{key} {found[key]}" for key in ACCOUNTS if key in found)
    alt = f"Heatmap of claims by topic and text, and bars of numbers: {shares}. {title}."
    reading = (
        f"{found.get('claim', 0)} numbers carry a claim’s figure, {found.get('date', 0)} date one, "
        f"{found.get('not a claim', 0)} are listed in not_claims.csv with the reason why they are "
        "none. Events without a number are claims too, so claims outnumber figures."
    )
    return Told(title, subtitle, alt, reading)


def _draw_accounts(
    chart: Chart, axis: Axes, documents: pd.DataFrame, accounts: pd.DataFrame
) -> None:
    """A bar for each text, in parts: what became of its numbers."""
    tally = pd.crosstab(accounts["doc_id"], accounts["account"]).reindex(
        index=documents["doc_id"], columns=[*ACCOUNTS, ""], fill_value=0
    )
    least = tally.to_numpy().sum(axis=1).max() * 0.05  # numbers that a part has room for
    left, handles = np.zeros(len(tally)), []
    for account, colour in [*ACCOUNTS.items(), ("", UNACCOUNTED)]:
        numbers, named = tally[account], account or "unaccounted"
        rows = range(len(tally))
        rim: Looks = {"edgecolor": "white", "linewidth": 0.4}
        bars = axis.barh(rows, numbers, left=left, color=colour, height=0.62, label=named, **rim)
        handles += [bars] if numbers.sum() else []
        shade = "white" if account == "claim" else INK
        inside: Looks = {"ha": "center", "va": "center", "size": SMALL, "color": shade}
        for y, (bar, doc_id, number) in enumerate(zip(bars, tally.index, numbers.tolist())):
            if number:
                said = f"{count(number, 'number')}: {named}"
                chart.mark_document(bar, doc_id, said, x=number, y=y, account=named)
            if number > least:
                axis.text(bar.get_x() + number / 2, y, str(number), **inside)
        left += numbers.to_numpy()
    axis.set_ylim(len(tally) - 0.5, -0.5)
    axis.set_yticks(range(len(tally)), list(tally.index), size=SMALL)
    axis.tick_params(axis="y", length=0)
    axis.set_xlabel("numbers in the text")
    axis.legend(
        handles=handles,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=len(handles),
        frameon=False,
        fontsize=SMALL,
        handlelength=1,
        handletextpad=0.4,
        columnspacing=1.2,
    )
    axis.spines["left"].set_color(GREY)
