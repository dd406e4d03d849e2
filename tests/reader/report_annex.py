"""The annex and the footnotes of a report: each sentence is one of its text, printed once, under
who published it and when; what stands in bold are the numbers of its claims."""

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from .tables import Tables
from .words import find_days

QUOTE = r"\[“(?P<said>.*)”\]\{(?:#s(?P<anchor>\d+) )?dir=auto proof=\w+\}"
ENTRY = re.compile(rf"(?P<number>\d+)\. {QUOTE} · (?P<spans>.+)")
SPAN = re.compile(r"\[(?P<name>.+)\]\(\S+#(?P<link>[\w-]+)\) (?P<start>\d+)–(?P<end>\d+)")
HEAD = re.compile(r"### \[(?P<title>.+)\]\(\S+#document-(?P<doc_id>[\w-]+)\)")
NOTE = re.compile(
    rf"\[\^n(?P<number>\d+)\]: {QUOTE} (?P<origin>.+); "
    r"\[sentence (?P<sentence>\d+)\]\(#s(?P<link>\d+)\)\."
)
POINTER = re.compile(
    r"\[(?:sentence )?(?:\\\[)?(?P<first>\d+)(?:–(?P<last>\d+))?(?:\\\])?\]\(#s(?P<link>\d+)\)"
)


@dataclass(frozen=True)
class Span:
    """What a sentence is cited for: the id of a claim or reading, and its characters in the
    text."""

    name: str
    link: str
    start: int
    end: int


@dataclass(frozen=True)
class Entry:
    """A sentence of the annex: its number, its anchor, its text, its pieces (in bold or not, words)
    and what it is cited for."""

    number: int
    anchor: int
    doc_id: str
    pieces: tuple
    spans: tuple

    @property
    def quote(self) -> str:
        return "".join(words for _, words in self.pieces)


@dataclass(frozen=True)
class Note:
    """A footnote: its number, its sentence in pieces, what it says of its text, and the number of
    the sentence in the annex."""

    number: int
    pieces: tuple
    origin: str
    sentence: int
    link: int

    @property
    def quote(self) -> str:
        return "".join(words for _, words in self.pieces)


def unescape(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown)


def read_pieces(said: str) -> tuple:
    """(in bold or not, words) of a quoted sentence."""
    parts = re.split(r"(?<!\\)\*\*", said)
    return tuple((number % 2 == 1, unescape(part)) for number, part in enumerate(parts) if part)


def cut_report(markdown: str) -> tuple[str, str, str]:
    """(body, annex, footnotes)."""
    body, _, rest = markdown.partition("## Annex")
    annex, _, notes = rest.partition("\n:::\n")
    return body, annex, notes


def list_entries(markdown: str) -> list[Entry]:
    """The sentences of the annex as they stand; not a line that cannot be read to its end."""
    found, doc_id = [], ""
    for line in cut_report(markdown)[1].splitlines():
        if head := HEAD.fullmatch(line):
            doc_id = head["doc_id"]
        elif match := ENTRY.fullmatch(line):
            spans = [SPAN.fullmatch(part) for part in match["spans"].split(" · ")]
            if all(spans):
                found.append(read_entry(match, doc_id, spans))
    return found


def read_entry(match: re.Match, doc_id: str, spans: list[re.Match]) -> Entry:
    return Entry(
        int(match["number"]),
        int(match["anchor"] or 0),
        doc_id,
        read_pieces(match["said"]),
        tuple(
            Span(unescape(one["name"]), one["link"], int(one["start"]), int(one["end"]))
            for one in spans
        ),
    )


def read_annex(markdown: str) -> dict[int, Entry]:
    """The sentences of the annex by their number."""
    return {entry.number: entry for entry in list_entries(markdown)}


def list_notes(markdown: str) -> list[Note]:
    return [
        Note(
            int(match["number"]),
            read_pieces(match["said"]),
            unescape(match["origin"]),
            int(match["sentence"]),
            int(match["link"]),
        )
        for line in cut_report(markdown)[2].splitlines()
        if (match := NOTE.fullmatch(line))
    ]


# --- where a sentence stands in its text ---------------------------------------------------------


def match_words(words: str) -> re.Pattern:
    """A pattern for words with white space as it may be."""
    parts = re.split(r"(\s+)", words)
    return re.compile("".join(r"\s+" if part.isspace() else re.escape(part) for part in parts))


def find_start(entry: Entry, tables: Tables) -> int | None:
    """Where the sentence begins in its text, so that it holds all that it is cited for; None where
    it nowhere does."""
    for match in match_words(entry.quote).finditer(tables.texts.get(entry.doc_id, "")):
        if all(match.start() <= span.start and span.end <= match.end() for span in entry.spans):
            return match.start()
    return None


def list_bold(pieces: tuple, text: str, start: int) -> set[int]:
    """The characters of the text that stand in bold in these pieces of a sentence that begins at
    `start`."""
    bold, at = set(), start
    for loud, words in pieces:
        end = match_words(words).match(text, at).end()
        bold |= set(range(at, end)) if loud else set()
        at = end
    return bold


def find_cited(note: Note, annex: dict[int, Entry], tables: Tables) -> list[str]:
    """The claims that a footnote cites: of those of its sentence the ones whose number stands in
    bold; where nothing does, the ones without a number."""
    entry = annex.get(note.sentence)
    start = find_start(entry, tables) if entry else None
    if start is None or note.quote != entry.quote:
        return []
    bold = list_bold(note.pieces, tables.texts[entry.doc_id], start)
    claims = [
        tables.by_id[span.name]
        for span in entry.spans
        if span.name in tables.by_id and tables.by_id[span.name]["doc_id"] == entry.doc_id
    ]
    return [claim["claim_id"] for claim in claims if list_number(claim) == bold]


def list_number(claim) -> set[int]:
    """The characters of a claim's number in its text."""
    if not claim["number"]:
        return set()
    start = int(claim["number_start"])
    return set(range(start, start + len(claim["number"])))


# --- the annex -----------------------------------------------------------------------------------


def check_annex(markdown: str, tables: Tables) -> list[str]:
    """Each sentence of the annex is one of its text, holds the claims and readings that it lists,
    has their numbers in bold, and is printed once; each is cited, and each citation leads to
    one."""
    entries = list_entries(markdown)
    found = [] if entries else ["the report has no annex"]
    for number, entry in enumerate(entries, 1):
        if not number == entry.number == entry.anchor:
            found.append(f"sentence {entry.number} of the annex stands there as number {number}")
        found += check_entry(entry, tables)
    printed = Counter((entry.doc_id, find_start(entry, tables)) for entry in entries)
    found += [
        f"a sentence of {doc_id} is printed twice" for (doc_id, _), n in printed.items() if n > 1
    ]
    return found + check_heads(markdown, tables) + check_pointers(markdown, entries)


def check_entry(entry: Entry, tables: Tables) -> list[str]:
    which = f"sentence {entry.number} of the annex"
    found = [] if entry.spans else [f"{which} is cited for nothing"]
    for span in entry.spans:
        if span.name != span.link or not is_right(span, entry.doc_id, tables):
            found.append(f"{which} is not that of {span.name}")
    start = find_start(entry, tables)
    if start is None:
        return [*found, f"{which} does not stand in {entry.doc_id} where its claims do"]
    text = tables.texts[entry.doc_id]
    end = match_words(entry.quote).match(text, start).end()
    if not is_whole(text, start, end):
        found.append(f"{which} is no whole sentence")
    claims = [tables.by_id[span.name] for span in entry.spans if span.name in tables.by_id]
    if list_bold(entry.pieces, text, start) != set().union(*map(list_number, claims)):
        found.append(f"{which} has other words in bold than the numbers of its claims")
    return found


def is_right(span: Span, doc_id: str, tables: Tables) -> bool:
    """Whether the claim or reading stands in this text at these characters."""
    claim = tables.by_id.get(span.name)
    if claim is not None:
        own = (claim["doc_id"], claim["start"], claim["end"])
        return own == (doc_id, span.start, span.end)
    return any(
        re.fullmatch(rf"reading-{row.question_id}-{row.doc_id}(?:--\d+)?", span.name)
        and (row.doc_id, int(row.start), int(row.end)) == (doc_id, span.start, span.end)
        for row in tables.readings.itertuples()
    )


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where a sentence or a line does."""
    before, after = text[:start], text[end:]
    begins = not before.strip() or re.search(r"[.!?][”\"’)\]]*\s+$|\n\s*$", before)
    ends = not after.strip() or re.match(r"\s*\n", after) or text[:end].rstrip('”"’)]')[-1] in ".!?"
    return bool(begins and ends)


def check_heads(markdown: str, tables: Tables) -> list[str]:
    """Each text of the annex stands under its title, and under it who published it, when, and
    where; no line of the annex is anything else."""
    found, head = [], None
    documents = {row.doc_id: row for row in tables.documents.itertuples()}
    for line in filter(str.strip, cut_report(markdown)[1].splitlines()[1:]):
        if match := HEAD.fullmatch(line):
            head = documents.get(match["doc_id"])
            if head is None or unescape(match["title"]) != f"{head.doc_id} {head.title}":
                found.append(f"“{line}” heads no text")
                head = None
        elif head is not None and not ENTRY.fullmatch(line):
            found += check_origin(unescape(line), head, tables)
            head = None
        elif not ENTRY.fullmatch(line) and not line.startswith("::: {#annex"):
            found.append(f"“{line[:60]}” in the annex is no sentence")
        elif head is not None:
            found.append(f"{head.doc_id} stands in the annex without publisher and day")
            head = None
    return found


def check_origin(said: str, document, tables: Tables) -> list[str]:
    """What is said of a text: its publisher, its days, on what ground, its address."""
    unknown = document.publisher in ("", "unknown")
    publisher = "publisher unknown" if unknown else document.publisher
    ground = re.split(r"[:\"]", document.published_basis)[0].strip()
    address = getattr(document, "url", "")
    right = (
        said.startswith(f"{publisher}, ")
        and said.endswith(", ".join(filter(None, [ground, address])))
        and is_dated(said, document, tables)
    )
    return [] if right else [f"the annex says of {document.doc_id}: {said}"]


def is_dated(said: str, document, tables: Tables) -> bool:
    """Whether words give just the days on which a text was written or published; none of an undated
    one."""
    days = find_days(said, tables.year)
    if pd.isna(document.first):
        return not days
    return len(days) == 1 and days[0].fits(document.first, document.last)


def check_pointers(markdown: str, entries: list[Entry]) -> list[str]:
    """Each number of a sentence leads to that sentence, and each sentence is cited somewhere."""
    body, _, notes = cut_report(markdown)
    numbers, cited, found = {entry.number for entry in entries}, set(), []
    links = len(re.findall(r"\(#s", body + notes))
    pointers = list(POINTER.finditer(body + notes))
    if links != len(pointers):
        found.append(f"{links - len(pointers)} links to the annex say no number")
    for match in pointers:
        first, last = int(match["first"]), int(match["last"] or match["first"])
        run = set(range(first, last + 1))
        cited |= run
        if int(match["link"]) != first or not run or not run <= numbers:
            found.append(f"{match[0]} leads to no such sentence of the annex")
    return found + [f"sentence {n} of the annex is cited nowhere" for n in sorted(numbers - cited)]


# --- the footnotes -------------------------------------------------------------------------------


def check_notes(markdown: str, tables: Tables) -> list[str]:
    """Each footnote quotes the sentence of the annex to which it leads, names its text and its
    days, and stands behind a quotation of the body; each quotation has one."""
    body, _, rest = cut_report(markdown)
    annex, notes = read_annex(markdown), list_notes(markdown)
    found = [
        f"“{line[:60]}” is no footnote"
        for line in filter(str.strip, rest.splitlines())
        if not NOTE.fullmatch(line)
    ]
    written = Counter(note.number for note in notes)
    found += [f"footnote {number} stands {n} times" for number, n in written.items() if n > 1]
    asked = {int(number) for number in re.findall(r"\[\^n(\d+)\]", body)}
    found += [f"footnote {number} is missing" for number in sorted(asked - set(written))]
    found += [f"footnote {number} belongs nowhere" for number in sorted(set(written) - asked)]
    for quote in re.findall(r"\[(“(?:\\.|[^\]\\])*”)\]\{dir=auto[^}]*\}(?!\[\^n\d)", body):
        found.append(f"{unescape(quote)} has no footnote")
    for note in notes:
        found += check_note(note, annex, tables)
    return found


def check_note(note: Note, annex: dict[int, Entry], tables: Tables) -> list[str]:
    which, entry = f"footnote {note.number}", annex.get(note.sentence)
    if entry is None or note.link != note.sentence:
        return [f"{which} leads to no sentence of the annex"]
    found = []
    if note.quote != entry.quote:
        found.append(f"{which} quotes another sentence than {note.sentence}")
    if not find_cited(note, annex, tables):
        found.append(f"{which} leads to sentence {note.sentence}, where no claim has its words")
    document = next(row for row in tables.documents.itertuples() if row.doc_id == entry.doc_id)
    known = "" if document.publisher in ("", "unknown") else f"{document.publisher}, "
    opening = f"“{document.title}”, {known}"
    rest = note.origin.removeprefix(opening)
    if rest == note.origin or not is_dated(rest, document, tables):
        found.append(f"{which} says of {entry.doc_id}: {note.origin}")
    return found
