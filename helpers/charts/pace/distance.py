"""Distance: how far it still was to the target on the days that each text allows, and the pace
between places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.comparisons import date_captures
from helpers.analysis.rates import derive_speed
from helpers.analysis.selection import Study, say_stance
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import (
    DAY,
    add_document_legend,
    draw_bar,
    draw_dot,
    draw_start,
    is_unreviewed,
    write_beside,
)
from helpers.charts.pace.events import (
    VERBS,
    find_actors,
    find_denials,
    find_route,
    list_steps,
    name_kinds,
    select_events,
)
from helpers.charts.panels import set_days
from helpers.charts.theme import GREY, INK, SMALL, Looks, style_documents, themed
from helpers.corpus.places import measure_between, name_places, share_value, split_values
from helpers.schema.formatting import count, say_period, say_range

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

CLAIMED = (0, (3, 0.8))  # the dashes of what a party alone says
THICK = {"captured": 3.2, "entered": 1.1}  # points


@themed()
def draw_pace_distance(study: Study) -> Chart:
    """Straight-line distance that remains to the target against the days on which each place was
    entered and captured, with km per day between places. One mark gathers a document's claims of
    one verb for one place; speeds are derived marks, bands between the days of two captures; a
    text's own distance stands beside the computed one."""
    name = "pace_distance"
    target = study.settings.get("route", {}).get("target")
    if not target:
        return absent_chart(study, name, "corpus.toml names no target under [route].")
    events = _select_stops(study, target)
    if events.empty:
        return absent_chart(
            study,
            name,
            "no place on the route was entered or captured on a known day within the selection.",
        )
    narrow = study.parameters["width"] == "column"
    chart, [axis] = start_chart(study, name, 112)
    _draw_stops(chart, axis, events)
    speeds = derive_speed(study.claims, study.places, find_route(study), find_actors(study))
    _draw_speeds(chart, axis, speeds, target)
    _draw_own_distances(chart, axis, _list_own_distances(study, target), target)
    first, last = events["date_start"].min(), events["date_end"].max()
    set_days(axis, first, last, most=7 if narrow else 20)
    axis.set_ylim(-32, events["km"].max() + 42)
    axis.set_ylabel(f"km to {name_places(study.places, target)}, straight line")
    claimed = any(row["stance"] for row in chart.rows if row["kind"] == "group")
    add_document_legend(chart, events["doc_id"], _list_signs(claimed))
    steps = list_steps(study)
    own = steps["measure"].isin(["entered", "captured"])
    more = {
        "arrivals": steps["measure"] == "reached",
        "withdrawals": steps["measure"] == "withdrawn",
        "entries and captures off the route or by others": own,
    }
    chart.leave_out(steps, name_kinds(study, steps, more))
    told = _tell_distance(study, events, speeds, target)
    return finish_chart(chart, *told, _compare_distances(study, target))


def _select_stops(study: Study, target: str) -> pd.DataFrame:
    """The entries and captures of places on the route by those whose advance it is, with `km` to
    the target."""
    events, actors = select_events(study, ["entered", "captured"]), find_actors(study)
    own = events["actor"].map(
        lambda cell: not cell or not actors or bool(share_value(cell, actors))
    )
    events = events[events["assertion"].isin(["reported", "claimed"]) & own.astype(bool)]
    places = [split_values(cell)[0] for cell in events["place"]]
    km = [measure_between(study.places, place, target) for place in places]
    events = events.assign(km=km)
    return events[events["place"].isin(find_route(study)) & events["km"].notna()]


def _list_signs(claimed: bool) -> list[Artist]:
    from matplotlib.lines import Line2D

    signs: list[Artist] = [
        Line2D([], [], color=GREY, linewidth=THICK[measure], label=measure)
        for measure in ("captured", "entered")
    ]
    if claimed:
        thick: Looks = {"linewidth": THICK["captured"], "linestyle": CLAIMED}
        signs.append(Line2D([], [], color=GREY, label="a party’s word alone", **thick))
    return signs


def _tell_distance(study: Study, events: pd.DataFrame, speeds: pd.DataFrame, target: str) -> Told:
    where, goal = count(events["place"].nunique(), "place"), name_places(study.places, target)
    title = f"{where} on the way to {goal}, and no pace between them: it takes two captures"
    if len(speeds):
        ends = (speeds.iloc[0]["place"], speeds.iloc[-1]["place_to"])
        way = measure_between(study.places, *ends)
        named = " to ".join(name_places(study.places, end) for end in ends)
        title = f"{named}, {way:.0f} km in a straight line"
        paces = [
            f"{_say_pace(row)} to {name_places(study.places, row.place_to)}"
            for row in speeds[speeds["high"].notna()].itertuples()
        ]
        title += ": " + ", ".join(paces) if paces else ""
    period = say_period(events["date_start"].min(), events["date_end"].max())
    subtitle = (
        f"Km left to {goal} by the days each text allows, {period}. Grey bands: derived, from the "
        "days that every text allows for one capture to those for the next; km ÷ days from date "
        "to date. Bars of one place are set apart."
    )
    alt = (
        f"Dates of {count(len(events), 'entry or capture claim')} at {where} against "
        f"straight-line distance in km. {title}."
    )
    said = [
        f"{row.label}: {row.formula}" + (f", {_say_pace(row)}" if pd.notna(row.high) else "")
        for row in speeds.itertuples()
    ]
    reading = "; ".join(said) + ". " if said else ""
    reading += (
        "A step is measured between its own two places, so it need not be the difference of their "
        "distances. Roads are longer than straight lines, and the range is that of the dates, not "
        "of the advance."
    )
    return Told(title, subtitle, alt, reading)


def _say_pace(row) -> str:
    return f"{say_range(row.low, row.high)} km a day"


def _draw_stops(chart: Chart, axis: Axes, events: pd.DataFrame) -> None:
    """The bars of each place, one a document and verb, set apart; its name and km in the margin,
    and who denies its capture."""
    study = chart.study
    for place, rows in events.groupby("place", sort=False):
        groups = [group for _, group in rows.groupby(["doc_id", "measure"], sort=True)]
        km = rows["km"].iloc[0]
        for number, group in enumerate(groups):
            _draw_stop(chart, axis, group, km + (number - (len(groups) - 1) / 2) * 5.2)
        words = f"{name_places(study.places, place)}\n{km:.0f} km"
        margin: Looks = {"xycoords": ("axes fraction", "data")}
        write_beside(axis, words, (1, km), (5, 0), size=SMALL + 0.6, weight="bold", **margin)
        if denials := find_denials(study, place):
            denied = f"capture {say_stance(denials)}".replace(" by ", "\nby ")
            write_beside(axis, denied, (1, km), (5, -10), va="top", **margin)


def _draw_stop(chart: Chart, axis: Axes, group: pd.DataFrame, y: float) -> None:
    """A bar over the days that a document's claims of one verb allow for one place."""
    study, claims = chart.study, list(group.itertuples())
    doc_id, measure, place = claims[0].doc_id, claims[0].measure, claims[0].place
    style, ids = style_documents(study.documents)[doc_id], list(group["claim_id"])
    start, end = group["date_start"].min(), group["date_end"].max()
    unreviewed, stance = is_unreviewed(chart, ids), say_stance(claims)
    dashes: Looks = {"linestyle": _choose_dashes(unreviewed, stance), "dash_capstyle": "butt"}
    bar = draw_bar(axis, [start, end + DAY], [y, y], style[0], THICK[measure], **dashes)
    draw_start(axis, start, y, style, unreviewed, 3.8)
    said = [f"{name_places(study.places, place)} {VERBS[measure]}", stance, doc_id]
    chart.mark_group(
        bar,
        f"{place}-{doc_id}-{measure}",
        ids,
        ", ".join(filter(None, said)),
        x=start,
        end=end,
        y=round(float(claims[0].km), 1),
        measure=measure,
        place=place,
        stance=stance,
    )


def _choose_dashes(unreviewed: bool, stance: str) -> Any:
    if unreviewed:
        return (0, (1, 1))
    return CLAIMED if stance else "-"


def _draw_speeds(chart: Chart, axis: Axes, speeds: pd.DataFrame, target: str) -> None:
    """A band for each step, from the days on which one place may have fallen to those of the next:
    no line within it is any likelier than another."""
    study = chart.study
    dates = date_captures(study.claims, find_actors(study)).set_index("place")
    white = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5}
    for row in speeds.itertuples():
        left, right = dates.loc[row.place], dates.loc[row.place_to]
        y = [measure_between(study.places, place, target) for place in (row.place, row.place_to)]
        [band] = axis.fill(
            [left["first"], left["last"] + DAY, right["last"] + DAY, right["first"]],
            [y[0], y[0], y[1], y[1]],
            facecolor="#ededed",
            edgecolor=GREY,
            linewidth=0.7,
            linestyle=(0, (4, 2)),
            zorder=1,
        )
        chart.mark_derived(
            band,
            row,
            low=row.low,
            high=row.high,
            unit=row.unit,
            km=round(row.km, 1),
            days_fewest=row.days_fewest,
            days_most=row.days_most,
        )
        words = row.formula.replace(": ", ":\n")
        if pd.notna(row.high):
            words = _say_pace(row) + ("" if chart.width == "column" else f"\n{row.formula}")
        middle = (left["first"] + (right["first"] - left["first"]) / 2, sum(y) / 2)
        looks: Looks = {"color": INK, "ha": "right", "va": "top", "bbox": white}
        write_beside(axis, words, middle, (-8, -1), zorder=6, **looks)


def _list_own_distances(study: Study, target: str) -> pd.DataFrame:
    """The claims of a distance to the target."""
    said = study.all_claims[study.all_claims["measure"] == "distance"]
    to_target = said["place_to"].map(lambda cell: target in split_values(cell))
    return said[to_target.astype(bool)]


def _draw_own_distances(chart: Chart, axis: Axes, said: pd.DataFrame, target: str) -> None:
    """A text's own distance to the target, beside the computed one."""
    study, across = chart.study, axis.get_yaxis_transform()
    styles = style_documents(study.documents)
    for row in said[said["best"].notna()].itertuples():
        hollow, looks = row.review == "proposed", {"transform": across, "zorder": 5}
        dot = draw_dot(axis, [0.99], [row.best], styles[row.doc_id], hollow, **looks)
        computed = measure_between(study.places, split_values(row.place)[0], target)
        plotted = {"measure": row.measure, "unit": row.unit, "computed_km": round(computed, 1)}
        chart.mark(dot, row, x=row.best, y=row.best, **plotted)
        words = f"text {row.doc_id}"
        if chart.width != "column":
            words = f"“{row.number}” ({words})"
        write_beside(axis, words, (1, row.best), (5, 0), color=INK, xycoords=across)


def _compare_distances(study: Study, target: str) -> list[str]:
    """A text's own distances to the target, each beside the straight line."""
    compared = []
    for row in _list_own_distances(study, target).itertuples():
        place = name_places(study.places, row.place)
        km = measure_between(study.places, split_values(row.place)[0], target)
        said = f"text {row.doc_id} says “{row.number}”"
        compared.append(f"The straight line from {place} is {km:.0f} km; {said}.")
    return compared
