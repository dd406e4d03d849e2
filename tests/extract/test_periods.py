"""The days of figures: sentences with the right days (periods.txt), the dating words of the test
files of other libraries (dates_elsewhere.tsv), and what makes a row undated, background or a total
since a beginning."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from helpers.extract.dates.expressions import find_dates
from helpers.extract.propose import propose_claims
from helpers.extract.text.document import Document
from tests.labelled.texts import make_documents, make_places

FOLDER = Path(__file__).parent
DAY = "2024-06-19"  # a Wednesday


def load_sentences() -> list[tuple[str, str | None, str, str, str]]:
    """(kind, day of the text, text, number, days that it may have) of periods.txt."""
    found, kind = [], ""
    for line in (FOLDER / "periods.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            day, text, wants = line.split(" | ")
            text = text.replace(" // ", "\n\n").replace(" / ", "\n")
            for want in wants.split("; "):
                number, days = want.split(" = ")
                found.append((kind, None if day == "-" else day, text, number, days))
    return found


SENTENCES = load_sentences()


@cache
def read_rows(text: str, day: str | None = DAY) -> tuple[dict[str, str], ...]:
    """The rows proposed from one text of this day."""
    documents = make_documents([{"id": "000", "text": text, "published": day}])
    return tuple(propose_claims(documents, make_places(), "SYR").claims.to_dict("records"))


def find_row(text: str, number: str, day: str | None = DAY) -> dict[str, str]:
    """The row of a figure."""
    return next(row for row in read_rows(text, day) if number in row["number"])


def show_days(row: dict[str, str]) -> str:
    """The first and last day of a row."""
    return f"{row['date_start']}/{row['date_end']}" if row["date_start"] else "undated"


@pytest.mark.parametrize(("kind", "day", "text", "number", "days"), SENTENCES)
def test_a_figure_has_the_days_that_its_sentence_tells(kind, day, text, number, days):
    found = show_days(find_row(text, number, day))
    if days.startswith("not after "):
        assert found == "undated" or found.split("/")[1] <= days.removeprefix("not after ")
    else:
        assert found in days.split(" or ")


# Kind, scope and what is said of the days


@pytest.mark.parametrize(
    ("text", "number", "kind", "scope"),
    [
        ("On Sunday 12 people were killed.", "12", "point", "offensive"),
        ("Since 10 June, 12 people have been killed.", "12", "period", "offensive"),
        ("Since 2013 the war has killed 9,000 people.", "9,000", "period", "war"),
        ("Since January, 300 people have been killed.", "300", "period", "context"),
        ("From 2012 to 2016, 3,000 people were killed.", "3,000", "period", "context"),
        ("In 2023, 512 people were killed.", "512", "point", "context"),
        ("Throughout May 512 people were killed.", "512", "period", "context"),
        ("Partners counted 41 deaths since the start of hostilities.", "41", "", "offensive"),
        ("Before this escalation, 9,000 people were displaced.", "9,000", "", "context"),
    ],
)
def test_a_total_is_a_period_and_what_lies_far_back_is_background(text, number, kind, scope):
    row = find_row(text, number)
    assert (row["date_kind"], row["scope"]) == (kind, scope)


def test_the_day_of_a_dateline_dates_no_figure():
    row = find_row("BUKAVU, June 18 (Agency) - A raid on Kell killed 12 people.", "12")
    assert (row["date_exact"], row["date_start"]) == ("", "")


def test_a_stock_since_a_beginning_is_of_the_day_it_is_told():
    row = find_row("Some 2.1 million people are displaced since the war began in 2015.", "2.1")
    assert (row["date_start"], row["date_end"], row["as_of"]) == ("2015-01-01", DAY, DAY)


def test_a_total_ends_with_the_day_on_which_it_was_said():
    row = find_row("Since 1 June 45 people have been killed, the UN said on Monday.", "45")
    assert (row["date_end"], row["as_of"]) == ("2024-06-17", "2024-06-17")


def test_a_figure_with_only_a_day_of_speaking_may_be_of_the_week_before():
    row = find_row("Twelve people were killed, the army said on Monday.", "Twelve")
    assert (show_days(row), row["date_basis"]) == ("2024-06-11/2024-06-17", "inferred")


@pytest.mark.parametrize(
    "text",
    [
        "On Sunday a drone hit Kell. The war has killed 40,000 people.",
        "On Sunday a drone hit Kell. 40,000 people have been killed since the war began.",
        "On Sunday a drone hit Kell. In 13 years of war 40,000 people have been killed.",
    ],
)
def test_a_wars_total_is_undated_and_never_the_offensives(text):
    row = find_row(text, "40,000")
    assert (row["date_start"], row["scope"]) == ("", "war")
    assert row["note"].startswith("undated: a total")


def test_under_the_heading_of_one_country_the_war_of_another_is_not_meant():
    text = "Sudan\n\nThe war began in April 2023.\n\nSyria\n\nThe war has killed 500,000 people."
    assert show_days(find_row(text, "500,000")) == "undated"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The war began in April 2023. On 12 October 66 people were killed.", "66"),
        ("On Monday 66 people were killed.", "66"),
        ("66 people were killed.", "66"),
    ],
)
def test_rows_of_a_text_of_unknown_day_say_why_they_are_undated(text, number):
    row = find_row(text, number, None)
    assert (row["date_start"], row["note"]) == ("", "undated: the day of the text is unknown")


def test_an_event_of_a_text_of_unknown_day_says_why_it_is_undated():
    (row,) = read_rows("Rebels captured Hama on 4 December.", None)
    assert (row["date_start"], row["note"]) == ("", "undated: the day of the text is unknown")


@pytest.mark.parametrize(
    "text",
    ["On 3 July 2024 a raid killed 12 people.", "Rebels captured Hama on 3 July 2024."],
)
def test_what_is_told_as_past_never_lies_after_the_text(text):
    (row,) = read_rows(text)
    assert row["date_start"] == ""
    assert row["note"].startswith("undated: the text dates it after its own day")


def test_what_is_to_come_may_lie_after_the_text():
    (found,) = find_dates(
        Document("Talks will be held on 3 July."), (date(2024, 6, 19), date(2024, 6, 19))
    )
    assert found.first == date(2024, 7, 3)


def test_the_deadliest_month_since_a_year_counts_nothing_from_there():
    text = "Throughout May, the deadliest month since 2020, 746 people were killed."
    assert show_days(find_row(text, "746")) == "2024-05-01/2024-05-31"


def test_a_figure_takes_no_day_from_a_comparison():
    text = "Dozens were killed, a far cry from the 9,000 deaths from 2012 to 2016."
    assert show_days(find_row(text, "Dozens")) == "undated"


def test_a_figure_takes_no_day_from_a_clause_that_tells_of_something_else():
    text = "Twelve people were killed in Kell, and on Tuesday the army left."
    assert show_days(find_row(text, "Twelve")) == "undated"


def test_the_hedge_behind_a_year_is_that_of_the_next_number():
    assert find_row("Since 2021, at least 4,180 people have been killed.", "4,180")["number"] == (
        "at least 4,180"
    )


# Dating words of other libraries' tests

_DAY = timedelta(days=1)
MOST_WRONG = 5


def is_right(words: str, seen: date, wanted: str) -> bool | None:
    """Whether words in a sentence allow one of the wanted spans, as far as they lie before the text
    and to a day; None where they are not read."""
    text = f"They were there {words}, it is said."
    datings = find_dates(Document(text), (seen, seen))
    found = [dating for dating in datings if dating.span and dating.start < 16 + len(words)]
    if not found:
        return None
    for span in wanted.split(" or "):
        first, last = map(date.fromisoformat, span.split("/"))
        last = min(last, seen)
        for dating in found:
            if dating.first <= first + _DAY and dating.last >= last - _DAY:
                return True
            if dating.lead and first in dating.span:
                return True
    return False


def test_of_the_dating_words_of_other_libraries_at_most_five_are_read_wrongly():
    lines = (FOLDER / "dates_elsewhere.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    read = [is_right(row[0], date.fromisoformat(row[1]), row[2]) for row in rows]
    wrong = [row[0] for row, right in zip(rows, read) if len(row) == 3 and right is False]
    assert len(rows) > 280
    assert sum(value is True for value in read) >= 180
    assert len(wrong) <= MOST_WRONG, wrong


def test_a_length_longer_than_the_days_told_around_it_is_undated():
    text = "Rebels seized Odra on Monday. In Pesk it took the army 154 days to dislodge them."
    assert show_days(find_row(text, "154 days")) == "undated"


def test_the_fighting_before_a_capture_ended_on_no_told_day():
    text = "Fighters took the city of Odra after two days of fighting."
    assert show_days(find_row(text, "two days")) == "undated"


def list_measure(text: str, measure: str) -> list[dict[str, str]]:
    return [row for row in read_rows(text) if row["measure"] == measure]


@pytest.mark.parametrize(
    ("text", "best", "low"),
    [
        ("The junta says it controls over 70% of the country.", "70", "70"),
        ("Nearly a third of the territory is under rebel control.", "33.33", ""),
        ("Rebels now control over 40 percent of Kell, up from 20.", "40", "40"),
        (
            "Troops have won back 74 percent of the territory, against 60 percent in 2022.",
            "74",
            "74",
        ),
    ],
)
def test_a_share_of_a_land_that_is_held_is_a_share_of_control(text, best, low):
    row = list_measure(text, "control_share")[0]
    assert (row["best"], row["low"], row["unit"]) == (best, low, "percent")


def test_a_share_beside_a_share_of_control_is_one_too():
    text = "The junta says it controls over 70% of the country. Analysts put the figure at 40%."
    assert [row["number"] for row in list_measure(text, "control_share")] == ["over 70%", "40%"]


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose 40% in the country.",
        "A third of the city lost power.",
        "70% of voters.",
        "The firm controls 30% of Kell.",
        "The party of the army won 40% of Kell.",
    ],
)
def test_another_share_is_none_of_control(text):
    assert not list_measure(text, "control_share")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Twelve people have died since the battle began on June 15.", "2024-06-15"),
        ("Families left after clashes broke out on Monday.", "2024-06-17"),
        ("Launched on 5 June from Kaya, the operation goes on.", "2024-06-05"),
    ],
)
def test_the_day_on_which_fighting_began_is_a_start(text, day):
    assert [row["date_start"] for row in list_measure(text, "offensive_start")] == [day]


def test_fighting_that_began_years_ago_is_no_start_of_the_news():
    assert not list_measure("The fighting began on 5 June 2014.", "offensive_start")
