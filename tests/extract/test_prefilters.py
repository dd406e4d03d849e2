"""Prefilters: what keeps careful rules away from sentences that they cannot match must never
keep them from one that they match."""

import ast
import random
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from helpers.corpus.places import PLACE_COLUMNS
from helpers.extract.counts import find as counts
from helpers.extract.dates.search import DateSpans
from helpers.extract.events import coordination
from helpers.extract.events.matching import prefilter
from helpers.extract.events.matching.placeholders import Placeholders
from helpers.extract.events.matching.rules import FOLLOWING, RULES, Marked
from helpers.extract.places import names
from helpers.extract.places.gazetteer import build_gazetteer
from helpers.extract.places.mentions import Mentions, find_places
from helpers.extract.rules.load import load_event_rules
from helpers.extract.rules.needs import find_needs
from helpers.extract.rules.territory import PLACE_SIGN
from helpers.extract.text import signs
from helpers.extract.text.cache import LONGEST, Cache
from helpers.extract.text.document import Document
from tests.extract.reading import read_events
from tests.labelled.texts import load_labelled

HERE = Path(__file__).parent
DAYS = (date(2022, 3, 16), date(2022, 3, 16))
VERBS = (
    "captured seized took taken retaken lost freed won fell fallen falls surrendered "
    "handed turned given over back gained entered reached withdrew abandoned quit drove "
    "expelled out of control held since under hands went the same way so did "
    "had fall capture loss that which it those was were has been is are now again launched "
    "an offensive assault on in by to both towns town village city of including where "
    "gates from rebels army troops and , , . ; on Monday 12 March yesterday"
).split()
PLACES = [
    "Odra",
    "Pesk",
    "Lunde",
    "Kafr-Nabl",
    "al-Bab",
    "Damascus",
    "Aleppo",
    "Deir ez-Zor",
    "Old Pell",
    "the town",
    "Harlo’s airport",
]

TOLD = """
Rebels seized several towns on Monday, including Odra and Pesk. The militia handed over Odra to the
army. The army gave back Odra. They handed Odra over to the rebels. The rebels won back Pesk. Troops
drove the rebels out of Odra.
Rebels were driven out of Odra on Monday. Odra was the third town to fall. Odra became the first
city to be taken. Among the prizes were Odra and Pesk. Gains in May included Odra. The army has held
Odra since 12 March.
Odra has been under rebel control since 12 March. Odra, held by the rebels since 12 March, is quiet.
Odra, where the army took control, is quiet. Odra was in their hands, and with it Pesk. Odra fell,
followed by that of Pesk.
The rebels won Odra. Odra opened its gates. Pesk, a port, was captured on Monday. Lunde was returned
to the government. Odra slipped from their grasp. Odra changed hands. Odra is a hub that the rebels
took over on 3 March.
Odra seized by rebels. 12 March: Odra captured. Odra, taken on Monday, is calm. Odra is back in
rebel hands. The fall of Odra cut the road. Odra's capture cut it. Control of Odra passed to the
army. Then it was the turn of Odra.
Odra fell. Pesk went the same way. So did Lunde. Rebels withdrew from Odra. Odra was abandoned by
the army. The army's withdrawal from Odra began. Soldiers entered the heart of Odra. Rebels reached
the outskirts of Odra.
The army began a counter-offensive on Odra. Rebels launched an offensive on Odra. The assault on
Odra began. Rebels took Odra. The town was taken again on Friday. They captured it. Odra, which fell
on 3 March, is a hub. Odra (occupied 12 March) is a hub. Rebels Occupying The Embassy Are Women
Wearing White Scarfs.
Rebels took that port. The army abandoned the nearby village. Odra fell, silent. Pesk, say, fell by
March. Rebels captured on Monday the port city of Odra. The army took nearly all of the Russian base
in Lunde. Troops seized the south.
"""


@pytest.fixture(scope="module")
def gazetteer():
    rows = [
        dict.fromkeys(PLACE_COLUMNS, "")
        | {"place": key, "name": name, "names": [name], "parts": []}
        for key, name in (
            ("south", "the south"),
            ("odra", "Odra"),
            ("base", "Russian base in Lunde"),
        )
    ]
    return build_gazetteer(pd.DataFrame(rows).set_index("place"), "Syria")


@pytest.fixture(scope="module")
def texts():
    """The sample texts, every sentence of the extraction tests, and sentences thrown together from
    words of the rules."""
    samples = [
        file.read_text(encoding="utf-8")
        for file in sorted((HERE.parent / "samples").glob("*/*.*"))
        if file.suffix in (".txt", ".md")
    ]
    quoted = [
        node.value
        for file in sorted(HERE.glob("test_*.py"))
        if file != Path(__file__)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 20
    ]
    rng = random.Random(7)
    thrown = [
        " ".join(
            rng.choice(PLACES) if rng.random() < 0.3 else rng.choice(VERBS)
            for _ in range(rng.randint(5, 40))
        )
        + "."
        for _ in range(250)
    ]
    joined = [" ".join(rng.sample(quoted, 6)) for _ in range(60)] + [
        "\n\n".join(rng.sample(quoted, 6)) for _ in range(60)
    ]
    return (
        samples
        + [TOLD, *TOLD.split(". ")]
        + [text for rule in load_event_rules() for text, _ in rule.examples]
        + quoted
        + thrown
        + joined
        + [text.upper() for text in quoted[::5]]
        + [text.title() for text in quoted[::5]]
    )


def replace(text, gazetteer):
    """(document, order, sentence with placeholders, where a place may begin in it) of a text's
    sentences that name a place."""
    document = Document(text)
    sentences = Placeholders(document, DateSpans(document), Mentions(document, gazetteer))
    for order in range(len(document.sentences)):
        marked, meant = sentences.replace(order, [])
        if meant:
            yield document, order, marked, partial(sentences.list_possible, order)


@pytest.fixture(scope="module")
def matches(texts, gazetteer):
    """(rule, document, order, places) wherever a rule matches."""
    return [
        (rule, document, order, places)
        for text in texts
        for document, order, marked, places in replace(text, gazetteer)
        for rule in RULES
        if rule.pattern.search(marked)
    ]


def test_the_texts_hold_every_rule(matches):
    assert len({rule for rule, *_ in matches}) == len(RULES)
    assert len(matches) > 500


def test_a_rule_matches_in_pieces_where_it_matches_as_a_whole(texts, gazetteer):
    for text in texts:
        for *_, marked, _ in replace(text, gazetteer):
            sentence = Marked(marked)
            for rule in RULES:
                whole, pieces = rule.pattern.search(marked), rule.search(sentence, 0)
                assert (whole is None) == (pieces is None), (rule, marked)
                if whole:
                    assert pieces.words == whole[0], (rule, marked)
                    named = {name for name, words in whole.groupdict().items() if words is not None}
                    assert pieces.spans == {name: whole.span(name) for name in named}


def test_no_rule_matches_in_a_sentence_whose_words_are_refused(matches):
    refused = [
        (rule.name, document.text)
        for rule, document, order, places in matches
        if rule not in (prefilter.choose_rules(document, order, True, places) or ())
    ]
    assert refused == []


def test_places_in_brackets_pass(texts, gazetteer):
    held = [
        (document, order)
        for text in texts
        for document, order, marked, _ in replace(text, gazetteer)
        if coordination.CHANGES.search(marked)
    ]
    assert held
    assert all(prefilter.choose_rules(*place, False, list) is not None for place in held)


def test_rules_that_say_nothing_by_themselves_wait_for_an_event():
    document = Document("So did Odra.")
    rules = prefilter.choose_rules(document, 0, True, lambda: [2])
    assert rules
    assert {rule.name for rule in rules} <= FOLLOWING
    assert prefilter.choose_rules(document, 0, False, lambda: [2]) is None


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        (r"\b(?:fall|fell)s?\b", ["fall/falls/fell/fells"]),
        (r"\bcapitulat\w+", ["capitulat…"]),
        (r"\b(?:the\s+)?fall\s+of\b", ["fall of"]),
        (r"\b(?:won|fought)\s+back\b", ["fought/won back"]),
        (r"\b(?:won|fought\s+back)\b", ["fought back", "won"]),
        (r"\bwon|lost\b", ["won…/…lost"]),
        (r"\w+-held", ["…-held…"]),
        (r"\bt[ao]ken(?!\s+ill)", ["taken…/token…"]),
        (r"\bt[ao]ken(?!\w)", ["taken/token"]),
        (r"(?<=over)\s+town\b", ["town"]),
        (r"\bcounter-?\s?attack\b", ["counter-…/counter… …attack"]),
        (r"\bPLACE\s+fell\b", ["PLACE fell"]),
        (r"\btook\s+(?:PLACE|it)\b", ["took PLACE", "took it"]),
        (r"\b(?:it|that)\b(?=\s+fell\b)", ["it/that fell"]),
        (r"\bwon|\w+", [""]),
        (r"(?:town)?", [""]),
    ],
)
def test_a_pattern_tells_the_words_that_it_needs(pattern, ways):
    found = find_needs(pattern.replace("PLACE", PLACE_SIGN))
    shown = [" ".join("/".join(sorted(word)) for word in way) for way in found]
    assert sorted(way.replace(PLACE_SIGN, "PLACE") for way in shown) == ways


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Odra fell on Monday.", True),
        ("On Monday prices fell in Odra.", False),
        ("It rose and prices fell in Odra.", True),
        ("They fellow Odra.", False),
        ("Odra _fell_ on Monday.", True),
        ("The town fell on Monday.", True),
        ("ODRA FELL ON MONDAY.", True),
    ],
)
def test_a_rule_is_chosen_where_its_words_and_its_place_stand_in_order(text, chosen, gazetteer):
    document = Document(text)
    sentences = Placeholders(document, list, Mentions(document, gazetteer))
    places = partial(sentences.list_possible, 0)
    rules = prefilter.choose_rules(document, 0, False, places) or ()
    assert ("falls" in {rule.name for rule in rules}) is chosen


def test_places_of_a_sentence_are_those_of_the_whole_text(texts, gazetteer):
    elsewhere = [
        "Zzelmir slept.\n\nRebels captured Zzelmir.",
        "Qerrin slept.\n\nRebels captured Zzelmir and Qerrin.",
        "Rebels captured Zzelmir.\n\nMina Zzelmir, 43, slept.",
        "Zzelmir and Qerrin slept.\n\nThe town of Qerrin is quiet.",
    ]
    for text in elsewhere + texts:
        document = Document(text)
        mentions = Mentions(document, gazetteer)
        _ = mentions.spans  # reads the whole text: every name is judged with all that bears on it
        whole = mentions.within(0, len(text))
        for sentence in document.sentences:
            assert Mentions(document, gazetteer).within(sentence.start, sentence.end) == [
                place for place in whole if sentence.start <= place.start < sentence.end
            ]


def test_figures_are_the_same_whether_sentences_are_chosen_or_all_are_read(texts, monkeypatch):
    def read(text):
        return counts.find_counts(Document(text))

    traps = [
        "The 12 party members fled.",
        "Rebels murdered a priest within 3 days.",
        "In 3 weeks' time 40 will have fled.",
        "Some 12 army\nofficers fled.",
        "12 car-\nmakers fled.",
        "After 5 years, 12 were displaced.",
        "Rebels put a judge to death after 2 hours.",
        "12 people were killed. Of those 3 cars are left.",
    ]
    labelled = traps + [
        row["text"]
        for name in ("news", "sentences", "wire", "plain_news")
        for row in load_labelled(name)
    ]
    chosen = [read(text) for text in texts + labelled]
    monkeypatch.setattr(counts, "may_count", lambda *_: True)
    assert [read(text) for text in texts + labelled] == chosen
    assert sum(map(len, chosen)) > 1_000


def test_joiners_belong_to_a_name_between_others(gazetteer):
    document = Document("Rebels captured Zel ez Mor on Monday.")
    assert [place.words for place in find_places(document, gazetteer)] == ["Zel ez Mor"]


def test_that_means_no_place_of_two_sentences_ago(gazetteer):
    text = "Rebels entered Odra. Nobody slept. Then that was captured."
    assert [event.measure for event in read_events(text, gazetteer, DAYS)] == ["entered"]


# Caches


def test_a_result_does_not_depend_on_what_was_read_before(texts, gazetteer, monkeypatch):
    some = texts[:60]
    before = [read_events(text, gazetteer, DAYS) for text in some]
    caches = [cache for cache in vars(names).values() if isinstance(cache, Cache)] + [
        gazetteer.rare,
        gazetteer.opens,
        prefilter._RULES.bits,
    ]
    assert len(caches) > 4
    for cache in caches:
        cache.clear()
        monkeypatch.setattr(cache, "words", 3)
    assert [read_events(text, gazetteer, DAYS) for text in reversed(some)] == before[::-1]
    assert all(len(cache) <= 3 for cache in caches)


def test_a_cache_judges_a_word_once_and_keeps_no_more_than_it_may():
    judged = []
    cache = Cache(lambda word: judged.append(word) or len(word), 4)
    assert [cache[word] for word in ("a", "bb", "a", "bb")] == [1, 2, 1, 2]
    assert judged == ["a", "bb"]
    assert [cache["x" * length] for length in range(1, 9)] == list(range(1, 9))
    assert len(cache) <= 4
    cache["y" * (LONGEST + 1)]
    assert "y" * (LONGEST + 1) not in cache


def test_a_sign_that_a_rule_adds_later_is_asked_of_a_text_too():
    document = Document("Kell fell on Monday. Nobody knows why.")
    before = document.signs[1]
    sign = signs.add_sign(lambda word: word == "Nobody")
    try:
        assert document.find_sentences(sign) == [1]
        assert [document.words[index] for index in document.find_signs(sign)] == ["Nobody"]
        assert document.signs[1] == before | sign
    finally:
        signs.JUDGES.pop()
        signs.SIGNS.clear()
