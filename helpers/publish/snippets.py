"""Snippets: a figure ready to paste into Markdown, a web page, LaTeX or Word, with alt text, caption and
the numbered sentences behind it."""

import re
from html import escape

from helpers.charts.chart import Chart
from helpers.publish.evidence import list_evidence, show_controls
from helpers.publish.links import anchor_claim, link_anchor
from helpers.publish.pictures import PRINT_DPI, lay_strip, name_figure

MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$^&])|^(\s*)([-+]|\d+[.)])(?=\s)", re.M)
LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    letter: "\\" + letter for letter in "&%$#_{}"
}


def compose_snippets(chart: Chart) -> str:
    """The .md of a chart: the picture with alt text, caption, reading and numbered sentences, each linked to
    its place on the evidence page; then the same figure as HTML, LaTeX and for Word, ready to copy."""
    picture = embed_markdown(chart)
    refused = [f"Note: {escape_markdown(' '.join(chart.refused))}", ""] if chart.refused else []
    parts = [
        picture,
        "",
        escape_markdown(chart.reading),
        "",
        *refused,
        *list_sentences(chart),
        "",
        "## Embed it",
        "",
    ]
    ways = {
        "Markdown": ("markdown", picture),
        "HTML, with marks that link": ("html", embed_html(chart)),
        "LaTeX (LuaLaTeX)": ("latex", embed_latex(chart)),
    }
    for way, (language, snippet) in ways.items():
        if snippet:
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", snippet)), default=0))
            parts += [f"### {way}", "", f"{fence}{language}", snippet, fence, ""]
    return show_controls("\n".join(parts + explain_word(chart)))


def list_sentences(chart: Chart) -> list[str]:
    """The evidence as lines of a numbered list, each claim id a link to its sentence."""
    return [
        f"{row.n}. “{escape_markdown(' '.join(row.quote.split()))}” ({escape_markdown(row.document)}, characters {row.start}–{row.end}, "
        f"[{escape_markdown(row.claim_id)}]({link_anchor(chart.study, anchor_claim(row.claim_id), row.doc_id)}))"
        for row in list_evidence(chart).itertuples()
    ]


def embed_markdown(chart: Chart) -> str:
    """Picture and caption as Markdown; "" when no picture was asked for."""
    formats = chart.study.parameters["formats"]
    if not formats:
        return ""
    name = f"{name_figure(chart)}.{'png' if 'png' in formats else formats[0]}"
    return f"![{escape_markdown(chart.alt)}]({name})\n\n**{escape_markdown(chart.title)}.** {escape_markdown(chart.subtitle)} {escape_markdown(chart.sources)}"


def embed_html(chart: Chart) -> str:
    """The figure for a web page: the SVG, whose marks link, with the PNG where a browser shows no SVG, and
    the caption; "" without either picture."""
    stem, formats = name_figure(chart), chart.study.parameters["formats"]
    style = f' style="width: 100%; max-width: {chart.width_mm:g}mm"'
    inner = (
        f'<img src="{stem}.png" alt="{escape(chart.alt)}"{style}>'
        if "png" in formats
        else escape(chart.alt)
    )
    if "svg" in formats:
        inner = f'<object type="image/svg+xml" data="{stem}.svg" aria-label="{escape(chart.alt)}"{style}>\n    {inner}\n  </object>'
    elif "png" not in formats:
        return ""
    return f"<figure>\n  {inner}\n  <figcaption><strong>{escape(chart.title)}.</strong> {escape(chart.subtitle)} {escape(chart.sources)}</figcaption>\n</figure>"


def embed_latex(chart: Chart) -> str:
    """The figure for LaTeX, from the PDF without its strip of numbers, no taller than a page takes; "" without
    PDF and PNG."""
    stem, formats = name_figure(chart), chart.study.parameters["formats"]
    picture = next((kind for kind in ("pdf", "png") if kind in formats), "")
    if not picture:
        return ""
    strip = (
        f", trim=0 {lay_strip(chart)[1] * 72:.1f}bp 0 0, clip" if picture == "pdf" else ""
    )  # its links would be lost: LaTeX takes the picture alone
    size = rf"width=\ifdim\linewidth<{chart.width_mm:g}mm \linewidth\else {chart.width_mm:g}mm\fi, totalheight=0.75\textheight, keepaspectratio{strip}"
    return "\n".join(
        [
            "\\begin{figure}",
            "  \\centering",
            f"  \\includegraphics[{size}, alt={{{escape_latex(chart.alt)}}}]{{{stem}.{picture}}}",
            f"  \\caption{{\\textbf{{{escape_latex(chart.title)}.}} {escape_latex(chart.subtitle)} {escape_latex(chart.sources)}}}",
            f"  \\label{{fig:{stem}}}",
            "\\end{figure}",
        ]
    )


def explain_word(chart: Chart) -> list[str]:
    """How the picture goes into Word or LibreOffice by hand; nothing without a PNG."""
    if "png" not in chart.study.parameters["formats"]:
        return []
    return [
        "### Word and LibreOffice, by hand",
        "",
        f"Insert → Pictures → `{name_figure(chart)}.png`; width {chart.width_mm:g} mm (its own, at {PRINT_DPI} dpi: scale 100 %), or that of the text where the page has less room. Then paste:",
        "",
        "- alt text (right click → Edit Alt Text): " + escape_markdown(chart.alt),
        "- caption (References → Insert Caption): "
        + escape_markdown(f"{chart.title}. {chart.subtitle} {chart.sources}"),
        "",
    ]


def escape_markdown(text: str) -> str:
    """Text of a corpus as Markdown that shows it as it is."""
    return MARKDOWN.sub(
        lambda found: "\\" + found[1] if found[1] else f"{found[2]}\\{found[3]}",
        " ".join(text.split()),
    )


def escape_latex(text: str) -> str:
    """Text of a corpus as LaTeX that shows it as it is."""
    return "".join(LATEX.get(letter, letter) for letter in text)
