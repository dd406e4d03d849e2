"""The snippets of a figure: what is pasted into Markdown, a web page, LaTeX or Word says what the
figure says."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypandoc
import pytest
from lxml import html
from pypdf import PdfReader

from helpers.charts import FIGURES
from helpers.publish.escaping import escape_latex, escape_markdown
from helpers.publish.figures import save_figure
from helpers.publish.record import make_record
from helpers.publish.snippets import (
    compose_snippets,
    embed_html,
    embed_latex,
    embed_markdown,
)
from tests.charts.test_charts import EVERY_CHART
from tests.conftest import PATIENCE
from tests.publish.test_figures import put

SHARP = (
    "50% & more &copy; less_or_more `of` [them] <script>alert(1)</script> ~ ^ {x} \\y $5$ # *not* "
    "| “said” \\input{z}"
)


def read_text(markup: str, kind: str) -> str:
    """The words that a reader of pandoc finds in a snippet."""
    return " ".join(
        html.fromstring(pypandoc.convert_text(markup, "html", format=kind)).text_content().split()
    )


def find_alts(markup: str, kind: str) -> list[str]:
    """The alt texts of the pictures of a snippet."""

    def walk(node):
        if isinstance(node, dict):
            if node.get("t") == "Image":
                yield "".join(
                    part["c"] if part["t"] == "Str" else " "
                    for part in node["c"][1]
                    if part["t"] in ("Str", "Space", "SoftBreak")
                ) or dict(node["c"][0][2]).get("alt", "")
            node = list(node.values())
        if isinstance(node, list):
            for part in node:
                yield from walk(part)

    return list(walk(json.loads(pypandoc.convert_text(markup, "json", format=kind))["blocks"]))


@EVERY_CHART
def test_the_snippets_begin_with_the_picture_and_its_alternative_text(charts, name):
    assert compose_snippets(make_record(charts[name])).startswith(
        f"![{escape_markdown(charts[name].alt)}]({name}.png)\n"
    )


@EVERY_CHART
def test_a_caption_ends_its_subtitle_before_its_sources(charts, name):
    chart = charts[name]
    said = escape_markdown(f"{chart.subtitle.rstrip('.')}. {chart.sources}")
    assert said in compose_snippets(make_record(chart))


@EVERY_CHART
def test_the_snippets_number_the_quotes_behind_the_figure_and_link_each(charts, claims, name):
    behind = {claim for cell in charts[name].marks["claims"] for claim in cell.split(";") if claim}
    quotes = [
        (row.doc_id, row.start, row.claim_id, row.end, row.exact)
        for row in claims[claims["claim_id"].isin(behind)].itertuples()
    ]
    quotes += [
        (row["documents"], row["start"], row["mark_id"], row["end"], row["quote"])
        for row in charts[name].rows
        if row["kind"] == "reading"
    ]
    lines = re.findall(
        r"^(\d+)\. “(.*)” \((.*), characters (\d+)–(\d+), "
        r"\[(\S+)\]\(evidence/index\.html#(\S+)\)\)$",
        compose_snippets(make_record(charts[name])),
        re.M,
    )
    assert [(line[0], line[1], *line[3:]) for line in lines] == [
        (str(n), escape_markdown(quote), str(start), str(end), mark, mark)
        for n, (_, start, mark, end, quote) in enumerate(sorted(quotes), 1)
    ]


def test_the_snippets_say_what_is_not_shown(charts):
    said = compose_snippets(make_record(charts["overview"])).replace("\\", "")
    assert "\nNote: Not drawn: claims of the years before and of background (38), plans," in said


def test_the_snippets_show_the_first_format_there_is(charts, tmp_path):
    assert "](advance_map.svg)" in compose_snippets(
        make_record(put(charts["advance_map"], tmp_path, formats=["svg", "pdf"]))
    )


@pytest.mark.parametrize(
    ("formats", "missing"),
    [
        (["svg"], ["latex", "### Word"]),
        (["png"], ["<object"]),
        (["pdf"], ["### HTML", "### Word"]),
        ([], ["### Markdown", "### HTML", "### LaTeX", "### Word"]),
    ],
)
def test_no_snippet_names_a_picture_that_was_not_written(charts, tmp_path, formats, missing):
    text = compose_snippets(make_record(put(charts["advance_map"], tmp_path, formats=formats)))
    assert not any(word in text for word in missing)
    assert {kind for kind in ("svg", "pdf", "png") if f"advance_map.{kind}" in text} <= set(formats)


@EVERY_CHART
def test_every_snippet_of_the_file_is_whole(charts, name):
    blocks = dict(
        re.findall(
            r"^(?:`{3,})(\w+)\n(.*?)\n`{3,}$",
            compose_snippets(make_record(charts[name])),
            re.M | re.S,
        )
    )
    assert blocks == {
        "markdown": embed_markdown(make_record(charts[name])),
        "html": embed_html(make_record(charts[name])),
        "latex": embed_latex(make_record(charts[name])),
    }


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(
    ("embed", "kind"), [(embed_markdown, "markdown-smart"), (embed_latex, "latex")]
)
def test_a_reader_of_its_format_finds_the_title_of_a_snippet(charts, name, embed, kind):
    assert " ".join(charts[name].title.split()) in read_text(embed(make_record(charts[name])), kind)


@EVERY_CHART
def test_a_web_page_shows_the_vector_picture_with_the_other_in_reserve(charts, name):
    [figure] = html.fragments_fromstring(embed_html(make_record(charts[name])))
    [outer], [inner] = figure.xpath("object"), figure.xpath("object/img")
    assert (outer.get("data"), inner.get("src")) == (f"{name}.svg", f"{name}.png")
    assert outer.get("aria-label") == inner.get("alt") == charts[name].alt
    assert charts[name].title in figure.findtext("figcaption/strong")
    assert charts[name].sources in figure.find("figcaption").text_content()


def spoil(chart):
    """A chart whose every text holds what the formats use as signs."""
    return replace(chart, title=SHARP, subtitle=SHARP, alt=SHARP, reading=SHARP, sources=SHARP)


def test_signs_of_markdown_in_a_title_stay_text(charts):
    chart = spoil(charts["displacement_over_time"])
    assert read_text(escape_markdown(SHARP), "gfm") == SHARP
    assert find_alts(embed_markdown(make_record(chart)), "commonmark_x")[0].startswith(
        "50% & more &copy; less_or_more `of` [them] <script>"
    )


def test_signs_of_html_in_a_title_stay_text(charts):
    [figure] = html.fragments_fromstring(
        embed_html(make_record(spoil(charts["displacement_over_time"])))
    )
    assert figure.find("object").get("aria-label") == SHARP
    assert figure.findtext("figcaption/strong") == SHARP + "."
    assert {element.tag for element in figure.iter()} == {
        "figure",
        "object",
        "img",
        "figcaption",
        "strong",
    }


def test_signs_of_latex_in_a_title_stay_text():
    assert (
        escape_latex("50% & more_ # {x} \\y $5 ~ ^")
        == r"50\% \& more\_ \# \{x\} \textbackslash{}y \$5 \textasciitilde{} \textasciicircum{}"
    )


def test_a_fence_is_longer_than_any_run_of_backticks_in_it(charts):
    chart = replace(charts["displacement_over_time"], title="a ```` b")
    assert re.search(r"^`{5,}html\n", compose_snippets(make_record(chart)), re.M)


@pytest.mark.parametrize(("width", "mm"), [("column", "85mm"), ("slide", "338.7mm")])
def test_a_snippet_names_the_file_and_the_width_it_was_drawn_for(charts, tmp_path, width, mm):
    chart = put(charts["advance_map"], tmp_path, width=width)
    assert f"advance_map_{width}.svg" in embed_html(make_record(chart))
    assert mm in embed_html(make_record(chart))
    assert mm in embed_latex(make_record(chart))
    assert (
        f"Insert → Pictures → `{make_record(chart).stem}.png`; width {mm.replace('mm', ' mm')}"
        in compose_snippets(make_record(chart))
    )


@pytest.mark.skipif(
    not shutil.which("lualatex"),
    reason="no lualatex on PATH (Debian: apt-get install texlive-luatex texlive-latex-recommended)",
)
def test_latex_sets_every_snippet_with_its_picture(charts, tmp_path):
    from matplotlib import get_data_path

    for chart in charts.values():
        save_figure(put(chart, tmp_path, formats=["pdf"]))
    fonts = Path(get_data_path(), "fonts", "ttf").as_posix()
    head = [
        "\\documentclass{article}",
        "\\usepackage{graphicx,fontspec}",
        "\\usepackage[a4paper,margin=18mm]{geometry}",
        f"\\setmainfont{{DejaVuSans.ttf}}[Path={fonts}/]",
        "\\begin{document}",
    ]
    snippets = [
        embed_latex(make_record(put(chart, tmp_path, formats=["pdf"]))) + "\\clearpage"
        for chart in charts.values()
    ]
    (tmp_path / "pasted.tex").write_text("\n".join([*head, *snippets, "\\end{document}"]), "utf-8")
    run = subprocess.run(
        ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "pasted.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    assert "Missing character" not in (tmp_path / "pasted.log").read_text("utf-8", "replace")
    assert len(PdfReader(tmp_path / "pasted.pdf").pages) == len(charts)


def test_word_takes_a_picture_by_hand_at_its_own_width(charts, tmp_path):
    from docx import Document

    save_figure(put(charts["advance_map"], tmp_path, formats=["png"]))
    document = Document()
    picture = document.add_picture(
        str(tmp_path / "advance_map.png")
    )  # as Insert → Pictures does: at the size the file states
    assert picture.width.mm == pytest.approx(174, abs=0.1)
