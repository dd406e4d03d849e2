"""Two reviewers and another program work on one table while processes are killed at random:
python -m tests.claims.storm FOLDER KILLS SEED

Each round forks a reviewer who decides as fast as it goes, and says over a pipe what it was told is
kept; after a random moment it is killed. Meanwhile a second reviewer decides, and another program
saves notes into other rows, or an older copy of the table. In the end the last decision that
anybody was told is kept must stand in the table, claim by claim.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from helpers.analysis.proposing import open_proposing
from helpers.claims.decisions.table import Change, ReviewTable
from helpers.claims.proposals import save_claims
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError

MOMENT = datetime(2031, 3, 10, 9, 30, tzinfo=UTC)
VESHKA = REPOSITORY / "tests" / "samples" / "veshka"
TYPES = {"corpus": str, "country": str, "published": str, "write": bool, "merge": bool}
ASKED = {"country": "", "published": "", "write": True, "merge": True}


def copy_proposed(folder: Path, texts: Path = VESHKA) -> Path:
    """A copy of a folder of texts with its proposals merged, reviewed by nobody."""
    shutil.copytree(texts, folder)
    run = open_proposing({"__annotations__": TYPES, **ASKED, "corpus": str(folder)})
    run.save()
    run.save_merge()
    return folder


def open_table(
    folder: Path, reviewer: str = "RK", clock=lambda: MOMENT, name: str = "claims.csv"
) -> ReviewTable:
    """The claims of a folder under review, read."""
    texts = load_corpus(folder)
    table = ReviewTable(
        folder / name,
        dict(zip(texts["doc_id"], texts["text"])),
        load_places(folder),
        reviewer,
        clock,
    )
    table.read()
    return table


def decide_at_random(table: ReviewTable, chance: random.Random, tell) -> None:
    """One decision, on a row of one's own half; `tell` hears of it before and after."""
    ids = [
        name for name in table.rows if (sum(map(ord, name)) % 2 == 0) == (table.reviewer == "RK")
    ]
    row = table.rows[chance.choice(ids)]
    what = chance.choice(["accepted", "rejected", "corrected"])
    after = {**row, "review": what, "note": f"{table.reviewer} {chance.randrange(10**9)}"}
    told = {"claim": row["claim_id"], "state": [what, after["note"]]}
    tell({"is": "begun", **told})
    table.decide([Change(row["claim_id"], dict(row), after)], what)
    tell({"is": "kept", **told})


def fork_reviewer(table: ReviewTable, seed: int) -> tuple[int, int]:
    """(process, pipe) of a reviewer who decides until killed."""
    out, into = os.pipe()
    process = os.fork()
    if process:
        os.close(into)
        return process, out
    os.close(out)
    chance = random.Random(seed)
    try:
        table.recover()
        for _ in range(10_000):
            decide_at_random(
                table, chance, lambda said: os.write(into, json.dumps(said).encode() + b"\n")
            )
    except BaseException as error:  # a fault is told, not shown
        os.write(into, json.dumps({"is": "fault", "what": repr(error)}).encode() + b"\n")
    os._exit(0)


def read_pipe(pipe: int) -> list[dict]:
    with os.fdopen(pipe, "rb") as source:
        lines = source.read().splitlines()
    return [json.loads(line) for line in lines]


def save_as_another_program(folder: Path, chance: random.Random, old: bytes) -> str:
    """A note into a row of nobody's, through a whole table read before; or an older copy saved
    over everything."""
    file = folder / "claims.csv"
    if chance.random() < 0.15:
        part = folder / ".other.tmp"
        part.write_bytes(old)
        os.replace(part, file)
        return "older copies saved"
    table = load_table(file, [])
    table["mine"] = [f"seen {chance.randrange(1000)}"] * len(table)
    try:
        save_claims(table, folder)
    except CorpusError:  # as careful as this package
        return ""
    return "edits by another program"


def check(folder: Path, allowed: dict[str, list[list[str]]]) -> list[str]:
    """The claims that do not hold what somebody was told is kept (or, of a decision that a kill
    cut short, what it would have made of them)."""
    table = open_table(folder)
    table.recover()
    rows = load_table(folder / "claims.csv", []).set_index("claim_id")
    return [
        f"{name}: {list(rows.loc[name, ['review', 'note']])}, not one of {states}"
        for name, states in allowed.items()
        if list(rows.loc[name, ["review", "note"]]) not in states
    ]


def hear(said: list[dict], allowed: dict[str, list[list[str]]], counts: dict[str, int]) -> None:
    """What a killed reviewer had told, entered: what may stand in the table now."""
    for line in said:
        if line["is"] == "kept":
            allowed[line["claim"]] = [line["state"]]
            counts["decisions told as kept"] += 1
    if said and said[-1]["is"] == "begun":
        counts["killed within a decision"] += 1
        allowed.setdefault(said[-1]["claim"], [["proposed", ""]]).append(said[-1]["state"])


def main(folder: Path, kills: int, seed: int) -> int:
    copy_proposed(folder)
    chance = random.Random(seed)
    counts = {"kills": 0, "killed within a decision": 0, "decisions told as kept": 0}
    counts |= {"edits by another program": 0, "older copies saved": 0}
    allowed: dict[str, list[list[str]]] = {}
    people = [open_table(folder, who) for who in ("RK", "SM")]
    for number in range(kills // len(people)):
        old = (folder / "claims.csv").read_bytes()
        pair = [
            fork_reviewer(table, seed * 10_000 + number * 2 + at) for at, table in enumerate(people)
        ]
        end = time.monotonic() + chance.uniform(0.03, 0.25)
        while time.monotonic() < end:
            time.sleep(chance.uniform(0.005, 0.06))
            if said := save_as_another_program(folder, chance, old):
                counts[said] += 1
        for process, _ in pair:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            counts["kills"] += 1
        told = [read_pipe(pipe) for _, pipe in pair]
        for said in told:
            hear(said, allowed, counts)
        faults = [line["what"] for said in told for line in said if line["is"] == "fault"]
        lost = check(folder, allowed)
        if lost or faults:
            print(json.dumps(counts | {"lost": lost, "faults": faults, "round": number}))
            return 1
    print(json.dumps(counts | {"lost": []}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
