"""Word processors: the paragraphs and tables of a .docx, .odt or .rtf.

The first two are ZIP archives of XML, and of each one part is read, with lxml. python-docx, which
knows .docx, leaves out what stands in content controls and in tracked insertions, and unpacks every
part, pictures included, before a size can be asked.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.schema.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_UNPACKED = 20_000_000  # bytes of XML: a novel takes 10
MOST_DIRECTORY = 1_000_000  # bytes of the list of a ZIP: some 10,000 parts
MOST_FONTS = (
    100_000  # characters of the font table of an .rtf; striprtf compares each with the rest
)
OLD_WORD = b"\xd0\xcf\x11\xe0"  # an OLE file: an old .doc, or a .docx behind a password
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MARKS = {  # what stands for a character
    f"{WORD}tab": "\t",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "-",
    f"{TEXT}tab": "\t",
    f"{TEXT}line-break": "\n",
}
PARAGRAPHS = {f"{WORD}p", f"{TEXT}p", f"{TEXT}h"}
ROWS = {f"{WORD}tr": f"{WORD}tc", f"{TABLE}table-row": f"{TABLE}table-cell"}
# Said twice, taken back, or said of the text.
BESIDE = [
    f"{ALTERNATIVE}Fallback",
    f"{WORD}moveFrom",
    f"{WORD}del",
    f"{TEXT}tracked-changes",
    f"{TEXT}note",
    f"{OFFICE}annotation",
]


def read_office(data: bytes, suffix: str) -> tuple[str, str, str]:
    """(text, title, note) of a .docx, .odt or .rtf: a paragraph a line, a row of a table a line
    with | between its cells. Footnotes, headers and footers are not read; the note says so of
    footnotes. Raises CorpusError, with a remedy, for what is encrypted, damaged, or unpacks to more
    than an article can have."""
    if suffix == ".rtf":
        return read_rtf(data), "", ""
    body = _parse_body(_unpack(data, suffix), suffix)
    notes = {f"{WORD}footnoteReference", f"{WORD}endnoteReference", f"{TEXT}note"}
    has_notes = any(element.tag in notes for element in body.iter())
    _strip_beside(body)
    return (
        "\n".join(_list_lines(body)),
        _find_heading(body),
        "footnotes are not read" if has_notes else "",
    )


def _unpack(data: bytes, suffix: str) -> bytes:
    """The XML of the text. What the archive says of sizes is believed only as far as it is read."""
    if data.startswith(OLD_WORD):
        raise CorpusError(
            f"is encrypted, or no {suffix} but an older kind; save it again, without a password"
        )
    part = "word/document.xml" if suffix == ".docx" else "content.xml"
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "META-INF/manifest.xml" in archive.namelist():
                manifest = _read_part(archive, "META-INF/manifest.xml")
                if b"encryption-data" in manifest:
                    raise CorpusError("is encrypted; save it without its password")
            return _read_part(archive, part)
    except CorpusError:
        raise
    except RuntimeError:  # what zipfile raises for a password
        raise CorpusError("is encrypted; save it without its password") from None
    except Exception as error:  # damaged archives make zipfile raise almost anything
        raise CorpusError(
            f"is no {suffix} that can be read ({type(error).__name__}: {error}); "
            "save it again, or its text as .txt"
        ) from None


def _check_directory(data: bytes) -> None:
    """Raises CorpusError for a list of parts that is longer than any text's: each takes memory
    before its size can be asked."""
    at = data.rfind(b"PK\x05\x06")
    if at >= 0 and len(data) >= at + 16:
        (size,) = struct.unpack("<I", data[at + 12 : at + 16])
        if size > MOST_DIRECTORY:
            raise CorpusError("has more parts than a text can have; save its text as .txt")


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part of an archive, at most MOST_UNPACKED bytes of it."""
    with archive.open(name) as part:
        data = part.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise CorpusError(
            f"unpacks to more than an article can have ({MOST_UNPACKED:,} bytes); "
            "split it, or save its text as .txt"
        )
    return data


def _parse_body(xml: bytes, suffix: str) -> "_Element":
    """The element that holds the text. Entities stay unread, and nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(xml, parser)
    except etree.LxmlError as error:
        raise CorpusError(
            f"is no {suffix} that can be read ({error}); save it again, or its text as .txt"
        ) from None
    body = tree.find(f"{WORD}body" if suffix == ".docx" else f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise CorpusError("holds no text that can be read; save its text as .txt")
    return body


def _strip_beside(body: "_Element") -> None:
    from lxml import etree

    etree.strip_elements(body, *BESIDE, with_tail=False)


def _list_lines(element: "_Element") -> Iterator[str]:
    """The lines of a body, a section, a list or a cell, in order."""
    for child in element:
        if child.tag in PARAGRAPHS:
            yield _join_words(child)
        elif child.tag in ROWS:
            cells = [cell for cell in child.iter(ROWS[child.tag]) if cell.getparent() is child]
            yield " | ".join(" ".join(_list_lines(cell)).strip() for cell in cells)
        elif isinstance(child.tag, str):
            yield from _list_lines(child)


def _join_words(paragraph: "_Element") -> str:
    """The words of a paragraph; a text box in it begins a line of its own."""
    from lxml.etree import iterwalk

    words = []
    for event, element in iterwalk(paragraph, events=("start", "end")):
        tag = str(element.tag)
        is_open = tag.startswith((TEXT, TABLE, OFFICE))  # .odt: words stand between the elements
        if event == "end":
            if is_open and element is not paragraph:
                words.append(element.tail or "")
            continue
        if tag in PARAGRAPHS and element is not paragraph:
            words.append("\n")
        words.append(MARKS.get(tag, ""))
        if tag == f"{TEXT}s":
            words.append(" " * min(int(element.get(f"{TEXT}c") or 1), 10))
        if is_open or tag == f"{WORD}t":
            words.append(element.text or "")
    return "".join(words)


def _find_heading(body: "_Element") -> str:
    """The first paragraph that is set as a title or as a heading of the first rank; "" without."""
    for element in body.iter(*PARAGRAPHS):
        style = element.find(f"{WORD}pPr/{WORD}pStyle")
        name = element.get(f"{TEXT}style-name") or ""
        if style is not None:
            name = style.get(f"{WORD}val") or ""
        is_first = element.get(f"{TEXT}outline-level") == "1"
        if is_first or re.fullmatch(r"(?i)title|heading_?(?:20_)?1", name):
            return re.sub(r"\s+", " ", _join_words(element)).strip()
    return ""


def read_rtf(data: bytes) -> str:
    """The text of an .rtf, as striprtf gives it, without the addresses of its links."""
    from striprtf.striprtf import font_table_group, rtf_to_text

    markup = data.decode("ascii", "surrogateescape")
    if not markup.lstrip().startswith("{\\rtf"):
        raise CorpusError("is no .rtf that can be read; save it again, or its text as .txt")
    if len(font_table_group(markup)) > MOST_FONTS:
        raise CorpusError("has more fonts than a text needs; save its text as .txt")
    # A space where there is none keeps striprtf from writing the address of a link into the text.
    markup = re.sub(r"\\fldinst(?=\{)", r"\\fldinst ", markup)
    raw = re.sub("[\udc80-\udcff]", lambda byte: f"\\'{ord(byte[0]) - 0xDC00:02x}", markup)
    try:
        text = rtf_to_text(raw, errors="replace")
    except Exception as error:  # numbers out of bounds, codes without a meaning
        raise CorpusError(
            f"is no .rtf that can be read ({type(error).__name__}: {error}); "
            "save it again, or its text as .txt"
        ) from None
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = re.sub(r"\|(?=\n|$)", "", text.replace("\n|", "|"))  # a cell may end with a paragraph
    return text.replace("|", " | ")
