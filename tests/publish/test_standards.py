"""claims.jsonld and datapackage.json: other programs read them, and nothing is lost on the way."""

import base64
import copy
import dataclasses
import hashlib
import json
import re
import socket

import frictionless
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from helpers.claims.datapackage import (
    describe_column,
    describe_tables,
    main,
    save_datapackage,
)
from helpers.claims.offsets import locate_quotes
from helpers.corpus.documents import load_corpus
from helpers.publish.annotations import (
    load_annotations,
    read_annotations,
    render_annotations,
    type_claims,
)
from helpers.publish.links import anchor_claim, link_anchor
from helpers.schema.columns import CLAIM_COLUMNS, DAYS, NUMBERS, OFFSETS, TABLES
from helpers.schema.csv_files import python_strings
from helpers.schema.errors import ClaimsError, CorpusError
from tests.conftest import SEEDS, make_study
from tests.growth import MOST, TIMES, measure_growth

# An astral letter, a combining accent, right-to-left words, a quote over two lines, one at either
# end.
ODD = (
    "More than 500,000 people fled 🕊 Aleppo.\nThe e\u0301cole of مدينة حلب stood 🌍🌍 empty, "
    "and dozens of\npeople were killed in "
    'الغوطة‏.\nAbout 40 men <b>were</b> "hurt"; 𝒶t Ḥamāh'
)
ODD_CLAIMS = [
    {
        "exact": "More than 500,000 people fled 🕊 Aleppo",
        "number": "More than 500,000",
        "topic": "displacement",
        "measure": "forced_to_flee",
        "low": "500000",
        "best": "500000",
        "quantifier": "more_than",
        "source_original": "UN;SOHR",
    },
    {
        "exact": "e\u0301cole of مدينة حلب stood 🌍🌍 empty, and dozens of\n"
        "people were killed in الغوطة",
        "number": "dozens",
        "topic": "casualties",
        "measure": "killed",
        "quantifier": "vague",
        "source_original": "المرصد ; UN;",
    },
    {
        "exact": 'About 40 men <b>were</b> "hurt"; 𝒶t Ḥamāh',
        "number": "About 40",
        "topic": "casualties",
        "measure": "injured",
        "best": "40",
        "quantifier": "about",
        "note": 'a, "b"; c\nd',
        "checked by %": "ع",
    },
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A corpus of one text that is hard to count in, with claims, their columns in another order
    and one added."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "000_odd.txt").write_text(ODD, "utf-8")
    empty = dict.fromkeys([*reversed(CLAIM_COLUMNS), "checked by %"], "")
    rows = [
        {
            **empty,
            "claim_id": f"000-{number:03d}",
            "doc_id": "000",
            "unit": "person",
            "date_kind": "point",
            "date_start": "2024-12-08",
            "date_end": "2024-12-08",
            "date_prec": "1",
            "date_basis": "inferred",
            "note": "the day of the text",
            "assertion": "reported",
            "scope": "offensive",
            "review": "accepted",
            **row,
        }
        for number, row in enumerate(ODD_CLAIMS, 1)
    ]
    table, questions = locate_quotes(pd.DataFrame(rows), load_corpus(folder))
    assert not questions
    table.to_csv(folder / "claims.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def collection(study) -> dict:
    return json.loads(render_annotations(study))


@pytest.fixture
def offline(monkeypatch):
    def refuse(*_):
        raise AssertionError("a request off the machine")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@python_strings
def read_by_package(folder) -> pd.DataFrame:
    """The claims as frictionless reads them, by the types that the schema gives."""
    resource = frictionless.Package(str(folder / "datapackage.json")).get_resource("claims")
    rows = [row.to_dict() for row in resource.read_rows()]
    return type_claims(pd.DataFrame(rows, columns=resource.schema.field_names, dtype=object))


def list_errors(folder) -> set[tuple]:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert not report.errors, report.errors
    return {
        (table, kind, column)
        for table, kind, column in (
            (task.name, error.type, getattr(error, "field_name", ""))
            for task in report.tasks
            for error in task.errors
        )
    }


# claims.jsonld


@pytest.mark.parametrize("corpus", ["seeds", "tests/samples/veshka", "tests/samples/undated"])
def test_claims_come_back_from_their_annotations_as_they_were(corpus):
    study = make_study(corpus=corpus)
    assert len(study.coded)
    assert_frame_equal(read_annotations(render_annotations(study)), study.coded)


def test_any_script_line_break_column_and_order_come_back(odd):
    study = make_study(corpus=str(odd))
    assert len(study.coded) == len(ODD_CLAIMS)
    assert "checked by %" in study.coded
    assert_frame_equal(read_annotations(render_annotations(study)), study.coded)


def test_a_corpus_without_claims_has_an_empty_collection():
    study = make_study(corpus="tests/samples/quiet")
    table = read_annotations(render_annotations(study))
    assert len(table) == 0
    assert_frame_equal(table, study.coded)


def test_every_annotation_has_what_the_recommendation_requires(collection):
    page = collection["first"]
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert page["type"] == "AnnotationPage"
    assert collection["id"]
    assert page["id"]
    assert page["partOf"] == collection["id"]
    assert (
        collection["total"]
        == len(page["items"])
        == len({item["id"] for item in page["items"]})
        > 200
    )
    for item in page["items"]:
        assert set(item) == {
            "id",
            "type",
            "motivation",
            "body",
            "target",
        }  # a body excludes bodyValue
        assert item["type"] == "Annotation"
        assert item["motivation"] == "classifying"
        assert set(item["target"]) == {"type", "source", "selector"}
        assert isinstance(item["target"]["source"], str)
        position, words = item["target"]["selector"]
        assert set(position) == {"type", "start", "end"}
        assert position["type"] == "TextPositionSelector"
        assert 0 <= position["start"] < position["end"]
        assert set(words) == {"type", "exact", "prefix", "suffix"}
        assert words["type"] == "TextQuoteSelector"


def test_terms_of_ours_leave_those_of_the_vocabulary_alone_and_are_addresses(collection, odd):
    others = json.loads(render_annotations(make_study(corpus=str(odd))))
    terms = {
        term
        for item in collection["first"]["items"] + others["first"]["items"]
        for term in item["body"]
    } - {"type"}
    assert "claims:scope" in terms
    assert "claims:checked%20by%20%25" in terms
    assert all(re.fullmatch(r"claims:([\w.~-]|%[0-9A-F]{2})+", term, re.ASCII) for term in terms)
    assert all(term.partition(":")[0] == "claims" for term in collection["@context"][1])


@pytest.mark.parametrize("corpus", ["seeds", "odd"])
def test_words_and_what_is_round_them_stand_in_the_text_at_the_code_points_given(corpus, odd):
    study = make_study(corpus=str(odd) if corpus == "odd" else corpus)
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    for item in json.loads(render_annotations(study))["first"]["items"]:
        text, (position, words) = texts[item["body"]["claims:doc_id"]], item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == words["exact"]
        assert text[:start].endswith(words["prefix"])
        assert text[end:].startswith(words["suffix"])
        assert (len(words["prefix"]), len(words["suffix"])) == (
            min(32, start),
            min(32, len(text) - end),
        )


def test_a_source_is_named_by_the_checksum_of_its_file(study, collection):
    files = {document["id"]: document["claims:file"] for document in collection["claims:documents"]}
    assert {item["target"]["source"] for item in collection["first"]["items"]} == set(files)
    for name, file in files.items():
        digest = base64.urlsafe_b64decode(name.removeprefix("ni:///sha-256;") + "=")
        assert digest == hashlib.sha256((SEEDS / file).read_bytes()).digest()
    assert set(files.values()) == set(study.documents["file"])


@pytest.mark.parametrize("evidence", ["", "https://example.org/evidence"])
def test_an_annotation_is_found_at_the_address_of_its_claim(evidence):
    study = make_study(evidence=evidence)
    addresses = [item["id"] for item in json.loads(render_annotations(study))["first"]["items"]]
    assert addresses == [
        link_anchor(study, anchor_claim(row.claim_id), row.doc_id)
        for row in study.coded.itertuples()
    ]
    assert all(address.startswith(evidence) for address in addresses)


def test_numbers_are_numbers_days_are_days_lists_are_lists_and_nothing_stands_for_nothing(
    collection, study
):
    bodies = {
        item["body"]["claims:claim_id"]: item["body"] for item in collection["first"]["items"]
    }
    for row in study.coded.itertuples():
        body = bodies[row.claim_id]
        for name in NUMBERS + OFFSETS:
            assert name in ("start", "end") or isinstance(
                body.get(f"claims:{name}", 0), (int, float)
            )
        for name in DAYS:
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}|", body.get(f"claims:{name}", ""))
        assert body.get("claims:source_original", []) == [
            name for name in row.source_original.split(";") if name
        ]
        assert ("claims:low" in body) == pd.notna(row.low)
        assert ("claims:part_of" in body) == bool(row.part_of)
        assert None not in body.values()
        assert "" not in body.values()


def test_neither_folder_nor_hour_is_in_the_bytes(study, corpus, tmp_path):
    elsewhere = make_study(corpus=str(corpus), figures=str(tmp_path / "figures"))
    assert render_annotations(elsewhere) == render_annotations(study)


def test_ten_thousand_claims_cost_no_more_than_as_many_in_small_tables(study):
    def multiply(copies: int):
        coded = pd.concat([study.coded] * copies, ignore_index=True)
        return dataclasses.replace(study, coded=coded)

    def write_and_read(many) -> None:
        assert len(read_annotations(render_annotations(many))) == len(many.coded)

    assert len(multiply(3 * TIMES).coded) > 9_900
    assert measure_growth(write_and_read, multiply, 3 * TIMES) < MOST


def _spoil(change):
    def spoil(collection):
        change(collection["first"]["items"][1])
        return collection

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: b"<html>", "no JSON"),
        (lambda _: b"\xff", "no JSON"),
        (lambda _: b"[1]", "no collection"),
        (lambda c: {**c, "first": "page1"}, "no collection"),
        (
            lambda c: {name: value for name, value in c.items() if name != "claims:columns"},
            "no collection",
        ),
        (lambda c: {**c, "first": {"items": 5}}, "no collection"),
        (lambda c: {**c, "total": 7}, "says 7"),
        (lambda c: {**c, "claims:columns": c["claims:columns"][1:]}, "lacks the columns claim_id;"),
        (
            _spoil(lambda item: item["target"]["selector"].pop(0)),
            r"annotation 2 \(evidence/index.html#000-002\): 'TextPositionSelector' is missing",
        ),
        (_spoil(lambda item: item.update(body="a comment")), "annotation 2"),
        (_spoil(lambda item: item["body"].update({"claims:low": "many"})), "low cannot be 'many'"),
        (
            _spoil(lambda item: item["body"].update({"claims:date_at": 3.5})),
            "date_at cannot be 3.5",
        ),
        (
            _spoil(lambda item: item["body"].update({"claims:place": "aleppo"})),
            "place cannot be 'aleppo'",
        ),
        (
            _spoil(lambda item: item["body"].update({"claims:date_end": "2024-11-31"})),
            "date_end cannot be '2024-11-31'",
        ),
        (
            _spoil(lambda item: item["body"].update({"claims:date_end": ""})),
            "date_end cannot be ''",
        ),
        (
            _spoil(lambda item: item["body"].update({"claims:colour": "red"})),
            "claims:colour is none of the columns",
        ),
    ],
)
def test_what_is_no_collection_of_claims_is_refused_with_the_place(spoil, said, collection):
    with pytest.raises(ClaimsError, match=said):
        read_annotations(spoil(copy.deepcopy(collection)))


def test_a_file_is_read_and_a_missing_one_is_named(study, tmp_path):
    (tmp_path / "claims.jsonld").write_bytes(render_annotations(study))
    assert_frame_equal(load_annotations(tmp_path / "claims.jsonld"), study.coded)
    with pytest.raises(ClaimsError, match="nowhere.jsonld cannot be read"):
        load_annotations(tmp_path / "nowhere.jsonld")


# datapackage.json


def test_the_committed_description_is_that_of_the_tables():
    committed = json.loads((SEEDS / "datapackage.json").read_text("utf-8"))
    assert committed == describe_tables(SEEDS), "run python -m helpers.claims.datapackage"


def test_frictionless_finds_no_fault_in_the_corpus(offline):
    assert list_errors(SEEDS) == set()
    described = [resource["path"] for resource in describe_tables(SEEDS)["resources"]]
    assert sorted(described) == sorted(file.name for file in SEEDS.glob("*.csv"))


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("claims", ",accepted,", ",approved,", ("claims", "constraint-error", "review")),
        ("claims", ",killed,", ",slain,", ("claims", "constraint-error", "measure")),
        ("claims", "\n000-002,", "\n000-001,", ("claims", "primary-key", "")),
        ("claims", "\n000-002,000,", "\n000-002,009,", ("claims", "foreign-key", "")),
        (
            "claims",
            "\n000-002,000,147,",
            "\n000-002,000,-147,",
            ("claims", "constraint-error", "start"),
        ),
        (
            "claims",
            "\n000-002,000,147,",
            "\n000-002,000,,",
            ("claims", "constraint-error", "start"),
        ),
        ("claims", ",2024-12-08,", ",8 December,", ("claims", "type-error", "date_start")),
        ("claims", ",topic,", ",subject,", ("claims", "incorrect-label", "topic")),
        ("documents", ",sha256\n", "\n", ("documents", "missing-label", "sha256")),
        (
            "documents",
            ",2024-12-06,",
            ",6.12.2024,",
            ("documents", "constraint-error", "published"),
        ),
        ("places", "36.2021", "136.2021", ("places", "constraint-error", "lat")),
        (
            "disagreements",
            ",wording,",
            ",taste,",
            ("disagreements", "constraint-error", "explanation"),
        ),
        ("not_claims", "\n000,", "\n009,", ("not_claims", "foreign-key", "")),
    ],
)
def test_frictionless_finds_what_is_spoiled(corpus, table, old, new, error):
    file = corpus / f"{table}.csv"
    text = file.read_text("utf-8")
    assert old in text
    save_datapackage(corpus)
    assert list_errors(corpus) == set()
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert error in list_errors(corpus)


def test_the_package_and_the_annotations_give_the_claims_that_were_loaded(study, offline):
    assert_frame_equal(read_by_package(SEEDS), study.coded.drop(columns="doubt"))
    told = read_annotations(render_annotations(study)).drop(columns="doubt")
    assert_frame_equal(read_by_package(SEEDS), told)


def test_the_package_gives_any_script_and_line_break_back(odd):
    save_datapackage(odd)
    loaded = make_study(corpus=str(odd)).coded.drop(columns="doubt")
    assert_frame_equal(read_by_package(odd), loaded)


def test_a_table_saved_by_a_spreadsheet_is_described_as_it_is(corpus):
    claims = pd.read_csv(corpus / "claims.csv", dtype=str, keep_default_na=False)
    for name in NUMBERS:
        claims[name] = claims[name].str.replace(".", ",", regex=False)
    claims.to_csv(
        corpus / "claims.csv", index=False, sep=";", encoding="utf-8-sig", lineterminator="\r\n"
    )
    save_datapackage(corpus)
    assert list_errors(corpus) == set()
    assert (read_by_package(corpus)["best"] == 66.67).any()


def test_remarks_above_a_header_are_described_as_such(corpus):
    (corpus / "defects.csv").write_text(
        "# by hand, twice\n" + (corpus / "defects.csv").read_text("utf-8"), "utf-8"
    )
    save_datapackage(corpus)
    tables = {resource["name"]: resource for resource in describe_tables(corpus)["resources"]}
    assert [name for name, table in tables.items() if "commentChar" in table["dialect"]] == [
        "defects",
    ]
    assert [field["name"] for field in tables["defects"]["schema"]["fields"]][:2] == [
        "doc_id",
        "start",
    ]
    assert list_errors(corpus) == set()


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_is_described(table):
    assert all(describe_column(column)["description"] for column in table.columns)


def test_another_row_leaves_the_description_as_it_was(corpus):
    before = describe_tables(corpus)
    with (corpus / "defects.csv").open("a", encoding="utf-8") as file:
        file.write("000,0,6,Rebels,other,\n")
    assert describe_tables(corpus) == before


def test_proposals_are_described_with_their_rule(corpus):
    (corpus / "claims.csv").rename(corpus / "proposals.csv")
    text = (corpus / "proposals.csv").read_text("utf-8").replace(",note\n", ",note,rule\n", 1)
    (corpus / "proposals.csv").write_text(text.splitlines()[0] + "\n", "utf-8")
    resources = {resource["name"]: resource for resource in describe_tables(corpus)["resources"]}
    assert "claims" not in resources
    assert resources["proposals"]["schema"]["fields"][-1]["name"] == "rule"


def test_the_licence_of_this_projects_tables_is_not_given_to_others(corpus):
    assert describe_tables(SEEDS)["licenses"][0]["name"] == "MIT"
    assert "licenses" not in describe_tables(corpus)


def test_a_description_that_cannot_be_written_is_named_and_leaves_nothing_behind(corpus, capsys):
    (corpus / "datapackage.json").unlink()
    (corpus / "datapackage.json").mkdir()
    with pytest.raises(CorpusError, match="datapackage.json cannot be written"):
        save_datapackage(corpus)
    assert not list(corpus.glob(".*.part"))
    assert main([str(corpus)]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_folder_without_tables_has_nothing_to_describe(tmp_path):
    (tmp_path / "letter.txt").write_text("Nobody was hurt.", "utf-8")
    with pytest.raises(CorpusError, match="no table to describe"):
        describe_tables(tmp_path)


def test_the_command_line_writes_beside_the_tables(corpus, capsys):
    (corpus / "datapackage.json").unlink()
    assert main([str(corpus)]) == 0
    assert str(corpus / "datapackage.json") in capsys.readouterr().out
    assert json.loads((corpus / "datapackage.json").read_text("utf-8")) == describe_tables(corpus)
