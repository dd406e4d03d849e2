"""Dating words and the days they allow, counted from the text's own date."""

import random
from datetime import date

import pytest

from helpers.extract.dates import search
from helpers.extract.dates.expressions import find_dates
from helpers.extract.dates.search import DateSpans
from helpers.extract.text.document import Document

WEDNESDAY = (date(2022, 3, 16),) * 2
TWO_DAYS = (date(2022, 3, 15), date(2022, 3, 16))


def days(text, published=WEDNESDAY):
    return [
        (
            text[found.start : found.end],
            found.first and found.first.isoformat(),
            found.last and found.last.isoformat(),
        )
        for found in find_dates(Document(text), published)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell on 12 March 2021.", "2021-03-12", "2021-03-12"),
        ("It fell on March 12.", "2022-03-12", "2022-03-12"),
        ("It fell on December 12.", "2021-12-12", "2021-12-12"),
        ("It fell on Saturday.", "2022-03-12", "2022-03-12"),
        ("It fell on Wednesday.", "2022-03-16", "2022-03-16"),
        ("It fell yesterday.", "2022-03-15", "2022-03-15"),
        ("It fell the day before yesterday.", "2022-03-14", "2022-03-14"),
        ("It fell overnight.", "2022-03-15", "2022-03-16"),
        ("It fell last week.", "2022-03-07", "2022-03-13"),
        ("It fell earlier this week.", "2022-03-14", "2022-03-16"),
        ("It fell over the weekend.", "2022-03-12", "2022-03-13"),
        ("It fell three days ago.", "2022-03-13", "2022-03-13"),
        ("It fell in early March.", "2022-03-01", "2022-03-10"),
        ("It fell in the second half of February.", "2022-02-16", "2022-02-28"),
        ("It fell on 8-9 March.", "2022-03-08", "2022-03-09"),
        ("On the night of Sunday to Monday it fell.", "2022-03-13", "2022-03-14"),
        ("It fell on the 8th.", "2022-03-08", "2022-03-08"),
        ("It fell on the 26th.", "2022-02-26", "2022-02-26"),
    ],
)
def test_dating_words_allow_these_days(text, first, last):
    assert days(text)[0][1:] == (first, last)


def test_the_ninth_is_a_day_of_the_month_named_last():
    assert days("Odra fell on 25 February and Pesk on the 26th.")[1][1] == "2022-02-26"


@pytest.mark.parametrize(
    "text",
    [
        "The 19th brigade advanced.",
        "The 3rd person was hurt.",
        "They may retreat.",
        "They march on.",
    ],
)
def test_ordinals_and_verbs_are_no_days(text):
    assert days(text) == []


def test_days_later_count_from_the_day_named_last():
    assert [
        found[1]
        for found in days(
            "Odra fell on Saturday; two days later Pesk fell, and the next day Lunde."
        )
    ] == ["2022-03-12", "2022-03-14", "2022-03-15"]


def test_without_a_date_of_publication_weekdays_are_found_but_bear_no_days():
    assert days("It fell on Saturday.", None)[0][1:] == (None, None)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("By Tuesday it had fallen.", "by"),
        ("Held since Friday.", "since"),
        ("It fell before Friday.", "before"),
        ("It fell on Friday.", ""),
    ],
)
def test_the_word_before_says_whether_other_days_are_allowed(text, lead):
    assert find_dates(Document(text), WEDNESDAY)[0].lead == lead


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2022-03-12", "2022-03-12", "2022-03-12"),
        ("25/03/2021", "2021-03-25", "2021-03-25"),
        ("03/25/2021", "2021-03-25", "2021-03-25"),
        ("3/3/21", "2021-03-03", "2021-03-03"),
        ("3/3/99", "1999-03-03", "1999-03-03"),
        ("05.03.2021", "2021-03-05", "2021-03-05"),
        ("12/03/2021", "2021-03-12", "2021-12-03"),
    ],
)
def test_a_date_in_figures_is_read_and_left_open_where_day_and_month_may_be_swapped(
    words, first, last
):
    assert days(f"It fell on {words}.") == [(words, first, last)]


@pytest.mark.parametrize(
    "words",
    [
        "2022-13-12",
        "31.02.2021",
        "31/31/2021",
        "31 April",
        "30-31 February",
        "29 February 2021",
        "the 35th",
    ],
)
def test_days_that_no_calendar_has_are_found_but_bear_no_days(words):
    ((found, *bounds),) = days(f"It fell on {words}, they said.")
    assert (found, bounds) == (words, [None, None])


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("from 8 to 9 March", "2022-03-08", "2022-03-09"),
        ("between 28 February and 3 March 2021", "2021-02-28", "2021-03-03"),
        ("March 8-9, 2021", "2021-03-08", "2021-03-09"),
        ("from December 28 to January 3", "2021-12-28", "2022-01-03"),
        ("28 December to 3 January 2020", "2019-12-28", "2020-01-03"),
    ],
)
def test_a_range_of_days_is_a_period_even_over_new_year(words, first, last):
    (found,) = find_dates(Document(f"They fought {words} there"), WEDNESDAY)
    assert (str(found.first), str(found.last), found.kind, found.basis) == (
        first,
        last,
        "period",
        "explicit",
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell in March.", "2022-03-01", "2022-03-16"),
        ("It fell in March 2022.", "2022-03-01", "2022-03-16"),
        ("It fell in February.", "2022-02-01", "2022-02-28"),
        ("It fell in April.", "2021-04-01", "2021-04-30"),
        ("It fell in December 2020.", "2020-12-01", "2020-12-31"),
        ("It fell in May last year.", "2021-05-01", "2021-05-31"),
        ("It fell last month.", "2022-02-01", "2022-02-28"),
        ("It fell last year.", "2021-01-01", "2021-12-31"),
        ("It fell this month.", "2022-03-01", "2022-03-16"),
        ("It fell this year.", "2022-01-01", "2022-03-16"),
        ("It fell in 2021.", "2021-01-01", "2021-12-31"),
        ("It fell in 2022.", "2022-01-01", "2022-03-16"),
    ],
)
def test_a_month_or_year_is_the_last_one_and_ends_with_the_texts_own_day(text, first, last):
    assert days(text)[0][1:] == (first, last)


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("early February 2021", "2021-02-01", "2021-02-10"),
        ("mid-February", "2022-02-11", "2022-02-20"),
        ("late February", "2022-02-21", "2022-02-28"),
        ("mid March", "2022-03-11", "2022-03-16"),
        ("the beginning of February", "2022-02-01", "2022-02-10"),
        ("the start of April 2021", "2021-04-01", "2021-04-10"),
        ("the middle of February", "2022-02-11", "2022-02-20"),
        ("the end of February", "2022-02-21", "2022-02-28"),
        ("early December", "2021-12-01", "2021-12-10"),
        ("the first half of February", "2022-02-01", "2022-02-15"),
        ("the second half of April 2021", "2021-04-16", "2021-04-30"),
        ("the first week of February", "2022-02-01", "2022-02-07"),
        ("the second week of February", "2022-02-08", "2022-02-14"),
        ("the third week in February", "2022-02-15", "2022-02-21"),
        ("the fourth week of February", "2022-02-22", "2022-02-28"),
        ("the last week of April 2021", "2021-04-24", "2021-04-30"),
    ],
)
def test_a_part_of_a_month_has_its_own_days(part, first, last):
    published = (date(2022, 1, 15),) * 2 if "December" in part else WEDNESDAY
    assert days(f"Odra fell towards {part}, it is said.", published) == [(part, first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell today.", "2022-03-16", "2022-03-16"),
        ("It fell this morning.", "2022-03-16", "2022-03-16"),
        ("It fell last night.", "2022-03-15", "2022-03-16"),
        ("It fell last Wednesday.", "2022-03-09", "2022-03-09"),
        ("It fell last Friday.", "2022-03-11", "2022-03-11"),
        ("It fell on Tuesday night.", "2022-03-15", "2022-03-15"),
        ("It fell this weekend.", "2022-03-12", "2022-03-13"),
        ("It fell two weeks ago.", "2022-02-27", "2022-03-05"),
        ("It fell three months ago.", "2021-12-01", "2021-12-31"),
        ("It fell a year ago.", "2020-09-15", "2021-09-14"),
        ("It fell 12 hours ago.", "2022-03-15", "2022-03-16"),
        ("It fell 30 hours ago.", "2022-03-14", "2022-03-16"),
        ("It fell a couple of days ago.", "2022-03-14", "2022-03-14"),
        ("It fell twelve days ago.", "2022-03-04", "2022-03-04"),
        ("It fell 10 days ago.", "2022-03-06", "2022-03-06"),
        ("It fell earlier in the week.", "2022-03-14", "2022-03-16"),
        ("It fell earlier this month.", "2022-03-01", "2022-03-16"),
        ("It fell on the 17th.", "2022-02-17", "2022-02-17"),
        ("It fell on the 16th.", "2022-03-16", "2022-03-16"),
        ("It fell in the last month.", "2022-02-14", "2022-03-16"),
        ("It fell in the last year.", "2021-03-16", "2022-03-16"),
    ],
)
def test_words_that_count_back_start_from_the_texts_own_day(text, first, last):
    assert days(text)[0][1:] == (first, last)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("over the past three days", "2022-03-13"),
        ("in the last 48 hours", "2022-03-14"),
        ("in the past 24 hours", "2022-03-15"),
        ("during the past week", "2022-03-09"),
        ("over the last two weeks", "2022-03-02"),
        ("in the past month", "2022-02-14"),
        ("within the last week", "2022-03-09"),
        ("for the past two years", "2020-03-16"),
        ("over the last fortnight", "2022-03-02"),
        ("in the past decade", "2012-03-16"),
    ],
)
def test_a_span_that_ends_with_the_text_is_a_period(words, first):
    (found,) = find_dates(Document(f"They fled {words}."), WEDNESDAY)
    assert (str(found.first), str(found.last), found.kind, found.basis) == (
        first,
        "2022-03-16",
        "period",
        "relative",
    )


@pytest.mark.parametrize(
    ("text", "kind", "basis"),
    [
        ("It fell on 12 March.", "point", "explicit"),
        ("It fell in March.", "point", "explicit"),
        ("It fell last week.", "point", "relative"),
        ("It fell on Friday.", "point", "relative"),
    ],
)
def test_other_dating_words_name_the_days_on_which_it_may_have_been(text, kind, basis):
    (found,) = find_dates(Document(text), WEDNESDAY)
    assert (found.kind, found.basis) == (kind, basis)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Three weeks later", "2022-03-25"),
        ("A week later", "2022-03-11"),
        ("Two days earlier", "2022-03-02"),
        ("The previous day", "2022-03-03"),
        ("The following day", "2022-03-05"),
        ("The day before", "2022-03-03"),
        ("The day after", "2022-03-05"),
        ("The same day", "2022-03-04"),
        ("That night", "2022-03-04"),
        ("A day later", "2022-03-05"),
        ("10 days later", "2022-03-14"),
    ],
)
def test_steps_are_taken_from_the_day_named_last(words, day):
    assert days(f"Odra fell on 4 March. {words} Pesk fell.")[1] == (words, day, day)


def test_hours_later_may_be_the_next_day():
    assert days("Odra fell on 4 March. Hours later Pesk fell.")[1][1:] == (
        "2022-03-04",
        "2022-03-05",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The next day Pesk fell.",
        "Odra fell in early March. The next day Pesk fell.",
        "By 4 March Odra had fallen. The next day Pesk fell.",
    ],
)
def test_a_step_from_no_single_day_bears_no_days(text):
    assert days(text)[-1] == ("The next day", None, None)


@pytest.mark.parametrize(
    ("text", "published", "first", "last"),
    [
        ("It fell on 20 December.", date(2021, 1, 5), "2020-12-20", "2020-12-20"),
        ("It fell on 10 January.", date(2020, 12, 20), "2020-01-10", "2020-01-10"),
        ("It falls on 18 February.", date(2022, 1, 4), "2022-02-18", "2022-02-18"),
        ("It fell on 19 February.", date(2022, 1, 4), "2021-02-19", "2021-02-19"),
        ("It fell last month.", date(2022, 1, 16), "2021-12-01", "2021-12-31"),
        ("It fell on the 26th.", date(2022, 1, 16), "2021-12-26", "2021-12-26"),
        ("It fell over the weekend.", date(2022, 3, 13), "2022-03-12", "2022-03-13"),
        ("It fell over the weekend.", date(2022, 3, 12), "2022-03-12", "2022-03-12"),
        ("It fell this week.", date(2022, 3, 14), "2022-03-14", "2022-03-14"),
        ("It fell last week.", date(2022, 1, 3), "2021-12-27", "2022-01-02"),
    ],
)
def test_days_without_a_year_are_near_the_text_also_around_new_year(text, published, first, last):
    assert days(text, (published, published))[0][1:] == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell yesterday.", "2022-03-14", "2022-03-15"),
        ("It fell today.", "2022-03-15", "2022-03-16"),
        ("It fell the day before yesterday.", "2022-03-13", "2022-03-14"),
        ("It fell overnight.", "2022-03-14", "2022-03-16"),
        ("It fell three days ago.", "2022-03-12", "2022-03-13"),
        ("It fell 12 hours ago.", "2022-03-14", "2022-03-16"),
        ("It fell in the past week.", "2022-03-08", "2022-03-16"),
        ("It fell on Tuesday.", "2022-03-15", "2022-03-15"),
    ],
)
def test_a_text_of_one_of_two_days_leaves_both_open(text, first, last):
    assert days(text, TWO_DAYS)[0][1:] == (first, last)


def test_a_weekday_of_a_text_from_more_than_a_week_is_any_of_its_days():
    assert days("It fell on Friday.", (date(2022, 3, 7), date(2022, 3, 16)))[0][1:] == (
        "2022-03-07",
        "2022-03-16",
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("In 2021 Odra fell on 12 March.", "2021-03-12"),
        ("Odra fell on 3 April, Pesk on 5 April 2021, Lunde on 9 April.", "2021-04-09"),
        ("On 8 March 2021, Pesk fell; on 3 April Odra.", "2021-04-03"),
    ],
)
def test_days_of_a_sentence_lend_each_other_their_year(text, day):
    assert days(text, None)[-1][1:] == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "It fell on 12 March.",
        "It fell on 8-9 March.",
        "It fell in March.",
        "It fell yesterday.",
        "It fell two days ago.",
        "It fell in the past week.",
        "It fell on the 26th.",
        "It has been calm since March 2021; Odra fell on 3 April.",
        "The war began in April 2021. Odra fell on 3 May.",
        "Pesk fell on 4 March 2021. Odra fell on 3 May.",
    ],
)
def test_a_text_of_unknown_date_and_year_bears_no_days(text):
    assert days(text, None)[-1][1:] == (None, None)


@pytest.mark.parametrize("text", ["It falls next Friday.", "It falls next April."])
def test_what_lies_ahead_bears_no_days(text):
    assert days(text)[0][1:] == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "2000 people fled.",
        "Some 2000 fled.",
        "It cost $2000.",
        "At 2000 GMT it fell.",
        "2,000 people fled.",
        "They killed 2021 there.",
        "March 12 people were killed.",
        "They said in may.",
        "The roads of May were empty.",
        "It fell in the 1990s.",
    ],
)
def test_counts_clocks_and_decades_are_no_dates(text):
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("As of Friday it stood.", "as_of"),
        ("As at 12 March, it stood.", "as_of"),
        ("From 8 March it stood.", "since"),
        ("Until Friday it stood.", "by"),
        ("Till Friday it stood.", "by"),
        ("After the 8th, it stood.", "after"),
        ("Since February it stood.", "since"),
        ("To 8 March it stood.", ""),
    ],
)
def test_the_word_before_is_read_in_all_its_forms(text, lead):
    assert find_dates(Document(text), WEDNESDAY)[0].lead == lead


WORDS = (
    "from between 27 November 3 Dec. 2024 and 8 to the May Sept. Monday , late early of last "
    "week three days ago people killed 40 U.N. 12/3/2024 2024-11-27 3.12.2024 p.m. next day "
    "End. The second half – - ) ? ! …"
).split()


def test_around_a_sentence_the_dating_words_are_those_of_the_whole_text():
    chance = random.Random(7)
    for _ in range(300):
        text = "".join(
            chance.choice(WORDS)
            + chance.choice([" ", " ", " ", " ", "\n", "\n\n", ". ", ".\n", "? "])
            for _ in range(40)
        )
        document = Document(text)
        matches = search._match_dates(document, range(len(document.words)))
        whole = [match.span() for match in matches if search._is_date(match, document)]
        spans = DateSpans(document)
        for order, sentence in enumerate(document.sentences):
            if chance.random() < 0.6:
                assert spans.within(order) == [
                    span for span in whole if span[0] < sentence.end and sentence.start < span[1]
                ]


@pytest.mark.parametrize(
    "words", ["more than a couple of weeks ago", "the night of Sunday to Monday", "12 March 2021"]
)
def test_a_date_is_found_wherever_in_a_long_text_it_stands(words):
    for shift in range(0, 44, 3):
        text = (
            "grey hills " * 1814
            + "x" * shift
            + f" It fell {words}, they said. "
            + "grey hills " * 30
        )  # about 20,000 letters are judged at a time
        assert [found for found, _, _ in days(text)] == [words]


def test_a_part_of_this_month_may_stand_over_a_line_end():
    (found,) = find_dates(Document("They fell early this\nmonth."), WEDNESDAY)
    assert found.span == (date(2022, 3, 1), date(2022, 3, 10))


def test_a_part_of_this_month_bears_no_days_in_a_text_of_unknown_day():
    (found,) = find_dates(Document("They fell early this month."))
    assert found.span is None


def test_a_pattern_of_dates_is_tried_wherever_it_matches():
    document = Document(f"Fell on {' ' * 20}3{' ' * 20}May 2021, not on 4 May.")
    assert [found.start for found in find_dates(document)] == [28, 66]


@pytest.mark.parametrize(
    "line",
    [
        "PEMBA, March 3, 2026 (Agency)",
        "MAPUTO, 7 March 2026",
        "Geneva, Friday, 20 March 2026 (UNHCR)",
    ],
)
def test_the_day_of_writing_in_a_line_of_its_own_dates_nothing(line):
    text = f"Fighters storm a port\n{line}\nAt least 34 people were killed."
    assert find_dates(Document(text), (date(2026, 3, 3), date(2026, 3, 3))) == []


def test_a_dated_heading_further_down_dates_what_stands_below_it():
    text = "Fighters storm a port\nPEMBA, 3 March 2026\n\n1 March: At least 34 people were killed."
    assert len(find_dates(Document(text), (date(2026, 3, 3), date(2026, 3, 3)))) == 1
