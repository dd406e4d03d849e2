"""What is new: each kind of change is told with its sentence, and nothing where nothing changed."""

import hashlib
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from helpers.analysis.changes.marks import compare_figures
from helpers.charts import draw_figure
from helpers.publish.figures import save_figure
from helpers.publish.gallery import save_gallery
from helpers.publish.history.news import list_changes
from helpers.publish.history.states import (
    compose_content,
    list_states,
    load_content,
    open_state,
    save_state,
)
from helpers.run.notebooks import run_notebooks
from helpers.schema.columns import TABLES
from helpers.schema.errors import CorpusError, ParameterError
from tests.charts.made_up import Wish, write_corpus
from tests.conftest import make_study

FIRST = (
    "Shelling in Orvane\n\n3 March 2031. Shelling killed 44 people in Orvane on 2 March 2031, the "
    "Red Cross said. Since 1 March 2031 the Observatory has counted 120 dead in Karst."
)
LATER = "5 March 2031. On 2 March 2031, 89 people were killed in Orvane, the Red Cross said."
KILLED = {"source_original": "Red Cross", "date_exact": "2 March 2031"}
DEAD = ("001-001", "Shelling killed 44 people in Orvane on 2 March 2031", "44", KILLED)
COUNTED = {
    "source_original": "Observatory",
    "date_start": "2031-03-01",
    "date_end": "2031-03-03",
    "date_kind": "period",
    "date_prec": "2",
    "date_exact": "Since 1 March 2031",
    "place": "karst",
}
TOTAL = ("001-002", "the Observatory has counted 120 dead in Karst", "120", COUNTED)
MORE = ("002-001", "89 people were killed in Orvane", "89", KILLED)
PLAIN = {
    "topic": "casualties",
    "measure": "killed",
    "unit": "person",
    "quantifier": "exact",
    "affected": "unknown",
    "place": "orvane",
    "place_prec": "1",
    "date_kind": "point",
    "date_start": "2031-03-02",
    "date_end": "2031-03-02",
    "date_prec": "1",
    "date_basis": "explicit",
    "assertion": "reported",
    "scope": "offensive",
    "review": "accepted",
}


class Corpus:
    """A made-up corpus on disk: texts (doc_id → text, day) and claims, changed by a test and
    written anew."""

    def __init__(self, folder: Path):
        self.folder, self.figures = folder / "corpus", folder / "figures"
        self.texts = {"001": (FIRST, "2031-03-03")}
        self.claims = [DEAD, TOTAL]
        self.titles = {"001": "Shelling"}
        self.copies: dict[str, str] = {}
        self.changes = pd.DataFrame()

    def add(self, text: str, day: str, *claims: tuple, doc_id: str = "002") -> None:
        self.texts[doc_id] = (text, day)
        self.claims += claims

    def change(self, claim_id: str, **cells: str) -> None:
        self.claims = [
            (name, exact, number, {**more, **cells} if name == claim_id else more)
            for name, exact, number, more in self.claims
        ]

    def write(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        documents = []
        for doc_id, (text, day) in self.texts.items():
            (self.folder / f"{doc_id}.txt").write_text(text, "utf-8")
            documents.append(
                {
                    "doc_id": doc_id,
                    "file": f"{doc_id}.txt",
                    "published": day,
                    "title": self.titles.get(doc_id, f"Text {doc_id}"),
                    "publisher": "unknown",
                    "published_basis": "printed",
                    "sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "copy_of": self.copies.get(doc_id, ""),
                }
            )
        keys = ("orvane", "karst")
        places = [{"place": key, "name": key.title(), "names": key.title()} for key in keys]
        self.save("documents", documents)
        self.save("places", places)
        self.save("claims", [self.place(*claim) for claim in self.claims])

    def save(self, table: str, rows: list[dict]) -> None:
        columns = TABLES[table].names
        pd.DataFrame(rows, columns=columns).to_csv(self.folder / f"{table}.csv", index=False)

    def place(self, claim_id: str, exact: str, number: str, more: dict) -> dict:
        doc_id = claim_id.partition("-")[0]
        text = self.texts[doc_id][0]
        start = text.index(exact)
        values = dict.fromkeys(("low", "best", "high"), re.sub(r"\D", "", number))
        row = {**PLAIN, **values, **more, "claim_id": claim_id, "doc_id": doc_id, "exact": exact}
        row |= {"start": start, "end": start + len(exact), "number": number}
        row["number_start"] = start + exact.index(number)
        return row | {"date_at": text.index(row["date_exact"])}

    def open(self, **parameters):
        parameters = {"figures": str(self.figures), "formats": [], **parameters}
        return make_study(corpus=str(self.folder), **parameters)

    def run(self, *names: str, **parameters):
        """A run: the study, its figures drawn and its gallery written."""
        self.write()
        study = self.open(**parameters)
        for name in names or ("casualties_over_time",):
            save_figure(draw_figure(name, study))
        save_gallery(study)
        if (self.figures / "changes.csv").exists():
            self.changes = self.read()
        return study

    def compare(self) -> None:
        """What has changed in texts and claims, without a run."""
        self.write()
        self.changes = list_changes(self.open())

    def read(self) -> pd.DataFrame:
        """changes.csv."""
        return pd.read_csv(self.figures / "changes.csv", dtype=str, keep_default_na=False)

    def tell(self, change: str, **cells: str) -> list[dict]:
        """The changes of one kind."""
        rows = self.changes.query("change == @change").to_dict("records")
        return [row for row in rows if cells.items() <= row.items()]


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Path:
    """The figures of a first run."""
    corpus = Corpus(tmp_path_factory.mktemp("first"))
    corpus.run()
    return corpus.figures


@pytest.fixture
def news(tmp_path, first) -> Corpus:
    """A corpus that has been run once."""
    corpus = Corpus(tmp_path)
    shutil.copytree(first, corpus.figures)
    corpus.write()
    return corpus


def read_page(news: Corpus, name: str = "index.html"):
    return html.fromstring((news.figures / name).read_bytes())


# --- nothing -------------------------------------------------------------------------------------


def test_a_first_run_says_nothing_of_what_is_new(news):
    assert list(list_states(news.figures)) == [1]
    assert not (news.figures / "changes.csv").exists()
    assert not read_page(news).xpath("//*[@id='new']")
    assert list_changes(news.open()).empty


def test_a_run_that_changed_nothing_adds_no_state_and_says_nothing(news):
    files = {file: file.read_bytes() for file in news.figures.rglob("*") if file.is_file()}
    news.run()
    assert {file: file.read_bytes() for file in files} == files
    assert sum(file.is_file() for file in news.figures.rglob("*")) == len(files)


def test_what_is_new_stays_told_when_the_same_is_run_again(news):
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    page = (news.figures / "index.html").read_bytes()
    news.run()
    assert (news.figures / "index.html").read_bytes() == page
    assert list(list_states(news.figures)) == [1, 2]


def test_what_is_taken_back_is_told_once_and_then_nothing_is_left_of_the_table(news):
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    shutil.rmtree(news.figures / "states")
    news.run()
    assert not list(news.figures.glob("changes.*"))


# --- texts ---------------------------------------------------------------------------------------


def test_a_text_that_came_is_told_with_its_claims_and_marks(news):
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    [text] = news.tell("new text")
    assert (text["id"], text["text"], text["published"]) == ("002", "Text 002", "2031-03-05")
    [claim] = news.tell("new claim")
    assert (claim["id"], claim["after"], claim["quote"]) == ("002-001", "89 killed", MORE[1])
    [mark] = news.tell("mark came")
    assert (mark["figure"], mark["id"], mark["text"]) == (
        "casualties_over_time",
        "002-001",
        "Text 002",
    )
    assert mark["address"].endswith("#002-001")
    assert mark["quote"] == MORE[1]
    assert not set(news.changes["change"]) & {"mark went", "withdrawn claim", "removed text"}


def test_a_text_that_went_is_told_with_the_sentences_that_it_took_along(news):
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    del news.texts["002"]
    news.claims.remove(MORE)
    news.run()
    assert [row["id"] for row in news.tell("removed text")] == ["002"]
    [claim], [mark] = news.tell("withdrawn claim"), news.tell("mark went")
    assert (claim["id"], claim["before"]) == ("002-001", "89 killed")
    assert (mark["id"], mark["quote"], mark["text"]) == ("002-001", MORE[1], "Text 002")
    assert (claim["address"], mark["address"]) == ("", "")


def test_a_text_that_was_edited_is_told_and_its_claims_are_the_same(news):
    news.texts["001"] = (f"Corrected.\n\n{FIRST}", "2031-03-03")
    news.compare()
    assert news.changes["change"].tolist() == ["edited text"]


def test_a_text_that_was_renamed_is_neither_new_nor_removed(news):
    news.texts = {"009": news.texts["001"]}
    news.titles["009"] = "Shelling"
    news.claims = [(name.replace("001-", "009-"), *rest) for name, *rest in news.claims]
    news.compare()
    [row] = news.changes.to_dict("records")
    assert (row["change"], row["before"], row["after"]) == ("renamed text", "001", "009")


def test_what_documents_csv_says_otherwise_of_a_text_is_told(news):
    news.texts["001"] = (FIRST, "2031-03-04")
    news.compare()
    [row] = news.tell("changed text")
    cells = ("id", "field", "before", "after")
    assert [row[name] for name in cells] == ["001", "published", "2031-03-03", "2031-03-04"]


# --- claims --------------------------------------------------------------------------------------


def test_a_claim_that_a_person_accepted_is_told_as_reviewed(tmp_path):
    news = Corpus(tmp_path)
    news.change("001-001", review="proposed")
    news.run()
    news.change("001-001", review="accepted")
    news.compare()
    changed = news.tell("changed claim")
    assert [(row["id"], row["field"], row["before"], row["after"]) for row in changed] == [
        ("001-001", "review", "proposed", "accepted")
    ]


def test_a_claim_that_a_person_corrected_is_told_field_by_field(news):
    news.change("001-001", review="corrected", low="41", best="41", high="41")
    news.run()
    fields = {row["field"]: (row["before"], row["after"]) for row in news.tell("changed claim")}
    assert fields.pop("doubt")[1].startswith("value exact 41")  # as caption and card say too
    assert fields == {
        **dict.fromkeys(("low", "best", "high"), ("44", "41")),
        "review": ("accepted", "corrected"),
    }
    moved = {row["field"]: row["after"] for row in news.tell("mark moved", id="001-001")}
    assert moved == {"x": "41", "low": "41", "high": "41"}
    assert {row["quote"] for row in news.tell("mark moved")} == {DEAD[1]}


def test_a_claim_that_a_person_rejected_is_told_as_rejected(news):
    news.change("001-001", review="rejected")
    news.run()
    assert [row["id"] for row in news.tell("rejected claim")] == ["001-001"]
    assert [row["id"] for row in news.tell("mark went")] == ["001-001"]
    assert not news.tell("withdrawn claim")


def test_proposals_that_are_numbered_anew_are_the_same(news):
    news.claims = [(*claim[:3], {**claim[3], "review": "proposed"}) for claim in news.claims]
    news.run()
    news.claims = [
        (name, *claim[1:]) for name, claim in zip(("001-002", "001-003"), news.claims, strict=True)
    ]
    news.compare()
    assert news.changes.empty


def test_a_proposal_under_the_id_of_another_is_another(news):
    news.claims = [(*claim[:3], {**claim[3], "review": "proposed"}) for claim in news.claims]
    news.run()
    news.claims = [("001-001", *news.claims[1][1:])]
    news.compare()
    assert [(row["id"], row["quote"]) for row in news.tell("withdrawn claim")] == [
        ("001-001", DEAD[1])
    ]
    assert not news.tell("new claim")


# --- tolls ---------------------------------------------------------------------------------------


def test_a_toll_that_a_later_text_gives_otherwise_is_told_as_a_revision(news):
    news.add(LATER, "2031-03-05", MORE)
    news.compare()
    [row] = news.tell("toll revised")
    assert row["told"] == (
        "killed in Orvane, 2 Mar 2031: from “44” to “89”, says Red Cross on 2031-03-05"
    )
    assert (row["before"], row["after"], row["quote"]) == ("44", "89", MORE[1])
    assert row["claims"] == "001-001;002-001"


def test_a_toll_by_somebody_else_is_told_with_both_names(news):
    news.add(
        LATER.replace("Red Cross", "army"),
        "2031-03-05",
        (*MORE[:3], {**KILLED, "source_original": "army"}),
    )
    news.compare()
    [row] = news.tell("toll told otherwise")
    assert "from “44” (Red Cross) to “89”, says army on" in row["told"]


def test_a_running_total_that_is_counted_on_is_told_as_updated(news):
    text = "6 March 2031. Since 1 March 2031 the Observatory has counted 150 dead in Karst."
    more = {**COUNTED, "date_end": "2031-03-06"}
    news.add(text, "2031-03-06", ("002-001", "counted 150 dead in Karst", "150", more))
    news.compare()
    [row] = news.tell("toll updated")
    assert "from “120” to “150”, says Observatory on 2031-03-06" in row["told"]


def test_a_text_that_corrects_itself_is_told_as_a_revision(news):
    text = "The toll in Orvane on 2 March 2031 was revised from 89 to 77, the Red Cross said."
    news.add(
        text,
        "",
        ("002-001", "from 89", "89", {**KILLED, "assertion": "denied"}),
        ("002-002", "to 77", "77", {**KILLED, "same_as": "002-001", "note": "replaces 89"}),
    )
    news.compare()
    [row] = news.tell("toll revised")
    assert (row["id"], row["before"], row["after"]) == ("002-002", "89", "77")


def test_a_text_that_was_rewritten_with_another_toll_is_told_as_a_revision(news):
    news.texts["001"] = (FIRST.replace("44", "52"), "2031-03-03")
    news.claims[0] = ("001-003", DEAD[1].replace("44", "52"), "52", KILLED)
    news.compare()
    [row] = news.tell("toll revised")
    assert (row["before"], row["after"]) == ("44", "52")


@pytest.mark.parametrize(
    ("day", "cells"),
    [
        ("2031-03-02", {}),  # an older text
        ("2031-03-03", {}),  # of the same day: nobody knows which is later
        ("", {}),
        ("2031-03-05", {"place": "karst"}),
        ("2031-03-05", {"place": ""}),
        ("2031-03-05", {"affected": "civilian"}),
        ("2031-03-05", {"assertion": "expected"}),
        ("2031-03-05", {"unit": "percent", "base": "the town", "review": "corrected"}),
    ],
)
def test_a_toll_that_no_later_text_gives_of_the_same_is_no_revision(news, day, cells):
    news.add(LATER, day, (*MORE[:3], {**KILLED, **cells}))
    news.compare()
    assert news.tell("new claim")
    assert not news.changes["change"].str.startswith("toll").any()


def test_a_later_text_that_gives_the_same_toll_is_no_revision(news):
    news.add(
        LATER.replace("89", "44"),
        "2031-03-05",
        ("002-001", MORE[1].replace("89", "44"), "44", KILLED),
    )
    news.compare()
    assert not news.changes["change"].str.startswith("toll").any()


def test_a_toll_that_nobody_checked_says_so(news):
    news.add(LATER, "2031-03-05", (*MORE[:3], {**KILLED, "review": "proposed"}))
    news.compare()
    [row] = news.tell("toll revised")
    assert row["told"].endswith("on 2031-03-05 (not checked by a person)")


def test_a_toll_that_is_read_in_two_ways_is_none_until_a_person_decides(news):
    read = {"review": "proposed", "date_start": "2031-03-01", "date_prec": "2"}
    news.add(LATER, "2031-03-05", (*MORE[:3], {**KILLED, **read}))
    news.compare()
    assert news.open().coded.set_index("claim_id")["doubt"]["002-001"]
    assert not news.changes["change"].str.startswith("toll").any()


def test_a_copy_revises_nothing(news):
    news.copies["002"] = "001"
    news.add(LATER, "2031-03-05", MORE)
    news.compare()
    assert not news.changes["change"].str.startswith("toll").any()


# --- marks ---------------------------------------------------------------------------------------


def test_a_mark_that_a_claim_joined_names_the_claim_and_its_sentence(tmp_path):
    news = Corpus(tmp_path)
    news.run("sources")
    same = ("002-001", "44 people were killed in Orvane", "44", KILLED)
    news.add(LATER.replace("89", "44"), "2031-03-05", same)
    news.run("sources")
    [row] = news.tell("mark moved", field="claims")
    assert (row["after"], row["quote"]) == ("002-001", same[1])


def test_marks_with_running_numbers_are_known_by_what_they_stand_for(tmp_path):
    news = Corpus(tmp_path)
    news.run("sources")
    text = "2 March 2031. In Karst 7 people were killed on 2 March 2031, the Aid Group said."
    cells = {**KILLED, "source_original": "Aid Group", "place": "karst"}
    news.add(text, "2031-03-02", ("000-001", "7 people were killed", "7", cells), doc_id="000")
    news.run("sources")
    assert [row["quote"] for row in news.tell("mark came")] == ["7 people were killed"]
    assert not news.tell("mark went")
    assert not news.tell("mark moved")


def test_a_mark_is_that_with_the_same_claims_whatever_order_and_number_it_has(news):
    now = open_state(compose_content(news.open()))
    columns = ["mark_id", "kind", "claims", "documents", "words"]
    both = "001-001;001-002"

    def draw(*marks):
        rows = [(name, "group", claims, "001", claims) for name, claims in marks]
        return now._replace(figures={"sources": pd.DataFrame(rows, columns=columns)})

    before = draw(("finding-1", "001-001"), ("finding-2", both))
    after = draw(("finding-5", both), ("finding-6", "001-001"))
    assert compare_figures(before, after).empty


def test_a_figure_that_is_not_drawn_any_more_is_named_once(news):
    news.claims = []
    news.run()
    assert [row["figure"] for row in news.tell("figure not drawn")] == ["casualties_over_time"]
    news.add(LATER, "2031-03-05")
    news.run()
    assert not news.tell("figure not drawn")


def test_a_figure_that_had_not_been_drawn_before_has_no_news(news):
    news.add(LATER, "2031-03-05", MORE)
    news.run("casualties_over_time", "sources")
    assert set(news.changes["figure"]) == {"", "casualties_over_time"}


def test_a_figure_that_changes_though_no_claim_did_begins_a_state(news):
    study = news.open()
    chart = draw_figure("casualties_over_time", study)
    chart.rows[0]["words"] = "other words"
    save_figure(chart)
    save_gallery(study)
    assert list(list_states(news.figures)) == [1, 2]
    news.changes = news.read()
    assert [row["field"] for row in news.tell("mark moved")] == ["words"]


# --- side by side --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "order", [("sources", "casualties_over_time"), ("casualties_over_time", "sources")]
)
def test_notebooks_in_any_order_leave_one_state_of_a_run(tmp_path, order):
    news = Corpus(tmp_path)
    for text in (None, LATER):
        if text:
            news.add(text, "2031-03-05", MORE)
        news.write()
        study = news.open()
        for name in order:
            save_figure(draw_figure(name, study))
            save_gallery(study)
    states = list_states(news.figures)
    assert list(states) == [1, 2]
    news.changes = news.read()
    told = news.tell("mark came")
    assert {row["figure"] for row in told} == {"casualties_over_time", "sources"}
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in states.values()]
    assert sums == SUMS.setdefault("sums", sums)


SUMS: dict[str, list[str]] = {}  # of the states of a run, whichever notebook came first


def test_a_state_is_small(tmp_path):
    study = make_study(corpus=str(write_corpus(tmp_path / "c", Wish(400, places=24))))
    save_state(replace(study, figures=tmp_path), [])
    [file] = list_states(tmp_path).values()
    assert file.stat().st_size < 150 * len(study.coded)  # 300 KB for 2,000 claims


def test_a_state_holds_no_clock_and_no_path(news):
    content = json.dumps(load_content(list_states(news.figures)[1]))
    assert str(news.folder) not in content
    first = list_states(news.figures)[1].read_bytes()
    shutil.rmtree(news.figures)
    news.run()
    assert list_states(news.figures)[1].read_bytes() == first


def test_a_damaged_state_is_named_with_what_to_do(news):
    list_states(news.figures)[1].write_bytes(b"\x1f\x8b broken")
    with pytest.raises(CorpusError, match=r"states/0001.json.gz is damaged; delete it"):
        list_changes(news.open())


def test_what_is_committed_begins_anew(news, monkeypatch):
    monkeypatch.setenv("ELEVEN_DAYS_FIGURES", str(news.figures))
    monkeypatch.setattr("helpers.run.notebooks.plan_stages", lambda *_: [])
    run_notebooks(refresh=False)
    assert list_states(news.figures)
    run_notebooks(refresh=True)
    assert not list_states(news.figures)


# --- since when ----------------------------------------------------------------------------------


@pytest.fixture
def grown(news) -> Corpus:
    """A corpus with three states: one text, two, three."""
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    news.add(LATER.replace("5 March", "6 March", 1), "2031-03-06", doc_id="003")
    news.run()
    for number, day in ((1, 10), (2, 20), (3, 30)):
        at = pd.Timestamp(2031, 3, day, 12).timestamp()
        os.utime(list_states(news.figures)[number], (at, at))
    return news


@pytest.mark.parametrize(
    ("since", "texts"),
    [
        ("", ["003"]),
        ("2", ["003"]),
        ("1", ["002", "003"]),
        ("2031-03-10", ["002", "003"]),
        ("2031-03-19", ["002", "003"]),
        ("2031-03-25", ["003"]),
        ("2031-04-01", []),
    ],
)
def test_a_state_is_named_by_number_or_by_a_day(grown, since, texts):
    changes = list_changes(grown.open(changed_since=since))
    assert changes["id"][changes["change"] == "new text"].tolist() == texts


def test_the_pages_tell_since_the_state_that_was_asked_for(grown):
    grown.run(changed_since="1")
    assert len(grown.tell("new text")) == 2
    assert "Since state 1 (1 text, 2 claims): 2 new texts" in read_page(grown).text_content()


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("7", "is no state of the figures in figures; there are 1 of 2031-03-10, 2 of 2031-03-20"),
        ("2031-03-09", "is no state of the figures"),
        ("yesterday", "is neither a state nor a day"),
        ("2031-03-09/2031-03-10", "is neither a state nor a day"),
    ],
)
def test_a_state_that_there_is_not_is_refused_with_those_there_are(grown, since, said):
    with pytest.raises(ParameterError, match=said):
        list_changes(grown.open(changed_since=since))


# --- where it is shown ---------------------------------------------------------------------------


def test_the_gallery_tells_tolls_and_texts_and_figures(news):
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    [section] = read_page(news).xpath("//section[h2[@id='new']]")
    lines = [" ".join(line.text_content().split()) for line in section.xpath(".//li")]
    assert lines[0].startswith("Toll revised: killed in Orvane, 2 Mar 2031: from “44” to “89”")
    assert lines[1] == "New text: Text 002, 2031-03-05"
    assert lines[2].endswith(": 1 mark came")
    assert section.xpath(".//q/a/@href") == ["evidence/index.html#002-001"]
    assert {"changes.html", "changes.csv"} <= set(section.xpath(".//a/@href"))


def test_every_link_of_the_table_leads_to_a_sentence(news):
    news.add(LATER, "2031-03-05", MORE)
    news.change("001-001", review="rejected")
    news.run()
    anchors = set(read_page(news, "evidence/index.html").xpath("//@id"))
    links = read_page(news, "changes.html").xpath("//tbody//a/@href")
    assert links
    assert {link.partition("#")[2] for link in links} <= anchors


def test_the_evidence_says_that_something_is_new(news):
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    page = read_page(news, "evidence/index.html")
    assert page.xpath("//header//a/@href")[-1] == "../index.html#new"
    assert "1 new text, 1 toll revised, 1 new claim and 1 mark came" in page.text_content()


def test_a_notebook_asks_for_the_corpus_or_for_the_marks_of_its_charts(news):
    news.add(LATER, "2031-03-05", MORE)
    study = news.run()
    assert set(list_changes(study)["change"]) == {"new text", "toll revised", "new claim"}
    chart = draw_figure("casualties_over_time", study)
    assert list_changes(study, chart)["change"].tolist() == ["mark came"]


def test_a_notebook_tells_the_same_before_and_after_the_gallery_is_written(news):
    news.add(LATER, "2031-03-05", MORE)
    news.write()
    before = list_changes(news.open())
    save_gallery(news.open())
    pd.testing.assert_frame_equal(before, list_changes(news.open()))


def test_words_of_a_text_stay_words_on_the_page(news):
    news.titles["002"] = "<script>alert(1)</script>"
    news.add(LATER, "2031-03-05", MORE)
    news.run()
    for name in ("index.html", "changes.html"):
        assert b"<script>alert" not in (news.figures / name).read_bytes()
