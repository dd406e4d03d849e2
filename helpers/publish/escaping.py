"""Escaping: words of a corpus in HTML, Markdown, LaTeX and drawings, where they stay words."""

import re
from html import escape

CONTROLS = (
    {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"}
    | {0x7F: 0x2421}
    | dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
)
CONTROL = re.compile(  # those, in ranges: quick to compile when a notebook starts
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$^&])|^(\s*)([-+]|\d+[.)])(?=\s)", re.M)
LATEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {letter: "\\" + letter for letter in "&%$#_{}"}
)


def show_controls(text: str) -> str:
    """`text` with control characters as their pictures (␀) and lone surrogates as �.

    No page and no drawing may hold them as they are, and a reader should see that they are there.
    The length stays the same.

    >>> show_controls("at least 30\\x07 killed")
    'at least 30␇ killed'
    """
    return text.translate(CONTROLS) if CONTROL.search(text) else text


def mark_number(row) -> str:
    """A quote as HTML, escaped, the words that carry its number in bold. `row` has quote, start,
    number and number_start (both offsets in the text)."""
    before, number, after = map(escape, split_quote(row))
    return f"{before}<b>{number}</b>{after}" if number else before


def split_quote(row) -> tuple[str, str, str]:
    """A quote before, at and after the words that carry its number; an event's is all before."""
    if not row.number:
        return row.quote, "", ""
    at = int(row.number_start) - int(row.start)
    stop = at + len(row.number)
    return row.quote[:at], row.quote[at:stop], row.quote[stop:]


def escape_markdown(text: str) -> str:
    """Words as Markdown that shows them as they are, on one line.

    >>> escape_markdown("2 * 3_4")
    '2 \\\\* 3\\\\_4'
    """
    return MARKDOWN.sub(
        lambda found: "\\" + found[1] if found[1] else f"{found[2]}\\{found[3]}",
        " ".join(text.split()),
    )


def escape_latex(text: str) -> str:
    """Words as LaTeX that shows them as they are.

    >>> escape_latex("50 %")
    '50 \\\\%'
    """
    return text.translate(LATEX)
