"""The pace: on which days each place may have been captured, how far it still was, and what speeds
follow."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.rates import derive_speed
from helpers.analysis.selection import Study
from helpers.charts.advance.days import find_span, is_long, number_days, set_days
from helpers.charts.advance.dots import Run, Shape, find_colour, measure_shape
from helpers.charts.advance.map import leave_out
from helpers.charts.advance.stops import (
    DAY,
    Stop,
    list_stops,
    order_stop,
    span_years,
)
from helpers.charts.advance.words import (
    open_sentence,
    say_by,
    say_claimed,
    say_denials,
    say_denied,
    say_odd,
    say_side,
    say_spelled,
    say_texts,
    say_verb,
)
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.fonts import cut_lines, measure_text
from helpers.charts.labels import Box, Ground, find_crossed, find_overlaps
from helpers.charts.language import Words, find_words
from helpers.charts.layout import add_panel, find_room, finish_chart, start_plot
from helpers.charts.signs import draw_days, find_strength
from helpers.charts.theme import LEADING, POINT, Look, Looks, find_look, mix_pale, with_theme
from helpers.corpus.places import measure_between, name_places, split_values

if TYPE_CHECKING:
    from matplotlib.axes import Axes

YEAR = 365.25  # days
SHARPEST = 7  # days within which a capture lies that a pace may rest on
ROWS = {"full": 16, "column": 12, "slide": 7}
STAIR_MM = {"full": 84.0, "column": 78.0, "slide": 92.0}
ROW_MM = {"full": 9.5, "column": 10.5, "slide": 14.0}
BAR_MM = {"full": 2.6, "column": 2.6, "slide": 5.0}
LEAST_APART = 8.0  # millimetres between two places on a scale of km; nearer, rows are drawn
SPEED_MM, GUTTER_MM = 44.0, 15.0


class Stairs(NamedTuple):
    """What the figure shows: its stops from first to last; km of each to the target, empty where
    they make no way to one; speeds (derive_speed) between those of the route."""

    stops: list[Stop]
    km: list[float]
    speeds: pd.DataFrame


@with_theme
def draw_advance_pace(study: Study) -> Chart:
    """The captures of the leading side, each a bar over the days that every text allows, on a scale
    of km to the last where each is nearer than the one before (one may lie farther off), else row
    by row. Thin lines: what each text alone allows. Beside them the speeds that follow, as ranges,
    where there is at least a day between two captures; a speed is a derived mark, a bar one place
    with its claims. A place that another side took has a bar for that too."""
    name = "advance_pace"
    stairs = choose_stairs(study)
    own = [stop for stop in stairs.stops if stop.step == "captured"]
    if len({stop.place for stop in own}) < 2:
        return absent_chart(study, name, _explain(study, own))
    chart, plot = start_plot(study, name)
    look = find_look(study)
    room, _ = find_room(study)
    beside = len(stairs.speeds) and chart.width == "full"
    gutter = GUTTER_MM if stairs.km and chart.width != "column" else 0.0
    wide = room - gutter - (SPEED_MM + 6 if beside else 0)
    high = _measure_stairs(stairs, chart.width)
    axis = add_panel(chart, gutter, 0, wide, high)
    draw_stairs(chart, axis, stairs, (wide, high), look)
    bottom = high + 2.6 * look.date * LEADING * POINT
    if beside:
        low = _draw_speeds(chart, plot, (gutter + wide + 6, 0, SPEED_MM), stairs.speeds, look)
        bottom = max(bottom, low)
    elif len(stairs.speeds) and chart.width == "column":
        bottom = _list_speeds(chart, plot, (0, bottom + 3, room), stairs.speeds, look)
    plot.set_ylim(bottom, 0)
    leave_out(chart, [])
    told = _tell_pace(study, stairs)
    words = find_words(study)
    more = [*say_denials(words, own), *say_odd(words, own)]
    more += [*_say_counter(study), *_compare_distances(study)]
    thin = [words("thin_lines")] if chart.width == "full" else []
    refused = [*more, *_refuse_speeds(study, stairs)]
    return finish_chart(chart, *told, refused=refused, note=(*more[:-1], *thin))


def choose_stairs(study: Study) -> Stairs:
    """The captures of the leading side whose days are known within SHARPEST, those on the route
    where there is one, where its offensive began before them, and what other sides took of these
    places."""
    told = list_stops(study)
    known = [stop for stop in told if stop.days <= SHARPEST]
    captures = [stop for stop in known if stop.step == "captured"]
    lead = study.leading
    mine = [stop for stop in captures if stop.side == lead]
    route = [place for place in study.route if any(stop.place == place for stop in mine)]
    way = _measure_way(study, route)
    if way:
        mine = [stop for stop in mine if stop.place in route]
    places = {stop.place for stop in mine}
    others = [stop for stop in captures if stop.side != lead and stop.place in places]
    begun = [
        stop
        for stop in known
        if stop.step == "offensive_start"
        and stop.first <= min((s.first for s in mine), default=stop.first)
    ]
    most = ROWS[study.parameters["width"]]
    kept = sorted(mine, key=lambda stop: -stop.texts)[:most]
    stops = [stop for stop in [*begun, *mine, *others] if stop in kept or stop not in mine]
    stops = sorted(stops, key=lambda stop: (stop.first, stop.last, stop.name))
    speeds = _derive_speeds(study, told, route if way else [])
    if not way:
        return Stairs(stops, [], speeds)
    km = [measure_between(study.places, stop.place, route[-1]) for stop in stops]
    stairs = Stairs(stops, km, speeds)
    return stairs if _is_apart(stairs, study.parameters["width"]) else Stairs(stops, [], speeds)


def _derive_speeds(study: Study, told: list[Stop], route: list[str]) -> pd.DataFrame:
    """The speeds between the places of the route: from the last capture of a place by the leading
    side before its first of the next. Where another side took the place between them there is
    none."""
    captures = [stop for stop in told if stop.step == "captured"]
    own = [stop for stop in captures if stop.side == study.leading and stop.days <= SHARPEST]
    others = [stop for stop in captures if stop.side != study.leading]
    way = [place for place in route if any(stop.place == place for stop in own)]
    tables = [derive_speed(study.claims.iloc[:0], study.places, [])]
    for place, place_to in itertools.pairwise(way):
        begin, end = _find_step(own, place, place_to)
        if any(_is_between(stop, begin, end) for stop in others):
            continue
        kept = study.claims[study.claims["claim_id"].isin([*begin.claims, *end.claims])]
        tables.append(derive_speed(kept, study.places, [place, place_to]))
    return pd.concat([table for table in tables if len(table)] or tables, ignore_index=True)


def _find_step(own: list[Stop], place: str, place_to: str) -> tuple[Stop, Stop]:
    """The captures of two places between which a side came from one to the other: its first of the
    second, and its last of the first before that, or its first of all."""
    end = next(stop for stop in own if stop.place == place_to)
    here = [stop for stop in own if stop.place == place]
    before = [stop for stop in here if stop.first <= end.last]
    return [*here[:1], *before][-1], end


def _is_between(stop: Stop, begin: Stop, end: Stop) -> bool:
    """Whether a capture of a place may lie between two others, of which the first is of it."""
    after = order_stop(stop) > order_stop(begin)
    return stop.place == begin.place and after and stop.first <= end.last


def _measure_way(study: Study, route: list[str]) -> list[float]:
    """km of each place of the route to its last, where each is nearer than the one before, but for
    one; else nothing."""
    if len(route) < 2:
        return []
    km = [measure_between(study.places, place, route[-1]) for place in route]
    farther = sum(after >= before for before, after in zip(km, km[1:]))
    return km if farther <= 1 and not np.isnan(km).any() else []


def _is_apart(stairs: Stairs, width: str) -> bool:
    """Whether the bars of two places on a scale of km leave room for their labels."""
    km = sorted(set(stairs.km))
    scale = (STAIR_MM[width] - 16) / max(km[-1], 1)
    return not np.isnan(stairs.km).any() and min(np.diff(km), default=99) * scale >= LEAST_APART


def _explain(study: Study, own: list[Stop]) -> str:
    """Why there is no pace, and what to do."""
    if len(own) == 1:
        return f"only {own[0].name} was captured within known days; a pace takes two captures."
    if any(stop.step == "captured" for stop in list_stops(study)):
        return (
            f"no two captures of one side have days known within {SHARPEST}; correct date_start "
            "and date_end in claims.csv where a text gives them."
        )
    return "no text says on which day a place was captured."


# --- stairs --------------------------------------------------------------------------------------


def _measure_stairs(stairs: Stairs, width: str) -> float:
    if stairs.km:
        return STAIR_MM[width]
    return min(len(stairs.stops) * ROW_MM[width] + 4, 125.0 if width != "slide" else 98.0)


def _find_heights(stairs: Stairs, high: float, tall: float, look: Look, brief: bool) -> list[float]:
    """Where each bar stands, in millimetres from the panel's upper edge."""
    lines = [1 if brief else 1 + bool(stop.denials) + bool(stop.stance) for stop in stairs.stops]
    line = look.label * LEADING * POINT
    top, low = lines[0] * line + tall + 2.0, high - max(0.9 * tall, 0.75 * line)
    if stairs.km:
        low -= 3.0
        return [low - km / max(stairs.km) * (low - top) for km in stairs.km]
    weights = np.cumsum([0.0, *(0.5 + 0.5 * number for number in lines[1:])])
    return [top + (low - top) * float(weight) / max(float(weights[-1]), 1.0) for weight in weights]


def draw_stairs(
    chart: Chart,
    axis: Axes,
    stairs: Stairs,
    size: tuple[float, float],
    look: Look,
    numbered: bool = False,
) -> None:
    """Bars, stair and labels in a panel of days across and millimetres down. numbered: a disc with
    its number stands before each label, and no text has a line of its own."""
    study, (wide, high) = chart.study, size
    if numbered and chart.width == "slide":
        look = replace(look, label=look.date)
    tall, alone = BAR_MM[chart.width], chart.width == "full" and not numbered
    tall *= 0.6 if numbered and chart.width == "slide" else 1.0
    stops, ys = (
        stairs.stops,
        _find_heights(stairs, high, tall, look, numbered and chart.width == "slide"),
    )
    set_days(axis, *find_span(stops), wide, look, find_words(study))
    axis.set_ylim(high, 0)
    for stop, y in zip(stops, ys):
        _draw_stop(chart, axis, stop, y, tall, look)
        if alone and stop.texts > 1:
            _draw_alone(chart, axis, stop, y + tall / 2 + 1.4, look)
    lines = [] if is_long(stops) else _draw_steps(chart, axis, stops, ys, tall, look)
    sheet = _Sheet(axis, study, stairs, ys, (wide, high, tall), lines, look, numbered, alone)
    _write_stops(sheet)
    if stairs.km and chart.width != "column":
        _write_km(axis, stairs, ys, look, find_words(study))


class _Sheet(NamedTuple):
    """What the labels of stairs are written on: the panel, what stands in it and where (lines in
    days and millimetres; size: width and height of the panel and height of a bar, in millimetres),
    whether labels have a number, and whether texts have lines of their own."""

    axis: Axes
    study: Study
    stairs: Stairs
    ys: list[float]
    size: tuple[float, float, float]
    lines: list[tuple[float, float, float, float]]
    look: Look
    numbered: bool
    alone: bool

    @property
    def brief(self) -> bool:
        """Whether a label has a line and no more: on a slide beside a map."""
        return self.numbered and self.study.parameters["width"] == "slide"


def _write_km(axis: Axes, stairs: Stairs, ys: list[float], look: Look, words: Words) -> None:
    """The distance of each place to the last, left of the panel."""
    grey: Looks = {"size": look.date, "color": look.colour["secondary"], "va": "center"}
    for km, y in {round(km): y for km, y in zip(stairs.km, ys)}.items():
        axis.annotate(
            words.distance(km),
            (0, y),
            (-4, 0),
            ("axes fraction", "data"),
            "offset points",
            ha="right",
            annotation_clip=False,
            **grey,
        )


def _draw_stop(chart: Chart, axis: Axes, stop: Stop, y: float, tall: float, look: Look) -> None:
    """The bar of a stop, as a mark: over the days that every text allows."""
    colour = find_colour(chart.study, stop, look)
    first, end = number_days([stop.first, stop.last + DAY])
    bar = draw_days(axis, (first, end), y, tall, colour, stop.days)
    claims = [*stop.claims, *(row.claim_id for row in stop.denials)]
    words = find_words(chart.study)
    days = words.period(stop.first, stop.last)
    said = f"{stop.name}: {say_verb(words, stop.step)} {days}, {say_texts(words, stop)}"
    plotted = {"x": stop.first, "end": stop.last, "step": stop.step, "side": stop.side}
    chart.mark_group(bar, stop.place, claims, said, **plotted)


def _draw_alone(chart: Chart, axis: Axes, stop: Stop, y: float, look: Look) -> None:
    """A thin line for each text over the days that it allows by itself, a mark; the vaguer, the
    fainter. Texts that allow the same days share one."""
    study, colour = chart.study, find_colour(chart.study, stop, look)
    together: dict[tuple, list[str]] = {}
    for text, days in stop.alone.items():
        together.setdefault(days, []).append(text)
    for at, (days, texts) in enumerate(
        sorted(together.items(), key=lambda item: item[0][1] - item[0][0])
    ):
        many = (days[1] - days[0]).days + 1
        if days == (stop.first, stop.last) and len(together) > 1:
            continue
        tint = mix_pale(colour, max(0.22, find_strength(many) * 0.8))
        height, ends = y + at * 1.15, number_days([days[0], days[1] + DAY])
        shown = np.clip(ends, *axis.get_xlim())
        looks: Looks = {"color": tint, "linewidth": 1.1, "solid_capstyle": "butt", "zorder": 2}
        [line] = axis.plot(shown, [height, height], **looks)
        for end, edge, tip in zip(ends, shown, "<>"):
            if end != edge:  # the days reach beyond the panel's
                beyond: Looks = {"marker": tip, "color": tint, "markersize": 2.4, "clip_on": False}
                axis.plot([edge], [height], linestyle="none", **beyond)
        claims = [claim for claim in stop.claims if study.by_claim[claim].doc_id in texts]
        words = find_words(study)
        said = f"{stop.name}: {words.count('texts', len(texts))}, {words.period(*days)}"
        chart.mark_group(
            line, f"{stop.place}-{'-'.join(texts)}", claims, said, x=days[0], end=days[1]
        )


def _draw_steps(
    chart: Chart, axis: Axes, stops: list[Stop], ys: list[float], tall: float, look: Look
) -> list[tuple[float, float, float, float]]:
    """From each bar of the leading side to the next: along to its first possible day, then down or
    up. Gives the lines, in days and millimetres."""
    lead = chart.study.leading
    mine = [(stop, y) for stop, y in zip(stops, ys) if stop.side == lead or stop.step != "captured"]
    lines = []
    pale: Looks = {"linewidth": 0.9, "zorder": 1.5, "solid_joinstyle": "miter"}
    for (before, y), (after, y_to) in zip(mine, mine[1:]):
        colour = mix_pale(find_colour(chart.study, before, look), 0.5)
        start, turn = number_days([before.last + DAY, after.first])
        edge = y_to - np.sign(y_to - y) * tall / 2
        turn_x = turn + 0.02
        path = [(min(start, turn_x), y), (turn_x, y), (turn_x, edge)]
        xs, heights = zip(*path)
        axis.plot(xs, heights, color=colour, **pale)
        lines += [(*path[0], *path[1]), (*path[1], *path[2])]
    return lines


def _write_stops(sheet: _Sheet) -> None:
    """The name, days and texts of each bar: above it, right of it, left of it or below it, wherever
    there is room first; before it, if asked for, its number in a disc."""
    stairs, look, (wide, high, tall) = sheet.stairs, sheet.look, sheet.size
    first, last = find_span(stairs.stops)
    start, end = number_days([first, last + DAY])
    panel = Box(0, 0, wide / POINT, high / POINT)

    def place(day: float, y: float) -> tuple[float, float]:
        return (day - start) / (end - start) * panel.x1, (high - y) / POINT

    segments = [[*place(*line[:2]), *place(*line[2:])] for line in sheet.lines]
    bars = []
    for stop, y in zip(stairs.stops, sheet.ys):
        x0, x1 = (place(day, y)[0] for day in number_days([stop.first, stop.last + DAY]))
        middle, half = place(start, y)[1], tall / 2 / POINT
        below = 4.2 * (len(set(stop.alone.values())) - 1) if sheet.alone else 0
        bars.append(Box(x0, middle - half - below, x1, middle + half))
    taken = np.array(bars)
    indent = look.label * 1.75 if sheet.numbered else 0.0
    year = span_years(stairs.stops)
    for at, stop in enumerate(stairs.stops):
        shape = _shape_stop(sheet.study, stop, year, sheet.brief)
        ground = Ground(panel, taken, np.array(segments).reshape(-1, 4))
        box, starts = _find_place(bars[at], shape, ground, look, indent)
        taken = np.vstack([taken, box])
        x, y = number_days([stop.first])[0], sheet.ys[at]
        _write_shape(sheet.axis, (x, y), shape, box, place(x, y), starts, look, indent)
        if sheet.numbered:
            _write_disc(sheet, stop, at + 1, (x, y), box, place(x, y), starts)


def _write_disc(
    sheet: _Sheet,
    stop: Stop,
    number: int,
    point: tuple[float, float],
    box: Box,
    at: tuple[float, float],
    starts: bool,
) -> None:
    """The number of a stop in a disc before its label, a ring where its offensive began."""
    look, year = sheet.look, span_years(sheet.stairs.stops)
    shape = _shape_stop(sheet.study, stop, year, sheet.brief)
    wide = sum(measure_text(run.words, look.label, run.bold) for run in shape[0])
    left = box.x0 if starts else box.x1 - wide - look.label * 1.75
    colour, ring = find_colour(sheet.study, stop, look), stop.step == "offensive_start"
    disc: Looks = {
        "boxstyle": "circle,pad=0.22",
        "facecolor": "white" if ring else colour,
        "edgecolor": colour,
        "linewidth": 0.9,
    }
    sheet.axis.annotate(
        str(number),
        point,
        (round(left + look.label * 0.7 - at[0], 3), round(box.y1 - look.label * 0.86 - at[1], 3)),
        "data",
        "offset points",
        ha="center",
        va="baseline",
        size=look.map,
        weight="bold",
        color=colour if ring else "white",
        bbox=disc,
        annotation_clip=False,
        zorder=6,
    )


def _shape_stop(study: Study, stop: Stop, year: bool, brief: bool = False) -> Shape:
    """Aleppo 29–30 Nov 5 texts, and below it who denies it or alone says it; without the texts
    where there is no room. brief: all in one line, who denies it left to the note."""
    words = find_words(study)
    days = words.period(stop.first, stop.last, year)
    days += words("not_checked") if stop.unreviewed else ""
    verb = f"{words('offensive_begins')}, " if stop.step == "offensive_start" else ""
    by = say_by(words, stop.side) if stop.side != study.leading else ""
    if brief:
        says = f", {say_claimed(words, stop)}" if stop.stance else ""
        denied = f"; {words('denied')}" if stop.denials else ""
        return ((Run(f"{stop.name} ", True), Run(f"{verb}{days}{says}{denied}")),)
    wide = study.parameters["width"] == "full"
    more = [by.strip()] if by and not wide else []
    more += [say_denied(words, stop)] if stop.denials else []
    more += [say_claimed(words, stop)] if stop.stance else []
    beneath = tuple((Run(said),) for said in more)
    name, texts = Run(f"{stop.name} ", True), Run(f"   {say_texts(words, stop)}")
    if wide:
        return ((name, Run(f"{verb}{days}{by}"), texts), *beneath)
    return ((name, Run(f"{verb}{days}")), *beneath)


def _find_place(
    bar: Box, shape: Shape, ground: Ground, look: Look, indent: float
) -> tuple[Box, bool]:
    """(box, whether its lines begin at its left edge) of the first free place round a bar; where
    none is free, the one that covers least."""
    wide, high = measure_shape(shape, look.label)
    wide, high, near = wide + indent, high + (2.5 if indent else 0), 0.35 * look.label
    above, below = bar.y1 + 0.6 * near, bar.y0 - 0.7 * near - high
    middle = bar.y1 - min(bar.y1 - bar.y0, look.label) / 2 - high / 2
    panel, best = ground.panel, (10**6, Box(0, above, wide, above + high), True)
    places = [
        (bar.x0 + near, above, True),
        (bar.x1 + near, middle, True),
        (bar.x0 - near - wide, middle, False),
        (bar.x1 - wide, above, False),
        (bar.x0 + near, below, True),
        (bar.x1 - wide, below, False),
    ]
    for step in (1, 2):  # of two captures of one place
        more = step * look.label * LEADING
        places += [(bar.x0 + near, above + more, True), (bar.x1 - wide, above + more, False)]
        places += [(bar.x0 + near, below - more, True), (bar.x1 - wide, below - more, False)]
    slid = np.linspace(bar.x0 + near, bar.x1 - wide, 12)[1:-1]  # over the bar, past a line
    places += [(float(left), low, True) for low in (above, below) for left in slid]
    for left, low, starts in places:
        box = Box(left, low, left + wide, low + high)
        inside = panel.x0 - 1 <= box.x0 and box.x1 <= panel.x1 + 1
        if not inside or box.y0 < panel.y0 or box.y1 > panel.y1:
            continue
        covered = 9 * find_overlaps(box, ground.boxes).sum()  # a line may be crossed, words not
        covered += find_crossed(ground.lines, box).sum()
        best = min(best, (int(covered), box, starts), key=lambda place: place[0])
        if covered == 0:
            break
    return best[1:]


def _write_shape(
    axis: Axes,
    point: tuple[float, float],
    shape: Shape,
    box: Box,
    at: tuple[float, float],
    starts: bool,
    look: Look,
    indent: float,
) -> None:
    """A label in its box, `indent` points from its left edge, tied to its bar: names bold, what is
    denied in italics."""
    size = look.label
    baseline = box.y1 - at[1] - size * 0.86
    for number, line in enumerate(shape):
        wide = sum(measure_text(run.words, size, run.bold) for run in line)
        left = (box.x0 + indent if starts else box.x1 - wide) - at[0]
        for run in line:
            blank = len(run.words) - len(run.words.lstrip())
            spaced = left + measure_text(run.words[:blank], size)
            grey = number > 0 or blank > 1
            axis.annotate(
                run.words.strip(),
                point,
                (round(spaced, 3), round(baseline, 3)),
                "data",
                "offset points",
                size=size,
                weight="bold" if run.bold else "normal",
                style="italic" if number else "normal",
                color=look.colour["secondary" if grey else "text"],
                va="baseline",
                annotation_clip=False,
                zorder=6,
            )
            left += measure_text(run.words, size, run.bold)
        baseline -= LEADING * size


# --- speeds --------------------------------------------------------------------------------------


def _draw_speeds(
    chart: Chart, plot: Axes, place: tuple[float, float, float], speeds: pd.DataFrame, look: Look
) -> float:
    """The speed of each step as a bar from the slowest to the fastest that the days allow, on one
    scale from 0; gives the lower end."""
    (left, top, wide), words = place, find_words(chart.study)
    line = look.label * LEADING * POINT
    high = line * (1.9 + 4.05 * len(speeds))
    panel = add_panel(chart, left, top, wide, high)
    panel.axis("off")
    fastest = float(np.nanmax([1.0, *speeds["high"], *speeds["low"]]))
    indent = measure_text("1,000 ", look.label, True) * POINT
    scale = fastest / (wide - 2 * indent)  # km a day a millimetre
    panel.set(xlim=(-indent * scale, (wide - indent) * scale), ylim=(high, 0))
    bold: Looks = {"va": "top", "size": look.label, "weight": "bold", "color": look.colour["text"]}
    grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
    edge, y = -indent * scale, 1.9 * line
    panel.text(edge, 0, words("speed"), **bold)
    for row in speeds.itertuples():
        leg = cut_lines(_name_leg(chart.study, row), look.label, wide / POINT, 1, True)
        panel.text(edge, y, leg, **bold)
        panel.text(edge, y + line, say_way(words, row), **grey)
        start = y
        y += 2.15 * line
        if pd.isna(row.high):
            none = panel.text(edge, y - 0.1 * line, words("no_speed"), style="italic", **grey)
            chart.mark_derived(none, row, **_plot_speed(row))
        else:
            _draw_speed(chart, panel, row, y + 0.5 * line, scale, look)
        y += 1.9 * line
        _aim(chart, panel, (edge, start, wide * scale, 2.1 * line))
    return top + high


def _draw_speed(chart: Chart, panel: Axes, row, middle: float, scale: float, look: Look) -> None:
    """The bar of one speed, its ends beside it."""
    from matplotlib.patches import Rectangle

    colour, tall = look.colour["advance"], 2.2
    bar = Rectangle((row.low, middle - tall / 2), row.high - row.low, tall, facecolor=colour)
    bar.set(edgecolor=colour, linewidth=0.9, zorder=3)
    panel.add_patch(bar)
    chart.mark_derived(bar, row, **_plot_speed(row))
    words = find_words(chart.study)
    low, high = words.round(row.low), words.round(row.high)
    strong: Looks = {"va": "center", "size": look.label, "weight": "bold", "color": colour}
    wide = measure_text(low, look.label, True) * POINT if low != high else 0.0
    lead = max(row.low - (wide + 2.5) * scale, 0.0)
    panel.plot([0, lead], [middle, middle], color=look.colour["rule"], linewidth=0.6)
    if low != high:
        panel.text(row.low - scale, middle, low, ha="right", **strong)
    panel.text(row.high + scale, middle, high, ha="left", **strong)


def _list_speeds(
    chart: Chart, plot: Axes, place: tuple[float, float, float], speeds: pd.DataFrame, look: Look
) -> float:
    """The speeds as rows of words; gives the lower end."""
    (left, top, wide), words = place, find_words(chart.study)
    line = look.label * LEADING * POINT
    bold: Looks = {"va": "top", "size": look.label, "weight": "bold"}
    plot.text(left, top, words("speed"), color=look.colour["text"], **bold)
    y = top + 1.5 * line
    for row in speeds.itertuples():
        grey: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
        plot.text(left, y, _name_leg(chart.study, row), color=look.colour["text"], **bold)
        plot.text(left, y + line, say_way(words, row), **grey)
        said = words("speed_none")
        if pd.notna(row.high):
            said = words("km_a_day", range=words.range(row.low, row.high))
        told = plot.text(left + wide, y, said, ha="right", color=look.colour["advance"], **bold)
        chart.mark_derived(told, row, **_plot_speed(row))
        _aim(chart, plot, (left, y, wide, 2.2 * line))
        y += 2.4 * line
    return y


def _aim(chart: Chart, axes: Axes, place: tuple[float, float, float, float]) -> None:
    """Let a click on a block (x, y, width, height) lead where the mark entered last leads."""
    from matplotlib.patches import Rectangle

    x, y, wide, high = place
    target = Rectangle((x, y), wide, high, facecolor="none", edgecolor="none", zorder=0.9)
    axes.add_patch(target)
    chart.aim(target)


def _plot_speed(row) -> dict[str, object]:
    return {
        "low": row.low,
        "high": row.high,
        "unit": row.unit,
        "km": round(row.km, 1),
        "days_fewest": row.days_fewest,
        "days_most": row.days_most,
    }


def _name_leg(study: Study, row) -> str:
    """Aleppo to Hama."""
    ends = (name_places(study.places, place) for place in (row.place, row.place_to))
    return find_words(study)("leg", place=next(ends), place_to=next(ends))


def say_way(words: Words, row) -> str:
    """124 km in 5 to 6 days; 141 km, perhaps on one day."""
    km = words.number(round(row.km))
    if row.days_fewest <= 0:
        return words("way_one_day", km=km)
    days = words("way_days", fewest=row.days_fewest, most=row.days_most)
    if row.days_fewest == row.days_most:
        days = words.count("in_days", row.days_most)
    return words("way", km=km, days=days)


# --- words ---------------------------------------------------------------------------------------


def _tell_pace(study: Study, stairs: Stairs) -> tuple[list[str], list[str], str, str]:
    """Titles, subtitles, alt text and reading."""
    words = find_words(study)
    own = [stop for stop in stairs.stops if stop.step == "captured" and stop.side == study.leading]
    end, whole = own[-1], title_pace(study, stairs.stops)
    titles = [whole]
    if len(stairs.speeds) > 1:
        [slow] = (
            stairs.speeds.sort_values("days_fewest", ascending=False, kind="stable")
            .iloc[:1]
            .itertuples()
        )
        if slow.days_fewest > 0:
            span = _say_span(words, int(slow.days_fewest), int(slow.days_most))
            titles.insert(0, words("alone", title=whole, leg=_name_leg(study, slow), span=span))
    is_slide = study.parameters["width"] == "slide"  # has no room for the speeds
    if is_slide or not stairs.speeds.empty and not stairs.km:
        titles = [whole]
    first, last = min(s.first for s in stairs.stops), max(s.last for s in stairs.stops)
    by, days = say_by(words, study.leading), words.period(first, last, True)
    far = words("and_distance", place=end.name) if stairs.km else ""
    subtitles = [
        words("subtitle_pace", by=by, far=far, days=days),
        words("subtitle_pace_short", by="", far=far),
        words("subtitle_pace_short", by=by, far=""),
        words("subtitle_pace_least"),
    ]
    told = stairs.speeds if not is_slide else stairs.speeds.iloc[:0]
    legs = [f"{_name_leg(study, row)} {say_way(words, row)}" for row in told.itertuples()]
    captures = words.count("captures", len(own))
    alt = words("alt_pace", captures=captures, by=by, days=days, title=titles[-1])
    if legs:
        alt += f" {words('alt_straight', legs='; '.join(legs))}"
    return titles, subtitles, alt, words("reading_pace")


def title_pace(study: Study, stops: list[Stop]) -> str:
    """Aleppo to Damascus took eight to nine days; of one capture which side took what."""
    words = find_words(study)
    own = [stop for stop in stops if stop.step == "captured" and stop.side == study.leading]
    begin, end = own[0], own[-1]
    if len(own) == 1:
        side, days = say_side(words, begin.side), words.period(begin.first, begin.last)
        took = words("took", side=side, what=begin.name)
        return f"{open_sentence(took)}, {days}"
    fewest, most = (end.first - begin.last).days, (end.last - begin.first).days
    span = _say_span(words, fewest, most)
    return words("way_took", place=begin.name, place_to=end.name, span=span)


def _say_span(words: Words, fewest: int, most: int) -> str:
    """five to six days; at most three days."""
    if fewest > 2 * YEAR:
        return words("span_years", n=round((fewest + most) / 2 / YEAR))
    if fewest <= 0:
        return say_spelled(words, "span_most", most) if most > 0 else words("span_day")
    if fewest == most:
        return say_spelled(words, "span_days", most)
    return words("span_between", fewest=words.spell(fewest), most=words.spell(most))


def _say_counter(study: Study) -> list[str]:
    """A counter-attack is told of 1 Dec: in one sentence, how many and when."""
    claims, words = study.claims, find_words(study)
    told = claims[
        (claims["measure"] == "counter_offensive")
        & (claims["scope"] == "offensive")
        & claims["assertion"].isin(["reported", "claimed"])
    ]
    if told.empty:
        return []
    days = words.period(told["date_start"].min(), told["date_end"].max())
    return [words.count("counter", told["doc_id"].nunique(), days=days)]


def _refuse_speeds(study: Study, stairs: Stairs) -> list[str]:
    """Why there is no speed where none is drawn."""
    return [find_words(study)("refuse_speeds")] if stairs.speeds.empty else []


def _compare_distances(study: Study) -> list[str]:
    """A text's own distances to the target, each beside the straight line."""
    words = find_words(study)
    said = study.all_claims[study.all_claims["measure"] == "distance"]
    compared = []
    for row in said.itertuples():
        if study.target and study.target in split_values(row.place_to):
            km = measure_between(study.places, split_values(row.place)[0], study.target)
            named = {"place": name_places(study.places, row.place), "text": row.doc_id}
            quote = words.quote(row.number)
            compared.append(
                words("distance_said", km=words.number(round(km)), quote=quote, **named)
            )
    return compared
