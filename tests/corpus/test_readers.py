"""Reading: what each kind of file gives, what it says of itself, and what is left out with its
name."""

import hashlib
import io
import json
import logging
import re
import shutil
import socket
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from pypdf import PdfWriter

from helpers.corpus.dateline import find_dateline, find_publisher
from helpers.corpus.documents import (
    list_missing,
    load_corpus,
    save_documents,
    save_texts,
    sum_corpus,
)
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.language import name_language
from helpers.corpus.readers.article import clean_text, decode_text, read_article
from helpers.corpus.readers.table import read_rows
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError
from tests.growth import MOST, TIMES, count_calls, measure_growth, repeat

PARAGRAPHS = (
    "<p>Rebels took the town of Kell on Monday, killing 12 soldiers and driving 3,000 "
    "people out, officials said.</p>"
    "<p>“We fled at night,” said Amina, a mother of three who reached the camp at Ost on "
    "foot after two days.</p>"
)


def make_page(head: str = "", before: str = "") -> bytes:
    return (
        f"<html><head><title>Rebels take Kell - The "
        f"Daily</title>{head}</head><body><nav><ul><li><a href='/'>Home</a></li>"
        f"<li><a href='/w'>World</a></li></ul></nav><article><h1>Rebels take "
        f"Kell</h1>{before}{PARAGRAPHS}<figure><img src='a.jpg'>"
        "<figcaption>A burnt tank in Kell, 3 March. Photo: "
        "AFP</figcaption></figure></article><div class='comments'>"
        "<p>Nice article, thanks, I read all of it and liked it a "
        "lot.</p></div><footer>Copyright 2021 The Daily</footer></body></html>"
    ).encode()


def make_pdf(*pages: str, **metadata) -> bytes:
    buffer = io.BytesIO()
    with PdfPages(buffer, metadata=metadata) as file:
        for text in pages:
            figure = plt.figure()
            figure.text(0.1, 0.5, text)
            file.savefig(figure)
            plt.close(figure)
    return buffer.getvalue()


def rewrite_pdf(data: bytes, **protection) -> bytes:
    writer, buffer = PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    if protection:
        writer.encrypt(algorithm="RC4-128", **protection)
    else:
        writer.pages[0].pop("/Contents")
    writer.write(buffer)
    return buffer.getvalue()


def make_folder(path, **files):
    """A folder of files: stem__suffix="text" or bytes."""
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        (path / name.replace("__", ".")).write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
    return path


def refuse(data: bytes, suffix: str) -> str:
    with pytest.raises(CorpusError) as caught:
        read_article(data, suffix)
    return str(caught.value)


# Datelines


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        (
            "KELL, March 4, 2023 (Agency) - Rebels took it.",
            "2023-03-04",
            "KELL, March 4, 2023 (Agency)",
        ),
        (
            "SAN SALVADOR, 10 JAN 90 (AFP) -- [TEXT] FOUR DIED.",
            "1990-01-10",
            "SAN SALVADOR, 10 JAN 90 (AFP)",
        ),
        (
            "DEV-0001\n\nLIMA, 25 OCT 04 (EFE) -- [TEXT] FOUR DIED.",
            "2004-10-25",
            "LIMA, 25 OCT 04 (EFE)",
        ),
        (
            "GOMA/KINSHASA, 4 Mar. 2023 (Reuters) Rebels took it.",
            "2023-03-04",
            "GOMA/KINSHASA, 4 Mar. 2023 (Reuters)",
        ),
        (
            "Deir ez-Zor, Syria, 4 March 2023 – The army left.",
            "2023-03-04",
            "Deir ez-Zor, Syria, 4 March 2023",
        ),
        (
            "KYIV, Ukraine (AP) March 4, 2023 — The army left.",
            "2023-03-04",
            "KYIV, Ukraine (AP) March 4, 2023",
        ),
        ("4 March 2023\n\nRebels took it.", "2023-03-04", "4 March 2023"),
        ("Kell falls\r\n2023-03-04\r\nRebels took it.", "2023-03-04", "2023-03-04"),
        (
            "Kell falls\nTuesday 4 March 2023 10.31 GMT\nRebels took it.",
            "2023-03-04",
            "Tuesday 4 March 2023 10.31 GMT",
        ),
        (
            "By Jane Doe | March 4, 2023\nRebels took it.",
            "2023-03-04",
            "By Jane Doe | March 4, 2023",
        ),
        ("BBC News, 4 March 2023\nRebels took it.", "2023-03-04", "BBC News, 4 March 2023"),
        (
            "Published: 4 March 2023 10:31 GMT\nRebels took it.",
            "2023-03-04",
            "Published: 4 March 2023 10:31 GMT",
        ),
        (
            "Updated 5 March 2023\nPublished 4 March 2023\nText",
            "2023-03-04",
            "Published 4 March 2023",
        ),
        ("Updated: March 5th, 2023\nText", "2023-03-05", "Updated: March 5th, 2023"),
        ("Posted on March 4, 2023\nText", "2023-03-04", "Posted on March 4, 2023"),
        ("Date: 13/04/2023\nText", "2023-04-13", "Date: 13/04/2023"),
        ("Date: 04/13/2023\nText", "2023-04-13", "Date: 04/13/2023"),
        ("Flash update 5 (as of 4 March 2023)\nText", "2023-03-04", "(as of 4 March 2023)"),
        (" date 2024-12-08 A lightning operation", "2024-12-08", "date 2024-12-08"),
    ],
)
def test_the_day_that_a_text_states_at_its_head_is_read_with_its_words(text, day, words):
    assert find_dateline(text) == (day, words)


@pytest.mark.parametrize(
    "text",
    [
        "On 4 March 2019 the rebels took Kell.",
        "The town fell on Tuesday, 4 March 2019.\nThen it burned.",
        "As of 4 March 2019, some 300 people had fled.",
        "Published on 4 March 2019, the report says 300 died.",
        "4 March 2019 – Rebels take Kell.",
        "4 March 2019\nRebels take Kell.\n5 March 2019\nRebels leave.",
        "In Kell, 4 March 2019 (a Monday) was a day of mourning.",
        "The Battle of Kell, March 4, 2019 - a day to remember",
        "The 4 March 2019 – 5 May 2020 offensive",
        "Released 12 March 2019 from prison, he fled.",
        "Date 4 March 2019 saw fighting.",
        "KELL, March 4 (Agency) - Rebels took it.",
        "Published: 03/04/2023\n",
        "Published: 31 February 2023",
        "4 March 10.31 GMT",
        "March 2023",
        "",
        "x" * 700 + "\n4 March 2023\n",
    ],
)
def test_a_date_in_prose_without_a_year_or_with_two_readings_is_no_dateline(text):
    assert find_dateline(text) is None


# Languages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "English",
            (
                "The president fled the capital on Sunday, the United Nations said, and more "
                "than 500 people were killed."
            ),
        ),
        (
            "English",
            (
                "SAN SALVADOR, LA LIBERTAD, SANTA ANA: THE GUERRILLAS OF THE FMLN ATTACKED "
                "THE TOWN OF SAN MIGUEL DE LA FRONTERA AND KILLED TWO."
            ),
        ),
        (
            "English",
            "“No nos vamos a rendir, porque el pueblo está con nosotros y la lucha "
            "sigue”, said the leader of the rebels, in a statement that was "
            "read on the radio and carried by the agency. The army has said that it would "
            "not talk to them.",
        ),
        (
            "Spanish",
            (
                "El presidente huyó de Damasco según fuentes de la ONU, que contabilizó más "
                "de 500 muertos entre los civiles. Los rebeldes entraron por el norte."
            ),
        ),
        (
            "French",
            (
                "Le président a fui Damas dimanche, selon les Nations unies, qui ont dénombré "
                "plus de 500 morts dans les combats. Les rebelles sont entrés par le nord."
            ),
        ),
        (
            "Portuguese",
            (
                "O presidente fugiu da capital, segundo a ONU, que contou mais de 500 mortos "
                "entre os civis. Os rebeldes entraram pelo norte e o exército não combateu, "
                "como foi dito."
            ),
        ),
        (
            "German",
            (
                "Der Präsident ist aus der Hauptstadt geflohen, nach Angaben der UN wurden "
                "mehr als 500 Menschen getötet. Die Rebellen sind in die Stadt gekommen."
            ),
        ),
        (
            "Italian",
            (
                "Il presidente è fuggito dalla capitale, secondo le Nazioni Unite, che hanno "
                "contato più di 500 morti tra i civili. I ribelli sono entrati nella città e "
                "l'esercito non ha combattuto."
            ),
        ),
        (
            "Dutch",
            (
                "De president is uit de hoofdstad gevlucht, volgens de VN zijn er meer dan "
                "500 doden gevallen. De rebellen zijn van het noorden ingetrokken en het "
                "leger heeft niet gevochten."
            ),
        ),
        (
            "Turkish",
            (
                "Cumhurbaşkanı başkentten kaçtı ve BM'ye göre çok kişi öldü. Ordu ise "
                "direnmedi. Bu saldırı kısa bir süre içinde ve plan ile yapıldı, daha sonra "
                "bir açıklama geldi."
            ),
        ),
        (
            "Indonesian or Malay",
            (
                "Presiden telah melarikan diri dari ibu kota dan menurut PBB lebih dari 500 "
                "orang tewas dalam pertempuran itu. Para pemberontak masuk ke kota, kata "
                "sumber yang dekat dengan pemerintah."
            ),
        ),
        (
            "Swahili",
            (
                "Rais alikimbia kutoka mji mkuu na kwa mujibu wa Umoja wa Mataifa watu zaidi "
                "ya 500 waliuawa katika mapigano hayo. Waasi waliingia katika mji na jeshi "
                "halikupigana, lakini watu ni wengi."
            ),
        ),
        ("Arabic script", "فر الرئيس من العاصمة وقتل أكثر من 500 شخص وفقا للأمم المتحدة"),
        ("Cyrillic script", "Президент бежал из столицы, по данным ООН погибли 500 человек."),
        ("Chinese", "据联合国称，超过五百人在战斗中丧生，总统已逃离首都。"),
        ("Japanese", "国連によると、戦闘で500人以上が死亡し、大統領は首都から逃亡した。"),
        (
            "English",
            "“"
            + "No nos vamos a rendir porque la lucha sigue y el pueblo está con los que luchan. "
            * 2
            + "” said the man in the square to the "
            "crowd that had come for the funeral of the 12 who were killed by the army in "
            "the raid on the camp, and with that he left the town.",
        ),
        (
            "English",
            (
                "The army and the rebels fought for San Juan de los Altos, Santa Ana del Rio, "
                "San Luis de los Llanos and Villa del Sol y la Luna: 12 died in the town."
            ),
        ),
        ("", "IDPs total 122 387"),
        (
            "",
            "San Juan de la Reina; Santa Ana de la Cruz; Villa de la Paz; Puerto del Rio; "
            "Villa del Sol; Los Altos; Los Llanos; San Luis del Monte; "
            "Pozo del Norte; Cerro del Aguila; Los Pinos; Paso del Rey; Valle del Sur; Los Olivos",
        ),
        (
            "",
            (
                "Departamento de La Paz; San Juan de Dios; Santa Ana de los Rios; Villa de la "
                "Cruz; Puerto de la Libertad; San Luis de la Reina; Los Altos del Norte"
            ),
        ),
    ],
)
def test_the_language_of_a_text_is_named_or_left_open(language, text):
    assert name_language(text) == language


# Encodings


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", "not UTF-8; read as windows-1252, a guess"),
    ],
)
def test_accents_and_quotes_survive_the_encodings_that_news_comes_in(encoding, said):
    text = "Ms Peña said “12 died” in the café.\r\nIt’s over."
    assert decode_text(text.encode(encoding)) == (text, said)


def test_another_script_in_an_old_encoding_is_read_with_a_note():
    text = "Повстанцы вошли в Дамаск, президент бежал, сообщили источники в городе."
    assert decode_text(text.encode("cp1251")) == (text, "not UTF-8; read as cp1251, a guess")


def test_the_encoding_that_a_page_declares_is_no_guess():
    page = (
        make_page("<meta charset='iso-8859-1'>").decode().replace("Amina", "Peña").encode("cp1252")
    )
    article = read_article(page, ".html")
    assert "said Peña" in article.text
    assert article.note == ""


def test_characters_that_no_file_can_hold_become_one_replacement_each():
    assert clean_text("a\x00b\ud800c") == "a\ufffdb\ufffdc"


# Plain text and Markdown


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rebels take Kell\n\nThe town fell.", "Rebels take Kell"),
        ("Rebels take Kell\nThe town fell on Monday, the army said.", "Rebels take Kell"),
        (
            "Rebels take Kell and two villages\nODRA, 4 March 2023 (JNA)\nIt fell.",
            "Rebels take Kell and two villages",
        ),
        ("The town fell.\n\nThe army left.", ""),
        ("The town fell and the army\nleft", ""),
        ("4 March 2023\n\nThe town fell.", ""),
        ("Rebels take Kell", ""),
    ],
)
def test_a_short_first_line_without_a_full_stop_is_the_title(text, title):
    assert read_article(text.encode(), ".txt").title == title


def test_markdown_keeps_its_offsets_and_gives_heading_and_front_matter():
    text = (
        "---\ntitle: 'Kell falls'\ndate: 2023-03-04\nurl: https://x.example/a\npublisher: "
        "Kell Wire\nauthor: Ann Ode; Bo Lin\naccessed: 5 March 2023\n---\n# Another head\n\n"
        "The town fell.\n"
    )
    article = read_article(text.encode(), ".md")
    head = text.index("# Another")
    assert article == (
        re.sub(r"\S", " ", text[:head]) + text[head:],
        "Kell falls",
        "Kell Wire",
        "2023-03-04",
        "front matter",
        "https://x.example/a",
        "",
        "Ann Ode; Bo Lin",
        "2023-03-05",
    )
    assert read_article(b"# Kell falls #\r\n\r\nThe town fell.", ".md").title == "Kell falls"


def test_a_day_that_no_calendar_has_is_said_of_front_matter():
    article = read_article(b"---\ndate: 2023-02-31\n---\nThe town of Kell fell.\n", ".md")
    assert article.published == ""
    assert article.note == 'its front matter says "2023-02-31", which is no day'


# Pages


def test_a_page_gives_its_paragraphs_without_menu_caption_and_comments():
    assert read_article(make_page(), ".html").text.splitlines() == [
        "Rebels take Kell",
        *(part.removeprefix("<p>") for part in PARAGRAPHS.split("</p>") if part),
    ]


def test_the_mark_of_a_note_is_no_part_of_the_number_before_it():
    page = make_page(before="<p>Shells killed 25<sup>3</sup> people on the 5<sup>th</sup>.</p>")
    text = read_article(page, ".html").text
    assert "killed 25[3] people on the 5th." in text


@pytest.mark.parametrize(
    "caption",
    [
        "<figure><img src='a'><figcaption>{0}</figcaption></figure>",
        "<p class='wp-caption-text'>{0}</p>",
        "<div class='image-caption'><p>{0}</p></div>",
    ],
)
def test_a_page_of_one_sentence_is_no_more_than_that_sentence(caption):
    """Of so little, trafilatura falls back on the whole page, where captions and menus stand
    too."""
    sentence, beside = (
        "Rebels took Kell, killing 12 soldiers, officials said.",
        caption.format("Smoke over Kell on 3 March, as seen from Ost."),
    )
    page = (
        f"<html><head><title>Kell</title></head><body><nav><a "
        f"href='/'>Home</a></nav><article><p>{sentence}</p>{beside}</article></body></html>"
    )
    assert read_article(page.encode(), ".html").text == sentence


@pytest.mark.parametrize(
    ("head", "before", "published", "basis"),
    [
        (
            "<meta property='article:published_time' content='2023-03-04T23:30:00-05:00'>",
            "",
            "2023-03-04",
            "page metadata",
        ),
        (
            "<meta name='date' content='Sat, 04 Mar 2023 10:31:00 GMT'>",
            "",
            "2023-03-04",
            "page metadata",
        ),
        (
            (
                '<script type=\'application/ld+json\'>{"@type": "NewsArticle", '
                '"datePublished": "2023-03-04"}</script>'
            ),
            "",
            "2023-03-04",
            "page metadata",
        ),
        (
            "",
            "<time datetime='2023-03-04'>Saturday</time>",
            "2023-03-04",
            "time element of the page",
        ),
        (
            "<link rel='canonical' href='https://daily.example/2023/03/04/kell.html'>",
            "",
            "2023-03-04",
            "address of the page",
        ),
        (
            "",
            "<p>KELL, March 4, 2023 (Agency) - The rebels took all of it.</p>",
            "2023-03-04",
            'dateline "KELL, March 4, 2023 (Agency)"',
        ),
        ("", "<time datetime='2023-03-04'>x</time><time datetime='2023-03-05'>y</time>", "", ""),
        (
            "<meta property='article:modified_time' content='2023-03-04'>",
            "<p>On 5 May 2019 the rebels had lost the town to the army.</p>",
            "",
            "",
        ),
        ("<meta name='date' content='03/04/2023'>", "", "", ""),
    ],
)
def test_the_day_of_a_page_comes_from_what_states_it_and_never_from_body_or_copyright(
    head, before, published, basis
):
    article = read_article(make_page(head, before), ".html")
    assert (article.published, article.basis) == (published, basis)


def test_a_page_gives_title_publisher_and_address():
    article = read_article(
        make_page(
            "<meta property='og:site_name' content='The Daily'><link rel='canonical' href='https://daily.example/kell'>"
        ),
        ".htm",
    )
    assert (article.title, article.publisher, article.url) == (
        "Rebels take Kell",
        "The Daily",
        "https://daily.example/kell",
    )


def test_a_page_is_read_twice_alike_and_without_the_network(monkeypatch):
    def fail(*_):
        raise AssertionError("the network was asked for")

    read_article(
        make_page(""), ".html"
    )  # imports what reads pages, which must find sockets as they are
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, fail)
    page = make_page(
        "<link rel='canonical' href='https://daily.example/kell'><link rel='stylesheet' href='https://daily.example/a.css'>"
    )
    assert read_article(page, ".html") == read_article(page, ".html")


@pytest.mark.parametrize(
    "data",
    [
        b"<html></html>",
        b"no markup",
        b"<html><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav></body></html>",
        b"<html><body>"
        + b"<li><a href='/1'>Rebels take Kell, army says</a></li>" * 60
        + b"</body></html>",
        b"<div>" * 5_000,
    ],
    ids=["empty", "no markup", "menu", "list of links", "deep"],
)
def test_a_page_without_an_article_is_refused_with_a_remedy(data):
    assert refuse(data, ".html") == (
        "holds no article that can be told from its menus; save the article's own page, "
        "or its text as .txt"
    )


def test_a_page_of_too_many_elements_is_refused_before_an_article_is_looked_for(monkeypatch):
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: pytest.fail("looked for"))
    assert refuse(
        b"<html><body>" + b"<p>a<b>c</b></p>" * 40_000 + b"</body></html>", ".html"
    ).startswith("is too large for one page (80,0")


# PDF


def test_a_pdf_gives_its_text_layer_its_title_and_its_dateline():
    pdf = make_pdf(
        "KELL, March 4, 2023 (Agency) - Rebels took it\nand 12 people died in the town.",
        "Page two.",
        Title="Flash update on Kell",
    )
    article = read_article(pdf, ".pdf")
    assert article.text.split("\n")[:2] == [
        "KELL, March 4, 2023 (Agency) - Rebels took it",
        "and 12 people died in the town.",
    ]
    assert (article.title, article.published, article.note) == (
        "Flash update on Kell",
        "2023-03-04",
        "",
    )


def test_the_day_a_pdf_was_made_is_no_day_of_publication():
    pdf = make_pdf("Rebels took the town.")
    assert b"/CreationDate" in pdf
    assert read_article(pdf, ".pdf").published == ""


@pytest.mark.parametrize(
    "title", ["Microsoft Word - update", "Untitled document", "flash update.indd", "update"]
)
def test_what_a_program_writes_into_a_pdf_for_want_of_a_title_is_none(title):
    assert read_article(make_pdf("Rebels took the town.", Title=title), ".pdf").title == ""


def test_pages_without_text_are_counted_in_the_note():
    assert (
        read_article(make_pdf("Rebels took the town.", "", ""), ".pdf").note
        == "2 of 3 pages hold no text"
    )


def test_a_pdf_locked_only_against_changes_is_read():
    locked = rewrite_pdf(
        make_pdf("Rebels took the town."), user_password="", owner_password="owner"
    )
    assert "Rebels took the town." in read_article(locked, ".pdf").text


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (
            lambda pdf: rewrite_pdf(pdf, user_password="secret"),
            "is encrypted; save it without its password",
        ),
        (
            lambda pdf: rewrite_pdf(pdf),
            "has no text layer (a scan?); run it through OCR, or save its text as .txt",
        ),
        (lambda pdf: pdf[: len(pdf) // 3], "is no PDF that can be read ("),
        (lambda pdf: b"hello", "is no PDF that can be read ("),
        (lambda pdf: b"", "is empty; "),
    ],
    ids=["encrypted", "scanned", "cut", "no PDF", "empty"],
)
def test_a_pdf_that_cannot_be_read_says_why_and_what_to_do(spoil, fault):
    assert refuse(spoil(make_pdf("Rebels took the town.")), ".pdf").startswith(fault)


# Size and time


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_fifty_megabytes_in_one_file_are_refused_unread(suffix, monkeypatch):
    monkeypatch.setattr(
        "helpers.corpus.readers.article.decode_text", lambda *_: pytest.fail("read")
    )
    assert refuse(b"Rebels took Kell. " * 2_800_000, suffix) == (
        "is too large for one article (50 MB; at most 20); split it, or put its articles "
        "into a table (.jsonl, .csv, .parquet), one row each"
    )


@pytest.mark.parametrize(
    "unit", ["KELL, 4 March ", "the rebels y ciudad ", "A, ", "( ", "\n", "By a ", "# "]
)
@pytest.mark.parametrize("task", [find_dateline, name_language])
def test_dateline_and_language_cost_no_more_in_a_longer_text(task, unit):
    most = MOST / TIMES  # a short one costs a TIMES-th of what so many do
    assert measure_growth(task, lambda length: repeat(unit, length), 4_000_000, most) < most


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_decoding_costs_no_more_than_the_length_of_a_file(encoding):
    def write(length: int) -> bytes:
        return repeat("Ms Peña said “12 died” in the café. ", length).encode(encoding)

    assert measure_growth(decode_text, write, 4_000_000) < MOST


def test_a_long_page_costs_no_more_than_as_many_paragraphs_on_short_ones():
    growth = measure_growth(
        lambda page: read_article(page, ".html"),
        lambda times: make_page(before=PARAGRAPHS * times),
        2_000,
    )
    assert growth < MOST


# Tables


def write_table(folder, kind, rows):
    table, file = pd.DataFrame(rows), folder / f"articles.{kind}"
    folder.mkdir(exist_ok=True)
    if kind == "jsonl":
        file.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
        )
    elif kind == "csv":
        table.to_csv(file, index=False)
    else:
        table.to_parquet(file)
    return folder


ROWS = [
    {
        "ID": "17",
        "Content": "Rebels took “Kell”.\n12 died,\u2028they said.",
        "title": "Kell falls",
        "publisher": "Kell Wire",
        "date": "2023-03-04T10:00:00Z",
        "url": "https://x.example/17",
    },
    {
        "ID": "b/2",
        "Content": "KELL, March 5, 2023 (Agency) - They left.",
        "title": "",
        "publisher": "",
        "date": "",
        "url": "",
    },
]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_a_table_of_articles_is_a_corpus_of_its_rows(tmp_path, kind):
    documents = load_corpus(write_table(tmp_path / "table", kind, ROWS)).set_index("doc_id")
    name = f"articles.{kind}"
    assert documents[
        ["file", "title", "publisher", "published", "published_basis", "url", "text"]
    ].values.tolist() == [
        [
            f"{name}#17",
            "Kell falls",
            "Kell Wire",
            "2023-03-04",
            "column date",
            "https://x.example/17",
            ROWS[0]["Content"],
        ],
        [
            f"{name}#b/2",
            "articles b/2",
            "unknown",
            "2023-03-05",
            'dateline "KELL, March 5, 2023 (Agency)"',
            "",
            ROWS[1]["Content"],
        ],
    ]
    assert list(documents.index) == ["017", "b-2"]
    assert documents.loc["017", "sha256"] == hashlib.sha256(ROWS[0]["Content"].encode()).hexdigest()


def test_rows_without_ids_are_numbered_as_they_stand_and_rows_without_text_left_out(tmp_path):
    documents = load_corpus(
        make_folder(tmp_path / "t", articles__csv='text\nOne died.\n" "\nTwo died.\n')
    )
    assert documents["file"].tolist() == ["articles.csv#000", "articles.csv#002"]
    assert documents.attrs["unread"] == [
        (
            "articles.csv (without text): 1 row left out: 001; fill in the text, split it or "
            "delete the row"
        )
    ]


def test_a_line_that_is_no_json_is_named_and_the_others_are_read(tmp_path):
    folder = make_folder(
        tmp_path / "t",
        articles__jsonl=(
            '{"text": "One died.", "id": 1}\n{"text": \n\n{"text": "Two died.", "id": 2}\n'
        ),
    )
    documents = load_corpus(folder)
    assert documents["doc_id"].tolist() == ["001", "002"]
    assert documents.attrs["unread"][0].startswith("articles.jsonl line 2: is no JSON (")


def test_doubled_ids_of_a_table_are_refused(tmp_path):
    with pytest.raises(
        CorpusError, match="^articles.csv: the id 7 stands twice; give every row its own$"
    ):
        load_corpus(
            make_folder(tmp_path / "t", articles__csv="id,text\n7,One died.\n7,Two died.\n")
        )


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_a_table_without_a_text_column_is_refused_with_its_columns(tmp_path, kind):
    with pytest.raises(
        CorpusError,
        match=(
            r"articles.\w+: is a table without a text column \(it has id, story\); rename the "
            r"column that holds the articles to text"
        ),
    ):
        load_corpus(write_table(tmp_path / "t", kind, [{"id": "1", "story": "One died."}]))


@pytest.mark.parametrize("name", ["articles__parquet", "articles__jsonl", "articles__csv"])
def test_a_damaged_table_is_refused_with_a_remedy(tmp_path, name):
    with pytest.raises(CorpusError, match="(write it again|write one object a line|check quotes)"):
        load_corpus(make_folder(tmp_path / "t", **{name: 'text\n"open'}))


@pytest.mark.parametrize(
    ("cell", "published"),
    [
        ("2024-12-08/2024-12-09", "2024-12-08/2024-12-09"),
        ("2024-12-09/2024-12-08", ""),
        ("4 March 2023", "2023-03-04"),
        ("20230304", "2023-03-04"),
        ("2023-03-04 00:00:00", "2023-03-04"),
        ("03/04/2023", ""),
        ("2023-02-30", ""),
        ("yesterday", ""),
    ],
)
def test_a_published_cell_is_a_day_an_interval_or_named_in_the_note(cell, published):
    rows, _ = read_rows(f'text,published\nOne died.,"{cell}"\n'.encode(), "a.csv")
    assert rows["published"].tolist() == [published]
    assert rows["note"].tolist() == [
        "" if published else f'published reads "{cell}", which is no day; write 2024-12-08'
    ]


def test_texts_and_a_table_in_one_folder_are_both_read_under_ids_of_their_own(tmp_path):
    folder = make_folder(
        tmp_path / "t",
        **{"000_first__txt": "One died."},
        articles__csv="text\nTwo died.\n",
        outline__csv="lon,lat\n1,2\n",
    )
    assert load_corpus(folder)["doc_id"].tolist() == ["000_first", "articles-000"]


def test_a_large_table_costs_no_more_than_as_many_rows_in_small_ones(tmp_path):
    text = "KELL, March 4, 2023 (Agency) - Rebels took town {}, and 12 people died."

    def make_table(rows: int):
        lines = [json.dumps({"text": text.format(number)}) for number in range(rows)]
        return make_folder(tmp_path / f"{rows}", articles__jsonl="\n".join(lines))

    def read_and_describe(folder) -> None:
        save_documents(load_corpus(folder), folder).unlink()

    assert len(load_corpus(make_table(16_000))) == 16_000
    assert measure_growth(read_and_describe, make_table, 16_000) < MOST


# Folders


def test_a_folder_of_every_kind_is_read_and_what_cannot_be_is_listed(tmp_path):
    folder = make_folder(
        tmp_path / "mixed",
        a__txt="Rebels took Kell.",
        b__md="# Kell falls\n\nRebels took it.",
        c__html=make_page(),
        d__pdf=make_pdf("Rebels took the town."),
        README__md="About these texts.",
        e__pdf=b"%PDF",
        f__html=b"<html></html>",
        g__doc=b"x",
        h__png=b"x",
        __hidden__txt="Never read.",
        places__csv="key\nkell\n",
    )
    documents = load_corpus(folder)
    assert documents["doc_id"].tolist() == list("abcd")
    assert [line.split(":")[0] for line in documents.attrs["unread"]] == [
        "e.pdf",
        "f.html",
        "g.doc",
    ]
    assert documents.attrs["unread"][2].endswith("save it as .txt, .docx, .html or .pdf")


def test_a_folder_of_which_nothing_can_be_read_is_refused_with_every_reason(tmp_path):
    with pytest.raises(CorpusError) as caught:
        load_corpus(
            make_folder(tmp_path / "bad", a__pdf=b"x", b__html=b"<html></html>", c__docx=b"PK")
        )
    head, *faults = str(caught.value).splitlines()
    assert head == "bad: no text that can be read (3):"
    assert [fault.strip().split(":")[0] for fault in faults] == ["a.pdf", "b.html", "c.docx"]


def test_files_of_one_stem_are_called_by_their_whole_names(tmp_path):
    assert load_corpus(make_folder(tmp_path / "t", a__txt="One died.", a__md="Two died."))[
        "doc_id"
    ].tolist() == ["a.md", "a.txt"]


def test_an_unlisted_file_that_cannot_be_read_does_not_stop_a_described_corpus(corpus):
    (corpus / "005_new.pdf").write_bytes(b"x")
    documents = load_corpus(corpus)
    assert len(documents) == 5
    assert documents.attrs["unread"][0].startswith("005_new.pdf: is no PDF that can be read")


def test_a_listed_page_whose_bytes_changed_is_refused_with_both_sums(tmp_path):
    folder = make_folder(tmp_path / "t", a__html=make_page())
    save_documents(load_corpus(folder), folder)
    (folder / "a.html").write_bytes(make_page() + b"\n")
    with pytest.raises(CorpusError, match="a.html: the text has changed since it was coded"):
        load_corpus(folder)


def test_add_new_derives_the_rows_that_documents_csv_lacks(corpus):
    (corpus / "005_new.txt").write_text(
        "Kell falls\n\nKELL, March 4, 2023 (Agency) - Rebels took it.", "utf-8"
    )
    (corpus / "004_other.txt").write_text("Rebels left.", "utf-8")
    added = load_corpus(corpus, add_new=True).set_index("doc_id")
    assert list(added.index) == ["000", "001", "002", "003", "004", "004_other", "005_new"]
    assert added.loc["005_new", ["title", "published"]].tolist() == ["Kell falls", "2023-03-04"]


def test_an_id_that_documents_csv_has_given_away_is_not_given_twice(corpus):
    file = corpus / "documents.csv"
    file.write_text(file.read_text("utf-8").replace("\n004,", "\n005,"), "utf-8")
    (corpus / "005_new.txt").write_text("Rebels left.", "utf-8")
    assert load_corpus(corpus, add_new=True)["doc_id"].tolist() == [
        "000",
        "001",
        "002",
        "003",
        "005",
        "005_new",
    ]


def test_numbers_of_four_digits_follow_those_of_three(tmp_path):
    folder = make_folder(
        tmp_path / "t", **{f"{number}_a__txt": "One died." for number in ("1000", "999", "100")}
    )
    assert load_corpus(folder)["doc_id"].tolist() == ["100", "999", "1000"]


def make_many(folder, number: int):
    """A folder of so many short texts."""
    text = "KELL, March 4, 2023 (Agency) - Rebels took the town, and 12 people were killed."
    folder.mkdir()
    for order in range(number):
        (folder / f"{order:05}_a.txt").write_text(text)
    return folder


def test_ten_thousand_files_are_each_read_once_with_progress(tmp_path, capsys, monkeypatch):
    folder, read, read_bytes = make_many(tmp_path / "many", 10_000), Counter(), Path.read_bytes

    def count_read(file: Path) -> bytes:
        read[file.name] += 1
        return read_bytes(file)

    monkeypatch.setattr(Path, "read_bytes", count_read)
    assert len(load_corpus(folder)) == 10_000
    assert len(read) == 10_000
    assert set(read.values()) == {1}
    shown = capsys.readouterr()
    assert "reading texts" in shown.err
    assert shown.out == ""


def test_twice_as_many_files_take_little_more_than_twice_the_calls(tmp_path):
    few, many = (make_many(tmp_path / f"{number}", number) for number in (1_000, 2_000))
    load_corpus(few)  # what is loaded once
    assert count_calls(load_corpus, many) < 2.2 * count_calls(load_corpus, few)


def test_a_small_folder_is_read_in_silence(corpus, capsys):
    load_corpus(corpus)
    assert capsys.readouterr() == ("", "")


def test_damaged_files_write_nothing_to_the_screen(tmp_path, capsys, caplog):
    for name in ("pypdf", "trafilatura"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    load_corpus(
        make_folder(
            tmp_path / "t",
            a__txt="One died.",
            b__pdf=b"%PDF-1.4\n" + b"x" * 500,
            c__html=b"<html></html>",
            d__pdf=make_pdf("Two died.")[:-300],
        )
    )
    assert capsys.readouterr() == ("", "")
    assert not [
        record
        for record in caplog.records
        if record.name.startswith(("pypdf", "trafilatura")) and record.levelno >= logging.WARNING
    ]


# What is written


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\nd", "a\u2028b\u0085c\x0bd", "a\ufeffb", "\ufeffa", "  a \n", "𝔸 é “x”"]
)
def test_a_text_written_out_is_read_again_character_by_character(tmp_path, text):
    documents = pd.DataFrame({"doc_id": ["000"], "text": [text]})
    save_texts(documents, tmp_path / "out")
    assert load_corpus(tmp_path / "out")["text"].tolist() == [text]


def test_every_kind_of_text_written_out_keeps_its_offsets(tmp_path):
    folder = make_folder(
        tmp_path / "t",
        a__html=make_page(),
        b__pdf=make_pdf("Rebels took it."),
        c__jsonl='{"id": "x/y", "text": "a\\r\\nb\\u0000c\\ud800"}\n',
    )
    documents = load_corpus(folder)
    written = load_corpus(save_texts(documents, tmp_path / "out"))
    assert written["text"].tolist() == documents["text"].tolist()


def test_an_id_cannot_write_outside_the_folder(tmp_path):
    save_texts(pd.DataFrame({"doc_id": ["../x", ".y"], "text": ["a", "b"]}), tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "%2E.%2Fx.txt",
        "%2Ey.txt",
    ]


def test_documents_csv_is_made_from_what_the_texts_say(tmp_path):
    folder = make_folder(
        tmp_path / "t",
        a__txt="KELL, March 4, 2023 (Agency) - Rebels took it.",
        b__html=make_page("<meta property='og:site_name' content='The Daily'>"),
    )
    derived = load_corpus(folder)
    save_documents(derived, folder)
    pd.testing.assert_frame_equal(load_corpus(folder)[derived.columns], derived)
    assert load_table(folder / "documents.csv", [])["published_basis"].tolist() == [
        'dateline "KELL, March 4, 2023 (Agency)"',
        "",
    ]


def test_rows_that_a_person_filled_in_stay_as_they_are_and_new_ones_follow(corpus):
    before = (corpus / "documents.csv").read_text("utf-8")
    save_documents(load_corpus(corpus), corpus)
    assert (corpus / "documents.csv").read_text("utf-8") == before
    (corpus / "000_new.txt").write_text("Rebels left.", "utf-8")
    save_documents(load_corpus(corpus, add_new=True), corpus)
    after, old = (
        load_table(corpus / "documents.csv", []),
        pd.read_csv(io.StringIO(before), dtype=str, keep_default_na=False),
    )
    assert after.iloc[:5][old.columns].values.tolist() == old.values.tolist()
    assert after.loc[5, "doc_id"] == "000_new"
    assert list(load_corpus(corpus)["doc_id"]) == ["000", "001", "002", "003", "004", "000_new"]


def test_what_documents_csv_says_of_author_language_and_access_goes_before_the_text(tmp_path):
    rows = [
        {"id": "1", "text": "Le 5 mars, one died.", "byline": "Ann Ode", "accessed": "2024-01-05"}
    ]
    folder = write_table(tmp_path / "t", "jsonl", rows)
    told = ["author", "language", "accessed"]
    assert load_corpus(folder)[told].values.tolist() == [["Ann Ode", "", "2024-01-05"]]
    save_documents(load_corpus(folder), folder)
    file = folder / "documents.csv"
    written = load_table(file, told)
    assert written[told].values.tolist() == [["Ann Ode", "", "2024-01-05"]]
    written.assign(author="Bo Lin;Cy", language="en-GB").to_csv(file, index=False)
    assert load_corpus(folder)[told].values.tolist() == [["Bo Lin;Cy", "English", "2024-01-05"]]


def test_an_author_that_a_page_names_is_kept(tmp_path):
    page = (
        "<html><head><meta name='author' content='Ann Ode'><title>Kell</title></head>"
        "<body><article>"
        "<p>The town of Kell fell on Monday after a week of fighting, officials said.</p>"
        "<p>Nine people were killed in the fighting, the mayor told reporters there.</p>"
        "</article></body></html>"
    )
    folder = make_folder(tmp_path / "t", kell__html=page)
    assert load_corpus(folder)["author"].tolist() == ["Ann Ode"]


def test_separator_mark_remarks_and_further_columns_of_documents_csv_are_kept(tmp_path):
    folder = make_folder(tmp_path / "t", a__txt="One died.", b__txt="Two died.")
    head = (
        "# coded in March\r\ndoc_id;file;title;publisher;published;published_basis;sha256;coder\r\n"
    )
    (folder / "documents.csv").write_bytes(
        b"\xef\xbb\xbf" + (head + '7;a.txt;"A;  title ";;2024-01-02;seen;;Amina\r\n').encode()
    )
    save_documents(load_corpus(folder, add_new=True), folder)
    data = (folder / "documents.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# coded in March\r\ndoc_id;file;")
    assert data.endswith(b";;;;;;\r\n")
    assert b'7;a.txt;"A;  title ";;2024-01-02;seen;;Amina;;;;;;\r\n' in data
    assert list(load_corpus(folder)["doc_id"]) == ["007", "b"]


def test_a_documents_csv_that_cannot_be_written_leaves_the_old_one(corpus, monkeypatch):
    (corpus / "005_new.txt").write_text("Rebels left.", "utf-8")
    before, documents = (corpus / "documents.csv").read_bytes(), load_corpus(corpus, add_new=True)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(CorpusError, match="No space left on device"):
        save_documents(documents, corpus)
    assert (corpus / "documents.csv").read_bytes() == before
    assert not list(corpus.glob(".*"))


def test_what_a_person_should_fill_in_is_listed_by_group(tmp_path):
    spanish = (
        "El presidente huyó de Damasco según fuentes de la ONU, que contabilizó más de 500 "
        "muertos entre los civiles. Los rebeldes entraron por el norte."
    )
    folder = make_folder(
        tmp_path / "t",
        a__txt="Rebels took Kell.",
        b__txt="Rebels took Kell.",
        c__txt="Ms Peña said “12 died”.".encode("cp1252"),
        d__txt=spanish,
        e__doc=b"x",
        f__txt="KELL, March 4, 2023 (Agency) - Rebels took it.",
    )
    assert list_missing(load_corpus(folder)) == [
        "published is empty for 4 of 5: a, b, c, d; write the day into documents.csv",
        "publisher is unknown for 4 of 5: a, b, c, d; write it into documents.csv",
        (
            "the encoding was guessed for 1 of 5: c; look at its accents and quotes, and save "
            "it as UTF-8"
        ),
        (
            "the text is not English but Spanish, and not mined for 1 of 5: d; take it out, "
            "or put a translation there"
        ),
        (
            "b is a copy of a: one story, counted as one text and one source, and a stands for it; "
            "if not, write a text's own id into copy_of in documents.csv"
        ),
        "e.doc: is no kind of file that is read here; save it as .txt, .docx, .html or .pdf",
    ]


def test_nothing_is_missing_where_everything_is_said(tmp_path):
    page = make_page(
        "<meta property='og:site_name' content='The Daily'><meta name='date' content='2023-03-04'>"
    )
    assert list_missing(load_corpus(make_folder(tmp_path / "t", a__html=page))) == []


# Checksum


@pytest.mark.parametrize("name", ["a.html", "b.pdf", "c.md", "d.jsonl", "e.csv"])
def test_a_change_in_a_text_of_any_kind_changes_the_sum(tmp_path, name):
    files = {
        "a__html": make_page(),
        "b__pdf": make_pdf("Rebels took it."),
        "c__md": "# Kell",
        "d__jsonl": '{"text": "One died."}',
        "e__csv": "text\nTwo died.\n",
    }
    folder = make_folder(tmp_path / "t", **files)
    before = sum_corpus(folder)
    with (folder / name).open("ab") as file:
        file.write(b"x")
    assert sum_corpus(folder) != before


def test_the_sum_of_the_seeds_is_the_one_their_figures_carry(tmp_path):
    stated = json.loads((REPOSITORY / "figures" / "corpus.json").read_text("utf-8"))["corpus"][
        "sha256"
    ]
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds" / "picture.png").write_bytes(b"x")
    assert sum_corpus(tmp_path / "seeds") == stated


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Kell falls\nKELL, 8 March 2026 (Diário do Norte)\nRebels took it.", "Diário do Norte"),
        ("Source: The Lakes Review\nKELL, 8 March 2026 (Agency)\nKell fell.", "The Lakes Review"),
        ("KELL, 8 March 2026 - Rebels (and others) took it.", ""),
        ("Rebels took Kell (Agency).", ""),
    ],
)
def test_who_publishes_a_text_is_read_from_its_head(text, publisher):
    assert find_publisher(text) == publisher
