"""Events: the claims that tell of the advance, as every chart of it selects and names them."""

from typing import Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.corpus.places import share_value, split_values

VERBS = {  # a withdrawal may be of one side, of a part, or under way: it is not "left"
    "offensive_start": "attack began",
    "reached": "reached",
    "entered": "entered",
    "captured": "captured",
    "withdrawn": "withdrawal",
    "counter_offensive": "counter-offensive",
}


def select_events(study: Study, measures: list[str]) -> pd.DataFrame:
    """The dated events of the offensive with a place, of the measures named. One row is one
    claim."""
    claims = study.claims
    return claims[
        (claims["scope"] == "offensive")
        & claims["measure"].isin(measures)
        & (claims["place"] != "")
        & (claims["unit"] == "event")
    ]


def find_actors(study: Study) -> list[str]:
    """Whose advance it is: the actors named under [route] in corpus.toml; nobody named means
    everybody."""
    return study.settings.get("route", {}).get("actors", [])


def find_route(study: Study) -> list[str]:
    """The places of the advance in order, by key, as corpus.toml names them under [route]."""
    return study.settings.get("route", {}).get("places", [])


def name_kinds(
    study: Study, claims: pd.DataFrame, more: dict[str, pd.Series]
) -> dict[str, pd.Series]:
    """What a footer calls the claims of pace that its figure does not draw (Chart.leave_out):
    words → rows of `claims`. `more` names the steps that the figure draws of some places only."""
    measure, actors = claims["measure"], find_actors(study)
    elsewhere = claims["actor"].map(
        lambda cell: bool(cell and actors and not share_value(cell, actors))
    )
    starts = measure == "offensive_start"
    return {
        "claims of the years before and of background": claims["scope"] != "offensive",
        "plans, demands, rumours and forecasts": claims["assertion"] == "expected",
        "denials": claims["assertion"] == "denied",
        "counter-offensives": measure == "counter_offensive",
        "offensives on other fronts": starts & elsewhere,
        "beginnings of the advance and its battles": starts,
        "durations": measure == "duration",
        "distances": measure == "distance",
        "shares and changes of what is held": measure.isin(["control_share", "control_change"]),
        "counts of unnamed places or people": (measure == "settlements_captured")
        | (claims["unit"] != "event"),
        "events without a date": claims["date_start"].isna(),
        "events at no named place": claims["place"] == "",
        **more,
    }


def list_steps(study: Study) -> pd.DataFrame:
    """The events of the offensive, drawn or not: what the footer of a figure of the advance
    accounts for."""
    claims = study.all_claims
    return claims[(claims["scope"] == "offensive") & claims["measure"].isin(VERBS)]


def find_denials(study: Study, place: str) -> list[Any]:
    """The claims that deny that a place was captured in the offensive, as rows."""
    claims = study.claims
    denials = claims[
        (claims["measure"] == "captured")
        & (claims["assertion"] == "denied")
        & (claims["scope"] == "offensive")
    ]
    return [row for row in denials.itertuples() if place in split_values(row.place)]


def say_short(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """29–30 Nov; 8 Dec; 27 Nov–7 Dec."""
    if start == end:
        return f"{start.day} {start:%b}"
    if start.month == end.month:
        return f"{start.day}–{end.day} {end:%b}"
    return f"{start.day} {start:%b}–{end.day} {end:%b}"
