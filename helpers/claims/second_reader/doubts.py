"""Where the table and the second reader differ: a table of doubts, and a sentence for each row."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.claims.second_reader.naming import doubt_place, doubt_source
from helpers.claims.second_reader.naming.sentence import fold_words
from helpers.claims.second_reader.reading import Reading, read_claim
from helpers.claims.second_reader.spans import OPEN, Span
from helpers.claims.second_reader.values import Value

DOUBT_COLUMNS = ["claim_id", "field", "stated", "read", "kind", "words"]
FIELDS = ["value", "unit", "measure", "affected", "days"]
CLOSE = 0.006  # shares are written with two decimals; nothing else is rounded


def find_doubts(
    claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Every field of every claim in which the two readings differ, or which the second cannot read;
    with `places`, every place and source that its sentence leaves in doubt, too.

    One row is one field of one claim: claim_id, field (value, unit, measure, affected, days,
    place, source), stated (as the table has it), read (all that the words allow; of a place or
    source why it is doubtful), kind ("differs", "unread": the second reader cannot tell, or
    "doubtful") and words (the sentence). `claims` is a table of claims as text or as load_claims
    gives it, `documents` has doc_id, text and published, `places` is as load_places gives it. None
    is changed.

    >>> text = "Shells killed 12 people in Homs."
    >>> documents = pd.DataFrame([{"doc_id": "000", "text": text, "published": "2024-12-08"}])
    >>> claim = {"claim_id": "000-001", "doc_id": "000", "start": 7, "exact": "killed 12 people"}
    >>> figure = {"number": "12", "number_start": 14, "unit": "person", "measure": "injured"}
    >>> values = {"quantifier": "exact", "low": 12, "best": 12, "high": 12}
    >>> doubts = find_doubts(pd.DataFrame([claim | figure | values]), documents)
    >>> doubts[["claim_id", "field", "stated", "read", "kind"]].values.tolist()
    [['000-001', 'measure', 'injured', 'killed', 'differs']]
    """
    texts = dict(zip(documents["doc_id"], documents["text"]))
    published = dict(zip(documents["doc_id"], documents.get("published", "")))
    names = None if places is None else list_names(places)
    doubts: list[dict[str, str]] = []
    for row in claims.to_dict("records"):
        document = str(row["doc_id"])
        text = texts.get(document, "")
        reading = read_claim(row, text, str(published.get(document) or ""))
        doubts += list_row_doubts(row, reading)
        doubts += [] if names is None else _list_named(row, text, names, reading.words)
    return pd.DataFrame(doubts, columns=DOUBT_COLUMNS)


def describe_agreement(
    claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame | None = None
) -> list[str]:
    """For each claim, in the order of the table, whether both readers agree: "both"; "differs:
    value 30 or 40,000; days …", stated first; or "not read: …", the fields that the second cannot
    tell; and, with `places`, behind it "doubtful: place (why); source (why)"."""
    doubts = _group_doubts(claims, documents, places)
    return [_describe(doubts.get(claim, [])) for claim in claims["claim_id"]]


def describe_differences(claims: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    """For each claim, in the order of the table, where the second reading differs: "value 30 or
    40,000", stated first; "" where it does not, or cannot tell."""
    doubts = _group_doubts(claims, documents)
    return [_describe_differences(doubts.get(claim, [])) for claim in claims["claim_id"]]


def describe_named(
    claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame
) -> list[str]:
    """For each claim, in the order of the table, why its place or source is doubtful: "place (its
    sentence does not name it)"; "" where neither is."""
    doubts = _group_doubts(claims, documents, places)
    return [_describe_named(doubts.get(claim, [])) for claim in claims["claim_id"]]


def is_confirmed(row: Mapping[str, Any], text: str, published: str) -> bool:
    """Whether the second reader reads value and unit of a figure as the row states them."""
    reading = read_claim(row, text, published)
    doubted = {doubt["field"] for doubt in list_row_doubts(row, reading)}
    return bool(reading.values) and not doubted & {"value", "unit"}


def _group_doubts(
    claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame | None = None
) -> dict[str, list[dict[str, str]]]:
    """claim_id → its doubts."""
    by_claim: dict[str, list[dict[str, str]]] = {}
    for doubt in find_doubts(claims, documents, places).to_dict("records"):
        by_claim.setdefault(doubt["claim_id"], []).append(doubt)
    return by_claim


def _describe(doubts: list[dict[str, str]]) -> str:
    said, unread = "both", [doubt["field"] for doubt in doubts if doubt["kind"] == "unread"]
    if differences := _describe_differences(doubts):
        said = f"differs: {differences}"
    elif unread:
        said = "not read: " + ", ".join(unread)
    named = _describe_named(doubts)
    return f"{said}; doubtful: {named}" if named else said


def _describe_named(doubts: list[dict[str, str]]) -> str:
    why = [f"{one['field']} ({one['read']})" for one in doubts if one["kind"] == "doubtful"]
    return "; ".join(why)


def _describe_differences(doubts: list[dict[str, str]]) -> str:
    return "; ".join(
        f"{doubt['field']} {doubt['stated']} or {doubt['read']}"
        for doubt in doubts
        if doubt["kind"] == "differs"
    )


def list_names(places: pd.DataFrame) -> dict[str, list[list[str]]]:
    """Key of a place → the words of its key and of all its names. `places`: as load_places."""
    names: dict[str, list[list[str]]] = {}
    for key, row in places.iterrows():
        written = [str(key), _cell(row, "name"), *row["names"]]
        names[str(key)] = [words for name in written if (words := fold_words(name))]
    return names


def _list_named(
    row: Mapping[str, Any], text: str, names: Mapping[str, list[list[str]]], words: str
) -> list[dict[str, str]]:
    """The doubts about the place and the source of a row."""
    found = [
        ("place", _cell(row, "place"), doubt_place(row, text, names)),
        ("source", _cell(row, "source_original"), doubt_source(row, text)),
    ]
    claim = {"claim_id": _cell(row, "claim_id"), "kind": "doubtful", "words": words}
    return [
        claim | {"field": field, "stated": stated, "read": why}
        for field, stated, why in found
        if why
    ]


def list_row_doubts(row: Mapping[str, Any], reading: Reading) -> list[dict[str, str]]:
    """The doubts of one row, one for each field, in the order of FIELDS."""
    found = [
        ("value", _show_stated_value(row), *_compare_value(row, reading)),
        ("unit", _cell(row, "unit"), *_compare_words(_cell(row, "unit"), reading.units)),
        (
            "measure",
            _cell(row, "measure"),
            *_compare_words(_cell(row, "measure"), reading.measures),
        ),
        ("affected", _cell(row, "affected"), *_compare_affected(row, reading)),
        ("days", _show_stated_days(row), *_compare_days(row, reading)),
    ]
    return [
        {
            "claim_id": _cell(row, "claim_id"),
            "field": field,
            "stated": stated,
            "read": read,
            "kind": "unread" if field in reading.unsure else kind,
            "words": reading.words,
        }
        for field, stated, read, kind in found
        if kind
    ]


def _cell(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, str):
        return value
    return "" if value is None or pd.isna(value) else str(value)


def _compare_words(stated: str, read: frozenset[str] | None) -> tuple[str, str]:
    if not read:
        return "", "unread" if stated else ""
    return " or ".join(sorted(read - {""})), "" if stated in read else "differs"


def _compare_affected(row: Mapping[str, Any], reading: Reading) -> tuple[str, str]:
    """Who is affected counts only where the words and the row both say so; a row that leaves it
    open says no less than the words require."""
    stated = _cell(row, "affected")
    if not reading.affected or not stated:
        return "", ""
    return _compare_words(stated, reading.affected)


def _compare_value(row: Mapping[str, Any], reading: Reading) -> tuple[str, str]:
    if not _cell(row, "number"):
        return "", ""
    if not reading.values:
        return "", "unread"
    stated = Value(
        _cell(row, "quantifier"), *(_number(row, name) for name in ("low", "best", "high"))
    )
    read = " or ".join(sorted(_show_value(value) for value in reading.values))
    return read, "" if any(_same_value(stated, value) for value in reading.values) else "differs"


def _same_value(stated: Value, read: Value) -> bool:
    if stated.quantifier != read.quantifier:
        return False
    for one, other in zip(stated[1:], read[1:]):
        if (one is None) != (other is None):
            return False
        if one is not None and other is not None and abs(one - other) > CLOSE:
            return False
    return True


def _number(row: Mapping[str, Any], name: str) -> float | None:
    cell = _cell(row, name)
    try:
        return float(cell) if cell else None
    except ValueError:
        return None


def _show_stated_value(row: Mapping[str, Any]) -> str:
    numbers = (_number(row, name) for name in ("low", "best", "high"))
    return _show_value(Value(_cell(row, "quantifier"), *numbers))


def _show_value(value: Value) -> str:
    """A value for a message: "more_than 500,000", "between 10,000 and 40,000", "vague".

    >>> _show_value(Value("between", 10000, None, 40000))
    'between 10,000 and 40,000'
    """
    numbers = [
        f"{number:,.2f}".rstrip("0").rstrip(".") for number in value[1:] if number is not None
    ]
    distinct = list(dict.fromkeys(numbers))
    words = " and ".join(distinct)
    return f"{value.quantifier} {words}".strip()


def _compare_days(row: Mapping[str, Any], reading: Reading) -> tuple[str, str]:
    stated = _stated_span(row)
    expected = _cell(row, "assertion") == "expected"
    late = reading.last_day and stated.last > reading.last_day
    if late and not expected:
        return f"no day after {reading.last_day}, the day of writing", "differs"
    if reading.days is None:
        return "", "unread" if stated.first else ""
    if expected and not stated.first:
        return "", ""
    read = " or ".join(sorted(_show_span(span) for span in reading.days))
    if stated in reading.days:
        return read, ""
    fits = any(_same_span(stated, span) for span in reading.days)
    return read, "unread" if fits else "differs"


def _stated_span(row: Mapping[str, Any]) -> Span:
    return Span(_cell(row, "date_start")[:10], _cell(row, "date_end")[:10])


def _same_span(stated: Span, read: Span) -> bool:
    """Whether stated days fit a reading that leaves a side open: that side is not read."""
    if not stated.first or not read.first:
        return stated == read
    return read.first in (OPEN, stated.first) and read.last in (OPEN, stated.last)


def _show_span(span: Span) -> str:
    if not span.first:
        return "undated"
    if span.first == span.last:
        return span.first
    first, last = span.first.replace(OPEN, "…"), span.last.replace(OPEN, "…")
    return f"{first} to {last}"


def _show_stated_days(row: Mapping[str, Any]) -> str:
    return _show_span(_stated_span(row))
