"""Messages: what travels between the processes of a run, all of it small and none of it text. As
JSON it is what a run leaves on disk. Nothing here brings pandas: a Dask worker that only watches
has no need of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

Say = Callable[
    ..., None
]  # tells the supervisor where the worker is: say(batch=3, where="a.jsonl line 7")


@dataclass(frozen=True)
class Job:
    """What is to be done with every split of a run. source: the folder that paths in splits count
    from; target: the output; extract: "module:function", called as propose_claims is; seconds,
    megabytes: what one text may take before it is set aside."""

    source: str
    target: str
    country: str
    published: str
    extract: str
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class TextSplit:
    """Some files that hold a text each: pairs of path and doc_id."""

    number: int
    files: list[list[str]]
    stamp: str = ""  # changes when one of the files does

    @property
    def name(self) -> str:
        return self.files[0][0] if len(self.files) == 1 else f"{self.files[0][0]} and what follows"


@dataclass(frozen=True)
class TableSplit:
    """A stretch of a table of texts. number: from 0, in the order of the source; file: by its path
    below the source's folder; prefix: what goes before the ids of its rows, where several tables
    are read; stamp: size and time of the last change; first: the number of its first line or row in
    the table."""

    number: int
    file: str
    prefix: str
    stamp: list[int]

    @property
    def name(self) -> str:
        return self.file


@dataclass(frozen=True)
class LineSplit(TableSplit):
    """Whole lines of a .jsonl, from byte `start` to `stop`; columns: of its first lines."""

    start: int
    stop: int
    first: int
    columns: list[str]


@dataclass(frozen=True)
class RowSplit(TableSplit):
    """Rows `start` to `stop` of some row groups of a .parquet, counted from the first of these
    groups."""

    groups: list[int]
    start: int
    stop: int
    first: int


Split = TextSplit | LineSplit | RowSplit


def read_split(told: dict[str, Any]) -> Split:
    """A split from what JSON holds of it."""
    if "files" in told:
        return TextSplit(**told)
    return RowSplit(**told) if "groups" in told else LineSplit(**told)


@dataclass(frozen=True)
class Aside:
    """A text that was set aside, and why; where: its file, and the line or row."""

    doc_id: str
    where: str
    reason: str


@dataclass
class Record:
    """What became of a split. documents, claims, characters: how many; left_out: what cannot be
    read, or holds no text, and why; languages: of texts that are not mined, and how many; refused:
    proposals that would not pass the gate; columns: what its columns are called; texts: SHA-256
    over ids and texts; files: SHA-256 of each table."""

    documents: int = 0
    claims: int = 0
    characters: int = 0
    set_aside: list[Aside] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    texts: str = ""
    files: dict[str, str] = field(default_factory=dict)


def read_record(told: dict[str, Any]) -> Record:
    """A record from what JSON holds of it."""
    aside = [Aside(**entry) for entry in told["set_aside"]]
    return Record(**{**told, "set_aside": aside})


class Part(NamedTuple):
    """A split and what became of it."""

    split: Split
    record: Record

    def to_json(self) -> dict[str, Any]:
        """As it stands in done/ and in the manifest."""
        return {"piece": asdict(self.split), **asdict(self.record)}


def read_part(told: dict[str, Any]) -> Part:
    """A part from what JSON holds of it."""
    return Part(
        read_split(told["piece"]),
        read_record({name: value for name, value in told.items() if name != "piece"}),
    )


@dataclass
class Request:
    """What a worker is asked. count: only how often countries are named; careful: numbers of
    batches whose texts are taken one by one; skipped: texts not to be read, by where they stand,
    and why."""

    job: Job
    split: Split
    count: bool = False
    careful: list[int] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def read_request(told: dict[str, Any]) -> Request:
    """A request from what JSON holds of it."""
    return Request(**{**told, "job": Job(**told["job"]), "split": read_split(told["split"])})
