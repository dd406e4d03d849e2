"""Who fights in a text: the names it gives to armed groups and armies, and which of them "its
fighters", "the group" or "they" stand for."""

import re
from bisect import bisect_right
from functools import cached_property
from operator import itemgetter

from helpers.extract.events.actors import CIVILIANS, ONE_FOR_MANY, PRONOUNS, is_of_fighters
from helpers.extract.events.sides import wording
from helpers.extract.events.sides.wording import is_side
from helpers.extract.places.countries import name_governments
from helpers.extract.rules.lexicon import LISTS
from helpers.extract.rules.load import load_toml
from helpers.extract.rules.territory import compile_territory
from helpers.extract.text.document import Document
from helpers.extract.text.signs import add_sign

_BODIES = re.compile(
    r"[Aa]rmy|[Aa]rmed|[Pp]olice|gendarmerie|militia|Forces?|Brotherhood|Resistance|Coalition"
    r"|Legion|Corps|Front|Movement|Alliance|Units|Brigades?|Guard|Militia|Group|State$|Party$"
)
_BRACKETED = re.compile(
    rf"(?P<name>{wording.NAME}|[Tt]he (?:[a-z]+ ){{0,2}}(?:police|army|gendarmerie|militia"
    r"|armed forces))"
    r" \((?P<short>[A-Z][\w/]*[A-Z][\w/]*)\)"
)
_BEFORE = re.compile(rf"(?P<name>{wording.CAPITAL}(?: {wording.CAPITAL}){{0,2}}) {wording.ARMED}\b")
_BEHIND = re.compile(rf"{wording.ARMED} of (?:the )?(?P<name>{wording.NAME})")
_OWNER = re.compile(rf"(?P<name>{wording.NAME})['’]s? (?:\w+ )?{wording.ARMED}\b")
_PEOPLE = re.compile(r"\w+(?:[ns]ian|can|ish|ese|[aeiou]li|iani|ani|aqi|ni|emi|ian|yan|ean|an)$")
_ARTICLE = re.compile(r"^(?:The|In|On|By|At|A|An|When|After|Since|From|As) ")
_SHORT = re.compile(r"\((?P<short>[A-Z][\w/]*[A-Z][\w/]*)\)?$")
_NOUNS = compile_territory(r"\b({forces})\b")
_SAID = 90  # characters from who says something to "it"
_NEAR = 700  # characters back to the party that words stand for


_SIDE_NAMES = sorted(wording.SIDES - {"is"}, key=len, reverse=True)  # "is" is a word, too
_SIDE = re.compile(
    rf"(?<![\w-])(?:(?:al|ash)[- ])?(?:{'|'.join(_SIDE_NAMES).replace('-', '[ -]')})(?![\w-])"
)
_LABELLED = re.compile(wording.LABEL)
# "Islamic State | West Africa Province (ISWAP)", "the al-Qaeda | affiliate": no name by itself.
_GOES_ON = re.compile(
    r" [A-Z]\w+ [A-Z]\w+ \(|[ -](?:affiliates?|(?:link|align|affiliat|inspir)ed)\b"
)
_NO_NAMES = frozenset("The A An Its Their His Her Our These Those Some Most Many All".split())

_HOLDERS = (
    LISTS["sides"] | ONE_FOR_MANY | frozenset(load_toml("territory.toml")["armed_holders"].split())
)
_BODIES_UNARMED = frozenset("UN EU AU WHO UNHCR IOM WFP OCHA ICRC MSF NGO".split())
_FIGHTING = re.compile(
    r"\b(?:fighters|troops|rebels|insurgents?|soldiers|militants|militias?|clash(?:es|ed)?|shelling"
    r"|ambush\w*|garrison|armed|retaken|recaptured|fighting)\b"
)
_ACRONYM = re.compile(r"\b[A-Z]{2,}\d*\b|\b[A-Z]\d+\b")
_MEN = re.compile(r"\b(?:men|sides)\b")  # are fighters by the words beside them
_NOUN_SIGN = add_sign(lambda word: _NOUNS.search(word) or _MEN.search(word), lowers=True)
_ACRONYM_SIGN = add_sign(_ACRONYM.search)
_SIDE_ENDS = re.compile(rf"\b(?:{'|'.join(name.rpartition('-')[2] for name in _SIDE_NAMES)})")
_SIDE_SIGN = add_sign(_SIDE_ENDS.search, lowers=True)


def tells_of_fighters(document: Document, order: int) -> bool:
    """The same of a sentence."""
    signs, (start, end, _, _) = document.signs[order], document.sentences[order]
    if signs & _ACRONYM_SIGN:
        return True
    if signs & _SIDE_SIGN and _SIDE.search(document.lowered, start, end):
        return True  # "the Houthis", who are called nothing else
    return bool(signs & _NOUN_SIGN and _NOUNS.search(document.lowered, start, end))


def names_fighters(document: Document, start: int, end: int) -> bool:
    """Whether words between two offsets may be those for fighters: a noun, a pronoun, a short
    name."""
    lowered, text = document.lowered, document.text
    return bool(_NOUNS.search(lowered, start, end) or _ACRONYM.search(text, start, end))


class Parties:
    """The armed parties of a text, found when first asked for."""

    def __init__(self, document: Document):
        self.document, self.text, self.lowered = document, document.text, document.lowered

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of armed groups and armies."""
        found = {match["short"] for match in self._bracketed}
        for pattern in (_BEFORE, _BEHIND, wording.CALLED):
            found |= {_ARTICLE.sub("", match["name"]) for match in pattern.finditer(self.text)}
        is_owner = re.compile(r".*['’]s?")  # "Mali's | army": no name of its own
        return frozenset(
            name for name in found if not _PEOPLE.match(name) and not is_owner.fullmatch(name)
        )

    @cached_property
    def _bracketed(self) -> list[re.Match[str]]:
        """Names with their abbreviation, as far as they are those of armies and fronts."""
        named = wording.match_bracketed(_BRACKETED, self.text)
        return [match for match in named if _BODIES.search(match["name"])]

    @cached_property
    def _shorts(self) -> dict[str, str]:
        """Name → its abbreviation."""
        return {_ARTICLE.sub("", match["name"]): match["short"] for match in self._bracketed}

    @cached_property
    def _mentions(self) -> list[tuple[int, str]]:
        """(where it ends, name) of each mention of a party, in reading order."""
        found = [(match.end(), match["short"]) for match in self._bracketed]
        for pattern in (_BEFORE, _OWNER):
            for match in pattern.finditer(self.text):
                name = re.sub(r"['’]s?$", "", _ARTICLE.sub("", match["name"]))
                whole = _ARTICLE.sub("", match[0])
                found.append((match.end(), whole if _PEOPLE.match(name) else name))
        for name in self.names:
            pattern = re.compile(rf"\b{re.escape(name)}\b")
            found += [(match.end(), name) for match in pattern.finditer(self.text)]
        for match in _SIDE.finditer(self.lowered):
            if _GOES_ON.match(self.text, match.end()):
                continue
            found.append((match.end(), self.text[match.start() : match.end()]))
        for match in _ACRONYM.finditer(self.text):
            if match[0].lower() in LISTS["sides"] and match[0] not in self.names:
                found.append((match.end(), match[0]))
        return sorted(one for one in found if one[1] not in _NO_NAMES)

    def find_before(self, at: int) -> str:
        """The party named last before an offset; "" if none is near."""
        index = bisect_right(self._mentions, at, key=itemgetter(0))
        if not index or at - self._mentions[index - 1][0] > _NEAR:
            return ""
        return self._mentions[index - 1][1]

    def resolve(self, words: str, at: int, told: str) -> str:
        """Who is meant by the words for an actor at an offset. `told`: who acted in the event told
        before it, "" if unknown."""
        if in_brackets := _SHORT.search(words):
            return in_brackets["short"]
        words = re.sub(r"^(?:[\d:.]+|(?:[Tt]he )?last) ", "", words)
        lowered = words.lower()
        if lowered in PRONOUNS:
            if not self.lowered.startswith(lowered, at):  # "| the army said that it | took a post"
                at = max(at, self.lowered.find(f" {lowered} ", at, at + _SAID) + 1)
            if again := wording.SAYS_TOO.search(self.text, max(0, at - 30), at):
                at = again.start("it")
            return self.find_speaker(lowered, at) or told or self._find_subject(lowered, at)
        behind = _BEHIND.match(words[:1].lower() + words[1:])
        if behind and wording.ENDS_NAME.fullmatch(words, behind.end()):
            words = behind["name"]
        if short := self._shorts.get(_ARTICLE.sub("", words).removeprefix("the ")):
            return short
        if wording.OWN.match(lowered):
            return self._resolve_own(words, at)
        if wording.GROUP.match(lowered):
            return self._find_topic(lowered, at) or self.find_before(at) or words
        return words

    def find_speaker(self, pronoun: str, at: int) -> str:
        """The side that says what "it" at an offset did: "Kell's army said that | it"; "" if none
        speaks there."""
        before = self.text[max(0, at - 110) : at]
        if pronoun == "they" and (said := wording.SAY_THEY.search(before)):
            return said["name"]
        said = wording.SAYS_IT.search(before) if pronoun == "it" else None
        if not said:
            return ""
        name = said["name"].removeprefix("The ").removeprefix("the ")
        is_army = not name[:1].isupper() or " " in name or self.is_armed(name, at)
        return name if is_army or name.lower() in name_governments() else ""

    def _resolve_own(self, words: str, at: int) -> str:
        """Whose "its forces" or "his men" at an offset are: of the side that speaks of them."""
        if wording.OTHERS.search(wording.WITH_OTHERS.sub("", words.lower())):
            return words
        if words.lower().startswith("his "):
            return self._find_led(at) or words
        if side := self.find_speaker("it", at):
            return side
        sentence = self.document.sentences[self.document.find_sentence(at)]
        at = wording.find_clause(self.text, sentence.start, at)
        before = self.text[max(0, at - 90) : at]
        speaker = wording.SPEAKER.search(before)
        office = wording.OFFICE.search(before)
        if office and not (speaker and f"{office['army']} " in speaker["name"]):
            return office["owner"] or office["army"]
        if speaker and speaker["name"] == "It":
            return self._find_subject("it", at - len(speaker[0])) or words
        if not speaker and wording.UNNAMED.search(before):
            return self._find_state(at) or words
        if not speaker and (body := wording.find_army(self.text, sentence.start, at)):
            return body
        name = speaker["name"] if speaker else self._find_topic(words.lower(), at)
        name = name or self.find_before(at)
        return _ARTICLE.sub("", name) or self._name_subject(words.lower(), at) or words

    def _find_state(self, at: int) -> str:
        """The country with which the sentence before opens, for "the ministry said its forces"."""
        order = self.document.find_sentence(at)
        before = self.document.sentences[max(0, order - 1)]
        is_next = order and before.paragraph == self.document.sentences[order].paragraph
        return wording.find_country(self.text, before.start, before.end) if is_next else ""

    def _find_led(self, at: int) -> str:
        """Whose "his men" are at an offset: the side that he commands or speaks for, else the one
        that the sentence names last before; "" if it names none."""
        sentence = self.document.sentences[self.document.find_sentence(at)]
        for told in wording.LEADS.finditer(self.text, sentence.start, at):
            name = told["name"] or told["led"]
            if self.is_armed(name, at) or told[0][:1].isupper() and name[:1].isupper():
                return name
        last = bisect_right(self._mentions, at, key=itemgetter(0))
        end, name = self._mentions[last - 1] if last else (0, "")
        return name if end > sentence.start else self._find_led_before(sentence.start)

    def _find_led_before(self, start: int) -> str:
        """The side for which he spoke in the sentence before, for "He said that his men"; ""."""
        before = self.document.sentences[max(0, self.document.find_sentence(start) - 1)]
        if not wording.HE.match(self.text, start):
            return ""
        told = wording.LEADS.search(self.text, before.start, before.end)
        named = wording.FULL_NAME.match(told["name"] or told["led"]) if told else None
        return named[0] if named else ""

    def find_since(self, start: int, end: int) -> str:
        """The fighters whom the words between two offsets name last, as those who act; ""."""
        found = ""
        for named in wording.LATER.finditer(self.text, start, max(start, end)):
            if not wording.OF_OTHERS.search(self.text, start, named.start()):
                found = named["name"]
        return found

    def _find_subject(self, pronoun: str, at: int) -> str:
        """Whom the sentence before is about, if "they" or "it" at an offset opens the next one: its
        subject, or the party that the heading above names; "" where that is not certain."""
        order = self.document.find_sentence(at)
        sentences = self.document.sentences
        if pronoun not in ("they", "it"):
            return ""
        start = sentences[order].start
        if not wording.FRONT.fullmatch(self.text, start, at):
            opening = wording.OPENS_LATER.match(self.text, start, at) if pronoun == "they" else None
            if opening:
                return self.resolve(opening["name"], start, "")
            body = wording.find_joined_body(self.text, start, at, pronoun)
            return body or self._find_only_party(start, at, anywhere=True)
        if not order:
            return ""
        before = sentences[order - 1]
        if said := self._follow(pronoun, before.start, before.end):
            return said
        if pronoun == "they" and before.paragraph == sentences[order].paragraph:
            opening = wording.OPENS_LATER.match(self.text, before.start, before.end)
            if not opening:
                party = self._find_only_party(before.start, before.end)
                return party or self._find_only_fighters(before.start, before.end)
            return self.resolve(opening["name"], before.start, "")
        if before.paragraph == sentences[order].paragraph:
            if party := self._find_only_party(before.start, before.end):
                return party
            if pronoun == "it" and (
                country := wording.find_country(self.text, before.start, before.end)
            ):
                return country
        is_of_group = wording.THE_GROUP.match(self.text, before.start)
        heading = sentences[max(0, order - 2)]
        if not is_of_group or heading.paragraph == before.paragraph:
            return ""
        named = wording.ASKS.search(self.text, heading.start, heading.end)
        return named["name"] if named else ""

    def _follow(self, pronoun: str, start: int, end: int) -> str:
        """Whom "it" means behind a sentence that opens with "it" itself, with an army, or with a
        faction and its name, or that asks of "the group"; "" behind others."""
        again = wording.TURNS.match(self.text, start, end)
        if again and again["turn"].lower() in (pronoun, "the group", "the movement", "the militia"):
            return self.resolve(again["turn"], again.start("turn"), "")
        if pronoun != "it":
            sent = wording.SENT.search(self.text, start, end)
            return _ARTICLE.sub("", sent["name"]).removeprefix("the ") if sent else ""
        if body := wording.BODY.match(self.text, start, end):
            return body["name"]
        if faction := wording.FACTION.match(self.text, start, end):
            last = bisect_right(self._mentions, faction.end(), key=itemgetter(0))
            named = self._mentions[last : last + 1]
            return named[0][1] if named and named[0][0] < end else ""
        return self.find_before(start) if wording.ABOUT_IT.search(self.text, start, end) else ""

    def _find_topic(self, words: str, at: int) -> str:
        """The party with which the sentence before opens, for "the group" or "its troops" that
        open the next."""
        order, sentences = self.document.find_sentence(at), self.document.sentences
        first = sentences[order].start
        at = max(self.lowered.find(words, first, at), first)  # its verb may stand far behind
        if not order or not wording.FRONT.fullmatch(self.text, first, at):
            return ""
        before = sentences[order - 1]
        first = bisect_right(self._mentions, before.start, key=itemgetter(0))
        end, name = self._mentions[first] if first < len(self._mentions) else (0, "")
        front = wording.FRONT.match(self.text, before.start, before.end)
        begin = front.end() if front else before.start
        words = _ARTICLE.sub("", self.text[begin:end]).removeprefix("the ")
        return name if name and words.startswith(name) else ""

    def _name_subject(self, words: str, at: int) -> str:
        """The name with which the sentence before opens, for "its fighters" at an offset."""
        order = self.document.find_sentence(at)
        if not order or not words.startswith("its "):
            return ""
        before = self.document.sentences[order - 1]
        front = wording.FRONT.match(self.text, before.start, before.end)
        named = wording.SUBJECT.match(self.text, front.end() if front else before.start, before.end)
        return named["name"] if named else ""

    def _find_only_party(self, start: int, end: int, anywhere: bool = False) -> str:
        """The party with which a sentence opens, or which it names `anywhere`, if it names no
        other; "" else."""
        first = bisect_right(self._mentions, start, key=itemgetter(0))
        last = bisect_right(self._mentions, end, key=itemgetter(0))
        named = self._mentions[first:last]
        is_one = len({name for _, name in named}) == 1
        is_one = is_one and not wording.AND_OTHERS.match(self.text, named[-1][0])
        if not is_one or anywhere:
            return named[0][1] if is_one else ""
        begin = named[0][0] - len(named[0][1])
        label = _LABELLED.match(self.text, start, end)
        start = label.end() if label else start
        return named[0][1] if begin - start < len("After the  ") else ""

    def _find_only_fighters(self, start: int, end: int) -> str:
        """The fighters whom a sentence names, if it names no others and nobody else."""
        if CIVILIANS.search(self.lowered, start, end):
            return ""
        if wording.ARMY.search(self.lowered, start, end):
            return ""
        found = {named["name"] for named in wording.FIGHTERS.finditer(self.text, start, end)}
        if len(found) != 1:
            return ""
        (name,) = found
        in_arms = {named[0] for named in wording.IN_ARMS.finditer(self.lowered, start, end)}
        return "" if in_arms - set(name.lower().split()) else name

    def is_armed(self, words: str, at: int) -> bool:
        """Whether the subject at an offset is in arms: by its words, its name, or what it stands
        for."""
        if words.lower() in PRONOUNS:
            return words.lower() not in ("he", "she", "i", "we") and self._stands_for_armed(at)
        if is_of_fighters(words) or is_side(words):
            return True
        name = _ARTICLE.sub("", words).removeprefix("the ")
        return (
            not self.names.isdisjoint((name, name.removesuffix("s")))
            or name.isupper()
            and name.lower() in LISTS["sides"]
        )

    def may_hold(self, words: str, at: int) -> bool:
        """Whether those named by words at an offset may hold a place by arms: fighters, an army
        of a country ("Russian"), and any short name in a text that tells of fighting."""
        if self.is_armed(words, at) or words.lower() in _HOLDERS:
            return True
        name = _ARTICLE.sub("", words)
        if _ACRONYM.fullmatch(name) and name not in _BODIES_UNARMED:
            return self._tells_of_fighting
        return name[:1].isupper() and bool(_PEOPLE.match(name))

    @cached_property
    def _tells_of_fighting(self) -> bool:
        """Whether the text tells of fighting anywhere."""
        return _FIGHTING.search(self.lowered) is not None

    def names_fighters(self, start: int, end: int) -> bool:
        """Whether words between two offsets name fighters or an armed party."""
        first = bisect_right(self._mentions, start, key=itemgetter(0))
        is_named = first < len(self._mentions) and self._mentions[first][0] <= end
        nouns = (match[0] for match in _NOUNS.finditer(self.lowered, start, end))
        return is_named or any(noun not in PRONOUNS for noun in nouns)

    def names_anybody(self, at: int) -> bool:
        """Whether anybody, armed or not, is named near before a pronoun."""
        armed, civil = self._find_people(at)
        return bool(armed or civil)

    def _stands_for_armed(self, at: int) -> bool:
        """Whether those named last before a pronoun are in arms."""
        armed, civil = self._find_people(at)
        return bool(armed) and max(armed) > max(civil, default=0)

    def _find_people(self, at: int) -> tuple[list[int], list[int]]:
        """Where the words for those in arms end near before an offset, and those for others."""
        first = max(0, at - 260)
        before = self.lowered[first:at]
        armed = [match.end() for match in _NOUNS.finditer(before) if match[0] not in PRONOUNS] + [
            end - first for end, _ in self._mentions if first < end <= at
        ]
        civil = [
            match.end()
            for match in CIVILIANS.finditer(before)
            if match[0] not in PRONOUNS and not wording.SPEAK.match(before, match.end())
        ]
        return armed, civil
