"""Texts: what each holds, and the rows of the figure of all texts: one a text or a publisher."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.analysis.stories import group_stories, name_agencies
from helpers.charts.look.language import Words, find_words
from helpers.charts.page.attribution import is_nameless

MOST_DAYS = 31  # of a claim; what lasts longer tells of no days, unless all are the offensive's
KINDS = {  # count → the role of its colour
    "displaced": "displacement",
    "casualties": "casualties",
    "captures": "advance",
}


class Row(NamedTuple):
    """A text, the texts of a publisher, or those for which there was no room: name; the agency
    whose story it prints; its day or number of texts; documents (rows), the claims of each count
    (ids), those that give the days told of, none after the day of publication unless they begin
    after it; reach: the first of all days that a claim of it is of; is_rest: whether it is of those
    without a row of their own."""

    key: str
    name: str
    known: str
    beside: str
    documents: list[Any]
    counted: dict[str, list[str]]
    told: pd.DataFrame
    reach: pd.Timestamp
    is_rest: bool = False

    @property
    def total(self) -> int:
        """How many figures and captures it holds."""
        return sum(map(len, self.counted.values()))


def list_counted(study: Study) -> pd.DataFrame:
    """The claims that are counted: figures of displacement and casualties, captures. `kind`: a key
    of KINDS."""
    claims = study.all_claims
    numbered = (claims["number"] != "") & (claims["assertion"] != "expected")
    taken = (claims["measure"] == "captured") & claims["assertion"].isin(["reported", "claimed"])
    kind = pd.Series("", index=claims.index)
    kind = kind.mask(numbered & (claims["topic"] == "displacement"), "displaced")
    kind = kind.mask(numbered & (claims["topic"] == "casualties"), "casualties")
    kind = kind.mask(taken, "captures")
    return claims.assign(kind=kind)[kind != ""]


def list_texts(study: Study, claims: pd.DataFrame) -> list[Row]:
    """A row a text that holds something counted, by day of publication, undated ones last."""
    agencies, words = name_agencies(study.documents), find_words(study)
    dated = study.all_claims[study.all_claims["date_start"].notna()]
    reach = dated.groupby("doc_id")["date_start"].min()
    days = _end_with_publication(study, dated)
    short = (days["date_end"] - days["date_start"]).dt.days < MOST_DAYS
    days = days[short | _lie_in_offensive(study, days)]
    days = days[~days["scope"].isin(["historical", "context"])]
    found = study.documents[study.documents["doc_id"].isin(claims["doc_id"])]
    mixed = not found["publisher"].map(is_nameless).all()  # else all are called by their titles
    rows = []
    for document in found.sort_values(["published_start", "published_end", "doc_id"]).itertuples():
        mine = claims[claims["doc_id"] == document.doc_id]
        counted = {kind: list(mine["claim_id"][mine["kind"] == kind]) for kind in KINDS}
        named = "" if is_nameless(document.publisher) else document.publisher
        beside = _say_published(words, document)
        told = days[days["doc_id"] == document.doc_id]
        known = say_known(words, _find_agency(document, agencies))
        name = named or (words.quote(document.title) if mixed else document.title)
        first = reach.get(document.doc_id, pd.NaT)
        rows.append(Row(document.doc_id, name, known, beside, [document], counted, told, first))
    return rows


def _lie_in_offensive(study: Study, claims: pd.DataFrame) -> pd.Series:
    """Whether claims count the offensive alone, from its first day on, however long it lasts: a
    toll of all its days."""
    ours = claims["scope"] == "offensive"
    return ours & (claims["date_start"] >= study.period[0]) if study.period else ours & False


def _end_with_publication(study: Study, claims: pd.DataFrame) -> pd.DataFrame:
    """Claims whose days end with that of their text: of "this week", nobody could tell the end.
    What begins after it is told in advance."""
    published = claims["doc_id"].map(study.documents.set_index("doc_id")["published_end"])
    later = (claims["date_end"] > published) & (claims["date_start"] <= published)
    return claims.assign(date_end=claims["date_end"].mask(later, published))


def _find_agency(document, agencies: dict[str, str]) -> str | None:
    """The agency whose story a text prints that is not its own, "" of one that nobody names; None
    of a text that has its own story."""
    agency = agencies.get(document.doc_id)
    publisher = "" if is_nameless(document.publisher) else document.publisher
    return None if agency == publisher else agency


def say_known(words: Words, agency: str | None, texts: int = 0) -> str:
    """reprint of Atlantic Dispatch; of several texts of a publisher 1 reprint of Atlantic Dispatch;
    "" of what is no reprint."""
    if agency is None:
        return ""
    agency = agency or words("an_agency")
    return (
        words.count("reprints", texts, agency=agency) if texts else words("reprint", agency=agency)
    )


def _say_published(words: Words, document) -> str:
    if pd.isna(document.published_start):
        return words("undated")
    return words.period(document.published_start, document.published_end)


def gather_publishers(study: Study, texts: list[Row]) -> list[Row]:
    """A row a publisher, in the order of its first text."""
    words, agencies = find_words(study), name_agencies(study.documents)
    by_name: dict[str, list[Row]] = {}
    for row in texts:
        publisher = row.documents[0].publisher
        unknown = publisher in ("", "unknown")
        by_name.setdefault(words("no_publisher") if unknown else publisher, []).append(row)
    rows = []
    for name, members in by_name.items():
        known = Counter(_find_agency(row.documents[0], agencies) for row in members)
        said = [say_known(words, one, n * (len(members) > 1)) for one, n in known.items()]
        said = [one for one in said if one]
        if name == words("no_publisher") and len(members) == 1:
            name = members[0].name
        rows.append(_merge(words, name, words.join(said), members))
    return rows


def _merge(words: Words, name: str, known: str, rows: list[Row]) -> Row:
    """Several rows as one, with the number of their texts."""
    counted = {kind: [key for row in rows for key in row.counted[kind]] for kind in KINDS}
    documents = [document for row in rows for document in row.documents]
    told = pd.concat([row.told for row in rows])
    reach = pd.Series([row.reach for row in rows]).min()
    beside = words.count("texts", len(documents))
    return Row(name.replace(" ", "-"), name, known, beside, documents, counted, told, reach)


def gather_all(study: Study, texts: list[Row]) -> Row:
    """All texts as one row."""
    return _merge(find_words(study), "", "", texts)


def merge_least(study: Study, rows: list[Row], most: int) -> list[Row]:
    """At most so many rows: those of shared stories and of most figures, and the others as one."""
    shared, words = list_shared(study), find_words(study)
    ranked = sorted(rows, key=lambda row: (not is_in(row, shared), -row.total))
    kept = {row.key for row in ranked[: most - 1]}
    rest = [row for row in rows if row.key not in kept]
    alone = all(len(row.documents) == 1 for row in rows)
    name = words("other_texts", n=words.spell(len(rest)).capitalize())
    name = name if alone else _name_publishers(words, rest)
    merged = _merge(words, name, "", rest)._replace(is_rest=True)
    return [row for row in rows if row.key in kept] + [merged]


def _name_publishers(words: Words, rows: list[Row]) -> str:
    """Two other publishers; two others and one unknown."""
    unknown = [one for row in rows for one in row.documents if is_nameless(one.publisher)]
    named = sum(not is_nameless(row.documents[0].publisher) for row in rows)
    if not named:
        return words("no_publisher")
    spelled = words.spell(named).capitalize()
    if not unknown:
        return words.count("other_publishers", named, spelled=spelled)
    name = "rest_unknown" if len(unknown) == 1 else "rest_unknowns"
    return words.count(name, named, spelled=spelled)


def list_shared(study: Study) -> list[set[str]]:
    """For each story that several texts print their ids, those that hold nothing of their own
    too."""
    found: dict[str, set[str]] = {}
    for doc_id, story in group_stories(study.documents).items():
        found.setdefault(story, set()).add(doc_id)
    return [keys for keys in found.values() if len(keys) > 1]


def list_reprints(study: Study) -> list[str]:
    """The texts that print the story of a publisher that is not theirs."""
    agencies = name_agencies(study.documents)
    return [
        document.doc_id
        for document in study.documents.itertuples()
        if _find_agency(document, agencies) is not None
    ]


def is_title(row: Row) -> bool:
    """Whether a row is called by the title of its text, where none names who published it."""
    first = row.documents[0]
    return len(row.documents) == 1 and is_nameless(first.publisher) and not row.is_rest


def is_in(row: Row, shared: list[set[str]]) -> bool:
    """Whether a row holds a text that prints a shared story, of which the title tells."""
    return any(document.doc_id in keys for document in row.documents for keys in shared)
