"""The corpus: when each text was written or published against what it tells of, and what became of every number."""

import numpy as np
import pandas as pd

from helpers.charts.marks import MARKER_SIZE, add_document_legend, shorten
from helpers.charts.pace import DAY, set_days
from helpers.charts.theme import (
    GREY,
    INK,
    LABEL,
    PALE,
    SMALL,
    Chart,
    absent_chart,
    finish_chart,
    start_chart,
    style_documents,
)
from helpers.ledger import account_numbers, load_not_claims
from helpers.prose import count, say_day, say_period
from helpers.study import Study, find_period

TOPICS = ["displacement", "casualties", "pace"]
ACCOUNTS = {"claim": "#4d4d4d", "date": "#a6a6a6", "not a claim": "#e6e6e6"}


def draw_corpus_timeline(study: Study) -> Chart:
    """When each text was written or published against the period its claims describe: years on the left, the
    days round the offensive on the right. One mark is one dated claim (drawn in one of the two panels by its
    days; the title counts by scope), or the days of a text."""
    import matplotlib.dates as mdates

    name = "corpus_timeline"
    claims = study.claims
    period = find_period(study, "offensive")
    if claims.empty or period is None:
        return absent_chart(study, name, "no dated claim lies within the selection.")
    first, last = period[0] - 7 * DAY, max(period[1], study.documents["published_end"].max()) + DAY
    recent = (claims["date_start"] >= first) & (claims["date_end"] <= last)
    documents = study.documents[study.documents["doc_id"].isin(claims["doc_id"])]
    stacked = study.parameters["width"] == "column"
    layout = {"nrows": 2} if stacked else {"ncols": 2, "width_ratios": [1, 1.25]}
    chart, [years, days] = start_chart(
        study, name, (17 * len(documents) + 12) * (1.6 if stacked else 1), sharey=True, **layout
    )
    for row, document in enumerate(documents.itertuples()):
        for axis, mine in ((years, claims[~recent]), (days, claims[recent])):
            group = mine[mine["doc_id"] == document.doc_id].sort_values(
                ["date_start", "date_end", "claim_id"]
            )
            for level, claim in enumerate(group.itertuples()):
                _draw_span(
                    chart, axis, claim, -row + 0.36 - 0.66 * (level + 0.5) / max(len(group), 8)
                )
        if pd.notna(document.published_start):
            _draw_written(chart, days, document, -row)
        for axis in (years, days):
            axis.axhline(-row - 0.5, color=PALE, linewidth=0.6)
    years.set_yticks(
        [-row for row in range(len(documents))],
        [row.doc_id if stacked else f"{row.doc_id} {row.title}" for row in documents.itertuples()],
        size=SMALL,
    )
    years.set_ylim(-len(documents) + 0.45, 0.5)
    years.tick_params(axis="y", length=0)
    days.tick_params(axis="y", length=0)
    older = claims[~recent]
    years.set_xlim(
        (older["date_start"].min() if len(older) else first) - 400 * DAY, last + 300 * DAY
    )
    years.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=6))
    years.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    years.set_xlabel("years")
    days.set_xlabel("days around the offensive")
    set_days(days, first, last - DAY, most=12)
    days.axvspan(period[0], period[1] + DAY, color="#f3f0e8", zorder=0)
    add_document_legend(chart, documents["doc_id"])
    return finish_chart(
        chart,
        *_tell_timeline(documents, claims),
        refused=[f"{count(len(study.undated), 'claim')} without a date cannot be placed."]
        if len(study.undated)
        else [],
    )


def _draw_written(chart: Chart, axis, document, y: float) -> None:
    """The days on which a text was written or published: a line over them, the ringed marker at their first."""
    colour, marker = style_documents(chart.study.documents)[document.doc_id]
    axis.plot(
        [document.published_start, document.published_end + DAY],
        [y - 0.38] * 2,
        color=INK,
        linewidth=1.4,
    )
    [dot] = axis.plot(
        [document.published_start],
        [y - 0.38],
        marker=marker,
        color=colour,
        markeredgecolor=INK,
        markeredgewidth=0.6,
        markersize=MARKER_SIZE + 1,
        linestyle="none",
        zorder=5,
    )
    chart.mark_document(
        dot,
        document.doc_id,
        f"written or published {say_period(document.published_start, document.published_end)}",
        x=document.published_start,
        end=document.published_end,
        y=y,
    )


def _draw_span(chart: Chart, axis, claim, y: float) -> None:
    colour, _ = style_documents(chart.study.documents)[claim.doc_id]
    [line] = axis.plot(
        [claim.date_start, claim.date_end + DAY],
        [y, y],
        color=colour,
        linewidth=1.1,
        solid_capstyle="butt",
        alpha=0.9,
        linestyle="-" if claim.review != "proposed" else (0, (1, 1)),
        zorder=3,
    )
    chart.mark(
        line, claim, x=claim.date_start, end=claim.date_end, y=round(y, 3), scope=claim.scope
    )


def _tell_timeline(documents: pd.DataFrame, claims: pd.DataFrame) -> tuple[str, str, str, str]:
    known = documents[documents["published_start"].notna()]
    own = claims["scope"] == "offensive"
    title = f"{int(own.sum())} of {count(len(claims), 'dated claim')} tell of the offensive itself"
    if not own.all():
        first = claims[~own]["date_start"].min()
        title += f"; the others, of the war, of history or of background, reach back to {first:%Y}"
    subtitle = f"Days each claim describes, against the days its text was written or published; {say_period(claims['date_start'].min(), claims['date_end'].max())}. Lines: claims, in the second panel those whose days lie round the offensive; ringed, and the black line: the days on which the text was written or published; shaded: the offensive."
    alt = f"Two time axes, years and days, with {count(len(claims), 'claim')} from {count(len(documents), 'text')}. {title}."
    reading = "No text says when it was written."
    if len(known):
        first, last = known["published_start"].min(), known["published_end"].max()
        reading = f"The first text was written or published on {say_day(first)} at the earliest, the last on {say_day(last)} at the latest: what one could not know yet, another reports as past."
    return title, subtitle, alt, reading


def draw_corpus_coverage(study: Study) -> Chart:
    """Claims by topic and document as a heatmap, and every number of the texts accounted for: in a
    claim, in its date, or no claim. One mark is one cell with its claims, or one text's numbers."""
    import seaborn
    from matplotlib.patches import Rectangle

    name = "corpus_coverage"
    claims = study.all_claims
    if claims.empty:
        return absent_chart(study, name, "no claim lies within the selection.")
    documents = study.documents[study.documents["doc_id"].isin(claims["doc_id"])]
    counts = pd.crosstab(claims["doc_id"], claims["topic"]).reindex(
        index=documents["doc_id"], columns=TOPICS, fill_value=0
    )
    accounts = account_numbers(
        documents, study.coded, load_not_claims(study.folder, study.documents)
    )
    stacked = study.parameters["width"] == "column"
    layout = {"nrows": 2} if stacked else {"ncols": 2, "width_ratios": [1, 1.5]}
    chart, [left, right] = start_chart(
        study, name, (9 * len(documents) + 18) * (2 if stacked else 1), **layout
    )
    names = [
        f"{row.doc_id} {shorten(row.title, 24 if stacked else 30)}"
        for row in documents.itertuples()
    ]
    seaborn.heatmap(
        counts,
        ax=left,
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
    left.set(xlabel="claims by topic", ylabel="")
    left.set_yticklabels(names, rotation=0, size=SMALL)
    left.tick_params(length=0, labelsize=SMALL if stacked else LABEL)
    for (row, doc_id), (column, topic) in (
        (r, c) for r in enumerate(counts.index) for c in enumerate(TOPICS)
    ):
        ids = list(claims[(claims["doc_id"] == doc_id) & (claims["topic"] == topic)]["claim_id"])
        if ids:
            cell = left.add_patch(
                Rectangle((column, row), 1, 1, facecolor="none", edgecolor="none")
            )
            chart.mark_group(
                cell,
                f"cell-{doc_id}-{topic}",
                ids,
                f"{topic} in {doc_id}",
                x=topic,
                y=row,
                value=len(ids),
            )
    _draw_accounts(chart, right, documents, accounts)
    found = accounts["account"].value_counts()
    lost = int((accounts["account"] == "").sum())
    title = f"{count(len(claims), 'claim')}; of {count(len(accounts), 'number')} in the texts, " + (
        f"{lost} unaccounted for" if lost else "every one is accounted for"
    )
    subtitle = f"First: claims by topic. Second: numbers in digits and in words, by what became of them; {count(len(documents), 'text')}."
    alt = (
        "Heatmap of claims by topic and text, and bars of numbers: "
        + ", ".join(f"{key} {found[key]}" for key in ACCOUNTS if key in found)
        + f". {title}."
    )
    reading = f"{found.get('claim', 0)} numbers carry a claim’s figure, {found.get('date', 0)} date one, {found.get('not a claim', 0)} are listed in not_claims.csv with the reason why they are none. Events without a number are claims too, so claims outnumber figures."
    refused = (
        []
        if not lost
        else [f"{count(lost, 'number')} in no claim and not listed with a reason (light red)."]
    )
    return finish_chart(chart, title, subtitle, alt, reading, refused)


def _draw_accounts(chart: Chart, axis, documents: pd.DataFrame, accounts: pd.DataFrame) -> None:
    tally = pd.crosstab(accounts["doc_id"], accounts["account"]).reindex(
        index=documents["doc_id"], columns=[*ACCOUNTS, ""], fill_value=0
    )
    left = np.zeros(len(tally))
    for account, colour in [*ACCOUNTS.items(), ("", "#f2b8b5")]:
        bars = axis.barh(
            range(len(tally)),
            tally[account],
            left=left,
            color=colour,
            height=0.62,
            edgecolor="white",
            linewidth=0.4,
            label=account or "unaccounted",
        )
        for y, (bar, doc_id) in enumerate(zip(bars, tally.index)):
            if tally.at[doc_id, account]:
                chart.mark_document(
                    bar,
                    doc_id,
                    f"{count(int(tally.at[doc_id, account]), 'number')}: {account or 'unaccounted'}",
                    x=int(tally.at[doc_id, account]),
                    y=y,
                    account=account or "unaccounted",
                )
                if bar.get_width() > tally.to_numpy().sum(axis=1).max() * 0.05:
                    axis.text(
                        bar.get_x() + bar.get_width() / 2,
                        y,
                        int(bar.get_width()),
                        ha="center",
                        va="center",
                        size=SMALL,
                        color="white" if account == "claim" else INK,
                    )
        left += tally[account].to_numpy()
    axis.set_ylim(len(tally) - 0.5, -0.5)
    axis.set_yticks(range(len(tally)), tally.index, size=SMALL)
    axis.tick_params(axis="y", length=0)
    axis.set_xlabel("numbers in the text")
    shown = [bar for bar, account in zip(axis.containers, [*ACCOUNTS, ""]) if tally[account].sum()]
    axis.legend(
        handles=shown,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=len(shown),
        frameon=False,
        fontsize=SMALL,
        handlelength=1,
        handletextpad=0.4,
        columnspacing=1.2,
    )
    axis.spines["left"].set_color(GREY)
