"""predict.py: one line of figures for each text, in the terms of the measure."""

import json
import os
import subprocess
import sys

import pytest

from helpers.corpus.folders import REPOSITORY
from tests.bench.predict import predict_claims

KEYS = ["metric", "low", "best", "high", "quantifier", "unit", "start", "end", "primary"]
LINES = [
    {
        "id": "b",
        "text": "Shelling killed 31 people and wounded some 40. More than 9,000 people fled Kell.",
    },
    {"id": "a", "text": "Nothing happened in “Odra”."},
    {
        "id": 7,
        "text": "İpek: 90 families were displaced.",
        "gold": [{"metric": "displacement", "value": 90}],
    },
]


def run_predict(folder, lines) -> list[dict]:
    """What the command writes for these lines."""
    gold, target = folder / "gold.jsonl", folder / "pred.jsonl"
    gold.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "tests/bench/predict.py", str(gold), str(target)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return [json.loads(line) for line in target.read_text("utf-8").splitlines()]


def test_the_command_writes_one_line_for_each_text_in_order(tmp_path):
    written = run_predict(tmp_path, LINES)
    assert [line["id"] for line in written] == ["b", "a", 7]
    assert all(list(line) == ["id", "claims"] for line in written)
    assert [len(line["claims"]) for line in written] == [3, 0, 1]


def test_the_command_writes_what_the_function_gives(tmp_path):
    assert [line["claims"] for line in run_predict(tmp_path, LINES)] == [
        predict_claims(line["text"]) for line in LINES
    ]


def test_two_runs_write_the_same_bytes(tmp_path):
    run_predict(tmp_path, LINES)
    first = (tmp_path / "pred.jsonl").read_bytes()
    run_predict(tmp_path, LINES)
    assert (tmp_path / "pred.jsonl").read_bytes() == first


def test_a_figure_has_the_keys_of_the_measure():
    text = LINES[0]["text"]
    claims = predict_claims(text)
    assert [list(claim) for claim in claims] == [KEYS] * 3
    assert claims[0] == {
        "metric": "killed",
        "low": 31,
        "best": 31,
        "high": 31,
        "quantifier": "exact",
        "unit": "people",
        "start": 16,
        "end": 18,
        "primary": False,
    }
    assert claims[2] == {
        "metric": "displacement",
        "low": 9000,
        "best": 9000,
        "high": None,
        "quantifier": "more_than",
        "unit": "people",
        "start": text.index("More"),
        "end": text.index(" people fled"),
        "primary": True,
    }


@pytest.mark.parametrize(
    ("text", "metric", "unit"),
    [
        ("Some 900 people were displaced.", "displacement", "people"),
        ("There are 8,200 IDPs in the district.", "displacement", "people"),
        ("About 4,000 people are living in camps.", "displacement", "people"),
        ("Varo hosts 24,000 refugees.", "displacement", "people"),
        ("About 3,000 people have been forced from their homes.", "displacement", "people"),
        ("Some 700 people returned to their homes.", "displacement", "people"),
        ("About 90 families fled.", "displacement", "households"),
        ("Nine people were killed.", "killed", "people"),
        ("Nine people were hurt.", "injured", "people"),
    ],
)
def test_measures_are_told_in_three_metrics(text, metric, unit):
    assert [(claim["metric"], claim["unit"]) for claim in predict_claims(text)] == [(metric, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 houses were destroyed in Kell.",
        "The quake levelled 1,200 homes and damaged 3,400 more.",
        "More than 90 dwellings burned down.",
        "Fifty huts were torched by the militia.",
        "12,000 homes were left without power.",
    ],
)
def test_destroyed_housing_is_no_displacement(text):
    assert predict_claims(text) == []


def test_those_who_lost_their_houses_are_counted_and_the_houses_are_not():
    claims = predict_claims("Shelling destroyed 60 houses and displaced 200 people.")
    assert [(claim["best"], claim["unit"]) for claim in claims] == [(200, "people")]


@pytest.mark.parametrize(
    "text",
    [
        "Two-thirds of the residents fled.",
        "Dozens fled.",
        "If the dam fails, 5,000 people will be displaced.",
        "The army denied that 30 civilians had been killed.",
        "More than 100 people were killed or wounded.",
        "Police detained 40 people.",
        "Rebels freed 90 prisoners.",
        "About 80,000 people live in Kell.",
        "",
    ],
)
def test_what_is_no_figure_of_the_three_metrics_is_left_out(text):
    assert predict_claims(text) == []


@pytest.mark.parametrize(
    ("text", "primary"),
    [
        ("Some 8,000 people fled Kell and 3,000 fled Mira.", 8000),
        ("Nine people were killed. Some 900 people were displaced. Another 40 families fled.", 900),
        ("About 90 families or 450 people fled.", 90),
        ("Nine people were killed.", None),
    ],
)
def test_at_most_one_figure_is_primary_the_first_of_displacement(text, primary):
    claims = predict_claims(text)
    assert [claim["best"] for claim in claims if claim["primary"]] == (
        [] if primary is None else [primary]
    )


def test_a_part_is_not_primary():
    claims = predict_claims(
        "Some 900 people, 300 of them children, fled Kell; 40 more people were displaced in Mira."
    )
    assert [(claim["best"], claim["primary"]) for claim in claims] == [
        (900, True),
        (300, False),
        (40, False),
    ]


def test_spans_are_those_of_the_number_words():
    text = "İİ: at least 31 people were killed, c.40K fled and 300 or so were hurt."
    assert [text[claim["start"] : claim["end"]] for claim in predict_claims(text)] == [
        "at least 31",
        "c.40K",
        "300 or so",
    ]


def test_a_return_is_never_the_primary_figure():
    claims = predict_claims(
        "Some 900 people returned to Odra on Monday. About 4,000 people fled Pesk."
    )
    assert [claim["best"] for claim in claims if claim["primary"]] == [4_000]
