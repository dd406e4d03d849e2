"""Cards: what stands on the evidence pages beside a sentence: the claim or reading that was taken from it, in words."""

from urllib.parse import quote

import pandas as pd

from helpers.links import anchor_claim
from helpers.places import name_places, split_values
from helpers.prose import say_number, say_period

PRECISIONS = {
    "1": "a day",
    "2": "2 to 6 days",
    "3": "a week",
    "4": "up to a month",
    "5": "up to a year",
    "6": "more than a year",
}  # UCDP; 6 is ours
UNITS = {
    "person": "people",
    "percent": "%",
    "ratio": "times",
    "km": "km",
    "household": "households",
}


def link_card(anchor: str, doc_id: str, here: str, known: dict) -> str:
    """The address of a card from the page `here`."""
    page = known["pages"][doc_id]
    return ("" if page == here else quote(page)) + "#" + quote(anchor, safe="")


def describe_claim(claim, here: str, known: dict) -> dict:
    """The card of a claim: a line (measure, value or place, day), then what was coded, label → words, and
    links to other claims and to figures."""
    value, where = say_value(claim), name_places(known["places"], claim.place)
    day = say_period(claim.date_start, claim.date_end) if pd.notna(claim.date_start) else "undated"
    facts = {
        "Value": say_range(claim),
        "Of": claim.base,
        "Place": where if value else "",  # of an event it is the line
        "To": name_places(known["places"], claim.place_to),
        "Date": say_date(claim),
        "As of": claim.as_of.replace("/", " to "),
        "Said by": f"{claim.source_original.replace(';', ', ') or 'the text'}, {claim.assertion}",
        "Actor": claim.actor.replace(";", ", "),
        "Affected": say_affected(claim),
        "Note": claim.note,
        "Coded": f"{claim.topic}, {claim.scope}, {claim.review}, characters {claim.start}–{claim.end}",
    }
    links = {
        label: [
            (other, link_card(anchor_claim(other), known["home"][other], here, known))
            for other in split_values(cell)
            if other in known["home"]
        ]
        for label, cell in (("Part of", claim.part_of), ("Same as", claim.same_as))
    }
    links["Figures"] = [
        (stem.replace("_", " "), known["pictures"][stem])
        for stem, behind in known["behind"].items()
        if claim.claim_id in behind
    ]
    return {
        "is_claim": True,
        "anchor": anchor_claim(claim.claim_id),
        "id": claim.claim_id,
        "topic": claim.topic,
        "measure": claim.measure,
        "review": claim.review,
        "what": say_measure(claim.measure),
        "value": value or where,
        "day": day,
        "facts": [fact for fact in facts.items() if fact[1]],
        "links": [link for link in links.items() if link[1]],
    }


def describe_reading(reading, here: str, known: dict) -> dict:
    """The card of a reading of a question that the texts answer differently."""
    return {
        "is_claim": False,
        "anchor": anchor_claim(reading.mark),
        "id": reading.question_id,
        "topic": reading.topic,
        "reading": reading.reading,
        "question": reading.question,
        "others": link_card(f"question-{anchor_claim(reading.question_id)}", "", here, known),
        "words": reading.exact,
        "document": reading.doc_id,
    }


def say_measure(measure: str) -> str:
    """new displacement; IDPs."""
    return "IDPs" if measure == "idps" else measure.replace("_", " ")


def say_affected(claim) -> str:
    """combatant (government); civilian; "" when the text says neither."""
    sides = claim.affected_side.replace(";", ", ")
    return f"{claim.affected} ({sides})" if sides else claim.affected


def say_value(claim) -> str:
    """at least 22 people; between 10,000 and 40,000 people; “dozens”, which is no number; "" for an event."""
    if not claim.number:
        return ""
    if claim.quantifier == "vague":
        return f"“{claim.number}”"
    values = list(
        dict.fromkeys(value for value in (claim.low, claim.best, claim.high) if pd.notna(value))
    )
    words = " and ".join(say_number(value) for value in values)
    unit = (
        claim.unit
        if values == [1] and claim.unit != "percent"
        else UNITS.get(claim.unit, f"{claim.unit}s")
    )
    return (
        ("" if claim.quantifier == "exact" else claim.quantifier.replace("_", " ") + " ")
        + words
        + ("" if unit == "%" else " ")
        + unit
    )


def say_range(claim) -> str:
    """low 22, best 22, high open; "no number" for a vague word; "" for an event."""
    if not claim.number:
        return ""
    ends = ", ".join(
        f"{name} {'open' if pd.isna(value) else f'{value:,.15g}'}"
        for name, value in (("low", claim.low), ("best", claim.best), ("high", claim.high))
    )
    return f"{'no number' if claim.quantifier == 'vague' else ends} ({claim.quantifier.replace('_', ' ')}, {claim.unit or 'no unit'})"


def say_date(claim) -> str:
    """point, up to a month, explicit: “late November”. The days come first where the card's line, as
    say_period says them, may leave some out."""
    words = f": “{claim.date_exact}”" if claim.date_exact else ""
    if pd.isna(claim.date_start):
        return f"undated{words}"
    days = (
        f"{claim.date_start:%Y-%m-%d} to {claim.date_end:%Y-%m-%d}, "
        if claim.date_prec in "56"
        else ""
    )
    most = f", at most {claim.days_most} days" if claim.date_kind == "window" else ""
    return (
        f"{days}{claim.date_kind}{most}, {PRECISIONS[claim.date_prec]}, {claim.date_basis}{words}"
    )
