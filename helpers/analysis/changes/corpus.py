"""Corpus: what differs between two states of a corpus, each difference with its sentence.

Nothing here knows of a clock or a disk: two states go in, a table comes out.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.comparisons import read_value
from helpers.analysis.contradictions import HARMED, ask_the_same
from helpers.analysis.questions import ASKED
from helpers.claims.gate import type_claims
from helpers.corpus.places import name_places, split_values
from helpers.schema.columns import SAID, TABLES
from helpers.schema.formatting import name_harmed, say_period

CHANGE_COLUMNS = [
    *("change", "figure", "id", "field", "before", "after", "told"),
    *("quote", "text", "published", "claims"),
]
TEXT_FIELDS = ["title", "publisher", "published", "copy_of"]
PLACED = {"claim_id", "doc_id", *TABLES["claims"].pick("offset")}  # where a claim stands
GONE = " (gone)"  # behind the id of a claim that went, so that none that bears it now is meant
Row = dict[str, str]


class State(NamedTuple):
    """A corpus and its figures at one time, as tables of text. documents: doc_id, TEXT_FIELDS and
    sha256. claims: columns of claims.csv and doubt, without the rejected ones, whose ids are
    `rejected`. figures: stem → its marks, as its CSV has them."""

    documents: pd.DataFrame
    claims: pd.DataFrame
    rejected: frozenset[str]
    figures: Mapping[str, pd.DataFrame]


class Pair:
    """Two states and what is the same in both. texts, claims: id → row, as it is now. renamed: old
    doc_id → new one. same: old claim_id → new one; back: the other way round."""

    def __init__(self, before: State, now: State):
        self.before, self.now = before, now
        self.old_texts, self.texts = _index(before.documents), _index(now.documents)
        self.old_claims, self.claims = _index(before.claims), _index(now.claims)
        self.renamed = _find_renamed(self.old_texts, self.texts)
        self.same = _pair_claims(self.old_claims, self.claims, self.renamed)
        self.back = {name: was for was, name in self.same.items()}

    def tell(self, claim_id: str) -> Row:
        """The sentence of a claim and its text, as they are now; of a claim that went (GONE), as
        they were; none of a claim that another selection of an archive holds."""
        name = claim_id.removesuffix(GONE)
        is_gone = name != claim_id
        row = (self.old_claims if is_gone else self.claims).get(name)
        if row is None:
            return {"id": name, "claims": name}
        text = (self.old_texts if is_gone else self.texts)[row["doc_id"]]
        quote = " ".join(row["exact"].split())
        return {"id": name, "quote": quote, "claims": name} | name_text(text)

    def find_text(self, doc_id: str) -> Row:
        """The row of a text, as it is now, else as it was."""
        return self.texts.get(doc_id) or self.old_texts[doc_id]


def compare_corpora(before: State, now: State, places: pd.DataFrame) -> pd.DataFrame:
    """What came, went or changed among texts and claims, and which tolls a later text revises.

    One row is one change, in the order of texts, tolls and claims: change ("new text", "changed
    claim" …), figure (""), id (of the text or claim), field, before, after, told (a sentence, of a
    toll), quote, text (its title), published, claims (ids). A changed claim has a row a field; of
    one that came or went `after` or `before` names what it counts.

    A claim is the same where a person decided on it under that id, else where its text, measure,
    place and words are the same: the ids of proposals are numbered anew when a text changes.
    """
    pair = Pair(before, now)
    rows = [*_compare_texts(pair), *_compare_tolls(pair, places), *_compare_claims(pair)]
    return make_changes(rows)


def make_changes(rows: list[Row]) -> pd.DataFrame:
    """A table of changes from rows that say what they know."""
    filled = [{name: row.get(name, "") for name in CHANGE_COLUMNS} for row in rows]
    return pd.DataFrame(filled, columns=CHANGE_COLUMNS, dtype=str)


def list_rows(table: pd.DataFrame) -> list[Row]:
    return table.to_dict("records")


def _index(table: pd.DataFrame) -> dict[str, Row]:
    """Id (the first column) → row."""
    return {row[table.columns[0]]: row for row in list_rows(table)}


def list_fields(was: Row, row: Row, fields: Iterable[str]) -> list[Row]:
    """field, before and after, of the fields in which two rows differ."""
    return [
        {"field": name, "before": was.get(name, ""), "after": row.get(name, "")}
        for name in fields
        if was.get(name, "") != row.get(name, "")
    ]


def translate_ids(cell: str, names: Mapping[str, str]) -> str:
    """Ids, separated by ;, as they are now."""
    return ";".join(names.get(part, part) for part in split_values(cell))


# --- texts ---------------------------------------------------------------------------------------


def _find_renamed(old: Mapping[str, Row], new: Mapping[str, Row]) -> dict[str, str]:
    """Old doc_id → new one, of texts whose bytes stand under another id now."""
    came = {row["sha256"]: doc_id for doc_id, row in new.items() if doc_id not in old}
    gone = {row["sha256"]: doc_id for doc_id, row in old.items() if doc_id not in new}
    return {doc_id: came[sha256] for sha256, doc_id in gone.items() if sha256 in came}


def name_text(text: Row) -> Row:
    return {"text": text["title"], "published": text["published"]}


def _compare_texts(pair: Pair) -> list[Row]:
    rows: list[Row] = []
    old_names = {name: doc_id for doc_id, name in pair.renamed.items()}
    for doc_id, text in pair.texts.items():
        told = {"id": doc_id} | name_text(text)
        was = pair.old_texts.get(old_names.get(doc_id, doc_id))
        if was is None:
            rows.append({"change": "new text"} | told)
            continue
        if doc_id in old_names:
            moved = {"field": "doc_id", "before": old_names[doc_id], "after": doc_id}
            rows.append({"change": "renamed text"} | told | moved)
        if text["sha256"] != was["sha256"]:
            rows.append({"change": "edited text"} | told)
        fields = list_fields(was, text, TEXT_FIELDS)
        rows += [{"change": "changed text"} | told | field for field in fields]
    for doc_id, text in pair.old_texts.items():
        if doc_id not in pair.texts and doc_id not in pair.renamed:
            rows.append({"change": "removed text", "id": doc_id} | name_text(text))
    return rows


# --- claims --------------------------------------------------------------------------------------


def _pair_claims(
    old: Mapping[str, Row], new: Mapping[str, Row], renamed: Mapping[str, str]
) -> dict[str, str]:
    """Old claim_id → new one: where a person decided under that id; where everything that tells a
    claim apart is the same; where at least the quote or the number under one id is."""
    shared = [name for name in old if name in new]
    same = {n: n for n in shared if {old[n]["review"], new[n]["review"]} != {"proposed"}}
    waiting: dict[tuple[str, ...], list[str]] = {}
    for name in new:
        if name not in same:
            waiting.setdefault(_tell_apart(new[name], {}), []).append(name)
    for name in old:
        alike = waiting.get(_tell_apart(old[name], renamed), [])
        if name not in same and alike:
            same[name] = name if name in alike else alike[0]
            alike.remove(same[name])
    taken = set(same.values())
    for name in shared:
        if name not in same and name not in taken:
            if any(old[name][cell] == new[name][cell] != "" for cell in ("exact", "number")):
                same[name] = name
    return same


def _tell_apart(row: Row, renamed: Mapping[str, str]) -> tuple[str, ...]:
    text = renamed.get(row["doc_id"], row["doc_id"])
    return (text, row["measure"], row["place"], row["number"], row["exact"])


def _compare_claims(pair: Pair) -> list[Row]:
    fields = [name for name in pair.now.claims.columns if name not in PLACED]
    rows: list[Row] = []
    for name, claim in pair.claims.items():
        told = pair.tell(name)
        if name not in pair.back:
            rows.append({"change": "new claim", "after": _name_claim(claim)} | told)
            continue
        was = pair.old_claims[pair.back[name]]
        was = was | {cell: translate_ids(was[cell], pair.same) for cell in ("part_of", "same_as")}
        rows += [{"change": "changed claim"} | told | f for f in list_fields(was, claim, fields)]
    for name, claim in pair.old_claims.items():
        if name not in pair.same:
            change = "rejected claim" if name in pair.now.rejected else "withdrawn claim"
            rows.append({"change": change, "before": _name_claim(claim)} | pair.tell(name + GONE))
    return rows


def _name_claim(claim: Row) -> str:
    """at least 22 killed; 400 households in camps; captured."""
    unit = "households" if claim["unit"] == "household" else ""
    return " ".join(filter(None, [claim["number"], unit, SAID[claim["measure"]]]))


# --- tolls ---------------------------------------------------------------------------------------


def _compare_tolls(pair: Pair, places: pd.DataFrame) -> list[Row]:
    """New figures of people that a text, published later or edited, gives in the place of others,
    or that say themselves what they replace."""
    known = _list_tolls(pair.now)
    gone = [row for row in _list_tolls(pair.before) if row.claim_id not in pair.same]
    others: dict[tuple[str, str], list[Any]] = {}
    for row in known:
        others.setdefault((row.measure, row.place), []).append(row)
    rows = []
    for new in known:
        is_copy = pair.texts[new.doc_id]["copy_of"] not in ("", new.doc_id)
        if new.claim_id in pair.back or new.assertion == "denied" or is_copy:
            continue
        old = _find_replaced(pair, new, others[new.measure, new.place], gone, places)
        if old is not None:
            rows.append(_tell_toll(pair, old, new, places))
    return rows


def _list_tolls(state: State) -> list[Any]:
    """The claims that count people or households in numbers, typed; without proposals whose words
    are read in two ways, which are not drawn either."""
    claims = state.claims[state.claims["unit"].isin(["person", "household"])]
    claims = claims[(claims["review"] != "proposed") | (claims["doubt"] == "")]
    is_told = (claims["quantifier"] != "vague") & (claims["assertion"] != "expected")
    is_number = claims["measure"].isin(ASKED) & (claims["number"] != "")
    return list(type_claims(claims[is_told & is_number]).itertuples())


def _find_replaced(pair: Pair, new, known: list[Any], gone: list[Any], places: pd.DataFrame):
    """The toll that a new one replaces, of those `known` of its measure and place and those `gone`:
    what its text calls replaced (same_as, denied), else the latest of the same question or running
    total, that of the same source before others, if it says another number; None where there is
    none."""
    links = split_values(new.same_as)
    for old in known:
        if old.claim_id in links and old.assertion == "denied" and old.doc_id == new.doc_id:
            return old
    rewritten = [row for row in gone if row.doc_id == new.doc_id]
    older = [row for row in [*known, *gone] if _is_older(pair, row, new)]
    earlier = [row for row in [*older, *rewritten] if _counts_alike(row, new, places)]
    if not earlier:
        return None
    speaker = _find_speaker(pair, new)
    earlier = [row for row in earlier if _find_speaker(pair, row) == speaker] or earlier
    last = max(_find_day(pair, row) for row in earlier)
    latest = [row for row in earlier if _find_day(pair, row) == last]
    if any(read_value(row) == read_value(new) for row in latest):
        return None
    return latest[-1]


def _counts_alike(old, new, places: pd.DataFrame) -> bool:
    """Whether two tolls answer one question at a place that is named, or one running total is
    counted on; those of civilians or fighters alone answer no question about all."""
    if old.measure != new.measure or old.place != new.place or not new.place:
        return False
    if old.assertion == "denied" or (old.affected in HARMED) != (new.affected in HARMED):
        return False
    return _goes_on(old, new) or ask_the_same(old, new, places)


def _goes_on(old, new) -> bool:
    """Whether a source that is named counts the same people from the same day to a later one."""
    alike = ("source_original", "date_start", "unit", "affected", "affected_side", "scope")
    return (
        bool(new.source_original)
        and old.date_kind == new.date_kind == "period"
        and all(getattr(old, name) == getattr(new, name) for name in alike)
        and bool(old.part_of) == bool(new.part_of)
        and old.date_end < new.date_end
    )


def _find_day(pair: Pair, row) -> str:
    """The last day on which the text of a claim may have been written; "" where it states none."""
    return pair.find_text(row.doc_id)["published"][-10:]


def _is_older(pair: Pair, old, new) -> bool:
    """Whether a claim stands in a text of certainly an earlier day."""
    said, first = _find_day(pair, old), pair.find_text(new.doc_id)["published"][:10]
    return bool(said) and said < first


def _find_speaker(pair: Pair, row) -> str:
    """Who says so: the source named, else the publisher, else the text."""
    text = pair.find_text(row.doc_id)
    publisher = text["publisher"] if text["publisher"] != "unknown" else ""
    return row.source_original.replace(";", " and ") or publisher or text["title"]


def _tell_toll(pair: Pair, old, new, places: pd.DataFrame) -> Row:
    """A toll that was another before: "toll updated" where a running total is counted on; "toll
    revised" by who gave the other, or by the text itself; "toll told otherwise" by somebody
    else."""
    speaker, day = _find_speaker(pair, new), pair.find_text(new.doc_id)["published"]
    is_own = old.doc_id == new.doc_id or _find_speaker(pair, old) == speaker
    where = f" in {name_places(places, new.place)}" if new.place else ""
    when = "" if pd.isna(new.date_start) else f", {say_period(new.date_start, new.date_end)}"
    unit = "households" if new.unit == "household" else ""
    people = " ".join(filter(None, [name_harmed(new), unit, SAID[new.measure]]))
    said = f"{people}{where}{when}: from “{old.number}”"
    if not is_own:
        said += f" ({_find_speaker(pair, old)})"
    said += f" to “{new.number}”, says {speaker}"
    unchecked = "(not checked by a person)" if "proposed" in (old.review, new.review) else ""
    change = "toll revised" if is_own else "toll told otherwise"
    return pair.tell(new.claim_id) | {
        "change": "toll updated" if _goes_on(old, new) else change,
        "field": new.measure,
        "before": old.number,
        "after": new.number,
        "told": " ".join(filter(None, [said, f"on {day}" if day else "", unchecked])),
        "claims": f"{old.claim_id};{new.claim_id}",
    }
