"""Reading: the bytes of one file in, the article out, with what it says of itself. Nothing here
touches the disk."""

import codecs
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from helpers.corpus.dateline import (
    compile_once,
    find_dateline,
    find_page_date,
    find_publisher,
    read_day,
)
from helpers.corpus.readers.pdf import read_layers
from helpers.schema.errors import CorpusError

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

# What the note of a text says; the list of what is missing counts these.
UNSPLIT = "looks like several articles in one file, which could not be told apart"
ONLY_TABLE = "holds no sentence (a table?)"
HOLDS_TABLE = "holds a table"
MEGABYTE = 1_000_000
LARGEST = {
    ".txt": 20 * MEGABYTE,
    ".md": 20 * MEGABYTE,
    ".html": 20 * MEGABYTE,
    ".htm": 20 * MEGABYTE,
    ".pdf": 100 * MEGABYTE,
    ".docx": 100 * MEGABYTE,  # with its pictures
    ".odt": 100 * MEGABYTE,
    ".rtf": 20 * MEGABYTE,
    ".eml": 20 * MEGABYTE,
    ".mht": 20 * MEGABYTE,
    ".mhtml": 20 * MEGABYTE,
}
# Of a page; a long article has a few thousand, and trafilatura takes seconds for these.
MOST_ELEMENTS = 50_000
# trafilatura compares each of these with the others: 2 seconds, and 200 for ten times as many.
SLOW = ("a", "form", "option", "table")
MOST_SLOW = 5_000
GUESSED = 200_000  # bytes that an encoding is guessed from
BESIDE = "//nav | //footer | //figcaption | //*[contains(@class, 'caption')][not(.//p[2])]"
STOPS, CLOSING = tuple(".!?…。؟।"), '"”’»)]'
MOST_ATTRIBUTES = 10_000  # of one element; the parser compares each with every other
MOST_BEFORE = 4  # bylines and rubrics above a title
SECTION = (
    "africa|asia|europe|americas?|world|middle east|international|national|local|politics|conflict|"
    "war|opinion|analysis|latest|top|daily"
)
RUBRIC = (
    rf"(?i)(?:(?:{SECTION}|breaking|flash)(?: (?:news|stories|story|updates?|briefing|flash))?|"
    r"news(?: (?:flash|alert|update|brief|in brief|wire|story|report|desk))?|newsflash|headlines?|"
    r"(?:news|flash|urgent|exclusive|live|update \d{0,2}|updated|feature|explainer|fact ?box|"
    r"comment|editorial|video|watch|photos?|in pictures|advertisement|sponsored|share(?: this)?|"
    r"listen|print|email|save|menu|home|subscribe|sign in|read more|skip to (?:main )?content|"
    r"press release|for immediate release|\d+ min(?:ute)?s? read)(?: blog| updates?| news)?)"
)
NAME = r"[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){1,2}"
BYLINE = (
    rf"(?:By|BY) {NAME}(?:(?:,| and|, and) {NAME}){{0,4}}(?:[,|] ?[A-Z].{{0,60}})?$|"
    r"(?:Written|Reported|Reporting|Edited|Compiled|Posted|Photo|Photograph|Image|Source|Author)"
    r"(?: by\b|:).{0,100}$|"
    rf"{NAME}, (?:Reuters|AFP|AP|Associated Press|BBC(?: News)?|"
    r"(?:[A-Z]\w+ )?(?:Correspondent|Reporter|Editor)).{0,40}$"
)


class Article(NamedTuple):
    """One text and what it says of itself; "" where it says nothing.

    text counts offsets for everything later. published is an ISO day, basis the words or the place
    that state it; neither is ever guessed. note says what a person should know. author: several
    separated by ;. accessed: the ISO day on which it was looked up.
    """

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    basis: str = ""
    url: str = ""
    note: str = ""
    author: str = ""
    accessed: str = ""


def read_article(data: bytes, suffix: str) -> Article:
    """The article in a file's bytes; `suffix` (".txt", ".md", ".html", ".htm", ".pdf") says how to
    read them.

    Raises CorpusError, with a remedy, for what is empty, binary, too large, encrypted or damaged,
    for a PDF without a text layer and for a page without an article.
    """
    suffix = suffix.lower()
    check_size(len(data), suffix)
    if not data.strip():
        raise CorpusError("is empty; remove it or fill it")
    if suffix == ".pdf":
        return _read_pdf(data)
    if suffix in (".html", ".htm"):
        return _read_page(data)
    text, note = decode_text(data)
    text, stated = _read_front_matter(text) if suffix == ".md" else (text, {})
    day = stated.get("date") or stated.get("published") or ""
    published = read_day(day)
    if day and not published:
        note = "; ".join(filter(None, (note, f'its front matter says "{day}", which is no day')))
    article = Article(
        text,
        title=stated.get("title") or find_title(text, suffix),
        publisher=stated.get("publisher") or stated.get("source") or "",
        published=published,
        basis="front matter" if published else "",
        url=stated.get("url") or "",
        note=note,
        author=stated.get("author") or "",
        accessed=read_day(stated.get("accessed") or ""),
    )
    return add_dateline(article)


def check_size(size: int, suffix: str) -> None:
    """Raises CorpusError for more bytes (or characters) than one article can have."""
    most = LARGEST[suffix.lower()]
    if size > most:
        raise CorpusError(
            f"is too large for one article ({size / MEGABYTE:,.0f} MB; "
            f"at most {most // MEGABYTE}); split it, or put its articles into a table "
            "(.jsonl, .csv, .parquet), one row each"
        )


def add_dateline(article: Article) -> Article:
    """The article with the day and the publisher of its dateline, where nothing better states
    them."""
    if article.published and article.publisher:
        return article
    publisher = article.publisher or find_publisher(article.text)
    article = article._replace(publisher=publisher)
    if article.published or not (found := find_dateline(article.text)):
        return article
    return article._replace(published=found[0], basis=f'dateline "{found[1]}"')


def decode_text(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text of a file's bytes, and a note where its encoding had to be guessed.

    A byte order mark decides (and is no part of the text), then UTF-8 if it fits, then the encoding
    that a page declares, then what charset-normalizer finds in the first 200,000 bytes. Line ends
    stay. Raises CorpusError when the bytes are empty, binary or in no encoding that can be told.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark) and len(data) % 2 == 0:
            return clean_text(data[2:].decode(encoding, "replace")), ""
    if b"\x00" in data:
        raise CorpusError("is binary (it holds NUL bytes); save the article as plain text")
    for encoding in ("utf-8-sig", declared):
        try:
            return clean_text(data.decode(encoding or "ascii")), ""
        except (UnicodeError, LookupError):  # a codec called undefined raises no UnicodeDecodeError
            continue
    encoding = _guess_encoding(data)
    text = clean_text(data.decode(encoding, "replace"))
    note = f"not UTF-8; read as {encoding}, a guess"
    lost = text.count("\ufffd")
    return text, f"{note} ({lost} characters lost)" if lost else note


def clean_text(text: str) -> str:
    """The text, character by character, but fit to be written: NUL and lone surrogates become
    U+FFFD. Raises CorpusError when it is empty."""
    if not text.strip("\ufeff \t\r\n") or text.isspace():
        raise CorpusError("is empty; remove it or fill it")
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def _guess_encoding(data: bytes) -> str:
    """The encoding that charset-normalizer finds; of several that fit as well, the one English news
    uses."""
    from charset_normalizer import from_bytes

    fitting = from_bytes(data[:GUESSED])
    best = fitting.best()
    if best is None:
        raise CorpusError(
            "is neither UTF-8 nor any other encoding that can be told; save it as UTF-8"
        )
    alike = [match.encoding for match in fitting if match.chaos <= best.chaos]
    alike += best.could_be_from_charset
    foreign = sum(letter > "ɏ" and letter.isalpha() for letter in str(best))
    if "cp1252" in alike or 0 < foreign < 0.1 * len(str(best)):  # no script has one letter in ten
        return "windows-1252"
    return codecs.lookup(best.encoding).name


def is_no_title(line: str) -> bool:
    """Whether a line at the head of a text is a byline, a rubric ("News Flash", "World News",
    "LIVE") or what a page says of itself ("Share", "3 min read")."""
    line = line.strip(" \t\r|*•·-–—:!")
    return bool(compile_once(RUBRIC).fullmatch(line) or compile_once(BYLINE).match(line))


def find_title(text: str, suffix: str = ".txt") -> str:
    """The title at the head of a text: the first `# heading` of Markdown, else a first line that is
    short, ends without punctuation, holds no date but in brackets and stands above a blank, a
    longer line or a dateline; bylines and rubrics above it are passed over. "" without one."""
    lines = re.findall(r"^#[ \t](.*)", text[:20_000], re.M) if suffix == ".md" else []
    headings = [line.rstrip(" \t#\r").lstrip(" \t") for line in lines]
    if any(headings):
        return next(filter(None, headings))
    first, _, rest = text[:2_000].lstrip().partition("\n")
    for _ in range(MOST_BEFORE):
        if not is_no_title(first):
            break
        first, _, rest = rest.lstrip().partition("\n")
    first, second = first.strip(), rest.partition("\n")[0].strip()
    stands = not second or len(second) > len(first) or find_dateline(second)
    short = 3 <= len(first) <= 150 and rest.strip() and stands
    dated = find_dateline(re.sub(r"\([^()]*\)", "", first))  # “Update No. 3 (as of 11 July)” is one
    return first if short and first[-1] not in ".:;,-–—" and not dated else ""


def _read_front_matter(text: str) -> tuple[str, dict[str, str]]:
    """(the text with blanks in the place of its front matter, which tells nothing of what happened;
    the simple lines (`title: …`) between two `---` at the head of a Markdown file). All offsets
    stay."""
    block = re.match(r"---[ \t]*\r?\n(.{0,5000}?)^---[ \t]*\r?$", text, re.M | re.S)
    if not block or not text[block.end() :].strip():
        return text, {}
    lines = re.findall(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", block[1], re.M)
    blank = re.sub(r"\S", " ", block[0])
    return blank + text[block.end() :], {key.lower(): value.strip("\"'") for key, value in lines}


def read_markup(data: bytes) -> tuple[str, str]:
    """The markup of a page, in the encoding it declares, and a note where that had to be
    guessed."""
    charset = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,40})", data[:4_000], re.I)
    declared = charset[1].decode().lower() if charset else ""
    return decode_text(
        data, "windows-1252" if declared in ("iso-8859-1", "latin-1", "ascii") else declared
    )


def _read_page(data: bytes) -> Article:
    """The article of an HTML page: its paragraphs, lists and tables, without menus, captions and
    comments."""
    from lxml.etree import LxmlError
    from trafilatura import load_html

    markup, note = read_markup(data)
    _check_attributes(markup)
    try:
        with _silence("trafilatura"):
            tree = load_html(markup)
            page = None if tree is None else _extract(tree)
    except CorpusError:
        raise
    except (LxmlError, ValueError, RecursionError):
        page = None
    if page is None or not holds_sentence(page.text or ""):
        raise CorpusError(
            "holds no article that can be told from its menus; "
            "save the article's own page, or its text as .txt"
        )
    published, basis = find_page_date(tree, page.url or "")
    article = Article(
        clean_text(page.text or ""),
        title=page.title or "",
        publisher=page.sitename or "",
        published=published,
        basis=basis,
        url=page.url or "",
        note=note,
        author=page.author or "",
    )
    return add_dateline(article)


@contextmanager
def _silence(name: str) -> Iterator[None]:
    """While a library reads: its warnings name no file, the fault that is raised does."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _extract(tree: "HtmlElement") -> "Document | None":
    """The article that trafilatura finds in a page. The date that htmldate finds is left unread: it
    may come from the body or a copyright line."""
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG, Document

    _check_elements(tree)
    _mark_notes(tree)
    config = deepcopy(DEFAULT_CONFIG)
    # Of 250: a brief has few words, and the fallback runs paragraphs and captions together.
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "80"
    page = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False},
        prune_xpath=BESIDE,
        config=config,
    )
    return page if isinstance(page, Document) else None


def _mark_notes(tree: "HtmlElement") -> None:
    """Puts the mark of a note into brackets, so that 25<sup>3</sup> is 25[3] and not 253. Changes
    the tree."""
    for raised in tree.iter("sup"):
        mark = (raised.text_content() or "").strip()
        if re.fullmatch(r"\d{1,3}|[a-z*†‡]", mark):
            tail = raised.tail
            raised.clear()
            raised.text, raised.tail = f"[{mark}]", tail


def holds_sentence(text: str) -> bool:
    """Whether a line of a text is a sentence: 40 characters or more, with a stop at its end."""
    lines = (line.strip().rstrip(CLOSING) for line in text.split("\n"))
    return any(len(line) >= 40 and line.endswith(STOPS) for line in lines)


def _check_elements(tree) -> None:
    """Raises CorpusError for a page with more elements than an article can have."""
    kinds = Counter(element.tag for element in tree.iter())
    if kinds.total() > MOST_ELEMENTS:
        raise _refuse_page(f"{kinds.total():,} elements")
    for kind in SLOW:
        if kinds[kind] > MOST_SLOW:
            raise _refuse_page(f"{kinds[kind]:,} elements <{kind}>")


def _refuse_page(held: str) -> CorpusError:
    return CorpusError(
        f"is too large for one page ({held}); save the article alone, or its text as .txt"
    )


def _check_attributes(markup: str) -> None:
    """Raises CorpusError for a page whose elements have so many attributes that the parser would
    take minutes."""
    squares = 0
    for piece in markup.split(">"):
        if len(piece) > 500 and (tag := re.sub("\"[^\"]*\"|'[^']*'", "=", piece.partition("<")[2])):
            squares += len(re.findall(r"[\s/=]+", tag)) ** 2
    if squares > MOST_ATTRIBUTES**2:
        raise CorpusError(
            "has more attributes than a page needs; save the article alone, or its text as .txt"
        )


def _read_pdf(data: bytes) -> Article:
    """The text layer of a PDF, pages one below the other, as pypdf gives it. The day a PDF was made
    is no day of publication."""
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        with _silence("pypdf"):
            pages, title = read_layers(data)
    except CorpusError:
        raise
    except DependencyError:
        raise CorpusError(
            "is encrypted; save it without its encryption (print it to a PDF)"
        ) from None
    except LimitReachedError as error:
        raise CorpusError(
            f"unpacks to more than an article can have ({error}); save its text as .txt"
        ) from None
    except Exception as error:  # damaged files make pypdf raise almost anything
        raise CorpusError(
            f"is no PDF that can be read ({type(error).__name__}: {error}); "
            "save it again, or its text as .txt"
        ) from None
    bare, count = sum(not page.strip() for page in pages), len(pages)
    if bare == count:
        raise CorpusError(
            "has no text layer (a scan?); run it through OCR, or save its text as .txt"
        )
    text = clean_text("\n".join(pages))
    check_size(len(text), ".txt")
    if " " not in title or re.search(r"^microsoft word|^untitled|\.\w{2,5}$", title, re.I):
        title = find_title(text)
    note = f"{bare} of {count} pages hold no text" if bare else ""
    return add_dateline(Article(text, title, note=note))
