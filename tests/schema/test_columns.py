"""tables.toml: every table is stated once, and all that is said of a table elsewhere follows."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.claims import datapackage
from helpers.claims.gate import find_faults
from helpers.corpus.folders import REPOSITORY
from helpers.schema import columns
from helpers.schema.columns import FILE, TABLES, load_tables
from helpers.schema.csv_files import load_table, make_empty
from helpers.schema.parameters import COLUMNS, list_choices
from tests.conftest import SEEDS

ADDED = """
[claims.columns.weapon]
meaning = "What they were killed with"
allowed = ["bomb", "shell"]
added = true

"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a copy of this package says, to whose tables.toml alone a column was added."""
    home = tmp_path_factory.mktemp("copy")
    shutil.copytree(REPOSITORY / "helpers", home / "helpers")
    corpus = shutil.copytree(SEEDS, home / "corpus")
    file = home / "helpers" / "schema" / "tables.toml"
    before, after = file.read_text("utf-8").split("[claims.columns.note]")
    file.write_text(before + ADDED.lstrip() + "[claims.columns.note]" + after, "utf-8")
    lines = (corpus / "claims.csv").read_text("utf-8-sig").splitlines()
    (corpus / "claims.csv").write_text(
        "\n".join([f"{lines[0]},weapon", f"{lines[1]},knife", *(f"{line}," for line in lines[2:])]),
        "utf-8",
    )
    script = """
import json, sys
from pathlib import Path
from helpers.claims.datapackage import describe_tables, write_dictionary
from helpers.claims.gate import find_faults, load_claim_table
from helpers.corpus.documents import load_corpus
from helpers.corpus.places import load_places
from helpers.schema.csv_files import make_empty
folder = Path(sys.argv[1])
print(json.dumps({
    "faults": find_faults(
        load_claim_table(folder / "claims.csv"), load_corpus(folder), load_places(folder)
    ),
    "old": list(load_claim_table(Path(sys.argv[2])).columns),
    "empty": [list(make_empty(name).columns) for name in ("claims", "second_coding", "proposals")],
    "package": describe_tables(folder),
    "dictionary": write_dictionary(),
}))
"""
    said = subprocess.run(
        [sys.executable, "-c", script, corpus, SEEDS / "claims.csv"],
        capture_output=True,
        text=True,
        check=True,
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(home), "PYTHONIOENCODING": "utf-8"},
    )
    return json.loads(said.stdout)


def test_a_column_added_in_one_place_is_checked_by_the_gate(told):
    assert told["faults"] == [
        'claims.csv row 2 (000-001): weapon reads "knife"; write one of bomb, shell'
    ]


def test_a_column_added_in_one_place_is_empty_in_a_table_that_is_older(told):
    assert "weapon" in told["old"]


def test_a_column_added_in_one_place_is_in_the_empty_tables(told):
    assert all("weapon" in names for names in told["empty"])


def test_a_column_added_in_one_place_is_in_the_data_package(told):
    claims = next(table for table in told["package"]["resources"] if table["name"] == "claims")
    assert claims["schema"]["fields"][-1] == {
        "name": "weapon",
        "type": "string",
        "description": "What they were killed with",
        "constraints": {"enum": ["bomb", "shell"]},
    }


def test_a_column_added_in_one_place_is_in_the_dictionary(told):
    row = "| `weapon` | bomb · shell; younger, may be missing | What they were killed with |"
    assert row in told["dictionary"]


def test_the_dictionary_of_the_codebook_is_that_of_the_tables():
    text = (SEEDS / "README.md").read_text("utf-8")
    assert datapackage.MARKS[0] in text
    assert datapackage.fill_dictionary(text) == text, "run python -m helpers.claims.datapackage"


def test_a_readme_without_a_place_for_it_stays_as_it_is():
    assert datapackage.fill_dictionary("# Mine\n") == "# Mine\n"


def test_saving_the_package_writes_the_dictionary_between_its_marks(tmp_path):
    shutil.copy(SEEDS / "claims.csv", tmp_path)
    begins, ends = datapackage.MARKS
    (tmp_path / "README.md").write_text(f"Before\n{begins}\nold\n{ends}\nafter\n", "utf-8")
    datapackage.save_datapackage(tmp_path)
    expected = f"Before\n{datapackage.write_dictionary()}\nafter\n"
    assert (tmp_path / "README.md").read_text("utf-8") == expected


@pytest.mark.parametrize(
    ("table", "name"), [(name, table.file) for name, table in TABLES.items() if table.file]
)
def test_the_tables_of_the_corpus_have_the_columns_stated(table, name):
    if (SEEDS / name).exists():
        load_table(SEEDS / name, TABLES[table].needed)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_all_columns_and_no_row(name):
    table = make_empty(name)
    assert list(table.columns) == TABLES[name].names
    assert table.empty


def test_a_required_column_of_words_may_not_be_empty(monkeypatch, study):
    monkeypatch.setattr("helpers.claims.checks.NEEDED", ["note"])
    table = load_table(SEEDS / "claims.csv", []).head(1).assign(note="")
    assert "note is empty; fill it in" in find_faults(table, study.documents, study.places)[0]


@pytest.mark.parametrize("parameter", ["scope", "topics", "affected"])
def test_what_a_parameter_can_take_is_what_its_column_can_hold(parameter):
    allowed = TABLES["claims"][COLUMNS[parameter]].allowed
    assert list_choices(parameter) == list(allowed)


def test_measures_as_a_parameter_are_those_of_displacement():
    topics = {columns.MEASURES[measure] for measure in list_choices("measures")}
    assert topics == {"displacement"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "doc_id"', 'key = "document"', "key 'document' is no column"),
        ('type = "interval"', 'type = "month"', "type 'month' is none"),
        ("required = true", "requird = true", "says requird, which nobody reads"),
        ('key = "doc_id"', 'kee = "doc_id"', "says kee, which nobody reads"),
        ('meaning = "Address of the text"', 'meaning = ""', "the meaning is empty"),
    ],
    ids=["key", "type", "word of a column", "word of a table", "meaning"],
)
def test_what_a_definition_cannot_mean_is_refused(old, new, said, tmp_path):
    text = FILE.read_text("utf-8")
    assert old in text
    (tmp_path / "tables.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=said):
        load_tables(Path(tmp_path / "tables.toml"))
