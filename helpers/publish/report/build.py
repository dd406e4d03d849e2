"""Report: one Markdown source with slots becomes report.docx, report.pdf and report.html beside the
figures, and each table a Word file.

`python -m helpers.report [-p NAME VALUE …] [--source FILE] [--template FOLDER] [--texts quotes]
[--alone]`. The source is
report/report.md in the corpus folder, else helpers/publish/templates/report.md;
helpers/publish/report/slots.py lists what it may ask for. Its first heading, `# …`, is the title. A
number in its prose stops the build: numbers come from the claims by slot. report.docx (Word's
styles), report.typ and report.html (pandoc's templates) in the template folder, or in report/ of
the corpus, each replace ours; fonts beside report.typ are found. All three are written, or none.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.analysis.selection import Study, open_study
from helpers.corpus.settings import TEXTS
from helpers.publish.description import load_figures
from helpers.publish.report.convert import (
    HOUSE,
    House,
    check_origin,
    check_pictures,
    convert_pdf,
    convert_word,
    find_house,
    parse_markdown,
)
from helpers.publish.report.draft import REMAKE, Draft, ReportError, load_draft
from helpers.publish.report.fill import fill_source
from helpers.publish.report.page import convert_page
from helpers.publish.tables import convert_tables
from helpers.publish.templating import TEMPLATES
from helpers.schema.errors import CorpusError, ParameterError
from helpers.schema.extras import require_extra
from helpers.schema.files import save_files
from helpers.schema.formatting import suggest
from helpers.schema.parameters import DEFAULTS, check_choice

ALONE = """\
# {{ headline(NAME) }}

{{ figure(NAME) }}

## Method

{{ methods() }}

## The sentences

{{ annex() }}
"""  # the source of a figure as a page of its own


def make_report(
    study: Study,
    source: Path | None = None,
    templates: Path | None = None,
    texts: str = "",
    alone: bool = False,
) -> list[Path]:
    """Write report.docx, report.pdf and report.html into the study's figures folder and return
    their paths. `texts`: what a page holds of the texts, "whole" or "quotes"; "" for what
    corpus.toml says. `alone`: each figure shown as a page of its own too, <stem>.html.

    Raises ReportError for a source that cannot be filled, CorpusError for a folder that cannot be
    written; what stood there stays. MissingExtraError where the packages that convert are not
    installed.
    """
    require_extra("report", "the report", "pypandoc", "docx", "typst")
    source = source or next(
        folder / "report.md"
        for folder in (study.folder / HOUSE, TEMPLATES)
        if (folder / "report.md").exists()
    )
    text, figures = load_source(source), load_figures(study.figures)
    texts = texts or study.settings.get("texts", TEXTS[0])
    check_choice("texts", texts, TEXTS)
    if not figures:
        raise ReportError(f"{study.figures} holds no figure; {REMAKE}")
    draft = load_draft(study, figures)
    markdown = fill_source(draft, text, source.name)
    if draft.numbers and not re.search(r"\bannex\(", text):
        raise ReportError(
            f"{source.name}: sentences are cited and there is no annex; write {{{{ annex() }}}} at "
            "the end, below a heading of its own (##)"
        )
    document = parse_markdown(markdown)
    own = check_pictures(
        document, source.name, [f"{stem}.png" for stem in draft.shown], study.figures
    )
    house = find_house(templates, study.folder / HOUSE)
    for file in (source, *house):
        check_origin(file, study.folder)
    files = convert_all(draft, markdown, document, house, texts, own)
    for stem in draft.shown if alone else []:
        files[f"{stem}.html"] = compose_alone(draft, stem, house, texts)
    save_files(study.figures, files)
    return [study.figures / name for name in files]


def convert_all(
    draft: Draft, markdown: str, document: dict, house: House, texts: str, own: list[Path]
) -> dict[str, bytes]:
    """The Word file, the PDF and the page, side by side; the first two find the pictures in a
    folder, with the author's own."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(3) as pool:
        for stem in draft.shown:
            (Path(folder) / f"{stem}.svg").write_text(draft.pictures[stem].svg, "utf-8")
            (Path(folder) / f"{stem}.png").write_bytes(draft.pictures[stem].png)
        for file in own:
            shutil.copy(file, folder)
        jobs = {
            "report.docx": pool.submit(convert_word, draft, document, house, Path(folder)),
            "report.pdf": pool.submit(convert_pdf, draft, markdown, document, house, Path(folder)),
            "report.html": pool.submit(convert_page, draft, markdown, house, texts, own),
        }
        return {name: job.result() for name, job in jobs.items()}


def compose_alone(draft: Draft, stem: str, house: House, texts: str) -> bytes:
    """A figure as a page of its own, with its sentences and what they stand in."""
    own = load_draft(draft.study, draft.figures)
    own.pictures = draft.pictures
    source = ALONE.replace("NAME", json.dumps(draft.figures[stem]["name"]))
    return convert_page(own, fill_source(own, source, f"{stem}.html"), house, texts)


def save_tables(study: Study) -> list[Path]:
    """Write each table that has a row as a Word file into the study's figures folder and return
    their paths."""
    files = convert_tables(study)
    save_files(study.figures, files)
    return [study.figures / name for name in files]


def load_source(file: Path) -> str:
    """The Markdown source of a report. Raises ReportError when it cannot be read."""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(
            f"{file} cannot be read ({error}); name a Markdown file in UTF-8 with --source"
        ) from None


def open_parameters(given: dict[str, str]) -> Study:
    """The study of a command line's parameters. Raises ParameterError for a name that nobody
    knows."""
    for name in given:
        if name not in DEFAULTS:
            raise ParameterError(
                f'no parameter is called "{name}"{suggest(name, DEFAULTS)} The parameters are '
                f"{', '.join(DEFAULTS)}"
            )
    types = {name: type(value) for name, value in DEFAULTS.items()}
    return open_study({"__annotations__": types, **DEFAULTS, **given})


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.report",
        description="Write report.docx, report.pdf and report.html from one Markdown source and "
        "the figures.",
    )
    parser.add_argument(
        "-p",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a parameter, as the notebooks take it",
    )
    parser.add_argument(
        "--source",
        type=Path,
        help="the Markdown source; without it report/report.md of the corpus, else one with every "
        "figure",
    )
    parser.add_argument(
        "--template",
        type=Path,
        help="a folder with report.docx, report.typ or report.html to use instead of ours",
    )
    parser.add_argument(
        "--texts",
        choices=TEXTS,
        default="",
        help="what report.html holds of the texts: whole, or quotes, the sentences cited with one "
        "before and one after; without it what corpus.toml says, else whole",
    )
    parser.add_argument("--alone", action="store_true", help="each figure as a page of its own too")
    asked = parser.parse_args(arguments)
    try:
        study = open_parameters(dict(asked.p))
        files = make_report(study, asked.source, asked.template, asked.texts, asked.alone)
        files += save_tables(study)
    except (CorpusError, ParameterError) as error:
        print(error, file=sys.stderr)
        return 1
    print(*files, sep="\n")
    return 0
