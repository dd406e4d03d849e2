"""Rules: what happened to the people a number counts.

Each number looks for the word that says it: within its own group ("12 deaths"), behind it ("60 people, three of
whom were teachers, were hurt"), before it ("killing 12"), in a total ("brings to 9,000 the number of"), and last
to the number it continues ("and 30 in Mira"). The nearest word that grammar allows wins.
"""

from typing import NamedTuple

from helpers.extract import lexicon as lex
from helpers.extract.words import Group, Word, read_group

REACH = 45  # words; how far a number looks to either side
FIRM = {"killed", "injured", "detained", "released"}
WEAK = {"moved", "sheltered", "returned"}
GOVERNED = {"uprooted": "displaced", "treated": "injured", "to_death": "killed"}  # said only of the object of another verb: drove 12 from their homes, treated 12 for wounds


class Link(NamedTuple):
    """What is said of a number: sense, the word that says it (index), the rule, and how far it was to seek."""

    sense: str
    at: int
    rule: str
    cost: float
    expected: bool = False
    denied: bool = False


def link_numbers(words: list[Word], previous: str = "") -> list[tuple[Group, Link | None]]:
    """Every number of a sentence that counts something, with its link, in reading order. A group without a
    link counts nobody who was killed, injured, displaced, detained or released.

    `previous`: the sense of the last figure of the sentence before, for those who are "13 of them".
    """
    groups, inner = [], set()
    for index, word in enumerate(words):
        if "num" in word.kinds and index not in inner:
            group = read_group(words, index)
            inner |= {at for at in range(index + 1, group.last) if "num" in words[at].kinds}
            groups.append(group)
    links: list[Link | None] = []
    links += [_link(words, group) for group in groups]
    if len(words) > 2 and words[0].is_phrase and words[0].text in ("among", "amongst") and "be" in words[1].kinds:  # "among the dead are the mayor, two teachers and"
        links = [link if link and link.sense not in ("other", "stop") or group.head != "person" else Link(words[0].triggers[0].sense, 0, "part", 1) for group, link in zip(groups, links)]
    for order, group in enumerate(groups[1:], 1):  # 11,000 of a force are not displaced when they arrive
        if group.head == "subset" and links[order] and links[order].sense in WEAK and groups[order - 1].head == "person" and _fit(words, groups[order - 1], links[order]) is None:
            links[order] = None
    if previous and groups and not any(link and link.sense not in ("other", "thing", "stop") for link in links[:1]) and _is_resumed(words, groups[0]):
        links[0] = Link(previous, groups[0].index, "part", 1.5)
    _inherit(words, groups, links)
    links = [None if link and (words[group.index].number.reading.high == 0 or _beside_things(words, groups, group, link)) else link for group, link in zip(groups, links)]
    return list(zip(groups, links))


def _is_resumed(words: list[Word], group: Group) -> bool:
    """Whether a sentence's first number takes up those of the sentence before: "13 of them were", "Of those, 13"."""
    opening = [w.text for w in words[:group.index]]
    if group.head == "subset" or group.head == "none" and group.index <= 1 and group.last < len(words) and words[group.last].text in ("were", "was", "are") and not (group.last + 1 < len(words) and words[group.last + 1].triggers):
        return True
    if any(text in ("figure", "number", "total", "tally") for text in opening[-8:]) and opening[-1:] in (["to"], ["at"], ["is"], ["was"]) and "of" not in opening:
        return group.head in ("none", "person", "household")
    return len(opening) <= 4 and opening[:1] == ["of"] and opening[1:2] in (["those"], ["these"], ["them"])


def _beside_things(words: list[Word], groups: list[Group], group: Group, link: Link) -> bool:
    """A bare number behind a count of things goes on counting things: "of 90 rifles, 62 came from"."""
    if link.sense not in WEAK | {"displaced"} or group.head != "none" or not words[link.at].is_phrase:
        return False
    earlier = [other for other in groups if other.index < group.index]
    return bool(earlier) and earlier[-1].head in ("thing", "dwelling") and not any(other.head in ("person", "household") for other in earlier)


def _link(words: list[Word], group: Group) -> Link | None:
    if group.head == "none" and group.index > 1 and words[group.index - 1].text == "of" and words[group.index - 2].text in ("girl", "boy", "man", "woman", "child", "youth", "son", "daughter"):
        return Link("thing", group.index, "thing", 0)  # "a girl of nine"
    if _is_age(words, group):
        return Link("thing", group.index, "thing", 0)
    if group.head == "thing" and not any(words[n].text in ("members",) for n in group.nouns):
        return Link("thing", group.index, "thing", 0)
    left = _look_left(words, group)
    if group.head == "subset" and words[group.last - 1].text in ("whom", "which"):
        left = None
    if _is_fronted(words, group):  # "of its 3,000 people, 1,800 left": the whole, not the figure
        words = words[:next((at for at in range(group.last, len(words)) if words[at].text == ","), len(words))]
    right = _look_right(words, group, left is not None and left.sense in ("force", "other"), words[left.at].text if left is not None and words[left.at].text in lex.FORCING else "")
    if left and left.sense == "by":
        return Link("agent", group.index, "agent", 0)
    inside = _look_inside(words, group)
    if left and left.sense == "force" and words[left.at].text.startswith("treat") and group.head in ("person", "none") and any(w.text in _MEDICAL for w in words) and not any(w.text in _DISEASES for w in words):
        left = left._replace(sense="injured", rule="object")
    found = [link for link in (inside, _look_total(words, group), _look_label(words, group), left, right) if link and link.sense not in ("force", "coord", "stop")]
    if right and right.sense == "agent" and not (left and left.cost < 0.5 and left.sense not in ("force", "coord", "other", "stop")) and not inside:
        return right
    if group.head in ("none", "subset") and (said := _read_fronted(words, group)):
        found = [link for link in found if link.sense != "other"] or [said]
    found = [_fit(words, group, link) for link in found]
    found = [link for link in found if link]
    if not found and group.head == "person" and words[group.nouns[-1]].text == "victims" and words[group.index + 1].text == "of":
        return Link("killed", group.nouns[-1], "part", 1)
    if not found:
        return left if left and left.sense == "stop" else None
    best = min(found, key=lambda link: link.cost + (1.2 if link.sense == "other" else 0))
    if best.sense == "other" and inside and words[inside.at].text in lex.IDENTITIES:
        return inside
    return best


def _fit(words: list[Word], group: Group, link: Link) -> Link | None:
    """The link if these people can be its subject: soldiers who arrive are not displaced, houses only evacuated."""
    nouns = [words[n] for n in group.nouns]
    if link.sense == "lost":  # "lost 27 men", not seats or homes
        if group.head == "none":
            return link._replace(sense="killed") if any("combatant" in w.kinds for w in words) and not words[link.at].is_phrase else None
        return link._replace(sense="killed") if group.head == "person" and nouns[-1].text not in ("supporters", "followers", "lives") or group.head == "subset" else None
    if link.sense == "killed" and any(w.text in _DISEASES for w in words[link.at:link.at + 7]) and not any(w.text in ("and", "violence") for w in words[link.at:link.at + 7]):
        return Link("thing", group.index, "thing", 0)
    if link.sense == "other" and link.rule == "other" and group.head == "subset":
        return None
    if link.sense in WEAK and (group.head == "unknown" and not nouns[-1].is_name):
        return None
    if link.sense == "displaced" and words[link.at].text in ("evacuate", "evacuating", "relocate") and any("combatant" in n.kinds for n in nouns):
        return None
    if link.sense in WEAK or link.sense == "displaced" and (words[link.at].is_phrase or words[link.at].text in ("fled", "flee", "fleeing", "flees")):
        if any("combatant" in n.kinds for n in nouns) and not any("civilian" in n.kinds for n in nouns):
            return None
        if link.sense in WEAK and nouns and nouns[-1].text in _NOT_DISPLACED:
            return None
    if group.head == "dwelling" and (link.sense not in ("displaced",) or not words[link.at].text.startswith("evacuat")):
        return Link("thing", group.index, "thing", 0)
    if group.head == "unknown" and (link.cost > 1.5 and link.rule == "after" or words[group.index].number.reading.best == 1):
        return None
    if group.head == "none" and words[group.index].number.reading.quantifier == "vague" and (link.sense in WEAK or words[group.index].number.end - words[group.index].number.start < 5):
        return None  # "many to go", "most live in town"
    return link


def _read_fronted(words: list[Word], group: Group) -> Link | None:
    """ "Of the dead, 57 were women": what the opening phrase says of those it counts from."""
    if words[0].text == "of" and group.index > 2 and words[1].text in ("the", "those", "these") and words[group.index - 1].text in (",", "only", "just", "some", "about"):
        for at in range(2, min(6, group.index)):
            sense = _total_sense(words, at) or words[at].triggers and _strongest(words[at])
            if sense in FIRM | {"displaced", "returned"}:
                return Link(sense, at, "part", 0.8)
    return None


def _is_age(words: list[Word], group: Group) -> bool:
    """ "Ali Hassan, 34, was killed", "Desmond Magee (52)": a bare number set off behind a name."""
    number = words[group.index].number
    if group.head != "none" or number is None or number.reading.quantifier not in ("exact", "less_than") or not 1 <= (number.reading.best or number.reading.high or 0) <= 110 or not 1 < group.index < len(words) - 1:
        return False
    if number.reading.quantifier == "less_than" and words[group.index - 1].text in ("them", "whom", "were", "was", "are", "is", "those", "children"):
        return True
    before, after, name = words[group.index - 1].text, words[group.index + 1].text, words[group.index - 2]
    return (before, after) in ((",", ","), ("(", ")")) and (name.is_name or (not name.kinds or "person" in name.kinds and not name.text.endswith("s")) and name.text.isalpha())


def _is_fronted(words: list[Word], group: Group) -> bool:
    at = group.index - 1
    while at > 0 and words[at].kinds & {"det"}:
        at -= 1
    return at >= 0 and words[at].text == "of" and (at == 0 or words[at - 1].text in (";", ".", "“", '"'))


_MEDICAL = frozenset("hospital hospitals clinic clinics doctor doctors medic medics nurse nurses surgeon surgeons msf ward wards hospital's infirmary".split())
_DISEASES = frozenset("disease diseases cholera covid covid-19 measles malaria ebola aids hiv influenza diarrhoea diarrhea illness illnesses cancer tuberculosis meningitis dengue".split())
_NOT_DISPLACED = frozenset("""
officials official journalists reporters delegates monitors observers troops ministers leaders passengers tourists students workers volunteers doctors
guests visitors pilgrims men man prisoners detainees supporters experts engineers nurses medics diplomats envoys delegations staff personnel members inmates
""".split())


def _look_inside(words: list[Word], group: Group) -> Link | None:
    around = [w.text for w in words[max(0, group.index - 4):group.index] + words[group.last:group.last + 4]]
    if group.nouns and "lives" in [w.text for w in words[group.nouns[-1]:group.last + 2]] and {"cost", "costs", "costing", "claimed", "claim", "claims", "claiming", "took", "taken", "taking", "lost", "takes", "ended", "lose"} & set(around):
        return Link("killed", group.nouns[-1], "noun", 0)
    owned = group.last + (group.last < len(words) and words[group.last].text in ("'", "’"))
    if owned < len(words) and (owned > group.last or words[owned - 1].text.endswith("'s")) and "noun" in words[owned].kinds and words[owned].sense in FIRM | {"displaced"}:
        return Link(words[owned].sense, owned, "noun", 0)  # "the six Jesuits' murder"
    for sense, at in group.inside:
        if sense in ("other", "toll", ""):
            continue
        word = words[at]
        soft = word.text in lex.IDENTITIES or sense in ("displaced", "detained", "returned", "released") and "noun" not in word.kinds
        if sense == "detained" and word.text in ("arrest", "arrests", "abduction", "abductions", "kidnapping", "kidnappings", "capture"):
            return Link("thing", at, "thing", 0)
        return Link(sense, at, "identity" if soft else "noun", 1.6 if soft else 0)
    return None


# --- behind the number --------------------------------------------------------------------------------------

def _look_right(words: list[Word], group: Group, governed: bool = False, forced: str = "") -> Link | None:
    """The word behind a group that says what its people did or suffered; "agent" when they are the ones who act."""
    at, cost, limit = group.last, 0.0, min(len(words), group.last + REACH)
    be = have = modal = infinitive = denied = in_phrase = kept = False
    spare: Link | None = None  # said in a relative clause or beside; counts if nothing else is said
    while at < limit:
        word = words[at]
        kinds = word.kinds
        if word.text in "([":
            at = _close(words, at, limit)
            continue
        if "punct" in kinds:
            if word.text in "\"'“”‘’*%)]/":
                at += 1
                continue
            step, inner = _skip_insertion(words, at, limit, bool(forced))
            if inner and (not spare or spare.sense == "other"):
                spare = inner._replace(cost=inner.cost + cost)
            if step is None:
                break
            at, cost = step, cost + 0.3
            continue
        infinitive = infinitive or bool(forced) and at == group.last and any(t.form == "base" for t in word.triggers)
        if "verb" in kinds and word.triggers and not _is_noun_here(words, at, be or have or modal or infinitive):
            if forced and infinitive and word.text in lex.MOTION:
                return Link("displaced", at, "after", cost)
            forced = forced or (word.text if be and word.text in lex.FORCING else "")
            link, step = _judge_verb(words, at, be, have, modal, infinitive, denied, cost, in_phrase)
            if word.triggers[0].sense in GOVERNED and word.is_phrase:
                if governed and (word.triggers[0].sense != "to_death" or any(w.text in lex.DEADLY for w in words[:group.index])):
                    return Link(GOVERNED[word.triggers[0].sense], at, "after", cost, modal, denied)
                in_phrase = True
                at += 1
                continue
            if link is None:
                governed, kept = governed or step == "keep", kept or step == "keep" and be
                be = be and step == "keep"
                have = modal = False
                if step == "weak" and (not spare or spare.sense == "other"):
                    spare = Link(word.triggers[0].sense, at, "after", cost + 1.5, modal, denied)
                if step == "stop":
                    break
                if step == "reduced" and word.triggers[0].sense != "say" and not all(t.form == "ing" for t in word.triggers) and not spare:
                    spare = Link("other", at, "other", cost + 0.5)
                cost += 0.5 if step == "reduced" else 0.1
                at += 1
                in_phrase = step == "reduced"
                continue
            if spare and link.sense == "other" and spare.sense != "other":
                return spare
            return link
        if be and word.text in lex.IDENTITIES and not in_phrase:
            return Link(word.sense or "displaced", at, "after", cost + 0.2, modal, denied)
        if forced.startswith(lex.EXPELLING) and word.text in ("towards", "toward", "across", "from", "out", "into"):
            return Link("displaced", at, "after", cost, modal, denied)
        if governed and word.text in ("abroad", "away", "out", "underground"):
            return Link("displaced", at, "after", cost, modal, denied)
        if "state" in kinds and (be or at == group.last or infinitive or not in_phrase):
            if spare and spare.sense != "other" and word.sense == "other":
                return spare
            return Link(word.sense, at, "after", cost, modal, denied)
        if "sub" in kinds and word.text not in ("as", "so") and not ("prep" in kinds and at + 1 < len(words) and words[at + 1].kinds & {"date", "num", "quantity"}):
            break
        if "rel" in kinds and in_phrase and word.text != "that":
            at = _read_relative(words, at, limit)[1]
            continue
        if "rel" in kinds and not in_phrase:
            inner, step = _read_relative(words, at, limit)
            spare = (spare if spare and spare.sense != "other" else None) or inner and inner._replace(cost=inner.cost + cost + 0.8)
            at, cost = step, cost + 0.4
            continue
        if be and "det" in kinds and word.text in ("a", "an", "the") and not in_phrase and not spare and at + 1 < limit and not words[at + 1].sense and not words[at + 1].triggers:
            break  # "is the stronghold of": what they are, not what befell them
        be, have, modal = be or "be" in kinds, have or "have" in kinds, modal or "modal" in kinds
        infinitive = word.text == "to" and at + 1 < len(words) and ("verb" in words[at + 1].kinds or words[at + 1].kinds & {"be", "have"}) or infinitive and bool(kinds & {"be", "have", "adv"})
        denied = denied or word.text in ("not", "n't", "never", "nor") and (at + 1 >= len(words) or words[at + 1].text not in ("only", "just", "less", "fewer"))
        if "conj" in kinds or word.text in ("along", "alongside"):
            if (be or have or modal) and at + 1 < limit and words[at + 1].kinds & {"num", "det"} | ({"x"} if at + 2 < limit and "num" in words[at + 2].kinds else set()):
                break
            step = _skip_coordinate(words, at, limit)
            if step is None:
                at += 1
                cost += 0.4
                continue
            at, cost = step, cost + 0.7
            continue
        if word.text == "number" and at + 1 < len(words) and words[at + 1].text == "of":
            at += 2
            cost = max(0.0, cost - 0.3)
            be = True
            continue
        if kinds & {"prep"}:
            in_phrase = True
        cost += 0.0 if kinds & {"adv", "aux", "be", "have", "modal", "date"} else 0.12
        at += 1
    return spare or (Link("other", group.last, "other", cost + 0.8) if kept else None)


def _close(words: list[Word], at: int, limit: int) -> int:
    return next((step + 1 for step in range(at + 1, min(limit, at + 30)) if words[step].text in ")]"), limit)


_INSERTS = {"mostly", "mainly", "most", "some", "many", "all", "both", "nearly", "almost", "largely", "primarily", "aged", "according", "particularly", "especially", "half", "as", "in", "from", "at", "on", "by",
            "said", "say", "says", "of", "for", "with", "along", "together", "armed", "reportedly", "apparently", "however", "meanwhile", "too", "also", "among", "including", "the", "a", "an", "their"}


def _skip_insertion(words: list[Word], at: int, limit: int, forced: bool = False) -> tuple[int | None, Link | None]:
    """Where to go on behind a comma or dash, and what a relative clause in between says. None: the clause ends here."""
    mark = words[at].text
    if mark not in (",", "–", "—", "-", "--") or at + 1 >= limit:
        return None, None
    first = words[at + 1]
    inner = None
    if first.kinds & {"be", "have", "modal"} or first.kinds & {"date"} and at + 2 < limit and words[at + 2].kinds & {"be", "have", "verb"}:
        return at + 1, None
    if "verb" in first.kinds and any(t.frame == "subject" and t.sense in FIRM for t in first.triggers):
        return at + 1, None
    if "verb" in first.kinds and any(t.form == "participle" and t.sense not in ("other", "force", "measure") for t in first.triggers) and at + 2 < limit and words[at + 2].kinds & {"prep", "sub", "date"}:
        return at + 1, None
    if "rel" in first.kinds and first.text != "that":
        inner, _ = _read_relative(words, at + 1, limit)
    if "num" in first.kinds or "rel" in first.kinds or first.text in _INSERTS or first.kinds & {"subset", "date", "adv", "prep", "unknown"} or not first.kinds or first.kinds & {"person", "civilian"}:
        for close in range(at + 2, min(limit, at + 28)):
            if words[close].text in (",", "–", "—", "--") or words[close].text == mark:
                after = words[close + 1] if close + 1 < limit else None
                if after is None:
                    return None, inner
                if after.kinds & {"be", "have", "modal", "verb", "state"} or "adv" in after.kinds:
                    ing = "verb" in after.kinds and after.triggers and all(t.form == "ing" for t in after.triggers)
                    return (None if ing else close + 1), inner
                if after.kinds & {"conj"} and "num" in first.kinds or forced and "prep" in after.kinds:
                    return close + 1, inner
                if "rel" in after.kinds or "conj" in after.kinds and first.kinds & {"det"}:
                    return close, inner
            if words[close].text in ";:.":
                break
    if "num" in first.kinds and read_group(words, at + 1).head not in ("subset", "act", "thing"):  # a list: "8 rebels, 3 soldiers and a guard were killed"
        return at + 1 + _group_length(words, at + 1), inner
    return None, inner


def _group_length(words: list[Word], at: int) -> int:
    return read_group(words, at).last - at


def _skip_coordinate(words: list[Word], at: int, limit: int) -> int | None:
    """Where a coordinated group ends ("and three soldiers"); None when "and" joins something else."""
    step = at + 1
    if step < limit and any(t.form == "participle" and t.sense in FIRM | {"displaced"} for t in words[step].triggers) and not (step + 1 < limit and words[step + 1].kinds & {"person", "household"}):
        return None
    while step < limit and (words[step].kinds & {"det", "adv"} or words[step].text in ("as", "with", "well", "others")) and "verb" not in words[step].kinds:
        step += 1
    if step >= limit:
        return None
    if "num" in words[step].kinds:
        return read_group(words, step).last
    moved = False
    while step < limit and (words[step].kinds & {"person", "household", "noun", "body", "thing"} or not words[step].kinds) and not ("verb" in words[step].kinds and moved):
        step, moved = step + 1, True
    return step if moved or step > at + 1 else None


def _is_noun_here(words: list[Word], at: int, after_aux: bool) -> bool:
    """Whether a word that may be noun or verb is the noun: behind an article, adjective or preposition, or a bare
    base form without anything that makes it a verb."""
    word = words[at]
    if at and words[at - 1].kinds & {"prep", "det"} and words[at - 1].text not in ("to", "all", "both") and all(t.form == "base" for t in word.triggers) and not word.is_phrase:
        return True
    if word.is_phrase or after_aux and "noun" not in word.kinds and "thing" not in word.kinds:
        return False
    before = words[at - 1] if at else None
    if before is not None and (before.kinds & {"det"} and before.text not in ("all", "both", "that", "some", "more", "each") or "prep" in before.kinds and before.text not in ("since", "before", "after", "by", "as") and "to" != before.text):
        return not any(t.form == "ing" for t in word.triggers) or bool(before.kinds & {"det"})
    if all(t.form == "base" for t in word.triggers):
        return not (after_aux or _can_act(before, word.text in lex.NOUN_VERBS or bool(word.kinds & {"thing", "person", "dwelling"})))
    return False


_PRONOUNS = frozenset("i we you they who that which he she it people".split())


def _can_act(before: Word | None, doubtful: bool) -> bool:
    """Whether a bare form behind this word is a verb; one that is as often a noun needs a pronoun or "to"."""
    if before is None:
        return False
    if before.kinds & {"rel", "modal"} or before.text in _PRONOUNS or before.text == "to":
        return True
    return not doubtful and not before.kinds & {"det", "prep"} and before.text not in ("'", "-")


def _takes_object(words: list[Word], at: int) -> bool:
    """Whether what follows a verb is its object: "murdered a judge", but "murdered in Kell"."""
    step = at + 1
    while step < len(words) and words[step].kinds & {"adv"} and not words[step].kinds & {"det", "sub", "prep"}:
        step += 1
    if step >= len(words):
        return False
    word = words[step]
    if word.kinds & {"prep", "punct", "conj", "sub", "be", "have", "modal", "date", "aux", "rel"} and not word.kinds & {"det", "person"} or "verb" in word.kinds and not word.kinds & {"person", "thing", "household"}:
        return False
    return True


def _judge_verb(words, at, be, have, modal, infinitive, denied, cost, in_phrase) -> tuple[Link | None, str]:
    """What a verb behind the group says of it: a link, or how to go on ("keep", "reduced", "weak", "stop")."""
    word = words[at]
    forms = {t.form for t in word.triggers}
    trigger = max(word.triggers, key=lambda t: (t.sense in FIRM | {"displaced"} | WEAK, t.sense != "other"))
    sense, frame = trigger.sense, trigger.frame
    obj = not word.is_phrase and _takes_object(words, at)
    if forms == {"ing"}:
        passive, active = False, True
        if not be and sense in ("other", "force", "measure"):
            return None, "reduced"
        if not be and frame in ("object", "both") and obj:
            return None, "reduced"
    elif be and "participle" in forms and not (have and not any(w.text == "been" for w in words[max(0, at - 3):at])):
        passive, active = True, False
    elif have or modal or infinitive or forms == {"base"}:
        passive, active = False, True
        if have and words[at - 1].text == "been" or infinitive and be and "participle" in forms:
            passive, active = True, False
    else:
        passive, active = "participle" in forms and not obj, True
    if sense == "living" and word.text == "living" and not be:
        return None, "reduced"
    expected = modal and not have or infinitive and any(w.text in _PLANS for w in words[max(0, at - 6):at])
    reduced = not (be or have or modal or infinitive)
    if word.text in ("left", "leave", "leaving", "leaves") and not word.is_phrase and not (be and passive):
        nxt = words[at + 1] if at + 1 < len(words) else None
        if nxt is None or nxt.kinds & {"date", "punct", "adv"} and nxt.text not in ("dead",) or nxt.text in ("by", "on", "for", "from", "after", "when", "since", "in", "at", "during", "as", "because", "before", "all") or (have or modal or infinitive) and (nxt.is_name or not nxt.kinds):
            return Link("moved", at, "after", cost + 0.3, expected, denied), ""
        if (have or infinitive) and "det" in nxt.kinds and at + 2 < len(words) and not words[at + 2].kinds & {"person", "household", "verb"} and words[at + 2].text not in _NOT_LEFT:
            return Link("moved", at, "after", cost + 0.3, expected, denied), ""
    if word.text == "moved" and be and (at + 1 >= len(words) or words[at + 1].kinds & {"punct", "date"} or words[at + 1].text in ("from", "to", "out")):
        return Link("moved", at, "after", cost + 0.2, expected, denied), ""
    if word.text in ("reached", "entered") and (have or reduced) and at + 1 < len(words) and (words[at + 1].is_name or not words[at + 1].kinds):
        return Link("moved", at, "after", cost + 0.4, expected, denied), ""
    if sense == "force":
        if passive and (be or reduced):
            return None, "keep"
        return (Link("agent", at, "agent", 0), "") if not in_phrase else (None, "stop")
    if sense == "say" and not be and words[at - 1].text in ("it", "he", "she", "they", "officials", "police"):
        return None, "reduced"  # "the 5 million it says have been displaced"
    if sense == "say":
        return (None, "keep") if passive and be else (Link("other", at, "other", cost), "")
    if sense == "measure":
        return (None, "keep") if passive or word.text in ("remain", "remained", "remaining") else (None, "stop")
    if sense == "other":
        if word.text in _PLANS | _SEEMS and not word.is_phrase:
            return None, "keep"
        if reduced and passive and not obj:
            nxt = words[at + 1] if at + 1 < len(words) else None
            if nxt is not None and nxt.text in ("and", "or") and at + 2 < len(words) and any(t.sense in FIRM | {"displaced"} and t.form == "participle" for t in words[at + 2].triggers):
                return None, "reduced"
            return None, "reduced"
        step = at + 1 + (at + 1 < len(words) and words[at + 1].text in ("up", "down", "out", "away"))
        if be and passive and step + 1 < len(words) and words[step].text in ("and", "or", "then") and any(t.sense in FIRM | {"displaced"} and t.form == "participle" for w in words[step + 1:step + 3] for t in w.triggers):
            return None, "keep"
        return Link("other", at, "other", cost), ""
    if sense in ("sheltered", "injured") and words[at].is_phrase and word.text in ("in", "at") and not be or word.is_phrase and word.text in ("with", "from", "out", "without") and not (be or cost < 0.6):
        return None, "weak"
    if sense == "moved" and frame == "subject" and not word.is_phrase and obj:
        return None, "stop"
    suffered = passive if frame == "object" else active or passive if frame == "both" else True
    if frame == "both" and active and obj and not passive and not infinitive:
        suffered = False
    if not suffered:
        return Link("agent", at, "agent", 0), ""
    extra = 0.5 if reduced and passive and sense not in ("killed", "injured") else 0.3 if reduced and passive else 0.0
    return Link(sense, at, "after", cost + extra, expected, denied), ""


_NOT_LEFT = frozenset("army party group organisation organization hospital job work office bus car vehicle meeting court prison scene table government force forces alliance talks room train".split())
_PLANS = frozenset("expected likely feared planned threatened due set ready able risk want wanted wanting hoping hope hoped waiting trying tried attempting preparing plan plans".split())
_SEEMS = frozenset("believed thought known said reported presumed feared confirmed found estimated assumed understood listed described registered counted recorded become became".split())


def _read_relative(words: list[Word], at: int, limit: int) -> tuple[Link | None, int]:
    """What "who …" or "that …" says, and where the main clause goes on."""
    be = have = modal = False
    step, link = at + 1, None
    if step < limit and (words[step].kinds & {"det", "person", "num"} or words[step].text in ("he", "she", "they", "it", "we", "i")) and words[at].text != "whose":
        link = Link("agent", at, "agent", 0)  # "the 132 that this line has suffered": said of another
    while step < limit:
        word = words[step]
        if "punct" in word.kinds and word.text in ",;:–—":
            break
        be, have, modal = be or "be" in word.kinds, have or "have" in word.kinds, modal or "modal" in word.kinds
        if "verb" in word.kinds and word.triggers and not _is_noun_here(words, step, be or have or modal):
            if link is not None and not any(t.form == "ing" for t in word.triggers) and words[step - 1].text not in ("to", "and"):
                return link if link.sense != "agent" else None, step  # the second finite verb is the main one
            if link is None:
                found, how = _judge_verb(words, step, be, have, modal, False, False, 0.2, False)
                if found or how != "keep":
                    link = found or Link("other", step, "other", 1)
        elif link is not None and word.kinds & {"be", "have", "modal"}:
            return link if link.sense != "agent" else None, step
        step += 1
    return (link if link and link.sense != "agent" else None), step


# --- before the number --------------------------------------------------------------------------------------

_CONTAINERS = frozenset("city town village district region province island country neighbourhood crowd force army convoy population audience contingent garrison capacity radius distance age team unit average rate height speed minimum maximum area home budget staff total-force column gathering caseload".split())
_TRANSPARENT = frozenset("total group some wave influx estimate tally family exodus flight number toll sum remainder rest lives".split())


_SITE_WORDS = frozenset("camp camps site sites centre centres center centers shelter shelters school schools settlement settlements".split())


def _look_left(words: list[Word], group: Group) -> Link | None:
    """The word before a number that acts on it, or whose noun it completes: "killing 12", "the deaths of 12"."""
    at, cost, joined, has_noun, beside = group.index - 1, 0.0, False, False, False
    while at >= 0 and group.index - at < REACH:
        word, kinds = words[at], words[at].kinds
        if kinds & {"det"} or "adv" in kinds and not kinds & {"prep"} or word.text in ("\"", "'", "“", "‘", "other", "others", "total", "combined"):
            at -= 1
            continue
        if word.text == "of" and at:
            before = words[at - 1]
            if "noun" in before.kinds and before.sense not in ("toll", "other", ""):
                return Link(before.sense, at - 1, "of", cost + 0.1)
            if "verb" in before.kinds and any(t.form == "ing" and t.sense in FIRM | {"displaced"} for t in before.triggers):
                return Link(_strongest(before), at - 1, "of", cost + 0.1)
            if before.text == "population":
                return Link("living", at - 1, "of", cost + 0.1)
            if before.text in _CONTAINERS:
                return Link("other", at - 1, "other", cost)
            if before.text in ("wounds", "injuries"):
                return Link("injured", at - 1, "of", cost + 0.1)
            if before.text == "lives":
                return Link("killed", at - 1, "of", cost + 0.1)
            if before.text == "loss" and any(n for n in group.nouns if "person" in words[n].kinds):
                return Link("killed", at - 1, "of", cost + 0.1)
            if before.text in _TRANSPARENT:
                at -= 2
                continue
            if before.text in ("movement", "movements", "arrival", "departure"):
                return Link("moved", at - 1, "of", cost + 0.1)
            if before.text in lex.KILLERS:
                return Link("killed", at - 1, "of", cost + 0.1)
            if (far := _nominal_before(words, at - 1)) is not None:
                return Link(words[far].sense or _strongest(words[far]), far, "of", cost + 0.3)
            return Link("stop", at, "stop", 9) if not joined else None
        if word.text in lex.HOSTS and at == group.index - 1 and group.head in ("person", "household", "none") or word.text in ("hold", "holds", "held") and at == group.index - 1 and any(w.text in _SITE_WORDS for w in words[max(0, at - 9):at]):
            return Link("sheltered", at, "object", cost)
        if "verb" in kinds and word.triggers and not _is_noun_left(words, at):
            if beside and word.triggers and _strongest(word) in FIRM | {"displaced"}:
                return Link(_strongest(word), at, "continued", cost)
            return _act_left(words, at, cost) if not joined or has_noun else None
        if "conj" in kinds or word.text in (",", "alongside", "along", "plus") or word.text == "with" and at and words[at - 1].text in ("along", "together"):
            if word.text == "," and (opened := _insertion_before(words, at)) is not None:
                at = opened - 1
                continue
            joined = True
            beside = beside or word.text in ("along", "with", "as well as", "alongside")
            at, cost = at - 1, cost + (0.9 if word.text == "," and not words[at + 1].kinds & {"conj"} else 0.4)
            continue
        if beside and not kinds & {"num", "punct", "rel", "sub"}:
            at, cost = at - 1, cost + 0.1
            continue
        if word.text == "by":
            if joined:
                return None
            return Link("by", at, "agent", 0) if _after_passive(words, at) else Link("stop", at, "stop", 9)
        if "subset" in kinds or word.text in ("(", "–", "—", ";"):
            return None
        if "prep" in kinds:
            verb = words[at - 1] if at else None
            if joined and verb is not None:
                return None
            return Link("stop", at, "stop", 9) if word.text not in ("with", "to", "at", "among", "from", "between", "as", "than", "against", "in") else None
        if joined and "punct" not in kinds and words[at + 1].kinds & {"conj"} | ({"x"} if words[at + 1].text == "," else set()):
            has_noun = True
        if joined and (not kinds or kinds & {"person", "civilian", "household", "thing", "noun"}):
            at, cost = at - 1, cost + 0.15
            continue
        return None
    return None


def _nominal_before(words: list[Word], at: int) -> int | None:
    """The noun that "of" belongs to when place or day stands between: "the murder at the university of six"."""
    for step in range(at, max(-1, at - 9), -1):
        word = words[step]
        if word.sense in FIRM | {"displaced"} and "noun" in word.kinds and not word.text.endswith("s") and word.text not in ("idp", "refugee", "evacuee", "body", "corpse"):
            return step
        if word.text == "killing" and step and "det" in words[step - 1].kinds:
            return step
        if "punct" in word.kinds or "verb" in word.kinds and word.triggers and not _is_noun_left(words, step) or word.kinds & {"num", "conj", "be", "have", "rel"}:
            return None
    return None


def _insertion_before(words: list[Word], at: int) -> int | None:
    """Where the insertion that ends in this comma begins: "the evacuation of, according to officials, 900"."""
    for step in range(at - 1, max(0, at - 9), -1):
        if words[step].text == ",":
            return step if words[step + 1].text in ("according", "as", "in", "on", "at", "so") or "say" in words[step + 1].text or words[at - 1].text in ("said", "says", "say") else None
    return None


def _is_noun_left(words: list[Word], at: int) -> bool:
    word = words[at]
    if word.is_phrase:
        return False
    before = words[at - 1] if at else None
    if before is not None and "det" in before.kinds and before.text not in ("that", "all", "both", "this", "these", "those", "some") and word.text not in ("killing",):
        return True
    if all(t.form == "base" for t in word.triggers):
        return not _can_act(before, word.text in lex.NOUN_VERBS or bool(word.kinds & {"thing", "person", "dwelling"}))
    return False


def _strongest(word: Word) -> str:
    return max(word.triggers, key=lambda t: (t.sense in FIRM | {"displaced"} | WEAK, t.sense != "other")).sense


def _after_passive(words: list[Word], at: int) -> bool:
    return any("verb" in w.kinds and any(t.form == "participle" for t in w.triggers) for w in words[max(0, at - 6):at])


def _act_left(words: list[Word], at: int, cost: float) -> Link | None:
    """The link that a verb before the number makes, when the number is its object."""
    word = words[at]
    forms = {t.form for t in word.triggers}
    trigger = max(word.triggers, key=lambda t: (t.sense in FIRM | {"displaced"} | WEAK, t.sense not in ("other", "force", "measure")))
    back = [w for w in words[max(0, at - 4):at]]
    be = any("be" in w.kinds for w in back[-3:]) and not any("verb" in w.kinds or "punct" in w.kinds for w in back[-1:])
    if be and "participle" in forms and "ing" not in forms:
        return Link("stop", at, "stop", 9)
    if trigger.sense in ("force", "measure"):
        return Link("force", at, "force", cost)
    if trigger.frame == "subject" or word.is_phrase and (trigger.frame == "both" and cost > 0 or trigger.sense == "sheltered"):
        return None
    if word.text in ("lost", "losing", "lose", "loses") and not word.is_phrase:
        return Link("lost", at, "object", cost)
    if trigger.sense == "say":
        return None
    expected = any("modal" in w.kinds and w.text != "will" or w.text in ("will", "threatens", "threatened", "planned", "plans", "vowed") for w in back)
    denied = any(w.text in ("not", "n't", "never", "without") for w in back)
    generic = forms == {"base"} and any(w.text in ("that", "which") for w in back[-1:])
    return Link("other" if generic else trigger.sense, at, "object", cost, expected, denied)


# --- totals -------------------------------------------------------------------------------------------------

def _look_total(words: list[Word], group: Group) -> Link | None:
    """A total or a label: "the death toll rose to 12", "brings to 9,000 the number of", "Displaced: 452"."""
    at, steps, bridge, noun = group.index - 1, 0, False, None
    if group.head == "none" and words[group.index].number.reading.best == 1:
        return None  # "one" stands for a thing said before
    while at >= 0 and steps < 22:
        word = words[at]
        if word.text in ";.?!":
            break
        sense = _total_sense(words, at)
        if bridge and word.text in ("number", "total") and at + 1 < len(words) and words[at + 1].text == "of":
            for far in range(at + 2, group.index):
                if words[far].triggers and _strongest(words[far]) in FIRM | {"displaced", "sheltered"}:
                    return Link(_strongest(words[far]), far, "total", 0.3)
        if word.text in ("missing", "affected", "arrested", "detained", "rescued", "unaccounted") and steps <= 1 and (at == 0 or words[at - 1].text in (";", ",", "|", ":", "(")):
            return Link("other", at, "total", 0.1)
        if sense == "camp":
            sense = "sheltered" if bridge and any(w.triggers and any(t.sense == "measure" for t in w.triggers) for w in words[at:group.index]) else None
        if sense and (bridge or _is_label(words, at, group.index)):
            return Link(sense, at, "total", 0.4 if bridge else 0.7)
        if "verb" in word.kinds and word.triggers and not _is_noun_left(words, at):
            if any(t.sense == "measure" for t in word.triggers):
                bridge = True
            elif bridge and any(t.sense == "force" for t in word.triggers):
                pass
            elif bridge and sense is None and any(t.form in ("participle", "past") for t in word.triggers):
                pass
            elif noun is None and "be" not in word.kinds:
                break
        elif word.text in ("is", "are", "was", "were", "stands", "now", "been") and "be" in word.kinds and steps <= 3 or word.text in ("at", "to", "as") and steps == 0:
            bridge = True
        elif "num" in word.kinds:
            break
        at -= 1
        steps += 1
    if group.index and words[group.index - 1].text == "to" and group.last + 2 < len(words):  # brings to 9,000 (people) the number of …
        for step in range(group.last, min(group.last + 3, len(words) - 2)):
            if words[step].text == "the" and words[step + 1].text in ("number", "total", "toll", "death", "figure"):
                for far in range(step + 1, min(step + 9, len(words))):
                    if sense := _total_sense(words, far) or (words[far].triggers and _strongest(words[far]) in FIRM | {"displaced"} and _strongest(words[far])):
                        return Link(sense, far, "total", 0.2)
    return None


def _look_label(words: list[Word], group: Group) -> Link | None:
    """A label before a colon: "Displaced by Typhoon Vera: 38,400", "Displacement in Oru: Kell 4,105; Mira 900"."""
    colon = group.index - 1
    while colon >= 0 and group.index - colon <= 5 and words[colon].text != ":":
        if words[colon].kinds & {"verb", "be", "have", "num", "punct"}:
            return None
        colon -= 1
    if colon < 1 or words[colon].text != ":":
        return None
    for at in range(colon - 1, max(-1, colon - 16), -1):
        word = words[at]
        if word.text in (";", "|") or word.kinds & {"be", "have", "modal", "num"}:
            return None
        if word.triggers and any(t.sense == "say" for t in word.triggers):
            return None
    for at in range(max(0, colon - 15), colon):
        word = words[at]
        sense = word.sense if "noun" in word.kinds else word.triggers and any(t.form in ("participle", "ing") for t in word.triggers) and _strongest(word)
        if sense in FIRM | {"displaced", "returned", "sheltered"} and not (at + 1 < colon and words[at + 1].kinds & {"thing"}):
            return Link(sense, at, "total", 0.8)
    return None


def _total_sense(words: list[Word], at: int) -> str | None:
    """The sense of a word that a total can be said of: a toll, deaths, the dead, the number of displaced."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else None
    if after is not None and after.kinds & {"thing", "dwelling"} and "verb" not in after.kinds:
        return None
    if word.sense == "toll":
        before = words[at - 1].text if at else ""
        if before in ("injury", "injured", "wounded"):
            return "injured"
        return None if before in ("casualty", "vote", "displacement") and before != "displacement" else "displaced" if before == "displacement" else "killed"
    if word.text in ("victims", "fatalities") and after is not None and after.text in ("were", "are", "include", "included"):
        return "killed"
    if word.text in ("camp", "camps", "caseload") and at and "prep" not in words[at - 1].kinds:
        return "camp"
    if "noun" in word.kinds and word.sense in ("killed", "injured", "displaced", "returned") and word.text not in ("body", "flight", "remains"):
        return word.sense
    if word.text in ("dead", "injured", "wounded", "displaced", "homeless", "evacuated", "killed", "uprooted") and "prep" not in word.kinds:
        before = [w.text for w in words[max(0, at - 3):at]]
        if {"the", "number", "of", "people", "persons", "total", "population", "families", "individuals", "residents", "internally", "civilians"} & set(before) or not before or before[-1] in ",;:|/(" \
                or after is not None and (after.text == ":" or after.kinds & {"person", "household"}):
            return _sense_of_state(word)
    if at and words[at - 1].text in ("those", "the") and any(t.form == "participle" and t.sense in FIRM | {"displaced"} for t in word.triggers) and (after is None or not after.kinds & {"person", "thing"}):
        return _strongest(word)
    if word.is_phrase and word.text in ("among", "amongst"):
        return word.triggers[0].sense
    if word.is_phrase and after is not None and after.text == ":" and word.triggers[0].sense in WEAK | {"displaced"}:
        return word.triggers[0].sense
    return None


def _sense_of_state(word: Word) -> str:
    return word.sense or _strongest(word)


_COUNTED = frozenset("deaths fatalities injuries toll idps refugees evacuees returnees displacements evacuations".split())


def _is_label(words: list[Word], at: int, number: int) -> bool:
    """Whether only a colon, a dash or nothing stands between a label and its number, at the start of a line or cell."""
    between = [w.text for w in words[at + 1:number] if "date" not in w.kinds]
    if not between and words[at].text in _COUNTED:
        return True
    if any(text not in (":", "-", "–", "—", "=", "(", ")", "total", "of", "people", "persons", "population", "individuals", "households", "families", "hh", "nb", "no", "number", "to", "date", "approx", "is", "are", ",", "ind", "as", "at", "by", "so", "far", "confirmed", "reported")
           for text in between):
        return False
    if any(text in (":", "-", "–", "=", "total") for text in between):
        return True
    closed = number + 1 >= len(words) or words[number + 1].text in ",;|." or "household" in words[number + 1].kinds or words[number + 1].text in ("people", "persons", "pax")
    if at and words[at - 1].text in ",;|:(/" and closed and not between:
        return True
    return at <= 3 and not any(w.kinds & {"verb"} and w.triggers and _strongest(w) not in FIRM | {"displaced"} or "num" in w.kinds for w in words[:at])


# --- a number that continues another ------------------------------------------------------------------------

def _inherit(words: list[Word], groups: list[Group], links: list[Link | None]) -> None:
    """Numbers without a word of their own take that of the number they continue or are part of."""
    for order, group in enumerate(groups):
        link = links[order]
        if link and link.sense != "stop" or group.head in ("thing", "dwelling", "act"):
            continue
        part = _is_part(words, group)
        stopped = link is not None and not part
        links[order] = None
        if stopped:
            continue
        for earlier in range(order - 1, max(-1, order - 7), -1):
            if groups[earlier].head in ("thing",) or links[earlier] is None:
                if part or groups[earlier].head in ("thing",):
                    continue
                break
            source = links[earlier]
            if source.sense in ("agent", "thing"):
                break
            if part or _continues(words, groups[earlier], source, group):
                links[order] = _fit(words, group, source._replace(rule="part" if part else "continued", cost=source.cost + 1))
            break
        if links[order] is None and order + 1 < len(groups) and _is_alternative(words, group, groups[order + 1]) and links[order + 1]:
            links[order] = links[order + 1]._replace(rule="continued")


def _is_alternative(words: list[Word], group: Group, later: Group) -> bool:
    between = [w.text for w in words[group.last:later.index]]
    return len(between) <= 2 and bool(set(between) & {"or", "(", "and", ",", "/"})


def _is_part(words: list[Word], group: Group) -> bool:
    if group.head == "subset":
        return True
    before = [w.text for w in words[max(0, group.index - 4):group.index]]
    return bool(set(before) & {"including", "among", "includes", "included", "include", "comprising"}) or before[-2:] in (["of", "whom"], ["of", "them"], ["of", "which"]) or before[-1:] == ["whom"] or before[-3:-1] == ["of", "whom"]


def _continues(words: list[Word], source: Group, link: Link, group: Group) -> bool:
    """Whether nothing but a conjunction and phrases of place lie between two numbers."""
    if group.head == "unknown" and not (group.index and words[group.index - 1].kinds & {"conj", "punct"}):
        return False
    before = words[group.index - 1] if group.index else None
    if before is None:
        return False
    lead = words[max(0, group.index - 3):group.index]
    opened = group.index - 1
    while opened > 0 and group.index - opened < 6 and (words[opened].is_name or not words[opened].kinds):
        opened -= 1
    if group.head == "none" and words[opened].text in (",", ";", "and") and opened < group.index - 1:
        lead = words[opened:group.index]  # "Kell 4,105; Lanao del Norte 900"
    if any(w.text in ("against", "compared", "versus") for w in lead) or before.text == "from" and any(w.text in ("up", "down") for w in lead):
        return True
    if group.head == "household" and before.text in ("in", "from", "comprising", "representing", "or") and group.index - source.last <= 2:
        return True  # "103,352 IDPs in 21,880 households"
    if before.text == "to" and source.index and words[source.index - 1].text == "from" and group.head in ("none", "person", "household"):
        return True  # "rose from 268,000 in April to 301,450"
    if any(w.text == ";" for w in lead) and group.head not in ("none", "subset") and words[group.index - 1].text not in ("another", "and"):
        return False
    if group.head == "household" and link.sense in FIRM:
        return False
    if not any(w.kinds & {"conj"} or w.text in (",", ";", "(", "/", "–", "—", ":", "-") for w in lead):
        return False
    if before.kinds & {"prep"} and not before.kinds & {"conj"} and before.text not in ("with", "of", "from") and "det" not in before.kinds:
        return False
    for at in range(source.last, group.index):
        word = words[at]
        if at == link.at or "verb" not in word.kinds or word.kinds & {"person", "thing"}:
            continue
        if word.triggers and not _is_noun_left(words, at) and not any(t.form == "ing" for t in word.triggers) and _strongest(word) not in ("measure",):
            if at > link.at and word.kinds >= {"guessed"}:
                return False
            if _strongest(word) != link.sense:
                return False
    return True
