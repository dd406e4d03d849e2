"""Worker: writes the part of one split, whole or not at all, in a process that may be killed.

A Dask worker that died of one text would take a whole split with it. So texts are read in a child:
it says where it is, and its parent (helpers.scale.supervisor) watches time and memory, and begins
again without a text that stopped it twice. `python -m helpers.scale.worker` is that child: a
request a line comes in, news and an answer go out.
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
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.claims.archive import TABLES
from helpers.corpus.documents import add_days
from helpers.corpus.places import load_places
from helpers.scale.batch import Batch, load_batches, load_documents, name_item
from helpers.scale.messages import Aside, Part, Record, Request, Say, Split, read_request
from helpers.scale.parts import PartTables, name_file, open_tables
from helpers.scale.supervisor import TRIES
from helpers.schema.errors import CorpusError
from helpers.schema.files import open_part

PR_SET_PDEATHSIG = 1  # of prctl(2)
IDLE = 60  # seconds after which a child without work ends

Step = Callable[[pd.DataFrame], Any]  # what is done with the documents of a batch


class UnfitError(Exception):
    """What is wrong with the whole run and not with one text: a full disk, a table that cannot be
    read."""


def be_silent(**_: Any) -> None:
    """Say nothing, where nobody listens."""


def write_part(request: Request, say: Say = be_silent) -> Record:
    """Write the tables of one part and then its record, which says that they are whole.

    One row of `claims` is one claim (PROPOSAL_COLUMNS, text), of `documents` a text that holds one,
    of `places` a place met that the source's places.csv has not. `say` is told which batch and text
    come next. Raises UnfitError.
    """
    job, split, record, texts = request.job, request.split, Record(), hashlib.sha256()
    places = load_places(job.source)
    propose = _find_extract(job.extract, places, job.country)
    propose(add_days(pd.DataFrame(columns=TABLES["documents"], dtype=str)))
    # The gazetteer has been read now, in no text's time.
    try:
        with open_tables(job.target, split.number) as tables:
            for documents, proposals in walk_batches(request, propose, record, say):
                texts.update("".join(documents["doc_id"] + documents["sha256"]).encode())
                _add_batch(tables, record, documents, proposals, places)
        record.texts, record.files = texts.hexdigest(), tables.sums
        file = name_file(job.target, "done", split.number)
        file.parent.mkdir(parents=True, exist_ok=True)
        with open_part(file) as out:
            out.write(json.dumps(Part(split, record).to_json(), ensure_ascii=False).encode())
    except OSError as error:
        raise UnfitError(
            f"{error.filename or job.target}: {error.strerror or error}; this partition is not "
            "written. Make room, or mend it, and start again: what is done is kept"
        ) from None
    return record


def _find_extract(name: str, places: pd.DataFrame, country: str) -> Step:
    """The function "module:function" that proposes from documents, in a country."""
    module, _, function = name.partition(":")
    extract = getattr(importlib.import_module(module), function)
    country = country or " "  # no country; for "" each batch would guess one of its own
    return lambda documents: extract(documents, places, country)


def _add_batch(
    tables: PartTables,
    record: Record,
    documents: pd.DataFrame,
    proposals: Any,
    places: pd.DataFrame,
) -> None:
    """A batch's rows into the tables, and its counts into the record."""
    record.documents += len(documents)
    record.claims += len(proposals.claims)
    record.characters += int(documents["text"].str.len().sum())
    foreign = documents["language"][~documents["language"].isin(["", "English"])]
    record.languages = dict(Counter(record.languages) + Counter(foreign))
    record.refused += [line for line in proposals.skipped if line.startswith("left out")]
    met = proposals.places[~proposals.places.index.isin(places.index)]
    tables.add(
        claims=proposals.claims,
        documents=documents[documents["doc_id"].isin(set(proposals.claims["doc_id"]))],
        places=met.reset_index(),
    )


def count_mentions(request: Request, say: Say = be_silent) -> dict[str, int]:
    """How often the texts of a split name each country; nothing is written."""
    from helpers.extract.places.countries import count_countries

    counts: Counter[str] = Counter()

    def count(documents: pd.DataFrame) -> Counter[str]:
        """Of one batch."""
        return count_countries(list(documents["text"]))

    for _, found in walk_batches(request, count, Record(), say):
        counts.update(found)
    return dict(counts)


def walk_batches(
    request: Request, step: Step, record: Record, say: Say
) -> Iterator[tuple[pd.DataFrame, Any]]:
    """(documents, what `step` made of them), batch by batch, and text by text where a batch fails
    or is to be taken carefully. `record` is told what was left out (by rule, as it cannot be read)
    and set aside (it failed twice)."""
    for number, batch in enumerate(_load_all(request, say)):
        if number not in request.careful:
            say(batch=number)
            try:
                made = _take_step(request, batch, step, record)
            except UnfitError:
                raise
            except Exception:  # one of these texts; which, the careful pass tells
                pass
            else:
                yield from made
                continue
        for at in range(len(batch.items)):
            yield from _try_item(request, number, batch.pick(at), step, record, say)


def _try_item(
    request: Request, number: int, batch: Batch, step: Step, record: Record, say: Say
) -> list[tuple[pd.DataFrame, Any]]:
    """What `step` makes of a batch of one; nothing where it fails, and then it is set aside."""
    where, doc_id = name_item(request.split, batch)
    reason = request.skipped.get(where, "")
    for _ in range(0 if reason else TRIES):
        say(batch=number, where=where)
        try:
            return _take_step(request, batch, step, record)
        except UnfitError:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}".rstrip(": ")[:200]
    record.set_aside.append(Aside(doc_id, where, reason))
    return []


def _load_all(request: Request, say: Say) -> Iterator[Batch]:
    """The batches of a split. `say` is told before each that it is being loaded: what goes wrong
    then is the file's fault, and not that of the text before it."""
    batches, number = load_batches(Path(request.job.source), request.split), 0
    while True:
        say(batch=number, loading=True)
        try:
            batch = next(batches, None)
        except Exception as fault:  # a damaged file makes pyarrow raise almost anything
            said = str(fault).partition("\n")[0] or type(fault).__name__
            raise UnfitError(
                f"{request.split.name} cannot be read ({said}); write it again, "
                "and name another output"
            ) from None
        if batch is None:
            return
        yield batch
        number += 1


def _take_step(
    request: Request, batch: Batch, step: Step, record: Record
) -> list[tuple[pd.DataFrame, Any]]:
    try:
        documents, left_out, columns = load_documents(
            Path(request.job.source), request.split, batch, request.job.published
        )
    except (CorpusError, OSError) as fault:
        raise UnfitError(str(fault)) from None
    _check_columns(request.split, batch.first, columns, record)
    made = [(documents, step(documents))] if len(documents) else []
    for what, why in left_out.items():
        twice = what in record.left_out
        record.left_out[f"{what} from {batch.first}" if twice else what] = why
    return made


def _check_columns(split: Split, first: int, columns: dict[str, str], record: Record) -> None:
    """Raises UnfitError where a table calls its columns otherwise than further up."""
    for kind, name in columns.items():
        above = record.columns.setdefault(kind, name)
        if above != name:
            raise UnfitError(
                f'{split.name}: up to row {first} "{above}" holds what "{name}" holds then; '
                "give every row the same columns"
            )


def answer(request: Request, say: Say) -> None:
    """Do what is asked, and say what came of it."""
    try:
        if request.count:
            say(answer=count_mentions(request, say))
        else:
            say(answer=asdict(write_part(request, say)))
    except (UnfitError, CorpusError) as fault:
        say(unfit=str(fault))


def main() -> None:
    """Answer requests until standard input ends, as it does when the parent is gone, or nobody asks
    any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    if sys.platform == "linux":
        # A text that hangs in C code keeps the thread below from seeing the end of the parent.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen() -> None:
        """Requests wait in a queue; at the end of standard input everything ends, whatever is being
        read."""
        for line in sys.stdin:
            requests.put(line)
        os._exit(0)

    def say(**news: Any) -> None:
        """A line of news for the parent."""
        print(json.dumps(news), file=out, flush=True)

    threading.Thread(target=listen, daemon=True).start()
    with suppress(queue.Empty):
        while True:
            answer(read_request(json.loads(requests.get(timeout=IDLE))), say)
    os._exit(0)


if __name__ == "__main__":
    main()
