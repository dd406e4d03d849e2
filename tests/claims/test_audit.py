"""The number audit: no number of the texts is lost, and no number is found where there is none."""

import re

import pandas as pd
import pytest

from helpers.claims.audit import account_numbers, check_audit, list_numbers, load_not_claims
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError

CLOSED_LIST = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety first second third fourth "
    "fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirds fourths fifths sixths tenths quarter quarters half halves dozen "
    "dozens hundred hundreds thousand thousands million "
    "millions billion billions decade decades double doubled doubling triple tripled "
    "tripling twice both once several few many multiple "
    "most majority twofold threefold tenfold"
).split()


@pytest.fixture(scope="session")
def not_claims(study):
    return load_not_claims(REPOSITORY / "seeds", study.documents)


def find(text: str) -> list[str]:
    return list(list_numbers(pd.DataFrame({"doc_id": ["000"], "text": [text]}))["exact"])


def refuse(documents, claims, not_claims) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        check_audit(documents, claims, not_claims)
    head, *faults = re.split(
        r"\n  (?=\d{3} at \d+: )", str(caught.value)
    )  # the words around a number may hold a line end
    assert head == f"numbers that nobody accounts for ({len(faults)}):"
    return faults


# The five texts


def test_every_number_of_the_texts_is_accounted_for(study, claims, not_claims):
    accounts = check_audit(study.documents, claims, not_claims)
    assert accounts["account"].value_counts().to_dict() == {
        "not a claim": 134,
        "claim": 72,
        "date": 42,
    }


def test_every_listed_number_is_one_that_the_finder_finds(study, not_claims):
    found = set(
        list_numbers(study.documents)[["doc_id", "start", "end"]].itertuples(index=False, name=None)
    )
    assert set(not_claims[["doc_id", "start", "end"]].itertuples(index=False, name=None)) <= found


def test_no_number_is_both_a_claim_and_listed_as_none(study, claims, not_claims):
    accounts = account_numbers(study.documents, claims, not_claims.head(0))
    claimed = set(
        accounts.loc[accounts["account"] == "claim", ["doc_id", "start"]].itertuples(
            index=False, name=None
        )
    )
    assert claimed.isdisjoint(not_claims[["doc_id", "start"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("doc_id", "start", "account", "by"),
    [
        ("004", 27459, "claim", "004-078"),  # 746
        ("004", 27498, "claim", "004-079"),  # 176
        ("003", 1158, "date", "003-005"),  # November 27
        ("001", 1659, "not a claim", 'years of a "wound"; a figure of speech for 1982'),
    ],
)
def test_a_number_is_accounted_for_by_its_claim_its_date_or_its_reason(
    study, claims, not_claims, doc_id, start, account, by
):
    accounts = account_numbers(study.documents, claims, not_claims).set_index(["doc_id", "start"])
    assert tuple(accounts.loc[(doc_id, start), ["account", "by"]]) == (account, by)


@pytest.mark.parametrize(
    ("claim", "faults"),
    [
        ("004-078", ['004 at 27459: "746"']),
        ("004-079", ['004 at 27498: "176"']),
        ("001-023", ['001 at 2368: "3,500"']),
        ("003-011", ['003 at 2296: "400,000"']),
        ("004-036", ['004 at 6155: "Dozens"']),
        ("004-093", ['004 at 29283: "two"', '004 at 29287: "thirds"']),
        ("004-080", ['004 at 27678: "10,000"', '004 at 27689: "40,000"']),
    ],
)
def test_a_deleted_claim_leaves_its_numbers_named(study, claims, not_claims, claim, faults):
    refused = refuse(study.documents, claims[claims["claim_id"] != claim], not_claims)
    assert [fault.partition(" in ")[0] for fault in refused] == faults


def test_a_deleted_claim_is_named_with_the_words_around_it(study, claims, not_claims):
    (fault,) = refuse(study.documents, claims[claims["claim_id"] != "004-078"], not_claims)
    assert "746 people confirmed killed" in fault
    assert fault.endswith("is in no claim; code it, or list it in not_claims.csv with the reason")


@pytest.mark.parametrize(
    ("doc_id", "start", "fault"),
    [
        ("000", 531, '000 at 531: "many"'),
        ("001", 1659, '001 at 1659: "40"'),
        ("002", 37, '002 at 37: "second"'),
    ],
)
def test_a_deleted_row_of_not_claims_leaves_its_number_named(
    study, claims, not_claims, doc_id, start, fault
):
    kept = not_claims[(not_claims["doc_id"] != doc_id) | (not_claims["start"] != start)]
    assert len(kept) == len(not_claims) - 1
    assert [line.partition(" in ")[0] for line in refuse(study.documents, claims, kept)] == [fault]


def test_all_numbers_that_nobody_accounts_for_are_named_at_once(study, claims, not_claims):
    refused = refuse(
        study.documents,
        claims[~claims["claim_id"].isin(["001-023", "004-078"])],
        not_claims.drop(index=0),
    )
    assert [fault.partition(" in ")[0] for fault in refused] == [
        '000 at 531: "many"',
        '001 at 2368: "3,500"',
        '004 at 27459: "746"',
    ]


def test_a_number_half_inside_a_claim_is_not_accounted_for(claims):
    """`3` quoted out of `3,500` would pass for a figure of its own."""
    documents = pd.DataFrame({"doc_id": ["000"], "text": ["They freed 3,500 people."]})
    claim = claims.head(1).assign(doc_id="000", number="3", number_start=11, date_exact="")
    (fault,) = refuse(
        documents,
        claim,
        pd.DataFrame(columns=["doc_id", "start", "end", "exact", "kind", "reason"]),
    )
    assert fault.startswith('000 at 11: "3,500"')


def test_the_audit_changes_no_table(study, claims, not_claims):
    before = [table.copy(deep=True) for table in (study.documents, claims, not_claims)]
    check_audit(study.documents, claims, not_claims)
    for table, copy in zip((study.documents, claims, not_claims), before):
        pd.testing.assert_frame_equal(table, copy)


# The finder


@pytest.mark.parametrize("word", CLOSED_LIST)
def test_a_word_of_the_closed_list_is_found_in_any_spelling(word):
    assert find(f"They saw {word} there; {word.capitalize()} here, ({word.upper()}).") == [
        word,
        word.capitalize(),
        word.upper(),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "someone",
        "anyone",
        "bone",
        "often",
        "weight",
        "freight",
        "tone",
        "network",
        "manyfaced",
        "mosto",
        "bother",
        "secondary",
        "halfway",
        "millionaire",
        "behalf",
        "fewer",
        "thirdly",
        "unfold",
        "blindfold",
        "scaffold",
        "manifold",
        "fold",
        "hundredweight",
        "almost",
        "utmost",
        "a man",
        "the city",
        "an army",
    ],
)
def test_a_word_that_holds_a_number_word_is_no_number(text):
    assert find(f"They said {text} there.") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("nearly 400,000 people", ["400,000"]),
        ("1,234,567", ["1,234,567"]),
        ("1.5 million", ["1.5", "million"]),
        ("It was 746.", ["746"]),
        ("5,000, then 6", ["5,000", "6"]),
        ("2024-12-08", ["2024", "12", "08"]),
        ("two-thirds", ["two", "thirds"]),
        ("twenty-five", ["twenty", "five"]),
        ("60%", ["60"]),
        ("the 1970s", ["1970"]),
        ("24/7", ["24", "7"]),
        ("one_two", ["one", "two"]),
    ],
)
def test_a_digit_run_with_separators_is_one_number(text, numbers):
    assert find(text) == numbers


def test_numbers_come_in_reading_order_with_their_offsets():
    documents = pd.DataFrame({"doc_id": ["000", "001"], "text": ["“One” of 22", "few"]})
    assert list_numbers(documents).values.tolist() == [
        ["000", 1, 4, "One"],
        ["000", 9, 11, "22"],
        ["001", 0, 3, "few"],
    ]


def test_a_text_without_numbers_has_none():
    assert list(
        list_numbers(pd.DataFrame({"doc_id": ["000"], "text": ["They fled."]})).columns
    ) == ["doc_id", "start", "end", "exact"]
    assert find("They fled.") == []


# The table of what is no claim


def edit_not_claims(folder, row, /, **cells):
    table = load_table(folder / "not_claims.csv", [])
    for column, value in cells.items():
        table.loc[row, column] = value
    table.to_csv(folder / "not_claims.csv", index=False)


def refuse_table(folder) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        load_not_claims(folder, load_corpus(folder))
    return [line.strip() for line in str(caught.value).splitlines()][1:]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (
            {"start": "532", "end": "536"},
            'not_claims.csv row 2: the text of 000 at 532–536 reads "any ", not "many"',
        ),
        (
            {"exact": "few"},
            'not_claims.csv row 2: the text of 000 at 531–535 reads "many", not "few"',
        ),
        ({"end": "99999"}, "not_claims.csv row 2: the text of 000 at 531–99999 reads "),
        ({"start": ""}, "not_claims.csv row 2: start or end is no whole number"),
        (
            {"doc_id": "009"},
            (
                'not_claims.csv row 2: doc_id "009" is no document here; the documents are '
                "000, 001, 002, 003, 004"
            ),
        ),
        ({"reason": ""}, "not_claims.csv row 2: kind or reason is empty"),
        ({"kind": ""}, "not_claims.csv row 2: kind or reason is empty"),
    ],
)
def test_a_faulty_row_is_refused_with_both_readings(corpus, cells, fault):
    edit_not_claims(corpus, 0, **cells)
    assert refuse_table(corpus)[0].startswith(fault)


def test_all_faulty_rows_are_named_at_once(corpus):
    edit_not_claims(corpus, 0, exact="few", reason="")
    edit_not_claims(corpus, 132, doc_id="009")
    faults = refuse_table(corpus)
    assert [fault.split(":")[0] for fault in faults] == [
        "not_claims.csv row 2",
        "not_claims.csv row 2",
        "not_claims.csv row 134",
    ]


def test_document_ids_without_their_zeros_are_forgiven(corpus):
    edit_not_claims(corpus, 0, doc_id="0")
    assert load_not_claims(corpus, load_corpus(corpus)).loc[0, "doc_id"] == "000"


def test_a_corpus_without_not_claims_csv_lists_none(corpus):
    (corpus / "not_claims.csv").unlink()
    assert load_not_claims(corpus, load_corpus(corpus)).empty
