"""Copies: one story printed twice, under another headline or cut, is one text and one source."""

import re
from collections import Counter
from zlib import crc32

import numpy as np
import pandas as pd

SHINGLE = 5  # words in a row
FEWEST = 15  # shingles; of a shorter text only the same words are a copy
LEAST = 0.8  # of a text's shingles, and of its figures, stand in the text it is a copy of
EVERY = 8  # one shingle of so many is looked up; texts that share one are compared whole
MOST = 20  # texts that one shingle leads to: an agency's standing phrases lead to thousands
WORD = r"[^\W_]+"
FIGURE = r"(?<![\d/-])(?!(?:19|20)\d\d\b)\d[\d.,]*(?![\d/-])"  # no year, no ISO day
MIXERS = np.array([3 ** (2 * place + 1) for place in range(SHINGLE)], dtype=np.uint64)

# Sets of shingles, compared whole where a sample of them meets. datasketch (MinHash) estimates how
# alike two texts are, not how much of the one stands in the other, which is what tells a story that
# was cut; it brings scipy (100 MB), and takes longer than these sets do for 10,000 texts.


def find_copies(documents: pd.DataFrame) -> list[str]:
    """For each document the doc_id of the text that it is a copy of; "" for a text of its own.

    A text is a copy where four fifths of its runs of five words stand in another, published on the
    same day or before (of two undated ones: in the longer), and four fifths of its figures too: an
    update that tells other numbers is a text of its own. Its title is not looked at. Of a short
    text only one in the same words is a copy. A text that copies a copy is one of the first.
    """
    words = [_list_words(*cells) for cells in zip(documents["title"], documents["text"])]
    days = [str(day)[:10] if pd.notna(day) else "9999" for day in documents["published_start"]]
    order = sorted(range(len(words)), key=lambda at: (days[at], -len(words[at]), at))
    ids = documents["doc_id"].tolist()
    texts = documents["text"].tolist()
    firsts: dict[tuple[str, ...], int] = {}
    index: dict[int, list[int]] = {}
    known: dict[int, tuple[np.ndarray, set[str]]] = {}
    copies = [""] * len(words)
    for at in order:
        same = firsts.setdefault(tuple(words[at]), at)
        if same != at:
            copies[at] = ids[same]
            continue
        shingles = _list_shingles(words[at])
        if len(shingles) < FEWEST:
            continue
        figures = {mark.rstrip(".,") for mark in re.findall(FIGURE, texts[at])}
        sample = shingles[shingles % EVERY == 0].tolist()
        met = Counter(other for shingle in sample for other in index.get(shingle, ()))
        first = _find_first(shingles, figures, met, known)
        if first is not None:
            copies[at] = ids[first]
            continue
        known[at] = (shingles, figures)
        for shingle in sample:
            if len(held := index.setdefault(shingle, [])) < MOST:
                held.append(at)
    return copies


def _list_words(title: str, text: str) -> list[str]:
    """The words of a text below its title."""
    return re.findall(WORD, text.lstrip().removeprefix(title).lower())


def _list_shingles(words: list[str]) -> np.ndarray:
    """The runs of five words of a text as numbers, each once, in order."""
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    codes = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(codes, SHINGLE)
    mixed = (runs * MIXERS).sum(axis=1, dtype=np.uint64)
    return np.unique(
        (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(8)
    )


def _find_first(
    shingles: np.ndarray,
    figures: set[str],
    met: Counter[int],
    known: dict[int, tuple[np.ndarray, set[str]]],
) -> int | None:
    """Of the texts that share a shingle the one that holds most of this, if it holds enough."""
    for other, _ in met.most_common(MOST):
        others, told = known[other]
        shared = np.isin(shingles, others, assume_unique=True).sum()
        if shared < LEAST * len(shingles):
            continue
        if len(figures & told) >= LEAST * len(figures):
            return other
    return None


def name_stories(documents: pd.DataFrame) -> dict[str, str]:
    """doc_id → the text that stands for it: itself, or what it is a copy of (copy_of), or what that
    is a copy of. Of texts that name each other the one listed first stands for all."""
    if "copy_of" not in documents:
        return {name: name for name in documents["doc_id"]}
    firsts = dict(zip(documents["doc_id"], documents["copy_of"]))
    order = {name: at for at, name in enumerate(firsts)}
    stories = {}
    for name in firsts:
        followed = [name]
        while (first := firsts[followed[-1]]) in firsts and first not in followed:
            followed.append(first)
        circle = followed[followed.index(first) :] if first in followed else followed[-1:]
        stories[name] = min(circle, key=order.__getitem__)
    return stories


def name_text(row) -> str:
    """The text that a claim row counts for: its document, or the one that this is a copy of."""
    return getattr(row, "story", row.doc_id)


def count_texts(claims: pd.DataFrame) -> int:
    """How many texts claims stand in, a story and its copies counted once."""
    return claims["story" if "story" in claims else "doc_id"].nunique()


def set_repeats_apart(claims: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Which rows of a claims table (text or typed) repeat, in a copy, a row of its first text: the
    same measure in the same words. The same figure in two texts that stand for themselves is two
    rows; in a copy it is the same row printed again. What a copy alone says is no repeat."""
    stories = claims["doc_id"].map(name_stories(documents)).fillna(claims["doc_id"])
    is_copy = stories != claims["doc_id"]
    words = claims["exact"].str.split().str.join(" ")
    told = pd.Series(list(zip(stories, claims["measure"], claims["number"], words)), claims.index)
    if not len(claims):
        return is_copy
    return is_copy & told.isin(set(told[~is_copy]))
