"""Casualties: what was counted, how one month adds up, and each toll against the length of its
period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis.rates import count_days, derive_remainders
from helpers.analysis.selection import Study, find_period
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import (
    OPEN_ABOVE,
    OPEN_BELOW,
    add_document_legend,
    draw_arrow,
    draw_bar,
    draw_dot,
    draw_value,
    format_numbers,
    place_labels,
    write_beside,
    write_in_margin,
)
from helpers.charts.panels import (
    describe_extent,
    draw_panels,
    find_extremes,
    label_claims,
    label_rows,
    list_parts,
    quote_claim,
    space_labels,
)
from helpers.charts.theme import GREY, INK, PALE, SMALL, Looks, style_documents, themed
from helpers.corpus.places import name_places, split_values
from helpers.schema.formatting import count, say_number, say_period, say_voice, say_when
from helpers.schema.quantity import Days

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

PEOPLE = {
    "civilian": "civilians",
    "combatant": "combatants",
    "mixed": "people of both kinds",
    "unknown": "people",
}
MEASURES = {
    "killed": "Killed",
    "injured": "Injured",
    "killed_or_injured": "Killed or injured (undivided)",
    "detained": "Detained",
    "released": "Released",
}


@themed()
def draw_casualties_reported(study: Study) -> Chart:
    """Every casualty claim in persons on a log axis, a strip for each measure and scope, vague
    figures in the hatched strip. One mark is one claim; events without a figure are counted in the
    footer."""
    name = "casualties_reported"
    claims = study.all_claims[study.all_claims["topic"] == "casualties"]
    people, shares = claims[claims["unit"] == "person"], claims[claims["unit"] == "percent"]
    if people.empty and shares.empty:
        return absent_chart(
            study, name, "no casualty claim in persons or percent lies within the selection."
        )
    chart = draw_panels(study, name, people, shares, MEASURES)
    bare = ~claims["unit"].isin(["person", "percent"])
    chart.leave_out(
        claims,
        {
            "deaths without a figure": bare & (claims["measure"] == "killed"),
            "arrests, releases and injuries without a figure": bare,
        },
    )
    refused = [
        "Nothing is added up: claims overlap in place and time, parts stand beside their wholes."
    ]
    return finish_chart(chart, *_tell_reported(study, people, shares), refused)


def _tell_reported(study: Study, people: pd.DataFrame, shares: pd.DataFrame) -> Told:
    dead = people[(people["measure"] == "killed") & (people["scope"] == "offensive")]
    title = _tell_dead(study, dead)
    extent = describe_extent(pd.concat([people, shares]), study)
    subtitle = (
        f"People killed, hurt, detained or released, as each text words it; {extent}. "
        "Dot: best; bar: low to high; arrow: open end."
    )
    strips = ", ".join(
        f"{MEASURES[measure]} {len(group)}"
        for measure, group in people.groupby("measure", sort=False)
    )
    alt = (
        f"Range-dot chart of {count(len(people), 'casualty claim')} in people and "
        f"{count(len(shares), 'share')} in percent. {title}. By lane: {strips}."
    )
    sides = people["affected"].value_counts()
    told = ("civilian", "combatant", "mixed", "unknown")
    said = ", ".join(f"{side} {sides[side]}" for side in told if side in sides)
    reading = (
        f"Of whom the texts speak: {said} (claims, not people). A figure said of one side is "
        "never set against one said of all or of the other; a word such as ‘terrorists’ is the "
        "party’s that says it."
    )
    return Told(title, subtitle, alt, reading)


def _tell_dead(study: Study, dead: pd.DataFrame) -> str:
    """The offensive's dead: only figures whose days lie within it, the largest with who says so;
    what counts other days too is named."""
    numbers, words = dead[dead["quantifier"] != "vague"], dead[dead["quantifier"] == "vague"]
    period = find_period(study, "offensive")
    inside = numbers
    if period is not None:
        first, last = period
        inside = numbers[(numbers["date_start"] >= first) & (numbers["date_end"] <= last)]
    if inside.empty:
        texts = "None of the selected claims" if study.selection else "No text"
        use = "uses" if len(words) == 1 else "use"
        title = f"{texts} puts a number on the offensive’s dead; {len(words)} {use} words"
    else:
        title = (
            f"The offensive’s dead: {count(len(inside), 'number')}, the largest "
            f"{quote_claim(find_extremes(inside)[1])}; {count(len(words), 'claim')} in words"
        )
    beyond = numbers[~numbers["claim_id"].isin(inside["claim_id"]) & (numbers["part_of"] == "")]
    undated, beyond = beyond[beyond["date_start"].isna()], beyond[beyond["date_start"].notna()]
    if len(beyond) > 3:  # many are told by their number, few by name
        title += f"; {len(beyond)} more count other days too"
    else:
        named = [f"; {quote_claim(row)} counts other days too" for row in beyond.itertuples()]
        title += "".join(named)
    if undated.empty:
        return title
    return title + f"; {len(undated)} more {'bears' if len(undated) == 1 else 'bear'} no date"


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


@themed()
def draw_casualties_in_context(study: Study) -> Chart:
    """Deaths against the length of the period counted (count_days), both log, with per-day guide
    lines. One mark is one claim of deaths with a number that counts days; ranges are drawn as
    ranges. A single event on a day unknown counts none: its bounds are the days on which it may
    have happened."""
    name = "casualties_in_context"
    killed = study.all_claims[study.all_claims["measure"] == "killed"]
    numbered = (killed["unit"] == "person") & ~killed["quantifier"].isin(["vague", ""])
    dated = killed["date_start"].notna()
    counted = (killed["date_kind"] != "point") | (killed["date_start"] == killed["date_end"])
    dead = killed[numbered & dated & counted]
    if dead.empty:
        return absent_chart(
            study, name, "no claim of deaths with a number and a date lies within the selection."
        )
    days = [count_days(row) for row in dead.itertuples()]
    chart = _draw_context(study, name, dead, days)
    chart.leave_out(
        killed,
        {
            "deaths without a number": (killed["unit"] == "person") & ~numbered,
            "shares of the dead": killed["unit"] == "percent",
            "killings without a figure": ~numbered,
            "figures without a date": ~dated,
            "figures of an event on a day unknown": ~counted,
        },
    )
    refused = _refuse_context(killed[numbered & ~dated], killed[numbered & dated & ~counted])
    return finish_chart(chart, *_tell_context(study, dead, days), refused)


def _draw_context(study: Study, name: str, dead: pd.DataFrame, days: list[Days]) -> Chart:
    chart, [axis] = start_chart(study, name, 105)
    axis.set_xscale("log")
    axis.set_yscale("log")
    numbers = dead[["low", "best", "high"]].stack().dropna()
    axis.set_xlim(0.6, max(4 * max(length.most for length in days), 60))
    axis.set_ylim(0.6, numbers.max() * 4)
    avoid = _draw_guides(axis)
    points = [
        _draw_toll(chart, axis, row, length, avoid) for row, length in zip(dead.itertuples(), days)
    ]
    labels = [_label_toll(study, row) for row in dead.itertuples()]
    place_labels(chart, axis, points, labels, avoid)
    axis.set_xlabel("days in the period counted, at most; log scale")
    axis.set_ylabel("people killed, log scale")
    for side in (axis.xaxis, axis.yaxis):
        format_numbers(side)
    add_document_legend(chart, dead["doc_id"])
    return chart


def _draw_toll(
    chart: Chart, axis: Axes, row, days: Days, avoid: list[Artist]
) -> tuple[float, float]:
    """One toll at the most days that its figure counts: a dot at its number or a bar from low to
    high, an arrow for every end that the words leave open, that of fewer days too. Returns the
    point that its label belongs to and adds to `avoid` what labels must not cover."""
    style, hollow = style_documents(chart.study.documents)[row.doc_id], row.review == "proposed"
    ends = [end for end in (row.low, row.high) if pd.notna(end)]
    x, ranged = days.most, len(ends) == 2 and ends[0] < ends[1]
    heights = ends if ranged or pd.isna(row.best) else [row.best]
    if ranged:
        ends_marked: Looks = {"marker": "_", "markersize": 7, "markeredgewidth": 1.6, "zorder": 4}
        dotted = ":" if hollow else "-"
        mark = draw_bar(axis, [x, x], heights, style[0], 2, linestyle=dotted, **ends_marked)
        avoid.append(mark)
    else:
        mark = draw_dot(axis, [x], heights, style, hollow, markersize=5, zorder=5)
    arrows = []
    if row.quantifier in OPEN_ABOVE:
        arrows.append((heights[0], (0, 12)))
    elif row.quantifier in ("nearly", *OPEN_BELOW):
        arrows.append((heights[0], (0, -12)))
    if days.or_fewer or not counts_its_days(row):
        arrows += [(height, (-12, 0)) for height in heights]
    avoid += [draw_arrow(axis, (x, height), offset, style[0]) for height, offset in arrows]
    chart.mark(mark, row, days=x, low=row.low, x=row.best, high=row.high, unit="person")
    return x, heights[-1]


def _label_toll(study: Study, row) -> str:
    words, *beside = list_parts(row, study.places)
    if study.parameters["width"] == "column":
        return f"{words},\n{say_when(row)}\n{say_voice(row).strip()}".strip()
    return f"{' · '.join([words, *beside[:-1]])}{say_voice(row)},\n{say_when(row)}"


def _tell_context(study: Study, dead: pd.DataFrame, days: list[Days]) -> Told:
    least, top = find_extremes(dead)
    lengths = [say_length(find(length.most for length in days)) for find in (min, max)]
    if len(dead) == 1:
        title = (
            f"One toll bears a number and a date: {quote_claim(top)} killed, in at most "
            f"{lengths[0]}"
        )
    else:
        title = (
            f"From {quote_claim(least)} to {quote_claim(top)} killed, in periods of "
            f"{' to '.join(dict.fromkeys(lengths))}"
        )
    subtitle = (
        f"People killed against the days their figure counts, {describe_extent(dead, study)}. "
        "Dashed: a scale, the same number every day; bar: low to high; arrow up or down: open end, "
        "to the left: the days may have been fewer."
    )
    alt = (
        f"Scatter chart, both axes logarithmic, of {count(len(dead), 'claim')} of people killed, "
        f"against days. {title}."
    )
    reading = (
        "A point on a dashed line is a toll spread evenly over its days, which no text says of "
        "any. The claims differ in place and in whom they count, so height is not a ranking."
    )
    return Told(title, subtitle, alt, reading)


def _refuse_context(undated: pd.DataFrame, events: pd.DataFrame) -> list[str]:
    """The tolls without a date and those of events, by name; the first six of many."""
    refused = []
    if len(undated):
        said = "; ".join(quote_claim(row) for row in undated.head(6).itertuples())
        refused.append(f"Without a date: {said}.")
    if len(events):
        said = "; ".join(quote_claim(row) for row in events.head(6).itertuples())
        refused.append(
            "Of an event, whose days are those on which it may have happened, not days counted: "
            f"{said}."
        )
    return refused


def counts_its_days(row) -> bool:
    """Whether a figure's bounds are the days it counts, not days among which fewer are meant: a
    single day, a stretch that the dating words name ("from 2012 to 2016", "throughout November
    2024"), a total up to a day (as_of), such as the whole war's."""
    return (
        row.date_start == row.date_end
        or bool(row.as_of)
        or bool(re.search(r"\b(?:to|throughout|during|since|between|until)\b", row.date_exact))
    )


def say_length(days: float) -> str:
    """7 days; 2 years; nearly 14 years; more than 3 years."""
    if days < 730:
        return f"{Days(days, False)}"
    years = days / 365.25
    whole = round(years)
    if abs(years - whole) < 0.01:
        return count(whole, "year")
    return f"{'nearly' if years < whole else 'more than'} {count(whole, 'year')}"


def _draw_guides(axis: Axes) -> list[Artist]:
    """The per-day guide lines; returns their labels, which others must avoid."""
    texts: list[Artist] = []
    (left, right), (bottom, top) = axis.get_xlim(), axis.get_ylim()
    dashed: Looks = {"color": PALE, "linewidth": 0.8, "linestyle": (0, (4, 3))}
    for rate in (0.1, 1, 10, 100, 1000):
        ends = [rate * left, rate * right]
        axis.plot([left, right], ends, zorder=1, scalex=False, scaley=False, **dashed)
        x = min(right / 1.15, top / rate / 1.25)
        if bottom < rate * x and x > left:
            side = "center" if x < right / 1.15 else "right"
            words, looks = f"{say_number(rate)} a day", {"color": GREY, "zorder": 1}
            point = (x, rate * x)
            texts.append(write_beside(axis, words, point, (0, 1), ha=side, va="bottom", **looks))
    axis.set_xlim(left, right)
    axis.set_ylim(bottom, top)
    return texts
