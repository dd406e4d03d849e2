"""Displacement: what was counted, how fast it would have been, and how the north-west adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis.rates import count_days, derive_daily, derive_totals
from helpers.analysis.selection import Study
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import (
    OPEN_ABOVE,
    OPEN_BELOW,
    add_document_legend,
    draw_arrow,
    draw_bar,
    draw_dot,
    format_numbers,
    is_unreviewed,
    write_beside,
)
from helpers.charts.panels import (
    describe_extent,
    draw_panel,
    draw_panels,
    find_extremes,
    label_claims,
    label_rows,
    quote_claim,
    space_labels,
    stack_rows,
    wrap_label,
)
from helpers.charts.theme import GREY, INK, PALE, style_documents, themed
from helpers.corpus.places import name_places, overlap_places, share_value, split_values
from helpers.schema.formatting import count, say_range, say_round, say_voice, say_when

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURES = {  # in the order of the strips; stock, flow and cross-border never share one
    "new_displacement": "New displacement (flow)",
    "forced_to_flee": "Forced to flee (unsaid which)",
    "idps": "Displaced within the country (stock)",
    "in_camps": "In camps (stock)",
    "refugees": "Refugees abroad (stock)",
    "returns": "Returns (flow)",
    "population": "Population (a base, not displacement)",
}


@themed()
def draw_displacement_reported(study: Study) -> Chart:
    """Every displacement claim in people on a log axis, a strip for each measure, shares in a
    percent panel of their own, vague figures in the hatched strip. One mark is one claim;
    populations are left to displacement_northwest, households are not turned into people."""
    name = "displacement_reported"
    claims = study.all_claims[study.all_claims["topic"] == "displacement"]
    bases = claims["measure"] == "population"
    counted = claims["unit"].isin(["person", "percent"])
    drawn = claims[counted & ~bases]
    people, shares = drawn[drawn["unit"] == "person"], drawn[drawn["unit"] == "percent"]
    if drawn.empty:
        return absent_chart(
            study, name, "no displacement claim in people or percent lies within the selection."
        )
    chart = draw_panels(study, name, people, shares, MEASURES)
    chart.leave_out(
        claims,
        {
            "populations, which are bases": bases,
            "flights, returns and camps without a figure for people": ~counted,
        },
    )
    refused = [
        "Stock, flow and cross-border figures are not added up, nor the war with the offensive."
    ]
    return finish_chart(chart, *_tell_reported(study, people, shares), refused=refused)


def _tell_reported(study: Study, people: pd.DataFrame, shares: pd.DataFrame) -> Told:
    title = _tell_displaced(study, people)
    extent = describe_extent(pd.concat([people, shares]), study)
    subtitle = (
        f"People displaced, as each text words it, by what is counted; {extent}. "
        "Dot: best; bar: low to high; arrow: open end; ≈: about."
    )
    lanes = ", ".join(
        f"{MEASURES[measure]} {len(rows)}"
        for measure, rows in people.groupby("measure", sort=False)
    )
    alt = (
        f"Range-dot chart of {count(len(people), 'displacement claim')} in people and "
        f"{count(len(shares), 'share')} in percent. {title}. By lane: {lanes}."
    )
    vague = int((people["quantifier"] == "vague").sum())
    give, stand = ("gives", "stands") if vague == 1 else ("give", "stand")
    reading = (
        f"Of {count(len(people), 'claim')} in people, {vague} {give} no number and {stand} in the "
        "hatched lane. The others are compared within a lane, never across lanes: what one lane "
        "counts, another does not."
    )
    return Told(title, subtitle, alt, reading)


def _tell_displaced(study: Study, people: pd.DataFrame) -> str:
    """The numbers for the people whom the offensive displaced, each with who says so."""
    recent = people[
        (people["scope"] == "offensive")
        & people["measure"].isin(["new_displacement", "forced_to_flee", "idps"])
    ]
    vague = recent["quantifier"] == "vague"
    numbers, words = recent[~vague], int(vague.sum())
    undated = int(numbers["date_start"].isna().sum())
    numbers = numbers[numbers["date_start"].notna()]
    alone = f"{words} use{'s' if words == 1 else ''} words alone"
    alone += f"; {undated} more bear{'s' if undated == 1 else ''} no date" if undated else ""
    if numbers.empty:
        texts = "None of the selected claims" if study.selection else "No text"
        return f"{texts} puts a number on the people the offensive displaced; {alone}"
    if len(numbers) == 1:
        return (
            "One claim puts a number on the people the offensive displaced, "
            f"{quote_claim(numbers.iloc[0])}; {alone}"
        )
    least, most = find_extremes(numbers)
    return (
        f"{len(numbers)} numbers for the people the offensive displaced, from "
        f"{quote_claim(least)} to {quote_claim(most)}; {alone}"
    )


@themed()
def draw_displacement_rate(study: Study) -> Chart:
    """People per day that the offensive's displacement figures imply, each divided by the days that
    it counts (derive_daily): arithmetic, not a measured rate. A dot stands at the value that
    follows from the words, an arrow where they leave an end open. One mark is one derived rate;
    what the whole war displaced is no flow of these days and is left out."""
    name = "displacement_rate"
    flows = study.all_claims[
        study.all_claims["measure"].isin(["new_displacement", "forced_to_flee"])
    ]
    recent = flows["scope"] == "offensive"
    rates = derive_daily(flows[recent])
    if rates.empty:
        return absent_chart(
            study,
            name,
            "no displacement figure of the offensive has a number and a period within the "
            "selection.",
        )
    chart, [axis] = start_chart(study, name, 10 * len(rates) + 16)
    for number, row in enumerate(rates.itertuples()):
        _draw_rate(chart, axis, row, -number)
    axis.set_ylim(0.4 - len(rates), 0.6)
    axis.set_xlim(0, 1.35 * rates[["low", "best", "high"]].max(axis=None))
    axis.set_yticks([])
    axis.spines["left"].set_visible(False)
    axis.set_xlabel("people per day, derived")
    format_numbers(axis.xaxis)
    add_document_legend(chart, [doc_id for row in rates.itertuples() for doc_id in row.doc_ids])
    chart.leave_out(
        flows,
        {
            "flights of the war and its background": ~recent,
            "claims of flight without a number": flows["low"].isna()
            & flows["best"].isna()
            & flows["high"].isna(),
            "figures without a date": flows["date_start"].isna(),
            "figures from which no rate follows": recent,
        },
    )
    return finish_chart(chart, *_tell_rate(study, flows, rates))


def _draw_rate(chart: Chart, axis: Axes, row, y: float) -> None:
    """A rate at height `y`: what follows from the words, an arrow for each open end, the formula
    below."""
    claim = chart.study.by_claim[row.claims[0]]
    style = style_documents(chart.study.documents)[claim.doc_id]
    ends = [end for end in (row.low, row.high) if pd.notna(end)]
    named = [row.best] if pd.notna(row.best) else ends
    hollow = is_unreviewed(chart, row.claims)
    if len(ends) == 2 and ends[0] < ends[1]:
        draw_bar(axis, ends, [y, y], style[0], 2.2, hollow, solid_capstyle="projecting", zorder=2)
    mark = draw_dot(axis, named, [y] * len(named), style, hollow)
    chart.mark_derived(mark, row, low=row.low, x=row.best, high=row.high, unit=row.unit, y=y)
    if claim.quantifier in ("nearly", *OPEN_BELOW):
        draw_arrow(axis, (min(named), y), (-15, 0), style[0])
    if claim.quantifier in OPEN_ABOVE or count_days(claim).or_fewer:
        draw_arrow(axis, (max(named), y), (15, 0), style[0])
    middle = (sum(named) / len(named), y)
    write_beside(
        axis, f"{say_rate(row)} a day", middle, (0, 7), ha="center", va="bottom", color=INK
    )
    formula = f"{row.formula}{say_voice(claim)}"
    write_beside(axis, formula, middle, (0, -7), ha="center", va="top", color=GREY)


def say_rate(row) -> str:
    """A derived rate, rounded: "about 57,000"; "20 or more", "20 or fewer" where one end is all
    that follows; "20 to 40"."""
    if pd.notna(row.low) and pd.notna(row.high) and row.low < row.high:
        return say_range(row.low, row.high)
    if pd.notna(row.best) and pd.isna(row.low) == pd.isna(row.high):
        return f"about {say_round(row.best)}"
    if pd.notna(row.low):
        return f"{say_round(row.low)} or more"
    return f"{say_round(row.high)} or fewer"


def _tell_rate(study: Study, flows: pd.DataFrame, rates: pd.DataFrame) -> Told:
    first = next(rates.itertuples())
    claim = study.by_claim[first.claims[0]]
    days = count_days(claim)
    fled = "displaced" if claim.measure == "new_displacement" else "forced to flee"
    told = claim.date_exact if claim.date_kind == "window" and claim.date_exact else say_when(claim)
    rate = say_rate(first)
    title = (
        f"“{claim.number}” {fled} {told}{say_voice(claim)}: {rate} people a day over "
        f"{days._replace(or_fewer=False)}"
    )
    title += ", more if it took fewer" if days.or_fewer and rate.startswith("about") else ""
    title += f"; {count(len(rates) - 1, 'more rate')}" if len(rates) > 1 else ""
    drawn = flows[flows["claim_id"].isin([key for ids in rates["claims"] for key in ids])]
    extent = describe_extent(drawn, study)
    if len(drawn) == 1 and claim.place:
        extent = f"{name_places(study.places, claim.place)}, {say_when(claim)}"
    subtitle = (
        f"People per day, {extent}. Derived: the figure divided by the days it counts; arrow: the "
        "words leave this end open."
    )
    alt = f"{count(len(rates), 'derived rate')} in people per day. {title}. {first.formula}."
    reading = (
        "A division, not an observation: no text counts people by the day. At an arrow the "
        "figure may be smaller or larger, or the days fewer, so that end is no bound."
    )
    return Told(title, subtitle, alt, reading)


@themed()
def draw_displacement_northwest(study: Study) -> Chart:
    """Populations, shares and camp totals of the places that corpus.toml compares, with the totals
    that shares and bases imply. One mark is one claim, or one derived total (hollow)."""
    name = "displacement_northwest"
    wanted = study.settings.get("comparisons", {}).get(name, {}).get("places")
    if not wanted:
        return absent_chart(study, name, f"corpus.toml names no places under [comparisons.{name}].")
    topic = study.all_claims[study.all_claims["topic"] == "displacement"]
    here = topic[topic["place"].map(lambda cell: share_value(cell, wanted)).astype(bool)]
    people = here[
        here["unit"].isin(["person", "percent"])
        & here["measure"].isin(["population", "idps", "in_camps"])
    ]
    people = people[(people["unit"] == "person") | (people["quantifier"] == "vague")]
    totals = derive_totals(here)
    if people["best"].isna().all() and totals.empty:
        return absent_chart(
            study,
            name,
            "no population, share or camp total of these places lies within the selection.",
        )
    chart = _draw_northwest(study, name, people, totals)
    bases = topic[topic["measure"] == "population"]
    chart.leave_out(
        pd.concat([here, bases]).drop_duplicates("claim_id"),
        {
            "shares of a base without a number": (topic["unit"] == "percent")
            & (topic["part_of"] == "")
            & (topic["same_as"] == ""),
            "flights, returns and camps without a figure for people": topic["unit"] == "event",
            "flights and returns": ~topic["measure"].isin(["population", "idps", "in_camps"]),
            "populations of other places": topic["measure"] == "population",
        },
    )
    areas = {key for cell in people["place"] for key in split_values(cell)} & set(wanted)
    told = _tell_northwest(study, len(areas), people, totals)
    return finish_chart(chart, *told, refused=_refuse_northwest(study, topic, people))


def _draw_northwest(study: Study, name: str, people: pd.DataFrame, totals: pd.DataFrame) -> Chart:
    labelled = label_claims(study, people)
    rows = stack_rows(labelled, "measure", ["population", "idps", "in_camps"], study)
    bottom = rows["y"].min() - 1.2 if len(rows) else 0.0
    formulas = [
        wrap_label([row.formula, voice_derived(study, row)], study) for row in totals.itertuples()
    ]
    ys, _ = space_labels(formulas, bottom, study)
    lowest = min([bottom + 1.2, *ys])
    chart, [axis] = start_chart(study, name, 5.2 * (1.6 - lowest) + 12)
    names = {
        "population": "Who lives there",
        "idps": "Displaced from elsewhere",
        "in_camps": "In camps",
    }
    draw_panel(chart, axis, rows, names)
    styles = style_documents(study.documents)
    for row in rows[rows["best"].notna()].itertuples():
        colour = styles[row.doc_id][0]
        axis.plot([0, row.best], [row.y] * 2, color=colour, linewidth=1.0, alpha=0.45, zorder=2)
    if ys:
        headings = {bottom: "Implied by shares and numbers (derived)"}
        stated = [] if chart.width == "column" else [*zip(rows["y"], rows["label"])]
        heights, labels = zip(*stated, *zip(ys, formulas))
        label_rows(axis, list(heights), list(labels), study, headings)
        _draw_totals(chart, axis, totals, ys)
    axis.set_ylim(lowest - 0.8, 0.6)
    values = pd.concat([people[["low", "best", "high"]].stack().dropna(), totals["best"]])
    _set_people(axis, values.max())
    add_document_legend(chart, people["doc_id"])
    return chart


def _set_people(axis: Axes, most: float) -> None:
    """An axis of people with three labels at most, and room for the words beside the marks."""
    from matplotlib.ticker import MaxNLocator

    axis.set_xlim(0, most * 1.45)
    axis.set_xlabel("people")
    axis.xaxis.set_major_locator(MaxNLocator(3))
    format_numbers(axis.xaxis)
    axis.grid(axis="x", color=PALE, linewidth=0.5)
    axis.set_axisbelow(True)


def _draw_totals(chart: Chart, axis: Axes, totals: pd.DataFrame, ys: list[float]) -> None:
    styles = style_documents(chart.study.documents)
    dashes = (0, (3, 2))
    for row, y in zip(totals.itertuples(), ys):
        style = styles[row.doc_ids[0]]
        axis.plot([0, row.best], [y, y], color=style[0], linewidth=0.9, linestyle=dashes, zorder=2)
        dot = draw_dot(axis, [row.best], [y], style, hollow=True)
        chart.mark_derived(dot, row, x=row.best, y=y, unit=row.unit)
        write_beside(axis, say_total(row), (row.best, y), (5, 0), color=GREY)


def voice_derived(study: Study, row) -> str:
    """Who says what a derived value rests on, each voice once: " (claimed · HTS)"; "" for the
    texts."""
    voices = dict.fromkeys(say_voice(study.by_claim[key]) for key in row.claims)
    return "".join(voice for voice in voices if voice)


def say_total(row) -> str:
    """A derived total with what its words leave open: "2 million" of exact figures, "about 4.5
    million", "2 million or more"."""
    if pd.notna(row.low) and pd.notna(row.high):
        return say_people(row.best)
    if pd.notna(row.low):
        return f"{say_people(row.low)} or more"
    if pd.notna(row.high):
        return f"{say_people(row.high)} or fewer"
    return f"about {say_people(row.best)}"


def _tell_northwest(study: Study, areas: int, people: pd.DataFrame, totals: pd.DataFrame) -> Told:
    bases = people[(people["measure"] == "population") & people["best"].notna()]
    wholes = [row for row in totals.itertuples() if row.kind == "whole"]
    title = _tell_bases(bases, areas)
    for row in wholes:
        title += f"; a share and a number{voice_derived(study, row)} would make {say_total(row)}"
    subtitle = (
        f"People, {describe_extent(people, study)}. Filled: stated by a text; hollow and dashed: "
        "derived from a share and a number, by the formula beside it."
    )
    alt = (
        f"Horizontal dots of {count(len(people), 'claim')} and "
        f"{count(len(totals), 'derived total')}, in people. {title}."
    )
    said = [quote_claim(row) for row in bases.sort_values("best").itertuples()]
    said += [f"derived, {say_total(row)}" for row in wholes]
    reading = "There is one base only; shares said of others cannot be held against it."
    if len(said) > 1:
        told = "; ".join(said)
        reading = f"Populations: {told}. Before shares are compared, their bases have to be."
    return Told(title, subtitle, alt, reading)


def _tell_bases(bases: pd.DataFrame, areas: int) -> str:
    """For how many of the areas compared a population is given, and the words of the least and the
    most."""
    given = len({key for cell in bases["place"] for key in split_values(cell)})
    if bases.empty:
        return f"No population is given for {count(areas, 'area')}"
    least, most = (bases.loc[find(bases["best"])] for find in (pd.Series.idxmin, pd.Series.idxmax))
    said = quote_claim(least)
    if bases["best"].nunique() > 1:
        said += f" and {quote_claim(most)}" if len(bases) == 2 else f" to {quote_claim(most)}"
    return f"Populations given for {given} of {count(areas, 'area')}: {said}"


def _refuse_northwest(study: Study, topic: pd.DataFrame, people: pd.DataFrame) -> list[str]:
    bare = topic[(topic["unit"] == "percent") & (topic["part_of"] == "") & (topic["same_as"] == "")]
    lost = [f"“{row.number}” of {row.base or 'an unnamed base'}" for row in bare.itertuples()]
    refused = [f"Shares without a number for their base: {'; '.join(lost)}."] if lost else []
    pairs = {
        tuple(sorted((a.place, b.place)))
        for a in people.itertuples()
        for b in people.itertuples()
        if a.place != b.place and not overlap_places(study.places, a.place, b.place)
    }
    apart = [
        f"No text says how far {name_places(study.places, a)} and {name_places(study.places, b)} "
        "are the same ground."
        for a, b in sorted(pairs)
    ]
    return refused + apart[:2]


def say_people(number: float) -> str:
    """4 million; 1.5 million; 400,000."""
    return f"{number / 1e6:.3g} million" if number >= 1e6 else f"{number:,.0f}"
