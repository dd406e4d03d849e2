"""Voices: whom a figure counts, who says so and who denies it, as words beside a bar."""

from __future__ import annotations

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement, is_long
from helpers.charts.findings import add_article
from helpers.charts.look.language import Words, find_words
from helpers.charts.page.grid import (
    Voice,
)


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
        if one.days and is_long(one):  # under "The whole war", where no head says what befell them
            said = f"{said} {words(first.measure)}"
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
    """denied by the government; corrected by OCHA, whose own it was; "" where nobody denies it."""
    if not one.denials:
        return ""
    sources = list(dict.fromkeys(row.source_original for row in one.denials if row.source_original))
    if not sources:
        return words("denied")
    named = words.join([add_article(name, words) for name in sources])
    return words("corrected_by" if one.withdrawn else "denied_by", source=named)
