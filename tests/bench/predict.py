"""predict.py GOLD.jsonl PRED.jsonl: what the extractor proposes for each {id, text} of the input.

Writes {id, claims: [{metric, low, best, high, quantifier, unit, start, end, primary}]}: metric
displacement, killed or injured; unit people or households; start and end of the number's words in
the text. Expected and denied figures, shares and vague words are left out. `primary` is the figure
a database with one figure a text would take: the first of displacement that was neither part of
another nor a return.
"""

import json
import sys
from pathlib import Path

from helpers.extract.counts.find import METRICS, find_counts, is_figure
from helpers.extract.text.document import Document


def predict_claims(text: str) -> list[dict]:
    """The figures of one text, in reading order."""
    document = Document(text)
    found = [
        count for count in find_counts(document) if count.measure in METRICS and is_figure(count)
    ]
    claims = [
        {
            "metric": METRICS[count.measure],
            "low": count.number.reading.low,
            "best": count.number.reading.best,
            "high": count.number.reading.high,
            "quantifier": count.number.reading.quantifier,
            "unit": "households" if count.unit == "household" else "people",
            **dict(zip(("start", "end"), document.locate(count.number.start, count.number.end))),
            "primary": False,
        }
        for count in found
    ]
    whole = next(
        (
            claim
            for claim, count in zip(claims, found)
            if claim["metric"] == "displacement"
            and count.part_of is None
            and count.measure != "returns"
        ),
        None,
    )
    if whole:
        whole["primary"] = True
    return claims


def main() -> None:
    gold, target = map(Path, sys.argv[1:3])
    lines = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    rows = (
        json.dumps({"id": line["id"], "claims": predict_claims(line["text"])}, ensure_ascii=False)
        for line in lines
    )
    target.write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
