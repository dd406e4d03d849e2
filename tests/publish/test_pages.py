"""The evidence pages and the gallery: every sentence marked where it stands, every address there,
and nothing of a text becoming part of the page."""

import base64
import hashlib
import re
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from urllib.parse import unquote

import pandas as pd
import pytest
from lxml import html

from helpers.analysis.disagreements import load_disagreements
from helpers.claims.audit import load_not_claims
from helpers.corpus.documents import load_corpus
from helpers.publish import links
from helpers.publish.description import describe_chart
from helpers.publish.evidence.pages import render_evidence_pages
from helpers.publish.evidence.texts import cut_text, guess_home
from helpers.publish.gallery import render_gallery
from helpers.publish.record import make_record
from helpers.publish.templating import show_value
from helpers.schema.columns import CLAIM_COLUMNS, TABLES
from tests.conftest import make_study, multiply_study
from tests.growth import count_calls

INDEX, LISTS = "evidence/index.html", "evidence/marks.html"
ENDINGS = ["svg", "pdf", "png", "csv", "json", "md"]
SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
HOSTILE = f"""In Hama </mark> {SCRIPT} at least 30 people {IMAGE} were killed & "more".\x07\x1b[31m
قتل 40 شخصا في حماة <a href="javascript:alert(2)">نص</a> data:text/html,{SCRIPT}\x7f\x85
  \u202eIn 12 towns\u202c

&lt;b&gt; 7 &#0; {{{{ corpus }}}} {{% raw %}}
"""


def read(page: bytes):
    return html.document_fromstring(page.decode())


def find_ids(page) -> list[str]:
    return page.xpath("//@id")


def read_text(article) -> str:
    return "".join(p.text_content() for p in article.xpath('div[@class="row"]/p'))


def join_words(page, attribute: str) -> dict[str, str]:
    """Claim, or reading → the words marked for it, joined."""
    words = defaultdict(str)
    for mark in page.xpath(f"//article//*[@{attribute}]"):
        for anchor in mark.get(attribute).split():
            words[anchor] += mark.text_content()
    return words


def open_card(page, anchor: str):
    [card] = [
        card
        for card in page.find_class("cards")
        for card in card
        if card[0].get("href") == f"#{anchor}"
    ]
    return card


def tell_facts(page, anchor: str) -> dict[str, str]:
    card = open_card(page, anchor)
    return dict(
        zip(
            (dt.text_content() for dt in card.iter("dt")),
            (dd.text_content().strip() for dd in card.iter("dd")),
        )
    )


@pytest.fixture(scope="module")
def figures(charts):
    return {
        make_record(chart).stem: describe_chart(make_record(chart)) for chart in charts.values()
    }


@pytest.fixture(scope="module")
def pages(study, figures):
    return render_evidence_pages(study, figures)


@pytest.fixture(scope="module")
def page(pages):
    return read(pages[INDEX])


@pytest.fixture(scope="module")
def split(study, figures):
    """The evidence of the same corpus, were it too long for one page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "ONE_PAGE", 1000)
        return render_evidence_pages(study, figures)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A study of one text, and tables, that try to be part of the page."""
    folder = tmp_path_factory.mktemp("hostile") / "corpus"
    folder.mkdir()
    (folder / "000_news.txt").write_text(HOSTILE, "utf-8")
    file = hashlib.sha256((folder / "000_news.txt").read_bytes()).hexdigest()
    text = load_corpus(folder)["text"][0]

    def save(name, columns, *rows):
        pd.DataFrame(rows, columns=columns).to_csv(folder / name, index=False)

    def find(words):
        return {
            "doc_id": "000",
            "exact": words,
            "start": text.index(words),
            "end": text.index(words) + len(words),
        }

    def claim(claim_id, words, **more):
        common = {
            "topic": "casualties",
            "measure": "killed",
            "unit": "person",
            "affected": "unknown",
            "date_kind": "point",
            "date_start": "2024-12-08",
            "date_end": "2024-12-08",
            "date_prec": "1",
            "date_basis": "inferred",
            "note": "the day of the text",
            "assertion": "reported",
            "scope": "war",
            "review": "accepted",
            "place": "hama",
        }
        return (
            common
            | find(words)
            | {
                "claim_id": claim_id,
                "note": f'</dd>{SCRIPT}" onclick="x',
                "source_original": f"<b>{SCRIPT}",
            }
            | more
            | {"number_start": text.index(more["number"])}
        )

    save(
        "documents.csv",
        ["doc_id", "file", "title", "publisher", "published", "published_basis", "sha256"],
        {
            "doc_id": "000",
            "file": "000_news.txt",
            "title": f"</title>{SCRIPT}\u202e",
            "publisher": SCRIPT,
            "published": "2024-12-08",
            "published_basis": SCRIPT,
            "sha256": file,
        },
    )
    save(
        "places.csv",
        [
            "place",
            "name",
            "names",
            "kind",
            "lat",
            "lon",
            "governorate",
            "country",
            "prec",
            "parts",
            "note",
        ],
        {"place": "hama", "name": f"Hama\u202e{SCRIPT}", "names": "Hama"},
    )
    save(
        "claims.csv",
        CLAIM_COLUMNS,
        claim(
            "000-001",
            f"</mark> {SCRIPT} at least 30 people {IMAGE} were killed",
            number="at least 30",
            quantifier="at_least",
            low=30,
            best=30,
        ),
        claim(
            "000-002",
            "قتل 40 شخصا في حماة",
            number="40",
            quantifier="exact",
            low=40,
            best=40,
            high=40,
        ),
        claim("000-003", "40 شخصا", number="40", quantifier="exact", low=40, best=40, high=40),
    )
    save(
        "not_claims.csv",
        TABLES["not_claims"].names,
        find("12") | {"kind": "<i>", "reason": f'"><{SCRIPT}'},
    )
    save(
        "disagreements.csv",
        TABLES["disagreements"].names,
        *(
            find(words)
            | {
                "question_id": "d01",
                "question": SCRIPT,
                "topic": "other",
                "reading": f"'\"{SCRIPT}",
                "explanation": "open",
                "why": SCRIPT,
            }
            for words in ("In Hama </mark>", "In 12 towns\u202c")
        ),
    )
    (folder / "corpus.toml").write_text(f"title = '{SCRIPT}</title>'\n", "utf-8")
    return make_study(corpus=str(folder))


@pytest.fixture(scope="module")
def attacked(hostile):
    """Every page of the hostile corpus, and its gallery."""
    claims = [
        {
            "claim": "000-001",
            "document": "000",
            "title": SCRIPT,
            "start": 8,
            "end": 97,
            "quote": SCRIPT,
        }
    ]
    figure = {
        "title": SCRIPT,
        "subtitle": SCRIPT,
        "alt": f'" onload="x{SCRIPT}',
        "caption": SCRIPT,
        "refused": [SCRIPT],
        "marks": [
            {
                "mark": "cell",
                "kind": "group",
                "words": SCRIPT,
                "documents": ["000"],
                "claims": claims,
            },
            {
                "mark": claims[0]["claim"],
                "kind": "claim",
                "words": SCRIPT,
                "address": f"{INDEX}#{claims[0]['claim']}",
                "documents": ["000"],
                "claims": claims,
            },
        ],
    }
    return render_evidence_pages(hostile, {"corpus": figure}) | {
        "index.html": render_gallery(hostile, {"corpus": figure}, {"corpus": ENDINGS})
    }


def test_every_claim_has_its_address_once(page, study):
    assert len(study.coded) > 200
    assert [Counter(find_ids(page))[claim] for claim in study.coded["claim_id"]] == [1] * len(
        study.coded
    )


def test_no_address_stands_twice(pages, split):
    assert all(
        len(find_ids(read(page))) == len(set(find_ids(read(page))))
        for page in [*pages.values(), *split.values()]
    )


def test_the_texts_stand_whole(page, study):
    assert [read_text(article) for article in page.iter("article")] == list(study.documents["text"])


def test_the_words_marked_for_a_claim_are_its_quote(page, study):
    assert join_words(page, "data-claims") == dict(
        zip(study.coded["claim_id"], study.coded["exact"])
    )


def test_the_words_marked_for_a_reading_are_its_quote(page, study):
    readings = load_disagreements(study.folder, study.documents)
    assert join_words(page, "data-readings") == dict(zip(readings["mark"], readings["exact"]))


def test_a_claim_s_address_stands_at_its_first_words(page, study):
    for claim in study.coded.itertuples():
        [words] = page.xpath(f'//*[@id="{claim.claim_id}"]')
        assert claim.exact.startswith(words.text_content()), claim.claim_id


def test_words_under_two_claims_name_both():
    [[*segments]] = cut_text("abcdef", [(0, 4, "claims", "x"), (2, 6, "claims", "y")])
    assert [(segment["words"], segment["claims"], segment["opens"]) for segment in segments] == [
        ("ab", ["x"], ["x"]),
        ("cd", ["x", "y"], ["y"]),
        ("ef", ["y"], []),
    ]


def test_a_claim_across_lines_is_marked_in_each():
    paragraphs = cut_text("ab\n\ncd", [(1, 5, "claims", "x")])
    assert [
        [(segment["words"], segment["claims"], segment["blank"]) for segment in segments]
        for segments in paragraphs
    ] == [
        [("a", [], False), ("b", ["x"], False), ("\n\n", ["x"], True)],
        [("c", ["x"], False), ("d", [], False)],
    ]


def test_the_line_ends_of_windows_are_line_ends():
    assert [[segment["words"] for segment in segments] for segments in cut_text("a\r\nb", [])] == [
        ["a", "\r\n"],
        ["b"],
    ]


def test_the_numbers_of_the_claims_are_bold_and_nothing_else_is(page, study):
    wanted = {
        (claim.doc_id, at)
        for claim in study.coded[study.coded["number"] != ""].itertuples()
        for at in range(claim.number_start, claim.number_start + len(claim.number))
    }
    found = set()
    for doc_id, article in zip(study.documents["doc_id"], page.iter("article")):
        at = 0
        for node in article.xpath('div[@class="row"]/p//text()'):
            if any(above.tag == "b" for above in [node.getparent()] * node.is_text):
                found |= {(doc_id, at + n) for n in range(len(node))}
            at += len(node)
    assert found == wanted


def test_a_number_that_is_no_claim_is_marked_with_its_reason_and_listed_with_it(page, study):
    numbers = load_not_claims(study.folder, study.documents)
    assert len(numbers) > 100
    for doc_id, article in zip(study.documents["doc_id"], page.iter("article")):
        rows = numbers[numbers["doc_id"] == doc_id]
        titles = " ".join(article.xpath(".//*[@title]/@title"))
        listed = [item.text_content().strip() for item in article.xpath("details/ol/li")]
        assert listed == [
            f"“{row.exact}” {row.kind}: {row.reason}"
            for row in rows.sort_values("start", kind="stable").itertuples()
        ]
        assert all(f"{row.kind}: {row.reason}" in titles for row in rows.itertuples())


def test_a_card_tells_what_was_coded(page):
    card = open_card(page, "003-011")
    assert (
        " ".join(card[0].text_content().split())
        == "003-011 new displacement nearly 400,000 people 27 Nov to 7 Dec 2024"
    )
    facts = tell_facts(page, "003-011")
    assert facts["Value"] == "low open, best 400,000, high 400,000 (nearly, person)"
    assert facts["Said by"] == "UN, reported"
    assert facts["Date"].startswith("window, at most 7 days, up to a month, ")
    assert facts["Coded"].startswith("displacement, offensive, accepted, characters 2289–")


def test_a_vague_word_has_no_number_on_its_card(page):
    assert "“thousands”" in open_card(page, "004-032")[0].text_content()
    assert tell_facts(page, "004-032")["Value"] == "no number (vague, person)"


def test_a_part_links_to_its_whole(page):
    [target] = [
        link.get("href")
        for link in open_card(page, "004-079").iter("a")
        if link.text_content() == "004-078"
    ]
    assert target == "#004-078"


def test_a_card_names_the_figures_that_rest_on_its_claim(page, figures):
    behind = {
        stem
        for stem, figure in figures.items()
        if any(claim["claim"] == "003-011" for mark in figure["marks"] for claim in mark["claims"])
    }
    named = {
        link.get("href")
        for link in open_card(page, "003-011").iter("a")
        if link.get("href").startswith("../")
    }
    assert named == {f"../{stem}.svg" for stem in behind}
    assert len(named) > 3


def test_a_figure_that_rests_on_every_claim_is_named_once(study, figures, claims):
    whole = {"kind": "claim", "claims": [{"claim": claim} for claim in claims["claim_id"]]}
    corpus = figures["corpus"] | {"marks": [*figures["corpus"]["marks"], whole]}
    page = read(render_evidence_pages(study, figures | {"corpus": corpus})[INDEX])
    assert [link.text_content() for link in page.xpath('//a[@href="../corpus.svg"]')] == [
        figures["corpus"]["title"]
    ]


def test_figures_are_linked_as_pictures_that_were_asked_for(study, figures):
    page = render_evidence_pages(
        replace(study, parameters=study.parameters | {"formats": ["png"]}), figures
    )[INDEX].decode()
    assert "../advance_map.png" in page
    assert ".svg" not in page


@pytest.mark.parametrize("which", ["pages", "split"])
def test_every_address_in_every_figure_is_on_its_page(which, request, charts, study):
    pages = request.getfixturevalue(which)
    with pytest.MonkeyPatch.context() as patch:
        if which == "split":
            patch.setattr(links, "ONE_PAGE", 1000)
        addresses = {
            mark["address"]
            for chart in charts.values()
            for mark in describe_chart(make_record(chart))["marks"]
        }
    anchors = {
        f"{name}#{anchor}" for name, page in pages.items() for anchor in find_ids(read(page))
    }
    assert len(addresses) > 120
    assert {unquote(address) for address in addresses} <= anchors


@pytest.mark.parametrize("which", ["pages", "split"])
def test_every_link_between_the_pages_leads_somewhere(which, request):
    pages = {name: read(page) for name, page in request.getfixturevalue(which).items()}
    anchors = {
        f"{name}#{anchor}" for name, page in pages.items() for anchor in find_ids(page)
    } | set(pages)
    for name, page in pages.items():
        targets = {
            unquote(target) for target in page.xpath("//a/@href") if not target.startswith("../")
        }
        assert targets
        assert {
            name + target if target.startswith("#") else f"evidence/{target}" for target in targets
        } <= anchors


def test_a_mark_of_several_claims_lists_them_all_with_their_quotes(pages, figures, study):
    page, quotes, marks = (
        read(pages[LISTS]),
        dict(zip(study.coded["claim_id"], study.coded["exact"])),
        0,
    )
    for stem, figure in figures.items():
        for mark in figure["marks"]:
            if mark["kind"] in ("derived", "group"):
                item = page.get_element_by_id(links.anchor_mark(stem, mark["mark"]))
                assert [
                    (row.find("a").get("href"), row.find("q").text_content())
                    for row in item.iter("li")
                    if row is not item
                ] == [
                    (f"index.html#{claim['claim']}", quotes[claim["claim"]])
                    for claim in mark["claims"]
                ]
                assert item.find("bdi").text_content() == mark["words"]
                marks += 1
    assert marks > 90


def test_a_claim_that_left_the_corpus_is_listed_without_a_link(study):
    claim = {
        "claim": "009-001",
        "document": "009",
        "title": "Gone",
        "start": 0,
        "end": 4,
        "quote": "gone",
    }
    figure = {
        "title": "Old",
        "marks": [
            {"mark": "cell", "kind": "group", "words": "", "documents": ["009"], "claims": [claim]}
        ],
    }
    [item] = [
        item
        for item in read(render_evidence_pages(study, {"advance_map": figure})[LISTS]).iter("li")
        if "009-001" in item.text_content() and item.find("q") is not None
    ]
    assert "no longer in the corpus" in item.text_content()
    assert item.find("a") is None


def test_every_question_lists_its_readings(pages, study):
    readings = load_disagreements(study.folder, study.documents)
    page = read(pages[LISTS])
    for question, group in readings.groupby("question_id"):
        block = page.get_element_by_id(f"question-{question}")
        assert [link.get("href") for link in block.iter("a")] == [
            f"index.html#{mark}" for mark in group["mark"]
        ]


def test_the_page_offers_the_filters_that_the_corpus_needs(page, study):
    chosen = {
        select.get("name"): [
            option.get("value") or option.text for option in select.iter("option")
        ][1:]
        for select in page.iter("select")
    }
    assert set(chosen["topic"]) == set(study.coded["topic"])
    assert set(chosen["measure"]) == set(study.coded["measure"])
    assert chosen["document"] == [f"document-{doc_id}" for doc_id in study.documents["doc_id"]]
    assert chosen["review"] == ["accepted"]


def test_what_a_filter_asks_of_a_claim_stands_on_its_card(page, study):
    cards = {
        card[0].get("href")[1:]: (card.get("data-measure"), card.get("data-review"))
        for cards in page.find_class("cards")
        for card in cards
        if card.get("data-measure")
    }
    assert cards == {
        claim.claim_id: (claim.measure, claim.review) for claim in study.coded.itertuples()
    }


def test_the_evidence_page_is_light(pages, claims):
    assert max(map(len, pages.values())) < 1_440 * len(
        claims
    )  # characters for a claim, texts and all


def test_the_same_corpus_gives_the_same_bytes_wherever_it_lies(pages, figures, corpus):
    assert render_evidence_pages(make_study(corpus=str(corpus)), figures) == pages


def test_the_evidence_is_of_the_whole_corpus_whatever_is_selected(pages, figures):
    assert render_evidence_pages(make_study(documents=["000"], topics=["pace"]), figures) == pages


def test_without_a_figure_there_is_evidence(study):
    page = read(render_evidence_pages(study, {})[INDEX])
    assert "004-031" in find_ids(page)
    assert not [target for target in page.xpath("//a/@href") if target.endswith(".svg")]


def test_a_remark_on_proposals_is_shown(study):
    assert (
        b"Proposed by rule."
        in render_evidence_pages(replace(study, remark="Proposed by rule."), {})[INDEX]
    )


def test_nothing_is_fetched_from_anywhere(pages, split):
    for page in [*pages.values(), *split.values()]:
        tree = read(page)
        assert not tree.xpath("//@src | //@srcset | //link | //iframe | //object | //@style")
        assert all(
            re.match(r"#|[\w.%-]+\.html(#|$)|\.\./[\w.]+$", target)
            for target in tree.xpath("//@href")
        )
        assert not re.search(r"https?:|url\(|@import|//cdn", page.decode())


def test_only_the_style_and_the_script_of_the_page_are_allowed(page, attacked):
    for tree in [page, *map(read, attacked.values())]:
        [policy] = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
        blocks = [*tree.iter("style"), *tree.iter("script")]
        sums = [
            base64.b64encode(hashlib.sha256(block.text.encode()).digest()).decode()
            for block in blocks
        ]
        assert re.findall(r"'sha256-(.*?)'", policy) == sums
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy


def test_nothing_of_a_text_becomes_part_of_the_page(attacked, pages, study, figures):
    gallery = render_gallery(study, figures, dict.fromkeys(figures, ENDINGS))
    expected = {
        (node.tag, name)
        for page in [*pages.values(), gallery]
        for node in read(page).iter()
        for name in ["", *node.attrib]
    }
    assert not [name for _, name in expected if name.startswith("on") or name == "style"]
    for name, page in attacked.items():
        tree = read(page)
        assert {(node.tag, name) for node in tree.iter() for name in ["", *node.attrib]} <= expected
        assert len(list(tree.iter("script"))) == (name != "index.html")
        assert b"alert(1)</script>" not in page
        assert not [
            target
            for target in tree.xpath("//@href | //@src | //@data")
            if target.startswith(("javascript", "data"))
        ]


def test_markup_of_a_text_is_shown_as_text(attacked, hostile):
    page = read(attacked[INDEX])
    shown = read_text(next(page.iter("article")))
    assert shown == show_value(hostile.documents["text"][0])
    assert "</mark> <script>alert(1)</script> at least 30" in shown
    assert "{{ corpus }}" in shown
    assert join_words(page, "data-claims")["000-003"] == "40 شخصا"
    assert SCRIPT in tell_facts(page, "000-001")["Note"]


def test_control_characters_are_shown_as_pictures(attacked):
    shown = read(attacked[INDEX]).text_content()
    assert "␇␛[31m" in shown
    assert "␡\ufffd" in shown
    assert not [
        letter
        for page in attacked.values()
        for letter in page.decode()
        if ord(letter) < 32 and letter != "\n" or 127 <= ord(letter) < 160
    ]


def test_a_lone_surrogate_is_shown_as_no_character():
    assert show_value("a\ud800b\x00\t\n") == "a\ufffdb␀\t\n"


def test_a_paragraph_runs_in_the_direction_of_its_words(page, attacked):
    for tree in (page, read(attacked[INDEX])):
        assert {p.get("dir") for p in tree.xpath('//div[@class="row"]/p')} == {"auto"}


def test_what_comes_from_elsewhere_is_kept_apart_from_the_words_round_it(attacked):
    """A name that turns the direction of writing must not turn what follows it."""
    for name in (INDEX, LISTS, "index.html"):
        for node in read(attacked[name]).xpath(
            "//h1//text() | //h2//text() | //nav//text() | //summary//text() | //article/p//text()"
        ):
            if "\u202e" in node or SCRIPT in node:
                assert [
                    above for above in node.getparent().iterancestors() if above.tag == "bdi"
                ] or node.getparent().tag in ("bdi", "span"), node


def test_a_long_corpus_has_an_index_and_a_page_a_text(split, study):
    assert sorted(split) == sorted(
        [INDEX, LISTS, *(f"evidence/text-{doc_id}.html" for doc_id in study.documents["doc_id"])]
    )
    assert [
        [*map(read_text, read(split[f"evidence/text-{row.doc_id}.html"]).iter("article"))]
        for row in study.documents.itertuples()
    ] == [[text] for text in study.documents["text"]]


def test_a_page_leads_to_the_texts_before_and_after(split):
    page = read(split["evidence/text-001.html"])
    assert (page.xpath('//a[@rel="prev"]/@href'), page.xpath('//a[@rel="next"]/@href')) == (
        ["text-000.html"],
        ["text-002.html"],
    )
    assert not read(split["evidence/text-000.html"]).xpath('//a[@rel="prev"]')
    assert not read(split["evidence/text-004.html"]).xpath('//a[@rel="next"]')


def test_the_index_counts_the_claims_of_each_text_and_holds_none(split, study):
    index = read(split[INDEX])
    counted = {
        row.get("id"): sum(map(int, re.findall(r":(\d+)", row.get("data-counts"))))
        for row in index.xpath("//li[@data-counts]")
    }
    assert counted == {
        f"document-{doc_id}": number
        for doc_id, number in study.coded["doc_id"].value_counts().items()
    }
    assert not list(index.iter("article"))


def test_the_index_can_send_every_address_on(study):
    coded = study.coded.assign(
        claim_id=[*study.coded["claim_id"][:-1], "000-999"]
    )  # a claim of 004 whose id reads like one of 000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "ONE_PAGE", 1000)
        index = read(render_evidence_pages(replace(study, coded=coded), {})[INDEX])
    other = {
        anchor: row.get("id")
        for row in index.xpath("//li[@data-other]")
        for anchor in row.get("data-other").split()
    }
    readings = load_disagreements(study.folder, study.documents)
    homes = dict(zip(coded["claim_id"], coded["doc_id"])) | dict(
        zip(readings["mark"], readings["doc_id"])
    )
    assert {
        anchor: other.get(anchor, f"document-{guess_home(anchor, set(study.documents['doc_id']))}")
        for anchor in homes
    } == {anchor: f"document-{doc_id}" for anchor, doc_id in homes.items()}


def test_a_corpus_without_a_claim_still_shows_its_texts(study):
    page = read(render_evidence_pages(replace(study, coded=study.coded[:0]), {})[INDEX])
    assert [read_text(article) for article in page.iter("article")] == list(study.documents["text"])
    assert "0 claims in 5 texts" in page.text_content()


def test_an_address_belongs_to_the_longest_document_id_it_begins_with():
    assert [
        guess_home(anchor, {"004", "004-1"}) for anchor in ("004-031", "004-1-2", "005-001")
    ] == ["004", "004-1", ""]


def test_the_gallery_shows_the_figures_in_the_order_given(study, figures):
    gallery = read(render_gallery(study, figures, dict.fromkeys(figures, ENDINGS)))
    assert [heading.get("id") for heading in gallery.iter("h2")] == list(figures)
    assert [heading.text_content() for heading in gallery.iter("h2")] == [
        figure["title"] for figure in figures.values()
    ]


def test_the_gallery_says_of_how_many_texts_it_is_and_where_its_numbers_are(study, figures):
    front = {name: figures[name] for name in ("overview", *(set(figures) - {"overview"}))}
    gallery = read(render_gallery(study, front, dict.fromkeys(front, ENDINGS)))
    [head] = gallery.find_class("front")
    assert "What 5 texts of conflict news say" in head.text_content()
    said = [(link.text, unquote(link.get("href"))) for link in head.xpath(".//q/a")]
    marks = [mark for mark in figures["overview"]["marks"] if mark["kind"] == "claim"]
    assert said == [(mark["words"], mark["address"]) for mark in marks]
    assert len(said) == 3


def test_three_figures_stand_beside_the_first_and_the_others_below(study, figures):
    gallery = read(render_gallery(study, figures, dict.fromkeys(figures, ENDINGS)))
    beside, others = (
        [link.get("href")[1:] for link in shown.iter("a")] for shown in gallery.find_class("thumbs")
    )
    assert beside == ["displacement_over_time", "casualties_over_time", "advance_pace"]
    assert sorted(beside + others) == sorted(list(figures)[1:])


def test_the_gallery_shows_a_figure_as_svg_with_a_png_inside(study, figures):
    gallery = read(render_gallery(study, figures, dict.fromkeys(figures, ENDINGS)))
    for (stem, figure), shown in zip(figures.items(), gallery.iter("object"), strict=True):
        assert (shown.get("type"), shown.get("data"), shown.get("aria-label")) == (
            "image/svg+xml",
            f"{stem}.svg",
            figure["alt"],
        )
        assert (shown[0].get("src"), shown[0].get("alt")) == (f"{stem}.png", figure["alt"])


def test_without_svg_the_gallery_shows_the_png(study, figures):
    gallery = read(
        render_gallery(
            study, {"advance_map": figures["advance_map"]}, {"advance_map": ["png", "csv"]}
        )
    )
    assert not list(gallery.iter("object"))
    assert gallery.xpath("//figure//img/@src") == ["advance_map.png"]


@pytest.mark.parametrize(("endings", "shown"), [(["svg", "png"], "svg"), (["png"], "png")])
def test_the_gallery_has_the_narrow_picture_of_a_figure_for_a_phone(study, figures, endings, shown):
    both = dict.fromkeys(("advance_map", "advance_map_column"), figures["advance_map"])
    gallery = read(render_gallery(study, both, dict.fromkeys(both, endings)))
    sheets = {
        sheet.get("class"): sheet[0].get("data", sheet[0].get("src"))
        for sheet in gallery.xpath("(//figure)[1]/div")
    }
    assert sheets == {
        "sheet broad": f"advance_map.{shown}",
        "sheet narrow": f"advance_map_column.{shown}",
    }


def test_the_gallery_links_only_the_files_there_are(study, figures):
    gallery = read(
        render_gallery(
            study, {"advance_map": figures["advance_map"]}, {"advance_map": ["csv", "json", "md"]}
        )
    )
    assert gallery.xpath('//p[@class="files"]/a/@href') == [
        "advance_map.csv",
        "advance_map.json",
        "advance_map.md",
    ]
    assert not gallery.xpath("//@src | //@data")


def test_the_gallery_lists_every_quote_behind_a_figure_with_its_address(study, figures, pages):
    gallery = read(render_gallery(study, figures, dict.fromkeys(figures, ENDINGS)))
    anchors = {f"{INDEX}#{anchor}" for anchor in find_ids(read(pages[INDEX]))}
    for figure, shown in zip(figures.values(), gallery.find_class("plate"), strict=True):
        behind = {
            (claim["claim"], claim["quote"]) for mark in figure["marks"] for claim in mark["claims"]
        } | {
            (mark["mark"], mark["reading"]["quote"])
            for mark in figure["marks"]
            if "reading" in mark
        }
        items = list(shown.iter("li"))
        assert {(item.find("a").text, item.find("q").text) for item in items} == behind
        assert len(items) == len(behind)
        assert {unquote(item.find("a").get("href")) for item in items} <= anchors


def test_the_gallery_needs_no_script(study, figures):
    page = render_gallery(study, figures, dict.fromkeys(figures, ENDINGS))
    assert not list(read(page).iter("script"))
    assert b"script-src" not in page


def test_the_template_engine_is_loaded_only_when_a_page_is_made():
    run = "import sys, helpers.publish.gallery; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", run], check=False).returncode == 0


def test_the_gallery_says_what_each_figure_refused(study, figures):
    page = read(render_gallery(study, figures, {stem: ["png"] for stem in figures}))
    captions = [" ".join(caption.text_content().split()) for caption in page.xpath("//figcaption")]
    refusals = [" ".join(" ".join(figure["refused"]).split()) for figure in figures.values()]
    assert len(captions) == len(figures)
    assert any(refusals)
    assert all(refusal in caption for caption, refusal in zip(captions, refusals))


def test_numbers_that_nobody_accounts_for_are_marked_as_such(tmp_path):
    (tmp_path / "000_news.txt").write_text(
        "In Hama 40 people were killed. Flight 77 was late.\n", "utf-8"
    )
    page = read(render_evidence_pages(make_study(corpus=str(tmp_path)), {})["evidence/index.html"])
    faint = {
        mark.text_content(): mark.get("title")
        for mark in page.xpath("//article//span[@class='no']")
    }
    assert "nobody has said why" in faint["77"]
    assert "40" not in faint


def test_twice_as_many_texts_take_little_more_than_twice_the_calls(study, tmp_path):
    few, many = (multiply_study(study, times, tmp_path) for times in (10, 20))
    assert links.is_split(few), "a page a text"
    render_evidence_pages(few, {})  # what is loaded once
    assert count_calls(render_evidence_pages, many, {}) < 2.2 * count_calls(
        render_evidence_pages, few, {}
    )
