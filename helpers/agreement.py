"""Agreement: how far two independent codings of the same texts say the same."""

from collections import Counter

import pandas as pd

VALUE_COLUMNS = ["low", "best", "high", "quantifier"]
ABSENT = "no claim"  # what a coding says of a span that only the other one found


def match_codings(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows that two codings give the same stretch of text. One row is one pair: first,
    second (claim ids) and overlap (shared characters by joint characters, 0 to 1).

    One to one, the largest overlap first; among equal overlaps the pair with the same number words
    and place. The measure plays no part, so that agreement on it is not put in by hand.
    """
    pairs = []
    for a in first.itertuples():
        for b in second[second["doc_id"] == a.doc_id].itertuples():
            shared = min(int(a.end), int(b.end)) - max(int(a.start), int(b.start))
            if shared > 0:
                joint = max(int(a.end), int(b.end)) - min(int(a.start), int(b.start))
                pairs.append(
                    (
                        -shared / joint,
                        a.number != b.number,
                        a.place != b.place,
                        a.claim_id,
                        b.claim_id,
                    )
                )
    rows, used = [], set()
    for overlap, _, _, a, b in sorted(pairs):
        if ("first", a) not in used and ("second", b) not in used:
            used |= {("first", a), ("second", b)}
            rows.append((a, b, -overlap))
    return pd.DataFrame(rows, columns=["first", "second", "overlap"])


def measure_agreement(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series:
    """Agreement of two codings (tables of text, as load_table gives them).

    Index: rows_first, rows_second; spans_both (pairs) and spans_share (pairs by all distinct spans,
    0 to 1); same_measure, same_values (low, best, high and quantifier), same_place, same_dates
    (both bounds): shares of the pairs; alpha_measure: Krippendorff's alpha, nominal, over the
    pairs; alpha_all: the same over all spans, where the coding that did not find a span says "no
    claim" of it.
    """
    pairs = match_codings(first, second)
    a = first.set_index("claim_id").loc[pairs["first"]].reset_index()
    b = second.set_index("claim_id").loc[pairs["second"]].reset_index()

    def same(columns):
        """Share of the pairs whose cells are equal in these columns."""
        return float((a[columns] == b[columns]).all(axis=1).mean())

    return pd.Series(
        {
            "rows_first": len(first),
            "rows_second": len(second),
            "spans_both": len(pairs),
            "spans_share": len(pairs) / (len(first) + len(second) - len(pairs)),
            "same_measure": same(["measure"]),
            "same_values": same(VALUE_COLUMNS),
            "same_place": same(["place"]),
            "same_dates": same(["date_start", "date_end"]),
            "alpha_measure": find_alpha(list(a["measure"]), list(b["measure"])),
            "alpha_all": find_alpha(*list_codes(first, second, pairs)),
        }
    )


def list_codes(
    first: pd.DataFrame, second: pd.DataFrame, pairs: pd.DataFrame
) -> tuple[list[str], list[str]]:
    """The measures that two codings give to every span that either found: those of the pairs, then
    the spans of the first alone, then those of the second alone, which for the other are ABSENT."""
    measures, others = (table.set_index("claim_id")["measure"] for table in (first, second))
    alone = [key for key in measures.index if key not in set(pairs["first"])]
    others_alone = [key for key in others.index if key not in set(pairs["second"])]
    return (
        [*measures[pairs["first"]], *measures[alone], *[ABSENT] * len(others_alone)],
        [*others[pairs["second"]], *[ABSENT] * len(alone), *others[others_alone]],
    )


def find_alpha(first: list[str], second: list[str]) -> float:
    """Krippendorff's alpha, nominal, of two coders who both coded every unit: 1 where they always
    agree, 0 where they agree as often as chance would have it; NaN where only one value was ever
    given, so that chance could not err.

    After K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C.
    """
    given = Counter(first) + Counter(second)
    total = given.total()
    chance = total**2 - sum(times**2 for times in given.values())
    if not chance:
        return float("nan")
    apart = 2 * sum(a != b for a, b in zip(first, second, strict=True))
    return 1 - (total - 1) * apart / chance
