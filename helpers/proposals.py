"""Proposals: claims that rules found and nobody has reviewed; read, written, and what in them asks for a person."""

import csv
from pathlib import Path

import pandas as pd

from helpers.claims import check_claims, describe_age, load_claim_table
from helpers.codebook import ADDED_COLUMNS, CLAIM_COLUMNS, NUMBERS
from helpers.folders import REPOSITORY, CorpusError, find_folder
from helpers.places import PLACE_COLUMNS, UNRESOLVED, load_places, split_values
from helpers.saving import replace_file, sum_file
from helpers.tables import compose_table, load_table, read_columns, read_layout

PROPOSAL_COLUMNS = [*CLAIM_COLUMNS, "rule"]
PROPOSED, MERGED = "proposals.csv", "proposals.merged.csv"  # of this run; of the last merge


def take_table(proposals) -> pd.DataFrame:
    """The table of proposals, from what propose_claims returns or from the table itself."""
    return proposals if isinstance(proposals, pd.DataFrame) else proposals.claims


def load_proposals(folder: str | Path, name: str = PROPOSED) -> pd.DataFrame:
    """proposals.csv as text. One row is one claim that a rule found; columns as claims.csv, and `rule`, the
    rule that made it. Empty without the file; not yet held against the texts (check_claims does that)."""
    file = find_folder(folder) / name
    if not file.exists():
        return pd.DataFrame(columns=PROPOSAL_COLUMNS, dtype=str)
    return load_claim_table(file)


def load_merged(folder: str | Path) -> pd.DataFrame:
    """The rows that the last merge brought into claims.csv, as it wrote them there
    (`attrs["is_merged"]` is True): what differs from them now was edited since. Where none are
    kept, the proposals of the last run; columns as load_proposals."""
    folder = find_folder(folder)
    if not (folder / MERGED).exists():
        return load_proposals(folder)
    table = load_proposals(folder, MERGED)
    table.attrs["is_merged"] = True
    return table


def load_coded(folder: str | Path, documents: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """claims.csv as text, as it stands: rejected rows and a person's columns included, those that
    are younger than it not; empty without the file. `attrs["read"]` is the sum_file of what was
    read, by which save_merge sees whether somebody saved it since. Raises ClaimsError when a row
    does not stand in its text: what is merged into must stand first."""
    file = find_folder(folder) / "claims.csv"
    # Before the table: one that is newer than its sum is refused, not written over.
    read = sum_file(file)
    table = pd.DataFrame(columns=PROPOSAL_COLUMNS, dtype=str)
    if read:
        filled = load_claim_table(file)
        check_claims(filled, documents, places, f"{file.parent.name}/claims.csv")
        columns = read_columns(file)
        table = filled.drop(columns=[name for name in ADDED_COLUMNS if name not in columns])
    table.attrs["read"] = read
    return table


def load_proposed(
    folder: str | Path, documents: pd.DataFrame, places: pd.DataFrame, country: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """(claims, places, a remark or "") of a corpus without claims.csv: the rows of proposals.csv where they
    stand in the texts, else what the rules propose now, in memory. Claims are typed as load_claims types
    them; the remark says why proposals.csv was not used."""
    folder, remark = find_folder(folder), ""
    if (folder / "proposals.csv").exists():
        try:
            return (
                check_claims(load_proposals(folder), documents, places, "proposals.csv"),
                places,
                describe_age(
                    "proposals.csv",
                    read_columns(folder / "proposals.csv"),
                    "00_propose_claims writes them",
                ),
            )
        except CorpusError as fault:
            first = next((line.strip() for line in str(fault).splitlines()[1:]), str(fault))
            remark = f"proposals.csv does not stand in these texts and was not used ({first}); 00_propose_claims writes it anew."
    from helpers.extract.propose import propose_claims

    proposals = propose_claims(documents, places, country)
    return (
        check_claims(proposals.claims, documents, proposals.places, "proposed claims"),
        proposals.places,
        remark,
    )


def date_documents(documents: pd.DataFrame, published: str) -> pd.DataFrame:
    """Documents with `published` (an ISO day, or two as a/b) where a text states no day of its own; "" leaves
    them as they are."""
    undated = (documents["published"] == "") & bool(published)
    first, _, last = published.partition("/")
    return documents.assign(
        published=documents["published"].mask(undated, published),
        published_basis=documents["published_basis"].mask(
            undated, "given for the corpus; the text states none"
        ),
        published_start=documents["published_start"].mask(undated, pd.to_datetime(first or None)),
        published_end=documents["published_end"].mask(
            undated, pd.to_datetime(last or first or None)
        ),
    )


def describe_proposals(proposals, documents: pd.DataFrame) -> list[str]:
    """What the rules found, in sentences: texts, claims by topic, how many bear no number or no day."""
    claims = take_table(proposals)
    topics = claims["topic"].value_counts()
    by_topic = ", ".join(
        f"{topics[topic]:,} of {topic}"
        for topic in ("displacement", "casualties", "pace")
        if topic in topics
    )
    told = claims["doc_id"].nunique()
    lines = [
        f"{len(claims):,} claims in {told:,} of {len(documents):,} texts"
        + (f": {by_topic}" if by_topic else "; the others hold none that a rule can see")
    ]
    if len(claims):
        vague, events, undated = (
            int(part.sum())
            for part in (
                claims["quantifier"] == "vague",
                claims["number"] == "",
                claims["date_start"] == "",
            )
        )
        lines.append(
            f"{events:,} of them are events without a number, {vague:,} have words for a number (“dozens”), {undated:,} bear no date"
        )
    return lines


def list_questions(proposals) -> pd.DataFrame:
    """What in the proposals a person has to look at. One row is one kind of question: question, what to do,
    claims (how many) and which (the words of the first of them, with their ids)."""
    claims = take_table(proposals)
    kinds = [
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
    return pd.DataFrame(rows, columns=["question", "what to do", "claims", "which"]).set_index(
        "question"
    )


def _name_claims(claims: pd.DataFrame, most: int = 8) -> str:
    names = [
        f"“{row.number or row.exact}” ({row.claim_id})" for row in claims.head(most).itertuples()
    ]
    return "; ".join(names) + " …" * (len(claims) > most)


def _find_rewordings(claims: pd.DataFrame) -> pd.Series:
    """Claims whose value a text says again, of the same measure, with another quantifier."""
    values = claims[NUMBERS].apply(pd.to_numeric, errors="coerce")
    keyed = claims.assign(value=values["best"].fillna(values["low"]).fillna(values["high"]))
    keyed = keyed[keyed["value"].notna()]
    wordings = keyed.groupby(["doc_id", "measure", "unit", "value"])["quantifier"].transform(
        "nunique"
    )
    return pd.Series(claims.index.isin(wordings[wordings > 1].index), index=claims.index)


def is_guarded(folder: str | Path) -> bool:
    """Whether a corpus is the one that comes with this project, which no notebook writes into."""
    return find_folder(folder) == REPOSITORY / "seeds"


def save_proposals(proposals, folder: str | Path, name: str = PROPOSED) -> Path:
    """Write proposals.csv, anew each time. Raises CorpusError when the one that is there holds
    what a person wrote and would lose, a review or a column of their own, when somebody saved it
    meanwhile, or when the file cannot be written."""
    folder = find_folder(folder)
    read = sum_file(folder / name)
    old = load_proposals(folder, name)
    own = [column for column in old.columns if column not in PROPOSAL_COLUMNS and any(old[column])]
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
    table = take_table(proposals).reindex(columns=PROPOSAL_COLUMNS, fill_value="")
    return _save_table(table, folder / name, read)


def save_claims(
    table: pd.DataFrame,
    folder: str | Path,
    documents: pd.DataFrame | None = None,
    read: str | None = None,
) -> Path:
    """Write claims.csv (a table of text) whole or not at all, with the separator, line ends and
    remarks of the one that is there; `read` as for replace_file. Raises CorpusError when it
    cannot be written and, where `documents` are given, ClaimsError when the table does not stand
    in them; the old one still stands."""
    folder = find_folder(folder)
    if documents is not None:
        check_claims(table, documents, load_places(folder))
    return _save_table(table, folder / "claims.csv", read)


def save_places(places: pd.DataFrame, folder: str | Path) -> Path:
    """Add to places.csv the places it lacks, and make it where it is missing; rows that stand there stay as
    they are. Places that claims.csv names and nobody knows are added without coordinates. Raises
    CorpusError when somebody saved it meanwhile, or when it cannot be written."""
    folder = find_folder(folder)
    file = folder / "places.csv"
    read = sum_file(file)
    old = pd.DataFrame(columns=PLACE_COLUMNS, dtype=str)
    if read:
        old = load_table(file, PLACE_COLUMNS)
    rows = [
        {name: _write_cell(cell) for name, cell in row.items()}
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
    return _save_table(table.fillna(""), file, read)


def _write_cell(cell) -> str:
    if isinstance(cell, list):
        return ";".join(cell)
    return (
        ""
        if cell is None or cell != cell
        else f"{cell:.4f}"
        if isinstance(cell, float)
        else str(cell)
    )


def compose_as(file: Path, table: pd.DataFrame) -> str:
    """A table of text as CSV, in the layout of the file that is there."""
    layout = read_layout(file)
    if layout.separator == ";":  # where spreadsheets separate by semicolons they write 66,67
        table = table.assign(
            **{
                name: table[name].str.replace(".", ",", regex=False)
                for name in (*NUMBERS, "lat", "lon")
                if name in table
            }
        )
    quoting = (
        csv.QUOTE_ALL if table.map(lambda cell: "\r" in cell).any(axis=None) else csv.QUOTE_MINIMAL
    )
    words = compose_table(table, layout.separator, layout.line_end, quoting=quoting)
    return layout.mark + layout.remarks + words


def _save_table(table: pd.DataFrame, file: Path, read: str | None = None) -> Path:
    """A table of text as CSV, in the layout of the file that is there, which is left alone if it
    is the same."""
    text = compose_as(file, table)
    if file.exists() and file.read_bytes() == text.encode():
        return file
    return replace_file(file, text, read)
