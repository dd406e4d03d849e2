"""Hostile input: whatever a text, a table or a file holds, it is read or refused in words, and
nothing of it runs."""

import ast
import contextlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from helpers.analysis.selection import choose_figures_folder
from helpers.claims.gate import load_claims
from helpers.claims.proposals import save_claims
from helpers.corpus.articles import load_articles
from helpers.corpus.documents import load_corpus, save_documents
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.corpus.readers.article import clean_text, decode_text, read_article
from helpers.corpus.readers.kinds import read_articles
from helpers.corpus.readers.table import read_rows
from helpers.corpus.settings import load_settings
from helpers.publish.escaping import escape_latex, escape_markdown, mark_number, show_controls
from helpers.publish.evidence.pages import render_evidence_pages
from helpers.publish.links import escape_name
from helpers.publish.notebook.display import show_table
from helpers.publish.report.convert import check_origin, check_pictures, parse_markdown
from helpers.publish.report.draft import ReportError
from helpers.publish.templating import TEMPLATES, show_value
from helpers.schema.columns import CLAIM_COLUMNS
from helpers.schema.csv_files import (
    compose_table,
    guard_cell,
    load_table,
    parse_table,
    unguard_cell,
)
from helpers.schema.errors import CorpusError
from helpers.schema.parameters import DEFAULTS
from tests.bombs import (
    deflate,
    make_archive,
    make_dense_parquet,
    make_laughing_docx,
    make_laughing_pdf,
    make_lying_archive,
    make_lying_parquet,
    make_parquet,
    make_pdf,
    make_renamed_parquet,
    make_shared_parquet,
    write_stream,
)
from tests.conftest import PATIENCE, SEEDS
from tests.fuzz.targets import (
    EMPTY,
    TARGETS,
    TEXT,
    WORDS,
    check_markup,
    make_documents,
    make_study,
    run_drawing,
    run_loading,
    run_proposing,
    run_reading,
)
from tests.growth import MOST, compare_work, measure_growth, repeat

settings.register_profile(
    "suite",
    derandomize=True,
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "long", max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

FINDINGS = sorted((Path(__file__).parent / "fuzz" / "findings").glob("*-*"))
ODD = list(
    "\0\t\n\r\x0b\x0c\x1b\x1c\x85\xa0\xad\u0301\u0600\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202e\u2066\u2069\ufeff\ufffd\uffff\U0001f54a\U000e0041\U0010ffffİẞßﬁŉǰDžſK٣３²½<>&\"'`|;,=+-@＝＋－＠%#\\{}[]$~^_*/"
)
letters = st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8"))
words = st.text(letters, max_size=60)
sentences = st.lists(st.sampled_from(WORDS) | words, max_size=40).map(
    lambda parts: clean(" ".join(parts))
)
numbers = st.integers(0, 10**40).map(str) | st.sampled_from(
    [
        "1e999",
        "٣١",
        "３１",
        "1,2,3",
        "0",
        "00",
        "1.1.1",
        "½",
        "²",
        "7" * 5_000,
        "one " * 500,
        "million " * 50,
        "-1",
        "−1",
    ]
)


def clean(text: str) -> str:
    """A text as reading leaves it."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


# Reading


@given(st.binary(max_size=300), st.integers(0, 11))
@example(b"\xff\xfe\x00\xd8a\x00", 0)
@example(b"\xef\xbb\xbf\xef\xbb\xbf x", 0)
@example(b"---\ndate: 99999999999\n---\n# x", 1)
@example(b"<html><p>\x80\x00", 2)
@example(b"{\\rtf1 \\u-10179? \\'zz \\u99999999? }", 9)
@example(b"From: =?utf-8?b?////?=\nDate: Sat, 99 Mar 2023\n\nx", 10)
@example(b"PAR1\x15\x00\x15\x00\x00\x00\x00PAR1", 6)
def test_any_bytes_are_an_article_or_an_error_in_words(data, kind):
    run_reading(bytes([kind]) + data)


@given(words)
def test_a_text_in_utf8_is_read_character_by_character(text):
    text = clean(text).replace("\0", "\ufffd").lstrip("\ufeff")
    if text.strip("\ufeff \t\r\n") and not text.isspace():
        assert decode_text(text.encode()) == (text, "")


@given(st.text(st.characters() | st.sampled_from("\ud800\udfff\0")))
def test_a_cleaned_text_keeps_its_length_and_can_be_written(text):
    if text.strip("\ufeff \t\r\n") and not text.isspace():
        cleaned = clean_text(text)
        assert len(cleaned) == len(text)
        assert cleaned.encode()
        assert "\0" not in cleaned


@given(
    st.lists(
        st.fixed_dictionaries(
            {"text": words | st.none() | st.integers(), "id": words, "date": words | st.floats()}
        ),
        max_size=5,
    )
)
def test_any_line_of_json_is_a_row_or_is_left_out_with_its_reason(records):
    data = "\n".join(map(json.dumps, records)).encode()
    try:
        rows, faults = read_rows(data, "a.jsonl")
    except CorpusError:
        return
    assert rows["text"].str.strip().astype(bool).all() or faults
    rows.to_csv(io.BytesIO())


# Proposing


@given(sentences)
@example("İ rebels killed 31 people in Aleppo on 3 March 2024. ẞ 12 of them were children.")
@example(
    "Reb\u0301els killed ٣١ people and ３１ soldiers, \u202edozens\u2066 of families\u2028fled "
    "Aleppo."
)
@example("killed " * 300 + "31 people")
def test_every_proposal_slices_to_its_quote_and_passes_the_gate(text):
    run_proposing(b"\0" + text.encode())


@given(
    numbers,
    st.sampled_from(
        [
            "people were killed",
            "families fled Aleppo",
            "per cent of the city",
            "km from Hama",
            "days ago rebels took Idlib",
            "November 2024 the army left",
        ]
    ),
)
def test_no_number_breaks_the_rules(number, rest):
    run_proposing(f"\0At least {number} {rest}. Between {number} and {number} more.".encode())


# Loading tables


cells = st.one_of(
    words,
    numbers,
    st.sampled_from(
        [
            "",
            "000",
            "000-001",
            "0",
            "12",
            "2024-12-08",
            "2024-13-01",
            "9999-99-99",
            "000-001;000-002",
            ";",
            "exact",
            "person",
            "killed",
            "nan",
            "NA",
            "inf",
            "1e5",
            "=1+1",
        ]
    ),
)


@given(
    st.lists(st.lists(cells, min_size=len(CLAIM_COLUMNS), max_size=len(CLAIM_COLUMNS)), max_size=4),
    st.sampled_from(",;\t"),
)
def test_any_cells_in_claims_csv_are_claims_or_faults_with_row_and_remedy(rows, separator):
    table = pd.DataFrame(rows, columns=CLAIM_COLUMNS, dtype=str)
    run_loading(b"\0" + clean(table.to_csv(index=False, sep=separator)).encode())


@given(st.binary(max_size=200), st.integers(0, 8))
@example(b"file,doc_id\n,,\n", 1)
@example(b'"', 0)
@example(b"a,a\n1,2\n", 2)
@example(b"title = 5", 6)
@example(b"offensive = 3", 6)
def test_any_bytes_under_the_name_of_a_table_are_a_table_or_an_error_that_names_it(data, which):
    run_loading(bytes([which]) + data)


@given(st.integers(0, 7), st.lists(st.lists(cells, max_size=14), max_size=4))
def test_rows_of_any_length_under_a_true_header_are_refused_in_words(which, rows):
    names = [
        "claims.csv",
        "documents.csv",
        "places.csv",
        "defects.csv",
        "not_claims.csv",
        "disagreements.csv",
    ]
    header = (SEEDS / names[which % 6]).read_text("utf-8-sig").split("\n")[0]
    run_loading(
        bytes([which % 6])
        + header.encode()
        + b"\n"
        + "\n".join(",".join(clean(cell) for cell in row) for row in rows).encode()
    )


def test_a_row_with_a_cell_too_many_is_named_by_its_line():
    with pytest.raises(
        CorpusError, match="line 9 has 3 cells and the header 2; check quotes and separators"
    ):
        parse_table('a,b\n1,"x\ny"\n\n\n3,4\n\n1,2,3\n', ",", above=1)


def test_an_open_quote_is_named_by_the_line_it_stands_in():
    with pytest.raises(CorpusError, match="^line 3: "):
        parse_table('a,b\n1,2\n3,"open\n5,6\n7,8\n', ",")


def test_a_column_that_stands_twice_is_named():
    with pytest.raises(CorpusError, match="line 1: the column note stands twice"):
        parse_table("note,a,note\n1,2,3\n", ",")


def test_cells_that_a_spreadsheet_dropped_at_the_end_of_a_row_are_empty():
    assert parse_table("a,b,c\n1\n1,2,3,,\n", ",").values.tolist() == [
        ["1", "", ""],
        ["1", "2", "3"],
    ]


def test_an_article_of_a_table_may_be_longer_than_the_csv_module_allows():
    assert (
        len(read_rows(b'id,text\na,"' + b"x" * 200_000 + b'"\n', "a.csv")[0]["text"][0]) == 200_000
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("title = 5", "title = 5 is no text"),
        ("offensive = 3", "offensive = 3 is no table"),
        ('[route]\nplaces = "a"', r"\[route\] places = 'a' is no list"),
        ('[route]\ntarget = "a\\u0000"', "holds a NUL"),
        ("[war]\nstart = 2011-03-01", r"\[war\] lacks end"),
        ("[route]\nplaces = [1]", r"\[route\] places = 1 is no text"),
    ],
)
def test_settings_of_another_shape_are_refused_by_key(tmp_path, words, said):
    (tmp_path / "corpus.toml").write_text(words, "utf-8")
    with pytest.raises(CorpusError, match=f"corpus.toml .*{said}"):
        load_settings(tmp_path)


# Formulas


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "\u200b=1",
    "\ufeff@x",
    '=HYPERLINK("x")',
    "- 12 people",
    "-",
    "'=1",
    "''=1",
    "'-5",
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_guarded_and_comes_back(cell):
    assert guard_cell(cell) == "'" + cell
    assert unguard_cell(guard_cell(cell)) == cell


@pytest.mark.parametrize(
    "cell", ["-5", "-33.86", "+7", "-1e-05", "-66,67", "'tis", "'", "a=1", "5-6", "", "'5"]
)
def test_numbers_and_words_are_not_guarded(cell):
    assert guard_cell(cell) == cell == unguard_cell(cell)


@given(st.text(st.sampled_from("'=+-@＝ \t\r\n1a.,") | letters, max_size=8))
def test_no_guarded_cell_begins_a_formula_and_every_cell_comes_back(cell):
    guarded = guard_cell(cell)
    assert unguard_cell(guarded) == cell
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", guarded) or re.fullmatch(
        r"[-+][\d.,eE+-]+", guarded
    )


@given(
    st.lists(
        st.fixed_dictionaries({"exact": words, "=note": words.map(str.strip)}),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_comes_back_from_its_file_cell_by_cell(tmp_path_factory, rows, separator, ending):
    file = tmp_path_factory.mktemp("guard") / "t.csv"
    table = pd.DataFrame(
        [{name: clean(cell) for name, cell in row.items()} for row in rows], dtype=str
    )
    file.write_bytes(
        ("\ufeff" + compose_table(table.assign(last="x"), separator, ending, quoting=1)).encode()
    )
    assert (
        load_table(file, ["exact", "=note"])[["exact", "=note"]].values.tolist()
        == table.assign(**{"=note": table["=note"].str.strip()})[["exact", "=note"]].values.tolist()
    )


def test_claims_with_formulas_are_written_harmless_and_read_as_they_were(corpus):
    table = load_table(corpus / "claims.csv", CLAIM_COLUMNS)
    table.loc[0, ["note", "base", "actor"]] = ['=HYPERLINK("http://x")', "@SUM(A1)", "'-1"]
    save_claims(table, corpus)
    written = (corpus / "claims.csv").read_text("utf-8-sig")
    assert "\"'=HYPERLINK" in written
    assert ",'@SUM" in written
    assert ",''-1" in written
    assert load_table(corpus / "claims.csv", CLAIM_COLUMNS).equals(table)


def test_a_file_named_like_a_formula_is_listed_harmless_and_found_again(corpus):
    (corpus / "=cmd.txt").write_text(
        "Rebels took Odra on Sunday, and 31 people were killed there.", "utf-8"
    )
    for _ in range(2):
        save_documents(load_corpus(corpus, add_new=True), corpus)
    assert (corpus / "documents.csv").read_text("utf-8-sig").count("'=cmd.txt") == 1
    assert "=cmd.txt" in set(load_corpus(corpus)["file"])


def test_no_module_writes_a_csv_but_by_the_guard():
    unguarded = [
        f"{file.name}:{number}"
        for file in (REPOSITORY / "helpers").rglob("*.py")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if ".to_csv(" in line and file.name != "csv_files.py"
    ]
    assert not unguarded


# Paths


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "/etc/passwd",
        "..",
        "C:\\secret.txt",
        "C:secret.txt",
        "\\\\host\\share\\x.txt",
        "sub/x.txt",
        "~/x.txt",
        "000\0.txt",
        "../x.jsonl#1",
    ],
)
def test_a_path_in_documents_csv_is_refused_with_row_and_remedy(corpus, name):
    (corpus.parent / "secret.txt").write_text("Rebels took Odra on Sunday.", "utf-8")
    table = load_table(corpus / "documents.csv", [])
    table.loc[2, "file"] = name
    (corpus / "documents.csv").write_text(compose_table(table), "utf-8")
    with pytest.raises(
        CorpusError,
        match=(
            r"documents.csv row 4 \(002\): file reads .* is a path; .* put the file there and "
            r"write its name"
        ),
    ):
        load_corpus(corpus)


@pytest.mark.parametrize("target", ["secret.txt", "folder/secret.txt"])
def test_a_link_that_leads_out_of_the_corpus_is_left_out_and_said(tmp_path, target):
    (tmp_path / "corpus").mkdir()
    (tmp_path / target).parent.mkdir(exist_ok=True)
    (tmp_path / target).write_text("A secret that no page may show to anybody.", "utf-8")
    (tmp_path / "corpus" / "000_a.txt").write_text("Rebels took Odra on Sunday.", "utf-8")
    (tmp_path / "corpus" / "001_b.txt").symlink_to(tmp_path / target)
    articles, unread = load_articles(tmp_path / "corpus")
    assert list(articles["file"]) == ["000_a.txt"]
    assert "leads out of the corpus" in unread["001_b.txt"]


def test_a_link_inside_the_corpus_and_a_linked_corpus_are_read(tmp_path):
    (tmp_path / "true").mkdir()
    (tmp_path / "true" / "000_a.txt").write_text("Rebels took Odra on Sunday.", "utf-8")
    (tmp_path / "true" / "001_b.txt").symlink_to("000_a.txt")
    (tmp_path / "linked").symlink_to(tmp_path / "true")
    assert list(load_corpus(tmp_path / "linked")["file"]) == ["000_a.txt", "001_b.txt"]


@pytest.mark.parametrize(
    ("name", "load"),
    [
        ("claims.csv", lambda folder: load_claims(folder, make_documents("x"), EMPTY)),
        ("places.csv", load_places),
        ("corpus.toml", load_settings),
        ("documents.csv", load_corpus),
    ],
)
def test_a_table_that_is_a_link_out_of_the_corpus_is_refused(corpus, name, load):
    (corpus / name).rename(corpus.parent / name)
    (corpus / name).symlink_to(corpus.parent / name)
    with pytest.raises(CorpusError, match=f"{name} is a link that leads out of the corpus"):
        load(corpus)


@given(st.text(letters | st.sampled_from("./\\:"), max_size=12))
def test_an_id_makes_a_file_name_that_stays_in_its_folder(name):
    assert re.fullmatch(r"(?!\.)[\w.%-]*", escape_name(clean(name)), re.ASCII)


@pytest.mark.parametrize(
    "picture",
    [
        "/etc/hostname",
        "../x.png",
        "http://example.org/x.png",
        "file:///etc/hostname",
        '<a"b/c>',
        "sub/x.png",
    ],
)
def test_a_report_takes_in_no_picture_from_elsewhere(picture):
    document = parse_markdown(f'# A\n\ntext ![a [b](c)]({picture} "t"){{#i}}\n')
    with pytest.raises(ReportError, match="is no file among the figures"):
        check_pictures(document, "report.md", [], REPOSITORY / "figures")


def test_a_picture_among_the_figures_is_taken(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"")
    document = parse_markdown(
        "# A\n\n![*a*](eleven_days){width=3mm}\n\n[![b](logo.png)](http://example.org)\n"
    )
    taken = check_pictures(document, "report.md", ["eleven_days.png"], tmp_path)
    assert taken == [tmp_path / "logo.png"]


@pytest.mark.parametrize(
    "text", ["$body$ ${ ../secret() }", "$/secret.html()$", "$for(x)$ $ x:../secret() $ $endfor$"]
)
def test_a_template_of_a_corpus_takes_in_no_other_file(tmp_path, text):
    file = tmp_path / "report" / "report.html"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(ReportError, match="takes in another file"):
        check_origin(file, tmp_path)


def test_a_report_source_that_is_a_link_out_of_the_corpus_is_refused(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "report.md").write_text("# secret", "utf-8")
    (tmp_path / "corpus" / "report").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReportError, match="leads out of the corpus"):
        check_origin(tmp_path / "corpus" / "report" / "report.md", tmp_path / "corpus")


def test_our_own_templates_take_in_nothing():
    for name in ("report.html", "report.typ", "report.md"):
        check_origin(TEMPLATES / name, TEMPLATES)


def test_figures_of_an_actor_with_a_path_for_a_name_stay_in_their_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ELEVEN_DAYS_FIGURES", str(tmp_path))
    folder = choose_figures_folder({**DEFAULTS, "actors": ["../../x"]}, SEEDS)
    assert folder.parent == tmp_path
    assert folder.resolve().is_relative_to(tmp_path.resolve())


# Files that burst


PEAK = """
def peak():  # in kB; ru_maxrss is that of the process that started this one, where that was larger
    try:
        lines = open("/proc/self/status").readlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
"""


def measure_peak(run: str) -> tuple[float, str]:
    """Megabytes that a process of its own needs at most beyond what importing takes, and what it
    prints."""
    program = (
        "import resource, sys; sys.path[:0] = "
        f"{[str(Path(__file__).parent), str(REPOSITORY)]!r}\nfrom helpers.corpus.readers.article "
        "import read_article, CorpusError\nfrom helpers.corpus.articles import "
        "read_rows\nfrom helpers.corpus.readers.kinds import read_articles\nimport "
        "helpers.corpus.readers.parquet, lxml.etree, pypdf, trafilatura, zipfile, "
        "pyarrow.parquet\nhelpers.corpus.readers.parquet.MOST_UNPACKED = 20_000_000\n"
    )
    program += (
        f"{PEAK}before = peak()\ntry:\n    {run}\nexcept CorpusError as fault:\n    "
        "print(fault)\nprint((peak() - before) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    said, _, peak = done.stdout.strip().rpartition("\n")
    return int(peak), said


@pytest.mark.parametrize(
    ("make", "suffix"),
    [
        (lambda: make_pdf(write_stream(deflate(b" " * 1_000_000, 200))), ".pdf"),
        (
            lambda: make_pdf(
                write_stream(
                    deflate(deflate(b" " * 1_000_000, 200), 1), b"", b"[/FlateDecode /FlateDecode]"
                )
            ),
            ".pdf",
        ),
        (lambda: make_pdf(write_stream(deflate(b" " * 1_000_000, 30))), ".pdf"),
        (lambda: make_archive(100), ".docx"),
        (lambda: make_archive(100, "content.xml"), ".odt"),
        (lambda: make_shared_parquet(20_000, 1_000_000), ".parquet"),
        (lambda: make_dense_parquet(150, 1_000_000), ".parquet"),
        (lambda: make_renamed_parquet(150, 1_000_000), ".parquet"),
    ],
    ids=[
        "200 MB in one stream",
        "a stream packed twice",
        "30 MB in one stream",
        "100 MB in a .docx",
        "100 MB in an .odt",
        "rows that share a value",
        "a page of one letter",
        "a column of two names",
    ],
)
def test_a_file_that_bursts_is_refused_before_it_does(tmp_path, make, suffix):
    (tmp_path / f"bomb{suffix}").write_bytes(make())
    assert (tmp_path / f"bomb{suffix}").stat().st_size < 200_000
    read = f"read_articles(data, '{suffix}')"
    if suffix == ".parquet":
        read = "read_rows(data, 'bomb.parquet')"
    peak, said = measure_peak(
        f"data = open({str(tmp_path / f'bomb{suffix}')!r}, 'rb').read(); {read}"
    )
    assert "unpacks to more than" in said
    assert peak < 60


def test_a_summary_that_lies_is_believed_for_one_page_and_no_more(tmp_path):
    (tmp_path / "bomb.parquet").write_bytes(make_lying_parquet(50, 1_000_000, 6))
    assert (tmp_path / "bomb.parquet").stat().st_size < 200_000
    peak, said = measure_peak(
        f"read_rows(open({str(tmp_path / 'bomb.parquet')!r}, 'rb').read(), 'bomb.parquet')"
    )
    assert "unpacks to more than" in said
    assert peak < 120, "of 300 MB in pages of 50"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: make_lying_archive(100), "is no .docx that can be read"),
        (lambda: make_archive(0, parts=20_000), "has more parts than a text can have"),
        (make_laughing_docx, "is no .docx that can be read"),
    ],
    ids=["a list that lies", "parts without end", "entities of entities"],
)
def test_an_archive_made_to_burst_takes_no_memory(tmp_path, make, said):
    file = tmp_path / "bomb.docx"
    file.write_bytes(make())
    read = f"print(read_articles(open({str(file)!r}, 'rb').read(), '.docx'))"
    peak, told = measure_peak(read)
    assert said in told
    assert peak < 60


def test_a_letter_of_letters_is_refused_before_it_is_read():
    letter = b"From: a\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (level, level)
        for level in range(5_000)
    )
    with pytest.raises(CorpusError, match="has more parts than a letter can have"):
        read_articles(letter, ".eml")


@pytest.mark.parametrize("spoil", [b"", b"\xff"])
def test_no_damage_to_a_summary_ends_the_process(spoil):
    data = make_parquet(["Rebels took Odra."] * 30, row_group_size=10)
    first = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    for at in range(first, len(data) - 8):
        damaged = data[:at] + spoil + data[at + 1 : -8]
        length = len(damaged) - first
        with contextlib.suppress(CorpusError):
            read_rows(damaged + length.to_bytes(4, "little") + b"PAR1", "a.parquet")


def test_pages_that_call_one_another_do_not_multiply():
    assert len(read_article(make_laughing_pdf(), ".pdf").text) < 1_000_000


def test_a_pdf_that_draws_without_end_is_refused():
    content = write_stream(deflate(b"BT /F1 9 Tf (" + b"a" * 1_000_000 + b") Tj ET\n", 5))
    with pytest.raises(CorpusError, match="draws more than an article has"):
        read_article(make_pdf(content), ".pdf")


def test_more_rows_than_a_table_may_have_are_refused_unread():
    import pyarrow

    with pytest.raises(CorpusError, match="has 6,000,000 rows"):
        read_rows(make_parquet(pyarrow.nulls(6_000_000, pyarrow.string())), "a.parquet")


def test_a_true_parquet_is_read_with_its_gaps():
    rows, _ = read_rows(make_parquet(["Rebels took Odra.", None, "Some 300 fled."]), "a.parquet")
    assert list(rows["text"]) == ["Rebels took Odra.", "Some 300 fled."]


def test_columns_within_columns_are_read_by_their_place():
    import pyarrow
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(
        pyarrow.table(
            {"about": [{"a": 1, "b": [1, 2]}], "text": ["Rebels took Odra."], "tags": [["x"]]}
        ),
        file,
    )
    assert list(read_rows(file.getvalue(), "a.parquet")[0]["text"]) == ["Rebels took Odra."]


def test_a_parquet_in_an_encoding_that_is_not_read_says_which_to_use():
    data = make_parquet(
        ["Rebels took Odra."],
        use_dictionary=False,
        column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY"},
    )
    with pytest.raises(CorpusError, match="write it with the plain or the dictionary encoding"):
        read_rows(data, "a.parquet")


def test_a_page_that_names_an_encoding_which_is_none_is_read():
    assert (
        "Rebels took"
        in read_article(
            (
                "<html><head><meta "
                f"charset=undefined></head><body><article>{PARAGRAPH}\u00e9</article></body></html>"
            ).encode("latin-1"),
            ".html",
        ).text
    )


def test_keys_of_a_jsonl_that_are_no_columns_take_no_room_and_break_nothing():
    lines = [
        json.dumps(
            {
                "text": f"Rebels took Odra {number}.",
                "TEXT": "no",
                **{f"k{number}-{key}": "x" for key in range(15)},
                "\ud800": "y",
            }
        )
        for number in range(1_500)
    ]
    rows, _ = read_rows("\n".join(lines).encode(), "a.jsonl")
    assert list(rows["text"])[-1] == "Rebels took Odra 1499."
    assert len(rows.columns) < 50


PARAGRAPH = (
    "<p>Rebels took the town of Kell on Monday, killing 12 soldiers and driving 3,000 people "
    "out, officials said.</p>"
)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<b>" * 100_000,
        "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">",
        "<p>" + "<a href='x'>y</a> " * 15_000,
        "<table><tr><td>x</td></tr></table>" * 15_000,
        "<p>" + "a" * 500_000,
        "<!--" * 50_000,
        "<" * 200_000,
        "<p>" + "&#x41;" * 50_000,
        "<p a='" * 30_000,
    ],
    ids=[
        "deep",
        "bold",
        "attributes",
        "links",
        "tables",
        "long word",
        "comments",
        "angles",
        "letters",
        "open quotes",
    ],
)
def test_a_page_made_to_be_slow_costs_no_more_than_an_ordinary_one_of_its_length(body):
    def read(body: str) -> None:
        page = f"<html><body><article>{PARAGRAPH}{body}{PARAGRAPH}</article></body></html>"
        with contextlib.suppress(CorpusError):  # refused, which is to cost no more
            assert "Rebels took the town" in read_article(page.encode(), ".html").text

    assert compare_work(read, body, repeat(PARAGRAPH, len(body))) < MOST


# Pages and snippets


@given(st.lists(words, min_size=7, max_size=7), sentences)
@example(
    [
        "000-001",
        "<script>alert(1)</script>",
        "' onclick='x",
        '" autofocus="',
        "&lt;",
        "</style><b>",
        "{{ 7*7 }}",
    ],
    "</mark><img src=x onerror=alert(1)> {% raw %} & \" ' ` 31",
)
def test_evidence_pages_show_the_words_and_take_no_markup_from_them(cells, text):
    cells = [clean(cell) or "x" for cell in cells]
    text = text or "x"
    page = render_evidence_pages(make_study(text, cells), {})["evidence/index.html"]
    check_markup(page)
    tree = html.document_fromstring(page.decode())
    shown = "".join(tree.xpath("//article")[0].itertext())
    assert all(word in shown for word in show_value(text).split())


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
@settings(max_examples=28)
@given(st.integers(0, 13), st.integers(0, 255), st.integers(0, 255), st.lists(words, max_size=8))
@example(0, 12, 255, ["$x^", "\\frac", "<b>", "\u202e"])
@example(9, 0, 0, ["", "\0", "a;b;c"])
@example(0, 0, 128, ["{", "{0}", "}"])
def test_a_chart_of_any_words_is_drawn_with_its_links_or_says_why_not(which, figure, day, parts):
    run_drawing(bytes([which, figure, day]) + b"\0" + clean("|".join(parts)).encode())


@given(words, words)
@example("<script>alert(1)</script>31<img src=x>", "<i>x</i>")
def test_quotes_in_notebooks_are_text_and_nothing_else(quote, cell):
    quote, cell = clean(quote) or "x", clean(cell)
    row = pd.Series(
        {
            "quote": quote,
            "number": quote[len(quote) // 2 :][:2],
            "number_start": 5 + len(quote) // 2,
            "start": 5,
        }
    )
    shown = html.fragment_fromstring(show_controls(mark_number(row)), create_parent="div")
    assert {element.tag for element in shown.iter()} <= {"div", "b"}
    table = html.fragment_fromstring(
        show_controls(show_table(pd.DataFrame({"a": [cell]})).data), create_parent="div"
    )
    assert {element.tag for element in table.iter()} <= {
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


@given(words)
@example("<i>x</i> *b* [l](javascript:x) `c` # h")
def test_snippets_in_markdown_are_one_line_of_words(text):
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark").render(escape_markdown(clean(text).replace("\0", "")))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p"}


@given(words)
def test_snippets_in_latex_hold_no_command_of_the_text(text):
    known = {"textbackslash", "textasciitilde", "textasciicircum"}
    assert set(re.findall(r"\\([a-zA-Z]+)", escape_latex(text))) <= known
    assert not re.search(r"(?<!\\)[%$#&_]", escape_latex(text).replace("\\\\", ""))


# Time and memory


@pytest.mark.parametrize(
    "kind",
    [
        "news",
        "one line",
        "digits",
        "spaces",
        "newlines",
        "and",
        "quotes",
        "ones",
        "brackets",
        "long words",
        "no ends",
        "years",
    ],
)
def test_a_long_article_costs_no_more_than_as_much_in_short_ones(kind):
    from tests.bench.linear import KINDS, propose, write_article

    growth = measure_growth(propose, lambda length: write_article(KINDS[kind](length)), 80_000)
    assert growth < MOST


@pytest.mark.parametrize("kind", ["digits beside a keyword", "long words beside a keyword"])
def test_a_long_run_beside_a_keyword_costs_no_more_than_news(kind):
    from tests.bench.linear import KINDS, propose, write_article

    run, news = (write_article(KINDS[name](50_000)) for name in (kind, "news"))
    assert compare_work(propose, run, news) < MOST


# The source


def test_an_audit_that_could_not_ask_is_no_clean_bill():
    from tests.audit import read_answer

    answer = {
        "dependencies": [
            {"name": "a", "version": "1", "vulns": []},
            {"name": "b", "skip_reason": "not found"},
            {"name": "c", "version": "2", "vulns": [{"id": "CVE-1"}]},
        ]
    }
    assert read_answer(json.dumps(answer)) == (["c 2: CVE-1"], ["b"], 3)


def test_the_package_runs_no_text_as_code():
    """Names that would run or unpickle what a file holds stand nowhere in it."""
    forbidden = {"eval", "exec", "compile", "__import__", "system", "popen"}
    modules = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml"}
    found = []
    for file in sorted((REPOSITORY / "helpers").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = (
                {alias.name.split(".")[0] for alias in node.names}
                if isinstance(node, (ast.Import, ast.ImportFrom))
                else set()
            )
            names |= (
                {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) else set()
            )
            bad = bool(names & modules)
            if isinstance(node, ast.Call):
                called = (
                    node.func.id
                    if isinstance(node.func, ast.Name)
                    else node.func.attr
                    if isinstance(node.func, ast.Attribute)
                    else ""
                )
                owner = getattr(getattr(node.func, "value", None), "id", "")
                bad |= (
                    called in forbidden
                    and owner not in ("re", "typst")
                    or called == "read_pickle"
                    or any(pair.arg == "shell" for pair in node.keywords)
                    or any(pair.arg == "allow_pickle" for pair in node.keywords)
                )
            found += [f"{file.name}:{node.lineno}"] if bad else []
    assert not found


# What the fuzzer found


@pytest.mark.parametrize("file", FINDINGS, ids=lambda file: file.name)
def test_what_the_fuzzer_found_stays_mended(file):
    target, data = TARGETS[file.name.split("-")[0]], file.read_bytes()
    ordinary = data[:1] + repeat(TEXT, len(data)).encode()[: len(data) - 1]
    assert compare_work(target, data, ordinary) < MOST, (
        "what was slow took thousands of times as long"
    )
