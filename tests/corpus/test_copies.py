"""Copies: one story printed twice is one text and one source."""

import random

import pandas as pd
import pytest

from helpers.analysis.comparisons import count_sources, group_claims
from helpers.claims.audit import account_numbers
from helpers.corpus.copies import count_texts, find_copies, name_stories, set_repeats_apart
from helpers.corpus.documents import list_missing, load_corpus, save_documents
from helpers.corpus.places import load_places
from helpers.extract.propose import propose_claims
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError
from tests.conftest import SEEDS, make_study
from tests.corpus.test_readers import make_folder
from tests.growth import count_calls

STORY = (
    "Rebels captured Hama on 5 December 2024, killing 12 soldiers, the army said. At least 3,000 "
    "people fled the city towards Homs, according to the United Nations, which counted 45 trucks "
    "on the road. Residents said that shops were shut and that the hospital had run out of fuel by "
    "the evening, while the governor asked everybody to stay at home until further notice.\n"
)
OTHER = (
    "The army left Homs on 7 December 2024 after 30 of its men were killed there. Some 500 "
    "families reached Tartus by bus, a charity said, and slept in two schools that the town had "
    "opened for them; nobody knew when the road back would be safe enough to be used again.\n"
)


def write_article(title: str, text: str, day: str = "2024-12-08") -> str:
    return f"{title}\nPublished: {day}\n\n{text}"


def load_texts(folder, **texts: str) -> pd.DataFrame:
    files = {f"{name}__txt": text for name, text in texts.items()}
    return load_corpus(make_folder(folder, **files)).set_index("doc_id")


def make_words(number: int, seed: int) -> str:
    words = random.Random(seed)
    return " ".join("".join(words.choices("abcdefghijklmnop", k=5)) for _ in range(number))


def test_a_story_under_another_headline_is_a_copy_of_the_first(tmp_path):
    documents = load_texts(
        tmp_path / "t",
        a=write_article("Hama falls", STORY),
        b=write_article("Thousands flee as rebels enter a city", STORY, "2024-12-09"),
        c=write_article("Homs falls", OTHER),
    )
    assert documents["copy_of"].tolist() == ["", "a", ""]


def test_a_long_headline_does_not_hide_a_short_copy(tmp_path):
    brief = STORY.partition(", according")[0] + "."
    headline = (
        "Thousands flee as rebels storm a big city and the army leaves it to them in one night"
    )
    documents = load_texts(
        tmp_path / "t",
        a=f"Rebels win the old town of Hama after a week of war in the hills round it\n\n{brief}",
        b=f"{headline}\n\n{brief} Ost.",
    )
    assert documents["copy_of"].tolist() == ["b", ""]


def test_of_two_days_the_earlier_is_the_first_whatever_it_is_called(tmp_path):
    documents = load_texts(
        tmp_path / "t",
        a=write_article("Hama falls", STORY, "2024-12-09"),
        b=write_article("A city falls", STORY, "2024-12-08"),
    )
    assert documents["copy_of"].tolist() == ["b", ""]


def test_a_story_that_was_cut_is_a_copy_of_the_whole_of_the_same_day(tmp_path):
    documents = load_texts(
        tmp_path / "t",
        a=write_article("Hama falls", STORY),
        b=write_article("A city falls", STORY + OTHER),
    )
    assert documents["copy_of"].tolist() == ["b", ""]


def test_a_text_that_quotes_a_story_and_goes_on_is_none(tmp_path):
    documents = load_texts(
        tmp_path / "t",
        a=write_article("Hama falls", STORY),
        b=write_article("A city falls", STORY + make_words(60, seed=1), "2024-12-09"),
    )
    assert documents["copy_of"].tolist() == ["", ""]


def test_an_update_with_other_figures_is_a_text_of_its_own(tmp_path):
    story = STORY + make_words(200, seed=1)
    update = story.replace("12 soldiers", "19 soldiers").replace("3,000", "8,000")
    documents = load_texts(
        tmp_path / "t",
        a=write_article("Hama falls", story),
        b=write_article("Hama falls", update, "2024-12-09"),
    )
    assert documents["copy_of"].tolist() == ["", ""]


def test_of_short_texts_only_the_same_words_are_a_copy(tmp_path):
    documents = load_texts(
        tmp_path / "t", a="Rebels took Kell.", b="Rebels took Kell", c="Rebels took Ost."
    )
    assert documents["copy_of"].tolist() == ["", "a", ""]


def test_a_copy_of_a_copy_is_one_of_the_first(tmp_path):
    texts = {
        name: write_article(name * 9, STORY, f"2024-12-0{day}") for day, name in enumerate("abc", 1)
    }
    assert load_texts(tmp_path / "t", **texts)["copy_of"].tolist() == ["", "a", "a"]


def test_the_seeds_are_five_stories():
    assert load_corpus(SEEDS)["copy_of"].tolist() == [""] * 5


# What is said and written


def make_story(folder):
    return make_folder(
        folder,
        a__txt=write_article("Hama falls", STORY),
        b__txt=write_article("A city falls", STORY.replace("the evening", "evening"), "2024-12-09"),
    )


def test_which_texts_are_one_story_and_which_stands_for_it_is_said(tmp_path):
    assert (
        "b is a copy of a: one story, counted as one text and one source, and a stands for it; if "
        "not, write a text's own id into copy_of in documents.csv"
    ) in list_missing(load_corpus(make_story(tmp_path / "t")))


def test_copies_are_written_into_documents_csv(tmp_path):
    folder = make_story(tmp_path / "t")
    save_documents(load_corpus(folder), folder)
    assert load_table(folder / "documents.csv", [])["copy_of"].tolist() == ["", "a"]


def test_a_documents_csv_of_before_gains_the_column_and_keeps_its_cells(tmp_path):
    folder = make_story(tmp_path / "t")
    old = "doc_id,file,title,publisher,published,published_basis,sha256,coder\n"
    old += "a,a.txt,Hama,,2024-12-08,,,Amina\nb,b.txt,City,,2024-12-09,,,Amina\n"
    (folder / "documents.csv").write_text(old, "utf-8")
    save_documents(load_corpus(folder), folder)
    table = load_table(folder / "documents.csv", [])
    assert table["coder"].tolist() == ["Amina", "Amina"]
    assert table["copy_of"].tolist() == ["", "a"]
    assert table["published"].tolist() == ["2024-12-08", "2024-12-09"]


def test_a_person_may_say_that_a_text_is_no_copy(tmp_path):
    folder = make_story(tmp_path / "t")
    save_documents(load_corpus(folder), folder)
    file = folder / "documents.csv"
    file.write_text(file.read_text("utf-8").replace(",a\n", ",b\n"), "utf-8")
    documents = load_corpus(folder)
    assert documents["copy_of"].tolist() == ["", "b"]
    assert not any("copy" in line for line in list_missing(documents))


def test_a_copy_of_what_is_no_text_is_refused_with_a_remedy(tmp_path):
    folder = make_story(tmp_path / "t")
    save_documents(load_corpus(folder), folder)
    file = folder / "documents.csv"
    file.write_text(file.read_text("utf-8").replace(",a\n", ",z\n"), "utf-8")
    with pytest.raises(CorpusError, match=r'\(b\): copy_of reads "z"; write the doc_id of another'):
        load_corpus(folder)


# Counted and drawn once


def test_what_a_copy_repeats_is_proposed_from_the_first_alone_and_said(tmp_path):
    folder = make_story(tmp_path / "t")
    proposals = propose_claims(load_corpus(folder), load_places(folder), "SYR")
    assert set(proposals.claims["doc_id"]) == {"a"}
    assert len(proposals.claims) >= 2
    assert [line for line in proposals.skipped if line.startswith("b: a copy of a, where ")]


def test_what_a_copy_alone_says_is_proposed(tmp_path):
    folder = make_story(tmp_path / "t")
    (folder / "a.txt").write_text(write_article("Hama falls", STORY + OTHER), "utf-8")
    more = STORY + OTHER + "In the village of Kafr Nabl 7 people were injured on 6 December 2024.\n"
    (folder / "b.txt").write_text(write_article("A city falls", more, "2024-12-09"), "utf-8")
    documents = load_corpus(folder)
    claims = propose_claims(documents, load_places(folder), "SYR").claims
    assert documents["copy_of"].tolist() == ["", "a"]
    assert claims[claims["doc_id"] == "b"]["number"].tolist() == ["7"]


def test_the_same_figure_in_two_texts_of_their_own_is_two_rows(tmp_path):
    said = "At least 3,000 people fled Hama on 5 December 2024.\n"
    documents = load_corpus(
        make_folder(tmp_path / "t", a__txt=said + STORY[90:], b__txt=said + OTHER)
    )
    claims = propose_claims(documents, load_places(tmp_path / "t"), "SYR").claims
    assert (claims["exact"].str.contains("3,000 people fled") & (claims["doc_id"] == "a")).any()
    assert (claims["exact"].str.contains("3,000 people fled") & (claims["doc_id"] == "b")).any()


def open_coded(tmp_path, more: str = ""):
    """A study of a story and its copy, of which claims.csv holds every claim of both."""
    folder = make_story(tmp_path / "t")
    if more:
        for name, last in (("a", OTHER), ("b", OTHER + more)):
            with (folder / f"{name}.txt").open("a", encoding="utf-8") as file:
                file.write(last)
    documents = load_corpus(folder)
    assert documents["copy_of"].tolist() == ["", "a"]
    proposals = propose_claims(documents.assign(copy_of=""), load_places(folder), "SYR")
    assert proposals.claims["doc_id"].nunique() == 2
    from helpers.claims.proposals import save_claims, save_places

    save_documents(documents, folder)
    save_places(proposals.places, folder)
    save_claims(proposals.claims.drop(columns="rule"), folder)
    return make_study(corpus=str(folder))


def test_claims_that_people_coded_in_both_are_drawn_once_and_said(tmp_path):
    study = open_coded(tmp_path)
    assert set(study.coded["doc_id"]) == {"a", "b"}
    assert set(study.all_claims["doc_id"]) == {"a"}
    assert "1 text of 2 repeat another and count with it as one." in study.remark


def test_a_story_and_its_copy_are_one_text_and_one_source(tmp_path):
    study = open_coded(tmp_path, "In Hama 7 people were injured on 5 December 2024.\n")
    claims = study.all_claims
    assert set(claims["doc_id"]) == {"a", "b"}
    assert count_texts(claims) == 1
    assert "text b" not in count_sources(claims)
    assert set(group_claims(claims, study.places)["documents"]) == {1}


def test_a_number_that_a_copy_repeats_is_accounted_for_in_the_first(tmp_path):
    documents = load_corpus(make_story(tmp_path / "t"))
    claims = propose_claims(documents, load_places(tmp_path / "t"), "SYR").claims
    claims = claims.assign(
        number_start=pd.to_numeric(claims["number_start"]), date_at=pd.to_numeric(claims["date_at"])
    )
    none = pd.DataFrame(columns=["doc_id", "start", "end", "exact", "kind", "reason"])
    accounts = account_numbers(documents, claims, none)
    repeated = accounts[(accounts["doc_id"] == "b") & (accounts["exact"] == "12")]
    assert set(repeated["by"]) == {"repeated from a, of which this text is a copy"}


def test_without_copies_no_claim_is_a_repeat():
    study = make_study()
    assert not set_repeats_apart(study.coded, study.documents).any()
    assert "story" not in study.all_claims


# Time


def make_table(number: int, copies: int) -> pd.DataFrame:
    texts = [make_words(200, seed=at % (number - copies)) for at in range(number)]
    return pd.DataFrame(
        {
            "doc_id": [f"{at:05}" for at in range(number)],
            "title": "",
            "text": texts,
            "published_start": pd.Timestamp("2024-12-08"),
        }
    )


@pytest.mark.parametrize("share", [0, 0.5])
def test_twice_as_many_texts_take_little_more_than_twice_the_calls(share):
    few, many = (make_table(number, int(share * number)) for number in (400, 800))
    assert count_calls(find_copies, many) < 2.3 * count_calls(find_copies, few)


def test_a_phrase_that_all_texts_share_makes_none_of_them_slow():
    def make(number: int) -> pd.DataFrame:
        table = make_table(number, 0)
        return table.assign(text=table["text"] + " " + make_words(100, seed=-1))

    assert count_calls(find_copies, make(800)) < 2.5 * count_calls(find_copies, make(400))
    assert set(find_copies(make(400))) == {""}


@pytest.mark.parametrize(
    ("copies", "stories"),
    [
        (["", "a", "b"], ["a", "a", "a"]),
        (["b", "a", ""], ["a", "a", "c"]),
        (["b", "c", "a"], ["a", "a", "a"]),
        (["c", "", "b"], ["b", "b", "b"]),
        (["a", "", "gone"], ["a", "b", "c"]),
    ],
)
def test_one_text_stands_for_all_that_name_it_or_each_other(copies, stories):
    documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "copy_of": copies})
    assert list(name_stories(documents).values()) == stories
