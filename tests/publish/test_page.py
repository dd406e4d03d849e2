"""The report as one web page: everything in it, nothing asked for, and it says what was changed."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html

from helpers.charts import draw_figure
from helpers.publish.description import load_figures
from helpers.publish.figures import save_figure
from helpers.publish.report import page as page_module
from helpers.publish.report.build import compose_alone
from helpers.publish.report.convert import find_house
from helpers.publish.report.draft import ReportError, load_draft
from helpers.publish.report.fill import fill_source
from helpers.publish.report.page import LARGEST, convert_page
from helpers.schema.csv_files import compose_table
from tests.publish.test_browser import CHROMIUM, browser, open_window  # noqa: F401  # a fixture

SHOWN = ["overview", "parts_of_a_total", "disagreements"]
SOURCE = """# What the texts say

{{ summary() }}

The UN speaks of {{ number("003-011") }} displaced.

{% for name in figures() %}{{ figure(name) }}{% endfor %}

## Annex

{{ annex() }}
"""
needs_browser = pytest.mark.skipif(
    not CHROMIUM, reason="no chromium on PATH (Debian: apt-get install chromium)"
)


@pytest.fixture(scope="module")
def drawn(study, tmp_path_factory):
    """A study whose folder describes the figures that the page shows."""
    folder = tmp_path_factory.mktemp("page")
    here = replace(study, figures=folder, parameters=study.parameters | {"formats": []})
    for name in SHOWN:
        save_figure(draw_figure(name, here))
    return here


@pytest.fixture(scope="module")
def draft(drawn):
    """A draft whose pictures are drawn."""
    draft = load_draft(drawn, load_figures(drawn.figures))
    draft.markdown = fill_source(draft, SOURCE, "report.md")
    return draft


def make_page(draft, texts: str = "whole") -> bytes:
    """The page of a draft."""
    return convert_page(draft, draft.markdown, find_house(None, draft.study.folder), texts)


@pytest.fixture(scope="module")
def data(draft) -> bytes:
    """The page with whole texts."""
    return make_page(draft)


@pytest.fixture(scope="module")
def page(data):
    """The page with whole texts, parsed."""
    return html.fromstring(data.decode())


@pytest.fixture(scope="module")
def quoting(draft):
    """The page that quotes the texts, parsed."""
    return html.fromstring(make_page(draft, "quotes").decode())


# --- what is in it -------------------------------------------------------------------------------


def test_whatever_a_page_refers_to_stands_in_it(page, data):
    loaded = [
        value
        for node in page.iter()
        for name, value in node.attrib.items()
        if name in ("src", "srcset", "data", "poster") or (name == "href" and node.tag == "link")
    ]
    assert [address for address in loaded if not address.startswith("data:")] == []
    links = set(page.xpath("//*[name()='a']/@href"))
    assert {link.partition(":")[0] for link in links if not link.startswith("#")} == {"data"}
    places = re.findall(rb"url\(['\"]?([^)'\"]{0,6})", data)
    assert places
    assert [place for place in places if not place.startswith((b"#", b"data:"))] == []
    assert b"@import" not in data


def test_its_policy_lets_nothing_load_and_its_own_script_run(page, data):
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    (script,) = page.xpath("//script")
    total = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert f"'sha256-{total}'" in policy
    assert "http" not in policy


def test_no_two_places_of_a_page_have_one_name(page):
    names = page.xpath("//@id")
    assert len(names) > 200
    assert len(names) == len(set(names))


def test_every_mark_leads_to_its_sentences_in_the_page(page, draft):
    names = set(page.xpath("//@id"))
    for width in ("broad", "narrow"):
        links = page.xpath(f"//div[contains(@class, '{width}')]//*[name()='a']")
        assert len(links) > 20
        assert {link.get("href")[1:] for link in links} <= names
    claims = {
        claim["claim"] for mark in draft.figures["overview"]["marks"] for claim in mark["claims"]
    }
    assert claims <= set(page.xpath("//section[@id='texts']//span/@id"))


def test_every_text_stands_whole_in_it_and_every_quote_is_marked(page, draft):
    texts = dict(zip(draft.study.documents["doc_id"], draft.study.documents["text"]))
    for article in page.xpath("//section[@id='texts']/article"):
        doc_id = article.get("id").removeprefix("document-")
        (text,) = article.xpath(".//*[@data-proof]")
        assert text.text_content() == texts[doc_id]
        assert text.get("data-proof") == hashlib.sha256(texts[doc_id].encode()).hexdigest()
    claim = draft.study.by_claim["003-011"]
    marked = page.xpath("//mark[contains(concat(' ', @data-of, ' '), ' 003-011 ')]")
    assert "".join(mark.text_content() for mark in marked) == claim.exact


def test_the_plotted_rows_are_in_it(page, draft):
    (link,) = page.xpath("//a[@download='parts_of_a_total.csv']/@href")
    rows = base64.b64decode(link.partition("base64,")[2]).decode()
    chart = draw_figure("parts_of_a_total", draft.study)
    assert rows == compose_table(chart.marks, float_format="%.15g")
    assert rows.count("\n") > 2


def test_a_page_is_small_and_the_same_when_made_again(draft, data):
    assert len(data) <= LARGEST == 2_000_000
    assert make_page(draft) == data


# --- whole texts, or quotes ----------------------------------------------------------------------


def test_a_page_that_quotes_holds_the_sentence_one_before_and_one_after(quoting, draft):
    (found,) = quoting.xpath("//span[@id='003-011']/ancestor::div[@class='text']")
    (sentence,) = found.xpath("./*[@data-proof]")
    text = draft.study.documents.set_index("doc_id").loc["003", "text"]
    whole = found.text_content()
    assert whole in text
    assert sentence.text_content().startswith("The rapid military actions have led")
    assert sentence.text_content().endswith("due to the violence.")
    before, after = whole.split(sentence.text_content())
    assert before.strip() == "Humanitarian Crisis Escalates Amid Military Advances"
    assert after.count(".") == 1


def test_the_checksum_of_a_page_that_quotes_is_that_of_the_sentence(quoting):
    proven = quoting.xpath("//section[@id='texts']//*[@data-proof]")
    assert len(proven) > 20
    for node in proven:
        assert node.get("data-proof") == hashlib.sha256(node.text_content().encode()).hexdigest()


def test_a_page_that_quotes_holds_no_more_of_a_text_than_that(quoting, draft):
    held = quoting.text_content()
    for row in draft.study.documents.itertuples():
        cited = draft.evidence.loc[list(draft.numbers)]
        bounds = cited[cited["doc_id"] == row.doc_id][["begin", "stop"]].itertuples(index=False)
        kept = {at for begin, stop in bounds for at in range(begin, stop)}
        left = "".join(" " if at in kept else letter for at, letter in enumerate(row.text))
        for words in (part.strip() for part in re.split(r"\n| {2,}", left)):
            assert len(words) < 60 or words not in held


def test_each_text_is_named_with_publisher_and_day(quoting):
    origins = [node.text_content() for node in quoting.xpath("//article/p[@class='origin']")]
    assert len(origins) == 5
    assert all("publisher unknown, " in words and "December 2024" in words for words in origins)


def test_texts_too_long_for_a_page_are_quoted_and_it_says_so(draft, data, monkeypatch):
    monkeypatch.setattr(page_module, "LARGEST", len(data) - 1)
    words = html.fromstring(make_page(draft).decode()).get_element_by_id("texts").text_content()
    assert "They are too long to stand here whole." in words


def test_a_page_too_large_even_so_is_refused_with_its_size(draft, monkeypatch):
    monkeypatch.setattr(page_module, "LARGEST", 1_000)
    with pytest.raises(ReportError, match=r"the page would have \d\.\d MB.* show fewer figures"):
        make_page(draft)


def test_a_figure_alone_is_a_page_with_its_own_sentences(draft):
    house = find_house(None, draft.study.folder)
    alone = html.fromstring(compose_alone(draft, "parts_of_a_total", house, "quotes").decode())
    assert alone.findtext(".//title") == draft.figures["parts_of_a_total"]["title"]
    assert len(alone.xpath("//figure")) == 1
    quotes = set(alone.xpath("//section[@id='texts']//span/@id"))
    behind = {
        claim["claim"]
        for mark in draft.figures["parts_of_a_total"]["marks"]
        for claim in mark["claims"]
    }
    assert quotes == behind


def test_a_text_with_carriage_returns_and_controls_keeps_its_checksum(draft):
    part = page_module.cut_part("a\r\nb <i>&\r", [], 0, 10, 0, 10)
    written = "".join(str(segment["words"]) for segment in part["segments"])
    assert written == "a&#13;\nb &lt;i&gt;&amp;&#13;"
    assert part["sum"] == hashlib.sha256(b"a\r\nb <i>&\r").hexdigest()


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture
def attached(data, tmp_path):
    """The page in the folder where a mail program puts what is opened from a letter."""
    folder = tmp_path / "Local Settings" / "Temp" / "Content.Outlook" / "7Q#2 Ü%20"
    folder.mkdir(parents=True)
    file = folder / "report (2).html"
    file.write_bytes(data)
    return file


def read_verdict(window, file) -> tuple:
    """(page, what the page says of itself)."""
    page = window.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("/^Ch/.test(document.getElementById('proof').textContent)")
    return page, page.inner_text("#proof")


@needs_browser
def test_a_page_from_a_mail_asks_for_nothing_and_says_it_is_unchanged(browser, attached):  # noqa: F811
    asked = []
    with open_window(browser, allowed=("file:", "data:")) as window:
        window.on("request", lambda request: asked.append(request.url))
        _, verdict = read_verdict(window, attached)
    assert [url for url in asked if not url.startswith("data:")] == [attached.as_uri()]
    assert re.fullmatch(r"Checked in this page: 5 texts and \d+ quotes are as .*", verdict)


@needs_browser
@pytest.mark.parametrize("texts", ["whole", "quotes"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious_in_a_page(browser, draft, tmp_path, texts, width):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "report.html"
    file.write_bytes(make_page(draft, texts))
    for scheme in ("light", "dark"):
        screen = {"width": width, "height": 844}
        with open_window(browser, viewport=screen, color_scheme=scheme) as window:
            page, _ = read_verdict(window, file)
            page.locator(".sheet:visible a[href='#003-011']").first.dispatch_event("click")
            faults = Axe().run(page).response["violations"]
            assert page.evaluate("document.documentElement.scrollWidth") == width
        assert [fault for fault in faults if fault["impact"] in ("serious", "critical")] == []


@needs_browser
@pytest.mark.parametrize("subtle", [True, False], ids=["subtle", "own"])
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Despite the chaos, the military", "Despite the calm, the military", "003 Advance"),
        (
            "<b>nearly 400,000</b></mark>",
            "<b>nearly 500,000</b></mark>",
            "003 Advance",
        ),
        (
            "reporting <strong>nearly 400,000</strong> people displaced",
            "reporting <strong>nearly 900,000</strong> people displaced",
            "nearly 900,000 people displaced",
        ),
        (">“nearly 400,000”</span>", ">“nearly 300,000”</span>", "nearly 300,000"),
    ],
    ids=["text", "quote in the text", "sentence in the annex", "number in the report"],
)
def test_a_character_changed_is_said(browser, attached, data, old, new, told, subtle):  # noqa: F811
    assert old.encode() in data
    with open_window(browser) as window:
        if not subtle:
            window.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
        _, before = read_verdict(window, attached)
        attached.write_bytes(data.replace(old.encode(), new.encode()))
        page, after = read_verdict(window, attached)
        assert page.locator(".changed:not(#proof)").count() > 0
        assert page.get_attribute("#proof", "role") == "alert"
    assert before.startswith("Checked in this page")
    assert after.startswith("Changed since this page was made")
    assert told in after


@needs_browser
@pytest.mark.parametrize(("width", "room"), [(390, "narrow"), (1280, "broad")])
def test_a_click_on_a_mark_brings_up_its_sentence_in_its_text(browser, attached, width, room):  # noqa: F811
    screen = {"width": width, "height": 844}
    with open_window(browser, viewport=screen) as window:
        page, _ = read_verdict(window, attached)
        mark = page.locator(f".{room} a[href='#003-011']").first
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        shown = page.locator("#source .on")
        shown.first.wait_for()
        assert "".join(shown.all_inner_texts()) == "nearly 400,000 people displaced within a week"
        assert page.locator("#source .on").first.bounding_box()["y"] < 844
        assert "003 Advance towards Damascus" in page.inner_text("#source h2")
        assert len(page.inner_text("#source .shown")) > 2_000
        page.keyboard.press("Escape")
        assert not page.locator("#source").is_visible()


@needs_browser
def test_a_mark_of_several_claims_lists_their_sentences(browser, attached):  # noqa: F811
    with open_window(browser) as window:
        page, _ = read_verdict(window, attached)
        page.locator(".broad a[href='#overview.aleppo']").first.dispatch_event("click")
        assert page.locator("#source li").count() > 3
        page.locator("#source li a").first.click()
        assert page.locator("#source .on").count() > 0


@needs_browser
def test_a_phone_shows_the_picture_of_85_mm(browser, attached):  # noqa: F811
    with open_window(browser, viewport={"width": 390, "height": 844}) as window:
        page, _ = read_verdict(window, attached)
        assert page.locator(".broad:visible").count() == 0
        assert page.locator(".narrow:visible svg").first.bounding_box()["width"] <= 390
        assert page.locator(".narrow:visible").count() == len(SHOWN)
        viewed = page.locator(".narrow:visible svg").first.get_attribute("viewBox")
        assert round(float(viewed.split()[2]) / 72 * 25.4) == 85


@needs_browser
def test_print_leaves_out_what_nobody_can_click(browser, attached):  # noqa: F811
    with open_window(browser) as window:
        page, _ = read_verdict(window, attached)
        page.emulate_media(media="print")
        assert page.locator("#annex").is_visible()
        assert page.locator("#proof").is_visible()
        assert page.locator("#texts:visible, .behind:visible, .narrow:visible").count() == 0


@needs_browser
def test_a_screen_reader_hears_the_title_of_a_figure_and_the_quote_of_a_mark(browser, attached):  # noqa: F811
    with open_window(browser) as window:
        page, _ = read_verdict(window, attached)
        heard = page.locator(".broad").first.aria_snapshot()
        title = load_title(page)
    assert f'group "{title}' in heard.replace('\\"', '"')
    assert re.search(r'link "“?nearly 400,000 people displaced within a week', heard)


def load_title(page) -> str:
    """The title of the first figure, as far as its first letters."""
    return page.locator(".broad title").first.text_content()[:30]
