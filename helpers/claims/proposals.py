"""Proposals: claims that rules found and nobody has reviewed; read, written, and what in them asks
for a person."""

from pathlib import Path
from typing import Protocol, TypeAlias

import pandas as pd

from helpers.claims.gate import check_claims, load_claim_table
from helpers.corpus.places import PLACE_COLUMNS, UNRESOLVED, load_places, split_values
from helpers.schema.columns import ADDED_COLUMNS, NUMBERS, TABLES
from helpers.schema.csv_files import (
    load_table,
    make_empty,
    read_column_names,
    save_table,
    write_cell,
)
from helpers.schema.errors import CorpusError
from helpers.schema.files import sum_file

PROPOSED, MERGED = "proposals.csv", "proposals.merged.csv"  # of this run; of the last merge


class HasClaims(Protocol):
    """What propose_claims returns, as far as it matters here."""

    @property
    def claims(self) -> pd.DataFrame:
        """The table of proposals."""


Proposed: TypeAlias = pd.DataFrame | HasClaims


def take_table(proposals: Proposed) -> pd.DataFrame:
    """The table of proposals, from what propose_claims returns or from the table itself."""
    return proposals if isinstance(proposals, pd.DataFrame) else proposals.claims


def load_proposals(folder: Path, name: str = PROPOSED) -> pd.DataFrame:
    """proposals.csv as text. One row is one claim that a rule found; columns as claims.csv, and
    `rule`, the rule that made it. Empty without the file; not yet held against the texts
    (check_claims does that)."""
    file = folder / name
    return load_claim_table(file) if file.exists() else make_empty("proposals")


def load_merged(folder: Path) -> pd.DataFrame:
    """The rows that the last merge brought into claims.csv, as it wrote them there
    (`attrs["is_merged"]` is True): what differs from them now was edited since. Where none are
    kept, the proposals of the last run; columns as load_proposals."""
    if not (folder / MERGED).exists():
        return load_proposals(folder)
    table = load_proposals(folder, MERGED)
    table.attrs["is_merged"] = True
    return table


def load_coded(folder: Path, documents: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """claims.csv as text, as it stands: rejected rows and a person's columns included, those that
    are younger than it not; empty without the file. `attrs["read"]` is the sum_file of what was
    read, by which save_merge sees whether somebody saved it since; `attrs["used"]` are the ids of
    claims that were set aside, which are not given again. Raises ClaimsError when a row
    does not stand in its text: what is merged into must stand first."""
    from helpers.claims.decisions.anchoring import (
        load_ids_aside,  # what else needs proposals does not
    )
    from helpers.claims.decisions.mending import mend_words

    file = folder / "claims.csv"
    # Before the table: one that is newer than its sum is refused, not written over.
    read = sum_file(file)
    table = make_empty("proposals")
    if read:
        texts = dict(zip(documents["doc_id"], documents["text"]))
        filled = mend_words(load_claim_table(file), texts, places)
        check_claims(filled, documents, places, f"{file.parent.name}/claims.csv")
        columns = read_column_names(file)
        table = filled.drop(columns=[name for name in ADDED_COLUMNS if name not in columns])
    table.attrs["read"] = read
    table.attrs["used"] = load_ids_aside(folder)
    return table


def add_agreement(
    claims: pd.DataFrame, documents: pd.DataFrame, places: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The proposals with the column `agreement`: whether a second reader, written apart from the
    rules, reads each row from its words too, and whether it doubts the place (named in `places`) or
    the source (describe_agreement)."""
    from helpers.claims.second_reader.doubts import describe_agreement

    said = pd.Series(
        describe_agreement(claims, documents, places), index=claims.index, dtype=object
    )
    return claims.assign(agreement=said)


def describe_proposals(proposals: Proposed, documents: pd.DataFrame) -> list[str]:
    """What the rules found, in sentences: texts, claims by topic, how many have no number or no
    day."""
    claims = take_table(proposals)
    topics = claims["topic"].value_counts()
    by_topic = ", ".join(
        f"{topics[topic]:,} of {topic}"
        for topic in ("displacement", "casualties", "pace")
        if topic in topics
    )
    told = f"{len(claims):,} claims in {claims['doc_id'].nunique():,} of {len(documents):,} texts"
    if claims.empty:
        return [f"{told}; the others hold none that a rule can see"]
    events, vague, undated = (
        f"{int(which.sum()):,}"
        for which in (
            claims["number"] == "",
            claims["quantifier"] == "vague",
            claims["date_start"] == "",
        )
    )
    return [
        f"{told}: {by_topic}",
        f"{events} of them are events without a number, {vague} have words for a number "
        f"(“dozens”), {undated} bear no date",
    ]


def list_doubts(proposals: Proposed) -> pd.DataFrame:
    """What in the proposals a person has to look at. One row is one kind of question: question,
    what to do, claims (how many) and which (the words of the first of them, with their ids)."""
    claims = take_table(proposals)
    agreement = claims.get("agreement", pd.Series("", index=claims.index))
    kinds = [
        (
            "read in two ways",
            agreement.str.startswith("differs"),
            "the column agreement says both readings; no figure draws such a row before you decide",
        ),
        (
            "of doubtful place or source",
            agreement.str.contains("doubtful: "),
            "the column agreement says why; hold them against the sentence",
        ),
        (
            "without a date",
            claims["date_start"] == "",
            "fill in date_start and date_end, or the text’s day in documents.csv",
        ),
        ("without a place", claims["place"] == "", "fill in place, if the text says where"),
        (
            "said to be expected",
            claims["assertion"] == "expected",
            "a forecast, a plan or a condition: keep it as such, or reject it",
        ),
        (
            "denied",
            claims["assertion"] == "denied",
            "what is denied is coded; see that the denial is meant of it",
        ),
        (
            "one figure in several wordings",
            _find_rewordings(claims),
            "keep each wording that adds something; reject the others",
        ),
    ]
    rows = [
        (question, remedy, int(which.sum()), _name_claims(claims[which]))
        for question, which, remedy in kinds
    ]
    columns = ["question", "what to do", "claims", "which"]
    return pd.DataFrame(rows, columns=columns).set_index("question")


def _name_claims(claims: pd.DataFrame, most: int = 8) -> str:
    named = claims.head(most).itertuples()
    names = "; ".join(f"“{row.number or row.exact}” ({row.claim_id})" for row in named)
    return f"{names} …" if len(claims) > most else names


def _find_rewordings(claims: pd.DataFrame) -> pd.Series:
    """Claims whose value a text says again, of the same measure, with another quantifier."""
    values = claims[NUMBERS].apply(pd.to_numeric, errors="coerce")
    value = values["best"].fillna(values["low"]).fillna(values["high"])
    keys = [claims["doc_id"], claims["measure"], claims["unit"], value]
    return claims.groupby(keys)["quantifier"].transform("nunique") > 1


def save_proposals(proposals: Proposed, folder: Path, name: str = PROPOSED) -> Path:
    """Write proposals.csv, anew each time. Raises CorpusError when the one that is there holds
    what a person wrote and would lose, a review or a column of their own, when somebody saved it
    meanwhile, or when the file cannot be written."""
    read = sum_file(folder / name)
    old = load_proposals(folder, name)
    ours = TABLES["proposals"].names
    own = [column for column in old.columns if column not in ours and any(old[column])]
    remedy = "Rename it to claims.csv, where reviews belong"
    if (folder / "claims.csv").exists():
        remedy = f"Copy those rows into claims.csv, and delete {name}"
    written = "and this file is written anew at each run."
    if reviewed := int((old["review"] != "proposed").sum()):
        raise CorpusError(
            f"{folder.name}/{name}: {reviewed} of {len(old)} rows bear a review, {written} {remedy}"
        )
    if own:
        raise CorpusError(
            f"{folder.name}/{name} has a column of your own ({', '.join(own)}), {written} {remedy}"
        )
    table = take_table(proposals).reindex(columns=ours, fill_value="")
    return save_table(table, folder / name, read)


def save_claims(
    table: pd.DataFrame,
    folder: Path,
    documents: pd.DataFrame | None = None,
    read: str | None = None,
) -> Path:
    """Write claims.csv (a table of text) whole or not at all, with the separator, line ends and
    remarks of the one that is there; `read` as for replace_file. Raises CorpusError when it
    cannot be written and, where `documents` are given, ClaimsError when the table does not stand
    in them; the old one still stands."""
    if documents is not None:
        check_claims(table, documents, load_places(folder))
    return save_table(table, folder / "claims.csv", read)


def save_places(places: pd.DataFrame, folder: Path) -> Path:
    """Add to places.csv the places it lacks, and make it where it is missing; rows that stand there
    stay as they are. Places that claims.csv names and nobody knows are added without coordinates.
    Raises CorpusError when somebody saved it meanwhile, or when it cannot be written."""
    file = folder / "places.csv"
    read = sum_file(file)
    old = load_table(file, PLACE_COLUMNS) if read else make_empty("places")
    rows = [
        {name: write_cell(cell) for name, cell in row.items()}
        for row in places.rename_axis("place").reset_index().to_dict("records")
    ]
    if (folder / "claims.csv").exists():
        named = load_claim_table(folder / "claims.csv")
        keys = dict.fromkeys(
            key for cell in [*named["place"], *named["place_to"]] for key in split_values(cell)
        )
        rows += [
            {"place": key, "name": key.replace("_", " ").title(), "note": UNRESOLVED}
            for key in keys
            if key not in places.index
        ]
    new = [row for row in rows if row["place"] not in set(old["place"])]
    if not new:
        return file
    table = pd.concat([old, pd.DataFrame(new, columns=old.columns, dtype=str)], ignore_index=True)
    return save_table(table.fillna(""), file, read)
