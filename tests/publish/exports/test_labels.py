"""Label Studio and langextract: nothing lost on the way out and back, nothing in ungated."""

import copy
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from helpers.publish.exports.kinds import main
from helpers.publish.exports.labels import (
    load_labels,
    read_labels,
    render_label_studio,
    render_langextract,
)
from helpers.schema.columns import CLAIM_COLUMNS
from helpers.schema.errors import ClaimsError
from tests.conftest import SEEDS
from tests.publish.exports.conftest import find_changes, load_rows

FILES = ("label_studio.json", "langextract.jsonl")
EMOJI = "🕊 "


@pytest.fixture
def tasks(folder) -> list[dict]:
    return json.loads((folder / "label_studio.json").read_text("utf-8"))


def read_tasks(tasks: list[dict], study):
    return read_labels(json.dumps(tasks), study, "export.json")


def find_items(tasks: list[dict], claim_id: str) -> list[dict]:
    [result] = [
        task["annotations"][0]["result"]
        for task in tasks
        if task["data"]["doc_id"] == claim_id.split("-")[0]
    ]
    return [item for item in result if item["id"] == claim_id]


@pytest.mark.parametrize("name", FILES)
def test_out_and_back_every_field_is_what_it_was(folder, study, name):
    read = load_labels(folder / name, study)
    assert read.refused == read.remarks == []
    assert find_changes(read.claims.to_dict("records")) == []


def test_a_column_of_a_persons_own_and_a_quote_over_lines_come_back(study):
    mine = replace(study, coded=study.coded.assign(mine="a;b\nc"))
    for made in (render_label_studio(mine).files, render_langextract(mine).files):
        data = next(made[name] for name in FILES if name in made)
        assert set(read_labels(data.decode(), mine, "x").claims["mine"]) == {"a;b\nc"}


def test_a_region_is_a_label_with_its_words_and_the_columns_as_choices_and_text(tasks):
    items = {item["from_name"]: item for item in find_items(tasks, "004-057")}
    row = next(row for row in load_rows() if row["claim_id"] == "004-057")
    text = next(task["data"]["text"] for task in tasks if task["data"]["doc_id"] == "004")
    value = items["measure"]["value"]
    assert value["labels"] == [row["measure"]]
    assert text[value["start"] : value["end"]] == value["text"] == row["exact"]
    assert items["quantifier"]["value"]["choices"] == [row["quantifier"]]
    assert items["number"]["value"]["text"] == [row["number"]]


def test_the_interface_has_a_control_for_every_column_that_a_region_uses(folder, tasks):
    tree = ET.parse(folder / "label_studio.xml")
    named = {it.get("name"): it.tag for it in tree.iter() if it.get("toName")}
    used = {(it["from_name"], it["type"]) for t in tasks for it in t["annotations"][0]["result"]}
    kinds = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea"}
    assert {(name, kinds[kind]) for name, kind in used} <= set(named.items())
    assert tree.find("Text").get("value") == "$text"


def test_a_line_of_langextract_is_a_document_with_its_extractions(folder, study):
    lines = (folder / "langextract.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["document_id"] for line in lines] == list(study.documents["doc_id"])
    for document in map(json.loads, lines):
        for it in document["extractions"]:
            at = it["char_interval"]
            assert document["text"][at["start_pos"] : at["end_pos"]] == it["extraction_text"]
            assert all(isinstance(cell, str) for cell in it["attributes"].values())


def test_a_span_whose_words_are_not_those_of_the_text_is_refused_and_the_others_come_in(
    tasks, study
):
    value = find_items(tasks, "004-057")[0]["value"]
    value["start"], value["end"] = value["start"] + 3, value["end"] + 3
    read = read_tasks(tasks, study)
    [said] = read.refused
    assert said.startswith("text 004, region 004-057: the text at ")
    assert f"not “{value['text']}”; mark the words anew" in said
    assert len(read.claims) == len(load_rows()) - 1
    assert "004-057" not in set(read.claims["claim_id"])
    assert read.remarks[-1] == "1 claim of the corpus not among those read: 004-057"


def test_a_link_to_a_claim_that_was_refused_is_taken_off_and_named(tasks, study):
    find_items(tasks, "004-078")[0]["value"]["text"] = "another text"
    read = read_tasks(tasks, study)
    parts = [row["claim_id"] for row in load_rows() if row["part_of"] == "004-078"]
    assert parts
    assert set(parts) <= set(read.claims["claim_id"])
    for claim_id in parts:
        assert any(f"claim {claim_id}: part_of named 004-078" in said for said in read.remarks)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("quantifier", "roughly", 'quantifier reads "roughly"; write one of'),
        ("best", "99", "claim 004-057: "),
        ("date_start", "6 Dec", 'date_start reads "6 Dec", which is no day'),
        ("place", "atlantis", "atlantis"),
    ],
)
def test_a_coding_that_the_gate_does_not_pass_is_refused(tasks, study, column, cell, said):
    for item in find_items(tasks, "004-057"):
        if item["from_name"] == column:
            item["value"][item["type"] if item["type"] == "choices" else "text"] = [cell]
    read = read_tasks(tasks, study)
    assert any(said in refused for refused in read.refused)
    assert {refused.partition(": ")[0] for refused in read.refused} == {"text 004, claim 004-057"}
    assert len(read.claims) == len(load_rows()) - 1


def test_a_region_that_somebody_added_gets_the_next_number_of_its_text(tasks, study):
    added = copy.deepcopy(find_items(tasks, "004-057"))
    for item in added:
        item["id"] = "Dx_aB91ISN"
    added = [item for item in added if item["from_name"] != "number_start"]
    next(t for t in tasks if t["data"]["doc_id"] == "004")["annotations"][0]["result"] += added
    read = read_tasks(tasks, study)
    assert read.refused == []
    row, old = (
        read.claims.set_index("claim_id").loc[name].to_dict() for name in ("004-130", "004-057")
    )
    assert row == old  # number_start was found again


def test_a_label_without_a_coding_is_refused_in_words(tasks, study):
    value = {"start": 0, "end": 6, "text": tasks[0]["data"]["text"][:6], "labels": ["killed"]}
    tasks[0]["annotations"][0]["result"].append(
        {"id": "new", "from_name": "measure", "to_name": "text", "type": "labels", "value": value}
    )
    read = read_tasks(tasks, study)
    assert read.refused
    assert all(said.startswith("text 000, claim 000-019: ") for said in read.refused)
    assert len(read.claims) == len(load_rows())


def test_offsets_in_utf_16_are_read_where_the_words_say_so(study):
    text = study.documents["text"][0]
    documents = study.documents.assign(
        text=[EMOJI + text, *study.documents["text"][1:]],
        doc_id=study.documents["doc_id"],
    )
    moved = study.coded.assign(
        **{
            name: study.coded[name] + (study.coded["doc_id"] == "000") * len(EMOJI)
            for name in ("start", "end", "number_start", "date_at")
        }
    )
    odd = replace(study, documents=documents, coded=moved)
    tasks = json.loads(render_label_studio(odd).files["label_studio.json"])
    for item in tasks[0]["annotations"][0]["result"]:
        item["value"] |= {side: item["value"][side] + 1 for side in ("start", "end")}
    read = read_tasks(tasks, odd)
    assert read.refused == []
    assert read.claims["start"].astype(int).tolist() == moved["start"].tolist()


def test_a_text_that_is_none_of_the_corpus_is_refused_whole(tasks, study):
    tasks[1]["data"] |= {"doc_id": "elsewhere", "text": "Another text."}
    read = read_tasks(tasks, study)
    assert read.refused == ["task 2: its text is none of this corpus; nothing of it was read"]
    assert set(read.claims["doc_id"]) == {"000", "002", "003", "004"}


def test_a_task_is_known_by_its_text_where_it_has_no_id(tasks, study):
    for task in tasks:
        task["data"] = {"text": task["data"]["text"]}
    assert find_changes(read_tasks(tasks, study).claims.to_dict("records")) == []


def test_a_cancelled_annotation_is_passed_over(tasks, study):
    for task in tasks:
        task["annotations"].append({"was_cancelled": True, "result": []})
    assert len(read_tasks(tasks, study).claims) == len(load_rows())


@pytest.mark.parametrize("data", ["{", "[1]", '{"a": 1}', "id,text\n1,x", '[{"data": 1}]'])
def test_another_file_is_refused_in_words(study, data):
    with pytest.raises(ClaimsError, match="x.json is neither a list of tasks of Label Studio"):
        read_labels(data, study, "x.json")


@pytest.mark.parametrize("data", ["", "[]", '[{"data": {}}]'])
def test_a_file_without_a_claim_of_the_corpus_is_a_table_without_rows(study, data):
    read = read_labels(data, study, "x.json")
    assert len(read.claims) == 0
    assert list(read.claims) == CLAIM_COLUMNS


@pytest.mark.parametrize("result", [[{}], [{"id": 1, "value": 3, "type": "labels"}], 7, None])
def test_a_damaged_task_is_refused_and_the_others_come_in(tasks, study, result):
    tasks[0]["annotations"][0]["result"] = result
    read = read_tasks(tasks, study)
    assert read.refused[0].startswith("task 1: not as this format has it")
    assert set(read.claims["doc_id"]) == {"001", "002", "003", "004"}


@pytest.mark.parametrize("at", [None, "4", -3, 10**9, 2.5, True])
def test_a_span_that_is_none_is_refused(tasks, study, at):
    find_items(tasks, "004-057")[0]["value"]["start"] = at
    read = read_tasks(tasks, study)
    assert len(read.refused) == 1
    assert len(read.claims) == len(load_rows()) - 1


def test_ten_thousand_claims_come_back(crowded):
    data = render_langextract(crowded).files["langextract.jsonl"].decode()
    read = read_labels(data, crowded, "x.jsonl")
    assert read.refused == []
    assert set(read.claims["claim_id"]) == set(crowded.coded["claim_id"])


def test_the_command_writes_what_stands_and_names_what_does_not(tasks, tmp_path, capsys):
    find_items(tasks, "004-057")[0]["value"]["text"] = "another text"
    (tmp_path / "back.json").write_text(json.dumps(tasks))
    out = tmp_path / "out"
    assert main([str(SEEDS), "--to", str(out), "--read", str(tmp_path / "back.json")]) == 0
    printed, told = capsys.readouterr()
    assert printed.strip() == str(out / "claims.csv")
    assert told.startswith(
        f"{len(load_rows()) - 1} claims read, 1 refused\ntext 004, region 004-057"
    )
    kept = (out / "claims.csv").read_text("utf-8-sig")
    assert kept.count("\n0") == len(load_rows()) - 1
    assert main([str(SEEDS), "--to", str(SEEDS), "--read", str(tmp_path / "back.json")]) == 1
