"""Settling: what was derived, as questions and as lines of corpus.toml, and what a person says
there."""

import re
import shutil
import tomllib
from dataclasses import replace

import pandas as pd
import pytest

from helpers.analysis.settings.check import check_settings
from helpers.analysis.settings.derived import Derived, derive_settings
from helpers.analysis.settings.settling import (
    compose_settings,
    list_otherwise,
    list_questions,
    save_settings,
    settle,
)
from helpers.schema.errors import CorpusError
from helpers.schema.files import sum_file
from tests.analysis.made import make_places
from tests.conftest import REPOSITORY, make_study

SAMPLES = REPOSITORY / "tests" / "samples"
REASONS = dict.fromkeys(("period", "sides", "parties", "route", "country"), "Because.")


@pytest.fixture(scope="module")
def seeds(study) -> Derived:
    return derive_settings(study.coded, study.documents, study.places)


def days(first: str, last: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(first), pd.Timestamp(last)


def put_in_force(text: str) -> str:
    """A corpus.toml whose lines a person has put in force."""
    return re.sub(r"^#(?=\S)(?!invented)", "", text, flags=re.M)


# --- what a person settled -----------------------------------------------------------------------


def test_corpus_toml_settles_what_it_says_and_nothing_else(seeds):
    settings = {
        "country": "Sudan",
        "parties": ["HTS"],
        "sides": ["SDF"],
        "offensive": {"start": "2031-03-01", "end": "2031-03-09"},
        "route": {"places": ["aleppo", "hama"], "target": "damascus", "actors": ["SDF"]},
    }
    settled = settle(seeds, settings)
    assert settled.period == days("2031-03-01", "2031-03-09")
    assert (settled.country, settled.parties, settled.sides) == ("SDN", ("HTS",), ("SDF",))
    assert (settled.route, settled.target) == (("aleppo", "hama"), "damascus")
    assert settled.leading == "SDF"
    assert settled.because["parties"] == "As corpus.toml says."


def test_nothing_settled_changes_nothing(seeds):
    assert settle(seeds, {"title": "Five texts"}) == replace(seeds)


# --- questions -----------------------------------------------------------------------------------


def test_each_answer_says_from_what_it_comes(study, seeds):
    questions = list_questions(seeds, study.places)
    assert questions["because"].str.endswith(".").all()
    assert set(seeds.because) == {"period", "sides", "parties", "route", "country"}
    assert len(questions) == len(seeds.because)


def test_a_place_outside_its_country_is_asked_about(seeds):
    places = make_places(("amman", 31.95, 35.93), ("hama", 35.13, 36.75)).assign(country="SYR")
    asked = list_questions(replace(seeds, route=()), places).iloc[-1]
    assert asked["question"] == "Where is Amman?"
    assert asked["answer"] == "Syria"
    assert re.search(r"its point lies \d+ km outside, in Jordan\.", asked["because"])


# --- lines of corpus.toml ------------------------------------------------------------------------


def test_a_new_corpus_toml_settles_nothing(seeds):
    text = compose_settings(seeds, "Five texts")
    assert tomllib.loads(text) == {}
    assert all(len(line) <= 98 for line in text.splitlines() if line.startswith("# "))


@pytest.mark.parametrize("name", ["seeds", "veshka", "chaco", "orvane", "invented_war", "undated"])
def test_its_lines_in_force_settle_just_what_was_derived(name):
    study = make_study(corpus="seeds" if name == "seeds" else str(SAMPLES / name))
    derived = derive_settings(study.coded, study.documents, study.places)
    settings = tomllib.loads(put_in_force(compose_settings(derived, "A title")))
    check_settings(settings, study.folder, study.places, study.coded)
    assert settings["title"] == "A title"
    assert replace(settle(derived, settings), because={}) == replace(derived, because={})
    assert list_otherwise(derived, settings) == []


def test_each_line_stands_below_the_sentence_it_was_derived_from(seeds):
    text = compose_settings(seeds, "Five texts")
    before = {}
    for block in text.split("\n\n"):
        reason = " ".join(line[2:] for line in block.splitlines() if line.startswith("# "))
        for line in block.splitlines():
            if found := re.match(r"#(\w+) = ", line):
                before[found[1]] = reason
    names = {"period": "start", "sides": "sides", "parties": "parties", "route": "places"}
    for answer, key in {**names, "country": "country"}.items():
        assert before[key].endswith(seeds.because[answer])


@pytest.mark.parametrize("name", ['The "Front"', "back\\slash", "two\nlines", "bell\x07 del\x7f"])
def test_whatever_a_side_is_called_the_file_can_be_read(name):
    derived = Derived(sides=(name,), because=REASONS | {"sides": f"{name} captured places."})
    text = compose_settings(derived, name)
    assert tomllib.loads(text) == {}
    settings = tomllib.loads(put_in_force(text))
    assert (settings["title"], settings["sides"]) == (name, [name])


def test_what_was_not_found_has_no_line():
    text = compose_settings(Derived(because=REASONS), "Nothing")
    assert put_in_force(text).count(" = ") == 2  # title, and invented still commented out
    assert text.count("No answer was found") == 5


def test_a_corpus_toml_is_written_once_and_never_over_another(tmp_path, seeds):
    folder = tmp_path / "my_articles"
    folder.mkdir()
    assert save_settings(folder, seeds) == [
        "my_articles/corpus.toml was written; it settles nothing until you delete a #."
    ]
    assert '#title = "My Articles"' in (folder / "corpus.toml").read_text("utf-8")
    (folder / "corpus.toml").write_text('country = "Sudan"\nsides = ["SDF"]\n', "utf-8")
    before = sum_file(folder / "corpus.toml")
    said = save_settings(folder, seeds)
    assert sum_file(folder / "corpus.toml") == before
    assert "stays as it is" in said[0]
    assert '- country = "Sudan"; derived: "SYR"' in said
    assert "- [offensive] start is left open; derived: 2024-11-27" in said


def test_a_country_in_other_words_is_no_difference(seeds):
    said = list_otherwise(seeds, {"country": "Syria"})
    assert not any(line.startswith("country") for line in said)


def test_a_folder_that_cannot_be_written_is_said(tmp_path, seeds, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("helpers.schema.files.os.replace", refuse)
    with pytest.raises(CorpusError, match="corpus.toml"):
        save_settings(tmp_path, seeds)
    assert list(tmp_path.iterdir()) == []


def test_the_corpus_of_the_project_gets_no_file(seeds, study):
    copy = study.folder / "corpus.toml"
    assert copy.exists()
    before = sum_file(copy)
    save_settings(study.folder, seeds)
    assert sum_file(copy) == before


def test_figures_drawn_with_a_new_corpus_toml_are_the_same(tmp_path):
    folder = shutil.copytree(SAMPLES / "veshka", tmp_path / "veshka")
    before = make_study(corpus=str(folder))
    save_settings(folder, derive_settings(before.coded, before.documents, before.places))
    assert make_study(corpus=str(folder)).derived == before.derived
