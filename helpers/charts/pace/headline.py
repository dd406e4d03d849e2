"""The headline: the advance, and what was counted in the same days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.analysis.comparisons import count_sources, date_captures
from helpers.analysis.rates import say_window
from helpers.analysis.selection import Study, say_stance
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.layout import finish_chart, start_chart
from helpers.charts.marks import (
    DAY,
    MARKER_SIZE,
    add_document_legend,
    draw_bar,
    draw_days,
    draw_start,
    is_unreviewed,
    write_beside,
)
from helpers.charts.pace.events import (
    find_actors,
    find_denials,
    find_route,
    list_steps,
    name_kinds,
    say_short,
)
from helpers.charts.panels import find_step, label_rows, quote_words, set_days
from helpers.charts.theme import INK, PALE, SMALL, Looks, style_documents, themed
from helpers.corpus.copies import name_text
from helpers.corpus.places import name_places, split_values
from helpers.schema.formatting import count, join_words, name_harmed, say_period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STEP_MM = 7.5
FIGURE_MM = {"full": 6.4, "column": 7.8, "slide": 6.4}  # a row: two lines of label, and its bar
NOUNS = {
    "killed": "killed",
    "new_displacement": "displaced",
    "forced_to_flee": "forced to flee",
    "injured": "injured",
}


class Days(NamedTuple):
    """What the headline shows: its days and measures (corpus.toml), the days of each capture
    (date_captures, by place), the places of the route that fell, the claims of the start, and the
    figures of people."""

    start: pd.Timestamp
    end: pd.Timestamp
    measures: list[str]
    dates: pd.DataFrame
    stops: list[str]
    begins: pd.DataFrame
    figures: pd.DataFrame


@themed()
def draw_eleven_days(study: Study) -> Chart:
    """The headline: the advance along the route, and below it, on the same days, the displacement
    and death figures whose period lies within them (corpus.toml says which measures). One mark
    above is one place with its claims of capture or of the start; one mark below is one claim."""
    name = "eleven_days"
    wanted = study.settings.get("comparisons", {}).get(name)
    if not wanted or not find_route(study):
        return absent_chart(
            study, name, f"corpus.toml names no [comparisons.{name}] or no [route]."
        )
    days = _select_days(study, wanted)
    if not days.stops:
        return absent_chart(study, name, "no place on the route was captured within the selection.")
    rows = len(days.stops) + bool(len(days.begins))
    parts = [rows * STEP_MM + 6]
    if len(days.figures):
        parts.append(len(days.figures) * FIGURE_MM[study.parameters["width"]] + 8)
    layout: dict[str, Any] = {"nrows": len(parts), "height_ratios": parts, "sharex": True}
    chart, axes = start_chart(study, name, sum(parts) + 10, **layout)
    _draw_steps(chart, axes[0], days)
    if len(days.figures):
        _draw_counts(chart, axes[1], days.figures)
        add_document_legend(chart, days.figures["doc_id"])
    set_days(axes[-1], days.start, days.end)
    for axis in axes:
        axis.set_xlim(days.start - DAY * 0.3, days.end + DAY * 1.3)
        axis.grid(axis="x", which="minor", color=PALE, linewidth=0.5)
        axis.set_axisbelow(True)
    _leave_out(chart, days.measures)
    return finish_chart(chart, *_tell_days(study, days), _refuse_days(study, days))


def _select_days(study: Study, wanted: dict[str, Any]) -> Days:
    """What the headline shows of a study, with `start`, `end` and `measures` as corpus.toml has
    them."""
    claims, measures = study.claims, wanted["measures"]
    start, end = pd.Timestamp(str(wanted["start"])), pd.Timestamp(str(wanted["end"]))
    own = claims[claims["scope"] == "offensive"]
    figures = own[
        own["measure"].isin(measures)
        & (own["unit"] == "person")
        & (own["date_start"] >= start)
        & (own["date_end"] <= end)
        & ~own["assertion"].isin(["denied", "expected"])
    ]
    rank, vague = figures["measure"].map(measures.index), figures["quantifier"] == "vague"
    figures = figures.assign(_rank=rank, _vague=vague).sort_values(
        ["_rank", "_vague", "date_start", "claim_id"], kind="stable"
    )
    dates = date_captures(claims, find_actors(study)).set_index("place")
    first_day = (own["date_start"] == start) & (own["date_end"] == start)
    begins = own[(own["measure"] == "offensive_start") & first_day]
    stops = [place for place in find_route(study) if place in dates.index]
    return Days(start, end, measures, dates, stops, begins, figures)


def _leave_out(chart: Chart, measures: list[str]) -> None:
    """Two subjects, two lists: the events of the offensive, and the people counted by the measures
    drawn."""
    study = chart.study
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


def _draw_steps(chart: Chart, axis: Axes, days: Days) -> None:
    """A bar for each step, over the days that every text allows; beside it the days, how many texts
    and original sources stand behind it, and who denies it."""
    study, begins, labels = chart.study, days.begins, []
    rows = []
    if len(begins):
        first, last = begins["date_start"].min(), begins["date_end"].max()
        rows.append(("start", "Offensive begins", first, last, list(begins["claim_id"])))
    for place in days.stops:
        fell, said = days.dates.loc[place], f"{name_places(study.places, place)} captured"
        rows.append((place, said, fell["first"], fell["last"], fell["claims"]))
    latest = rows[-1][3]
    for number, (key, label, first, last, claims) in enumerate(rows):
        hollow = is_unreviewed(chart, claims)
        bar = draw_bar(axis, [first, last + DAY], [-number, -number], INK, 6, hollow)
        firm, denials = [study.by_claim[claim] for claim in claims], find_denials(study, key)
        stance = say_stance(firm)
        labels.append(f"{label} ({stance})" if stance else label)
        beside = [say_short(first, last), say_behind(firm)]
        beside += [say_stance(denials)] if denials else []
        words = f"{labels[-1]}: {', '.join(beside)}"
        behind = claims + [row.claim_id for row in denials]
        chart.mark_group(bar, key, behind, words, x=first, end=last, y=-number)
        words = "\n".join([" · ".join(beside[:2]), *beside[2:]])
        if last + 4 * DAY > latest:  # no room to the right of the bar
            write_beside(axis, words, (first, -number), (-4, 0), ha="right")
        else:
            write_beside(axis, words, (last + DAY, -number), (4, 0), ha="left")
    bold: Looks = {"size": SMALL + 0.6, "weight": "bold", "lift": 5}
    label_rows(axis, [-number for number in range(len(rows))], labels, study, **bold)
    axis.set_ylim(-len(rows) + 0.4, 0.6)
    axis.tick_params(axis="x", which="both", length=0, labelbottom=False)
    axis.spines[["left", "bottom"]].set_visible(False)


def say_behind(claims: list) -> str:
    """1 text, 2 sources: how many texts tell it, and how many original sources they have it
    from."""
    texts = {name_text(row) for row in claims}
    return f"{count(len(texts), 'text')}, {count(len(count_sources(claims)), 'source')}"


def _draw_counts(chart: Chart, axis: Axes, figures: pd.DataFrame) -> None:
    """A bar for each figure over the days within which it lies, hatched where it has no number; a
    thin line where it is of a shorter time somewhere within them."""
    study, wide = chart.study, find_step(chart.study) == 1
    styles = style_documents(study.documents)
    for number, row in enumerate(figures.itertuples()):
        style, hollow = styles[row.doc_id], row.review == "proposed"
        vague, high = row.quantifier == "vague", 0.45 if wide else 0.26
        looks: Looks = {"edgecolor": style[0], "linewidth": 0.8, "hatch": "////" if vague else None}
        looks["facecolor"] = "white" if vague or hollow else style[0]
        thick = high / 6 if row.date_kind == "window" else high
        bar = draw_days(axis, row, -number, thick, **looks)
        draw_start(axis, row.date_start, -number, style, hollow, MARKER_SIZE, rim=0.8)
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
    axis.set_ylim(-len(figures) + 0.4, 0.6 if wide else 0.9)


def _label_figure(row, study: Study) -> str:
    """Two lines: “nearly 400,000” displaced “within a week”; Syria · UN · somewhere within
    27 Nov–7 Dec."""
    when = say_short(row.date_start, row.date_end)
    if row.date_kind == "window":
        when = f"somewhere within {when}"
    about = (name_harmed(row), name_places(study.places, row.place), _say_who(row), when)
    return _say_counted(row) + "\n" + " · ".join(part for part in about if part)


def _say_who(row) -> str:
    """Who claims a figure, or from whom a text that reports it has it."""
    return say_stance([row]) or join_words(split_values(row.source_original))


def _say_counted(row) -> str:
    """“nearly 400,000” displaced “within a week”."""
    words = f"“{quote_words(row)}” {NOUNS.get(row.measure, row.measure)}"
    return f"{words} {say_window(row)}" if row.date_kind == "window" else words


def _tell_days(study: Study, days: Days) -> Told:
    title = _title_days(study, days)
    subtitle = (
        "Captures on the route, and figures whose period lies within "
        f"{say_period(days.start, days.end)}. Bars: the days on which a place may have fallen "
        "(above), within which a figure lies (below); thin: a shorter time within these days; "
        "hatched: no number in the text. Counted: texts, and the sources that they name or are."
    )
    fell = []
    for place in days.stops:
        when = say_short(*days.dates.loc[place, ["first", "last"]])
        fell.append(f"{name_places(study.places, place)} captured {when}")
    counted = count(len(days.figures), "claim")
    alt = f"Timeline. {title}. {'; '.join(fell)}. Below, {counted} on people displaced or killed."
    vague = int((days.figures["quantifier"] == "vague").sum())
    reading = (
        f"Above, the days on which every text lets a place fall; below, {counted}, {vague} of them "
        "without a number. None may be added to another: places and days overlap."
    )
    return Told(title, subtitle, alt, reading)


def _title_days(study: Study, days: Days) -> str:
    """How many days it took to the last place, and the numbers for the displaced and the dead."""
    numbers = days.figures[days.figures["quantifier"] != "vague"]
    moved, dead = numbers[numbers["measure"] != "killed"], numbers[numbers["measure"] == "killed"]
    fell = days.dates.loc[days.stops[-1]]
    fewest, most = (fell["first"] - days.start).days, (fell["last"] - days.start).days
    took = count(most, "day")
    if fewest <= 0:
        took = f"at most {took}"
    elif fewest < most:
        took = f"{fewest} to {took}"
    title = f"{took} to {name_places(study.places, days.stops[-1])}: "
    if len(moved) == 1:
        row = next(moved.itertuples())
        title += _say_counted(row) + (f" ({_say_who(row)})" if _say_who(row) else "")
    else:
        title += f"{count(len(moved), 'number')} for the displaced"
    claimed = int((dead["assertion"] == "claimed").sum())
    throughout = (dead["date_start"] <= days.start) & (dead["date_end"] >= days.end)
    title += f", {count(len(dead), 'number')} for the dead"
    title += f" ({claimed} claimed by a party)" if claimed else ""
    if len(dead):
        title += f", {int(throughout.sum()) or 'none'} of them for all these days"
    return title


def _refuse_days(study: Study, days: Days) -> list[str]:
    """The figures of the same measures that count other days too; the first six of many."""
    claims = study.claims
    beyond = claims[
        claims["measure"].isin(days.measures)
        & (claims["unit"] == "person")
        & ~claims["claim_id"].isin(days.figures["claim_id"])
        & (claims["date_end"] >= days.start)
        & (claims["date_start"] <= days.end)
        & ((claims["date_start"] < days.start) | (claims["date_end"] > days.end))
    ]
    if beyond.empty:
        return []
    listed = [
        f"“{row.number}” {NOUNS.get(row.measure, row.measure)}, "
        + say_period(row.date_start, row.date_end)
        for row in beyond.head(6).itertuples()
    ]
    listed += [f"and {len(beyond) - 6} more"] if len(beyond) > 6 else []
    return [f"Left out, because they count other days too: {'; '.join(listed)}."]
