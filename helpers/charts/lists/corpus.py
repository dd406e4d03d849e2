"""The corpus: when each text was published, which days it tells of, how many figures it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.stories import group_stories, name_agencies
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.look.fonts import cut_lines, measure_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import add_panel, find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.theme import LEADING, POINT, Looks, find_look, mix_pale, with_theme
from helpers.charts.page.strip import choose_days

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DAY = pd.Timedelta(days=1)
MOST_TEXTS = {"full": 30, "column": 12, "slide": 7}  # that have a row each; else publishers do
MOST_DAYS = 31  # of a claim; what lasts longer tells of no days
KINDS = {  # count → the role of its colour
    "displaced": "displacement",
    "casualties": "casualties",
    "captures": "advance",
}
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
    "full": Grid(62, (66, 118), (122, 138, 154), 8, 172.8),
    "column": Grid(83.5, None, (0, 28, 56), 16, 83.5, 2.6),
    "slide": Grid(118, (124, 212), (218, 248, 279), 15, 318.7, 1.6),
}


class Row(NamedTuple):
    """A text, or the texts of a publisher: name; what stands beside it: the agency whose story it
    prints, the number by which figures call a text that names no publisher; its day or number of
    texts; documents (rows), the claims of each count (ids), those that give the days told of."""

    key: str
    name: str
    known: str
    beside: str
    documents: list[Any]
    counted: dict[str, list[str]]
    told: pd.DataFrame

    @property
    def total(self) -> int:
        """How many figures and captures it holds."""
        return sum(map(len, self.counted.values()))


@with_theme
def draw_corpus(study: Study) -> Chart:
    """Texts by day of publication: days told of, and figures of each topic. One mark is a text's
    day, its days told of, or its figures of one kind. Above MOST_TEXTS a row is a publisher, and
    above so many publishers a bar is a week."""
    claims = _list_counted(study)
    if claims.empty:
        return absent_chart(
            study, "corpus", "no text of the selection holds a figure or a capture."
        )
    texts = _list_texts(study, claims)
    most = MOST_TEXTS[study.parameters["width"]]
    rows, dropped, shared = texts, 0, _list_shared(study, texts)
    if len(texts) > most:
        rows = _gather_publishers(study, texts)
    if len(rows) > most:
        if study.parameters["width"] == "full" and _count_weeks(texts) > 1:
            return _draw_weeks(study, texts)
        rows = texts if len(texts) <= 2 * most else rows
        kept = sorted(rows, key=lambda row: (not _is_in(row, shared), -row.total))[:most]
        rows, dropped = [row for row in rows if row in kept], len(rows) - most
    chart, plot = start_plot(study, "corpus")
    top = _write_heads(chart, plot, published=rows[0] in texts)
    told = _tell(study, texts, rows, dropped)
    days = find_look(study).date * POINT * 1.8
    high = find_look(study).label * POINT * LEADING * GRIDS[chart.width].lines
    if chart.width == "slide":  # rows stand as far apart as there is room
        room = measure_room(chart, told["title"], told["subtitle"]) - top - days
        high = min(2.0 * high, max(high, room / len(rows)))
    bottom = top + high * len(rows)
    strip = _add_strip(chart, rows, top, bottom)
    largest = _find_largest(study, texts)
    longest = max(len(ids) for row in rows for ids in row.counted.values())
    for number, row in enumerate(rows):
        lit = row is largest or _is_in(row, shared)
        _draw_row(chart, plot, strip, row, top + high * number, longest, lit)
    plot.set_ylim(bottom + (days if strip else 0), 0)
    return finish_chart(chart, **told)


# --- rows ----------------------------------------------------------------------------------------


def _list_counted(study: Study) -> pd.DataFrame:
    """The claims that are counted: figures of displacement and casualties, captures. `kind`: a key
    of KINDS."""
    claims = study.all_claims
    numbered = (claims["number"] != "") & (claims["assertion"] != "expected")
    taken = (claims["measure"] == "captured") & claims["assertion"].isin(["reported", "claimed"])
    kind = pd.Series("", index=claims.index)
    kind = kind.mask(numbered & (claims["topic"] == "displacement"), "displaced")
    kind = kind.mask(numbered & (claims["topic"] == "casualties"), "casualties")
    kind = kind.mask(taken, "captures")
    return claims.assign(kind=kind)[kind != ""]


def _list_texts(study: Study, claims: pd.DataFrame) -> list[Row]:
    """A row a text that holds something counted, by day of publication, undated ones last."""
    agencies, words = name_agencies(study.documents), find_words(study)
    days = study.all_claims[study.all_claims["date_start"].notna()]
    days = days[(days["date_end"] - days["date_start"]).dt.days < MOST_DAYS]
    days = days[~days["scope"].isin(["historical", "context"])]
    found = study.documents[study.documents["doc_id"].isin(claims["doc_id"])]
    rows = []
    for document in found.sort_values(["published_start", "doc_id"]).itertuples():
        mine = claims[claims["doc_id"] == document.doc_id]
        counted = {kind: list(mine["claim_id"][mine["kind"] == kind]) for kind in KINDS}
        named = document.publisher if document.publisher not in ("", "unknown") else ""
        beside = _say_published(words, document)
        told = days[days["doc_id"] == document.doc_id]
        known = _say_known(words, document, named, agencies)
        name = named or document.title
        rows.append(Row(document.doc_id, name, known, beside, [document], counted, told))
    return rows


def _say_known(words: Words, document, publisher: str, agencies: dict[str, str]) -> str:
    """from Atlantic Dispatch; nothing of a text that has its own story."""
    agency = agencies.get(document.doc_id)
    if agency is None or agency == publisher:
        return ""
    return words("from_agency", agency=agency) if agency else words("agency_story")


def _say_published(words: Words, document) -> str:
    if pd.isna(document.published_start):
        return words("undated")
    return words.period(document.published_start, document.published_end)


def _gather_publishers(study: Study, texts: list[Row]) -> list[Row]:
    """A row a publisher, in the order of its first text."""
    words = find_words(study)
    by_name: dict[str, list[Row]] = {}
    for row in texts:
        publisher = row.documents[0].publisher
        unknown = publisher in ("", "unknown")
        by_name.setdefault(words("no_publisher") if unknown else publisher, []).append(row)
    rows = []
    for name, members in by_name.items():
        counted = {kind: [key for row in members for key in row.counted[kind]] for kind in KINDS}
        documents = [document for row in members for document in row.documents]
        told = pd.concat([row.told for row in members])
        beside = words.count("texts", len(members))
        known = Counter(row.known for row in members if row.known)
        said = [one if len(members) == 1 else f"{n} {one}" for one, n in known.items()]
        if name == words("no_publisher") and len(members) == 1:
            name = members[0].name
        row = Row(name.replace(" ", "-"), name, words.join(said), beside, documents, counted, told)
        rows.append(row)
    return rows


# --- drawing -------------------------------------------------------------------------------------


def _write_heads(chart: Chart, plot: Axes, published: bool) -> float:
    """Heads of the columns, and a rule below them; gives its height. published: whether rows have
    days of publication."""
    grid, look, words = GRIDS[chart.width], find_look(chart.study), find_words(chart.study)
    line, colour = look.date * POINT * LEADING, look.colour
    looks: Looks = {"va": "baseline", "size": look.date}
    if grid.strip:
        grey: Looks = {**looks, "color": colour["secondary"]}
        plot.text(0, line * 0.8, words("column_text" if published else "column_medium"), **grey)
        if published:
            plot.text(grid.day, line * 0.8, words("column_published"), ha="right", **grey)
        room = (grid.bars[0] - grid.strip[0]) / POINT - look.date
        options = [words("column_told"), words("column_told_short")]
        head = next((said for said in options if measure_text(said, look.date) <= room), options[1])
        plot.text(grid.strip[0], line * 0.8, cut_lines(head, look.date, room, 1), **grey)
    bold: Looks = {**looks, "weight": "bold", "ha": "right", "color": colour["text"]}
    plot.text(grid.sums, line * 0.8, words("column_all"), **bold)
    for (kind, role), left in zip(KINDS.items(), grid.bars, strict=True):
        head = words(f"column_{kind}")
        plot.text(left, line * 0.8, head, color=colour[role], weight="bold", **looks)
    right = find_room(chart.study)[0]
    plot.plot([0, right], [line * 1.25] * 2, color=colour["text"], linewidth=0.6)
    return line * 1.6


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
    days = choose_days(look.date, first, last, wide)
    strip.set_xticks(days, [words.day(day) for day in days])
    strip.tick_params(axis="x", length=0, pad=2, labelsize=look.date)
    strip.tick_params(axis="x", labelcolor=look.colour["secondary"])
    for day in days:
        strip.axvline(day, color=look.colour["rule"], linewidth=0.6, zorder=0)
    return strip


def _draw_row(
    chart: Chart, plot: Axes, strip: Axes | None, row: Row, top: float, longest: int, lit: bool
) -> None:
    """A text: its name, its day, the days it tells of, its figures and their sum. lit: whether it
    is the one that the title tells of."""
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
    """A bar over the days told of, as far as the strip goes, and a dot for each day of
    publication."""
    import matplotlib.dates as mdates
    from matplotlib.patches import Rectangle

    look = find_look(chart.study)
    first, last = (mdates.num2date(end).replace(tzinfo=None) for end in strip.get_xlim())
    inside = row.told[(row.told["date_end"] >= first) & (row.told["date_start"] < last)]
    if len(inside):
        ends = (max(inside["date_start"].min(), first), min(inside["date_end"].max() + DAY, last))
        left, right = mdates.date2num(ends[0]), mdates.date2num(ends[1])
        high = look.label * POINT * 0.32
        looks: Looks = {"facecolor": SPAN, "edgecolor": "none", "zorder": 2}
        bar = strip.add_patch(Rectangle((left, y - high / 2), right - left, high, **looks))
        beyond: Looks = {"color": SPAN, "markersize": look.label * 0.8, "linestyle": "none"}
        beyond |= {"clip_on": False}  # an arrow at the edge stands over it
        if row.told["date_start"].min() < first:
            strip.plot([left], [y], marker=4, **beyond)
        if row.told["date_end"].max() >= last:
            strip.plot([right], [y], marker=5, **beyond)
        said = find_words(chart.study).period(ends[0], ends[1] - DAY)
        chart.mark_group(bar, f"told-{row.key}", list(inside["claim_id"]), said, x=ends[0])
    for document in row.documents:
        if pd.notna(document.published_start):
            spot: Looks = {"color": look.colour["text"], "markersize": look.label * 0.62}
            spot |= {"zorder": 4, "clip_on": False}  # one on the last day stands over the edge
            [dot] = strip.plot([document.published_start + DAY / 2], [y], marker="o", **spot)
            said = find_words(chart.study).period(document.published_start, document.published_end)
            chart.mark_document(dot, document.doc_id, said, x=document.published_start)


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
    bar = plot.add_patch(Rectangle((x, y - high / 2), wide, high, **looks))
    said = f"{row.name}: {find_words(chart.study)(f'column_{kind}')} {len(claims)}"
    chart.mark_group(bar, f"{kind}-{row.key}", claims, said, number=len(claims))
    left = x + wide + look.date * POINT * 0.35
    plot.text(left, y, str(len(claims)), size=look.date, color=colour, va="center")


# --- many publishers -----------------------------------------------------------------------------


def _count_weeks(texts: list[Row]) -> int:
    return len({_find_week(row) for row in texts if _is_dated(row)})


def _is_dated(row: Row) -> bool:
    return not pd.isna(row.documents[0].published_start)


def _find_week(row: Row) -> pd.Timestamp:
    """The Monday of the week in which a text was published."""
    day = row.documents[0].published_start
    return day - day.weekday() * DAY


def _draw_weeks(study: Study, texts: list[Row]) -> Chart:
    """Three rows of bars, one a kind of figure; a bar is a week of publication."""
    from matplotlib.patches import Rectangle

    chart, plot = start_plot(study, "corpus")
    look, words, high = find_look(study), find_words(study), 26.0
    known = [row for row in texts if _is_dated(row)]
    weeks = sorted({_find_week(row) for row in known})
    number = (weeks[-1] - weeks[0]).days // 7 + 1
    left, right = 28.0, 172.0
    wide = (right - left) / number
    for at, (kind, role) in enumerate(KINDS.items()):
        bottom = (at + 1) * high
        head: Looks = {"va": "baseline", "size": look.label, "weight": "bold"}
        plot.text(0, bottom, words(f"column_{kind}"), color=look.colour[role], **head)
        counts = Counter(_find_week(row) for row in known for _ in row.counted[kind])
        for week, total in counts.items():
            tall = (high - 8) * total / max(counts.values())
            corner = (left + (week - weeks[0]).days // 7 * wide, bottom - tall)
            colour = look.colour[role]
            looks: Looks = {"facecolor": mix_pale(colour), "edgecolor": colour}
            bar = plot.add_patch(Rectangle(corner, wide * 0.85, tall, linewidth=0.55, **looks))
            claims = [key for row in known if _find_week(row) == week for key in row.counted[kind]]
            said = f"{words(f'column_{kind}')} {total}, {words.period(week, week + 6 * DAY)}"
            chart.mark_group(bar, f"{kind}-{week:%Y-%m-%d}", claims, said, number=total)
            label: Looks = {"ha": "center", "va": "bottom", "size": look.date}
            if wide > measure_text(str(total), look.date) * POINT:
                plot.text(corner[0] + wide * 0.42, corner[1] - 0.4, str(total), **label)
    step = max(1, int(-(-14 // wide)))
    for at in range(0, number, step):
        small: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
        day = words.day(weeks[0] + 7 * at * DAY)
        plot.text(left + at * wide, 3 * high + 1, day, **small)
    plot.set_ylim(3 * high + 5, 0)
    return finish_chart(chart, **_tell(study, texts, texts, 0))


# --- words ---------------------------------------------------------------------------------------


def _list_shared(study: Study, texts: list[Row]) -> list[set[str]]:
    """For each story that several texts print their ids."""
    story = group_stories(study.documents)
    found: dict[str, set[str]] = {}
    for row in texts:
        found.setdefault(story[row.key], set()).add(row.key)
    return [keys for keys in found.values() if len(keys) > 1]


def _is_in(row: Row, shared: list[set[str]]) -> bool:
    """Whether a row holds a text that prints a shared story, of which the title tells."""
    return any(document.doc_id in keys for document in row.documents for keys in shared)


def _find_largest(study: Study, texts: list[Row]) -> Row | None:
    """The text that holds half of all figures, which the title then tells of; None where none does,
    or texts that print one story are told of first."""
    if len(texts) < 2 or _list_shared(study, texts):
        return None
    largest = max(texts, key=lambda row: row.total)
    return largest if largest.total * 2 >= sum(row.total for row in texts) else None


def _tell(study: Study, texts: list[Row], rows: list[Row], dropped: int) -> dict[str, Any]:
    words = find_words(study)
    totals = [row.total for row in texts]
    counted = words.count("figures", sum(totals))
    shared = [len(keys) for keys in _list_shared(study, texts)]
    largest = _find_largest(study, texts)
    number = words.count("texts", len(texts))
    spelled = words.spell(len(texts)).capitalize()
    title = [words.count("corpus_plain", len(texts), texts=number, figures=counted)]
    among = words.count("among_texts", len(texts))
    if shared:
        name = "fill_one" if len(shared) == 1 else "fill_many"
        filled = words(name, n=words.spell(len(shared)), texts=words.spell(sum(shared)))
        title.insert(0, words("corpus_stories", texts=number, stories=filled))
    elif largest is not None:
        title.insert(0, words("corpus_one", n=largest.total, figures=counted, texts=among))
    subtitle = [words("subtitle_corpus"), words("subtitle_corpus_short")]
    if len(rows) < len(texts) and dropped + len(rows) < len(texts):
        subtitle = [words("subtitle_publishers"), words("subtitle_publishers_short")]
    if dropped:
        drawn = sum(len(row.documents) for row in rows)
        shown = words("drawn_of", n=drawn, texts=number)
        subtitle = [f"{shown}. {said}" for said in subtitle] + [shown]
    without = len(study.documents) - len(texts)
    more = (words.count("empty_texts", without),) if without else ()
    named = {"rows": len(rows), "texts": spelled, "figures": counted, "title": title[0]}
    alt = words("alt_corpus", **named)
    reading = words("reading_corpus")
    return {"title": title, "subtitle": subtitle, "alt": alt, "reading": reading, "note": more}
