"""The view: what a reviewer sees of a claim, as plain values that any surface can draw: the
paragraph cut into stretches, the chips with what may be chosen, what is left, what was told."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from helpers.claims.decisions.journal import Cells
from helpers.claims.decisions.table import DECIDED
from helpers.corpus.places import split_values
from helpers.review.choices.chips import (
    CHIPS,
    CODEBOOK,
    is_chosen,
    list_options,
    say_typed,
    show_value,
)
from helpers.review.choices.days import say_days
from helpers.review.choices.reading import TextReading, find_name
from helpers.review.session import Review
from helpers.schema.csv_files import pad_id
from helpers.schema.formatting import count

CHIP_OF = {column: chip.name for chip in CHIPS for column in chip.columns}
CHIP_OF |= dict.fromkeys(("low", "best", "high", "quantifier", "number_start"), "number")
CHIP_OF |= dict.fromkeys(("date_prec", "date_basis", "date_exact", "date_at"), "days")
CHIP_OF |= {"topic": "what", "place_prec": "place", "start": "quote", "end": "quote"}
# A column in a message: the word it begins with, or one that no sentence has otherwise.
COLUMN = re.compile(
    rf"^(?:{'|'.join(CHIP_OF)})\b|\b(?:{'|'.join(name for name in CHIP_OF if '_' in name)})\b"
)
MOST_TEXT = 20_000  # characters before and behind a claim that are shown of a long text
ALWAYS = ("number", "what", "place", "days", "source", "stance")  # shown though they are empty


def show_review(review: Review) -> dict[str, Any]:
    """What is to be drawn. claim, title, text, chips, doubts, faults and repeats are of the claim;
    left, figures and told of the review; nothing in it is markup."""
    row = review.row
    shown = show_frame(review)
    reading = review.read_text(row["doc_id"]) if row else None
    if row is None and review.text:
        return shown | show_text(review)
    if row is None:
        return shown
    if reading is None:
        missing = {"doubts": ["its text is not in the folder"], "review": row["review"]}
        return shown | missing | {"claim": review.claim_id, "finished": ""}
    seen = review.draft.seen if review.draft is not None else row
    return shown | {
        "claim": review.claim_id,
        "finished": "",
        "title": say_title(reading),
        "review": row["review"],
        "adding": seen is None,
        "changed": review.draft is not None,
        "text": cut_text(review, row, reading),
        "chips": list_chips(review, row, seen or {}, reading),
        "doubts": review.doubts,
        "faults": list_faults_of(review, row),
        "repeats": review.repeats,
        "doc": reading.doc_id,
    }


def show_text(review: Review) -> dict[str, Any]:
    """What is drawn of a text that is read without a claim."""
    reading = review.read_text(review.text)
    if reading is None:
        return {}
    return {
        "title": say_title(reading),
        "doc": reading.doc_id,
        "text": [{"at": 0, "words": reading.text[: 2 * MOST_TEXT], "is": []}],
        "finished": "No claim of this text stands in the table: mark words and press m to add one.",
    }


def list_texts(review: Review) -> list[list[str]]:
    """The texts that one may go to: id, title and how many claims of it are left."""
    left = Counter(pad_id(review.table.rows[name]["doc_id"]) for name in review.left)
    texts = review.documents.to_dict("records")
    return [
        [str(row["doc_id"]), str(row.get("title") or ""), f"{left[row['doc_id']]} left"]
        for row in texts
        if not review.wanted or row["doc_id"] in review.wanted
    ]


def show_frame(review: Review) -> dict[str, Any]:
    """What is to be drawn where there is no claim: how much is left, and what comes next."""
    kind, words = review.told
    undo, redo = review.table.may_step()
    return {
        "claim": "",
        "finished": say_next(review),
        "left": len(review.left),
        "total": len(review.table.rows),
        "minutes": round(review.minutes),
        "figures": say_figures(review.table.rows),
        "told": {"kind": kind, "words": words},
        "notes": [*review.settled, *review.table.brought_back],
        "reviewer": review.table.reviewer,
        "undo": undo,
        "redo": redo,
        "whole": review.whole,
        "texts": list_texts(review) if review.listing else [],
        "title": "",
        "text": [],
        "chips": [],
        "doubts": [],
        "faults": [],
    }


def say_next(review: Review) -> str:
    """What to do where no claim is left to look at."""
    if not review.table.rows:
        return "There is no claim to decide on."
    if review.left:
        return "Claims came into the table meanwhile: run the cells of this notebook again."
    folder = review.folder.name
    return (
        "Every claim is decided. Now run notebooks 02 to 06, or "
        f"`python -m helpers.run -p corpus {folder}`: the figures rest on what you decided."
    )


def list_faults_of(review: Review, row: Cells) -> list[str]:
    """What the gate minds of the claim, its columns under the names of the chips. Of a new claim of
    which nobody has said yet what it tells, that alone."""
    if not row["measure"]:
        return ["what is not said yet: press m, and choose or type what is counted or happened"]
    return [name_chips(fault) for fault in review.faults]


def name_chips(fault: str) -> str:
    """A fault of the gate with the names of the chips in the place of the columns'.

    >>> name_chips("date_kind is empty; date_start 2031-03-09 lies after date_end 2031-03-05")
    'kind of days is empty; days 2031-03-09 lies after days 2031-03-05'
    """
    return COLUMN.sub(lambda found: CHIP_OF[found[0]], fault)


def say_title(reading: TextReading) -> str:
    """A text's id, title and day: 003 · Rebels seize Kell · 3 Mar 2031."""
    days = [day.isoformat() for day in reading.published or ()]
    said = say_days(*days) if days else "of unknown day"
    return " · ".join(dict.fromkeys([reading.doc_id, reading.title, said]))


def say_figures(rows: Mapping[str, Cells]) -> str:
    """What the next figures will show of these claims."""
    checked = sum(row["review"] in ("accepted", "corrected") for row in rows.values())
    rejected = sum(row["review"] == "rejected" for row in rows.values())
    unchecked = len(rows) - checked - rejected
    return (
        f"the next figures: {checked} checked, {unchecked} not checked (“?”), "
        f"{rejected} rejected and left out"
    )


def list_chips(
    review: Review, row: Cells, seen: Mapping[str, str], reading: TextReading
) -> list[dict[str, Any]]:
    """The chips of a claim: key, name, value, whether it was changed, what may be chosen and
    typed."""
    known = review.known
    asked = review.ask_about(row, reading)
    chips = []
    for chip in CHIPS:
        options = list_options(chip, asked)
        chips.append(
            {
                "key": chip.key,
                "name": chip.name,
                "value": show_value(chip, row, known),
                "always": chip.name in ALWAYS,
                "changed": any(row.get(name, "") != seen.get(name, "") for name in chip.columns),
                "options": [
                    [option.label, option.hint, is_chosen(chip, option, row)] for option in options
                ],
                "typed": say_typed(chip, row),
                "asks": CODEBOOK["asks"][chip.name],
                "text": row[chip.columns[0]] if chip.name in ("quote", "note") else "",
                "rests": _say_words(chip.name, row),
            }
        )
    return chips


def _say_words(name: str, row: Mapping[str, str]) -> str:
    """The words that a chip rests on, where it does not show them itself."""
    if name == "days" and row["date_start"]:
        return f"“{row['date_exact']}”" if row["date_exact"] else row["date_basis"]
    return ""


def cut_text(review: Review, row: Cells, reading: TextReading) -> list[dict[str, Any]]:
    """The paragraph of a claim (or the text, where that was asked for) in stretches: where each
    begins in the text, its words, and what it is part of: sentence, quote, number, days, place,
    source."""
    text, size = reading.text, len(reading.text)
    start, end = (int(row[name]) if row[name].isdecimal() else 0 for name in ("start", "end"))
    start, end = min(start, size), min(max(end, start), size)
    first, last = reading.find_context(start, end)
    if review.whole:
        first, last = max(0, start - MOST_TEXT), min(size, end + MOST_TEXT)
    spans = list_spans(row, reading, start, end)
    cuts = sorted({first, last, *(at for span in spans for at in span[:2] if first < at < last)})
    return [
        {
            "at": begin,
            "words": text[begin:stop],
            "is": [name for begins, ends, name in spans if begins <= begin and stop <= ends],
        }
        for begin, stop in zip(cuts, cuts[1:])
    ]


def list_spans(
    row: Cells, reading: TextReading, start: int, end: int
) -> list[tuple[int, int, str]]:
    """Where the words stand that a claim rests on, and what they are."""
    spans = [(*reading.find_sentence(start, end), "sentence"), (start, end, "quote")]
    for name, column, offset in (
        ("number", "number", "number_start"),
        ("days", "date_exact", "date_at"),
    ):
        if row[column] and row[offset].isdecimal():
            spans.append((int(row[offset]), int(row[offset]) + len(row[column]), name))
    wanted = {*split_values(row["place"]), *split_values(row["place_to"])}
    for offer in reading.list_places(start, end):
        if offer.means.key in wanted:
            wanted.discard(offer.means.key)
            spans.append((offer.start, offer.end, "place"))
    first, last = reading.find_context(start, end)
    for source in split_values(row["source_original"]):
        if found := find_name(reading.text[first:last], source):
            spans.append((first + found[0], first + found[1], "source"))
    return spans


def list_rows(review: Review) -> list[dict[str, str]]:
    """What is left to decide, as a plain table: one row is one claim, in the order of review:
    claim_id, what is doubtful, the sentence, and what was read from it."""
    rows = []
    for name in review.order:
        row = review.table.rows.get(name)
        reading = review.read_text(row["doc_id"]) if row else None
        if row is None or reading is None or row["review"] in DECIDED:
            continue
        values = {
            chip.name: show_value(chip, row, review.known)
            for chip in CHIPS
            if chip.name in (*ALWAYS, "where to")
        }
        start, end = int(row["start"] or 0), int(row["end"] or 0)
        begin, stop = reading.find_sentence(start, end)
        doubts = "; ".join(review.table.check_own(row)[:1] + review.list_doubts(row))
        rows.append(
            {"claim_id": name, "doubt": doubts, "sentence": reading.text[begin:stop], **values}
        )
    return rows


def say_left(review: Review) -> str:
    """How many claims are left, and how long they take."""
    left = len(review.left)
    if not left:
        return "Every claim is decided."
    minutes = count(max(1, round(review.minutes)), "minute")
    return f"{count(left, 'claim')} left to decide, about {minutes}."
