"""Runs of names in a text, and the places among them that need no judging: those of the corpus's own table, those in passages
all in capitals."""

import re
from typing import NamedTuple

from helpers.extract.places.capitals import read_shouted
from helpers.extract.places.gazetteer import Gazetteer, PlaceMention
from helpers.extract.places.names import (
    FOLDED,
    Token,
    end_run,
    read_names,
    read_tokens,
    strip_possessive,
    trim_run,
)

_NO_OWN_GAP = re.compile(r"[,;:()]|\n\n")


class Run(NamedTuple):
    """Names that belong together and may be a place."""

    start: int
    end: int
    name: str  # folded
    tokens: list[Token]


def drop_adverbs(text: str, runs: list[Run]) -> list[Run]:
    """Runs without words such as "Finally", which begin a sentence and name nobody."""
    return [
        run
        for run in runs
        if not (len(run.tokens) == 1 and run.name.endswith("ly") and begins(text, run.start))
    ]


def read_runs(
    text: str, lowered: str, gazetteer: Gazetteer, first: int, last: int, shouts: bool
) -> tuple[list[PlaceMention], list[Run]]:
    """(places of the corpus's own table and of passages in capitals, runs of names to be judged) between two offsets."""
    telling, piece = gazetteer.telling, text[first:last]
    whole = (
        shouts
        or "ʿ" in piece
        or "ʾ" in piece
        or telling is not None
        and any(map(telling.__getitem__, piece.split()))
    )
    tokens = read_tokens(text, first, last) if whole else read_names(text, first, last)
    own_first = gazetteer.own_first
    known, runs, at = [], [], 0
    while at < len(tokens):
        _, _, folded, is_name, shouted = tokens[at]
        if folded in own_first and (own := _find_own(text, tokens, at, gazetteer)):
            known.append(own[0])
            at = own[1]
        elif shouted:
            met, at = read_shouted(
                text, lowered, tokens, at, gazetteer, known[-1].end if known else -99
            )
            known += met
        elif is_name:
            stop = end_run(text, tokens, at)
            if run := trim_run(tokens[at:stop]):
                start, end = run[0].start, strip_possessive(text, run[0].start, run[-1].end)
                runs.append(Run(start, end, FOLDED[text[start:end]], run))
            at = stop
        else:
            at += 1
    return known, runs


def _find_own(
    text: str, tokens: list[Token], at: int, gazetteer: Gazetteer
) -> tuple[PlaceMention, int] | None:
    first = tokens[at]
    for length in gazetteer.own_first.get(first.folded, ()):
        piece = tokens[at : at + length]
        key = gazetteer.own.get(tuple(token.folded for token in piece))
        if key is None or len(piece) < length:
            continue
        word = text[first.start : first.end]
        if length == 1 and (
            not first.is_name
            or word.islower()
            or len(first.folded) < 3
            and not word.replace(".", "").isupper()
        ):
            continue
        if any(_NO_OWN_GAP.search(text, a.end, b.start) for a, b in zip(piece, piece[1:])):
            continue
        end = strip_possessive(text, first.start, piece[-1].end)
        if (
            first.folded == "the"
            and at + 1 < len(tokens)
            and (inner := _find_own(text, tokens, at + 1, gazetteer))
            and inner[1] > at + length
        ):
            return None  # "the outskirts of Kell" is no "the outskirts"
        return PlaceMention(first.start, end, key, text[first.start : end], True), at + length
    return None


def begins(text: str, start: int) -> bool:
    """Whether a sentence or line begins at an offset."""
    before = text[max(0, start - 4) : start].rstrip(" \"'“‘(-*•–—")
    return not before or before[-1] in ".!?:\n" or "\n" in text[max(0, start - 3) : start]


def is_list(text: str, run: Run, other: Run) -> bool:
    """Whether a run and the next stand in a list."""
    start, end = run.end, other.start
    if text[start:end].isspace():
        return False
    return bool(
        _LISTED.fullmatch(text, start, end)
        or _DATED_LIST.fullmatch(text, start, end)
        and _DATED.match(text, other.end)
    )


_LISTED = re.compile(
    r",?\s+and\s+(?:then\s+|later\s+)?|,?\s+as\s+well\s+as\s+|,\s+as\s+did\s+|,\s+|\s+\([^)]{1,20}\)(?:,|\s+and)\s+"
)
_DATED_LIST = re.compile(
    r"\s+(?:(?:early |late )?on |by |yesterday|overnight)[\w ]{0,22}(?:,|,?\s+and)\s+(?:then\s+|on [\w ]{3,20}, )?"
)
LISTS_ON = re.compile(
    rf"(?:{_LISTED.pattern}|{_DATED_LIST.pattern})(?:[^\Wa-z\d_]|(?:al|el|ad|ar|as|ash|ez)[-'’])"
)
LIST_ENDS = (",", "and", "then", "later", "as", "did")
_DATED = re.compile(
    r"(?:,[^,.;]{1,40},)?\s+(?:on\s|the\s+(?:next|following|same)|a\s+day|two\s+days|three\s+days|hours|last\s|\d{1,2}\s)"
)
