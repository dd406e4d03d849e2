"""The widget as far as it needs no browser: what it hears, and what stands where there is none."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.claims.decisions.journal import load_decisions
from helpers.review.widget import HERE, ReviewWidget, draw_table
from helpers.run.notebooks import WIDGET, save_outputs
from tests.claims.storm import copy_proposed
from tests.review.test_session import AIRPORT, FIRST, open_review


@pytest.fixture
def folder(tmp_path):
    return copy_proposed(tmp_path / "veshka")


@pytest.fixture
def widget(folder):
    return ReviewWidget(open_review(folder))


def test_a_key_pressed_on_the_claim_shown_decides_it(widget, folder):
    widget.hear(None, {"do": "accept", "claim": widget.view["claim"], "turn": 1}, [])
    assert [decision.claim_id for decision in load_decisions(folder)] == [AIRPORT]
    assert widget.view["claim"] == FIRST


def test_a_key_pressed_before_the_claim_was_seen_decides_nothing(widget, folder):
    shown = widget.view["claim"]
    widget.hear(None, {"do": "next", "claim": shown, "turn": 1}, [])
    widget.hear(None, {"do": "accept", "claim": shown, "turn": 1}, [])
    assert load_decisions(folder) == []


def test_each_answer_is_another_view(widget):
    turn = widget.view["turn"]
    widget.hear(None, {"do": "drop", "claim": widget.view["claim"], "turn": turn}, [])
    assert widget.view["turn"] == turn + 1


def test_what_goes_wrong_while_showing_is_said_and_the_next_claim_can_be_reached(
    widget, folder, monkeypatch
):
    def fail(*_):
        raise KeyError("number")

    with monkeypatch.context() as patched:
        patched.setattr("helpers.review.view.list_chips", fail)
        widget.hear(None, {"do": "accept", "claim": AIRPORT, "turn": 1}, [])
    assert widget.view["told"]["words"].startswith(
        "Something went wrong while showing this. What you decided is on disk. "
        "Run › Restart Kernel and Run All Cells."
    )
    assert [decision.claim_id for decision in load_decisions(folder)] == [AIRPORT]
    assert (widget.view["claim"], widget.view["finished"]) == ("", "")
    widget.hear(None, {"do": "next", "claim": "", "turn": 2}, [])
    assert widget.view["claim"]


def test_what_is_shown_is_plain_values(widget):
    assert json.loads(json.dumps(widget.view)) == widget.view


def test_where_there_is_no_widget_a_plain_table_stands(widget):
    data, _ = widget._repr_mimebundle_()
    assert data["text/html"].count("<tr>") == 15
    assert "14 claims left to decide" in data["text/plain"]
    assert WIDGET in data


def test_every_text_of_the_plain_table_is_escaped(folder):
    text = (folder / "01_first_day.txt").read_text("utf-8")
    spoiled = text.replace("At least 22", "<script>run()</script> At least 22")
    (folder / "01_first_day.txt").write_text(spoiled, "utf-8")
    from helpers.claims.decisions.anchoring import settle_texts

    settle_texts(folder)
    html = draw_table(open_review(folder))
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert '<td dir="auto"' in html


def test_the_number_of_a_widget_is_not_kept_in_a_notebook(tmp_path):
    data = {WIDGET: {"model_id": "abc"}, "text/html": "<p>x</p>"}
    cell = new_code_cell("run.widget", outputs=[new_output("display_data", data)])
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "run.ipynb")
    save_outputs(tmp_path / "run.ipynb", tmp_path / "kept.ipynb")
    kept = nbformat.read(tmp_path / "kept.ipynb", as_version=4)
    assert list(kept.cells[0].outputs[0].data) == ["text/html"]


def test_the_module_of_the_browser_is_small_and_sets_no_markup():
    module = (HERE / "review.js").read_text("utf-8")
    assert len(module) < 20_000
    assert not [word for word in ("innerHTML", "insertAdjacentHTML", "eval(") if word in module]
    assert "import " not in module
