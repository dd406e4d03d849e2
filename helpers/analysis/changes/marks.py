"""Marks: which of a figure came, moved or went between two states, each with its sentence."""

from collections.abc import Mapping

import pandas as pd

from helpers.analysis.changes.corpus import (
    GONE,
    Pair,
    Row,
    State,
    list_fields,
    list_rows,
    make_changes,
    name_text,
    translate_ids,
)
from helpers.corpus.places import split_values

UNDRAWN = {"mark_id", "kind", "claims", "documents", "start", "quote"}  # columns of a mark


def compare_figures(before: State, now: State) -> pd.DataFrame:
    """Which marks came, moved or went, in the figures of `now`; columns as compare_corpora. A mark
    that moved has a row for each value drawn, and one for each claim that joined or left it. A
    figure that had not been drawn before is not compared."""
    pair, rows = Pair(before, now), []
    names = {name: pair.same.get(name, name + GONE) for name in pair.old_claims}
    for stem, marks in now.figures.items():
        if stem in before.figures:
            old = [_carry_over(row, names, pair.renamed) for row in list_rows(before.figures[stem])]
            rows += [{"figure": stem, **row} for row in _compare_marks(pair, old, list_rows(marks))]
    return make_changes(rows)


def _carry_over(mark: Row, names: Mapping[str, str], renamed: Mapping[str, str]) -> Row:
    """A mark of the earlier state with the ids that its claims and texts bear now."""
    return mark | {
        "mark_id": names.get(mark["mark_id"], mark["mark_id"]),
        "claims": translate_ids(mark["claims"], names),
        "documents": translate_ids(mark["documents"], renamed),
    }


def _compare_marks(pair: Pair, old: list[Row], new: list[Row]) -> list[Row]:
    """The changes of one figure."""
    partners, rows = _pair_marks(old, new), []
    for number, mark in enumerate(new):
        told = _tell_mark(pair, mark)
        if number not in partners:
            rows.append({"change": "mark came", "after": mark["words"]} | told)
            continue
        was, moved = old[partners[number]], {"change": "mark moved"} | told
        drawn = [name for name in mark if name not in UNDRAWN]
        if "quote" in mark:
            drawn.remove("end")  # of the quote
        rows += [moved | field for field in list_fields(was, mark, drawn)]
        before, after = split_values(was["claims"]), split_values(mark["claims"])
        came = [moved | _tell_claim(pair, name, "after") for name in after if name not in before]
        went = [moved | _tell_claim(pair, name, "before") for name in before if name not in after]
        rows += came + went
    gone = [mark for number, mark in enumerate(old) if number not in partners.values()]
    return rows + [
        {"change": "mark went", "before": mark["words"]} | _tell_mark(pair, mark) for mark in gone
    ]


def _tell_claim(pair: Pair, name: str, side: str) -> Row:
    """A claim that joined a mark (side: after) or left it (before)."""
    sentence = pair.tell(name)
    return {key: cell for key, cell in sentence.items() if key not in ("id", "claims")} | {
        "field": "claims",
        side: sentence["claims"],
    }


def _tell_mark(pair: Pair, mark: Row) -> Row:
    """id, quote, text, published and claims of a mark: the sentence is that of its first claim,
    new ones first."""
    names = split_values(mark["claims"])
    told = {"id": mark["mark_id"].removesuffix(GONE), "claims": mark["claims"].replace(GONE, "")}
    if not names:
        [doc_id] = split_values(mark["documents"])[:1] or [""]
        text = pair.texts.get(doc_id) or pair.old_texts.get(doc_id)
        return told | (name_text(text) if text else {}) | {"quote": mark.get("quote", "")}
    lead = min(names, key=lambda name: name in pair.back)
    return pair.tell(lead) | told


def _pair_marks(old: list[Row], new: list[Row]) -> dict[int, int]:
    """Position of a new mark → that of the old one that it was. Many ids are running numbers, so
    what a mark stands for goes first."""
    partners: dict[int, int] = {}
    for names in (
        ("mark_id", "claims", "documents"),
        ("kind", "claims", "documents"),
        ("mark_id",),
        ("kind",),
    ):
        used = set(partners.values())
        waiting: dict[tuple[str, ...], list[int]] = {}
        for number, mark in enumerate(old):
            if number not in used:
                waiting.setdefault(tuple(mark[name] for name in names), []).append(number)
        for number, mark in enumerate(new):
            if number not in partners:
                alike = waiting.get(tuple(mark[name] for name in names), [])
                found = next((at for at in alike if _share_claims(old[at], mark)), None)
                if found is not None:
                    partners[number] = found
                    alike.remove(found)
    return partners


def _share_claims(one: Row, other: Row) -> bool:
    """Whether two marks have a claim in common, or stand for the same text without one."""
    claims = set(split_values(one["claims"])), set(split_values(other["claims"]))
    if not any(claims):
        return one["documents"] == other["documents"]
    return not claims[0].isdisjoint(claims[1])
