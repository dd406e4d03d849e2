"""A reviewer at the keyboard: Debian's Chromium, JupyterLab, a kernel; what stands on disk is
compared row by row. Without a chromium on PATH everything here is skipped, and says so."""

import contextlib
import json
import os
import signal
from pathlib import Path

import psutil
import pytest

from helpers.claims.decisions.journal import load_decisions
from helpers.claims.gate import load_claims
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places
from helpers.schema.csv_files import load_table
from helpers.schema.files import replace_file
from tests.claims.storm import copy_proposed
from tests.publish.test_browser import (
    CHROMIUM,
    HAS_RUN,
    QUIET,
    open_window,
    run_notebook,
    serve_lab,
)

pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="no chromium on PATH (Debian: apt-get install chromium)"
)
# All cells have run, and the page stands where the reviewer decides.
IS_SET = f"() => ({HAS_RUN})() && !!document.querySelector('.claim-review')"
PATIENT = 120_000  # milliseconds until a page that never answers is given up
TOLD = """Report {n}

{day} March 2031 (Northern Wire) - Fighters of the Northern Front captured {place} on Monday \
after a night of shelling, residents said. At least {killed} civilians were killed and {hurt} \
people were hurt, the city hospital said.

More than {fled},000 people fled towards Olmir on Tuesday, according to the Relief Council. The \
army denied that it had lost the airport.
"""
PLACES = "Veshka Sarn Adral Kelmar Bruma Tolin Marik Dovna Ilvet Korsa Pelma Ruvek Zanta".split()
HOSTILE = """Hostile

3 March 2031 (Wire) - At least 40 people were killed in Olmir</span><script>document.title='run'\
</script><img src=x onerror="document.title='run'"> on Monday, the UN said.
"""
LIST = """Aid Watch

5 March 2031 (Wire) - On Monday 4,000 people fled to Kell and 3,000 people fled to Mira and 90 \
people were killed in Dorn, the UN said. Since Sunday the Relief Council has counted 700 people \
injured in Sarn.
"""
ARABIC = """تقرير

في 3 آذار 2031 قال المرصد: At least 40 people were killed in Olmir on Monday, وقال الناس ذلك.
"""


def wait_for(page, true):
    """What `true` gives as soon as it gives something; meanwhile the page hears what happens."""
    for _ in range(PATIENT // 50):
        if value := true():
            return value
        page.wait_for_timeout(50)
    raise AssertionError("waited for in vain")


@contextlib.contextmanager
def open_browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=PATIENT)
        yield browser
        browser.close()


def write_notebook(root: Path, corpus: Path, reviewer: str) -> None:
    """The committed notebook, without outputs, for a corpus and a reviewer."""
    book = json.loads((REPOSITORY / "notebooks" / "01_review_claims.ipynb").read_text("utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        source = "".join(cell["source"]).replace(
            'corpus: str = "seeds"', f"corpus: str = {str(corpus)!r}"
        )
        cell["source"] = source.replace('reviewer: str = ""', f'reviewer: str = "{reviewer}"')
    (root / "01.ipynb").write_text(json.dumps(book), "utf-8")


class Desk:
    """The page of a review, and what a reviewer does at it."""

    def __init__(self, page, address: str):
        self.page, self.address = page, address
        self.frame = page.locator(".claim-review")

    def open(self) -> None:
        run_notebook(self.page, f"{self.address}/lab/tree/01.ipynb", IS_SET)
        self.frame.wait_for()
        self.take_focus()

    def take_focus(self) -> None:
        self.frame.click(position={"x": 300, "y": 12})
        self.page.locator(".claim-review .state", has_text="keys are on").wait_for()

    @property
    def claim(self) -> str:
        return self.frame.locator("header .claim").inner_text()

    @property
    def told(self) -> str:
        return self.frame.locator("[role=status]").inner_text()

    @property
    def turn(self) -> str:
        """All that is shown; another after each answer of the kernel."""
        return self.frame.inner_text()

    def press(self, *keys: str) -> str:
        """Keys one after the other, each answered before the next; what was told in the end."""
        for key in keys:
            before = self.turn
            self.page.keyboard.press(key)
            wait_for(self.page, lambda before=before: self.turn != before)
        return self.told

    def find_other_option(self, chip: str) -> str:
        """The digit of an option, of those shown, that says something else than the chip."""
        value = self.frame.locator(f".chip.{chip} bdi").inner_text()
        options = self.frame.locator(".choose li").all_inner_texts()
        return next(option[0] for option in options if option.split(" ", 1)[1].find(value) != 0)

    def correct(self, key: str, chip: str) -> str:
        """A chip of the claim shown set to something else that the text offers; the claim."""
        claim = self.claim
        self.press("c", key)
        assert self.press(self.find_other_option(chip), "Enter").startswith(f"{claim} corrected")
        return claim

    def decide(self, *keys: str) -> str:
        """The claim shown, decided by keys; the claim."""
        claim = self.claim
        told = self.press(*keys)
        assert told.startswith(claim), (claim, told)
        return claim


@pytest.fixture(scope="module")
def war(tmp_path_factory) -> Path:
    """A corpus of 26 texts with some hundred proposals, none of which repeats another."""
    texts = tmp_path_factory.mktemp("texts")
    for n in range(26):
        words = TOLD.format(
            n=n, day=3 + n % 20, place=PLACES[n % 13], killed=21 + n, hurt=61 + n, fled=4 + n
        )
        (texts / f"{n + 1}.txt").write_text(words, "utf-8")
    return texts


@contextlib.contextmanager
def sit_down(root: Path, corpus: Path, reviewer: str = "RK"):
    write_notebook(root, corpus, reviewer)
    with open_browser() as browser, serve_lab(root) as address:
        allowed = (address, address.replace("http", "ws"), "data:", "blob:")
        size = {"width": 1400, "height": 1000}
        with open_window(browser, allowed, viewport=size) as window:
            window.set_default_timeout(PATIENT)
            desk = Desk(window.new_page(), address)
            desk.open()
            yield desk


def read_rows(corpus: Path) -> dict[str, dict]:
    table = load_table(corpus / "claims.csv", [])
    return {row["claim_id"]: row for row in table.to_dict("records")}


def edit_by_another_program(corpus: Path, claim_id: str, note: str) -> None:
    file = corpus / "claims.csv"
    table = load_table(file, [])
    table.loc[table["claim_id"] == claim_id, "note"] = note
    replace_file(file, table.to_csv(index=False))


def kill_kernel() -> None:
    """The kernel of the notebook, killed as the system kills one that takes too much memory."""
    kernels = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # nor one that has ended meanwhile
            if any("ipykernel_launcher" in word for word in process.cmdline()):
                kernels.append(process)
    assert len(kernels) == 1
    os.kill(kernels[0].pid, signal.SIGKILL)


def test_a_corpus_is_decided_by_keys_alone_through_a_killed_kernel_and_another_program(
    war, tmp_path
):
    corpus = copy_proposed(tmp_path / "war", war)
    before = read_rows(corpus)
    assert len(before) >= 100
    wanted = {name: row["review"] for name, row in before.items()}
    with sit_down(tmp_path, corpus) as desk:
        for number in range(40):
            key, kind = ("r", "rejected") if number % 7 == 6 else ("a", "accepted")
            wanted[desk.decide(key)] = kind
        placed = desk.correct("p", "place")  # four keys
        dated = desk.correct("d", "days")
        claim = desk.claim
        desk.press("c", "d", "Space")
        desk.page.keyboard.type("3 to 5 March 2031")
        desk.press("Enter", "Enter")
        wanted |= dict.fromkeys((placed, dated, claim), "corrected")
        for _ in range(10):
            desk.press("u")
        assert len([r for r in read_rows(corpus).values() if r["review"] != "proposed"]) == 33
        for _ in range(10):
            desk.press("y")
        desk.press("n")
        other = next(name for name in reversed(before) if wanted[name] == "proposed")
        edit_by_another_program(corpus, other, "by hand")
        kill_kernel()
        desk.page.keyboard.press("a")  # pressed into the void
        desk.frame.locator("text=The kernel does not answer").wait_for(timeout=PATIENT)
        held = {name: row["review"] for name, row in read_rows(corpus).items()}
        assert held == wanted, "what was told as decided is there, and nothing else"
        desk.open()
        while "proposed" in wanted.values():
            wanted[desk.decide("a")] = "accepted"
    rows = read_rows(corpus)
    assert {name: row["review"] for name, row in rows.items()} == wanted
    assert rows[other]["note"] == "by hand"
    assert (rows[claim]["date_start"], rows[claim]["date_end"]) == ("2031-03-03", "2031-03-05")
    assert rows[placed]["place"] != before[placed]["place"]
    days = [[row[dated][f"date_{end}"] for end in ("start", "end")] for row in (before, rows)]
    assert days[0] != days[1]
    changed = {"review", "place", "place_prec", "note"}
    changed |= {name for name in rows[claim] if name.startswith("date_")}
    for name, row in rows.items():
        cells = {column for column in row if row[column] != before[name][column]}
        assert cells <= (changed if name in (placed, dated, claim, other) else {"review"})
    assert {decision.who for decision in load_decisions(corpus)} == {"RK"}
    load_claims(corpus, load_corpus(corpus), load_places(corpus))


def test_a_claim_is_added_by_marking_its_words_with_keys_or_mouse(war, tmp_path):
    corpus = copy_proposed(tmp_path / "war", war)
    with sit_down(tmp_path, corpus) as desk:
        first, count = desk.frame.locator(".words").inner_text(), len(read_rows(corpus))
        here = desk.claim
        desk.page.keyboard.press("m")
        desk.frame.locator(".here").wait_for()
        for _ in range(2):
            desk.page.keyboard.press("Shift+ArrowRight")
        marked = " ".join(desk.frame.locator(".marked").all_inner_texts())
        assert len(marked.split()) == 3
        assert marked in " ".join(first.split())
        desk.press("Enter")
        assert "a new claim" in desk.turn
        assert "The check minds: what is not said yet" in desk.turn
        desk.press("m", "Space")
        desk.page.keyboard.type("reached")
        desk.press("Enter")
        added = desk.decide("Enter")
        row = read_rows(corpus)[added]
        assert (row["exact"], row["measure"], row["review"]) == (marked, "reached", "accepted")
        assert desk.claim == here, "back where the words were marked"
        for key in ("u", "y", "u", "y", "u"):
            assert added in desk.press(key)
            assert (added in read_rows(corpus)) == (key == "y")
            assert desk.claim == (added if key == "y" else here)
            assert desk.frame.locator(".refused").count() == 0
        desk.frame.locator(".words .quote").first.dblclick()
        desk.page.keyboard.press("m")
        desk.frame.locator("text=a new claim").wait_for()
        desk.press("Escape")
        assert len(read_rows(corpus)) == count


def test_a_digit_keeps_its_meaning_in_a_sentence_and_a_key_goes_to_a_text(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "1.txt").write_text(HOSTILE, "utf-8")
    (tmp_path / "texts" / "2.txt").write_text(LIST, "utf-8")
    corpus = copy_proposed(tmp_path / "war", tmp_path / "texts")
    with sit_down(tmp_path, corpus) as desk:
        lists = []
        for claim, row in read_rows(corpus).items():
            if row["doc_id"] != "002" or row["number"] not in ("4,000", "3,000", "90"):
                continue
            desk.press("g", "2")
            while desk.claim != claim:
                desk.press("n")
            desk.press("c", "d")
            lists.append(desk.frame.locator(".choose li").all_inner_texts())
            assert "The first and last day of the bounds" in desk.turn
            desk.page.keyboard.press("Escape")
            desk.press("Escape")
        assert len(lists) == 3
        assert lists[0] == lists[1] == lists[2]


def test_at_the_end_the_next_step_stands_and_keys_of_a_claim_are_grey(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "1.txt").write_text(LIST, "utf-8")
    corpus = copy_proposed(tmp_path / "war", tmp_path / "texts")
    with sit_down(tmp_path, corpus) as desk:
        narrow = {"width": 1100, "height": 900}
        desk.page.set_viewport_size(narrow)
        line = desk.frame.locator("header .left").bounding_box()
        assert line["height"] < 30, "what is left stands on one line"
        tops = desk.frame.locator(".chip").evaluate_all("all => all.map(one => one.offsetTop)")
        assert len(set(tops)) < len(tops) / 1.5, "several chips stand on a line"
        while desk.claim:
            desk.press("r")
        assert "Every claim is decided. Now run notebooks 02 to 06" in desk.turn
        grey = desk.frame.locator(".keys button:disabled").all_inner_texts()
        assert {words.split()[0] for words in grey} >= {"a", "r", "c", "s", "t"}
        assert {words.split()[0] for words in grey}.isdisjoint({"b", "u", "g"})


def list_cells(page) -> list[str]:
    return page.locator(".jp-Cell").all_inner_texts()


def test_keys_act_only_while_the_frame_has_the_focus_and_reach_no_cell(war, tmp_path):
    corpus = copy_proposed(tmp_path / "war", war)
    with sit_down(tmp_path, corpus) as desk:
        page, count = desk.page, desk.page.locator(".jp-Cell").count()
        for key in ("x", "d", "d", "z", "j", "k", "0", "0", "Enter", "Shift+Enter", "v", "Shift+M"):
            page.keyboard.press(key)
        desk.press("n", "b", "c", "d", "Escape", "Escape", "a")
        wait_for(page, lambda: len(load_decisions(corpus)) == 1)
        assert page.locator(".jp-Cell").count() == count
        assert page.locator(".jp-mod-editMode").count() == 0
        page.keyboard.press("Control+s")  # keys with Control stay JupyterLab's
        page.wait_for_function("!document.querySelector('#jp-main-dock-panel .jp-mod-dirty')")
        held = (corpus / "claims.csv").read_bytes()
        page.locator(".jp-MarkdownCell").first.click()
        page.locator(".claim-review .state", has_text="click here").wait_for()
        page.keyboard.press("a")  # JupyterLab's own: a cell above
        wait_for(page, lambda: page.locator(".jp-Cell").count() == count + 1)
        editor = page.locator(".jp-CodeCell .cm-content").first
        editor.click()
        page.keyboard.type("raccoon")
        assert "raccoon" in editor.inner_text()
        assert (corpus / "claims.csv").read_bytes() == held
        assert len(load_decisions(corpus)) == 1


def test_markup_in_a_text_is_shown_and_never_run(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "1.txt").write_text(HOSTILE, "utf-8")
    (tmp_path / "texts" / "2.txt").write_text(ARABIC, "utf-8")
    corpus = copy_proposed(tmp_path / "war", tmp_path / "texts")
    edit_by_another_program(corpus, "001-p001", "<img src=x onerror=\"document.title='run'\">")
    with sit_down(tmp_path, corpus, reviewer="<b>RK</b>") as desk:
        seen = []
        for _ in read_rows(corpus):
            seen.append(desk.turn)
            desk.page.keyboard.press("n")
            desk.page.wait_for_timeout(500)
        assert any("<script>document.title='run'</script>" in words for words in seen)
        assert desk.page.locator(".claim-review :is(script, img, b)").count() == 0
        assert desk.page.title() != "run"


def test_a_text_that_runs_right_to_left_is_shown_so(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "1.txt").write_text(ARABIC + "The rest is in English. " * 9, "utf-8")
    corpus = copy_proposed(tmp_path / "war", tmp_path / "texts")
    with sit_down(tmp_path, corpus) as desk:
        way = desk.frame.locator(".words").evaluate("node => getComputedStyle(node).direction")
        assert way == "rtl"
