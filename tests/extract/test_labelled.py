"""Labelled texts (tests/labelled/README.md): how many of their figures and captures are found,
and how many of those found are right; and the rows of some hundred sentences, which change on
purpose only."""

from datetime import date
from functools import cache

import pytest

from helpers.corpus.folders import REPOSITORY
from helpers.extract.places.gazetteer import build_gazetteer
from helpers.extract.places.names import key_name
from tests.bench.predict import predict_claims
from tests.extract.reading import read_events
from tests.labelled.rows import FILE, compare, load_sentences, read_sentences
from tests.labelled.texts import FILES, load_labelled, make_places

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
    day = row["published"] and date.fromisoformat(row["published"])
    events = read_events(row["text"], gazetteer, (day, day) if day else None)
    return {
        (key_name(event.place.words), str(event.date_first), str(event.date_last))
        for event in events
        if event.measure == "captured" and event.assertion in ("reported", "claimed")
    }


def is_among(capture: tuple, others: set[tuple]) -> bool:
    """Whether one of these is of the same place, and its days meet those of the capture."""
    place, first, last = capture
    return any(place == other and first <= end and start <= last for other, start, end in others)


@cache
def measure_figures(name: str) -> tuple[float, float]:
    """Precision and recall of the figures proposed in the texts of a file."""
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
    return right / proposed, right / labelled


@cache
def measure_captures(name: str) -> tuple[float, float]:
    """The same of captures."""
    gazetteer, wrong, missed, proposed, labelled = build_gazetteer(make_places()), 0, 0, 0, 0
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
    return 1 - wrong / proposed, 1 - missed / labelled


@pytest.mark.parametrize("name", FILES)
def test_as_many_figures_are_found_as_before_and_no_more_are_wrong(name):
    precision, recall = measure_figures(name)
    assert precision >= FIGURES[name][0], f"{name}: precision {precision:.4f}"
    assert recall >= FIGURES[name][1], f"{name}: recall {recall:.4f}"


@pytest.mark.parametrize("name", CAPTURES)
def test_as_many_captures_are_found_as_before_and_no_more_are_wrong(name):
    precision, recall = measure_captures(name)
    assert precision >= CAPTURES[name][0], f"{name}: precision {precision:.4f}"
    assert recall >= CAPTURES[name][1], f"{name}: recall {recall:.4f}"


def say_span(values: list[float]) -> str:
    """88 to 100 %."""
    return f"{100 * min(values):.0f} to {100 * max(values):.0f} %"


def test_a_readme_says_how_many_proposals_are_right_and_found():
    figures, captures = (
        [list(values) for values in zip(*map(measure, names))]
        for measure, names in ((measure_figures, FILES), (measure_captures, CAPTURES))
    )
    texts = sum(len(load_labelled(name)) for name in FILES)
    measured = (
        f"In {texts:,} reports labelled by reading ([tests/labelled](tests/labelled/README.md)) "
        f"{say_span(figures[0])} of the proposed figures of displacement and casualties are right "
        f"and {say_span(figures[1])} of those in the texts are found, by kind of text; of captures "
        f"{say_span(captures[0])} and {say_span(captures[1])}."
    )
    files = [*REPOSITORY.glob("README.md"), *REPOSITORY.glob("[!.]*/README.md")]
    said = any(measured in file.read_text("utf-8") for file in files)
    assert said, f"README.md has to say: {measured}"


def test_sentences_give_the_rows_that_they_gave():
    differences = compare(FILE.read_text("utf-8"), read_sentences(load_sentences()))
    assert not differences, (
        f"{differences}\nIf all of it is better, or wanted: python tests/labelled/rows.py "
        f"keeps it. "
        "Else undo the change."
    )


def test_a_difference_is_told_below_its_sentence():
    kept = "Rebels took Odra.\n    captured · in odra\n"
    told = compare(kept, kept.replace("in odra", "in pesk")).splitlines()
    assert told[3:] == [" Rebels took Odra.", "-    captured · in odra", "+    captured · in pesk"]


@pytest.mark.parametrize("name", FILES)
def test_every_label_quotes_its_text(name):
    assert [
        label["words"]
        for row in load_labelled(name)
        for label in [*row["figures"], *row["events"]]
        if label["words"] not in row["text"]
    ] == []
