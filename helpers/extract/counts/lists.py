"""Lists of figures under words that say what they count: "Households displaced from Kell sought
shelter in: • Ost: 3,120 households"."""

import re

from helpers.extract.text.document import Document

_SENSES = (
    (re.compile(r"\b(?:displaced|fled|uprooted|arrived|sought shelter)\b"), "displaced"),
    (re.compile(r"\b(?:killed|deaths?|dead|fatalities|died)\b"), "killed"),
    (re.compile(r"\b(?:wounded|injured|injuries)\b"), "injured"),
    (re.compile(r"\b(?:returned|returns|returnees)\b"), "returned"),
)
# "How many people have had to leave?", "Who has fled?"
_ASKED = re.compile(
    r"\b(?:how many|who)\b[^?.]{0,40}?\b(?:(?P<displaced>fled|flee|leave|left|uprooted|displaced)"
    r"|(?P<killed>killed|died|dead)|(?P<injured>wounded|injured|hurt)|(?P<returned>gone back"
    r"|returned))\b[^?]{0,30}\?"
)
_ITEM = re.compile(r"\W*[•*–▪◦·-]\s|[A-Z][\w'’() -]{2,50}: (?:about |some )?\d")


def read_question(document: Document, order: int, asked: str) -> str:
    """What a question asks of those counted in its answer, up to the end of the paragraph behind
    it; "" where none was asked. `asked`: the same of the sentence before."""
    sentence = document.sentences[order]
    before = document.lowered[document.sentences[order - 1].start : sentence.start] if order else ""
    if (begun := "?" in before and _ASKED.search(before)) and before.rstrip()[-1:] in '?”"':
        return begun.lastgroup or ""
    return asked if asked and "\n" not in before.rstrip(" ")[-2:] else ""


def read_list(document: Document, order: int, listed: str) -> str:
    """What the words above a list say of the figures in a sentence, "" if it is no item of one.
    `listed`: the same of the sentence before."""
    sentence, lowered = document.sentences[order], document.lowered
    before = document.sentences[order - 1] if order else None
    opens = before is not None and lowered[before.start : before.end].rstrip().endswith(":")
    if not (listed or opens) or not _ITEM.match(document.text, sentence.start, sentence.end):
        return ""
    if listed or before is None:
        return listed
    senses = [sense for words, sense in _SENSES if words.search(lowered, before.start, before.end)]
    return senses[0] if len(senses) == 1 else ""
