"""What lies between a number and its verb: insertions, relative clauses, and those who stand beside
its people."""

from helpers.extract.counts.grammar import (
    AUXILIARIES,
    BLANK,
    COMMA_OR_DASH,
    FIRM,
    Link,
    find_strongest,
    has_form,
    is_ing,
    is_sure_participle,
    is_verb_behind,
    negates,
)
from helpers.extract.counts.phrase import read_phrase
from helpers.extract.counts.verbs import Walk, judge_verb
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token

# Kinds that open an insertion: "60 people, including 12 women, fled".
_OPENERS = frozenset({"num", "rel", "subset", "date", "adv", "prep", "person"})
_PRONOUNS = ("he", "she", "they", "it", "we", "i")
_LONGEST_INSERTION, _LONGEST_BRACKET = 26, 30  # tokens
_PREDICATES = AUXILIARIES | {"verb", "state", "adv"}
_SURROUNDINGS = frozenset({"prep", "sub", "date"})


def skip_insertion(walk: Walk) -> tuple[int | None, Link | None]:
    """Where to go on behind a comma or dash, and what a relative clause in between says of the
    people. None: the clause ends here."""
    tokens, at, limit = walk.tokens, walk.at, walk.limit
    mark = tokens[at].text
    if mark not in COMMA_OR_DASH and mark != "-" or at + 1 >= limit:
        return None, None
    if _resumes(tokens, at + 1, limit):
        return at + 1, None
    first, said = tokens[at + 1], None
    if "rel" in first.kinds and first.text != "that":
        said = read_relative(tokens, at + 1, limit)[0]
    # "staff, run by a charity, were"
    is_acted_on = (
        "verb" in first.kinds and at + 2 < limit and tokens[at + 2].text in ("by", "in", "at")
    )
    opens = first.text in LISTS["insertions"] or first.kinds & _OPENERS or not first.kinds
    if is_acted_on or opens:
        close = _find_close(tokens, at + 1, limit, mark, bool(walk.forced))
        if close is not None:
            return (close if close >= 0 else None), said
    if "num" in first.kinds:
        phrase = read_phrase(tokens, at + 1)
        if phrase.head not in ("subset", "act", "thing"):
            return phrase.last, said  # a list: "8 rebels, 3 soldiers and a guard were killed"
    return None, said


def _resumes(tokens: list[Token], at: int, limit: int) -> bool:
    """Whether the clause goes on right behind a comma: "60 people, had fled", "60 people, killed in
    Kell"."""
    first, second = tokens[at], tokens[at + 1] if at + 1 < limit else BLANK
    if first.kinds & AUXILIARIES:
        return True
    if "date" in first.kinds and second.kinds & {"be", "have", "verb"}:
        return True
    if any(t.said_of == "subject" and t.sense in FIRM for t in first.triggers):
        return True  # "60 people, died"
    participles = [t.sense for t in first.triggers if t.form == "participle"]
    says = any(sense not in ("other", "force", "measure") for sense in participles)
    return says and bool(second.kinds & _SURROUNDINGS)


def _find_close(tokens: list[Token], first: int, limit: int, mark: str, forced: bool) -> int | None:
    """Where the clause goes on behind the insertion that begins at `first`; -1 if it does not, None
    if nothing closes it."""
    opening = tokens[first].kinds
    for close in range(first + 1, min(limit, first + 1 + _LONGEST_INSERTION)):
        text = tokens[close].text
        if text in ";:.":
            return None
        if text not in COMMA_OR_DASH and text != mark:
            continue
        if close + 1 >= limit:
            return -1
        after = tokens[close + 1]
        if after.kinds & _PREDICATES:  # ", were killed", but not ", killing 12"
            return -1 if "verb" in after.kinds and is_ing(after) else close + 1
        if "num" in opening and "conj" in after.kinds:
            return close + 1  # "8 rebels, 3 soldiers, and a guard"
        if forced and "prep" in after.kinds:
            return close + 1  # "forced 900, mostly farmers, from"
        if "rel" in after.kinds or "det" in opening and "conj" in after.kinds:
            return close  # "60 people, the mayor among them, who"
    return None


def read_relative(tokens: list[Token], at: int, limit: int) -> tuple[Link | None, int]:
    """What "who …" or "that …" says of the people before it, and where the main clause goes on:
    behind a comma, or at the second finite verb ("60 people who fled Kell | returned")."""
    walk = Walk(tokens, at + 1, limit, cost=0.2)
    link: Link | None = None
    opening = tokens[at + 1] if at + 1 < limit else BLANK
    is_other = opening.kinds & {"det", "person", "num"} or opening.text in _PRONOUNS
    if is_other and tokens[at].text != "whose":
        link = Link("agent", at, "agent", 0)  # "the 132 that this line has suffered": of another
        if tokens[at].text == "whom":
            return _read_whom(tokens, at, limit)
    while walk.at < limit:
        token = tokens[walk.at]
        if token.text in ",;:–—":
            break
        walk.pass_auxiliary(token)
        walk.denied = walk.denied or negates(tokens, walk.at)
        if is_verb_behind(tokens, walk.at, walk.has_aux):
            if link is None:
                judged = judge_verb(walk)
                if isinstance(judged, Link):
                    link = judged
                elif judged != "keep":
                    link = Link("other", walk.at, "other", 1)
            elif not has_form(token, "ing") and tokens[walk.at - 1].text not in ("to", "and"):
                break
        elif link is not None and token.kinds & AUXILIARIES:
            break
        walk.at += 1
    return (link if link and link.sense != "agent" else None), walk.at


def _read_whom(tokens: list[Token], at: int, limit: int) -> tuple[Link | None, int]:
    """What others did to the people: "20 men | whom gunmen had taken from a mosque"; and where the
    main clause goes on: "whom rebels had held there | were freed"."""
    link: Link | None = None
    for step in range(at + 2, limit):
        token = tokens[step]
        if token.text in ",;:–—" or link and token.kinds & AUXILIARIES:
            return (link if link and link.sense in FIRM else None), step
        if any(trigger.sense == "say" for trigger in token.triggers):
            continue  # "whom he said rebels had killed"
        if link is None and "verb" in token.kinds and has_form(token, "past", "participle"):
            link = Link(find_strongest(token).sense, step, "after", 0.4)
    return (link if link and link.sense in FIRM else None), limit


_BESIDE = frozenset({"person", "household", "noun", "body", "thing"})


def skip_companions(tokens: list[Token], at: int, limit: int) -> int | None:
    """Where those end who stand beside the people of a number ("and three soldiers"); None when
    "and" joins something else."""
    step = at + 1
    if step < limit and is_sure_participle(tokens[step]):
        if step + 1 >= limit or not tokens[step + 1].kinds & {"person", "household"}:
            return None  # "12 shot and killed", but "12 dead and injured people"
    while step < limit and _leads(tokens[step]):
        step += 1
    if step >= limit:
        return None
    if "num" in tokens[step].kinds:
        last = read_phrase(tokens, step).last
        # "21 rebels and 4 policemen | dead": the state is said of both
        is_said = last - step > 2 and tokens[last - 1].text in ("dead", "wounded", "injured")
        return last - 1 if is_said else last
    if step + 1 < limit and "guessed" in tokens[step].kinds:
        step += bool(tokens[step + 1].kinds & {"person"})  # "and | allied | militiamen"
    first = step
    while step < limit and (tokens[step].kinds & _BESIDE or not tokens[step].kinds):
        if step > first and "verb" in tokens[step].kinds:
            break
        step += 1
    return step if step > at + 1 else None


def _leads(token: Token) -> bool:
    """Whether a word may lead to those who stand beside others: "and | the | well | armed"."""
    is_light = token.kinds & {"det", "adv"} or token.text in ("as", "with", "well", "others")
    return bool(is_light) and "verb" not in token.kinds


def close_bracket(tokens: list[Token], at: int, limit: int) -> int:
    """Where a bracket ends, some words on at most; one that nothing closes hides the rest."""
    for step in range(at + 1, min(limit, at + _LONGEST_BRACKET)):
        if tokens[step].text in ")]":
            return step + 1
    return limit


def is_list(tokens: list[Token], at: int, limit: int) -> bool:
    """Whether the conjunction here opens another clause with a number or noun of its own: "were
    killed and 12 were hurt"."""
    if any(token.kinds & {"num", "det"} for token in tokens[at + 1 : limit][:1]):
        return True
    return any("num" in token.kinds for token in tokens[at + 2 : limit][:1])
