"""Displacement: what was counted, how fast it would have been, and how the north-west adds up."""

import pandas as pd

from helpers.charts.lanes import (
    describe_extent,
    draw_lanes,
    draw_panels,
    find_step,
    label_claim,
    label_rows,
    stack_rows,
)
from helpers.charts.marks import (
    MARKER_SIZE,
    add_document_legend,
    format_numbers,
    is_unreviewed,
    style_line,
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
from helpers.estimates import derive_daily, derive_totals
from helpers.places import name_places, overlap_places, share_value, split_values
from helpers.prose import count, say_number, say_round
from helpers.study import Study

MEASURES = {  # in the order of the lanes; stock, flow and cross-border never share one
    "new_displacement": "New displacement (flow)",
    "forced_to_flee": "Forced to flee (unsaid which)",
    "idps": "Displaced within the country (stock)",
    "in_camps": "In camps (stock)",
    "refugees": "Refugees abroad (stock)",
    "returns": "Returns (flow)",
    "population": "Population (a base, not displacement)",
}


def draw_displacement_reported(study: Study) -> Chart:
    """Every displacement claim in people on a log axis, a lane for each measure, shares in a percent panel
    of their own, vague figures in the hatched lane. One mark is one claim; populations are left to
    displacement_northwest, households are not turned into people."""
    name = "displacement_reported"
    claims = study.all_claims[
        (study.all_claims["topic"] == "displacement")
        & (study.all_claims["measure"] != "population")
    ]
    people, shares = claims[claims["unit"] == "person"], claims[claims["unit"] == "percent"]
    if people.empty and shares.empty:
        return absent_chart(
            study, name, "no displacement claim in people or percent lies within the selection."
        )
    chart = draw_panels(study, name, people, shares, MEASURES)
    bare = claims[~claims["unit"].isin(["person", "percent"])]
    refused = (
        [
            f"Not drawn: {count(len(bare), 'claim')} that tell{'s' * (len(bare) == 1)} of displacement without a figure for people."
        ]
        if len(bare)
        else []
    )
    refused.append(
        "Stock, flow and cross-border figures are not added up, nor the war with the offensive; populations are bases and are charted apart."
    )
    return finish_chart(chart, *_tell_reported(study, people, shares), refused=refused)


def _tell_reported(
    study: Study, people: pd.DataFrame, shares: pd.DataFrame
) -> tuple[str, str, str, str]:
    recent = people[
        (people["scope"] == "offensive")
        & people["measure"].isin(["new_displacement", "forced_to_flee", "idps"])
    ]
    numbers, words = (
        recent[recent["quantifier"] != "vague"],
        recent[recent["quantifier"] == "vague"],
    )
    if len(numbers) == 1:
        title = f"One claim puts a number on the people the offensive displaced, “{numbers['number'].iloc[0]}”; {len(words)} use{'s' * (len(words) == 1)} words alone"
    elif len(numbers):
        values = numbers[["low", "best", "high"]].stack().dropna()
        title = f"{len(numbers)} numbers for the people the offensive displaced, {values.min():,.0f} to {values.max():,.0f}; {count(len(words), 'claim')} in words alone"
    else:
        title = f"{'None of the selected claims' if study.selection else 'No text'} puts a number on the people the offensive displaced; {len(words)} use{'s' * (len(words) == 1)} words"
    subtitle = f"People displaced, as each text words it, by what is counted; {describe_extent(people, study)}. Dot: best; bar: low to high; arrow: open end; ≈: about."
    lanes = ", ".join(
        f"{MEASURES[measure]} {len(rows)}"
        for measure, rows in people.groupby("measure", sort=False)
    )
    alt = f"Range-dot chart of {count(len(people), 'displacement claim')} in people and {count(len(shares), 'share')} in percent. {title}. By lane: {lanes}."
    vague = int((people["quantifier"] == "vague").sum())
    reading = (
        f"Of {count(len(people), 'claim')} in people, {vague} give{'s' * (vague == 1)} no number and stand{'s' * (vague == 1)} in the hatched lane. "
        "The others are compared within a lane, never across lanes: what one lane counts, another does not."
    )
    return title, subtitle, alt, reading


def draw_displacement_rate(study: Study) -> Chart:
    """People per day that the offensive's displacement figures imply, as ranges over the days their words
    allow, against the war's displaced spread evenly as a dashed floor: arithmetic, not a measured rate.
    One mark is one derived rate."""
    name = "displacement_rate"
    flows = study.claims[study.claims["measure"].isin(["new_displacement", "forced_to_flee"])]
    rates = derive_daily(flows)
    scopes = flows.set_index("claim_id")["scope"]
    rates["scope"] = [scopes[claims[0]] for claims in rates["claims"]]
    bars = rates[(rates["scope"] == "offensive") & rates["low"].notna() & rates["high"].notna()]
    floors = rates[rates["scope"] != "offensive"]
    if bars.empty:
        return absent_chart(
            study,
            name,
            "no displacement figure of the offensive has a number and a period within the selection.",
        )
    chart, [axis] = start_chart(study, name, 9 * len(rates) + 18)
    styles = style_documents(study.documents)
    for y, row in enumerate(bars.itertuples()):
        colour, _ = styles[row.doc_ids[0]]
        [bar] = axis.plot(
            [row.low, row.high],
            [-y, -y],
            color=colour,
            linewidth=7,
            solid_capstyle="butt",
            zorder=3,
            **style_line(is_unreviewed(chart, row.claims), colour, 7),
        )
        chart.mark_derived(bar, row, low=row.low, high=row.high, unit=row.unit, y=-y)
        axis.annotate(
            f"{say_round(row.low)} to {say_round(row.high)} a day",
            ((row.low + row.high) / 2, -y),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            size=SMALL + 0.6,
        )
        axis.annotate(
            row.formula,
            ((row.low + row.high) / 2, -y),
            xytext=(0, -7),
            textcoords="offset points",
            ha="center",
            va="top",
            size=SMALL,
            color=GREY,
        )
    top = bars["high"].max() * 1.25
    for number, row in enumerate(floors.itertuples(), 1):
        colour, _ = styles[row.doc_ids[0]]
        rate = row.low if pd.notna(row.low) else row.high
        line = axis.axvline(rate, color=colour, linestyle=(0, (4, 2)), linewidth=1.2, zorder=2)
        chart.mark_derived(line, row, low=row.low, high=row.high, unit=row.unit, y=None)
        axis.annotate(
            f"{row.label} since {_first_day(flows, row)}: {say_round(rate)} a day,\narithmetic, not a measured rate",
            (rate, -len(bars) + 0.42 - 0.55 * (number - 1)),
            xytext=(5, 0),
            textcoords="offset points",
            size=SMALL,
            color=INK,
            va="center",
        )
    axis.set_ylim(-len(bars) - 0.1 - 0.5 * max(len(floors) - 1, 0), 0.6)
    axis.set_xlim(0, top)
    axis.set_yticks([])
    axis.spines["left"].set_visible(False)
    axis.set_xlabel("people per day")
    format_numbers(axis.xaxis)
    add_document_legend(chart, [doc_id for row in rates.itertuples() for doc_id in row.doc_ids])
    first = bars.iloc[0]
    title = f"“{first['label']}” displaced would be {say_round(first['low'])} to {say_round(first['high'])} people a day"
    words = flows.set_index("claim_id").loc[first["claims"][0], "date_exact"]
    over = (
        f"over the days of “{words}” and over all days on which they may lie"
        if words
        else "over the days its date allows"
    )
    subtitle = f"People per day, {describe_extent(flows[flows['claim_id'].isin([row.claims[0] for row in bars.itertuples()])], study)}; derived: the figure {over}."
    alt = f"Horizontal bars of derived displacement rates. {title}."
    reading = "Each bar is a division, not an observation: nobody counted people by the day." + (
        " The dashed floor spreads the war’s total evenly over its years, which it was not; it is a scale to read by, no like figure: the text does not say whether it is stock or flow."
        if len(floors)
        else ""
    )
    vague = flows[(flows["quantifier"] == "vague") & (flows["scope"] == "offensive")]
    refused = [f"No rate for {count(len(vague), 'claim')} without a number."] if len(vague) else []
    return finish_chart(chart, title, subtitle, alt, reading, refused)


def _first_day(flows: pd.DataFrame, row) -> str:
    return f"{flows.set_index('claim_id').loc[row.claims[0], 'date_start']:%B %Y}"


def draw_displacement_northwest(study: Study) -> Chart:
    """Populations, shares and camp totals of the places that corpus.toml compares, with the totals that
    shares and bases imply. One mark is one claim, or one derived total (hollow)."""
    from matplotlib.ticker import MaxNLocator

    name = "displacement_northwest"
    wanted = study.settings.get("comparisons", {}).get(name, {}).get("places")
    if not wanted:
        return absent_chart(study, name, f"corpus.toml names no places under [comparisons.{name}].")
    here = study.all_claims[
        (study.all_claims["topic"] == "displacement")
        & study.all_claims["place"].map(lambda cell: share_value(cell, wanted)).astype(bool)
    ]
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
    step = find_step(study)
    rows = stack_rows(people, "measure", ["population", "idps", "in_camps"], step)
    bottom = rows["y"].min() if len(rows) else 1.0
    chart, [axis] = start_chart(
        study, name, 5.2 * (-bottom + 1.6 + (1.4 + step * len(totals)) * bool(len(totals))) + 12
    )
    names = {
        "population": "Who lives there",
        "idps": "Displaced from elsewhere",
        "in_camps": "In camps",
    }
    draw_lanes(chart, axis, rows, names)
    styles = style_documents(study.documents)
    for row in rows[rows["best"].notna()].itertuples():
        axis.plot(
            [0, row.best],
            [row.y, row.y],
            color=styles[row.doc_id][0],
            linewidth=1.0,
            alpha=0.45,
            zorder=2,
        )
    ys = [bottom - 1 - step * (number + 1) for number in range(len(totals))]
    _draw_totals(chart, axis, rows, totals, ys)
    axis.set_ylim((ys or [bottom])[-1] - 0.8, 0.6)
    axis.set_xlim(
        0, pd.concat([people[["low", "best", "high"]].stack().dropna(), totals["best"]]).max() * 1.3
    )
    axis.set_xlabel("people")
    axis.xaxis.set_major_locator(MaxNLocator(3))
    format_numbers(axis.xaxis)
    axis.grid(axis="x", color=PALE, linewidth=0.5)
    axis.set_axisbelow(True)
    add_document_legend(chart, people["doc_id"])
    return finish_chart(
        chart,
        *_tell_northwest(study, people, totals),
        refused=_refuse_northwest(study, here, people),
    )


def _draw_totals(
    chart: Chart, axis, rows: pd.DataFrame, totals: pd.DataFrame, ys: list[float]
) -> None:
    if not ys:
        return
    claims = [label_claim(row, chart.study.places) for row in rows.itertuples()]
    headings = {ys[0] + find_step(chart.study): "Implied by shares and numbers (derived)"}
    if chart.study.parameters["width"] == "column":
        label_rows(axis, ys, list(totals["formula"]), chart.study, headings)
    else:
        label_rows(axis, [*rows["y"], *ys], [*claims, *totals["formula"]], chart.study, headings)
    styles = style_documents(chart.study.documents)
    for row, y in zip(totals.itertuples(), ys):
        colour, marker = styles[row.doc_ids[0]]
        axis.plot(
            [0, row.best], [y, y], color=colour, linewidth=0.9, linestyle=(0, (3, 2)), zorder=2
        )
        [dot] = axis.plot(
            [row.best],
            [y],
            marker=marker,
            color=colour,
            markerfacecolor="white",
            markersize=MARKER_SIZE,
            linestyle="none",
            zorder=4,
        )
        chart.mark_derived(dot, row, x=row.best, y=y, unit=row.unit)
        axis.annotate(
            say_number(row.best),
            (row.best, y),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            size=SMALL,
            color=GREY,
        )


def _tell_northwest(
    study: Study, people: pd.DataFrame, totals: pd.DataFrame
) -> tuple[str, str, str, str]:
    bases = people[(people["measure"] == "population") & people["best"].notna()]["best"]
    wholes = totals[totals["kind"] == "whole"]["best"]
    known = pd.concat([bases, wholes])
    areas = f"{len({key for cell in people['place'] for key in split_values(cell)})} areas of one region"
    if len(bases):
        title = f"Populations given for {areas}: " + (
            f"{say_people(bases.min())} to {say_people(bases.max())}"
            if bases.nunique() > 1
            else say_people(bases.max())
        )
    else:
        title = f"No population is given for {areas}"
    if len(wholes):
        title += f"; a share and a number in camps imply {say_people(wholes.max())}"
    subtitle = f"People, {describe_extent(people, study)}. Filled: stated by a text; hollow and dashed: arithmetic from a share and a number."
    alt = f"Horizontal dots of {count(len(people), 'claim')} and {count(len(totals), 'derived total')}. {title}."
    reading = (
        f"The bases differ by a factor of {known.max() / known.min():.1f}; before shares are compared, their bases have to be."
        if len(known) > 1
        else "There is one base only; shares said of others cannot be held against it."
    )
    return title, subtitle, alt, reading


def _refuse_northwest(study: Study, here: pd.DataFrame, people: pd.DataFrame) -> list[str]:
    bare = study.all_claims[
        (study.all_claims["unit"] == "percent")
        & (study.all_claims["topic"] == "displacement")
        & (study.all_claims["part_of"] == "")
        & (study.all_claims["same_as"] == "")
    ]
    lost = [f"“{row.number}” of {row.base or 'an unnamed base'}" for row in bare.itertuples()]
    refused = [f"Shares without a number for their base: {'; '.join(lost)}."] if lost else []
    pairs = {
        tuple(sorted((a.place, b.place)))
        for a in people.itertuples()
        for b in people.itertuples()
        if a.place != b.place and not overlap_places(study.places, a.place, b.place)
    }
    return (
        refused
        + [
            f"{name_places(study.places, a)} and {name_places(study.places, b)} are not the same ground."
            for a, b in sorted(pairs)
        ][:2]
    )


def say_people(number: float) -> str:
    """4 million; 1.5 million; 400,000."""
    return f"{number / 1e6:.3g} million" if number >= 1e6 else f"{number:,.0f}"
