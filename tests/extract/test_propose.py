"""Proposals from raw texts: rows that pass the gate, with span, rule and place, and a list of
what needs a person."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from helpers.claims.gate import check_claims, find_faults
from helpers.claims.proposals import save_places
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import PLACE_COLUMNS, load_places
from helpers.extract.counts import find
from helpers.extract.propose import propose_claims
from helpers.extract.text import document
from helpers.schema.columns import CLAIM_COLUMNS, PROPOSAL_COLUMNS
from helpers.schema.csv_files import load_table
from helpers.schema.errors import CorpusError
from tests.growth import MOST, measure_growth, repeat

EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")
FIRST = (
    "Rebels take Odra\n\nThe army said rebels had captured Odra on Sunday. Shelling of the "
    "town killed 31 people, 12 of them children, on 12 March 2022. "
    "The clashes displaced 90 families or 450 people in Harlo.\n\nAbout 2,000 people are "
    "expected to flee if Lunde falls. According to the Red Crescent, dozens were wounded."
)
SECOND = (
    "In Odra, two-thirds of the residents have fled; at least 14 people died in Pesk on "
    "Monday and between 30 and 40 were hurt.\n"
    "The governor denied that nine villagers had been killed.\nKilled: 14\nInjured: "
    "32\nDisplaced: about 1,200 (300 families)"
)
THIRD = (
    "İstif ve İpek: rebels entered Lunde on Tuesday. POLICE DETAINED 40 PEOPLE. More than "
    "8,000 people live in camps near Harlo.\n\nSome 700 people returned to their homes in Odra "
    "last week."
)


def make_documents(*texts, published="2022-03-16", languages=None) -> pd.DataFrame:
    """A table of documents as load_corpus gives it, as far as the rules read it."""
    table = pd.DataFrame(
        {"doc_id": [f"{number:03d}" for number in range(len(texts))], "text": list(texts)}
    )
    table["published_start"] = table["published_end"] = pd.to_datetime(published)
    return table.assign(language=languages or ["English"] * len(texts))


def make_places(**names) -> pd.DataFrame:
    rows = [
        (key, name, [name], "city", 10.5 + number, 20.25, "", "", 1, [], "")
        for number, (key, name) in enumerate(names.items())
    ]
    return pd.DataFrame(rows, columns=PLACE_COLUMNS).set_index("place")


@pytest.fixture(scope="module")
def documents():
    return make_documents(FIRST, SECOND, THIRD)


@pytest.fixture(scope="module", params=["places empty", "places given"])
def places(request):
    return EMPTY if request.param == "places empty" else make_places(odra="Odra", harlo="Harlo")


@pytest.fixture(scope="module")
def proposals(documents, places):
    return propose_claims(documents, places)


# Every row stands in its text


def test_the_samples_give_rows_of_all_three_texts(proposals):
    assert len(proposals.claims) >= 18
    assert set(proposals.claims["doc_id"]) == {"000", "001", "002"}
    assert {
        "killed",
        "injured",
        "new_displacement",
        "in_camps",
        "returns",
        "detained",
        "captured",
        "entered",
    } <= set(proposals.claims["measure"])


def test_every_row_passes_the_gate(proposals, documents):
    assert find_faults(proposals.claims, documents, proposals.places) == []
    assert len(check_claims(proposals.claims, documents, proposals.places)) == len(proposals.claims)


def test_every_quote_is_the_slice_of_its_text(proposals, documents):
    texts = dict(zip(documents["doc_id"], documents["text"]))
    assert [
        texts[row.doc_id][int(row.start) : int(row.end)] for row in proposals.claims.itertuples()
    ] == list(proposals.claims["exact"])


def test_every_number_stands_inside_its_quote(proposals, documents):
    texts = dict(zip(documents["doc_id"], documents["text"]))
    for row in proposals.claims[proposals.claims["number"] != ""].itertuples():
        assert (
            texts[row.doc_id][int(row.number_start) : int(row.number_start) + len(row.number)]
            == row.number
        )
        assert int(row.start) <= int(row.number_start)
        assert row.number in row.exact


def test_every_date_word_stands_in_its_text(proposals, documents):
    texts = dict(zip(documents["doc_id"], documents["text"]))
    dated = proposals.claims[proposals.claims["date_exact"] != ""]
    assert len(dated) >= 5
    assert [
        texts[row.doc_id][int(row.date_at) : int(row.date_at) + len(row.date_exact)]
        for row in dated.itertuples()
    ] == list(dated["date_exact"])


def test_every_row_names_its_rule_and_waits_for_a_review(proposals):
    assert proposals.claims["rule"].str.strip().ne("").all()
    assert set(proposals.claims["review"]) == {"proposed"}


def test_every_id_is_unique_and_begins_with_its_document(proposals):
    assert proposals.claims["claim_id"].is_unique
    assert all(row.claim_id.startswith(f"{row.doc_id}-p") for row in proposals.claims.itertuples())


def test_the_columns_are_those_of_claims_and_the_rule(proposals):
    assert list(proposals.claims.columns) == PROPOSAL_COLUMNS == [*CLAIM_COLUMNS, "rule"]
    assert all(isinstance(cell, str) for row in proposals.claims.to_numpy() for cell in row)


def test_rows_of_a_text_stand_in_reading_order(proposals):
    for _, rows in proposals.claims.groupby("doc_id"):
        assert rows["start"].astype(int).is_monotonic_increasing


def test_the_same_texts_give_the_same_rows(proposals, documents, places):
    again = propose_claims(documents, places)
    pd.testing.assert_frame_equal(again.claims, proposals.claims)
    pd.testing.assert_frame_equal(again.places, proposals.places)
    pd.testing.assert_frame_equal(again.unresolved, proposals.unresolved)


def test_neither_table_given_is_changed(documents, places):
    before, known = documents.copy(deep=True), places.copy(deep=True)
    propose_claims(documents, places)
    pd.testing.assert_frame_equal(documents, before)
    pd.testing.assert_frame_equal(places, known)


def test_rows_of_a_text_do_not_depend_on_the_texts_beside_it(places):
    together, alone = (
        propose_claims(make_documents(*texts), places, "Syria").claims
        for texts in ((FIRST, SECOND), (FIRST,))
    )
    pd.testing.assert_frame_equal(
        together[together["doc_id"] == "000"].reset_index(drop=True), alone
    )


# What a row says


def propose_one(text, places=EMPTY, **columns):
    """The one row that a text gives."""
    claims = propose_claims(make_documents(text, **columns), places).claims
    assert len(claims) == 1
    return claims.iloc[0]


def test_a_share_says_of_whom_it_is_one():
    row = propose_one("Children make up 54 per cent of the new arrivals.")
    assert (row["base"], row["measure"]) == ("the new arrivals", "new_displacement")
    assert propose_one("At least 12 villagers were killed on Sunday.")["base"] == ""


def test_a_row_has_values_quantifier_unit_and_affected():
    row = propose_one("At least 12 villagers were killed on Sunday.")
    assert (
        row["topic"],
        row["measure"],
        row["number"],
        row["low"],
        row["best"],
        row["high"],
        row["quantifier"],
        row["unit"],
        row["affected"],
    ) == ("casualties", "killed", "At least 12", "12", "12", "", "at_least", "person", "civilian")


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("Half a million people fled.", ("500000", "500000", "500000"), "person"),
        ("Between 10,000 and 40,000 people fled.", ("10000", "", "40000"), "person"),
        ("Nearly 400,000 people fled.", ("", "400000", "400000"), "person"),
        ("About 90 families fled.", ("", "90", ""), "household"),
        ("Two-thirds of the residents fled.", ("66.67", "66.67", "66.67"), "percent"),
        ("Dozens fled.", ("", "", ""), "person"),
    ],
)
def test_values_are_written_as_the_words_say(text, values, unit):
    row = propose_one(text)
    assert (row["low"], row["best"], row["high"]) == values
    assert row["unit"] == unit


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("Nine people were killed.", "reported"),
        ("The army said nine people were killed.", "claimed"),
        ("The army denied that nine people had been killed.", "denied"),
        ("About 2,000 people are expected to flee.", "expected"),
    ],
)
def test_a_row_says_who_stands_behind_it(text, assertion):
    assert propose_one(text)["assertion"] == assertion


def test_a_row_names_its_source():
    assert (
        propose_one("According to the Red Crescent, 14 people died.")["source_original"]
        == "Red Crescent"
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "basis"),
    [
        ("Nine people were killed on 12 March 2022.", "2022-03-12", "2022-03-12", "explicit"),
        ("Nine people were killed on Sunday.", "2022-03-13", "2022-03-13", "relative"),
        ("Nine people were killed yesterday.", "2022-03-15", "2022-03-15", "relative"),
        (
            "Monday, 14 March 2022\n\nNine people were killed.",
            "2022-03-14",
            "2022-03-14",
            "explicit",
        ),
        ("Some 12,000 people remain displaced.", "2022-03-16", "2022-03-16", "inferred"),
    ],
)
def test_a_row_is_dated_by_words_heading_or_text(text, first, last, basis):
    row = propose_one(text)
    assert (row["date_start"], row["date_end"], row["date_basis"]) == (first, last, basis)


def test_a_figure_without_dating_words_in_an_undated_text_is_undated():
    row = propose_one("Nine people were killed.", published=None)
    assert (row["date_start"], row["date_end"], row["date_prec"], row["date_basis"]) == (
        "",
        "",
        "7",
        "",
    )


def test_a_stock_describes_the_day_of_the_text():
    assert propose_one("Some 12,000 people remain displaced.")["as_of"] == "2022-03-16"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "Nine people have been killed since 1 March.",
            {
                "date_kind": "period",
                "date_start": "2022-03-01",
                "date_end": "2022-03-16",
                "date_prec": "4",
                "as_of": "",
            },
        ),
        (
            "Some 9,000 people have been displaced over the past week.",
            {
                "date_kind": "period",
                "date_start": "2022-03-09",
                "date_end": "2022-03-16",
                "date_prec": "4",
                "as_of": "",
            },
        ),
        (
            "By Friday, 9,000 people had been displaced.",
            {"date_kind": "point", "date_end": "2022-03-11", "as_of": "2022-03-11"},
        ),
        (
            "As of 8 March, 9,000 people remain displaced.",
            {"date_kind": "point", "date_end": "2022-03-08", "as_of": "2022-03-08"},
        ),
        (
            "Nine people were killed in 2019.",
            {
                "date_kind": "point",
                "date_start": "2019-01-01",
                "date_end": "2019-12-31",
                "date_prec": "5",
                "scope": "context",
            },
        ),
        ("Nine people were killed in 2021.", {"date_end": "2021-12-31", "scope": "context"}),
    ],
)
def test_a_row_says_what_days_it_counts_and_which_it_describes(text, cells):
    assert propose_one(text)[list(cells)].to_dict() == cells


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        (
            "Odra fell on 3 March. Nine people were killed.",
            ("2022-03-03", "2022-03-16", "inferred"),
        ),
        (
            "Odra fell in February. Nine people were killed.",
            ("2022-02-01", "2022-02-28", "inferred"),
        ),
        ("Odra fell in 2019. Nine people were killed.", ("", "", "")),
        ("Odra has been held since 3 March. Nine people were killed.", ("", "", "")),
    ],
)
def test_a_figure_without_dating_words_lies_between_the_day_told_last_and_the_text(text, bounds):
    claims = propose_claims(make_documents(text), EMPTY).claims
    assert tuple(claims.iloc[-1][["measure", "date_start", "date_end", "date_basis"]]) == (
        "killed",
        *bounds,
    )


def test_each_figure_of_a_sentence_takes_the_nearest_dating_words():
    claims = propose_claims(
        make_documents("On Sunday nine people were killed and on Monday 12 were hurt."), EMPTY
    ).claims
    assert claims[["number", "date_exact"]].to_numpy().tolist() == [
        ["nine", "On Sunday"],
        ["12", "on Monday"],
    ]


@pytest.mark.parametrize(
    ("text", "source", "assertion"),
    [
        ("The United Nations said nine people were killed.", "UN", "reported"),
        (
            "According to the Syrian Observatory for Human Rights, nine people were killed.",
            "SOHR",
            "reported",
        ),
        (
            "The Velmaran Bar Association said nine people were killed.",
            "Velmaran Bar Association",
            "reported",
        ),
        ("The rebels claimed that nine people were killed.", "rebels", "claimed"),
        ("A doctor boasted that nine people were killed.", "doctor", "claimed"),
        ("He said nine people were killed.", "", "reported"),
        ("Rebels seized Odra on Monday, the army said.", "army", "claimed"),
        ("The army denied that rebels seized Odra on Monday.", "army", "denied"),
        ("Rebels seized Odra on Monday.", "", "reported"),
    ],
)
def test_a_row_says_from_whom_it_is_and_whether_a_party_says_it(text, source, assertion):
    assert tuple(propose_one(text)[["source_original", "assertion"]]) == (source, assertion)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Late on Monday the Aurel Front seized Odra.", "Aurel Front"),
        ("They seized Odra on Monday.", ""),
        ("Fighters of the Aurel Front seized Odra on Monday.", "Aurel Front"),
        ("Odra was seized by the Aurel Front early on Monday.", "Aurel Front"),
        ("Odra fell on Monday.", ""),
    ],
)
def test_an_actor_is_named_without_articles_and_dates(text, actor):
    assert propose_one(text)["actor"] == actor


def test_a_figure_is_placed_by_the_name_behind_it_before_one_ahead():
    assert propose_one("Shelling of Odra killed nine people in Lunde.")["place"] == "lunde"
    assert (
        propose_one("The town of Odra was shelled and nine people were killed.")["place"] == "odra"
    )
    assert propose_one("Nine people were killed.")["place"] == ""


def test_a_part_and_its_whole_are_linked_by_id(proposals):
    rows = proposals.claims.set_index("claim_id")
    part = rows[rows["number"] == "12"].iloc[0]
    assert rows.loc[part["part_of"], "number"] == "31"


def test_families_and_people_of_one_group_are_linked_by_id(proposals):
    rows = proposals.claims.set_index("claim_id")
    people = rows[rows["number"] == "450"].iloc[0]
    assert rows.loc[people["same_as"], ["number", "unit"]].tolist() == ["90", "household"]


def test_every_link_leads_to_a_row_of_the_same_text(proposals):
    ids = dict(zip(proposals.claims["claim_id"], proposals.claims["doc_id"]))
    linked = [
        (row.doc_id, link)
        for row in proposals.claims.itertuples()
        for link in (row.part_of, row.same_as)
        if link
    ]
    assert len(linked) >= 3
    assert all(ids[link] == doc_id for doc_id, link in linked)


def test_a_figure_said_again_in_the_same_words_is_one_row():
    assert (
        len(
            propose_claims(
                make_documents("Nine people were killed in Odra. Nine people were killed in Odra."),
                EMPTY,
            ).claims
        )
        == 1
    )


def test_a_figure_said_again_with_another_quantifier_is_two_rows():
    text = "Shells killed 50 people in Odra on Monday. At least 50 people were killed in Odra."
    claims = propose_claims(make_documents(text), EMPTY).claims
    assert claims["quantifier"].tolist() == ["exact", "at_least"]


def test_a_figure_of_a_title_that_the_text_gives_with_a_hedge_is_one_row():
    claims = propose_claims(
        make_documents("50 dead in Odra\n\nAt least 50 people were killed in Odra on Monday."),
        EMPTY,
    ).claims
    assert claims["quantifier"].tolist() == ["at_least"]


# Places


def test_a_name_that_no_gazetteer_knows_is_listed_and_has_no_coordinates():
    proposals = propose_claims(
        make_documents(
            "Rebels captured Zzelmir on Monday. Shelling of Zzelmir killed nine people."
        ),
        EMPTY,
    )
    assert proposals.unresolved.to_dict("records") == [
        {"place": "zzelmir", "name": "Zzelmir", "documents": "000", "mentions": 2}
    ]
    assert set(proposals.claims["place"]) == {"zzelmir"}
    assert set(proposals.claims["place_prec"]) == {""}
    assert proposals.places.loc["zzelmir", ["lat", "lon"]].isna().all()


def test_an_unresolved_name_lists_every_text_that_has_it():
    proposals = propose_claims(
        make_documents("Rebels captured Zzelmir.", "Rebels entered Zzelmir.", "Nine people died."),
        EMPTY,
    )
    assert proposals.unresolved[["documents", "mentions"]].to_numpy().tolist() == [["000; 001", 2]]


def test_a_place_of_the_corpus_goes_before_any_other_and_is_not_listed():
    given = make_places(my_town="Zzelmir")
    proposals = propose_claims(make_documents("Rebels captured Zzelmir on Monday."), given)
    assert proposals.claims["place"].tolist() == ["my_town"]
    assert proposals.claims["place_prec"].tolist() == ["1"]
    assert proposals.unresolved.empty
    pd.testing.assert_frame_equal(proposals.places, given)


def test_places_met_stand_below_the_places_given():
    proposals = propose_claims(
        make_documents("Rebels captured Zzelmir and Qerrin on Monday."),
        make_places(zzelmir="Zzelmir"),
    )
    assert list(proposals.places.index) == ["zzelmir", "qerrin"]


def test_a_city_of_the_country_has_coordinates():
    proposals = propose_claims(
        make_documents("Rebels captured Damascus on Monday."), EMPTY, "Syria"
    )
    assert proposals.places.loc["damascus", "lat"] == pytest.approx(33.51, abs=0.1)
    assert proposals.unresolved.empty


# What the rules wrote into places.csv themselves

AGAIN = make_documents(
    "Rebels captured Zzelmir on Monday. Zzelmir is calm. Dozens fell on Tuesday and Dozens fled.",
    "Near Palmyra 40 people were killed. Nine died as Zzelmir burned, and Deraa was shelled.",
)


@pytest.fixture
def written(tmp_path) -> Path:
    """The folder with the places.csv that a first run wrote."""
    save_places(propose_claims(AGAIN, EMPTY, "Syria").places, tmp_path)
    return tmp_path


def touch(folder: Path, key: str, **cells: str) -> pd.DataFrame:
    """The places after a person wrote into the row of one."""
    table = load_table(folder / "places.csv", PLACE_COLUMNS)
    assert (table["place"] == key).sum() == 1
    for name, cell in cells.items():
        table.loc[table["place"] == key, name] = cell
    table.to_csv(folder / "places.csv", index=False)
    return load_places(folder)


def test_a_second_run_proposes_what_the_first_did_though_it_finds_its_places_in_the_table(written):
    first, again = (
        propose_claims(AGAIN, places, "Syria") for places in (EMPTY, load_places(written))
    )
    assert {"zzelmir", "tadmur"} <= set(load_places(written).index)
    pd.testing.assert_frame_equal(again.claims, first.claims)
    pd.testing.assert_frame_equal(again.unresolved, first.unresolved)
    assert set(again.places.index) == set(first.places.index)


@pytest.mark.parametrize(
    "cells",
    [
        {"lat": "34.5", "lon": "38.2"},
        {"kind": "village"},
        {"country": "SYR"},
        {"note": ""},
        {"note": "a village, says the map"},
    ],
)
def test_a_name_that_a_person_settled_is_known(written, cells):
    claims = propose_claims(AGAIN, touch(written, "zzelmir", **cells), "Syria").claims
    assert claims["place_prec"][claims["place"] == "zzelmir"].tolist()[0] == "1"


@pytest.mark.parametrize("key", ["zzelmir", "tadmur"])
def test_a_spelling_that_a_person_added_is_known(written, key):
    """Of a name that nobody knows, and of one that GeoNames knows otherwise."""
    names = load_places(written).loc[key, "names"]
    places = touch(written, key, names=";".join([*names, "Old Zell"]))
    claims = propose_claims(make_documents("Nine people died in Old Zell."), places, "Syria").claims
    assert claims["place"].tolist() == [key]


def test_a_country_that_is_none_is_refused():
    with pytest.raises(CorpusError, match='country "Narnia" is no country'):
        propose_claims(make_documents(FIRST), EMPTY, "Narnia")


# What is left out is said


def test_a_text_in_another_language_is_skipped_and_said():
    proposals = propose_claims(
        make_documents(
            "Neun Menschen wurden getötet.",
            "Nine people were killed.",
            languages=["German", "English"],
        ),
        EMPTY,
    )
    assert proposals.claims["doc_id"].tolist() == ["001"]
    assert proposals.skipped == ["000: the text is in German; the rules read English only"]


def test_a_text_whose_language_cannot_be_told_is_read():
    proposals = propose_claims(make_documents("9 killed", languages=[""]), EMPTY)
    assert len(proposals.claims) == 1
    assert proposals.skipped == []


def test_texts_whose_language_nobody_told_are_read():
    proposals = propose_claims(
        make_documents("Nine people were killed.").drop(columns="language"), EMPTY
    )
    assert len(proposals.claims) == 1
    assert proposals.skipped == []


def test_a_row_the_gate_would_refuse_is_left_out_and_said():
    proposals = propose_claims(
        make_documents("The strike killed 12civilians and wounded 30 others."), EMPTY
    )
    assert proposals.claims["number"].tolist() == ["30"]
    assert len(proposals.skipped) == 1
    assert "left out, it would not pass the gate" in proposals.skipped[0]
    assert "12civilian" in proposals.skipped[0]


@pytest.mark.parametrize("texts", [[], [""], ["Nothing happened."], ["12 12 12"]])
def test_texts_without_a_claim_give_an_empty_table_with_all_columns(texts):
    proposals = propose_claims(make_documents(*texts), EMPTY)
    assert proposals.claims.empty
    assert list(proposals.claims.columns) == PROPOSAL_COLUMNS
    assert proposals.places.empty
    assert proposals.unresolved.empty
    assert proposals.skipped == []


# Time and letters


def test_a_text_is_cut_and_its_sentences_are_tokenised_once(monkeypatch):
    """Figures, dates, places and events look up the same sentences, words and tokens."""
    cut = count_calls(monkeypatch, document, "split_sentences")
    cut_words = count_calls(monkeypatch, document, "_cut_words")
    tokenised = count_calls(monkeypatch, find, "read_tokens")
    texts = [FIRST, SECOND, THIRD]
    proposed = propose_claims(make_documents(*texts), EMPTY, "Syria")
    assert {"killed", "captured", "entered"} <= set(proposed.claims["measure"])
    assert cut == [(text,) for text in texts]
    assert [text for text, *_ in cut_words] == texts
    sentences = [(id(read), order) for read, order, *_ in tokenised]
    assert len(sentences) == len(set(sentences)) > 8


def count_calls(monkeypatch, module, name: str) -> list[tuple]:
    """The arguments of each call of a function, as it is called from now on."""
    calls, function = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given: calls.append(given) or function(*given))
    return calls


@pytest.mark.parametrize(
    (
        "piece",
        "length",
    ),  # so long that it costs more than the tables around it, which any text costs
    [
        ("Shelling of Odra killed 31 people, 12 of them children, on Sunday. ", 64_000),
        ("rebels took Odra and ", 16_000),
        ("Odra Pesk Lunde ", 1_000_000),
        ("on Monday 3 May 2021 ", 64_000),
        ("a", 1_000_000),
        ("Rebels captured Odra on Monday. ", 64_000),
        ("They took the town. A mine killed six.\n\n", 64_000),  # one that is named nowhere
        ("Gunmen killed 31 people in the state.\n\n", 64_000),
        ("Some 300 people have fled since the attack.\n\n", 64_000),
        ("The brigade liberated five hamlets. ", 64_000),  # of one paragraph
        ("We recorded 300 deaths; civilians made up 40 per cent of them. ", 64_000),
        ("Nine people died, two of them guards, a surgeon said. ", 64_000),
    ],
)
def test_a_long_text_costs_no_more_than_as_much_in_short_texts(piece, length):
    growth = measure_growth(
        lambda documents: propose_claims(documents, EMPTY, "Syria"),
        lambda length: make_documents(repeat(piece, length)),
        length,
    )
    assert growth < MOST


LEFT = """Fighters of the Northern Front entered Kell on 3 March 2022. The Northern Front captured \
Kell on 3 March 2022, residents said.

Nine people died in a flood. The Kell Guard withdrew from Kell."""


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_rows_are_the_same_in_every_process(seed):
    script = (
        "from tests.extract.test_propose import EMPTY, LEFT, make_documents\n"
        "from helpers.extract.propose import propose_claims\n"
        "rows = propose_claims(make_documents(LEFT), EMPTY, 'SYR').claims\n"
        "print([day[-2:] for day in rows['date_end']])"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed}
    run = [sys.executable, "-c", script]
    told = subprocess.run(run, env=environment, cwd=REPOSITORY, capture_output=True, text=True)
    assert told.stdout.strip() == "['03', '03', '16', '03']", told.stderr


def test_spans_stay_right_behind_letters_that_grow_when_lowered():
    documents = make_documents(
        "İ" * 500 + "\n\nRebels captured Zzelmir on Monday. At least 31 people were killed."
    )
    proposals = propose_claims(documents, EMPTY)
    assert proposals.claims["exact"].tolist() == [
        "Rebels captured Zzelmir",
        "At least 31 people were killed",
    ]
    assert find_faults(proposals.claims, documents, proposals.places) == []


# What the eye does not see


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("At least\u200b 26 people were killed in Odra.", "At least\u200b 26", "26"),
        ("Some 1,\u200b200 people were dis\u00adplaced from Odra.", "Some 1,\u200b200", "1200"),
        ("More than 3\u00a0000 people \ufb02ed Odra.", "More than 3\u00a0000", "3000"),
        ("In Tallbi\u0304sah 30 people were killed.", "30", "30"),
        ("At least 25\u00b3 people were killed in Odra.", "At least 25", "25"),
        ("At least 25[3] people were killed in Odra.", "At least 25", "25"),
        ("The blast killed12 people in Odra.", "12", "12"),
    ],
)
def test_a_row_quotes_the_stored_text_and_passes_the_gate(text, number, value):
    documents = make_documents(text)
    proposed = propose_claims(documents, EMPTY, "SYR")
    row = proposed.claims.iloc[0]
    assert not find_faults(proposed.claims, documents, proposed.places)
    assert row["number"] == number
    assert text[int(row["number_start"]) :].startswith(number)
    assert text[int(row["start"]) : int(row["end"])] == row["exact"]
    assert value in (row["low"], row["best"])
