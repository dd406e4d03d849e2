"""The pace: on which days each place may have been captured, how far it still was, and what speeds
follow."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.analysis.rates import derive_speed
from helpers.analysis.selection import Study
from helpers.charts.advance.days import list_steps
from helpers.charts.advance.reference import find_reference, say_reference
from helpers.charts.advance.rest import say_undrawn
from helpers.charts.advance.speeds import SPEED_MM, draw_speeds, list_speeds, name_leg, say_way
from helpers.charts.advance.stairs import Stairs, draw_stairs, fit_height, is_apart, measure_stairs
from helpers.charts.captures.stops import Stop, list_stops, order_stop
from helpers.charts.captures.words import (
    open_sentence,
    say_by,
    say_denials,
    say_odd,
    say_side,
    say_span,
)
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.findings import say_country
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.frame import measure_legend
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import add_panel, find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.theme import LEADING, POINT, find_look, with_theme
from helpers.charts.maps.dots import is_doubted
from helpers.charts.maps.key import (
    list_bars,
    list_begun_bars,
    list_hatched,
    list_pale,
    order_signs,
)
from helpers.charts.maps.telling import leave_out
from helpers.corpus.places import measure_between, name_places, split_values

if TYPE_CHECKING:
    from matplotlib.artist import Artist

SHARPEST = 7  # days within which a capture lies that a pace may rest on
ROWS = {"full": 16, "column": 12, "slide": 7}
GAP_MM = 2.0  # between the kilometres and the panel


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
    words = find_words(study)
    gutter = 0.0
    if stairs.km and chart.width != "column":
        said = [measure_text(words.distance(round(km)), look.date) for km in stairs.km]
        gutter = max(said) * POINT + GAP_MM
    wide = room - gutter - (SPEED_MM + 6 if beside else 0)
    chart.legend = _list_signs(study, stairs)
    high = measure_stairs(stairs, chart.width)
    told = _tell_pace(study, stairs)
    most = measure_room(chart, told.title, told.subtitle) - 2.6 * look.date * LEADING * POINT
    if chart.width == "slide":
        high -= measure_legend(chart, room / POINT)[1] * POINT
        if stairs.km:  # to scale: what room there is keeps labels apart
            high = max(high, most)
    high = fit_height(study, stairs, (wide, high), min(most, 2 * high), look)
    axis = add_panel(chart, gutter, 0, wide, high)
    draw_stairs(chart, axis, stairs, (wide, high), look)
    bottom = high + 2.6 * look.date * LEADING * POINT
    if beside:
        low = draw_speeds(chart, plot, (gutter + wide + 6, 0, SPEED_MM), stairs.speeds, look)
        bottom = max(bottom, low)
    elif len(stairs.speeds) and chart.width == "column":
        bottom = list_speeds(chart, plot, (0, bottom + 3, room), stairs.speeds, look)
    plot.set_ylim(bottom, 0)
    leave_out(chart, [])
    left = say_undrawn(study, stairs.stops, SHARPEST)
    more = [*say_denials(words, own), *say_odd(words, own), *left, *_say_counter(study)]
    reference = find_reference(study, stairs.speeds)
    beside_it = [say_reference(reference)] if reference else []
    refused = [*more, *_compare_distances(study), *_refuse_speeds(study, stairs), *beside_it]
    return finish_chart(chart, told, refused, tuple(more))


def _list_signs(study: Study, stairs: Stairs) -> list[Artist]:
    """What a key says of hatched and pale bars, of the sides where there are several, and of steps,
    where the subtitle does not say what they are."""
    look, stops = find_look(study), stairs.stops
    bars = [*list_pale(study, stops, look), *list_bars(study, stops, look)]
    bars += list_begun_bars(study, stops, look)
    steps = [] if stairs.km else list_steps(study, stops, look)
    if stairs.km and study.parameters["width"] == "column":
        name = next(stop.name for stop, km in zip(stops, stairs.km) if km == min(stairs.km))
        steps = list_steps(study, stops, look, find_words(study)("key_km", place=name))
    return order_signs(study, [*list_hatched(study, stops, look), *bars, *steps])


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
    return stairs if is_apart(stairs, study.parameters["width"]) else Stairs(stops, [], speeds)


def _derive_speeds(study: Study, told: list[Stop], route: list[str]) -> pd.DataFrame:
    """The speeds between the places of the route: from the last capture of a place by the leading
    side before its first of the next. Where another side took the place between them there is
    none. counted_from: the words for that capture where there are several; else nothing. doubt:
    the words for its ends that are in doubt; else nothing. both_first, both_last: the days that are
    possible for both captures, as far as there are any."""
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
        speed = derive_speed(kept, study.places, [place, place_to])
        named: dict[str, object] = {"doubt": _name_doubt(begin, end)}
        named |= {"counted_from": _name_capture(own, begin)}
        named |= {"both_first": max(begin.first, end.first)}
        named |= {"both_last": min(begin.last, end.last)}
        tables.append(speed.assign(**named))
    return pd.concat([table for table in tables if len(table)] or tables, ignore_index=True)


def _find_step(own: list[Stop], place: str, place_to: str) -> tuple[Stop, Stop]:
    """The captures of two places between which a side came from one to the other: its first of the
    second, and its last of the first before that, or its first of all."""
    end = next(stop for stop in own if stop.place == place_to)
    here = [stop for stop in own if stop.place == place]
    before = [stop for stop in here if stop.first <= end.last]
    return [*here[:1], *before][-1], end


def _name_capture(own: list[Stop], begin: Stop) -> str:
    """The words for the capture from which a step counts; "" where its place fell once."""
    if sum(stop.place == begin.place for stop in own) == 1:
        return ""
    if begin.retaken:
        return "from_recapture"
    later = any(order_stop(one) < order_stop(begin) for one in own if one.place == begin.place)
    return "from_later_capture" if later else "from_first_capture"


def _name_doubt(begin: Stop, end: Stop) -> str:
    """The words for the ends of a step whose capture is denied, or on a party's word alone."""
    doubted = [stop for stop in (begin, end) if is_doubted(stop)]
    if len(doubted) > 1:
        return "between_doubted"
    kinds = ["denied" if stop.denials else "claimed" for stop in doubted]
    return f"{'from' if begin in doubted else 'to'}_{kinds[0]}" if kinds else ""


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


# --- words ---------------------------------------------------------------------------------------


def _tell_pace(study: Study, stairs: Stairs) -> Told:
    """Titles, subtitles, alt text and reading."""
    words = find_words(study)
    own = [stop for stop in stairs.stops if stop.step == "captured" and stop.side == study.leading]
    end, [named, whole] = own[-1], list_pace_titles(study, stairs.stops)
    titles = [named, whole]
    if len(stairs.speeds) > 1:
        [slow] = (
            stairs.speeds.sort_values("days_fewest", ascending=False, kind="stable")
            .iloc[:1]
            .itertuples()
        )
        if 2 * slow.days_fewest > (end.last - own[0].first).days:  # more than half of the way
            span = say_span(words, int(slow.days_fewest), int(slow.days_most))
            leg = name_leg(study, slow)
            alone = [words("alone", title=title, leg=leg, span=span) for title in titles]
            titles = [alone[0], named, alone[1], whole]  # whose advance it is goes first
    is_slide = study.parameters["width"] == "slide"  # has no room for the speeds
    if is_slide or not stairs.speeds.empty and not stairs.km:
        titles = [named, whole]
    first, last = min(s.first for s in stairs.stops), max(s.last for s in stairs.stops)
    by, days = say_by(words, study.leading), words.period(first, last, True)
    scaled = stairs.km and study.parameters["width"] != "column"  # a column says it in its key
    far = words("and_distance", place=end.name) if scaled else ""
    country = say_country(study, words)
    subtitles = [
        words("subtitle_pace", by=by, country=country, far=far, days=days),
        words("subtitle_pace", by=by, country="", far=far, days=days),
        words("subtitle_pace", by="", country="", far=far, days=days),
        *([words("subtitle_pace_short", by="", far=far)] if far else []),
        words("subtitle_pace", by=by, country="", far="", days=days),
        words("subtitle_pace_least", days=days),
    ]
    told = stairs.speeds if not is_slide else stairs.speeds.iloc[:0]
    legs = [f"{name_leg(study, row)} {say_way(words, row)}" for row in told.itertuples()]
    captures = words.count("captures", len(own))
    alt = words("alt_pace", captures=captures, by=by, days=days, title=titles[-1])
    if legs:
        alt += f" {words('alt_straight', legs='; '.join(legs))}"
    return Told(titles, subtitles, alt, words("reading_pace"))


def list_pace_titles(study: Study, stops: list[Stop]) -> list[str]:
    """The HTS coalition took eight to nine days from Aleppo to Damascus; the same without the side.
    Of one capture which side took what."""
    words = find_words(study)
    own = [stop for stop in stops if stop.step == "captured" and stop.side == study.leading]
    firm = [stop for stop in own if not stop.disputed]
    own = firm if len(firm) > 1 else [stop for stop in own if not stop.denials] or own
    begin, end = own[0], own[-1]
    if len(own) == 1:
        side, days = say_side(words, begin.side), words.period(begin.first, begin.last)
        took = words("took", side=side, what=begin.name)
        return [f"{open_sentence(took)}, {days}"] * 2
    fewest, most = (end.first - begin.last).days, (end.last - begin.first).days
    span = say_span(words, fewest, most)
    way = {"place": begin.name, "place_to": end.name, "span": span}
    named = words("side_way_took", side=say_side(words, begin.side), **way)
    return [open_sentence(named), words("way_took", **way)]


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
