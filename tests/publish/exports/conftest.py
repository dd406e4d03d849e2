"""What the tests of exports share: all of them, written once, and claims.csv as it lies there."""

import csv
from dataclasses import replace

import pandas as pd
import pytest

from helpers.publish.exports.kinds import Exported, save_exports
from tests.conftest import SEEDS

FORMULA = '=HYPERLINK("http://x.example","12 killed")'
MARKUP = "<b>Kell & Co</b> {50 %} \\end{document} #1_2 ]]>\x07"


@pytest.fixture(scope="session")
def exported(study, tmp_path_factory) -> Exported:
    return save_exports(study, tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="session")
def folder(exported):
    return exported.files[0].parent


def load_rows() -> list[dict[str, str]]:
    """The rows of seeds/claims.csv as text, read by nothing of ours."""
    with (SEEDS / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def load_texts() -> list[dict[str, str]]:
    with (SEEDS / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_cell(cell) -> str:
    """A cell that another program read as claims.csv writes it: numbers as short as they are, days
    in ISO, nothing as nothing."""
    if cell is None or cell != cell or cell is pd.NaT:
        return ""
    if isinstance(cell, str):
        return cell
    if hasattr(cell, "strftime"):
        return f"{cell:%Y-%m-%d}"
    return f"{float(cell):.15g}"


def find_changes(found: list[dict], columns: list[str] | None = None) -> list[tuple]:
    """Where rows that another program read are not those of claims.csv: claim, column, was, is."""
    rows = load_rows()
    assert [row["claim_id"] for row in rows] == [row["claim_id"] for row in found]
    return [
        (row["claim_id"], name, row[name], write_cell(other[name]))
        for row, other in zip(rows, found)
        for name in columns or row
        if write_cell(other[name]) != row[name]
    ]


@pytest.fixture
def spoiled(study):
    """The study with formulas and markup wherever words of a corpus stand."""
    coded = study.coded.assign(note=FORMULA, source_original="@SUM(1)", base="+1-2")
    documents = study.documents.assign(title=MARKUP, publisher=FORMULA, author=f"{FORMULA};B {{C")
    settings = {**study.settings, "title": MARKUP}
    return replace(study, coded=coded, documents=documents, settings=settings)


@pytest.fixture(scope="session")
def crowded(study):
    """The study with more than 10,000 claims."""
    times = 47
    parts = [study.coded]
    for number in range(1, times):
        names = [
            f"{row.doc_id}-{number:03d}{row.claim_id[-3:]}" for row in study.coded.itertuples()
        ]
        parts.append(study.coded.assign(claim_id=names, part_of="", same_as=""))
    return replace(study, coded=pd.concat(parts, ignore_index=True))
