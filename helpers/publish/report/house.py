"""House style: the templates that give a report its looks, ours or those of a corpus."""

import re
from pathlib import Path
from typing import NamedTuple

from helpers.publish.report.draft import ReportError
from helpers.publish.templating import TEMPLATES

# The folder of a corpus for its source and templates: beside the texts they would be taken for
# texts.
HOUSE = "report"


class House(NamedTuple):
    """The templates of a report. docx: None where ours is made (helpers.publish.report.word)."""

    docx: Path | None
    typ: Path
    html: Path


def find_house(folder: Path | None, own: Path) -> House:
    """The templates: each from the folder asked for, else from that of the corpus (`own`), else
    ours. Raises ReportError for a folder that is not there."""
    if folder is not None and not folder.is_dir():
        raise ReportError(
            f"no folder {folder}; --template names a folder with report.docx, report.typ or "
            "report.html"
        )
    places = [place for place in (folder, own, TEMPLATES) if place is not None]
    found = {
        ending: [
            place / f"report.{ending}" for place in places if (place / f"report.{ending}").exists()
        ]
        for ending in House._fields
    }
    return House(next(iter(found["docx"]), None), found["typ"][0], found["html"][0])


def check_origin(file: Path | None, corpus: Path) -> None:
    """Raises ReportError for a source or a template in the report folder of a corpus that leads out
    of it: by a link, or in pandoc's way to take in another file, $name()$."""
    if file is None or not file.is_relative_to(corpus):
        return
    if not file.resolve().is_relative_to(corpus):
        raise ReportError(
            f"{HOUSE}/{file.name} is a link that leads out of the corpus; put the file itself there"
        )
    if file.suffix not in (".html", ".typ"):
        return
    taken = re.search(r"\$\s*\{?\s*[^\s#$(){}]+\(\)", file.read_text("utf-8", "replace"))
    if taken:
        raise ReportError(
            f'{HOUSE}/{file.name} takes in another file ("{taken[0]}"); write what it holds into '
            "the template"
        )
