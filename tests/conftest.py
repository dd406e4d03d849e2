"""What the tests share: the default study, its charts drawn once, and a corpus that can be spoiled."""

import os
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

# Kernels inherit this: no test and no notebook under test writes into figures/.
os.environ.setdefault("ELEVEN_DAYS_FIGURES", tempfile.mkdtemp(prefix="eleven-days-figures-"))

import pandas as pd
import pytest

from helpers.charts import FIGURES, draw_figure
from helpers.folders import REPOSITORY
from helpers.study import open_study

SEEDS = REPOSITORY / "seeds"
PATIENCE = 600  # seconds until a browser or a process that never answers is given up; nothing is expected by then


def wait_until(true):
    """What `true` gives as soon as it gives something."""
    for _ in range(20 * PATIENCE):
        if value := true():
            return value
        time.sleep(0.05)
    raise AssertionError("waited for in vain")


def make_study(**parameters):
    """A study as a notebook with these parameters would open it."""
    return open_study(
        {"__annotations__": {name: type(value) for name, value in parameters.items()}, **parameters}
    )


def multiply_study(study, times: int, folder: Path):
    """The study with its texts so many times over, all claims in every tenth copy and half of them in the others;
    its figures and tables lie in `folder`."""
    documents, coded = [], []
    for number in range(times):
        rename = {doc_id: f"{number:03d}{doc_id}" for doc_id in study.documents["doc_id"]}
        kept = study.coded[study.coded.index % 2 == 0] if number % 10 else study.coded
        names = kept["doc_id"].map(rename)
        claims = names + kept["claim_id"].str[3:]
        documents.append(study.documents.assign(doc_id=study.documents["doc_id"].map(rename)))
        coded.append(kept.assign(doc_id=names, claim_id=claims, part_of="", same_as=""))
    return replace(
        study,
        figures=folder,
        folder=folder,
        documents=pd.concat(documents, ignore_index=True),
        coded=pd.concat(coded, ignore_index=True),
    )


@pytest.fixture(scope="session")
def study():
    return make_study()


@pytest.fixture(scope="session")
def claims(study) -> pd.DataFrame:
    return study.all_claims


@pytest.fixture(scope="session")
def charts(study) -> dict:
    """Every chart of the default corpus, by name."""
    return {name: draw_figure(name, study) for name in FIGURES}


@pytest.fixture
def corpus(tmp_path) -> Path:
    """A copy of seeds/ that a test may spoil."""
    return Path(shutil.copytree(SEEDS, tmp_path / "corpus"))
