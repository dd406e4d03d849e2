"""Gates: what keeps careful rules away from sentences that they cannot match must never keep them from one that they match."""

import ast
import random
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from labelled.readings import load_labelled

from helpers.extract.counts.find import find_counts
from helpers.extract.dates.expressions import find_dates
from helpers.extract.events import coordination as chains
from helpers.extract.events import prefilter as sketches
from helpers.extract.events import rules as ground
from helpers.extract.events.find import find_events
from helpers.extract.events.placeholders import Masks
from helpers.extract.places import context as framed
from helpers.extract.places import names
from helpers.extract.places.mentions import Places, build_gazetteer, find_places
from helpers.extract.rules import ground as frames
from helpers.extract.text.cache import LONGEST, Memo
from helpers.extract.text.numbers import lower_text
from helpers.extract.text.sentences import split_sentences
from helpers.places import PLACE_COLUMNS

HERE = Path(__file__).parent
DAYS = (date(2022, 3, 16), date(2022, 3, 16))
ARMED = {
    "entered",
    "reached",
    "left",
    "withdrawal",
}  # rules that want fighters as well, and refuse their own matches without
SINCE = {"held since", "under control since"}  # … that want "since" nearby
VERBS = (
    "captured seized took taken retaken lost freed won fell fallen falls surrendered handed turned given over back gained entered reached withdrew abandoned quit drove expelled out of control held since under hands went the same way so did "
    "had fall capture loss that which it those was were has been is are now again launched an offensive assault on in by to both towns town village city of including where gates from rebels army troops and , , . ; on Monday 12 March yesterday"
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
Rebels seized several towns on Monday, including Odra and Pesk. The militia handed over Odra to the army. The army gave back Odra. They handed Odra over to the rebels. The rebels won back Pesk. Troops drove the rebels out of Odra.
Rebels were driven out of Odra on Monday. Odra was the third town to fall. Odra became the first city to be taken. Among the prizes were Odra and Pesk. Gains in May included Odra. The army has held Odra since 12 March.
Odra has been under rebel control since 12 March. Odra, held by the rebels since 12 March, is quiet. Odra, where the army took control, is quiet. Odra was in their hands, and with it Pesk. Odra fell, followed by that of Pesk.
The rebels won Odra. Odra opened its gates. Pesk, a port, was captured on Monday. Lunde was returned to the government. Odra slipped from their grasp. Odra changed hands. Odra is a hub that the rebels took over on 3 March.
Odra seized by rebels. 12 March: Odra captured. Odra, taken on Monday, is calm. Odra is back in rebel hands. The fall of Odra cut the road. Odra's capture cut it. Control of Odra passed to the army. Then it was the turn of Odra.
Odra fell. Pesk went the same way. So did Lunde. Rebels withdrew from Odra. Odra was abandoned by the army. The army's withdrawal from Odra began. Soldiers entered the heart of Odra. Rebels reached the outskirts of Odra.
The army began a counter-offensive on Odra. Rebels launched an offensive on Odra. The assault on Odra began. Rebels took Odra. The town was taken again on Friday. They captured it. Odra, which fell on 3 March, is a hub. Odra (occupied 12 March) is a hub. Rebels Occupying The Embassy Are Women Wearing White Scarfs.
Rebels took that port. The army abandoned the nearby village. Odra fell, silent. Pesk, say, fell by March. Rebels captured on Monday the port city of Odra. The army took nearly all of the Russian base in Lunde. Troops seized the south.
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
    """The sample texts, every sentence of the extraction tests, and sentences thrown together from words of the rules."""
    samples = [
        file.read_text(encoding="utf-8")
        for file in sorted((HERE / "samples").glob("*/*.*"))
        if file.suffix in (".txt", ".md")
    ]
    quoted = [
        node.value
        for file in sorted(HERE.glob("test_extract_*.py"))
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
        + quoted
        + thrown
        + joined
        + [text.upper() for text in quoted[::5]]
        + [text.title() for text in quoted[::5]]
    )


def mask(text, gazetteer):
    """(sentence as written, lowered, sketch, masked) of a text's sentences that name a place."""
    lowered, sentences, places = (
        lower_text(text),
        split_sentences(text),
        Places(text, lower_text(text), gazetteer),
    )
    masks = Masks(text, lowered, sentences, lambda: find_dates(lowered, text, DAYS), places)
    for index, sentence in enumerate(sentences):
        masked, meant = masks.mask(index, [])
        if meant:
            yield (
                lowered[sentence.start : sentence.end],
                places.sketch(sentence.start, sentence.end),
                masks.sketch(index),
                masked,
            )


@pytest.fixture(scope="module")
def matches(texts, gazetteer):
    """(rule, lowered, sketch, sketch of the places found) wherever a rule matches."""
    return [
        (rule, *sketched)
        for text in texts
        for *sketched, masked in mask(text, gazetteer)
        for rule in ground.RULES
        if rule.pattern.search(masked)
    ]


def test_the_texts_hold_every_rule(matches):
    assert len({rule for rule, *_ in matches}) == len(ground.RULES)
    assert len(matches) > 500


def test_no_rule_matches_in_a_sentence_whose_words_its_gate_refuses(matches):
    refused = [
        (rule.name, lowered)
        for rule, lowered, *_ in matches
        if rule not in ground.choose_rules(ground.judge_words(lowered), True)[0]
    ]
    assert [
        (name, lowered) for name, lowered in refused if name not in ARMED | SINCE | {"among"}
    ] == []
    assert all(name not in SINCE or "since" not in lowered for name, lowered in refused)


def test_no_rule_matches_in_a_sentence_whose_sketch_is_refused(matches):
    refused = [
        (rule.name, sketch)
        for rule, _, *drawn in matches
        for sketch in drawn
        if sketch and rule not in sketches.choose_shaped((rule, ground.RULES[0]), sketch, True)
    ]
    assert refused == []


def test_places_in_brackets_pass_their_gate(texts, gazetteer):
    held = [
        lowered
        for text in texts
        for lowered, _, _, masked in mask(text, gazetteer)
        if any(pair["verb"] for pair in chains._PARENTHESES.finditer(masked))
    ]
    assert held and all(
        ground.choose_rules(ground.judge_words(lowered), False)[1] for lowered in held
    )


def test_events_are_the_same_whether_places_are_given_or_looked_up_when_needed(texts, gazetteer):
    for text in texts:
        lowered, sentences = lower_text(text), split_sentences(text)
        dates = find_dates(lowered, text, DAYS)
        given = find_events(
            text, lowered, sentences, dates, find_places(text, lowered, gazetteer), DAYS
        )
        assert (
            find_events(
                text,
                lowered,
                sentences,
                lambda dates=dates: dates,
                Places(text, lowered, gazetteer),
                DAYS,
            )
            == given
        )


def test_places_of_a_stretch_are_those_of_the_whole_text(texts, gazetteer):
    elsewhere = [
        "Zzelmir slept.\n\nRebels captured Zzelmir.",
        "Qerrin slept.\n\nRebels captured Zzelmir and Qerrin.",
        "Rebels captured Zzelmir.\n\nMina Zzelmir, 43, slept.",
        "Zzelmir and Qerrin slept.\n\nThe town of Qerrin is quiet.",
    ]
    for text in elsewhere + texts:
        places = Places(text, lower_text(text), gazetteer)
        _ = places.runs  # reads the whole text: every name is judged with all that bears on it
        whole = places.within(0, len(text))
        for sentence in split_sentences(text):
            assert Places(text, lower_text(text), gazetteer).within(
                sentence.start, sentence.end
            ) == [place for place in whole if sentence.start <= place.start < sentence.end]


def test_figures_are_the_same_whether_sentences_pass_their_gate_or_all_are_read(texts, monkeypatch):
    def read(text):
        return find_counts(text, lower_text(text), split_sentences(text))

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
    behind = [read(text) for text in texts + labelled]
    monkeypatch.setattr("helpers.extract.counts.find._GATES", Memo(lambda word: ~0))
    monkeypatch.setattr("helpers.extract.counts.find._tells", lambda *_: True)
    monkeypatch.setattr("helpers.extract.counts.find._counts_things", lambda *_: False)
    assert [read(text) for text in texts + labelled] == behind and sum(map(len, behind)) > 1_000


def test_joiners_belong_to_a_name_between_others(gazetteer):
    assert [
        place.words
        for place in find_places(
            "Rebels captured Zel ez Mor on Monday.",
            "rebels captured zel ez mor on monday.",
            gazetteer,
        )
    ] == ["Zel ez Mor"]


def test_that_means_no_place_of_two_sentences_ago(gazetteer):
    text = "Rebels entered Odra. Nobody slept. Then that was captured."
    assert [
        event.measure
        for event in find_events(
            text,
            text.lower(),
            split_sentences(text),
            [],
            Places(text, text.lower(), gazetteer),
            DAYS,
        )
    ] == ["entered"]


def test_a_frame_before_a_name_passes_its_gate(texts):
    for text in texts:
        words = text.lower()
        for match in names.TOKEN.finditer(text):
            before = words[max(0, match.start() - 70) : match.start()]
            assert framed.stands_behind(before) == bool(frames.BEFORE.search(before))


def test_a_frame_behind_a_name_passes_its_gate(texts):
    for text in texts:
        words = text.lower()
        for match in names.TOKEN.finditer(text):
            after = words[match.end() : match.end() + 160]
            assert framed.stands_before(after) == bool(frames.AFTER.match(after))


# Memos


def test_a_result_does_not_depend_on_what_was_read_before(texts, gazetteer, monkeypatch):
    def read(text):
        lowered = lower_text(text)
        return find_events(
            text,
            lowered,
            split_sentences(text),
            find_dates(lowered, text, DAYS),
            Places(text, lowered, gazetteer),
            DAYS,
        )

    some = texts[:60]
    before = [read(text) for text in some]
    memos = [
        memo
        for module in (ground, names, framed, sketches)
        for memo in vars(module).values()
        if isinstance(memo, Memo)
    ] + [gazetteer.marks, gazetteer.telling]
    assert len(memos) > 7
    for memo in memos:
        memo.clear()
        monkeypatch.setattr(memo, "words", 3)
    assert [read(text) for text in reversed(some)] == before[::-1]
    assert all(len(memo) <= 3 for memo in memos)


def test_a_memo_judges_a_word_once_and_keeps_no_more_than_it_may():
    judged = []
    memo = Memo(lambda word: judged.append(word) or len(word), 4)
    assert [memo[word] for word in ("a", "bb", "a", "bb")] == [1, 2, 1, 2] and judged == ["a", "bb"]
    assert [memo["x" * length] for length in range(1, 9)] == list(range(1, 9)) and len(memo) <= 4
    memo["y" * (LONGEST + 1)]
    assert "y" * (LONGEST + 1) not in memo
