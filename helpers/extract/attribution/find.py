"""The sources of a document: who says what stands at an offset, from its sentence, the quotation it
stands in, the sentences around it or the headline above.

A party to the fighting claims; everybody else reports (codebook: `assertion`, `source_original`).
Where the words leave it open nobody is named.
"""

import re
from bisect import bisect_right
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from helpers.extract.attribution.citing import drop_documents
from helpers.extract.attribution.names import is_office, is_party, name_kind, name_source
from helpers.extract.attribution.phrases import (
    WORDS,
    cut_words,
    name_phrase,
    read_before,
    read_behind,
)
from helpers.extract.attribution.sections import Section, find_sections
from helpers.extract.attribution.statement import PATTERNS, Statement
from helpers.extract.attribution.statements import choose_statement, find_statements
from helpers.extract.rules.notation import compile_pattern
from helpers.extract.text.document import Document

_BACK = 4  # sentences back in which "he" or "the agency" was named
_LEAD = 2  # sentences on that a headline's source still holds for
_AFTER = 40  # characters of a sentence behind who said it: "told reporters on Monday"
_QUOTATION = 2_000  # characters of a quotation before and behind an offset


class Attribution(NamedTuple):
    """Who says it ("" if nobody is named), and how far the reporter stands behind it: reported,
    claimed or denied."""

    source: str
    assertion: str


NOBODY = Attribution("", "reported")


class Sources:
    """What a document says of its sources; each sentence is read once, when it is asked for."""

    def __init__(self, document: Document):
        self.document = document
        self._statements: dict[int, list[Statement]] = {}
        self._words: dict[int, str] = {}
        self._judged: dict[tuple[int, Statement], Attribution] = {}
        self._backs: dict[int, Attribution] = {}

    def judge(self, at: int) -> Attribution:
        """Who says what stands at an offset, and how far that is taken.

        >>> Sources(Document("The army said 30 rebels were killed.")).judge(14)
        Attribution(source='army', assertion='claimed')
        """
        order = self._find_order(at)
        section = self._find_section(at)
        if section and (speaker := self._read_colon(order, section)):
            return self._take(speaker)
        found = self._choose(order, at)
        if section:
            return self._judge_item(order, section, found)
        if found is None:
            if order not in self._backs:
                self._backs[order] = self._judge_back(order)
            return self._backs[order]
        if found not in self._judged:
            self._judged[found] = self._judge_statement(*found)
        return self._judged[found]

    @cached_property
    def _sections(self) -> list[Section]:
        """The items of a digest; none in other texts."""
        return find_sections(self.document.text)

    def _find_section(self, at: int) -> Section | None:
        """The item of a digest that holds an offset, or None."""
        index = bisect_right(self._sections, at, key=attrgetter("start")) - 1
        if index < 0 or at > self._sections[index].end:
            return None
        return self._sections[index]

    def _read_colon(self, order: int, section: Section) -> str:
        """Who speaks before a colon within an item: "MILITARY SPOKESMAN: 143 KILLED"; "" if
        nobody."""
        sentence = self.document.sentences[order]
        start = max(sentence.start, section.start)
        match = PATTERNS["headline_opens"].match(self.document.text[start : sentence.end])
        is_speaker = match is not None and _is_speaker(match["source"])
        return name_source(match["source"]) if match and is_speaker else ""

    def _judge_item(
        self, order: int, section: Section, found: tuple[int, Statement] | None
    ) -> Attribution:
        """Who says it in an item of a digest: who speaks in its sentence, a party that spoke in it
        before, or else its outlet; what the outlet of a party says is claimed."""
        outlet = Attribution(section.source, "reported")
        if self._is_party(section.source) or section.side and self._is_party(section.side):
            outlet = outlet._replace(assertion="claimed")
        if found is None:
            said = self._list_said(order, section)
            return next((one for one in said if one.assertion == "claimed"), outlet)
        said_by = self._judge_statement(*found)
        if not said_by.source:
            return outlet
        is_taken = said_by.assertion == "reported"
        return said_by._replace(assertion=outlet.assertion) if is_taken else said_by

    def _list_said(self, order: int, section: Section) -> list[Attribution]:
        """What was said in an item before a sentence, the latest first."""
        found = []
        for back in range(order - 1, max(-1, order - 1 - _BACK), -1):
            if self.document.sentences[back].end <= section.start:
                break
            found += [self._judge_statement(back, one) for one in reversed(self._list(back))]
        return found

    def _find_order(self, at: int) -> int:
        """The sentence that holds an offset."""
        return max(0, bisect_right(self.document.sentences, at, key=attrgetter("start")) - 1)

    def _read(self, order: int) -> str:
        """The words of a sentence on one line."""
        if order not in self._words:
            sentence = self.document.sentences[order]
            words = self.document.text[sentence.start : sentence.end]
            self._words[order] = words.replace("\n", " ") if "\n" in words else words
        return self._words[order]

    def _list(self, order: int) -> list[Statement]:
        """The statements of a sentence; of a heading also who stands before or behind a colon."""
        if order not in self._statements:
            words = self._read(order)
            found = find_statements(words)
            if "(" in words and (bracket := self._read_bracket(order, words)):
                found = [*found, bracket]
            if self.document.sentences[order].is_heading:
                found = _read_heading(words) + found
            if ": " in words and (match := PATTERNS["its_figure"].search(words)):
                start, end = match.span()
                found = [*found, Statement(start, end, match["source"], "", False, True)]
            self._statements[order] = found
        return self._statements[order]

    def _read_bracket(self, order: int, words: str) -> Statement | None:
        """The sources in brackets at the end of a sentence: "(IOM, UNHCR)"; not the abbreviation of
        what stands before them."""
        match = PATTERNS["bracketed"].search(words)
        if match is None:
            return None
        names = [name.strip() for name in re.split(r",|;|/| and ", match["source"])]
        before = words[: match.start()].split()[-8:]
        initials = "".join(word[0] for word in before if word[0].isupper())
        is_introduced = initials.endswith(names[0]) and len(names) == 1
        if is_introduced or not all(is_office(name) for name in names):
            return None
        source = " and ".join(dict.fromkeys(map(name_source, names)))
        return Statement(match.start(), match.end(), source, "", True, False)

    def _choose(self, order: int, at: int) -> tuple[int, Statement] | None:
        """(the sentence, the statement) under which an offset stands."""
        sentence = self.document.sentences[order]
        found = choose_statement(self._list(order), self._read(order), at - sentence.start)
        if found:
            return order, found
        if quoted := self._choose_quoted(order, at):
            return quoted
        return None

    def _choose_quoted(self, order: int, at: int) -> tuple[int, Statement] | None:
        """The statement at the end of the quotation in which an offset stands, or else at its
        begin."""
        begin, end = self._find_quotation(order, at)
        if end > begin:
            last = self._find_order(end)
            start = self.document.sentences[last].start
            for statement in self._list(last):
                if statement.trails and end - start <= statement.start + 2:
                    return last, statement
            first = self._find_order(begin)
            start = self.document.sentences[first].start
            for statement in self._list(first):
                if statement.leads and 0 <= begin - start - statement.end < 40:
                    return first, statement
            return self._choose_interrupted(first, begin)
        return None

    def _choose_interrupted(self, first: int, begin: int) -> tuple[int, Statement] | None:
        """The statement right before a quotation that it interrupts: "… ,” he said. | “Nine …"."""
        sentences = self.document.sentences
        if not first or begin > sentences[first].start + 1:
            return None
        if sentences[first - 1].paragraph != sentences[first].paragraph:
            return None
        length = sentences[first - 1].end - sentences[first - 1].start
        for statement in reversed(self._list(first - 1)):
            if statement.trails and length - statement.end < _AFTER:
                return first - 1, statement
        return None

    def _find_quotation(self, order: int, at: int) -> tuple[int, int]:
        """Where the quotation opens and closes in which an offset stands, in its paragraph."""
        text, sentences = self.document.text, self.document.sentences
        if not self._is_quoting:
            return at, at
        paragraph, first, last = sentences[order].paragraph, order, order
        while first and sentences[first - 1].paragraph == paragraph:
            first -= 1
            if at - sentences[first].start > _QUOTATION:
                break
        while last + 1 < len(sentences) and sentences[last + 1].paragraph == paragraph:
            last += 1
            if sentences[last].end - at > _QUOTATION:
                break
        start, stop = sentences[first].start, min(sentences[last].end, at + _QUOTATION)
        start = max(start, at - _QUOTATION)
        for opening, closing in ("“”", '""'):
            before = text[start:at]
            is_open = before.rfind(opening) > before.rfind(closing)
            if opening == closing:
                is_open = before.count(opening) % 2 == 1
            close = text.find(closing, at, stop)
            if is_open and close >= 0:
                return start + before.rfind(opening), close
        return at, at

    @cached_property
    def _is_quoting(self) -> bool:
        """Whether the text holds any mark that closes a quotation."""
        return "”" in self.document.text or '"' in self.document.text

    def _judge_statement(self, order: int, statement: Statement) -> Attribution:
        """The source of a statement under the name it goes by, and how far it is taken."""
        source = self._resolve(order, statement)
        if statement.verb in WORDS["denying"]:
            return Attribution(source, "denied")
        is_claim = statement.verb in WORDS["claiming"] or self._is_party(source)
        is_claim = is_claim or is_party(statement.source, frozenset())
        is_claim = is_claim or bool(statement.aside) and self._is_party(statement.aside)
        return Attribution(source, "claimed" if is_claim and source else "reported")

    def _is_party(self, source: str) -> bool:
        """Whether a source is a party to the fighting."""
        return is_party(source, self._armed)

    @cached_property
    def _armed(self) -> frozenset[str]:
        """Names that the text gives to fighters: "M23 rebels", "fighters of the MNDAA"; and the
        abbreviations of armies and fronts."""
        names = {match["name"] for match in _ARMED.finditer(self.document.text)}
        names |= {match["name"] for match in _OF_ARMED.finditer(self.document.text)}
        sides = {
            short for name, short in self._abbreviations.items() if is_party(name, frozenset())
        }
        return frozenset(names | sides | {"IS", "ISIS"})

    def _resolve(self, order: int, statement: Statement) -> str:
        """The name of who speaks: "he", "the agency", "the ministry" and a surname are who was
        named before."""
        words = statement.source.lower()
        if not words:
            return ""
        if words in WORDS["pronouns"]:
            return self._find_before(order, statement, words)
        source = self._unify(name_source(statement.source))
        if source.lower().startswith("same ") and len(source.split()) == 2:
            source = self._find_same(order, statement, source.split()[1])
            return source if " " in source else f"same {source}"
        if source.lower() in WORDS["person"] and (owner := self._find_owner(order, statement)):
            return owner
        is_one = " " not in source
        if is_one and (statement.is_definite and source.islower() or source[:1].isupper()):
            return self._find_same(order, statement, source)
        return source

    def _list_before(self, order: int, statement: Statement) -> list[tuple[int, Statement]]:
        """The statements before one, the nearest first."""
        found = [(order, one) for one in reversed(self._list(order)) if one.end <= statement.start]
        for back in range(order - 1, max(-1, order - 1 - _BACK), -1):
            found += [(back, one) for one in reversed(self._list(back))]
        return found

    def _find_before(self, order: int, statement: Statement, pronoun: str) -> str:
        """Whom a pronoun means: the nearest speaker of its kind, or who the sentence before is
        about."""
        kinds = {"they": ("several",), "it": ("body",)}.get(pronoun, ("person",))
        subject, kind = self._read_subject(order - 1)
        if subject and kind in kinds and not self._list(order - 1):
            return subject
        if (
            ":" in self._read(order)[: statement.start]
        ):  # "An activist contradicted it: …, | he | said"
            subject, kind = self._read_subject(order)
            if subject and kind in kinds:
                return subject
        for back, one in self._list_before(order, statement):
            if not one.source or one.source.lower() in WORDS["pronouns"]:
                continue
            source = self._resolve(back, one)
            if source and (name_kind(source) in kinds or name_kind(one.source) in kinds):
                return source
        return ""

    def _find_owner(self, order: int, statement: Statement) -> str:
        """Whose spokesman "its spokesman" is: the nearest body that a sentence before is about; ""
        where no "its" stands before."""
        before = self._read(order)[: statement.start].rstrip().lower()
        if not before.endswith((" its", " their")) and before not in ("its", "their"):
            return ""
        for back in range(order - 1, max(-1, order - 1 - _BACK), -1):
            subject, kind = self._read_subject(back)
            if subject and kind == "body":
                return subject
        return ""

    def _find_same(self, order: int, statement: Statement, source: str) -> str:
        """The fuller name under which a speaker of one word was named before."""
        lowered = source.lower()
        kind = "person" if lowered in WORDS["person"] else "body"
        for _, one in self._list_before(order, statement):
            if not one.source or one.source.lower() in WORDS["pronouns"]:
                continue
            earlier = self._unify(name_source(one.source))
            parts = re.split(r" (?:in|of|for) ", earlier.lower())[0].split()
            if len(parts) > 1 and lowered in (parts[-1], parts[0]) and lowered == parts[-1]:
                return earlier
            if source.islower() and lowered in WORDS["generic"] and lowered not in _OWN:
                named = one.source[:1].isupper()
                if named and name_kind(earlier) == kind:
                    return earlier
                if kind == "person" and named and "spokes" in lowered:
                    return earlier
        if source.islower() and "spokes" in lowered or lowered in WORDS["generic"] - _OWN:
            for near in (order, order - 1):
                armed = _ARMED.match(self._read(near)) if lowered == "group" else None
                if armed:
                    return armed["name"]  # "OLA fighters entered Kell, the | group | said"
                subject, kind = self._read_subject(near)
                if subject and subject.lower() != lowered and kind == "body":
                    return subject
        return "" if lowered in WORDS["document"] else source

    def _read_subject(self, order: int) -> tuple[str, str]:
        """(the body or person that a sentence begins with, its kind); empty if there is none."""
        words = cut_words(self._read(order)[:200]) if order >= 0 else []
        phrase = read_behind(words, 0)
        if phrase is None or phrase.last >= len(words):
            return "", ""
        phrase = drop_documents(words, phrase) or phrase
        whole = name_phrase(words, phrase)
        name = name_source(whole)
        parts = {word.stem for word in words[phrase.first : phrase.last]}
        known = WORDS["body"] | WORDS["person"] | WORDS["role"]
        is_short = name.isupper() and 1 < len(name) < 8 and not self._read(order).isupper()
        is_known = bool(parts & known) or is_short
        return (self._unify(name), name_kind(whole)) if is_known else ("", "")

    def _unify(self, source: str) -> str:
        """The abbreviation of a name, where the text uses it too: "Shan Relief Committee", SRC."""
        known = self._abbreviations.get(source.lower(), source)
        return self._leaders.get(known.split()[-1].lower(), known) if known else ""

    @cached_property
    def _leaders(self) -> dict[str, str]:
        """Surname in small letters → the side whose leader or spokesman the text calls so."""
        found = {}
        for match in _LED.finditer(self.document.text):
            found[match["name"].split()[-1].lower()] = name_source(match["body"])
        return found

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        """Name in small letters → abbreviation that the text puts behind it in brackets."""
        found = {}
        for match in _BRACKETED.finditer(self.document.text):
            words = self.document.text[max(0, match.start() - 120) : match.start()].split()
            capitals = [at for at, word in enumerate(words) if word[0].isupper()]
            for at in capitals:
                initials = "".join(words[order][0] for order in capitals if order >= at)
                if initials == match["short"]:
                    found[" ".join(words[at:]).lower()] = match["short"]
        return found

    def _judge_back(self, order: int) -> Attribution:
        """Who says it where the sentence itself names nobody: the sentence behind ("The number
        comes from …"), the one before ("Of them, 12 …"), or the headline."""
        if order + 1 < len(self.document.sentences):
            if source := self._read_tells_back(order + 1):
                return self._take(source)
        words = self._read(order)
        if order and PATTERNS["continues"].match(words) and self._list(order - 1):
            one = self._list(order - 1)[-1]
            found = self._judge_statement(order - 1, one)
            return found if found.assertion != "denied" else NOBODY
        sentences, first = self.document.sentences, order
        while first and sentences[first - 1].paragraph == sentences[order].paragraph:
            first -= 1
            if order - first > _LEAD or sentences[first].is_heading or self._list(first):
                return NOBODY
        if first and sentences[first - 1].is_heading and not sentences[order].is_heading:
            if headline := self._list(first - 1):
                return self._judge_statement(first - 1, headline[-1])
        return NOBODY

    def _read_tells_back(self, order: int) -> str:
        """Who is said to have given the figures of the sentence before, or ""."""
        sentence = self._read(order)
        if match := PATTERNS["tells_back"].match(sentence):
            words = cut_words(sentence[match.end() :])
            phrase = read_behind(words, 0)
            return self._unify(name_source(name_phrase(words, phrase))) if phrase else ""
        if match := PATTERNS["gives_back"].search(sentence):
            words = cut_words(sentence[: match.start()])
            if words and words[-1].lower == "who":  # "the governor, | who gave the toll"
                phrase = read_before(words, len(words) - 1 - (words[-2:-1][0].text == ","))
                return self._unify(name_source(name_phrase(words, phrase))) if phrase else ""
            phrase = read_behind(words, 0)
            if phrase and phrase.last >= len(words) - 1:
                return self._unify(name_source(name_phrase(words, phrase)))
        return ""

    def _take(self, source: str) -> Attribution:
        """A source whose verb says nothing of its own."""
        is_claim = self._is_party(source)
        return Attribution(source, "claimed" if is_claim else "reported")


_OWN = frozenset("ministry army military".split())  # these may be meant by themselves
_BRACKETED = re.compile(r"\((?P<short>[A-Z][A-Z0-9]{1,7})\)")
_LED = re.compile(
    r"\b(?P<body>[A-Z]{2,}[0-9]*)(?:['’]s)? (?:chief |military )?"
    r"(?:leader|commander|chief|spokes(?:man|woman|person)),? "
    r"(?P<name>(?:[A-Z]|al-[A-Z])[\w’'-]+(?: (?:[A-Z]|al-[A-Z])[\w’'-]+){0,3})"
)
_OF_ARMED = compile_pattern(
    rf"\b(?i:{PATTERNS['armed'].pattern}) of (?:the )?(?P<name>[A-Z][\w-]+)"
)
_ARMED = compile_pattern(rf"\b(?P<name>[A-Z][\w-]+) {PATTERNS['armed'].pattern}")


def _read_heading(words: str) -> list[Statement]:
    """Who speaks in a headline: "IOM: 12,000 flee", "12 dead: governor"."""
    for name, leads in (("headline_opens", True), ("headline_closes", False)):
        pattern = PATTERNS[name]
        match = pattern.match(words) if leads else pattern.search(words)
        if match and _is_speaker(match["source"]):
            start, end = match.span("source")
            return [Statement(start, end, match["source"], "", not leads, leads)]
    return []


def _is_speaker(name: str) -> bool:
    """Whether what stands at the colon of a headline speaks, and is no place or subject."""
    words = cut_words(name)
    phrase = read_behind(words, 0)
    if phrase is None or phrase.last < len(words):
        return False
    parts = {word.stem for word in words}
    is_body = not parts.isdisjoint(WORDS["body"] | WORDS["role"] | WORDS["person"])
    return is_body or len(words) == 1 and name.isupper() and len(name) < 8
