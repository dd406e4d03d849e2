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

from helpers.extract.attribution.colons import is_speaker, read_briefing
from helpers.extract.attribution.names import is_office, is_party, name_kind, name_source
from helpers.extract.attribution.phrases import WORDS
from helpers.extract.attribution.sections import Section, find_label, find_sections
from helpers.extract.attribution.sides import takes_side
from helpers.extract.attribution.speakers import BACK, Speakers
from helpers.extract.attribution.statement import PATTERNS, Statement
from helpers.extract.attribution.statements import choose_statement, is_aside, is_count
from helpers.extract.text.document import Document

_LEAD = 2  # sentences on that a headline's source still holds for
_HEAD = 4  # sentences that may say whose words all the text is
_AFTER = 40  # characters of a sentence behind who said it: "told reporters on Monday"
_BULLET = re.compile(r"\W*[-•*–·◦▪●]\s")
_ITEMS = 12  # items of a list behind the words that introduce it
# Who spoke: "said Ana Brel |, who leads the team in Kell."
_DESCRIBED = re.compile(
    r",? (?:who|whose|the|an?|of|at|from|in|[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}['’]s?"
    r"|(?:[a-z]+ ){1,3}(?:of|for|at|in))(?!\w)"
    r"[^“”\"]{0,120}\.?$"
)
_QUOTATION = 2_000  # characters of a quotation before and behind an offset


class Attribution(NamedTuple):
    """Who says it ("" if nobody is named), and how far the reporter stands behind it: reported,
    claimed or denied."""

    source: str
    assertion: str


NOBODY = Attribution("", "reported")


class Sources:
    """What a document says of its sources; each sentence is read once, when it is asked for.
    `publisher`: who is meant by "we" outside of quotations; "" where that is not known."""

    def __init__(self, document: Document, publisher: str = ""):
        self.document, self._speakers = document, Speakers(document)
        self._publisher = publisher
        self._judged: dict[tuple[int, Statement], Attribution] = {}
        self._backs: dict[int, Attribution] = {}

    def judge(self, at: int, is_event: bool = False) -> Attribution:
        """Who says what stands at an offset, and how far that is taken; of an event nobody whose
        count or estimate is cited.

        >>> Sources(Document("The army said 30 rebels were killed.")).judge(14)
        Attribution(source='army', assertion='claimed')
        """
        order = self._find_order(at)
        section = self._find_section(at)
        if section and (speaker := self._read_colon(order, section)):
            return self._take(speaker)
        found = self._choose(order, at, is_event)
        if section:
            return self._judge_item(order, section, found)
        if found is None:
            if counting := self._name_counting(order, at):
                return self._take(counting)
            if order not in self._backs:
                back = self._judge_back(order)
                back = back if back.source else self._whole
                if self._takes_side and back == NOBODY:
                    back = NOBODY._replace(assertion="claimed")
                self._backs[order] = back
            return self._backs[order]
        if found not in self._judged:
            self._judged[found] = self._judge_statement(*found)
        return self._judged[found]

    @cached_property
    def _sections(self) -> list[Section]:
        """The items of a digest; none in other texts."""
        return find_sections(self.document.text)

    def _name_counting(self, order: int, at: int) -> str:
        """Who publishes the text, or is labelled in a broadcast, and counts what stands at an
        offset: "We logged | 27", "by our count, | 88"; "" of what is quoted of others."""
        sentence, text = self.document.sentences[order], self.document.text
        found = PATTERNS["we_count"].search(text, sentence.start, at)
        if found is None or PATTERNS["contrast"].search(text, found.end(), at):
            return ""
        if self._find_quotation(order, at) != (at, at):
            return ""
        return find_label(text, at) or name_source(self._publisher)

    @cached_property
    def _takes_side(self) -> bool:
        """Whether the text itself speaks as a party."""
        return takes_side(self.document, self._is_said)

    def _is_said(self, at: int) -> bool:
        """Whether somebody says what stands at an offset."""
        return self._choose(self._find_order(at), at) is not None

    @cached_property
    def _whole(self) -> Attribution:
        """Who says all of the text that nobody else is named for: "a summary of what was said by
        …", the organisation whose report the title heads."""
        for order, _ in enumerate(self.document.sentences[:_HEAD]):
            words = self._speakers.read(order)
            if match := PATTERNS["whole_speech"].search(words):
                if source := self._speakers.read_name(words[match.end() :]):
                    return self._take(source)
            if self.document.sentences[order].is_heading:
                match = PATTERNS["own_report"].match(words)
                if match and is_office(match["source"]):
                    return Attribution(name_source(match["source"]), "reported")
        return NOBODY

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
        speaks = match is not None and is_speaker(match["source"])
        return name_source(match["source"]) if match and speaks else ""

    def _judge_item(
        self, order: int, section: Section, found: tuple[int, Statement] | None
    ) -> Attribution:
        """Who says it in an item of a digest: who speaks in its sentence, a party that spoke in it
        before, or else its outlet; what the outlet of a party says is claimed."""
        outlet = Attribution(section.source, "reported")
        if (
            self._speakers.is_party(section.source)
            or section.side
            and self._speakers.is_party(section.side)
        ):
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
        for back in range(order - 1, max(-1, order - 1 - BACK), -1):
            if self.document.sentences[back].end <= section.start:
                break
            found += [
                self._judge_statement(back, one)
                for one in reversed(self._speakers.list_statements(back))
            ]
        return found

    def _find_order(self, at: int) -> int:
        """The sentence that holds an offset."""
        return max(0, bisect_right(self.document.sentences, at, key=attrgetter("start")) - 1)

    def _choose(self, order: int, at: int, is_event: bool = False) -> tuple[int, Statement] | None:
        """(the sentence, the statement) under which an offset stands."""
        sentence, words = self.document.sentences[order], self._speakers.read(order)
        statements = self._speakers.list_statements(order)
        if is_event:
            statements = [one for one in statements if not is_count(words, one)]
        found = choose_statement(statements, words, at - sentence.start)
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
            for statement in self._speakers.list_statements(last):
                if statement.trails and end - start <= statement.start + 2:
                    return last, statement
            first = self._find_order(begin)
            start = self.document.sentences[first].start
            for statement in self._speakers.list_statements(first):
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
        for statement in reversed(self._speakers.list_statements(first - 1)):
            rest = self._speakers.read(first - 1)[statement.end :]
            if statement.trails and (length - statement.end < _AFTER or _DESCRIBED.match(rest)):
                return first - 1, statement
            is_person = name_kind(self._speakers.resolve(first - 1, statement)) == "person"
            is_person = is_person or statement.source.lower() in ("he", "she")
            if statement.leads and statement.verb and is_person:
                return first - 1, statement  # "He said that 12 had died. | “Nine …"
        return None

    def _find_quotation(self, order: int, at: int) -> tuple[int, int]:
        """Where the quotation opens and closes in which an offset stands, in its paragraph."""
        text, sentences = self.document.text, self.document.sentences
        if not self._is_quoting:
            return at, at
        paragraph = self.document.find_paragraph(order)
        start = max(sentences[paragraph[0]].start, at - _QUOTATION)
        stop = min(sentences[paragraph[-1]].end, at + _QUOTATION)
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
        source = self._speakers.resolve(order, statement)
        if statement.verb in WORDS["denying"]:
            return Attribution(source, "denied")
        is_claim = statement.verb in WORDS["claiming"] or self._speakers.is_party(source)
        is_claim = is_claim or is_party(statement.source, frozenset())
        is_claim = is_claim or bool(statement.aside) and self._speakers.is_party(statement.aside)
        is_claim = is_claim or self._is_partisan(order, statement, source)
        is_claim = is_claim or self._speakers.is_same_party(order, statement, source)
        is_claim = is_claim or self._speakers.speaks_for_armed(order, statement, source)
        return Attribution(source, "claimed" if is_claim and source else "reported")

    def _is_partisan(self, order: int, statement: Statement, source: str) -> bool:
        """Whether somebody speaks of his own side, or is an official in a text that takes one;
        police who count dead rebels fight them."""
        if "police" in source.lower() and statement.leads:
            if PATTERNS["enemy_dead"].search(self._speakers.read(order), statement.end):
                return True
        if PATTERNS["no_party"].search(source) or is_office(source):
            return False
        if PATTERNS["official"].search(source):
            if PATTERNS["own_losses"].search(self._speakers.read(order)):
                return True
        if PATTERNS["our_side"].search(self._speakers.read(order)):
            return True
        if self._takes_side and PATTERNS["official"].search(f"{source} {statement.source}"):
            return True
        if not statement.leads:
            return False
        words, end = self._speakers.read(order), statement.end
        fights = name_kind(source) == "body" and PATTERNS["own_fighters"].match(words, end)
        if fights and (PATTERNS["group"].search(source) or fights["lost"] != "men"):
            return True  # a company that lost seven men does not fight
        may_fight = PATTERNS["official"].search(source) or PATTERNS["group"].search(source)
        if may_fight and (feat := PATTERNS["own_feat"].match(words, end)):
            return feat["who"] == "we" or name_kind(source) != "person"
        if "spokes" in statement.source.lower() and PATTERNS["own_group"].match(words, end):
            return True
        is_person = name_kind(source) == "person" or source.endswith("officials")
        return is_person and bool(PATTERNS["own_men"].match(words, end))

    def _judge_back(self, order: int) -> Attribution:
        """Who says it where the sentence itself names nobody: the sentence behind ("The number
        comes from …"), the one before ("Of them, 12 …"), or the headline."""
        if order + 1 < len(self.document.sentences):
            if source := self._speakers.read_tells_back(order + 1):
                return self._take(source)
        words = self._speakers.read(order)
        if listed := self._judge_list(order):
            return listed
        if said_before := self._judge_paragraph(order, words):
            return said_before
        if (
            order
            and PATTERNS["continues"].match(words)
            and self._speakers.list_statements(order - 1)
        ):
            one = self._speakers.list_statements(order - 1)[-1]
            found = self._judge_statement(order - 1, one)
            return found if found.assertion != "denied" else NOBODY
        sentences, first = self.document.sentences, order
        while first and sentences[first - 1].paragraph == sentences[order].paragraph:
            first -= 1
            if (
                order - first > _LEAD
                or sentences[first].is_heading
                or self._speakers.list_statements(first)
            ):
                return NOBODY
        if first and sentences[first - 1].is_heading and not sentences[order].is_heading:
            if headline := self._speakers.list_statements(first - 1):
                return self._judge_statement(first - 1, headline[-1])
        return NOBODY

    def _judge_list(self, order: int) -> Attribution | None:
        """Who says what stands in an item of a list, where a speaker's words introduce it:
        "According to OCHA: / - 12,000 …"; else None."""
        if not _BULLET.match(self._speakers.read(order)):
            return None
        for back in range(order - 1, max(-1, order - 1 - _ITEMS), -1):
            words = self._speakers.read(back).rstrip()
            if words.endswith(":"):
                said = [one for one in self._speakers.list_statements(back) if one.leads]
                if not said and (source := read_briefing(self._speakers.read(max(0, back - 1)))):
                    return self._take(source)  # "UNHCR's briefing has ended. The main points:"
                return self._judge_statement(back, said[-1]) if said else None
            if not _BULLET.match(words):
                return None
        return None

    def _judge_paragraph(self, order: int, words: str) -> Attribution | None:
        """Who spoke last in the paragraph, where somebody who was quoted counts her own dead,
        where the next sentence says that none of what a party says is confirmed, or where the text
        takes that party's side; else None."""
        sentences = self.document.sentences
        is_kin = PATTERNS["kin"].match(words)
        is_open: object = (
            order + 1 < len(sentences)
            and sentences[order + 1].paragraph == sentences[order].paragraph
            and PATTERNS["unconfirmed"].search(self._speakers.read(order + 1))
        )
        is_open = bool(is_open) or self._takes_side
        if not is_kin and not is_open:
            return None
        for back in range(order - 1, max(-1, order - 1 - BACK), -1):
            if sentences[back].paragraph != sentences[order].paragraph:
                return None
            if not (said := self._speakers.list_statements(back)):
                continue
            found = self._judge_statement(back, said[-1])
            if is_kin and name_kind(found.source) == "person" and found.assertion == "reported":
                return found
            return found if is_open and found.assertion == "claimed" else None
        return None

    def tells_itself(self, at: int) -> bool:
        """Whether the text itself tells what stands at an offset, and who speaks in its sentence
        speaks of what follows: "Troops | took Kell | and say they have advanced since"."""
        order = self._find_order(at)
        found = self._speakers.list_statements(order)
        place, words = at - self.document.sentences[order].start, self._speakers.read(order)
        return bool(found) and all(
            one.leads and not one.trails and (one.start >= place or is_aside(one, words, place))
            for one in found
        )

    def is_refuted(self, at: int) -> bool:
        """Whether what somebody is said to have told at an offset is called false in the next
        sentence."""
        order = self._find_order(at)
        sentences, text = self.document.sentences, self.document.text
        if order + 1 >= len(sentences) or not PATTERNS["refuted_next"].match(
            text, sentences[order + 1].start, sentences[order + 1].end
        ):
            return False
        return bool(PATTERNS["told_earlier"].search(text, sentences[order].start, at))

    def _take(self, source: str) -> Attribution:
        """A source whose verb says nothing of its own."""
        is_claim = self._speakers.is_party(source)
        return Attribution(source, "claimed" if is_claim else "reported")
