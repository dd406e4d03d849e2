"""Examples: findings of a row of sources, each in few words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement
from helpers.charts.look.fonts import wrap_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.page.grid import quote_within
from helpers.corpus.places import name_places, split_values

if TYPE_CHECKING:
    from helpers.charts.lists.named import Row, Square

ASIDE = re.compile(r" \([^()]*\)$")  # whose area a name means, and of which day


MONTH = pd.Timedelta(days=31)  # by which what is told of an offensive may lie beyond its days
Days = tuple[pd.Timestamp, pd.Timestamp]


def find_days(study: Study, claims: list) -> Days | None:
    """The days of findings (the first claim of each): the period, and what within a month of it is
    told of the offensive. A day that is one of several widens nothing where it may lie within."""
    if study.period is None:
        return None
    first, last = study.period
    near = first - MONTH, last + MONTH
    for claim in claims:
        if claim.scope != "offensive" or claim.measure == "population" or is_beyond(claim, near):
            continue
        if claim.date_kind == "period" or is_beyond(claim, study.period):
            first, last = min(first, claim.date_start), max(last, claim.date_end)
    return first, last


def is_beyond(claim, days: Days | None) -> bool:
    """Whether a finding counts other days too, or happened on others; one without a day does
    not."""
    if pd.isna(claim.date_start) or days is None:
        return False
    if claim.date_kind == "period":
        return bool(claim.date_start < days[0] or claim.date_end > days[1])
    return bool(claim.date_end < days[0] or claim.date_start > days[1])


def is_own(claim, days: Days | None) -> bool:
    """Whether a finding is of the offensive and of these days; a number of those who live somewhere
    is none of it."""
    if claim.scope != "offensive" or claim.measure == "population":
        return False
    return not is_beyond(claim, days)


def add_years(study: Study, claim, days: Days | None) -> str:
    """A finding of other times in few words, with its years, or with its days in a year of the
    offensive (of whose `days` findings are told): beside that it would else be taken for its toll;
    "" of one without a day, which is no example."""
    if pd.isna(claim.date_start):
        return ""
    first, last = claim.date_start, claim.date_end
    years = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if days is not None and {first.year, last.year} == {days[0].year}:
        years = find_words(study).period(first, last, True)
    short = shorten(study, claim)
    return f"{short}, {years}" if short else ""


def shorten(study: Study, claim) -> str:
    """A finding in few words: “nearly 400,000” displaced, Syria; Aleppo captured; with a question
    mark where nobody has checked it; "" of a figure without a place, which is no example."""
    words = find_words(study)
    where = ASIDE.sub("", name_places(study.places, claim.place))
    doubt = words("not_checked") if claim.review == "proposed" else ""
    if claim.measure == "captured":
        return words("said_captured", place=where) + doubt
    base = f" {words('of_base', base=claim.base)}" if claim.unit == "percent" and claim.base else ""
    said = words(claim.measure)
    if not where and not base:
        return ""
    place = f", {where}" if where and where not in base and where not in said else ""
    quote = quote_within(words, Statement((claim,)))
    whom = f" {words(claim.affected)}" if _is_of_some(claim) else ""
    return f"{quote}{base}{whom} {said}{place}"


def _is_of_some(claim) -> bool:
    """Whether a toll is of civilians or of fighters alone: without it, it would be taken for one of
    all people."""
    return claim.topic == "casualties" and claim.affected in ("civilian", "combatant")


def add_actor(study: Study, short: str, claim) -> str:
    """A finding whose few words are another's too, with who did it and when: Hestrow captured,
    Highland League, 9 May."""
    words = find_words(study)
    actors = words.join([words.name(name) for name in split_values(claim.actor)])
    days = "" if pd.isna(claim.date_start) else words.period(claim.date_start, claim.date_end)
    return ", ".join(filter(None, [short, actors, days]))


def break_list(parts: list[str], size: float, width: float) -> list[str]:
    """Parts between semicolons, as lines that break behind one."""
    block = [""]
    for part in parts:
        beside = f"{block[-1]}; {part}" if block[-1] else part
        if "\n" in wrap_text(f"{beside};", size, width) and block[-1]:
            block[-1] += ";"
            block.append(part)
        else:
            block[-1] = beside
    return block


def find_denial(finding) -> str:
    """The name of the word (strings.toml) for what another denies or its own source took back, ""
    of other findings."""
    if not (finding.sources and finding.denied):
        return ""
    return "taken_back" if set(finding.denied) <= set(finding.sources) else "denied"


def choose_examples(study: Study, row: Row, size: float, width: float, lines: int) -> str:
    """As many findings of a row as fit into so many lines, each whole on one of them, and how many
    more there are; where each is wider than a line, the first."""
    words = find_words(study)
    told = [square for square in row.squares if square.short]
    said = [_say_example(words, square) for square in told]
    wide = [one for one in said if "\n" in wrap_text(one, size, width)]
    said = [one for one in said if one not in wide]
    firsts = [said[:kept] for kept in range(len(said), 0, -1)]
    for shown in [*firsts, *([one] for one in said)]:
        left = len(row.squares) - len(shown)
        more = [words("more_findings", n=left)] if left else []
        block = break_list([*shown, *more], size, width)
        if len(block) <= lines:
            return "\n".join(block)
    broken = wrap_text(wide[0], size, width) if wide else ""
    return broken if broken.count("\n") < lines or lines > 1 else ""


def _say_example(words: Words, square: Square) -> str:
    """Aleppo captured (5 texts); Homs captured (denied)."""
    aside = [words.count("texts", square.texts)] if square.texts > 1 else []
    aside += [words(square.denied)] if square.denied else []
    return f"{square.short} ({', '.join(aside)})" if aside else square.short
