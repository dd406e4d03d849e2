"""The advance: on the map, and in the headline figure with what was counted in the same days."""

import numpy as np
import pandas as pd

from helpers.analysis.comparisons import count_sources, date_captures
from helpers.analysis.rates import say_length
from helpers.analysis.selection import Study, find_period, name_text, say_stance
from helpers.charts.lanes import find_step, label_rows, quote_words
from helpers.charts.marks import (
    add_document_legend,
    is_unreviewed,
    place_labels,
    shorten,
    style_line,
)
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
    PALE,
    SMALL,
    Chart,
    absent_chart,
    finish_chart,
    start_chart,
    style_documents,
)
from helpers.corpus.places import measure_distance, name_places, share_value, split_values
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError
from helpers.schema.formatting import count, join_words, name_harmed, say_period

POINTS = ["city", "town", "village", "site"]  # what a map can show as a point
FIGURE_MM = {"full": 6.4, "column": 7.8, "slide": 6.4}  # a row: two lines of label, and its bar
NOUNS = {
    "killed": "killed",
    "new_displacement": "displaced",
    "forced_to_flee": "forced to flee",
    "injured": "injured",
}
NEAR_KM = 15  # sites nearer than this to a town are shown by the town


def draw_pace_map(study: Study) -> Chart:
    """The places captured, at true scale, coloured by the first day on which the documents let them fall;
    entered or reached only: hollow. One mark is one place with all its claims. Country outline, scale
    bar and the names of the neighbours; no tiles, nothing from the network."""
    import matplotlib
    from matplotlib.lines import Line2D

    name = "pace_map"
    outline = load_outline(study)
    if outline is None:
        return absent_chart(study, name, "corpus.toml names no outline under [map].")
    events = select_events(study, ["offensive_start", "reached", "entered", "captured"])
    events = events[events["assertion"].isin(["reported", "claimed"])]
    dates = date_captures(study.claims, find_actors(study)).set_index("place")
    by = _name_side(study, dates)
    shown = choose_points(study, events)
    if shown.empty:
        return absent_chart(
            study,
            name,
            "no place with coordinates was reached, entered or captured within the selection.",
        )
    narrow = study.parameters["width"] == "column"
    chart, [axis] = start_chart(study, name, 84 if narrow else 128)
    axis.fill(
        outline["lon"],
        outline["lat"],
        facecolor="#f4f1ea",
        edgecolor="#8a8a8a",
        linewidth=0.8,
        zorder=1,
    )
    first, last = find_period(study, "offensive") or (
        events["date_start"].min(),
        events["date_end"].max(),
    )
    norm, colours = (
        matplotlib.colors.Normalize(0, (last - first).days),
        matplotlib.colormaps["viridis_r"],
    )
    _draw_route(axis, study)
    points = list(zip(shown["lon"], shown["lat"]))
    labels = [
        _draw_place(
            chart,
            axis,
            shown.loc[place],
            events[events["place"] == place],
            dates,
            lambda day: colours(norm((day - first).days)),
        )
        for place in shown.index
    ]
    labels = [
        shorten(label, 14) + "\n" + when if narrow else label + "\n" + when
        for label, when in labels
    ]
    avoid = _draw_surroundings(axis, study, outline)
    place_labels(chart, axis, points, labels, avoid=avoid)
    bar = chart.figure.colorbar(
        matplotlib.cm.ScalarMappable(norm, colours),
        ax=axis,
        shrink=0.9 if narrow else 0.55,
        pad=0.01,
        aspect=28,
        location="bottom" if narrow else "right",
    )
    span = (last - first).days
    ticks = np.unique(np.linspace(0, span, min(span, 5) + 1).round())  # the last day among them
    bar.set_ticks(
        ticks, labels=[say_short(first + tick * DAY, first + tick * DAY) for tick in ticks]
    )
    bar.ax.tick_params(labelsize=SMALL, length=2)
    bar.set_label("first possible day of capture", size=SMALL)
    bar.outline.set_linewidth(0.4)
    chart.legend += [
        Line2D(
            [],
            [],
            marker="o",
            color=GREY,
            markeredgecolor=INK,
            linestyle="none",
            markersize=5.5,
            label="captured (colour: day)",
        ),
        Line2D(
            [],
            [],
            marker="o",
            markerfacecolor="white",
            markeredgecolor=INK,
            linestyle="none",
            markersize=5,
            label=f"not captured{by}: what is told of it",
        ),
    ]
    steps = list_steps(study)
    nowhere = "events at places without a point of their own at this scale"
    more = {"withdrawals": steps["measure"] == "withdrawn", nowhere: steps["place"] != ""}
    chart.leave_out(steps, name_kinds(study, steps, more))
    title = _title_map(study, shown, dates, by)
    subtitle = f"Places by the days that every text allows for their capture, {say_period(first, last)}. Dashed: the route, in straight lines. Equirectangular, true to scale at {outline['lat'].mean():.0f}° N."
    alt = (
        f"Map of {count(len(shown), 'place')}. {title}. "
        + "; ".join(label.replace("\n", ", ") for label in labels)
        + "."
    )
    reading = "A colour is the first day that no text excludes; where texts exclude each other it is the first that any of them names."
    denied = [(place["name"], find_denials(study, key)) for key, place in shown.iterrows()]
    refused = [f"{name}: capture {say_stance(rows)}." for name, rows in denied if rows]
    refused.append(study.settings["map"].get("source", ""))
    return finish_chart(chart, title, subtitle, alt, reading, refused)


def _name_side(study: Study, dates: pd.DataFrame) -> str:
    """by HTS coalition; "" where the corpus names no side, or a capture is nobody's by its text."""
    captures = [study.by_claim[claim] for claims in dates["claims"] for claim in claims]
    actors = find_actors(study)
    return f" by {join_words(actors)}" if actors and all(row.actor for row in captures) else ""


def _title_map(study: Study, shown: pd.DataFrame, dates: pd.DataFrame, by: str) -> str:
    """How many places were captured, how many of them the map can show, and the ends of the route."""
    taken = [place for place in shown.index if place in dates.index]
    route = [place for place in study.settings.get("route", {}).get("places", []) if place in taken]
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
    chart: Chart, axis, place: pd.Series, events: pd.DataFrame, dates: pd.DataFrame, colour_day
) -> tuple[str, str]:
    """One place as a mark: filled by the first day of its capture, hollow when it was not captured. Returns
    its name and what the label says of it."""
    captured = place.name in dates.index
    day = dates.loc[place.name, "first"] if captured else events["date_start"].min()
    style = (
        dict(color=colour_day(day), markeredgecolor=INK, markeredgewidth=0.6, markersize=7)
        if captured
        else dict(markerfacecolor="white", markeredgecolor=INK, markeredgewidth=0.9, markersize=6)
    )
    if captured and is_unreviewed(
        chart, list(events["claim_id"])
    ):  # hollow, and the day still in its colour
        style |= dict(markerfacecolor="white", markeredgecolor=colour_day(day), markeredgewidth=2.2)
    [dot] = axis.plot(
        [place["lon"]], [place["lat"]], marker="o", linestyle="none", zorder=4, **style
    )
    denials = find_denials(chart.study, place.name)
    if captured:
        firm = [chart.study.by_claim[claim] for claim in dates.loc[place.name, "claims"]]
        notes = [say_stance(rows).partition(" by ")[0] for rows in (firm, denials) if rows]
        notes = [f"({note})" for note in notes if note]
        said = " ".join([say_short(day, dates.loc[place.name, "last"]), *notes])
    else:
        said = f"{_say_events(chart.study, events)} {say_short(day, events['date_end'].max())}"
    words = f"{place['name']}: {'captured ' if captured else ''}{said}"
    chart.mark_group(
        dot,
        place.name,
        [*events["claim_id"], *(row.claim_id for row in denials)],
        words,
        x=place["lon"],
        y=place["lat"],
        first=day,
        captured=captured,
    )
    return place["name"], said


def _say_events(study: Study, events: pd.DataFrame) -> str:
    """reached and entered by SDF: what is told of a place, and by whom where it is another side's."""
    actors = find_actors(study)
    said = []
    for row in events.itertuples():
        other = row.actor and actors and not share_value(row.actor, actors)
        said.append(VERBS[row.measure] + (f" by {row.actor.replace(';', ', ')}" if other else ""))
    return " and ".join(dict.fromkeys(said))


def load_outline(study: Study) -> pd.DataFrame | None:
    """The country outline that corpus.toml names: lon, lat in degrees, a closed ring; None when it names
    none. Raises CorpusError when the file lies outside the corpus folder or is no table of degrees."""
    name = study.settings.get("map", {}).get("outline")
    if not name:
        return None
    file = (study.folder / name).resolve()
    if study.folder not in file.parents:
        raise CorpusError(
            f'corpus.toml [map] outline = "{name}" lies outside the corpus folder; put the file beside the texts'
        )
    outline = load_table(file, ["lon", "lat"]).apply(pd.to_numeric, errors="coerce")
    if outline[["lon", "lat"]].isna().any(axis=None):
        raise CorpusError(f"{name} holds a lon or lat that is no number; write degrees")
    return outline


def choose_points(study: Study, events: pd.DataFrame) -> pd.DataFrame:
    """The places of the events that a map can show as points: towns first, then sites that lie farther
    than NEAR_KM from any shown. Indexed by place key, with name, lat, lon."""
    places = study.places[
        study.places.index.isin(events["place"])
        & study.places["kind"].isin(POINTS)
        & study.places["lat"].notna()
    ]
    kept: list[str] = []
    for place in sorted(places.index, key=lambda key: (POINTS.index(places.loc[key, "kind"]), key)):
        here = places.loc[place]
        if all(
            measure_distance(
                here["lat"], here["lon"], *places.loc[other, ["lat", "lon"]].astype(float)
            )
            > NEAR_KM
            for other in kept
        ):
            kept.append(place)
    return places.loc[kept, ["name", "lat", "lon"]]


def _draw_route(axis, study: Study) -> None:
    stops = [
        place
        for place in study.settings.get("route", {}).get("places", [])
        if place in study.places.index
    ]
    points = study.places.loc[stops, ["lon", "lat"]].astype(float).to_numpy()
    for start, end in zip(points, points[1:]):
        axis.annotate(
            "",
            end,
            xytext=start,
            zorder=2,
            arrowprops=dict(
                arrowstyle="-|>,head_width=0.2,head_length=0.4",
                color=GREY,
                linewidth=0.9,
                linestyle=(0, (4, 2)),
                shrinkA=4,
                shrinkB=5,
            ),
        )


def _draw_surroundings(axis, study: Study, outline: pd.DataFrame) -> list:
    """Neighbours, scale bar and frame; returns the artists that labels must avoid."""
    lat = outline["lat"].mean()
    axis.set_aspect(1 / np.cos(np.radians(lat)))
    axis.set_xlim(outline["lon"].min() - 0.7, outline["lon"].max() + 0.15)
    axis.set_ylim(outline["lat"].min() - 0.25, outline["lat"].max() + 0.35)
    artists = [
        axis.text(
            place["lon"],
            place["lat"],
            place["name"],
            size=LABEL_SIZE,
            color=GREY,
            style="italic",
            ha="center",
            va="center",
        )
        for place in study.settings["map"].get("neighbours", [])
    ]
    degrees = 100 / (measure_distance(lat, 0.0, lat, 1.0))
    left, bottom = axis.get_xlim()[1] - degrees - 0.25, axis.get_ylim()[0] + 0.25
    artists += axis.plot(
        [left, left + degrees], [bottom, bottom], color=INK, linewidth=1.4, solid_capstyle="butt"
    )
    artists.append(
        axis.text(left + degrees / 2, bottom + 0.06, "100 km", size=SMALL, ha="center", va="bottom")
    )
    axis.set_xticks([])
    axis.set_yticks([])
    for side in axis.spines.values():
        side.set_visible(False)
    return artists


LABEL_SIZE = SMALL + 0.8


def say_short(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """29–30 Nov; 8 Dec; 27 Nov–7 Dec."""
    if start == end:
        return f"{start.day} {start:%b}"
    return (
        f"{start.day}–{end.day} {end:%b}"
        if start.month == end.month
        else f"{start.day} {start:%b}–{end.day} {end:%b}"
    )


def draw_eleven_days(study: Study) -> Chart:
    """The headline: the advance along the route, and below it, on the same days, the displacement and
    death figures whose period lies within them (corpus.toml says which measures). One mark above is one
    place with its claims of capture or of the start; one mark below is one claim."""
    name = "eleven_days"
    wanted = study.settings.get("comparisons", {}).get(name)
    route = study.settings.get("route", {}).get("places", [])
    if not wanted or not route:
        return absent_chart(
            study, name, f"corpus.toml names no [comparisons.{name}] or no [route]."
        )
    start, end = pd.Timestamp(str(wanted["start"])), pd.Timestamp(str(wanted["end"]))
    claims = study.claims
    figures = claims[
        claims["measure"].isin(wanted["measures"])
        & (claims["unit"] == "person")
        & (claims["date_start"] >= start)
        & (claims["date_end"] <= end)
        & (claims["scope"] == "offensive")
    ]
    dates = date_captures(claims, find_actors(study)).set_index("place")
    begins = claims[
        (claims["measure"] == "offensive_start")
        & (claims["scope"] == "offensive")
        & (claims["date_start"] == start)
        & (claims["date_end"] == start)
    ]
    stops = [place for place in route if place in dates.index]
    if not stops:
        return absent_chart(study, name, "no place on the route was captured within the selection.")
    order = {key: number for number, key in enumerate(wanted["measures"])}
    figures = figures[~figures["assertion"].isin(["denied", "expected"])]
    figures = figures.assign(
        _rank=figures["measure"].map(order), _vague=figures["quantifier"] == "vague"
    ).sort_values(["_rank", "_vague", "date_start", "claim_id"], kind="stable")
    lanes = len(stops) + bool(len(begins))
    parts = (
        [lanes * 7.5 + 6, len(figures) * FIGURE_MM[study.parameters["width"]] + 8]
        if len(figures)
        else [lanes * 7.5 + 6]
    )
    chart, axes = start_chart(
        study,
        name,
        sum(parts) + 10,
        nrows=len(parts),
        height_ratios=parts,
        sharex=True,
        squeeze=False,
    )
    _draw_steps(chart, axes[0], stops, dates, begins, study)
    if len(figures):
        _draw_counts(chart, axes[1], figures, study)
        add_document_legend(chart, figures["doc_id"])
    set_days(axes[-1], start, end)
    for axis in axes:
        axis.set_xlim(start - DAY * 0.3, end + DAY * 1.3)
        axis.grid(axis="x", which="minor", color=PALE, linewidth=0.5)
        axis.set_axisbelow(True)
    _leave_out(chart, study, wanted["measures"])
    return finish_chart(
        chart,
        *_tell_days(study, stops, dates, figures, start, end),
        refused=_refuse_days(study, wanted["measures"], figures, start, end),
    )


def _leave_out(chart: Chart, study: Study, measures: list[str]) -> None:
    """Two subjects, two lists: the events of the offensive, and the people counted by the measures drawn."""
    steps = list_steps(study)
    more = {
        "arrivals, entries and withdrawals": steps["measure"] != "captured",
        "captures off the route or by others": steps["measure"] == "captured",
    }
    chart.leave_out(steps, name_kinds(study, steps, more))
    people = study.all_claims[study.all_claims["measure"].isin(measures)]
    kinds = {
        "displaced or dead of other times or of the war": people["scope"] != "offensive",
        "displaced or dead without a number or as a share": people["unit"] != "person",
        "displaced or dead by forecast or denied": people["assertion"].isin(["expected", "denied"]),
        "displaced or dead of no day or of others": people["unit"] == "person",
    }
    chart.leave_out(people, kinds)


def _draw_steps(
    chart: Chart, axis, stops: list[str], dates: pd.DataFrame, begins: pd.DataFrame, study: Study
) -> None:
    """A bar for each step, over the days that every text allows; beside it the days, how many texts and
    original sources stand behind it, and who denies it."""
    rows = [
        (
            f"{name_places(study.places, place)} captured",
            dates.loc[place, "first"],
            dates.loc[place, "last"],
            dates.loc[place, "claims"],
            place,
        )
        for place in stops
    ]
    if len(begins):
        rows.insert(
            0,
            (
                "Offensive begins",
                begins["date_start"].min(),
                begins["date_end"].max(),
                list(begins["claim_id"]),
                "start",
            ),
        )
    labels = []
    for number, (label, first, last, claims, key) in enumerate(rows):
        [bar] = axis.plot(
            [first, last + DAY],
            [-number, -number],
            color=INK,
            linewidth=6,
            solid_capstyle="butt",
            zorder=3,
            **style_line(is_unreviewed(chart, claims), INK, 6),
        )
        firm, denials = [study.by_claim[claim] for claim in claims], find_denials(study, key)
        stance = say_stance(firm)
        labels.append(f"{label} ({stance})" if stance else label)
        beside = [say_short(first, last), say_behind(firm)]
        if denials:
            beside.append(say_stance(denials))
        chart.mark_group(
            bar,
            key,
            claims + [row.claim_id for row in denials],
            f"{labels[-1]}: {', '.join(beside)}",
            x=first,
            end=last,
            y=-number,
        )
        late = last + 4 * DAY > rows[-1][2]  # no room to the right of the bar
        axis.annotate(
            "\n".join([" · ".join(beside[:2]), *beside[2:]]),
            (first if late else last + DAY, -number),
            xytext=(-4 if late else 4, 0),
            textcoords="offset points",
            ha="right" if late else "left",
            va="center",
            size=SMALL,
        )
    label_rows(
        axis,
        [-number for number in range(len(rows))],
        labels,
        study,
        size=SMALL + 0.6,
        weight="bold",
        lift=5,
    )
    axis.set_ylim(-len(rows) + 0.4, 0.6)
    axis.tick_params(axis="x", which="both", length=0, labelbottom=False)
    axis.spines[["left", "bottom"]].set_visible(False)


def say_behind(claims: list) -> str:
    """1 text, 2 sources: how many texts tell it, and how many original sources they have it from."""
    texts = {name_text(row) for row in claims}
    return f"{count(len(texts), 'text')}, {count(len(count_sources(claims)), 'source')}"


def _draw_counts(chart: Chart, axis, figures: pd.DataFrame, study: Study) -> None:
    """A bar for each figure over the days within which it lies, hatched where it has no number; a thin line
    where it is of a shorter time somewhere within them."""
    for number, row in enumerate(figures.itertuples()):
        colour, marker = style_documents(study.documents)[row.doc_id]
        vague = row.quantifier == "vague"
        high = 0.45 if find_step(study) == 1 else 0.26
        [bar] = axis.barh(
            -number,
            row.date_end + DAY - row.date_start,
            left=row.date_start,
            height=high / 6 if row.date_kind == "window" else high,
            facecolor="white" if vague or row.review == "proposed" else colour,
            edgecolor=colour,
            hatch="////" if vague else None,
            linewidth=0.8,
            zorder=3,
        )
        edge = (
            dict(markerfacecolor="white", markeredgewidth=0.8)
            if row.review == "proposed"
            else dict(markeredgecolor="white", markeredgewidth=0.4)
        )
        axis.plot(
            [row.date_start],
            [-number],
            marker=marker,
            color=colour,
            markersize=4.6,
            zorder=4,
            **edge,
        )
        chart.mark(
            bar,
            row,
            x=row.date_start,
            end=row.date_end,
            y=-number,
            low=row.low,
            best=row.best,
            high=row.high,
            unit=row.unit,
            measure=row.measure,
        )
    labels = [_label_figure(row, study) for row in figures.itertuples()]
    label_rows(axis, [-number for number in range(len(figures))], labels, study, lift=4)
    axis.set_ylim(-len(figures) + 0.4, 0.6 if find_step(study) == 1 else 0.9)


def _label_figure(row, study: Study) -> str:
    """Two lines: “nearly 400,000” displaced “within a week”; Syria · UN · somewhere within 27 Nov–7 Dec."""
    stance, sources = say_stance([row]), join_words(split_values(row.source_original))
    when = say_short(row.date_start, row.date_end)
    if row.date_kind == "window":
        when = f"somewhere within {when}"
    about = (name_harmed(row), name_places(study.places, row.place), stance or sources, when)
    return _say_counted(row) + "\n" + " · ".join(part for part in about if part)


def _say_counted(row) -> str:
    """“nearly 400,000” displaced “within a week”."""
    words = f"“{quote_words(row)}” {NOUNS.get(row.measure, row.measure)}"
    return f"{words} {say_length(row)}" if row.date_kind == "window" else words


def _tell_days(
    study: Study,
    stops: list[str],
    dates: pd.DataFrame,
    figures: pd.DataFrame,
    start: pd.Timestamp,
    end: pd.Timestamp,
) -> tuple[str, str, str, str]:
    numbers = figures[figures["quantifier"] != "vague"]
    moved, dead = numbers[numbers["measure"] != "killed"], numbers[numbers["measure"] == "killed"]
    days = [(dates.loc[stops[-1], end] - start).days for end in ("first", "last")]
    took = count(days[1], "day")
    if days[0] <= 0:
        took = f"at most {took}"
    elif days[0] < days[1]:
        took = f"{days[0]} to {took}"
    title = f"{took} to {name_places(study.places, stops[-1])}: "
    if len(moved) == 1:
        row = next(moved.itertuples())
        said = say_stance([row]) or join_words(split_values(row.source_original))
        title += _say_counted(row) + (f" ({said})" if said else "")
    else:
        title += f"{count(len(moved), 'number')} for the displaced"
    claimed = int((dead["assertion"] == "claimed").sum())
    whole = int(((dead["date_start"] <= start) & (dead["date_end"] >= end)).sum())
    title += f", {count(len(dead), 'number')} for the dead"
    title += f" ({claimed} claimed by a party)" if claimed else ""
    if len(dead):
        title += f", {whole or 'none'} of them for all these days"
    subtitle = f"Captures on the route, and figures whose period lies within {say_period(start, end)}. Bars: the days on which a place may have fallen (above), within which a figure lies (below); thin: a shorter time within these days; hatched: no number in the text. Counted: texts, and the sources that they name or are."
    alt = (
        f"Timeline. {title}. "
        + "; ".join(
            f"{name_places(study.places, place)} captured {say_short(dates.loc[place, 'first'], dates.loc[place, 'last'])}"
            for place in stops
        )
        + f". Below, {count(len(figures), 'claim')} on people displaced or killed."
    )
    reading = f"Above, the days on which every text lets a place fall; below, {count(len(figures), 'claim')}, {len(figures) - len(numbers)} of them without a number. None may be added to another: places and days overlap."
    return title, subtitle, alt, reading


def _refuse_days(
    study: Study, measures: list[str], figures: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp
) -> list[str]:
    claims = study.claims[
        study.claims["measure"].isin(measures) & (study.claims["unit"] == "person")
    ]
    beyond = claims[
        ~claims["claim_id"].isin(figures["claim_id"])
        & (claims["date_end"] >= start)
        & (claims["date_start"] <= end)
        & ((claims["date_start"] < start) | (claims["date_end"] > end))
    ]
    listed = "; ".join(
        f"“{row.number}” {NOUNS.get(row.measure, row.measure)}, {say_period(row.date_start, row.date_end)}"
        for row in beyond.head(6).itertuples()
    )
    listed += f"; and {len(beyond) - 6} more" if len(beyond) > 6 else ""
    return [f"Left out, because they count other days too: {listed}."] if len(beyond) else []
