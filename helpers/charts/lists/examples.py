"""Examples: findings of a row of sources, each in few words."""

from __future__ import annotations

import re

import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement
from helpers.charts.look.fonts import wrap_text
from helpers.charts.look.language import find_words
from helpers.charts.page.grid import quote_within
from helpers.corpus.places import name_places, split_values

ASIDE = re.compile(r" \([^()]*\)$")  # whose area a name means, and of which day


def is_own(study: Study, claim) -> bool:
    """Whether a finding is of the offensive and of its days; a number of those who live somewhere
    is none of it."""
    if claim.scope != "offensive" or claim.measure == "population":
        return False
    if pd.isna(claim.date_start) or study.period is None:
        return True
    return bool(claim.date_start <= study.period[1] and claim.date_end >= study.period[0])


def add_years(study: Study, claim) -> str:
    """A finding of other times in few words, with its years, or with its days in a year of the
    offensive: beside that it would else be taken for its toll; "" of one without a day, which is
    no example."""
    if pd.isna(claim.date_start):
        return ""
    first, last = claim.date_start, claim.date_end
    years = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if study.period is not None and {first.year, last.year} == {study.period[0].year}:
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
    return f"{quote}{base} {said}{place}"


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
