"""Matching: when two rows about one text are the same claim. A row is a dict of text."""

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.claims.proposals import Proposed, take_table
from helpers.corpus.places import share_value, split_values
from helpers.schema.csv_files import pad_id

Row = Mapping[str, str]


def list_positions(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Text → the positions of its rows."""
    of_text: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        of_text.setdefault(pad_id(row["doc_id"]), []).append(number)
    return of_text


def is_same(one: Row, other: Row) -> bool:
    """Whether two rows of one text are the same claim: one measure and the same number, or the same
    event at the same place, where their quotes overlap."""
    if one["measure"] != other["measure"] or not is_near(one, other):
        return False
    return bool(one["number"]) or share_place(one, other)


def is_near(one: Row, other: Row) -> bool:
    """Whether the quotes of two rows overlap, and so do their numbers if they are no events."""
    if bool(one["number"]) != bool(other["number"]) or not share_quote(one, other):
        return False
    return not one["number"] or share_number(one, other)


def share_quote(one: Row, other: Row) -> bool:
    """Whether two quotes overlap."""
    return int(one["start"]) < int(other["end"]) and int(other["start"]) < int(one["end"])


def share_number(one: Row, other: Row) -> bool:
    """Whether the words of two numbers overlap."""
    a, b = int(one["number_start"]), int(other["number_start"])
    return a < b + len(other["number"]) and b < a + len(one["number"])


def share_place(one: Row, other: Row) -> bool:
    """Whether two rows name the same places, or one in common."""
    return one["place"] == other["place"] or share_value(one["place"], split_values(other["place"]))


def _pair_claims(coded: pd.DataFrame, proposed: pd.DataFrame) -> dict[str, str]:
    """claim_id of a coded row → claim_id of the proposal that is the same claim, one to one, in
    reading order."""
    proposals = proposed.to_dict("records")
    of_text, used = list_positions(proposals), set()
    pairs = {}
    for row in coded.to_dict("records"):
        for number in of_text.get(pad_id(row["doc_id"]), []):
            if number not in used and is_same(row, proposals[number]):
                pairs[row["claim_id"]] = proposals[number]["claim_id"]
                used.add(number)
                break
    return pairs


def _take_decided(coded: pd.DataFrame, proposed: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the rows that people accepted or corrected, the proposals to set beside them): a merge that
    nobody has reviewed agrees with itself."""
    waiting = coded[coded["review"] == "proposed"]
    undecided = set(_pair_claims(waiting, proposed).values())
    decided = coded[coded["review"].isin(("accepted", "corrected"))]
    return decided, proposed[~proposed["claim_id"].isin(undecided)]


def compare_claims(coded: pd.DataFrame, proposals: Proposed) -> pd.DataFrame:
    """Proposals beside the claims that people coded (tables of text). One row is one topic: coded,
    proposed (rows), both (coded rows that a proposal matches: is_same), precision and recall of the
    proposals (shares; missing where there is nothing to share). Rejected rows are left out, and so
    is what nobody has decided on yet, with the proposals that it came from."""
    coded, proposed = _take_decided(coded, take_table(proposals))
    matched = coded[coded["claim_id"].isin(list(_pair_claims(coded, proposed)))]
    topics = ["displacement", "casualties", "pace"]
    counts = pd.DataFrame(
        {
            name: table["topic"].value_counts().reindex(topics, fill_value=0)
            for name, table in (("coded", coded), ("proposed", proposed), ("both", matched))
        }
    )
    for share, of in (("precision", "proposed"), ("recall", "coded")):
        counts[share] = counts["both"] / counts[of].where(counts[of] > 0)
    return counts.rename_axis("topic").reset_index()


def list_unmatched(coded: pd.DataFrame, proposals: Proposed) -> pd.DataFrame:
    """What people coded and no rule proposes, and the other way round. One row is one such claim:
    claim_id, side ("people only", "rule only"), measure, number, exact; in the order of the
    texts."""
    coded, proposed = _take_decided(coded, take_table(proposals))
    pairs = _pair_claims(coded, proposed)
    people = coded[~coded["claim_id"].isin(list(pairs))].assign(side="people only")
    rules = proposed[~proposed["claim_id"].isin(list(pairs.values()))].assign(side="rule only")
    both = pd.concat([people, rules], ignore_index=True)
    both = both.assign(doc_id=both["doc_id"].map(pad_id), at=pd.to_numeric(both["start"]))
    both = both.sort_values(["doc_id", "at", "claim_id"], kind="stable")
    return both[["claim_id", "side", "measure", "number", "exact"]].set_index("claim_id")
