"""Numbers without a word of their own: they continue another ("and 30 in Mira"), are part of one, or take one up."""

from helpers.extract.counts.grammar import FIRM, Link, find_strongest, is_verb_before, peek
from helpers.extract.counts.phrase import Group
from helpers.extract.counts.selection import fit_link
from helpers.extract.text.tokens import Word


def is_resumed(words: list[Word], group: Group) -> bool:
    """Whether a sentence's first number takes up those of the sentence before: "13 of them were", "Of those, 13"."""
    if group.head == "subset":
        return True
    opening, after = [w.text for w in words[: group.index]], peek(words, group.last)
    if (
        group.head == "none"
        and group.index <= 1
        and after.text in ("were", "was", "are")
        and not peek(words, group.last + 1).triggers
    ):
        return True  # "Thirteen were women"; but "thirteen were arrested" says its own
    if (
        "of" not in opening
        and opening[-1:] in (["to"], ["at"], ["is"], ["was"])
        and not _FIGURES.isdisjoint(opening[-8:])
    ):
        return group.head in ("none", "person", "household")  # "The figure has since risen to 13"
    return (
        len(opening) <= 4
        and opening[:1] == ["of"]
        and opening[1:2] in (["those"], ["these"], ["them"])
    )


_FIGURES = frozenset({"figure", "number", "total", "tally"})


def inherit_links(words: list[Word], groups: list[Group], links: list[Link | None]) -> None:
    """Numbers without a word of their own take that of the number they continue or are part of; fills in `links`."""
    for order, group in enumerate(groups):
        link = links[order]
        part = _is_part(words, group)
        if (
            link
            and link.sense != "stop"
            and not (part and link.sense == "other")
            or group.head in ("thing", "dwelling", "act")
        ):
            continue  # "among them seven who were buried by lava": what befell them all
        links[order] = None
        if link and not part:
            continue  # "during 12": a preposition keeps it from what came before
        links[order] = _take_earlier(words, groups, links, order, part)
        if (
            links[order] is None
            and order + 1 < len(groups)
            and links[order + 1]
            and _is_alternative(words, group, groups[order + 1])
        ):
            links[order] = links[order + 1]._replace(rule="continued")


def _take_earlier(
    words: list[Word], groups: list[Group], links: list[Link | None], order: int, part: bool
) -> Link | None:
    """The link of the number before, at most six back, if this one is part of it or continues it."""
    for earlier in range(order - 1, max(-1, order - 7), -1):
        source = links[earlier]
        if groups[earlier].head == "thing" or part and source is None:
            continue  # "12 died in 3 cars, 4 of them on Monday"
        if source is None or source.sense in ("agent", "thing"):
            return None
        if part or _continues(words, groups[earlier], source, groups[order]):
            return fit_link(
                words,
                groups[order],
                source._replace(rule="part" if part else "continued", cost=source.cost + 1),
            )
        return None
    return None


def _is_alternative(words: list[Word], group: Group, later: Group) -> bool:
    """ "12 or 13 people", "12 (13 by another count) were killed"."""
    between = {w.text for w in words[group.last : later.index]}
    if any("verb" in w.kinds for w in words[group.last : later.index]):
        return False  # "said to number 12,000, killed seven"
    return later.index - group.last <= 2 and not between.isdisjoint({"or", "(", "and", ",", "/"})


_PARTS = frozenset({"including", "among", "includes", "included", "include", "comprising"})


def _is_part(words: list[Word], group: Group) -> bool:
    """ "three of them", "including two children", "of whom 12 …"."""
    before = [w.text for w in words[max(0, group.index - 4) : group.index]]
    if group.head == "subset" or not _PARTS.isdisjoint(before) or before[-1:] == ["whom"]:
        return True
    return before[-2:] in (["of", "them"], ["of", "which"]) or before[-3:-1] == [
        "of",
        "whom",
    ]  # "of whom about 12"


def _continues(words: list[Word], source: Group, link: Link, group: Group) -> bool:
    """Whether nothing but a conjunction and phrases of place lie between two numbers: "12 died in Kell and 30 in Mira"."""
    before = peek(words, group.index - 1)
    if group.head == "unknown" and not before.kinds & {"conj", "punct"}:
        return False
    lead = _find_lead(words, group)
    if _is_compared(words, source, group, lead):
        return True
    texts = {w.text for w in lead}
    if (
        ";" in texts
        and group.head not in ("none", "subset")
        and before.text not in ("another", "and")
    ):
        return False  # "12 died; 30 houses"
    if group.head == "household" and link.sense in FIRM:
        return False  # families are not killed, but displaced
    if texts.isdisjoint(_JOINTS) and not any("conj" in w.kinds for w in lead):
        return False
    if (
        "prep" in before.kinds
        and not before.kinds & {"conj", "det"}
        and before.text not in ("with", "of", "from")
    ):
        return False  # "12 died, in 3 raids"
    return not _says_other(words, source.last, group.index, link)


_JOINTS = frozenset({",", ";", "(", "/", "–", "—", ":", "-"})


def _find_lead(words: list[Word], group: Group) -> list[Word]:
    """The words that lead to a number: the last three, or back over a name to what parts it: "Kell 4,105; Lanao del Norte 900"."""
    opened = group.index - 1
    while (
        opened > 0
        and group.index - opened < 6
        and (words[opened].is_name or not words[opened].kinds)
    ):
        opened -= 1
    if (
        group.head == "none"
        and opened < group.index - 1
        and words[opened].text in (",", ";", "and")
    ):
        return words[opened : group.index]
    return words[max(0, group.index - 3) : group.index]


def _is_compared(words: list[Word], source: Group, group: Group, lead: list[Word]) -> bool:
    """Whether a number says the same of another time or in another unit: "up from 900", "103,352 IDPs in 21,880 households"."""
    before = words[group.index - 1].text
    if (
        any(w.text in ("against", "compared", "versus") for w in lead)
        or before == "from"
        and any(w.text in ("up", "down") for w in lead)
    ):
        return True
    if (
        group.head == "household"
        and before in ("in", "from", "comprising", "representing", "or")
        and group.index - source.last <= 2
    ):
        return True
    rises = (
        before == "to" and peek(words, source.index - 1).text == "from"
    )  # "rose from 268,000 in April to 301,450"
    return rises and group.head in ("none", "person", "household")


def _says_other(words: list[Word], start: int, end: int, link: Link) -> bool:
    """Whether a verb between two numbers says something else of the second: "12 died and rebels attacked 30"."""
    for at in range(start, end):
        word = words[at]
        if (
            at == link.at
            or word.kinds & {"person", "thing"}
            or any(t.form == "ing" for t in word.triggers)
            or not is_verb_before(words, at)
        ):
            continue
        sense = find_strongest(word).sense
        if (
            sense not in ("measure", link.sense)
            or sense != "measure"
            and at > link.at
            and "guessed" in word.kinds
        ):
            return True
    return False
