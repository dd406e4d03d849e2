"""References: what every card on the evidence pages refers to, gathered once for all of them."""

from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd

from helpers.analysis.selection import Study
from helpers.publish.links import LISTS, name_page


@dataclass(frozen=True)
class References:
    """What cards refer to.

    places: as loaded. pages: document → its page ("" → that of the lists). home: claim → its
    document. behind: figure → its claims. everywhere: figures that rest on every claim, which need
    not be said with each. pictures: figure → address.
    """

    places: pd.DataFrame
    pages: dict[str, str]
    home: dict[str, str]
    behind: dict[str, set[str]]
    everywhere: list[str]
    pictures: dict[str, str]

    def link_card(self, anchor: str, doc_id: str, here: str) -> str:
        """The address of a card from the page `here`."""
        page = self.pages[doc_id]
        return ("" if page == here else quote(page)) + "#" + quote(anchor, safe="")


def gather_references(study: Study, figures: dict[str, dict]) -> References:
    """The references of a corpus and its figures (stem → its .json)."""
    formats, everything = study.parameters["formats"], set(study.coded["claim_id"])
    ending = next((ending for ending in ("svg", "png") if ending in formats), "json")
    behind = {
        stem: {claim["claim"] for mark in figure["marks"] for claim in mark["claims"]}
        for stem, figure in figures.items()
    }
    everywhere = [stem for stem, claims in behind.items() if claims and claims >= everything]
    return References(
        places=study.places,
        pages={doc_id: name_page(study, doc_id) for doc_id in study.documents["doc_id"]}
        | {"": LISTS},
        home=dict(zip(study.coded["claim_id"], study.coded["doc_id"])),
        behind={stem: claims for stem, claims in behind.items() if stem not in everywhere},
        everywhere=everywhere,
        pictures={stem: f"../{quote(stem)}.{ending}" for stem in figures},
    )
