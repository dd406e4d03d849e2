"""The overview: the advance on a map and day by day, and the numbers given for the same days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement, merge_statements
from helpers.charts.advance.dots import (
    Run,
    Shape,
    cover_dots,
    draw_dot,
    find_colour,
    place_shapes,
    write_label,
)
from helpers.charts.advance.ground import (
    View,
    add_box,
    bound_view,
    draw_land,
    draw_scale,
    lay_ground,
    name_countries,
    name_disputed,
    place_scale,
)
from helpers.charts.advance.map import credit_borders, endorse, leave_out, mention_borders
from helpers.charts.advance.pace import Stairs, draw_stairs, title_pace
from helpers.charts.advance.stops import Stop, list_stops
from helpers.charts.advance.words import keep_together, open_sentence, say_denials
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.fonts import cut_lines, measure_text
from helpers.charts.language import find_words
from helpers.charts.layout import add_panel, find_room, finish_chart, start_plot
from helpers.charts.over_time import make_voice
from helpers.charts.rows import quote_number
from helpers.charts.theme import LEADING, POINT, Look, Looks, find_look, with_theme
from helpers.corpus.places import name_places

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = {"full": 6, "column": 6, "slide": 5}  # captures
BIG = {"full": 21.0, "column": 19.0, "slide": 28.0}  # points, of the numbers
LEAST_BIG = {"full": 14.0, "column": 14.0, "slide": 24.0}
DISC = {"full": 10.5, "column": 10.5, "slide": 20.0}  # points across
MAP_MM = {"full": (62.0, 66.0), "column": (83.8, 60.0), "slide": (76.0, 96.0)}
ROW_MM = {"full": 12.4, "column": 11.5, "slide": 12.8}
FLOWS = ("new_displacement", "forced_to_flee")
INDENT_MM, GAP_MM = 3.7, 4.0  # of the words of a number, and between two numbers
SLIDE_MM = 103.0  # height of a slide below two lines of title, above two of foot
OTHERS = 3  # figures in words alone that stand below a number


class Number(NamedTuple):
    """A number of the overview: its statement, the role of its colour, and what is told of the same
    in words alone."""

    statement: Statement
    role: str
    worded: list[Statement]


class Words(NamedTuple):
    """A block of lines of one size."""

    block: str
    size: float
    style: Looks

    @property
    def high(self) -> float:
        """Its height in millimetres."""
        return self.size * LEADING * POINT * (self.block.count("\n") + 1)


class Whole(NamedTuple):
    """What the overview shows."""

    stairs: Stairs
    numbers: list[Number]
    deaths: int
    days: tuple[pd.Timestamp, pd.Timestamp]


@with_theme
def draw_overview(study: Study) -> Chart:
    """Left a map of the captures of the side with most of them, right the same captures by the days
    that every text allows, with the same numbers, below three figures whose days lie within the
    period: the largest of people displaced, the largest of people killed that no party says, and
    the largest that a party says. A dot and a bar are one place with its claims; a figure is one
    statement. What the texts do not tell is left out."""
    name = "overview"
    whole = choose_whole(study)
    if not whole.stairs.stops and not whole.numbers:
        return absent_chart(
            study,
            name,
            "no text tells of a capture, of people displaced or of people killed on known days.",
        )
    chart, plot = start_plot(study, name)
    look = find_look(study)
    bottom, disputes = _draw_blocks(chart, plot, whole, look)
    plot.set_ylim(bottom, 0)
    leave_out(chart, [])
    _leave_out_people(chart)
    mapped = any(stop.point for stop in whole.stairs.stops)
    bounds = endorse(study) if mapped else []
    told = _tell_whole(study, whole)
    captures = [stop for stop in whole.stairs.stops if stop.step == "captured"]
    denied = say_denials(find_words(study), captures)
    note, data = (*bounds, *denied, *disputes), credit_borders(study) if bounds else ""
    finish_chart(chart, *told, refused=[*denied, *disputes], note=note, data=data)
    return mention_borders(chart) if mapped else chart


def choose_whole(study: Study) -> Whole:
    """What the overview shows of a study."""
    stops = choose_captures(study)
    days = study.period
    if days is None and stops:
        days = min(stop.first for stop in stops), max(stop.last for stop in stops)
    numbers, deaths = choose_numbers(study)
    span = days or (pd.Timestamp(0), pd.Timestamp(0))
    return Whole(Stairs(stops, [], pd.DataFrame()), numbers, deaths, span)


def choose_captures(study: Study) -> list[Stop]:
    """The captures of the leading side, its route's where it has one, and before them the place
    where its offensive began: the first MOST, where all are so few, else those in most texts."""
    stops = list_stops(study)
    mine = [stop for stop in stops if stop.step == "captured" and stop.side == study.leading]
    firsts = {stop.place: stop for stop in reversed(mine)}  # one taken again stands once
    known = [stop for stop in mine if stop.days <= 31 and firsts[stop.place] is stop]
    way = [stop for stop in known if stop.place in study.route]
    mine = way if len(way) > 1 else known
    begun = [stop for stop in stops if stop.step == "offensive_start"]
    begun = [stop for stop in begun if mine and stop.first <= mine[0].first]
    room = MOST[study.parameters["width"]] - len(begun)
    kept = sorted(mine, key=lambda stop: -stop.texts)[:room]
    return [*begun, *(stop for stop in mine if stop in kept)]


def choose_numbers(study: Study) -> tuple[list[Number], int]:
    """(the largest flow of people displaced, the largest figure of people killed that no party
    says, the largest that a party says; how many figures of people killed the period has), all
    within the period, none a part of another and none withdrawn by its source."""
    claims = study.all_claims
    period = study.period
    people = claims[(claims["unit"] == "person") & claims["date_start"].notna()]
    if period is not None:
        inside = (people["date_start"] >= period[0]) & (people["date_end"] <= period[1])
        people = people[inside]
    found = merge_statements(people, study.is_said_by_party)
    moved = [one for one in found if one.first.measure in FLOWS]
    dead = [one for one in found if one.first.measure == "killed"]
    own, theirs = [one for one in dead if not one.party], [one for one in dead if one.party]
    chosen = []
    for group, role in ((moved, "displacement"), (own, "casualties"), (theirs, "party")):
        whole = [one for one in group if not one.worded and not one.first.part_of]
        numbers = [one for one in whole if not one.withdrawn]
        if numbers:
            largest = max(numbers, key=lambda one: one.number)
            chosen.append(Number(largest, role, [one for one in group if one.worded]))
    return chosen, len([one for one in dead if not one.worded])


# --- blocks --------------------------------------------------------------------------------------


def _draw_blocks(chart: Chart, plot: Axes, whole: Whole, look: Look) -> tuple[float, list[str]]:
    """Map, stairs and numbers where each width has them; gives the lower end, and what is to be
    said of disputed areas."""
    room, _ = find_room(chart.study)
    stops = whole.stairs.stops
    wide, high = MAP_MM[chart.width]
    mapped = [stop for stop in stops if stop.point]
    gap = 5.0 if chart.width != "slide" else 9.0
    left, bottom = 0.0, 0.0
    disputes: list[str] = []
    if mapped:
        disputes = _draw_map(chart, stops, (0, 0, wide, high), look)
        if chart.width == "column":
            bottom = high + 4
        else:
            left = wide + gap
    side = left if chart.width == "slide" else 0.0
    below = 0.0
    if whole.numbers:
        below = measure_numbers(chart, whole.numbers, room - side, look) + (4.0 if stops else 0.0)
    if stops:
        spare = SLIDE_MM - below if chart.width == "slide" else 0.0
        low = _draw_days(chart, whole.stairs, (left, bottom, room - left), spare, look)
        bottom = max(low, high if mapped and chart.width == "full" else 0.0)
    if whole.numbers:
        top = bottom + (4.0 if stops else 0.0)
        _write_numbers(chart, plot, (side, top, room - side), whole.numbers, look)
    ends = [bottom + below, high if mapped else 0.0]
    return max(ends), disputes


def _draw_map(
    chart: Chart, stops: list[Stop], place: tuple[float, float, float, float], look: Look
) -> list[str]:
    """The captures on a map, numbered as beside it; gives what is to be said of disputed areas."""
    study, mapped = chart.study, [stop for stop in stops if stop.point]
    words = find_words(study)
    points = [stop.point or (0.0, 0.0) for stop in mapped]
    view = bound_view(points, place[2], place[3], place[3])
    axis = add_panel(chart, *place)
    draw_land(axis, view, study.country, look)
    ground = lay_ground(view, study.country)
    bar = place_scale(view, ground, view.place(np.array(points)), look, words)
    draw_scale(axis, view, bar, look, words)
    ground = add_box(ground, bar)
    size, apart = DISC[chart.width], _are_apart(view, points, DISC[chart.width])
    radius = size / 2 if apart else size / 3
    for stop in mapped:
        draw_dot(chart, axis, stop, 2 * radius, look)
        if apart:
            write_number(axis, study, stop, stops.index(stop) + 1, stop.point, look)
    shapes = [_shape_name(stop, stops.index(stop) + 1, apart) for stop in mapped]
    labels, _ = place_shapes(view, ground, points, shapes, look.label, radius + 0.8)
    for label in labels:
        write_label(axis, view, label, look.label, look)
        ground = add_box(ground, label.spot.box)
    ground = cover_dots(view, ground, points, radius)
    ground, disputes = name_disputed(axis, view, ground, study.country, look, words)
    name_countries(axis, view, ground, study.country, look, words)
    return disputes


def _are_apart(view: View, points: list[tuple[float, float]], size: float) -> bool:
    """Whether discs of this size stand clear of each other."""
    placed = view.place(np.array(points))
    gaps = np.hypot(*(placed[:, None, :] - placed[None, :, :]).transpose(2, 0, 1))
    return bool((gaps[np.triu_indices(len(placed), 1)] > size).all())


def _shape_name(stop: Stop, number: int, inside: bool) -> list[Shape]:
    """The name beside a disc that has its number inside, else number and name."""
    if inside:
        return [((Run(stop.name, True),),)]
    return [((Run(f"{number} {stop.name}", True),),), ((Run(str(number), True),),)]


def write_number(
    axis: Axes, study: Study, stop: Stop, number: int, at: tuple[float, float] | None, look: Look
) -> None:
    """A number in the middle of a disc, in the side's colour on a ring."""
    ring = stop.step == "offensive_start"
    colour = find_colour(study, stop, look) if ring else "white"
    looks: Looks = {"size": look.map, "weight": "bold", "color": colour, "zorder": 8}
    axis.annotate(
        str(number),
        at or (0, 0),
        (0, -0.34 * look.map),
        "data",
        "offset points",
        ha="center",
        va="baseline",
        annotation_clip=False,
        **looks,
    )


def _draw_days(
    chart: Chart, stairs: Stairs, place: tuple[float, float, float], spare: float, look: Look
) -> float:
    """The captures by day, with the numbers of the map, on a slide in the room to spare; gives the
    lower end."""
    left, top, wide = place
    foot = 2.4 * look.date * LEADING * POINT
    high = len(stairs.stops) * ROW_MM[chart.width]
    if chart.width == "full":
        high = max(high, MAP_MM["full"][1] - foot)
    if spare:
        high = spare - foot
    axis = add_panel(chart, left, top, wide, high)
    draw_stairs(chart, axis, stairs, (wide, high), look, numbered=True)
    return top + high + foot


# --- numbers -------------------------------------------------------------------------------------


def _compose_numbers(
    chart: Chart, numbers: list[Number], wide: float, look: Look
) -> list[list[Words]]:
    """What stands below each other for each number, in lines as wide as its column."""
    each = find_column(chart, numbers, wide)[0]
    quotes = [quote_number(find_words(chart.study), number.statement) for number in numbers]
    room = each - INDENT_MM
    size = _fit_big(quotes, room, chart.width)
    composed = []
    for number, quote in zip(numbers, quotes):
        ink = look.colour["party_text" if number.role == "party" else number.role]
        big = cut_lines(quote, size, room / POINT, 2, True)
        words = [Words(big, size, {"weight": "bold", "color": ink})]
        for said, points, style in _list_lines(chart, number, look):
            bold = style.get("weight") == "bold"
            most = 2 if chart.width == "slide" else 3
            words.append(
                Words(
                    cut_lines(keep_together(said), points, room / POINT, most, bold), points, style
                )
            )
        composed.append(words)
    return composed


def find_column(chart: Chart, numbers: list[Number], wide: float) -> tuple[float, float]:
    """(width, step) of the columns of numbers: beside each other, in a column below each other."""
    if chart.width == "column":
        return wide, 0.0
    each = (wide - GAP_MM * (len(numbers) - 1)) / len(numbers)
    return each, each + GAP_MM


def measure_words(words: list[Words]) -> float:
    """The height of a number with its lines, in millimetres."""
    return sum(one.high for one in words) + 0.4 * (len(words) - 1)


def measure_numbers(chart: Chart, numbers: list[Number], wide: float, look: Look) -> float:
    """The height of all numbers."""
    heights = [measure_words(words) for words in _compose_numbers(chart, numbers, wide, look)]
    if chart.width == "column":
        return sum(heights) + 3.0 * (len(heights) - 1)
    return max(heights)


def _write_numbers(
    chart: Chart, plot: Axes, place: tuple[float, float, float], numbers: list[Number], look: Look
) -> None:
    """Each number large, with what it counts, who says so and what else is told."""
    left, top, wide = place
    each, step = find_column(chart, numbers, wide)
    for number, words in zip(numbers, _compose_numbers(chart, numbers, wide, look)):
        _write_number(chart, plot, (left, top, each), number, words, look)
        left += step
        top += 0.0 if step else measure_words(words) + 3.0


def _fit_big(quotes: list[str], room: float, width: str) -> float:
    """The one size of all numbers: as large as the longest allows."""
    widest = max(measure_text(quote, 1.0, True) for quote in quotes) * POINT
    return float(np.clip(np.floor(2 * room / widest) / 2, LEAST_BIG[width], BIG[width]))


def _write_number(
    chart: Chart,
    plot: Axes,
    place: tuple[float, float, float],
    number: Number,
    words: list[Words],
    look: Look,
) -> None:
    """One number with its lines; the quote is the mark, the whole takes a click."""
    from matplotlib.patches import Rectangle

    left, top, wide = place
    high, at, written = measure_words(words), top, []
    for one in words:
        y = at + one.high - 0.34 * one.size * POINT  # the baseline of the last line
        looks: Looks = {"va": "baseline", "linespacing": look.spacing, "size": one.size}
        written.append(plot.text(left + INDENT_MM, y, one.block, **looks | one.style))
        at += one.high + 0.4
    told = [claim for other in number.worded for claim in other.claims]
    elsewhere = bool(told) and chart.width != "slide"
    if elsewhere:
        ids = [claim.claim_id for claim in told]
        chart.mark_group(written[-1], f"words-{ids[0]}", ids, words[-1].block)
    colour = look.colour[number.role]
    rule = Rectangle((left, top + 0.6), 1.2, high - 0.6, facecolor=colour, zorder=2)
    rule.set(edgecolor="none", linewidth=0)
    plot.add_patch(rule)
    first = number.statement.first
    plotted = {"low": first.low, "best": first.best, "high": first.high, "unit": first.unit}
    claims = list(number.statement.claims)
    chart.mark_merged(written[0], claims, measure=first.measure, **plotted)
    own = high - (words[-1].high if elsewhere else 0.0)
    target = Rectangle((left, top), wide, own, facecolor="none", edgecolor="none", zorder=1)
    plot.add_patch(target)
    chart.aim(target)


def _list_lines(chart: Chart, number: Number, look: Look) -> list[tuple[str, float, Looks]]:
    """(words, size, looks) of the lines below a number: what it counts where and when, who says so,
    what is told in words alone."""
    study = chart.study
    words, one = find_words(study), number.statement
    voice, first = make_voice(study)(one), one.first
    what = words(first.measure) if first.topic == "casualties" else ""
    people = " ".join(filter(None, [voice.people, what]))
    where = name_places(study.places, first.place)
    when = words.period(first.date_start, first.date_end)
    parts = [open_sentence(people), where, when]
    bold: Looks = {"weight": "bold", "color": look.colour["text"]}
    grey: Looks = {"color": look.colour["secondary"]}
    lines = [(", ".join(filter(None, parts)), look.label, bold), (voice.source, look.date, grey)]
    if voice.denied:
        lines.append((voice.denied, look.date, {"style": "italic", **grey}))
    if number.worded and chart.width != "slide":
        told = {other.first.number.lower(): other.first.number for other in number.worded}
        quotes = [words.quote(said) for said in told.values()]
        more = words("elsewhere", quotes=", ".join(quotes[:OTHERS]))
        lines.append((more, look.date, {"style": "italic", **grey}))
    return lines


# --- words ---------------------------------------------------------------------------------------


def _leave_out_people(chart: Chart) -> None:
    """The figures of people displaced and killed that the overview does not show, by kind."""
    claims = chart.study.all_claims
    people = claims[claims["measure"].isin([*FLOWS, "killed"])]
    kinds = {
        "displaced or dead of other times or of the war": people["scope"] != "offensive",
        "displaced or dead without a number or as a share": people["unit"] != "person",
        "displaced or dead by forecast or denied": people["assertion"].isin(["expected", "denied"]),
        "smaller figures of displaced or dead": people["unit"] == "person",
    }
    chart.leave_out(people, kinds)


def _tell_whole(study: Study, whole: Whole) -> tuple[list[str], list[str], str, str]:
    """Titles, subtitles, alt text and reading."""
    words = find_words(study)
    said = [_say_number(study, number) for number in whole.numbers]
    taken = [stop for stop in whole.stairs.stops if stop.step == "captured"]
    lead = title_pace(study, whole.stairs.stops) if taken else ""
    titles = [lead] if lead else [open_sentence(number) for number in said[:1]]
    if lead and said:
        titles = [f"{lead}; {said[0]}", lead]
    days = words.period(*whole.days, True)
    texts = words.count("in_texts_all", study.documents["doc_id"].nunique())
    kind = "both"
    if not (taken and said):
        kind = "captures" if taken else "figures"
    subtitles = [
        f"{words(f'overview_{kind}')}, {days}, {texts}",
        f"{words(f'overview_{kind}_short')}, {days}, {texts}",
        days,
    ]
    fell = words.count("alt_captures", len(taken)) if taken else words("overview_figures_short")
    alt = f"{fell}, {days}. {titles[-1]}."
    if said:
        alt += f" {words('alt_figures', figures='; '.join(said))}"
    return titles, subtitles, alt, words("reading_overview")


def _say_number(study: Study, number: Number) -> str:
    """“280,000” displaced, says the UN."""
    from helpers.charts.findings import add_article, is_plural

    words, one = find_words(study), number.statement
    what = words("new_displacement" if one.first.measure in FLOWS else "killed")
    quote = words.quote(one.first.number)
    if one.sources:
        source = words.join([add_article(name, words) for name in one.sources])
        voice = words("so_say" if is_plural(one.sources) else "so_says", source=source)
    elif len(one.documents) == 1:
        voice = words("so_says", source=words("one_text"))
    else:
        voice = words("so_say", source=words("the_texts"))
    return f"{quote} {what}, {voice}"
