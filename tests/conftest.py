"""What the tests share: the default study, its charts drawn once, and a corpus that can be spoiled."""

import os
import shutil
import tempfile
from pathlib import Path

# Kernels inherit this: no test and no notebook under test writes into figures/.
os.environ.setdefault("ELEVEN_DAYS_FIGURES", tempfile.mkdtemp(prefix="eleven-days-figures-"))

import pandas as pd
import pytest

from helpers.charts import FIGURES, draw_figure
from helpers.folders import REPOSITORY
from helpers.study import open_study

SEEDS = REPOSITORY / "seeds"


def make_study(**parameters):
    """A study as a notebook with these parameters would open it."""
    return open_study(
        {"__annotations__": {name: type(value) for name, value in parameters.items()}, **parameters}
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
