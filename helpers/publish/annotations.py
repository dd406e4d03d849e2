"""Annotations: the claims of a corpus as W3C Web Annotations (JSON-LD), written and read back
without loss.

One annotation is one claim: its target is the quoted words, its body the coding. The terms are
those of https://www.w3.org/TR/annotation-model/ and, for the columns of the claims table, our own.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pandas as pd

from helpers.analysis.selection import Study
from helpers.claims.gate import add_columns
from helpers.publish.links import anchor_claim, link_anchor
from helpers.schema.columns import ADDED_COLUMNS, CLAIM_COLUMNS, DAYS, NUMBERS, OFFSETS
from helpers.schema.csv_files import is_day_or_interval, python_strings
from helpers.schema.errors import ClaimsError

FILE = "claims.jsonld"
# Every term of ours bears the prefix: the vocabulary of annotations has a `scope` of its own, with
# another meaning.
PREFIX, NAMESPACE = "claims:", "urn:x-eleven-days:claims:"
SPAN = ["start", "end", "exact"]  # columns that the selectors hold
WHOLE = (*OFFSETS, "days_most")  # columns of whole numbers
LISTS = [  # columns whose cells hold several values
    "actor",
    "place",
    "place_to",
    "affected_side",
    "source_original",
    "part_of",
    "same_as",
]
KINDS: dict[str, tuple[type, ...]] = {  # what JSON has in a column; in the others it has text
    **dict.fromkeys(NUMBERS, (int, float)),
    **dict.fromkeys(WHOLE, (int,)),
    **dict.fromkeys(LISTS, (list,)),
}
AROUND = 32  # characters of prefix and suffix: enough to find the words in a text edited elsewhere
AGAIN = "have a notebook write it again"


def render_annotations(study: Study) -> bytes:
    """All claims of the corpus as an AnnotationCollection with one AnnotationPage, JSON-LD in
    UTF-8: the same bytes for the same corpus and the same address of the evidence.

    An annotation's id is the address of its claim on the evidence pages. `source` is the text that
    start and end count in, named by its SHA-256 (RFC 6920): the hash of the file as it stands for a
    plain text in UTF-8, of what save_texts writes for a page or a PDF. A path would hold for one
    machine, and the evidence page has other characters than the text. `claims:documents` says which
    file bears that name.
    """
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    sources = {doc_id: name_text(text) for doc_id, text in texts.items()}
    # Once a document: it adds up the length of all texts.
    pages = {doc_id: link_anchor(study, "", doc_id) for doc_id in texts}
    columns = {name: [_to_json(name, cell) for cell in study.coded[name]] for name in study.coded}
    items = []
    for cells in zip(*columns.values()):
        row = dict(zip(columns, cells))
        doc_id, anchor = row["doc_id"], quote(anchor_claim(row["claim_id"]), safe="")
        items.append(annotate_claim(row, pages[doc_id] + anchor, sources[doc_id], texts[doc_id]))
    documents = [
        {
            "id": sources[row.doc_id],
            "type": "Text",
            "format": "text/plain",
            "label": row.title,
            _term("doc_id"): row.doc_id,
            _term("file"): row.file,
        }
        for row in study.documents.itertuples()
    ]
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", describe_context()],
        "id": FILE,
        "type": "AnnotationCollection",
        "label": study.settings["title"],
        "total": len(items),
        _term("columns"): list(columns),
        _term("documents"): documents,
        "first": {
            "id": f"{FILE}#page",
            "type": "AnnotationPage",
            "partOf": FILE,
            "startIndex": 0,
            "items": items,
        },
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def name_text(text: str) -> str:
    """The name of a text by the SHA-256 of its UTF-8, as RFC 6920 writes it."""
    digest = hashlib.sha256(text.encode()).digest()
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def annotate_claim(row: dict[str, Any], address: str, source: str, text: str) -> dict[str, Any]:
    """One claim (its cells as JSON has them, None where nothing stands) as an Annotation."""
    start, end = row["start"], row["end"]
    coding = {
        _term(name): cell for name, cell in row.items() if cell is not None and name not in SPAN
    }
    words = {
        "type": "TextQuoteSelector",
        "exact": row["exact"],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return {
        "id": address,
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": _term("Claim"), **coding},
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, words],
        },
    }


def _term(name: str) -> str:
    return PREFIX + quote(name, safe="")


def describe_context() -> dict[str, Any]:
    """What a JSON-LD processor must know of our terms; numbers and text need no word."""
    ordered = {"@container": "@list"}  # without it the order of the values is lost
    return {
        PREFIX.rstrip(":"): NAMESPACE,
        **{_term(name): {"@type": "xsd:date"} for name in DAYS},
        **{_term(name): ordered for name in ["columns", *LISTS]},
    }


def _to_json(name: str, cell):
    """A cell of a claims table as JSON has it; None where nothing stands."""
    if cell is pd.NA or cell is pd.NaT or cell == "" or cell != cell:
        return None
    if name in DAYS:
        return cell.date().isoformat()
    if name in LISTS:
        return cell.split(";")
    if name in WHOLE or (name in NUMBERS and cell == int(cell)):
        return int(cell)
    return cell


def load_annotations(file: str | Path) -> pd.DataFrame:
    """The claims table of a claims.jsonld. Raises ClaimsError as read_annotations does, and when
    the file cannot be opened."""
    file = Path(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ClaimsError(
            f"{file} cannot be read ({error.strerror}); any notebook from 02 on writes one into "
            "its figures folder"
        ) from None
    return read_annotations(data, file.name)


@python_strings
def read_annotations(data: bytes | dict, name: str = FILE) -> pd.DataFrame:
    """The claims table of a collection that render_annotations wrote: the rows, columns, types and
    missing values of Study.coded. It is not held against the texts; check_claims does that. `name`
    is what messages call the data.

    Raises ClaimsError naming the annotation for anything that is no such collection, and for a cell
    that is not of its column's kind.
    """
    columns, items = _open_collection(data, name)
    rows = []
    for number, item in enumerate(items, 1):
        try:
            rows.append(_read_claim(item, columns))
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            told = item.get("id", "no id") if isinstance(item, dict) else "no object"
            said = f"{fault} is missing" if isinstance(fault, KeyError) else fault
            raise ClaimsError(
                f"{name} annotation {number} ({told}): {said}; correct it, or have a notebook "
                "write the file again"
            ) from None
    return type_claims(pd.DataFrame(rows, columns=columns, dtype=object))


def _open_collection(data: bytes | dict, name: str) -> tuple[list[str], list]:
    """(columns, annotations) of a collection. Raises ClaimsError for one that is not whole."""
    try:
        collection = json.loads(data) if isinstance(data, bytes) else data
        columns, items = collection[_term("columns")], list(collection["first"]["items"])
        missing = [column for column in CLAIM_COLUMNS if column not in {*columns, *ADDED_COLUMNS}]
    except ValueError as error:
        raise ClaimsError(f"{name} is no JSON in UTF-8 ({error}); {AGAIN}") from None
    except (KeyError, TypeError):
        raise ClaimsError(
            f"{name} is no collection of coded claims: it needs {_term('columns')}, and first with "
            f"items; {AGAIN}"
        ) from None
    if missing:
        raise ClaimsError(f"{name} lacks the columns {', '.join(missing)}; {AGAIN}")
    if collection.get("total") != len(items):
        told = f"holds {len(items)} annotations and says {collection.get('total')}"
        raise ClaimsError(f"{name} {told}; {AGAIN}")
    return columns, items


def _read_claim(item: dict, columns: list[str]) -> dict[str, Any]:
    """The row of an annotation, cells as JSON has them."""
    selectors = {selector["type"]: selector for selector in item["target"]["selector"]}
    position, words = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    row = {
        unquote(term.removeprefix(PREFIX)): cell
        for term, cell in item["body"].items()
        if term.startswith(PREFIX)
    }
    row |= {"start": position["start"], "end": position["end"], "exact": words["exact"]}
    for name, cell in row.items():
        if name not in columns:
            raise ValueError(f"{_term(name)} is none of the columns that {_term('columns')} lists")
        if not _fits(name, cell):
            raise ValueError(f"{name} cannot be {cell!r}")
        if name in LISTS:
            row[name] = ";".join(cell)
    return row


def _fits(name: str, cell) -> bool:
    """Whether a cell is of its column's kind."""
    if isinstance(cell, bool) or not isinstance(cell, KINDS.get(name, (str,))):
        return False
    if name not in DAYS:
        return True
    return len(str(cell)) == len("2024-11-27") and is_day_or_interval(str(cell))


@python_strings
def type_claims(table: pd.DataFrame) -> pd.DataFrame:
    """A table of claims with the types that load_claims gives, from cells as JSON or a reader of
    the data package has them: numbers, days, text, None where nothing stands."""
    table = add_columns(table)
    types = dict.fromkeys(NUMBERS, "float64") | dict.fromkeys(WHOLE, "Int64")
    typed = {}
    for name in table:
        if name in DAYS:
            days = table[name].map(str, na_action="ignore")
            typed[name] = pd.to_datetime(days, format="%Y-%m-%d")
        elif name in types:
            typed[name] = table[name].astype(types[name])
        else:
            typed[name] = table[name].fillna("").astype(str)
    return pd.DataFrame(typed, columns=table.columns)
