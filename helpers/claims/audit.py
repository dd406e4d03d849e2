"""The number audit: every number in the corpus is in a claim, dates one, or is listed with the
reason why not.

The finder reads the texts alone; it knows neither claims.csv nor not_claims.csv.
"""

import re
from pathlib import Path

import pandas as pd

from helpers.corpus.copies import name_stories
from helpers.corpus.quotes import load_quotes
from helpers.schema.csv_files import list_faults
from helpers.schema.errors import CorpusError
from helpers.schema.quantity import ONES, TENS

# The closed list that the codebook states. A digit run keeps its separators: "500,000" is one
# number.
NUMBER_WORDS = (
    *ONES,
    *TENS,
    *"first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirds fourths fifths sixths tenths quarter quarters half halves dozen dozens hundred "
    "hundreds thousand thousands million millions billion billions decade decades double doubled "
    "doubling triple tripled tripling twice both once several few many multiple most "
    "majority".split(),
)
FINDER = re.compile(
    r"\d+(?:[.,]\d+)*|(?<![^\W_])(?:"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + r")(?![^\W_])|\w+fold\b",
    re.IGNORECASE,
)
# Words that end in "fold" without multiplying anything.
NOT_FOLD = set("unfold enfold refold blindfold scaffold manifold billfold gatefold fold".split())


def list_numbers(documents: pd.DataFrame) -> pd.DataFrame:
    """Every number in the texts. One row is one digit run or one word of the closed list, in
    reading order: doc_id, start, end (code points, end exclusive), exact."""
    rows = [
        (document.doc_id, match.start(), match.end(), match[0])
        for document in documents.itertuples()
        for match in FINDER.finditer(document.text)
        if match[0].lower() not in NOT_FOLD
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "exact"])


def load_not_claims(folder: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """The numbers that are no claims. One row is one such number: doc_id, start, end, exact, kind
    (a short class, for counting) and reason. Empty without not_claims.csv.

    Raises CorpusError, all faults at once: a quote that does not stand at its offsets, no reason.
    """
    return load_quotes(folder, "not_claims", documents, _check_reason)


def _check_reason(row: dict[str, str]) -> list[str]:
    if row["kind"] and row["reason"]:
        return []
    return ["kind or reason is empty; say why it is no claim"]


def account_numbers(
    documents: pd.DataFrame, claims: pd.DataFrame, not_claims: pd.DataFrame
) -> pd.DataFrame:
    """Where each number of the texts went. One row is one number found, with `account`: "claim" (it
    lies in a claim's number), "date" (in a claim's dating words), "not a claim", or "" when nobody
    accounts for it; `by` is the claim id, or the reason. Of several the first in that order
    counts."""
    spans = pd.concat(
        [
            _list_spans(claims[claims["number"] != ""], "number_start", "number", "claim"),
            _list_spans(claims[claims["date_exact"] != ""], "date_at", "date_exact", "date"),
            _list_spans(not_claims, "start", "exact", "not a claim"),
        ]
    )
    by_document = {doc_id: list(rows.itertuples()) for doc_id, rows in spans.groupby("doc_id")}
    found = list_numbers(documents)
    homes = [
        next(
            (
                (span.account, span.by)
                for span in by_document.get(row.doc_id, [])
                if span.at <= row.start and row.end <= span.stop
            ),
            ("", ""),
        )
        for row in found.itertuples()
    ]
    homes = _excuse_copies(found, homes, documents)
    return found.assign(account=[home[0] for home in homes], by=[home[1] for home in homes])


def _list_spans(rows: pd.DataFrame, at: str, words: str, account: str) -> pd.DataFrame:
    """Where the words of rows stand: doc_id, at, stop, account, by."""
    return pd.DataFrame(
        {
            "doc_id": rows["doc_id"],
            "at": rows[at],
            "stop": rows[at] + rows[words].str.len(),
            "account": account,
            "by": rows["claim_id" if "claim_id" in rows else "reason"],
        }
    )


def _excuse_copies(
    found: pd.DataFrame, homes: list[tuple[str, str]], documents: pd.DataFrame
) -> list[tuple[str, str]]:
    """The accounts, where a number that a copy repeats from its first text is accounted for
    there."""
    stories = name_stories(documents)
    told = set(zip(found["doc_id"], found["exact"]))
    return [
        ("not a claim", f"repeated from {stories[doc_id]}, of which this text is a copy")
        if not home[0] and stories[doc_id] != doc_id and (stories[doc_id], exact) in told
        else home
        for home, doc_id, exact in zip(homes, found["doc_id"], found["exact"])
    ]


def check_audit(
    documents: pd.DataFrame, claims: pd.DataFrame, not_claims: pd.DataFrame
) -> pd.DataFrame:
    """The accounts of account_numbers, when every number has one.

    Raises CorpusError naming each number that is in no claim and in no row of not_claims.csv.
    """
    accounts = account_numbers(documents, claims, not_claims)
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    faults = []
    for row in accounts[accounts["account"] == ""].itertuples():
        around = " ".join(texts[row.doc_id][max(0, row.start - 30) : row.end + 30].split())
        faults.append(
            f'{row.doc_id} at {row.start}: "{row.exact}" in "…{around}…" is in no claim; '
            "code it, or list it in not_claims.csv with the reason"
        )
    if faults:
        raise CorpusError(list_faults("numbers that nobody accounts for", faults))
    return accounts


def count_accounts(
    documents: pd.DataFrame, claims: pd.DataFrame, not_claims: pd.DataFrame
) -> pd.DataFrame:
    """How many numbers have which account, where somebody keeps not_claims.csv; empty where nobody
    does. One row is one account. Raises CorpusError as check_audit does."""
    if not_claims.empty:
        return pd.DataFrame(columns=["numbers"])
    accounts = check_audit(documents, claims, not_claims)
    return accounts.groupby("account").agg(numbers=("exact", "size"))
