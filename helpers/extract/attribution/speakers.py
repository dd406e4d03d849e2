"""Who speaks in the statements of a document: one name for "he", "the agency", "its spokesman" and
a surname, who were named before."""

import re
from functools import cached_property
from itertools import islice

from helpers.extract.attribution.citing import drop_documents, find_house
from helpers.extract.attribution.colons import CLOCK, DAY, add_marked
from helpers.extract.attribution.names import (
    ARMED,
    DESCRIBED,
    ITSELF,
    NOT_MEANT,
    OWN_TROOPS,
    find_abbreviations,
    find_armed,
    find_branded_feat,
    find_leaders,
    find_persons,
    find_run_by_side,
    find_titled,
    is_named_plural,
    is_party,
    may_be,
    may_brand,
    name_kind,
    name_source,
    read_late_body,
    take_conjunct,
)
from helpers.extract.attribution.phrases import (
    WORDS,
    cut_words,
    read_before,
    read_behind,
)
from helpers.extract.attribution.statement import (
    PATTERNS,
    Statement,
    is_named,
    means_subject,
    name_phrase,
)
from helpers.extract.attribution.statements import find_statements
from helpers.extract.places.countries import name_governments
from helpers.extract.text.document import Document

_OWNERS = {"its": "body", "their": "body", "his": "person", "her": "person"}
BACK = 4  # sentences back in which "he" or "the agency" was named
_OWN = frozenset("ministry army military".split())  # these may be meant by themselves
_KINDS = {"they": "several", "it": "body"}
_OF_PLACES = frozenset("governor mayor prefect".split())  # "in Kell, | its | governor"
_BODIES = frozenset({"it", "they"})  # "It says it lost five. | It | also says"
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]+\b[^.;:]{0,60}? [-–—] ")
_PLACED = re.compile(r" (?:in|at|to) [A-Z].*")  # "its envoy | in New York"
_SPOKEN_FOR = re.compile(r"(?P<body>[Mm]inistry) spokes(?:man|woman|person)")
_HIDING = ("anonymity", " named", " identified", " quoted", " name")  # of who speaks unnamed


class Speakers:
    """The statements of a document, each sentence read once, and who makes them."""

    def __init__(self, document: Document):
        self.document = document
        self._statements: dict[int, list[Statement]] = {}
        self._words: dict[int, str] = {}

    def read(self, order: int) -> str:
        """The words of a sentence on one line."""
        if order not in self._words:
            sentence = self.document.sentences[order]
            words = self.document.text[sentence.start : sentence.end]
            self._words[order] = words.replace("\n", " ") if "\n" in words else words
        return self._words[order]

    def list_statements(self, order: int) -> list[Statement]:
        """The statements of a sentence; of a heading also who stands before or behind a colon."""
        if order not in self._statements:
            words = self.read(order)
            is_heading = self.document.sentences[order].is_heading
            found = add_marked(words, find_statements(words), is_heading)
            self._statements[order] = found
        return self._statements[order]

    def is_party(self, source: str) -> bool:
        """Whether a source is a party to the fighting."""
        if not source:
            return False
        if is_party(source, frozenset()) or is_party(source, self._armed):
            return True
        if source.lower() in self._run_by_side:
            return True
        name = source.split()[-1] if name_kind(source) == "person" else source
        return name in self._own_side

    @cached_property
    def _run_by_side(self) -> frozenset[str]:
        """Offices that a text once says a side runs, in small letters: "the Houthi-run | health
        ministry |", later "the health ministry"."""
        return find_run_by_side(self.document.lowered, self._armed)

    @cached_property
    def _own_side(self) -> frozenset[str]:
        """Surnames, and names of officials and of those with a spokesman, who speak of troops as
        theirs; missions have soldiers too, and are no party."""
        found = set()
        for order in range(len(self.document.sentences)):
            words = self.read(order)
            feat = find_branded_feat(words)
            for one in self.list_statements(order) if feat or OWN_TROOPS.search(words) else []:
                name = name_source(one.source)
                is_person = name_kind(name) == "person"
                after = one.end if one.leads else -1
                boasts = 0 < after <= feat and may_brand(name)
                may_own = is_person or name.endswith((" officials", " authorities"))
                owns = after > 0 and may_own and PATTERNS["own_side"].match(words, after)
                speaks = "spokes" in one.source and PATTERNS["own_men"].match(words, one.end)
                if boasts or owns or speaks:
                    found.add(name.split()[-1] if is_person else name)
        return frozenset(found)

    @cached_property
    def _armed(self) -> frozenset[str]:
        """Names that the text gives to fighters: "M23 rebels", "fighters of the MNDAA"; the
        abbreviations of armies and fronts; who claimed an attack; and their spokesmen: "Major
        Idris, a military spokesman"."""
        return find_armed(self.document.text, self.document.lowered, self._abbreviations)

    def resolve(self, order: int, statement: Statement) -> str:
        """The name of who speaks: "he", "the agency", "the ministry" and a surname are who was
        named before."""
        words = statement.source.lower()
        if not words:
            return ""
        if words in WORDS["pronouns"] | {"them"}:
            return self._find_before(order, statement, "they" if words == "them" else words)
        source = self.unify(name_source(statement.source))
        if source.lower().startswith("same") and len(source.split()) < 3:
            return self._find_named(order, statement, source.split()[-1]) or source
        head = _PLACED.sub("", source).lower()
        is_owned = head in (WORDS["person"] | WORDS["offices"]) - _OF_PLACES
        if is_owned and (owner := self._find_owner(order, statement)):
            return owner
        if match := _SPOKEN_FOR.fullmatch(source):  # "A | ministry | spokesman told reporters"
            return self._find_only(order, match["body"].lower()) or source
        is_named = statement.is_definite and source.islower() or source[:1].isupper()
        if " " not in source and is_named:
            return self._find_same(order, statement, source)
        return source

    def is_same_party(self, order: int, statement: Statement, source: str) -> bool:
        """Whether "the same authorities" are those who were said to belong to a party."""
        if not statement.source.lower().startswith("same "):
            return False
        before = self._list_before(order, statement)
        same = (one for back, one in before if self.resolve(back, one) == source)
        return any(one.aside and self.is_party(one.aside) for one in same)

    def speaks_for_armed(self, order: int, statement: Statement, source: str) -> bool:
        """Whether somebody speaks for a group that is armed by its name, which stands near before:
        "The KLN took Kell, an officer of | the group | said"."""
        if not PATTERNS["of_the_group"].search(source):
            return False
        before = [self.read(back) for back in range(max(0, order - BACK + 1), order)]
        names = PATTERNS["acronym"].findall(" ".join(before) + self.read(order)[: statement.start])
        return bool(names) and self.is_party(names[-1])

    def _list_before(self, order: int, statement: Statement) -> list[tuple[int, Statement]]:
        """The statements before one, the nearest first."""
        found = [
            (order, one)
            for one in reversed(self.list_statements(order))
            if one.end <= statement.start
        ]
        for back in range(order - 1, max(-1, order - 1 - BACK), -1):
            found += [(back, one) for one in reversed(self.list_statements(back))]
        return found

    def _find_before(self, order: int, statement: Statement, pronoun: str) -> str:
        """Whom a pronoun means: the nearest speaker of its kind, or who the sentence before is
        about."""
        wanted = _KINDS.get(pronoun, "person")
        opens = self._find_opening(order - 1) if pronoun in ("it", "they") else order - 1
        subject, kind = self._read_subject(opens)
        if not subject and wanted != "person" and opens >= 0:
            subject, kind = read_late_body(self.read(opens)), wanted
        if subject and kind == wanted and not self.list_statements(opens):
            near = (one for one in self.list_statements(order) if one.end <= statement.start)
            if not any(one.leads and name_kind(one.source) == wanted for one in near):
                return subject  # not of "The commission says | it | has documented 40"
        if (
            pronoun == "it" and statement.trails
        ):  # "Emergency, the charity, treated 63, | it | says"
            opening = self.read(order)[: statement.start]
            subject, kind = self._read_subject(order) if DESCRIBED.search(opening) else ("", "")
            if kind == "body":
                return subject
        if pronoun in ("he", "she") and (person := self._find_person(order)):
            return person
        if means_subject(self.read(order), statement, pronoun):
            subject, kind = self._read_subject(order)
            if subject and kind == wanted:
                return subject
        return self._find_spoken(order, statement, pronoun)

    def _find_spoken(self, order: int, statement: Statement, pronoun: str) -> str:
        """Whom a pronoun means of those who spoke before, or else a person with a title; ""."""
        kind, others = _KINDS.get(pronoun, "person"), NOT_MEANT.get(pronoun)
        for back, one in self._list_before(order, statement):
            if not one.source or one.source.lower() in WORDS["pronouns"]:
                continue
            if others and others.search(one.source):
                continue
            source = self.resolve(back, one)
            if source and kind in (name_kind(source), name_kind(one.source)):
                return source
            if pronoun == "it" and is_named_plural(source):
                return source  # "the Coordination Committees said. It said"
            if pronoun == "they" and order - back < 2 and self.is_party(source):
                return source  # "The Taliban said 12 had died. They claimed"
        return self._find_titled(order) if kind == "person" else ""

    def _find_titled(self, order: int) -> str:
        """The last person in the sentences before who is named with a title: "| Dr Paul Kiza | has
        treated …"; "" of several."""
        for back in range(order - 1, max(-1, order - 1 - BACK), -1):
            if found := find_titled(self.read(back)):
                return found.pop() if len(found) == 1 else ""
        return ""

    def _find_person(self, order: int) -> str:
        """The person whom the paragraph named last before a sentence, where nobody spoke since:
        "| Amina Musa | has hung a cloth there. Her husband was arrested, she said"."""
        sentences = self.document.sentences
        for back in range(order - 1, max(-1, order - 1 - BACK), -1):
            if sentences[back].paragraph != sentences[order].paragraph:
                return ""
            if self.list_statements(back):
                return ""
            if found := find_persons(self.read(back)) or find_titled(self.read(back)):
                return found.pop() if len(found) == 1 else ""
        return ""

    def _find_opening(self, order: int) -> int:
        """The sentence that names whom "it" means, through those that begin with "it" too: "The
        army had surrounded Kell. On Friday | it | went in. It said"."""
        for back in range(order, max(-1, order - BACK), -1):
            said = {one.source.lower() for one in self.list_statements(back)}
            if not ITSELF.match(self.read(back)) or not said <= _BODIES:
                return back
        return order

    def _find_named(self, order: int, statement: Statement, noun: str) -> str:
        """Who "the same", "the same source" or "the same agency" is: of several the nearest of
        that kind."""
        noun = noun.lower()
        if noun not in ("same", "source", "sources") and noun in WORDS["generic"]:
            found = self._find_same(order, statement, noun)
            return found if found != noun else ""
        for back, one in self._list_before(order, statement):
            if one.source and (source := self.resolve(back, one)):
                return source
        return ""

    def _find_owner(self, order: int, statement: Statement) -> str:
        """Whose spokesman "its spokesman" is: the nearest body that a sentence before is about; ""
        where no "its" stands before."""
        before = self.read(order)[: statement.start].rstrip().lower()
        pronoun = before.rpartition(" ")[2]
        if pronoun not in _OWNERS:
            return ""
        opens = before == pronoun  # then nobody is named before it in its own sentence
        country = self.read(order).partition(" ")[0]
        if not opens and country.lower() in name_governments():
            return country  # "Russia rejects this: | its | envoy said"
        for back in range(order - opens, max(-1, order - 1 - BACK), -1):
            subject, kind = self._read_subject(back)
            if subject and kind == _OWNERS[pronoun]:
                return subject
            house = find_house(self.read(order)[: statement.start]) if back == order else ""
            if house and pronoun == "its":
                return self.unify(name_source(house))
        return ""

    def _find_same(self, order: int, statement: Statement, source: str) -> str:
        """The fuller name under which a speaker of one word was named before."""
        lowered = source.lower()
        kind = "person" if lowered in WORDS["person"] else "body"
        for _, one in self._list_before(order, statement):
            if not one.source or one.source.lower() in WORDS["pronouns"]:
                continue
            earlier = self.unify(name_source(one.source))
            earlier = take_conjunct(earlier, lowered)
            parts = re.split(r" (?:in|of|for|to|at) ", earlier.lower())[0].split()
            if len(parts) > 1 and lowered in (parts[-1], parts[0]) and lowered == parts[-1]:
                return earlier
            if source.islower() and lowered in WORDS["generic"] and lowered not in _OWN:
                named = is_named(one) and may_be(lowered, earlier)
                if named and name_kind(earlier) == kind:
                    return earlier
                if kind == "person" and named and "spokes" in lowered:
                    return earlier
        if source.islower() and "spokes" in lowered or lowered in WORDS["generic"] - _OWN:
            opens = statement.start < len("the  ")  # then it is what its own sentence is about
            for near in (order - 1,) if opens else (order, order - 1):
                armed = ARMED.match(self.read(near)) if lowered == "group" else None
                if armed:
                    return armed["name"]  # "OLA fighters entered Kell, the | group | said"
                subject, kind = self._read_subject(near)
                if subject and subject.lower() != lowered and kind == "body":
                    return subject
        if lowered in _OWN - {"army", "military"} and statement.is_definite:
            return self._find_only(order, lowered) or source
        return "" if lowered in WORDS["document"] else source

    def _find_only(self, order: int, noun: str) -> str:
        """The one body of a kind that spoke in a text before, or that a sentence before is about:
        "the ministry" of "the defence ministry"; "" of several."""
        spoke = {
            one.source.lower().removeprefix("the ")
            for back in range(order)
            for one in self.list_statements(back)
            if one.source.lower().endswith(f" {noun}")
        }
        if not spoke:
            near = (self._read_subject(back)[0].lower() for back in range(order - 1, -1, -1)[:BACK])
            spoke = set(islice((name for name in near if name.endswith(f" {noun}")), 1))
        return self.unify(name_source(spoke.pop())) if len(spoke) == 1 else ""

    def _read_subject(self, order: int) -> tuple[str, str]:
        """(the body or person that a sentence begins with, its kind); empty if there is none."""
        words = cut_words(self.read(order)[:200]) if order >= 0 else []
        if clock := CLOCK.match(self.read(order)) or DAY.match(self.read(order)) if words else None:
            words = [word for word in words if word.start >= clock.end()]
        phrase = read_behind(words, 0)
        if phrase is None or phrase.last >= len(words):
            return "", ""
        short = drop_documents(words, phrase) or phrase
        if short == phrase or words[short.last].lower not in WORDS["links"]:
            phrase = short  # but "a member | of the local guard |"
        whole = name_phrase(words, phrase)
        name = name_source(whole)
        parts = {word.stem for word in words[phrase.first : phrase.last]}
        known = WORDS["body"] | WORDS["person"] | WORDS["role"]
        is_short = name.isupper() and 1 < len(name) < 8 and not self.read(order).isupper()
        is_short = is_short and not _DATELINE.match(self.read(order))
        is_known = bool(parts & known) or is_short or self.unify(name) != name
        if not is_known and DESCRIBED.match(self.read(order), words[phrase.last - 1].end):
            return self.unify(name), "body"  # "Emergency, the Italian charity that …"
        return (self.unify(name), name_kind(whole)) if is_known else ("", "")

    def unify(self, source: str) -> str:
        """The abbreviation of a name, where the text uses it too: "Shan Relief Committee", SRC."""
        known = self._abbreviations.get(source.lower(), source)
        return self._leaders.get(known.split()[-1].lower(), known) if known else ""

    @cached_property
    def _leaders(self) -> dict[str, str]:
        """Surname in small letters → the side whose leader or spokesman the text calls so."""
        return find_leaders(self.document.text)

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        """Name in small letters → abbreviation that the text puts behind it in brackets."""
        return find_abbreviations(self.document.text)

    def read_name(self, words: str) -> str:
        """The speaker that words begin with, or ""."""
        cut = cut_words(words)
        phrase = read_behind(cut, 0)
        return self.unify(name_source(name_phrase(cut, phrase))) if phrase else ""

    def _said_before(self, order: int) -> bool:
        """Whether the paragraph of a sentence names a speaker before it."""
        sentences = self.document.sentences
        return any(
            sentences[back].paragraph == sentences[order].paragraph and self.list_statements(back)
            for back in range(max(0, order - BACK), order)
        )

    def read_tells_back(self, order: int) -> str:
        """Who is said to have given the figures of the sentence before, or ""."""
        sentence = self.read(order)
        may_hide = any(sign in sentence for sign in _HIDING)
        if may_hide and (match := PATTERNS["anonymous"].match(sentence)):
            one = Statement(*match.span(), match["source"], "spoke", True, False, True)
            return self.resolve(order, one) if self._said_before(order) else ""
        if match := PATTERNS["tells_back"].match(sentence):
            return self.read_name(sentence[match.end() :])
        if match := PATTERNS["gives_back"].search(sentence):
            words = cut_words(sentence[: match.start()])
            if words and words[-1].lower == "who":  # "the governor, | who gave the toll"
                phrase = read_before(words, len(words) - 1 - (words[-2:-1][0].text == ","))
                return self.unify(name_source(name_phrase(words, phrase))) if phrase else ""
            phrase = read_behind(words, 0)
            if phrase and phrase.last >= len(words) - 1:
                return self.unify(name_source(name_phrase(words, phrase)))
        return ""
