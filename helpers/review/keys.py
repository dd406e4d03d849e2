"""Keys: what each key of a review asks for, done to the review and told."""

from collections.abc import Callable
from typing import Any

from helpers.claims.decisions.journal import Cells, sum_row
from helpers.claims.decisions.table import DECIDED, Change
from helpers.corpus.places import split_values
from helpers.review.choices.chips import BY_KEY, read_typed
from helpers.review.choices.completion import complete_row
from helpers.review.choices.marking import build_marked
from helpers.review.session import Draft, Review
from helpers.schema.csv_files import pad_id
from helpers.schema.errors import ClaimsError, CorpusError, ParameterError


def press(review: Review, key: str, **given: Any) -> None:
    """Do what a key asks for (`KEYS`); `told` says what came of it. Nothing that goes wrong is
    raised: it is told, and the claim stays as it was. `given`: what comes with the key, as its
    function takes it."""
    review.told, review.listing = ("", ""), False
    try:
        KEYS[key](review, **given)
    except (CorpusError, ParameterError) as fault:
        review.told = ("refused", str(fault))
        review.reread()


def accept(review: Review) -> None:
    """The claim stands as it is, with those that repeat it; what was changed is saved."""
    if review.draft is not None:
        save(review)
    elif review.row is not None:
        _decide(review, "accepted")


def reject(review: Review) -> None:
    """The claim is none, nor are those that repeat it; what was changed is dropped. Claims that
    are still said to be parts of it are told."""
    if review.row is None:
        return
    review.draft = None
    names = {review.claim_id, *review.repeats}
    _decide(review, "rejected")
    parts = [
        name for name, row in review.table.rows.items() if names & set(split_values(row["part_of"]))
    ]
    if parts:
        kind, words = review.told
        review.told = (kind, f"{words}; {', '.join(parts)} is still said to be part of it")


def save(review: Review) -> None:
    """The changes of the claim, decided; without any it is accepted."""
    if review.draft is None:
        accept(review)
        return
    seen, row = review.draft.seen, review.draft.row
    review.places.save_new(row)
    if seen is None:
        row = {**row, "review": "accepted"}
        _write(review, [Change(row["claim_id"], None, row)], "added")
        return
    if sum_row(seen) == sum_row(row):
        review.draft = None
        accept(review)
        return
    changes = [Change(row["claim_id"], seen, {**row, "review": "corrected"})]
    changes += [_repeat_change(review, name, seen, row) for name in review.repeats]
    _write(review, changes, "corrected")


def _decide(review: Review, what: str) -> None:
    """The claim and those that repeat it, as they are, decided."""
    rows = [review.table.rows[name] for name in (review.claim_id, *review.repeats)]
    _write(review, [Change(it["claim_id"], dict(it), {**it, "review": what}) for it in rows], what)


def _repeat_change(review: Review, name: str, seen: Cells, row: Cells) -> Change:
    """The same correction of a claim that repeats this one in another text."""
    other = dict(review.table.rows[name])
    cells = {
        column: cell
        for column, cell in row.items()
        if cell != seen.get(column, "")
        and column not in ("start", "end", "number_start", "date_at", "review")
    }
    reading = review.read_text(other["doc_id"])
    text = reading.text if reading else ""
    after = complete_row(other, cells, text, review.table.places)
    return Change(name, other, {**after, "review": "corrected"})


def _write(review: Review, changes: list[Change], what: str) -> None:
    """Decide, and go on to the next claim that nobody has decided."""
    _require_open(review)
    review.table.decide(changes, what)
    review.note_decision()
    review.draft, review.only = None, False
    review.told = ("done", _say_done([change.claim_id for change in changes], what))
    if what == "added":  # back to the claim at which its words were marked
        review.order.insert(review.at, changes[0].claim_id)
        review.at += 1
    else:
        review.go_on()


def _require_open(review: Review) -> None:
    if review.closed:
        raise CorpusError(review.closed)


def undo(review: Review) -> None:
    """The last decision taken back."""
    _step(review, review.table.undo, "taken back")


def redo(review: Review) -> None:
    """The decision that was taken back last, made again."""
    _step(review, review.table.redo, "made again")


def _step(review: Review, step: Callable[[], list[str]], words: str) -> None:
    """A step through the journal; the reviewer stands at the claim that changed."""
    _require_open(review)
    review.draft, review.text = None, ""
    names = step()
    if not names:
        review.told = ("", f"nothing to be {words}")
        return
    review.told = ("done", f"{words}: {', '.join(names)}")
    review.order[review.at : review.at] = [name for name in names if name not in review.order]
    gone = sum(name not in review.table.rows for name in review.order[: review.at])
    review.order = [name for name in review.order if name in review.table.rows]
    shown = [name for name in names if name in review.order]
    review.at = review.order.index(shown[0]) if shown else review.at - gone


def go_forward(review: Review) -> None:
    """To the claim after this one."""
    _go(review, review.at + 1)


def go_back(review: Review) -> None:
    """To the claim before this one."""
    _go(review, review.at - 1)


def _go(review: Review, at: int) -> None:
    review.draft, review.only = None, False
    if review.text:  # back from a text to the claim
        review.text = ""
        return
    review.at = max(0, min(at, len(review.order) - 1))


def list_texts(review: Review) -> None:
    """The texts, to go to one."""
    review.listing = True


def go_to_text(review: Review, doc_id: str) -> None:
    """To the first claim of a text that nobody has decided, else to its first, else to the text
    itself."""
    review.draft, review.only, review.text = None, False, ""
    rows = [
        row
        for row in review.table.rows.values()
        if pad_id(row["doc_id"]) == doc_id and row["claim_id"] in review.order
    ]
    rows.sort(key=lambda row: (row["review"] in DECIDED, int(row["start"] or 0)))
    if rows:
        review.at = review.order.index(rows[0]["claim_id"])
    elif review.read_text(doc_id) is not None:
        review.text = doc_id


def skip(review: Review) -> None:
    """The claim goes behind those that nobody has decided."""
    if not review.claim_id or review.draft is not None:
        drop(review)
        return
    name = review.order.pop(review.at)
    left = set(review.left)
    last = max((at for at, other in enumerate(review.order) if other in left), default=-1)
    review.order.insert(max(last + 1, review.at), name)
    review.at = min(review.at, len(review.order) - 1)


def toggle_only(review: Review) -> None:
    """Decide this claim alone, or again with those that repeat it."""
    review.only = not review.only


def toggle_whole(review: Review) -> None:
    """Show the whole text, or again the sentence with its neighbours."""
    review.whole = not review.whole


def drop(review: Review) -> None:
    """What was changed is forgotten."""
    review.draft = None


def set_chip(review: Review, chip: str, option: int = -1, typed: str = "") -> None:
    """A chip of the claim changed, and whatever follows from it."""
    row = review.row
    reading = review.read_text(row["doc_id"]) if row else None
    if row is None or reading is None:
        raise ClaimsError("there is no text to choose from")
    if option >= 0:
        cells = review.list_options(chip)[option].cells
    else:
        cells = read_typed(
            BY_KEY[chip],
            typed,
            row,
            reading,
            lambda name: review.places.find_key(name, reading.text),
        )
    kept = review.draft.by_hand - set(BY_KEY[chip].columns) if review.draft else frozenset()
    cells = {name: cell for name, cell in cells.items() if name not in kept}
    after = complete_row(row, cells, reading.text, review.places.list_known(), kept)
    seen = dict(review.table.rows[row["claim_id"]]) if review.draft is None else review.draft.seen
    review.draft = Draft(seen, after, kept | set(BY_KEY[chip].columns))


def mark(review: Review, start: int, end: int, doc_id: str = "") -> None:
    """A claim that nobody proposed, from words that were marked in a text."""
    row = review.row
    reading = review.read_text(doc_id or (row["doc_id"] if row else ""))
    if reading is None:
        raise ClaimsError("mark the words in a text of this corpus")
    marked = build_marked(reading, start, end, review.places.name_mention)
    marked["claim_id"] = review.table.number_claim(reading.doc_id)
    after = complete_row(
        marked, {"place": marked["place"]}, reading.text, review.places.list_known()
    )
    review.draft = Draft(None, after)


KEYS: dict[str, Callable[..., None]] = {
    "accept": accept,
    "reject": reject,
    "save": save,
    "undo": undo,
    "redo": redo,
    "next": go_forward,
    "back": go_back,
    "skip": skip,
    "only": toggle_only,
    "whole": toggle_whole,
    "drop": drop,
    "set": set_chip,
    "mark": mark,
    "texts": list_texts,
    "text": go_to_text,
}


def _say_done(names: list[str], what: str) -> str:
    more = f", and {len(names) - 1} that repeat it" if len(names) > 1 else ""
    return f"{names[0]} {what}{more}"
