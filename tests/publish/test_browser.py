"""A reader with a mouse and a keyboard: Debian's Chromium opens the pages from disk, JupyterLab
runs the notebooks.

Without a chromium on PATH everything here is skipped, and says so. Nothing leaves the machine: a
request to anywhere but the disk, or the server on loopback that a test started, makes the test
fail, as does any error in the browser's console.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from helpers.charts import FIGURES, draw_figure
from helpers.corpus.folders import REPOSITORY
from helpers.publish.evidence.pages import render_evidence_pages
from helpers.publish.figures import save_figure
from helpers.publish.gallery import save_gallery
from helpers.run.notebooks import AT_SCALE, PROPOSING, REVIEWING, list_notebooks
from helpers.schema.files import save_files
from tests.conftest import PATIENCE, make_study, multiply_study, wait_until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="no chromium on PATH (Debian: apt-get install chromium)"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Layouts of a page that opens, or does what a key asks: 4 seen; one for each claim would be
# hundreds.
MOST_LAYOUTS = 20
SCREENS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def hung(charts, study, tmp_path_factory) -> Path:
    """A folder with every figure, its evidence and its gallery."""
    folder = tmp_path_factory.mktemp("hung")
    here = replace(study, figures=folder)
    for chart in charts.values():
        save_figure(replace(chart, study=here))
    save_gallery(here)
    return folder


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE * 1_000
        )
        yield chromium
        chromium.close()


@contextlib.contextmanager
def open_window(browser, allowed=("file:", "data:", "blob:"), **options):
    """A window in which an error in the console, or a request to anywhere else, fails the test."""
    faults = []
    window = browser.new_context(**options)
    window.set_default_timeout(PATIENCE * 1_000)
    window.on(
        "console",
        lambda message: (
            faults.append(f"console: {message.text} {message.location.get('url', '')}")
            if message.type == "error"
            else None
        ),
    )
    window.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    window.on(
        "request",
        lambda request: (
            None if request.url.startswith(allowed) else faults.append(f"request: {request.url}")
        ),
    )
    try:
        yield window
    finally:
        window.close()
    assert faults == []


def count_layouts(window, page):
    """A function that says how often a page was laid out until now."""
    browser = window.new_cdp_session(page)
    browser.send("Performance.enable")

    def count() -> int:
        metrics = browser.send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "LayoutCount")

    return count


def wait_for(page, true):
    """What `true` gives as soon as it gives something; meanwhile the page hears what happens."""
    for _ in range(20 * PATIENCE):
        if value := true():
            return value
        page.wait_for_timeout(50)
    raise AssertionError("waited for in vain")


def read_chosen(page) -> str:
    """The words that the page highlights."""
    return "".join(page.locator("article mark.on, article span.on").all_inner_texts())


def find_frame(page, name: str):
    """The document of the <object> that shows a file."""
    [frame, *_] = wait_for(
        page, lambda: [frame for frame in page.frames if frame.url.endswith(f"/{name}")]
    )
    frame.wait_for_load_state()
    return frame


def squeeze(text: str) -> str:
    return "".join(text.split())


# --- from mark to sentence -----------------------------------------------------------------------


def find_spots(page) -> dict[str, tuple[float, float]]:
    """mark id → a point of the picture at which a click hits it; marks wholly under others have
    none."""
    return page.evaluate("""() => {
        const links = [...document.querySelectorAll('[id^="mark-"] > a')];
        const tried = [[.5, .5], [.2, .5], [.8, .5], [.5, .2], [.5, .8], [.05, .5], [.95, .5]];
        return Object.fromEntries(links.flatMap(link => {
            for (const shape of link.querySelectorAll('path, use')) {
                const box = shape.getBoundingClientRect();
                for (const [across, down] of tried) {
                    const x = box.x + box.width * across, y = box.y + box.height * down;
                    if (document.elementFromPoint(x, y)?.closest('a') === link)
                        return [[link.parentNode.id.slice(5), [x, y]]];
                }
            }
            return [];
        }));
    }""")


def list_pages(window, address: str) -> list:
    """The pages of a window that show an address."""
    return [page for page in window.pages if unquote(page.url).endswith(unquote(address))]


@pytest.mark.parametrize("name", FIGURES)
def test_a_click_on_a_mark_shows_its_sentence(browser, hung, study, name):
    figure = json.loads((hung / f"{name}.json").read_text("utf-8"))
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    quotes = {
        claim.claim_id: texts[claim.doc_id][claim.start : claim.end]
        for claim in study.coded.itertuples()
    }
    with open_window(browser, viewport={"width": 1400, "height": 1800}) as window:
        page = window.new_page()
        page.goto((hung / f"{name}.svg").as_uri())
        spots = find_spots(page)
        chosen = [mark for mark in figure["marks"] if mark["mark"] in spots]
        assert len(chosen) >= 0.5 * len(figure["marks"]), "most marks can be hit"
        kinds = {
            mark["kind"]: mark for mark in reversed(chosen)
        }  # one of each kind, and the last of all
        for mark in [*kinds.values(), chosen[-1]]:
            page.mouse.click(*spots[mark["mark"]])
            [shown] = wait_for(page, lambda mark=mark: list_pages(window, mark["address"]))
            shown.wait_for_load_state()
            assert len(window.pages) == 2, "one window for all sentences"
            [*only] = {claim["claim"] for claim in mark["claims"]}
            if mark["kind"] == "claim" or mark["kind"] == "group" and len(only) == 1:
                shown.locator("mark.on").first.wait_for(state="attached")
                assert squeeze(read_chosen(shown)) == squeeze(quotes[only[0]])
            elif mark["kind"] == "reading":
                shown.locator(".on").first.wait_for(state="attached")
                assert squeeze(mark["reading"]["quote"]) == squeeze(read_chosen(shown))
            elif mark["kind"] in ("derived", "group"):
                listed = shown.locator(f"[id='{unquote(mark['address']).partition('#')[2]}']")
                assert all(
                    squeeze(quotes[claim["claim"]]) in squeeze(listed.inner_text())
                    for claim in mark["claims"]
                )
            target = shown.locator(
                f"[id='{unquote(mark['address']).partition('#')[2]}']"
            ).bounding_box()
            assert 0 <= target["y"] < 1800, "and it is in sight"


def test_a_mark_can_be_followed_with_the_keyboard_alone(browser, hung):
    with open_window(browser) as window:
        page = window.new_page()
        page.goto((hung / "displacement_over_time.svg").as_uri())
        page.keyboard.press("Tab")
        target = page.evaluate("document.activeElement.href.baseVal")
        with window.expect_page() as opened:
            page.keyboard.press("Enter")
        assert target == "evidence/index.html#003-011", "the first mark"
        opened.value.wait_for_url(f"**/{target}")


def test_a_mark_in_the_gallery_leads_to_its_sentence(browser, hung):
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto((hung / "index.html").as_uri())
        page.locator("object[data='displacement_over_time.svg']").scroll_into_view_if_needed()
        frame = find_frame(page, "displacement_over_time.svg")
        with window.expect_page() as opened:
            frame.locator("#mark-003-011 > a").click()
        opened.value.wait_for_url("**/evidence/index.html#003-011")
        opened.value.locator("mark.on").first.wait_for(state="attached")
        assert squeeze(read_chosen(opened.value)) == "nearly400,000peopledisplacedwithinaweek"


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_screen_shows_the_overview_and_three_figures(browser, hung, screen):
    with open_window(browser, viewport=SCREENS[screen]) as window:
        page = window.new_page()
        page.goto((hung / "index.html").as_uri())
        most = SCREENS[screen]["height"]
        whole = page.locator("object[data='overview.svg']").bounding_box()
        assert whole["y"] + whole["height"] < most
        others = page.locator(".first nav a")
        tops = [others.nth(n).bounding_box()["y"] for n in range(others.count())]
        assert len(tops) == 3
        assert max(tops) < most


def test_each_number_on_the_first_screen_is_a_click_from_its_sentence(browser, hung, study):
    claims = study.coded.set_index("number")["claim_id"]
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto((hung / "index.html").as_uri())
        numbers = page.locator(".front q a").all_text_contents()
        assert numbers == ["nearly 400,000", "at least 22", "more than 200"]
        for words in numbers:
            page.locator(".front q a", has_text=words).click()
            page.wait_for_url(f"**/evidence/index.html#{claims[words]}")
            assert page.locator("mark.on").first.is_visible()
            page.go_back()


# --- the tables ----------------------------------------------------------------------------------


@pytest.fixture
def listed(browser, hung):
    """The page of all figures."""
    with open_window(browser) as window:
        page = window.new_page()
        page.goto((hung / "all_figures.html").as_uri())
        yield page


def read_column(page, number: int) -> list[str]:
    """The words of a column, of the rows that are shown."""
    return page.locator(f"tbody tr:visible td:nth-child({number})").all_inner_texts()


def test_a_click_on_a_head_sorts_by_value_and_another_turns_it(listed, study):
    listed.get_by_role("button", name="Figure").click()
    first = read_column(listed, 3)
    assert first[0] == "“an Iranian Brigadier General”"  # one
    listed.get_by_role("button", name="Figure").click()
    assert read_column(listed, 3)[0] == "“12 million”"
    assert read_column(listed, 3)[-1] == first[-1]  # what has no value comes last both ways


def test_lists_and_words_leave_the_rows_that_fit(listed):
    listed.get_by_label("Source").select_option("HTS (party)")
    assert set(read_column(listed, 6)) == {"HTS (party)"}
    listed.get_by_label("Words").fill("camps")
    assert len(read_column(listed, 6)) == 2
    assert listed.locator("output").inner_text() == "2 of 42 rows"
    listed.get_by_role("button", name="Show all").click()
    assert wait_for(listed, lambda: listed.locator("output").inner_text() == "42 rows")


# --- the pages -----------------------------------------------------------------------------------


@pytest.fixture
def evidence(browser, hung):
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto((hung / "evidence" / "index.html").as_uri())
        yield page


def test_the_evidence_is_one_light_file_laid_out_a_few_times_and_not_for_each_claim(
    browser, hung, study
):
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page, asked = window.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        count = count_layouts(window, page)
        page.goto((hung / "evidence" / "index.html").as_uri())
        assert len(asked) == 1
        assert page.evaluate("document.querySelectorAll('*').length") < 60 * len(study.coded)
        assert count() <= MOST_LAYOUTS
        before = count()
        page.keyboard.press("n")
        page.locator("mark.on").first.wait_for(state="attached")
        assert count() - before <= MOST_LAYOUTS


def test_filters_leave_the_claims_that_fit_and_say_how_many(evidence, study):
    deaths = study.coded[(study.coded["measure"] == "killed") & (study.coded["doc_id"] == "004")]
    evidence.locator("select[name=measure]").select_option("killed")
    evidence.locator("select[name=document]").select_option("document-004")
    assert evidence.locator("output").inner_text() == f"{len(deaths)} of {len(study.coded)} claims"
    shown = evidence.locator(".cards > li[data-measure]:visible")
    assert [shown.nth(n).get_attribute("data-measure") for n in range(shown.count())] == [
        "killed"
    ] * len(deaths)
    evidence.locator("[type=reset]").click()
    evidence.locator("output", has_text=f"{len(study.coded)} of {len(study.coded)}").wait_for()


def test_keys_step_from_claim_to_claim_and_let_go(evidence, study):
    evidence.keyboard.press("n")
    first = unquote(evidence.evaluate("location.hash"))
    evidence.keyboard.press("j")
    second = unquote(evidence.evaluate("location.hash"))
    evidence.keyboard.press("k")
    ids = list(study.coded.sort_values(["doc_id", "start", "end"])["claim_id"])
    assert [first, second] == [f"#{ids[0]}", f"#{ids[1]}"]
    assert unquote(evidence.evaluate("location.hash")) == first
    evidence.keyboard.press("Escape")
    assert evidence.locator("mark.on").count() == 0


def test_a_filter_by_topic_or_review_leaves_what_fits(evidence, study):
    deaths = int((study.coded["topic"] == "casualties").sum())
    evidence.locator("select[name=topic]").select_option("casualties")
    assert evidence.locator("output").inner_text().startswith(f"{deaths} of")
    assert evidence.locator("[data-claims~='003-011'].off").count()
    assert not evidence.locator("[data-claims~='004-078'].off").count()
    reviewed = int(
        ((study.coded["topic"] == "casualties") & (study.coded["review"] == "accepted")).sum()
    )
    evidence.locator("select[name=review]").select_option("accepted")
    assert evidence.locator("output").inner_text().startswith(f"{reviewed} of")


def test_a_click_on_words_of_two_claims_shows_one_after_the_other(evidence):
    words = evidence.locator("mark[data-claims='000-003 000-004']").first
    seen = []
    for _ in range(3):
        words.click()
        seen.append(evidence.evaluate("location.hash"))
    assert seen == ["#000-003", "#000-004", "#000-003"]


def test_buttons_do_what_the_keys_do(evidence):
    evidence.locator("[name=next]").click()
    assert evidence.evaluate("location.hash") == "#000-001"
    evidence.locator("[name=next]").click()
    evidence.locator("[name=previous]").click()
    assert evidence.evaluate("location.hash") == "#000-001"
    evidence.locator("[name=off]").click()
    assert evidence.locator("mark.on").count() == 0
    assert evidence.evaluate("location.hash") == ""


def test_a_claim_far_down_is_scrolled_to_and_not_under_the_bar(evidence):
    evidence.evaluate("location.hash = '#004-110'")
    evidence.locator("mark.on").first.wait_for(state="attached")
    bar, words = (
        evidence.locator(".bar").bounding_box(),
        evidence.locator("[id='004-110']").bounding_box(),
    )
    assert bar["y"] + bar["height"] <= words["y"] <= SCREENS["wide"]["height"] - 60


def test_finding_words_of_a_folded_card_opens_it(browser, hung, study):
    claim = next(
        row
        for row in study.coded.itertuples()
        if len(row.note) > 40 and row.note.isascii() and "-" not in row.note and "," not in row.note
    )
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto(
            (hung / "evidence" / "index.html").as_uri() + "#:~:text=" + quote(claim.note)
        )  # the browser's own search
        page.locator(".cards > li.on").first.wait_for(state="attached")
        assert claim.note in page.locator(".cards > li.on").inner_text()


def test_print_opens_every_card_and_leaves_the_controls_out(evidence):
    evidence.emulate_media(media="print")
    assert not evidence.locator(".bar").is_visible()
    assert evidence.evaluate(
        "[...document.querySelectorAll('.cards > li')].map(card => card.lastElementChild).every("
        "part => part.checkVisibility({contentVisibilityAuto: true})"
        " && part.getBoundingClientRect().height > 0)"
    )


@pytest.mark.parametrize("name", ["index.html", "evidence/index.html", "evidence/marks.html"])
def test_pages_are_dark_where_the_reader_wants_them_dark(browser, hung, name):
    shades = {}
    for scheme in ("light", "dark"):
        with open_window(browser, color_scheme=scheme) as window:
            page = window.new_page()
            page.goto((hung / name).as_uri())
            shades[scheme] = page.evaluate(
                "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)"
                ".reduce((sum, part) => sum + +part, 0)"
            )
    assert shades["dark"] < 150 < 600 < shades["light"]


def test_find_in_page_finds_words_of_the_text_and_of_a_folded_note(evidence, study):
    note = next(note for note in study.coded["note"] if len(note) > 40)
    for words in ("sudden capture of Aleppo", note[:40]):
        assert evidence.evaluate(
            "words => document.documentElement.textContent.includes(words)", words
        )
    assert evidence.evaluate(
        "[...document.querySelectorAll('.cards [hidden]')]"
        ".every(part => part.getAttribute('hidden') === 'until-found')"
    )


def test_without_scripts_everything_stands_open(browser, hung):
    with open_window(browser, viewport=SCREENS["wide"], java_script_enabled=False) as window:
        page = window.new_page()
        page.goto((hung / "evidence" / "index.html#003-011").as_uri().replace("%23", "#"))
        assert page.locator(".cards dl").first.is_visible()
        assert page.locator("[id='003-011']").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    "name", ["index.html", "all_figures.html", "evidence/index.html", "evidence/marks.html"]
)
def test_axe_finds_no_serious_fault(browser, hung, name, screen, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with open_window(browser, viewport=SCREENS[screen], color_scheme=scheme) as window:
        page = window.new_page()
        page.goto((hung / name).as_uri())
        found = Axe().run(page).response["violations"]
        assert [
            (fault["id"], [node["html"][:200] for node in fault["nodes"]][:3])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ] == []


@pytest.mark.parametrize("name", ["index.html", "all_figures.html", "evidence/index.html"])
def test_a_phone_need_not_scroll_sideways(browser, hung, name):
    with open_window(browser, viewport=SCREENS["phone"]) as window:
        page = window.new_page()
        page.goto((hung / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS["phone"]["width"]


@pytest.mark.parametrize(("screen", "stem"), [("wide", "overview"), ("phone", "overview_column")])
def test_a_phone_is_shown_the_narrow_picture(browser, study, tmp_path, screen, stem):
    for width in ("full", "column"):
        here = replace(
            study,
            figures=tmp_path,
            parameters=study.parameters | {"width": width, "formats": ["svg"]},
        )
        save_figure(draw_figure("overview", here))
    save_gallery(here)
    with open_window(browser, viewport=SCREENS[screen]) as window:
        page = window.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        first = page.locator("section.plate").first
        shown = first.locator("object:visible")
        assert [shown.nth(n).get_attribute("data") for n in range(shown.count())] == [f"{stem}.svg"]


def test_every_picture_of_the_gallery_is_there(browser, hung):
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto((hung / "index.html").as_uri())
        assert page.locator("object").count() == len(FIGURES)
        for name in FIGURES:
            page.locator(f"object[data='{name}.svg']").scroll_into_view_if_needed()
            assert (
                find_frame(page, f"{name}.svg").evaluate(
                    "document.documentElement.getBoundingClientRect().width"
                )
                > 300
            )


def test_the_html_snippet_of_a_figure_shows_it_and_its_marks_link(browser, hung):
    snippet = re.search(
        r"^`{3,}html\n(.*?)\n`{3,}$", (hung / "advance_map.md").read_text("utf-8"), re.M | re.S
    )[1]
    (hung / "pasted.html").write_text(
        f"<!doctype html><html lang=en><title>x</title><body style='width: 380px'>{snippet}",
        "utf-8",
    )
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto((hung / "pasted.html").as_uri())
        box = page.locator("object").bounding_box()
        assert box["width"] == pytest.approx(300, abs=1), "it shrinks with its column"
        assert 250 < box["height"] < 400, "and is whole"
        frame = find_frame(page, "advance_map.svg")
        with window.expect_page() as opened:
            frame.locator("#mark-damascus > a").click()
        opened.value.wait_for_url("**/evidence/marks.html#advance_map.damascus")


# --- a long corpus -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long(study, tmp_path_factory):
    """A thousand texts with twenty thousand claims, and the folder of their pages."""
    folder = tmp_path_factory.mktemp("long")
    big = multiply_study(study, 200, folder)
    save_files(folder, render_evidence_pages(big, {}))
    return big, folder / "evidence"


def test_a_thousand_texts_have_a_page_each_and_two_beside(long):
    big, folder = long
    assert len(big.documents) == 1_000
    assert len(big.coded) > 20_000
    assert len(list(folder.glob("*.html"))) == 1_002


def test_the_index_of_a_thousand_texts_filters_them(browser, long):
    big, folder = long
    chosen = big.coded[big.coded["topic"] == "displacement"]
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto((folder / "index.html").as_uri())
        page.locator("select[name=topic]").select_option("displacement")
        said = page.locator("output").inner_text()
        assert said.startswith(f"{len(chosen):,} of {len(big.coded):,}")
        assert page.locator("[data-counts]:visible").count() == chosen["doc_id"].nunique()


def test_the_index_of_a_thousand_texts_holds_a_line_a_text_and_is_laid_out_a_few_times(
    browser, long
):
    big, folder = long
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        count = count_layouts(window, page)
        page.goto((folder / "index.html").as_uri())
        assert page.evaluate("document.querySelectorAll('*').length") < 10 * len(big.documents)
        assert count() <= MOST_LAYOUTS
        before = count()
        page.locator("select[name=topic]").select_option("displacement")
        page.locator("output").inner_text()
        assert count() - before <= MOST_LAYOUTS


def test_the_index_sends_a_claim_on_to_its_page(browser, long):
    big, folder = long
    claim = big.coded.iloc[-1]
    with open_window(browser, viewport=SCREENS["wide"]) as window:
        page = window.new_page()
        page.goto((folder / "index.html").as_uri() + f"#{claim['claim_id']}")
        page.wait_for_url(f"**/text-{claim['doc_id']}.html#{claim['claim_id']}")
        page.locator("mark.on").first.wait_for(state="attached")
        assert squeeze(read_chosen(page)) == squeeze(claim["exact"])


def test_axe_finds_no_serious_fault_in_the_page_of_one_text_or_of_the_index(browser, long):
    from axe_playwright_python.sync_playwright import Axe

    for name in ("index.html", "text-000002.html"):
        with open_window(browser, viewport=SCREENS["phone"]) as window:
            page = window.new_page()
            page.goto((long[1] / name).as_uri())
            assert [
                fault["id"]
                for fault in Axe().run(page).response["violations"]
                if fault["impact"] in ("serious", "critical")
            ] == []


# --- a corpus that means ill ---------------------------------------------------------------------


def test_no_script_of_a_text_runs(browser, tmp_path):
    folder = tmp_path / "hostile"
    folder.mkdir()
    text = (
        "OLMIR, Nov. 12, 2025 (Agency)\n\n"
        "At least 40 people were killed in Olmir</mark><script>document.title='run'</script>"
        "<img src=x onerror=\"document.title='run'\"> on Monday.\n"
        'More <a href="data:text/html,x">words</a>.\n'
    )
    (folder / "000_<img src=x onerror=document.title='run'>.txt".replace("/", "")).write_text(
        text, "utf-8"
    )
    study = make_study(corpus=str(folder), figures=str(tmp_path / "out"))
    save_figure(draw_figure("casualties_over_time", study))
    save_gallery(study)
    for name in ("index.html", "evidence/index.html", "casualties_over_time.svg"):
        with open_window(browser, viewport=SCREENS["wide"]) as window:
            page = window.new_page()
            page.goto((tmp_path / "out" / name).as_uri())  # until all is loaded, or was not found
            assert page.title() != "run"
            assert page.locator("[onerror], [href^='data:']").count() == 0


# --- JupyterLab ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    """JupyterLab on loopback, its root a folder like a checkout: notebooks without outputs, no
    figures yet."""
    root = tmp_path_factory.mktemp("lab")
    write_cleared(root, list_notebooks())
    with serve_lab(root) as address:
        yield address, root


def write_cleared(root: Path, notebooks: list[Path]) -> None:
    """Notebooks as nobody has run them, in a folder like a checkout."""
    (root / "notebooks").mkdir()
    for notebook in notebooks:
        book = json.loads(notebook.read_text("utf-8"))
        for cell in book["cells"]:
            cell.update(
                {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
            )
        (root / "notebooks" / notebook.name).write_text(json.dumps(book), "utf-8")


@contextlib.contextmanager
def serve_lab(root: Path):
    """The address of a JupyterLab on loopback whose root is a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = root / "settings" / "@jupyter-widgets" / "jupyterlab-manager"
    settings.mkdir(parents=True)  # whoever has the state of widgets saved finds none of ours
    (settings / "plugin.jupyterlab-settings").write_text('{"saveState": true}')
    environment = os.environ | {
        "ELEVEN_DAYS_FIGURES": str(root / "figures"),
        "JUPYTERLAB_SETTINGS_DIR": str(root / "settings"),
        "PYTHONPATH": str(REPOSITORY),
    }
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={root}",
        # By default the server leaves a page that does not answer its pings for a minute and a
        # half, as on a busy machine; what the kernel says then is lost, and the cells under way
        # never end.
        "--ServerApp.tornado_settings={'ws_ping_interval': 0}",
        "--ServerApp.disable_check_xsrf=True",  # the tests end sessions by themselves
    ]
    with open(root / "server.log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options],
            stdout=log,
            stderr=log,
            env=environment,
        )
    try:
        wait_until(lambda: answers(port) or server.poll() is not None)
        assert server.poll() is None, (root / "server.log").read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def answers(port: int) -> bool:
    """Whether something listens at a port of this machine."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE):
        return True
    return False


# The kernel is idle, and cells have a number, and none waits: all have run, or those up to one that
# failed.
HAS_RUN = """() => {
    const prompts = [...document.querySelectorAll('.jp-InputPrompt')].map(it => it.textContent);
    return document.querySelector('#jp-main-statusbar').innerText.includes('Idle')
        && prompts.some(prompt => /\\d/.test(prompt))
        && !prompts.some(prompt => prompt.includes('*'));
}"""


IS_IDLE = "document.querySelector('#jp-main-statusbar').innerText.includes('Idle')"
# A cell has a number or waits for one.
HAS_BEGUN = """() => [...document.querySelectorAll('.jp-InputPrompt')].some(
    prompt => /[\\d*]/.test(prompt.textContent))"""
BEGINS = 600  # looks, at 50 milliseconds, in which a kernel that took the order shows it


def order_all_cells(page) -> bool:
    """Run → Run All Cells, by mouse; False when the menu does not know the notebook yet, or no cell
    takes the order: a kernel that is only now connected loses it."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    item = page.locator(".lm-Menu-item[data-command='runmenu:run-all']")
    item.wait_for()
    ready = "lm-mod-disabled" not in item.get_attribute("class")
    if not ready:
        page.keyboard.press("Escape")
        return False
    item.click()
    for _ in range(BEGINS):
        if page.evaluate(HAS_BEGUN):
            return True
        page.wait_for_timeout(50)
    return False


RUNS = 150  # seconds; 10 seen, and 40 on a busy machine
OPENINGS = 3  # of a notebook whose page never hears from its kernel


def run_notebook(page, address: str, ended: str = HAS_RUN) -> None:
    """Opens a notebook and runs all its cells, until a script of the page says that they ended.

    On a busy machine a kernel's answer is at times lost while the page connects to it; the page
    then never says Idle, or a cell shows a star for ever, as any user knows who has reloaded such a
    page. It is then opened anew with a kernel of its own; what it shows at the last opening is the
    failure.
    """
    for _ in range(OPENINGS):
        end_sessions(page, address)
        page.goto(f"{address}?reset")
        if run_all_cells(page, ended):
            return
    shown = page.locator(".jp-InputPrompt").all_inner_texts()
    status = page.locator("#jp-main-statusbar").inner_text()
    raise AssertionError(f"not run after {OPENINGS} openings: {shown}, {status!r}")


def end_sessions(page, address: str) -> None:
    """Ends the kernels of a server: one that goes on from an earlier opening would speak of what
    the new page has never seen. The page leaves the server first."""
    page.goto("about:blank")
    sessions = address.split("/lab/")[0] + "/api/sessions"
    for session in page.request.get(sessions).json():
        page.request.delete(f"{sessions}/{session['id']}")


def run_all_cells(page, ended: str) -> bool:
    """Whether all cells of the notebook that was just opened ran within RUNS seconds."""
    until = time.monotonic() + RUNS
    page.wait_for_selector("#jp-main-statusbar", state="attached")
    while not page.evaluate(IS_IDLE) or not order_all_cells(page):
        if time.monotonic() > until:
            return False
        page.wait_for_timeout(50)
    while not page.evaluate(ended):
        if time.monotonic() > until:
            return False
        page.wait_for_timeout(100)
    return True


@pytest.mark.parametrize("notebook", [notebook.name for notebook in list_notebooks()])
def test_a_notebook_runs_in_jupyterlab(browser, laboratory, notebook):
    address, root = laboratory
    with open_window(
        browser,
        (address, address.replace("http", "ws"), "data:", "blob:"),
        viewport={"width": 1400, "height": 1000},
    ) as window:
        page = window.new_page()
        run_notebook(page, f"{address}/lab/tree/notebooks/{notebook}")
        page.keyboard.press("Control+s")
        page.wait_for_function("!document.querySelector('#jp-main-dock-panel .jp-mod-dirty')")
        cells = [
            cell
            for cell in json.loads((root / "notebooks" / notebook).read_text("utf-8"))["cells"]
            if cell["cell_type"] == "code"
        ]
        assert all(cell["execution_count"] for cell in cells)
        assert [
            output
            for cell in cells
            for output in cell["outputs"]
            if output["output_type"] in ("error", "stream")
        ] == []
        if not notebook.startswith((PROPOSING, REVIEWING, AT_SCALE)):  # which draw nothing
            sentences = page.locator(
                ".jp-RenderedHTML details:has(a[href*='evidence/index.html'])"
            ).first
            sentences.evaluate("table => { table.open = true; }")  # long lists are folded
            link = sentences.locator("a").first
            claim = link.text_content()
            with window.expect_page() as opened:
                link.click()
            opened.value.locator(".on").first.wait_for(state="attached")
            assert unquote(opened.value.url).endswith(f"evidence/index.html#{claim}")


def test_a_link_of_a_notebook_that_nobody_trusts_leads_to_the_sentence(browser, laboratory):
    address, root = laboratory
    shutil.copy(
        REPOSITORY / "notebooks" / "03_displacement.ipynb",
        root / "notebooks" / "as_committed.ipynb",
    )
    if not (root / "figures" / "evidence").exists():  # made by the notebooks above, if those ran
        shutil.copytree(REPOSITORY / "figures" / "evidence", root / "figures" / "evidence")
    with open_window(
        browser,
        (address, address.replace("http", "ws"), "data:", "blob:"),
        viewport={"width": 1400, "height": 1000},
    ) as window:
        page = window.new_page()
        page.goto(f"{address}/lab/tree/notebooks/as_committed.ipynb?reset")
        page.locator("#jp-main-statusbar >> text=Idle").first.wait_for(state="attached")
        link = page.locator(".jp-RenderedHTML details a[href*='evidence/index.html']").first
        link.wait_for()
        assert page.locator(".jp-RenderedImage img").count() == 1, "the picture is shown"
        with window.expect_page() as opened:
            link.click(button="middle")
        opened.value.locator("mark.on").first.wait_for(state="attached")
        assert unquote(opened.value.url).endswith("#" + link.text_content())


# --- a figure live in a notebook -----------------------------------------------------------------

WIDGETS = "application/vnd.jupyter.widget-state+json"


def save_notebook(page, file: Path) -> dict:
    """A notebook as it is kept."""
    page.keyboard.press("Control+s")
    page.wait_for_function("!document.querySelector('#jp-main-dock-panel .jp-mod-dirty')")
    return json.loads(file.read_text("utf-8"))


def list_kept_models(book: dict) -> list[str]:
    """The models of widgets whose state a notebook keeps."""
    return list(book["metadata"]["widgets"][WIDGETS]["state"])


def find_middle(locator) -> tuple[float, float]:
    """A point of the window; the words of the mark lie there."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def live(browser, tmp_path):
    """Notebook 04 after all its cells ran in JupyterLab: its page, its first live figure, its
    file. A server for each test, for a kernel that ran it before still holds what it made live."""
    [book] = [one for one in list_notebooks() if one.name.startswith("04")]
    write_cleared(tmp_path, [book])
    with serve_lab(tmp_path) as address:
        yield from open_live(browser, address, tmp_path / "notebooks" / book.name)


def open_live(browser, address: str, file: Path):
    """Runs a notebook; gives its page, its first live figure and its file."""
    places = (address, address.replace("http", "ws"), "data:", "blob:")
    with open_window(browser, places, viewport={"width": 1400, "height": 1000}) as window:
        page = window.new_page()
        run_notebook(page, f"{address}/lab/tree/notebooks/{file.name}")
        figure = page.locator(".eleven-days-live").first
        figure.scroll_into_view_if_needed()
        yield page, figure, file


def test_hovering_shows_the_sentence_and_a_click_leads_to_it(live, study):
    page, figure, _ = live
    mark = figure.locator("[id^='mark-'] a").first
    across, down = find_middle(mark)
    page.mouse.move(across, down)
    tip = figure.locator(".tip")
    tip.wait_for()
    quote = tip.locator("b").first.inner_text()[1:-1]
    said = study.coded[study.coded["exact"].map(squeeze) == squeeze(quote)]
    assert len(said) > 0
    inside, around = tip.bounding_box(), figure.bounding_box()
    assert around["x"] - 1 <= inside["x"]
    assert inside["x"] + inside["width"] <= around["x"] + around["width"] + 1
    page.mouse.click(across, down)
    with page.context.expect_page() as opened:
        figure.locator(".kept a").first.click()
    opened.value.locator(".on").first.wait_for(state="attached")
    assert unquote(opened.value.url).partition("#")[2] in set(said["claim_id"])


def test_a_chosen_source_leaves_its_marks_and_says_how_many(live):
    page, figure, _ = live
    marks = figure.locator("[id^='mark-']")
    choice = figure.locator("select[name=assertion]")

    def choose() -> list[str]:
        choice.select_option("said by a party to the war")
        return re.findall(r"\d+", figure.locator("output").inner_text())

    left, total = map(int, wait_for(page, choose))
    assert 0 < left < total == marks.count()
    assert figure.locator("[id^='mark-']:not(.off)").count() == left
    assert figure.locator("text.off").count() > 0, "the words of a row go with its bar"
    choice.select_option("")
    assert figure.locator("[id^='mark-'].off").count() == 0


def test_a_saved_notebook_keeps_picture_and_table_and_nothing_live(live):
    page, figure, file = live
    assert page.locator(".eleven-days-live").count() > 1
    # A kernel hears that a page has taken a figure after the cells that wait, so a notebook that is
    # saved at its last cell may be saved once more.
    wait_for(page, lambda: list_kept_models(save_notebook(page, file)) == [])
    book = save_notebook(page, file)
    kinds = {
        kind
        for cell in book["cells"]
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
    }
    assert kinds == {"text/plain", "text/markdown", "text/html", "image/png"}
    assert list(book["metadata"]["widgets"]) == [WIDGETS], "the server saves what widgets hold"
    assert list_kept_models(book) == []
    assert "eleven-days-live" not in json.dumps(book)
    page.reload()
    page.locator("#jp-main-statusbar >> text=Idle").first.wait_for(state="attached")
    page.locator(".jp-RenderedImage img").first.wait_for()
    assert page.locator(".eleven-days-live").count() == 0
