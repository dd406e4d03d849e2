"""The door to the exports: all files or none, whatever the corpus lacks."""

import importlib.util
import json
import zipfile
from dataclasses import replace

import pytest

from helpers.publish.exports.kinds import KINDS, main, save_exports
from helpers.schema.errors import CorpusError, ParameterError
from tests.conftest import SEEDS, make_study

FILES = {
    "figures.xlsx",
    "places.geojson",
    "sources.bib",
    "sources.ris",
    "report.pptx",
    "ucdp_ged.csv",
    "idmc_idu.csv",
    "casualty_records.csv",
    "standards.csv",
    "label_studio.json",
    "label_studio.xml",
    "langextract.jsonl",
}


def test_all_kinds_are_written_and_nothing_else(exported, folder):
    assert {file.name for file in exported.files} == FILES
    assert {file.name for file in folder.iterdir()} == FILES


@pytest.fixture(scope="module")
def invented(study, tmp_path_factory):
    """The exports of the same texts, were they invented."""
    made_up = replace(study, settings={**study.settings, "invented": True})
    folder = tmp_path_factory.mktemp("invented")
    return {file.name: file for file in save_exports(made_up, folder).files}


def read_words(file) -> str:
    """Everything that stands in a file, the parts of a packed one included."""
    if not zipfile.is_zipfile(file):
        return file.read_text("utf-8-sig")
    with zipfile.ZipFile(file) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize("name", sorted(FILES - {"label_studio.xml"}))
def test_what_is_invented_says_so_in_every_file_that_leaves(name, invented, folder):
    assert "invented" in read_words(invented[name]).lower()
    assert "invented" not in read_words(folder / name).lower()


def test_made_again_every_file_has_the_same_bytes(study, folder, tmp_path):
    for file in save_exports(study, tmp_path / "again").files:
        assert file.read_bytes() == (folder / file.name).read_bytes(), file.name


def test_a_kind_that_there_is_not_is_refused_with_the_nearest(study, tmp_path):
    with pytest.raises(ParameterError, match='kind cannot be "xls"; did you mean xlsx'):
        save_exports(study, tmp_path, ["xls"])
    assert not list(tmp_path.iterdir())


def test_the_folder_of_the_texts_is_refused(study):
    with pytest.raises(ParameterError, match="is the folder of the texts"):
        save_exports(study, study.folder, ["ris"])


def test_a_folder_that_cannot_be_written_leaves_the_old_files(study, tmp_path, monkeypatch):
    (tmp_path / "sources.bib").write_text("old")
    (tmp_path / "sources.ris").write_text("old")
    done = []

    def fail(source, target):
        if done:
            raise OSError(28, "No space left on device")
        done.append(target)
        replace(source, target)

    from os import replace

    monkeypatch.setattr("helpers.schema.files.os.replace", fail)
    with pytest.raises(CorpusError, match="No space left on device.; the exports there are as"):
        save_exports(study, tmp_path, ["bibtex", "ris"])
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "sources.bib": "old",
        "sources.ris": "old",
    }


def test_a_file_in_the_place_of_the_folder_is_named(study, tmp_path):
    (tmp_path / "taken").write_text("old")
    with pytest.raises(CorpusError, match="taken cannot be written"):
        save_exports(study, tmp_path / "taken", ["ris"])
    assert (tmp_path / "taken").read_text() == "old"


def test_without_the_extra_the_other_kinds_are_written(study, tmp_path, monkeypatch):
    found = importlib.util.find_spec
    gone = ("xlsxwriter", "pptx")
    monkeypatch.setattr(
        "helpers.schema.extras.find_spec", lambda name: None if name in gone else found(name)
    )
    done = save_exports(study, tmp_path, ["xlsx", "pptx", "ris"])
    assert [file.name for file in done.files] == ["sources.ris"]
    for remark, name in zip(
        done.remarks, ("figures.xlsx needs xlsxwriter", "report.pptx needs pptx")
    ):
        assert remark.startswith(name)
        assert remark.endswith('python -m pip install -e ".[export]"')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nine people were killed in the fighting, they said.", "1 claim of 1 without a point"),
        (
            "The weather was fine that day, and nobody came.",
            "no claim of this corpus belongs there",
        ),
    ],
)
def test_a_corpus_without_places_sources_or_claims_is_exported(tmp_path, text, said):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(text)
    study = make_study(corpus=str(tmp_path / "texts"))
    done = save_exports(study, tmp_path / "out")
    assert {file.name for file in done.files} == FILES
    assert said in " ".join(done.remarks)
    assert "1 text of 1 without publisher and address" in " ".join(done.remarks)


def test_ten_thousand_claims_are_exported_one_by_one(crowded, tmp_path):
    save_exports(crowded, tmp_path, ["geojson", "label_studio", "langextract", "standards"])
    layer = json.loads((tmp_path / "places.geojson").read_text("utf-8"))
    assert len(layer["features"]) == len(crowded.coded) > 10_000
    tasks = json.loads((tmp_path / "label_studio.json").read_text("utf-8"))
    regions = {item["id"] for task in tasks for item in task["annotations"][0]["result"]}
    assert regions == set(crowded.coded["claim_id"])


def test_the_command_writes_what_was_asked_for_and_says_what_is_missing(tmp_path, capsys):
    asked = [str(SEEDS), "--to", str(tmp_path), "--kind", "ris", "--kind", "bibtex"]
    assert main(asked) == 0
    out, told = capsys.readouterr()
    assert out.split() == [str(tmp_path / "sources.ris"), str(tmp_path / "sources.bib")]
    assert told.count("5 texts of 5 without publisher and address") == 1


def test_the_command_says_in_a_line_what_is_wrong(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere"), "--to", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_every_kind_stands_in_the_table_of_the_documents():
    table = (SEEDS.parent / "notebooks" / "README.md").read_text("utf-8")
    assert all(f"`{kind}`" in table for kind in KINDS)
    assert all(f"`{name}`" in table for name in FILES)
