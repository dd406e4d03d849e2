"""What is said behind a number, whose people are then the subject: "60 people, three of them
teachers, were hurt"."""

from dataclasses import replace

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
    SURE,
    WEAK,
    Link,
    has_form,
    is_ing,
    is_verb_behind,
    negates,
    peek,
    takes_object,
)
from helpers.extract.counts.phrase import QuantityPhrase
from helpers.extract.counts.verbs import Walk, judge_verb
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.text.tokens import Token

_EXPELLING = ("sent", "send", "driv", "drov", "forc", "push", "chas")
_THERE = ("to", "into", "across", "ashore", "over")  # boats bring people there
_CARRIED = 14  # tokens before them in which a boat is named
_LED = ("taken", "led", "dragged", "carried")  # "were taken | away | by police"
_TAKING = frozenset(
    "take takes took taken taking bus buses bused bussed busing send sends sent sending bring "
    "brings brought bringing fly flies flew flown flying escorted ferried transported".split()
)
_SILENT = frozenset("\"'“”‘’*%)]/")  # marks that end nothing
# Kinds of words that do not part a number from its verb.
_LIGHT = frozenset({"adv", "aux", "be", "have", "modal", "date"})
_TOWARDS = ("towards", "toward", "across", "from", "out", "into")


def look_behind(
    tokens: list[Token], phrase: QuantityPhrase, governed: bool = False, forced: str = ""
) -> Link | None:
    """The word behind a phrase that says what its people did or suffered; "agent" when they are the
    ones who act.

    `governed`: a verb before the number acts on them; `forced`: that verb, if it makes them act
    ("forced 900 to flee").
    """
    before, behind = peek(tokens, phrase.index - 1), peek(tokens, phrase.last)
    if behind.text == "left" and "have" in before.kinds:
        return None  # "Kell has 11,000 left": they remain
    if before.text == behind.text == "," and _is_apposed(tokens, phrase.last + 1):
        phrase = replace(phrase, last=phrase.last + 1)
    first, limit = phrase.last, min(len(tokens), phrase.last + REACH)
    walk = Walk(tokens, first, limit, first, governed=governed, forced=forced)
    while walk.at < walk.limit and not walk.over:
        token = tokens[walk.at]
        if "punct" in token.kinds:
            _meet_mark(walk, token)
        elif not any(meet(walk, token) for meet in _MEETING):
            _note_auxiliaries(walk, token)
            if not _meet_companions(walk, token):
                _pass_token(walk, token)
    if walk.found or walk.spare or not walk.kept:
        return walk.found or walk.spare
    return Link("other", phrase.last, "other", walk.cost + 0.8)


def _is_apposed(tokens: list[Token], at: int) -> bool:
    """Whether a number between commas says how many those are whose verb follows: "nearly the whole
    town, some 12,000 people, | fled", "a smaller number, 4,100, | crossed into Kell"."""
    verb = peek(tokens, at)
    told = any(t.form == "past" and t.sense in SURE | WEAK for t in verb.triggers)
    return told and (verb.is_phrase or not takes_object(tokens, at))


def _says_nothing(link: Link | None) -> bool:
    """Whether a link leaves open what befell the people."""
    return link is None or link.sense == "other"


def _meet_mark(walk: Walk, token: Token) -> None:
    """Brackets and insertions are passed over, other marks end the clause: "60 people (12 of them
    women), all farmers, fled"."""
    if token.text in "([":
        walk.at = close_bracket(walk.tokens, walk.at, walk.limit)
    elif token.text in _SILENT:
        walk.at += 1
    else:
        step, said = skip_insertion(walk)
        if said and _says_nothing(walk.spare):
            walk.spare = said._replace(cost=said.cost + walk.cost)
        if step is None:
            walk.finish()
        else:
            walk.at, walk.cost = step, walk.cost + 0.3


def _meet_verb(walk: Walk, token: Token) -> bool:
    """A verb says it, acts, or leads to the next: "60 people | trapped in Kell | were reported |
    killed"."""
    if "verb" not in token.kinds:
        return False
    if walk.forced and walk.at == walk.first and has_form(token, "base"):
        walk.infinitive = True  # "made 900 flee"
    back = walk.tokens[max(0, walk.at - 2) : walk.at]
    if token.text == "left" and len(back) == 2 and "num" in back[1].kinds:
        if "have" in back[0].kinds:
            return walk.finish()  # "60,000 people, has 11,000 | left"
    if not is_verb_behind(walk.tokens, walk.at, walk.has_aux):
        return False
    if walk.infinitive and token.text in LISTS["motion"]:
        if walk.forced:  # "forced 900 to move"
            return walk.finish(Link("displaced", walk.at, "after", walk.cost))
        if token.text in ("move", "leave") and _is_foreseen(walk):
            return walk.finish(walk.say("displaced", 0.0, True))
    if walk.be and not walk.forced and token.text in LISTS["forcing"]:
        walk.forced = token.text  # "900 were forced to"
    if token.is_phrase and token.triggers[0].sense in GOVERNED:
        return _meet_governed(walk, token.triggers[0].sense)
    judged = judge_verb(walk)
    if not isinstance(judged, Link):
        return _pass_verb(walk, token, judged)
    return walk.finish(
        walk.spare if judged.sense == "other" and not _says_nothing(walk.spare) else judged
    )


def _there_are(walk: Walk) -> bool:
    """Whether a number stands behind "there are", so that what its people do is said of all."""
    before = [token.text for token in walk.tokens[max(0, walk.first - 6) : walk.first]]
    return ["there", "are"] in [before[at : at + 2] for at in range(len(before))]


def _is_foreseen(walk: Walk) -> bool:
    """Whether people are expected to do it: "expect | 900 people to move", "900 people are expected
    to move"."""
    before = {token.text for token in walk.tokens[max(0, walk.first - 6) : walk.first - 1]}
    return bool(before & LISTS["foreseeing"]) or "expected" in walk.list_texts(3)


def _meet_governed(walk: Walk, sense: str) -> bool:
    """ "drove 12 from their homes", "beat 12 to death" and "treated 12 for wounds" need the other
    verb: "12 from their homes" do not."""
    lacks_shelter = walk.be and walk.tokens[walk.at].text == "without"  # "are without shelter"
    if lacks_shelter or walk.governed and (sense != "to_death" or _is_deadly(walk)):
        return walk.finish(walk.say(GOVERNED[sense]))
    walk.in_phrase = True
    walk.at += 1
    return True


def _pass_verb(walk: Walk, token: Token, how: str) -> bool:
    """Goes on behind a verb that does not say it by itself, as judge_verb's answer tells."""
    keep, sense = how == "keep", token.triggers[0].sense
    walk.governed, walk.kept = walk.governed or keep, walk.kept or keep and walk.be
    becomes = token.text in ("become", "became")  # "900 have become | refugees"
    walk.be, walk.have, walk.modal = walk.be and keep or becomes, False, walk.modal and keep
    if how == "stop":
        return walk.finish()
    if how == "weak" and _says_nothing(walk.spare):
        walk.spare = walk.say(sense, 1.5)
    if how == "reduced" and not walk.spare and sense != "say" and not is_ing(token):
        # "60 people trapped in Kell": that, if nothing else
        walk.spare = Link("other", walk.at, "other", walk.cost + 0.5)
    walk.in_phrase = how == "reduced"
    walk.cost += 0.5 if walk.in_phrase else 0.1
    walk.at += 1
    return True


def _meet_living(walk: Walk, token: Token) -> bool:
    """ "there are 900 of them | living there"."""
    return token.text == "living" and _there_are(walk) and walk.finish(walk.say("living"))


def _meet_state(walk: Walk, token: Token) -> bool:
    """What the people are or where they go: "are refugees", "are homeless", "driven across the
    border"."""
    if walk.be and not walk.in_phrase and token.text in LISTS["identities"]:
        return walk.finish(walk.say(token.sense or "displaced", 0.2))
    if walk.forced.startswith(_EXPELLING) and token.text in _TOWARDS:
        return walk.finish(walk.say("displaced"))  # "drove 900 across the river"
    if walk.at == walk.first and token.text == "from" and _are_registered(walk):
        return walk.finish(walk.say("coming", 0.3))  # "registered 900 people | from Palma"
    if token.text in _THERE and _are_brought(walk):
        return walk.finish(walk.say("coming"))  # "boats brought 900 people | to | Ibo"
    if token.text == "away" and walk.be and walk.tokens[walk.at - 1].text in _LED:
        after = peek(walk.tokens, walk.at + 1)
        if "conj" in after.kinds:
            return False  # "were led away and shot"
        if after.text == "by":
            return walk.finish(walk.say("detained"))
    if walk.governed and token.text in ("abroad", "away", "out", "underground"):
        return walk.finish(walk.say("displaced"))  # "sent 900 abroad"
    is_next = walk.at == walk.first and (walk.governed or walk.forced)
    if is_next and token.text in ("prisoner", "prisoners", "captive", "hostage"):
        return walk.finish(walk.say("detained"))  # "took 12 of them | prisoner"
    if token.text == "alive" and walk.governed and _is_deadly(walk):
        return walk.finish(walk.say("killed"))  # "burned six people alive"
    is_theirs = walk.be or walk.at == walk.first or walk.infinitive or not walk.in_phrase
    is_theirs = is_theirs or walk.governed and token.text == "dead"  # "left six of a family dead"
    if "state" in token.kinds and is_theirs:
        is_told = token.sense == "other" and not _says_nothing(walk.spare)
        return walk.finish(walk.spare if is_told else walk.say(token.sense))
    return False


_REGISTERING = ("registered", "recorded", "received", "counted", "enrolled", "screened")


def _are_registered(walk: Walk) -> bool:
    """Whether somebody registered the people of a place: "IOM | registered | 900 people from
    Palma"."""
    behind = peek(walk.tokens, walk.at + 1)
    before = [token.text for token in walk.tokens[max(0, walk.first - 5) : walk.first]]
    return behind.is_name and any(text in _REGISTERING for text in before)


def _are_brought(walk: Walk) -> bool:
    """Whether a boat or bus brings the people: "dhows had | ferried | 900 people to"."""
    if not walk.governed or peek(walk.tokens, walk.at + 1).kinds & {"verb", "be", "have"}:
        return False
    before = [token.text for token in walk.tokens[max(0, walk.first - _CARRIED) : walk.first]]
    drives = LISTS["carriers"].intersection(before)
    return bool(drives) and not LISTS["carrying"].isdisjoint(before)


def _are_carried(walk: Walk) -> bool:
    """Whether a verb right before the number takes its people somewhere: "taken | 900 people"."""
    before = walk.tokens[max(0, walk.first - _CARRIED) : walk.first]
    return any(token.text in _TAKING for token in before)


def _is_deadly(walk: Walk) -> bool:
    """Whether a verb before the number is one of which people die: "beat", "burned"."""
    return any(token.text in LISTS["deadly"] for token in walk.tokens[: walk.first])


def _meet_home(walk: Walk, token: Token) -> bool:
    """Those whom somebody takes home: "has bused 900 people | home"."""
    is_back = token.text in ("home", "back") and walk.governed and _are_carried(walk)
    return is_back and walk.finish(walk.say("returned"))


def _meet_clause(walk: Walk, token: Token) -> bool:
    """Another clause: "because …" ends this one, "who …" is read for itself, "are a …" says what
    they are, not what befell them."""
    after = peek(walk.tokens, walk.at + 1)
    if token.text == "since" and walk.have and after.kinds & {"verb", "be"}:
        walk.at += 1  # "have | since | fled"
        return True
    if "sub" in token.kinds and token.text not in ("as", "so"):
        if "prep" not in token.kinds or not after.kinds & {"date", "num", "quantity"}:
            return walk.finish()  # but "60 people since Monday were"
    if "rel" in token.kinds and (not walk.in_phrase or _says_of_people(walk, token)):
        said, step = read_relative(walk.tokens, walk.at, walk.limit)
        if _says_nothing(walk.spare):
            walk.spare = said._replace(cost=said.cost + walk.cost + 0.8) if said else None
        walk.at, walk.cost = step, walk.cost + 0.4
        return True
    if "rel" in token.kinds and token.text != "that":
        # said of the place or thing: "60 people in the town which fell"
        walk.at = read_relative(walk.tokens, walk.at, walk.limit)[1]
        return True
    opens = walk.be and token.text in ("a", "an", "the") and not (walk.in_phrase or walk.spare)
    if opens and walk.at + 1 < walk.limit and not (after.sense or after.triggers):
        return walk.finish()  # "60 of them are the pride of Kell", but "are the dead of"
    return False


def _says_of_people(walk: Walk, token: Token) -> bool:
    """Whether "who" goes back to the people, since no others were named: "31 members of the armed
    forces | who | have fallen"."""
    between = walk.tokens[walk.first : walk.at]
    return token.text == "who" and not any("person" in other.kinds for other in between)


_MEETING = (_meet_living, _meet_verb, _meet_home, _meet_state, _meet_clause)


def _note_auxiliaries(walk: Walk, token: Token) -> None:
    """Keeps what this word says of the verb to come: "were", "have", "may", "to", "not"."""
    walk.pass_auxiliary(token)
    after = peek(walk.tokens, walk.at + 1)
    opens = token.text == "to" and after.kinds & {"verb", "be", "have"}
    walk.infinitive = bool(opens or walk.infinitive and token.kinds & {"be", "have", "adv"})
    walk.denied = walk.denied or negates(walk.tokens, walk.at)


def _meet_companions(walk: Walk, token: Token) -> bool:
    """Those who stand beside the people share their verb: "60 people and three soldiers were
    killed"."""
    if "conj" not in token.kinds and token.text not in ("along", "alongside"):
        return False
    if (walk.be or walk.have or walk.modal) and is_list(walk.tokens, walk.at, walk.limit):
        return walk.finish()
    if walk.governed and not walk.kept and peek(walk.tokens, walk.at + 1).kinds & {"be", "have"}:
        return walk.finish()  # "the ferry carries 400 people and was evacuated": it was
    step = skip_companions(walk.tokens, walk.at, walk.limit)
    walk.at, walk.cost = (walk.at + 1, walk.cost + 0.4) if step is None else (step, walk.cost + 0.7)
    return True


def _pass_token(walk: Walk, token: Token) -> None:
    """Any other word: a noun makes the verb a little less likely theirs, an adverb does not."""
    if token.text == "number" and peek(walk.tokens, walk.at + 1).text == "of":
        # "9,000 the number of displaced"
        walk.at, walk.cost, walk.be = walk.at + 2, max(0.0, walk.cost - 0.3), True
        return
    walk.in_phrase = walk.in_phrase or "prep" in token.kinds
    if not token.kinds & _LIGHT:
        walk.cost += 0.12
    walk.at += 1
