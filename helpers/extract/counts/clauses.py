"""What lies between a number and its verb: insertions, relative clauses, and those who stand beside its people."""

from helpers.extract.counts.grammar import (
    AUXILIARIES,
    COMMA_OR_DASH,
    FIRM,
    Link,
    is_fate,
    is_ing,
    is_verb_behind,
    negates,
)
from helpers.extract.counts.phrase import read_group
from helpers.extract.counts.verbs import Walk, judge_verb
from helpers.extract.text.tokens import Word

_INSERTS = frozenset(
    """
mostly mainly most some many all both nearly almost largely primarily aged according particularly especially half as in from at on by said say says of for
with along together armed reportedly apparently however meanwhile too also among including the a an their
""".split()
)  # words that open an insertion: "60 people, mostly women, fled"
_OPENERS = frozenset(
    {"num", "rel", "subset", "date", "adv", "prep", "person"}
)  # kinds that do: "60 people, including 12 women, fled"
_PREDICATES = AUXILIARIES | {"verb", "state", "adv"}
_SURROUNDINGS = frozenset({"prep", "sub", "date"})


def skip_insertion(walk: Walk) -> tuple[int | None, Link | None]:
    """Where to go on behind a comma or dash, and what a relative clause in between says of the people. None: the
    clause ends here."""
    words, at, limit = walk.words, walk.at, walk.limit
    mark = words[at].text
    if mark not in COMMA_OR_DASH and mark != "-" or at + 1 >= limit:
        return None, None
    if _resumes(words, at + 1, limit):
        return at + 1, None
    first, said = words[at + 1], None
    if "rel" in first.kinds and first.text != "that":
        said = read_relative(words, at + 1, limit)[0]
    by = (
        "verb" in first.kinds and at + 2 < limit and words[at + 2].text in ("by", "in", "at")
    )  # "staff, run by a charity, were"
    if by or first.text in _INSERTS or first.kinds & _OPENERS or not first.kinds:
        close = _find_close(words, at + 1, limit, mark, bool(walk.forced))
        if close is not None:
            return (close if close >= 0 else None), said
    if "num" in first.kinds:
        group = read_group(words, at + 1)
        if group.head not in ("subset", "act", "thing"):
            return group.last, said  # a list: "8 rebels, 3 soldiers and a guard were killed"
    return None, said


def _resumes(words: list[Word], at: int, limit: int) -> bool:
    """Whether the clause goes on right behind a comma: "60 people, had fled", "60 people, killed in Kell"."""
    first, second = words[at], words[at + 1] if at + 1 < limit else None
    if (
        first.kinds & AUXILIARIES
        or second
        and "date" in first.kinds
        and second.kinds & {"be", "have", "verb"}
    ):
        return True
    if any(t.frame == "subject" and t.sense in FIRM for t in first.triggers):
        return True  # "60 people, died"
    says = any(
        t.form == "participle" and t.sense not in ("other", "force", "measure")
        for t in first.triggers
    )
    return says and second is not None and bool(second.kinds & _SURROUNDINGS)


def _find_close(words: list[Word], first: int, limit: int, mark: str, forced: bool) -> int | None:
    """Where the clause goes on behind the insertion that begins at `first`; -1 if it does not, None if nothing closes it."""
    opening = words[first].kinds
    for close in range(first + 1, min(limit, first + 27)):
        text = words[close].text
        if text in ";:.":
            return None
        if text not in COMMA_OR_DASH and text != mark:
            continue
        if close + 1 >= limit:
            return -1
        after = words[close + 1]
        if after.kinds & _PREDICATES:  # ", were killed", but not ", killing 12"
            return -1 if "verb" in after.kinds and is_ing(after) else close + 1
        if "num" in opening and "conj" in after.kinds or forced and "prep" in after.kinds:
            return (
                close + 1
            )  # "8 rebels, 3 soldiers, and a guard"; "forced 900, mostly farmers, from"
        if "rel" in after.kinds or "det" in opening and "conj" in after.kinds:
            return close  # "60 people, the mayor among them, who"
    return None


def read_relative(words: list[Word], at: int, limit: int) -> tuple[Link | None, int]:
    """What "who …" or "that …" says of the people before it, and where the main clause goes on: behind a comma, or at
    the second finite verb ("60 people who fled Kell | returned")."""
    walk, link = Walk(words, at + 1, limit, cost=0.2), None
    opening = words[at + 1] if at + 1 < limit else None
    if (
        opening
        and words[at].text != "whose"
        and (
            opening.kinds & {"det", "person", "num"}
            or opening.text in ("he", "she", "they", "it", "we", "i")
        )
    ):
        link = Link(
            "agent", at, "agent", 0
        )  # "the 132 that this line has suffered": said of another
    while walk.at < limit:
        word = words[walk.at]
        if word.text in ",;:–—":
            break
        walk.pass_auxiliary(word)
        walk.denied = walk.denied or negates(words, walk.at)
        if is_verb_behind(words, walk.at, walk.has_aux):
            if link is None:
                judged = judge_verb(walk)
                if judged != "keep":
                    link = (
                        judged if isinstance(judged, Link) else Link("other", walk.at, "other", 1)
                    )
            elif not any(t.form == "ing" for t in word.triggers) and words[
                walk.at - 1
            ].text not in ("to", "and"):
                break
        elif link is not None and word.kinds & AUXILIARIES:
            break
        walk.at += 1
    return (link if link and link.sense != "agent" else None), walk.at


_BESIDE = frozenset({"person", "household", "noun", "body", "thing"})


def skip_companions(words: list[Word], at: int, limit: int) -> int | None:
    """Where those end who stand beside the people of a number ("and three soldiers"); None when "and" joins something else."""
    step = at + 1
    if (
        step < limit
        and is_fate(words[step])
        and not (step + 1 < limit and words[step + 1].kinds & {"person", "household"})
    ):
        return None  # "12 shot and killed", but "12 dead and injured people"
    while (
        step < limit
        and (
            words[step].kinds & {"det", "adv"}
            or words[step].text in ("as", "with", "well", "others")
        )
        and "verb" not in words[step].kinds
    ):
        step += 1
    if step >= limit:
        return None
    if "num" in words[step].kinds:
        return read_group(words, step).last
    moved = False
    while (
        step < limit
        and (words[step].kinds & _BESIDE or not words[step].kinds)
        and not (moved and "verb" in words[step].kinds)
    ):
        step, moved = step + 1, True
    return step if moved or step > at + 1 else None


def close_bracket(words: list[Word], at: int, limit: int) -> int:
    """Where a bracket ends, thirty words on at most; one that nothing closes hides the rest."""
    return next(
        (step + 1 for step in range(at + 1, min(limit, at + 30)) if words[step].text in ")]"), limit
    )


def is_list(words: list[Word], at: int, limit: int) -> bool:
    """Whether the conjunction here opens another clause with a number or noun of its own: "were killed and 12 were hurt"."""
    return at + 1 < limit and (
        bool(words[at + 1].kinds & {"num", "det"})
        or at + 2 < limit
        and "num" in words[at + 2].kinds
    )
