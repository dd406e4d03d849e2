"""The second reader: it reads a claim's words apart from the first, and says where they differ."""

import ast
import cProfile
import subprocess
import sys
import tomllib

import pandas as pd
import pytest

from helpers.claims.second_reader import describe_agreement, find_doubts, read_claim
from helpers.claims.second_reader.vocabulary import FILE, find_vocabulary_faults, load_vocabulary
from helpers.corpus.folders import REPOSITORY
from helpers.schema.errors import ClaimsError

SEEDS = REPOSITORY / "seeds"
FOLDER = REPOSITORY / "helpers" / "claims" / "second_reader"
PUBLISHED = "2024-12-08"  # a Sunday
MOST_CALLS = 600_000  # of functions, for one row; the longest sentences of the seeds need 20,000


def make_row(text, number="", exact="", dating="", **cells):
    """A row of claims whose quote is the number, or `exact`, as they stand first in the text."""
    quote = exact or number
    row = {"claim_id": "000-001", "doc_id": "000", "exact": quote, "start": text.index(quote)}
    row |= {"number": number, "number_start": text.index(number) if number else ""}
    row |= {"date_exact": dating, "date_at": text.index(dating) if dating else ""}
    return row | {"assertion": "reported"} | cells


def read(text, number="", exact="", dating="", published=PUBLISHED):
    return read_claim(make_row(text, number, exact, dating), text, published)


def read_values(text, number):
    return {tuple(value) for value in read(text, number).values}


def read_spans(text, number="", exact="", dating="", published=PUBLISHED):
    return {tuple(span) for span in read(text, number, exact, dating, published).days}


def load_seeds():
    claims = pd.read_csv(SEEDS / "claims.csv", dtype=str, keep_default_na=False)
    documents = pd.read_csv(SEEDS / "documents.csv", dtype=str, keep_default_na=False)
    texts = [(SEEDS / name).read_bytes().decode("utf-8") for name in documents["file"]]
    return claims, documents.assign(text=texts)


def doubt(text, **cells):
    """The doubts about one row, field → kind."""
    documents = pd.DataFrame([{"doc_id": "000", "text": text, "published": PUBLISHED}])
    claims = pd.DataFrame([make_row(text, **cells)])
    doubts = find_doubts(claims, documents)
    return dict(zip(doubts["field"], doubts["kind"]))


# Apart from the first


def list_imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda file: file.stem)
def test_it_imports_nothing_that_reads_for_the_first(file):
    own = ("helpers.claims.second_reader", "helpers.schema.columns", "helpers.schema.errors")
    helpers = [name for name in list_imported(file) if name.split(".")[0] == "helpers"]
    assert all(name.startswith(own) for name in helpers), helpers


def test_nothing_of_the_first_reader_is_loaded_with_it():
    code = "import sys, helpers.claims.second_reader; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "helpers.claims.second_reader.reading" in loaded
    assert not [name for name in loaded if name.startswith("helpers.extract")]
    assert "helpers.schema.quantity" not in loaded


# Values


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("746", ("exact", 746, 746, 746)),
        ("12 million", ("exact", 12e6, 12e6, 12e6)),
        ("1.3m", ("exact", 1.3e6, 1.3e6, 1.3e6)),
        ("5k", ("exact", 5e3, 5e3, 5e3)),
        ("3 lakh", ("exact", 3e5, 3e5, 3e5)),
        ("1,12,000", ("exact", 112e3, 112e3, 112e3)),
        ("12 500", ("exact", 12500, 12500, 12500)),
        ("two dozen", ("exact", 24, 24, 24)),
        ("Eighty-five thousand", ("exact", 85e3, 85e3, 85e3)),
        ("twenty six", ("exact", 26, 26, 26)),
        ("one hundred and twenty", ("exact", 120, 120, 120)),
        ("Two and a half thousand", ("exact", 2500, 2500, 2500)),
        ("half a million", ("exact", 5e5, 5e5, 5e5)),
        ("half-a-million", ("exact", 5e5, 5e5, 5e5)),
        ("a quarter-million", ("exact", 2.5e5, 2.5e5, 2.5e5)),
        ("Fifteen (15)", ("exact", 15, 15, 15)),
        ("More than 500,000", ("more_than", 500e3, 500e3, None)),
        ("at least 22", ("at_least", 22, 22, None)),
        ("nearly 400,000", ("nearly", None, 400e3, 400e3)),
        ("less than 30", ("less_than", None, None, 30)),
        ("As many as 90", ("up_to", None, None, 90)),
        ("Some 1½ million", ("about", None, 1.5e6, None)),
        ("Six hundred-odd", ("about", None, 600, None)),
        ("≥ 130", ("at_least", 130, 130, None)),
        ("between 10,000 and 40,000", ("between", 10e3, None, 40e3)),
        ("30-40k", ("between", 30e3, None, 40e3)),
        ("70 to 80 thousand", ("between", 70e3, None, 80e3)),
        ("two-thirds", ("exact", 66.67, 66.67, 66.67)),
        ("One in four", ("exact", 25, 25, 25)),
        ("about 45 per cent", ("about", None, 45, None)),
        ("Dozens", ("vague", None, None, None)),
        ("several hundred", ("vague", None, None, None)),
        ("a large number", ("vague", None, None, None)),
    ],
)
def test_words_give_their_value(words, value):
    assert read_values(f"In Homs {words} of the residents were killed.", words) == {value}


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("More than 746 people died.", "746", ("more_than", 746, 746, None)),
        ("300-plus people died.", "300", ("at_least", 300, 300, None)),
        ("Some 1.5 million people fled.", "Some 1.5", ("about", None, 1.5e6, None)),
        ("About 30-40k people fled.", "40k", ("between", 30e3, None, 40e3)),
        ("200 to perhaps 260 people died.", "200", ("between", 200, None, 260)),
        ("Thirty four people died.", "four", ("exact", 34, 34, 34)),
        ("60 people at least died.", "60", ("at_least", 60, 60, None)),
    ],
)
def test_a_figure_cut_out_of_its_words_is_read_whole(text, number, value):
    assert value in read_values(text, number)


def test_a_rise_to_a_number_is_no_range():
    text = "The toll rose by four to 27 people killed."
    assert read_values(text, "27") == {("exact", 27, 27, 27)}
    assert read_values(text, "four") == {("exact", 4, 4, 4)}


def test_invisible_signs_and_lost_spaces_part_no_word():
    assert read_values("Around2.3\u200b million people weredisplaced.", "2.3") == {
        ("about", None, 2.3e6, None)
    }


# Units, measures, who


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("815 families were displaced.", "815", "household"),
        ("They captured 14 towns.", "14", "settlement"),
        ("Homs, 160 kilometres away, fell.", "160 kilometres", "km"),
        ("12 were killed by a blast in four villages.", "12", None),
        ("Displaced households: 412.", "412", "household"),
        ("Nineteen IDP families returned.", "Nineteen", "household"),
    ],
)
def test_the_noun_behind_a_figure_is_its_unit(text, number, unit):
    units = read(text, number).units
    assert units == {unit} if unit else "person" in units


@pytest.mark.parametrize(
    ("text", "number", "measure", "other"),
    [
        ("Shells killed 12 people and wounded 30.", "12", "killed", "injured"),
        ("Shells killed 12 people and wounded 30.", "30", "injured", "killed"),
        ("Five civilians were killed and 19 injured.", "19", "injured", "killed"),
        ("It left 18 rebels and seven policemen dead.", "18", "killed", "injured"),
        ("Some 340 prisoners, among them 21 women, were set free.", "340", "released", "killed"),
        ("300 people fled to Idlib.", "300", "forced_to_flee", "killed"),
        ("300 refugees went back to their homes.", "300", "returns", "killed"),
        ("It fell after three days.", "three days", "duration", "captured"),
    ],
)
def test_the_nearest_words_say_the_measure(text, number, measure, other):
    measures = read(text, number).measures
    assert measure in measures
    assert other not in measures


@pytest.mark.parametrize(
    ("exact", "measure", "other"),
    [
        ("Rebels captured Hama", "captured", "withdrawn"),
        ("The army withdrew from Hama", "withdrawn", "captured"),
        ("Rebels entered Hama", "entered", "withdrawn"),
        ("Rebels reached the outskirts of Hama", "reached", "captured"),
    ],
)
def test_the_verb_of_an_event_says_its_measure(exact, measure, other):
    measures = read(f"{exact} on Thursday.", exact=exact).measures
    assert measure in measures
    assert other not in measures


def test_who_is_affected_is_read_only_where_the_noun_says_it():
    assert read("12 civilians were killed.", "12").affected == {"civilian"}
    assert read("12 soldiers were killed.", "12").affected == {"combatant"}
    assert read("12 people were killed by rebels.", "12").affected is None


# Days


@pytest.mark.parametrize(
    ("dating", "first", "last"),
    [
        ("on Thursday", "2024-12-05", "2024-12-05"),
        ("on 3 December", "2024-12-03", "2024-12-03"),
        ("on the fifth of November", "2024-11-05", "2024-11-05"),
        ("on Dec. 3, 2023", "2023-12-03", "2023-12-03"),
        ("on 2024-11-27", "2024-11-27", "2024-11-27"),
        ("in November", "2024-11-01", "2024-11-30"),
        ("in late November", "2024-11-21", "2024-11-30"),
        ("in 2016", "2016-01-01", "2016-12-31"),
        ("in 2014–15", "2014-01-01", "2015-12-31"),
        ("between May 2012 and April 2024", "2012-05-01", "2024-04-30"),
        ("from 3 to 7 November", "2024-11-03", "2024-11-07"),
        ("in the fourth quarter of 2023", "2023-10-01", "2023-12-31"),
        ("in the first five months of the year", "2024-01-01", "2024-05-31"),
        ("in the week of 18 November", "2024-11-18", "2024-11-24"),
        ("since Oct. 26", "2024-10-26", "2024-12-08"),
        ("since the war began in April 2023", "2023-04-01", "2024-12-08"),
        ("so far this year", "2024-01-01", "2024-12-08"),
        ("two days ago", "2024-12-06", "2024-12-06"),
        ("yesterday", "2024-12-07", "2024-12-07"),
        ("last month", "2024-11-01", "2024-11-30"),
        ("by 2 December", "*", "2024-12-02"),
    ],
)
def test_dating_words_give_their_days(dating, first, last):
    assert (first, last) in read_spans(f"At least 20 people were killed in Homs {dating}.", "20")


def test_a_total_since_a_beginning_is_not_dated_to_the_week_of_writing():
    text = "The war, which erupted on 15 April 2023, has killed 40,000 people."
    assert read_spans(text, "40,000") == {("2023-04-15", "2024-12-08")}


def test_each_figure_takes_the_date_of_its_own_clause():
    text = "Nine people died in Aleppo on Tuesday, and 17 died in Idlib on Wednesday."
    assert read_spans(text, "Nine") == {("2024-12-03", "2024-12-03")}
    assert read_spans(text, "17") == {("2024-12-04", "2024-12-04")}


def test_a_dateline_never_beats_the_sentence():
    text = "HOMS, Dec. 8 (Agency) - Twelve people were killed on Tuesday."
    assert read_spans(text, "Twelve") == {("2024-12-03", "2024-12-03")}


def test_a_dateline_alone_dates_no_claim():
    text = "HOMS, Dec. 7 (Agency) - Twelve people were killed in a raid."
    assert read_spans(text, "Twelve") == {("", ""), ("*", "2024-12-07")}


def test_the_day_of_a_speech_bounds_what_it_tells():
    spans = read_spans("Police said on Thursday that 12 people were killed in Homs.", "12")
    assert spans == {("", ""), ("*", "2024-12-05")}


def test_the_line_that_dates_a_text_dates_no_claim_in_it():
    text = "8 December 2024\n\nAbout 9,000 people had left in the first night."
    assert read(text, "About 9,000", dating="8 December 2024").days is None


def test_a_dated_line_dates_what_stands_under_it():
    text = "3 November 2024\nAt least 18 people were killed today.\n\nPosted later."
    assert read_spans(text, "18") == {("2024-11-03", "2024-11-03")}


def test_days_named_in_another_sentence_are_read_where_the_row_points():
    text = "Homs was shelled on Thursday. Nine people died."
    assert ("2024-12-05", "2024-12-05") in read_spans(text, "Nine", dating="on Thursday")
    assert read(text, "Nine").days is None


def test_without_a_day_of_writing_only_written_years_date_a_claim():
    text = "On 3 December 12 people died. In May 2016 some 30 died."
    assert read_spans(text, "12", published="") == {("", "")}
    assert read_spans(text, "30", published="") >= {("2016-05-01", "2016-05-31")}


# Doubts


RIGHT = {
    "number": "More than 200",
    "exact": "killed",
    "measure": "killed",
    "unit": "person",
    "affected": "unknown",
    "quantifier": "more_than",
    "low": "200",
    "best": "200",
    "high": "",
    "date_start": "2024-12-05",
    "date_end": "2024-12-05",
}
TEXT = "More than 200 people were killed in Homs on Thursday."


def test_a_right_row_has_no_doubt():
    assert doubt(TEXT, **RIGHT) == {}


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("value", {"low": "2000", "best": "2000"}),
        ("value", {"quantifier": "less_than", "low": "", "best": "", "high": "200"}),
        ("value", {"high": "200"}),
        ("unit", {"unit": "household"}),
        ("measure", {"measure": "injured"}),
        ("affected", {"affected": "combatant"}),
        ("days", {"date_start": "2024-12-06", "date_end": "2024-12-06"}),
        ("days", {"date_start": "2023-12-05", "date_end": "2023-12-05"}),
        ("days", {"date_end": "2024-12-08"}),
        ("days", {"date_start": "", "date_end": ""}),
        ("days", {"date_start": "2024-12-12", "date_end": "2024-12-12"}),
    ],
)
def test_a_fault_in_one_field_is_reported_in_that_field_alone(field, fault):
    text = TEXT.replace("people", "civilians") if field == "affected" else TEXT
    assert doubt(text, **RIGHT | fault) == {field: "differs"}


def test_a_period_drawn_together_to_its_end_is_reported():
    text = "More than 200 people were killed in Homs since 27 November."
    right = RIGHT | {"date_start": "2024-11-27", "date_end": "2024-12-08"}
    assert doubt(text, **right) == {}
    assert doubt(text, **right | {"date_start": "2024-12-08"}) == {"days": "differs"}


def test_nothing_told_as_past_lies_after_the_day_of_writing():
    late = RIGHT | {"date_start": "2024-12-09", "date_end": "2024-12-09"}
    text = "More than 200 people were killed in Homs."
    assert doubt(text, **late) == {"days": "differs"}
    assert doubt(text, **late | {"assertion": "expected"}) == {"days": "unread"}


def test_what_cannot_be_read_is_unread_and_not_a_difference():
    text = "More than 200 people were seen in Homs."
    row = RIGHT | {"exact": "seen"}
    assert doubt(text, **row) == {"measure": "unread", "days": "unread"}


def test_words_that_do_not_decide_make_no_difference():
    text = "More than 200 people left Homs on Thursday."
    assert doubt(text, **RIGHT | {"exact": "left"}) == {"measure": "unread"}


def test_a_side_that_the_words_leave_open_is_not_read():
    text = "More than 200 people were killed in Homs by 5 December."
    row = RIGHT | {"date_start": "2024-11-27"}
    assert doubt(text, **row) == {"days": "unread"}
    assert doubt(text, **row | {"date_end": "2024-12-06"}) == {"days": "differs"}


def test_agreement_says_both_readings():
    claims = pd.DataFrame(
        [
            make_row(TEXT, **RIGHT),
            make_row(TEXT, **RIGHT | {"low": "20", "best": "20"}) | {"claim_id": "000-002"},
            make_row(TEXT, **RIGHT) | {"claim_id": "000-003", "number": "Homs", "number_start": 37},
        ]
    )
    documents = pd.DataFrame([{"doc_id": "000", "text": TEXT, "published": PUBLISHED}])
    agreement = describe_agreement(claims, documents)
    assert agreement == [
        "both",
        "differs: value more_than 20 or more_than 200",
        "not read: value, unit, measure",
    ]


def test_the_coded_claims_of_the_corpus_differ_in_few_rows():
    doubts = find_doubts(*load_seeds())
    differs = doubts[doubts["kind"] == "differs"]
    assert not set(differs["field"]) & {"value", "unit", "affected"}
    assert len(differs) <= 15


def test_tables_are_not_changed():
    claims, documents = load_seeds()
    before = claims.copy(), documents.copy()
    describe_agreement(claims, documents)
    pd.testing.assert_frame_equal(claims, before[0])
    pd.testing.assert_frame_equal(documents, before[1])


def test_a_typed_table_is_read_as_one_of_text():
    claims, documents = load_seeds()
    typed = claims.assign(
        **{name: pd.to_numeric(claims[name]) for name in ("low", "best", "high")},
        **{name: pd.to_numeric(claims[name]).astype("Int64") for name in ("start", "number_start")},
        date_at=pd.to_numeric(claims["date_at"]).astype("Int64"),
        **{name: pd.to_datetime(claims[name]) for name in ("date_start", "date_end")},
    )
    doubts, plain = find_doubts(typed, documents), find_doubts(claims, documents)
    pd.testing.assert_frame_equal(doubts, plain)


# Hostile input


def count_calls(row, text):
    profile = cProfile.Profile()
    profile.runcall(read_claim, row, text, PUBLISHED)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    "unit",
    ["1", "9 ", "1,", "2014–", "-", "(", "and ", "Friday, ", "more than ", "5 and ", "a-\n", ". "]
    + ["\u200b", "½", "since the war ", "the 19th, ", "between 1 and 2 ", "killed or wounded and "],
)
def test_a_long_text_costs_no_more_than_a_window_of_it(unit):
    counts = []
    for size in (4_000, 100_000):
        body = (unit * size)[:size]
        text = f"{body} killed 12 people on Friday {body}"
        quoted = make_row(text, "12", dating="on Friday")
        whole = {"exact": text, "start": 0, "number": text[: size // 2], "number_start": 0}
        event = {"exact": body, "start": 0, "number": "", "date_exact": body, "date_at": 0}
        counts.append([count_calls(row, text) for row in (quoted, whole, event)])
    assert max(counts[0] + counts[1]) < MOST_CALLS
    assert all(large < 1.5 * small + 1_000 for small, large in zip(*counts))


@pytest.mark.parametrize("text", ["", " ", "\ud800", "١٢ قتيلا", "12²", "9" * 400])
def test_odd_texts_are_read_without_failing(text):
    row = {"exact": text, "start": 0, "number": text, "number_start": 0}
    assert read_claim(row, text, "no day").last_day == ""


def test_offsets_outside_the_text_are_not_read():
    row = {"exact": "12", "start": 90, "number": "12", "number_start": 90}
    assert read_claim(row, "Twelve died.", PUBLISHED).values is None


# The vocabulary


def test_the_vocabulary_names_values_of_the_codebook_alone():
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert find_vocabulary_faults(tables) == []
    tables["units"]["crowd"] = ["people"]
    tables["measures"]["killed"].append("Killed")
    del tables["weekdays"]
    assert find_vocabulary_faults(tables) == [
        "the table [weekdays] is missing",
        "[units] crowd is no value of the codebook",
        '[measures] "Killed" is not written in small letters',
    ]


def test_a_faulty_vocabulary_is_refused(tmp_path):
    file = tmp_path / "vocabulary.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("december = 12", "december = 13"))
    with pytest.raises(ClaimsError, match=r"\[months\] december is 13, not 1 to 12"):
        load_vocabulary(file)


# Places and sources


def load_doubtful():
    lines = (REPOSITORY / "tests/claims/doubtful.tsv").read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def name_doubts(words, text, place="", source=""):
    """The doubts about a row of this place and source, field → why."""
    documents = pd.DataFrame([{"doc_id": "000", "text": text, "published": PUBLISHED}])
    cells = {"place": place.lower(), "source_original": source}
    claims = pd.DataFrame([make_row(text, words, words) | cells])
    places = pd.DataFrame({"name": [place], "names": [[place]]}, index=[place.lower()])
    doubts = find_doubts(claims, documents, places)
    doubts = doubts[doubts["kind"] == "doubtful"]
    return dict(zip(doubts["field"], doubts["read"]))


@pytest.mark.parametrize(("field", "words", "given", "expected", "text"), load_doubtful())
def test_a_place_or_source_that_the_sentence_does_not_settle_is_doubtful(
    field, words, given, expected, text
):
    doubts = name_doubts(words, text.replace(" / ", "\n"), **{field: given})
    assert (field in doubts) == (expected == "doubtful"), doubts


def test_what_is_doubtful_stands_behind_the_agreement_and_makes_no_difference():
    text = "The strike left 18 dead, the governor said in Kyiv."
    documents = pd.DataFrame([{"doc_id": "000", "text": text, "published": PUBLISHED}])
    row = make_row(text, "18", "18 dead", place="kyiv", source_original="governor", unit="person")
    row |= {"measure": "killed", "quantifier": "exact", "low": 18, "best": 18, "high": 18}
    places = pd.DataFrame({"name": ["Kyiv"], "names": [["Kyiv"]]}, index=["kyiv"])
    claims = pd.DataFrame([row])
    assert describe_agreement(claims, documents, places) == [
        "both; doubtful: place (it is where somebody speaks)"
    ]
    assert describe_agreement(claims, documents) == ["both"]
