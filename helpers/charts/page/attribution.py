"""Attribution: whom a figure counts, who says so and who denies it, as words beside a bar."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from helpers.analysis.selection import Study
from helpers.analysis.statements import Statement, is_beyond, is_long
from helpers.analysis.stories import count_independent
from helpers.charts.findings import add_article
from helpers.charts.look.footer import NAMELESS
from helpers.charts.look.language import Words, find_words
from helpers.charts.page.grid import (
    Attribution,
    begin_small,
    quote_within,
)
from helpers.charts.page.sums import say_sum


def make_attribution(
    study: Study,
    named: Collection[str] = (),
    sums: Mapping[str, list[Statement]] = {},
    brief: bool = False,
):
    """Statement → what stands beside its bar. named: measures that a row itself has to name; sums:
    claim → the statements that together are as many (find_sums); brief: whether the one text that
    it stands in is named only where no source is, so that all rows of a figure do alike."""
    words = find_words(study)
    printed = name_texts(study, words)

    def attribution(one: Statement) -> Attribution:
        people = say_people(study, words, one, named=one.first.measure in named)
        if parts := sums.get(one.first.claim_id):
            people = f"{people}, {say_sum(words, parts)}"
        lone = brief and one.sources and count_independent(one.documents, study.stories) == 1
        return Attribution(
            people,
            name_source(words, one) if lone else say_source(study, words, printed, one),
            name_source(words, one),
            say_denial(words, one),
        )

    return attribution


def say_people(
    study: Study, words: Words, one: Statement, dated: bool = True, named: bool = False
) -> str:
    """Whom a figure counts, as far as the text says: "civilians"; the party's own word in quotation
    marks where nobody else says who they were; "part of “746”"; dated: “within a week” too; named:
    what befell them too, which is said anyhow where no head of rows says it; of somebody whom the
    quoted words name only that."""
    first = one.first
    if first.topic == "displacement":
        people = words(first.measure)
        said = f"{words(first.affected)}, {people}" if first.affected == "civilian" else people
    else:
        said = "" if names_person(one) else _say_harmed(words, one)
        if not said or named or (one.days and (is_long(one) or is_beyond(one, study.period))):
            said = f"{said} {words(first.measure)}".lstrip()
    if one.beside is not None:
        other = say_people(study, words, one.beside, dated=False)
        quote = quote_within(words, one.beside)
        said = words("beside_quote", people=said, quote=quote, other=other)
    if dated and is_within(one):
        said = f"{said} {words.quote(first.date_exact)}"
    whole = study.by_claim.get(first.part_of)
    if whole is not None and whole.number:
        quote = begin_small(words.quote(whole.number))
        said = f"{said}, {words('part_of', quote=quote)}"
    return said


def say_of(words: Words, one: Statement, people: str) -> str:
    """of fighters: whom a quoted word counts, where it stands right behind it and the text says
    "of" there ("dozens of fighters"); else as it is ("multiple fighters", "thousands", who were
    displaced)."""
    first = one.first
    behind = first.exact[int(first.number_start - first.start) + len(first.number) :]
    is_noun = first.topic != "displacement" or first.affected == "civilian"
    joined = one.worded and is_noun and re.match(r"\W*of\b", behind)
    return words("of_people", people=people) if joined else people


def names_person(one: Statement) -> bool:
    """Whether the words that are quoted for a number say who it was: “an Iranian Brigadier
    General”."""
    return one.first.number.lower() in ("a", "an")


def is_within(one: Statement) -> bool:
    """Whether a text says how long it took, and leaves open on which of the days."""
    return bool(one.first.date_kind == "window" and one.first.date_exact)


def say_days(words: Words, one: Statement, year: bool = False) -> str:
    """27 Nov to 7 Dec; between 27 Nov and 7 Dec, where it was only some of these."""
    first = one.first
    if is_within(one):
        ends = words.day(first.date_start), words.day(first.date_end)
        return words("between_days", first=ends[0], last=ends[1])
    return words.period(first.date_start, first.date_end, year)


def _say_harmed(words: Words, one: Statement) -> str:
    first = one.first
    unnamed = first.affected in ("", "unknown")
    if unnamed and one.party:
        tail = first.exact[int(first.number_start - first.start) + len(first.number) :].split()
        nouns = [word.strip("“”\"',.;:‘’()") for word in tail]
        noun = next((noun for noun in nouns if noun not in ("of", "the", "its", "their")), "")
        if noun.isalpha() and noun.lower() != "people":
            return words.quote(noun)
    people = "people" if unnamed or _is_undivided(first) else first.affected
    people = words(f"one_{people}" if one.number == 1 and people != "mixed" else people)
    sides = [side for side in first.affected_side.split(";") if side]
    named = words.join([add_article(side, words, "bare") for side in sides])
    if not sides:
        return people
    return words(
        "people_for" if first.affected == "combatant" else "people_of", people=people, side=named
    )


def _is_undivided(claim) -> bool:
    """Whether a figure of civilians and fighters names only people: "746 people, including 176
    civilians" does not say who the others were."""
    if claim.affected != "mixed":
        return False
    from helpers.extract.rules.lexicon import KINDS  # read where a figure needs it

    said = re.findall(r"[\w-]+", claim.exact.lower())
    kinds = {kind for word in said for kind in KINDS.get(word, ())}
    return not {"civilian", "combatant"} <= kinds


def name_texts(study: Study, words: Words) -> dict[str, str]:
    """doc_id → how a reader knows a text: by its publisher, else by its title in quotation
    marks."""
    texts = study.documents.itertuples()
    return {
        text.doc_id: words.quote(text.title) if is_nameless(text.publisher) else text.publisher
        for text in texts
    }


def is_nameless(publisher: str) -> bool:
    """Whether nobody knows who published a text."""
    return publisher in NAMELESS


def say_source(study: Study, words: Words, printed: dict[str, str], one: Statement) -> str:
    """Who says so: "IOM, in 4 texts", those that print one agency story as one; "no source named,
    in “Deterrence of Aggression”"; "government (party)". `printed`: name_texts."""
    named = name_source(words, one)
    independent = count_independent(one.documents, study.stories)
    if independent > 1:
        return words("in_texts", source=named, n=independent)
    text = printed.get(one.documents[0], "")
    is_title = text.startswith(words.quote("")[0])
    if not text or (is_title and one.sources):
        return named
    return words("in_text", source=named, text=text)


def name_source(words: Words, one: Statement) -> str:
    """The sources that a text names, a party marked as one: "government (party)"."""
    named = words.join([words.name(name) for name in one.sources]).replace("'", "’")
    named = named or words("no_source")
    return words("party_named", source=named) if one.party else named


def say_denial(words: Words, one: Statement) -> str:
    """denied by the government; corrected by OCHA, whose own it was; "" where nobody denies it."""
    if not one.denials:
        return ""
    sources = list(dict.fromkeys(row.source_original for row in one.denials if row.source_original))
    if not sources:
        return words("denied")
    named = words.join([add_article(name, words, "dative") for name in sources])
    return words("corrected_by" if one.withdrawn else "denied_by", source=named)
