"""The tables beside the figures: every claim is in one, and a page to sort asks nobody."""

import io
import re
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from docx import Document
from lxml import html

from helpers.analysis.disagreements import list_disagreements
from helpers.publish.gallery import save_gallery
from helpers.publish.report.build import save_tables
from helpers.publish.tables import (
    TABLES,
    list_all_disagreements,
    list_all_events,
    list_all_figures,
    render_tables,
)
from tests.conftest import make_study

CHACO = "tests/samples/chaco"


@pytest.fixture(scope="module")
def files(study) -> dict[str, bytes]:
    return render_tables(study)[1]


@pytest.fixture(scope="module")
def page(files):
    return html.fromstring(files["all_figures.html"])


def test_every_claim_is_in_one_table(study):
    figures, events = list_all_figures(study), list_all_events(study)
    told = [*figures["claim"], *events["claim"]]
    counted = study.all_claims[
        (study.all_claims["topic"] == "pace") | (study.all_claims["number"] != "")
    ]
    assert sorted(told) == sorted(counted["claim_id"])


def test_a_figure_stands_in_the_texts_words_beside_its_values(study):
    row = list_all_figures(study).set_index("claim").loc["003-011"]
    assert (row["figure"], row["high"], row["source"]) == ("nearly 400,000", 400000, "UN")
    assert row["address"].endswith("#003-011")


def test_what_a_party_says_is_called_so(study):
    rows = list_all_figures(study).set_index("claim")
    assert rows.loc["001-023", "source"] == "HTS (party)"


def test_events_stand_by_their_first_day(study):
    days = list_all_events(study)["first_day"]
    known = days[days != ""].tolist()
    assert known == sorted(known)
    assert days.tolist() == [*known, *[""] * (len(days) - len(known))]  # undated ones last


def test_every_answer_to_every_question_is_in_the_table(study):
    assert len(list_all_disagreements(study)) == len(list_disagreements(study))


def test_what_a_rule_found_says_so_in_the_table():
    found = list_all_disagreements(make_study(corpus=CHACO))["found"]
    assert set(found) == {"found by rule"}


def test_a_table_is_a_page_and_a_csv(files, study):
    assert set(files) == {f"{name}.{ending}" for name in TABLES for ending in ("html", "csv")}
    read = pd.read_csv(io.BytesIO(files["all_figures.csv"]))
    assert read["claim"].tolist() == list_all_figures(study)["claim"].tolist()


def test_a_table_without_a_row_is_not_written():
    assert render_tables(make_study(corpus="tests/samples/quiet")) == ([], {})


def test_a_page_asks_no_server_for_anything(files):
    for name in TABLES:
        text = files[f"{name}.html"].decode()
        page = html.fromstring(text)
        assert "default-src 'none'" in text
        assert not page.xpath("//@src | //link/@href | //form/@action")
        assert not re.search(r"https?://", "".join(page.xpath("//script/text()")))


def test_a_quote_leads_to_its_sentence(page, study):
    links = page.xpath("//tbody/tr/td[last()]/a/@href")
    assert links == list_all_figures(study)["address"].tolist()


def test_numbers_are_sorted_by_value_and_days_by_day(page, study):
    rows = list_all_figures(study)
    at = [head.text_content() for head in page.xpath("//thead//th")].index("Figure") + 1
    keys = [cell.get("data-key") for cell in page.xpath(f"//tbody/tr/td[{at}]")]
    best = rows["best"].fillna(rows["high"]).fillna(rows["low"])
    assert [float(key) if key else None for key in keys] == [
        None if pd.isna(value) else value for value in best
    ]
    assert "" in keys  # of a figure in words


def test_what_a_text_holds_is_shown_and_does_nothing(study):
    spoilt = study.coded.assign(actor='"><script>alert(1)</script>')
    hostile = replace(study, coded=spoilt, claims=spoilt.dropna(subset=["date_start"]))
    text = render_tables(hostile)[1]["all_events.html"].decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_invented_texts_are_called_so_on_the_page():
    files = render_tables(make_study(corpus=CHACO))[1]
    assert "<strong>Invented texts</strong>" in files["all_figures.html"].decode()


def test_gallery_and_readme_link_the_tables(study, tmp_path):
    here = replace(study, figures=tmp_path)
    save_gallery(here)
    readme = (tmp_path / "README.md").read_text("utf-8")
    gallery = html.fromstring((tmp_path / "index.html").read_bytes())
    for name in TABLES:
        assert (tmp_path / f"{name}.html").exists()
        assert f"]({name}.html)" in readme
        assert f"{name}.html" in gallery.xpath("//a/@href")


def test_the_word_files_hold_every_row_and_no_clock(study, tmp_path):
    files = save_tables(replace(study, figures=tmp_path))
    assert [file.name for file in files] == [f"{name}.docx" for name in TABLES]
    document = Document(files[0])
    assert len(document.tables[0].rows) == 1 + len(list_all_figures(study))
    assert document.sections[0].page_width > document.sections[0].page_height
    assert {part.date_time[0] for part in zipfile.ZipFile(files[0]).infolist()} == {1980}
    assert document.core_properties.modified.year == 1980


def test_a_question_is_called_disputed_only_where_sources_contradict_each_other(study):
    rows = list_all_disagreements(study).drop_duplicates("question")
    told = dict(zip(rows["question"], rows["disputed"], strict=True))
    assert told["Had Homs fallen?"] == "disputed"
    assert told["How many people has the offensive displaced?"] == "only different"
    assert list(told.values()).count("disputed") == 4
