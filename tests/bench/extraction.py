"""extraction.py [--data FOLDER]: how well claims are proposed.

Prints the proposals for the five coded texts against their hand-coded claims (by topic, and the two
figures that a promise rests on); the scores of score.py on the labelled files in FOLDER
(idmc_full.jsonl, muc4_dev.jsonl; said where one is missing), whole and by halves (even and odd
lines: the odd half was not read while the rules were written).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

from helpers.claims.gate import load_claims
from helpers.claims.matching import compare_claims
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places, split_values
from helpers.extract.propose import propose_claims
from helpers.schema.csv_files import load_table

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.bench.predict import predict_claims  # noqa: E402

WINDOWS = {"whole": slice(None), "read": slice(0, None, 2), "unread": slice(1, None, 2)}


def score(tp: float, found: int, there: int) -> str:
    """precision, recall and F1 as a line; all zero where there is nothing."""
    precision, recall = tp / found if found else 0.0, tp / there if there else 0.0
    both = 2 * precision * recall / (precision + recall) if tp else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}  ({there} coded, {found} proposed)"


def compare_seeds() -> None:
    folder = REPOSITORY / "seeds"
    documents, places = load_corpus(folder), load_places(folder)
    load_claims(folder, documents, places)
    coded = load_table(folder / "claims.csv", ["claim_id"])
    proposed = propose_claims(documents, places, "SYR").claims
    print(
        "\nThe five coded texts: proposals against claims.csv, one to one, one measure and the "
        "same number words, or one event at one place"
    )
    print(compare_claims(coded, proposed).round(3).to_string(index=False))
    figures, rules = (
        table[
            table["topic"].isin(["displacement", "casualties"])
            & (table[["low", "best", "high"]] != "").any(axis=1)
        ].to_dict("records")
        for table in (coded, proposed)
    )
    left = list(rules)
    for figure in figures:
        match = next(
            (
                other
                for other in left
                if other["doc_id"] == figure["doc_id"]
                and other["topic"] == figure["topic"]
                and _overlap(figure, other)
                and all(
                    float(figure[n] or -1) == float(other[n] or -1) for n in ("low", "best", "high")
                )
            ),
            None,
        )
        if match:
            left.remove(match)
    print(
        (
            "figures of displacement and casualties (one text and topic, number words overlap, one "
            "value):"
        ),
        score(len(rules) - len(left), len(rules), len(figures)),
    )
    print(
        "captures with a day (one text and place, the days overlap):",
        _score_captures(coded, proposed),
    )


def _overlap(row: dict, other: dict) -> bool:
    start, begin = int(row["number_start"]), int(other["number_start"])
    return start < begin + len(other["number"]) and begin < start + len(row["number"])


def _score_captures(coded: pd.DataFrame, proposed: pd.DataFrame) -> str:
    """A place that one text says was captured in several sentences is one capture."""
    tables = []
    for table in (coded, proposed):
        rows = table[
            (table["measure"] == "captured")
            & (table["date_start"] != "")
            & table["assertion"].isin(["reported", "claimed"])
        ]
        tables.append(
            [
                (row.doc_id, key, row.date_start, row.date_end)
                for row in rows.itertuples()
                for key in split_values(row.place)
            ]
        )

    def meets(one, others):
        return any(
            one[:2] == other[:2] and one[2] <= other[3] and other[2] <= one[3] for other in others
        )

    people, rules = tables
    precision, recall = (
        sum(meets(one, people) for one in rules) / max(1, len(rules)),
        sum(meets(one, rules) for one in people) / max(1, len(people)),
    )
    return (
        f"P {precision:.3f}  R {recall:.3f}  F1 "
        f"{2 * precision * recall / max(1e-9, precision + recall):.3f}  ({len(people)} coded, "
        f"{len(rules)} proposed)"
    )


def score_labels(file: Path, scorer: Path) -> None:
    """score.py on a labelled file, whole and by halves."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    primary = file.stem.startswith("idmc")
    for name, window in WINDOWS.items():
        with tempfile.TemporaryDirectory() as folder:
            gold, found = Path(folder) / "gold.jsonl", Path(folder) / "found.jsonl"
            gold.write_text("\n".join(json.dumps(row) for row in rows[window]), "utf-8")
            found.write_text(
                "\n".join(
                    json.dumps({"id": row["id"], "claims": predict_claims(row["text"])})
                    for row in rows[window]
                ),
                "utf-8",
            )
            mode = "primary" if primary else "full"
            done = subprocess.run(
                [
                    sys.executable,
                    str(scorer),
                    str(gold),
                    str(found),
                    "--mode",
                    mode,
                    "--boot",
                    "0",
                    "--json",
                ],
                capture_output=True,
                text=True,
                check=True,
            )
        scores = json.loads(done.stdout)
        if primary:
            told = ", ".join(
                f"{part} {scores[part]['strict']['recall']:.3f} of {scores[part]['n']}"
                for part in (
                    "english",
                    "english core (no housing terms)",
                    "english core",
                    "figure stated in text",
                )
                if part in scores
            )
            print(
                f"{file.stem}, {name}: labels found: {told}; primary figure (English) "
                f"{scores['english']['strict']['primary_acc']:.3f}"
            )
        else:
            strict = scores["strict"]
            print(
                f"{file.stem}, {name}: labels found {strict['R']:.3f} of {strict['gold']} "
                "(labels are incomplete: recall only)"
            )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--data",
        default="../shared/bench",
        help="folder with idmc_full.jsonl, muc4_dev.jsonl and score.py, from the repository",
    )
    folder = (REPOSITORY / options.parse_args().data).resolve()
    compare_seeds()
    print(f"\nLabelled texts in {Path(options.parse_args().data)}")
    for name in ("idmc_full.jsonl", "muc4_dev.jsonl"):
        if not (folder / name).exists() or not (folder / "score.py").exists():
            print(
                f"{name}: skipped, the file or score.py is not there; name its folder with "
                "--data (make bench DATA=folder)"
            )
            continue
        score_labels(folder / name, folder / "score.py")


if __name__ == "__main__":
    main()
