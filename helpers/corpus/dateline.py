"""When a text was written, as far as it says so itself: datelines, bylines, headers and the dates
of a page."""

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEAD = 600  # characters; what stands further down tells of events
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
DATE_FORMS = [
    DAY.format(1)
    + r"(?: of)?[ \-.]{1,2}"
    + MONTH.format(1)
    + r"[,\-]?[ \-]?(?P<year1>(?:19|20)\d\d|\d\d)(?!\d|[.:]\d)",
    MONTH.format(2) + " " + DAY.format(2) + r",? (?P<year2>(?:19|20)\d\d)(?!\d)",
    r"(?P<year3>(?:19|20)\d\d)[-/.](?P<month3>\d\d?)[-/.](?P<day3>\d\d?)(?!\d)"
    r"(?:[T ]\d\d:?\d\d\S*)?",
    r"(?P<first>\d\d?)(?P<mark>[/.\-])(?P<second>\d\d?)(?P=mark)(?P<year4>(?:19|20)\d\d)(?!\d)",
]
DATE = f"(?:{WEEKDAY}(?:{'|'.join(DATE_FORMS)}))"
CLOCK = (
    r"(?:[\s,]*(?:at |from )?\d{1,2}[.:h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?\(?[A-Z]{2,4}(?:[+-]\d\d?)?\)?)?)?"
)
AGENCY = r"\([A-Za-z][^()\n]{1,50}\)"
DASH = r"(?:--|[—–‒−]|-(?=\s)|:(?=\s))"
CAPITALISED = r"[A-Z][\w.'’\-]*"
LINK = (
    r",? (?:de|del|la|el|al|of|of the|and|et)[ \-]|,? (?:ez|az|es|ash|al|el|ad|at)-|"
    r", ?| |/| \(|\) ?"
)
NO_PLACE = r"(?!(?:In|On|At|From|Since|Until|After|Before|During|By|The(?! Hague))\b)"
PLACE = rf"{NO_PLACE}{CAPITALISED}(?:(?:{LINK}){CAPITALISED}){{0,7}}\)?"
SENTENCE = rf"\s*(?!(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}))(?-i:[A-Z0-9\[(“‘\"']|$)"
PUBLISHED = (
    r"(?:first |originally )?(?:published|posted|issued|released|filed|dated?|"
    r"(?:publication|release|publishing) date|date (?:of publication|published|posted|issued))"
)
REVISED = r"(?:last )?(?:updated|modified|revised)|last update|as (?:of|at)"
END = rf"{CLOCK}\s*(?=$|[|·•;)\]\n])"
HEADER = r"^[^\S\n]*[\[(*_#]*\s?(?:{0})[*_]*\s*(?:(?P<colon>:)|on\b|at\b)?[*_]*\s*(?P<date>{1})"
compile_once = cache(re.compile)  # when first used: it takes as long as importing all the rest
SHAPES = [  # most telling first; each captures the words that are shown
    "(?im)" + HEADER.format(PUBLISHED, DATE) + rf"(?:{END}|(?(colon)\b|(?<=-\d\d)\b))",
    rf"(?im)^[^\S\n]*(?-i:{PLACE})(?:[,.] ?| {AGENCY}[,.]? ?|\n)(?P<date>{DATE})[,.]?\s?"
    rf"(?:{AGENCY}\s?{DASH}?|(?:[A-Z/]{{2,12}}\s?)?{DASH})(?={SENTENCE})",
    rf"(?im)^[^\S\n]*(?P<date>{DATE})[,.]?\s(?:(?-i:[A-Z][A-Z .'\-]{{2,30}})\s?)?"
    rf"{AGENCY}\s?{DASH}",
]
AUTHOR = rf"(?-i:(?:By|by|BY) [^\n|·•]{{2,60}}?|{CAPITALISED}(?: {CAPITALISED}){{0,4}})"
BYLINE = (
    rf"(?im)^[^\S\n]*(?:{AUTHOR}?\s?[|·•,–—-]\s?)?(?P<date>{DATE}){CLOCK}\s*"
    r"(?:[|·•–—-][^\n.]{0,60})?$"
)
LATER = [
    "(?im)" + HEADER.format(REVISED, DATE) + END,
    rf"(?i)\((?:as of|as at|updated)\s(?P<date>{DATE}){CLOCK}\)",
]
# Names of a page's date of publication, in the order in which they are believed.
META = (
    "article:published_time og:published_time og:article:published_time datepublished "
    "citation_publication_date citation_date parsely-pub-date sailthru.date dc.date.issued "
    "dcterms.issued dc.date dcterms.date publication_date publish-date publishdate published "
    "pubdate originalpublicationdate article.published date"
).split()


def find_dateline(text: str) -> tuple[str, str] | None:
    """The day on which a text says it was written, and the words that say so; None where it says
    nothing.

    Read are, within the first 600 characters: headers ("Published: 4 March 2023"), datelines
    ("KELL, March 4, 2023 (Agency) -"), lines that hold a date and no sentence, last "Updated" and
    "as of". Two digits of a year mean 1970 to 2069. A date inside running prose is none, nor is one
    without a year, nor 03/04/2023, which is March in one country and April in the next, nor are
    several lines with different dates: that is a chronology.

    >>> find_dateline("KELL, March 4, 2023 (Agency) - Three people were killed.")
    ('2023-03-04', 'KELL, March 4, 2023 (Agency)')
    """
    head = text[: 4 * HEAD].lstrip("\ufeff \t\r\n")[:HEAD]
    head = head.replace("\r\n", "\n").replace("\xa0", " ")
    if found := _find_shape(SHAPES, head):
        return found
    lines = [match for match in compile_once(BYLINE).finditer(head) if not _is_short_year(match)]
    dated = [(day, match) for match in lines if (day := _read_day_of(match))]
    if dated and len({day for day, _ in dated}) == 1:
        day, match = dated[0]
        return day, _show_words(match[0])
    return None if lines else _find_shape(LATER, head)


_STATED = r"(?im)^[^\S\n]*(?:source|publisher|published by|outlet):[^\S\n]*(?P<name>[^\n]{2,60})$"
_OWN = r" \((?P<name>[^()\d]{2,50})\)$"


def find_publisher(text: str) -> str:
    """Who publishes a text, as far as its head says so: a line "Source: …", or else the agency or
    paper in brackets at the end of its dateline; "" where it says nothing.

    >>> find_publisher("KELL, March 4, 2023 (Northern Gazette) - Three people were killed.")
    'Northern Gazette'
    """
    if stated := compile_once(_STATED).search(text[:HEAD]):
        return stated["name"].strip()
    dateline = find_dateline(text)
    named = compile_once(_OWN).search(dateline[1]) if dateline else None
    return named["name"].strip() if named else ""


def _find_shape(shapes: list[str], head: str) -> tuple[str, str] | None:
    """(day, words) of the first shape that holds a day."""
    for shape in shapes:
        for match in compile_once(shape).finditer(head):
            if day := _read_day_of(match):
                return day, _show_words(match[0])
    return None


def _show_words(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(" -–—|·•:;,")


def _is_short_year(match: re.Match) -> bool:
    return len(match["year1"] or "0000") == 2


def _read_day_of(match: re.Match) -> str:
    """The ISO day that a DATE names; "" where there is no such day, or two readings of it."""
    if match["year3"]:
        return _write_day(match["year3"], match["month3"], match["day3"])
    if match["year4"]:
        first, second = int(match["first"]), int(match["second"])
        if first <= 12 and second <= 12 and first != second:
            return ""
        day, month = (first, second) if second <= 12 else (second, first)
        return _write_day(match["year4"], month, day)
    form = "1" if match["year1"] else "2"
    year = match[f"year{form}"]
    if len(year) == 2:
        year = f"19{year}" if int(year) >= 70 else f"20{year}"
    return _write_day(
        year, MONTHS.index(match[f"month{form}"][:3].lower()) + 1, match[f"day{form}"]
    )


def _write_day(year, month, day) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def read_day(value: str) -> str:
    """The ISO day at the beginning of a cell or an attribute ("2023-03-04T10:31:00Z", "4 March
    2023", "Sat, 04 Mar 2023 10:31:00 GMT", "20230304"), as printed, without moving it to another
    time zone; "" where there is none or two readings.

    >>> read_day("Sat, 04 Mar 2023 10:31:00 GMT")
    '2023-03-04'
    """
    value = value.strip()
    if match := re.match(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:$|T)", value):
        return _write_day(*match.groups())
    match = re.match(DATE, value[:60], re.I)
    return _read_day_of(match) if match and not _is_short_year(match) else ""


def find_page_date(tree: "HtmlElement", url: str) -> tuple[str, str]:
    """The day of publication that an HTML page states, and where; ("", "") where it states none.

    Asked in turn: its metadata, its marked `time` elements (or unmarked ones that agree), its
    address. Copyright lines, dates of change and today's date are no days of publication.
    """
    for value in _list_metadata(tree):
        if day := read_day(value):
            return day, "page metadata"
    times = list(tree.iter("time"))
    marked = [element for element in times if _is_marked(element)]
    for group in (marked[:1], times):
        days = {read_day(element.get("datetime") or element.text_content()) for element in group}
        if len(days) == 1 and (day := days.pop()):
            return day, "time element of the page"
    if match := re.search(r"/((?:19|20)\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?=[/_-]|$)", url):
        year, name, number = match.groups()
        month = str(MONTHS.index(name) + 1) if name in MONTHS else name
        if month.isdigit() and (day := _write_day(year, month, number)):
            return day, "address of the page"
    return "", ""


def _list_metadata(tree: "HtmlElement") -> list[str]:
    """What the metadata of a page say of its day, the most telling first."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        stated.setdefault(name.lower(), element.get("content") or "")
    linked = [
        value
        for element in tree.iter("script")
        if "ld+json" in (element.get("type") or "")
        for value in re.findall(r'"datePublished"\s*:\s*"([^"]{4,60})"', element.text or "")
    ]
    first, *others = (stated.get(name, "") for name in META)
    return [first, *linked[:1], *others]


def _is_marked(element: "HtmlElement") -> bool:
    """Whether a `time` element says that it is the day of publication."""
    words = f"{element.get('itemprop')} {element.get('class')}"
    marked = re.search(r"publi|posted|entry-date", words, re.I)
    return element.get("pubdate") is not None or marked is not None
