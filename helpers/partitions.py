"""Partitions: the claims of one piece of a source, written whole or not at all, by a process that may be killed.

A worker that died of one text would take a whole partition with it. So texts are read in a child: it says where it is, and its
parent (`helpers.watch.do_partition`) watches time and memory, and begins again without a text that stopped it twice.
`python -m helpers.partitions` is that child: a request a line comes in, news and an answer go out.
"""

import ctypes
import hashlib
import importlib
import json
import os
import queue
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd

from helpers.chunks import add_days, load_chunks, load_documents, name_item
from helpers.folders import CorpusError
from helpers.partition_files import PART_TABLES, name_file, save_tables, save_whole
from helpers.places import load_places
from helpers.watch import TRIES

PR_SET_PDEATHSIG = 1  # of prctl(2)
IDLE = 60  # seconds after which a child without work ends


class UnfitError(Exception):
    """What is wrong with the whole run and not with one text: a full disk, a table that cannot be read."""


def save_partition(
    job: dict,
    piece: dict,
    careful: set[int] = frozenset(),
    skipped: dict[str, str] | None = None,
    say: Callable = lambda **_: None,
) -> dict:
    """Write the tables of one partition and then its record, which says that they are whole; returns the record.

    One row of `claims` is one claim (PROPOSAL_COLUMNS, text), of `documents` a text that holds one, of `places` a place met
    that the source's places.csv has not. job: source (a folder), target, country, published, extract ("module:function",
    called as propose_claims is). careful: numbers of chunks whose texts are taken one by one. skipped: texts not to be
    read, by where they stand, and why. say: is told which chunk and text come next. Raises UnfitError.
    """
    places, begun = load_places(job["source"]), _begin_record(piece)
    module, _, name = job["extract"].partition(":")
    extract, texts = getattr(importlib.import_module(module), name), hashlib.sha256()
    country = (
        job["country"] or " "
    )  # a space is no country; for "" each chunk would guess one of its own
    extract(
        add_days(pd.DataFrame(columns=PART_TABLES["documents"], dtype=str)), places, country
    )  # the gazetteer is read now, in no text's time
    try:
        with save_tables(job["target"], piece["number"]) as (add, sums):
            for documents, proposals in walk_piece(
                job,
                piece,
                lambda texts: extract(texts, places, country),
                begun,
                careful,
                skipped or {},
                say,
            ):
                begun["documents"] += len(documents)
                begun["claims"] += len(proposals.claims)
                begun["characters"] += int(documents["text"].str.len().sum())
                foreign = documents["language"][~documents["language"].isin(["", "English"])]
                begun["languages"] = dict(Counter(begun["languages"]) + Counter(foreign))
                begun["refused"] += [
                    line for line in proposals.skipped if line.startswith("left out")
                ]
                texts.update("".join(documents["doc_id"] + documents["sha256"]).encode())
                holding = documents[documents["doc_id"].isin(set(proposals.claims["doc_id"]))]
                add(
                    claims=proposals.claims,
                    documents=holding,
                    places=proposals.places[
                        ~proposals.places.index.isin(places.index)
                    ].reset_index(),
                )
        record = {**begun, "texts": texts.hexdigest(), "files": sums}
        save_whole(
            name_file(job["target"], "done", piece["number"]),
            json.dumps(record, ensure_ascii=False).encode(),
        )
    except OSError as error:
        raise UnfitError(
            f"{error.filename or job['target']}: {error.strerror or error}; this partition is not written. Make room, or mend it, and start again: what is done is kept"
        ) from None
    return record


def count_partition(
    job: dict,
    piece: dict,
    careful: set[int] = frozenset(),
    skipped: dict[str, str] | None = None,
    say: Callable = lambda **_: None,
) -> dict:
    """How often the texts of a piece name each country; nothing is written."""
    from helpers.extract.places.gazetteer import count_countries

    counts = Counter()
    for _, found in walk_piece(
        job,
        piece,
        lambda texts: count_countries(list(texts["text"])),
        _begin_record(piece),
        careful,
        skipped or {},
        say,
    ):
        counts.update(found)
    return dict(counts)


def _begin_record(piece: dict) -> dict:
    return {
        "piece": piece,
        "documents": 0,
        "claims": 0,
        "characters": 0,
        "set_aside": [],
        "left_out": {},
        "languages": {},
        "refused": [],
        "columns": {},
    }


def walk_piece(
    job: dict,
    piece: dict,
    step: Callable,
    record: dict,
    careful: set[int],
    skipped: dict[str, str],
    say: Callable,
) -> Iterator[tuple]:
    """(documents, what `step` made of them), chunk by chunk, and text by text where a chunk fails or is to be taken carefully.
    `record` is told what was left out (by rule, as it cannot be read) and set aside (it failed twice)."""
    home = Path(job["source"])
    for number, (first, items) in enumerate(_load_all(home, piece, say)):
        if number not in careful:
            say(chunk=number)
            try:
                made = _take_step(job, piece, first, items, step, record)
            except UnfitError:
                raise
            except Exception:  # one of these texts; which, the careful pass tells
                pass
            else:
                yield from made
                continue
        for at in range(len(items)):
            item = items[at : at + 1]
            where, doc_id = name_item(piece, first + at, item)
            reason = skipped.get(where, "")
            for _ in range(0 if reason else TRIES):
                say(chunk=number, where=where)
                try:
                    made = _take_step(job, piece, first + at, item, step, record)
                except UnfitError:
                    raise
                except Exception as error:
                    reason = f"{type(error).__name__}: {error}".rstrip(": ")[:200]
                else:
                    yield from made
                    break
            else:
                record["set_aside"].append({"doc_id": doc_id, "where": where, "reason": reason})


def _load_all(home: Path, piece: dict, say: Callable) -> Iterator[tuple]:
    """The chunks of a piece. `say` is told before each that it is being loaded: what goes wrong then is the file's fault, and
    not that of the text before it."""
    chunks, number = load_chunks(home, piece), 0
    while True:
        say(chunk=number, loading=True)
        try:
            chunk = next(chunks, None)
        except Exception as fault:  # a damaged file makes pyarrow raise almost anything
            raise UnfitError(
                f"{piece.get('file') or piece['files'][0][0]} cannot be read ({str(fault).splitlines()[0] if str(fault) else type(fault).__name__}); write it again, and name another output"
            ) from None
        if chunk is None:
            return
        yield chunk
        number += 1


def _take_step(
    job: dict, piece: dict, first: int, items, step: Callable, record: dict
) -> list[tuple]:
    try:
        documents, left_out, columns = load_documents(
            Path(job["source"]), piece, first, items, job["published"]
        )
    except (CorpusError, OSError) as fault:
        raise UnfitError(str(fault)) from None
    for kind, name in columns.items():
        if record["columns"].setdefault(kind, name) != name:
            raise UnfitError(
                f'{piece["file"]}: up to row {first} "{record["columns"][kind]}" holds what "{name}" holds then; give every row the same columns'
            )
    made = [(documents, step(documents))] if len(documents) else []
    for what, why in left_out.items():
        record["left_out"][f"{what} from {first}" if what in record["left_out"] else what] = why
    return made


def main() -> None:
    """Answer requests until standard input ends, as it does when the parent is gone, or nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    if (
        sys.platform == "linux"
    ):  # a text that hangs in C code keeps the thread below from seeing the end of the parent
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    out, requests = os.fdopen(os.dup(1), "w", encoding="utf-8"), queue.SimpleQueue()
    os.dup2(2, 1)  # what a library prints is no answer

    def listen() -> None:
        """Requests wait in a queue; at the end of standard input everything ends, whatever is being read."""
        for line in sys.stdin:
            requests.put(json.loads(line))
        os._exit(0)

    def say(**news) -> None:
        """A line of news for the parent."""
        print(json.dumps(news), file=out, flush=True)

    threading.Thread(target=listen, daemon=True).start()
    with suppress(queue.Empty):
        while True:
            request = requests.get(timeout=IDLE)
            do = count_partition if request["job"]["count"] else save_partition
            try:
                say(
                    answer=do(
                        request["job"],
                        request["piece"],
                        set(request["careful"]),
                        request["skipped"],
                        say,
                    )
                )
            except (UnfitError, CorpusError) as fault:
                say(unfit=str(fault))
    os._exit(0)


if __name__ == "__main__":
    main()
