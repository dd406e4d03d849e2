"""Whether the sentence of a claim leaves its source in doubt."""

from collections.abc import Mapping
from typing import Any

from helpers.claims.second_reader.naming.sentence import (
    Stretch,
    find_name,
    find_neighbours,
    find_stretch,
    fold_words,
    is_apart,
    is_named,
    means,
)
from helpers.claims.second_reader.tokens import Token
from helpers.claims.second_reader.vocabulary import Phrases, load_vocabulary

REACH = 7  # tokens before a verb of reporting in which its subject stands
SHORTEST = 3  # letters of a word by which a source is known again


def doubt_source(row: Mapping[str, Any], text: str) -> str:
    """Why the source of a claim is doubtful, in words; "" where nothing speaks against it.

    A source is doubtful where none is given and somebody reports in the sentence; where neither
    the sentence nor those beside it name it or report anything; where it stands beyond a semicolon;
    and where the sentence lets somebody else report.
    """
    stretch = find_stretch(row, text)
    if stretch is None:
        return ""
    reports = find_reports(stretch.tokens)
    source = str(row.get("source_original") or "")
    if not source:
        return _doubt_absence(stretch, reports)
    named = [at for one in source.split(";") for at in find_source(stretch.tokens, one)]
    if not reports and not named:
        return _doubt_neighbours(stretch, text, source)
    if named and all(is_apart(stretch.tokens, at, stretch.first) for at in named):
        if not _is_taken_up(stretch):
            return "it stands in another part of the sentence"
    if not named and reports and (other := _name_subject(stretch, reports)):
        return f"in the sentence “{other}” reports"
    return ""


def find_reports(tokens: tuple[Token, ...]) -> list[int]:
    """Where words of reporting stand, but for those with which the text speaks for itself."""
    found = []
    for at, token in enumerate(tokens):
        before = tokens[max(0, at - REACH) : at + 1]
        if means(token, "reporting") and not any(means(other, "own") for other in before):
            found.append(at)
    return found


def find_source(tokens: tuple[Token, ...], source: str) -> list[int]:
    """Where a sentence names a source: by one of its own words, its initials or what it is also
    called."""
    words = [word for word in fold_words(source) if _is_telling(word)]
    found = [at for word in words for at in find_name(tokens, [word])]
    agencies, small = load_vocabulary().agencies, [token.word for token in tokens]
    for at in range(len(small)):
        if agencies.find(small, at)[0] & {*words}:
            found.append(at)
    initials = [word for word in words if len(word) > 1] + [_shorten(source)]
    return found + [at for at in range(len(tokens)) if _spells(tokens, at, initials)]


def _is_telling(word: str) -> bool:
    """Whether a word may tell a source: no small word."""
    small = "small" in load_vocabulary().naming.find([word], 0)[0]
    return not small and (len(word) >= SHORTEST or word in ("un", "eu", "us", "uk", "is"))


def _shorten(source: str) -> str:
    """The initials of a name in small letters: "who" of "World Health Organization"."""
    return "".join(word[0] for word in fold_words(source) if _is_telling(word))


def _spells(tokens: tuple[Token, ...], at: int, initials: list[str]) -> bool:
    """Whether the words with a capital from here on, small ones left out, begin with these
    letters; or the word here is these letters."""
    if tokens[at].raw.isupper() and len(tokens[at].raw) > 1:
        return tokens[at].word in initials
    if not is_named(tokens[at]):
        return False
    letters = ""
    for token in tokens[at : at + 8]:
        if is_named(token) and not means(token, "small"):
            letters += token.word[0]
        elif not means(token, "small"):
            break
    return len(letters) > 1 and any(len(one) > 1 and letters.startswith(one) for one in initials)


def _doubt_absence(stretch: Stretch, reports: list[int]) -> str:
    if reports:
        return f"none is given, though the sentence has “{stretch.tokens[reports[0]].raw}”"
    agencies = load_vocabulary().agencies
    for token in stretch.tokens:
        if token.raw.isupper() and len(token.raw) > 2 and token.word in _list_agencies(agencies):
            return f"none is given, though the sentence names {token.raw}"
    for at, token in enumerate(stretch.tokens[:-2]):
        name, behind = stretch.tokens[at + 1], stretch.tokens[at + 2]
        if token.word == "(" and name.raw.isupper() and len(name.raw) > 1 and behind.word == ",":
            return f"none is given, though ({name.raw}, …) stands in brackets"
    return ""


def _list_agencies(agencies: Phrases) -> frozenset[str]:
    """The initials of the agencies that are known."""
    names = [meanings for entries in agencies.exact.values() for _, meanings in entries]
    return frozenset().union(*names)


def _doubt_neighbours(stretch: Stretch, text: str, source: str) -> str:
    """Whether the sentences beside that of a claim are silent, too."""
    for other in find_neighbours(text, stretch.sentence):
        named = [at for one in source.split(";") for at in find_source(other.tokens, one)]
        if named or find_reports(other.tokens):
            return ""
    return "neither its sentence nor those beside it report"


def _is_taken_up(stretch: Stretch) -> bool:
    """Whether the claim's own part of the sentence says "it said" or "he added"."""
    here = [
        at for at in find_reports(stretch.tokens) if not is_apart(stretch.tokens, at, stretch.first)
    ]
    return any(
        means(token, "stand_ins")
        for at in here
        for token in stretch.tokens[max(0, at - 2) : at + 3]
    )


def _name_subject(stretch: Stretch, reports: list[int]) -> str:
    """Who reports in a sentence that does not name the source: the words before the verb nearest to
    the claim; "" where they only stand for somebody named before ("it said", "the ministry
    added")."""
    tokens = stretch.tokens
    at = min(reports, key=lambda one: abs(one - stretch.first))
    first = at
    while first and at - first < REACH and tokens[first - 1].raw[0].isalnum():
        first -= 1
    subject = tokens[first:at]
    if tokens[at].word == "according" or not subject:
        subject = tokens[at + 1 : at + REACH]
    anaphoric = any(means(token, "stand_ins") for token in subject)
    definite = subject and subject[0].word in ("the", "this", "that")
    if anaphoric or definite and not any(map(is_named, subject[1:])):
        return ""
    return " ".join(token.raw for token in subject)
