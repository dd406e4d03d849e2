"""Over time: how many people, by place and by the days each figure describes.

Panels, each only if it has rows: running totals as lines; figures of the period, place by place;
figures at a day; totals of the whole war, on another scale. What a figure leaves out is counted in
its note and stands in the table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from helpers.analysis.derived import name_country
from helpers.analysis.selection import Study
from helpers.analysis.statements import (
    STOCKS,
    Statement,
    Totals,
    find_totals,
    is_long,
    merge_statements,
    touches,
)
from helpers.charts.chart import Chart, absent_chart
from helpers.charts.findings import Story, add_article, name_place
from helpers.charts.language import Words, find_words
from helpers.charts.layout import find_room, finish_chart, start_plot
from helpers.charts.rows import (
    Block,
    Page,
    Place,
    Voice,
    draw_bar_key,
    draw_block,
    measure_block,
)
from helpers.charts.theme import POINT
from helpers.charts.totals import draw_totals, measure_totals
from helpers.corpus.places import name_places

WEEK, MONTH = pd.Timedelta(days=7), pd.Timedelta(days=31)  # by which a figure's days may be wider
ROWS = {"full": 16, "column": 12, "slide": 7}  # at most, over all blocks
PLACES = 6  # of a block
LARGEST = 4  # of a place that has more; and the newest of each source
PANELS = {"full": 2, "column": 1, "slide": 1}  # of running totals
GAP_MM = {"full": 3.6, "column": 3.2, "slide": 4.0}


@dataclass(frozen=True)
class Subject:
    """What a figure counts. blocks: head of a block (strings.toml) → its measures; column: the head
    of its numbers; flow: the head of rows on one period; total: of a panel of running totals."""

    name: str
    topic: str
    role: str
    blocks: dict[str, tuple[str, ...]]
    columns: dict[str, str]


class Sorted(NamedTuple):
    """Statements by where they are drawn. rows: of the period; stocks: at a day; long: of the whole
    war; outside: of other times; undated."""

    rows: list[Statement]
    stocks: list[Statement]
    long: list[Statement]
    outside: list[Statement]
    undated: list[Statement]


def draw_over_time(study: Study, name: str, subject: Subject) -> Chart:
    """The figure of a subject. One mark is one statement (analysis.statements): a bar or dot, or
    for words without a number its days; a row takes the click. Shares, households and what has no
    figure are left out and named."""
    claims = study.all_claims[study.all_claims["topic"] == subject.topic]
    counted = claims[claims["measure"].isin(_list_measures(subject)) & _is_counted(claims)]
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
    joined = {id(one) for panel in running for one in panel.statements}
    rows = [one for one in found.rows if id(one) not in joined]
    chart, plot = start_plot(study, name)
    page = Page(chart, plot, *_find_days(study, rows + found.stocks), make_voice(study))
    left = found._replace(rows=rows)
    blocks = _fit_blocks(page, subject, left, totals)
    parts = [part for part in _list_parts(page, subject, left) if not _is_drawn(part, blocks)]
    unseen = sum(len(panel.statements) for panel in running[len(totals) :])
    unseen += sum(len(part.statements) for part in parts)
    _draw_page(page, subject, totals, blocks)
    story = Story(study, page.words, subject.name, found.rows, totals, [*found.stocks, *found.long])
    return _finish(page, subject, story, claims, counted, found, blocks, totals, unseen)


def _is_drawn(part: Part, blocks: list[Block]) -> bool:
    """Whether a part has a block, which counts what it leaves out."""
    return part.head in {block.head for block in blocks}


def _list_measures(subject: Subject) -> list[str]:
    return [measure for measures in subject.blocks.values() for measure in measures]


def _is_counted(claims: pd.DataFrame) -> pd.Series:
    """Which claims have a bar or words of people: shares, households and events have neither."""
    return (claims["unit"] == "person") & (claims["number"] != "")


def _sort(study: Study, statements: list[Statement]) -> Sorted:
    """Each statement where it belongs, by measure and days."""
    found = Sorted([], [], [], [], [])
    period = study.period
    wide = None if period is None else (period[0] - MONTH, period[1] + MONTH)
    near = None if period is None else (period[0] - WEEK, period[1] + WEEK)
    for one in statements:
        if not one.days:
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


# --- what is drawn -------------------------------------------------------------------------------


def _fit_blocks(page: Page, subject: Subject, found: Sorted, totals: list[Totals]) -> list[Block]:
    """The blocks, with as many rows as the width allows and the page has room for."""
    width = page.chart.width
    if width == "slide" and totals:
        return []
    room = find_room(page.chart.study)[1] - measure_totals(page, totals)
    room -= 3 * page.look.date * POINT  # the key
    parts = _list_parts(page, subject, found)
    if width == "slide":
        parts = parts[:1]
    for most in range(ROWS[width], 0, -1):
        blocks = _choose_blocks(page, parts, most)
        if sum(measure_block(page, block) + GAP_MM[width] for block in blocks) <= room:
            return blocks
    return blocks[:1]


class Part(NamedTuple):
    """A block before its rows are chosen."""

    head: str
    column: str
    statements: list[Statement]
    strip: bool = True


def _list_parts(page: Page, subject: Subject, found: Sorted) -> list[Part]:
    """What may become a block, in the order of the page."""
    words, parts = page.words, []
    for head, measures in subject.blocks.items():
        source = found.stocks if measures[0] in STOCKS else found.rows
        mine = [one for one in source if one.first.measure in measures]
        parts.append(Part(words(head), words(subject.columns[head]), mine))
    war = f"{words('head_war')} ({words('another_scale')})"
    parts.append(Part(war, words("column_people"), found.long, strip=False))
    return [part for part in parts if part.statements]


def _choose_blocks(page: Page, parts: list[Part], most: int) -> list[Block]:
    """Blocks with `most` rows in all: the first part takes three rows a turn, the others one."""
    shares = [0] * len(parts)
    left = min(most, sum(len(part.statements) for part in parts))
    while left:
        for at, part in enumerate(parts):
            step = min(1 if at else 3, len(part.statements) - shares[at], left)
            shares[at] += step
            left -= step
    blocks: list[Block] = []
    for part, share in zip(parts, shares):
        if share:
            blocks.append(_choose_rows(page, part, share, blocks[0].most if blocks else 1.0))
    return blocks


def _choose_rows(page: Page, part: Part, most: int, least: float) -> Block:
    """The rows of a part: the places with most texts, of each the largest figures and the newest of
    each source; what is left out is counted under its place, and in a line on the other places.
    `least`: the number that a bar of the block before stands for where it is as long as its
    column."""
    study, colour = page.chart.study, page.look.colour[_find_role(part)]
    places: dict[str, list[Statement]] = {}
    for one in part.statements:
        places.setdefault(one.first.place, []).append(one)
    told = sorted(places, key=lambda key: (-_count_texts(places[key]), _rank_place(places[key])))
    kept = told[: min(PLACES, most)]
    kept.sort(key=lambda key: _rank_place(places[key]))
    shares = _share_rows({key: len(places[key]) for key in kept}, most)
    chosen = [
        Place(
            name_place(study, page.words, places[key][0]),
            _pick(places[key], shares[key]),
            len(places[key]) - shares[key],
        )
        for key in kept
    ]
    others = [one for key in places if key not in kept for one in places[key]]
    said = _say_others(page.words, others)
    least = least if part.strip else 1.0
    return Block(part.head, part.column, chosen, colour, said, part.strip, least)


def _find_role(part: Part) -> str:
    topic = part.statements[0].first.topic
    return "displacement" if topic == "displacement" else "casualties"


def _count_texts(statements: list[Statement]) -> int:
    return len({doc_id for one in statements for doc_id in one.documents})


def _rank_place(statements: list[Statement]) -> tuple:
    """By the largest number, then by the first day; places in words alone come last."""
    numbers = [one.number for one in statements if not one.worded]
    return -max(numbers, default=-1.0), min(one.first.date_start for one in statements)


def _share_rows(counts: dict[str, int], most: int) -> dict[str, int]:
    """How many rows each place has of `most`: one more a turn, so that each has its first."""
    shares = dict.fromkeys(counts, 0)
    left = min(most, sum(counts.values()))
    while left:
        for key in counts:
            if left and shares[key] < counts[key]:
                shares[key] += 1
                left -= 1
    return shares


def _pick(statements: list[Statement], most: int) -> list[Statement]:
    """So many statements of a place: the largest, then the newest of each source, then the others
    by size; in the order of their numbers, words last."""
    ranked = sorted(statements, key=_rank)
    newest: dict[tuple, Statement] = {}
    for one in sorted(statements, key=lambda one: one.first.date_end):
        newest[tuple(one.sources)] = one
    order = [*ranked[:LARGEST], *newest.values(), *ranked]
    kept = list({id(one): one for one in order}.values())[:most]
    return sorted(kept, key=_rank)


def _rank(one: Statement) -> tuple:
    return (one.worded, 0.0 if one.worded else -one.number, one.first.date_start)


def _say_others(words: Words, others: list[Statement]) -> str:
    numbers = [one.number for one in others if not one.worded]
    if not others:
        return ""
    if not numbers:
        return words("other_places_words", n=len(others))
    least, most = words.number(min(numbers)), words.number(max(numbers))
    if len(others) == 1 or least == most:
        return words.count("other_places", len(others), most=most)
    return words("other_places", n=len(others), least=least, most=most)


def _draw_page(page: Page, subject: Subject, totals: list[Totals], blocks: list[Block]) -> None:
    """Panels and blocks from top to bottom, and the key of their bars."""
    gap, y = GAP_MM[page.chart.width], 0.0
    colour = page.look.colour[subject.role]
    if totals:
        heads = [say_totals(page, panel) for panel in totals]
        y = draw_totals(page, totals, heads, colour)
    for number, block in enumerate(blocks):
        y = draw_block(page, block, y, number == 0) + gap
    if blocks:
        y = draw_bar_key(page, blocks, y)
    page.plot.set_ylim(y + 0.5, 0)


def say_totals(page: Page, totals: Totals) -> str:
    """The head of a panel of running totals."""
    measure = totals.measure
    name = (
        "totals_fled" if measure in ("new_displacement", "forced_to_flee") else f"totals_{measure}"
    )
    one = totals.lines[0][0]
    place = name_places(page.chart.study.places, one.first.place)
    return page.words(name, place=place, day=page.words.day(one.first.date_start))


# --- who counts whom -----------------------------------------------------------------------------


def make_voice(study: Study):
    """Statement → what stands beside its bar."""
    words = find_words(study)
    publishers = dict(zip(study.documents["doc_id"], study.documents["publisher"]))

    def voice(one: Statement) -> Voice:
        return Voice(
            say_people(study, words, one),
            say_source(words, publishers, one),
            name_source(words, one),
            say_denial(words, one),
        )

    return voice


def say_people(study: Study, words: Words, one: Statement) -> str:
    """Whom a figure counts, as far as the text says: "civilians"; the party's own word in quotation
    marks where nobody else says who they were; "part of “746”"."""
    first = one.first
    if first.topic == "displacement":
        people = words(first.measure)
        said = f"{words(first.affected)}, {people}" if first.affected == "civilian" else people
    else:
        said = _say_harmed(words, one)
    if first.date_kind == "window" and first.date_exact:
        said = f"{said} {words.quote(first.date_exact)}"
    whole = study.by_claim.get(first.part_of)
    if whole is not None and whole.number:
        said = f"{said}, {words('part_of', quote=words.quote(whole.number))}"
    return said


def _say_harmed(words: Words, one: Statement) -> str:
    first = one.first
    unnamed = first.affected in ("", "unknown")
    if unnamed and one.party:
        tail = first.exact[int(first.number_start - first.start) + len(first.number) :].split()
        nouns = [word.strip("“”\"',.;:‘’()") for word in tail]
        noun = next((noun for noun in nouns if noun not in ("of", "the", "its", "their")), "")
        if noun.isalpha() and noun.lower() != "people":
            return words.quote(noun)
    people = words("people" if unnamed else first.affected)
    sides = [side for side in first.affected_side.split(";") if side]
    named = words.join([add_article(side, words) for side in sides])
    return words("people_of", people=people, side=named) if sides else people


def say_source(words: Words, publishers: dict[str, str], one: Statement) -> str:
    """Who says so: "IOM, in 4 texts"; "no source named, text 4"; "government (party)"."""
    named = name_source(words, one)
    if len(one.documents) > 1:
        return words("in_texts", source=named, n=len(one.documents))
    [doc_id] = one.documents
    publisher = publishers.get(doc_id, "unknown")
    if publisher not in ("", "unknown"):
        return words("in_text", source=named, text=publisher)
    if one.sources:
        return named
    text = words("text_number", number=int(doc_id)) if doc_id.isdigit() else words("in_one_text")
    return f"{named}, {text}"


def name_source(words: Words, one: Statement) -> str:
    """The sources that a text names, a party marked as one: "government (party)"."""
    named = words.join(one.sources) if one.sources else words("no_source")
    return words("party_named", source=named) if one.party else named


def say_denial(words: Words, one: Statement) -> str:
    """denied by the government; "" where nobody denies it."""
    if not one.denials:
        return ""
    sources = list(dict.fromkeys(row.source_original for row in one.denials if row.source_original))
    if not sources:
        return words("denied")
    named = [add_article(name, words) for name in sources]
    return words("denied_by", source=words.join(named))


# --- words round the plot ------------------------------------------------------------------------


def _finish(
    page: Page,
    subject: Subject,
    story: Story,
    claims: pd.DataFrame,
    counted: pd.DataFrame,
    found: Sorted,
    blocks: list[Block],
    totals: list[Totals],
    unseen: int,
) -> Chart:
    """The frame, and what is left out. unseen: figures of panels for which there was no room."""
    chart, words = page.chart, page.words
    drawn = [one for panel in totals for one in panel.statements]
    drawn += [one for block in blocks for one in block.statements]
    outside = {claim.claim_id for one in found.outside for claim in one.claims}
    undated = {claim.claim_id for one in found.undated for claim in one.claims}
    bases = ~claims["measure"].isin(_list_measures(subject))
    chart.leave_out(
        claims,
        {
            "populations, which are bases": bases & (claims["measure"] == "population"),
            "figures of other times": claims["claim_id"].isin(outside),
            "figures without a day": claims["claim_id"].isin(undated),
            "shares": claims["unit"] == "percent",
            "what has no figure for people": ~_is_counted(claims),
            "what is expected": claims["assertion"] == "expected",
            "denials": claims["assertion"] == "denied",
            "figures for which there was no room": claims["claim_id"].isin(counted["claim_id"]),
        },
    )
    title = story.find_title()
    subtitle, days = _say_subtitle(page, subject, drawn)
    alt = _say_alt(page, subject, drawn, totals, title[0], days, found)
    notes = _say_notes(page, found, drawn, unseen)
    reading = f"{title[0]}. {words('never_added')}"
    refused = ["Stock, flow and totals of the war are never added up, nor set on one scale."]
    return finish_chart(chart, title, subtitle, alt, reading, refused, note=notes)


def _say_subtitle(page: Page, subject: Subject, drawn: list[Statement]) -> tuple[list[str], str]:
    """(the subtitle, longest first; the days as it says them)."""
    study, words = page.chart.study, page.words
    short = [one for one in drawn if one.days <= 365] or drawn
    first = min(one.first.date_start for one in short)
    last = max(one.first.date_end for one in short)
    days = words.period(first, last, True)
    country = say_country(study, words)
    names = [f"subtitle_{subject.name}{more}" for more in ("", "_short")]
    said = [words(name, country=country, days=days) for name in names]
    return [*said, words(f"subtitle_{subject.name}_least", days=days)], days


def say_country(study: Study, words: Words) -> str:
    """in Sudan, after a blank; "" of no country."""
    if not study.country:
        return ""
    name = words.country(study.country, name_country(study.country))
    return words("in_country", country=name)


def _say_alt(
    page: Page,
    subject: Subject,
    drawn: list[Statement],
    totals: list[Totals],
    title: str,
    days: str,
    found: Sorted,
) -> str:
    study, words = page.chart.study, page.words
    country = say_country(study, words)
    everything = len(found.rows) + len(found.stocks) + len(found.long)
    counts = Counter(one.worded for one in drawn)
    kind = words("alt_kind_lines" if totals else "alt_kind_rows")
    about = words(
        "alt_rows",
        kind=kind,
        said=words.count("statements", len(drawn)),
        what=words(f"alt_{subject.name}"),
        country=country,
        days=days,
    )
    counted = {
        "alt_words": counts[True],
        "alt_denied": sum(bool(one.denials) for one in drawn),
        "alt_more": everything - len(drawn),
    }
    rest = [words.count(name, number) for name, number in counted.items() if number]
    return " ".join([about, f"{title}.", *rest])


def _say_notes(page: Page, found: Sorted, drawn: list[Statement], unseen: int) -> tuple[str, ...]:
    """What a reader would otherwise get wrong, the gravest first."""
    words, notes = page.words, []
    if unseen:
        notes.append(words.count("more_figures", unseen))
    if len(drawn) > 1:
        notes.append(words("never_added"))
    denied = sum(bool(one.denials) for one in drawn)
    if denied:
        notes.append(words.count("denials", denied))
    if found.outside:
        largest = min(found.outside, key=_rank)
        place = name_place(page.chart.study, words, largest)
        quote = words.quote(largest.first.number)
        notes.append(words.count("outside", len(found.outside), quote=quote, place=place))
    if found.undated:
        notes.append(words.count("undated", len(found.undated)))
    return tuple(notes)
