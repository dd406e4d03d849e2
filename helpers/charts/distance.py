"""Distance: how far it still was to the target on the days that each text allows, and the pace between places."""

import pandas as pd

from helpers.charts.marks import MARKER_SIZE, add_document_legend, is_unreviewed
from helpers.charts.pace import (
    DAY,
    VERBS,
    find_actors,
    find_denials,
    list_steps,
    name_kinds,
    select_events,
    set_days,
)
from helpers.charts.theme import (
    GREY,
    INK,
    SMALL,
    Chart,
    absent_chart,
    finish_chart,
    start_chart,
    style_documents,
)
from helpers.estimates import date_captures, derive_speed
from helpers.places import measure_between, name_places, share_value, split_values
from helpers.prose import count, say_period, say_range
from helpers.study import Study, say_stance

CLAIMED = (0, (3, 0.8))  # the dashes of what a party alone says


def draw_pace_distance(study: Study) -> Chart:
    """Straight-line distance that remains to the target against the days on which each place was entered
    and captured, with km per day between places. One mark gathers a document's claims of one verb for
    one place; speeds are derived marks, bands between the days of two captures; a text's own distance
    stands beside the computed one."""
    from matplotlib.lines import Line2D

    name = "pace_distance"
    target, route = (
        study.settings.get("route", {}).get("target"),
        study.settings.get("route", {}).get("places", []),
    )
    if not target:
        return absent_chart(study, name, "corpus.toml names no target under [route].")
    events = select_events(study, ["entered", "captured"])
    events = events[
        events["assertion"].isin(["reported", "claimed"])
        & events["actor"]
        .map(
            lambda cell: not cell or not find_actors(study) or share_value(cell, find_actors(study))
        )
        .astype(bool)
    ]
    events = events.assign(
        km=[
            measure_between(study.places, split_values(place)[0], target)
            for place in events["place"]
        ]
    )
    events = events[events["place"].isin([*route]) & events["km"].notna()]
    if events.empty:
        return absent_chart(
            study,
            name,
            "no place on the route was entered or captured on a known day within the selection.",
        )
    chart, [axis] = start_chart(study, name, 112)
    _draw_stops(chart, axis, events, study)
    speeds = derive_speed(study.claims, study.places, route, find_actors(study))
    for row in speeds.itertuples():
        _draw_speed(
            chart,
            axis,
            row,
            date_captures(study.claims, find_actors(study)).set_index("place"),
            study,
            target,
        )
    _draw_own_distances(chart, axis, study, target)
    set_days(
        axis,
        events["date_start"].min(),
        events["date_end"].max(),
        most=20 if study.parameters["width"] != "column" else 7,
    )
    axis.set_ylim(-32, events["km"].max() + 42)
    axis.set_ylabel(f"km to {name_places(study.places, target)}, straight line")
    styles = [
        Line2D([], [], color=GREY, linewidth=3.2, label="captured"),
        Line2D([], [], color=GREY, linewidth=1.1, label="entered"),
    ]
    if any(row["stance"] for row in chart.rows if row["kind"] == "group"):
        styles.append(
            Line2D(
                [], [], color=GREY, linewidth=3.2, linestyle=CLAIMED, label="a party’s word alone"
            )
        )
    add_document_legend(chart, events["doc_id"], styles)
    _leave_out(chart, study)
    return finish_chart(
        chart, *_tell_distance(study, events, speeds, target), _compare_distances(study, target)
    )


def _leave_out(chart: Chart, study: Study) -> None:
    steps = list_steps(study)
    more = {
        "arrivals": steps["measure"] == "reached",
        "withdrawals": steps["measure"] == "withdrawn",
        "entries and captures off the route or by others": steps["measure"].isin(
            ["entered", "captured"]
        ),
    }
    chart.leave_out(steps, name_kinds(study, steps, more))


def _tell_distance(
    study: Study, events: pd.DataFrame, speeds: pd.DataFrame, target: str
) -> tuple[str, str, str, str]:
    where = count(events["place"].nunique(), "place")
    title = f"{where} on the way to {name_places(study.places, target)}, and no pace between them: it takes two captures"
    if len(speeds):
        ends = (speeds.iloc[0]["place"], speeds.iloc[-1]["place_to"])
        way = measure_between(study.places, *ends)
        title = f"{' to '.join(name_places(study.places, end) for end in ends)}, {way:.0f} km in a straight line"
        paces = [
            f"{_say_pace(row)} to {name_places(study.places, row.place_to)}"
            for row in speeds[speeds["high"].notna()].itertuples()
        ]
        title += ": " + ", ".join(paces) if paces else ""
    subtitle = f"Km left to {name_places(study.places, target)} by the days each text allows, {say_period(events['date_start'].min(), events['date_end'].max())}. Grey bands: derived, from the days that every text allows for one capture to those for the next; km ÷ days from date to date. Bars of one place are set apart."
    alt = f"Dates of {count(len(events), 'entry or capture claim')} at {where} against straight-line distance in km. {title}."
    said = [
        f"{row.label}: {row.formula}" + (f", {_say_pace(row)}" if pd.notna(row.high) else "")
        for row in speeds.itertuples()
    ]
    reading = ". ".join(
        [
            *(["; ".join(said)] if said else []),
            "A step is measured between its own two places, so it need not be the difference of their distances",
            "Roads are longer than straight lines, and the range is that of the dates, not of the advance.",
        ]
    )
    return title, subtitle, alt, reading


def _say_pace(row) -> str:
    return f"{say_range(row.low, row.high)} km a day"


def _draw_stops(chart: Chart, axis, events: pd.DataFrame, study: Study) -> None:
    styles = style_documents(study.documents)
    for place, rows in events.groupby("place", sort=False):
        groups = list(rows.groupby(["doc_id", "measure"], sort=True))
        for number, ((doc_id, measure), group) in enumerate(groups):
            y = rows["km"].iloc[0] + (number - (len(groups) - 1) / 2) * 5.2
            start, end = group["date_start"].min(), group["date_end"].max() + DAY
            colour, marker = styles[doc_id]
            unreviewed = is_unreviewed(chart, list(group["claim_id"]))
            stance = say_stance(list(group.itertuples()))
            [bar] = axis.plot(
                [start, end],
                [y, y],
                color=colour,
                linewidth=3.2 if measure == "captured" else 1.1,
                linestyle=_choose_dashes(unreviewed, stance),
                solid_capstyle="butt",
                dash_capstyle="butt",
                zorder=3,
            )
            axis.plot(
                [start],
                [y],
                marker=marker,
                color=colour,
                markersize=3.8,
                zorder=4,
                **(
                    dict(markerfacecolor="white", markeredgewidth=0.7)
                    if unreviewed
                    else dict(markeredgecolor="white", markeredgewidth=0.4)
                ),
            )
            chart.mark_group(
                bar,
                f"{place}-{doc_id}-{measure}",
                list(group["claim_id"]),
                ", ".join(
                    [
                        f"{name_places(study.places, place)} {VERBS[measure]}",
                        *([stance] if stance else []),
                        doc_id,
                    ]
                ),
                x=start,
                end=group["date_end"].max(),
                y=round(float(rows["km"].iloc[0]), 1),
                measure=measure,
                place=place,
                stance=stance,
            )
        axis.annotate(
            f"{name_places(study.places, place)}\n{rows['km'].iloc[0]:.0f} km",
            (1, rows["km"].iloc[0]),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            size=SMALL + 0.6,
            weight="bold",
            va="center",
        )
        if denials := find_denials(study, place):
            axis.annotate(
                f"capture {say_stance(denials)}".replace(" by ", "\nby "),
                (1, rows["km"].iloc[0]),
                xycoords=("axes fraction", "data"),
                xytext=(5, -10),
                textcoords="offset points",
                size=SMALL,
                va="top",
            )


def _choose_dashes(unreviewed: bool, stance: str):
    if unreviewed:
        return (0, (1, 1))
    return CLAIMED if stance else "-"


def _draw_speed(chart: Chart, axis, row, dates: pd.DataFrame, study: Study, target: str) -> None:
    """A band from the days on which one place may have fallen to those of the next: no line within it is any
    likelier than another."""
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
        narrow = study.parameters["width"] == "column"
        words = _say_pace(row) + ("" if narrow else f"\n{row.formula}")
    middle = left["first"] + (right["first"] - left["first"]) / 2
    axis.annotate(
        words,
        (middle, sum(y) / 2),
        xytext=(-8, -1),
        textcoords="offset points",
        size=SMALL,
        color=INK,
        ha="right",
        va="top",
        zorder=6,
        bbox=dict(facecolor="white", edgecolor="none", alpha=0.8, pad=0.5),
    )


def _draw_own_distances(chart: Chart, axis, study: Study, target: str) -> None:
    """A text's own distance to the target, beside the computed one."""
    styles = style_documents(study.documents)
    said = study.all_claims[
        (study.all_claims["measure"] == "distance")
        & study.all_claims["place_to"].map(lambda cell: target in split_values(cell))
        & study.all_claims["best"].notna()
    ]
    for row in said.itertuples():
        colour, marker = styles[row.doc_id]
        [dot] = axis.plot(
            [0.99],
            [row.best],
            marker=marker,
            color=colour,
            markerfacecolor="white" if row.review == "proposed" else colour,
            markersize=MARKER_SIZE,
            transform=axis.get_yaxis_transform(),
            linestyle="none",
            zorder=5,
        )
        computed = measure_between(study.places, split_values(row.place)[0], target)
        chart.mark(
            dot,
            row,
            x=row.best,
            y=row.best,
            measure=row.measure,
            unit=row.unit,
            computed_km=round(computed, 1),
        )
        words = (
            f"text {row.doc_id}"
            if study.parameters["width"] == "column"
            else f"“{row.number}” (text {row.doc_id})"
        )
        axis.annotate(
            words,
            (1, row.best),
            xycoords=axis.get_yaxis_transform(),
            xytext=(5, 0),
            textcoords="offset points",
            size=SMALL,
            va="center",
            color=INK,
        )


def _compare_distances(study: Study, target: str) -> list[str]:
    """A text's own distances to the target, each beside the straight line."""
    said = study.all_claims[
        (study.all_claims["measure"] == "distance")
        & study.all_claims["place_to"].map(lambda cell: target in split_values(cell))
    ]
    return [
        f"The straight line from {name_places(study.places, row.place)} is {measure_between(study.places, split_values(row.place)[0], target):.0f} km; text {row.doc_id} says “{row.number}”."
        for row in said.itertuples()
    ]
