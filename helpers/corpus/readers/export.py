"""Exports: many articles in one file, as Nexis, Factiva and ProQuest write them.

Each article ends with a line of the archive's own ("End of Document", "Document LBA00002023…") or
begins with one ("3 of 12 DOCUMENTS"), and has a heading: title, publisher, day and "512 words" in
lines of their own. What stands in the heading is read; what the archive adds below the article
(subjects, codes, day of loading) is left out.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.corpus.dateline import CLOCK, DATE, read_day
from helpers.corpus.readers.article import UNSPLIT, Article, is_no_title

HEADING = 40  # lines that a heading has at most
ENDS = [  # below an article, most telling first
    r"End of Document",
    r"(?:AN\s+)?Document [A-Z][A-Z0-9]*\d{8}\w*",
]
STARTS = [  # above an article
    r"(?:Document )?\d{1,4} of \d{1,4}(?: DOCUMENTS?)?",
]
RULE = r"[_=*\-–—]{8,}"  # a line between articles
LENGTH = r"(?:(?:Length|LENGTH|WC)\s*:?\s+)?\d[\d,.]* words"
COPYRIGHT = r"(?:CY\s+)?(?:Copyright\b|©|\([cC]\)\s+\d{4}).*"
# Labels of a heading and of what stands below an article.
LABELS = (
    "length|section|byline|by-line|dateline|highlight|graphic|body|headline|title|source|"
    "publication|publication title|publication date|publication info|publication year|date|author|"
    "load-date|language|publication-type|subject|company|organization|person|geographic|industry|"
    "abstract|full text|copyright|database|document type|document url|publisher|"
    "place of publication|country of publication|pages|first page|volume|issue|issn|"
    "source type|proquest document id|last updated|links|location|people|city|state|country|"
    "classification|url|correction-date|type|journal code|word count"
)
LABEL = re.compile(rf"(?i)({LABELS})\s*:\s*(.*)")
CODE = re.compile(r"(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN)\s+(.*)")
FULL_NAMES = {"HD": "title", "SN": "publication", "PD": "date", "AN": "document"}
BODY = re.compile(r"(?i)(?:body|full text)\s*:?")
BELOW = re.compile(  # what begins the archive's own words below an article
    r"(?i)(?:classification|load-date|language|subject|publication-type|graphic|notes|"
    r"proquest document id|search summary|credit|copyright|company|title|location|people|"
    r"publication title)\s*(?::.*)?|"
    rf"(?-i:{COPYRIGHT})|(?-i:{RULE})"
)
DAY_LINE = re.compile(
    rf"(?i)({DATE}){CLOCK}(?:,?\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)?{CLOCK}"
    r"(?:\s+[A-Z][\w .,-]{0,40}(?:edition|final|print)\b.*)?"
)
MARKS = re.compile(  # lines that only an export has
    rf"(?m)^[ \t]*(?:{'|'.join([*ENDS, *STARTS])}|(?:Length|LENGTH): [\d,]+ words|"
    r"(?:Load-Date|LOAD-DATE|ProQuest document ID): .*|\d[\d,]* words)[ \t]*$"
)


class Heading(NamedTuple):
    """What the lines above an article say; body: the number of its first line."""

    title: str
    publisher: str
    day: str
    words: str
    body: int


def split_export(article: Article) -> list[Article]:
    """The articles of an export, each with title, publisher and day; the article as it is where it
    is no export. One that looks like an export and cannot be split bears a note that says so, and
    no day: that of its first article is not the day of the others."""
    text = article.text
    marks = [match[0].strip() for match in MARKS.finditer(text)]
    if len(marks) < 2:
        return [article]
    for cut in (_cut_by_ends, _cut_by_starts, _cut_by_rules, _cut_by_lengths):
        read = [_read_part(lines, article) for lines in cut(text.splitlines())]
        parts = [part for part in read if part is not None]
        enough = max(2, _count_lengths(marks))
        if len(parts) >= enough and all(part.published or part.publisher for part in parts):
            said = f"one of {len(parts):,} articles of an export"
            return [part._replace(note=_join_notes(said, article.note)) for part in parts]
    if len(ends := _cut_by_ends(text.splitlines())) == _count_lengths(marks) == 1:
        one = _read_part(ends[0], article)
        if one is not None and one.published:
            return [one._replace(note=article.note)]
    if max(_count_lengths(marks), _count_ends(marks)) < 2:
        return [article]
    return [article._replace(published="", basis="", note=_join_notes(UNSPLIT, article.note))]


def _join_notes(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def _count_lengths(marks: list[str]) -> int:
    return sum(bool(re.fullmatch(LENGTH, mark)) for mark in marks)


def _count_ends(marks: list[str]) -> int:
    return sum(bool(re.fullmatch("|".join([*ENDS, *STARTS]), mark)) for mark in marks)


def _cut_by_ends(lines: list[str]) -> list[list[str]]:
    """The lines of each article, cut below every line that ends one."""
    for mark in ENDS:
        is_end = re.compile(mark).fullmatch
        ends = [at for at, line in enumerate(lines) if is_end(line.strip())]
        if ends:
            return [lines[start:end] for start, end in zip([0, *[at + 1 for at in ends]], ends)]
    return []


def _cut_by_starts(lines: list[str]) -> list[list[str]]:
    """The lines of each article, cut at every line that counts them."""
    is_start = re.compile("|".join(STARTS)).fullmatch
    starts = [at for at, line in enumerate(lines) if is_start(line.strip())]
    ends = [*starts[1:], len(lines)]
    return [lines[start + 1 : end] for start, end in zip(starts, ends)]


def _cut_by_rules(lines: list[str]) -> list[list[str]]:
    """The lines of each article, cut at lines of strokes."""
    is_rule = re.compile(RULE).fullmatch
    cuts = [at for at, line in enumerate(lines) if is_rule(line.strip())]
    edges = [-1, *cuts, len(lines)]
    return [lines[start + 1 : end] for start, end in zip(edges, edges[1:]) if end > start + 1]


def _cut_by_lengths(lines: list[str]) -> list[list[str]]:
    """The lines of each article, cut above the headings: the paragraphs over "Length: 512 words" up
    to the one that makes a day and a title of them, three at most. None without such a heading."""
    starts = []
    for at, line in enumerate(lines):
        if not re.fullmatch(LENGTH, line.strip()):
            continue
        start = _find_top(lines, at)
        if start is None:
            return []
        starts.append(start)
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)])]


def _find_top(lines: list[str], at: int) -> int | None:
    """The first line of the heading in which a line stands; None where no day and no title does."""
    blocks = 0
    plain = dated = False
    for above in range(at - 1, max(-1, at - HEADING), -1):
        line = lines[above].strip()
        if line and _is_prose(line):
            return None
        is_day = bool(DAY_LINE.fullmatch(line))
        dated = dated or is_day
        plain = plain or bool(line and not is_day and not LABEL.fullmatch(line))
        is_top = bool(line) and (above == 0 or not lines[above - 1].strip())
        if is_top and dated and plain:
            return above
        blocks += is_top
        if blocks > 3:
            return None
    return None


def _skip_cover(lines: list[str]) -> list[str]:
    """The lines below what an archive puts before the first article: the search and its results."""
    cover = [at for at, line in enumerate(lines) if re.search("Privacy Policy|Job Number:", line)]
    return lines[cover[-1] + 1 :] if cover else lines


def _read_part(lines: list[str], whole: Article) -> Article | None:
    """The article in the lines of one part; None where they hold no text of an article."""
    lines = _skip_cover(lines)
    heading = _read_heading(lines)
    body = _end_body(lines[heading.body :])
    if not any(line.strip() for line in body):
        return None
    body = [
        line.rstrip() for line in body if not re.fullmatch(r"\s*(?:Page \d+ of \d+|LP|TD)\s*", line)
    ]
    body = [line for line in body if line.strip() != heading.title]  # on every page of a PDF
    text = "\n".join(body).strip("\n")
    text = re.sub(r"\n{3,}", "\n\n", text)
    if heading.title:
        text = f"{heading.title}\n\n{text}"
    basis = f'heading "{heading.words}"' if heading.day else ""
    return Article(text, heading.title, heading.publisher, heading.day, basis, whole.url)


def _read_heading(lines: list[str]) -> Heading:
    """Title, publisher and day from the lines above an article.

    A label or a code says what its line holds. Of the other lines the first is the title, and the
    one before the day the publisher; where only one stands before the day it is the publisher, and
    the title follows. Below "512 words" and the day stands the publisher, as Factiva has it.
    """
    found = _sort_lines(lines)
    told = found.told
    title, publisher = _tell_apart(
        _drop_rubrics(found.before), _drop_rubrics(found.after), found.counted
    )
    words = found.words or told.get("date") or told.get("publication date") or ""
    info = told.get("publication info", "")
    if not words and (named := re.search(rf"(?i){DATE}", info)):
        words = named[0]
    stated = told.get("publication") or told.get("publication title")
    stated = stated or re.split(r" ?;", info)[0] or told.get("source")
    if stated and not title:
        title = publisher
    title = told.get("headline") or told.get("title") or title
    publisher = (stated or publisher).strip(" ;")
    body = found.body
    if not found.is_opened:
        body = _skip_named(lines, body, title, publisher)
    return Heading(title, publisher, read_day(words), words, body)


@dataclass
class Sorted:
    """The lines of a heading by what they say. told: label → what stands beside it; before, after:
    plain lines above and below the day; words: the day as printed; counted: whether "512 words"
    stands above it; body: the number of the line below the last that was told; is_opened: whether
    a line says that the article begins."""

    told: dict[str, str] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    words: str = ""
    counted: bool = False
    body: int = 0
    is_opened: bool = False


def _sort_lines(lines: list[str]) -> Sorted:
    """The lines of a heading up to where the article begins. Text that stands beside the label
    that opens it is left there alone."""
    found = Sorted()
    for at, line in enumerate(lines[: 2 * HEADING]):
        line = line.strip()
        named = LABEL.fullmatch(line) or CODE.fullmatch(line)
        if BODY.fullmatch(line):
            found.body, found.is_opened = at + 1, True
            return found
        if named and named[1].lower() in ("full text", "lp", "td"):
            lines[at] = named[2]
            found.body, found.is_opened = at, True
            return found
        if _take_line(found, line, named):
            found.body = at + 1
        elif line and _is_prose(line):
            return found
        elif line:
            (found.after if found.words else found.before).append(line)
    return found


def _take_line(found: Sorted, line: str, named: re.Match[str] | None) -> bool:
    """Whether a line is a part of a heading by its form; what it says is taken."""
    if re.fullmatch(LENGTH, line):
        found.counted = found.counted or not found.words
        return True
    if named:
        found.told.setdefault(FULL_NAMES.get(named[1], named[1].lower()), named[2])
        return True
    if not found.words and (day := DAY_LINE.fullmatch(line[:200])) and read_day(day[1]):
        found.words = line
        return True
    return bool(re.fullmatch(COPYRIGHT, line) or re.fullmatch(r"[A-Z]{2,8}|English", line))


def _drop_rubrics(lines: list[str]) -> list[str]:
    """The lines that may be a title or a publisher."""
    other = re.compile(
        r"(?i)by\s+\S.*|page \d+ of \d+|\d\d?[:.]\d\d.*|.*\b(?:edition|final)\b.{0,20}|"
        r"proquest document link|link to .*|client/matter:.*"
    )
    return [line for line in lines if not other.fullmatch(line) and not is_no_title(line)]


def _tell_apart(before: list[str], after: list[str], counted: bool) -> tuple[str, str]:
    """(title, publisher) of the plain lines of a heading, those above the day and those below."""
    if counted and before:
        return before[0], after[0] if after else ""
    if len(before) > 1:
        return before[0], before[-1]
    return after[0] if after else "", before[0] if before else ""


def _skip_named(lines: list[str], body: int, title: str, publisher: str) -> int:
    """The number of the first line that is not in the heading: below the last line that was told
    and below the title."""
    for at, line in enumerate(lines[:HEADING]):
        if at >= body and line.strip() and line.strip() in (title, publisher):
            body = at + 1
    return body


def _is_prose(line: str) -> bool:
    """Whether a line belongs to an article rather than to its heading."""
    return len(line) > 250 or (len(line) > 60 and line.rstrip("\"”’'").endswith((".", "!", "?")))


def _end_body(lines: list[str]) -> list[str]:
    """The lines of an article without what the archive adds below: from the last third on, the
    first line that is the archive's own ends it."""
    full = [at for at, line in enumerate(lines) if line.strip()]
    prose = [at for at in full if _is_prose(lines[at].strip())]
    last = prose[-1] if prose else -1
    for at in full:
        line = lines[at].strip()
        told = BELOW.fullmatch(line) or CODE.fullmatch(line)
        is_below = at > last or LABEL.fullmatch(line) or re.fullmatch(r"(?i)classification", line)
        if told and is_below:
            return lines[:at]
    return lines
