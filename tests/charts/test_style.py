"""A house's own looks: font, sizes, colours, language, forms of days and numbers, logo and words of
its own, or why they cannot be had."""

import io
import itertools
import os
import re
from pathlib import Path

import matplotlib
import matplotlib.colors
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from helpers.analysis.loading import say_faulty
from helpers.analysis.review import describe_review, name_doubted
from helpers.charts import FIGURES, draw_figure
from helpers.charts.captures.words import say_side
from helpers.charts.findings import add_article, say_many
from helpers.charts.look.fonts import measure_text, use_fonts
from helpers.charts.look.language import Words, load_strings
from helpers.charts.look.style import LARGEST, Style, load_style
from helpers.charts.look.theme import COLOUR, list_sizes
from helpers.corpus.borders import load_disputed
from helpers.publish.formats.pictures import render_chart
from helpers.publish.record import make_record
from helpers.schema.errors import CorpusError
from tests.charts.boxes import find_outside, find_overlaps, list_boxes
from tests.conftest import make_study

BRACES = re.compile(r"\{(\w+)\}")
SERIF = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FONT = '[font]\nregular = "House.ttf"\nbold = "House-Bold.ttf"\n'
# words that only English has, none of which stands in a text's own words on a figure
ENGLISH = re.compile(
    r"\b(?:the|of|and|with|which|each|days?|from|took|says?|places?|captures?|texts|are|whose)\b"
)


@pytest.fixture
def dress(corpus):
    """Writes a style.toml into a copy of the default corpus, and draws a figure of it."""

    def draw(text: str, name="casualties_over_time", width="full"):
        (corpus / "style.toml").write_text(text, "utf-8")
        return draw_figure(name, make_study(corpus=str(corpus), width=width))

    return draw


def read_words(chart) -> set[str]:
    return {box.words for box in list_boxes(chart.figure)}


def test_without_a_file_nothing_changes(tmp_path):
    assert load_style(tmp_path / "style.toml") == Style()


# --- language ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", load_strings())
def test_a_language_has_all_words_and_their_braces(language):
    english, words = load_strings()["en"], load_strings()[language]
    own = {"disputed", "captions", "actors"}  # whose English stands elsewhere
    assert set(words) - own == set(english)
    assert set(words["reasons"]) == set(english["reasons"])
    for name, text in english.items():
        if isinstance(text, str):
            assert set(BRACES.findall(words[name])) <= set(BRACES.findall(text)), name
            assert words[name] or not text, name
    assert len(words["months"]) == 12
    assert len(words["numbers"]) == 13


@pytest.mark.parametrize(("head", "says"), [("Getötet oder verletzt, ", "(ohne Balken)")])
def test_a_block_without_bars_says_so_in_german_too_where_words_are_long(dress, head, says):
    words = read_words(dress('language = "de"', "casualties_over_time", "column"))
    assert any(one.startswith(head) for one in words)
    assert says in words


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_in_german_is_german_but_for_the_words_of_the_texts(dress, name, width):
    chart = dress('language = "de"', name, width)
    english = {text for text in load_strings()["en"].values() if isinstance(text, str)}
    german = {text for text in load_strings()["de"].values() if isinstance(text, str)}
    said = {words for words in read_words(chart) if words in english - german}
    assert said == set()
    assert chart.source_line.startswith(("Quelle: ", "Quellen: "))
    assert chart.sources.startswith(("Quelle: ", "Quellen: "))
    kinds = {group.words for group in chart.left_out}
    assert kinds <= set(load_strings()["de"]["captions"])
    caption = " ".join([*chart.refused, chart.sources.rpartition(". ")[2]])
    assert not re.findall(r"\b(?:the|of|and|from|every|claims?|drawn|each)\b", caption)
    told = [chart.title, chart.subtitle, chart.reading, chart.note]
    own = [re.sub(r"„.*?“", "", words) for words in told]  # what a text says stays as it says it
    assert not [words for words in own if ENGLISH.search(words)]
    boxes = list_boxes(chart.figure)
    assert find_overlaps(boxes) == find_outside(boxes, chart.figure) == []


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """Figure, corpus and width → its chart in German."""
    file = tmp_path_factory.mktemp("german") / "style.toml"
    file.write_text('language = "de"', "utf-8")

    def draw(name: str, corpus: str, width: str = "full"):
        study = make_study(corpus=f"tests/samples/{corpus}", width=width, style=str(file))
        return draw_figure(name, study)

    return draw


@pytest.fixture(scope="module")
def dress_corpus(tmp_path_factory):
    """Corpus and figure → its chart in German, each corpus opened once."""
    file = tmp_path_factory.mktemp("named") / "style.toml"
    file.write_text('language = "de"', "utf-8")
    opened: dict = {}

    def draw(corpus: str, name: str):
        if corpus not in opened:
            opened[corpus] = make_study(corpus=corpus, style=str(file))
        return draw_figure(name, opened[corpus])

    return draw


@pytest.mark.parametrize("corpus", ["chaco", "orvane"])
def test_questions_that_a_rule_finds_are_german_too(german, corpus):
    said = " ".join(" ".join(read_words(german("disagreements", corpus))).split())
    assert not re.search(
        r"How many|Had |When did|[Dd]ifferent|the parties|corrected|denied by", said
    )
    assert not re.search(r"“\w", said)  # it closes a quotation in German
    assert "wie viele?" in said


@pytest.mark.parametrize(
    ("corpus", "names"),
    [
        ("seeds", "government|Syrian state media"),
        ("tests/samples/chaco", "government|city hospital|nurses|residents|witnesses"),
    ],
)
@pytest.mark.parametrize("name", FIGURES)
def test_common_words_for_sides_and_sources_are_german(dress_corpus, corpus, names, name):
    """Names of their own stay as the texts write them, and so does what is quoted."""
    chart = dress_corpus(corpus, name)
    said = [text.get_text() for text in chart.figure.findobj(Text)]
    said = [re.sub(r"„[^„]*?“", "", " ".join(words.split())) for words in said]
    places = "|".join(map(re.escape, chart.study.places["name"]))  # a government air base
    own = [re.sub(places, "", words, flags=re.I) for words in said]
    assert not [words for words in own if re.search(rf"\b(?:{names})\b", words)]


@pytest.mark.parametrize("name", ["overview", "displacement_over_time", "casualties_over_time"])
def test_a_country_that_figures_are_of_has_its_german_name(dress, name):
    said = " ".join(read_words(dress('language = "de"', name)))
    own = re.sub(r"„[^„]*?“", "", said)  # what is quoted stays
    assert "Syrien" in own
    assert not re.search(r"\bSyria\b", own)


def test_a_list_of_areas_says_in_german_that_their_names_are_not_translated(dress):
    assert "Nicht auf der Karte (Ortsnamen unübersetzt)" in read_words(
        dress('language = "de"', "advance_map")
    )


def test_a_common_word_for_a_side_is_declined():
    words = Words("de")
    assert add_article("government", words, "dative") == "der Regierung"
    assert say_side(words, "government") == "die Regierung"
    assert say_side(words, "Amambay Front") == "Amambay Front"
    assert words.name("mayor of Dunvarra") == "Bürgermeister von Dunvarra"
    assert [say_many(words, [name]) for name in ("Syrian state media", "government")] == [
        True,
        False,
    ]


def test_the_days_of_a_title_are_rightly_declined_in_german(german):
    title = german("advance_map_by_day", "chaco").title
    assert title.startswith("Chaco Column: fünf Städte eingenommen (24 Tage)")


def test_a_subtitle_in_german_says_what_is_shown_at_every_width(german):
    assert german("overview", "chaco", "column").subtitle.startswith("Einnahmen, dazu Zahlen, ")


def test_on_a_slide_a_name_of_the_overview_stands_level_with_its_own_bar(german):
    """Words longer than in English pushed two names beside each other's bars."""
    chart = german("overview", "chaco", "slide")
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    for place, name in (("aceval", "Benjamín Aceval"), ("villa_hayes", "Villa Hayes")):
        bar = next(
            artist
            for artist in chart.artists
            if isinstance(artist, Rectangle) and place in str(artist.get_gid())
        )
        [said] = [text for text in bar.axes.texts if text.get_text() == name]
        words, box = said.get_window_extent(renderer), bar.get_window_extent(renderer)
        assert words.y0 < (box.y0 + box.y1) / 2 < words.y1


def test_no_reason_is_cut_on_a_slide_in_german(german):
    chart = german("disagreements", "chaco", "slide")
    assert not [words for words in read_words(chart) if words.endswith("…")]


def test_the_key_of_lines_stands_clear_of_the_rows_below_it(german, monkeypatch):
    """In words that need two lines."""
    monkeypatch.setitem(load_strings()["de"], "joined", "Zählung einer Quelle im Lauf der Zeit")
    chart = german("displacement_over_time", "chaco")
    texts = {text.get_text(): text for text in chart.figure.axes[0].texts}
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    low = texts["Angabe einer Kriegspartei"].get_window_extent(renderer).y0
    head = texts["Neu vertrieben"].get_window_extent(renderer).y1
    assert low - head > 1.5 / 25.4 * chart.figure.dpi


def test_a_caption_has_the_words_of_its_review_in_german_too(study):
    claims, german = study.all_claims, Words("de").turn
    assert "jede Angabe gegen ihren Text geprüft" in describe_review(study, claims, german)
    doubted = claims.head(2).assign(doubt="number 3", review="accepted")
    assert " und " in name_doubted(doubted, german)
    assert say_faulty(["row 2: no quote"], german).startswith("1 Zeile weggelassen")


def test_quotations_days_and_numbers_are_written_as_the_language_has_them(dress):
    chart = dress('language = "de"')
    assert "„746“" in read_words(chart)
    assert {"27. Nov.", "3. Dez."} <= read_words(chart)
    assert chart.title == "Kein Text zählt alle Toten der Offensive"
    assert Words("de").number(25_000) == "25.000"
    assert Words("de").number(1.5e6) == "1,5 Mio."


def test_the_days_of_an_axis_and_the_names_of_a_map_are_german(dress):
    words = read_words(dress('language = "de"', "advance_map"))
    assert {"SYRIEN", "TÜRKEI", "Golanhöhen"} <= words
    assert {"27", "Nov", "Dez"} <= read_words(dress('language = "de"', "overview", "column"))


def test_every_disputed_area_has_its_words_in_every_language():
    named = set(load_disputed()["name"])
    for language, words in load_strings().items():
        assert set(words.get("disputed", named)) == named, language


def test_a_sentence_that_ends_with_a_short_month_has_one_point():
    assert Words("de")("odd_text", place="Homs", days="6. Dez.") == "Homs: ein Text sagt 6. Dez."
    assert Words()("more_in_table", n="…") == "… more not shown"
    assert Words()("quote", words="a... b") == "“a... b”"


def test_a_house_writes_days_and_numbers_as_it_likes(dress):
    own = '[format]\nthousands = " "\nday = "{month} {day}"\nspan = "{first} – {last}"\n'
    chart = dress(own, "advance_map")
    assert "Nov 27 – 30" not in chart.subtitle
    assert any("Nov 30 – Dec 6" in words for words in read_words(chart))
    assert Words("en", (("thousands", " "),)).number(25_000) == "25 000"


# --- font, sizes ---------------------------------------------------------------------------------


def put_font(folder: Path) -> None:
    (folder / "House.ttf").write_bytes((SERIF / "DejaVuSerif.ttf").read_bytes())
    (folder / "House-Bold.ttf").write_bytes((SERIF / "DejaVuSerif-Bold.ttf").read_bytes())


def test_a_figure_is_set_in_the_font_of_its_house(corpus, dress):
    put_font(corpus)
    chart = dress(FONT, "advance_map")
    [title] = [text for text in chart.figure.texts if text.get_text().startswith("The HTS")]
    assert title.get_fontfamily()[0].startswith("House ")
    assert (
        Path(matplotlib.font_manager.findfont(title.get_fontproperties())).name == "House-Bold.ttf"
    )
    boxes = list_boxes(chart.figure)
    assert find_overlaps(boxes) == find_outside(boxes, chart.figure) == []
    svg = render_chart(make_record(chart), "svg").decode()
    assert svg.count("@font-face") == 3  # regular, bold, and the upright in the place of italics
    assert "'DejaVu Serif'" in svg
    assert len(svg) < 120 * 1024
    assert b"DejaVuSerif" in render_chart(make_record(chart), "pdf")


def test_words_are_measured_in_the_font_they_are_set_in(corpus, dress):
    put_font(corpus)
    ours = measure_text("Damascus", 9)
    with use_fonts({"regular": corpus / "House.ttf", "bold": corpus / "House-Bold.ttf"}):
        assert measure_text("Damascus", 9) > 1.1 * ours
    assert measure_text("Damascus", 9) == ours


def test_lines_of_any_font_stand_as_far_apart(corpus, dress):
    put_font(corpus)
    highs = []
    for style in ("", FONT):
        [note] = [
            text
            for text in dress(style, "advance_map").figure.findobj(matplotlib.text.Text)
            if text.get_text().startswith("Long-contested")
        ]
        size = note.get_fontsize()
        note.set_text("a\nb\nc")
        two = note.get_window_extent().height
        note.set_text("a\nb")
        highs.append((two - note.get_window_extent().height) * 72 / note.figure.dpi / size)
    assert highs == pytest.approx([1.2, 1.2], abs=0.02)


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *((name, "full") for name in FIGURES),
        *itertools.product(("overview", "displacement_over_time", "corpus"), ("column", "slide")),
    ],
)
def test_letters_of_the_largest_sizes_find_room(dress, name, width):
    sizes = "\n".join(f"{role} = {LARGEST * size:.1f}" for role, size in list_sizes().items())
    sizes = sizes.replace("map = 7.5", "map = 7.4")
    chart = dress(f"[sizes]\n{sizes}", name, width)
    boxes = list_boxes(chart.figure)
    assert find_overlaps(boxes) == find_outside(boxes, chart.figure) == []


def test_a_size_on_paper_is_larger_on_a_slide(dress):
    sizes = {}
    for width in ("full", "slide"):
        chart = dress("[sizes]\ntitle = 15", width=width)
        sizes[width] = max(text.get_fontsize() for text in chart.figure.texts)
    assert sizes["full"] == 15
    assert sizes["slide"] == pytest.approx(15 * 28 / 13.5, abs=0.01)


# --- colours, foot, logo -------------------------------------------------------------------------


def test_a_colour_of_the_house_is_that_of_the_marks(dress):
    chart = dress('[colours]\ncasualties = "#7A0019"')
    edges = {
        matplotlib.colors.to_hex(artist.get_edgecolor())
        for artist in chart.artists
        if isinstance(artist, Rectangle) and artist.get_edgecolor()[3]
    }
    assert "#7a0019" in edges
    assert "#9b1c31" not in edges


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_keeps_a_colour_that_the_house_replaced(dress, name):
    own = {
        "text": "#202040",
        "secondary": "#505070",
        "advance": "#00441B",
        "rule": "#CCCCDD",
        "casualties": "#7A0019",
        "displacement": "#005F86",
        "party": "#888899",
        "party_text": "#606075",
        "period": "#F0F0FA",
    }
    chart = dress("[colours]\n" + "\n".join(f'{role} = "{own[role]}"' for role in own), name)
    svg = render_chart(make_record(chart), "svg").decode().lower()
    assert [role for role in own if COLOUR[role].lower() in svg] == []
    assert own["text"].lower() in svg


def test_the_sentence_on_boundaries_is_the_one_of_the_house(dress):
    chart = dress('boundaries = "No line here is a verdict."', "advance_map")
    assert chart.note.startswith("No line here is a verdict.")
    assert Words()("boundaries") not in chart.note


def test_a_style_may_be_named_by_a_parameter(tmp_path, corpus):
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "style.toml").write_text('foot = "© Example"', "utf-8")
    (corpus / "style.toml").write_text('foot = "© Another"', "utf-8")
    for named in (tmp_path / "house", tmp_path / "house" / "style.toml"):
        study = make_study(corpus=str(corpus), style=str(named))
        assert "© Example" in read_words(draw_figure("corpus", study))
    with pytest.raises(CorpusError, match='style = "none.toml" is no file; name a style.toml'):
        draw_figure("corpus", make_study(corpus=str(corpus), style="none.toml"))


def test_a_style_that_was_changed_is_read_anew(tmp_path):
    file = tmp_path / "style.toml"
    file.write_text('foot = "one"', "utf-8")
    assert load_style(file).foot == "one"
    file.write_text('foot = "another"', "utf-8")
    os.utime(file, ns=(1, 1))
    assert load_style(file).foot == "another"


def test_a_line_of_the_house_stands_in_the_foot(dress):
    assert "© Example Institute" in read_words(dress('foot = "© Example Institute"'))


def make_logo(folder: Path) -> None:
    data = io.BytesIO()
    Image.fromarray(np.full((40, 120, 3), 90, dtype=np.uint8)).save(data, "png")
    (folder / "logo.png").write_bytes(data.getvalue())


@pytest.mark.parametrize("corner", ["left", "right"])
def test_a_logo_stands_in_its_corner(corpus, dress, corner):
    make_logo(corpus)
    chart = dress(f'[logo]\nfile = "logo.png"\ncorner = "{corner}"')
    [box] = [axes.get_position() for axes in chart.figure.axes if axes.images]
    assert (box.x0 < 0.1) == (corner == "left")
    assert box.y1 > 0.95
    assert chart.figure.get_figwidth() * box.width / (
        chart.figure.get_figheight() * box.height
    ) == pytest.approx(3, rel=0.01)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('langage = "de"', 'knows no "langage"; did you mean "language"?'),
        ('language = "tlh"', 'language = "tlh" has no table in strings.toml; en, de do'),
        ("foot = 3", "foot = 3 is no text"),
        (
            'reference = "battles"',
            'reference = "battles" is no row of reference.toml; all; attacker',
        ),
        ('font = "Arial"', "font = 'Arial' is no table; write its keys below it"),
        ('[font]\nregular = "Arial.ttf"', '[font] regular = "Arial.ttf" is no file of this folder'),
        ('[font]\nregular = "claims.csv"', "is no TrueType font; take its .ttf"),
        ('[font]\nbold = "../x.ttf"', "[font] lacks regular"),
        ('[font]\nlight = "x.ttf"', '[font] knows no "light"'),
        ("[sizes]\ntitle = 5", "[sizes] title = 5 is not between 7 and 15.5 points on paper"),
        ("[sizes]\nmap = 12", "[sizes] map = 12 is not between 6.5 and 7.5 points on paper"),
        ('[sizes]\ntitle = "15"', "[sizes] title = '15' is no number"),
        ("[sizes]\nheading = 15", '[sizes] knows no "heading"'),
        ('[format]\nday = "{day}"', "lacks a part; write it with {day}, {month}, each once"),
        ('[format]\nday = "{day} {moon}"', "lacks a part; write it with {day}, {month}"),
        ('[format]\nthousands = "{n}"', "write it without braces"),
        ('[format]\nweek = "x"', '[format] knows no "week"'),
        ('[colours]\nkilled = "#000000"', '[colours] knows no "killed"'),
        ('[colours]\nparty = "mud"', '[colours] party = "mud" is no colour'),
        ('[colours]\ndisplacement = "#7FC8F0"', "displacement has a contrast of 1.8 with white"),
        ('[colours]\nparty = "#8C2A3A"', "party and casualties differ by 1 in lightness"),
        ('[logo]\nfile = "none.png"', '[logo] file = "none.png" is no file of this folder'),
        ('[logo]\nfile = "documents.csv"', "is no PNG"),
        ('[logo]\nfile = "../x.png"', "is no file of this folder"),
        ('[logo]\nfile = "logo.png"\ncorner = "top"', 'corner = "top" is neither left nor right'),
        ("language =", "correct that line"),
    ],
)
def test_what_cannot_be_had_is_said(dress, text, said):
    with pytest.raises(CorpusError, match=re.escape(said)):
        dress(text)


def test_every_fault_is_named_at_once(dress):
    with pytest.raises(CorpusError) as caught:
        dress('[colours]\nparty = "#FFFFFF"\ndisplacement = "#FFFF00"')
    assert str(caught.value).count("style.toml [colours]") == 2
