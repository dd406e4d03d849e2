"""Answers: what a text answers to a question, what sets its figure apart, and who says so."""

from __future__ import annotations

import re

import pandas as pd

from helpers.analysis.attribution import find_kind
from helpers.analysis.contradictions import HARMED
from helpers.analysis.questions import BY_RULE
from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement, is_beyond
from helpers.charts.look.language import Words
from helpers.charts.page.attribution import name_source, name_texts, say_people, say_source
from helpers.charts.page.grid import quote_exact

LONGEST = 64  # characters of a quotation that is shown whole; else what it says in few words
LONGEST_ROLE = 30  # characters of what a text calls a person


def say_answer(words: Words, reading) -> str:
    """The text's own words, in quotation marks, where they are short; else what it answers. Of a
    number found by rule, that is its quote; of words that no claim holds and no source is named
    for, what it answers says whose they are."""
    exact = " ".join(reading.exact.split())
    if reading.found == BY_RULE and reading.reading.startswith("“"):
        return words.quote(reading.reading.strip("“”"))
    if reading.found == BY_RULE and reading.reading in ("captured", "denied"):
        return words(reading.reading) if len(exact) > LONGEST else quote_exact(words, exact)
    if len(exact) > LONGEST or not (reading.claims or reading.source):
        return reading.reading
    return quote_exact(words, exact)


def say_aside(
    study: Study, words: Words, reading, readings: pd.DataFrame, corrected: dict[str, str]
) -> str:
    """(later corrected), (correction), or what sets a figure apart: its people where the question
    has figures of others; its days where they are not those of the others, or not the offensive's
    for the most part. After a blank; "" of others. readings: all of the question."""
    if reading.mark in corrected:
        return f" ({words('taken_back')})"
    if reading.mark in corrected.values():
        return f" ({words('correction')})"
    claims = [study.by_claim[claim] for claim in reading.claims]
    counted = [claim for claim in claims if pd.notna(claim.date_start) and claim.number]
    if not counted:
        return ""
    one = Statement((counted[0],), study.is_said_by_party(counted[0]))
    by_rule = reading.found == BY_RULE
    others = [study.by_claim[claim] for ids in readings["claims"] for claim in ids]
    asides = []
    if by_rule and len({_name_people(claim) for claim in others}) > 1:
        asides.append(say_whom(study, words, one))
    if by_rule and _ends_apart(counted[0], others) or is_beyond(one, study.period):
        asides.append(words.period(counted[0].date_start, counted[0].date_end))
    return f" ({', '.join(asides)})" if asides else ""


def _name_people(claim) -> tuple:
    """Whom a figure counts, as far as it tells them from others."""
    return claim.affected if claim.affected in HARMED else "", claim.affected_side


def say_whom(study: Study, words: Words, one: Statement) -> str:
    """fighters for the government; people; of those displaced too."""
    if one.first.topic == "displacement":
        return words("civilian" if one.first.affected == "civilian" else "people")
    return say_people(study, words, one, dated=False)


def _ends_apart(claim, others: list) -> bool:
    """Whether the days of a figure end before those of another of its question."""
    return bool(claim.date_end < max(other.date_end for other in others))


def say_who(study: Study, words: Words, reading) -> list[str]:
    """Who says so, as beside the bars of other figures; then without the text that a named source
    stands in."""
    printed = name_texts(study, words)
    claims = [study.by_claim[claim] for claim in reading.claims]
    if claims:
        party = all(study.is_said_by_party(claim) for claim in claims)
        named = next((claim for claim in claims if claim.source_original), claims[0])
        one = Statement((named, *(claim for claim in claims if claim is not named)), party)
        said = [say_source(study, words, printed, one)]
        return [*said, name_source(words, one)] if one.sources else said
    if reading.source:
        named = words.name(reading.source)
        if reading.source in study.parties:
            return [words("party_named", source=named)]
        role = find_role(study, reading.source)
        return [f"{named}, {words.quote(role)}" if role else named]
    return [words("in_text", source=words("no_source"), text=printed[reading.doc_id])]


def find_role(study: Study, source: str) -> str:
    """What a text calls a source whose name does not say who it is: a Syrian analyst; "" of others,
    and where no text says it."""
    if find_kind(study, source) != "other":
        return ""
    said = re.compile(rf"{re.escape(source)}, ((?:an?|the) [^,.;:()“”\n]{{3,{LONGEST_ROLE}}})[,.;]")
    found = (said.search(text) for text in study.documents["text"])
    return next((match[1] for match in found if match), "")
