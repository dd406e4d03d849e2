"""What was not read, and what nobody has checked: said once, in the same words, on the terminal, in
the gallery and in a report."""

import re

import pytest
from lxml import html

from helpers.analysis.review import count_review, say_where_to_review
from helpers.charts import draw_figure
from helpers.corpus.documents import list_missing, list_unread
from helpers.publish.description import describe_chart
from helpers.publish.evidence.pages import render_evidence_pages
from helpers.publish.gallery import compose_readme, hang_figure, render_gallery
from helpers.publish.record import make_record
from helpers.publish.report.backmatter import write_methods
from helpers.publish.report.draft import load_draft
from helpers.run import notebooks
from helpers.schema.csv_files import load_table, save_table
from tests.claims.storm import copy_proposed, open_table
from tests.claims.test_deciding import FIRST, SECOND, THIRD, accept
from tests.conftest import make_study

FRENCH = (
    "Les rebelles ont pris la ville hier. Plus de 40 personnes ont \u00e9t\u00e9 tu\u00e9es selon "
    "le minist\u00e8re de la d\u00e9fense, et des milliers de civils ont fui vers le sud du pays."
)


@pytest.fixture
def folder(tmp_path):
    """A corpus with claims, and one text in French, one that is empty, one that is damaged."""
    folder = copy_proposed(tmp_path / "veshka")
    (folder / "documents.csv").unlink(missing_ok=True)
    (folder / "fr.txt").write_text(FRENCH, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    return folder


def test_what_was_not_read_is_named_as_notebook_00_names_it(folder):
    documents = make_study(corpus=str(folder)).documents
    unread = list_unread(documents)
    assert [line.split(" ")[0] for line in unread] == ["the", "broken.pdf:", "empty.txt:"]
    assert "is not English but French" in unread[0]
    assert set(unread) < set(list_missing(documents))


def test_a_corpus_that_was_read_whole_names_nothing(study):
    assert list_unread(study.documents) == []
    assert notebooks.say_unread("seeds") == []


def test_the_run_says_it_once_whatever_the_number_of_notebooks(folder, monkeypatch):
    monkeypatch.setattr(
        notebooks, "run_notebook", lambda _, output, *rest: output.write_text("") and ""
    )
    said = []
    notebooks.run_notebooks({"corpus": str(folder)}, say=lambda line, **_: said.append(line))
    unread = list_unread(make_study(corpus=str(folder)).documents)
    assert said[-4:] == ["Not read:", *(f"- {line}" for line in unread)]
    assert all(sum(line in words for words in said) == 1 for line in unread)


def test_one_fault_that_stops_all_notebooks_is_one_error(monkeypatch):
    monkeypatch.setattr(notebooks, "run_notebook", lambda *_: "CorpusError: no text")
    said = []
    errors = notebooks.run_notebooks(say=lambda line, **_: said.append(line))
    assert len(errors) == 1
    assert re.fullmatch(r"02_\w+, 03_\w+, 04_\w+, 05_\w+, 06_\w+: CorpusError: no text", errors[0])
    assert not any("CorpusError" in line for line in said)


def test_settings_are_written_before_the_figures_are_drawn(folder, monkeypatch):
    there = []
    monkeypatch.setattr(
        notebooks,
        "run_notebook",
        lambda _, output, *rest: (
            there.append((folder / "corpus.toml").exists()) or output.write_text("") and ""
        ),
    )
    said = []
    notebooks.run_notebooks(
        {"corpus": str(folder)}, say=lambda line, **_: said.append(line), settings=True
    )
    assert there == [True] * 5
    assert sum("corpus.toml was written" in line for line in said) == 1


def test_gallery_and_report_name_what_was_not_read_once(folder):
    study = make_study(corpus=str(folder))
    unread = list_unread(study.documents)
    page = html.document_fromstring(render_gallery(study, {}, {}).decode()).text_content()
    readme = compose_readme(study, {}, {}).decode()
    methods = write_methods(load_draft(study, {}))
    for line in unread:
        assert page.count(line) == 1
        assert readme.count(line.partition(" (")[0].replace("_", "\\_")) == 1
    assert methods.count("Not read.") == 1
    assert r"empty\.txt" in methods


def test_a_report_on_texts_that_were_read_has_no_empty_heading(study):
    assert "Not read" not in write_methods(load_draft(study, {}))


# --- where to review -----------------------------------------------------------------------------


def test_gallery_and_evidence_say_where_to_review(folder):
    study = make_study(corpus=str(folder))
    said = say_where_to_review(study)
    assert said == (
        "14 of 14 claims not checked by a person: review them in notebooks/01_review_claims "
        "(make lab)."
    )
    pages = [render_gallery(study, {}, {}), render_evidence_pages(study, {})["evidence/index.html"]]
    for page in pages:
        assert html.document_fromstring(page.decode()).text_content().count(said) == 1
    assert "01\\_review\\_claims" in compose_readme(study, {}, {}).decode()


def test_proposals_that_were_not_merged_are_merged_first(folder):
    (folder / "claims.csv").unlink()
    said = say_where_to_review(make_study(corpus=str(folder)))
    assert (
        "run \u201cpython -m helpers.run -p corpus veshka -p merge yes\u201d, then review" in said
    )


def test_what_people_have_checked_needs_no_place_to_review(study):
    assert say_where_to_review(study) == ""
    assert "01_review_claims" not in render_gallery(study, {}, {}).decode()


# --- who decided ---------------------------------------------------------------------------------


def test_gallery_and_data_of_a_figure_say_who_decided(folder):
    accept(open_table(folder), FIRST)
    accept(open_table(folder, reviewer="SM"), SECOND, what="corrected", note="x")
    accept(open_table(folder, reviewer="SM"), THIRD, what="rejected")
    study = make_study(corpus=str(folder))
    chart = draw_figure("corpus", study)
    description = describe_chart(make_record(chart))
    kept = {"accepted": 1, "corrected": 1, "rejected": 1, "proposed": 10, "reviewers": ("RK", "SM")}
    assert description["review"] == kept
    said = "1 accepted and 1 corrected by 2 reviewers, 1 rejected"
    assert said in hang_figure(study, "corpus", description, [])["sources"]
    page = render_gallery(study, {"corpus": description}, {"corpus": []})
    assert said in html.document_fromstring(page.decode()).text_content()


def test_what_was_decided_in_a_spreadsheet_is_counted_and_names_nobody(folder):
    table = load_table(folder / "claims.csv", ["claim_id", "review"])
    verdicts = {FIRST: "accepted", SECOND: "rejected"}
    review = table["claim_id"].map(verdicts).fillna(table["review"])
    save_table(table.assign(review=review), folder / "claims.csv")
    study = make_study(corpus=str(folder))
    assert count_review(study, study.coded)[:4] == (1, 0, 1, 12)
    assert count_review(study, study.coded).reviewers == ()
