"""The corpus: when each text was published, which days it tells of, how many figures it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.lists.telling import find_largest, tell_corpus
from helpers.charts.lists.texts import (
    KINDS,
    Row,
    gather_all,
    gather_publishers,
    is_title,
    list_counted,
    list_texts,
    merge_least,
)
from helpers.charts.lists.weeks import DAY, count_weeks, draw_weeks
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import add_panel, find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.theme import LEADING, POINT, Look, Looks, find_look, mix_pale, with_theme
from helpers.charts.page.attribution import is_nameless
from helpers.charts.page.strip import NOON, choose_days

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MOST_TEXTS = {"full": 30, "column": 12, "slide": 9}  # that have a row each; else publishers do
CLOSEST = 1.1  # lines of words: how near to each other rows of a slide stand at least
SPAN = "#B9B4AA"  # the days that a text tells of


@dataclass(frozen=True)
class Grid:
    """Millimetres: the right end of days, the ends of the strip (None without
    one), the left ends of the bars, how long one may be, the right end of their sums, the height of
    a row in lines."""

    day: float
    strip: tuple[float, float] | None
    bars: tuple[float, float, float]
    longest: float
    sums: float
    lines: float = 1.35


GRIDS = {
    "full": Grid(62, (66, 118), (121.5, 137.5, 152), 8, 172.8),
    "column": Grid(83.5, None, (0, 28, 56), 16, 83.5, 2.6),
    "slide": Grid(118, (124, 212), (218, 248, 279), 15, 318.7, 1.6),
}


@with_theme
def draw_corpus(study: Study) -> Chart:
    """Texts by day of publication: days told of, and figures of each topic. One mark is a text's
    day, its days told of, or its figures of one kind. Above MOST_TEXTS a row is a publisher, and
    above so many publishers a bar is a week."""
    claims = list_counted(study)
    if claims.empty:
        return absent_chart(
            study, "corpus", "no text of the selection holds a figure or a capture."
        )
    texts = list_texts(study, claims)
    chart, plot = start_plot(study, "corpus")
    _add_key(chart, [*texts, gather_all(study, texts)])  # at its longest, for the room it takes
    room = _measure_rows(chart, texts)
    rows = _choose_rows(study, texts, min(MOST_TEXTS[chart.width], int(room / _find_least(chart))))
    if not rows:
        return draw_weeks(study, texts, tell_corpus(study, texts, texts))
    _add_key(chart, rows)
    top = _write_heads(chart, plot, rows)
    told = tell_corpus(study, texts, rows)
    days = find_look(study).date * POINT * 1.8
    high = find_look(study).label * POINT * LEADING * GRIDS[chart.width].lines
    if chart.width == "slide":  # rows stand as far apart as there is room
        high = min(2.0 * high, room / len(rows))
    bottom = top + high * len(rows)
    strip = _add_strip(chart, rows, top, bottom)
    largest = find_largest(study, texts)
    longest = max(len(ids) for row in rows for ids in row.counted.values())
    for number, row in enumerate(rows):
        _draw_row(chart, plot, strip, row, top + high * number, longest, row is largest)
    plot.set_ylim(bottom + (days if strip else 0), 0)
    return finish_chart(chart, **told)


def _choose_rows(study: Study, texts: list[Row], most: int) -> list[Row]:
    """A row a text, a publisher above `most`, and one for those without room; none where a page
    shows weeks."""
    rows = texts if len(texts) <= most else gather_publishers(study, texts)
    if len(rows) <= most:
        return rows
    if study.parameters["width"] == "full" and count_weeks(texts) > 1:
        return []
    return merge_least(study, texts if len(texts) <= 2 * most else rows, most)


def _measure_rows(chart: Chart, texts: list[Row]) -> float:
    """The millimetres that rows may take together."""
    told = tell_corpus(chart.study, texts, texts)["told"]
    date = find_look(chart.study).date * POINT
    return measure_room(chart, told.title, told.subtitle) - date * (2.6 * LEADING + 1.8)


def _find_least(chart: Chart) -> float:
    """The least height of a row in millimetres; on a page the number of rows bounds them."""
    closest = CLOSEST if chart.width == "slide" else 0.0
    return max(find_look(chart.study).label * POINT * LEADING * closest, 1.0)


# --- drawing -------------------------------------------------------------------------------------


def _find_days(chart: Chart, rows: list[Row]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The first and last day of the strip: those of publication, and those told of in the months
    about them; None where no text has a day."""
    documents = pd.DataFrame([document for row in rows for document in row.documents])
    known = documents.dropna(subset=["published_start"])
    if known.empty:
        return None
    first, last = known["published_start"].min(), known["published_end"].max()
    if period := chart.study.period:
        first = min(first, max(period[0], first - 92 * DAY))
        last = max(last, min(period[1], last + 92 * DAY))
    return first, last


def _add_key(chart: Chart, rows: list[Row]) -> None:
    """What a black bar and arrows say, of those that occur; dots and grey bars have their head."""
    from matplotlib.lines import Line2D

    ends, chart.legend = _find_days(chart, rows), []
    if GRIDS[chart.width].strip is None or ends is None:
        return
    look, words = find_look(chart.study), find_words(chart.study)
    documents = [document for row in rows for document in row.documents]
    thick: Looks = {"color": look.colour["text"], "linewidth": look.foot * 0.62}
    thick |= {"solid_capstyle": "butt"}
    if any(text.published_start < text.published_end for text in documents):
        chart.legend.append(Line2D([], [], label=words("key_window"), **thick))
    moments = ends[0] - DAY / 2, ends[1] + 3 * DAY / 2
    sides = {side for row in rows for side in _find_sides(row, *moments)}
    looks: dict[str, Any] = {"color": SPAN, "linestyle": "none", "markersize": look.foot * 0.9}
    chart.legend += [
        Line2D([], [], label=words(name), **looks | {"marker": marker})
        for marker, name in ((4, "key_earlier"), (5, "key_later"))
        if marker in sides
    ]


def _write_heads(chart: Chart, plot: Axes, rows: list[Row]) -> float:
    """Heads of the columns, and a rule below them; gives its height."""
    grid, look, words = GRIDS[chart.width], find_look(chart.study), find_words(chart.study)
    line, colour = look.date * POINT * LEADING, look.colour
    looks: Looks = {"va": "baseline", "size": look.date}
    over: Looks = {**looks, "color": colour["secondary"]}
    plot.text(grid.bars[0], line * 0.8, words("column_mentions"), **over)
    low = line * 1.8  # below the head that those of the bars share
    firsts = [row.documents[0] for row in rows]
    titled = all(is_nameless(document.publisher) for document in firsts)
    published = rows[0].key == firsts[0].doc_id  # of a publisher the number of texts stands there
    if grid.strip:
        grey: Looks = {**looks, "color": colour["secondary"]}
        name = "column_medium_title" if any(map(is_title, rows)) else "column_medium"
        plot.text(0, low, words("column_text" if titled else name), **grey)
        room = (grid.bars[0] - grid.strip[0]) / POINT - look.date
        options = [words("column_told"), words("column_told_short")]
        head = next((said for said in options if measure_text(said, look.date) <= room), options[1])
        plot.text(grid.strip[0], low, cut_lines(head, look.date, room, 1), **grey)
    if published:  # without a strip as far above the sums as the days of a row are above its own
        level = low if grid.strip else line * 0.8
        plot.text(grid.day, level, words("column_published"), ha="right", **over)
    bold: Looks = {**looks, "weight": "bold", "ha": "right", "color": colour["text"]}
    plot.text(grid.sums, low, words("column_all"), **bold)
    for (kind, role), left in zip(KINDS.items(), grid.bars, strict=True):
        head = words(f"column_{kind}")
        plot.text(left, low, head, color=colour[role], weight="bold", **looks)
    right = find_room(chart.study)[0]
    plot.plot([0, right], [line * 2.25] * 2, color=colour["text"], linewidth=0.6, clip_on=False)
    return line * 2.6


def _add_strip(chart: Chart, rows: list[Row], top: float, bottom: float) -> Axes | None:
    """The days of publication and those told of in the same weeks, as an axes; None where there is
    no room for one or no text has a day."""
    grid, look, words = GRIDS[chart.width], find_look(chart.study), find_words(chart.study)
    ends = _find_days(chart, rows)
    if grid.strip is None or ends is None:
        return None
    first, last = ends
    wide = grid.strip[1] - grid.strip[0]
    strip = add_panel(chart, grid.strip[0], top, wide, bottom - top)
    strip.set(xlim=(first - DAY / 2, last + 3 * DAY / 2), ylim=(bottom, top))
    strip.yaxis.set_visible(False)
    strip.spines[:].set_visible(False)
    days = choose_days(words, look.date, first, last, wide)
    noons = [day + NOON for day in days]  # in the middle of its day, as a dot is
    strip.set_xticks(noons, [words.tick(day) for day in days])
    strip.tick_params(axis="x", length=0, pad=2, labelsize=look.date)
    strip.tick_params(axis="x", labelcolor=look.colour["secondary"])
    for noon in noons:
        strip.axvline(noon, color=look.colour["rule"], linewidth=0.6, zorder=0, clip_on=False)
    return strip


def _draw_row(
    chart: Chart, plot: Axes, strip: Axes | None, row: Row, top: float, longest: int, lit: bool
) -> None:
    """A text: its name, its day, the days it tells of, its figures and their sum. lit: whether it
    is the one that holds half of all, as the title says."""
    grid, look = GRIDS[chart.width], find_look(chart.study)
    line = look.label * POINT * LEADING
    y = top + line * 0.7
    gap = measure_text("  ", look.label)
    known = row.known
    if strip is None and is_title(row) and row.name != row.documents[0].title:
        known = find_words(chart.study)("publisher_unnamed")
    beside = measure_text(known, look.date) + measure_text(row.beside, look.date)
    room = grid.day / POINT - beside - 2.5 * gap
    name = cut_lines(row.name, look.label, room, 1, lit)
    looks: Looks = {"va": "center", "color": look.colour["text"]}
    looks["weight"] = "bold" if lit else "normal"
    plot.text(0, y, name, size=look.label, **looks)
    small: Looks = {"va": "center", "size": look.date, "color": look.colour["secondary"]}
    if known:
        left = (measure_text(name, look.label, lit) + gap) * POINT
        plot.text(left, y, known, **small)
    plot.text(grid.day, y, row.beside, ha="right", **small)
    if strip is not None:
        _draw_days(chart, strip, row, y)
    else:  # the bars stand below the name
        y += line * 1.05
    for (kind, role), left in zip(KINDS.items(), grid.bars, strict=True):
        scale = grid.longest / longest
        _draw_count(chart, plot, row, kind, (left, y), look.colour[role], scale)
    plot.text(grid.sums, y, str(row.total), ha="right", size=look.date, **looks)


def _draw_days(chart: Chart, strip: Axes, row: Row, y: float) -> None:
    """A bar over the days told of, as far as the strip goes, and a dot for each day of publication;
    where that is one of several days, a thick line over them."""
    import matplotlib.dates as mdates
    from matplotlib.patches import Rectangle

    look = find_look(chart.study)
    first, last = _find_ends(strip)
    inside = row.told[(row.told["date_end"] >= first) & (row.told["date_start"] < last)]
    if len(inside):
        ends = (max(inside["date_start"].min(), first), min(_find_end(row, inside), last))
        left, right = mdates.date2num(ends[0]), mdates.date2num(ends[1])
        high = look.label * POINT * 0.32
        looks: Looks = {"facecolor": SPAN, "edgecolor": "none", "zorder": 2, "clip_on": False}
        bar = strip.add_patch(Rectangle((left, y - high / 2), right - left, high, **looks))
        beyond: Looks = {"color": SPAN, "markersize": look.label * 0.8, "linestyle": "none"}
        beyond |= {"clip_on": False}  # an arrow at the edge stands over it
        for marker, end in zip((4, 5), (left, right), strict=True):
            if marker in _find_beyond(strip, row):
                strip.plot([end], [y], marker=marker, **beyond)
        said = find_words(chart.study).period(ends[0], inside["date_end"].max())
        chart.mark_group(bar, f"told-{row.key}", list(inside["claim_id"]), said, x=ends[0])
    for document in row.documents:
        if pd.notna(document.published_start):
            dot = _draw_published(strip, document, y, look, row.key != row.documents[0].doc_id)
            said = find_words(chart.study).period(document.published_start, document.published_end)
            chart.mark_document(dot, document.doc_id, said, x=document.published_start)


def _find_end(row: Row, told: pd.DataFrame) -> pd.Timestamp:
    """Where the bar of days told of ends: with its last day, of one on which a text of the row was
    published under the dot."""
    last = told["date_end"].max()
    dots = {text.published_end for text in row.documents if text.published_start == last}
    return last + (NOON if last in dots else DAY)


def _draw_published(strip: Axes, document, y: float, look: Look, edged: bool) -> Line2D:
    """A dot on the day of publication, or a bar as thick over all on which it may lie. edged: with
    a white edge, so that of two near each other both are seen."""
    size = look.label * 0.62
    # one on the last day stands over the edge
    looks: Looks = {"color": look.colour["text"], "zorder": 4, "clip_on": False}
    ends = [document.published_start, document.published_end + DAY]
    if document.published_start == document.published_end:
        ends = [document.published_start + NOON]
        looks |= {"marker": "o", "markersize": size}
        if edged:
            looks |= {"markeredgecolor": "white", "markeredgewidth": 0.5}
        return strip.plot(ends, [y], **looks)[0]
    looks |= {"solid_capstyle": "butt"}
    if edged:
        strip.plot(ends, [y, y], linewidth=size + 0.5, **(looks | {"color": "white"}))
    return strip.plot(ends, [y, y], linewidth=size, **looks)[0]


def _find_ends(strip: Axes) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last moment of the strip."""
    import matplotlib.dates as mdates

    first, last = (mdates.num2date(end).replace(tzinfo=None) for end in strip.get_xlim())
    return pd.Timestamp(first), pd.Timestamp(last)


def _find_beyond(strip: Axes, row: Row) -> list[int]:
    """The arrows of a bar (as markers): left and right, where a text tells of days beyond the
    strip."""
    return _find_sides(row, *_find_ends(strip))


def _find_sides(row: Row, first: pd.Timestamp, last: pd.Timestamp) -> list[int]:
    """The same between two moments: left where any figure is of earlier days, a count of years
    too."""
    told = row.told
    if not ((told["date_end"] >= first) & (told["date_start"] < last)).any():
        return []
    sides = {4: row.reach < first, 5: told["date_end"].max() >= last}
    return [marker for marker, goes_on in sides.items() if goes_on]


def _draw_count(
    chart: Chart,
    plot: Axes,
    row: Row,
    kind: str,
    corner: tuple[float, float],
    colour: str,
    scale: float,
) -> None:
    """How many figures of a kind, as a bar `scale` millimetres a figure, with the number."""
    from matplotlib.patches import Rectangle

    claims = row.counted[kind]
    if not claims:
        return
    look, (x, y) = find_look(chart.study), corner
    high, wide = look.label * POINT * 0.62, len(claims) * scale
    looks: Looks = {"facecolor": mix_pale(colour, 0.55), "edgecolor": colour, "linewidth": 0.55}
    looks["clip_on"] = False
    bar = plot.add_patch(Rectangle((x, y - high / 2), wide, high, **looks))
    said = f"{row.name}: {find_words(chart.study)(f'column_{kind}')} {len(claims)}"
    chart.mark_group(bar, f"{kind}-{row.key}", claims, said, number=len(claims))
    left = x + wide + look.date * POINT * 0.35
    plot.text(left, y, str(len(claims)), size=look.date, color=colour, va="center")
