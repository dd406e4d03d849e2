"""A folder of texts: what is read, what is forgiven, and what is refused with its name."""

import hashlib

import pandas as pd
import pytest

from helpers.corpus.documents import DOCUMENT_COLUMNS, load_corpus, sum_corpus
from helpers.corpus.folders import REPOSITORY, find_folder
from helpers.corpus.quotes import load_defects
from helpers.corpus.readers.article import decode_text
from helpers.corpus.settings import load_settings
from helpers.schema.csv_files import is_day_or_interval, list_faults, load_table, pad_id
from helpers.schema.errors import CorpusError

SEEDS = REPOSITORY / "seeds"
FILES = {
    "000": "000_df29c46cf83f3ca5.txt",
    "001": "001_87dd8cf193baee00.txt",
    "002": "002_b95ebf0c31b105b0.txt",
    "003": "003_6ca4368c26794f6c.txt",
    "004": "004_ad213eb8803eeb8a.txt",
}


def refuse(folder) -> list[str]:
    """The lines with which load_corpus refuses a folder."""
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    return str(caught.value).splitlines()


def edit_documents(folder, doc_id, /, **cells):
    table = load_table(folder / "documents.csv", DOCUMENT_COLUMNS)
    for column, value in cells.items():
        table.loc[table["doc_id"] == doc_id, column] = value
    table.to_csv(folder / "documents.csv", index=False)


def make_folder(path, **texts):
    """A folder with nothing but texts in it."""
    path.mkdir()
    for stem, text in texts.items():
        (path / f"{stem}.txt").write_text(text, encoding="utf-8")
    return path


# The five texts as they stand


def test_the_seeds_are_five_documents_in_the_order_of_their_ids():
    assert load_corpus(SEEDS).set_index("doc_id")["file"].to_dict() == FILES


@pytest.mark.parametrize(("doc_id", "file"), FILES.items())
def test_a_seed_text_has_the_checksum_that_documents_csv_states(doc_id, file):
    stated = (
        pd.read_csv(SEEDS / "documents.csv", dtype=str).set_index("doc_id").loc[doc_id, "sha256"]
    )
    assert hashlib.sha256((SEEDS / file).read_bytes()).hexdigest() == stated


def test_the_text_is_the_file_character_by_character():
    documents = load_corpus(SEEDS).set_index("doc_id")
    assert {doc_id: len(text) for doc_id, text in documents["text"].items()} == {
        doc_id: len((SEEDS / file).read_bytes().decode("utf-8")) for doc_id, file in FILES.items()
    }


def test_a_published_interval_becomes_two_days():
    row = load_corpus(SEEDS).set_index("doc_id").loc["003"]
    assert (row["published_start"], row["published_end"]) == (
        pd.Timestamp("2024-12-05"),
        pd.Timestamp("2024-12-07"),
    )


def test_a_published_day_is_first_and_last_day_at_once():
    row = load_corpus(SEEDS).set_index("doc_id").loc["004"]
    assert (row["published_start"], row["published_end"]) == (
        pd.Timestamp("2024-12-06"),
        pd.Timestamp("2024-12-06"),
    )


def test_an_empty_published_day_is_a_missing_one(corpus):
    edit_documents(corpus, "002", published="")
    row = load_corpus(corpus).set_index("doc_id").loc["002"]
    assert pd.isna(row["published_start"])
    assert pd.isna(row["published_end"])


def test_sixty_defects_of_the_texts_are_listed_at_their_places():
    documents = load_corpus(SEEDS)
    defects, texts = (
        load_defects(SEEDS, documents),
        dict(zip(documents["doc_id"], documents["text"])),
    )
    assert len(defects) == 60
    assert all(texts[row.doc_id][row.start : row.end] == row.exact for row in defects.itertuples())


# Folders and texts that are refused


def test_a_missing_folder_is_named(tmp_path):
    assert f'no folder "{tmp_path / "nowhere"}"' in refuse(tmp_path / "nowhere")[0]


def test_a_folder_without_texts_says_what_to_put_there(tmp_path):
    assert refuse(tmp_path) == [
        (
            f"{tmp_path} holds no text; put the articles there, one file each (.txt, .md, "
            ".html, .pdf, .docx, .odt, .rtf, .eml) or as a table with a column text (.jsonl, "
            ".csv, .parquet)"
        )
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (
            b"\xff\xd8\xff\xe0\x10\x81\x90" * 30,
            "is neither UTF-8 nor any other encoding that can be told",
        ),
        (b"PK\x03\x04\x00\x00", "is binary (it holds NUL bytes)"),
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
    ],
    ids=["picture", "binary", "no bytes", "blanks only", "mark only"],
)
def test_a_text_that_cannot_be_read_is_named_with_its_fault(corpus, data, fault):
    (corpus / FILES["001"]).write_bytes(data)
    head, *faults = refuse(corpus)
    assert head == "corpus: texts that cannot be read, or do not fit documents.csv (1):"
    assert len(faults) == 1
    assert faults[0].startswith(f"  {FILES['001']}: {fault}")


def test_all_texts_that_cannot_be_read_are_named_at_once(corpus):
    for doc_id, data in (("000", b"\xff\xfe"), ("002", b""), ("004", b"a\x00b")):
        (corpus / FILES[doc_id]).write_bytes(data)
    head, *faults = refuse(corpus)
    assert head.endswith("(3):")
    assert [fault.split(":")[0].strip() for fault in faults] == [
        FILES["000"],
        FILES["002"],
        FILES["004"],
    ]


def test_one_changed_digit_in_a_text_is_refused_with_both_checksums(corpus):
    file = corpus / FILES["004"]
    changed = file.read_bytes().replace(b"746 people", b"747 people")
    file.write_bytes(changed)
    _, fault = refuse(corpus)
    assert fault.startswith(f"  {FILES['004']}: the text has changed since it was coded")
    assert hashlib.sha256(changed).hexdigest()[:12] in fault
    assert "77e55dd518cd" in fault
    assert "every claim of 004" in fault


def test_line_ends_changed_by_a_checkout_change_the_checksum(corpus):
    file = corpus / FILES["000"]
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert "the text has changed since it was coded" in refuse(corpus)[1]


def test_a_listed_text_that_is_gone_is_named(corpus):
    (corpus / FILES["003"]).unlink()
    assert refuse(corpus)[1:] == [
        (
            f'  documents.csv row 5 (003): file "{FILES["003"]}" is listed but not in the '
            f"folder; restore it, or delete the row"
        )
    ]


def test_a_text_that_is_not_listed_is_named(corpus):
    (corpus / "005_new.txt").write_text("A sixth text.", encoding="utf-8")
    assert refuse(corpus)[1:] == [
        (
            "  documents.csv: 005_new.txt is in the folder but not listed; add a row "
            "(00_propose_claims adds it)"
        )
    ]


def test_a_doubled_document_id_is_named(corpus):
    edit_documents(corpus, "004", doc_id="003")
    assert refuse(corpus)[1:] == ["  documents.csv: doc_id 003 stands twice"]


@pytest.mark.parametrize(
    "day",
    ["8 December 2024", "2024-02-30", "2024-12-09/2024-12-08", "2024-12-07/2024-12-08/2024-12-09"],
)
def test_a_publication_day_that_does_not_exist_is_quoted(corpus, day):
    edit_documents(corpus, "001", published=day)
    _, fault = refuse(corpus)
    assert fault.startswith(f'  documents.csv (001): published reads "{day}"')


def test_all_faults_of_documents_csv_are_named_at_once(corpus):
    edit_documents(corpus, "001", published="yesterday")
    edit_documents(corpus, "002", sha256="0" * 64)
    (corpus / FILES["003"]).unlink()
    (corpus / "005_new.txt").write_text("A sixth text.", encoding="utf-8")
    head, *faults = refuse(corpus)
    assert head == "corpus: texts that cannot be read, or do not fit documents.csv (4):"
    assert [
        any(word in fault for fault in faults)
        for word in ('"yesterday"', "000000000000", FILES["003"], "005_new.txt")
    ] == [True] * 4


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["sha256"], "documents.csv lacks the column sha256; add it"),
        (["title", "sha256"], "documents.csv lacks the columns title, sha256; add them"),
    ],
)
def test_missing_columns_of_documents_csv_are_named(corpus, columns, message):
    table = load_table(corpus / "documents.csv", DOCUMENT_COLUMNS)
    table.drop(columns=columns).to_csv(corpus / "documents.csv", index=False)
    assert refuse(corpus)[0].startswith(message)


def test_a_defect_that_does_not_stand_is_refused_with_both_readings(corpus):
    table = load_table(corpus / "defects.csv", [])
    table.loc[0, "exact"] = "al-Jolani"
    table.to_csv(corpus / "defects.csv", index=False)
    with pytest.raises(CorpusError) as caught:
        load_defects(corpus, load_corpus(corpus))
    assert (
        'defects.csv row 2: the text of 000 at 355–365 reads "al-Jawlani", not "al-Jolani"'
        in str(caught.value)
    )


def test_a_corpus_without_defects_csv_has_none_listed(corpus):
    (corpus / "defects.csv").unlink()
    assert load_defects(corpus, load_corpus(corpus)).empty


# What is forgiven


def test_a_byte_order_mark_in_documents_csv_is_forgiven(corpus):
    file = corpus / "documents.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert list(load_corpus(corpus)["doc_id"]) == list(FILES)


@pytest.mark.parametrize("separator", [";", "\t"], ids=["semicolon", "tab"])
def test_a_documents_csv_with_another_separator_is_forgiven(corpus, separator):
    load_table(corpus / "documents.csv", []).to_csv(
        corpus / "documents.csv", index=False, sep=separator
    )
    assert load_corpus(corpus).set_index("doc_id")["file"].to_dict() == FILES


def test_document_ids_without_their_zeros_are_forgiven(corpus):
    for doc_id in FILES:
        edit_documents(corpus, doc_id, doc_id=str(int(doc_id)))
    assert list(load_corpus(corpus)["doc_id"]) == ["000", "001", "002", "003", "004"]


def test_an_empty_checksum_is_forgiven(corpus):
    edit_documents(corpus, "000", sha256="")
    assert len(load_corpus(corpus)) == 5


def test_a_byte_order_mark_is_no_part_of_a_text():
    assert decode_text(b"\xef\xbb\xbfRebels entered") == ("Rebels entered", "")


def test_a_folder_of_texts_without_any_table_is_a_corpus(tmp_path):
    documents = load_corpus(
        make_folder(tmp_path / "raw", **{"001_second": "Two fled.", "000_first": "One died."})
    )
    assert documents[["doc_id", "title", "publisher", "published", "text"]].values.tolist() == [
        ["000", "000 first", "unknown", "", "One died."],
        ["001", "001 second", "unknown", "", "Two fled."],
    ]
    assert documents["published_start"].isna().all()


def test_a_text_without_a_leading_number_is_called_by_its_file_name(tmp_path):
    assert list(
        load_corpus(make_folder(tmp_path / "raw", aleppo="One died.", hama="Two died."))["doc_id"]
    ) == ["aleppo", "hama"]


def test_two_texts_with_the_same_leading_number_keep_their_file_names_as_ids(tmp_path):
    folder = make_folder(tmp_path / "raw", **{"000_a": "One died.", "000_b": "Two died."})
    assert list(load_corpus(folder)["doc_id"]) == ["000_a", "000_b"]


def test_a_relative_folder_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_folder("seeds") == SEEDS


def test_the_folder_of_the_caller_goes_before_that_of_the_repository(corpus, monkeypatch):
    mine = corpus.rename(corpus.parent / "seeds")
    monkeypatch.chdir(mine.parent)
    assert find_folder("seeds") == mine.resolve()


@pytest.mark.parametrize(
    ("written", "meant"),
    [("4", "004"), ("004", "004"), ("12", "012"), ("1234", "1234"), ("aleppo", "aleppo"), ("", "")],
)
def test_a_number_for_an_id_is_filled_up_to_three_digits(written, meant):
    assert pad_id(written) == meant


# Tables


def test_a_table_keeps_its_cells_as_stripped_text(tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n 004 ,NA\n1.50,\n", encoding="utf-8")
    assert load_table(tmp_path / "t.csv", ["a", "b"]).values.tolist() == [
        ["004", "NA"],
        ["1.50", ""],
    ]


def test_remarks_above_the_header_are_skipped(tmp_path):
    (tmp_path / "t.csv").write_text(
        "# a remark, with commas\n# another\nlon,lat\n35.72,32.71\n", encoding="utf-8"
    )
    assert load_table(tmp_path / "t.csv", ["lon", "lat"]).values.tolist() == [["35.72", "32.71"]]


def test_decimal_commas_are_read_in_a_table_separated_by_semicolons(tmp_path):
    (tmp_path / "t.csv").write_text("low;best;note\n66,67;1,5;a, b\n", encoding="utf-8")
    assert load_table(tmp_path / "t.csv", []).values.tolist() == [["66.67", "1.5", "a, b"]]


def test_quotes_are_not_stripped(tmp_path):
    (tmp_path / "t.csv").write_text('exact,note\n" a quote "," a note "\n', encoding="utf-8")
    assert load_table(tmp_path / "t.csv", []).values.tolist() == [[" a quote ", "a note"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "t.csv is not a table"),
        (b'a,b\n"open,1\n', "t.csv is not a table"),
        (b"a,b\n1,2,3\n1,2,3,4\n", "t.csv is not a table"),
        (b"a,b\ncaf\xe9 \xe2\x80\x9c,1\n", "t.csv is not UTF-8 (byte 7)"),
        (b"a,b\ncaf\x9d,1\n", "t.csv is not UTF-8 (byte 7)"),
    ],
    ids=["empty", "open quote", "ragged", "damaged UTF-8", "no encoding at all"],
)
def test_a_file_that_is_no_table_is_named(tmp_path, data, message):
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        load_table(tmp_path / "t.csv", ["a"])
    assert str(caught.value).startswith(message)


def test_a_missing_table_is_named_with_its_folder(tmp_path):
    with pytest.raises(CorpusError, match=f"^{tmp_path.name}/t.csv is missing$"):
        load_table(tmp_path / "t.csv", [])


def test_a_long_list_of_faults_says_how_many_it_leaves_out():
    lines = list_faults("faults", [str(number) for number in range(60)]).splitlines()
    assert (lines[0], lines[50], lines[51], len(lines)) == (
        "faults (60):",
        "  49",
        "  … and 10 more",
        52,
    )


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("", True),
        ("2024-11-27", True),
        ("2024-11-27/2024-12-08", True),
        ("2024-11-27/2024-11-27", True),
        ("2024-02-29", True),
        ("2024-02-30", False),
        ("2023-02-29", False),
        ("2024-12-08/2024-11-27", False),
        ("27.11.2024", False),
        ("2024-11", False),
        ("2024-11-27/", False),
        ("2024-11-27/2024-11-28/2024-11-29", False),
        ("late November", False),
    ],
)
def test_a_day_or_interval_is_told_from_what_is_none(value, fits):
    assert is_day_or_interval(value) is fits


# Settings and checksum


def test_the_settings_of_the_seeds_name_the_eleven_days():
    settings = load_settings(SEEDS)
    assert {end: str(day) for end, day in settings["offensive"].items()} == {
        "start": "2024-11-27",
        "end": "2024-12-08",
    }
    assert settings["route"]["places"] == ["idlib", "aleppo", "hama", "homs", "damascus"]


def test_a_corpus_without_settings_takes_its_title_from_the_folder(tmp_path):
    assert load_settings(make_folder(tmp_path / "north_kivu")) == {"title": "North Kivu"}


def test_settings_that_do_not_parse_are_named_with_the_line(corpus):
    (corpus / "corpus.toml").write_text('title = "Eleven\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="^corpus/corpus.toml: .*line 1"):
        load_settings(corpus)


def test_a_period_that_does_not_begin_on_a_day_is_quoted(corpus):
    (corpus / "corpus.toml").write_text('[offensive]\nstart = "November"\n', encoding="utf-8")
    with pytest.raises(
        CorpusError, match=r'corpus/corpus.toml \[offensive\] start = "November" is not a day'
    ):
        load_settings(corpus)


def test_a_copy_of_the_corpus_has_the_same_sum(corpus):
    assert sum_corpus(corpus) == sum_corpus(SEEDS)


def test_line_ends_of_a_table_leave_the_sum_as_it_is(corpus):
    file = corpus / "claims.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert sum_corpus(corpus) == sum_corpus(SEEDS)


@pytest.mark.parametrize(
    "name",
    [
        "corpus.toml",
        "documents.csv",
        "claims.csv",
        "not_claims.csv",
        "places.csv",
        "disagreements.csv",
        FILES["002"],
    ],
)
def test_a_change_in_what_decides_a_figure_changes_the_sum(corpus, name):
    with (corpus / name).open("ab") as file:
        file.write(b"x")
    assert sum_corpus(corpus) != sum_corpus(SEEDS)


def test_two_files_with_a_number_sign_in_their_names_have_ids_of_their_own(tmp_path):
    for number in (1, 2):
        (tmp_path / f"a#{number}.txt").write_text("A text.")
    assert list(load_corpus(tmp_path)["doc_id"]) == ["a#1", "a#2"]


def test_a_file_named_by_a_small_number_bears_the_id_that_claims_write(tmp_path):
    for name in ("1.txt", "12.txt"):
        (tmp_path / name).write_text(f"Nine people were killed in Kell, says {name}.\n", "utf-8")
    assert list(load_corpus(tmp_path)["doc_id"]) == ["001", "012"]


def test_files_whose_numbers_are_the_same_in_three_digits_keep_their_names(tmp_path):
    for name in ("1.txt", "001.txt"):
        (tmp_path / name).write_text(f"Nine people were killed in Kell, says {name}.\n", "utf-8")
    assert sorted(load_corpus(tmp_path)["doc_id"]) == ["001.txt", "1.txt"]
