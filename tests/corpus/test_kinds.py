"""Kinds of files: word processors, letters, saved pages, live blogs and tables."""

import contextlib
import io
import json
import zipfile

import pypandoc
import pytest

from helpers.corpus.documents import list_missing, load_corpus, sum_corpus
from helpers.corpus.overview import list_texts
from helpers.corpus.readers.article import find_title, read_article
from helpers.corpus.readers.kinds import read_articles
from helpers.corpus.readers.office import read_office
from helpers.scale.split import load_splits
from helpers.schema.errors import CorpusError
from tests.corpus.test_readers import make_folder
from tests.growth import MOST, count_calls, measure_growth

SAID = [
    "Rebels took the town of Kell, killing {} soldiers, officials said.",
    "Some {} families fled to Ost, the UN said in a statement on that day.",
    "The army left the base {} hours later, residents told us by phone.",
]
MARKDOWN = """# Rebels take Kell

KELL, March 4, 2023 (Agency) - Rebels took *the town* of Kell on Monday, killing 12 “at night”.

| place | dead |
|-------|------|
| Kell  | 12   |
| Ost   | 3    |

One more[^1] [link](https://x.example/2031).

[^1]: A footnote.
"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_office(suffix: str, tmp_path) -> bytes:
    file = tmp_path / f"a{suffix}"
    pypandoc.convert_text(
        MARKDOWN, suffix[1:], "markdown", outputfile=str(file), extra_args=["--standalone"]
    )
    return file.read_bytes()


def make_docx(body: str, **parts: bytes) -> bytes:
    """A .docx of this body, with further parts beside it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_letter(body: str, *headers: str) -> bytes:
    head = [
        "From: Kell Wire <news@kell.example>",
        "Subject: =?utf-8?q?Kell_falls_=E2=80=93_12_dead?=",
        "Date: Sat, 04 Mar 2023 23:31:00 -0500",
        "MIME-Version: 1.0",
        *(headers or ["Content-Type: text/plain; charset=utf-8"]),
    ]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def make_page(inside: str, head: str = "") -> bytes:
    return (
        "<html><head><title>Kell falls: live</title><meta property='og:site_name' "
        "content='The Daily'><meta property='article:published_time' content='2023-03-04T08:00Z'>"
        f"{head}</head><body><main><h1>Kell falls: live</h1>{inside}</main></body></html>"
    ).encode()


def make_posts(number: int) -> str:
    return "".join(
        f"<article class='post'><time datetime='2023-03-{4 + order // 10:02d}T10:00Z'>10.00</time>"
        f"<h3>Post {order}</h3><p>{SAID[order % 3].format(order)}</p></article>"
        for order in range(number)
    )


ARTICLE = "".join(f"<p>{words.format(9)}</p>" for words in SAID)


# Word processors


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf"])
def test_a_word_processor_gives_its_paragraphs_and_the_rows_of_its_tables(suffix, tmp_path):
    [article] = read_articles(make_office(suffix, tmp_path), suffix)
    lines = [line for line in article.text.split("\n") if line]
    assert lines[:5] == [
        "Rebels take Kell",
        "KELL, March 4, 2023 (Agency) - Rebels took the town of Kell on Monday, killing 12 “at "
        "night”.",
        "place | dead",
        "Kell | 12",
        "Ost | 3",
    ]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf"])
def test_a_word_processor_gives_title_and_dateline(suffix, tmp_path):
    [article] = read_articles(make_office(suffix, tmp_path), suffix)
    assert (article.title, article.published) == ("Rebels take Kell", "2023-03-04")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf"])
def test_the_address_of_a_link_is_no_word_of_the_text(suffix, tmp_path):
    [article] = read_articles(make_office(suffix, tmp_path), suffix)
    assert "link" in article.text
    assert "2031" not in article.text


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_footnotes_are_not_read_and_said(suffix, tmp_path):
    text, _, note = read_office(make_office(suffix, tmp_path), suffix)
    assert "A footnote" not in text
    assert note == "footnotes are not read"


def test_words_in_a_content_control_and_a_tracked_insertion_are_read_and_deleted_ones_not():
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Rebels took</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:ins><w:r><w:t>Kell.</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Ost.</w:delText></w:r></w:del></w:p>"
    )
    assert read_office(make_docx(body), ".docx")[0] == "Rebels took\nKell."


def test_a_text_box_that_word_writes_twice_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>12 died.</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Kell.</w:t>"
        '<a:AlternateContent xmlns:a="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<a:Choice>{box}</a:Choice><a:Fallback>{box}</a:Fallback></a:AlternateContent></w:r></w:p>"
    )
    assert read_office(make_docx(body), ".docx")[0].count("12 died.") == 1


def test_the_address_that_word_puts_behind_a_link_is_no_word_of_an_rtf():
    link = (
        rb'{\field{\*\fldinst{HYPERLINK "https://x.example/2031"}}{\fldrslt {\rtlch \ltrch Kell}}}'
    )
    assert read_office(rb"{\rtf1 a " + link + rb" b}", ".rtf")[0] == "a Kell b"


def test_letters_beyond_the_first_plane_survive_rtf():
    assert read_office(rb"{\rtf1\uc1 a \u-10179?\u-8960? b}", ".rtf")[0] == "a \U0001f500 b"


# Hostile files: tests/test_hostile.py has those that burst


@pytest.mark.parametrize(
    ("data", "suffix", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, ".docx", "is encrypted, or no .docx but an older kind"),
        (b"PK\x03\x04 cut", ".docx", "is no .docx that can be read"),
        (b"hello", ".odt", "is no .odt that can be read"),
        (b"hello", ".rtf", "is no .rtf that can be read"),
        (rb"{\rtf1 {\pict\bin}}", ".rtf", "is no .rtf that can be read"),
        (b" \n", ".docx", "is empty; "),
        (b"From: a\n\n", ".eml", "holds no text; save the article as .txt"),
        (b"From: a\n\nRebels left.", ".mht", "holds no page; save the article's own page"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data, suffix, said):
    with pytest.raises(CorpusError, match=f"^{said}"):
        read_articles(data, suffix)


def test_an_encrypted_odt_is_refused_as_such():
    data = make_docx("", **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    with pytest.raises(CorpusError, match="^is encrypted; save it without its password"):
        read_articles(data, ".odt")


def test_a_zip_behind_a_password_is_refused_as_such():
    data = make_docx("<w:p/>")
    locked = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[data.index(mark) + at] |= 1
    with pytest.raises(CorpusError, match="^is encrypted; save it without its password"):
        read_articles(bytes(locked), ".docx")


def test_entities_of_a_docx_are_not_put_in():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname"><!ENTITY c "ten ten">]>'
            f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Kell &c; &b;</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    text = read_office(buffer.getvalue(), ".docx")[0]
    assert text.strip() == "Kell"


# Letters and pages saved as one file


def test_a_letter_gives_subject_sender_and_the_day_it_was_sent():
    [article] = read_articles(
        make_letter("Rebels took the town of Kell and killed 12 men."), ".eml"
    )
    assert article[:5] == (
        "Rebels took the town of Kell and killed 12 men.",
        "Kell falls – 12 dead",
        "Kell Wire",
        "2023-03-04",
        "day the letter was sent",
    )


def test_the_dateline_of_a_letter_goes_before_the_day_it_was_sent():
    body = "KELL, March 2, 2023 (Agency) - Rebels took the town of Kell and killed 12 men."
    assert read_articles(make_letter(body), ".eml")[0].published == "2023-03-02"


def test_a_letter_of_a_page_alone_is_read_as_one():
    letter = make_letter(make_page(ARTICLE).decode(), "Content-Type: text/html; charset=utf-8")
    [article] = read_articles(letter, ".eml")
    assert "Rebels took the town of Kell, killing 9 soldiers" in article.text
    assert article.publisher == "The Daily"


def test_what_is_attached_to_a_letter_is_named_and_not_read(tmp_path):
    body = (
        "--x\r\nContent-Type: text/plain\r\n\r\nRebels took the town of Kell and killed 12 men."
        "\r\n--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; "
        'filename="b.txt"\r\n\r\nSecret.\r\n--x--\r\n'
    )
    letter = make_letter(body, "Content-Type: multipart/mixed; boundary=x")
    documents = load_corpus(make_folder(tmp_path / "t", a__eml=letter))
    assert "Secret" not in documents["text"][0]
    assert documents["note"][0] == "attached and not read: b.txt"
    assert any("attached to the letter was not read" in line for line in list_missing(documents))


def test_the_day_a_page_was_saved_as_one_file_is_no_day_of_publication():
    page = f"<html><body><article>{ARTICLE}</article></body></html>"
    saved = make_letter(
        "--x\r\nContent-Type: text/html\r\nContent-Location: https://daily.example/kell\r\n\r\n"
        f"{page}\r\n--x--\r\n",
        "Content-Type: multipart/related; boundary=x",
    )
    [article] = read_articles(saved, ".mhtml")
    assert (article.published, article.url) == ("", "https://daily.example/kell")
    assert article.text.startswith("Rebels took the town")


def make_saved_page(folder):
    make_folder(folder, kell__html=make_page(ARTICLE))
    make_folder(folder / "kell_files", frame__html=make_page(ARTICLE), ad__txt="Buy it now.")
    return folder


def test_the_folder_of_a_saved_page_holds_no_texts(tmp_path):
    assert load_corpus(make_saved_page(tmp_path / "t"))["file"].tolist() == ["kell.html"]


def test_the_folder_of_a_saved_page_holds_no_texts_at_scale(tmp_path):
    folder = make_saved_page(tmp_path / "t")
    make_folder(folder / "other_files", b__txt="Two died.")
    [split] = load_splits(folder)
    assert [name for name, _ in split.files] == ["kell.html", "other_files/b.txt"]


# Live blogs


def test_a_live_blog_is_a_text_a_post_each_with_its_own_day():
    articles = read_articles(make_page(make_posts(40)), ".html")
    assert len(articles) == 40
    assert articles[39][:6] == (
        "Post 39\n\nRebels took the town of Kell, killing 39 soldiers, officials said.",
        "Post 39",
        "The Daily",
        "2023-03-07",
        "time of the post",
        "",
    )


def test_what_stands_above_the_posts_is_a_text_with_the_day_of_the_page():
    above = "<p>This is our live coverage of the battle for Kell, which goes on.</p>"
    first, *posts = read_articles(make_page(above + make_posts(5)), ".html")
    assert first.text == "This is our live coverage of the battle for Kell, which goes on."
    assert (first.published, first.basis, len(posts)) == ("2023-03-04", "page metadata", 5)


def test_posts_that_a_page_states_as_data_are_taken_from_there():
    posts = [
        {
            "headline": f"P{order}",
            "datePublished": f"2023-03-0{4 + order}T10:00Z",
            "articleBody": at,
        }
        for order, at in enumerate(SAID)
    ]
    stated = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": posts})
    page = make_page(ARTICLE, f"<script type='application/ld+json'>{stated}</script>")
    days = [article.published for article in read_articles(page, ".html")]
    assert days[-3:] == ["2023-03-04", "2023-03-05", "2023-03-06"]


@pytest.mark.parametrize(
    "beside",
    [
        "<section id='comments'>{}</section>",
        "<section class='related'>{}</section>",
        "<section>{}</section>",
    ],
)
def test_comments_and_lists_of_articles_with_times_are_no_posts(beside):
    times = "".join(
        f"<div><time datetime='2023-02-0{order}'>x</time><p>An older story of the war, number "
        f"{order}, which can be read here.</p></div>"
        for order in range(1, 5)
    )
    page = make_page(f"<article>{ARTICLE * 3}</article>" + beside.format(times))
    assert len(read_articles(page, ".html")) == 1


def test_a_live_blog_is_said_in_the_list_with_its_days(tmp_path):
    documents = load_corpus(make_folder(tmp_path / "t", live__html=make_page(make_posts(4))))
    assert documents["file"].tolist() == [f"live.html#00{order}" for order in range(1, 5)]
    assert list_missing(documents) == [
        "live.html is a live blog of 4 posts, read as a text each; 4 of them state their day"
    ]


# Tables


def test_a_table_beside_the_article_that_is_not_read_is_said(tmp_path):
    table = "<table><tr><td>Kell</td><td>12</td></tr><tr><td>Ost</td><td>30</td></tr></table>"
    page = make_page(f"<article>{ARTICLE}</article><div class='sidebar'>{table}</div>")
    documents = load_corpus(make_folder(tmp_path / "t", a__html=page))
    assert "Ost | 30" not in documents["text"][0]
    assert list_missing(documents) == [
        "a table of the page was not read for 1 of 1: a; look at it, and write what it says into "
        "claims.csv"
    ]


def test_a_table_in_the_article_is_in_its_text_and_said(tmp_path):
    table = "<table><tr><td>Kell</td><td>12</td></tr><tr><td>Ost</td><td>30</td></tr></table>"
    page = make_page(f"<article>{ARTICLE}{table}</article>")
    documents = load_corpus(make_folder(tmp_path / "t", a__html=page))
    assert "| Ost | 30 |" in documents["text"][0]
    assert list_missing(documents) == [
        "the text holds a table for 1 of 1: a; rules read sentences; code what it says by hand"
    ]


def test_a_page_of_a_table_alone_says_that_it_holds_one():
    table = "<table><tr><td>Kell</td><td>12</td></tr><tr><td>Ost</td><td>30</td></tr></table>"
    with pytest.raises(CorpusError, match="^holds a table and no sentence that can be read; "):
        read_articles(make_page(table), ".html")


def test_a_text_of_a_table_alone_is_said_and_the_others_are_read(tmp_path):
    folder = make_folder(
        tmp_path / "t",
        a__txt="place\tdead\tfled\nKell\t12\t3,000\nOst\t30\t400\n",
        b__txt="KELL, March 4, 2023 (Agency) - Rebels took the town of Kell and killed 12 men.",
    )
    documents = load_corpus(folder)
    assert len(documents) == 2
    assert (
        "the text holds no sentence (a table?) for 1 of 2: a; rules read sentences; code its "
        "figures by hand"
    ) in list_missing(documents)


# Titles


@pytest.mark.parametrize(
    "above",
    [
        "News Flash",
        "BREAKING NEWS",
        "World News",
        "By Jane Doe",
        "By Jane Doe and John Roe, Reuters",
        "Jane Doe, Reuters",
        "3 min read",
        "LIVE",
        "By Jane Doe\nNews Flash",
    ],
)
def test_a_byline_or_a_rubric_is_no_title(above):
    assert find_title(f"{above}\nRebels take Kell\n\nThe town fell.") == "Rebels take Kell"


@pytest.mark.parametrize(
    "title", ["World in shock after Kell falls", "By night, rebels take Kell", "Live fire in Ost"]
)
def test_a_title_that_begins_like_a_rubric_is_one(title):
    assert find_title(f"{title}\n\nThe town fell.") == title


def test_a_title_may_hold_the_day_of_its_report_in_brackets():
    title = "Sudan: Sennar – Flash Update No. 3 (as of 11 July 2024)"
    assert find_title(f"{title}\n\n11 July 2024\n\nThe town fell.") == title
    assert find_title("Geneva, 11 July 2024\n\nThe town fell, said the UN.") == ""


# What notebook 00 shows first


def test_texts_are_listed_with_their_day_and_where_it_comes_from(tmp_path):
    folder = make_folder(
        tmp_path / "t",
        a__txt="Kell falls\n\nKELL, March 4, 2023 (Agency) - Rebels took it.",
        b__txt="Ost falls\n\nRebels took it.",
    )
    table = list_texts(load_corpus(folder))
    assert table.loc["a"].tolist() == [
        "Kell falls",
        "Agency",
        "2023-03-04",
        'dateline "KELL, March 4, 2023 (Agency)"',
    ]
    assert table.loc["b", ["published", "from"]].tolist() == [
        "?",
        "none stated: write it into documents.csv",
    ]


def test_of_many_texts_those_without_a_day_are_listed_first(tmp_path):
    rows = [
        {"text": f"Rebels took town {n}.", "date": "2023-03-04" if n else ""} for n in range(210)
    ]
    rows.append({"text": "Rebels left.", "date": ""})
    lines = "\n".join(json.dumps(row) for row in rows)
    table = list_texts(load_corpus(make_folder(tmp_path / "t", a__jsonl=lines)))
    assert len(table) == 200
    assert table.index[:3].tolist() == ["000", "210", "001"]


# Bad input


def test_a_file_whose_name_is_not_utf8_is_said_and_the_others_are_read(tmp_path):
    folder = make_folder(tmp_path / "t", a__txt="One died.")
    (folder / b"b\xe9.txt".decode("utf-8", "surrogateescape")).write_text("Two died.")
    documents = load_corpus(folder)
    assert documents["doc_id"].tolist() == ["a"]
    assert documents.attrs["unread"] == [
        "b\ufffd.txt: has a name that is not UTF-8 and that no table can hold; rename it"
    ]
    assert sum_corpus(folder)


def test_a_file_whose_name_is_not_utf8_stops_a_run_at_scale_in_words(tmp_path):
    folder = make_folder(tmp_path / "t", a__txt="One died.")
    (folder / b"b\xe9.txt".decode("utf-8", "surrogateescape")).write_text("Two died.")
    with pytest.raises(CorpusError, match="has a name that is not UTF-8"):
        load_splits(folder)


def test_a_text_in_another_language_with_english_quotes_is_said_to_be_unmined(tmp_path):
    french = (
        "Le président a fui Damas dimanche, selon les Nations unies, qui ont dénombré plus de 500 "
        "morts dans les combats. « We will not give up », a dit le chef des rebelles, “the fight "
        "goes on”. Les rebelles sont entrés par le nord et les habitants ont fui la ville."
    )
    documents = load_corpus(make_folder(tmp_path / "t", a__txt=french))
    assert any("not English but French, and not mined" in line for line in list_missing(documents))


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p>Rebels took town {} on 3 March 2023 and killed 12 men, officials said.</p>",
        "<div><p>Rebels took town {} on Monday and killed 12 men, officials said.</p></div>",
        "<p><time datetime='2023-03-04'>x</time>Rebels took town {} on Monday, they said.</p>",
        "<table><tr><td>{}</td><td>1</td></tr><tr><td>b{}</td><td>2</td></tr></table>",
    ],
)
def test_a_page_of_many_paragraphs_takes_calls_in_proportion(paragraph):
    def make(number: int) -> bytes:
        return make_page(ARTICLE + "".join(paragraph.format(n, n) for n in range(number)))

    few, many = make(300), make(1_200)
    read_articles(few, ".html")
    assert count_calls(read_articles, many, ".html") < 4.4 * count_calls(
        read_articles, few, ".html"
    )


def test_a_long_word_processor_text_costs_no_more_than_as_much_in_short_ones():
    def make(length: int) -> bytes:
        paragraph = "<w:p><w:r><w:t>Rebels took Kell and 12 died.</w:t></w:r></w:p>"
        return make_docx(paragraph * (length // 30))

    assert measure_growth(lambda data: read_articles(data, ".docx"), make, 400_000) < MOST


@pytest.mark.parametrize(
    "unit",
    [
        r"\par Rebels took Kell and 12 died.",
        r"{\field{\*\fldinst{HYPERLINK ",
        r"{\fonttbl\f1 ",
        r"{\*\f1\fcharset ",
        r"\'e9",
    ],
)
def test_a_long_rtf_costs_no_more_than_as_much_in_short_ones(unit):
    def make(length: int) -> bytes:
        return (r"{\rtf1 " + unit * (length // len(unit)) + " }").encode()

    def read(data: bytes) -> None:
        with contextlib.suppress(CorpusError):  # refused, which is to cost no more
            read_articles(data, ".rtf")

    assert measure_growth(read, make, 400_000) < MOST


def test_reading_a_single_text_is_what_it_was():
    data = b"Kell falls\n\nRebels took it."
    assert read_articles(data, ".txt") == [read_article(data, ".txt")]
