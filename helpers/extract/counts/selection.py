"""Whether those a number counts are people, and such as the link can be said of: soldiers who arrive are not displaced."""

from helpers.extract.counts.grammar import SURE, WEAK, Link, peek
from helpers.extract.counts.phrase import Group, read_group
from helpers.extract.rules import verbs as fates
from helpers.extract.text.tokens import Word

_AGED = frozenset("girl boy man woman child youth son daughter".split())


def counts_things(words: list[Word], group: Group) -> bool:
    """Whether a number counts no people: things ("12 houses"), or years of age ("a girl of nine")."""
    if group.head == "thing":
        return all(words[n].text != "members" for n in group.nouns)  # "12 party members"
    if group.head != "none":
        return False
    after = peek(words, group.last)
    if (
        "conj" in after.kinds
        and "num" in peek(words, group.last + 1).kinds
        and read_group(words, group.last + 1).head == "thing"
    ):
        return True  # "4 and 6 years old"
    return (
        peek(words, group.index - 1).text == "of"
        and peek(words, group.index - 2).text in _AGED
        or _is_age(words, group)
    )


def _is_age(words: list[Word], group: Group) -> bool:
    """ "Ali Hassan, 34, was killed", "Desmond Magee (52)": a bare number set off behind a name; "children under 5"."""
    reading = words[group.index].number.reading
    if (
        reading.quantifier not in ("exact", "less_than")
        or not 1 <= (reading.best or reading.high or 0) <= 110
        or not 1 < group.index < len(words) - 1
    ):
        return False
    before, after, name = (
        words[group.index - 1].text,
        words[group.index + 1].text,
        words[group.index - 2],
    )
    if before in ("is", "was") and name.text == "who" and after == ",":  # "the bishop, who is 71,"
        return True
    if reading.quantifier == "less_than" and (
        "person" in words[group.index - 1].kinds
        or before in ("them", "whom", "were", "was", "are", "is", "those")
    ):
        return True
    if (before, after) not in ((",", ","), ("(", ")")):
        return False
    one = (
        not name.kinds or "person" in name.kinds and not name.text.endswith("s")
    )  # "a driver, 34, was", but "drivers, 34, were"
    return name.is_name or one and name.text.isalpha()


def is_beside_things(words: list[Word], earlier: list[Group], group: Group, link: Link) -> bool:
    """A bare number behind a count of things goes on counting things: "of 90 rifles, 62 came from"."""
    if (
        link.sense not in WEAK | {"displaced"}
        or group.head != "none"
        or not words[link.at].is_phrase
    ):
        return False
    return (
        bool(earlier)
        and earlier[-1].head in ("thing", "dwelling")
        and not any(other.head in ("person", "household") for other in earlier)
    )


_DISEASES = frozenset(
    """
disease diseases cholera covid covid-19 measles malaria ebola aids hiv influenza diarrhoea diarrhea illness illnesses cancer tuberculosis meningitis dengue
""".split()
)
_MEDICAL = frozenset(
    """
hospital hospitals clinic clinics doctor doctors medic medics nurse nurses surgeon surgeons msf ward wards hospital's infirmary
""".split()
)


def is_treated_wound(words: list[Word], group: Group, link: Link) -> bool:
    """Whether "treated 12" means wounded: where a hospital or doctor is named, and no disease."""
    if (
        link.sense != "force"
        or not words[link.at].text.startswith("treat")
        or group.head not in ("person", "none")
    ):
        return False
    return any(w.text in _MEDICAL for w in words) and not any(w.text in _DISEASES for w in words)


def fit_link(words: list[Word], group: Group, link: Link) -> Link | None:
    """The link if these people can be its subject, else None or one that says they are not counted."""
    if link.sense == "lost":
        return _fit_loss(words, group, link)
    if link.sense == "killed" and _is_of_disease(words[link.at : link.at + 7]):
        return Link("thing", group.index, "thing", 0)
    if link.rule == "other" and link.sense == "other" and group.head == "subset":
        return None
    if _are_no_subject(words, group, link):
        return None
    if group.head == "dwelling" and not (
        link.sense == "displaced" and words[link.at].text.startswith("evacuat")
    ):
        return Link(
            "thing", group.index, "thing", 0
        )  # "12 houses were evacuated" counts homes, "were burned" does not
    return None if _is_doubtful(words, group, link) else link


def _is_of_disease(cause: list[Word]) -> bool:
    """ "12 died of cholera"; but not "of violence and disease", which is not told apart."""
    texts = {w.text for w in cause}
    return not texts.isdisjoint(_DISEASES) and texts.isdisjoint(("and", "violence"))


def _fit_loss(words: list[Word], group: Group, link: Link) -> Link | None:
    """ "lost 27 men" and "the rebels lost 27" are deaths; lost seats, homes and supporters are not."""
    if group.head == "none":
        killed = not words[link.at].is_phrase and any("combatant" in w.kinds for w in words)
    else:
        killed = (
            group.head == "subset"
            or group.head == "person"
            and words[group.nouns[-1]].text not in ("supporters", "followers", "lives")
        )
    return link._replace(sense="killed") if killed else None


_TRAVELLERS = frozenset(
    """
officials official journalists reporters delegates monitors observers troops ministers leaders passengers tourists students workers volunteers doctors
guests visitors pilgrims men man prisoners detainees supporters experts engineers nurses medics diplomats envoys delegations staff personnel members inmates
""".split()
)  # they move, arrive and stay without being displaced
_FLED = ("fled", "flee", "fleeing", "flees")


def _are_no_subject(words: list[Word], group: Group, link: Link) -> bool:
    """Whether those who move are not displaced by it: soldiers, officials on the road, or nobody known as people."""
    weak, verb = link.sense in WEAK, words[link.at]
    if not weak and link.sense != "displaced":
        return False
    nouns = [words[n] for n in group.nouns]
    troops = any("combatant" in noun.kinds for noun in nouns)
    if weak and group.head == "unknown" and not nouns[-1].is_name:
        return True  # "12 containers arrived", but "12 Rohingya arrived"
    if not weak and troops and verb.text in ("evacuate", "evacuating", "relocate"):
        return True
    if (
        (weak or verb.is_phrase or verb.text in _FLED)
        and troops
        and not any("civilian" in noun.kinds for noun in nouns)
    ):
        return True
    return weak and bool(nouns) and nouns[-1].text in _TRAVELLERS


def _is_doubtful(words: list[Word], group: Group, link: Link) -> bool:
    """Numbers that need a nearer word: "12 Kalashnikovs … killed", "many to go", "most live in town"."""
    number = words[group.index].number
    if group.head == "unknown":
        return link.rule == "after" and link.cost > 1.5 or number.reading.best == 1
    vague = group.head == "none" and number.reading.quantifier == "vague"
    return vague and (link.sense in WEAK or number.end - number.start < 5)


_TAKING = frozenset(
    "cost costs costing claimed claim claims claiming took taken taking lost takes ended lose".split()
)
_ARRESTS = (
    "arrest",
    "arrests",
    "abduction",
    "abductions",
    "kidnapping",
    "kidnappings",
    "capture",
)  # acts counted, not people


def _are_lives_taken(words: list[Word], group: Group) -> bool:
    """ "claimed 12 lives", "12 people's lives were lost"."""
    if all(w.text != "lives" for w in words[group.nouns[-1] : group.last + 2]):
        return False
    return any(
        w.text in _TAKING
        for w in (
            *words[max(0, group.index - 4) : group.index],
            *words[group.last : group.last + 4],
        )
    )


def look_inside(words: list[Word], group: Group) -> Link | None:
    """What a group's own words say: "12 deaths", "claimed 12 lives", "the six Jesuits' murder"; weakly, "40 refugees"."""
    if group.nouns and _are_lives_taken(words, group):
        return Link("killed", group.nouns[-1], "noun", 0)
    apostrophe = peek(words, group.last).text in ("'", "’")
    owned = group.last + apostrophe
    noun = peek(words, owned)
    if (
        "noun" in noun.kinds
        and noun.sense in SURE
        and (apostrophe or words[owned - 1].text.endswith("'s"))
    ):
        return Link(noun.sense, owned, "noun", 0)
    for sense, at in group.inside:
        word = words[at]
        if sense in ("other", "toll", ""):
            continue
        if sense == "detained" and word.text in _ARRESTS:
            return Link("thing", at, "thing", 0)
        soft = (
            word.text in fates.IDENTITIES
            or sense in ("displaced", "detained", "returned", "released")
            and "noun" not in word.kinds
        )
        return Link(sense, at, "identity" if soft else "noun", 1.6 if soft else 0)
    return None
