"""Over time: how many people, by place and by the days each figure describes.

Panels, each only if it has rows: running totals as lines; figures of the period, place by place;
figures at a day; totals of the whole war. What would need another scale than the first bars has
none. What a figure leaves out is counted in its note and stands in the table.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.statements import (
    STOCKS,
    WEEK,
    Statement,
    Totals,
    find_totals,
    is_beyond,
    is_long,
    merge_statements,
    pair_compared,
    touches,
)
from helpers.charts.beside import choose_beside, draw_beside, measure_beside
from helpers.charts.chart import Chart, Told, absent_chart
from helpers.charts.findings import Story
from helpers.charts.look.layout import finish_chart, measure_room, start_plot
from helpers.charts.page.attribution import make_attribution
from helpers.charts.page.choose import (
    GAP_MM,
    Sorted,
    Subject,
    find_height,
    find_small,
    fit_blocks,
    list_parts,
    say_texts,
    stretch_rows,
)
from helpers.charts.page.grid import (
    Block,
    Page,
)
from helpers.charts.page.others import name_others
from helpers.charts.page.sums import find_sums
from helpers.charts.page.table import name_left
from helpers.charts.page.telling import Drawn, say_alt, say_notes, say_subtitle
from helpers.charts.rows import draw_bar_key, draw_block
from helpers.charts.totals import EDGE_MM, draw_totals
from helpers.corpus.places import name_places

MONTH = pd.Timedelta(days=31)  # by which a figure's days may be wider
SPARE_MM = {"full": 1.5, "column": 6.0, "slide": 0.0}  # of a page, for a text's name in more rows
PANELS = {"full": 2, "column": 1, "slide": 1}  # of running totals


def draw_over_time(study: Study, name: str, subject: Subject) -> Chart:
    """The figure of a subject. One mark is one statement (analysis.statements): a bar or dot, or
    for words without a number its days; a row takes the click. Shares, households and what has no
    figure are left out and named."""
    claims = _list_claims(study, subject)
    counted = claims[_is_main(claims, subject)]
    found = _sort(study, merge_statements(counted, study.is_said_by_party))
    drawable = [*found.rows, *found.stocks, *found.long]
    if not drawable:
        return absent_chart(
            study,
            name,
            f"no figure of {subject.topic} in people has a day within the selection; fill "
            "number, unit and date_start in claims.csv.",
        )
    running = find_totals(found.rows)
    totals = running[: PANELS[study.parameters["width"]]]
    joined = {id(one) for panel in running for one in [*panel.statements, *panel.beside]}
    found = _set_apart(study, found, joined)
    rows = [one for one in found.rows if id(one) not in joined and id(one.beside) not in joined]
    chart, plot = start_plot(study, name)
    left = found._replace(rows=rows)
    sums = find_sums(found.rows)
    attribution = make_attribution(study, find_named(subject, left), sums, brief=True)
    page = Page(chart, plot, *_find_days(study, rows + found.stocks), attribution)
    others = [*found.stocks, *found.beyond, *found.long]
    story = Story(study, page.words, subject.name, found.rows, totals, others)
    title = story.find_title()
    told = page.words(f"subtitle_{subject.name}_least", days="", befell="")  # one line, of any days
    room = measure_room(chart, title, told) - SPARE_MM[chart.width]
    blocks = fit_blocks(page, subject, left, totals, room)
    parts = list_parts(page, subject, left)[len(blocks) :]  # the others count what they leave out
    unseen = sum(len(panel.statements) for panel in running[len(totals) :])
    beside = choose_beside(page, totals)
    unseen += sum(len(panel.beside) for panel in running) - len(beside)
    unseen += sum(len(part.statements) for part in parts)
    dated = [one for block in blocks if block.strip for one in block.statements]
    if dated:  # the strip begins and ends with the rows that there was room for
        days, shaded = _find_days(study, dated)
        page = replace(page, days=days, shaded=shaded)
    page = say_texts(page, blocks, find_height(page, totals, room + SPARE_MM[chart.width]))
    _draw_page(stretch_rows(page, blocks, room), subject, totals, blocks, room)
    _leave_out(chart, subject, found)
    named = [_list_named(page, block) for block in blocks]
    return _finish(page, subject, story, found, Drawn(totals, beside, blocks, named, unseen))


def _list_named(page: Page, block: Block) -> list[Statement]:
    """The statements of a block that are named below the rows of their places, or below all."""
    others = block.others if name_others(page, block.others) else []
    if page.chart.width == "column":
        return others
    left = [one for place in block.places if name_left(page, place) for one in place.left]
    return left + others


def find_named(subject: Subject, found: Sorted) -> set[str]:
    """The measures that no head of a block names, but each of their rows."""
    return {measure for head in find_small(subject, found) for measure in subject.blocks[head]}


def _list_measures(subject: Subject) -> list[str]:
    return [measure for measures in subject.blocks.values() for measure in measures]


def _list_claims(study: Study, subject: Subject) -> pd.DataFrame:
    """The claims that the figure is about; one row is one claim."""
    return study.all_claims[study.all_claims["topic"] == subject.topic]


def _is_main(claims: pd.DataFrame, subject: Subject) -> pd.Series:
    """Which claims can become marks: people, of a measure that has a block."""
    return claims["measure"].isin(_list_measures(subject)) & _is_counted(claims)


def _is_counted(claims: pd.DataFrame) -> pd.Series:
    """Which claims have a bar or words of people: shares, households and events have neither."""
    return (claims["unit"] == "person") & (claims["number"] != "")


def _sort(study: Study, statements: list[Statement]) -> Sorted:
    """Each statement where it belongs, by measure and days."""
    found = Sorted([], [], [], [], [], [], [])
    period = study.period
    wide = None if period is None else (period[0] - MONTH, period[1] + MONTH)
    near = None if period is None else (period[0] - WEEK, period[1] + WEEK)
    for one in pair_compared(statements):
        if one.compared and one.beside is None:
            found.compared.append(one)
        elif not one.days:
            found.undated.append(one)
        elif one.first.measure in STOCKS and touches(one, wide):
            (found.outside if one.days > 31 else found.stocks).append(one)
        elif is_long(one) and touches(one, wide):
            found.long.append(one)
        elif one.days <= 365 and touches(one, near):
            found.rows.append(one)
        else:
            found.outside.append(one)
    return found


def _set_apart(study: Study, found: Sorted, joined: set[int]) -> Sorted:
    """The statements with those set apart that count other days for the most part, unless a line
    joins them (`joined`: their ids) or there are no others."""
    rows: list[Statement] = []
    beyond: list[Statement] = []
    for one in found.rows:
        apart = is_beyond(one, study.period) and id(one) not in joined
        (beyond if apart else rows).append(one)
    return found._replace(rows=rows, beyond=beyond) if rows else found


def _find_days(
    study: Study, rows: list[Statement]
) -> tuple[tuple[pd.Timestamp, pd.Timestamp], tuple[pd.Timestamp, pd.Timestamp] | None]:
    """The days of the strip (those of the rows, as far as they lie within a month of the period),
    and the period to shade where the strip is longer and corpus.toml calls it an offensive."""
    period = study.period
    starts = [one.first.date_start for one in rows]
    ends = [one.first.date_end for one in rows]
    if not rows:
        now = period or (pd.Timestamp("2000-01-01"), pd.Timestamp("2000-01-02"))
        return now, None
    first, last = min(starts), max(ends)
    if period is not None:
        first, last = max(first, period[0] - MONTH), min(last, period[1] + MONTH)
    if period is None or not study.settings.get("offensive"):
        return (first, last), None
    longer = first < period[0] or last > period[1]
    return (first, last), period if longer else None


def _draw_page(
    page: Page, subject: Subject, totals: list[Totals], blocks: list[Block], room: float
) -> None:
    """Panels and blocks from top to bottom, and the key of their bars."""
    gap, y = GAP_MM[page.chart.width], 0.0
    colour = page.look.colour[subject.role]
    if totals:
        heads = [say_totals(page, panel) for panel in totals]
        y = draw_totals(page, totals, heads, colour, room - measure_beside(page, totals))
        y = draw_beside(page, totals, y, colour)
    for number, block in enumerate(blocks):
        y = draw_block(page, block, y, number == 0) + gap
    if blocks:
        y = draw_bar_key(page, blocks, y)
    page.plot.set_ylim(y + EDGE_MM, 0)


def say_totals(page: Page, totals: Totals) -> str:
    """The head of a panel of running totals."""
    measure = totals.measure
    name = (
        "totals_fled" if measure in ("new_displacement", "forced_to_flee") else f"totals_{measure}"
    )
    one = totals.lines[0][0]
    place = name_places(page.chart.study.places, one.first.place)
    return page.words(name, place=place, day=page.words.day(one.first.date_start))


def _leave_out(chart: Chart, subject: Subject, found: Sorted) -> None:
    """Enter what has no mark, by kind."""
    claims = _list_claims(chart.study, subject)
    outside = {claim.claim_id for one in found.outside for claim in one.claims}
    undated = {claim.claim_id for one in found.undated for claim in one.claims}
    compared = {claim.claim_id for one in found.compared for claim in one.claims}
    bases = ~claims["measure"].isin(_list_measures(subject))
    chart.leave_out(
        claims,
        {
            "populations, which are bases": bases & (claims["measure"] == "population"),
            "figures that only compare": claims["claim_id"].isin(compared),
            "figures of other times": claims["claim_id"].isin(outside),
            "figures without a day": claims["claim_id"].isin(undated),
            "shares": claims["unit"] == "percent",
            "what has no figure for people": ~_is_counted(claims),
            "what is expected": claims["assertion"] == "expected",
            "denials": claims["assertion"] == "denied",
            "figures for which there was no room": _is_main(claims, subject),
        },
    )


def _finish(page: Page, subject: Subject, story: Story, found: Sorted, drawn: Drawn) -> Chart:
    """The words of the frame, and the frame."""
    words, title = page.words, story.find_title()
    subtitle, days = say_subtitle(page, subject, drawn, story.days)
    everything = sum(map(len, (found.rows, found.stocks, found.beyond, found.long)))
    left = everything - len(drawn.statements)
    alt = say_alt(page, subject, drawn, (title[0], days), left)
    notes = say_notes(page, subject, found, drawn, left)
    reading = f"{title[0]}. {words('never_added')}"
    told = Told(title, subtitle, alt, reading)
    return finish_chart(page.chart, told, [words("never_one_scale")], notes)
