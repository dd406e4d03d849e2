"""Sources: who stands behind each finding. One square is one finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.analysis.findings import list_findings, name_no_findings
from helpers.analysis.selection import Study
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.findings import say_country
from helpers.charts.lists.examples import Days, choose_examples, find_days, is_beyond
from helpers.charts.lists.named import Row, list_firsts, list_rows
from helpers.charts.look.fonts import cut_lines
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import find_room, finish_chart, measure_room, start_plot
from helpers.charts.look.theme import (
    LEADING,
    POINT,
    Look,
    Looks,
    find_look,
    mix_pale,
    with_theme,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_SQUARES = 60  # findings in a row; above it all rows are bars
LEAST_GAP = {"full": 0.75, "column": 0.75, "slide": 0.5}  # lines of words below a row
RIM = 0.5  # points, of the outline of a square
SHADES = {  # in order of the key: the words that say it, the role of the colour, its strength
    "several": ("in_several", "text", 1.0),
    "one": ("in_one", "text", 0.1),
    "party": ("in_one_party", "party", 1.0),
}


@dataclass(frozen=True)
class Grid:
    """Where things stand, in millimetres: the right end of the number, the left end of the squares,
    their side, the space to the next, how many stand in a line. stacked: label, squares and words
    below each other; told: most lines of words."""

    number: float
    squares: float
    side: float
    pitch: float
    line: int = 40
    stacked: bool = False
    told: int = 2


GRIDS = {
    "full": Grid(51, 54, 1.85, 2.2),
    "column": Grid(83.5, 0, 1.7, 2.05, stacked=True),
    "slide": Grid(105, 110, 3.0, 3.6, told=1),
}


@with_theme
def draw_sources(study: Study) -> Chart:
    """Findings by who is named as their source. One mark is one finding, with the claims behind
    it; above MOST_SQUARES in a row one mark is all findings of a shade."""
    findings = list_findings(study.all_claims, study.places)
    if findings.empty:
        return absent_chart(study, "sources", "no figure and no capture lies within the selection.")
    rows = list_rows(study, findings)
    chart, plot = start_plot(study, "sources")
    _add_key(chart, rows)
    told = _tell(study, findings, rows)
    room = measure_room(chart, told.title, told.subtitle)
    least = LEAST_GAP[chart.width] * _find_line(chart)
    if _find_gap(chart, rows, room) < least:
        rows = list_rows(study, findings, few=True)
        told = _tell(study, findings, rows)
    gap, top = max(_find_gap(chart, rows, room), least), 0.0
    for row in rows:
        top = gap + _draw_row(chart, plot, row, top, max(len(row.squares) for row in rows))
    plot.set_ylim(top, 0)
    chart.leave_out(study.all_claims, name_no_findings(study.all_claims))
    words = find_words(study)
    note = words("note_story"), words("note_findings")
    return finish_chart(chart, told, note=note)


# --- drawing -------------------------------------------------------------------------------------


def _draw_row(chart: Chart, plot: Axes, row: Row, top: float, most: int) -> float:
    """A row from `top` on; gives its lower end."""
    grid, look = GRIDS[chart.width], find_look(chart.study)
    line = look.label * POINT * 1.25
    upright: Looks = {"va": "center", "weight": "bold", "size": look.label}
    middle = top + line / 2
    colour = look.colour["party_text" if row.is_party else "text"]
    room = (grid.number - look.label * POINT * 2) / POINT
    plot.text(0, middle, cut_lines(row.label, look.label, room, 1, True), color=colour, **upright)
    plot.text(grid.number, middle, str(len(row.squares)), ha="right", **upright)
    first = top + line * 1.15 if grid.stacked else top
    right, bottom = _draw_findings(chart, plot, row, first, most)
    low = _write_examples(chart, plot, row, (right, first), bottom)
    return max(low, bottom, top + line)


def _find_gap(chart: Chart, rows: list[Row], room: float) -> float:
    """The millimetres below a row; on a slide what the room leaves, as far as it looks well."""
    grid, line = GRIDS[chart.width], _find_line(chart)
    if chart.width != "slide":
        return LEAST_GAP[chart.width] * line
    lines = [min(-(-len(row.squares) // grid.line), 3) for row in rows]
    used = sum(max(line, (count + 0.4) * grid.pitch) for count in lines)
    return min(2 * line, (room - used) / len(rows))


def _find_line(chart: Chart) -> float:
    """The height of a line of words in millimetres."""
    return find_look(chart.study).label * POINT * 1.25


def _draw_findings(
    chart: Chart, plot: Axes, row: Row, top: float, most: int
) -> tuple[float, float]:
    """The squares of a row, or its bars; gives their right and lower end."""
    from matplotlib.patches import Rectangle

    grid, look, words = GRIDS[chart.width], find_look(chart.study), find_words(chart.study)
    middle = top + look.label * POINT * 0.625
    upper = middle - grid.side / 2
    if most > MOST_SQUARES:
        return _draw_bars(chart, plot, row, upper, grid.line * grid.pitch / most)
    lines, across = -(-len(row.squares) // grid.line), min(grid.line, len(row.squares))
    for at, square in enumerate(row.squares):
        x = grid.squares + at % grid.line * grid.pitch
        y = upper + at // grid.line * grid.pitch
        # Round joins and no clipping: what an SVG need not say a hundred times.
        looks: Looks = {"linewidth": RIM, "joinstyle": "round", "clip_on": False}
        looks["facecolor"] = find_shade(look, square.shade)
        looks["edgecolor"] = find_rim(look, square.shade)
        patch = plot.add_patch(Rectangle((x, y), grid.side, grid.side, **looks))
        said = f"{square.words}, {words.count('in_texts_all', square.texts)}"
        chart.mark_group(patch, square.key, square.claims, said, row=row.label, texts=square.texts)
    return grid.squares + across * grid.pitch, upper + lines * grid.pitch


def _draw_bars(
    chart: Chart, plot: Axes, row: Row, upper: float, wide: float
) -> tuple[float, float]:
    """One bar a shade, `wide` millimetres a finding."""
    from matplotlib.patches import Rectangle

    grid, words = GRIDS[chart.width], find_words(chart.study)
    x = grid.squares
    for shade, (name, *_) in SHADES.items():
        mine = [square for square in row.squares if square.shade == shade]
        if not mine:
            continue
        colour = find_shade(find_look(chart.study), shade)
        rim = find_rim(find_look(chart.study), shade)
        looks: Looks = {"facecolor": colour, "edgecolor": rim, "linewidth": RIM}
        bar = plot.add_patch(Rectangle((x, upper), len(mine) * wide, grid.side, **looks))
        claims = [claim for square in mine for claim in square.claims]
        said = f"{row.label}: {words.count('findings', len(mine))} {words(name)}"
        key = f"{row.label.replace(' ', '-')}-{shade}"
        chart.mark_group(bar, key, claims, said, row=row.label, findings=len(mine))
        x += len(mine) * wide
    return x, upper + grid.side


def _write_examples(
    chart: Chart, plot: Axes, row: Row, corner: tuple[float, float], bottom: float
) -> float:
    """Some findings of a row in words, right of the squares or below them, those in most texts and
    the largest first; gives the lower end."""
    grid, look = GRIDS[chart.width], find_look(chart.study)
    wide, _ = find_room(chart.study)
    line = look.date * POINT * LEADING
    left = corner[0] + look.date * POINT * 0.8
    top = corner[1] + look.label * POINT * 0.625 - line / 2
    if grid.stacked or wide - left < look.date * POINT * 11:
        left, top = grid.squares, bottom + 0.4
    block = choose_examples(chart.study, row, look.date, (wide - left) / POINT, grid.told)
    written: Looks = {"size": look.date, "color": look.colour["secondary"], "va": "top"}
    plot.text(left, top, block, linespacing=look.spacing, **written)
    return top + (block.count("\n") + 1) * line


def find_shade(look: Look, shade: str) -> str:
    """The colour of squares of a shade."""
    _, role, strength = SHADES[shade]
    return mix_pale(look.colour[role], strength) if strength < 1 else look.colour[role]


def find_rim(look: Look, shade: str) -> str:
    """The colour of their outline: pale ones have a dark one, to be told from grey."""
    return mix_pale(look.colour[SHADES[shade][1]], 0.6 if SHADES[shade][2] < 1 else 1.0)


def _add_key(chart: Chart, rows: list[Row]) -> None:
    from matplotlib.lines import Line2D

    seen = {square.shade for row in rows for square in row.squares}
    look, words = find_look(chart.study), find_words(chart.study)
    looks: dict[str, Any] = {"marker": "s", "linestyle": "none", "markersize": look.foot * 0.85}
    looks["markeredgewidth"] = RIM
    chart.legend += [
        Line2D(
            [],
            [],
            color=find_shade(look, shade),
            markeredgecolor=find_rim(look, shade),
            label=words(name),
            **looks,
        )
        for shade, (name, *_) in SHADES.items()
        if shade in seen
    ]


# --- words ---------------------------------------------------------------------------------------


def _tell(study: Study, findings: pd.DataFrame, rows: list[Row]) -> Told:
    words = find_words(study)
    squares = [square for row in rows for square in row.squares]
    several = sum(square.texts > 1 for square in squares)
    nameless = sum(len(row.squares) for row in rows if row.label == words("kind_unnamed"))
    counted = words.count("findings", len(squares))
    title = _find_titles(words, len(squares), several, nameless)
    bars = max(len(row.squares) for row in rows) > MOST_SQUARES
    kind = "bars" if bars else "squares"
    subtitle = [words(f"subtitle_sources_{kind}_short")]
    if study.period:
        scope = _say_scope(study, findings, rows)
        names = f"subtitle_sources_{kind}", f"subtitle_sources_{kind}_bare"
        subtitle = [*(words(name, **scope) for name in names), *subtitle]
    said = ", ".join(f"{row.label} {len(row.squares)}" for row in rows)
    alt = words("alt_sources", findings=counted, said=said, title=title[0])
    reading = words("reading_sources")
    single = findings["falls_without"].value_counts().drop("", errors="ignore")
    if len(single) > 1:
        gone = {"text": single.index[0], "n": single.iloc[0], "all": len(findings)}
        reading = words("reading_sources_single", **gone)
    return Told(title, subtitle, alt, reading)


def _say_scope(study: Study, findings: pd.DataFrame, rows: list[Row]) -> dict[str, str]:
    """What a subtitle says of the squares: of the events of which country, what the rows are, the
    days, and how many are of other days. Refugees abroad are told of in texts on a country, not in
    it."""
    words, firsts = find_words(study), list_firsts(study, findings)
    days, country = find_days(study, firsts), say_country(study, words)
    beyond = [claim for claim in firsts if is_beyond(claim, days)]
    return {
        "texts": words("texts_on", country=country) if country else "",
        "by": words("by_kind" if any(row.is_kind for row in rows) else "by_source"),
        "days": "" if days is None else words.period(*days, True),
        "beyond": "" if days is None else _say_beyond(words, beyond, days),
    }


def _say_beyond(words: Words, claims: list, days: Days) -> str:
    """; one is of 2029; two begin earlier: how many findings are not of these days alone, as the
    case is; "" where all are."""
    if any(claim.date_end > days[1] for claim in claims):
        later = all(claim.date_start >= days[0] for claim in claims)
        return _count_beyond(words, "ends_later" if later else "other_days", claims)
    past = [claim for claim in claims if claim.date_end < days[0]]
    reaching = [claim for claim in claims if claim.date_end >= days[0]]
    years = {day.year for claim in past for day in (claim.date_start, claim.date_end)}
    name = "of_year" if len(years) == 1 else "earlier_years"
    if days[0].year in years:
        name = "earlier_days"
    said = _count_beyond(words, name, past, year=str(max(years, default="")))
    return said + _count_beyond(words, "begins_earlier", reaching)


def _count_beyond(words: Words, name: str, claims: list, **more: str) -> str:
    """How many findings are of other days, in the words of that name; "" of none."""
    many = len(claims)
    return words.count(name, many, spelled=words.spell(many), **more) if many else ""


def _find_titles(words: Words, total: int, several: int, nameless: int) -> list[str]:
    """For how many figures and captures no source is named, and how many stand in several texts;
    then the first alone."""
    if total == 1:
        lone = words("lone_nameless" if nameless else "lone_named")
        return [lone if several else f"{lone}{words('lone_text')}"]
    all_of = words.count("figures", total)
    named = words("nameless", n=words.spell(nameless), all=all_of)
    if not nameless:
        named = words("all_named", all=all_of)
    stand = words("none_stands", total=total)
    if several:
        stand = words.count("stand", several, spelled=words.spell(several), total=total)
    return [f"{named}{stand}", named]
