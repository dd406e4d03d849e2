"""Settlements counted without their names: each number of a list is a figure of its own."""

import pytest

from helpers.extract.dates.search import DateSpans
from helpers.extract.settlements import find_settlements
from helpers.extract.text.document import Document


def read_settlements(text):
    """(number, the words it is quoted by) of each figure of a text."""
    document = Document(text)
    found = find_settlements(document, DateSpans(document))
    return [
        (count.number.reading.best, text[count.start : count.end].split(" ", 1)[0].lower())
        for count, _ in found
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The army captured nine towns of Kono district and three villages of Odra district.",
            [(9, "captured"), (3, "three")],
        ),
        (
            "Four cities, two towns and 16 villages have been freed from the rebels.",
            [(4, "four"), (2, "two"), (16, "16")],
        ),
        (
            "Some 1,300 rebels have been put out of action and 62 localities retaken in Kono.",
            [(62, "62")],
        ),
        (
            "Rebels captured 19 towns of Kono district in March, against 26 in February.",
            [(19, "captured"), (26, "26")],
        ),
        (
            "Last month 64 district centres fell to the rebels, against 118 in June and just 22 "
            "in May.",
            [(64, "64"), (118, "118"), (22, "22")],
        ),
        ("The rebels have taken nine of the 34 provincial capitals.", [(9, "taken")]),
        ("The rebels have taken nine of 34 district capitals.", [(9, "taken")]),
        (
            "By our count 41 district centres fell to the rebels, against 88 in June and just 19"
            " in May.",
            [(41, "41"), (88, "88"), (19, "19")],
        ),
        (
            "Since Friday the insurgents have taken six of the 18 provincial capitals.",
            [(6, "taken")],
        ),
        ("Troops recaptured the last two districts on Friday.", []),
        ("The army liberated Kono together with eight nearby villages.", [(8, "liberated")]),
        ("He toured 13 villages of Kono district, against 26 in February.", []),
        ("The army captured two villages of the district's nine.", []),
    ],
)
def test_each_number_of_a_list_is_a_figure_of_its_own(text, found):
    assert read_settlements(text) == found
