"""Telling: what the figure of all texts says in its title, subtitle and note."""

from __future__ import annotations

from typing import Any

from helpers.analysis.selection import Study
from helpers.analysis.stories import name_agencies
from helpers.charts.captures.words import open_sentence
from helpers.charts.chart import Told
from helpers.charts.findings import say_country
from helpers.charts.lists.texts import Row, list_reprints, list_shared
from helpers.charts.look.language import find_words
from helpers.charts.page.attribution import is_nameless


def find_largest(study: Study, texts: list[Row]) -> Row | None:
    """The text that holds half of all figures, which the title then tells of; None where none does,
    or texts that print one story are told of first."""
    if len(texts) < 2 or list_shared(study):
        return None
    largest = max(texts, key=lambda row: row.total)
    return largest if largest.total * 2 >= sum(row.total for row in texts) else None


def _find_titles(study: Study, texts: list[Row]) -> list[str]:
    """What strikes first: a text that holds half of all; else how many texts of how many publishers
    there are, how many hold figures, and how many print one story; each then without publishers."""
    words = find_words(study)
    everything, holding = len(study.documents), len(texts)
    counted = words.count("mentions", sum(row.total for row in texts))
    name = "corpus_all" if holding == everything else "corpus_some"
    held = words.count(name, holding, figures=counted)
    short = words.count(f"{name}_short", holding)
    if shared := list_shared(study):
        held = f"{short}, {_say_stories(study, shared)}"
    name = f"texts_{'one' if everything == 1 else 'many'}"
    spelled = open_sentence(words(name, n=words.spell(everything)))
    heads = [f"{spelled}{_say_publishers(study)}", spelled]
    titles = [words("corpus_texts", texts=head, held=held) for head in heads]
    largest = find_largest(study, texts)
    if largest is not None:
        among = words("among_texts_many", n=words.spell(everything))
        titles.insert(0, words("corpus_one", n=largest.total, figures=counted, texts=among))
    brief = words("corpus_texts", texts=spelled, held=short)
    return list(dict.fromkeys([*titles, brief]))


def _say_empty(study: Study, texts: list[Row]) -> str:
    """What the texts without a row hold: how many of them reprint a story, how many have no
    figure; "" where each text has a row."""
    words, held = find_words(study), {row.key for row in texts}
    empty = [key for key in study.documents["doc_id"] if key not in held]
    reprints = len(set(empty) & set(list_reprints(study)))
    bare = len(empty) - reprints
    if not reprints:
        return words.count("empty_texts", bare) if bare else ""
    if not bare:
        return words.count("empty_reprints", reprints)
    said = words.count("are_reprints", reprints, spelled=words.spell(reprints))
    none = words.count("hold_none", bare, spelled=words.spell(bare))
    return words("empty_both", n=words.spell(len(empty)), reprints=said, none=none)


def _say_stories(study: Study, shared: list[set[str]]) -> str:
    """How many texts print stories that others print too: one reprints another’s story, where
    the agency whose it is published one of the texts; five reprint two agency stories, where it did
    not."""
    words, agencies = find_words(study), name_agencies(study.documents)
    known = dict(zip(study.documents["doc_id"], study.documents["publisher"], strict=True))
    own = [[key for key in keys if known[key] == agencies.get(key)] for keys in shared]
    printed = sum(map(len, shared))
    if all(own):
        several = printed - sum(map(len, own))
        return words.count("corpus_reprints", several, several=words.spell(several))
    told = {"several": words.spell(printed), "stories": words.spell(len(shared))}
    if any(own):
        return words("corpus_printed", **told)
    return words.count("corpus_stories", len(shared), **told)


def _say_publishers(study: Study) -> str:
    """“ by 11 publishers”, “ and others unknown” of texts that name none; "" of one, or of none."""
    words, named = find_words(study), study.documents["publisher"]
    unknown = named.map(is_nameless)
    publishers = named[~unknown].nunique()
    if publishers < 2:
        return ""
    said = words("corpus_by", n=words.spell(publishers))
    return f"{said} {words.count('corpus_unknown', int(unknown.sum()))}" if unknown.any() else said


def tell_corpus(study: Study, texts: list[Row], rows: list[Row]) -> dict[str, Any]:
    words, title = find_words(study), _find_titles(study, texts)
    names = ["subtitle_corpus", "subtitle_texts", "subtitle_corpus_short"]
    if rows[0].key != rows[0].documents[0].doc_id:
        names = ["subtitle_publishers", "subtitle_publishers_brief", "subtitle_texts"]
        if rows[-1].is_rest:
            names[0] = "subtitle_publishers_rest"
        names.append("subtitle_publishers_short")
    empty = _say_empty(study, texts)
    note = [empty] if empty else []
    if len(texts) > 1:
        note.append(words("note_each"))
    counted = words.count("mentions", sum(row.total for row in texts))
    spelled = words.spell(len(texts)).capitalize()
    named = {"rows": len(rows), "texts": spelled, "figures": counted, "title": title[0]}
    country = say_country(study, words)
    about = words("about_country", country=country) if country else ""
    published = study.documents.dropna(subset=["published_start", "published_end"])
    ends = published["published_start"].min(), published["published_end"].max()
    said = words("published_never")
    if len(published):
        said = words("published_on", days=words.period(*ends, True))
    if not about:
        said = said.removesuffix(",")
    subtitle = [words(name, about=about, published=said) for name in names]
    alt, reading = words("alt_corpus", **named), words("reading_corpus")
    return {"told": Told(title, subtitle, alt, reading), "note": tuple(note)}
