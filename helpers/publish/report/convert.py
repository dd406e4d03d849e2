"""Convert: the report's Markdown, its slots filled, as Word, PDF and web page.

pandoc writes all three, typst the PDF. No clock is in any of them.
"""

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from helpers.charts.look.fonts import TYPEFACES
from helpers.charts.look.style import find_style
from helpers.publish.report.draft import Draft, ReportError
from helpers.publish.templating import TEMPLATES

LANGUAGE = "en-GB"
EPOCH = "315532800"  # 1980, the first year a zip file knows: no clock in a file
# What a source may use of pandoc's Markdown: nothing that could make text of the corpus into
# anything else.
MARKDOWN = (
    "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-latex_macros-citations"
    "-yaml_metadata_block-pandoc_title_block-smart-example_lists-native_divs-native_spans"
)

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


def run_pandoc(*arguments: str, text: str = "") -> bytes:
    """What pandoc answers. Raises ReportError with what it complains of."""
    from pypandoc import get_pandoc_path

    run = subprocess.run(
        [get_pandoc_path(), *arguments],
        input=text.encode(),
        capture_output=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
    )
    if run.returncode:
        raise ReportError(
            f"pandoc stopped: {run.stderr.decode(errors='replace').strip()}; correct the template "
            "or the source"
        )
    return run.stdout


def parse_markdown(markdown: str) -> dict[str, Any]:
    """The report as pandoc reads it."""
    options = ["--to=json", "--default-image-extension=png"]
    return json.loads(run_pandoc(f"--from={MARKDOWN}", *options, text=markdown))


def check_pictures(
    document: dict[str, Any], name: str, drawn: list[str], folder: Path
) -> list[Path]:
    """The pictures that are not `drawn` for the report, files among the figures. Raises ReportError
    for one that is none: pandoc would put any file of this machine into the report, and fetch any
    address."""
    others = [picture for picture in list_pictures(document) if picture not in drawn]
    for picture in others:
        if not re.fullmatch(r"(?!\.)[\w. -]+", picture) or not (folder / picture).is_file():
            raise ReportError(
                f'{name}: the picture "{picture}" is no file among the figures; put it there and '
                "write its bare name"
            )
    return [folder / picture for picture in dict.fromkeys(others)]


def list_pictures(node: Any) -> list[str]:
    """The addresses of the pictures in a document, or a part of one, as pandoc writes it in
    JSON."""
    own, parts = [], []
    if isinstance(node, dict):
        own = [node["c"][2][0]] if node.get("t") == "Image" else []
        parts = list(node.values())
    elif isinstance(node, list):
        parts = node
    return own + [picture for part in parts for picture in list_pictures(part)]


def convert_markdown(text: str, kind: str, *options: str, source: str = MARKDOWN) -> bytes:
    """The report's Markdown, or what pandoc read of it, as another kind of document."""
    fixed = ["--standalone", "--output=-", f"--metadata=lang:{LANGUAGE}"]
    return run_pandoc(f"--from={source}", f"--to={kind}", *fixed, *options, text=text)


def convert_word(draft: Draft, document: dict[str, Any], house: House, pictures: Path) -> bytes:
    """The Word file: pictures as PNG, captions, headings and footnotes in Word's own styles."""
    from helpers.publish.report.word import finish_word, settle_figures, style_word

    with tempfile.TemporaryDirectory() as folder:
        reference = house.docx
        if reference is None:
            reference = Path(folder) / "reference.docx"
            plain = run_pandoc("--print-default-data-file=reference.docx")
            reference.write_bytes(style_word(plain))
        heights = {f"{stem}.png": picture.size[1] for stem, picture in draft.pictures.items()}
        blocks = settle_figures(document["blocks"], heights)
        # The only sentence of a text is a paragraph like the others, not a compact line.
        whole = [
            json.loads(json.dumps(block).replace('"t": "Plain"', '"t": "Para"'))
            if block["t"] == "Div"
            else block
            for block in blocks
        ]
        file = convert_markdown(
            json.dumps(document | {"blocks": whole}),
            "docx",
            f"--resource-path={pictures}",
            "--shift-heading-level-by=-1",
            "--default-image-extension=png",
            f"--reference-doc={reference}",
            source="json",
        )
    return finish_word(file)


def convert_pdf(
    draft: Draft, markdown: str, document: dict[str, Any], house: House, pictures: Path
) -> bytes:
    """The PDF: vector pictures, tagged, PDF/UA-1; fonts are those that come with the packages, on
    any machine."""
    import matplotlib
    import typst

    text = convert_markdown(
        markdown,
        "typst",
        f"--template={house.typ}",
        "--shift-heading-level-by=-1",
        "--default-image-extension=svg",
    ).decode()
    for stem in draft.shown:  # pandoc's writer drops the alt text of a figure
        alt = re.sub(r'([\\"])', r"\\\1", " ".join(draft.figures[stem]["alt"].split()))
        text = text.replace(f'image("{stem}.svg"', f'image("{stem}.svg", alt: "{alt}"')
    ours = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    style = {file.parent for file in find_style(draft.study).fonts.values()}
    fonts = [ours, TYPEFACES, house.typ.parent, *style]  # text, pictures, the house's, its figures'

    kinds = [block["t"] for block in document["blocks"]]
    prose = kinds.count("Para") > kinds.count("Figure")  # text for figures to float in

    def compile_pdf(floating: str) -> bytes:
        return typst.compile(  # type: ignore[call-overload]  # its stub wants all paths as bytes
            text.encode(),
            root=str(pictures),
            font_paths=list(map(str, fonts)),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"float": floating},
        )

    try:
        try:
            return compile_pdf("yes" if prose else "no")
        except (RuntimeError, ValueError) as error:
            if "PDF/UA" not in str(error):  # of a figure that floats into a list
                raise
            return compile_pdf("no")
    except (RuntimeError, ValueError) as error:
        raise ReportError(
            f"{house.typ}: typst stopped: {error}; correct the template, or the source "
            "(## comes before ###)"
        ) from None


def read_title(draft: Draft, markdown: str) -> str:
    """The first heading in plain words; without one the title of the corpus."""
    heading = re.search(r"^# .*$", markdown, re.M)
    if not heading:
        return draft.study.settings["title"]
    plain = run_pandoc(f"--from={MARKDOWN}", "--to=plain", "--wrap=none", text=heading[0])
    return plain.decode().strip()
