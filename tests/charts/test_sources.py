"""Sources, disagreements, the corpus and the parts of totals: what their marks stand for."""

import re
from dataclasses import replace

import matplotlib.dates as mdates
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from helpers.analysis.attribution import find_kind
from helpers.analysis.disagreements import list_disagreements
from helpers.analysis.findings import list_findings
from helpers.analysis.questions import BY_RULE
from helpers.charts import draw_figure
from helpers.charts.lists import disagreements, sources
from helpers.charts.lists.answers import find_role, say_answer
from helpers.charts.lists.corpus import MOST_TEXTS, draw_corpus
from helpers.charts.lists.disagreements import draw_disagreements
from helpers.charts.lists.named import list_rows
from helpers.charts.lists.parts import draw_parts_of_a_total
from helpers.charts.lists.questions import (
    MOST_QUESTIONS,
    MOST_READINGS,
    choose_readings,
    rank_questions,
    settle_causes,
    word_difference,
    word_sides,
)
from helpers.charts.lists.sources import draw_sources, find_shade
from helpers.charts.lists.texts import MOST_DAYS, list_counted, list_texts
from helpers.charts.lists.wholes import list_totals
from helpers.charts.look.footer import compose_sources
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.layout import find_room, start_plot
from helpers.charts.look.signs import PALE
from helpers.charts.look.theme import COLOUR, find_look, mix_pale
from helpers.corpus.places import split_values
from helpers.publish.description import write_caption
from tests.analysis.made import make_claims
from tests.charts.made_up import WISHES, write_corpus
from tests.conftest import make_study

CHACO, ORVANE = "tests/samples/chaco", "tests/samples/orvane"


@pytest.fixture(scope="module")
def chaco():
    return make_study(corpus=CHACO)


@pytest.fixture(scope="module")
def hundreds(tmp_path_factory):
    """A corpus of 500 made-up rows."""
    folder = write_corpus(tmp_path_factory.mktemp("made") / "hundreds", WISHES["five hundred"])
    return make_study(corpus=str(folder))


def find_artist(chart, mark: str):
    return next(artist for artist in chart.artists if artist.get_gid() == f"mark-{mark}")


def list_words(chart) -> list[str]:
    return [text.get_text() for axes in chart.drawn.axes for text in axes.texts]


# --- sources -------------------------------------------------------------------------------------


def test_each_finding_is_one_square(study, charts):
    findings = list_findings(study.all_claims, study.places)
    marks = charts["sources"].marks
    assert sorted(marks["claims"]) == sorted(findings["claims"].map(";".join))


def test_a_square_is_black_where_more_than_one_text_tells_it(study, charts):
    import matplotlib.colors

    black = [
        row.mark_id
        for row in charts["sources"].marks.itertuples()
        if matplotlib.colors.to_hex(find_artist(charts["sources"], row.mark_id).get_facecolor())
        == find_shade(find_look(study), "several").lower()
    ]
    marks = charts["sources"].marks.set_index("mark_id")
    told = {
        mark: {study.by_claim[claim].doc_id for claim in split_values(marks.loc[mark, "claims"])}
        for mark in marks.index
    }
    assert sorted(black) == sorted(mark for mark, texts in told.items() if len(texts) > 1)


def test_texts_that_print_one_agency_story_are_one_text(chaco):
    marks = draw_sources(chaco).marks
    row = marks[marks["claims"] == "005-001;007-001"].iloc[0]  # one wire; 006 repeats 005
    assert row["texts"] == 1


@pytest.mark.parametrize(
    ("corpus", "other"),
    [
        ("seeds", "“12 million” forced to flee, Syria"),
        ("tests/samples/chaco", "“close to 100,000” killed, the Chaco"),
        ("tests/samples/chaco", "“2.1 million” living there"),
        ("tests/samples/orvane", "“almost 90,000” displaced, Orvane"),
    ],
)
def test_an_example_of_other_times_has_its_years(corpus, other):
    study = make_study(corpus=corpus)
    for width in ("full", "column", "slide"):
        chart = draw_sources(replace(study, parameters=study.parameters | {"width": width}))
        said = " ".join(" ".join(list_words(chart)).split())
        assert re.search(rf"{re.escape(other)}(?!, \d{{4}})", said) is None


def test_publishers_without_room_on_a_slide_share_a_row(chaco):
    chart = draw_corpus(replace(chaco, parameters=chaco.parameters | {"width": "slide"}))
    dots = chart.marks[chart.marks["kind"] == "document"]
    assert len(dots) == 55  # as many as the title counts
    counted = chart.marks[chart.marks["number"].notna()]
    whole = draw_corpus(chaco).marks
    assert counted["number"].sum() == whole["number"].sum()
    words = list_words(chart)
    assert {"Two others and one unknown", "9 texts"} <= set(words)
    assert "others last" in chart.subtitle  # though one of them has the first text
    assert sum(said.endswith((" texts", " text")) for said in words) == MOST_TEXTS["slide"]


def test_a_party_has_a_row_of_its_own_and_is_called_one(charts):
    assert {"HTS (party)", "Syrian state media (party)"} <= set(charts["sources"].marks["row"])


def test_a_source_that_is_no_party_is_not_called_one(charts):
    assert "UN" in set(charts["sources"].marks["row"])


def test_corpus_toml_says_what_kind_a_source_is(corpus):
    settings = corpus / "corpus.toml"
    kinds = 'kinds = [{ name = "Calibre Obscura", kind = "monitor" }]\n'
    settings.write_text(kinds + settings.read_text("utf-8"), "utf-8")
    rows = set(draw_sources(make_study(corpus=str(corpus))).marks["row"])
    assert "Monitors, hospitals, doctors" in rows
    assert "Calibre Obscura" not in rows


def test_many_findings_are_bars_that_hold_them_all(hundreds):
    chart = draw_sources(hundreds)
    findings = list_findings(hundreds.all_claims, hundreds.places)
    assert chart.marks["findings"].sum() == len(findings)
    assert len(chart.marks) < 30


def test_a_corpus_without_a_finding_says_so():
    chart = draw_sources(make_study(corpus="tests/samples/quiet"))
    assert chart.absence.endswith("no figure and no capture lies within the selection.")


# --- disagreements -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_at_most_six_questions_of_three_answers_are_drawn(width):
    marks = draw_disagreements(make_study(width=width)).marks
    assert 0 < marks["question"].nunique() <= MOST_QUESTIONS
    assert marks["question"].value_counts().max() <= MOST_READINGS


def test_neither_spelling_nor_rank_is_drawn(charts):
    asked = set(charts["disagreements"].marks["question"])
    assert not asked & {
        "How is the leader of HTS spelled?",
        "Is Aleppo Syria’s second or its largest city?",
    }


def test_what_somebody_denies_comes_first(charts):
    assert charts["disagreements"].marks["question"].iloc[0] == "Had Homs fallen?"


def test_without_the_table_what_a_rule_finds_is_drawn_and_marked(chaco):
    chart = draw_disagreements(chaco)
    said = "The program found these questions by comparing figures and events."
    assert said in write_caption(chart)  # and in the .json
    assert "program" not in " ".join(text.get_text() for text in chart.drawn.findobj(Text))
    assert all(chart.marks["claims"] != "")


def test_beside_questions_of_people_each_that_a_rule_finds_says_so(study):
    chart = draw_disagreements(study)
    assert "The program found" not in write_caption(chart)
    rows = list_disagreements(study).drop_duplicates("question_id").set_index("question")
    shown = rows.loc[chart.marks["question"].unique()]
    said = sum("(found by comparison)" in " ".join(words.split()) for words in list_words(chart))
    assert said == (shown["found"] == BY_RULE).sum()


@pytest.mark.parametrize(
    ("corpus", "times", "more"), [("seeds", "four", "26 more"), (CHACO, "seven", "four more")]
)
def test_the_title_counts_disputed_questions_apart_from_those_that_only_differ(corpus, times, more):
    chart = draw_disagreements(make_study(corpus=corpus))
    disputed = list_disagreements(chart.study).drop_duplicates("question_id")["disputed"]
    spell = find_words(chart.study).spell
    assert (times, more) == (spell(disputed.sum()), f"{spell((~disputed).sum())} more")
    assert chart.title == (
        f"Parties to the war are contradicted on {times} questions; on {more}, accounts vary"
    )


@pytest.mark.parametrize(
    ("corpus", "width", "said"),
    [
        ("seeds", "full", "Shown: these four, and two of the other 26."),
        ("seeds", "column", "Shown: these four, and one of the other 26"),
        (CHACO, "full", "Shown: six of these seven."),
        (CHACO, "slide", "Shown: three of these seven"),
    ],
)
def test_the_questions_that_the_title_counts_come_first_and_are_counted(corpus, width, said):
    chart = draw_disagreements(make_study(corpus=corpus, width=width))
    rows = list_disagreements(chart.study).drop_duplicates("question_id").set_index("question")
    disputed = list(rows.loc[chart.marks["question"].unique(), "disputed"])
    mine = sum(disputed)
    assert disputed[:mine] == [True] * mine
    if mine < rows["disputed"].sum():
        assert len(disputed) == mine  # no other one while these have no room
    assert f" {find_words(chart.study).spell(mine)}" in said
    assert said in chart.subtitle


@pytest.mark.parametrize("width", ["full", "column"])
def test_a_head_sets_apart_the_questions_that_the_title_does_not_count(width):
    chart = draw_disagreements(make_study(corpus=ORVANE, width=width))
    texts = {text.get_text(): text.get_position()[1] for text in chart.drawn.axes[0].texts}
    rows = list_disagreements(chart.study).drop_duplicates("question_id")
    below = texts["Other questions on which accounts vary"]
    marks = zip(chart.marks["question"], chart.artists, strict=True)
    heights = {question: artist.get_position()[1] for question, artist in marks}
    counted = dict(zip(rows["question"], rows["disputed"], strict=True))
    assert set(map(counted.get, heights)) == {True, False}
    assert all((high < below) == counted[question] for question, high in heights.items())


def test_no_other_question_is_shown_where_one_that_the_title_counts_has_no_room(study):
    chart, readings = start_plot(study, "disagreements")[0], list_disagreements(study)
    first, second = rank_questions(study, readings)[:2]
    other = readings[~readings["disputed"]].groupby("question_id").head(1).iloc[:1]
    high = [
        disagreements._measure(chart, disagreements._lay_question(study, rows, False))
        for rows in (first[1], second[1], other)
    ]
    room = high[0] + high[2] + disagreements._measure_others(chart) + 0.1
    assert room < high[0] + high[1]
    ranked = [first, second, ("casualties", other)]
    drawn = disagreements._choose_questions(chart, ranked, room, False)
    assert [question.key for question in drawn] == [first[1]["question_id"].iloc[0]]
    assert len(disagreements._choose_questions(chart, [first, ranked[2]], room, False)) == 2


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_without_other_questions_there_is_no_head_of_them(width):
    chart = draw_disagreements(make_study(corpus=CHACO, width=width))
    assert not any("Other questions" in said for said in list_words(chart))


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_a_contradiction_of_a_party_shows_what_the_party_says(corpus, width):
    """What Turkey did was counted as one, and no party to the war answers it."""
    chart = draw_disagreements(make_study(corpus=corpus, width=width))
    study, drawn = chart.study, set(chart.marks["mark_id"])
    readings = settle_causes(list_disagreements(study))
    shown = readings[readings["mark"].isin(drawn) & (readings["explanation"] == "parties")]
    assert "What did Turkey do about the offensive?" not in set(shown["question"])
    for _, rows in shown.groupby("question_id"):
        speakers = [set(names) for names in rows["sources"]]
        assert any(names & set(study.parties) for names in speakers)
        assert len(set.union(*speakers)) > 1


def test_who_contradicts_is_shown_beside_a_party_that_answers_thrice(study):
    readings = list_disagreements(study)
    rows = readings[readings["question"] == "Had Homs fallen?"].assign(low=float("nan"))
    said = ["government", "government", "government", "UN", "government", "text 001"]
    chosen = choose_readings(study, rows.assign(sources=[[name] for name in said]))
    assert [reading.sources for reading in chosen] == [["government"], ["UN"], ["text 001"]]


def test_a_number_that_a_rule_found_is_its_quote_though_it_has_no_bounds(chaco):
    assert "“some 60”" in list_words(draw_disagreements(chaco))


def test_a_quotation_within_one_has_both_its_marks(chaco):
    assert "“its garrison was ‘in full control’”" in list_words(draw_disagreements(chaco))


@pytest.mark.parametrize("corpus", ["seeds", CHACO])
def test_a_row_of_more_findings_is_longer(corpus):
    chart = draw_sources(make_study(corpus=corpus))
    ends = {}
    for row in chart.marks.itertuples():
        right = find_artist(chart, row.mark_id).get_x()
        count, end = ends.get(row.row, (0, 0.0))
        ends[row.row] = count + 1, max(end, right)
    rows = list(ends.values())
    assert all(end > other for more, end in rows for fewer, other in rows if more > fewer)


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_no_example_of_a_finding_is_broken(study, chaco, width):
    for own in (study, chaco):
        chart = draw_sources(replace(own, parameters=own.parameters | {"width": width}))
        told = [said for said in list_words(chart) if "captured" in said or "killed" in said]
        assert len(told) > 1
        assert all(said.count("\n") == said.count(";\n") for said in told)


def test_sources_stand_by_their_findings_after_what_names_none(chaco):
    chart = draw_sources(chaco)
    counts = chart.marks.groupby("row", sort=False).size()
    assert counts.index[0] == "No source named"
    assert counts.index[-1] == "Other sources"
    assert list(counts[1:-1]) == sorted(counts[1:-1], reverse=True)


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_the_words_of_a_row_are_true_of_what_one_text_tells(study, width):
    chart = draw_sources(replace(study, parameters=study.parameters | {"width": width}))
    mixed = chart.marks[chart.marks["row"] == find_words(study)("kind_mixed")]
    for cell in mixed["claims"]:
        named = {bool(study.by_claim[claim].source_original) for claim in split_values(cell)}
        assert named == {True, False}
    assert all("text" not in label for label in mixed["row"])


@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_what_a_text_tells_in_its_own_words_too_is_told_with_and_without_a_source(corpus):
    """That Homs fell, one text says in its own words and in those of HTS."""
    chart = draw_sources(make_study(corpus=corpus))
    homs = chart.marks["claims"].str.startswith("001-018")
    if homs.any():
        assert set(chart.marks.loc[homs, "row"]) == {find_words(chart.study)("kind_mixed")}
        assert "Homs captured (denied)" in " ".join(list_words(chart))


@pytest.mark.parametrize(
    ("corpus", "days"),
    [
        ("seeds", "27 Nov to 8 Dec 2024; nine are of other days"),
        (CHACO, "14 Aug to 30 Sep 2034; one is of earlier years"),  # 1932–1935
        (ORVANE, "3–21 May 2037; one is of 2029"),  # and none of its days is among them
    ],
)
def test_the_days_of_all_squares_are_those_of_the_subtitle_or_counted(corpus, days):
    assert draw_sources(make_study(corpus=corpus)).subtitle.endswith(days)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (["2029-01-01/2029-12-31", "2029-03-03"], "; two are of 2029"),
        (["2029-01-01/2030-12-31"], "; one is of earlier years"),
        (["2037-02-01/2037-03-01"], "; one is of earlier days"),
        (["2029-03-03", "2037-04-01/2037-05-06"], "; one is of 2029; one begins earlier"),
        (["2037-05-20/2037-06-30"], "; one ends later"),
        (["2029-03-03", "2037-05-20/2037-06-30"], "; two are of other days"),
    ],
)
def test_what_is_wholly_of_another_time_does_not_merely_begin_earlier(ends, said):
    days = pd.Timestamp("2037-05-03"), pd.Timestamp("2037-05-21")
    rows = list(make_claims(*({"days": one} for one in ends)).itertuples())
    assert sources._say_beyond(Words(), rows, days) == said


def test_a_subtitle_says_whether_rows_are_sources_or_kinds_of_them(charts):
    assert "by source named" in charts["sources"].subtitle
    assert "by kind of source" in draw_sources(make_study(corpus=ORVANE)).subtitle


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_the_words_of_a_row_tell_all_its_squares_or_how_many_more_there_are(corpus, width):
    chart = draw_sources(make_study(corpus=corpus, width=width))
    rows = chart.marks.groupby("row", sort=False).size()
    grey, size = COLOUR["secondary"], find_look(chart.study).date
    texts = [text for axes in chart.drawn.axes for text in axes.texts]
    told = [one for one in texts if one.get_color() == grey and one.get_fontsize() == size]
    counts = []
    for said in (" ".join(one.get_text().split()) for one in told):
        more = re.search(r"; (\d+) more$", said)
        parts = len(re.split(r"; (?!\d+ more)", said))
        counts.append(parts + (int(more[1]) if more else 0))
    assert counts == list(rows)


def test_the_title_says_of_how_many_findings_it_counts_those_in_several_texts(charts):
    assert charts["sources"].title.endswith("three of the 44 are in more than one independent text")
    orvane = draw_sources(make_study(corpus=ORVANE))
    assert orvane.title.endswith("none of the 40 is in more than one independent text")


def test_a_subtitle_puts_the_texts_not_the_findings_into_a_country(chaco):
    """Refugees in Clorinda, in Argentina, are among them."""
    assert "from texts on events in Paraguay" in draw_sources(chaco).subtitle


@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_a_slide_with_room_has_the_rows_of_a_page(corpus):
    page, slide = (draw_sources(make_study(corpus=corpus, width=w)) for w in ("full", "slide"))
    assert list(dict.fromkeys(slide.marks["row"])) == list(dict.fromkeys(page.marks["row"]))


def test_a_row_of_gathered_kinds_is_not_called_as_the_row_of_one_of_them(chaco):
    findings = list_findings(chaco.all_claims, chaco.places)
    few = {row.label: len(row.squares) for row in list_rows(chaco, findings, few=True)}
    assert few["All other sources"] == 33
    assert "Other sources" not in few


def test_no_label_of_a_row_is_cut(charts):
    assert not [words for words in list_words(charts["sources"]) if words.endswith("…")]


@pytest.mark.parametrize(
    ("corpus", "said"),
    [
        ("seeds", "“at least 22” civilians killed, Aleppo"),
        (ORVANE, "“112” fighters killed, Hestrow"),
        (CHACO, "“17” killed, Pozo Colorado"),  # of all people
    ],
)
def test_an_example_says_whom_a_toll_of_some_counts(corpus, said):
    assert said in " ".join(list_words(draw_sources(make_study(corpus=corpus))))


def test_an_unchecked_finding_has_a_question_mark(study):
    coded = study.coded.assign(review="proposed")
    claims = study.claims.assign(review="proposed")
    open_ones = replace(study, claims=claims, coded=coded)
    told = [words for words in list_words(draw_sources(open_ones)) if "killed" in words]
    assert told
    assert all(re.search("” \\?( civilians)? killed", " ".join(words.split())) for words in told)


def test_an_answer_in_quotation_marks_stands_in_its_text(study, charts):
    chart = charts["disagreements"]
    texts = dict(zip(study.documents["doc_id"], study.documents["text"], strict=True))
    quoted = 0
    for row in chart.marks.itertuples():
        words = " ".join(find_artist(chart, row.mark_id).get_text().split())
        if words.startswith("“"):
            quoted += 1
            answer = re.sub(r"” \([^()“”]*\)$", "", words)  # its days, that it was withdrawn
            inner = answer.strip("“”").replace("‘", "").replace("’", "")
            text = " ".join(texts[row.documents].split())
            for mark in "“”‘’":
                text = text.replace(mark, "")
            assert inner in text
    assert quoted > 5


def test_the_note_counts_the_questions_that_are_not_drawn(charts):
    note = charts["disagreements"].note
    assert "24 more questions are not shown here." in note
    assert "table" not in note  # who reads a picture has none


def test_marks_of_quotation_within_an_answer_stay(study):
    readings = list_disagreements(study)
    [reading] = readings[
        readings["exact"].str.match("killed more than 200 .terrorists")
    ].itertuples()
    assert say_answer(find_words(study), reading) == "“killed more than 200 ‘terrorists’”"


def test_who_says_what_no_claim_holds_stands_in_the_column_of_sources(charts):
    axes = charts["disagreements"].drawn.axes[0]
    level = {
        " ".join(text.get_text().split()): round(text.get_position()[1], 1) for text in axes.texts
    }
    quoted = level["“without any resistance from regime forces”"]
    beside = [text.get_text() for text in axes.texts if abs(text.get_position()[1] - quoted) < 0.3]
    assert "SOHR" in beside


def test_on_a_slide_a_source_is_named_without_its_text_where_both_take_two_lines():
    words = list_words(draw_disagreements(make_study(corpus=ORVANE, width="slide")))
    assert {"Highland League (party)", "government (party)"} <= set(words)
    assert "no source named, in Chaco\nWeekly" in list_words(
        draw_disagreements(make_study(corpus=CHACO, width="slide"))
    )


# --- corpus --------------------------------------------------------------------------------------


def test_a_text_has_its_days_and_its_figures(study, charts):
    chart = charts["corpus"]
    counted = chart.marks[chart.marks["mark_id"].str.startswith(("displaced-", "casualties-"))]
    for row in counted.itertuples():
        claims = [study.by_claim[claim] for claim in split_values(row.claims)]
        assert {claim.topic for claim in claims} <= {"displacement", "casualties"}
        assert row.number == len(claims)
    dots = chart.marks[chart.marks["kind"] == "document"]
    assert sorted(dots["documents"]) == sorted(study.documents["doc_id"])


def test_the_bars_of_figures_are_on_one_scale(charts):
    chart = charts["corpus"]
    counted = chart.marks[chart.marks["number"].notna()]
    lengths = [find_artist(chart, mark).get_width() for mark in counted["mark_id"]]
    ratios = pd.Series(lengths) / counted["number"].to_numpy()
    assert ratios.max() - ratios.min() < 1e-9


def test_agency_stories_bear_the_name_of_the_agency():
    chart = draw_corpus(make_study(corpus=ORVANE))
    assert "reprint of Atlantic Dispatch" in list_words(chart)
    assert chart.title == (
        "20 texts by eight publishers and one unknown; "
        "all hold figures or captures, one reprints another’s story"
    )


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_head_says_what_the_numbers_of_the_corpus_count(study, width):
    chart = draw_corpus(replace(study, parameters=study.parameters | {"width": width}))
    assert "Mentions of" in list_words(chart)
    assert "73 mentions of figures and captures" in " ".join(chart.title.split())


def test_texts_that_reprint_one_that_none_of_them_wrote_are_all_counted(chaco):
    papers = chaco.documents["publisher"].replace("River Plate Wire", "Diario del Este")
    papers = papers.replace("Humanitarian Desk", "Diario del Este")
    elsewhere = replace(chaco, documents=chaco.documents.assign(publisher=papers))
    assert "five reprint two agency stories" in draw_corpus(elsewhere).title


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_what_the_title_of_the_corpus_says_stands_in_its_rows(study, chaco, width):
    seeds, many = (
        draw_corpus(replace(own, parameters=own.parameters | {"width": width}))
        for own in (study, chaco)
    )
    assert seeds.title.startswith("One of five texts holds 46 of 73")
    [total] = [text for text in seeds.drawn.axes[0].texts if text.get_text() == "46"]
    [other] = [text for text in seeds.drawn.axes[0].texts if text.get_text() == "11"]
    assert (total.get_weight(), other.get_weight()) == ("bold", "normal")
    assert many.title.startswith("60 texts")  # as many as the other figures are drawn from
    assert "55 hold figures or captures" in many.title
    bold = {text.get_text() for text in many.drawn.axes[0].texts if text.get_weight() == "bold"}
    assert bold <= {"displaced", "casualties", "captures", "all"}  # nothing says what a bold row is
    assert [words for words in list_words(many) if words.startswith("1 reprint of ")]


def test_a_day_of_publication_that_is_one_of_several_is_a_bar_over_them(study, charts):
    chart = charts["corpus"]
    texts = study.documents.set_index("doc_id")
    long = 0
    for row in chart.marks[chart.marks["kind"] == "document"].itertuples():
        text, line = texts.loc[row.documents], find_artist(chart, row.mark_id)
        days = pd.to_datetime(pd.Series(line.get_xdata())).dt.normalize()
        after = pd.Timedelta(days=len(days) - 1)  # it ends with its last day
        assert (days.min(), days.max()) == (text["published_start"], text["published_end"] + after)
        assert (line.get_marker() == "o") == (len(days) == 1)
        if len(days) > 1:  # as thick as a dot is, and no dot
            assert line.get_linewidth() == pytest.approx(find_look(study).label * 0.62)
            assert line.get_solid_capstyle() == "butt"
            long += 1
    assert long == 3


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_no_head_of_the_corpus_is_cut_and_days_of_publication_have_one(study, width):
    words = list_words(draw_corpus(replace(study, parameters=study.parameters | {"width": width})))
    assert "Published" in words
    assert not [said for said in words if said.endswith("…")]


def test_a_text_without_a_publisher_is_called_by_its_title(charts, study, chaco):
    titles = set(study.documents["title"])
    assert titles <= set(list_words(charts["corpus"]))
    narrow = replace(study, parameters=study.parameters | {"width": "column"})
    said = {
        words.partition("no source named")[2]
        for words in list_words(draw_figure("casualties_over_time", narrow))
        if "no source named" in words and not words.startswith("Hama: ")  # one line, with no room
    }
    assert said == {", in “Deterrence of Aggression”", ", in “Rebels enter Damascus”"}
    said = [words for words in list_words(charts["parts_of_a_total"]) if "no source" in words]
    assert said == ["1–30 Nov · no source named"]  # the title has no room there, and is not cut
    assert "“Letter from the north bank”" in list_words(draw_corpus(chaco))


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_no_figure_calls_a_text_by_its_number(study, width):
    wide = replace(study, parameters=study.parameters | {"width": width})
    for name in ("casualties_over_time", "sources", "disagreements", "corpus", "parts_of_a_total"):
        said = " ".join(list_words(draw_figure(name, wide)))
        assert not re.search(r"\btext \d", said), name


def list_key(chart) -> list[str]:
    return [str(entry.get_label()) for entry in chart.legend]


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_the_key_of_the_corpus_says_what_occurs_in_its_strip(corpus, width):
    chart = draw_corpus(make_study(corpus=corpus, width=width))
    lines = [line for axes in chart.drawn.axes for line in axes.lines]
    spans = {artist for artist in chart.artists if artist in lines}
    right = ["published on one of these days"] if any(len(a.get_xdata()) > 1 for a in spans) else []
    right += ["covers earlier days too"] if any(line.get_marker() == 4 for line in lines) else []
    right += ["covers later days too"] if any(line.get_marker() == 5 for line in lines) else []
    assert list_key(chart) == right
    assert width == "column" or right


def test_a_text_with_a_count_since_years_has_an_arrow_back(charts):
    """“Advance towards Damascus” counts those who fled since 2011."""
    arrows = [
        line
        for axes in charts["corpus"].drawn.axes
        for line in axes.lines
        if line.get_marker() == 4
    ]
    assert len(arrows) == 5


@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_the_days_a_text_covers_end_under_its_day_of_publication(corpus):
    chart = draw_corpus(make_study(corpus=corpus))
    rows = chart.marks.set_index("mark_id")
    for mark in rows.index[rows.index.str.startswith("told-")]:
        bar = find_artist(chart, mark)
        dots = [find_artist(chart, one) for one in rows.index[rows["kind"] == "document"]]
        own = [dot for dot in dots if abs(dot.get_ydata()[0] - bar.get_y()) < 2]
        last = max(mdates.date2num(dot.get_xdata()).max() for dot in own)
        assert bar.get_x() + bar.get_width() <= last + 1e-6, mark


def test_a_toll_of_all_days_of_a_long_offensive_covers_them(chaco):
    """“513” killed, 14 Aug to 30 Sep; several hundred detained to 4 Oct: longer than a month."""
    chart = draw_corpus(chaco)
    rows = chart.marks.set_index("mark_id")
    cell = rows.loc["told-Southern-Cross-Review", "claims"]
    assert {"060-001", "060-002"} <= set(split_values(cell))
    bar = find_artist(chart, "told-Southern-Cross-Review")
    ends = mdates.num2date([bar.get_x(), bar.get_x() + bar.get_width()])
    assert [f"{end:%d %b}" for end in ends] == ["14 Aug", "04 Oct"]  # detained by then


@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_a_count_since_before_the_offensive_covers_no_days(corpus):
    """Of those who fled since 2011 nobody is told day by day: an arrow says it."""
    study = make_study(corpus=corpus)
    told = pd.concat([row.told for row in list_texts(study, list_counted(study))])
    long = told[(told["date_end"] - told["date_start"]).dt.days >= MOST_DAYS]
    assert (long["date_start"] >= study.period[0]).all()
    assert set(long["scope"]) <= {"offensive"}


def test_a_dot_of_publication_stands_on_the_line_of_its_day():
    chart = draw_corpus(make_study(corpus=ORVANE))
    ticks = {tick for axes in chart.drawn.axes[1:] for tick in axes.get_xticks()}
    dots = chart.marks[chart.marks["kind"] == "document"]
    found = [mdates.date2num(find_artist(chart, mark).get_xdata())[0] for mark in dots["mark_id"]]
    assert len(ticks & set(found)) == 2  # 10 and 17 May


@pytest.mark.parametrize(("width", "said"), [("full", "title"), ("column", "publisher not named")])
def test_a_title_among_publishers_is_said_to_be_one(width, said):
    words = list_words(draw_corpus(make_study(corpus=ORVANE, width=width)))
    assert [one for one in words if said in one]


def test_texts_of_one_day_stand_before_those_that_may_be_of_the_next(charts):
    days = [words for words in list_words(charts["corpus"]) if words.endswith(" Dec")]
    assert days[3:5] == ["8 Dec", "8–9 Dec"]


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize(
    ("corpus", "days"),
    [("seeds", "30 Nov to 9 Dec 2024"), (CHACO, "15 Aug to 4 Oct 2034"), (ORVANE, "5–22 May 2037")],
)
def test_the_days_above_the_corpus_are_said_to_be_those_of_publication(corpus, days, width):
    """“Events in Syria, 30 Nov to 9 Dec” would be the days of the events."""
    chart = draw_corpus(make_study(corpus=corpus, width=width))
    assert f"exts published {days} on events in " in chart.subtitle


def test_days_of_publication_stand_under_their_head_in_a_column():
    texts = draw_corpus(make_study(width="column")).drawn.axes[0].texts
    [head] = [text for text in texts if text.get_text() == "Published"]
    [day] = [text for text in texts if text.get_text() == "6 Dec"]
    assert head.get_position()[0] == day.get_position()[0]
    assert head.get_ha() == day.get_ha() == "right"


def test_more_than_thirty_texts_have_a_row_a_publisher(chaco):
    chart = draw_corpus(chaco)
    rows = chart.marks["mark_id"].str.startswith("casualties-").sum()
    assert rows < chaco.documents["publisher"].nunique() + 1
    dots = chart.marks[chart.marks["kind"] == "document"]
    assert len(dots) == 55  # three of the sixty hold no figure, two repeat another word for word
    assert chart.title.endswith("three reprint others’ stories")  # also those that hold nothing
    said = "Of the other five, two are reprints; three hold no reported figure or capture."
    assert said in chart.note  # the third reprint has a row


def test_more_than_thirty_publishers_are_weeks(chaco):
    from dataclasses import replace

    names = [f"Paper {number}" for number in range(len(chaco.documents))]
    many = replace(chaco, documents=chaco.documents.assign(publisher=names))
    marks = draw_corpus(many).marks
    assert marks["mark_id"].str.contains(r"-2034-\d\d-\d\d$").all()
    drawn = {claim for cell in marks["claims"] for claim in split_values(cell)}
    whole = {claim for cell in draw_corpus(chaco).marks["claims"] for claim in split_values(cell)}
    assert drawn == {claim for claim in whole if claim in drawn}
    assert marks["number"].sum() == len(drawn)


# --- parts of a total ----------------------------------------------------------------------------


def test_a_total_its_part_and_the_rest_lie_on_one_bar(charts):
    chart = charts["parts_of_a_total"]
    whole, part, rest = (
        find_artist(chart, mark) for mark in ("004-078", "004-079", "remainder-004-078-004-079")
    )
    assert whole.get_x() == part.get_x()
    assert rest.get_x() == pytest.approx(part.get_x() + part.get_width())
    assert rest.get_x() + rest.get_width() == pytest.approx(whole.get_x() + whole.get_width())
    assert part.get_width() / whole.get_width() == pytest.approx(176 / 746)


def test_what_is_computed_is_dotted_with_its_formula(charts):
    chart = charts["parts_of_a_total"]
    assert find_artist(chart, "remainder-004-078-004-079").get_linestyle() == (0, (1, 1))
    assert "570 others (746 − 176 = 570)" in list_words(chart)


def test_two_sources_numbers_are_not_subtracted(chaco):
    marks = draw_parts_of_a_total(chaco).marks
    assert "053-002" in set(marks["mark_id"])  # thirty, the army says; 16 of them by a bishop
    assert not marks["mark_id"].str.contains("remainder-053").any()


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_a_part_of_another_source_is_not_drawn_inside_the_bar(chaco, width):
    own = replace(chaco, parameters=chaco.parameters | {"width": width})
    chart = draw_parts_of_a_total(own)
    pairs = {"053-003": "053-002"}  # a bishop's part of what the government says
    if width == "full":
        pairs["028-002"] = "028-001"
    for mark, of in pairs.items():
        if of not in set(chart.marks["mark_id"]):  # no room on a slide
            continue
        part, whole = find_artist(chart, mark), find_artist(chart, of)
        assert part.get_y() > whole.get_y() + whole.get_height()  # downwards: below it
        assert part.get_x() == whole.get_x()
        assert part.get_height() < 0.7 * whole.get_height()
    shown = "053-002" in set(chart.marks["mark_id"])
    assert ("said by another source" in {one.get_label() for one in chart.legend}) == shown


def test_a_title_on_a_part_of_another_source_says_both():
    chart = draw_parts_of_a_total(make_study(corpus=CHACO, documents=["053"]))
    assert chart.title == (
        "Yby Yaú, 21 Sep 2034: “thirty” killed, the government says; "
        "“16” civilians, says the bishop’s office"
    )


def test_a_part_of_another_source_names_it(chaco):
    words = list_words(draw_parts_of_a_total(chaco))
    assert "“16” civilians, says the bishop’s office" in words
    assert "“139” civilians" in words  # its total's own source


def test_a_number_in_a_title_has_no_capital_of_its_sentence():
    chart = draw_parts_of_a_total(make_study(corpus=ORVANE))
    assert chart.title.startswith("Orvane, 4–12 May 2037: “at least 118” killed")
    assert "“At least 118”" in list_words(chart)


@pytest.mark.parametrize("corpus", ["seeds", ORVANE])
def test_few_totals_fill_a_slide(corpus):
    chart = draw_parts_of_a_total(make_study(corpus=corpus, width="slide"))
    low = min(text.get_window_extent().y0 for text in chart.drawn.axes[0].texts)
    low = min(low, *(bar.get_window_extent().y0 for bar in chart.drawn.axes[0].patches))
    assert low < 0.3 * chart.drawn.bbox.height


def test_the_key_of_what_is_computed_is_dotted(charts):
    looks = {one.get_label(): one.get_linestyle() for one in charts["parts_of_a_total"].legend}
    assert looks == {"the part named": "solid", "the rest, computed": (0, (1, 1))}


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_no_sample_of_the_key_of_parts_has_a_colour_that_no_bar_has(corpus, width):
    chart = draw_parts_of_a_total(make_study(corpus=corpus, width=width))
    drawn = {to_hex(bar.get_edgecolor()) for bar in chart.artists}
    patches = [one for one in chart.legend if hasattr(one, "get_facecolor")]
    lines = [one for one in chart.legend if one not in patches]
    assert {to_hex(one.get_edgecolor()) for one in patches} <= drawn
    assert {to_hex(one.get_color()) for one in lines} <= drawn
    faces = {to_hex(bar.get_facecolor()) for bar in chart.artists}  # a party's grey may be a rim
    assert {to_hex(one.get_facecolor()) for one in patches} <= faces | drawn


@pytest.mark.parametrize(("corpus", "occurs"), [("seeds", False), (ORVANE, True)])
def test_a_part_that_is_not_exact_is_in_the_key_where_one_occurs(corpus, occurs):
    chart = draw_parts_of_a_total(make_study(corpus=corpus))
    assert ("the part named, not exact" in list_key(chart)) == occurs


def test_a_short_title_sets_the_part_into_brackets():
    """Beside the total, behind a comma, it would be read as added to it."""
    title = draw_parts_of_a_total(make_study(corpus=ORVANE, width="column")).title
    assert "“at least 118” killed (“51” civilians)" in " ".join(title.split())


@pytest.mark.parametrize("width", ["full", "column"])
def test_whom_a_total_of_some_counts_stands_beside_its_part(width):
    words = list_words(draw_parts_of_a_total(make_study(corpus=CHACO, width=width)))
    assert "“Thirty bandits” in all, says the government" in " ".join(words)
    assert not [said for said in words if "people" in said]


def test_what_is_as_many_as_the_total_is_no_part_of_it(chaco):
    """All thirty were farm hands: nothing is taken apart."""
    numbers = ["number", "low", "best", "high", "quantifier", "unit"]
    claims = chaco.claims.set_index("claim_id", drop=False)
    claims.loc["053-003", numbers] = claims.loc["053-002", numbers]
    same = replace(chaco, claims=claims.reset_index(drop=True))
    drawn = {claim.claim_id for total in list_totals(same) for claim in total.claims}
    assert "053-002" not in drawn
    assert "053-002" in {total.first.claim_id for total in list_totals(chaco)}


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize(
    ("corpus", "said"),
    [
        ("seeds", "A total of people and the part that the same text gives, 2024"),
        (CHACO, "Totals of people and the parts that the same texts give, 2034"),
    ],
)
def test_above_one_total_it_is_called_one(corpus, said, width):
    assert draw_parts_of_a_total(make_study(corpus=corpus, width=width)).subtitle == said


def test_one_total_in_two_papers_is_one_bar(chaco):
    marks = draw_parts_of_a_total(chaco).marks.set_index("mark_id")
    assert marks.loc["037-003", "claims"] == "037-003"  # 038 repeats 037


def test_of_a_total_that_is_no_exact_number_nothing_is_computed():
    chart = draw_parts_of_a_total(make_study(corpus=ORVANE))
    assert "derived" not in set(chart.marks["kind"])


def test_a_corpus_without_parts_names_the_column_to_fill():
    chart = draw_parts_of_a_total(make_study(corpus="tests/samples/veshka"))
    assert "part_of" in chart.absence


def test_the_end_of_a_part_says_how_it_is_worded(chaco):
    chart = draw_parts_of_a_total(chaco)
    by_mark = dict(zip(chart.marks["mark_id"], chart.artists, strict=True))
    parts = {
        chaco.by_claim[mark].number: to_hex(artist.get_facecolor())
        for mark, artist in by_mark.items()
        if mark in chaco.by_claim
    }
    assert parts["1,850"] == COLOUR["displacement"].lower()
    assert parts["Nearly 6,000"] == mix_pale(COLOUR["displacement"], PALE)
    assert parts["Fewer than 500"] == mix_pale(COLOUR["party"], PALE)


def test_the_title_of_parts_says_of_which_days(charts):
    assert charts["parts_of_a_total"].title.startswith("Syria, 1–30 Nov 2024: “746” killed")


def test_a_later_total_of_one_count_is_no_event_of_its_own(chaco):
    words = list_words(draw_parts_of_a_total(chaco))
    assert sum(said.startswith("to ") for said in words) == 4
    assert words.count("The Chaco") == 3  # of its dead, and of two sources on its displaced


def test_totals_on_another_scale_say_so(chaco):
    words = list_words(draw_parts_of_a_total(chaco))
    assert "Killed" in words
    assert "Injured (another scale)" in words


def test_the_words_of_a_part_stand_under_it_on_a_slide_with_room():
    """Right of the bar they would stand beside what is left of the total, as if its label."""
    chart = draw_parts_of_a_total(make_study(corpus=ORVANE, width="slide"))
    [axes] = [axes for axes in chart.drawn.axes if axes.patches]
    for number, claim in (("“51” civilians", "51"), ("“Nearly 2,000”, Hestrow", "Nearly 2,000")):
        [words] = [text for text in axes.texts if text.get_text() == number]
        [mark] = [
            key
            for key in chart.marks["mark_id"]
            if key in chart.study.by_claim and chart.study.by_claim[key].number == claim
        ]
        bar = find_artist(chart, mark)
        assert words.get_position()[0] == pytest.approx(bar.get_x())
        assert words.get_position()[1] > bar.get_y() + bar.get_height()  # downwards: below it


def test_an_arrow_on_a_slide_ends_on_it():
    chart = draw_parts_of_a_total(make_study(corpus=ORVANE, width="slide"))
    [axes] = [axes for axes in chart.drawn.axes if axes.patches]
    ends = [patch.get_path().vertices[:, 0].max() for patch in axes.patches if patch.get_fill()]
    assert max(ends) < find_room(chart.study)[0]


def test_a_total_without_a_source_is_told_as_one_text_says(study):
    chart = draw_figure("parts_of_a_total", study)
    assert chart.title.endswith(", one text says")
    assert chart.source_line.startswith("Source: “Deterrence of Aggression”")
    assert compose_sources(chart).startswith("Source: 004 ")


def test_a_correction_stands_behind_what_it_corrects():
    words = [" ".join(said.split()) for said in list_words(draw_disagreements(load(ORVANE)))]
    at = words.index("“26,000” (later corrected)")
    assert "“24,800” (correction)" in words[at : at + 4]
    assert "“up to 30,000”" not in words[at : at + 4]


def test_where_only_parties_answer_they_contradict_each_other():
    readings = list_disagreements(load(ORVANE))
    alone = readings[~readings["question"].str.contains("Hestrow, 12 May")]
    title = disagreements._find_titles(load(ORVANE), alone)[0]
    assert title.startswith("Parties to the war contradict each other on two questions;")


def test_where_others_answer_too_the_title_says_that_parties_are_contradicted():
    assert draw_disagreements(load(ORVANE)).title == (
        "Parties to the war are contradicted on three questions; on one more, accounts vary"
    )


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_of_a_part_larger_than_the_whole_each_answer_says_whom_it_counts(width):
    chart = draw_disagreements(make_study(corpus=ORVANE, width=width))
    words = [" ".join(said.split()) for said in list_words(chart)]
    assert {"“112” (fighters for the Highland League)", "“about 20” (people)"} <= set(words)
    assert "The government against residents" in words
    assert "“nine”" in words  # the question says whom it counts


def test_an_answer_of_fewer_days_than_the_question_says_them(chaco):
    words = [" ".join(said.split()) for said in list_words(draw_disagreements(chaco))]
    assert "“over 400” (fighters for the government, 14 Aug to 19 Sep)" in words
    assert "“513” (people)" in words


def find_answers(study, question: str) -> list:
    readings = list_disagreements(study)
    return list(readings[readings["question"] == question].itertuples())


DEAD = "How many were killed in Paraguay, 14 Aug to 30 Sep 2034?"  # 513, 381, over 400 fighters


def test_who_alone_is_contradicted_stands_against_all_others(chaco):
    """“513” and “over 400” fighters may both be true; the government's “381” excludes both."""
    words = [" ".join(said.split()) for said in list_words(draw_disagreements(chaco))]
    assert "The government against the Peace Observatory and the Chaco Column" in words
    assert "Each against the others" not in words


@pytest.mark.parametrize(
    ("least", "said"),
    [
        (600, "each against the others"),  # more fighters than anybody's people
        (90, "the government against the Peace Observatory"),  # which fits both
    ],
)
def test_whose_numbers_exclude_each_other_stand_against_each_other(chaco, least, said):
    rows = find_answers(chaco, DEAD)
    fighters = chaco.coded["claim_id"] == "050-002"
    bounds = [name for name in ("low", "best") if chaco.coded.loc[fighters, name].notna().all()]
    coded = chaco.coded.copy()
    coded.loc[fighters, bounds] = least
    assert word_sides(replace(chaco, coded=coded), Words(), rows) == said


def test_two_texts_that_name_nobody_stand_one_against_another(chaco):
    rows = find_answers(chaco, DEAD)[:2]
    coded, told = chaco.coded.copy(), [row.claims[0] for row in rows]
    mine = coded["claim_id"].isin(told)
    coded.loc[mine, ["doc_id", "source_original"]] = [[key, ""] for key in told]
    unsaid = [row._replace(sources=[f"text {row.claims[0]}"]) for row in rows]
    said = word_sides(replace(chaco, coded=coded), Words(), unsaid)
    assert said == "one text against another"


@pytest.mark.parametrize("width", ["full", "column", "slide"])
@pytest.mark.parametrize(
    ("corpus", "said"),
    [
        ("seeds", "In Syria, 27 Nov to 8 Dec 2024."),
        (CHACO, "In Paraguay, 14 Aug to 30 Sep 2034."),  # the last day of a figure that is shown
    ],
)
def test_country_and_days_of_the_questions_stand_above_them(corpus, said, width):
    chart = draw_disagreements(make_study(corpus=corpus, width=width))
    assert chart.subtitle.startswith(said)


def test_in_german_country_and_days_stand_above_the_questions_too(corpus):
    (corpus / "style.toml").write_text('language = "de"\n', "utf-8")
    chart = draw_disagreements(make_study(corpus=str(corpus), width="column"))
    assert chart.subtitle == (
        "Syrien, 27. Nov. bis 8. Dez. 2024. Gezeigt: diese vier und eine der anderen 26"
    )


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_every_width_says_what_stands_in_quotation_marks(width):
    chart = draw_disagreements(make_study(width=width))
    said = "In quotation marks: the texts’ own words"
    assert said in f"{chart.subtitle} {chart.note}"
    assert len(chart.note.split()) <= 25


def test_the_head_of_other_questions_says_which_of_them_are_shown(charts):
    words = list_words(charts["disagreements"])
    said = "Other questions on which accounts vary: casualties first, then displacement"
    assert any(head.startswith(said) for head in words)


def test_of_questions_alike_the_one_with_the_largest_figure_comes_first(chaco):
    asked = list(dict.fromkeys(draw_disagreements(chaco).marks["question"]))
    assert asked[2].startswith("How many were killed in Paraguay")  # 513 dead
    assert asked[3].startswith("How many were killed in Pozo Colorado")  # 130
    assert "Loma Plata" not in " ".join(asked)  # eleven


def test_a_figure_of_long_before_makes_no_question_large(charts):
    asked = set(charts["disagreements"].marks["question"])
    assert "How many people were killed?" in asked
    assert "How many were killed in Hama in 1982?" not in asked


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_what_a_text_calls_a_source_stands_beside_its_name(width):
    words = list_words(draw_disagreements(make_study(width=width)))
    assert "Malik al-Abdeh, “a Syrian analyst”" in [" ".join(said.split()) for said in words]


@pytest.mark.parametrize("source", ["UN", "government", "Nobody Named"])
def test_who_is_known_or_told_by_no_text_is_not_called_anything(study, source):
    assert find_role(study, source) == ""


@pytest.mark.parametrize("corpus", ["seeds", CHACO, ORVANE])
def test_the_last_column_says_who_against_whom_of_disputed_questions_alone(corpus):
    """The government against HTS is who, not why; of other questions it says what differs."""
    chart = draw_disagreements(make_study(corpus=corpus))
    texts = [text for text in chart.drawn.axes[0].texts if text.get_position()[0] == 146]
    said = [" ".join(text.get_text().split()) for text in texts]
    assert said[0] == "Who against whom"
    cut = said.index("What differs") if "What differs" in said else len(said)
    assert all(" against " in words for words in said[1:cut])
    assert not any(" against " in words for words in said[cut:])
    rows = list_disagreements(chart.study).drop_duplicates("question_id").set_index("question")
    assert cut - 1 == rows.loc[chart.marks["question"].unique(), "disputed"].sum()


def test_where_nothing_is_disputed_the_title_says_so(study):
    readings = list_disagreements(study).assign(disputed=False)
    [title] = disagreements._find_titles(study, readings)
    assert title == "The texts differ on 30 questions, and none is disputed"
    assert disagreements._say_shown(find_words(study), readings, ["d01"]) == (
        "Shown: one of these 30"
    )


def test_why_says_who_stands_against_whom(study):
    words = [" ".join(said.split()) for said in list_words(draw_disagreements(study))]
    assert "Syrian state media against SOHR" in words
    assert "The government against HTS" in words
    assert not any("contradicts others" in said for said in words)


def test_a_figure_of_other_days_than_the_question_says_them(study):
    words = [" ".join(said.split()) for said in list_words(draw_disagreements(study))]
    assert "“746 people confirmed killed, including 176 civilians” (1–30 Nov)" in words


def test_examples_of_the_same_words_say_who_and_when():
    words = " ".join(" ".join(list_words(draw_sources(load(ORVANE)))).split())
    said = re.findall(r"Hestrow captured, [^;“]*?May", words)
    assert said == [
        "Hestrow captured, government, 12 May",
        "Hestrow captured, Highland League, 15 May",
    ]


def test_hospitals_and_clinics_are_of_one_kind(study):
    names = ("city hospital", "Velhaven clinic")
    assert {find_kind(study, name) for name in names} == {"monitor"}


def load(corpus: str):
    return make_study(corpus=corpus)


def test_the_day_of_a_question_is_that_of_the_capture_that_is_denied():
    """Claimed for 9 May; on the 12th the other side retook the town."""
    chart = draw_disagreements(make_study(corpus=ORVANE))
    asked = set(chart.marks["question"])
    assert "Had Hestrow fallen by 9 May 2037?" in asked


def test_of_places_days_and_people_what_differs_is_said(charts, study):
    readings = list_disagreements(study)
    rows = readings[readings["question"] == "How many people were killed?"]
    assert word_difference(study, Words(), rows) == "places, days and people counted"
    alike = rows.assign(claims=[rows["claims"].iloc[0]] * len(rows))
    assert word_difference(study, Words(), alike) == "places, days or people"
    assert "Places, days or people" not in " ".join(list_words(charts["disagreements"]))


def test_a_text_that_answers_in_its_own_words_is_no_source(charts):
    words = " ".join(" ".join(list_words(charts["disagreements"])).split())
    assert "no source named, in “Rebels enter Damascus”" in words
