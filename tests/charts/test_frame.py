"""What stands round every plot: title, subtitle, source line, note; and what the caption says."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from helpers.charts import draw_figure
from helpers.charts.chart import WIDTHS_MM, Told
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.footer import compose_note
from helpers.charts.look.frame import measure_legend
from helpers.charts.look.layout import SLIDE_HEIGHT_MM, finish_chart, start_plot
from helpers.charts.look.theme import MM, find_look
from helpers.schema.formatting import count
from tests.charts.test_charts import EVERY_CHART
from tests.conftest import make_study

EVERY_WIDTH = pytest.mark.parametrize("width", WIDTHS_MM)


def list_texts(chart) -> list[str]:
    """What is written round the plot, each block in one line."""
    return [" ".join(text.get_text().split()) for text in chart.figure.texts]


def finish_one(study, title="Title", subtitle="Subtitle", high=20, claim=0, **more):
    """A plot with one mark, and its frame."""
    chart, plot = start_plot(study, "one")
    [dot] = plot.plot([5], [5], marker="o")
    chart.mark(dot, list(study.coded.itertuples())[claim])
    plot.set_ylim(high, 0)
    return finish_chart(chart, Told(title, subtitle, "Alt.", "Reading."), **more)


def resize(study, width: str, **more):
    return replace(study, parameters=study.parameters | {"width": width} | more)


@EVERY_CHART
def test_title_subtitle_source_line_and_note_stand_on_the_page(charts, name):
    chart = charts[name]
    assert {chart.title, chart.subtitle, chart.source_line} <= set(list_texts(chart))
    assert not chart.note or chart.note in list_texts(chart)
    assert chart.alt
    assert chart.reading


@EVERY_CHART
def test_without_a_frame_they_do_not(study, name):
    chart = draw_figure(name, resize(study, "full", frame="none"))
    assert not {chart.title, chart.subtitle, chart.source_line} & set(list_texts(chart))
    assert chart.title
    assert chart.source_line


@EVERY_WIDTH
def test_without_a_frame_the_plot_is_the_same(study, width):
    framed, bare = (finish_one(resize(study, width, frame=frame)) for frame in ("full", "none"))
    sizes = [
        chart.figure.axes[0].get_position().size * chart.figure.get_size_inches() / MM
        for chart in (framed, bare)
    ]
    assert sizes[0] == pytest.approx(sizes[1], abs=0.01)
    assert bare.figure.get_figheight() < framed.figure.get_figheight()


@EVERY_WIDTH
def test_a_millimetre_of_a_plot_is_one_of_the_page(study, width):
    chart = finish_one(resize(study, width))
    [plot] = chart.figure.axes
    size = plot.get_position().size * chart.figure.get_size_inches() / MM
    assert size == pytest.approx([plot.get_xlim()[1], plot.get_ylim()[0]], abs=0.01)


@EVERY_WIDTH
def test_a_page_has_its_printed_width(study, width):
    assert finish_one(resize(study, width)).figure.get_figwidth() / MM == pytest.approx(
        WIDTHS_MM[width]
    )


def test_a_slide_is_16_to_9(study):
    size = finish_one(resize(study, "slide")).figure.get_size_inches()
    assert np.divide(*size) == pytest.approx(16 / 9, rel=1e-3)
    assert size[1] / MM == pytest.approx(SLIDE_HEIGHT_MM)


def test_of_several_titles_the_first_that_fits_is_taken(study):
    long = "So long a title that no column has room for it in two lines, whoever sets it and where"
    long += " and of whatever war"
    assert finish_one(study, [long, "Short"]).title == long
    assert finish_one(resize(study, "column"), [long, "Short"]).title == "Short"


def test_a_title_that_never_fits_is_cut_after_two_lines(study):
    title = finish_one(study, "word " * 200).figure.texts[0].get_text()
    assert title.count("\n") == 1
    assert title.endswith("…")


def test_the_selection_stands_in_the_subtitle():
    chart = draw_figure("casualties_over_time", make_study(documents=["004"]))
    assert chart.subtitle.endswith(" Selected: documents 004.")


@pytest.mark.parametrize("frame", ["full", "none"])
def test_invented_texts_are_called_so_in_the_picture(study, frame):
    invented = replace(study, settings=study.settings | {"invented": True})
    assert "Invented texts" in list_texts(finish_one(resize(invented, "full", frame=frame)))
    assert "Invented texts" not in list_texts(finish_one(resize(study, "full", frame=frame)))


# --- the source line and the note ----------------------------------------------------------------


@EVERY_CHART
def test_the_source_line_names_titles_where_nobody_published_the_texts(charts, study, name):
    drawn = {doc_id for cell in charts[name].marks["documents"] for doc_id in cell.split(";")}
    titles = study.documents.set_index("doc_id").loc[sorted(drawn), "title"]
    line = charts[name].source_line
    named = [title for title in titles if f"“{title}”" in line]
    assert named
    left = len(titles) - len(named)
    assert (f" and {left} other" in line) == bool(left)


@pytest.mark.parametrize("name", ["sources", "casualties_over_time", "advance_map"])
def test_the_source_line_names_three_publishers_of_most_marks_and_counts_the_others(name):
    study = make_study(corpus="tests/samples/orvane")
    chart = draw_figure(name, study)
    named = chart.source_line.removeprefix("Sources: ").partition(" and ")[0].split(", ")
    papers = study.documents.set_index("doc_id")["publisher"]
    counts = chart.marks["documents"].str.split(";").explode().map(papers).value_counts()
    assert len(named) == 3
    assert min(counts[named]) >= max(counts.drop(named))
    assert f" and {len(counts) - 3} others, 5–2" in chart.source_line


@EVERY_CHART
def test_the_source_line_has_days_where_they_fit_beside_one_name(charts, name):
    chart = charts[name]
    if "Boundaries" not in chart.source_line:
        assert re.search(r"\d Dec 2024\.$", chart.source_line)


@pytest.mark.parametrize("name", ["sources", "casualties_over_time", "corpus"])
def test_the_text_on_which_most_of_a_figure_rests_is_named_first(charts, name):
    assert charts[name].source_line.startswith("Sources: “Deterrence of Aggression”")


def test_a_source_line_without_room_for_one_title_names_the_table(study):
    long = study.documents.assign(title="A title of many words " * 9)
    line = finish_one(replace(study, documents=long)).source_line
    assert line == "Source: 1 text, listed in all_figures."


def test_data_besides_the_texts_are_named_and_the_line_stays_short(study):
    line = finish_one(study, data="Borders: Natural Earth.").source_line
    assert line.endswith("Borders: Natural Earth.")
    assert len(line.split()) <= 15


def test_texts_without_a_day_have_none_in_the_source_line():
    chart = draw_figure(
        "casualties_over_time", make_study(corpus="tests/samples/orvane", documents=["002"])
    )
    study = chart.study
    undated = study.documents.assign(published_start=pd.NaT, published_end=pd.NaT)
    line = finish_one(replace(study, documents=undated)).source_line
    assert line == "Source: Northern Wire."


def unreview(study):
    return replace(study, coded=study.coded.assign(review="proposed"))


def test_the_note_says_first_how_many_figures_nobody_has_checked(study):
    chart = finish_one(unreview(study), note=("Nothing is added.",))
    assert chart.note == "1 of 1 figure not checked by a person. Nothing is added."


def test_what_a_person_has_checked_needs_no_note(study):
    assert finish_one(study).note == ""


def test_a_sentence_that_makes_the_note_too_long_is_left_to_the_caption(study):
    chart = finish_one(study)
    said = ("one two three.", "word " * 24 + "end.", "four five.")
    assert compose_note(chart, said) == "one two three. four five."


# --- the caption ---------------------------------------------------------------------------------


@EVERY_CHART
def test_the_caption_names_the_texts(charts, study, name):
    titles = study.documents.set_index("doc_id")["title"]
    drawn = {doc_id for cell in charts[name].marks["documents"] for doc_id in cell.split(";")}
    said = charts[name].sources
    assert {doc_id for doc_id in titles.index if f"{doc_id} {titles[doc_id]}" in said} == drawn


@EVERY_CHART
def test_the_caption_names_whom_each_text_relays(charts, claims, study, name):
    used = {claim for cell in charts[name].marks["claims"] for claim in cell.split(";")}
    expected = {}
    for row in claims[claims["claim_id"].isin(used)].itertuples():
        if row.source_original:
            expected.setdefault(row.doc_id, set()).update(row.source_original.split(";"))
    said = {}
    for row in study.documents.itertuples():
        named = re.escape(f"{row.doc_id} {row.title}") + r" \([^)]*relaying ([^)]*)\)"
        if found := re.search(named, charts[name].sources):
            said[row.doc_id] = set(found[1].split(", "))
    assert said == expected


@EVERY_CHART
def test_the_caption_counts_claims_and_texts_and_dates_the_corpus(charts, name):
    marks = charts[name].marks
    claims, documents = (
        {key for cell in marks[column] for key in cell.split(";") if key}
        for column in ("claims", "documents")
    )
    said = f" {count(len(claims), 'claim')} from {count(len(documents), 'document')}; "
    assert len(claims)
    assert said in charts[name].sources
    assert re.search(r"; corpus of [^;]*\b9 December 2024; ", charts[name].sources)
    assert "checked against its text" in charts[name].sources


def test_the_caption_counts_texts_that_are_too_many_to_name(study):
    more = pd.concat([study.documents] * 2, ignore_index=True)
    many = replace(study, documents=more.assign(doc_id=[f"{n:03d}" for n in range(len(more))]))
    chart, plot = start_plot(many, "many")
    for at, doc_id in enumerate(many.documents["doc_id"]):
        chart.mark_document(plot.plot([at], [1], marker="o")[0], doc_id, "published")
    plot.set_ylim(10, 0)
    finish_chart(chart, Told("t", "s", "a", "r"))
    assert chart.sources.startswith(
        "Sources: 10 documents of the corpus. 0 claims from 10 documents"
    )


# --- letters -------------------------------------------------------------------------------------


def test_all_words_are_set_in_the_fonts_of_the_charts(charts):
    families = {
        family
        for chart in charts.values()
        for text in chart.figure.findobj(Text)
        if text.get_text().strip()
        for family in text.get_fontfamily()
    }
    assert families == {"Eleven Days Sans", "Eleven Days Arabic"}


def test_a_key_has_as_few_rows_as_its_columns_leave_room_for(study):
    from matplotlib.lines import Line2D

    chart, _ = start_plot(study, "one")
    long, short = "a word that is said at length", "short"
    chart.legend = [Line2D([], [], label=words) for words in (long, *[short] * 5)]
    size = find_look(study).foot
    room = measure_text(long, size) + 5 * measure_text(short, size) + 6 * 4 * size
    columns, high = measure_legend(chart, room)
    assert columns == 6  # and not as many as the longest has room for
    assert measure_legend(chart, room / 2)[0] < 6
    assert measure_legend(chart, room / 2)[1] > high
