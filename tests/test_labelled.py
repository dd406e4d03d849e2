"""Labelled texts (tests/labelled/README.md): how many of their figures and captures are found, and that rules change on purpose only.

The rules lean on each other: a word added to one list turns up elsewhere as a figure lost. So what they read in these
texts is kept, right or wrong, and every difference is named. A change that is wanted is read first, and then kept:
python tests/labelled/readings.py
"""

from datetime import date

import pytest
from bench.predict import predict_claims
from labelled.grids import list_steps, read_step
from labelled.readings import (
    CORPORA,
    FILES,
    compare_readings,
    explain,
    list_blocks,
    list_mixtures,
    load_kept,
    load_labelled,
    make_places,
    read_block,
    read_corpus,
    read_mixture,
    read_rewritten,
)

from helpers.extract.dates.expressions import find_dates
from helpers.extract.events.find import find_events
from helpers.extract.places.mentions import Places, build_gazetteer
from helpers.extract.places.names import key_name
from helpers.extract.text.numbers import lower_text
from helpers.extract.text.sentences import split_sentences

FIGURES = {  # file → precision and recall of its figures, measured and rounded down to 0.005
    "mixed": (0.990, 0.960),
    "news": (0.935, 0.785),
    "sentences": (0.880, 0.765),
    "wire": (0.935, 0.775),
    "alerts": (0.915, 0.715),
    "plain_alerts": (0.980, 0.965),
    "plain_news": (1.0, 0.975),
}
CAPTURES = {
    "mixed": (0.850, 0.890),
    "news": (0.910, 0.850),
    "sentences": (0.930, 0.855),
    "wire": (0.820, 0.580),
    "plain_news": (0.855, 0.825),
}  # the same of captures; alerts tell of none


def describe_figure(figure: dict) -> tuple:
    return tuple(figure[key] for key in ("metric", "low", "best", "high", "unit"))


def find_captures(row: dict, gazetteer) -> set[tuple]:
    """(place, first day, last day) of the captures that the rules read in a text."""
    text, lowered, day = (
        row["text"],
        lower_text(row["text"]),
        row["published"] and date.fromisoformat(row["published"]),
    )
    published = (day, day) if day else None
    events = find_events(
        text,
        lowered,
        split_sentences(text),
        find_dates(lowered, text, published),
        Places(text, lowered, gazetteer),
        published,
    )
    return {
        (key_name(event.place.words), str(event.date_first), str(event.date_last))
        for event in events
        if event.measure == "captured" and event.assertion in ("reported", "claimed")
    }


def is_among(capture: tuple, others: set[tuple]) -> bool:
    """Whether one of these is of the same place, and its days meet those of the capture."""
    place, first, last = capture
    return any(place == other and first <= end and start <= last for other, start, end in others)


@pytest.mark.parametrize("name", FILES)
def test_as_many_figures_are_found_as_before_and_no_more_are_wrong(name):
    right = proposed = labelled = 0
    for row in load_labelled(name):
        found = set(map(describe_figure, predict_claims(row["text"])))
        certain = {
            describe_figure(figure) for figure in row["figures"] if not figure.get("optional")
        }
        either = {describe_figure(figure) for figure in row["figures"]} - certain
        right, proposed, labelled = (
            right + len(found & certain),
            proposed + len(found - either),
            labelled + len(certain),
        )
    assert right / proposed >= FIGURES[name][0], f"{name}: precision {right / proposed:.4f}"
    assert right / labelled >= FIGURES[name][1], f"{name}: recall {right / labelled:.4f}"


@pytest.mark.parametrize("name", CAPTURES)
def test_as_many_captures_are_found_as_before_and_no_more_are_wrong(name):
    gazetteer, wrong, missed, proposed, labelled = build_gazetteer(make_places([]), ""), 0, 0, 0, 0
    for row in load_labelled(name):
        found = find_captures(row, gazetteer)
        told = {
            (key_name(event["place"]), str(event["start"]), str(event["end"]))
            for event in row["events"]
            if not event.get("optional")
        }
        proposed, labelled = proposed + len(found), labelled + len(told)
        wrong, missed = (
            wrong + sum(not is_among(one, told) for one in found),
            missed + sum(not is_among(one, found) for one in told),
        )
    assert 1 - wrong / proposed >= CAPTURES[name][0], (
        f"{name}: precision {1 - wrong / proposed:.4f}"
    )
    assert 1 - missed / labelled >= CAPTURES[name][1], f"{name}: recall {1 - missed / labelled:.4f}"


@pytest.mark.parametrize(("name", "first"), list_blocks())
def test_the_rules_read_what_they_read(name, first):
    assert not (differences := compare_readings(read_block(name, first))), explain(differences)


@pytest.mark.parametrize(("name", "first"), list_blocks())
def test_texts_written_another_way_are_read_as_they_were(name, first):
    assert not (differences := compare_readings(read_rewritten(name, first))), explain(differences)


@pytest.mark.parametrize("name", CORPORA)
def test_the_corpora_of_the_repository_are_read_as_they_were(name):
    assert not (differences := compare_readings(read_corpus(name))), explain(differences)


@pytest.mark.parametrize(("kind", "number"), list_mixtures())
def test_texts_mixed_by_chance_are_read_as_they_were(kind, number):
    assert not (differences := compare_readings(read_mixture(kind, number))), explain(differences)


@pytest.mark.parametrize(("name", "first"), list_steps())
def test_sentences_built_of_parts_are_read_as_they_were(name, first):
    assert not (differences := compare_readings(read_step(name, first))), explain(differences)


def test_a_difference_is_told_with_its_text_its_rule_and_both_readings():
    found = {
        "f001": load_kept()["f001"]
        | {"dates": ["148 159 another day"], "sentences": ["0 5 first"], "numbers": ["0 5 first"]}
    }
    told = compare_readings(found)
    assert "f001: dates: + 148 159 another day" in told
    assert any(line.startswith("f001: dates: - 148 159 2022-08-25") for line in told)
    assert "f001: sentences: read otherwise than kept; now: 0 5 first" in told


@pytest.mark.parametrize("name", FILES)
def test_every_label_quotes_its_text(name):
    assert [
        label["words"]
        for row in load_labelled(name)
        for label in [*row["figures"], *row["events"]]
        if label["words"] not in row["text"]
    ] == []
