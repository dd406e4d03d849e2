"""An archive: what propose_at_scale leaves, read like a corpus, but only the texts that a selection
needs."""

from collections import defaultdict
from functools import reduce
from operator import and_, or_
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.claims.gate import add_columns, describe_age
from helpers.corpus.copies import find_copies
from helpers.corpus.documents import add_days, sort_documents
from helpers.corpus.places import PLACE_COLUMNS
from helpers.corpus.readers.table import ARTICLE_COLUMNS
from helpers.schema.columns import PROPOSAL_COLUMNS
from helpers.schema.csv_files import pad_id
from helpers.schema.errors import CorpusError
from helpers.schema.extras import require_extra
from helpers.schema.parameters import COLUMNS

if TYPE_CHECKING:
    from pyarrow import compute

TABLES = {  # folder of an archive → the columns of the Parquet files in it
    "claims": PROPOSAL_COLUMNS,
    "documents": [*ARTICLE_COLUMNS, "language"],
    "places": PLACE_COLUMNS,
}
MOST_DOCUMENTS = 2_000  # in one selection; more are no figure, and no evidence that anybody reads
EQUAL = ("scope", "topics", "measures", "affected")  # parameters whose values are whole cells


class Selection(NamedTuple):
    """documents: those with a claim that was selected, as load_corpus gives them. claims: all
    claims of these, as text. remark: what a reader should know of the choice."""

    documents: pd.DataFrame
    claims: pd.DataFrame
    remark: str


def is_archive(folder: Path) -> bool:
    """Whether a folder holds claims made at scale. Raises CorpusError when the run that makes them
    has not ended."""
    if (folder / "run.json").exists() and not (folder / "manifest.json").exists():
        raise CorpusError(
            f"{folder.name}: the run that proposes its claims has not ended; start it again "
            "(07_propose_at_scale), it goes on where it stopped"
        )
    return (folder / "run.json").exists()


def load_ids(folder: str | Path, most: int = 1) -> list[str]:
    """The ids of the first documents of an archive that hold a claim, at most `most`, in the order
    of the source."""
    from pyarrow import dataset

    documents = dataset.dataset(Path(folder) / "documents", format="parquet")
    return documents.head(most, columns=["doc_id"])["doc_id"].to_pylist()


def load_cells(folder: Path, columns: list[str]) -> pd.DataFrame:
    """What all claims of an archive hold in some columns, as text. One row is one combination
    met."""
    import pyarrow
    from pyarrow import dataset

    met: set[tuple[str, ...]] = set()
    scanner = dataset.dataset(folder / "claims", format="parquet").scanner(columns=columns)
    for batch in scanner.to_batches():
        rows = pyarrow.Table.from_batches([batch]).group_by(columns).aggregate([])
        met.update(zip(*(rows[name].to_pylist() for name in columns), strict=True))
    return pd.DataFrame(sorted(met), columns=columns, dtype=str)


def load_selection(folder: Path, chosen: dict[str, Any]) -> Selection:
    """The documents of an archive that hold a claim within a selection (parameters of a notebook),
    and all claims of these.

    Columns and days of every partition are looked through, texts are read only of what is found.
    With `since` or `until`, claims without a date are read of those documents alone; documents
    asked for are read whatever else is selected. Raises CorpusError for more than 2,000 documents,
    and for one asked for that holds no claim.
    """
    require_extra("scale", f"reading {folder.name}", "pyarrow")
    found = _find_documents(folder / "claims", _write_filter(folder, chosen))
    if missing := set(map(pad_id, chosen["documents"])).difference(*found.values()):
        raise CorpusError(
            f"{folder.name}: no claim was proposed from {', '.join(sorted(missing)[:5])}; ids of "
            "texts with claims stand in documents/, of those not read in set_aside.csv"
        )
    documents = sort_documents(add_days(_load_found(folder, "documents", found)))
    # A run at scale sees no two texts beside each other.
    documents["copy_of"] = find_copies(documents)
    documents.attrs["unread"] = []
    claims = add_columns(_load_found(folder, "claims", found).fillna(""))
    remark = ""
    if chosen["since"] or chosen["until"]:
        remark = "Of texts without a claim on those days nothing was read, undated claims among it."
    return Selection(documents, claims, remark)


def _load_found(folder: Path, table: str, found: dict[str, set[str]]) -> pd.DataFrame:
    """The rows of a table of an archive that are about the documents found."""
    empty = pd.DataFrame(columns=TABLES[table], dtype=str)
    parts = [_load_part(folder / table / name, ids) for name, ids in sorted(found.items())]
    return pd.concat([empty, *parts], ignore_index=True)


def _write_filter(folder: Path, chosen: dict[str, Any]) -> "compute.Expression | None":
    """The selection as far as columns can tell; None for everything. select_claims decides on what
    is read."""
    from pyarrow import compute

    field = compute.field
    if chosen["documents"]:
        return field("doc_id").isin([pad_id(name) for name in chosen["documents"]])
    wanted = [field(COLUMNS[name]).isin(chosen[name]) for name in EQUAL if chosen[name]]
    acted = [compute.match_substring(field("actor"), actor) for actor in chosen["actors"]]
    wanted += [reduce(or_, acted)] if acted else []
    if chosen["published_since"] or chosen["published_until"]:
        wanted.append(field("doc_id").isin(_list_published(folder, chosen)))
    if chosen["since"]:  # an empty day is less than any
        wanted.append(field("date_end") >= chosen["since"])
    if chosen["until"]:
        wanted.append((field("date_start") <= chosen["until"]) & (field("date_start") != ""))
    return reduce(and_, wanted) if wanted else None


def _list_published(folder: Path, chosen: dict[str, Any]) -> list[str]:
    """The ids of the documents that were published on the days asked for; an interval that overlaps
    them counts."""
    from pyarrow import compute, dataset

    day = compute.field("published")
    kept = day != ""
    if chosen["published_since"]:
        kept &= compute.utf8_slice_codeunits(day, -10) >= chosen["published_since"]
    if chosen["published_until"]:
        kept &= compute.utf8_slice_codeunits(day, 0, 10) <= chosen["published_until"]
    documents = dataset.dataset(folder / "documents", format="parquet")
    return documents.to_table(columns=["doc_id"], filter=kept)["doc_id"].to_pylist()


def _find_documents(folder: Path, expression: "compute.Expression | None") -> dict[str, set[str]]:
    """Name of a partition's file → ids of its documents that hold a claim within a selection."""
    from pyarrow import dataset

    found: dict[str, set[str]] = defaultdict(set)
    total = 0
    scanner = dataset.dataset(folder, format="parquet").scanner(
        columns=["doc_id", "__filename"], filter=expression, batch_readahead=2, fragment_readahead=2
    )
    for batch in scanner.to_batches():
        columns = (batch[name].to_pylist() for name in ("doc_id", "__filename"))
        for doc_id, name in set(zip(*columns, strict=True)):
            ids = found[Path(name).name]
            total += doc_id not in ids
            ids.add(doc_id)
        if total > MOST_DOCUMENTS:
            raise CorpusError(
                f"{folder.parent.name}: more than {MOST_DOCUMENTS:,} texts hold a claim within "
                "this selection, too many for a figure; narrow it by since, until, documents, "
                "scope or the notebook's own parameter"
            )
    return found


def _load_part(file: Path, ids: set[str]) -> pd.DataFrame:
    import pyarrow
    from pyarrow import compute, parquet

    wanted = pyarrow.array(sorted(ids), pyarrow.string())
    return parquet.read_table(
        file, filters=compute.field("doc_id").isin(wanted), partitioning=None
    ).to_pandas()


def describe_archive(folder: Path) -> str:
    """A sentence on the columns of claims that are younger than an archive; "" when it has all. All
    parts of a run are of one layout."""
    from pyarrow import dataset

    columns = dataset.dataset(folder / "claims", format="parquet").schema.names
    return describe_age(f"{folder.name}/claims", columns, "a new run writes")
