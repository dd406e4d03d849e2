"""Addresses: made of ids alone, the same on every page that names them, and found from wherever a
notebook lies."""

import json
import os
from dataclasses import replace

import pandas as pd
import pytest

from helpers.corpus.folders import REPOSITORY
from helpers.publish.links import (
    anchor_document,
    anchor_mark,
    escape_name,
    find_way,
    is_split,
    link_anchor,
    link_mark,
    name_page,
)
from helpers.publish.notebook.display import render_quotes
from helpers.publish.record import make_record
from tests.conftest import make_study

LONG = pd.DataFrame({"doc_id": ["000", "a/b"], "text": ["x" * 300_000, "y" * 200_000]})


def test_the_texts_of_a_light_corpus_stand_on_one_page(study):
    assert not is_split(study)
    assert link_anchor(study, "004-031", "004") == "evidence/index.html#004-031"


def test_a_long_corpus_has_a_page_a_text_and_the_lists_have_one_of_their_own(study):
    long = replace(study, documents=LONG)
    assert is_split(long)
    assert link_anchor(long, "000-001", "000") == "evidence/text-000.html#000-001"
    assert (
        link_anchor(long, "advance_map.aleppo")
        == "evidence/marks.html#advance_map.aleppo"
        == link_anchor(study, "advance_map.aleppo")
    )


def test_a_name_that_no_file_can_bear_is_written_so_that_one_can():
    assert name_page(replace(make_study(), documents=LONG), "a/b") == "text-a%2Fb.html"
    assert escape_name("..") == "%2E."
    assert escape_name("a:é") == "a%3A%C3%A9"
    assert (
        link_anchor(replace(make_study(), documents=LONG), "x", "a/b")
        == "evidence/text-a%252Fb.html#x"
    )


def test_two_names_that_differ_by_case_have_pages_on_every_system(study):
    names = ["Kell", "kell", "a", "KELL"]
    twins = pd.DataFrame({"doc_id": names, "text": ["x" * 200_000] * 4})
    pages = [name_page(replace(study, documents=twins), name) for name in names]
    assert pages == ["text-Kell.html", "text-kell~2.html", "text-a.html", "text-KELL~3.html"]


def test_an_anchor_holds_no_blank_and_two_names_never_become_one():
    assert (anchor_document("my text"), anchor_mark("advance_map", "tell  rifaat")) == (
        "document-my%20text",
        "advance_map.tell%20%20rifaat",
    )
    assert len({anchor_document(name) for name in ("a b", "a-b", "a%20b", "a\tb")}) == 4


def test_an_address_escapes_what_an_address_cannot_hold(study):
    row = {"kind": "group", "mark_id": 'a"b<c>#é', "claims": "x;y", "documents": "000"}
    assert (
        link_mark(study, "advance_map", row)
        == "evidence/marks.html#advance_map.a%22b%3Cc%3E%23%C3%A9"
    )


@pytest.mark.parametrize("base", ["https://example.org/e", "https://example.org/e/"])
def test_a_published_base_goes_before_every_address(base):
    study = make_study(evidence=base)
    assert (
        find_way(study) + link_anchor(study, "004-031", "004")
        == "https://example.org/e/index.html#004-031"
    )


def test_a_notebook_links_from_where_it_runs(study, monkeypatch):
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    monkeypatch.chdir(REPOSITORY / "notebooks")
    assert find_way(study) == "../figures/"
    monkeypatch.chdir(REPOSITORY)
    assert find_way(study) == "figures/"


def test_a_notebook_links_to_a_folder_of_figures_elsewhere(study, tmp_path, monkeypatch):
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    monkeypatch.chdir(tmp_path)
    assert find_way(replace(study, figures=tmp_path / "my figures")) == "my%20figures/"


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A Jupyter server, as far as its kernels can tell: its root is tmp_path."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("JPY_PARENT_PID", "4711")
    (tmp_path / "runtime").mkdir()
    (tmp_path / "runtime" / "jpserver-4711.json").write_text(
        json.dumps({"root_dir": str(tmp_path), "base_url": "/me/", "pid": 4711})
    )


def test_under_jupyterlab_a_link_is_the_servers_own(study, tmp_path, server):
    assert find_way(replace(study, figures=tmp_path / "my figures")) == "/me/files/my%20figures/"


def test_a_folder_that_the_server_does_not_show_is_linked_from_the_notebook(
    study, tmp_path, server, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert find_way(replace(study, figures=tmp_path.parent / "other")) == "../other/"


def test_the_table_under_a_figure_links_every_claim_to_its_sentence(charts, monkeypatch):
    from lxml import html

    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    monkeypatch.chdir(REPOSITORY / "notebooks")
    links = html.fromstring(render_quotes(make_record(charts["displacement_over_time"]))).xpath(
        "//td/a"
    )
    assert [link.get("href") for link in links] == [
        f"../figures/evidence/index.html#{link.text}" for link in links
    ]
    assert {link.text for link in links} == set(charts["displacement_over_time"].claim_ids)


def test_no_runtime_file_means_no_server(study, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("JPY_PARENT_PID", str(os.getpid()))
    monkeypatch.chdir(REPOSITORY)
    assert find_way(study) == "figures/"
