"""Stories: texts that print the same agency story count as one."""

import re
from collections import defaultdict

import pandas as pd

RUN = 8  # words in a row; two texts that share many such runs print one story
SHARED = 0.5  # of the runs of the shorter text
# An agency as a dateline or a last line names it: (AP), (Atlantic Dispatch).
_AGENCY = re.compile(r"\(([A-Z][\w&.’' -]{1,40})\)")
_EDGE = 400  # characters at either end in which it is looked for


def group_stories(documents: pd.DataFrame) -> dict[str, str]:
    """doc_id → the first text that prints the same story, often the text itself: at least SHARED of
    the runs of RUN words of the shorter text stand in that one too.

    >>> wire = "The Column took the town on Friday after the council asked to spare the hospital"
    >>> own = "Nobody saw the column on Friday and the council of the town asked for no mercy"
    >>> texts = [wire, own, "From our desk. " + wire]
    >>> group_stories(pd.DataFrame({"doc_id": ["1", "2", "3"], "text": texts}))
    {'1': '1', '2': '2', '3': '1'}
    """
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    story: dict[str, str] = {}
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        words = re.findall(r"\w+", text.lower())
        runs = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
        sizes[doc_id] = len(runs)
        shared: dict[str, int] = defaultdict(int)
        for run in runs:
            for other in holders[run]:
                shared[other] += 1
            holders[run].append(doc_id)
        same = [
            other
            for other in sizes
            if shared[other] and shared[other] >= SHARED * min(sizes[other], sizes[doc_id])
        ]
        story[doc_id] = story[same[0]] if same else doc_id
    return story


def name_agencies(documents: pd.DataFrame) -> dict[str, str]:
    """doc_id → the agency whose story it prints as other texts do: the name in brackets near the
    head or the end that all of these share, "" where they share none. Only texts whose story stands
    in several."""
    texts: dict[str, list[str]] = defaultdict(list)
    named: dict[str, list[str]] = {}
    for doc_id, first in group_stories(documents).items():
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


def count_independent(doc_ids: list[str], story: dict[str, str]) -> int:
    """How many stories stand behind texts (group_stories): two that print one agency are one."""
    return len({story.get(doc_id, doc_id) for doc_id in doc_ids})
