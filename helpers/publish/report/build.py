"""Report: one Markdown source with slots becomes report.docx, report.pdf and report.html beside the
figures, and each table a Word file.

`python -m helpers.report [-p NAME VALUE …] [--source FILE] [--template FOLDER]`. The source is
report/report.md in the corpus folder, else helpers/publish/templates/report.md;
helpers/publish/report/slots.py lists what it may ask for. Its first heading, `# …`, is the title. A
number in its prose stops the build: numbers come from the claims by slot. report.docx (Word's
styles), report.typ and report.html (pandoc's templates) in the template folder, or in report/ of
the corpus, each replace ours; fonts beside report.typ are found. All three are written, or none.
"""

import argparse
import re
import struct
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.analysis.selection import Study, open_study
from helpers.charts.chart import WIDTHS_MM
from helpers.publish.description import load_figures
from helpers.publish.pictures import PRINT_DPI
from helpers.publish.report.convert import (
    check_pictures,
    convert_html,
    convert_pdf,
    convert_word,
)
from helpers.publish.report.draft import REMAKE, ReportError, load_draft
from helpers.publish.report.fill import fill_source
from helpers.publish.report.house import HOUSE, check_origin, find_house
from helpers.publish.tables import convert_tables
from helpers.publish.templating import TEMPLATES
from helpers.schema.errors import CorpusError, ParameterError
from helpers.schema.extras import require_extra
from helpers.schema.files import save_files
from helpers.schema.formatting import suggest
from helpers.schema.parameters import DEFAULTS

TALLEST_MM = 212.0  # a picture on an A4 page with its caption below


def make_report(
    study: Study, source: Path | None = None, templates: Path | None = None
) -> list[Path]:
    """Write report.docx, report.pdf and report.html into the study's figures folder and return
    their paths.

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
    if not figures:
        raise ReportError(f"{study.figures} holds no figure; {REMAKE}")
    draft = load_draft(study, figures, load_sizes(study.figures, list(figures)))
    markdown = fill_source(draft, text, source.name)
    if draft.numbers and not re.search(r"\bannex\(", text):
        raise ReportError(
            f"{source.name}: sentences are cited and there is no annex; write {{{{ annex() }}}} at "
            "the end, below a heading of its own (##)"
        )
    check_pictures(markdown, source.name)
    house = find_house(templates, study.folder / HOUSE)
    for file in (source, *house):
        check_origin(file, study.folder)
    kinds = {"report.docx": convert_word, "report.pdf": convert_pdf, "report.html": convert_html}
    with ThreadPoolExecutor(len(kinds)) as pool:
        jobs = {
            name: pool.submit(convert, draft, markdown, house) for name, convert in kinds.items()
        }
        files = {name: job.result() for name, job in jobs.items()}
    save_files(study.figures, files)
    return [study.figures / name for name in files]


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


def load_sizes(folder: Path, stems: list[str]) -> dict[str, tuple[float, float]]:
    """stem → (width, height) in mm of the figures with both pictures, no wider or taller than a
    page takes."""
    sizes = {}
    for stem in stems:
        if (folder / f"{stem}.png").exists() and (folder / f"{stem}.svg").exists():
            with (folder / f"{stem}.png").open("rb") as picture:
                pixels = struct.unpack(">II", picture.read(24)[16:])
            width, height = (side / PRINT_DPI * 25.4 for side in pixels)
            scale = min(1, WIDTHS_MM["full"] / width, TALLEST_MM / height)
            sizes[stem] = (round(width * scale, 1), round(height * scale, 1))
    return sizes


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
    asked = parser.parse_args(arguments)
    try:
        study = open_parameters(dict(asked.p))
        files = make_report(study, asked.source, asked.template) + save_tables(study)
    except (CorpusError, ParameterError) as error:
        print(error, file=sys.stderr)
        return 1
    print(*files, sep="\n")
    return 0
