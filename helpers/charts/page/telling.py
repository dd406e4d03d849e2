"""Telling: what a figure over time says in its subtitle, its note and its alt text."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pandas as pd

from helpers.analysis.statements import Statement, Totals, is_beyond
from helpers.charts.findings import name_place, say_country
from helpers.charts.look.language import Words
from helpers.charts.page.choose import Sorted, Subject
from helpers.charts.page.grid import Block, Page
from helpers.charts.page.pick import rank


class Drawn(NamedTuple):
    """What stands on the page: panels of running totals, words beside them, blocks of rows; named:
    of each block the figures in words below the rows of their places; unseen: how many figures of
    these kinds it has no room for that no block counts."""

    totals: list[Totals]
    beside: list[Statement]
    blocks: list[Block]
    named: list[list[Statement]]
    unseen: int

    @property
    def statements(self) -> list[Statement]:
        rows = [one for block in self.blocks for one in block.statements]
        return [*self._joined, *rows, *(one for ones in self.named for one in ones)]

    @property
    def dated(self) -> list[Statement]:
        """Those beside which no days are written because they are of other times."""
        shown = zip(self.blocks, self.named, strict=True)
        near = [one for block, ones in shown if block.strip for one in [*block.statements, *ones]]
        return [one for one in [*self._joined, *near] if one.days <= 365] or self.statements

    @property
    def _joined(self) -> list[Statement]:
        return [one for panel in self.totals for one in panel.statements] + self.beside


def say_subtitle(
    page: Page,
    subject: Subject,
    drawn: Drawn,
    named: tuple[pd.Timestamp, pd.Timestamp] | None,
) -> tuple[list[str], str]:
    """(the subtitle, longest first; the days as it says them): those of what is drawn, or those
    `named` in the title, where all that is drawn lies within them."""
    study, words = page.chart.study, page.words
    first = min(one.first.date_start for one in drawn.dated)
    last = max(one.first.date_end for one in drawn.dated)
    if named and named[0] <= first and last <= named[1]:
        first, last = named
    days = words.period(first, last, True)
    country = say_country(study, words)
    places = {one.first.place for one in drawn.statements}
    ends = ("", "_short") if len(places) > 1 else ("_short",)  # of one it would not be by place
    names = [f"subtitle_{subject.name}{more}" for more in ends]
    befell = (
        words.join(_list_harms(words, drawn.statements), "or") if subject.name == "killed" else ""
    )
    said = [words(name, country=country, days=days, befell=befell) for name in names]
    return [*said, words(f"subtitle_{subject.name}_least", days=days, befell=befell)], days


def _list_harms(words: Words, drawn: list[Statement]) -> list[str]:
    """What befell the people of a picture: killed, injured, detained, released."""
    measures = {one.first.measure for one in drawn}
    if "killed_or_injured" in measures:
        measures |= {"killed", "injured"}
    return [
        words(kind) for kind in ("killed", "injured", "detained", "released") if kind in measures
    ]


def say_alt(page: Page, subject: Subject, drawn: Drawn, said: tuple[str, str], left: int) -> str:
    """The picture in words. said: its title and its days; left: how many figures it might have
    shown besides."""
    study, words, marks = page.chart.study, page.words, drawn.statements
    title, days = said
    counts = Counter(one.worded for one in marks)
    about = words(
        "alt_rows",
        kind=words("alt_kind_lines" if drawn.totals else "alt_kind_rows"),
        said=words.count("statements", len(marks)),
        what=words(f"alt_{subject.name}"),
        country=say_country(study, words),
        days=days,
    )
    counted = {
        "alt_words": counts[True],
        "alt_denied": sum(bool(one.denials) for one in marks),
        "alt_beyond": sum(is_beyond(one, study.period) for one in marks),
        "alt_more": left,
    }
    rest = [words.count(name, number) for name, number in counted.items() if number]
    return " ".join([about, f"{title}.", *rest])


def say_years(one: Statement) -> str:
    """1982; 2011–2013."""
    first, last = one.first.date_start.year, one.first.date_end.year
    return str(first) if first == last else f"{first}–{last}"


def _say_left(words: Words, drawn: Drawn, kinds: list[str], left: int) -> list[str]:
    """How many figures a picture leaves out, with those that its rows count, unless these are all;
    of which kinds of people it shows none."""
    named = {id(one) for ones in drawn.named for one in ones}
    beside = [one for block in drawn.blocks for one in block.others]
    beside += [one for block in drawn.blocks for place in block.places for one in place.left]
    counted = any(id(one) not in named for one in beside)
    if not left or (counted and not drawn.unseen):
        return []
    told = words.join([words(f"left_{kind}") for kind in kinds], "or")
    more = "_of" * bool(told)
    if counted:
        return [words(f"more_figures_in_all{more}", n=left, kinds=told)]
    return [words.count(f"more_figures{more}", left, kinds=told)]


def _list_hidden(subject: Subject, found: Sorted, drawn: Drawn) -> list[str]:
    """The heads of which a picture shows no figure, though there are some."""
    shown = {one.first.measure for one in drawn.statements}
    everything = [*found.rows, *found.stocks, *found.beyond, *found.long]
    hidden = {one.first.measure for one in everything} - shown
    return [
        head
        for head, measures in subject.blocks.items()
        if hidden & set(measures) and not shown & set(measures)
    ]


def say_notes(
    page: Page, subject: Subject, found: Sorted, drawn: Drawn, left: int
) -> tuple[str, ...]:
    """What a reader would otherwise get wrong, the gravest first. left: how many figures it might
    have shown besides."""
    words, marks = page.words, drawn.statements
    notes = _say_left(words, drawn, _list_hidden(subject, found, drawn), left)
    if len(marks) > 1:
        notes.append(words("never_added"))
    corrected = sum(one.withdrawn for one in marks)
    denied = sum(bool(one.denials) for one in marks) - corrected
    counts = {"denials": denied, "corrections": corrected}
    notes += [words.count(name, number) for name, number in counts.items() if number]
    notes += _say_not_drawn(page, found)
    if found.undated:
        notes.append(words.count("undated", len(found.undated)))
    return tuple(notes)


def _say_not_drawn(page: Page, found: Sorted) -> list[str]:
    """Figures of other times, which have no row. Words that mean nothing alone ("a similar number")
    would puzzle in a note: the caption counts them, the table has them."""
    if not found.outside:
        return []
    words = page.words
    largest = min(found.outside, key=rank)
    place = name_place(page.chart.study, words, largest)
    quote, where = words.quote(largest.first.number), f"{place}, {say_years(largest)}"
    return [words.count("outside", len(found.outside), quote=quote, place=where)]
