"""The pieces of a sentence that have dating words of their own, and which of them date a figure:
"21 dead on 26 January, 34 dead on 28 January and 12 dead on 30 January".
"""

import re
from typing import NamedTuple

from helpers.extract.counts.find import Count
from helpers.extract.dates.expressions import Dating
from helpers.extract.text.sentences import Sentence

JOINT = re.compile(
    r";|,\s+(?:and|but|while|whereas|with)\b|,\s|\s(?:and|while|whereas|but)\s|\s[-–—]\s"
)
_CLAUSE = re.compile(r";|,\s+(?:and|but|while|whereas)\b|\s(?:while|whereas)\s")
_ASIDE = re.compile(r"\s*(?:which|who|whose|that|where|when|after|before|following)\b")
_BEFORE = re.compile(r"\s*before\b")
_RESULT = re.compile(r"\s*(?:killing|leaving|wounding|injuring|displacing|forcing)\b")
_COMPARED = re.compile(
    r"\s*(?:a far cry|compared|against|up from|down from|as against"
    r"|(?:fewer than|(?:more|less|higher|lower) than (?:the|in|during))"
    r"|(?:which (?:is|was|are|were) )?(?:(?:more|less) than |about |nearly |almost |over )?"
    r"(?:twice|double|triple|half|(?:two|three|four|five|ten) times)"
    r" (?:as many|(?:the|its|their) (?:[\w-]+ )?(?:number|figure|toll|total|count|rate|level)))\b"
)
_HANGS = re.compile(r"\b(?:after|before|which|who|whose|because)\b")
_APPOSED = re.compile(r"(?:,|:| [-–—]| \()? ?(?:from )?")


class Piece(NamedTuple):
    """A part of a sentence: start and end; its figures and dating words; whether a new clause
    begins with it; whether it is only an aside ("which followed a raid on Thursday"), tells of
    other days for comparison ("a far cry from …"), or stands behind a semicolon; `main`: its dating
    words but those of a clause that hangs on it ("on Tuesday … after it was lost last week")."""

    start: int
    end: int
    figures: list[Count]
    dates: list[Dating]
    is_clause: bool
    is_aside: bool
    compares: bool
    is_apart: bool
    main: list[Dating]


def cut_pieces(
    lowered: str, sentence: Sentence, counted: list[Count], told: list[Dating]
) -> list[Piece]:
    """A sentence in pieces: cut where a further figure is told of, an aside begins, or a clause
    with a date or behind a semicolon; never within a number or dating words. `counted`: its
    figures; `told`: its dating words."""
    kept = [(dating.start, dating.end) for dating in told]
    kept += [(count.number.start, count.number.end) for count in counted]
    joints = [
        joint
        for joint in JOINT.finditer(lowered, sentence.start, sentence.end)
        if not any(start < joint.end() and joint.start() < end for start, end in kept)
    ]
    starts = [sentence.start]
    joined: list[re.Match[str] | None] = [None]
    for order, joint in enumerate(joints):
        is_clause = bool(_CLAUSE.match(joint[0]))
        further = [j for j in joints[order + 1 :] if not is_clause or _CLAUSE.match(j[0])]
        end = further[0].start() if further else sentence.end
        opens = (
            any(joint.end() <= count.number.start < end for count in counted)
            or (is_clause and any(joint.end() <= dating.start < end for dating in told))
            or joint[0] == ";"
            or _ASIDE.match(lowered, joint.end())
            or _COMPARED.match(lowered, joint.end())
        )
        if _RESULT.match(lowered, joint.end()) and _BEFORE.match(lowered, starts[-1]):
            continue  # "…, before they took it back on 22 October, | leaving eight dead"
        if opens and any(starts[-1] <= start < joint.start() for start, _ in kept):
            starts.append(joint.end())
            joined.append(joint)
    ends = [joint.start() for joint in joined[1:] if joint] + [sentence.end]
    return [
        Piece(
            start,
            end,
            [count for count in counted if start <= count.number.start < end],
            [dating for dating in told if start <= dating.start < end],
            joint is None or bool(_CLAUSE.match(joint[0])),
            bool(joint and _ASIDE.match(lowered, start)),
            bool(_COMPARED.match(lowered, start)),
            bool(joint and joint[0] == ";"),
            _leave_hanging([dating for dating in told if start <= dating.start < end], lowered),
        )
        for start, end, joint in zip(starts, ends, joined)
    ]


def choose_dating(pieces: list[Piece], count: Count) -> Dating | None:
    """The dating words of a figure: of its own piece, else of the pieces before and behind it in
    its clause, else of the clauses before, and of those behind that tell of figures too."""
    at = count.number.start
    own = next((n for n, piece in enumerate(pieces) if at < piece.end), len(pieces) - 1)
    if pieces[own].dates:
        return _match_figure(count, pieces[own])
    first, last = own, own
    while first and not pieces[first].is_clause:
        first -= 1
    while last + 1 < len(pieces) and not pieces[last + 1].is_clause:
        last += 1
    before = [piece for piece in reversed(pieces[first:own]) if not piece.is_aside]
    behind = [piece for piece in pieces[own + 1 : last + 1] if not piece.compares]
    earlier = [piece for piece in reversed(pieces[:first]) if not piece.is_aside]
    stop = next((n for n in range(last + 1, len(pieces)) if pieces[n].is_apart), len(pieces))
    if any(piece.compares for piece in pieces[own + 1 : last + 1]):
        stop = last + 1  # "nine killings, against 21 in March, and the 58 who fled in February"
    later = [piece for piece in pieces[last + 1 : stop] if piece.figures and not piece.compares]
    for beside, nearest in ((before, -1), (behind, 0), (earlier, -1), (later, 0)):
        for piece in beside:
            if piece.dates:
                return (piece.main if nearest else piece.dates)[nearest]
    return None


def _leave_hanging(dates: list[Dating], lowered: str) -> list[Dating]:
    """Dating words without those behind the first that stand in a clause that hangs on its own."""
    if len(dates) < 2:
        return dates
    begin = dates[0].end
    return [d for d in dates if d is dates[0] or not _HANGS.search(lowered, begin, d.start)]


def _match_figure(count: Count, piece: Piece) -> Dating:
    """The dating words of a figure among those of its piece: one by one where there are as many of
    both, else the nearest."""
    if len(piece.figures) == len(piece.dates) > 1 and count in piece.figures:
        return piece.dates[piece.figures.index(count)]
    return min(
        piece.dates,
        key=lambda dating: min(abs(dating.start - count.end), abs(count.start - dating.end)),
    )


def drop_repeated(dates: list[Dating], lowered: str) -> list[Dating]:
    """Dating words without those that the next ones say in days: "the past seven days,
    6–12 March"."""
    kept: list[Dating] = []
    for dating in dates[::-1]:
        if not (kept and _is_said_by(dating, kept[-1], lowered)):
            kept.append(dating)
    return kept[::-1]


def _is_said_by(dating: Dating, following: Dating, lowered: str) -> bool:
    """Whether the dating words behind relative ones say the same days by name."""
    here, there = dating.span, following.span
    if not here or not there or here[0] == here[1] or dating.basis != "relative":
        return False
    if following.basis != "explicit" or here[0] > there[1] or there[0] > here[1]:
        return False
    return bool(_APPOSED.fullmatch(lowered, dating.end, following.start))
