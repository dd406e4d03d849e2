"""The corpus: when each text was published, which days it tells of, how many figures it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.stories import name_agencies
from helpers.charts.captures.words import open_sentence
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.findings import say_country
from helpers.charts.lists.texts import (
    KINDS,
    Row,
    gather_publishers,
    list_counted,
    list_shared,
    list_texts,
    merge_least,
)
from helpers.charts.lists.weeks import DAY, count_weeks, draw_weeks
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import add_panel, find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.theme import LEADING, POINT, Look, Looks, find_look, mix_pale, with_theme
from helpers.charts.page.attribution import is_nameless
from helpers.charts.page.strip import choose_days

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MOST_TEXTS = {"full": 30, "column": 12, "slide": 7}  # that have a row each; else publishers do
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
    texts, most = list_texts(study, claims), MOST_TEXTS[study.parameters["width"]]
    rows = texts if len(texts) <= most else gather_publishers(study, texts)
    if len(rows) > most:
        if study.parameters["width"] == "full" and count_weeks(texts) > 1:
            return draw_weeks(study, texts, _tell(study, texts, texts))
        rows = merge_least(study, texts if len(texts) <= 2 * most else rows, most)
    chart, plot = start_plot(study, "corpus")
    top = _write_heads(chart, plot, rows)
    told = _tell(study, texts, rows)
    days = find_look(study).date * POINT * 1.8
    high = find_look(study).label * POINT * LEADING * GRIDS[chart.width].lines
    if chart.width == "slide":  # rows stand as far apart as there is room
        room = measure_room(chart, *told["told"][:2]) - top - days
        high = min(2.0 * high, max(high, room / len(rows)))
    bottom = top + high * len(rows)
    strip = _add_strip(chart, rows, top, bottom)
    largest = _find_largest(study, texts)
    longest = max(len(ids) for row in rows for ids in row.counted.values())
    for number, row in enumerate(rows):
        _draw_row(chart, plot, strip, row, top + high * number, longest, row is largest)
    plot.set_ylim(bottom + (days if strip else 0), 0)
    if strip is not None and any(_find_beyond(strip, row) for row in rows):
        told["note"] = (*told["note"], find_words(study)("note_arrow"))
    return finish_chart(chart, **told)


# --- drawing -------------------------------------------------------------------------------------


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
        plot.text(0, low, words("column_text" if titled else "column_medium"), **grey)
        if published:
            plot.text(grid.day, low, words("column_published"), ha="right", **grey)
        room = (grid.bars[0] - grid.strip[0]) / POINT - look.date
        options = [words("column_told"), words("column_told_short")]
        head = next((said for said in options if measure_text(said, look.date) <= room), options[1])
        plot.text(grid.strip[0], low, cut_lines(head, look.date, room, 1), **grey)
    bold: Looks = {**looks, "weight": "bold", "ha": "right", "color": colour["text"]}
    plot.text(grid.sums, low, words("column_all"), **bold)
    for (kind, role), left in zip(KINDS.items(), grid.bars, strict=True):
        head = words(f"column_{kind}")
        plot.text(left, low, head, color=colour[role], weight="bold", **looks)
    right = find_room(chart.study)[0]
    plot.plot([0, right], [line * 2.25] * 2, color=colour["text"], linewidth=0.6)
    return line * 2.6


def _add_strip(chart: Chart, rows: list[Row], top: float, bottom: float) -> Axes | None:
    """The days of publication and those told of in the same weeks, as an axes; None where there is
    no room for one or no text has a day."""
    grid, look, words = GRIDS[chart.width], find_look(chart.study), find_words(chart.study)
    documents = pd.DataFrame([document for row in rows for document in row.documents])
    known = documents.dropna(subset=["published_start"])
    if grid.strip is None or known.empty:
        return None
    first, last = known["published_start"].min(), known["published_end"].max()
    if period := chart.study.period:
        first = min(first, max(period[0], first - 92 * DAY))
        last = max(last, min(period[1], last + 92 * DAY))
    wide = grid.strip[1] - grid.strip[0]
    strip = add_panel(chart, grid.strip[0], top, wide, bottom - top)
    strip.set(xlim=(first - DAY / 2, last + 3 * DAY / 2), ylim=(bottom, top))
    strip.yaxis.set_visible(False)
    strip.spines[:].set_visible(False)
    days = choose_days(words, look.date, first, last, wide)
    strip.set_xticks(days, [words.tick(day) for day in days])
    strip.tick_params(axis="x", length=0, pad=2, labelsize=look.date)
    strip.tick_params(axis="x", labelcolor=look.colour["secondary"])
    for day in days:
        strip.axvline(day, color=look.colour["rule"], linewidth=0.6, zorder=0)
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
    beside = measure_text(row.known, look.date) + measure_text(row.beside, look.date)
    room = grid.day / POINT - beside - 2.5 * gap
    name = cut_lines(row.name, look.label, room, 1, lit)
    looks: Looks = {"va": "center", "color": look.colour["text"]}
    looks["weight"] = "bold" if lit else "normal"
    plot.text(0, y, name, size=look.label, **looks)
    small: Looks = {"va": "center", "size": look.date, "color": look.colour["secondary"]}
    if row.known:
        left = (measure_text(name, look.label, lit) + gap) * POINT
        plot.text(left, y, row.known, **small)
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
        ends = (max(inside["date_start"].min(), first), min(inside["date_end"].max() + DAY, last))
        left, right = mdates.date2num(ends[0]), mdates.date2num(ends[1])
        high = look.label * POINT * 0.32
        looks: Looks = {"facecolor": SPAN, "edgecolor": "none", "zorder": 2}
        bar = strip.add_patch(Rectangle((left, y - high / 2), right - left, high, **looks))
        beyond: Looks = {"color": SPAN, "markersize": look.label * 0.8, "linestyle": "none"}
        beyond |= {"clip_on": False}  # an arrow at the edge stands over it
        for marker, end in zip((4, 5), (left, right), strict=True):
            if marker in _find_beyond(strip, row):
                strip.plot([end], [y], marker=marker, **beyond)
        said = find_words(chart.study).period(ends[0], ends[1] - DAY)
        chart.mark_group(bar, f"told-{row.key}", list(inside["claim_id"]), said, x=ends[0])
    for document in row.documents:
        if pd.notna(document.published_start):
            dot = _draw_published(strip, document, y, look, len(row.documents) > 1)
            said = find_words(chart.study).period(document.published_start, document.published_end)
            chart.mark_document(dot, document.doc_id, said, x=document.published_start)


def _draw_published(strip: Axes, document, y: float, look: Look, edged: bool) -> Line2D:
    """A dot on the day of publication, or a line as thick over all on which it may lie. edged: with
    a white edge, so that of two near each other both are seen."""
    size, middle = look.label * 0.62, DAY / 2
    # one on the last day stands over the edge
    looks: Looks = {"color": look.colour["text"], "zorder": 4, "clip_on": False}
    ends = [document.published_start + middle, document.published_end + middle]
    if ends[0] == ends[1]:
        looks |= {"marker": "o", "markersize": size}
        if edged:
            looks |= {"markeredgecolor": "white", "markeredgewidth": 0.5}
        return strip.plot(ends[:1], [y], **looks)[0]
    looks |= {"solid_capstyle": "round"}
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
    first, last = _find_ends(strip)
    told = row.told
    if not ((told["date_end"] >= first) & (told["date_start"] < last)).any():
        return []
    sides = {4: told["date_start"].min() < first, 5: told["date_end"].max() >= last}
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


# --- words ---------------------------------------------------------------------------------------


def _find_largest(study: Study, texts: list[Row]) -> Row | None:
    """The text that holds half of all figures, which the title then tells of; None where none does,
    or texts that print one story are told of first."""
    if len(texts) < 2 or list_shared(study):
        return None
    largest = max(texts, key=lambda row: row.total)
    return largest if largest.total * 2 >= sum(row.total for row in texts) else None


def _find_titles(study: Study, texts: list[Row]) -> list[str]:
    """What strikes first: a text that holds half of all; else how many texts of how many publishers
    there are, how many hold figures, and how many print one story; each then without publishers."""
    words = find_words(study)
    everything, holding = len(study.documents), len(texts)
    counted = words.count("mentions", sum(row.total for row in texts))
    name = "corpus_all" if holding == everything else "corpus_some"
    held = words.count(name, holding, figures=counted)
    short = words.count(f"{name}_short", holding)
    if shared := list_shared(study):
        held = f"{short}, {_say_stories(study, shared)}"
    name = f"texts_{'one' if everything == 1 else 'many'}"
    spelled = open_sentence(words(name, n=words.spell(everything)))
    heads = [f"{spelled}{_say_publishers(study)}", spelled]
    titles = [words("corpus_texts", texts=head, held=held) for head in heads]
    largest = _find_largest(study, texts)
    if largest is not None:
        among = words("among_texts_many", n=words.spell(everything))
        titles.insert(0, words("corpus_one", n=largest.total, figures=counted, texts=among))
    brief = words("corpus_texts", texts=spelled, held=short)
    return list(dict.fromkeys([*titles, brief]))


def _say_stories(study: Study, shared: list[set[str]]) -> str:
    """How many texts print stories that others print too: one reprints another’s story, where
    the agency whose it is published one of the texts; five reprint two agency stories, where it did
    not."""
    words, agencies = find_words(study), name_agencies(study.documents)
    known = dict(zip(study.documents["doc_id"], study.documents["publisher"], strict=True))
    own = [[key for key in keys if known[key] == agencies.get(key)] for keys in shared]
    printed = sum(map(len, shared))
    if all(own):
        several = printed - sum(map(len, own))
        return words.count("corpus_reprints", several, several=words.spell(several))
    told = {"several": words.spell(printed), "stories": words.spell(len(shared))}
    if any(own):
        return words("corpus_printed", **told)
    return words.count("corpus_stories", len(shared), **told)


def _say_publishers(study: Study) -> str:
    """“ by 11 publishers”, “ and others unknown” of texts that name none; "" of one, or of none."""
    words, named = find_words(study), study.documents["publisher"]
    unknown = named.map(is_nameless)
    publishers = named[~unknown].nunique()
    if publishers < 2:
        return ""
    said = words("corpus_by", n=words.spell(publishers))
    return f"{said} {words.count('corpus_unknown', int(unknown.sum()))}" if unknown.any() else said


def _tell(study: Study, texts: list[Row], rows: list[Row]) -> dict[str, Any]:
    words, title = find_words(study), _find_titles(study, texts)
    names = "subtitle_corpus", "subtitle_corpus_short"
    if rows[0].key != rows[0].documents[0].doc_id:
        names = "subtitle_publishers", "subtitle_publishers_short"
    without = len(study.documents) - len(texts)
    note = [words.count("empty_texts", without)] if without else []
    if len(texts) > 1:
        note.append(words("note_each"))
    counted = words.count("mentions", sum(row.total for row in texts))
    spelled = words.spell(len(texts)).capitalize()
    named = {"rows": len(rows), "texts": spelled, "figures": counted, "title": title[0]}
    country = say_country(study, words)
    about = words("about_country", country=country) if country else ""
    published = study.documents.dropna(subset=["published_start", "published_end"])
    ends = published["published_start"].min(), published["published_end"].max()
    days = words.period(*ends, True) if len(published) else words("undated")
    subtitle = [words(name, about=about, days=days) for name in names]
    alt, reading = words("alt_corpus", **named), words("reading_corpus")
    return {"told": Told(title, subtitle, alt, reading), "note": tuple(note)}
