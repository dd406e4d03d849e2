"""Links: where on the evidence pages of a figures folder each claim, document and mark is found.

An address is stable: it is made of ids alone. The texts of a light corpus stand on one page; a
larger one has a page a document, and `index.html` sends each anchor on to its page. A page of its
own holds the lists of the claims behind marks that gather several.
"""

import json
import os
import re
from pathlib import Path
from urllib.parse import quote

from helpers.analysis.selection import FIGURES_FOLDER, Study, find_figures_home

FOLDER = "evidence"  # below the folder of the figures
INDEX, LISTS = "index.html", "marks.html"
ONE_PAGE = 400_000  # characters of text on one page that a phone still scrolls; about 1 MB of HTML


def is_split(study: Study) -> bool:
    """Whether the evidence has a page a document, because the texts are too long for one."""
    return study.length > ONE_PAGE


def name_page(study: Study, doc_id: str = "") -> str:
    """The file in the evidence folder that holds a document; without one, that of the marks' lists.
    What a file name cannot hold of a doc_id is written as %2F; "A" beside "a" is A~2."""
    if not doc_id:
        return LISTS
    if not is_split(study):
        return INDEX
    twin = f"~{study.twins[doc_id]}" if doc_id in study.twins else ""
    return f"text-{escape_name(doc_id)}{twin}.html"


def escape_name(name: str) -> str:
    """`name` as a file name that every system takes.

    >>> escape_name("a/b é")
    'a%2Fb%20%C3%A9'
    """
    return re.sub(
        r"[^\w.-]|^\.",
        lambda letter: "".join(f"%{byte:02X}" for byte in letter[0].encode("utf-8", "replace")),
        name,
        flags=re.ASCII,
    )


def anchor_document(doc_id: str) -> str:
    """The anchor of a text as a whole."""
    return f"document-{anchor_claim(doc_id)}"


def anchor_mark(figure: str, mark_id: str) -> str:
    """The anchor of the list of claims behind a mark that is no single claim. `figure` is its
    stem."""
    return f"{figure}.{anchor_claim(mark_id)}"


def anchor_claim(claim_id: str) -> str:
    """The anchor of a claim, or of a reading (reading-d01-002): its id, without the blanks that an
    id of HTML may not hold. Two ids never become one.

    >>> anchor_claim("my text-001")
    'my%20text-001'
    """
    return re.sub(r"[\s%]", lambda blank: f"%{ord(blank[0]):02X}", claim_id)


def link_anchor(study: Study, anchor: str, doc_id: str = "") -> str:
    """The whole address of an anchor: base, page, `#anchor`. Documents and claims name their
    doc_id; lists of claims none. The base is the parameter `evidence`; without it the address is
    relative to the folder of the figures."""
    base = (study.parameters["evidence"] or FOLDER).rstrip("/")
    return f"{base}/{quote(name_page(study, doc_id))}#{quote(anchor, safe='')}"


def find_way(study: Study) -> str:
    """What goes before an address in a notebook: the way to the figures from the working folder,
    which is where Jupyter and papermill keep the notebook; "" when the links have a base of their
    own. Under JupyterLab it is the server's own address of files, because JupyterLab opens a
    relative link in a viewer that knows neither scripts nor anchors."""
    if study.parameters["evidence"]:
        return ""
    folder, home = study.figures, find_figures_home()
    if (server := find_server()) and Path(server["root_dir"]) in folder.parents:
        shown = folder.relative_to(server["root_dir"]).as_posix()
        return quote(f"{server['base_url']}files/{shown}/")
    if home in (folder, *folder.parents):  # what a test writes elsewhere still says figures/
        folder = FIGURES_FOLDER / folder.relative_to(home)
    try:
        return quote(Path(os.path.relpath(folder)).as_posix()) + "/"
    except ValueError:  # another drive
        return folder.as_uri() + "/"


def find_server() -> dict | None:
    """What the Jupyter server that started this kernel wrote of itself (root_dir, base_url), if one
    did."""
    from jupyter_core.paths import jupyter_runtime_dir

    file = Path(jupyter_runtime_dir()) / f"jpserver-{os.environ.get('JPY_PARENT_PID', '')}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else None


def link_mark(study: Study, figure: str, row: dict) -> str:
    """The address a mark leads to: its claim (also the only one of a group) or reading, its
    document, or the list of the claims behind it. `figure` is its stem, `row` a row of
    Chart.rows."""
    kind, single = row["kind"], ";" not in row["claims"]
    if kind == "claim" or (kind == "group" and single):
        return link_anchor(study, anchor_claim(row["claims"]), row["documents"])
    if kind == "reading":
        return link_anchor(study, anchor_claim(row["mark_id"]), row["documents"])
    if kind == "document":
        return link_anchor(study, anchor_document(row["documents"]), row["documents"])
    return link_anchor(study, anchor_mark(figure, row["mark_id"]))
