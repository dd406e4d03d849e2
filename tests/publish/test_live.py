"""A figure live in a notebook: what the page is given, and that a notebook keeps nothing of it."""

import json
from dataclasses import replace

import nbformat
import pytest
from nbclient import NotebookClient

from helpers.charts import FIGURES, draw_figure
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import split_values
from helpers.publish.formats.pictures import render_chart
from helpers.publish.notebook import display
from helpers.publish.notebook.live import compose_view
from helpers.publish.record import make_record
from helpers.run.notebooks import list_notebooks

VIEW = "application/vnd.jupyter.widget-view+json"
CELLS = [
    "from tests.conftest import make_study; study = make_study(figures=FOLDER)",
    "from helpers.charts import FIGURES, draw_figure",
    "from helpers.publish.figures import save_figure",
    "save_figure(draw_figure(next(name for name in FIGURES if 'casualties' in name), study))",
]


@pytest.fixture(scope="module", params=[name for name in FIGURES if "casualties" in name][:1])
def shown(request, study):
    chart = draw_figure(request.param, study)
    record = make_record(chart)
    return record, compose_view(record, render_chart(record, "svg"))


def test_the_page_is_given_every_mark_with_the_sentences_behind_it(shown):
    record, view = shown
    assert list(view["marks"]) == [row["mark_id"] for row in record.chart.rows]
    for row in record.chart.rows:
        quotes = {view["sentences"][n]["quote"] for n in view["marks"][row["mark_id"]]}
        claims = map(record.chart.study.by_claim.get, split_values(row["claims"]))
        assert quotes == {claim.exact for claim in claims}


def test_a_sentence_can_be_chosen_by_source_place_and_who_stands_behind_it(shown, study):
    record, view = shown
    places = study.places["name"]
    for citation in record.citations:
        claim, said = study.by_claim[citation.claim_id], view["sentences"][citation.n]
        assert said["source"] == (split_values(claim.source_original) or ["no source named"])
        assert said["place"] == ([places[key] for key in split_values(claim.place)])
        assert len(said["assertion"]) == 1
    parties = {
        citation.n
        for citation in record.citations
        if study.by_claim[citation.claim_id].assertion == "claimed"
    }
    said = "said by a party to the war"
    assert parties
    assert {n for n, one in view["sentences"].items() if one["assertion"] == [said]} == parties


def test_what_the_page_is_given_is_json_and_names_the_output_it_belongs_to(shown):
    record, view = shown
    assert json.loads(json.dumps(view))["svg"].startswith("<?xml")
    assert f'data-figure="{view["token"]}"' in display.render_quotes(record)


def test_another_selection_or_figure_belongs_to_another_output(shown, study):
    record, _ = shown
    chart = replace(record.chart, study=replace(study, checksum="another corpus"))
    names = {
        display.name_view(record),
        display.name_view(replace(record, stem="another")),
        display.name_view(replace(record, chart=chart)),
        display.name_view(replace(record, links=dict(list(record.links.items())[1:]))),
    }
    assert len(names) == 4


@pytest.fixture
def kernel(monkeypatch):
    """A kernel that a Jupyter server started; the metadata that its cell came with can be set."""

    class Kernel:
        metadata = {"cellId": "a1"}

        def get_parent(self, channel):
            return {"metadata": self.metadata}

    class Shell:
        kernel = Kernel()

    monkeypatch.setattr("IPython.core.getipython.get_ipython", Shell)
    monkeypatch.setattr(display, "find_server", lambda: {"root_dir": "/", "base_url": "/"})
    return Shell.kernel


def test_a_cell_that_a_page_sent_is_watched(kernel):
    assert display.is_watched()


def test_a_cell_that_no_page_sent_is_not_watched(kernel, monkeypatch):
    monkeypatch.setattr(kernel, "metadata", {})
    assert not display.is_watched()


def test_a_kernel_that_no_server_started_is_not_watched(kernel, monkeypatch):
    monkeypatch.setattr(display, "find_server", lambda: None)
    assert not display.is_watched()


def list_kinds(book) -> set[str]:
    return {
        kind
        for cell in book["cells"]
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
    }


def test_a_run_without_a_page_keeps_the_picture_and_the_table_and_no_widget(tmp_path):
    sources = [CELLS[0].replace("FOLDER", repr(str(tmp_path / "figures"))), *CELLS[1:]]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in sources])
    NotebookClient(book, resources={"metadata": {"path": str(REPOSITORY)}}).execute()
    assert {"image/png", "text/html"} <= list_kinds(book)
    assert VIEW not in list_kinds(book)
    assert "widgets" not in book["metadata"]


@pytest.mark.parametrize("notebook", list_notebooks(), ids=lambda file: file.stem)
def test_no_notebook_keeps_a_widget_or_its_state(notebook):
    book = json.loads(notebook.read_text("utf-8"))
    assert "widgets" not in book["metadata"]
    assert not {kind for kind in list_kinds(book) if "widget" in kind}
