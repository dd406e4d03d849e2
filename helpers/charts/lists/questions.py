"""Questions: which of those that texts answer differently are worth a place, in which order."""

from __future__ import annotations

import itertools

import pandas as pd

from helpers.analysis.contradictions import find_opposed
from helpers.analysis.questions import BY_RULE, list_withdrawn
from helpers.analysis.selection import Study, list_sources
from helpers.analysis.statements import FLOWS
from helpers.charts.captures.words import open_sentence
from helpers.charts.findings import add_article, name_cell
from helpers.charts.look.language import Words
from helpers.corpus.places import split_values

MOST_QUESTIONS, MOST_READINGS = 6, 3
COUNTS = ("person", "household", "settlement", "percent")  # units of a number worth a question
# how a question of yes or no opens
ASKS = ("Did", "Had", "Has", "Have", "Was", "Were", "Is", "Are")
# what may differ where people chose "scope" → the columns that say it
SCOPES = {
    "places": ("place",),
    "days": ("date_start", "date_end"),
    "people": ("affected", "affected_side"),
}
# of questions, in order; "other": those that only the title's count gives a place
KINDS = ("parties", "casualties", "displacement", "pace", "other")


def rank_questions(study: Study, readings: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """(kind, readings) of the questions worth a place: all that are disputed, then those on which
    the texts only differ, in turn one of each of KINDS; first captures that somebody denies,
    what stands in most texts, and the larger
    figures of the offensive."""
    ranked = _take_turns(study, readings[readings["disputed"]], "other")
    ranked += _take_turns(study, readings[~readings["disputed"]])
    return ranked[:MOST_QUESTIONS]


def _take_turns(
    study: Study, readings: pd.DataFrame, otherwise: str = ""
) -> list[tuple[str, pd.DataFrame]]:
    """(kind, readings) of questions, in turn one of each of KINDS. otherwise: the kind of what is
    worth no place by itself; without one it has none."""
    waiting: dict[str, list[tuple]] = {kind: [] for kind in KINDS}
    stems: dict[str, int] = {}
    for number, (_, rows) in enumerate(readings.groupby("question_id", sort=False)):
        if kind := find_kind(rows) or otherwise:
            texts = {doc_id for cell in rows["documents"] for doc_id in cell}
            found = rows["found"].iloc[0] == BY_RULE
            stem = rows["question"].iloc[0].partition(",")[0]  # the same of other days comes later
            stems[stem] = stems.get(stem, 0) + 1
            claims = [study.by_claim[claim] for ids in rows["claims"] for claim in ids]
            agreed = not any(
                claim.assertion == "denied" and claim.measure == "captured" for claim in claims
            )
            rank = (found, agreed, stems[stem], -len(texts), -_find_largest(claims), number)
            waiting[kind].append((rank, rows))
    for questions in waiting.values():
        questions.sort(key=lambda question: question[0])
    ranked: list[tuple[str, pd.DataFrame]] = []
    while any(waiting.values()):
        ranked += [(kind, waiting[kind].pop(0)[-1]) for kind in KINDS if waiting[kind]]
    return ranked


def _find_largest(claims: list) -> float:
    """The largest number of dead or displaced of the offensive in the answers to a question; 0 of
    none."""
    people = [one for one in claims if one.unit == "person" and one.measure in ("killed", *FLOWS)]
    ours = [one for one in people if one.scope == "offensive"]
    ends = [end for one in ours for end in (one.low, one.best, one.high) if pd.notna(end)]
    return max(ends, default=0.0)


def find_kind(rows: pd.DataFrame) -> str:
    """The kind of a question that is worth a place: parties that contradict each other, a number of
    people or towns; "" for spelling, rank, and what has neither number nor yes and no."""
    first = rows.iloc[0]
    if first["topic"] == "other":
        return ""
    counted = rows["unit"].isin(COUNTS) & rows[["low", "high"]].notna().any(axis=1)
    by_rule = first["found"] == BY_RULE
    if first["explanation"] == "parties" and first["disputed"]:
        asked = first["question"].split(" ")[0] in ASKS
        return "parties" if asked or counted.any() or by_rule else ""
    return first["topic"] if counted.any() or by_rule else ""


def choose_readings(study: Study, rows: pd.DataFrame) -> list:
    """At most MOST_READINGS readings, in their order: those of parties first, then those with a
    number; of each speaker one before a second of any, so that whoever contradicts is shown."""
    listed = list(rows.itertuples())

    def rank(reading) -> int:
        if set(reading.sources) & set(study.parties):
            return 0
        return 1 if pd.notna(reading.low) or pd.notna(reading.high) else 2

    ranked = sorted(listed, key=rank)
    firsts: list = []
    heard: set[str] = set()
    for reading in ranked:
        if not heard.issuperset(reading.sources):
            firsts.append(reading)
        heard.update(reading.sources)
    kept = sorted(ranked, key=lambda reading: reading not in firsts)[:MOST_READINGS]
    return _pair_corrections(study, [reading for reading in listed if reading in kept])


def _pair_corrections(study: Study, readings: list) -> list:
    """Readings in their order, the correction of a withdrawn figure right behind it."""
    corrected = find_corrections(study, readings)
    ordered: list = []
    for reading in readings:
        if reading.mark in corrected.values():
            continue
        ordered.append(reading)
        ordered += [one for one in readings if one.mark == corrected.get(reading.mark)]
    return ordered


def find_corrections(study: Study, readings: list) -> dict[str, str]:
    """mark of a reading whose figure its source withdrew → mark of what the same source says
    instead, "" where it is not among the readings."""
    withdrawn = list_withdrawn(study.all_claims)
    found: dict[str, str] = {}
    for reading in readings:
        if reading.claims and withdrawn.issuperset(reading.claims):
            others = [one for one in readings if one.sources == reading.sources]
            firm = [one.mark for one in others if not withdrawn.issuperset(one.claims)]
            found[reading.mark] = firm[0] if firm else ""
    return found


def word_sides(study: Study, words: Words, readings: list) -> str:
    """Who contradicts whom, as far as the readings say it: of numbers that a rule found, whose
    exclude each other; else who denies what another says; a party against who is none, Syrian state
    media against SOHR, or against texts that name nobody."""
    if _are_numbers(readings) and (pairs := _pair_speakers(study, readings)):
        return _word_pairs(study, words, readings, pairs)
    names = list(dict.fromkeys(name for reading in readings for name in reading.sources))
    named = [name for name in names if not name.startswith("text ")]
    texts = len(names) - len(named)
    parties = [name for name in named if name in study.parties]
    denying = [name for name in named if _is_denier(study, readings, name)]
    claiming = [name for name in parties if name not in denying]
    if denying and claiming:
        return _say_against(words, denying, claiming)
    for one in (denying, parties, named):
        other = [name for name in named if name not in one]
        if one and (other or texts):
            return _say_against(words, one, other, 0 if other else texts)
    first, *rest = named or names
    return _say_against(words, [first], rest if named else [], 0 if named else len(rest))


def _are_numbers(readings: list) -> bool:
    """Whether a rule found the answers, and they are numbers, of which no two are one."""
    return all(one.found == BY_RULE and one.reading.startswith("“") for one in readings)


def _pair_speakers(study: Study, readings: list) -> set[frozenset[tuple[str, ...]]]:
    """The pairs of who answers whose figures stand against each other, each all the sources that a
    claim names."""
    claims = [study.by_claim[claim] for reading in readings for claim in reading.claims]
    opposed = find_opposed(claims, list_withdrawn(study.all_claims))
    return {frozenset(tuple(list_sources(row)) for row in pair) for pair in opposed}


def _word_pairs(study: Study, words: Words, readings: list, pairs: set) -> str:
    """Each against the others, where every pair of who answers stands against each other; else who
    stands against most, a party before another, and against whom, until all pairs are said."""
    speakers = list(dict.fromkeys(tuple(reading.sources) for reading in readings))
    if len(speakers) > 2 and len(pairs) == len(list(itertools.combinations(speakers, 2))):
        return words("against_each")

    def rank(names: tuple[str, ...]) -> tuple:
        party, text = set(names) <= set(study.parties), names[0].startswith("text ")
        return -sum(names in pair for pair in left), not party, text

    left, said = pairs, []
    while left:
        first = min(speakers, key=rank)
        others = [names for names in speakers if {first, names} in left]
        named = [name for names in others for name in names if not name.startswith("text ")]
        texts = sum(names[0].startswith("text ") for names in others)
        said.append(_say_against(words, [*first], named, texts))
        left = {pair for pair in left if first not in pair}
    return "; ".join(said)


def _is_denier(study: Study, readings: list, name: str) -> bool:
    """Whether all that a party says in these readings is a denial."""
    mine = [reading for reading in readings if name in reading.sources]
    claims = [study.by_claim[claim] for reading in mine for claim in reading.claims]
    return bool(claims) and all(claim.assertion == "denied" for claim in claims)


def _say_against(words: Words, one: list[str], other: list[str], texts: int = 0) -> str:
    """The government against OCHA; against OCHA and so many texts that name nobody; one such text
    against another."""
    first, against = ([add_article(name, words) for name in side] for side in (one, other))
    alone = one[0].startswith("text ")
    if alone:
        first = [words("one_text")]
    if texts:
        single = words("against_another" if alone and not other else "against_text")
        against.append(single if texts == 1 else words("texts_many", n=words.spell(texts)))
    return words("why_against", one=words.join(first), other=words.join(against))


def settle_causes(readings: pd.DataFrame) -> pd.DataFrame:
    """The readings with "open" for "parties" on questions that people wrote and that are not
    disputed: no party to the war is among those who answer, or nobody else is."""
    causes = readings["explanation"]
    alone = (causes == "parties") & ~readings["disputed"] & (readings["found"] != BY_RULE)
    return readings.assign(explanation=causes.mask(alone, "open"))


def word_question(study: Study, words: Words, rows: pd.DataFrame) -> str:
    """A question as it is printed: a person's as they wrote it; one that a rule asks in English, in
    another language by what its claims count, and where."""
    first = rows.iloc[0]
    claims = [study.by_claim[claim] for ids in rows["claims"] for claim in ids]
    one = claims[0] if claims else None
    if first["found"] != BY_RULE or words.language == "en" or one is None:
        return str(first["question"])
    place = name_cell(study, words, one.place) or words("place_unsaid")
    if one.measure == "captured":
        told = [claim for claim in claims if claim.assertion != "denied"]
        denied = len(told) < len(claims)
        day = words.day(max(claim.date_end for claim in told or claims), True)
        name = "asked_fallen" if denied else "asked_when"
        return open_sentence(words(name, place=place, day=day))
    if one.measure == "settlements_captured":
        return open_sentence(words("asked_places", place=place))
    start, end = min(one.date_start for one in claims), max(one.date_end for one in claims)
    what = f"{words(f'head_parts_{one.measure}')}{_say_whom(words, claims)}"
    return words("asked_people", what=what, place=place, days=words.period(start, end, True))


def _say_whom(words: Words, claims: list) -> str:
    """(fighters: the government), after a blank, as far as all claims of a question agree on it."""
    affected, sides = (
        {getattr(one, name) for one in claims} for name in ("affected", "affected_side")
    )
    people = words(affected.pop()) if affected in ({"civilian"}, {"combatant"}) else ""
    named = split_values(sides.pop()) if len(sides) == 1 else []
    side = words.join([words.name(name) for name in named])
    if side:
        name = "people_for" if people == words("combatant") else "people_of"
        people = words(name, people=people or words("people"), side=side)
    return f" ({people})" if people else ""


def word_difference(study: Study, words: Words, rows: pd.DataFrame) -> str:
    """In what the answers differ: as the figure words what a person chose, of places, days and
    people those that do; of a question that a rule found, what the fields say."""
    first = rows.iloc[0]
    if first["found"] == BY_RULE:
        return "; ".join(map(words.reason, str(first["why"]).split("; ")))
    if first["explanation"] == "scope":
        claims = [[study.by_claim[key] for key in ids] for ids in rows["claims"]]
        kinds = [kind for kind in SCOPES if _differs(claims, SCOPES[kind])]
        if kinds:
            return words.join([words(f"differs_{kind}") for kind in kinds])
    return words(f"differs_{first['explanation'].replace(' ', '_')}")


def _differs(claims: list[list], fields: tuple[str, ...]) -> bool:
    """Whether answers, each with its claims, are not of one value of these fields."""
    told = [{tuple(getattr(row, name) for name in fields) for row in one} for one in claims if one]
    return any(one.isdisjoint(told[0]) for one in told[1:])


def count_questions(readings: pd.DataFrame) -> tuple[int, int]:
    """(on how many questions sources contradict each other, on how many the texts only differ)."""
    disputed = readings.drop_duplicates("question_id")["disputed"]
    return int(disputed.sum()), int((~disputed).sum())


def find_speakers(study: Study, readings: pd.DataFrame) -> str:
    """Who contradicts each other on the disputed questions: "among" where only parties to the war
    do, "parties" where on each a party is among them, else "sources"."""
    disputed, parties = readings[readings["disputed"]], set(study.parties)
    named = [set().union(*rows["sources"]) for _, rows in disputed.groupby("question_id")]
    if all(names <= parties for names in named):
        return "among"
    return "parties" if all(names & parties for names in named) else "sources"
