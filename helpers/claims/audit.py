"""The ledger: every number in the corpus is in a claim, dates one, or is listed with the reason why not.

The finder reads the texts alone; it knows neither claims.csv nor not_claims.csv.
"""

import re
from pathlib import Path

import pandas as pd

from helpers.corpus.copies import name_stories
from helpers.corpus.documents import load_quotes
from helpers.schema.csv_files import list_faults
from helpers.schema.errors import CorpusError

NOT_CLAIM_COLUMNS = ["doc_id", "start", "end", "exact", "kind", "reason"]
# The closed list that the codebook states. A digit run keeps its separators: "500,000" is one number.
NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirds fourths fifths sixths tenths quarter quarters half halves "
    "dozen dozens hundred hundreds thousand thousands million millions billion billions decade decades "
    "double doubled doubling triple tripled tripling twice both once several few many multiple most majority"
).split()
FINDER = re.compile(
    r"\d+(?:[.,]\d+)*|(?<![^\W_])(?:"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + r")(?![^\W_])|\w+fold\b",
    re.IGNORECASE,
)
# Words that end in "fold" without multiplying anything.
NOT_FOLD = {
    "unfold",
    "enfold",
    "refold",
    "blindfold",
    "scaffold",
    "manifold",
    "billfold",
    "gatefold",
    "fold",
}


def find_numbers(documents: pd.DataFrame) -> pd.DataFrame:
    """Every number in the texts. One row is one digit run or one word of the closed list, in reading
    order: doc_id, start, end (code points, end exclusive), exact."""
    rows = [
        (document.doc_id, match.start(), match.end(), match[0])
        for document in documents.itertuples()
        for match in FINDER.finditer(document.text)
        if match[0].lower() not in NOT_FOLD
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "exact"])


def load_not_claims(folder: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """The numbers that are no claims. One row is one such number: doc_id, start, end, exact, kind (a
    short class, for counting) and reason. Empty without not_claims.csv.

    Raises CorpusError, all faults at once: a quote that does not stand at its offsets, no reason.
    """
    return load_quotes(
        folder,
        "not_claims.csv",
        NOT_CLAIM_COLUMNS,
        documents,
        lambda row: (
            []
            if row["kind"] and row["reason"]
            else ["kind or reason is empty; say why it is no claim"]
        ),
    )


def account_numbers(
    documents: pd.DataFrame, claims: pd.DataFrame, not_claims: pd.DataFrame
) -> pd.DataFrame:
    """Where each number of the texts went. One row is one number found, with `account`: "claim" (it lies
    in a claim's number), "date" (in a claim's dating words), "not a claim", or "" when nobody accounts
    for it; `by` is the claim id, or the reason."""
    spans = [
        *(
            (r.doc_id, r.number_start, r.number_start + len(r.number), "claim", r.claim_id)
            for r in claims.itertuples()
            if r.number
        ),
        *(
            (r.doc_id, r.date_at, r.date_at + len(r.date_exact), "date", r.claim_id)
            for r in claims.itertuples()
            if r.date_exact
        ),
        *((r.doc_id, r.start, r.end, "not a claim", r.reason) for r in not_claims.itertuples()),
    ]
    by_document = {}
    for span in spans:
        by_document.setdefault(span[0], []).append(span)
    found = find_numbers(documents)
    homes = [
        next(
            (
                (account, by)
                for _, start, end, account, by in by_document.get(row.doc_id, [])
                if start <= row.start and row.end <= end
            ),
            ("", ""),
        )
        for row in found.itertuples()
    ]
    homes = _excuse_copies(found, homes, documents)
    return found.assign(account=[home[0] for home in homes], by=[home[1] for home in homes])


def _excuse_copies(
    found: pd.DataFrame, homes: list[tuple[str, str]], documents: pd.DataFrame
) -> list[tuple[str, str]]:
    """The accounts, where a number that a copy repeats from its first text is accounted for there."""
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
    texts = dict(zip(documents["doc_id"], documents["text"]))
    faults = [
        f'{row.doc_id} at {row.start}: "{row.exact}" in "…{" ".join(texts[row.doc_id][max(0, row.start - 30) : row.end + 30].split())}…" is in no claim; code it, or list it in not_claims.csv with the reason'
        for row in accounts[accounts["account"] == ""].itertuples()
    ]
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
