"""Convert: the report's Markdown, its slots filled, as Word, PDF and web page.

pandoc writes all three, typst the PDF. No clock is in any of them.
"""

import json
import os
import re
import subprocess
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from helpers.charts.fonts import TYPEFACES
from helpers.charts.style import find_style
from helpers.publish.report.draft import Draft, ReportError
from helpers.publish.report.house import House

LANGUAGE = "en-GB"
EPOCH = "315532800"  # 1980, the first year a zip file knows: no clock in a file
# What a source may use of pandoc's Markdown: nothing that could make text of the corpus into
# anything else.
MARKDOWN = (
    "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-latex_macros-citations"
    "-yaml_metadata_block-pandoc_title_block-smart-example_lists-native_divs-native_spans"
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


def check_pictures(markdown: str, name: str) -> None:
    """Raises ReportError for a picture that is not a file among the figures: pandoc would put any
    file of this machine into the report, and fetch any address."""
    document = json.loads(run_pandoc(f"--from={MARKDOWN}", "--to=json", text=markdown))
    for picture in list_pictures(document):
        if not re.fullmatch(r"(?!\.)[\w. -]+", picture):
            raise ReportError(
                f'{name}: the picture "{picture}" is no file among the figures; put it there and '
                "write its bare name"
            )


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


def convert_markdown(draft: Draft, markdown: str, kind: str, *options: str) -> bytes:
    """The report's Markdown as another kind of document; pictures are looked for among the
    figures."""
    fixed = [
        "--standalone",
        "--output=-",
        f"--metadata=lang:{LANGUAGE}",
        f"--resource-path={draft.study.figures}",
    ]
    return run_pandoc(f"--from={MARKDOWN}", f"--to={kind}", *fixed, *options, text=markdown)


def convert_word(draft: Draft, markdown: str, house: House) -> bytes:
    """The Word file: pictures as PNG, captions and headings in Word's own styles."""
    from helpers.publish.report.word import style_word

    with tempfile.TemporaryDirectory() as folder:
        reference = house.docx
        if reference is None:
            reference = Path(folder) / "reference.docx"
            plain = run_pandoc("--print-default-data-file=reference.docx")
            reference.write_bytes(style_word(plain))
        return convert_markdown(
            draft,
            markdown,
            "docx",
            "--shift-heading-level-by=-1",
            "--default-image-extension=png",
            f"--reference-doc={reference}",
        )


def convert_pdf(draft: Draft, markdown: str, house: House) -> bytes:
    """The PDF: vector pictures, tagged, PDF/UA-1; fonts are those that come with the packages, on
    any machine."""
    import matplotlib
    import typst

    text = convert_markdown(
        draft,
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
    try:
        return typst.compile(  # type: ignore[call-overload]  # its stub wants all paths as bytes
            text.encode(),
            root=str(draft.study.figures),
            font_paths=list(map(str, fonts)),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
        )
    except (RuntimeError, ValueError) as error:
        raise ReportError(
            f"{house.typ}: typst stopped: {error}; correct the template, or the source "
            "(## comes before ###)"
        ) from None


def convert_html(draft: Draft, markdown: str, house: House) -> bytes:
    """The web page: each figure as its SVG, whose marks are links, with the PNG where SVG is not
    shown."""
    page = convert_markdown(
        draft,
        markdown,
        "html5",
        "--wrap=none",
        f"--template={house.html}",
        f"--metadata=pagetitle:{read_title(draft, markdown)}",
        "--default-image-extension=png",
    ).decode()
    for stem in draft.shown:
        (width, height), alt = draft.sizes[stem], escape(draft.figures[stem]["alt"])
        frame = (
            f'<object data="{stem}.svg" type="image/svg+xml" aria-label="{alt}" '
            f'style="aspect-ratio:{width:g}/{height:g}">'
        )
        for picture in set(re.findall(rf'<img\s+src="{stem}\.png"[^>]*>', page)):
            page = page.replace(picture, f"{frame}{picture}</object>")
    return page.encode()


def read_title(draft: Draft, markdown: str) -> str:
    """The first heading in plain words; without one the title of the corpus."""
    heading = re.search(r"^# .*$", markdown, re.M)
    if not heading:
        return draft.study.settings["title"]
    plain = run_pandoc(f"--from={MARKDOWN}", "--to=plain", "--wrap=none", text=heading[0])
    return plain.decode().strip()
