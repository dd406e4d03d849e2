"""The documents: the first page stays short, every link leads somewhere, the example is drawn as it
stands, and what a document names in code is there."""

import re
from pathlib import Path

import pytest

from helpers.corpus.folders import REPOSITORY
from helpers.corpus.settings import load_settings
from tests.samples.draw_example import PICTURE, draw_example

LARGEST = 7_168  # bytes of the first page
DOORS = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "figures/README.md",
    "helpers/README.md",
    "notebooks/README.md",
    "seeds/README.md",
    "tests/README.md",
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]*)\)")
HEADING = re.compile(r"^#+ (.*)$", re.M)
BLOCK = re.compile(r"^ *(`{3,})[^`\n]*\n.*?^ *\1 *$", re.M | re.S)
# A file or folder of the repository in code: `tests/bench/predict.py IN OUT`, `helpers/claims`.
NAMED = re.compile(r"`(?:python )?((?:helpers|notebooks|seeds|tests|\.ci)/[\w./*-]+)[^`]*`")


FOLDERS = [
    ".",
    "figures",
    "helpers",
    "helpers/publish/templates",
    "notebooks",
    "seeds",
    "seeds/report",
]
FOLDERS += ["tests", "tests/labelled"]
TEMPLATE = "helpers/publish/templates/report.md"  # its links are slots
DOTTED = re.compile(r"\b((?:helpers|tests)(?:\.\w+)+)")  # helpers.claims.gate.locate_quotes
TARGET = re.compile(r"(?:^|`)make ([a-z]+)", re.M)


def list_documents() -> list[str]:
    """Every committed Markdown file, but for the texts of samples."""
    files = [file for folder in FOLDERS for file in (REPOSITORY / folder).glob("*.md")]
    names = sorted(str(file.relative_to(REPOSITORY)) for file in files)
    return [name for name in names if name != TEMPLATE]


def list_documents_of_today() -> list[str]:
    """Without the list of changes, which may name what is gone."""
    return [name for name in list_documents() if name != "CHANGELOG.md"]


def slug_heading(heading: str) -> str:
    """The anchor that code hosts give a heading: lower case, hyphens, no punctuation."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")


def list_anchors(file: Path) -> set[str]:
    return {slug_heading(line) for line in HEADING.findall(BLOCK.sub("", file.read_text("utf-8")))}


def find_broken(document: Path) -> list[str]:
    """The relative links of a document that lead to no file, or to no heading of it."""
    broken = []
    for link in LINK.findall(BLOCK.sub("", document.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in list_anchors(target)
        ):
            broken.append(link)
    return broken


def test_the_first_page_is_short():
    assert len((REPOSITORY / "README.md").read_bytes()) <= LARGEST


def test_every_door_is_there_and_the_first_page_leads_to_it():
    links = LINK.findall((REPOSITORY / "README.md").read_text("utf-8"))
    assert {link.partition("#")[0] for link in links} >= set(DOORS[1:])


@pytest.mark.parametrize("document", list_documents())
def test_every_link_of_a_document_leads_to_a_file_or_heading(document):
    assert find_broken(REPOSITORY / document) == []


@pytest.mark.parametrize("document", list_documents_of_today())
def test_every_file_that_a_document_names_in_code_is_there(document):
    named = NAMED.findall((REPOSITORY / document).read_text("utf-8"))
    assert [path for path in named if not list(REPOSITORY.glob(path.rstrip("/.")))] == []


def is_there(dotted: str) -> bool:
    """Whether a module is there, or the one before the last dot, with such a function in it."""
    path, name = REPOSITORY.joinpath(*dotted.split(".")), dotted.rpartition(".")[2]
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    module = path.parent.with_suffix(".py")
    return module.exists() and f"def {name}(" in module.read_text("utf-8")


@pytest.mark.parametrize("document", list_documents_of_today())
def test_every_module_and_command_that_a_document_names_is_there(document):
    text = (REPOSITORY / document).read_text("utf-8")
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.M)
    assert [name for name in DOTTED.findall(text) if not is_there(name)] == []
    assert set(TARGET.findall(text)) <= set(targets)


def test_a_link_to_a_missing_file_or_heading_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Kell’s port\n\n[a](page.md#kells-port) [b](page.md#gone) [c](none.md)\n")
    assert find_broken(page) == ["page.md#gone", "none.md"]


def test_every_notebook_and_no_other_stands_in_the_table_of_the_first_page():
    listed = re.findall(r"\]\((notebooks/.*\.ipynb)\)", (REPOSITORY / "README.md").read_text())
    there = sorted(f"notebooks/{file.name}" for file in (REPOSITORY / "notebooks").glob("*.ipynb"))
    assert listed == there


def test_the_example_on_the_first_page_is_what_its_texts_give():
    assert PICTURE.read_bytes() == draw_example(), (
        "stale: run python -m tests.samples.draw_example and commit the picture"
    )


def test_the_example_says_in_its_own_words_that_its_war_is_invented():
    texts = sorted((PICTURE.parent / "invented_war").glob("*.txt"))
    titles = [text.read_text("utf-8").splitlines()[0] for text in texts]
    assert len(titles) == 3
    assert all(title.startswith("Invented war") for title in titles)
    assert load_settings(PICTURE.parent / "invented_war")["invented"]  # the picture says so, too
