"""Questions: what claims answer differently, found by rule: how many, when a place fell, whether it
fell."""

import itertools

import pandas as pd

from helpers.analysis.attribution import takes_article
from helpers.analysis.comparisons import date_captures, read_value
from helpers.analysis.contradictions import (
    HARMED,
    ask_the_same,
    contradict,
    is_disputed,
    outnumbers,
    share_days,
)
from helpers.analysis.selection import list_sources
from helpers.corpus.copies import name_text
from helpers.corpus.places import name_places, share_value, split_values
from helpers.schema.columns import MEASURES
from helpers.schema.formatting import join_words, say_period

BY_RULE = "found by rule"
CORRECTED = "corrected by its source"
DISAGREEMENT_COLUMNS = [
    *("question_id", "question", "topic", "doc_id", "documents", "claims", "sources", "exact"),
    *("reading", "low", "high", "unit", "explanation", "why", "found", "mark", "start", "end"),
    *("source", "disputed"),
]
ASKED = {  # measure that counts → the question that its figures answer
    "new_displacement": "How many fled",
    "forced_to_flee": "How many were forced to flee",
    "idps": "How many are displaced",
    "in_camps": "How many live in camps",
    "refugees": "How many are refugees",
    "returns": "How many returned",
    "population": "How many live",
    "killed": "How many were killed",
    "injured": "How many were hurt",
    "killed_or_injured": "How many were killed or hurt",
    "detained": "How many were detained",
    "released": "How many were freed",
    "settlements_captured": "How many places were taken",
}


def find_disagreements(
    claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame, parties: tuple[str, ...]
) -> pd.DataFrame:
    """Questions that claims answer differently: how many, where two sources or texts give other
    numbers for one measure, place and stretch of days, or a number of some people that is larger
    than one of all; when a place fell, where texts exclude each other; whether it fell, where
    somebody denies it. Columns as list_disagreements, which the ids of questions (r01) and marks
    continue."""
    told = claims[claims["date_start"].notna() & (claims["assertion"] != "expected")]
    published = dict(zip(documents["doc_id"], documents["published_end"], strict=True))
    asked = [
        *_ask_numbers(told, places, parties, published),
        *_ask_days(told, places),
        *_ask_denied(told, places),
    ]
    rows = []
    for number, (question, topic, explanation, why, disputed, answers) in enumerate(asked, 1):
        key = f"r{number:02d}"
        for turn, (reading, members) in enumerate(answers, 1):
            rows.append(
                {
                    **_describe(members),
                    "question_id": key,
                    "question": question,
                    "topic": topic,
                    "reading": reading,
                    "explanation": explanation,
                    "why": why,
                    "found": BY_RULE,
                    "disputed": disputed,
                    "mark": f"reading-{key}-{turn}",
                }
            )
    return pd.DataFrame(rows, columns=DISAGREEMENT_COLUMNS)


Answer = tuple[str, list]  # what is answered, and the claim rows that answer it
# question, topic, explanation, why, whether it is disputed, answers
Asked = tuple[str, str, str, str, bool, list[Answer]]


def _describe(members: list) -> dict:
    """What the claims of one answer share: the cells of a reading that follow from them."""
    first = members[0]
    return {
        "doc_id": first.doc_id,
        "documents": sorted({name_text(row) for row in members}),
        "claims": [row.claim_id for row in members],
        "sources": list(dict.fromkeys(name for row in members for name in list_sources(row))),
        "exact": first.exact,
        "low": first.low,
        "high": first.high,
        "unit": first.unit,
        "start": first.start,
        "end": first.end,
        "source": "",
    }


def _ask_numbers(
    told: pd.DataFrame, places: pd.DataFrame, parties: tuple[str, ...], published: dict
) -> list[Asked]:
    """How many: figures of one measure and place that differ."""
    figures = told[
        told["measure"].isin(ASKED)
        & (told["number"] != "")
        & (told["quantifier"] != "vague")
        & (told["assertion"] != "denied")  # who withdraws a figure gives none
    ]
    asked = []
    for (measure, place), group in figures.groupby(["measure", "place"], sort=False):
        for members in _group_same_question(group, places):
            parts = _find_outnumbering(members, group)
            pairs = itertools.combinations(members, 2)
            if not parts and not any(contradict(one, other) for one, other in pairs):
                continue
            members = members + parts
            explanation, why = _explain(members, parties, published)
            if _is_corrected(members, told):
                alone = len({row.source_original for row in members}) == 1
                explanation = "time of writing" if alone else explanation
                why = CORRECTED if alone else f"{why}; one was {CORRECTED}"
            words = _ask(measure, members)
            where = f" {say_where(measure, name_places(places, place))}" if place else ""
            first, last = members[0].date_start, max(row.date_end for row in members)
            question = f"{words}{where}, {say_period(first, last)}?"
            answers = _merge_answers(members)
            disputed = is_disputed(members, list_withdrawn(told))
            asked.append((question, MEASURES[measure], explanation, why, disputed, answers))
    return asked


def _ask(measure: str, members: list) -> str:
    """How many fighters for the government were killed; How many were killed on its side, where the
    claims do not agree on who they were."""
    people = _name_people(members)
    asked = ASKED[measure].replace("How many", f"How many{people}")
    side = members[0].affected_side
    if not side or any(row.affected_side != side for row in members):
        return asked
    names = [f"the {one}" if takes_article(one) else one for one in side.split(";")]
    if people == f" {HARMED['combatant']}":
        return asked.replace(people, f"{people} for {' and '.join(names)}")
    return f"{asked} on the side of {' and '.join(names)}"


def _is_corrected(members: list, told: pd.DataFrame) -> bool:
    """Whether a source of one of the figures withdraws it."""
    withdrawn = list_withdrawn(told)
    return any(row.claim_id in withdrawn for row in members)


def list_withdrawn(claims: pd.DataFrame) -> set[str]:
    """Ids of the claims whose figure their own source withdraws."""
    named = claims[claims["source_original"] != ""]
    said = {_name_figure(row) for row in named[named["assertion"] == "denied"].itertuples()}
    told = named[named["assertion"] != "denied"].itertuples()
    return {row.claim_id for row in told if _name_figure(row) in said}


def _name_figure(row) -> tuple:
    """What a figure shares with its withdrawal."""
    return row.source_original, row.measure, row.place, read_value(row)


def say_where(measure: str, place: str) -> str:
    """in Hama; at the Remanso bridge, of what is no town; from Hama, of those who fled."""
    *_, last = place.split()
    if last.islower() and place != last:
        place = place if place.startswith("the ") else f"the {place}"
        return f"at {place}"
    return f"from {place}" if measure in ("new_displacement", "forced_to_flee") else f"in {place}"


def _name_people(members: list) -> str:
    """households; civilians; fighters; "" where the claims of a question do not agree on it."""
    if members[0].unit == "household":
        return " households"
    people = {row.affected for row in members}
    return f" {HARMED[people.pop()]}" if len(people) == 1 and people <= HARMED.keys() else ""


def _find_outnumbering(members: list, figures: pd.DataFrame) -> list:
    """The figures of one measure and place that count some of the people of a question alone, its
    fighters or those of one side, and are larger than one of its own."""
    ids = {row.claim_id for row in members}
    others = [row for row in figures.itertuples() if row.claim_id not in ids]
    return [row for row in others if any(outnumbers(row, one) for one in members)]


def _group_same_question(figures: pd.DataFrame, places: pd.DataFrame) -> list[list]:
    """Claim rows of one measure and place that answer one question, each with every other of its
    group, by their days."""
    groups: list[list] = []
    for row in figures.sort_values(["date_start", "date_end"], kind="stable").itertuples():
        for group in groups:
            if all(ask_the_same(row, other, places) for other in group):
                group.append(row)
                break
        else:
            groups.append([row])
    return groups


def _merge_answers(members: list) -> list[Answer]:
    """The figures of a question, those of one number and source as one answer, in the words of the
    first."""
    answers: dict[tuple, list] = {}
    for row in members:
        source = row.source_original or name_text(row)
        answers.setdefault((read_value(row), source), []).append(row)
    return [(f"“{rows[0].number}”", rows) for rows in answers.values()]


def _explain(members: list, parties: tuple[str, ...], published: dict) -> tuple[str, str]:
    """(explanation, why): what of the fields of figures that differ may explain it. It says what is
    not the same, never which is right."""
    sources = {name for row in members for name in split_values(row.source_original)}
    speakers = {row.source_original or name_text(row) for row in members}
    days = {(row.date_start, row.date_end) for row in members}
    written = {published.get(row.doc_id) for row in members}
    reasons: list[str] = []
    other = ["days"] if len(days) > 1 else []
    larger = any(outnumbers(one, all_of) for one, all_of in itertools.permutations(members, 2))
    if len({row.affected for row in members}) > 1 and not larger:
        other.append("people")
    if other:
        reasons.append(f"different {' and '.join(other)}")
    if larger:  # other people do not explain that
        reasons.append("a part is larger than the whole")
    if sources and len(speakers) > 1:
        reasons.append(_say_other_sources(speakers, parties))
    explanation = "open"
    if len(speakers) > 1 and sources & set(parties):
        explanation = "parties"
    elif other:
        explanation = "scope"
    elif len(written) > 1:
        explanation = "time of writing"
        reasons.append("written on different days")
    return explanation, "; ".join(reasons) or "nothing in the texts says why"


def _say_other_sources(speakers: set[str], parties: tuple[str, ...]) -> str:
    spoken = [speaker in parties for speaker in speakers]
    if all(spoken):
        return "the parties disagree"
    return "different sources, one of them a party" if any(spoken) else "different sources"


def _ask_days(told: pd.DataFrame, places: pd.DataFrame) -> list[Asked]:
    """When a place fell: captures by one side for which texts give days that exclude each other,
    unless the place changed hands in between."""
    by_id = {row.claim_id: row for row in told.itertuples()}
    asked: list[Asked] = []
    captured = told[told["measure"] == "captured"]
    for actor, group in captured.groupby("actor", sort=False):
        others = captured[captured["actor"] != actor]
        for capture in date_captures(group).itertuples():
            between = others["date_start"].between(capture.first, capture.last)
            lost = others["place"].map(lambda cell, key=capture.place: share_value(cell, [key]))
            if capture.agreed or (between & lost.astype(bool)).any():
                continue
            by_days: dict[str, list] = {}
            for rows in _group_texts([by_id[key] for key in capture.claims]):
                first, last = min(row.date_start for row in rows), max(row.date_end for row in rows)
                by_days.setdefault(say_period(first, last), []).extend(rows)
            by = f" to {actor.replace(';', ' and ')}" if actor else ""
            question = f"When did {name_places(places, capture.place)} fall{by}?"
            answers = list(by_days.items())
            asked.append((question, "pace", "wording", "different days", False, answers))
    return asked


def _group_texts(rows: list) -> list[list]:
    """Claim rows text by text."""
    texts: dict[str, list] = {}
    for row in rows:
        texts.setdefault(row.doc_id, []).append(row)
    return list(texts.values())


def _ask_denied(told: pd.DataFrame, places: pd.DataFrame) -> list[Asked]:
    """Whether a place fell: captures that somebody denies on days that overlap."""
    asked: list[Asked] = []
    captured = told[(told["measure"] == "captured") & (told["place"] != "")]
    denied = captured[captured["assertion"] == "denied"]
    captured = captured[captured["place"].isin(denied["place"])]
    for (place, _), group in captured.groupby(["place", "actor"], sort=False):
        denials = [row for row in group.itertuples() if row.assertion == "denied"]
        others = [
            row
            for row in group.itertuples()
            if row.assertion != "denied" and any(share_days(row, denial) for denial in denials)
        ]
        if not others:
            continue
        answers: dict[str, list] = {}
        for row in [*others, *denials]:
            word = "denied" if row.assertion == "denied" else "captured"
            said = f"{word}, {'; '.join(list_sources(row))}"
            answers.setdefault(said, []).append(row)
        readings = [(said.split(",")[0], rows) for said, rows in answers.items()]
        last = max(row.date_end for row in others)  # what is denied, not until when
        question = f"Had {name_places(places, place)} fallen by {say_period(last, last)}?"
        names = sorted({name for row in denials for name in list_sources(row)})
        who = join_words([f"the {name}" if name == "government" else name for name in names])
        asked.append((question, "pace", "parties", f"denied by {who}", True, readings))
    return asked
