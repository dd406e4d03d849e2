"""Rules: what happened to the people a number counts.

Each number looks for the word that says it: within its own group ("12 deaths"), behind it ("60 people, three of
whom were teachers, were hurt"), before it ("killing 12"), in a total ("brings to 9,000 the number of"), and last
to the number it continues ("and 30 in Mira"). The nearest word that grammar allows wins.
"""

from helpers.extract.counts.ellipsis import inherit_links, is_resumed
from helpers.extract.counts.grammar import FIRM, SURE, WEAK, Link, find_strongest, peek
from helpers.extract.counts.object import look_before
from helpers.extract.counts.phrase import Group, read_group
from helpers.extract.counts.selection import (
    counts_things,
    fit_link,
    is_beside_things,
    is_treated_wound,
    look_inside,
)
from helpers.extract.counts.subject import look_behind
from helpers.extract.counts.total import find_total_sense, look_label, look_total
from helpers.extract.rules import verbs as fates
from helpers.extract.text.tokens import Word

__all__ = ["Link", "link_numbers"]
_UNSAID = ("other", "stop")  # senses that say nothing of the people


def link_numbers(words: list[Word], previous: str = "") -> list[tuple[Group, Link | None]]:
    """Every number of a sentence that counts something, with its link, in reading order. A group without a
    link counts nobody who was killed, injured, displaced, detained or released.

    `previous`: the sense of the last figure of the sentence before, for those who are "13 of them".
    """
    groups = _read_groups(words)
    if not groups:
        return []
    links = [_link_group(words, group) for group in groups]
    _share_opening(words, groups, links)
    _drop_parts_of_troops(words, groups, links)
    if (
        previous
        and (links[0] is None or links[0].sense in ("other", "thing", "stop"))
        and is_resumed(words, groups[0])
    ):
        links[0] = Link(previous, groups[0].index, "part", 1.5)
    inherit_links(words, groups, links)
    for order, (group, link) in enumerate(zip(groups, links)):
        article = (
            words[group.index].text != "<number>"
        )  # "a judge": one person, if a verb right beside says so
        if link and (
            article
            and (
                link.sense not in FIRM
                or link.cost > 0.35
                or link.rule not in ("after", "object", "of")
            )
            or words[group.index].number.reading.high == 0
            or is_beside_things(words, groups[:order], group, link)
        ):
            links[order] = None
    return list(zip(groups, links))


def _read_groups(words: list[Word]) -> list[Group]:
    """The groups of a sentence; a number within another's group has none of its own: "two of the six officers"."""
    groups: list[Group] = []
    for index, word in enumerate(words):
        within = groups and index < groups[-1].last and not _is_apart(words, groups[-1], word)
        if "num" in word.kinds and not within:
            groups.append(read_group(words, index))
    return groups


def _is_apart(words: list[Word], outer: Group, word: Word) -> bool:
    """Whether the whole is a figure too: "6,000 of the 36,000 people who have fled", "one of 41,000 driven out"."""
    whole = word.number.reading.best if word.number else None
    return bool(whole and whole >= 100) and (
        "rel" in peek(words, outer.last).kinds or words[outer.index].number.reading.best == 1
    )


def _share_opening(words: list[Word], groups: list[Group], links: list[Link | None]) -> None:
    """ "Among the dead are the mayor, two teachers and a nurse": all people of the list are of the dead."""
    if (
        len(words) < 3
        or not words[0].is_phrase
        or words[0].text not in ("among", "amongst")
        or "be" not in words[1].kinds
    ):
        return
    for order, group in enumerate(groups):
        if group.head == "person" and (links[order] is None or links[order].sense in _UNSAID):
            links[order] = Link(words[0].triggers[0].sense, 0, "part", 1)


def _drop_parts_of_troops(words: list[Word], groups: list[Group], links: list[Link | None]) -> None:
    """Of 20,000 soldiers, the "11,000 of them" who arrived are not displaced either."""
    for order in range(1, len(groups)):
        link, whole = links[order], groups[order - 1]
        if (
            link
            and link.sense in WEAK
            and groups[order].head == "subset"
            and whole.head == "person"
            and fit_link(words, whole, link) is None
        ):
            links[order] = None


def _link_group(words: list[Word], group: Group) -> Link | None:
    """The link of a number that looks for itself alone: the best of what its own group and both sides of it say."""
    if counts_things(words, group):
        return Link("thing", group.index, "thing", 0)
    is_clause = group.head == "subset" and words[group.last - 1].text in (
        "whom",
        "which",
    )  # "killed 12, two of whom": that verb is the whole's
    left = None if is_clause else look_before(words, group)
    if left and left.sense == "by":
        return Link("agent", group.index, "agent", 0)
    if _is_fronted(words, group):  # "of its 3,000 people, 1,800 left": the whole, not the figure
        words = words[
            : next(
                (at for at in range(group.last, len(words)) if words[at].text == ","), len(words)
            )
        ]
    verb, governed = (
        words[left.at].text if left else "",
        left is not None and left.sense in ("force", "other"),
    )
    right = look_behind(words, group, governed, verb if verb in fates.FORCING else "")
    if (
        right
        and left
        and left.sense == "force"
        and any("modal" in w.kinds for w in words[max(0, left.at - 3) : left.at])
    ):
        right = right._replace(expected=True)  # "would see 900 families moved"
    inside = look_inside(words, group)
    if left and is_treated_wound(words, group, left):
        left = left._replace(sense="injured", rule="object")
    # who acts suffers nothing ("12 men killed a judge"), unless a verb right before or their own noun says so: "killing 12 men who attacked"
    acted_on = left and left.cost < 0.5 and left.sense not in ("force", *_UNSAID)
    if right and right.sense == "agent" and not acted_on and not inside:
        return right
    found = [
        link
        for link in (inside, look_total(words, group), look_label(words, group), left, right)
        if link and link.sense not in ("force", "stop")
    ]
    if group.head in ("none", "subset") and (said := _read_opening(words, group)):
        found = [link for link in found if link.sense != "other"] or [said]
    return _choose(words, group, found, inside) or (left if left and left.sense == "stop" else None)


def _choose(words: list[Word], group: Group, found: list[Link], inside: Link | None) -> Link | None:
    """The nearest of the links that these people can be subject of; another act wins only where it is much nearer."""
    fitting = [fitted for link in found if (fitted := fit_link(words, group, link))]
    if not fitting:
        is_victims = (
            group.head == "person"
            and words[group.nouns[-1]].text == "victims"
            and words[group.index + 1].text == "of"
        )
        return (
            Link("killed", group.nouns[-1], "part", 1) if is_victims else None
        )  # "two of the victims"
    moved = any(
        link.sense in WEAK | {"displaced"} for link in fitting
    )  # "assisting 2,700 people in 12 shelters"
    best = min(
        fitting,
        key=lambda link: (
            link.cost
            + (0 if link.sense != "other" else 2.0 if moved and link.rule == "object" else 1.2)
        ),
    )
    if (
        best.sense == "other"
        and inside
        and inside.sense != "detained"
        and words[inside.at].text in fates.IDENTITIES
    ):
        return inside  # "40 refugees were vaccinated" are refugees none the less
    return best


def _is_fronted(words: list[Word], group: Group) -> bool:
    """Whether a number stands in an opening "of the 3,000 …", which only says whom a later figure is part of."""
    at = group.index - 1
    while at > 0 and "det" in words[at].kinds:
        at -= 1
    return (
        at >= 0
        and words[at].text == "of"
        and (at == 0 or words[at - 1].text in (";", ".", "“", '"'))
    )


def _read_opening(words: list[Word], group: Group) -> Link | None:
    """ "Of the dead, 57 were women": what the opening phrase says of those it counts from."""
    opens = words[0].text == "of" and group.index > 2 and words[1].text in ("the", "those", "these")
    if not opens or words[group.index - 1].text not in (",", "only", "just", "some", "about"):
        return None
    for at in range(2, min(6, group.index)):
        sense = (
            find_total_sense(words, at) or words[at].triggers and find_strongest(words[at]).sense
        )
        if sense in SURE | {"returned"}:
            return Link(sense, at, "part", 0.8)
    return None
