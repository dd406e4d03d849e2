"""Annotations: the claims of a corpus as W3C Web Annotations (JSON-LD), written and read back without loss.

One annotation is one claim: its target is the quoted words, its body the coding. The terms are those of
https://www.w3.org/TR/annotation-model/ and, for the columns of the claims table, our own.
"""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import quote, unquote

import pandas as pd

from helpers.analysis.selection import Study
from helpers.claims.gate import add_columns
from helpers.publish.links import anchor_claim, link_anchor
from helpers.schema.columns import ADDED_COLUMNS, CLAIM_COLUMNS, DAYS, NUMBERS, OFFSETS
from helpers.schema.csv_files import is_day_or_interval, python_strings
from helpers.schema.errors import ClaimsError

FILE = "claims.jsonld"
# Every term of ours bears the prefix: the vocabulary of annotations has a `scope` of its own, with another meaning.
PREFIX, NAMESPACE = "claims:", "urn:x-eleven-days:claims:"
SPAN = ["start", "end", "exact"]  # columns that the selectors hold
LISTS = [
    "actor",
    "place",
    "place_to",
    "affected_side",
    "source_original",
    "part_of",
    "same_as",
]  # columns whose cells hold several values
KINDS = {
    **dict.fromkeys(NUMBERS, (int, float)),
    **dict.fromkeys(OFFSETS, int),
    "days_most": int,
    **dict.fromkeys(LISTS, list),
}  # as JSON has them; the others are text
AROUND = 32  # characters of prefix and suffix: enough to find the words again in a text that was edited elsewhere


def render_annotations(study: Study) -> bytes:
    """All claims of the corpus as an AnnotationCollection with one AnnotationPage, JSON-LD in UTF-8: the same
    bytes for the same corpus and the same address of the evidence.

    An annotation's id is the address of its claim on the evidence pages. `source` is the text that start and
    end count in, named by its SHA-256 (RFC 6920): the hash of the file as it stands for a plain text in UTF-8,
    of what save_texts writes for a page or a PDF. A path would hold for one machine, and the evidence page
    has other characters than the text. `claims:documents` says which file bears that name.
    """
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    sources = {doc_id: name_text(text) for doc_id, text in texts.items()}
    pages = {
        doc_id: link_anchor(study, "", doc_id) for doc_id in texts
    }  # once a document: it adds up the length of all texts
    columns = {
        name: [_write_cell(name, cell) for cell in study.coded[name]] for name in study.coded
    }
    rows = [dict(zip(columns, cells)) for cells in zip(*columns.values())]
    items = [
        describe_claim(
            row,
            pages[row["doc_id"]] + quote(anchor_claim(row["claim_id"]), safe=""),
            sources[row["doc_id"]],
            texts[row["doc_id"]],
        )
        for row in rows
    ]
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
        "@context": ["http://www.w3.org/ns/anno.jsonld", _write_context()],
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


def describe_claim(row: dict, address: str, source: str, text: str) -> dict:
    """One claim (its cells as JSON has them, None where nothing stands) as an Annotation."""
    start, end = row["start"], row["end"]
    return {
        "id": address,
        "type": "Annotation",
        "motivation": "classifying",
        "body": {
            "type": _term("Claim"),
            **{
                _term(name): cell
                for name, cell in row.items()
                if cell is not None and name not in SPAN
            },
        },
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": row["exact"],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
            ],
        },
    }


def _term(name: str) -> str:
    return PREFIX + quote(name, safe="")


def _write_context() -> dict:
    """What a JSON-LD processor must know of our terms; numbers and text need no word."""
    return {
        PREFIX.rstrip(":"): NAMESPACE,
        **{_term(name): {"@type": "xsd:date"} for name in DAYS},
        **{
            _term(name): {"@container": "@list"} for name in ["columns", *LISTS]
        },  # without it the order is lost
    }


def _write_cell(name: str, cell):
    if cell is pd.NA or cell is pd.NaT or cell == "" or cell != cell:
        return None
    if name in DAYS:
        return cell.date().isoformat()
    if name in LISTS:
        return cell.split(";")
    return (
        int(cell)
        if name in (*OFFSETS, "days_most") or name in NUMBERS and cell == int(cell)
        else cell
    )


def load_annotations(file: str | Path) -> pd.DataFrame:
    """The claims table of a claims.jsonld. Raises ClaimsError as read_annotations does, and when the file
    cannot be opened."""
    file = Path(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ClaimsError(
            f"{file} cannot be read ({error.strerror}); any notebook from 02 on writes one into its figures folder"
        ) from None
    return read_annotations(data, file.name)


@python_strings
def read_annotations(data: bytes | dict, name: str = FILE) -> pd.DataFrame:
    """The claims table of a collection that render_annotations wrote: the rows, columns, types and missing
    values of Study.coded. It is not held against the texts; check_claims does that. `name` is what
    messages call the data.

    Raises ClaimsError naming the annotation for anything that is no such collection, and for a cell that
    is not of its column's kind.
    """
    try:
        collection = json.loads(data) if isinstance(data, bytes) else data
        columns, items = collection[_term("columns")], list(collection["first"]["items"])
        missing = [column for column in CLAIM_COLUMNS if column not in {*columns, *ADDED_COLUMNS}]
    except ValueError as error:
        raise ClaimsError(
            f"{name} is no JSON in UTF-8 ({error}); have a notebook write it again"
        ) from None
    except (KeyError, TypeError):
        raise ClaimsError(
            f"{name} is no collection of coded claims: it needs {_term('columns')}, and first with items; have a notebook write it again"
        ) from None
    if missing or collection.get("total") != len(items):
        fault = (
            f"lacks the columns {', '.join(missing)}"
            if missing
            else f"holds {len(items)} annotations and says {collection.get('total')}"
        )
        raise ClaimsError(f"{name} {fault}; have a notebook write it again")
    rows = []
    for number, item in enumerate(items, 1):
        try:
            rows.append(_read_claim(item, columns))
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            where = f"annotation {number} ({item.get('id', 'no id') if isinstance(item, dict) else 'no object'})"
            raise ClaimsError(
                f"{name} {where}: {f'{fault} is missing' if isinstance(fault, KeyError) else fault}; correct it, or have a notebook write the file again"
            ) from None
    return type_claims(pd.DataFrame(rows, columns=columns, dtype=object))


def _read_claim(item: dict, columns: list[str]) -> dict:
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
        if (
            not isinstance(cell, KINDS.get(name, str))
            or isinstance(cell, bool)
            or name in DAYS
            and (len(cell) != len("2024-11-27") or not is_day_or_interval(cell))
        ):
            raise ValueError(f"{name} cannot be {cell!r}")
        if name in LISTS:
            row[name] = ";".join(cell)
    return row


@python_strings
def type_claims(table: pd.DataFrame) -> pd.DataFrame:
    """A table of claims with the types that load_claims gives, from cells as JSON or a reader of the data
    package has them: numbers, days, text, None where nothing stands."""
    table = add_columns(table)
    types = {
        **dict.fromkeys(NUMBERS, "float64"),
        **dict.fromkeys((*OFFSETS, "days_most"), "Int64"),
    }
    typed = {
        name: table[name].astype(types[name])
        if name in types
        else table[name].fillna("").astype(str)
        for name in table
        if name not in DAYS
    }
    days = {
        name: pd.to_datetime(table[name].map(str, na_action="ignore"), format="%Y-%m-%d")
        for name in DAYS
    }
    return pd.DataFrame({**typed, **days}, columns=table.columns)
