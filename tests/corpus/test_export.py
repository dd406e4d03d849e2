"""Exports: many articles in one file, as archives of the press write them."""

import pypandoc
import pytest

from helpers.corpus.documents import list_missing, load_corpus, save_documents
from helpers.corpus.readers.article import Article
from helpers.corpus.readers.export import UNSPLIT, split_export
from helpers.corpus.readers.kinds import read_articles
from helpers.scale.batch import load_batches, load_documents
from helpers.scale.split import load_splits
from tests.corpus.test_readers import make_folder, make_pdf
from tests.growth import MOST, measure_growth

FIRST = "Rebels took the town of Kell on Monday, killing 12 soldiers, officials said."
FLED = "“We fled at night,” said Amina, a mother of three who reached the camp at Ost on foot."
SECOND = "The army left Ost on Sunday after 30 of its men were killed there."
NEXIS = f"""Page 1 of 3

Rebels take Kell
The Guardian
March 4, 2023 Saturday 10:31 AM GMT

Copyright 2023 Guardian Newspapers Limited All Rights Reserved

Section: WORLD NEWS
Length: 512 words
Byline: Jane Doe in Kell
Body

{FIRST}

{FLED}

Classification

Language: ENGLISH
Subject: REBELLIONS (90%)
Load-Date: March 5, 2023

End of Document

Page 2 of 3

Army leaves Ost
Kell Wire
March 6, 2023 Monday

Copyright 2023 Kell Wire All Rights Reserved

Length: 300 words
Body

{SECOND}

Load-Date: March 7, 2023

End of Document
"""
COUNTED = f"""
                    1 of 2 DOCUMENTS

                     The Guardian

                March 4, 2023 Saturday
                 Late Edition - Final

Rebels take Kell

BYLINE: By JANE DOE

SECTION: Section A; Column 0; Foreign Desk; Pg. 1

LENGTH: 512 words

DATELINE: KELL

{FIRST}

{FLED}

LOAD-DATE: March 5, 2023

LANGUAGE: ENGLISH

               Copyright 2023 Guardian Newspapers Limited

                    2 of 2 DOCUMENTS

                       Kell Wire

                 March 6, 2023 Monday

Army leaves Ost

LENGTH: 300 words

{SECOND}

LOAD-DATE: March 7, 2023
"""
FACTIVA = f"""World News
Rebels take Kell
By Jane Doe
512 words
4 March 2023
10:31
The Guardian
GRDN
English
(c) 2023 Guardian Newspapers Limited

{FIRST}

{FLED}

Document GRDN000020230304ej3400abc

Army leaves Ost
300 words
6 March 2023
Kell Wire
KW
English
Copyright 2023 Kell Wire

{SECOND}

Document KW00000020230306ej36000b1

Search Summary
Date\tLast week
"""
CODES = f"""HD Rebels take Kell
BY By Jane Doe
WC 512 words
PD 4 March 2023
ET 10:31
SN The Guardian
SC GRDN
LA English
CY (c) 2023 Guardian Newspapers Limited
LP
{FIRST}
TD
{FLED}
CO grdn : Guardian
RE syria : Syria
AN Document GRDN000020230304ej3400abc
HD Army leaves Ost
WC 300 words
PD 6 March 2023
SN Kell Wire
SC K
LA English
CY Copyright 2023 Kell Wire
LP {SECOND}
AN Document K000020230306ej36000b1
"""
PROQUEST = f"""____________________________________________________________

Document 1 of 2

Rebels take Kell

Author: Doe, Jane

Publication info: The Guardian ; London (UK) [London (UK)]04 Mar 2023: 12.

ProQuest document link

Abstract: None available.

Full text: {FIRST}

{FLED}

Subject: Rebellions

Publication title: The Guardian; London (UK)

Publication year: 2023

ProQuest document ID: 123456789

____________________________________________________________

Document 2 of 2

Army leaves Ost

Publication info: Kell Wire ; Kell [Kell]06 Mar 2023.

Full text: {SECOND}

Publication title: Kell Wire; Kell

ProQuest document ID: 123456790
"""
PLAIN = f"""Rebels take Kell
The Guardian
4 March 2023
Length: 512 words

{FIRST}

{FLED}

Army leaves Ost
Kell Wire
6 March 2023
Length: 300 words

{SECOND}
"""
RULED = PLAIN.replace("\nArmy", "\n----------------\n\nArmy")
FORMS = {
    "nexis": NEXIS,
    "counted": COUNTED,
    "factiva": FACTIVA,
    "codes": CODES,
    "proquest": PROQUEST,
    "ruled": RULED,
    "plain": PLAIN,
}
EVERY_FORM = pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)


@EVERY_FORM
def test_each_article_of_an_export_is_a_text_with_title_publisher_and_day(text):
    told = [article[1:4] for article in read_articles(text.encode(), ".txt")]
    assert told == [
        ("Rebels take Kell", "The Guardian", "2023-03-04"),
        ("Army leaves Ost", "Kell Wire", "2023-03-06"),
    ]


@EVERY_FORM
def test_the_text_of_an_article_is_its_title_and_its_words_and_nothing_of_the_archive(text):
    first, second = (article.text for article in read_articles(text.encode(), ".txt"))
    assert [line for line in first.split("\n") if line] == ["Rebels take Kell", FIRST, FLED]
    assert second == f"Army leaves Ost\n\n{SECOND}"


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf"])
def test_an_export_in_a_word_processor_file_is_split(suffix, tmp_path):
    file = tmp_path / f"a{suffix}"
    markdown = "\n\n".join(line for line in NEXIS.splitlines() if line)
    pypandoc.convert_text(
        markdown, suffix[1:], "markdown", outputfile=str(file), extra_args=["--standalone"]
    )
    articles = read_articles(file.read_bytes(), suffix)
    assert [article.published for article in articles] == ["2023-03-04", "2023-03-06"]


def test_an_export_in_a_page_is_split_where_lines_repeat_too():
    parts = "".join(
        f"<h1>{title}</h1><p>The Guardian</p><p>{day} March 2023</p><p>Length: {day}00 words</p>"
        f"<p>{words}</p><hr>"
        for title, day, words in (("Rebels take Kell", 4, FIRST), ("Army leaves Ost", 6, SECOND))
    )
    page = f"<html><head><title>Export</title></head><body>{parts}</body></html>"
    assert [article[1:4] for article in read_articles(page.encode(), ".html")] == [
        ("Rebels take Kell", "The Guardian", "2023-03-04"),
        ("Army leaves Ost", "The Guardian", "2023-03-06"),
    ]


def test_an_export_in_a_pdf_is_split():
    pages = NEXIS.split("\n\nPage 2")
    pdf = make_pdf(pages[0], "Page 2" + pages[1])
    assert [article[1:4] for article in read_articles(pdf, ".pdf")] == [
        ("Rebels take Kell", "The Guardian", "2023-03-04"),
        ("Army leaves Ost", "Kell Wire", "2023-03-06"),
    ]


def test_articles_of_an_export_are_called_by_file_and_number_and_said(tmp_path):
    documents = load_corpus(make_folder(tmp_path / "t", nexis__txt=NEXIS))
    assert documents["file"].tolist() == ["nexis.txt#001", "nexis.txt#002"]
    assert documents["doc_id"].tolist() == ["001", "002"]
    assert documents["published_basis"][1] == 'heading "March 6, 2023 Monday"'
    assert list_missing(documents) == [
        "nexis.txt is an export of 2 articles, read as a text each; 2 of them state their day"
    ]


def test_an_export_that_documents_csv_describes_is_found_again(tmp_path):
    folder = make_folder(tmp_path / "t", nexis__txt=NEXIS, factiva__txt=FACTIVA.replace("12", "13"))
    before = load_corpus(folder)
    save_documents(before, folder)
    assert load_corpus(folder)["doc_id"].tolist() == before["doc_id"].tolist()
    assert before["doc_id"].tolist() == [
        "factiva-001",
        "factiva-002",
        "nexis-001",
        "nexis-002",
    ]


def test_an_export_is_split_at_scale(tmp_path):
    folder = make_folder(tmp_path / "t", nexis__txt=NEXIS, b__txt="Two died.")
    [split] = load_splits(folder)
    [batch] = load_batches(folder, split)
    documents, left_out, _ = load_documents(folder, split, batch)
    assert documents["doc_id"].tolist() == ["b", "nexis-001", "nexis-002"]
    assert documents["file"].tolist()[2] == "nexis.txt#002"
    assert not left_out


def test_what_looks_like_an_export_and_cannot_be_split_is_said_and_bears_no_day(tmp_path):
    text = f"4 March 2023\n\n{FIRST}\n\nLength: 512 words\n\n{SECOND}\n\nLength: 300 words\n"
    documents = load_corpus(make_folder(tmp_path / "t", a__txt=text))
    assert documents["published"].tolist() == [""]
    assert f"{UNSPLIT} for 1 of 1: a; save each article as a file of its own" in list_missing(
        documents
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n\nHe wrote it in\n\n300 words\n\nand no more.",
        f"{FIRST}\n\nDocument 1 of the series says so.\n\n----------\n\n{SECOND}",
        f"{FIRST}\n\n1 of 3\n\n{SECOND}",
        "",
    ],
)
def test_an_article_with_lines_like_those_of_an_export_is_left_as_it_is(text):
    article = Article(text, "Kell", "", "2023-03-04", "x")
    assert split_export(article) == [article]


def test_a_single_article_of_an_archive_is_read_by_its_heading():
    one = NEXIS.partition("Page 2")[0]
    [article] = read_articles(one.encode(), ".txt")
    assert article[1:4] == ("Rebels take Kell", "The Guardian", "2023-03-04")
    assert article.note == ""


def test_the_cover_of_an_export_is_no_article():
    cover = (
        "Date and Time: 7 March 2023\nJob Number: 123\nDocuments (2)\n1. Rebels take Kell\n"
        "Client/Matter: -None-\n| About LexisNexis | Privacy Policy | Terms & Conditions |\n"
    )
    first = read_articles((cover + NEXIS).encode(), ".txt")[0]
    assert first[1:4] == ("Rebels take Kell", "The Guardian", "2023-03-04")


@pytest.mark.parametrize("form", FORMS)
def test_a_long_export_costs_no_more_than_as_much_in_short_ones(form):
    def make(length: int) -> Article:
        return Article(FORMS[form] * max(1, length // len(FORMS[form])))

    assert measure_growth(split_export, make, 300_000) < MOST
