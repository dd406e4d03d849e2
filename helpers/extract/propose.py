"""Proposals: a claims table from raw texts, every row with its span and the rule that made it.

The rows are those of claims.csv with review "proposed", and pass its gate. What a rule cannot know stays empty and is
listed; nothing is guessed.
"""

import re
from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from helpers.claims import LONGEST, MEASURES, find_faults
from helpers.corpus import CorpusError
from helpers.extract.counts import Count, find_counts
from helpers.extract.dates import Dating, find_dates
from helpers.extract.events import Event, find_events
from helpers.extract.gazetteer import Gazetteer, PlaceMention, Places, build_gazetteer, describe_place, guess_country
from helpers.extract.numbers import lower_text
from helpers.extract.sentences import Sentence, split_sentences
from helpers.extract.voices import find_source
from helpers.places import PLACE_COLUMNS
from helpers.proposals import PROPOSAL_COLUMNS

STOCKS = {"idps", "in_camps", "refugees", "population"}  # describe a day; without dating words, the day of the text
NEAR, LOOK_BACK = 220, 60  # characters between a figure and its place; dating words between it and the day told last
MONTH, YEAR = timedelta(days=31), timedelta(days=366)  # what lies further back is no news


class Proposals(NamedTuple):
    """What the texts claim, by rule. claims: one row a figure or dated event (PROPOSAL_COLUMNS, text); places: the
    places given and those met, indexed by key; unresolved: place, name, documents, mentions: names that no gazetteer knows;
    skipped: what was not mined or not kept, and why."""

    claims: pd.DataFrame
    places: pd.DataFrame
    unresolved: pd.DataFrame
    skipped: list[str]


class _Text:
    """One document read once: what the row builders look up. Dates and places are found when first asked for: most texts need neither."""

    def __init__(self, document, gazetteer: Gazetteer):
        self.doc_id, self.text, self.gazetteer = document.doc_id, document.text, gazetteer
        self.lowered, self.sentences = lower_text(self.text), split_sentences(self.text)
        start, end = getattr(document, "published_start", None), getattr(document, "published_end", None)
        self.published = (start.date(), end.date()) if pd.notna(start) and pd.notna(end) else None

    @cached_property
    def dates(self) -> list[Dating]:
        return find_dates(self.lowered, self.text, self.published)

    @cached_property
    def places(self) -> Places:
        return Places(self.text, self.lowered, self.gazetteer)

    @cached_property
    def headings(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.is_heading]


def propose_claims(documents: pd.DataFrame, places: pd.DataFrame, country: str = "", progress: bool = False) -> Proposals:
    """Claims proposed from the texts of a corpus (tables of load_corpus and load_places; neither is changed).

    `country`: where the corpus plays (ISO letters or English name, several with `;`), to tell places of one name apart; ""
    takes the countries the texts name most. The same texts give the same rows. Texts in another language than English
    are skipped and said. Raises CorpusError when `country` is no country.
    """
    try:
        gazetteer = build_gazetteer(places, country or guess_country(list(documents["text"])))
    except ValueError as error:
        raise CorpusError(str(error)) from None
    rows, mentions, skipped = [], [], []
    for document in _show_progress(documents, progress):
        language = getattr(document, "language", "")
        if language not in ("", "English"):
            skipped.append(f"{document.doc_id}: the text is in {language}; the rules read English only")
            continue
        read = _Text(document, gazetteer)
        found, met = _propose_document(read)
        rows += found
        mentions += [(read.doc_id, mention) for mention in met]
    claims = pd.DataFrame(rows, columns=PROPOSAL_COLUMNS).astype(str)
    known, unresolved = _collect_places(mentions, places, gazetteer)
    faults = find_faults(claims, documents, known)
    wrong = {int(fault.split(" row ")[1].split(" ")[0]) - 2 for fault in faults}
    if wrong:  # words glued by a page, say: the gate could not read such a row again
        skipped += [f"left out, it would not pass the gate: {fault.split(': ', 1)[1]}" for fault in faults]
        claims = claims.drop(index=sorted(wrong)).reset_index(drop=True)
        claims.loc[~claims["part_of"].isin(set(claims["claim_id"])), "part_of"] = ""
        claims.loc[~claims["same_as"].isin(set(claims["claim_id"])), "same_as"] = ""
    return Proposals(claims, known, unresolved, skipped)


def _show_progress(documents: pd.DataFrame, progress: bool):
    rows = documents.itertuples()
    if not progress or len(documents) <= 200:
        return rows
    from tqdm import tqdm

    return tqdm(rows, total=len(documents), desc="proposing", unit=" texts")


def _within(marks: list[Dating], stretch: Sentence) -> list[Dating]:
    """The dating words that begin within a sentence; they are in reading order."""
    return marks[bisect_left(marks, stretch.start, key=_start):bisect_left(marks, stretch.end, key=_start)]


_start = attrgetter("start")


def _propose_document(read: _Text) -> tuple[list[dict], list[PlaceMention]]:
    """The rows of one document in reading order, and the places they name."""
    found: list[tuple[int, dict, list[PlaceMention]]] = []
    counts = find_counts(read.text, read.lowered, read.sentences, lambda: read.dates)
    drafts = [_draft_count(read, count) for count in counts]
    for count, (row, met) in zip(counts, drafts):
        found.append((count.start, row, met))
    for event in find_events(read.text, read.lowered, read.sentences, lambda: read.dates, read.places, read.published):
        found.append((event.start, *_draft_event(read, event)))
    seen, rows, places = set(), [], []
    for _, row, met in sorted(found, key=lambda item: (item[0], item[1]["end"])):
        same = tuple(row[column] for column in ("measure", "low", "best", "high", "quantifier", "unit", "place", "date_start", "date_end", "affected"))
        if same in seen:  # a repeat; its claim_id stays empty
            continue
        seen.add(same)
        row["claim_id"] = f"{read.doc_id}-p{len(rows) + 1:03d}"
        rows.append(row)
        places += met
    _link_rows(counts, [row for row, _ in drafts])
    return rows, places


def _link_rows(counts: list[Count], drafts: list[dict]) -> None:
    """part_of and same_as as claim ids, where both rows were kept and the part is no larger than the whole."""
    for count, row in zip(counts, drafts):
        for column, index in (("part_of", count.part_of), ("same_as", count.same_as)):
            if index is None or not row["claim_id"] or not drafts[index]["claim_id"]:
                continue
            part, whole = count.number.reading, counts[index].number.reading
            larger = whole.high is not None and (part.low or part.best or 0) > whole.high
            if column == "same_as" or not (larger and drafts[index]["unit"] == row["unit"]):
                row[column] = drafts[index]["claim_id"]


def _draft_count(read: _Text, count: Count) -> tuple[dict, list[PlaceMention]]:
    sentence, reading = read.sentences[count.sentence], count.number.reading
    place = _choose_place(read, sentence, count.start, count.end)
    source, assertion = find_source(read.text[sentence.start:sentence.end])
    assertion = "denied" if count.denied else "expected" if count.expected else assertion
    dated = _date_claim(read, _choose_dating(read, sentence, count.start, count.end), count.measure, count.start)
    row = _empty_row(read, count.start, count.end, count.measure) | dated | {
        "number": read.text[count.number.start:count.number.end], "number_start": str(count.number.start), "quantifier": reading.quantifier, "unit": count.unit,
        **{name: _show(value) for name, value in zip(("low", "best", "high"), reading[:3])},
        "affected": count.affected, "source_original": source, "assertion": assertion, "rule": count.rule,
    }
    if place:
        row |= {"place": place.key, "place_prec": "1" if place.resolved else ""}
    return row, [place] if place else []


def _draft_event(read: _Text, event: Event) -> tuple[dict, list[PlaceMention]]:
    row = _empty_row(read, event.start, event.end, event.measure) | {"unit": "event", "actor": name_actor(event.actor), "assertion": event.assertion, "rule": event.rule}
    if event.date_first and event.date_last:
        row |= _bounds("point", event.date_first, event.date_last, event.basis)
        if event.basis != "inferred" and event.dating:
            row |= {"date_exact": read.text[event.dating.start:event.dating.end], "date_at": str(event.dating.start)}
        else:
            row["date_basis"] = "inferred"
    before = bisect_left(read.sentences, event.start + 1, key=_start) - 1
    if before >= 0:
        sentence = read.sentences[before]
        source, assertion = find_source(read.text[sentence.start:sentence.end])
        row |= {"source_original": source, "assertion": assertion if event.assertion == "reported" else event.assertion}
    row["scope"] = _name_scope(read, event.date_last)
    row |= {"place": event.place.key, "place_prec": "1" if event.place.resolved else ""}
    return row, [event.place]


def name_actor(words: str) -> str:
    """An actor as a column keeps it: "the Aurel Front late" is Aurel Front, "they" is nobody yet."""
    words = re.sub(r"\s+", " ", words).strip(" -–—,.;:'\"“”‘’•*")
    words = re.sub(r"^(?:(?:but|and|while|when|as|after|in|on|the|a|an|its|their|his)\s+)+", "", words, flags=re.IGNORECASE)
    words = re.sub(r"(?:\s+(?:late|early|also|have|has|had|then|later|on|by|in|at|reportedly))+$", "", words, flags=re.IGNORECASE).replace(";", ",")
    words = words.rpartition(" the ")[2] if not words.lower().startswith(("fighters", "forces", "troops", "soldiers", "members", "units")) else words  # "Ilvet the insurgents"
    nobody = words.lower() in ("they", "he", "she", "it", "we", "who", "which", "that", "i", "these", "those", "the", "a", "an")
    return "" if nobody or len(words.split()) > 6 or re.search(r"\b(?:said|says|expect|seen|which|that)\b", words) else words


def _empty_row(read: _Text, start: int, end: int, measure: str) -> dict:
    row = dict.fromkeys(PROPOSAL_COLUMNS, "")
    return row | {
        "doc_id": read.doc_id, "start": str(start), "end": str(end), "exact": read.text[start:end], "topic": MEASURES[measure], "measure": measure,
        "date_prec": "7", "assertion": "reported", "scope": "offensive", "review": "proposed",
    }


def _show(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _choose_place(read: _Text, sentence: Sentence, start: int, end: int) -> PlaceMention | None:
    """The place a figure is said of: the nearest name in its sentence, one behind it before one ahead of it."""
    near = [place for place in read.places.within(sentence.start, sentence.end) if place.resolved or not (_is_demonym(read.text, place) or start <= place.start and place.end <= end)]
    behind = [place for place in near if place.start >= start and place.start - end < NEAR]
    ahead = [place for place in near if place.end <= start and start - place.end < NEAR]
    return min(behind, key=lambda place: place.start) if behind else max(ahead, key=lambda place: place.end) if ahead else None


_DEMONYM = re.compile(r"(?:an|ian|ese|ish)$")


def _is_demonym(text: str, place: PlaceMention) -> bool:
    """Whether a name that no gazetteer knows says whose, not where: "the Velmaran Bar Association"."""
    stands = re.search(r"\b(?:in|at|near|of|from|to|into|around|outside|towards?)\s+$", text[max(0, place.start - 12):place.start])
    return bool(_DEMONYM.search(place.words) and not stands and re.match(r"\s+\w", text[place.end:place.end + 3]))


def _choose_dating(read: _Text, sentence: Sentence, start: int, end: int) -> Dating | None:
    """The dating words of a figure: the nearest in its sentence, else of the heading it stands under."""
    inside = [dating for dating in _within(read.dates, sentence) if dating.first]
    if inside:
        return min(inside, key=lambda dating: min(abs(dating.start - end), abs(start - dating.end)))
    order = bisect_left(read.headings, sentence.start, key=_start)
    above = read.headings[max(0, order - 1):order]
    return next((dating for heading in above for dating in _within(read.dates, heading) if dating.first), None)


def _date_claim(read: _Text, dating: Dating | None, measure: str, start: int) -> dict:
    """The date columns of a figure at `start`, as the codebook fills them."""
    published = read.published
    if dating is None:
        if measure in STOCKS and published:
            return _bounds("point", *published, "inferred") | {"as_of": _interval(*published)}
        return _bound_by_context(read, start)
    first, last, kind = dating.first, dating.last, dating.kind
    if dating.lead == "since":
        kind, last = "period", max(published[1], first) if published else last
    row = _bounds(kind, first, last, dating.basis) | {"date_exact": read.text[dating.start:dating.end], "date_at": str(dating.start), "scope": _name_scope(read, last)}
    if measure in STOCKS or dating.lead in ("as_of", "by", "until"):
        row["as_of"] = _interval(first, last)
    return row


def _bound_by_context(read: _Text, at: int) -> dict:
    """The days that the context allows a figure without dating words: from the day told last before it to the
    text's own. No day before it, or no day of the text: undated."""
    before = read.dates[max(0, bisect_left(read.dates, at, key=_start) - LOOK_BACK):bisect_left(read.dates, at, key=_start)]
    told = next((dating for dating in reversed(before) if dating.end <= at and dating.first and dating.lead == "" and dating.last - dating.first <= MONTH), None)
    if not told or not read.published or not read.published[1] - YEAR < told.first <= read.published[1]:
        return {}
    return _bounds("point", told.first, read.published[1], "inferred")


def _bounds(kind: str, first: date, last: date, basis: str) -> dict:
    return {"date_kind": kind, "date_start": first.isoformat(), "date_end": last.isoformat(), "date_prec": _name_precision(first, last), "date_basis": basis}


def _name_precision(first: date, last: date) -> str:
    """As claims.find_precision, of two days."""
    days = (last - first).days + 1
    return next((precision for longest, precision in LONGEST if days <= longest), "6")


def _interval(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _name_scope(read: _Text, last: date | None) -> str:
    """What ended more than a year before the text is background; everything else is the offensive until a person says otherwise."""
    return "context" if last and read.published and last < read.published[0] - YEAR else "offensive"


def _collect_places(mentions: list[tuple[str, PlaceMention]], places: pd.DataFrame, gazetteer: Gazetteer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(places given and met, names that no gazetteer knows)."""
    rows, unresolved = {}, {}
    for doc_id, mention in mentions:
        if mention.key in places.index:
            continue
        rows.setdefault(mention.key, describe_place(mention, gazetteer))
        if not mention.resolved:
            entry = unresolved.setdefault(mention.key, [mention.words, {}, 0])
            entry[1][doc_id] = True
            entry[2] += 1
    met = pd.DataFrame(list(rows.values()), columns=PLACE_COLUMNS).set_index("place")
    known = pd.concat([places, met]) if len(met) and len(places) else met if len(met) else places
    table = [(key, name, "; ".join(documents), count) for key, (name, documents, count) in unresolved.items()]
    return known, pd.DataFrame(table, columns=["place", "name", "documents", "mentions"])
