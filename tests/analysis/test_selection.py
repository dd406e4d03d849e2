"""Opening a study: a folder is looked up once, and the options of a session stay as they were."""

import pandas as pd
import pytest

import helpers.analysis.selection
import helpers.corpus.folders
from helpers.charts.casualties import draw_casualties_over_time
from helpers.publish.display import show_table
from helpers.publish.figures import save_figure
from tests.conftest import SEEDS, make_study

OPTIONS = ["display.max_colwidth", "display.max_rows", "mode.string_storage"]


def list_options() -> dict:
    return {name: pd.get_option(name) for name in OPTIONS}


@pytest.mark.parametrize("corpus", ["seeds", "tests/samples/veshka"])
def test_a_folder_is_looked_up_once(monkeypatch, corpus):
    found = helpers.corpus.folders.find_folder
    asked = []

    def count(folder):
        asked.append(folder)
        return found(folder)

    for module in (helpers.corpus.folders, helpers.analysis.selection):
        monkeypatch.setattr(module, "find_folder", count)
    make_study(corpus=corpus)
    assert asked == [corpus]


def test_opening_a_study_leaves_the_options_of_the_session_alone():
    before = list_options()
    make_study(corpus=str(SEEDS))
    assert list_options() == before


def test_showing_a_table_leaves_the_options_of_the_session_alone():
    before = list_options()
    show_table(pd.DataFrame({"exact": ["a"]}))
    assert list_options() == before


def test_saving_a_figure_leaves_the_options_of_the_session_alone(tmp_path):
    study = make_study(figures=str(tmp_path))
    before = list_options()
    save_figure(draw_casualties_over_time(study))
    assert list_options() == before


def test_a_quote_is_shown_whole():
    quote = "Rebels took the town " + "and the next town " * 40
    with pd.option_context("display.max_colwidth", 50):
        assert quote.strip() in show_table(pd.DataFrame({"exact": [quote.strip()]})).data


def test_a_study_holds_strings_of_python():
    study = make_study()
    for table in (study.documents, study.coded, study.claims):
        assert table["doc_id"].dtype.storage == "python"
