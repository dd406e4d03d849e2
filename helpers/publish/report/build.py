"""Report: one Markdown source with slots becomes report.docx, report.pdf and report.html beside the figures.

`python -m helpers.report [-p NAME VALUE …] [--source FILE] [--template FOLDER]`. The source is report/report.md in
the corpus folder, else helpers/publish/templates/report.md; helpers/publish/report/slots.py lists what it may ask for. Its first
heading, `# …`, is the title. A number in its prose stops the build: numbers come from the claims by slot.
report.docx (Word's styles), report.typ and report.html (pandoc's templates) in the template folder, or in
report/ of the corpus, each replace ours; fonts beside report.typ are found. All three are written, or none.
"""

import argparse
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import escape
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from helpers.analysis.selection import Study, open_study
from helpers.charts.chart import WIDTHS_MM
from helpers.publish.figures import load_figures
from helpers.publish.pictures import PRINT_DPI
from helpers.publish.report.draft import (
    REMAKE,
    Draft,
    ReportError,
    load_draft,
    number_evidence,
    suggest,
)
from helpers.publish.report.slots import SLOTS
from helpers.publish.report.source import check_headings, check_prose, check_slots
from helpers.publish.report.statements import check_statements
from helpers.schema.csv_files import list_faults
from helpers.schema.errors import CorpusError, ParameterError
from helpers.schema.extras import require_extra
from helpers.schema.files import save_files
from helpers.schema.parameters import DEFAULTS

TEMPLATES = Path(__file__).parent.parent / "templates"
HOUSE = "report"  # the folder of a corpus for its source and templates: beside the texts they would be taken for texts
LANGUAGE = "en-GB"
TALLEST_MM = 212.0  # a picture on an A4 page with its caption below
EPOCH = "315532800"  # 1980, the first year a zip file knows: no clock in a file
# What a source may use of pandoc's Markdown: nothing that could make text of the corpus into anything else.
MARKDOWN = "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-latex_macros-citations-yaml_metadata_block-pandoc_title_block-smart-example_lists-native_divs-native_spans"


def make_report(
    study: Study, source: Path | None = None, templates: Path | None = None
) -> list[Path]:
    """Write report.docx, report.pdf and report.html into the study's figures folder and return their paths.

    Raises ReportError for a source that cannot be filled, CorpusError for a folder that cannot be written; what
    stood there stays. MissingExtraError where the packages that convert are not installed.
    """
    require_extra("report", "the report", "pypandoc", "docx", "typst")
    source = source or next(
        file
        for file in (study.folder / HOUSE / "report.md", TEMPLATES / "report.md")
        if file.exists()
    )
    try:
        text = source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(
            f"{source} cannot be read ({error}); name a Markdown file in UTF-8 with --source"
        ) from None
    figures = load_figures(study.figures)
    if not figures:
        raise ReportError(f"{study.figures} holds no figure; {REMAKE}")
    draft = load_draft(study, figures, load_sizes(study.figures, list(figures)))
    markdown = fill_source(draft, text, source.name)
    if draft.numbers and not re.search(r"\bannex\(", text):
        raise ReportError(
            f"{source.name}: sentences are cited and there is no annex; write {{{{ annex() }}}} at the end, below a heading of its own (##)"
        )
    check_pictures(markdown, source.name)
    house = {
        name: find_template(name, templates, study.folder / HOUSE)
        for name in ("report.docx", "report.typ", "report.html")
    }
    for file in [source, *house.values()]:
        check_origin(file, study.folder)
    kinds = {"report.docx": convert_word, "report.pdf": convert_pdf, "report.html": convert_html}
    with ThreadPoolExecutor(len(kinds)) as pool:
        jobs = {
            name: pool.submit(convert, draft, markdown, house) for name, convert in kinds.items()
        }
        files = {name: job.result() for name, job in jobs.items()}
    save_files(study.figures, files)
    return [study.figures / name for name in files]


def check_pictures(markdown: str, name: str) -> None:
    """Raises ReportError for a picture that is not a file among the figures: pandoc would put any file of this machine
    into the report, and fetch any address."""
    pictures = list_pictures(
        json.loads(run_pandoc(f"--from={MARKDOWN}", "--to=json", text=markdown))
    )
    if strange := [picture for picture in pictures if not re.fullmatch(r"(?!\.)[\w. -]+", picture)]:
        raise ReportError(
            f'{name}: the picture "{strange[0]}" is no file among the figures; put it there and write its bare name'
        )


def list_pictures(node) -> list[str]:
    """The addresses of the pictures in a document, or a part of one, as pandoc writes it in JSON."""
    parts = node if isinstance(node, list) else [*node.values()] if isinstance(node, dict) else []
    own = [node["c"][2][0]] if isinstance(node, dict) and node.get("t") == "Image" else []
    return own + [picture for part in parts for picture in list_pictures(part)]


def check_origin(file: Path | None, corpus: Path) -> None:
    """Raises ReportError for a source or a template in the report folder of a corpus that leads out of it: by a link,
    or in pandoc's way to take in another file, $name()$."""
    if file is None or not file.is_relative_to(corpus):
        return
    if not file.resolve().is_relative_to(corpus):
        raise ReportError(
            f"{HOUSE}/{file.name} is a link that leads out of the corpus; put the file itself there"
        )
    taken = (
        re.search(r"\$\s*\{?\s*[^\s#$(){}]+\(\)", file.read_text("utf-8", "replace"))
        if file.suffix in (".html", ".typ")
        else None
    )
    if taken:
        raise ReportError(
            f'{HOUSE}/{file.name} takes in another file ("{taken[0]}"); write what it holds into the template'
        )


def load_sizes(folder: Path, stems: list[str]) -> dict[str, tuple[float, float]]:
    """stem → (width, height) in mm of the figures with both pictures, no wider or taller than a page takes."""
    sizes = {}
    for stem in stems:
        if (folder / f"{stem}.png").exists() and (folder / f"{stem}.svg").exists():
            with (folder / f"{stem}.png").open("rb") as picture:
                width, height = (
                    pixels / PRINT_DPI * 25.4
                    for pixels in struct.unpack(">II", picture.read(24)[16:])
                )
            scale = min(1, WIDTHS_MM["full"] / width, TALLEST_MM / height)
            sizes[stem] = (round(width * scale, 1), round(height * scale, 1))
    return sizes


def find_template(name: str, folder: Path | None, house: Path) -> Path | None:
    """The template of that name in the folder asked for or in that of the corpus, else ours; None where ours is made."""
    if folder is not None and not folder.is_dir():
        raise ReportError(
            f"no folder {folder}; --template names a folder with report.docx, report.typ or report.html"
        )
    return next(
        (
            file
            for file in (*([folder / name] if folder else []), house / name, TEMPLATES / name)
            if file.exists()
        ),
        None,
    )


def fill_source(draft: Draft, source: str, name: str) -> str:
    """The source with its slots filled. It is read twice: the first time tells what is cited, and so what the
    numbers of the annex are. Raises ReportError: `report.md line 12: what is wrong; what to do`."""
    source = re.sub(
        r"<!--.*?-->", lambda comment: "\n" * comment[0].count("\n"), source, flags=re.S
    )
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    try:
        if (
            faults := check_prose(environment, source)
            + check_headings(environment, source)
            + check_slots(environment.parse(source))
            + check_statements(environment, source, draft.study)
        ):
            raise ReportError(
                list_faults(
                    f"{name} is no report yet; nothing is written",
                    [f"{name} line {line}: {fault}" for line, fault in sorted(faults)],
                )
            )
        template = environment.from_string(
            source, {slot: partial(write, draft) for slot, write in SLOTS.items()}
        )
        template.render()
        draft.numbers, draft.second = number_evidence(draft), True
        return template.render()
    except TemplateSyntaxError as error:
        raise ReportError(
            f'{name} line {error.lineno}: {error.message.rstrip(".")}; correct the slot, which is written {{{{ slot("name") }}}} ({{# begins a comment)'
        ) from None
    except ReportError as error:
        line = find_line(error)
        raise (ReportError(f"{name} line {line}: {error}") if line else error) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ReportError(
            f"{name} line {find_line(error)}: {str(error).removeprefix('write_')}; correct the slot. The slots are {', '.join(SLOTS)}; helpers/publish/report/slots.py says what each takes"
        ) from None


def find_line(error: Exception) -> int:
    """The line of the source in which a slot failed; 0 where none did."""
    return next(
        (
            frame.lineno
            for frame in reversed(traceback.extract_tb(error.__traceback__))
            if frame.filename == "<template>"
        ),
        0,
    )


def run_pandoc(*arguments: str, text: str = "") -> bytes:
    """What pandoc answers, without a clock in it. Raises ReportError with what it complains of."""
    from pypandoc import get_pandoc_path

    run = subprocess.run(
        [get_pandoc_path(), *arguments],
        input=text.encode(),
        capture_output=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
    )
    if run.returncode:
        raise ReportError(
            f"pandoc stopped: {run.stderr.decode(errors='replace').strip()}; correct the template or the source"
        )
    return run.stdout


def convert_markdown(draft: Draft, markdown: str, kind: str, *options: str) -> bytes:
    """The report's Markdown as another kind of document; pictures are looked for among the figures."""
    fixed = [
        "--standalone",
        "--output=-",
        f"--metadata=lang:{LANGUAGE}",
        f"--resource-path={draft.study.figures}",
    ]
    return run_pandoc(f"--from={MARKDOWN}", f"--to={kind}", *fixed, *options, text=markdown)


def convert_word(draft: Draft, markdown: str, house: dict[str, Path | None]) -> bytes:
    """The Word file: pictures as PNG, captions and headings in Word's own styles."""
    from helpers.publish.report.word import style_word

    with tempfile.TemporaryDirectory() as folder:
        reference = house["report.docx"]
        if reference is None:
            reference = Path(folder) / "reference.docx"
            reference.write_bytes(
                style_word(run_pandoc("--print-default-data-file=reference.docx"))
            )
        return convert_markdown(
            draft,
            markdown,
            "docx",
            "--shift-heading-level-by=-1",
            "--default-image-extension=png",
            f"--reference-doc={reference}",
        )


def convert_pdf(draft: Draft, markdown: str, house: dict[str, Path | None]) -> bytes:
    """The PDF: vector pictures, tagged, PDF/UA-1; fonts are those that come with the packages, on any machine."""
    import matplotlib
    import typst

    template = house["report.typ"]
    text = convert_markdown(
        draft,
        markdown,
        "typst",
        f"--template={template}",
        "--shift-heading-level-by=-1",
        "--default-image-extension=svg",
    ).decode()
    for stem in draft.shown:  # pandoc's writer drops the alt text of a figure
        alt = re.sub(r'([\\"])', r"\\\1", " ".join(draft.figures[stem]["alt"].split()))
        text = text.replace(f'image("{stem}.svg"', f'image("{stem}.svg", alt: "{alt}"')
    fonts = [str(Path(matplotlib.get_data_path()) / "fonts" / "ttf"), str(template.parent)]
    try:
        return typst.compile(
            text.encode(),
            root=str(draft.study.figures),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
        )
    except (RuntimeError, ValueError) as error:
        raise ReportError(
            f"{template}: typst stopped: {error}; correct the template, or the source (## comes before ###)"
        ) from None


def convert_html(draft: Draft, markdown: str, house: dict[str, Path | None]) -> bytes:
    """The web page: each figure as its SVG, whose marks are links, with the PNG where SVG is not shown."""
    title = re.search(r"^# .*$", markdown, re.M)
    title = (
        run_pandoc(f"--from={MARKDOWN}", "--to=plain", "--wrap=none", text=title[0])
        .decode()
        .strip()
        if title
        else draft.study.settings["title"]
    )
    page = convert_markdown(
        draft,
        markdown,
        "html5",
        "--wrap=none",
        f"--template={house['report.html']}",
        f"--metadata=pagetitle:{title}",
        "--default-image-extension=png",
    ).decode()
    for stem in draft.shown:
        width, height = draft.sizes[stem]
        frame = f'<object data="{stem}.svg" type="image/svg+xml" aria-label="{escape(draft.figures[stem]["alt"])}" style="aspect-ratio:{width:g}/{height:g}">'
        page = re.sub(
            rf'(<img\s+src="{stem}\.png"[^>]*>)',
            lambda image, frame=frame: f"{frame}{image[1]}</object>",
            page,
        )
    return page.encode()


def open_parameters(given: dict[str, str]) -> Study:
    """The study of a command line's parameters. Raises ParameterError for a name that nobody knows."""
    for name in given:
        if name not in DEFAULTS:
            raise ParameterError(
                f'no parameter is called "{name}"{suggest(name, DEFAULTS)} The parameters are {", ".join(DEFAULTS)}'
            )
    return open_study(
        {
            "__annotations__": {name: type(value) for name, value in DEFAULTS.items()},
            **DEFAULTS,
            **given,
        }
    )


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.report",
        description="Write report.docx, report.pdf and report.html from one Markdown source and the figures.",
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
        help="the Markdown source; without it report/report.md of the corpus, else one with every figure",
    )
    parser.add_argument(
        "--template",
        type=Path,
        help="a folder with report.docx, report.typ or report.html to use instead of ours",
    )
    asked = parser.parse_args(arguments)
    try:
        files = make_report(open_parameters(dict(asked.p)), asked.source, asked.template)
    except (CorpusError, ParameterError) as error:
        print(error, file=sys.stderr)
        return 1
    for file in files:
        print(file)
    return 0
