"""What is said behind a number, whose people are then the subject: "60 people, three of them teachers, were hurt"."""

from helpers.extract.counts.clauses import (
    close_bracket,
    is_list,
    read_relative,
    skip_companions,
    skip_insertion,
)
from helpers.extract.counts.grammar import (
    GOVERNED,
    REACH,
    Link,
    has_form,
    is_ing,
    is_verb_behind,
    negates,
    peek,
)
from helpers.extract.counts.phrase import Group
from helpers.extract.counts.verbs import Walk, judge_verb
from helpers.extract.rules import verbs as fates
from helpers.extract.text.tokens import Word

_SILENT = frozenset("\"'“”‘’*%)]/")  # marks that end nothing
_LIGHT = frozenset(
    {"adv", "aux", "be", "have", "modal", "date"}
)  # kinds of words that do not part a number from its verb


def look_behind(
    words: list[Word], group: Group, governed: bool = False, forced: str = ""
) -> Link | None:
    """The word behind a group that says what its people did or suffered; "agent" when they are the ones who act.

    `governed`: a verb before the number acts on them; `forced`: that verb, if it makes them act ("forced 900 to flee").
    """
    walk = Walk(
        words,
        group.last,
        min(len(words), group.last + REACH),
        group.last,
        governed=governed,
        forced=forced,
    )
    while walk.at < walk.limit and not walk.over:
        word = words[walk.at]
        if "punct" in word.kinds:
            _meet_mark(walk, word)
        elif not (_meet_verb(walk, word) or _meet_state(walk, word) or _meet_clause(walk, word)):
            _note_auxiliaries(walk, word)
            if not _meet_companions(walk, word):
                _pass_word(walk, word)
    if walk.found:
        return walk.found
    return walk.spare or (
        Link("other", group.last, "other", walk.cost + 0.8) if walk.kept else None
    )


def _says_nothing(link: Link | None) -> bool:
    """Whether a link leaves open what befell the people."""
    return link is None or link.sense == "other"


def _meet_mark(walk: Walk, word: Word) -> None:
    """Brackets and insertions are passed over, other marks end the clause: "60 people (12 of them women), all farmers, fled"."""
    if word.text in "([":
        walk.at = close_bracket(walk.words, walk.at, walk.limit)
    elif word.text in _SILENT:
        walk.at += 1
    else:
        step, said = skip_insertion(walk)
        if said and _says_nothing(walk.spare):
            walk.spare = said._replace(cost=said.cost + walk.cost)
        if step is None:
            walk.finish()
        else:
            walk.at, walk.cost = step, walk.cost + 0.3


def _meet_verb(walk: Walk, word: Word) -> bool:
    """A verb says it, acts, or leads to the next: "60 people | trapped in Kell | were reported | killed"."""
    if "verb" not in word.kinds:
        return False
    if walk.forced and walk.at == walk.first and has_form(word, "base"):
        walk.infinitive = True  # "made 900 flee"
    if not is_verb_behind(walk.words, walk.at, walk.has_aux):
        return False
    if walk.forced and walk.infinitive and word.text in fates.MOTION:
        return walk.finish(Link("displaced", walk.at, "after", walk.cost))  # "forced 900 to move"
    if walk.be and not walk.forced and word.text in fates.FORCING:
        walk.forced = word.text  # "900 were forced to"
    if word.is_phrase and word.triggers[0].sense in GOVERNED:
        return _meet_governed(walk, word.triggers[0].sense)
    judged = judge_verb(walk)
    if not isinstance(judged, Link):
        return _pass_verb(walk, word, judged)
    return walk.finish(
        walk.spare if judged.sense == "other" and not _says_nothing(walk.spare) else judged
    )


def _meet_governed(walk: Walk, sense: str) -> bool:
    """ "drove 12 from their homes", "beat 12 to death" and "treated 12 for wounds" need the other verb: "12 from their homes" do not."""
    deadly = sense != "to_death" or any(w.text in fates.DEADLY for w in walk.words[: walk.first])
    if walk.governed and deadly:
        return walk.finish(walk.say(GOVERNED[sense]))
    walk.in_phrase = True
    walk.at += 1
    return True


def _pass_verb(walk: Walk, word: Word, how: str) -> bool:
    """Goes on behind a verb that does not say it by itself, as judge_verb's answer tells."""
    keep = how == "keep"
    walk.governed, walk.kept = walk.governed or keep, walk.kept or keep and walk.be
    walk.be, walk.have, walk.modal = (
        walk.be and keep,
        False,
        walk.modal and keep,
    )  # "could be forced to flee"
    if how == "stop":
        return walk.finish()
    if how == "weak" and _says_nothing(walk.spare):
        walk.spare = walk.say(word.triggers[0].sense, 1.5)
    if how == "reduced" and not walk.spare and word.triggers[0].sense != "say" and not is_ing(word):
        walk.spare = Link(
            "other", walk.at, "other", walk.cost + 0.5
        )  # "60 people trapped in Kell": that, if nothing else
    walk.in_phrase = how == "reduced"
    walk.cost += 0.5 if walk.in_phrase else 0.1
    walk.at += 1
    return True


def _meet_state(walk: Walk, word: Word) -> bool:
    """What the people are or where they go: "are refugees", "are homeless", "driven across the border"."""
    if walk.be and not walk.in_phrase and word.text in fates.IDENTITIES:
        return walk.finish(walk.say(word.sense or "displaced", 0.2))
    if walk.forced.startswith(fates.EXPELLING) and word.text in (
        "towards",
        "toward",
        "across",
        "from",
        "out",
        "into",
    ):
        return walk.finish(walk.say("displaced"))  # "drove 900 across the river"
    if walk.governed and word.text in ("abroad", "away", "out", "underground"):
        return walk.finish(walk.say("displaced"))  # "sent 900 abroad"
    if (
        word.text == "alive"
        and walk.governed
        and any(w.text in fates.DEADLY for w in walk.words[: walk.first])
    ):
        return walk.finish(walk.say("killed"))  # "burned six people alive"
    if "state" in word.kinds and (
        walk.be or walk.at == walk.first or walk.infinitive or not walk.in_phrase
    ):
        return walk.finish(
            walk.spare
            if word.sense == "other" and not _says_nothing(walk.spare)
            else walk.say(word.sense)
        )
    return False


def _meet_clause(walk: Walk, word: Word) -> bool:
    """Another clause: "because …" ends this one, "who …" is read for itself, "are a …" says what they are, not what befell them."""
    after = peek(walk.words, walk.at + 1)
    if (
        "sub" in word.kinds
        and word.text not in ("as", "so")
        and not ("prep" in word.kinds and after.kinds & {"date", "num", "quantity"})
    ):
        return walk.finish()  # but "60 people since Monday were"
    if "rel" in word.kinds and not walk.in_phrase:
        said, step = read_relative(walk.words, walk.at, walk.limit)
        if _says_nothing(walk.spare):
            walk.spare = said._replace(cost=said.cost + walk.cost + 0.8) if said else None
        walk.at, walk.cost = step, walk.cost + 0.4
        return True
    if (
        "rel" in word.kinds and word.text != "that"
    ):  # said of the place or thing: "60 people in the town which fell"
        walk.at = read_relative(walk.words, walk.at, walk.limit)[1]
        return True
    opens = walk.be and word.text in ("a", "an", "the") and not (walk.in_phrase or walk.spare)
    if opens and walk.at + 1 < walk.limit and not (after.sense or after.triggers):
        return walk.finish()  # "60 of them are the pride of Kell", but "are the dead of"
    return False


def _note_auxiliaries(walk: Walk, word: Word) -> None:
    """Keeps what this word says of the verb to come: "were", "have", "may", "to", "not"."""
    walk.pass_auxiliary(word)
    after = peek(walk.words, walk.at + 1)
    opens = word.text == "to" and after.kinds & {"verb", "be", "have"}
    walk.infinitive = bool(opens or walk.infinitive and word.kinds & {"be", "have", "adv"})
    walk.denied = walk.denied or negates(walk.words, walk.at)


def _meet_companions(walk: Walk, word: Word) -> bool:
    """Those who stand beside the people share their verb: "60 people and three soldiers were killed"."""
    if "conj" not in word.kinds and word.text not in ("along", "alongside"):
        return False
    if (walk.be or walk.have or walk.modal) and is_list(walk.words, walk.at, walk.limit):
        return walk.finish()
    if walk.governed and not walk.kept and peek(walk.words, walk.at + 1).kinds & {"be", "have"}:
        return walk.finish()  # "the ferry carries 400 people and was evacuated": it was
    step = skip_companions(walk.words, walk.at, walk.limit)
    walk.at, walk.cost = (walk.at + 1, walk.cost + 0.4) if step is None else (step, walk.cost + 0.7)
    return True


def _pass_word(walk: Walk, word: Word) -> None:
    """Any other word: a noun makes the verb a little less likely theirs, an adverb does not."""
    if (
        word.text == "number" and peek(walk.words, walk.at + 1).text == "of"
    ):  # "9,000 the number of displaced"
        walk.at, walk.cost, walk.be = walk.at + 2, max(0.0, walk.cost - 0.3), True
        return
    walk.in_phrase = walk.in_phrase or "prep" in word.kinds
    if not word.kinds & _LIGHT:
        walk.cost += 0.12
    walk.at += 1
