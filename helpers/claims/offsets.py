"""Offsets: where quotes stand that a person typed without counting."""

import pandas as pd

from helpers.schema.columns import OFFSETS
from helpers.schema.csv_files import pad_id

QUOTES = (("exact", "start"), ("number", "number_start"), ("date_exact", "date_at"))


def locate_quotes(table: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Offsets for quotes typed without them: start, end, number_start and date_at where they are
    empty or their columns are missing.

    Returns a new table and the list of what a person must settle: a quote that stands nowhere, or
    several times (then the offsets stay empty and all places are named). The number is looked for
    inside its quote, dating words in the whole text.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    table = table.assign(**{name: "" for name in OFFSETS if name not in table})
    questions = []
    for index, row in table.iterrows():
        text = texts.get(pad_id(str(row["doc_id"])), "")
        for quote, offset in QUOTES:
            words, start = row.get(quote, ""), table.loc[index, "start"]
            if not words or str(row[offset]) != "" or (quote == "number" and start == ""):
                continue
            begin, stop = 0, len(text)
            if quote == "number":
                begin, stop = int(start), int(start) + len(row["exact"])
            found = [at for at in range(begin, stop - len(words) + 1) if text.startswith(words, at)]
            if len(found) == 1:
                table.loc[index, offset] = str(found[0])
                continue
            where = "stands nowhere in the text"
            if found:
                places = ", ".join(map(str, found))
                where = f"stands {len(found)} times, at {places}; type {offset}"
            questions.append(
                f'row {index + 2} ({row.get("claim_id", "")}): {quote} "{words}" {where}'
            )
        start = table.loc[index, "start"]
        if start != "" and str(row["end"]) == "":
            table.loc[index, "end"] = str(int(start) + len(row["exact"]))
    return table, questions
