"""Snippets: a figure ready to paste into Markdown, a web page, LaTeX or Word, with alt text,
caption and the numbered sentences behind it."""

import re
from html import escape

from helpers.charts.chart import Chart
from helpers.charts.look.language import find_words
from helpers.publish.escaping import escape_latex, escape_markdown, show_controls
from helpers.publish.formats.pdf import lay_strip
from helpers.publish.formats.pictures import PRINT_DPI
from helpers.publish.record import FigureRecord
from helpers.schema.formatting import end_sentence


def compose_snippets(record: FigureRecord) -> str:
    """The .md of a chart: the picture with alt text, caption, reading and numbered sentences, each
    linked to its place on the evidence pages; then the same figure as HTML, LaTeX and for Word,
    ready to copy."""
    chart, picture = record.chart, embed_markdown(record)
    parts = [picture, "", escape_markdown(chart.reading), ""]
    if chart.refused:
        said = escape_markdown(" ".join(chart.refused))
        parts += [find_words(chart.study)("caption_note", words=said), ""]
    parts += [*cite_sentences(record), "", "## Embed it", ""]
    ways = {
        "Markdown": ("markdown", picture),
        "HTML, with marks that link": ("html", embed_html(record)),
        "LaTeX (LuaLaTeX)": ("latex", embed_latex(record)),
    }
    for way, (language, snippet) in ways.items():
        if snippet:
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", snippet)), default=0))
            parts += [f"### {way}", "", f"{fence}{language}", snippet, fence, ""]
    return show_controls("\n".join(parts + explain_word(record)))


def cite_sentences(record: FigureRecord) -> list[str]:
    """The sentences as lines of a numbered list, each claim id a link to its sentence."""
    lines = []
    for n, claim_id, _, document, start, end, quote, *_, address in record.citations:
        source = f"{escape_markdown(document)}, characters {start}–{end}"
        link = f"[{escape_markdown(claim_id)}]({address})"
        lines.append(f"{n}. “{escape_markdown(quote)}” ({source}, {link})")
    return lines


def _list_words(chart: Chart) -> tuple[str, str, str, str]:
    """(alt text, title, subtitle as a sentence, sources) of a chart."""
    return chart.alt, chart.title, end_sentence(chart.subtitle), chart.sources


def embed_markdown(record: FigureRecord) -> str:
    """Picture and caption as Markdown; "" when no picture was asked for."""
    chart, formats = record.chart, record.formats
    if not formats:
        return ""
    name = f"{record.stem}.{'png' if 'png' in formats else formats[0]}"
    alt, *caption = map(escape_markdown, _list_words(chart))
    return f"![{alt}]({name})\n\n**{caption[0]}.** {caption[1]} {caption[2]}"


def embed_html(record: FigureRecord) -> str:
    """The figure for a web page: the SVG, whose marks link, with the PNG where a browser shows no
    SVG, and the caption; "" without either picture."""
    chart, stem, formats = record.chart, record.stem, record.formats
    if not {"svg", "png"} & set(formats):
        return ""
    alt, *caption = map(escape, _list_words(chart))
    style = f' style="width: 100%; max-width: {chart.width_mm:g}mm"'
    inner = alt
    if "png" in formats:
        inner = f'<img src="{stem}.png" alt="{alt}"{style}>'
    if "svg" in formats:
        source = f'type="image/svg+xml" data="{stem}.svg" aria-label="{alt}"{style}'
        inner = f"<object {source}>\n    {inner}\n  </object>"
    words = f"<strong>{caption[0]}.</strong> {caption[1]} {caption[2]}"
    return f"<figure>\n  {inner}\n  <figcaption>{words}</figcaption>\n</figure>"


def embed_latex(record: FigureRecord) -> str:
    """The figure for LaTeX, from the PDF without its strip of numbers, no taller than a page takes;
    "" without PDF and PNG."""
    chart, stem, formats = record.chart, record.stem, record.formats
    picture = next((kind for kind in ("pdf", "png") if kind in formats), "")
    if not picture:
        return ""
    alt, *caption = map(escape_latex, _list_words(chart))
    wide = f"{chart.width_mm:g}mm"
    options = [
        rf"width=\ifdim\linewidth<{wide} \linewidth\else {wide}\fi",
        r"totalheight=0.75\textheight",
        "keepaspectratio",
    ]
    if picture == "pdf":  # LaTeX takes the picture alone: the links of its strip would be lost
        options += [f"trim=0 {lay_strip(record).depth * 72:.1f}bp 0 0", "clip"]
    return "\n".join(
        [
            r"\begin{figure}",
            r"  \centering",
            rf"  \includegraphics[{', '.join(options)}, alt={{{alt}}}]{{{stem}.{picture}}}",
            rf"  \caption{{\textbf{{{caption[0]}.}} {caption[1]} {caption[2]}}}",
            rf"  \label{{fig:{stem}}}",
            r"\end{figure}",
        ]
    )


def explain_word(record: FigureRecord) -> list[str]:
    """How the picture goes into Word or LibreOffice by hand; nothing without a PNG."""
    if "png" not in record.formats:
        return []
    chart = record.chart
    return [
        "### Word and LibreOffice, by hand",
        "",
        f"Insert → Pictures → `{record.stem}.png`; width {chart.width_mm:g} mm "
        f"(its own, at {PRINT_DPI} dpi: scale 100 %), or that of the text where the page has less "
        "room. Then paste:",
        "",
        "- alt text (right click → Edit Alt Text): " + escape_markdown(chart.alt),
        "- caption (References → Insert Caption): "
        + escape_markdown("{1}. {2} {3}".format(*_list_words(chart))),
        "",
    ]
