"""Casualties: how many were killed, hurt, detained, freed; and how one month adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis.rates import derive_remainders
from helpers.analysis.selection import Study, find_period
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import (
    add_document_legend,
    draw_dot,
    draw_value,
    write_beside,
    write_in_margin,
)
from helpers.charts.over_time import Subject, draw_over_time
from helpers.charts.panels import label_claims, label_rows, space_labels
from helpers.charts.theme import GREY, INK, SMALL, Looks, style_documents, themed
from helpers.corpus.places import name_places, split_values
from helpers.schema.formatting import say_period, say_voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PEOPLE = {
    "civilian": "civilians",
    "combatant": "combatants",
    "mixed": "people of both kinds",
    "unknown": "people",
}
KINDS = ("killed", "killed_or_injured", "injured", "detained", "released")
HARMED = Subject(
    name="killed",
    topic="casualties",
    role="casualties",
    blocks={f"head_{kind}": (kind,) for kind in KINDS},
    columns={f"head_{kind}": f"column_{kind}" for kind in KINDS},
)


@themed()
def draw_casualties_over_time(study: Study) -> Chart:
    """People killed, hurt, detained, freed: running totals as lines, figures of the period by
    place, a block a measure, and the whole war on a scale of its own (over_time)."""
    return draw_over_time(study, "casualties_over_time", HARMED)


@themed()
def draw_casualties_november_2024(study: Study) -> Chart:
    """The total of one month taken apart into its coded parts and the derived remainder; below,
    other deaths within the month that no text calls part of it. The month stands in corpus.toml."""
    name = "casualties_november_2024"
    month = study.settings.get("comparisons", {}).get(name)
    if not month:
        return absent_chart(study, name, f"corpus.toml names no month under [comparisons.{name}].")
    start, end = pd.Timestamp(str(month["start"])), pd.Timestamp(str(month["end"]))
    killed = study.claims[study.claims["measure"] == "killed"]
    killed = killed[(killed["date_end"] >= start) & (killed["date_start"] <= end)]
    numbered = (killed["unit"] == "person") & ~killed["quantifier"].isin(["vague", ""])
    inside = (killed["date_start"] >= start) & (killed["date_end"] <= end)
    within = killed[numbered & inside]
    remainders = derive_remainders(within)
    if remainders.empty:
        return absent_chart(
            study,
            name,
            f"no total with coded parts lies between {start:%d %B} and {end:%d %B %Y} within the "
            "selection.",
        )
    rest = remainders.iloc[0]
    chart = _draw_month(study, name, within, rest)
    chart.leave_out(
        killed,
        {
            "deaths within the month without a number": inside & ~numbered,
            "deaths whose days reach beyond the month": ~inside,
            "parts of the total that are parts of its parts": numbered,
        },
    )
    told = _tell_month(study, within, rest, start, end)
    return finish_chart(chart, *told, refused=_refuse_month(study, start, end))


def _split_month(
    within: pd.DataFrame, rest: pd.Series
) -> tuple[pd.Series, pd.DataFrame, pd.DataFrame]:
    """The whole, its parts, and what stands beside them, of the deaths within a month."""
    whole_id, *part_ids = rest["claims"]
    indexed = within.set_index("claim_id", drop=False)
    beside = within[
        ~within["claim_id"].isin([whole_id, *part_ids])
        & ~within["part_of"].map(lambda cell: whole_id in split_values(cell))
    ]
    return indexed.loc[whole_id], indexed.loc[part_ids], beside


def _draw_month(study: Study, name: str, within: pd.DataFrame, rest: pd.Series) -> Chart:
    whole, parts, beside = _split_month(within, rest)
    beside = label_claims(study, beside)
    heights, bottom = space_labels(list(beside["label"]), 0.0, study)
    chart, [axis] = start_chart(study, name, 31 - 7.5 * bottom)
    _draw_parts(chart, axis, whole, parts, rest)
    _draw_total(chart, axis, whole)
    ys = [0.62 * height - 1.1 for height in heights]
    for y, row in zip(ys, beside.itertuples()):
        draw_value(chart, axis, row, y, measure=row.measure, unit=row.unit)
    heading = "" if chart.width == "column" else f"“{whole['number']}” killed"
    label_rows(axis, [0.0, *ys], [heading, *beside["label"]], study, lift=4)
    if len(beside):
        words = "Within the month, but said to be part of it by no text:"
        write_in_margin(axis, words, -1.2, (2, 0), color=GREY, style="italic")
    axis.set_ylim(min([0.0, *ys]) - 0.5, 0.75)
    most = within[["low", "best", "high"]].max(axis=None)
    axis.set_xlim(-0.008 * most, 1.06 * most)
    axis.set_xlabel("people killed")
    add_document_legend(chart, [whole["doc_id"], *beside["doc_id"]])
    return chart


def _tell_month(
    study: Study, within: pd.DataFrame, rest: pd.Series, start: pd.Timestamp, end: pd.Timestamp
) -> Told:
    whole, parts, _ = _split_month(within, rest)
    said = " and ".join(f"{row.best:,.0f} {PEOPLE[row.affected]}" for row in parts.itertuples())
    title = (
        f"Of {whole['best']:,.0f} killed{say_voice(whole)}, {said}; of the other "
        f"{rest['best']:,.0f} the text does not say who they were"
    )
    subtitle = (
        f"People killed, {name_places(study.places, whole['place'])}, {say_period(start, end)}. "
        "Filled: stated by the text; hatched: derived, with its formula."
    )
    alt = f"Stacked bar of {whole['best']:,.0f} people killed. {title}."
    stated = parts["best"].sum()
    reading = (
        f"The stated part is {stated / whole['best']:.0%} of the whole ({stated:,.0f} ÷ "
        f"{whole['best']:,.0f}). The remainder is a subtraction; it is not a count of combatants."
    )
    return Told(title, subtitle, alt, reading)


def _refuse_month(study: Study, start: pd.Timestamp, end: pd.Timestamp) -> list[str]:
    """That the month is not the offensive, where its days are others."""
    period = find_period(study, "offensive")
    if period is None or (start, end) == period:
        return []
    when = "begins before" if start < period[0] else "has other days than"
    return [f"{start:%B %Y} {when} the offensive: its total is no figure of the offensive."]


def _draw_parts(
    chart: Chart, axis: Axes, whole: pd.Series, parts: pd.DataFrame, rest: pd.Series
) -> None:
    """The parts of a total side by side, and the hatched rest."""
    from matplotlib.patheffects import withStroke

    colour, _ = style_documents(chart.study.documents)[whole["doc_id"]]
    inside: Looks = {"ha": "center", "va": "center", "size": SMALL}
    left = 0.0
    for row in parts.itertuples():
        face, edge = ("white", colour) if row.review == "proposed" else (colour, "white")
        [bar] = axis.barh(0, row.best, left=left, height=0.62, facecolor=face, edgecolor=edge)
        chart.mark(bar, row, x=row.best, y=0.0, measure=row.measure, unit=row.unit)
        words = f"{row.best:,.0f}\n{PEOPLE[row.affected]}"
        axis.text(left + row.best / 2, 0, words, color="black", **inside)
        left += row.best
    others = rest["best"]
    hatched: Looks = {"facecolor": "white", "edgecolor": colour, "hatch": "////"}
    [bar] = axis.barh(0, others, left=left, height=0.62, **hatched)
    chart.mark_derived(bar, rest, x=others, y=0.0, unit=rest["unit"])
    words = f"{others:,.0f} others\n{rest['formula']}"
    halo = [withStroke(linewidth=3, foreground="white")]
    axis.text(left + others / 2, 0, words, color=INK, path_effects=halo, **inside)


def _draw_total(chart: Chart, axis: Axes, whole: pd.Series) -> None:
    """A line over all parts, with the total's own mark at its end."""
    style, total = style_documents(chart.study.documents)[whole["doc_id"]], whole["best"]
    dot = draw_dot(axis, [total], [0.52], style, whole["review"] == "proposed", zorder=2)
    chart.mark(dot, whole, x=total, y=0.52, measure=whole["measure"], unit=whole["unit"])
    write_beside(axis, f"{whole['number']} in all", (total, 0.52), (-6, 0), ha="right")
    axis.plot([0, total], [0.4, 0.4], color=style[0], linewidth=0.8)
