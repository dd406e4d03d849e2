"""Casualties: what was counted, how one month adds up, and each toll against the length of its
period."""

import re

import pandas as pd

from helpers.charts.lanes import (
    describe_extent,
    draw_panels,
    find_extremes,
    label_claims,
    label_rows,
    list_parts,
    quote_claim,
    space_labels,
)
from helpers.charts.marks import (
    MARKER_SIZE,
    add_document_legend,
    draw_arrow,
    draw_value,
    format_numbers,
    place_labels,
)
from helpers.charts.theme import (
    GREY,
    INK,
    PALE,
    SMALL,
    Chart,
    absent_chart,
    finish_chart,
    start_chart,
    style_documents,
)
from helpers.estimates import count_days, derive_remainders
from helpers.places import name_places, split_values
from helpers.prose import count, say_number, say_period, say_voice, say_when
from helpers.study import Study, find_period
from helpers.wording import Days

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


def draw_casualties_reported(study: Study) -> Chart:
    """Every casualty claim in persons on a log axis, a lane for each measure and scope, vague
    figures in the hatched lane. One mark is one claim; events without a figure are counted in the
    foot."""
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
    title = _tell_dead(
        study, people[(people["measure"] == "killed") & (people["scope"] == "offensive")]
    )
    extent = describe_extent(pd.concat([people, shares]), study)
    subtitle = (
        f"People killed, hurt, detained or released, as each text words it; {extent}. "
        "Dot: best; bar: low to high; arrow: open end."
    )
    lanes = ", ".join(
        f"{MEASURES[measure]} {len(group)}"
        for measure, group in people.groupby("measure", sort=False)
    )
    alt = (
        f"Range-dot chart of {count(len(people), 'casualty claim')} in people and "
        f"{count(len(shares), 'share')} in percent. {title}. By lane: {lanes}."
    )
    refused = [
        "Nothing is added up: claims overlap in place and time, parts stand beside their wholes."
    ]
    return finish_chart(chart, title, subtitle, alt, _read_sides(people), refused)


def _read_sides(people: pd.DataFrame) -> str:
    sides = people["affected"].value_counts()
    said = ", ".join(
        f"{side} {sides[side]}"
        for side in ("civilian", "combatant", "mixed", "unknown")
        if side in sides
    )
    return (
        f"Of whom the texts speak: {said} (claims, not people). A figure said of one side is "
        "never set against one said of all or of the other; a word such as ‘terrorists’ is the party’s "
        "that says it."
    )


def _tell_dead(study: Study, dead: pd.DataFrame) -> str:
    """The offensive's dead: only figures whose days lie within it, the largest with who says so;
    what counts other days too is named."""
    numbers, words = dead[dead["quantifier"] != "vague"], dead[dead["quantifier"] == "vague"]
    period = find_period(study, "offensive")
    inside = (
        numbers
        if period is None
        else numbers[(numbers["date_start"] >= period[0]) & (numbers["date_end"] <= period[1])]
    )
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


def _split_month(within: pd.DataFrame, rest) -> tuple:
    """The whole, its parts, and what stands beside them, of the deaths within a month."""
    whole_id, *part_ids = rest["claims"]
    indexed = within.set_index("claim_id", drop=False)
    beside = within[
        ~within["claim_id"].isin([whole_id, *part_ids])
        & ~within["part_of"].map(lambda cell: whole_id in split_values(cell))
    ]
    return indexed.loc[whole_id], indexed.loc[part_ids], beside


def _draw_month(study: Study, name: str, within: pd.DataFrame, rest) -> Chart:
    whole, parts, beside = _split_month(within, rest)
    beside = label_claims(study, beside)
    heights, bottom = space_labels(list(beside["label"]), 0.0, study)
    chart, [axis] = start_chart(study, name, 31 - 7.5 * bottom)
    _draw_whole(chart, axis, whole, parts, rest)
    ys = [0.62 * height - 1.1 for height in heights]
    for y, row in zip(ys, beside.itertuples()):
        draw_value(chart, axis, row, y, measure=row.measure, unit=row.unit)
    heading = "" if study.parameters["width"] == "column" else f"“{whole['number']}” killed"
    label_rows(axis, [0.0, *ys], [heading, *beside["label"]], study, lift=4)
    if len(beside):
        axis.annotate(
            "Within the month, but said to be part of it by no text:",
            xy=(0, -1.2),
            xycoords=("axes fraction", "data"),
            size=SMALL,
            color=GREY,
            style="italic",
            xytext=(2, 0),
            textcoords="offset points",
            va="center",
        )
    axis.set_ylim(min([0.0, *ys]) - 0.5, 0.75)
    most = within[["low", "best", "high"]].max(axis=None)
    axis.set_xlim(-0.008 * most, 1.06 * most)
    axis.set_xlabel("people killed")
    add_document_legend(chart, [whole["doc_id"], *beside["doc_id"]])
    return chart


def _tell_month(
    study: Study, within: pd.DataFrame, rest, start: pd.Timestamp, end: pd.Timestamp
) -> tuple[str, str, str, str]:
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
    return title, subtitle, alt, reading


def _refuse_month(study: Study, start: pd.Timestamp, end: pd.Timestamp) -> list[str]:
    """That the month is not the offensive, where its days are others."""
    period = find_period(study, "offensive")
    if period is None or (start, end) == period:
        return []
    when = "begins before" if start < period[0] else "has other days than"
    return [f"{start:%B %Y} {when} the offensive: its total is no figure of the offensive."]


def _draw_whole(chart: Chart, axis, whole, parts: pd.DataFrame, rest) -> None:
    from matplotlib.patheffects import withStroke

    colour, marker = style_documents(chart.study.documents)[whole["doc_id"]]
    left = 0.0
    for row in parts.itertuples():
        [bar] = axis.barh(
            0,
            row.best,
            left=left,
            height=0.62,
            facecolor="white" if row.review == "proposed" else colour,
            edgecolor=colour if row.review == "proposed" else "white",
        )
        chart.mark(bar, row, x=row.best, y=0.0, measure=row.measure, unit=row.unit)
        axis.text(
            left + row.best / 2,
            0,
            f"{row.best:,.0f}\n{PEOPLE[row.affected]}",
            ha="center",
            va="center",
            size=SMALL,
            color="black",
        )
        left += row.best
    [bar] = axis.barh(
        0, rest["best"], left=left, height=0.62, facecolor="white", edgecolor=colour, hatch="////"
    )
    chart.mark_derived(bar, rest, x=rest["best"], y=0.0, unit=rest["unit"])
    axis.text(
        left + rest["best"] / 2,
        0,
        f"{rest['best']:,.0f} others\n{rest['formula']}",
        ha="center",
        va="center",
        size=SMALL,
        color=INK,
        path_effects=[withStroke(linewidth=3, foreground="white")],
    )
    [dot] = axis.plot(
        [whole["best"]],
        [0.52],
        marker=marker,
        color=colour,
        markerfacecolor="white" if whole["review"] == "proposed" else colour,
        markersize=MARKER_SIZE,
        linestyle="none",
    )
    chart.mark(dot, whole, x=whole["best"], y=0.52, measure=whole["measure"], unit=whole["unit"])
    axis.annotate(
        f"{whole['number']} in all",
        (whole["best"], 0.52),
        xytext=(-6, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=SMALL,
    )
    axis.plot([0, whole["best"]], [0.4, 0.4], color=colour, linewidth=0.8)


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
    chart, [axis] = start_chart(study, name, 105)
    axis.set_xscale("log")
    axis.set_yscale("log")
    numbers = dead[["low", "best", "high"]].stack().dropna()
    axis.set_xlim(0.6, max(4 * max(length.most for length in days), 60))
    axis.set_ylim(0.6, numbers.max() * 4)
    bars = list(_draw_guides(axis))
    points = [
        _draw_toll(chart, axis, row, length, bars) for row, length in zip(dead.itertuples(), days)
    ]
    labels = [_label_toll(study, row) for row in dead.itertuples()]
    place_labels(chart, axis, points, labels, avoid=bars)
    axis.set_xlabel("days in the period counted, at most; log scale")
    axis.set_ylabel("people killed, log scale")
    for side in (axis.xaxis, axis.yaxis):
        format_numbers(side)
    add_document_legend(chart, dead["doc_id"])
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
    return finish_chart(chart, *_tell_context(study, dead, days), refused=refused)


def _draw_toll(chart: Chart, axis, row, days: Days, bars: list) -> tuple[float, float]:
    """One toll at the most days that its figure counts: a dot at its number or a bar from low to
    high, an arrow for every end that the words leave open, that of fewer days too. Returns the
    point that its label belongs to and adds to `bars` what labels must avoid."""
    colour, marker = style_documents(chart.study.documents)[row.doc_id]
    ends = [end for end in (row.low, row.high) if pd.notna(end)]
    x, ranged = days.most, len(ends) == 2 and ends[0] < ends[1]
    heights = ends if ranged or pd.isna(row.best) else [row.best]
    if ranged:
        [mark] = axis.plot(
            [x, x],
            heights,
            color=colour,
            linewidth=2,
            marker="_",
            markersize=7,
            markeredgewidth=1.6,
            solid_capstyle="butt",
            linestyle=":" if row.review == "proposed" else "-",
            zorder=4,
        )
        bars.append(mark)
    else:
        [mark] = axis.plot(
            [x],
            heights,
            marker=marker,
            color=colour,
            markerfacecolor="white" if row.review == "proposed" else colour,
            markersize=5,
            linestyle="none",
            zorder=5,
        )
    rising = {"more_than": 12, "at_least": 12, "nearly": -12, "up_to": -12, "less_than": -12}
    arrows = [(heights[0], (0, rising[row.quantifier]))] if row.quantifier in rising else []
    if days.or_fewer or not counts_its_days(row):
        arrows += [(height, (-12, 0)) for height in heights]
    bars += [draw_arrow(axis, (x, height), offset, colour) for height, offset in arrows]
    chart.mark(mark, row, days=x, low=row.low, x=row.best, high=row.high, unit="person")
    return x, heights[-1]


def _label_toll(study: Study, row) -> str:
    words, *beside = list_parts(row, study.places)
    if study.parameters["width"] == "column":
        return f"{words},\n{say_when(row)}\n{say_voice(row).strip()}".strip()
    return f"{' · '.join([words, *beside[:-1]])}{say_voice(row)},\n{say_when(row)}"


def _tell_context(study: Study, dead: pd.DataFrame, days: list[Days]) -> tuple[str, str, str, str]:
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
        "A point on a dashed line is a toll spread evenly over its days, which no text says of any. "
        "The claims differ in place and in whom they count, so height is not a ranking."
    )
    return title, subtitle, alt, reading


def _refuse_context(undated: pd.DataFrame, events: pd.DataFrame) -> list[str]:
    refused = []
    if len(undated):
        refused.append(f"Without a date: {'; '.join(map(quote_claim, _rows(undated)))}.")
    if len(events):
        said = "; ".join(map(quote_claim, _rows(events)))
        refused.append(
            "Of an event, whose days are those on which it may have happened, not days counted: "
            f"{said}."
        )
    return refused


def _rows(claims: pd.DataFrame, most: int = 6) -> list:
    """The first rows of a table, as many as a foot has room for."""
    return list(claims.head(most).itertuples())


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


def _draw_guides(axis) -> list:
    """The per-day guide lines; returns their labels, which others must avoid."""
    texts = []
    (left, right), (bottom, top) = axis.get_xlim(), axis.get_ylim()
    for rate in (0.1, 1, 10, 100, 1000):
        axis.plot(
            [left, right],
            [rate * left, rate * right],
            color=PALE,
            linewidth=0.8,
            linestyle=(0, (4, 3)),
            zorder=1,
            scalex=False,
            scaley=False,
        )
        x = min(right / 1.15, top / rate / 1.25)
        if bottom < rate * x and x > left:
            at_top = x < right / 1.15
            texts.append(
                axis.annotate(
                    f"{say_number(rate)} a day",
                    (x, rate * x),
                    size=SMALL,
                    color=GREY,
                    ha="right" if not at_top else "center",
                    va="bottom",
                    xytext=(0, 1),
                    textcoords="offset points",
                    zorder=1,
                )
            )
    axis.set_xlim(left, right)
    axis.set_ylim(bottom, top)
    return texts
