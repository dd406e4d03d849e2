"""The map: the places captured, at true scale, coloured by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.comparisons import date_captures
from helpers.analysis.selection import Study, find_period, say_stance
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import DAY, is_unreviewed, place_labels, shorten
from helpers.charts.pace.events import (
    VERBS,
    find_actors,
    find_denials,
    find_route,
    list_steps,
    name_kinds,
    say_short,
    select_events,
)
from helpers.charts.theme import GREY, INK, SMALL, Looks, themed
from helpers.corpus.places import measure_distance, name_places, share_value
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError
from helpers.schema.formatting import count, join_words, say_period

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.colors import Normalize

POINTS = ["city", "town", "village", "site"]  # what a map can show as a point
NEAR_KM = 15  # sites nearer than this to a town are shown by the town


class Advance(NamedTuple):
    """What the map shows: the country's outline; the firm events; the days of each capture
    (date_captures, by place); the places that the map can show; the first and the last day."""

    outline: pd.DataFrame
    events: pd.DataFrame
    dates: pd.DataFrame
    shown: pd.DataFrame
    first: pd.Timestamp
    last: pd.Timestamp


@themed()
def draw_pace_map(study: Study) -> Chart:
    """The places captured, at true scale, coloured by the first day on which the documents let them
    fall; entered or reached only: hollow. One mark is one place with all its claims. Country
    outline, scale bar and the names of the neighbours; no tiles, nothing from the network."""
    name = "pace_map"
    outline = load_outline(study)
    if outline is None:
        return absent_chart(study, name, "corpus.toml names no outline under [map].")
    events = select_events(study, ["offensive_start", "reached", "entered", "captured"])
    events = events[events["assertion"].isin(["reported", "claimed"])]
    dates = date_captures(study.claims, find_actors(study)).set_index("place")
    shown = choose_points(study, events)
    if shown.empty:
        return absent_chart(
            study,
            name,
            "no place with coordinates was reached, entered or captured within the selection.",
        )
    spoken = (events["date_start"].min(), events["date_end"].max())
    first, last = find_period(study, "offensive") or spoken
    advance = Advance(outline, events, dates, shown, first, last)
    by = _name_side(study, dates)
    chart, [axis] = start_chart(study, name, 84 if study.parameters["width"] == "column" else 128)
    labels = _draw_map(chart, axis, advance)
    chart.legend += _list_signs(by)
    steps = list_steps(study)
    nowhere = "events at places without a point of their own at this scale"
    more = {"withdrawals": steps["measure"] == "withdrawn", nowhere: steps["place"] != ""}
    chart.leave_out(steps, name_kinds(study, steps, more))
    denied = [(place["name"], find_denials(study, key)) for key, place in shown.iterrows()]
    refused = [f"{place}: capture {say_stance(rows)}." for place, rows in denied if rows]
    refused.append(study.settings["map"].get("source", ""))
    return finish_chart(chart, *_tell_map(study, advance, by, labels), refused)


def _draw_map(chart: Chart, axis: Axes, advance: Advance) -> list[str]:
    """The country, the route, the places and their colours; returns the labels of the places."""
    import matplotlib

    country, places = advance.outline, advance.shown
    land: Looks = {"facecolor": "#f4f1ea", "edgecolor": "#8a8a8a", "linewidth": 0.8}
    axis.fill(country["lon"], country["lat"], zorder=1, **land)
    scale = matplotlib.colors.Normalize(0, (advance.last - advance.first).days)
    colours = matplotlib.colormaps["viridis_r"]

    def colour_day(day: pd.Timestamp) -> tuple:
        return colours(scale((day - advance.first).days))

    _draw_route(axis, chart.study)
    labels = []
    for place in places.index:
        name, said = _draw_place(chart, axis, advance, place, colour_day)
        labels.append(f"{shorten(name, 14) if chart.width == 'column' else name}\n{said}")
    avoid = _draw_surroundings(axis, chart.study, country)
    place_labels(chart, axis, list(zip(places["lon"], places["lat"])), labels, avoid)
    _draw_scale(chart, axis, advance, scale)
    return labels


def _draw_scale(chart: Chart, axis: Axes, advance: Advance, scale: Normalize) -> None:
    """Which colour is which day, the last day among those named."""
    from matplotlib.cm import ScalarMappable

    side: dict[str, Any] = {"location": "right", "shrink": 0.55}
    if chart.width == "column":
        side = {"location": "bottom", "shrink": 0.9}
    shades = ScalarMappable(scale, "viridis_r")
    bar = chart.drawn.colorbar(shades, ax=axis, pad=0.01, aspect=28, **side)
    span = (advance.last - advance.first).days
    ticks = np.unique(np.linspace(0, span, min(span, 5) + 1).round()).tolist()
    days = [advance.first + tick * DAY for tick in ticks]
    bar.set_ticks(ticks, labels=[say_short(day, day) for day in days])
    bar.ax.tick_params(labelsize=SMALL, length=2)
    bar.set_label("first possible day of capture", size=SMALL)
    bar.outline.set_linewidth(0.4)


def _list_signs(by: str) -> list[Artist]:
    from matplotlib.lines import Line2D

    point: Looks = {"marker": "o", "markeredgecolor": INK, "linestyle": "none"}
    told = f"not captured{by}: what is told of it"
    return [
        Line2D([], [], color=GREY, markersize=5.5, label="captured (colour: day)", **point),
        Line2D([], [], markerfacecolor="white", markersize=5, label=told, **point),
    ]


def _tell_map(study: Study, advance: Advance, by: str, labels: list[str]) -> Told:
    title = _title_map(study, advance, by)
    subtitle = (
        "Places by the days that every text allows for their capture, "
        f"{say_period(advance.first, advance.last)}. Dashed: the route, in straight lines. "
        f"Equirectangular, true to scale at {advance.outline['lat'].mean():.0f}° N."
    )
    said = "; ".join(label.replace("\n", ", ") for label in labels)
    alt = f"Map of {count(len(advance.shown), 'place')}. {title}. {said}."
    reading = (
        "A colour is the first day that no text excludes; where texts exclude each other it is the "
        "first that any of them names."
    )
    return Told(title, subtitle, alt, reading)


def _name_side(study: Study, dates: pd.DataFrame) -> str:
    """by HTS coalition; "" where the corpus names no side, or a capture is nobody's by its text."""
    captures = [study.by_claim[claim] for claims in dates["claims"] for claim in claims]
    actors = find_actors(study)
    return f" by {join_words(actors)}" if actors and all(row.actor for row in captures) else ""


def _title_map(study: Study, advance: Advance, by: str) -> str:
    """How many places were captured, how many of them the map can show, and the ends of the
    route."""
    dates = advance.dates
    taken = [place for place in advance.shown.index if place in dates.index]
    route = [place for place in find_route(study) if place in taken]
    ends = [
        f"{name_places(study.places, place)} ({say_short(*dates.loc[place, ['first', 'last']])})"
        for place in route
    ]
    way = f", from {ends[0]} to {ends[-1]}" if len(route) > 1 else ""
    if len(dates) == len(taken):
        return f"{count(len(taken), 'place')} captured{by}{way}"
    stand = "stands" if len(taken) == 1 else "stand"
    return (
        f"{len(dates)} places or parts of places captured{by}; {len(taken)} {stand} on the map{way}"
    )


def _draw_place(
    chart: Chart,
    axis: Axes,
    advance: Advance,
    key: str,
    colour_day: Callable[[pd.Timestamp], tuple],
) -> tuple[str, str]:
    """One place as a mark: filled by the first day of its capture, hollow when it was not captured.
    Returns its name and what the label says of it."""
    study, place = chart.study, advance.shown.loc[key]
    events = advance.events[advance.events["place"] == key]
    denials = find_denials(study, key)
    captured = key in advance.dates.index
    if captured:
        days = advance.dates.loc[key]
        day = days["first"]
        looks: Looks = {"color": colour_day(day), "markeredgecolor": INK, "markeredgewidth": 0.6}
        if is_unreviewed(chart, list(events["claim_id"])):  # hollow, the day still in its colour
            rim = {"markeredgecolor": colour_day(day), "markeredgewidth": 2.2}
            looks |= {"markerfacecolor": "white"} | rim
        firm = [study.by_claim[claim] for claim in days["claims"]]
        notes = [say_stance(rows).partition(" by ")[0] for rows in (firm, denials) if rows]
        said = " ".join([say_short(day, days["last"]), *(f"({note})" for note in notes if note)])
        words = f"{place['name']}: captured {said}"
    else:
        day = events["date_start"].min()
        looks = {"markerfacecolor": "white", "markeredgecolor": INK, "markeredgewidth": 0.9}
        said = f"{_say_events(study, events)} {say_short(day, events['date_end'].max())}"
        words = f"{place['name']}: {said}"
    looks |= {"marker": "o", "markersize": 7 if captured else 6, "linestyle": "none"}
    [dot] = axis.plot([place["lon"]], [place["lat"]], zorder=4, **looks)
    claims = [*events["claim_id"], *(row.claim_id for row in denials)]
    plotted = {"x": place["lon"], "y": place["lat"], "first": day, "captured": captured}
    chart.mark_group(dot, key, claims, words, **plotted)
    return place["name"], said


def _say_events(study: Study, events: pd.DataFrame) -> str:
    """reached and entered by SDF: what is told of a place, and by whom where it is another
    side's."""
    actors = find_actors(study)
    said = []
    for row in events.itertuples():
        other = row.actor and actors and not share_value(row.actor, actors)
        said.append(VERBS[row.measure] + (f" by {row.actor.replace(';', ', ')}" if other else ""))
    return " and ".join(dict.fromkeys(said))


def load_outline(study: Study) -> pd.DataFrame | None:
    """The country outline that corpus.toml names: lon, lat in degrees, a closed ring; None when it
    names none. Raises CorpusError when the file lies outside the corpus folder or is no table of
    degrees."""
    name = study.settings.get("map", {}).get("outline")
    if not name:
        return None
    file = (study.folder / name).resolve()
    if study.folder not in file.parents:
        raise CorpusError(
            f'corpus.toml [map] outline = "{name}" lies outside the corpus folder; put the file '
            "beside the texts"
        )
    outline = load_table(file, ["lon", "lat"]).apply(pd.to_numeric, errors="coerce")
    if outline[["lon", "lat"]].isna().any(axis=None):
        raise CorpusError(f"{name} holds a lon or lat that is no number; write degrees")
    return outline


def choose_points(study: Study, events: pd.DataFrame) -> pd.DataFrame:
    """The places of the events that a map can show as points: towns first, then sites that lie
    farther than NEAR_KM from any shown. Indexed by place key, with name, lat, lon."""
    places = study.places[
        study.places.index.isin(events["place"])
        & study.places["kind"].isin(POINTS)
        & study.places["lat"].notna()
    ]
    points = places[["lat", "lon"]].astype(float)
    kept: list[str] = []
    for place in sorted(places.index, key=lambda key: (POINTS.index(places.loc[key, "kind"]), key)):
        here = points.loc[place]
        away = [measure_distance(*here, *points.loc[other]) for other in kept]
        if all(km > NEAR_KM for km in away):
            kept.append(place)
    return places.loc[kept, ["name", "lat", "lon"]]


def _draw_route(axis: Axes, study: Study) -> None:
    stops = [place for place in find_route(study) if place in study.places.index]
    points = study.places.loc[stops, ["lon", "lat"]].astype(float).to_numpy()
    arrow: Looks = {
        "arrowstyle": "-|>,head_width=0.2,head_length=0.4",
        "color": GREY,
        "linewidth": 0.9,
        "linestyle": (0, (4, 2)),
        "shrinkA": 4,
        "shrinkB": 5,
    }
    for start, end in zip(points, points[1:]):
        axis.annotate("", end, xytext=start, zorder=2, arrowprops=arrow)


def _draw_surroundings(axis: Axes, study: Study, outline: pd.DataFrame) -> list[Artist]:
    """Neighbours, scale bar and frame; returns the artists that labels must avoid."""
    lat = outline["lat"].mean()
    axis.set_aspect(1 / np.cos(np.radians(lat)))
    axis.set_xlim(outline["lon"].min() - 0.7, outline["lon"].max() + 0.15)
    axis.set_ylim(outline["lat"].min() - 0.25, outline["lat"].max() + 0.35)
    inside: Looks = {"ha": "center", "va": "center", "style": "italic", "color": GREY}
    artists: list[Artist] = [
        axis.text(place["lon"], place["lat"], place["name"], size=SMALL + 0.8, **inside)
        for place in study.settings["map"].get("neighbours", [])
    ]
    degrees = 100 / measure_distance(lat, 0.0, lat, 1.0)
    left, bottom = axis.get_xlim()[1] - degrees - 0.25, axis.get_ylim()[0] + 0.25
    thick: Looks = {"color": INK, "linewidth": 1.4, "solid_capstyle": "butt"}
    artists += axis.plot([left, left + degrees], [bottom, bottom], **thick)
    middle = left + degrees / 2
    artists.append(axis.text(middle, bottom + 0.06, "100 km", size=SMALL, ha="center", va="bottom"))
    axis.set_xticks([])
    axis.set_yticks([])
    for side in axis.spines.values():
        side.set_visible(False)
    return artists
