"""Durations: how long fighting or control of a place lasted, and what else lasts."""

import pytest

from helpers.extract.durations import find_durations
from helpers.extract.text.document import Document


def read_lengths(text: str) -> list[str]:
    """The lengths of a text as it words them."""
    return [text[d.number.start : d.number.end] for d in find_durations(Document(text))]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Troops took the port after two days of street fighting.", "two days"),
        ("The rebels seized the town and held it for a year.", "a year"),
        ("In 2020 the insurgents held the port for more than 14 months.", "more than 14 months"),
        ("In March the town was occupied for a day by gunmen.", "a day"),
        ("In 2024 the insurgents were there for several weeks.", "several weeks"),
        ("The garrison held out for nearly three weeks against the rebels.", "nearly three weeks"),
        ("Kell fell in just three hours after the rebels attacked.", "just three hours"),
        ("The city was besieged for four years by the army.", "four years"),
        ("After a week of heavy shelling the army entered Oru.", "a week"),
        ("The militia has occupied the district for 11 months.", "11 months"),
        ("Rebels and soldiers clashed near the bridge for six hours.", "six hours"),
        ("Fighting in the suburbs lasted for ten days, the army said.", "ten days"),
        ("The town has been under rebel control for two months.", "two months"),
        ("The rebels had taken Kell and Odra in less than a month.", "less than a month"),
        ("People are trapped by a three-week blockade.", "three-week"),
        ("The two sides have been trading fire for six weeks.", "six weeks"),
        ("At least five nights of fierce clashes followed; troops fired.", "at least five nights"),
    ],
)
def test_how_long_fighting_or_control_lasted_is_found(text, length):
    found = read_lengths(text)
    assert [words.lower() for words in found] == [length]


@pytest.mark.parametrize(
    "text",
    [
        "He held the office for two years.",
        "The club held the title for a year.",
        "Rebels held the doctor for two weeks.",
        "The army has been in talks for three days.",
        "She fought cancer for two years.",
        "After two days of talks the rebels signed.",
        "The rebels enjoyed two weeks of peace.",
        "The singer was there for several weeks.",
        "Prices fell in just three months.",
        "The museum will be closed for a year while troops are in town.",
        "The army said the soldiers were paid for two months.",
        "The festival lasted for ten days.",
        "The general has lived in the city for a year; rebels are far.",
        "The school was occupied for a day by pupils.",
        "Soldiers have two days of leave a month.",
        "The rebels have not held the town for a year.",
    ],
)
def test_what_else_lasts_is_no_duration(text):
    assert read_lengths(text) == []
