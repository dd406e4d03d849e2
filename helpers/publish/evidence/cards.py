"""Cards: what stands on the evidence pages beside a sentence: the claim or reading taken from it,
in words."""

from typing import Any

import pandas as pd

from helpers.corpus.places import name_places, split_values
from helpers.publish.evidence.references import References
from helpers.publish.links import anchor_claim
from helpers.schema.formatting import say_number, say_period

PRECISIONS = {  # UCDP; 6 is ours
    "1": "a day",
    "2": "2 to 6 days",
    "3": "a week",
    "4": "up to a month",
    "5": "up to a year",
    "6": "more than a year",
}
UNITS = {
    "person": "people",
    "percent": "%",
    "ratio": "times",
    "km": "km",
    "household": "households",
}


def fill_claim_card(claim, here: str, known: References) -> dict[str, Any]:
    """The card of a claim: a line (measure, value or place, day), then what was coded, label →
    words, and links to other claims and to figures."""
    value, where = say_quantity(claim), name_places(known.places, claim.place)
    dated, span = pd.notna(claim.date_start), f"characters {claim.start}–{claim.end}"
    facts = {
        "Value": say_ends(claim),
        "Of": claim.base,
        "Place": where if value else "",  # of an event it is the line
        "To": name_places(known.places, claim.place_to),
        "Date": say_date(claim),
        "As of": claim.as_of.replace("/", " to "),
        "Said by": f"{list_values(claim.source_original) or 'the text'}, {claim.assertion}",
        "Actor": list_values(claim.actor),
        "Affected": say_affected(claim),
        "Note": claim.note,
        "Read otherwise": getattr(claim, "doubt", ""),
        "Coded": f"{claim.topic}, {claim.scope}, {claim.review}, {span}",
    }
    links = {"Part of": _link_claims(claim.part_of, here, known)}
    links["Same as"] = _link_claims(claim.same_as, here, known)
    links["Figures"] = [
        (stem.replace("_", " "), known.pictures[stem])
        for stem, behind in known.behind.items()
        if claim.claim_id in behind
    ]
    return {
        "anchor": anchor_claim(claim.claim_id),
        "id": claim.claim_id,
        "measure": claim.measure,
        "review": claim.review,
        "what": say_measure(claim.measure),
        "value": value or where,
        "day": say_period(claim.date_start, claim.date_end) if dated else "undated",
        "facts": [fact for fact in facts.items() if fact[1]],
        "links": [link for link in links.items() if link[1]],
    }


def _link_claims(cell: str, here: str, known: References) -> list[tuple[str, str]]:
    """(claim, address) of the claims that a cell names, as far as the corpus holds them."""
    return [
        (claim, known.link_card(anchor_claim(claim), known.home[claim], here))
        for claim in split_values(cell)
        if claim in known.home
    ]


def fill_reading_card(reading, here: str, known: References) -> dict[str, Any]:
    """The card of a reading of a question that the texts answer differently."""
    question = f"question-{anchor_claim(reading.question_id)}"
    return {
        "anchor": anchor_claim(reading.mark),
        "id": reading.question_id,
        "topic": reading.topic,
        "reading": reading.reading,
        "question": reading.question,
        "others": known.link_card(question, "", here),
        "document": reading.doc_id,
    }


def list_values(cell: str) -> str:
    """The values of a cell that holds several: HTS, SNA."""
    return cell.replace(";", ", ")


def say_measure(measure: str) -> str:
    """new displacement; IDPs."""
    return "IDPs" if measure == "idps" else measure.replace("_", " ")


def say_affected(claim) -> str:
    """combatant (government); civilian; "" when the text says neither."""
    sides = list_values(claim.affected_side)
    return f"{claim.affected} ({sides})" if sides else claim.affected


def say_quantity(claim) -> str:
    """at least 22 people; between 10,000 and 40,000 people; “dozens”, which is no number; "" for an
    event."""
    if not claim.number:
        return ""
    if claim.quantifier == "vague":
        return f"“{claim.number}”"
    ends = (claim.low, claim.best, claim.high)
    values = list(dict.fromkeys(value for value in ends if pd.notna(value)))
    words = " and ".join(say_number(value) for value in values)
    unit = UNITS.get(claim.unit, f"{claim.unit}s")
    if values == [1] and claim.unit != "percent":
        unit = claim.unit
    if claim.quantifier != "exact":
        words = f"{claim.quantifier.replace('_', ' ')} {words}"
    return f"{words}{unit}" if unit == "%" else f"{words} {unit}"


def say_ends(claim) -> str:
    """low 22, best 22, high open; "no number" for a vague word; "" for an event."""
    if not claim.number:
        return ""
    ends = {"low": claim.low, "best": claim.best, "high": claim.high}
    said = ", ".join(
        f"{name} {'open' if pd.isna(value) else f'{value:,.15g}'}" for name, value in ends.items()
    )
    if claim.quantifier == "vague":
        said = "no number"
    return f"{said} ({claim.quantifier.replace('_', ' ')}, {claim.unit or 'no unit'})"


def say_date(claim) -> str:
    """point, up to a month, explicit: “late November”. The days come first where the card's line,
    as say_period says them, may leave some out."""
    words = f": “{claim.date_exact}”" if claim.date_exact else ""
    if pd.isna(claim.date_start):
        return f"undated{words}"
    parts = [claim.date_kind, PRECISIONS[claim.date_prec], claim.date_basis]
    if claim.date_kind == "window":
        parts.insert(1, f"at most {claim.days_most} days")
    if claim.date_prec in "56":
        parts.insert(0, f"{claim.date_start:%Y-%m-%d} to {claim.date_end:%Y-%m-%d}")
    return ", ".join(parts) + words
