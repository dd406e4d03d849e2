"""Pace: who stood where when, how far it still was, and the eleven days on one page."""

import itertools
from textwrap import shorten

import numpy as np
import pandas as pd

from helpers.charts.lanes import FAINT, say_period
from helpers.charts.marks import MARKER_SIZE, add_document_legend, is_unreviewed, say_range
from helpers.charts.theme import GREY, INK, PALE, SMALL, Chart, absent_chart, count, finish_chart, start_chart, style_documents
from helpers.estimates import date_captures, derive_speed
from helpers.places import measure_between, name_places, share_value, split_values
from helpers.study import Study

DAY = pd.Timedelta(days=1)
LONGEST = 36  # letters of a row’s label: beside it stands the name of its place
VERBS = {"offensive_start": "started", "reached": "reached", "entered": "entered", "captured": "captured", "withdrawn": "left", "counter_offensive": "countered"}
STRIPES = {"entered": "||", "captured": "||||||", "withdrawn": "//////"}  # of proposals, whose bars are not filled: the denser, the more was taken
STEPS = ["reached", "entered", "captured", "withdrawn"]
ROW_MM = 2.8
TOP = 4.4  # rows kept free above the first, for the days of publication


def select_events(study: Study, measures: list[str]) -> pd.DataFrame:
    """The dated events of the offensive with a place, of the measures named. One row is one claim."""
    claims = study.claims
    return claims[(claims["scope"] == "offensive") & claims["measure"].isin(measures) & (claims["place"] != "") & (claims["unit"] == "event")]


def find_actors(study: Study) -> list[str]:
    """Whose advance it is: the actors named under [route] in corpus.toml; nobody named means everybody."""
    return study.settings.get("route", {}).get("actors", [])


def order_places(study: Study, events: pd.DataFrame) -> list[str]:
    """Place cells of the events: those on the route first, in its order (with what lies in or around
    them), the others by their first day."""
    route = study.settings.get("route", {}).get("places", [])
    first = events.groupby("place")["date_start"].min()

    def rank(place):
        """On the route before off it, in its order, then by first day."""
        on_route = next((number for number, stop in enumerate(route) if split_values(place)[0].startswith(stop)), len(route))
        return (on_route, place not in route, first[place], place)

    return sorted(first.index, key=rank)


def draw_pace_timeline(study: Study) -> Chart:
    """Date bars by place, document and actor: reached, entered, captured, left. A bar is as wide as its
    date is uncertain; claims by a party have dashed edges, denials and expectations a cross or dots. One
    mark is one claim, or (top row) a text on its days of publication."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    name = "pace_timeline"
    events = select_events(study, STEPS)
    if events.empty:
        return absent_chart(study, name, "no dated event of the offensive lies within the selection.")
    places = order_places(study, events)
    events = events.assign(_rank=events["place"].map(places.index), _step=events["measure"].map(STEPS.index))
    rows = [group for _, group in events.groupby(["_rank", "doc_id", "_step", "actor", "assertion"], sort=True)]
    names = [name_places(study.places, group["place"].iloc[0]) for group in rows]
    chart, axes = _start_timeline(study, name, rows, names)
    for axis, part in zip(axes, _split_places(rows, names, len(axes))):
        _draw_timeline(chart, axis, rows[part], names[part])
    first, last = events["date_start"].min(), max(events["date_end"].max(), study.documents["published_end"].max())
    for axis in axes:
        set_days(axis, first, last, most=20 // len(axes))
    _draw_published(chart, axes[0], set(events["doc_id"]), TOP - 0.6)
    styles = [Patch(facecolor=fill, edgecolor=INK, hatch=hatch, linewidth=0.7, label=label) for label, fill, hatch in (
        ("reached", "white", ""), ("entered", "#b8b8b8", ""), ("captured", "#4d4d4d", ""), ("left", "white", "//////"))]
    styles += [Patch(facecolor="white", edgecolor=INK, linestyle=(0, (2, 1.4)), linewidth=0.8, label="claimed by a party"), Line2D([], [], marker="x", color=INK, linestyle="none", markersize=4, label="denied or expected")]
    if (events["review"] == "proposed").any():
        styles += [Patch(facecolor="white", edgecolor=INK, hatch=STRIPES[step], linewidth=0.7, label=f"{step}, proposed") for step in ("entered", "captured")]
    add_document_legend(chart, events["doc_id"], styles)
    return finish_chart(chart, *_tell_timeline(study, events), refused=_refuse_events(study, STEPS))


def _start_timeline(study: Study, name: str, rows: list[pd.DataFrame], names: list[str]) -> tuple[Chart, list]:
    heights, gaps = _measure_rows(rows, names, study.parameters["width"] == "column")
    row_mm = ROW_MM if study.parameters["width"] != "column" else 2.45
    return start_chart(study, name, row_mm * (heights.sum() + gaps[-1] + TOP) + 8, ncols=2 if study.parameters["width"] == "slide" else 1, squeeze=False)


def _measure_rows(rows: list[pd.DataFrame], names: list[str], narrow: bool) -> tuple[np.ndarray, np.ndarray]:
    """Height of each row, with room for each claim's strip, and the gaps above it; in a column the place
    has a line of its own."""
    heights = np.array([max(1.0, 0.4 * len(group)) for group in rows])
    gaps = (1.05 if narrow else 0.35) * np.cumsum([narrow, *[a != b for a, b in itertools.pairwise(names)]])
    return heights, gaps


def _split_places(rows: list[pd.DataFrame], names: list[str], panels: int) -> list[slice]:
    """Slices of the rows for each panel, cut between places, of about equal height."""
    heights, gaps = _measure_rows(rows, names, False)
    bottoms = np.cumsum(heights) + gaps
    starts = [0, *[number for number, (a, b) in enumerate(itertools.pairwise(names), 1) if a != b]]
    cuts = [min(starts, key=lambda start: abs(bottoms[start] - bottoms[-1] * part / panels)) for part in range(1, panels)]
    return [slice(*pair) for pair in itertools.pairwise([0, *cuts, len(rows)])]


def _draw_timeline(chart: Chart, axis, rows: list[pd.DataFrame], names: list[str]) -> None:
    narrow = chart.study.parameters["width"] == "column"
    heights, gaps = _measure_rows(rows, names, narrow)
    ys = -(np.cumsum(heights) - heights / 2 - 0.5 + gaps)
    for y, high, group in zip(ys, heights, rows):
        for strip, row in enumerate(group.sort_values(["date_start", "start"]).itertuples()):
            depth = (high - 0.24) / len(group)
            _draw_event(chart, axis, row, y + (high - 0.24) / 2 - depth * (strip + 0.5), depth - 0.08 * (len(group) > 1))
    axis.set_yticks(ys, [_label_row(group.iloc[0]) for group in rows], size=6.0)
    axis.tick_params(axis="y", length=0, pad=2)
    axis.set_ylim(ys[-1] - heights[-1] / 2 - 0.3, TOP)
    _name_groups(axis, names, ys, heights, narrow)


def _label_row(row) -> str:
    verb, stance = VERBS[row.measure], "" if row.assertion == "reported" else f" ({row.assertion})"
    actor = shorten(row.actor.replace(";", ", "), LONGEST - len(verb + stance), placeholder="…") if row.actor else ""  # a proposed actor may be long
    return verb + (f" · {actor}" if actor else "") + stance


def _draw_event(chart: Chart, axis, row, y: float, height: float) -> None:
    import matplotlib

    colour, marker = style_documents(chart.study.documents)[row.doc_id]
    firm = row.assertion in ("reported", "claimed")
    face = {"captured": colour, "entered": matplotlib.colors.to_hex(matplotlib.colors.to_rgb(colour) + (1 - np.array(matplotlib.colors.to_rgb(colour))) * 0.62)}.get(row.measure, "white")
    face = face if firm and row.review != "proposed" else "white"
    [bar] = axis.barh(y, row.date_end + DAY - row.date_start, left=row.date_start, height=height, facecolor=face, edgecolor="white" if face == colour and row.assertion == "reported" else colour, linewidth=0.5 if face == colour else 0.8,
                      **({"hatchcolor": colour} if row.review == "proposed" else {}), hatch=STRIPES.get(row.measure) if row.review == "proposed" or row.measure == "withdrawn" else None, linestyle="-" if row.assertion == "reported" else (0, (2, 1.4)), zorder=3)
    axis.plot([row.date_start], [y], marker=marker if firm else "x", color=colour, markersize=3.4 if height > 0.5 else 2.4, zorder=4,
              **(dict(markerfacecolor="white", markeredgewidth=0.7) if firm and row.review == "proposed" else dict(markeredgecolor="white" if firm else colour, markeredgewidth=0.4 if firm else 1.0)))
    chart.mark(bar, row, x=row.date_start, end=row.date_end, y=round(float(y), 2), measure=row.measure, place=row.place, actor=row.actor, assertion=row.assertion)


def _name_groups(axis, names: list[str], ys: np.ndarray, heights: np.ndarray, narrow: bool) -> None:
    """Bold place names in a column left of the row labels (in a column, above them), a rule between places."""
    last = None
    for name, y, high in zip(names, ys, heights):
        if name != last:
            at = (0, y + high / 2 + 0.5) if narrow else (0, y)
            axis.annotate(name[0].upper() + name[1:], xy=at, xycoords=("axes fraction", "data"), xytext=(-2 if narrow else -112, 0), textcoords="offset points", ha="right", va="center", size=6.2, weight="bold")
            if last is not None:
                axis.axhline(y + high / 2 + (1.0 if narrow else 0.17), color=PALE, linewidth=0.5, zorder=0)
        last = name


def _draw_published(chart: Chart, axis, doc_ids: set[str], y: float) -> None:
    """The days on which each text was or must have been published, as marks for the text as a whole."""
    styles = style_documents(chart.study.documents)
    axis.annotate("texts published", xy=(0, y - 1.2), xycoords=("axes fraction", "data"), xytext=(-3, 0), textcoords="offset points", ha="right", va="center", size=6.2, style="italic", color=GREY)
    shown = chart.study.documents[chart.study.documents["doc_id"].isin(doc_ids) & chart.study.documents["published_start"].notna()]
    for level, row in enumerate(shown.sort_values("published_start").itertuples()):
        colour, marker = styles[row.doc_id]
        middle = row.published_start + (row.published_end + DAY - row.published_start) / 2
        at = y - 0.72 * level
        axis.plot([row.published_start, row.published_end + DAY], [at, at], color=colour, linewidth=1, zorder=3)
        [dot] = axis.plot([middle], [at], marker=marker, color=colour, markersize=3.4, linestyle="none", zorder=4)
        chart.mark_document(dot, row.doc_id, f"published {say_period(row.published_start, row.published_end)}", x=row.published_start, end=row.published_end, y=round(at, 2))
        if chart.study.parameters["width"] != "slide":  # no height there; the marker says which
            axis.annotate(row.doc_id, (row.published_end + DAY, at), xytext=(2, 0), textcoords="offset points", va="center", size=6.0, color=GREY)


def set_days(axis, first: pd.Timestamp, last: pd.Timestamp, most: int = 20) -> None:
    """A time axis from day to day: each day has a label while there is room (for `most`), its month is named once."""
    import matplotlib.dates as mdates

    axis.set_xlim(first - DAY / 2, last + 1.5 * DAY)
    days = (last - first).days + 2
    step = max(1, -(-days // most))
    if days < 200:  # a day's label stands in the middle of its day, the lines between days
        shown = [day for day in pd.date_range(first, last) if day.day % step == (1 if step > 2 else 0) or step == 1]
        shown = [day for day in shown if step < 3 or (day + pd.offsets.MonthEnd(0) - day).days + 1 >= 0.7 * step or day.day == 1]  # the 31st would run into the 1st
        axis.set_xticks([day + DAY / 2 for day in shown], [_say_tick(day, number == 0, step) for number, day in enumerate(shown)])
        axis.set_xticks(list(pd.date_range(first, last + DAY)), minor=True)
        axis.tick_params(axis="x", which="major", length=0)
    else:
        axis.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=8))
        axis.xaxis.set_major_formatter(mdates.DateFormatter("%b\n%Y" if days < 1500 else "%Y"))
    axis.grid(axis="x", which="minor" if days < 200 else "major", color=FAINT, linewidth=0.5, zorder=0)
    axis.set_axisbelow(True)


def _say_tick(day, first: bool, step: int) -> str:
    return f"{day.day}\n{day:%b}" if first or day.day <= step else f"{day.day}"


def _tell_timeline(study: Study, events: pd.DataFrame) -> tuple[str, str, str, str]:
    words = events[events["measure"].isin(["entered", "captured"])].groupby("place")["measure"].nunique()
    mixed = [name_places(study.places, place) for place in words[words > 1].index]
    title = f"{count(len(events), 'claim')} on who stood where when, at {count(events['place'].nunique(), 'place')}"
    if events["doc_id"].nunique() > 1 and mixed:
        title += ": the days differ by text, and so do the verbs"
    subtitle = f"Events by place, document and actor, {say_period(events['date_start'].min(), events['date_end'].max())}. A bar covers the days on which the event may have happened; bars in one row are several claims."
    counts = events["measure"].value_counts()
    alt = f"Date bars for {count(len(events), 'event claim')}: " + ", ".join(f"{VERBS[step]} {counts[step]}" for step in STEPS if step in counts) + f". {title}."
    reading = (f"Entered in one sentence and captured in another: {', '.join(mixed)}. " if mixed else "") + f"{int((events['assertion'] == 'claimed').sum())} bars are a party’s own announcement, {int((events['assertion'] == 'denied').sum())} a denial."
    return title, subtitle, alt, reading


def _refuse_events(study: Study, measures: list[str]) -> list[str]:
    undated = study.undated[study.undated["measure"].isin(measures) & (study.undated["scope"] == "offensive")]
    counted = study.claims[study.claims["measure"].isin(measures) & (study.claims["scope"] == "offensive") & (study.claims["unit"] != "event")]
    refused = [f"Not drawn: {count(len(undated), 'event')} without a date (plans, conditions)"] if len(undated) else []
    if len(counted):
        refused.append(f"{'and' if refused else 'Not drawn:'} {count(len(counted), 'claim')} that count unnamed places or people")
    return [" ".join(refused) + "."] if refused else []


def draw_pace_distance(study: Study) -> Chart:
    """Straight-line distance that remains to the target against the days on which each place was entered
    and captured, with km per day between places. One mark gathers a document's claims of one verb for
    one place; speeds are derived marks; a text's own distance stands beside the computed one."""
    from matplotlib.lines import Line2D

    name = "pace_distance"
    target, route = study.settings.get("route", {}).get("target"), study.settings.get("route", {}).get("places", [])
    if not target:
        return absent_chart(study, name, "corpus.toml names no target under [route].")
    events = select_events(study, ["entered", "captured"])
    events = events[events["assertion"].isin(["reported", "claimed"]) & events["actor"].map(lambda cell: not cell or not find_actors(study) or share_value(cell, find_actors(study))).astype(bool)]
    events = events.assign(km=[measure_between(study.places, split_values(place)[0], target) for place in events["place"]])
    events = events[events["place"].isin([*route]) & events["km"].notna()]
    if events.empty:
        return absent_chart(study, name, "no place on the route was entered or captured on a known day within the selection.")
    chart, [axis] = start_chart(study, name, 112)
    _draw_stops(chart, axis, events, study)
    speeds = derive_speed(study.claims, study.places, route, find_actors(study))
    for row in speeds.itertuples():
        _draw_speed(chart, axis, row, date_captures(study.claims, find_actors(study)).set_index("place"), study, target)
    _draw_own_distances(chart, axis, study, target)
    set_days(axis, events["date_start"].min(), events["date_end"].max(), most=20 if study.parameters["width"] != "column" else 7)
    axis.set_ylim(-32, events["km"].max() + 42)
    axis.set_ylabel(f"km to {name_places(study.places, target)}, straight line")
    styles = [Line2D([], [], color=GREY, linewidth=3.2, label="captured"), Line2D([], [], color=GREY, linewidth=1.1, label="entered")]
    add_document_legend(chart, events["doc_id"], styles)
    if len(speeds):
        way = measure_between(study.places, speeds.iloc[0]["place"], speeds.iloc[-1]["place_to"])
        paces = [f"{say_range(row.low, row.high)} km a day to {name_places(study.places, row.place_to)}" for row in speeds[speeds["high"].notna()].itertuples()]
        title = f"{name_places(study.places, speeds.iloc[0]['place'])} to {name_places(study.places, speeds.iloc[-1]['place_to'])}, {way:.0f} km in a straight line" + f": {', '.join(paces)}" * bool(paces)
    else:
        title = f"{count(events['place'].nunique(), 'place')} on the way to {name_places(study.places, target)}, and no pace between them: it takes two captures"
    subtitle = f"Km left to {name_places(study.places, target)} by the days each text allows, {say_period(events['date_start'].min(), events['date_end'].max())}. Dashed: derived km per day between captures, over the days that every text allows; bars of one place are set apart."
    alt = f"Dates of {count(len(events), 'entry or capture claim')} at {count(events['place'].nunique(), 'place')} against straight-line distance. {title}."
    reading = "; ".join(f"{row.label}: {row.formula}, {say_range(row.low, row.high)} km a day" for row in speeds.itertuples()) + ". A step is measured between its own two places, so it need not be the difference of their distances. Roads are longer than straight lines, and the range is that of the dates, not of the advance."
    return finish_chart(chart, title, subtitle, alt, reading, ["Denials, expectations and places off the route are not drawn.", *_compare_distances(study, target)])


def _draw_stops(chart: Chart, axis, events: pd.DataFrame, study: Study) -> None:
    styles = style_documents(study.documents)
    for place, rows in events.groupby("place", sort=False):
        groups = list(rows.groupby(["doc_id", "measure"], sort=True))
        for number, ((doc_id, measure), group) in enumerate(groups):
            y = rows["km"].iloc[0] + (number - (len(groups) - 1) / 2) * 5.2
            start, end = group["date_start"].min(), group["date_end"].max() + DAY
            colour, marker = styles[doc_id]
            unreviewed = is_unreviewed(chart, list(group["claim_id"]))
            [bar] = axis.plot([start, end], [y, y], color=colour, linewidth=3.2 if measure == "captured" else 1.1, linestyle=(0, (1, 1)) if unreviewed else "-", solid_capstyle="butt", dash_capstyle="butt", zorder=3)
            axis.plot([start], [y], marker=marker, color=colour, markersize=3.8, zorder=4, **(dict(markerfacecolor="white", markeredgewidth=0.7) if unreviewed else dict(markeredgecolor="white", markeredgewidth=0.4)))
            chart.mark_group(bar, f"{place}-{doc_id}-{measure}", list(group["claim_id"]), f"{name_places(study.places, place)} {VERBS[measure]}, {doc_id}", x=start, end=group["date_end"].max(), y=round(float(rows["km"].iloc[0]), 1), measure=measure, place=place)
        axis.annotate(f"{name_places(study.places, place)}\n{rows['km'].iloc[0]:.0f} km", (1, rows["km"].iloc[0]), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
                      size=SMALL + 0.6, weight="bold", va="center")


def _draw_speed(chart: Chart, axis, row, dates: pd.DataFrame, study: Study, target: str) -> None:
    x = [dates.loc[place, "first"] + (dates.loc[place, "last"] + DAY - dates.loc[place, "first"]) / 2 for place in (row.place, row.place_to)]
    y = [measure_between(study.places, place, target) for place in (row.place, row.place_to)]
    [line] = axis.plot(x, y, color=INK, linewidth=0.9, linestyle=(0, (4, 2)), zorder=5)
    chart.mark_derived(line, row, low=row.low, high=row.high, unit=row.unit, km=round(row.km, 1), days_fewest=row.days_fewest, days_most=row.days_most)
    narrow = study.parameters["width"] == "column"
    axis.annotate(f"{say_range(row.low, row.high)} km a day" + f"\n{row.formula}" * (not narrow), (x[0] + (x[1] - x[0]) / 2, sum(y) / 2), xytext=(-8, -1), textcoords="offset points",
                  size=SMALL, color=INK, ha="right", va="top", zorder=6, bbox=dict(facecolor="white", edgecolor="none", alpha=0.8, pad=0.5))


def _draw_own_distances(chart: Chart, axis, study: Study, target: str) -> None:
    """A text's own distance to the target, beside the computed one."""
    styles = style_documents(study.documents)
    said = study.all_claims[(study.all_claims["measure"] == "distance") & study.all_claims["place_to"].map(lambda cell: target in split_values(cell)) & study.all_claims["best"].notna()]
    for row in said.itertuples():
        colour, marker = styles[row.doc_id]
        [dot] = axis.plot([0.99], [row.best], marker=marker, color=colour, markerfacecolor="white" if row.review == "proposed" else colour, markersize=MARKER_SIZE, transform=axis.get_yaxis_transform(), linestyle="none", zorder=5)
        computed = measure_between(study.places, split_values(row.place)[0], target)
        chart.mark(dot, row, x=row.best, y=row.best, measure=row.measure, unit=row.unit, computed_km=round(computed, 1))
        words = f"text {row.doc_id}" if study.parameters["width"] == "column" else f"“{row.number}” (text {row.doc_id})"
        axis.annotate(words, (1, row.best), xycoords=axis.get_yaxis_transform(), xytext=(5, 0), textcoords="offset points", size=SMALL, va="center", color=INK)


def _compare_distances(study: Study, target: str) -> list[str]:
    """A text's own distances to the target, each beside the straight line."""
    said = study.all_claims[(study.all_claims["measure"] == "distance") & study.all_claims["place_to"].map(lambda cell: target in split_values(cell))]
    return [
        f"The straight line from {name_places(study.places, row.place)} is {measure_between(study.places, split_values(row.place)[0], target):.0f} km, text {row.doc_id} says “{row.number}”: roads are longer."
        for row in said.itertuples()
    ]
