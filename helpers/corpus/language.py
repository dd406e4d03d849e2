"""In which language a text is written: only English is mined, and what is not is said, not
dropped."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

SAMPLE = 20_000  # characters that a language is told from

# Lists of small words, for a text taken for foreign is not mined. py3langid 0.4 knows 139 languages
# and finds foreign notices of a line that these lists leave open, but it takes names for language:
# of 164 sentences "Rebels captured A, B, C … on Monday" with twelve towns of a country each it
# called 28 foreign, the lists none; and it takes seven times as long, a fifth of what proposing
# takes.


@cache
def load_scripts() -> dict[str, re.Pattern]:
    """Language, or script where several languages share it → a letter of it."""
    return {name: re.compile(f"[{span}]") for name, span in _load_table()["scripts"].items()}


@cache
def load_words() -> dict[str, list[str]]:
    """Frequent small word → the languages that use it."""
    found: dict[str, list[str]] = {}
    for language, words in _load_table()["words"].items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return found


@cache
def _load_table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def name_language(text: str) -> str:
    """The language of a text, by its script and its small words: "English", another's English name
    (or its script: "Arabic script"), or "" where it is too short or too much of a table to tell.
    Looks at the first 20,000 characters.

    Another language is named only when it clearly outweighs English: names, quotations, capitals
    and tables do not make a text foreign.
    """
    sample = text[:SAMPLE]
    return _name_by_script(sample) or _name_by_words(sample)


def spell_language(name: str) -> str:
    """A language as a person wrote it ("english", "en", "en-GB") as name_language calls it; one
    that is not known here as it was written."""
    if re.fullmatch(r"(?i)en|eng|en[-_]\w+", name):
        return "English"
    return name[:1].upper() + name[1:]


def _name_by_script(sample: str) -> str:
    letters = 0 if sample.isascii() else len(re.findall(r"[^\W\d_]", sample))
    if letters < 10:
        return ""
    for language, letter in load_scripts().items():
        share = 0.1 if language == "Japanese" else 0.5  # Japanese has Chinese letters among its own
        if len(letter.findall(sample)) > share * letters:
            return language
    return ""


def _name_by_words(sample: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    found, kinds = Counter[str](), Counter[str]()
    for word, times in words.items():
        for language in load_words().get(word, ()):
            found[language] += times
            kinds[language] += 1
    english, total = found.pop("English", 0), words.total()
    other, most = found.most_common(1)[0] if found else ("", 0)
    if most >= 8 and kinds[other] >= 5 and most > 2 * english and most > 0.1 * total:
        return other
    return "English" if english >= 3 and english > 0.05 * total else ""
