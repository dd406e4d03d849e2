"""sources.bib and sources.ris, opened with bibtexparser and rispy, against documents.csv."""

from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors

from helpers.publish.exports.references import name_key, render_bibtex, render_ris
from tests.publish.exports.conftest import FORMULA, MARKUP, load_texts

SHOWN = MARKUP.replace("\x07", "␇")


def open_bibtex(data: bytes) -> dict[str, dict[str, str]]:
    """Key → fields, as LaTeX would print them, addresses as they are."""
    layers = [LatexDecodingMiddleware(), SeparateCoAuthors()]
    printed, plain = (
        bibtexparser.parse_string(data.decode(), append_middleware=more) for more in (layers, [])
    )
    assert not printed.failed_blocks
    entries = {it.key: {field.key: field.value for field in it.fields} for it in printed.entries}
    for it in plain.entries:
        if "url" in it.fields_dict:
            entries[it.key]["url"] = it["url"]
    return entries


def open_ris(data: bytes) -> dict[str, dict]:
    return {it["id"]: it for it in rispy.loads(data.decode())}


@pytest.fixture
def told(study):
    """The study with texts of which everything is known."""
    documents = study.documents.assign(
        author="Ann Ode;Reuters & Co",
        publisher="Kell Wire",
        url="https://x.example/a_b?c=1&d=%20{e}",
        accessed="2024-12-10",
    )
    return replace(study, documents=documents)


def test_every_text_is_an_entry_with_its_title_and_its_day_if_that_is_certain(folder):
    entries = open_bibtex((folder / "sources.bib").read_bytes())
    assert list(entries) == [f"text-{row['doc_id']}" for row in load_texts()]
    for row, entry in zip(load_texts(), entries.values()):
        first, _, last = row["published"].partition("/")
        assert entry["title"].strip("{}") == row["title"]
        assert entry.get("date", "") == ("" if last else first)
        assert entry["year"] == first[:4]
        assert row["file"] in entry["note"]
        assert row["sha256"] in entry["note"]
        assert f"Written between {first} and {last}" in entry["note"] or not last
        assert not {"author", "organization", "url", "urldate"} & set(entry)


def test_every_text_is_a_record_of_news(folder):
    records = open_ris((folder / "sources.ris").read_bytes())
    for row in load_texts():
        record = records[f"text-{row['doc_id']}"]
        assert record["type_of_reference"] == "NEWS"
        assert record["title"] == row["title"]
        assert record.get("date", "") == (
            "" if "/" in row["published"] else row["published"].replace("-", "/")
        )


def test_what_documents_csv_says_of_a_text_is_in_both(told):
    entry = open_bibtex(render_bibtex(told).files["sources.bib"])["text-001"]
    record = open_ris(render_ris(told).files["sources.ris"])["text-001"]
    assert [author.strip("{}") for author in entry["author"]] == ["Ann Ode", "Reuters & Co"]
    assert record["authors"] == ["Ann Ode", "Reuters & Co"]
    assert entry["organization"] == record["publisher"] == "Kell Wire"
    assert entry["urldate"] == "2024-12-10"
    assert entry["language"] == record["language"] == "English"
    assert record["access_date"] == "2024/12/10"
    assert record["urls"] == ["https://x.example/a_b?c=1&d=%20{e}"]
    assert entry["url"] == "https://x.example/a_b?c=1&d=%20%7Be%7D"
    assert render_bibtex(told).remarks == []


def test_markup_in_a_title_ends_neither_an_entry_nor_a_record(spoiled):
    entries = open_bibtex(render_bibtex(spoiled).files["sources.bib"])
    records = open_ris(render_ris(spoiled).files["sources.ris"])
    assert len(entries) == len(records) == len(spoiled.documents)
    for entry in entries.values():
        assert entry["title"].removeprefix("{").removesuffix("}") == SHOWN
        assert entry["organization"] == FORMULA
    assert {record["title"] for record in records.values()} == {SHOWN}


def test_two_texts_never_have_one_key():
    names = ["a b", "a+20+b", "a+b", "ä", "004", "4"]
    assert len({name_key(name) for name in names}) == len(names)


def test_a_day_of_access_that_is_no_day_stands_in_the_note(told):
    documents = told.documents.assign(accessed="last week")
    made = open_bibtex(render_bibtex(replace(told, documents=documents)).files["sources.bib"])
    assert "urldate" not in made["text-001"]
    assert "Accessed last week" in made["text-001"]["note"]
