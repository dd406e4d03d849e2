"""Tables of every earlier layout still load, say once what they lack, and are drawn; the next merge
completes them."""

import shutil
from pathlib import Path

import pytest

from helpers.charts import FIGURES, draw_figure
from helpers.claims.archive import is_archive
from helpers.claims.gate import describe_age
from helpers.claims.merge import merge_proposals
from helpers.claims.proposals import load_coded, load_proposals, save_claims, save_proposals
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.extract.propose import propose_claims
from helpers.schema.columns import ADDED_COLUMNS, CLAIM_COLUMNS
from helpers.schema.csv_files import read_column_names
from tests.conftest import SEEDS, make_study

LAYOUTS = REPOSITORY / "tests" / "layouts"
FOLDERS = sorted(folder for folder in LAYOUTS.glob("*/*") if folder.is_dir())
EVERY_LAYOUT = pytest.mark.parametrize(
    "layout", FOLDERS, ids=[f"{folder.parent.name}-{folder.name}" for folder in FOLDERS]
)
EVERY_TABLE = pytest.mark.parametrize(
    "layout",
    [folder for folder in FOLDERS if not is_archive(folder)],
    ids=[f"{folder.parent.name}-{folder.name}" for folder in FOLDERS if not is_archive(folder)],
)
SETTINGS = """
title = "An earlier layout"
country = "SYR"
[offensive]
start = 2024-11-27
end = 2024-12-08
[route]
places = ["aleppo", "hama", "homs", "damascus"]
target = "damascus"
"""
# What rules propose of these texts: no parts, no two readings, captures without known days.
PROPOSED_LACK = {"parts_of_a_total", "advance_pace", "disagreements"}


def open_layout(layout: Path, folder: Path) -> Path:
    """A copy of an earlier layout with the texts beside it, and settings where its places bear our
    keys."""
    corpus = Path(shutil.copytree(layout, folder / layout.name))
    if is_archive(corpus):
        return corpus
    for text in SEEDS.glob("*.txt"):
        shutil.copy(text, corpus)
    if (corpus / "claims.csv").exists():
        (corpus / "corpus.toml").write_text(SETTINGS, "utf-8")
    return corpus


def list_younger(layout: Path) -> list[str]:
    """The columns of claims that a layout has not, from its own tables."""
    if is_archive(layout):
        from pyarrow import parquet

        columns = parquet.read_schema(layout / "claims" / "part-000000.parquet").names
    else:
        [table] = [
            layout / name for name in ("claims.csv", "proposals.csv") if (layout / name).exists()
        ]
        columns = read_column_names(table)
    return [name for name in CLAIM_COLUMNS if name not in columns]


def test_there_are_layouts_of_every_kind():
    assert {folder.name for folder in FOLDERS} == {"archive", "coded", "proposed"}


@EVERY_LAYOUT
def test_a_layout_is_older_than_today(layout):
    younger = list_younger(layout)
    assert younger
    assert set(younger) <= set(ADDED_COLUMNS)
    assert layout.parent.name == f"columns_{len(CLAIM_COLUMNS) - len(younger)}"


@EVERY_LAYOUT
def test_an_earlier_layout_opens_and_says_once_what_is_younger(layout, tmp_path):
    study = make_study(corpus=str(open_layout(layout, tmp_path)))
    assert len(study.coded) > 50
    said = f"older than the columns {' and '.join(list_younger(layout))}, read as empty;"
    assert study.remark.count("is older than") == 1
    assert said in study.remark
    assert repr(study).count("is older than") == 1


@pytest.mark.parametrize(
    ("younger", "said"),
    [
        (1, "the column {}, read as empty; the next merge adds it."),
        (2, "the columns {} and {}, read as empty; the next merge adds them."),
    ],
)
def test_one_younger_column_is_it_and_two_are_them(younger, said):
    columns = [name for name in CLAIM_COLUMNS if name not in ADDED_COLUMNS[:younger]]
    words = said.format(*ADDED_COLUMNS[:younger])
    assert describe_age("claims.csv", columns, "the next merge adds") == (
        f"claims.csv is older than {words}"
    )


@EVERY_LAYOUT
def test_every_figure_of_an_earlier_layout_draws(layout, tmp_path):
    study = make_study(corpus=str(open_layout(layout, tmp_path)))
    absent = {name: draw_figure(name, study).absence for name in FIGURES}
    absent = {name: why for name, why in absent.items() if why}
    assert set(absent) == (set() if layout.name == "coded" else PROPOSED_LACK), absent


@EVERY_TABLE
def test_the_next_merge_adds_the_younger_columns(layout, tmp_path):
    corpus = open_layout(layout, tmp_path)
    documents, places = load_corpus(corpus), load_places(corpus)
    coded = load_coded(corpus, documents, places)
    merged, _ = merge_proposals(coded, load_proposals(corpus))
    save_claims(merged, corpus, documents)
    assert set(CLAIM_COLUMNS) <= set(read_column_names(corpus / "claims.csv"))
    assert "is older than" not in make_study(corpus=str(corpus)).remark


def test_claims_have_all_columns_in_the_order_of_the_codebook():
    assert read_column_names(SEEDS / "claims.csv") == CLAIM_COLUMNS


def test_proposals_have_all_columns_in_the_order_of_the_codebook(corpus):
    documents = load_corpus(corpus)
    save_proposals(propose_claims(documents.head(1), load_places(corpus), "SYR"), corpus)
    assert read_column_names(corpus / "proposals.csv") == [*CLAIM_COLUMNS, "rule", "agreement"]
