"""Readings of disagreements.csv against their own quotations: numbers, hedges, vague words, days, people."""

from dataclasses import replace

import pytest
from conftest import SEEDS
from reader.readings import check_questions, check_readings
from reader.tables import load_tables


@pytest.fixture(scope="module")
def tables():
    return load_tables(SEEDS)


def spoil(tables, old: str, new: str, column: str = "reading"):
    """The tables with words of one reading changed."""
    readings = tables.readings.copy()
    [row] = readings.index[readings[column].str.contains(old, regex=False)][:1]
    readings.loc[row, column] = readings.loc[row, column].replace(old, new)
    return replace(tables, readings=readings)


def test_every_reading_says_what_its_quotation_says(tables):
    assert check_readings(tables) == []


def test_every_number_of_a_question_stands_beside_a_quotation(tables):
    assert check_questions(tables) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("more than 200 “terrorists”", "more than 2,000 “terrorists”"),
        ("more than 200 “terrorists”", "at least 200 “terrorists”"),
        ("nearly 400,000", "more than 400,000"),
        ("dozens of fighters", "hundreds of fighters"),
        ("dozens of fighters", "dozens of prisoners"),
        ("one third is 1.5 million", "one third is 2.5 million"),
        ("fell on 29 November", "fell on 3 November"),
        ("two-thirds of them", "one third of them"),
        ("between 10,000 and 40,000", "between 10,000 and 14,000"),
    ],
)
def test_a_reading_that_says_something_else_is_noticed(tables, old, new):
    assert len(check_readings(spoil(tables, old, new))) >= 1


@pytest.mark.parametrize(("column", "old"), [("low", "200"), ("high", "400000"), ("low", "66.67")])
def test_a_bound_that_the_quotation_does_not_give_is_noticed(tables, column, old):
    assert len(check_readings(spoil(tables, old, "1234", column))) >= 1


def test_a_bound_that_the_quotation_leaves_open_is_noticed(tables):
    readings = tables.readings.copy()
    readings.loc[readings["exact"].str.startswith("killed more than 200"), "high"] = "200"
    assert len(check_readings(replace(tables, readings=readings))) == 1


def test_a_question_about_another_year_is_noticed(tables):
    asked = tables.readings["question"].str.replace("Hama in 1982", "Hama in 1892")
    found = check_questions(replace(tables, readings=tables.readings.assign(question=asked)))
    assert len(found) >= 1
