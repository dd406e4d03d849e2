"""Who says so in whole texts, and what is corrected: the table of sources.txt, and links."""

from pathlib import Path

import pytest

from helpers.corpus.dateline import find_publisher
from helpers.extract.propose import propose_claims
from tests.labelled.texts import make_documents, make_places

LINES = Path(__file__).with_name("sources.txt").read_text("utf-8").splitlines()
CASES = [line.removeprefix("? ").split(" | ") for line in LINES if line[:1] not in ("", "#")]
OPEN = [line.startswith("? ") for line in LINES if line[:1] not in ("", "#")]
NEAR = 14  # characters between a number and the words that the table gives for it


def propose(texts):
    """The rows proposed from texts, by the number of the text."""
    documents = [
        {"id": f"{at:04d}", "text": text, "published": "2024-05-08"}
        for at, text in enumerate(texts)
    ]
    table = make_documents(documents).assign(publisher=list(map(find_publisher, texts)))
    claims = propose_claims(table, make_places()).claims
    return [claims[claims["doc_id"] == row["id"]].to_dict("records") for row in documents]


@pytest.fixture(scope="module")
def proposed():
    return propose([case[1].replace(" // ", "\n\n") for case in CASES])


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(at, marks=pytest.mark.xfail(strict=True)) if is_open else at
        for at, is_open in enumerate(OPEN)
    ],
)
def test_a_row_names_who_says_it_and_how_far_it_is_taken(proposed, at):
    kind, text, words, sources, assertions = CASES[at]
    text = text.replace(" // ", "\n\n")
    start = text.rindex(words) if kind in ("revised", "rose") else text.index(words)
    if "\n\n" in text:
        start = text.index(words, text.index("\n\n"))
    rows = [row for row in proposed[at] if int(row["start"]) <= start + 2 <= int(row["end"]) + 1]
    if kind != "event":
        rows = [row for row in rows if abs(int(row["number_start"] or -99) - start) < NEAR]
    assert rows
    names = [name.strip().lower() for name in sources.split(";")]
    assert rows[0]["source_original"].lower() in names
    assert rows[0]["assertion"] in assertions.split("; ")


@pytest.mark.parametrize(
    "text",
    [
        "The toll from the blast was revised down from 58 dead to 41.",
        "A first report said that 58 people were killed. The correct number is 41.",
        "The death toll was lowered to 41 from 58.",
    ],
)
def test_the_number_that_replaces_another_says_so_and_the_other_is_denied(text):
    rows = {row["number"]: row for row in propose([text])[0]}
    assert rows["58"]["assertion"] == "denied"
    assert rows["41"]["assertion"] == "reported"
    assert rows["41"]["same_as"] == rows["58"]["claim_id"]


def test_those_added_to_a_toll_are_part_of_it():
    rows = {row["number"]: row for row in propose(["The death toll rose by three to 15."])[0]}
    assert rows["three"]["part_of"] == rows["15"]["claim_id"]


def test_who_gave_the_whole_speech_says_what_nobody_else_is_named_for():
    text = (
        "GENEVA, 3 May 2024 (Agency)\n\nThis is a summary of what was said by UNHCR spokesperson "
        "Ana Brel at a briefing.\n\nFrom Bria, 3,100 people have fled to Bangassou.\n\n"
        "The mayor said 12 people were killed."
    )
    assert [row["source_original"] for row in propose([text])[0]] == ["UNHCR", "mayor"]


@pytest.mark.parametrize(
    ("text", "words", "assertion"),
    [
        (
            "Fighting in Mali goes on. Senegal's government said 4,100 Malians had crossed.",
            "4,100",
            "reported",
        ),
        (
            "Fighting in Mali goes on. Mali's government said 4,100 people had fled Menaka.",
            "4,100",
            "claimed",
        ),
        (
            "Fighting in Mali goes on. Niger's government said 41 Malian soldiers were killed.",
            "41",
            "claimed",
        ),
    ],
)
def test_a_country_that_takes_people_in_is_no_party_to_what_they_fled(text, words, assertion):
    rows = propose([f"BAMAKO, Mali, May 7, 2024. Mali's army moved.\n\n{text}"])[0]
    assert [row["assertion"] for row in rows if row["number"] == words] == [assertion]


def test_what_a_figure_is_counted_by_says_nothing_of_an_event():
    text = "Rebels seized Menaka, killing eight soldiers by the army's own count."
    rows = {row["measure"]: row for row in propose([text])[0]}
    assert rows["captured"]["source_original"] == ""
    assert rows["killed"]["source_original"] == "army"
