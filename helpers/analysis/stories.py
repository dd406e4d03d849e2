"""Stories: the agency whose story several texts print."""

import re
from collections import defaultdict

import pandas as pd

from helpers.corpus.copies import name_stories

# An agency as a dateline or a last line names it: (AP), (Atlantic Dispatch).
_AGENCY = re.compile(r"\(([A-Z][\w&.’' -]{1,40})\)")
_EDGE = 400  # characters at either end in which it is looked for


def name_agencies(documents: pd.DataFrame) -> dict[str, str]:
    """doc_id → the agency whose story it prints as other texts do: the name in brackets near the
    head or the end that all of these share, "" where they share none. Only texts whose story stands
    in several."""
    texts: dict[str, list[str]] = defaultdict(list)
    named: dict[str, list[str]] = {}
    for doc_id, first in name_stories(documents).items():
        texts[first].append(doc_id)
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        edges = text if len(text) < 2 * _EDGE else f"{text[:_EDGE]}\n{text[-_EDGE:]}"
        named[doc_id] = _AGENCY.findall(edges)
    agencies: dict[str, str] = {}
    for members in texts.values():
        if len(members) > 1:
            common = [name for name in named[members[0]] if all(name in named[m] for m in members)]
            agencies |= dict.fromkeys(members, common[0] if common else "")
    return agencies
