"""People over time: what becomes a line or a row, and what is left to the table."""

import re
from dataclasses import replace
from functools import cache

import matplotlib.dates as mdates
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from helpers.analysis.statements import STOCKS, Statement, find_totals, merge_statements
from helpers.charts import draw_figure
from helpers.charts.findings import Story
from helpers.charts.look.language import Words
from helpers.charts.look.style import find_light
from helpers.charts.look.theme import COLOUR
from helpers.charts.page import choose, others, scale
from helpers.charts.page.attribution import make_attribution, say_people
from helpers.charts.page.grid import style_quote
from helpers.charts.page.pick import pick
from helpers.charts.page.sums import find_sums
from tests.charts.boxes import list_boxes
from tests.charts.made_up import Wish, write_corpus
from tests.charts.test_charts import find_marks
from tests.conftest import make_study

BOTH = pytest.mark.parametrize("name", ["displacement_over_time", "casualties_over_time"])
WIDTHS = pytest.mark.parametrize("width", ["full", "column", "slide"])
DAY = pd.Timedelta(days=1)


@cache
def draw(name: str, corpus: str = "seeds", width: str = "full"):
    return draw_figure(name, make_study(corpus=corpus, width=width))


CHACO = "tests/samples/chaco"
BEFORE = "Counts that begin before the offensive"


def list_bars(chart) -> dict:
    """mark id → its bar of people."""
    return {
        mark: artist
        for mark, artist in find_marks(chart).items()
        if isinstance(artist, Rectangle) and artist.get_gid() and artist.get_facecolor()[3]
        if artist.axes is not chart.figure.axes[0] and not is_dated(artist)
    }


def is_dated(artist) -> bool:
    return "date" in type(artist.axes.xaxis.get_converter()).__name__.lower()


def read_words(chart) -> list[str]:
    return [box.words for box in list_boxes(chart.figure)]


def say_number(claim) -> float:
    return next(value for value in (claim.best, claim.high, claim.low) if pd.notna(value))


@BOTH
@WIDTHS
@pytest.mark.parametrize("corpus", ["seeds", CHACO])
def test_a_bar_is_as_long_as_its_number_from_0(name, width, corpus):
    chart = draw(name, corpus, width)
    bars = list_bars(chart)
    assert bars or width == "slide"
    for mark, bar in bars.items():
        claim = chart.study.by_claim[mark.partition("--")[0]]
        assert (bar.get_x(), bar.get_width()) == (0, say_number(claim))
        assert bar.axes.get_xlim()[0] == 0
        assert bar.axes.get_xscale() == "linear"


@BOTH
def test_days_are_drawn_from_the_first_to_the_last_that_the_text_allows(name):
    chart = draw(name)
    first, last = (mdates.num2date(end).replace(tzinfo=None) for end in find_strip(chart))
    bars = chart.figure.findobj(lambda artist: (artist.get_gid() or "").startswith("days-"))
    assert bars
    for bar in bars:
        claim = chart.study.by_claim[bar.get_gid().removeprefix("days-").partition("--")[0]]
        ends = max(claim.date_start, first), min(claim.date_end + DAY, last)
        drawn = bar.get_x(), bar.get_x() + bar.get_width()
        assert drawn == tuple(mdates.date2num(end) for end in ends), claim.claim_id


def find_strip(chart) -> tuple:
    [limits] = {axes.get_xlim() for axes in chart.figure.axes if is_dated_axes(axes)}
    return limits


def is_dated_axes(axes) -> bool:
    return "date" in type(axes.xaxis.get_converter()).__name__.lower()


@BOTH
def test_what_a_party_says_is_grey_and_says_so(name):
    chart = draw(name, CHACO)
    study, grey = chart.study, {COLOUR["party"].lower()}
    seen = set()
    for mark, artist in find_marks(chart).items():
        claim = study.by_claim[mark.partition("--")[0]]
        if isinstance(artist, Text):  # named below the rows of its place
            assert ("(party)" in artist.get_text()) == study.is_said_by_party(claim), mark
            continue
        colours = (
            {to_hex(artist.get_facecolor())}
            if isinstance(artist, Rectangle)
            else {artist.get_color().lower()}
        )
        if claim.quantifier in ("exact", "more_than", "at_least"):
            assert (colours == grey) == study.is_said_by_party(claim), mark
            seen.add(study.is_said_by_party(claim))
    assert seen == {True, False}
    assert any("(party)" in words for words in read_words(chart))


def test_a_line_joins_the_totals_of_one_source_in_the_order_of_days():
    chart = draw("displacement_over_time", CHACO)
    panel = chart.figure.axes[1]
    lines = [line for line in panel.lines if len(line.get_xdata()) > 2]
    assert [list(line.get_ydata()) for line in lines] == [
        [3600, 9000, 17500, 27100, 41000, 52300],
        [2100, 8000, 15000],
    ]
    assert lines[1].get_color() == COLOUR["party"]
    assert panel.get_ylim()[0] == 0


def test_a_total_that_its_source_corrected_stands_off_the_line_and_says_so():
    chart = draw("displacement_over_time", CHACO)
    marks = find_marks(chart)
    assert list(marks["030-001"].get_ydata()) == [28_000]
    assert chart.marks.set_index("mark_id").loc["030-001", "claims"] == "030-001;032-002"
    assert "“28,000”, corrected by OCHA" in read_words(chart)
    assert "1 figure was corrected by its source." in chart.note


@WIDTHS
@pytest.mark.parametrize("corpus", ["tests/samples/orvane", CHACO])
def test_a_number_that_its_source_withdrew_stands_back_behind_the_others(width, corpus):
    chart = draw("displacement_over_time", corpus, width)
    texts = [text for axes in chart.figure.axes for text in axes.texts]
    withdrawn = {"tests/samples/orvane": "“26,000”", CHACO: "“28,000”"}[corpus]
    [back] = [text for text in texts if withdrawn in text.get_text()]
    firm = [text for text in texts if re.fullmatch("“[0-9,]+”", text.get_text())]
    assert back.get_weight() == "normal"
    assert all(text.get_weight() == "bold" for text in firm)
    assert back.get_fontsize() < min(text.get_fontsize() for text in firm)
    assert 1.05 / (find_light(to_hex(back.get_color())) + 0.05) >= 3


def test_a_withdrawn_number_beside_a_bar_is_not_bold():
    claim = make_study().by_claim["004-069"]._replace(number="28", best=28.0)
    assert style_quote(Statement((claim,))) == {"weight": "bold"}
    withdrawn = claim._replace(source_original="OCHA")
    assert "weight" not in style_quote(Statement((withdrawn,), denials=(withdrawn,)))


@BOTH
@WIDTHS
def test_every_dot_has_its_number(name, width):
    chart = draw(name, CHACO, width)
    words = " ".join(read_words(chart))
    dots = [artist for artist in find_marks(chart).values() if isinstance(artist, Line2D)]
    quotes = {chart.marks.set_index("mark_id").loc[dot.get_gid()[5:], "words"] for dot in dots}
    assert len(quotes) >= 5
    assert not {quote for quote in quotes if f"“{quote}”" not in words}


def test_the_days_below_a_line_are_those_of_its_dots():
    chart = draw("displacement_over_time", "tests/samples/orvane")
    words = read_words(chart)
    assert {f"by {day} May" for day in (8, 11, 15, 21)} <= set(words)
    assert "by 10 May" not in words


@BOTH
@WIDTHS
def test_a_running_total_never_reads_as_the_number_of_its_day_alone(name, width):
    """Each day below a panel and beside a dot is the day by which people were counted."""
    chart = draw(name, CHACO, width)
    days = [tick.get_text() for tick in chart.figure.axes[1].get_xticklabels()]
    assert days
    assert all(day.startswith("by ") for day in days)


@pytest.mark.parametrize("width", ["full", "slide"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("displacement_over_time", "displaced by 24 Sep · OCHA"),
        ("displacement_over_time", "displaced by 13 Sep · government (party)"),
        ("casualties_over_time", "people killed by 17 Sep · Peace Observatory"),
        ("casualties_over_time", "civilians killed by 17 Sep · Peace Observatory"),
    ],
)
def test_a_line_says_what_its_source_counts_and_by_which_day(name, said, width):
    words = read_words(draw(name, CHACO, width))
    assert any(line.startswith(said) for line in words)


def test_a_week_between_two_days_says_so():
    words = " ".join(" ".join(read_words(draw("overview"))).split())
    assert "“within a week” between 27 Nov and 7 Dec" in words
    column = " ".join(read_words(draw("displacement_over_time", "seeds", "column")))
    assert "between 27 Nov and 7 Dec · UN" in column


def test_a_subtitle_says_what_befell_people():
    assert draw("casualties_over_time").subtitle.startswith(
        "People reported killed, injured, detained or released in Syria"
    )
    assert draw("casualties_over_time", CHACO, "slide").subtitle.startswith(
        "People reported killed in Paraguay"
    )


def test_what_was_added_is_no_dot_among_running_totals():
    chart = draw("displacement_over_time", CHACO)
    added = [claim for claim in chart.study.by_claim.values() if claim.number == "a further 6,300"]
    assert added
    assert not {claim.claim_id for claim in added} & set(find_marks(chart))
    assert "“a further 6,300”" not in read_words(chart)


def test_one_statement_in_several_texts_is_one_mark():
    rows = draw("displacement_over_time", CHACO).marks.set_index("mark_id")
    assert rows.loc["005-002", "claims"] == "005-002;007-002"  # 006 repeats 005 and is drawn once
    assert not {"006-002", "007-002"} & set(rows.index)


def test_a_running_total_shares_no_bars_with_a_single_period():
    chart = draw("displacement_over_time", CHACO, "column")
    claims = [chart.study.by_claim[mark] for mark in list_bars(chart)]
    assert not {"chaco", "amambay_and_concepcion"} & {
        claim.place for claim in claims if claim.measure == "new_displacement"
    }


@BOTH
def test_a_flow_shares_no_bars_with_a_stock(name):
    for corpus in ("seeds", CHACO):
        chart, kinds = draw(name, corpus), {}
        for mark, bar in list_bars(chart).items():
            measure = chart.study.by_claim[mark].measure
            kinds.setdefault(bar.axes, set()).add(measure in ("idps", "in_camps", "refugees"))
        assert all(len(kind) == 1 for kind in kinds.values())


def test_one_number_alone_on_another_scale_has_no_bar():
    chart = draw("casualties_over_time")
    bars, words = list_bars(chart), read_words(chart)
    assert "002-015" in bars
    assert not {"000-006", "001-023"} & bars.keys()
    assert {"“More than 500,000”", "people killed"} <= set(words)


@BOTH
@WIDTHS
@pytest.mark.parametrize("corpus", ["seeds", "tests/samples/orvane", CHACO])
def test_all_bars_of_a_figure_have_one_scale(name, width, corpus):
    chart = draw(name, corpus, width)
    assert len({bar.axes.get_xlim() for bar in list_bars(chart).values()}) <= 1
    scales = [words for words in read_words(chart) if "another scale" in words]
    assert all("no bars: another scale" in words for words in scales)


@pytest.mark.parametrize("width", ["full", "column"])
def test_numbers_that_would_need_another_scale_have_no_bar(width):
    chart = draw("displacement_over_time", "tests/samples/orvane", width)
    words = read_words(chart)
    assert {"“12,000”", "“7,800”"} <= set(words)
    barred = {chart.study.by_claim[mark].measure for mark in list_bars(chart)}
    assert barred
    assert not barred & {"idps", "in_camps", "refugees"}


def test_the_key_names_no_end_that_no_bar_has():
    chart = draw("displacement_over_time")
    rows = [chart.study.by_claim[mark.partition("--")[0]] for mark in find_marks(chart)]
    assert "about" in {row.quantifier for row in rows}
    words = read_words(chart)
    assert "nearly, at most" in words
    assert "about" not in words


@WIDTHS
def test_a_number_of_a_title_stands_in_the_picture(width):
    for name in ("casualties_over_time", "displacement_over_time"):
        chart = draw(name, CHACO, width)
        largest = re.findall("“[^”]*”", chart.title)[0]
        assert largest in read_words(chart)


@WIDTHS
def test_a_toll_of_the_whole_country_on_most_days_leads_the_title(width):
    chart = draw("casualties_over_time", "tests/samples/orvane", width)
    assert chart.title == "“203” killed in Orvane by 18 May, the Orvane Monitor says"


def test_a_title_that_no_text_counts_all_names_the_days_at_every_width(monkeypatch):
    monkeypatch.setattr(Story, "tell_whole", lambda self: [])
    for width in ("full", "column", "slide"):
        chart = draw_figure(
            "casualties_over_time", make_study(corpus="tests/samples/orvane", width=width)
        )
        assert chart.title == "No text counts all the dead of 3–21 May"
        assert chart.subtitle.endswith(", 3–21 May 2037")


def test_few_people_do_not_look_like_many_in_a_block_of_their_own():
    bars = list_bars(draw("casualties_over_time", ORVANE)).values()
    injured, killed = ([bar for bar in bars if bar.get_width() == most][0] for most in (63, 203))
    assert injured.axes is not killed.axes
    assert injured.axes.get_xlim()[1] >= killed.axes.get_xlim()[1]


@pytest.mark.parametrize(
    ("corpus", "head", "claims"),
    [
        ("seeds", BEFORE, {"746": "1–30 Nov 2024", "176": "1–30 Nov 2024"}),
        ("tests/reader/invented", BEFORE, {"120": "1–28 Feb 2031"}),
    ],
)
def test_a_total_mostly_of_other_days_stands_apart_with_its_days_and_no_bar(corpus, head, claims):
    """Readers took November's 746 dead for the toll of an offensive that began on the 27th,
    and then for dead of the days before it alone."""
    chart = draw("casualties_over_time", corpus)
    words = {text.get_text(): text for text in chart.figure.axes[0].texts}
    level = words[head].get_position()[1]
    for number, days in claims.items():
        said = words[f"“{number}”"]
        assert said.get_position()[1] > level  # y counts down
        beside = [
            text.get_text()
            for text in chart.figure.axes[0].texts
            if abs(text.get_position()[1] - said.get_position()[1]) < 0.1
        ]
        assert days in beside
        assert float(number) not in [bar.get_width() for bar in list_bars(chart).values()]
    start = pd.Timestamp(str(chart.study.settings["offensive"]["start"]))
    assert Words().period(start, start)[:6] in chart.subtitle


def test_where_all_totals_are_of_other_days_none_stands_apart():
    study = make_study()
    early = study.all_claims[study.all_claims["number"].isin(["746", "176"])]
    others = study.all_claims["topic"] != "casualties"
    claims = pd.concat([study.all_claims[others], early])
    kept = study.claims[study.claims["claim_id"].isin(claims["claim_id"])]
    chart = draw_figure("casualties_over_time", replace(study, claims=kept, undated=kept[:0]))
    words = [text.get_text() for text in chart.figure.axes[0].texts]
    assert "Killed" in words
    assert not [head for head in words if head.startswith("Counts that")]


def test_words_without_a_number_have_days_and_no_bar():
    chart = draw("casualties_over_time")
    artist = find_marks(chart)["004-036"]
    assert is_dated(artist)
    [words] = [text for text in chart.figure.axes[0].texts if text.get_text() == "“Dozens”"]
    assert words.get_style() == "italic"


def test_what_nobody_has_checked_bears_a_question_mark(corpus):
    table = pd.read_csv(corpus / "claims.csv", dtype=str, keep_default_na=False)
    table.loc[table["claim_id"] == "004-078", "review"] = "proposed"
    table.to_csv(corpus / "claims.csv", index=False)
    chart = draw_figure("casualties_over_time", make_study(corpus=str(corpus)))
    marked = [words for words in read_words(chart) if words.endswith("” ?")]
    assert marked == ["“746” ?"]
    assert chart.note.startswith("1 of 14 figures not checked by a person.")


# --- at 1, 5, 50 and 500 rows --------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = tmp_path_factory.mktemp("made")

    @cache
    def write(claims: int) -> str:
        return str(write_corpus(home / str(claims), Wish(claims, places=24 if claims > 50 else 12)))

    return write


@BOTH
@WIDTHS
@pytest.mark.parametrize("claims", [50, 500])
def test_what_has_no_room_is_counted_and_left_to_the_table(made, name, width, claims):
    study = make_study(corpus=made(claims), width=width)
    chart = draw_figure(name, study)
    most = {"full": 16, "column": 12, "slide": 7}[width]
    assert len(list_bars(chart)) <= most
    topic = name.partition("_")[0]
    mine = study.all_claims[study.all_claims["topic"] == topic]
    left = {claim for group in chart.left_out for claim in group.claims}
    assert set(chart.claim_ids) | left == set(mine["claim_id"])
    statements = len(merge_statements(mine[mine["number"] != ""], study.is_said_by_party))
    told = re.search(r"(\d+) more not shown", chart.alt)
    assert told is None or 0 < int(told[1]) < statements


@BOTH
def test_no_place_of_a_block_hides_the_others(made, name):
    chart = draw_figure(name, make_study(corpus=made(500)))
    assert any(words.startswith("Other places: ") for words in read_words(chart))


ORVANE = "tests/samples/orvane"


@WIDTHS
def test_words_that_only_compare_have_a_row_below_what_they_compare_with(width):
    chart = draw("casualties_over_time", "seeds", width)
    words = " ".join(" ".join(read_words(chart)).split())
    compared = words.index("“a similar number”")
    assert words.index("“at least 22”") < compared
    assert "fighters, besides “at least 22” civilians" in words
    assert not any(group.words == "figures that only compare" for group in chart.left_out)


@WIDTHS
def test_words_that_compare_with_what_has_no_row_are_left_to_caption_and_table(width):
    study = make_study(corpus="seeds", width=width)
    kept = study.claims[study.claims["number"] != "at least 22"]
    chart = draw_figure("casualties_over_time", replace(study, claims=kept))
    assert "a similar number" not in f"{chart.note} {' '.join(read_words(chart))}"
    assert any(group.words == "figures that only compare" for group in chart.left_out)


@pytest.mark.parametrize(
    ("number", "compared"),
    [
        ("a similar number", True),
        ("as many", True),
        ("the same number", True),
        ("a number", False),
        ("many", False),
        ("large numbers", False),
    ],
)
def test_words_mean_nothing_alone_only_where_they_compare(study, number, compared):
    claim = study.by_claim["004-069"]._replace(number=number)
    assert Statement((claim,)).compared is compared


def test_a_figure_of_another_time_has_its_year_in_the_note():
    assert "(Hama, 1982)" in draw("casualties_over_time").note
    assert "(Orvane, 2029)" in draw("displacement_over_time", ORVANE).note


@pytest.mark.parametrize("width", ["full", "column"])
def test_a_bound_of_another_source_stands_beside_the_line(width):
    chart = draw("displacement_over_time", ORVANE, width)
    bounds = [
        mark
        for mark in find_marks(chart)
        if chart.study.by_claim[mark.partition("--")[0]].number == "up to 30,000"
    ]
    assert len(bounds) == 1
    assert {"Also:", "“up to 30,000”"} <= set(read_words(chart))


def test_rows_of_displaced_people_of_one_place_stand_by_day():
    chart = draw("displacement_over_time", ORVANE)
    claims = [chart.study.by_claim[mark.partition("--")[0]] for mark in find_marks(chart)]
    camps = [claim.date_end for claim in claims if claim.measure == "in_camps"]
    assert len(camps) == 3
    assert camps == sorted(camps)


def test_what_lasted_a_week_of_longer_days_says_so_beside_their_bar():
    words = " ".join(" ".join(read_words(draw("displacement_over_time"))).split())
    assert "displaced “within a week”, some time in these days" in words


def test_what_a_place_leaves_out_is_named_where_it_has_room():
    words = read_words(draw("casualties_over_time", ORVANE, "slide"))
    assert "Orvane, 2 more:" in words
    named = "“at least 118” people, 4–12 May, Orvane Monitor;"
    assert any(said.startswith(named) for said in words)
    assert "Orvane: 1 more not shown" in read_words(draw("casualties_over_time", ORVANE, "column"))


def test_what_is_named_below_the_rows_of_its_place_stands_beside_its_number():
    """What has no room on that line stands on the next, from where the numbers begin."""
    boxes = list_boxes(draw("casualties_over_time", CHACO).figure)
    [lead] = [box for box in boxes if box.words == "Pozo Colorado, 2 more:"]
    [first] = [box for box in boxes if box.words.startswith("“14” fighters")]
    [second] = [box for box in boxes if box.words.startswith("“hundreds” fighters")]
    assert abs(lead.lower - first.lower) < 1
    assert 0 < first.left - lead.right < 5
    assert second.upper < first.lower
    assert abs(second.left - lead.left) < 1


def test_what_is_named_below_the_rows_is_a_mark_and_not_counted_as_left_out():
    chart = draw("casualties_over_time", CHACO)
    [claim] = [one for one in chart.study.by_claim.values() if one.number == "14"]
    assert claim.claim_id in chart.claim_ids
    left = [group for group in chart.left_out if "no room" in group.words]
    assert claim.claim_id not in {key for group in left for key in group.claims}


def test_one_more_figure_of_a_place_has_a_row_where_there_is_room(monkeypatch):
    monkeypatch.setattr(choose, "find_height", lambda page, totals, room: room + 20)
    words = read_words(draw_figure("casualties_over_time", make_study(corpus=ORVANE)))
    assert {"“112”", "“Between 30 and 45”", "“about 20”"} <= set(words)
    assert not any(said.startswith("1 more") for said in words)


def test_what_residents_say_stands_beside_what_a_party_says_of_the_same_day():
    chart = draw("casualties_over_time", ORVANE)
    assert "“about 20”" in read_words(chart)
    assert "not shown" not in chart.note  # each other figure is counted or named where it belongs


def test_another_source_on_the_same_days_comes_before_one_on_others():
    study = make_study(corpus=ORVANE)
    told = merge_statements(study.all_claims, study.is_said_by_party)
    killed = [one for one in told if one.first.measure == "killed"]
    hestrow = [one for one in killed if one.first.place == "hestrow"]
    assert [one.first.number for one in pick(hestrow, 2)] == ["112", "about 20"]


@BOTH
@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_each_block_says_in_which_text_nobody_is_named(name, corpus):
    """That a row stands in a text is said in one line beside a paper’s name, else in two."""
    chart = draw(name, corpus)
    words = read_words(chart)
    bare, told = words.count("no source named"), words.count("no source named,")
    assert not bare or told
    if corpus == "seeds":
        assert (bare, told > 3) == (0, True)
        assert "in “Deterrence of Aggression”" in words


@BOTH
@pytest.mark.parametrize("corpus", [CHACO, ORVANE])
@pytest.mark.parametrize("width", ["full", "slide"])
def test_other_places_stand_on_a_line_of_their_own_below_the_days(name, corpus, width):
    boxes = list_boxes(draw(name, corpus, width).figure)
    others = [box for box in boxes if box.words.startswith("Other places")]
    days = [box for box in boxes if re.fullmatch(r"\d+ (Aug|Sep|May)", box.words)]
    for box in others:
        above = [day for day in days if day.lower > box.lower]
        assert above
        assert min(day.lower for day in above) >= box.upper


def test_the_days_of_a_subtitle_hold_all_that_is_drawn():
    """“between 44,000 and 58,000” are of 20–26 Sep, past the last day of the lines."""
    assert "14 Aug to 26 Sep 2034" in draw("displacement_over_time", CHACO).subtitle
    assert "27 Nov to 9 Dec 2024" in draw("displacement_over_time").subtitle


def test_a_dot_whose_number_stands_below_the_axis_has_its_day():
    words = read_words(draw("displacement_over_time", CHACO))
    assert "by 25 Aug" not in words  # no room below the panel
    assert "“8,000” by 25 Aug" in words


def test_no_label_of_a_dot_stands_beside_a_number_of_the_axis():
    boxes = list_boxes(draw("displacement_over_time", ORVANE).figure)
    [label] = [box for box in boxes if box.words == "“Some 4,200”"]
    [axis] = [box for box in boxes if box.words == "10,000"]
    assert label.upper < axis.lower or label.left - axis.right > 10


def test_who_says_what_has_no_row_is_not_taken_for_whom_it_counts():
    """“between 30 and 45” people, 9 May, Orvane Monitor: it says so."""
    words = read_words(draw("casualties_over_time", ORVANE, "slide"))
    assert "“between 30 and 45” people, 9 May, says Orvane Monitor" in words


def test_a_block_without_bars_says_that_it_would_need_another_scale():
    boxes = list_boxes(draw("displacement_over_time", ORVANE).figure)
    said = [box for box in boxes if box.words == "(no bars: another scale)"]
    [head] = [box for box in boxes if box.words == "Living in displacement"]
    assert len(said) == 1
    assert abs(said[0].lower - head.lower) < 1


def test_a_block_of_several_measures_says_that_they_are_not_comparable():
    words = read_words(draw("casualties_over_time", ORVANE))
    assert "(no bars: not comparable)" in words


# --- titles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corpus", "documents", "name", "title"),
    [
        ("seeds", [], "casualties_over_time", "No text counts all the dead of the offensive"),
        (
            "seeds",
            [],
            "displacement_over_time",
            "Syria: “nearly 400,000” displaced, the UN says",
        ),
        (
            "seeds",
            ["000"],
            "casualties_over_time",
            "Syria: “More than 500,000” killed, one text says, Mar 2011 to Dec 2024",
        ),
        (
            "seeds",
            ["002"],
            "displacement_over_time",
            "None of the selected texts puts a number on the displaced",
        ),
        (
            CHACO,
            [],
            "displacement_over_time",
            "“52,300” displaced from the Chaco by 24 Sep, OCHA says, "
            "up from “3,600” five weeks earlier",
        ),
        (
            CHACO,
            [],
            "casualties_over_time",
            "“513” killed in Paraguay by 30 Sep, the Peace Observatory says",
        ),
    ],
)
def test_a_title_says_the_finding_with_its_source(corpus, documents, name, title):
    assert draw_figure(name, make_study(corpus=corpus, documents=documents)).title == title


def tell_line(change) -> list[str]:
    """Titles of the longest line of the displaced of a sample, changed."""
    study = make_study(corpus=CHACO)
    claims = study.all_claims[study.all_claims["measure"] == "new_displacement"]
    [totals, *_] = find_totals(merge_statements(claims, study.is_said_by_party))
    told = totals._replace(lines=[change(totals.lines[0])])
    return Story(study, Words(), "displaced", [], [told], []).tell_running()


def test_a_running_total_that_its_source_withdrew_leads_no_title():
    def withdraw(line):
        return [*line[:-1], replace(line[-1], denials=line[-1].claims)]

    [title, _] = tell_line(withdraw)
    assert title.startswith("“41,000” displaced from the Chaco by 16 Sep, OCHA says, up from")


def test_a_running_total_that_fell_says_so():
    [title, _] = tell_line(lambda line: [line[-1], *line[1:-1], line[0]])
    assert title.startswith("“3,600” displaced")
    assert "down from “52,300”" in title


def test_two_sources_on_the_same_people_and_days_are_the_finding():
    study = make_study(corpus="tests/samples/orvane", documents=["013"])
    chart = draw_figure("displacement_over_time", study)
    assert chart.title == (
        "The Northern Districts: the UN speaks of “up to 30,000” displaced, "
        "the Relief Council speaks of “26,000”"
    )


def test_dots_and_lines_are_no_rows():
    chart = draw("displacement_over_time", CHACO)
    dots = [artist for artist in find_marks(chart).values() if isinstance(artist, Line2D)]
    assert len(dots) == 13  # without “Fewer than 500”, a bound, and “a further 6,300”
    assert all(len(dot.get_xdata()) == 1 for dot in dots)


@BOTH
def test_rows_stand_by_their_numbers_and_words_come_last(name):
    """Within a place; the places themselves by their largest number."""
    chart, blocks = draw(name), {}
    for mark, artist in find_marks(chart).items():
        claim = chart.study.by_claim[mark]
        value = -1.0 if claim.quantifier == "vague" else say_number(claim)
        early = claim.date_start < chart.study.period[0] - 7 * DAY  # a block of its own
        kind = claim.measure, early, claim.date_end - claim.date_start > 365 * DAY
        blocks.setdefault(kind, []).append((-artist.get_window_extent().y0, value, claim.place))
    for rows in blocks.values():
        by_place: dict[str, list] = {}
        for _, value, place in sorted(rows):
            by_place.setdefault(place, []).append(value)
        for values in by_place.values():
            assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("claims", [1, 5])
def test_few_rows_are_all_drawn(made, claims):
    study = make_study(corpus=made(claims))
    people = study.claims[study.claims["number"] != ""]
    drawn = set()
    for name in ("displacement_over_time", "casualties_over_time"):
        drawn |= set(draw_figure(name, study).claim_ids)
    assert drawn == set(people["claim_id"])


@WIDTHS
def test_a_partys_figure_does_not_stand_alone_where_another_source_has_one(width):
    for name in ("seeds", "tests/samples/orvane", CHACO):
        chart = draw("casualties_over_time", name, width)
        rows = [chart.study.by_claim[mark] for mark in list_bars(chart)]
        dead = [row for row in rows if row.measure == "killed"]
        if not dead:  # lines alone
            continue
        largest = max(dead, key=say_number)
        voices = {
            chart.study.is_said_by_party(row)
            for row in rows
            if (row.measure, row.place) == ("killed", largest.place)
        }
        assert voices == {True, False}, (name, width)


def test_the_largest_figure_at_a_day_has_a_row():
    chart = draw("displacement_over_time", CHACO)
    rows = [chart.study.by_claim[mark.partition("--")[0]] for mark in find_marks(chart)]
    drawn = [row.number for row in rows if row.measure in STOCKS]
    assert "between 44,000 and 58,000" in drawn


@BOTH
@WIDTHS
def test_a_line_is_named_once_at_its_end(name, width):
    chart = draw(name, CHACO, width)
    said = "Peace Observatory" if name == "casualties_over_time" else "OCHA"
    dots = [row for row in chart.marks.itertuples() if is_dot(chart, row.mark_id)]
    line = [row for row in dots if said in chart.study.by_claim[row.mark_id].source_original]
    named = [words for words in read_words(chart) if re.search(rf"by \d+ \w{{3}} · {said}", words)]
    assert len(line) >= 5
    assert 1 <= len(named) <= 3


@WIDTHS
def test_a_line_of_few_dots_says_the_number_of_each(width):
    words = " ".join(read_words(draw("displacement_over_time", ORVANE, width)))
    for number in ("“Some 4,200”", "“11,500”", "“24,800”", "“31,400”"):
        assert number in words


def is_dot(chart, mark: str) -> bool:
    return isinstance(find_marks(chart)[mark], Line2D)


def test_whom_a_figure_counts_is_whole_in_a_column():
    words = read_words(draw("casualties_over_time", CHACO, "column"))
    assert "fighters for the Chaco Column and the Amambay Front" in words


@pytest.mark.parametrize("name", ["displacement_over_time", "casualties_over_time"])
def test_bars_of_days_are_explained_in_the_key_and_named_in_the_head(name):
    said = read_words(draw(name))
    assert {Words()("days_described"), Words()("one_day"), Words()("some_days")} <= set(said)
    assert not {Words()("one_day"), Words()("some_days")} & set(
        read_words(draw(name, width="column"))
    )


@BOTH
def test_panels_of_running_totals_have_one_scale(name):
    chart = draw(name, CHACO)
    dots = [dot for dot in find_marks(chart).values() if isinstance(dot, Line2D)]
    panels = {id(dot.axes): dot.axes for dot in dots}.values()
    scales = [panel.get_position().height / panel.get_ylim()[1] for panel in panels]
    assert len(scales) == 2
    assert scales[0] == pytest.approx(scales[1], rel=1e-4)
    steps = [panel.get_yticks()[1] - panel.get_yticks()[0] for panel in panels]
    assert steps[0] == steps[1]
    assert "(another scale)" not in " ".join(read_words(chart))


def test_a_panel_too_low_for_the_scale_of_a_higher_one_says_that_it_has_another(monkeypatch):
    monkeypatch.setattr(scale, "LEAST_MM", 30.0)
    chart = draw_figure("casualties_over_time", make_study(corpus=CHACO))
    heads = [words for words in read_words(chart) if "running totals" in words]
    assert [head.endswith(" (another scale)") for head in heads] == [False, True]
    panels = {dot.axes for dot in find_marks(chart).values() if isinstance(dot, Line2D)}
    assert len({round(panel.get_position().height, 4) for panel in panels}) == 1


@BOTH
def test_panels_of_running_totals_share_their_days(name):
    chart = draw(name, CHACO)
    panels = {row.axes for row in find_marks(chart).values() if isinstance(row, Line2D)}
    assert len(panels) == 2
    assert len({panel.get_xlim() for panel in panels}) == 1


@WIDTHS
@pytest.mark.parametrize("name", ["displacement_over_time", "casualties_over_time"])
@pytest.mark.parametrize("corpus", ["tests/samples/orvane", CHACO])
def test_the_totals_of_a_title_stand_beside_their_dots(name, width, corpus):
    chart = draw(name, corpus, width)
    quotes = re.findall("“[^”]*”", chart.title) if "on, “" in chart.title else []
    said = [text.get_text() for text in chart.figure.axes[0].texts]
    assert [quote for quote in quotes if quote not in said] == []


def test_what_a_source_corrected_says_so_on_a_slide():
    chart = draw("displacement_over_time", CHACO, "slide")
    assert "“28,000”, corrected by OCHA" in read_words(chart)


@BOTH
def test_heads_of_a_column_stand_over_its_numbers(name):
    chart = draw(name, width="column")
    boxes = list_boxes(chart.figure)
    heads = [box for box in boxes if "worded" in box.words]
    numbers = [box for box in boxes if box.text.get_weight() == "bold" and "“" in box.words]
    assert heads
    assert max(head.left for head in heads) < chart.width_mm / 2
    assert max(number.left for number in numbers) < chart.width_mm / 2


@BOTH
@pytest.mark.parametrize("width", ["full", "slide"])
@pytest.mark.parametrize("corpus", ["seeds", ORVANE])
def test_the_line_of_a_day_stands_at_its_noon(name, width, corpus):
    chart = draw(name, corpus, width)
    strips = [axes for axes in chart.figure.axes if find_days(axes)]
    assert strips or width == "slide"
    for strip in strips:
        noons = [mdates.num2date(tick).replace(tzinfo=None) for tick in strip.get_xticks()]
        labels = [label.get_text() for label in strip.get_xticklabels()]
        assert labels == [Words()("day", day=noon.day, month=f"{noon:%b}") for noon in noons]
        assert {noon.hour for noon in noons} == {12}


@BOTH
@pytest.mark.parametrize("width", ["full", "slide"])
@pytest.mark.parametrize("corpus", ["seeds", ORVANE, CHACO])
def test_the_strip_names_its_first_and_last_day_and_holds_the_days_of_its_rows(name, width, corpus):
    chart = draw(name, corpus, width)
    strips = [axes for axes in chart.figure.axes if find_days(axes)]
    bars = [bar for strip in strips for bar in find_days(strip)]
    for strip in strips:
        first, *_, last = strip.get_xticks()
        assert strip.get_xlim() == (first - 0.5, last + 0.5)
        assert first - 0.5 == min(bar.get_x() for bar in bars)
        assert last + 0.5 == max(bar.get_x() + bar.get_width() for bar in bars)
    assert strips or width == "slide"


def find_days(axes) -> list[Rectangle]:
    """The bars of days of an axes, none of running totals."""
    if not is_dated_axes(axes) or axes.get_ylim()[0] < axes.get_ylim()[1]:
        return []
    return [patch for patch in axes.patches if patch.get_gid() and patch.get_height()]


@BOTH
@pytest.mark.parametrize("width", ["full", "slide"])
@pytest.mark.parametrize("corpus", ["seeds", ORVANE, CHACO])
def test_bars_of_days_are_in_ink_and_never_of_the_grey_of_a_party(name, width, corpus):
    chart = draw(name, corpus, width)
    bars = [bar for axes in chart.figure.axes for bar in find_days(axes)]
    for bar in bars:
        assert to_hex(bar.get_edgecolor()) == COLOUR["text"].lower()
        red, green, blue, _ = bar.get_facecolor()
        assert red == green == blue
        assert not 0.3 < red < 0.75  # the grey of a party is 0.55
    assert bars or width == "slide"


@WIDTHS
@pytest.mark.parametrize("corpus", [CHACO, ORVANE])
def test_a_title_with_a_toll_of_the_country_names_the_country(width, corpus):
    place = {CHACO: "in Paraguay by", ORVANE: "in Orvane by"}[corpus]
    if (width, corpus) == ("slide", CHACO):
        place = "in the Chaco by"  # of which it shows the count, and of the country none
    title = draw("casualties_over_time", corpus, width).title
    assert f"killed {place}" in " ".join(title.split())


def test_people_whom_a_text_does_not_divide_are_no_fighters():
    words = read_words(draw("casualties_over_time"))
    assert "people killed" in words
    assert not any("civilians and fighters" in said for said in words)


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        ("746 people, including 176 civilians", "people"),
        ("31 dead, soldiers and civilians", "civilians and fighters"),
        ("31 fighters and villagers", "civilians and fighters"),
    ],
)
def test_civilians_and_fighters_are_said_where_the_text_names_both(exact, said):
    study = make_study()
    claim = study.by_claim["004-078"]._replace(exact=exact)
    assert say_people(study, Words(), Statement((claim,)), dated=False) == f"{said} killed"


def count_to(study, claim_id: str, day: str):
    """The study as if a figure counted to another day."""
    claims = study.claims.copy()
    claims.loc[claims["claim_id"] == claim_id, "date_end"] = pd.Timestamp(day)
    return replace(study, claims=claims)


@pytest.mark.parametrize("width", ["full", "column"])
def test_a_figure_that_is_the_sum_of_others_says_so(width):
    study = make_study(corpus=CHACO, width=width)
    chart = draw_figure("casualties_over_time", count_to(study, SUMMED[0], "2034-09-17"))
    words = " ".join(" ".join(read_words(chart)).split())
    assert "the sum of “342” and “171”" in words


def test_what_was_counted_to_an_earlier_day_is_no_part_of_a_sum():
    """The 513 of 30 September are not the 342 and 171 of the 17th."""
    chart = draw("casualties_over_time", CHACO)
    assert "the sum of" not in " ".join(read_words(chart))


def test_a_sum_is_of_one_source_and_of_smaller_places_within_its_days():
    study = count_to(make_study(corpus=CHACO), SUMMED[0], "2034-09-17")
    told = merge_statements(study.all_claims, study.is_said_by_party)
    whole, *parts = ([one for one in told if one.first.claim_id == key][0] for key in SUMMED)
    assert [one.first.claim_id for one in find_sums([whole, *parts])["060-001"]] == SUMMED[1:]

    def change(**values):
        return Statement((parts[0].first._replace(**values),))

    for other in (
        change(source_original="Red Cross"),
        change(place_prec="6"),
        change(date_end=whole.first.date_end + DAY),
        change(date_end=whole.first.date_end - DAY),
        change(quantifier="about"),
        change(best=341.0),
        change(part_of="060-001"),
        change(measure="injured"),
    ):
        assert not find_sums([whole, other, parts[1]])


SUMMED = ["060-001", "054-001", "054-003"]


def test_the_newest_of_each_named_source_has_a_row_before_older_and_larger_ones():
    study = make_study(corpus=ORVANE)
    told = merge_statements(study.all_claims, study.is_said_by_party)
    whole = [one for one in told if one.first.place == "orvane" and one.first.measure == "killed"]
    assert [one.number for one in pick(whole, 2)] == [203, 97]
    first = max(whole, key=lambda one: one.number)
    later = Statement((first.first._replace(best=60.0, source_original="Red Lantern"),))
    assert [one.number for one in pick([*whole, later], 3)] == [203, 97, 60]


def test_the_place_with_the_largest_figure_has_more_rows_than_others():
    words = read_words(draw("casualties_over_time", ORVANE))
    assert {"“203”", "“At least 118”", "“97”", "“51”"} <= set(words)


@pytest.mark.parametrize("width", ["full", "column"])
def test_blocks_of_one_number_share_one_and_each_row_says_what_befell(width):
    words = read_words(draw("casualties_over_time", width=width))
    assert "Killed or injured, detained, released" in words
    assert not {"Detained", "Released", "Killed or injured"} & set(words)
    said = {words.removeprefix("of ") for words in words}  # right behind "a number", in a column
    assert {"“prisoners” released", "“terrorists” detained", "people released"} <= said


def test_a_block_of_two_numbers_keeps_its_head_and_its_bars():
    chart = draw("casualties_over_time", ORVANE)
    words = read_words(chart)
    assert {"Injured", "Detained, released"} <= set(words)
    lengths = {bar.get_width() for bar in list_bars(chart).values()}
    assert {63, 17} <= lengths
    assert not {214, 36} & lengths


def test_other_places_of_a_number_and_words_do_not_say_the_number_of_each(monkeypatch):
    monkeypatch.setattr(others, "NAMED", 0)
    words = read_words(draw_figure("displacement_over_time", make_study(corpus=CHACO)))
    assert "Other places: 2 figures, some in words" in words
    assert not any("people each" in said for said in words)


def test_texts_that_print_one_agency_story_count_once_beside_a_figure():
    words = " ".join(read_words(draw("displacement_over_time", CHACO)))
    study = make_study(corpus=CHACO)
    [one] = [
        one
        for one in merge_statements(study.all_claims, study.is_said_by_party)
        if {"005", "007"} <= set(one.documents) and one.first.measure == "new_displacement"
    ]
    said = make_attribution(study)(one).source
    assert said == "OCHA, in River Plate Wire"
    assert "in 2 texts" not in words


def test_the_whole_of_a_part_is_named_small_within_its_sentence():
    assert "civilians, part of “at least 118”" in read_words(draw("casualties_over_time", ORVANE))


def test_the_key_has_the_grey_of_a_party_where_it_is_drawn_or_written():
    assert Words()("party") in read_words(draw("casualties_over_time"))
    assert Words()("party") in read_words(draw("displacement_over_time"))  # a number without a bar
    assert Words()("party") not in read_words(draw("displacement_over_time", ORVANE))


def test_the_ends_of_a_line_on_other_places_are_worded_as_their_texts_word_them():
    words = read_words(draw("casualties_over_time", ORVANE, "slide"))
    assert "Other places: 7 figures, from 3 to “more than 40” killed" in words


def test_one_dead_is_not_several_and_a_general_is_no_troop():
    study = make_study()
    told = merge_statements(study.all_claims, study.is_said_by_party)
    said = {
        one.first.number: say_people(study, Words(), one, named=one.first.measure != "killed")
        for one in told
        if one.first.number in ("at least one", "an")
    }
    assert said == {
        "at least one": "fighter for Russia",
        "an": "killed or injured",  # “an Iranian Brigadier General”
    }


@WIDTHS
def test_a_text_is_named_where_no_source_is_and_only_there(width):
    chart = draw("casualties_over_time", CHACO, width)
    paper = {text.publisher for text in chart.study.documents.itertuples()}
    rows = [words for words in read_words(chart) if words != chart.note]
    named = [
        words
        for words in rows
        if any(f", in {name}" in words for name in paper) and "no source named" not in words
    ]
    assert named == []
    if width == "full":
        assert "no source named, in Asunción Star" in rows


def test_grey_letters_have_a_key_where_no_bar_is_grey():
    boxes = list_boxes(draw("displacement_over_time", width="column").figure)
    [sign] = [box for box in boxes if box.words == "“…”"]
    [said] = [box for box in boxes if box.words == "said by a party to the war"]
    assert sign.text.get_color() == COLOUR["party_text"]
    assert abs(sign.lower - said.lower) < 2
    assert sign.right < said.left
    words = read_words(draw("casualties_over_time"))
    assert "said by a party to the war" in words
    assert "“…”" not in words


def test_what_its_source_took_back_is_drawn_over_the_dot_that_corrects_it():
    chart = draw("displacement_over_time", CHACO)
    dots = {
        chart.study.by_claim[mark.partition("--")[0]].number: artist
        for mark, artist in find_marks(chart).items()
    }
    assert dots["28,000"].get_marker() == "x"
    assert dots["28,000"].get_zorder() > dots["27,100"].get_zorder()
    assert dots["28,000"].get_path_effects()


@WIDTHS
def test_a_figure_of_the_days_of_a_line_is_named_beside_it(width):
    words = " ".join(read_words(draw("displacement_over_time", ORVANE, width)))
    assert "Also: “up to 30,000” displaced" in words


def test_of_one_place_no_subtitle_says_by_place():
    several = draw("casualties_over_time", CHACO).subtitle
    one = draw("casualties_over_time", CHACO, "slide").subtitle
    assert ("by place" in several, "by place" in one) == (True, False)


def test_whom_a_quoted_word_counts_is_joined_to_it_as_in_the_text():
    words = read_words(draw("casualties_over_time", width="column"))
    beside = {one: other for one, other in zip(words, words[1:]) if one.startswith("“")}
    assert beside["“Droves”"] == "of people released"
    assert beside["“multiple”"] == "fighters for the government"
    assert beside["“746”"] == "people killed"


def test_a_note_names_the_kinds_of_which_no_figure_is_shown():
    told = "51 more figures are not shown here, some of people injured, detained or released."
    assert told in draw("casualties_over_time", CHACO, "slide").note
    told = "In all, 21 more figures are not shown, some of people returned."
    assert told in draw("displacement_over_time", CHACO, "column").note


@pytest.mark.parametrize("width", ["full", "column"])
def test_few_figures_of_other_places_are_named_and_are_marks(width):
    """Each with its place, days and source, in the order of their numbers."""
    chart = draw("casualties_over_time", ORVANE, width)
    words = read_words(chart)
    assert "Sarnmouth: “dozens” people, 10 May, no source named" in words
    [claim] = [
        claim
        for claim in chart.study.by_claim.values()
        if (claim.number.lower(), claim.place) == ("dozens", "sarnmouth")
    ]
    assert claim.claim_id in chart.claim_ids
    if width == "full":
        first = words.index("Velhaven: “four” civilians, 17 May, Velhaven clinic;")
        assert words[first + 1] == "Camp at Kirrowan: “three” civilians, 3–9 May, a nurse"
