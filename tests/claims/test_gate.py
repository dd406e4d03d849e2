"""The gate: a claim stands in its text, with its number, its date and its place, or nothing is
drawn."""

import csv
import math
import re
from functools import cache

import krippendorff
import pandas as pd
import pytest

from helpers.claims import checks
from helpers.claims.agreement import find_alpha, list_codes, match_codings, measure_agreement
from helpers.claims.checks import find_precision
from helpers.claims.gate import (
    check_claims,
    find_faults,
    load_claim_table,
    load_claims,
)
from helpers.claims.offsets import locate_quotes
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.schema.columns import ADDED_COLUMNS, CLAIM_COLUMNS, MEASURES
from helpers.schema.csv_files import load_table, python_strings
from helpers.schema.errors import ClaimsError
from helpers.schema.quantity import read_number

SEEDS = REPOSITORY / "seeds"
with (SEEDS / "claims.csv").open(
    encoding="utf-8", newline=""
) as file:  # claim → its row in a spreadsheet, the header being 1
    ROW = {row["claim_id"]: number for number, row in enumerate(csv.DictReader(file), 2)}


BEFORE = REPOSITORY / "tests" / "layouts" / "columns_35" / "coded"  # before the last two readings


def read_table(folder, name="claims.csv"):
    return load_claim_table(folder / name)


def edit_claim(folder, claim, /, **cells):
    table = read_table(folder)
    for column, value in cells.items():
        table.loc[table["claim_id"] == claim, column] = value
    table.to_csv(folder / "claims.csv", index=False)


@cache
def open_seeds():
    """Texts and places of seeds/, read once for all tests that spoil the claims only."""
    return load_corpus(SEEDS), load_places(SEEDS)


def load(folder):
    return load_claims(folder, *open_seeds())


def load_all(folder):
    return load_claims(folder, load_corpus(folder), load_places(folder))


def refuse(folder, load=load) -> list[str]:
    """The faults with which load_claims refuses a folder, one a line."""
    with pytest.raises(ClaimsError) as caught:
        load(folder)
    head, *faults = [line.strip() for line in str(caught.value).splitlines()]
    assert head == (
        f"{folder.name}/claims.csv does not stand in its texts; nothing is drawn ({len(faults)}):"
    )
    return faults


# The claims as they stand


def test_there_are_216_claims(claims):
    assert len(claims) == 216


def test_claims_by_document_and_topic(claims):
    assert claims["doc_id"].value_counts().sort_index().to_dict() == {
        "000": 18,
        "001": 37,
        "002": 23,
        "003": 15,
        "004": 123,
    }
    assert claims["topic"].value_counts().to_dict() == {
        "pace": 164,
        "casualties": 27,
        "displacement": 25,
    }


def test_every_claim_has_an_id_of_its_own(claims):
    assert claims["claim_id"].is_unique


def test_every_id_begins_with_its_document(claims):
    assert all(re.fullmatch(rf"{row.doc_id}-\d{{3}}", row.claim_id) for row in claims.itertuples())


def test_every_quote_is_the_slice_of_its_text(claims, study):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    assert [texts[row.doc_id][row.start : row.end] for row in claims.itertuples()] == list(
        claims["exact"]
    )


def test_every_number_stands_inside_its_quote(claims, study):
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    counted = claims[claims["number"] != ""]
    assert len(counted) == 78
    stands = [
        texts[row.doc_id][row.number_start : row.number_start + len(row.number)]
        for row in counted.itertuples()
    ]
    assert stands == list(counted["number"])
    assert all(
        row.start <= row.number_start and row.number_start + len(row.number) <= row.end
        for row in counted.itertuples()
    )


def test_no_vague_claim_has_a_number(claims):
    vague = claims[claims["quantifier"] == "vague"]
    assert len(vague) == 40
    assert vague[["low", "best", "high"]].isna().all(axis=None)


def test_a_row_has_numbers_days_and_text(claims):
    row = claims.set_index("claim_id").loc["004-079"]
    assert (row["low"], row["best"], row["high"], row["number_start"]) == (176, 176, 176, 27498)
    assert (row["date_start"], row["date_end"]) == (
        pd.Timestamp("2024-11-01"),
        pd.Timestamp("2024-11-30"),
    )
    assert (row["doc_id"], row["date_prec"], row["part_of"]) == ("004", "4", "004-078")


def test_what_the_words_leave_open_is_missing_and_the_rest_is_typed():
    table = load(SEEDS)
    assert list(table.columns) == [*CLAIM_COLUMNS, "doubt"]
    assert table.dtypes[["low", "best", "high"]].tolist() == ["float64"] * 3
    assert table.dtypes[["start", "end", "number_start", "date_at"]].tolist() == ["Int64"] * 4
    assert all(
        pd.api.types.is_datetime64_any_dtype(table[column]) for column in ("date_start", "date_end")
    )
    row = table.set_index("claim_id").loc["004-079"]
    assert (row["date_start"], row["date_end"]) == (
        pd.Timestamp("2024-11-01"),
        pd.Timestamp("2024-11-30"),
    )
    row = table.set_index("claim_id").loc["000-006"]
    assert (row["doc_id"], row["low"], row["best"], pd.isna(row["high"])) == (
        "000",
        500_000,
        500_000,
        True,
    )
    row = table.set_index("claim_id").loc["003-002"]
    assert (pd.isna(row["number_start"]), pd.isna(row["date_start"]), pd.isna(row["date_end"])) == (
        True,
        True,
        True,
    )


def test_the_two_codings_agree_as_far_as_measured():
    agreement = measure_agreement(read_table(SEEDS), read_table(SEEDS, "second_coding.csv"))
    assert agreement.round(3).to_dict() == {
        "rows_first": 216,
        "rows_second": 205,
        "spans_both": 195,
        "spans_share": 0.863,
        "same_measure": 0.938,
        "same_values": 0.954,
        "same_place": 0.79,
        "same_dates": 0.81,
        "alpha_measure": 0.931,
        "alpha_all": 0.79,
    }


def test_a_coding_agrees_with_itself():
    table = read_table(SEEDS)
    agreement = measure_agreement(table, table)
    shares = agreement.drop(["rows_first", "rows_second", "spans_both"])
    assert len(shares) == 7
    assert set(shares) == {1.0}


def test_a_span_that_one_coding_missed_is_a_disagreement():
    columns = ["claim_id", "doc_id", "start", "end", "number", "place", "measure"]
    rows = [
        ("a", "000", "0", "9", "", "", "killed"),
        ("b", "000", "10", "19", "", "", "injured"),
        ("c", "000", "20", "29", "", "", "killed"),
    ]
    first, second = (pd.DataFrame(some, columns=columns) for some in (rows[:2], rows[1:]))
    codes = list_codes(first, second, match_codings(first, second))
    assert codes == (["injured", "killed", "no claim"], ["injured", "no claim", "killed"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("aabbcc", "aabbca"),
        ("aabbcc", "bbccaa"),
        ("aaaaaaab", "aaaaaaba"),
        ("abcdefgh", "abcdefgx"),
    ],
)
def test_alpha_is_what_krippendorff_computes(first, second):
    codes = [[ord(letter) for letter in coding] for coding in (first, second)]
    expected = krippendorff.alpha(codes, level_of_measurement="nominal")
    assert find_alpha(list(first), list(second)) == pytest.approx(expected, abs=1e-12)


def test_alpha_of_a_single_value_is_undefined():
    assert math.isnan(find_alpha(["a", "a"], ["a", "a"]))


def test_no_row_of_either_coding_is_matched_twice():
    pairs = match_codings(read_table(SEEDS), read_table(SEEDS, "second_coding.csv"))
    assert pairs["first"].is_unique
    assert pairs["second"].is_unique
    assert pairs["overlap"].between(0, 1, inclusive="right").all()


def test_codings_are_matched_by_largest_overlap_not_by_measure():
    columns = ["claim_id", "doc_id", "start", "end", "number", "place", "measure"]
    first = pd.DataFrame([("a", "000", "0", "10", "", "aleppo", "killed")], columns=columns)
    second = pd.DataFrame(
        [
            ("x", "000", "0", "4", "", "aleppo", "killed"),
            ("y", "000", "0", "8", "", "hama", "injured"),
            ("z", "001", "0", "10", "", "aleppo", "killed"),
        ],
        columns=columns,
    )
    assert match_codings(first, second).values.tolist() == [["a", "y", 0.8]]


# One fault, refused with row, id, what is said and what stands there


SPOILED = {
    "span shifted by one": (
        "001-023",
        {"start": "2333", "end": "2384"},
        'the text at 2333–2384 reads "he rebels announced the release of 3,500 prisoners,",'
        ' not "the rebels announced the release of 3,500 prisoners"',
    ),
    "start shifted by one": (
        "004-078",
        {"start": "27458"},
        (
            'the text at 27458–27486 reads " 746 people confirmed killed", not "746 people '
            'confirmed killed"'
        ),
    ),
    "quote changed": (
        "001-023",
        {"exact": "the rebels announced the release of 3,500 detainees"},
        'the text at 2332–2383 reads "the rebels announced the release of 3,500 prisoners",'
        ' not "the rebels announced the release of 3,500 detainees"',
    ),
    "end past the text": (
        "004-078",
        {"end": "99999"},
        "the span 27459–99999 lies outside the text, which has 36427 characters",
    ),
    "start before the text": (
        "004-036",
        {"start": "-1"},
        'start reads "-1", which is no whole number; write digits only, or nothing',
    ),
    "end before start": (
        "000-001",
        {"start": "43", "end": "0"},
        "the span 43–0 lies outside the text, which has ",
    ),
    "span empty": (
        "004-036",
        {"start": "", "end": ""},
        "start or end is empty; locate_quotes fills them in",
    ),
    "start empty": ("004-036", {"start": ""}, "start or end is empty; locate_quotes fills them in"),
    "end empty": ("004-036", {"end": ""}, "start or end is empty; locate_quotes fills them in"),
    "nothing quoted": (
        "000-001",
        {"start": "43", "end": "43", "exact": ""},
        "the span 43–43 lies outside the text",
    ),
    "offset no number": (
        "004-036",
        {"start": "6155.0"},
        'start reads "6155.0", which is no whole number',
    ),
    "number elsewhere": (
        "004-079",
        {"number_start": "27459"},
        'number "176" does not stand at 27459 (the text there reads "746")',
    ),
    "number without offset": (
        "004-079",
        {"number_start": ""},
        "number_start is empty; locate_quotes fills it in from number",
    ),
    "number outside the quote": (
        "004-078",
        {"number": "176", "number_start": "27498", "low": "176", "best": "176", "high": "176"},
        'number "176" at 27498 lies outside exact (27459–27486); quote both together',
    ),
    "document unknown": (
        "004-036",
        {"doc_id": "009"},
        'doc_id "009" is no document here; the documents are 000, 001, 002, 003, 004',
    ),
    "digits turned in the value": (
        "004-078",
        {"low": "764", "best": "764", "high": "764"},
        '"746" reads exact 746/746/746, the row says exact 764/764/764',
    ),
    "best of a range invented": (
        "004-080",
        {"best": "25000"},
        (
            '"between 10,000 and 40,000" reads between 10,000/–/40,000, the row says between '
            "10,000/25,000/40,000"
        ),
    ),
    "top of more than invented": (
        "000-006",
        {"high": "600000"},
        (
            '"More than 500,000" reads more_than 500,000/500,000/–, the row says more_than '
            "500,000/500,000/600,000"
        ),
    ),
    "dozens made a number": (
        "004-036",
        {"best": "24", "quantifier": "about"},
        '"Dozens" reads vague –/–/–, the row says about –/24/–',
    ),
    "quantifier wrong": (
        "003-011",
        {"quantifier": "about"},
        '"nearly 400,000" reads nearly –/400,000/400,000, the row says about –/400,000/400,000',
    ),
    "quantifier empty": (
        "004-079",
        {"quantifier": ""},
        '"176" reads exact 176/176/176, the row says nothing 176/176/176',
    ),
    "value no number": ("004-079", {"best": "17O"}, 'best reads "17O", which is no number'),
    "value negative": ("004-079", {"low": "-176"}, 'low reads "-176", which is no number'),
    "value with separators": ("001-023", {"low": "3,500"}, 'low reads "3,500", which is no number'),
    "value not finite": ("000-006", {"high": "inf"}, 'high reads "inf", which is no number'),
    "value without words": (
        "000-001",
        {"best": "5"},
        "low, best, high, quantifier or unit are filled in but number is empty",
    ),
    "words without a number": (
        "004-036",
        {"number": "fighters", "number_start": "6165"},
        '"fighters" holds no number that can be read',
    ),
    "percent for no share": (
        "004-079",
        {"unit": "percent"},
        '"176" is no share, but unit is "percent"',
    ),
    "share of persons": (
        "004-093",
        {"unit": "person"},
        '"two-thirds" is a share, but unit is "person"',
    ),
    "unit empty": ("004-079", {"unit": ""}, "unit is empty"),
    "hedge unquoted": (
        "003-011",
        {"number": "400,000", "number_start": "2296", "low": "400000", "quantifier": "exact"},
        '"nearly" stands unquoted beside "400,000"',
    ),
    "hedge outside the quote": (
        "003-011",
        {
            "number": "400,000",
            "number_start": "2296",
            "start": "2296",
            "exact": "400,000 people displaced within a week",
            "low": "400000",
            "quantifier": "exact",
        },
        '"nearly" stands unquoted beside "400,000"',
    ),
    "day that does not exist": (
        "004-078",
        {"date_start": "2024-02-30"},
        'date_start reads "2024-02-30", which is no day',
    ),
    "day that may be two": (
        "004-078",
        {"date_end": "11/12/2024"},
        "date_end: “11/12/2024” may be 11 Dec 2024 or 12 Nov 2024; write the one that is meant, as "
        "2024-12-11 or 2024-11-12",
    ),
    "interval for a day": (
        "004-078",
        {"date_end": "2024-11-01/2024-11-30"},
        'date_end reads "2024-11-01/2024-11-30", which is no day',
    ),
    "start after end": (
        "004-078",
        {"date_start": "2024-12-01"},
        "date_start 2024-12-01 lies after date_end 2024-11-30",
    ),
    "one bound empty": ("004-078", {"date_end": ""}, "one of date_start and date_end is empty"),
    "precision not UCDP": (
        "004-078",
        {"date_prec": "5"},
        "date_prec reads 5, but 2024-11-01 to 2024-11-30 is 4 (UCDP)",
    ),
    "precision of the undated": (
        "004-066",
        {"date_prec": "6"},
        "date_prec reads 6, but no date to no date is 7 (UCDP)",
    ),
    "date without kind": ("004-078", {"date_kind": ""}, "a dated claim needs date_kind"),
    "dating words elsewhere": (
        "004-078",
        {"date_at": "27376"},
        'date_exact "throughout November 2024" does not stand at 27376',
    ),
    "dating words without offset": (
        "004-078",
        {"date_at": ""},
        'date_exact "throughout November 2024" does not stand at (empty)',
    ),
    "dating words missing": (
        "004-078",
        {"date_exact": "", "date_at": ""},
        'date_basis "explicit" and date_exact "" do not fit',
    ),
    "dating words for an inferred date": (
        "004-078",
        {"date_basis": "inferred"},
        'date_basis "inferred" and date_exact "throughout November 2024" do not fit',
    ),
    "as_of no day": ("004-078", {"as_of": "November"}, 'as_of reads "November"'),
    "part of nothing": (
        "004-079",
        {"part_of": "004-999"},
        "part_of names 004-999, which is no claim here",
    ),
    "part of itself": (
        "004-079",
        {"part_of": "004-079"},
        "part_of names 004-079, which is the row itself",
    ),
    "same as nothing": (
        "004-111",
        {"same_as": "004-998"},
        "same_as names 004-998, which is no claim here",
    ),
    "part larger than the whole": (
        "004-078",
        {"part_of": "004-079"},
        "the part (746) is larger than the whole 004-079 (176)",
    ),
    "measure unknown": (
        "004-078",
        {"measure": "kiled"},
        'measure reads "kiled"; write one of new_displacement, ',
    ),
    "measure of another topic": (
        "004-078",
        {"topic": "displacement"},
        "measure killed belongs to casualties, not displacement",
    ),
    "unit unknown": (
        "004-078",
        {"unit": "people"},
        'unit reads "people"; write one of person, household, ',
    ),
    "distance in days": ("001-019", {"unit": "day"}, 'a distance is counted in km, not "day"'),
    "duration in km": (
        "001-003",
        {"unit": "km"},
        'a duration is counted in hour, day, night, week, month, year, not "km"',
    ),
    "scope unknown": (
        "004-078",
        {"scope": "november"},
        'scope reads "november"; write one of offensive, war, historical, context',
    ),
    "assertion unknown": (
        "004-078",
        {"assertion": "alleged"},
        'assertion reads "alleged"; write one of reported, claimed, denied, expected',
    ),
    "review empty": (
        "004-078",
        {"review": ""},
        'review reads ""; write one of proposed, accepted, corrected, rejected',
    ),
    "affected unknown": (
        "004-078",
        {"affected": "soldiers"},
        'affected reads "soldiers"; write one of civilian, combatant, mixed, unknown',
    ),
    "place unknown": ("004-079", {"place": "atlantis"}, 'place "atlantis" is not in places.csv'),
    "one of two places unknown": (
        "004-079",
        {"place": "syria;atlantis"},
        'place "atlantis" is not in places.csv',
    ),
    "place to unknown": (
        "004-079",
        {"place_to": "atlantis"},
        'place_to "atlantis" is not in places.csv',
    ),
    "id empty": ("004-036", {"claim_id": ""}, "claim_id is empty; number the claim"),
}


@pytest.mark.parametrize(("claim", "cells", "fault"), SPOILED.values(), ids=SPOILED.keys())
def test_a_fault_is_refused_alone_with_row_id_and_finding(corpus, claim, cells, fault):
    edit_claim(corpus, claim, **cells)
    faults = refuse(corpus)
    assert len(faults) == 1
    assert faults[0].startswith(
        f"claims.csv row {ROW[claim]} ({cells.get('claim_id', claim)}): {fault}"
    )


def test_a_number_misquoted_with_its_value_is_still_refused_by_the_text(corpus):
    edit_claim(corpus, "004-078", number="764", low="764", best="764", high="764")
    (fault,) = refuse(corpus)
    assert fault.startswith(f"claims.csv row {ROW['004-078']} (004-078): ")
    assert 'number "764" does not stand at 27459 (the text there reads "746")' in fault


def test_a_number_misquoted_against_its_value_is_refused(corpus):
    edit_claim(corpus, "004-078", number="764")
    (fault,) = refuse(corpus)
    assert 'number "764" does not stand at 27459 (the text there reads "746")' in fault


def test_what_a_person_corrected_is_drawn_though_both_readers_read_it_otherwise(corpus):
    edit_claim(corpus, "004-078", review="corrected", low="740", best="740", high="740")
    doubt = load(corpus).set_index("claim_id").loc["004-078", "doubt"]
    assert "value exact 740 or exact 746" in doubt
    assert '"746" reads exact 746/746/746, the row says exact 740/740/740' in doubt


def test_a_row_that_one_reader_alone_misreads_is_drawn_and_doubted(corpus, monkeypatch):
    monkeypatch.setattr(
        checks, "read_number", lambda words: read_number("800" if words == "746" else words)
    )
    doubts = load(corpus).set_index("claim_id")["doubt"]
    assert doubts["004-078"].startswith('"746" reads exact 800/800/800, the row says exact 746')
    edit_claim(corpus, "004-078", review="proposed", low="740", best="740", high="740")
    (fault,) = refuse(corpus)
    assert '"746" reads exact 800/800/800, the row says exact 740/740/740' in fault


def test_a_range_upside_down_is_refused(corpus):
    edit_claim(corpus, "004-080", low="40000", high="10000")
    assert [fault.partition("): ")[2] for fault in refuse(corpus)] == [
        "40,000/–/10,000 is not low ≤ best ≤ high",
        '"between 10,000 and 40,000" reads between 10,000/–/40,000, the row says between '
        "40,000/–/10,000; "
        "correct the values or quote the words that say so",
    ]


def test_a_doubled_id_is_refused_on_its_later_row(corpus):
    edit_claim(corpus, "004-037", claim_id="004-036")
    later = f"claims.csv row {ROW['004-037']} (004-036)"
    assert refuse(corpus) == [
        f"{later}: this claim_id stands on an earlier row too; ids are never reused"
    ]


def test_a_whole_that_lost_its_id_is_missed_by_its_part(corpus):
    edit_claim(corpus, "004-078", claim_id="004-178")
    assert refuse(corpus) == [
        (
            f"claims.csv row {ROW['004-079']} (004-079): part_of names 004-078, which is no "
            f"claim here; correct the id"
        )
    ]


def test_several_faults_of_one_row_are_all_named(corpus):
    edit_claim(
        corpus,
        "004-079",
        start="27458",
        best="177",
        date_prec="1",
        place="atlantis",
        part_of="004-999",
    )
    faults = refuse(corpus)
    assert len(faults) == 6
    assert all(fault.startswith(f"claims.csv row {ROW['004-079']} (004-079): ") for fault in faults)
    finds = [
        "the text at 27458–27511 reads",
        "176/177/176 is not low ≤ best ≤ high",
        "date_prec reads 1",
        'place "atlantis"',
        "part_of names 004-999",
        "the row says exact 176/177/176",
    ]
    assert [find in fault for find, fault in zip(finds, faults)] == [True] * 6


def test_an_unknown_document_is_named_beside_its_words(corpus):
    edit_claim(corpus, "004-078", doc_id="009")
    assert refuse(corpus)[0].endswith(
        'doc_id "009" is no document here; the documents are 000, 001, 002, 003, 004'
    )


def test_faults_of_several_rows_are_all_named_in_order(corpus):
    edit_claim(corpus, "000-001", start="1")
    edit_claim(corpus, "001-023", low="350")
    edit_claim(corpus, "003-011", unit="people")
    edit_claim(corpus, "004-036", date_end="2024-02-30")
    edit_claim(corpus, "004-123", place="atlantis")
    spoiled = ["000-001", "001-023", "003-011", "004-036", "004-123"]
    assert [fault.partition(": ")[0] for fault in refuse(corpus)] == [
        f"claims.csv row {ROW[claim]} ({claim})" for claim in spoiled
    ]


@pytest.mark.parametrize(
    "column", [column for column in CLAIM_COLUMNS if column not in ADDED_COLUMNS]
)
def test_a_missing_column_is_named(corpus, column):
    read_table(corpus).drop(columns=column).to_csv(corpus / "claims.csv", index=False)
    with pytest.raises(ValueError, match=f"^claims.csv lacks the column {column}; add it"):
        load(corpus)


def test_a_changed_text_is_refused_before_its_claims(corpus):
    file = corpus / "004_ad213eb8803eeb8a.txt"
    file.write_bytes(file.read_bytes().replace(b"746 people", b"764 people"))
    with pytest.raises(
        ValueError, match="004_ad213eb8803eeb8a.txt: the text has changed since it was coded"
    ):
        load_all(corpus)


def test_a_changed_text_with_a_new_checksum_is_refused_by_its_claims(corpus):
    """Whoever writes the new sum without checking the claims is still held to the text."""
    file = corpus / "004_ad213eb8803eeb8a.txt"
    file.write_bytes(file.read_bytes().replace(b"746 people", b"764 people"))
    table = load_table(corpus / "documents.csv", [])
    table.loc[table["doc_id"] == "004", "sha256"] = ""
    table.to_csv(corpus / "documents.csv", index=False)
    faults = refuse(corpus, load_all)
    assert [fault.partition("(")[2][:7] for fault in faults] == ["004-078", "004-078", "004-079"]
    assert 'reads "764 people confirmed killed", not "746 people confirmed killed"' in faults[0]


def test_a_corpus_without_claims_says_what_to_do(corpus):
    (corpus / "claims.csv").unlink()
    with pytest.raises(ClaimsError) as caught:
        load(corpus)
    assert str(caught.value).startswith(
        "corpus has no claims.csv. notebooks/00_propose_claims proposes claims from the texts"
    )
    assert "seeds/README.md" in str(caught.value)
    assert "locate_quotes" in str(caught.value)


# What is left alone


def test_a_quote_may_reach_to_the_last_character(corpus):
    edit_claim(corpus, "001-004", start="3577", end="3605", exact="the fall of Bassar al Assad.")
    assert load(corpus).set_index("claim_id").loc["001-004", "end"] == 3605


def test_an_unknown_actor_is_left_alone(corpus):
    edit_claim(corpus, "000-001", actor="Southern Operations Room")
    assert load(corpus).set_index("claim_id").loc["000-001", "actor"] == "Southern Operations Room"


def test_an_event_needs_no_unit(corpus):
    edit_claim(corpus, "000-001", unit="")
    assert load(corpus).set_index("claim_id").loc["000-001", "unit"] == ""


def test_a_rejected_row_is_left_out(corpus):
    edit_claim(corpus, "000-001", review="rejected")
    assert list(load(corpus)["claim_id"])[:2] == ["000-002", "000-003"]


def test_places_are_not_held_against_a_gazetteer_that_is_missing(corpus):
    edit_claim(corpus, "000-001", place="atlantis")
    (corpus / "places.csv").unlink()
    assert load_all(corpus).set_index("claim_id").loc["000-001", "place"] == "atlantis"


def test_a_claims_table_with_a_header_only_is_empty(corpus):
    read_table(corpus).head(0).to_csv(corpus / "claims.csv", index=False)
    assert load(corpus).empty


def spread(table):
    """What a spreadsheet of a country with decimal commas makes of claims.csv."""
    commas = {name: table[name].str.replace(".", ",") for name in ("low", "best", "high")}
    return table.assign(**commas, doc_id=table["doc_id"].astype(int).astype(str))


@pytest.mark.parametrize(
    ("change", "options"),
    [
        (lambda table: table, {"encoding": "utf-8-sig"}),
        (lambda table: table, {"sep": "\t"}),
        (lambda table: table, {"lineterminator": "\r\n"}),
        (spread, {"sep": ";", "encoding": "utf-8-sig"}),
        (lambda table: table.assign(doc_id=table["doc_id"].astype(int).astype(str)), {}),
        (lambda table: table[list(reversed(table.columns))], {}),
    ],
    ids=[
        "byte order mark",
        "tabs",
        "other line ends",
        "semicolons and decimal commas",
        "4 for 004",
        "columns reordered",
    ],
)
def test_what_a_spreadsheet_does_to_the_table_is_forgiven(corpus, claims, change, options):
    change(read_table(corpus)).to_csv(corpus / "claims.csv", index=False, **options)
    columns = ["claim_id", "doc_id", "start", "exact", "low", "best", "high", "date_start"]
    loaded = load(corpus)[columns].sort_values("claim_id", ignore_index=True)
    pd.testing.assert_frame_equal(
        loaded, claims[columns].sort_values("claim_id", ignore_index=True)
    )


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        ("2024-11-27", "2024-11-27", "1"),
        ("2024-11-27", "2024-11-28", "2"),
        ("2024-11-27", "2024-12-02", "2"),
        ("2024-11-27", "2024-12-03", "3"),
        ("2024-11-27", "2024-12-04", "4"),
        ("2024-11-01", "2024-12-01", "4"),
        ("2024-11-01", "2024-12-02", "5"),
        ("2024-01-01", "2024-12-31", "5"),
        ("2024-01-01", "2025-01-01", "6"),
        (None, None, "7"),
        (pd.NaT, pd.NaT, "7"),
        ("2024-11-27", None, "7"),
        (None, "2024-11-27", "7"),
    ],
)
def test_precision_follows_from_the_bounds(start, end, precision):
    assert find_precision(start, end) == precision


def test_every_measure_belongs_to_one_of_three_topics():
    assert set(MEASURES.values()) == {"displacement", "casualties", "pace"}
    assert len(MEASURES) == 23


# Offsets for quotes typed without them


def make_row(**cells):
    return pd.DataFrame(
        [dict.fromkeys(CLAIM_COLUMNS, "") | {"claim_id": "000-001", "doc_id": "000"} | cells]
    )


TEXT = pd.DataFrame(
    {"doc_id": ["000"], "text": ["On Friday 22 died. Later 22 fled, and 30 fled home on Saturday."]}
)


def test_offsets_of_a_quote_its_number_and_its_date_are_filled_in():
    table, questions = locate_quotes(
        make_row(exact="Later 22 fled", number="22", date_exact="On Friday"), TEXT
    )
    assert table.loc[0, ["start", "end", "number_start", "date_at"]].tolist() == [
        "19",
        "32",
        "25",
        "0",
    ]
    assert questions == []


def test_a_quote_that_stands_twice_is_left_open_with_both_places():
    table, questions = locate_quotes(make_row(exact="22", number="22"), TEXT)
    assert table.loc[0, ["start", "end", "number_start"]].tolist() == ["", "", ""]
    assert questions == ['row 2 (000-001): exact "22" stands 2 times, at 10, 25; type start']


def test_a_number_that_stands_twice_in_its_quote_is_left_open():
    table, questions = locate_quotes(make_row(exact="22 died. Later 22 fled", number="22"), TEXT)
    assert table.loc[0, ["start", "end", "number_start"]].tolist() == ["10", "32", ""]
    assert questions == [
        'row 2 (000-001): number "22" stands 2 times, at 10, 25; type number_start'
    ]


def test_a_quote_that_stands_nowhere_is_named():
    table, questions = locate_quotes(make_row(exact="23 died", date_exact="on Sunday"), TEXT)
    assert table.loc[0, ["start", "end", "date_at"]].tolist() == ["", "", ""]
    assert questions == [
        'row 2 (000-001): exact "23 died" stands nowhere in the text',
        'row 2 (000-001): date_exact "on Sunday" stands nowhere in the text',
    ]


def test_a_quote_from_an_unknown_document_stands_nowhere():
    _, questions = locate_quotes(make_row(doc_id="009", exact="22 died"), TEXT)
    assert questions == ['row 2 (000-001): exact "22 died" stands nowhere in the text']


def test_places_that_overlap_are_all_counted():
    documents = pd.DataFrame({"doc_id": ["000"], "text": ["ababa"]})
    assert locate_quotes(make_row(exact="aba"), documents)[1] == [
        'row 2 (000-001): exact "aba" stands 2 times, at 0, 2; type start'
    ]


@pytest.mark.parametrize(
    ("text", "exact", "at"),
    [
        ("22 died. 22 fled", "22 died. ", "0"),
        ("1212", "121", "0"),
        ("22 died. 22", "died. 22", "9"),
    ],
)
def test_a_number_is_looked_for_inside_its_quote_only(text, exact, at):
    documents = pd.DataFrame({"doc_id": ["000"], "text": [text]})
    table, questions = locate_quotes(
        make_row(exact=exact, number="12" if text == "1212" else "22"), documents
    )
    assert (table.at[0, "number_start"], questions) == (at, [])


def test_columns_of_offsets_that_were_left_out_are_added():
    typed = make_row(exact="Later 22 fled", number="22", date_exact="On Friday").drop(
        columns=["start", "end", "number_start", "date_at"]
    )
    table, questions = locate_quotes(typed, TEXT)
    assert table.loc[0, ["start", "end", "number_start", "date_at"]].tolist() == [
        "19",
        "32",
        "25",
        "0",
    ]
    assert questions == []


def test_a_table_of_quotes_alone_is_asked_about_its_quotes_alone():
    table, questions = locate_quotes(
        pd.DataFrame({"doc_id": "000", "exact": ["23 died", "30 fled"]}), TEXT
    )
    assert table.loc[1, ["start", "end"]].tolist() == ["38", "45"]
    assert questions == ['row 2 (): exact "23 died" stands nowhere in the text']


def test_offsets_that_were_typed_stay():
    table, questions = locate_quotes(
        make_row(exact="22", start="25", number="22", number_start="25"), TEXT
    )
    assert table.loc[0, ["start", "end", "number_start"]].tolist() == ["25", "27", "25"]
    assert questions == []


def test_the_table_handed_in_stays_as_it_was():
    table = make_row(exact="Later 22 fled", number="22")
    before = table.copy(deep=True)
    locate_quotes(table, TEXT)
    pd.testing.assert_frame_equal(table, before)


@python_strings
def test_a_table_stripped_of_its_offsets_comes_back_as_it_was_or_is_asked_about():
    table = read_table(SEEDS)
    located, questions = locate_quotes(
        table.assign(start="", end="", number_start="", date_at=""), load_corpus(SEEDS)
    )
    filled = located["start"] != ""
    pd.testing.assert_frame_equal(
        located.loc[filled, ["start", "end"]], table.loc[filled, ["start", "end"]]
    )
    asked = [question for question in questions if ": exact " in question]
    assert len(asked) == (~filled).sum()


# A text of one sentence


def find(text, exact, **cells) -> list[str]:
    """The faults of one claim of a text: killed, and undated unless the cells say otherwise."""
    row = {
        "topic": "casualties",
        "measure": "killed",
        "date_prec": "7",
        "assertion": "reported",
        "scope": "offensive",
        "review": "accepted",
        "exact": exact,
    }
    documents = pd.DataFrame({"doc_id": ["000"], "text": [text]})
    table, questions = locate_quotes(make_row(**row | cells), documents)
    assert questions == []
    head = "claims.csv row 2 (000-001): "
    faults = find_faults(table, documents, pd.DataFrame(columns=["name"]))
    assert all(fault.startswith(head) for fault in faults)
    return [fault.removeprefix(head) for fault in faults]


EXACT_9 = {
    "number": "9",
    "low": "9",
    "best": "9",
    "high": "9",
    "quantifier": "exact",
    "unit": "person",
}


def test_quote_number_and_dating_words_may_begin_and_end_the_text():
    friday = {
        "date_kind": "point",
        "date_basis": "explicit",
        "date_start": "2021-03-05",
        "date_end": "2021-03-05",
        "date_prec": "1",
        "date_exact": "5 March 2021",
    }
    assert find("9 died", "9 died", **EXACT_9) == []
    assert find("5 March 2021: killed were 9", "killed were 9", **EXACT_9, **friday) == []


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Nearly 9 died", "nearly"),
        ("More than 9 died", "more than"),
        ("They say 9 or more died", "or more"),
        ("They say at least 9 died", "at least"),
    ],
)
def test_a_hedge_left_beside_a_number_is_a_fault_wherever_it_stands(text, hedge):
    (fault,) = find(text, text, **EXACT_9)
    assert f'"{hedge}" stands unquoted beside "9"' in fault


@pytest.mark.parametrize(
    "text",
    [
        "19 died",
        "1,9 died",
        "in 2019 died",
        "x9 died",
        "9,5 died",
        "9.5 died",
        "95 died",
        "9th died",
    ],
)
def test_a_number_is_never_cut_out_of_another(text):
    assert any(
        'number "9" at ' in fault and "is cut out of" in fault
        for fault in find(text, text, **EXACT_9)
    )


@pytest.mark.parametrize(
    "text", ["(9) died", "9, died", "it was 9.", "up-9-down", "$9 died", "in all, 9 died"]
)
def test_a_number_beside_marks_is_whole(text):
    assert not any("cut out" in fault for fault in find(text, text, **EXACT_9))


@pytest.mark.parametrize(
    ("text", "number", "best"),
    [("0 died", "0", "0"), ("0.5 km away", "0.5", "0.5"), ("1 died", "1", "1")],
)
def test_figures_down_to_nothing_are_figures(text, number, best):
    assert (
        find(
            text,
            text,
            number=number,
            low=best,
            best=best,
            high=best,
            quantifier="exact",
            unit="person",
        )
        == []
    )


# Faults beside faults


def test_a_whole_without_a_number_is_one_fault_and_no_crash(corpus):
    edit_claim(corpus, "004-078", low="many")
    (fault,) = refuse(corpus)
    assert 'low reads "many", which is no number' in fault


def test_a_wrong_word_does_not_hide_a_wrong_span(corpus):
    edit_claim(corpus, "004-078", scope="war of words", start="27460")
    faults = refuse(corpus)
    assert 'scope reads "war of words"' in faults[0]
    assert "the text at 27460" in faults[1]


def test_a_number_cut_out_of_a_longer_one_is_refused(corpus):
    edit_claim(
        corpus, "001-023", number="500", number_start="2370", low="500", best="500", high="500"
    )
    (fault,) = refuse(corpus)
    said, _, shown = fault.partition("is cut out of")
    assert said.endswith('number "500" at 2370 ')
    assert "3,500" in shown


def test_a_part_may_lie_anywhere_within_the_range_of_its_whole(corpus):
    edit_claim(corpus, "001-017", part_of="004-080")
    load(corpus)


@pytest.mark.parametrize(
    ("claim", "cells"),
    [
        ("004-078", {"same_as": "004-079"}),
        ("004-111", {"part_of": "004-091"}),
        ("001-023", {"part_of": "004-085"}),
        ("004-036", {"part_of": "004-079"}),
    ],
    ids=["the same said again", "percent of another base", "another unit", "dozens"],
)
def test_what_need_not_be_smaller_than_the_claim_it_names_is_left_alone(corpus, claim, cells):
    edit_claim(corpus, claim, **cells)
    load(corpus)


def test_a_range_that_begins_above_its_whole_is_refused(corpus):
    edit_claim(corpus, "004-080", part_of="004-079")
    (fault,) = refuse(corpus)
    assert "the part (10,000) is larger than the whole 004-079 (176)" in fault


def test_faults_are_told_of_the_table_they_are_in():
    documents, places = open_seeds()
    table = read_table(SEEDS).assign(review="")
    with pytest.raises(
        ClaimsError,
        match=(
            r"^claims\.csv does not stand in its texts; nothing is drawn \(216\):\n  "
            r"claims\.csv row 2 "
        ),
    ):
        check_claims(table, documents, places)
    with pytest.raises(
        ClaimsError,
        match=(
            r"^corpus/proposals\.csv does not stand in its texts; nothing is drawn \(216\):\n "
            r" proposals\.csv row 2 "
        ),
    ):
        check_claims(table, documents, places, "corpus/proposals.csv")


def test_underscores_are_no_digits(corpus):
    edit_claim(corpus, "004-078", low="0_746")
    assert any('low reads "0_746", which is no number' in fault for fault in refuse(corpus))


@pytest.mark.parametrize("written", ["2024-11-1", "1.11.2024", "1-Nov-24", "45597"])
def test_a_day_as_a_spreadsheet_writes_it_is_read(corpus, written):
    edit_claim(corpus, "004-078", date_start=written)
    assert load(corpus).set_index("claim_id").loc["004-078", "date_start"] == pd.Timestamp(
        "2024-11-01"
    )


def test_a_typed_end_is_left_as_it_is():
    documents = load_corpus(SEEDS)
    typed = pd.DataFrame(
        [
            {
                "claim_id": "x",
                "doc_id": "004",
                "start": "27459",
                "end": "1",
                "exact": "746 people confirmed killed",
                "number": "",
            }
        ]
    )
    filled, _ = locate_quotes(typed, documents)
    assert filled.at[0, "end"] == "1"


def list_cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def say_share(share: float) -> str:
    return f"{100 * share:.1f} %"


@pytest.mark.parametrize(("folder", "column"), [(BEFORE, 2), (SEEDS, 3)], ids=["before", "now"])
def test_the_codebook_states_the_agreement_that_is_measured(folder, column):
    measured = measure_agreement(read_table(folder), read_table(SEEDS, "second_coding.csv"))
    text = (SEEDS / "README.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|") and line.count("|") == 5]
    spans = f"{measured['spans_both']:.0f} ({say_share(measured['spans_share'])})"
    assert [list_cells(line)[column] for line in lines[2:]] == [
        f"{measured['rows_first']:.0f} and {measured['rows_second']:.0f}",
        spans,
        *(say_share(measured[name]) for name in ("same_values", "same_place", "same_dates")),
        *(f"{measured[name]:.3f}" for name in ("alpha_measure", "alpha_all")),
    ]


RULED = [
    "place",
    "date_kind",
    "date_basis",
    "actor",
    "affected",
    "affected_side",
    "scope",
    "measure",
]


def test_the_codebook_states_what_the_last_readings_changed():
    old, new = (read_table(folder).set_index("claim_id") for folder in (BEFORE, SEEDS))
    both = old.index.intersection(new.index)
    changed = old.loc[both] != new.loc[both, old.columns]
    values = changed.drop(columns="note").any(axis=1)
    text = " ".join((SEEDS / "README.md").read_text("utf-8").split())
    assert (
        f"Of its {len(old)} rows {(~changed.any(axis=1)).sum()} stand as they were, "
        f"{(changed['note'] & ~values).sum()} changed in their note only and {values.sum()} in a "
        f"value; {len(old.index.difference(new.index))} was removed and "
        f"{len(new.index.difference(old.index))} were added."
    ) in text
    days = (changed["date_start"] | changed["date_end"]).sum()
    counts = changed.sum().to_dict() | {"days": days}
    for name in [*RULED, "days"]:
        assert f"| {counts[name]} | `{name}`" in text, name
