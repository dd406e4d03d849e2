"""References: sources.bib (BibTeX) and sources.ris, the texts of a corpus for a reference manager
(Zotero, EndNote, LaTeX).

Only what the text or documents.csv says stands there; a day that is not certain is left to a note,
and so is a publisher that is not known.
"""

import re

import pandas as pd

from helpers.analysis.selection import Study
from helpers.corpus.places import split_values
from helpers.publish.escaping import escape_latex, show_controls
from helpers.publish.exports.rows import Rendered
from helpers.schema.columns import DAY
from helpers.schema.formatting import count

BIBTEX, RIS = "sources.bib", "sources.ris"
BIBTEX_NAMES = {"publisher": "organization"}  # the field of @online and @misc; Zotero reads it too


def render_bibtex(study: Study) -> Rendered:
    """sources.bib: an entry a text, @online where it has an address, else @misc; its key is
    `text-` and the number of the text."""
    entries = []
    for row in study.documents.to_dict("records"):
        fields = describe_text(row, study.is_invented)
        kind = "online" if fields.get("url") else "misc"
        lines = [
            f"  {BIBTEX_NAMES.get(name, name)} = {{{_escape(name, cell)}}},"
            for name, cell in fields.items()
        ]
        entries.append("\n".join([f"@{kind}{{{name_key(row['doc_id'])},", *lines, "}"]))
    return Rendered({BIBTEX: ("\n\n".join(entries) + "\n").encode("utf-8", "replace")}, _say(study))


def render_ris(study: Study) -> Rendered:
    """sources.ris: a record a text, of the type NEWS."""
    tags = {
        "title": "TI",
        "publisher": "PB",
        "date": "DA",
        "year": "PY",
        "language": "LA",
        "url": "UR",
        "urldate": "Y2",
        "note": "N1",
    }
    records = []
    for row in study.documents.to_dict("records"):
        fields = describe_text(row, study.is_invented)
        lines = ["TY  - NEWS", f"ID  - {name_key(row['doc_id'])}"]
        lines += [f"AU  - {name}" for name in split_values(fields.pop("author", ""))]
        for name, cell in fields.items():
            day = name in ("date", "urldate")
            lines.append(f"{tags[name]}  - {cell.replace('-', '/') if day else cell}")
        records.append("\n".join([*lines, "ER  - ", ""]))
    return Rendered({RIS: "\n".join(records).encode("utf-8", "replace")}, _say(study))


def name_key(doc_id: str) -> str:
    """The key of a text, of letters that every BibTeX takes; two texts never have one.

    >>> name_key("004"), name_key("kell 2")
    ('text-004', 'text-kell+20+2')
    """
    escaped = re.sub(r"[^A-Za-z0-9.-]", lambda letter: f"+{ord(letter[0]):x}+", doc_id)
    return f"text-{escaped}"


def describe_text(row: dict, invented: bool = False) -> dict[str, str]:
    """What is known of a text: author, title, publisher, date and year (an ISO day and its year,
    where the day is certain; the year alone where only that is), language, url, urldate, note. What
    nobody says is left out."""
    first, _, last = str(row["published"]).partition("/")
    known = "" if row["publisher"] == "unknown" else row["publisher"]
    notes = [f"Text {row['doc_id']} of the corpus, {row['file']}, SHA-256 {row['sha256']}"]
    notes += ["Invented text"] if invented else []
    notes += [] if known else ["Publisher unknown"]
    notes += [f"Written between {first} and {last}"] if last else []
    notes += [] if first else ["Undated"]
    notes += [row["published_basis"]] if row["published_basis"] else []
    accessed = str(row.get("accessed", ""))
    if accessed and not re.fullmatch(DAY, accessed):
        notes.append(f"Accessed {accessed}")
        accessed = ""
    year = first[:4] if not last or first[:4] == last[:4] else ""
    fields = {
        "author": row.get("author", ""),
        "title": row["title"],
        "publisher": known,
        "date": "" if last else first,
        "year": year,
        "language": row.get("language", ""),
        "url": row.get("url", ""),
        "urldate": accessed,
        "note": ". ".join(notes),
    }
    cells = {name: show_controls(" ".join(str(cell).split())) for name, cell in fields.items()}
    return {name: cell for name, cell in cells.items() if cell}


def _escape(name: str, cell: str) -> str:
    """A field of BibTeX: words escaped for LaTeX, authors joined by its `and`, each in braces, for
    a newsroom is no surname. An address stays one, but for what would end the field."""
    if name in ("url", "date", "year", "urldate"):
        return re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", cell)
    if name == "author":
        return " and ".join(f"{{{escape_latex(author)}}}" for author in split_values(cell))
    words = escape_latex(cell)
    return f"{{{words}}}" if name == "title" else words  # or styles write damascus for Damascus


def _say(study: Study) -> list[str]:
    """What a reader should fill in."""
    documents: pd.DataFrame = study.documents
    bare = documents["publisher"].isin(["", "unknown"]) & (documents["url"] == "")
    if not bare.any():
        return []
    return [
        f"{count(int(bare.sum()), 'text')} of {len(documents):,} without publisher and address in "
        f"{BIBTEX} and {RIS}; write them into documents.csv"
    ]
