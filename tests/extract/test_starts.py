"""The days on which fighting began, with who began it, of no place."""

import pytest

from helpers.extract.propose import propose_claims
from tests.labelled.texts import make_documents, make_places


@pytest.mark.parametrize(
    ("text", "began"),
    [
        (
            "The Iran-backed rebels launched their offensive on June 3.",
            [("offensive_start", "Iran-backed rebels", "2024-06-03")],
        ),
        (
            "An offensive against the RSF began on 3 June.",
            [("offensive_start", "", "2024-06-03")],
        ),
        (
            "The army regained several hills in a counter-attack on Friday.",
            [("counter_offensive", "", "2024-06-07")],
        ),
        ("The club launched its campaign with a win in a counter-attack.", []),
    ],
)
def test_the_day_on_which_fighting_began_is_told_with_who_began_it(text, began):
    row = {"id": "0001", "text": text, "published": "2024-06-12"}
    claims = propose_claims(make_documents([row]), make_places()).claims
    assert list(zip(claims["measure"], claims["actor"], claims["date_start"])) == began
