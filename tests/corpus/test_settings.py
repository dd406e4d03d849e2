"""corpus.toml held against the corpus and the codebook: no setting draws a falsehood."""

import re
from pathlib import Path

import pandas as pd
import pytest

from helpers.analysis.settings.check import check_settings
from helpers.corpus.settings import load_settings
from helpers.schema.errors import CorpusError
from tests.conftest import SEEDS, make_study

MISSPELT = {  # words of seeds/corpus.toml → what stands there instead, and what is said of it
    "a key": ("title =", "titel =", 'knows no "titel"; did you mean "title"?'),
    "a choice": (
        "[offensive]",
        'texts = "qoutes"\n[offensive]',
        'texts = "qoutes" is neither; did you mean "quotes"? Known: whole, quotes',
    ),
    "a table": ("[offensive]", "[offensve]", 'knows no "offensve"; did you mean "offensive"?'),
    "a key of a table": (
        'target = "damascus"',
        'traget = "damascus"',
        '[route] knows no "traget"; did you mean "target"? Known: places, target, actors',
    ),
    "days in the wrong order": (
        "start = 2024-11-27\nend = 2024-12-08",
        "start = 2024-12-08\nend = 2024-11-27",
        "[offensive] start = 2024-12-08 lies after end = 2024-11-27; swap",
    ),
    "a day that is none": (
        "start = 2011-03-01",
        'start = "2011-02-30"',
        '[war] start = "2011-02-30" is not a day; write 2024-11-27',
    ),
    "a day in another order": (
        "start = 2011-03-01",
        'start = "01.03.2011"',
        '[war] start = "01.03.2011" is not a day',
    ),
    "an offensive outside the war": (
        "start = 2011-03-01",
        "start = 2024-12-01",
        "[offensive] 2024-11-27 to 2024-12-08 is no part of [war], 2024-12-01 to 2024-12-08",
    ),
    "a period without claims": (
        "start = 2024-11-27\nend = 2024-12-08\n\n[war]  # since the protests of March 2011; "
        "the texts name no day\nstart = 2011-03-01\nend = 2024-12-08",
        "start = 2042-11-01\nend = 2042-11-30",
        "[offensive] 2042-11-01 to 2042-11-30 are days on which no claim",
    ),
    "a stop of the route": (
        '"aleppo", "hama"',
        '"alepo", "hama"',
        '[route] places: "alepo" is no place of places.csv; did you mean "aleppo"?',
    ),
    "a stop named twice": (
        '"aleppo", "hama"',
        '"aleppo", "aleppo"',
        '[route] places names "aleppo" twice',
    ),
    "a stop without coordinates": (
        '"aleppo", "hama"',
        '"aleppo_and_hama", "hama"',
        '[route] places: "aleppo_and_hama" has no lat and lon in places.csv; write them there',
    ),
    "the target": (
        'target = "damascus"',
        'target = "damscus"',
        '[route] target: "damscus" is no place of places.csv; did you mean "damascus"?',
    ),
    "an actor": (
        'actors = ["HTS coalition"]',
        'actors = ["HTS coaliton"]',
        '[route] actors: "HTS coaliton" acts in no claim; did you mean "HTS coalition"?',
    ),
    "a party": (
        '"Syrian state media"',
        '"Syrian stat media"',
        'parties: "Syrian stat media" acts and speaks in no claim; did you mean "Syrian state '
        'media"?',
    ),
    "a side": (
        "title =",
        'sides = ["SDFF"]\ntitle =',
        'sides: "SDFF" acts in no claim; did you mean "SDF"?',
    ),
    "a kind of source": (
        "title =",
        'kinds = [{ name = "UN", kind = "aids" }]\ntitle =',
        'kinds: "aids" is no kind of source; did you mean "aid"?',
    ),
    "invented texts": (
        "title =",
        'invented = "yes"\ntitle =',
        "invented = 'yes' is neither true nor false",
    ),
    "a country": (
        "title =",
        'country = "Siria"\ntitle =',
        'country = "Siria" is no country; did you mean "Syria"? Write its ISO code, as SYR',
    ),
}


def spoil(corpus: Path, *changes: tuple[str, str, str]) -> None:
    """Write other words into the corpus.toml of a copy of seeds/."""
    file = corpus / "corpus.toml"
    words = file.read_text("utf-8")
    for right, wrong, _ in changes:
        assert words.count(right) >= 1
        words = words.replace(right, wrong, 1)
    file.write_text(words, "utf-8")


@pytest.mark.parametrize("kind", MISSPELT)
def test_what_the_corpus_does_not_hold_is_refused_before_anything_is_drawn(corpus, kind):
    spoil(corpus, MISSPELT[kind])
    with pytest.raises(CorpusError, match=f"^corpus/corpus.toml .*{re.escape(MISSPELT[kind][2])}"):
        make_study(corpus=str(corpus))


def test_every_fault_is_named_at_once(corpus):
    kinds = [
        "a key",
        "days in the wrong order",
        "the target",
        "an actor",
    ]
    spoil(corpus, *map(MISSPELT.get, kinds))
    with pytest.raises(CorpusError) as refused:
        make_study(corpus=str(corpus))
    faults = str(refused.value).splitlines()
    assert len(faults) == len(kinds)
    for kind in kinds:
        assert [fault for fault in faults if MISSPELT[kind][2] in fault], kind


def test_settings_that_are_right_pass_as_they_are(study):
    assert load_settings(SEEDS) == study.settings
    assert check_settings(study.settings, SEEDS, study.places, study.coded) is None


@pytest.mark.parametrize("country", ["SYR", "SY", "Syria", "SYR; LBN", "XKX"])
def test_a_country_may_be_named_as_the_rules_read_it(corpus, country):
    spoil(corpus, ("title =", f'country = "{country}"\ntitle =', ""))
    assert make_study(corpus=str(corpus)).settings["country"] == country


def test_what_needs_no_corpus_is_refused_wherever_settings_are_read(corpus):
    spoil(corpus, MISSPELT["a table"])
    with pytest.raises(CorpusError, match='knows no "offensve"'):
        load_settings(corpus)


def test_tables_that_earlier_figures_read_are_left_unread(corpus):
    words = (corpus / "corpus.toml").read_text("utf-8")
    old = '[map]\noutline = "outline.csv"\nneighbours = [{ name = "", lat = 370 }]\n'
    old += '[comparisons.eleven_days]\nmeasures = ["kiled"]\n[comparisons.x]\nplaces = 3\n'
    (corpus / "corpus.toml").write_text(f"{words}\n{old}", "utf-8")
    assert load_settings(corpus) == load_settings(SEEDS)


@pytest.mark.parametrize("column", ["actor", "date_start"])
def test_where_no_claim_names_an_actor_or_bears_a_day_none_is_missed(study, column):
    bare = study.coded.assign(**{column: "" if column == "actor" else pd.NaT})
    assert check_settings(study.settings, SEEDS, study.places, bare) is None


def test_actors_of_claims_that_nobody_decided_on_may_be_called_otherwise(study):
    proposed = study.coded.assign(
        actor=study.coded["actor"].str.replace("HTS coalition", "the rebels"), review="proposed"
    )
    assert check_settings(study.settings, SEEDS, study.places, proposed) is None
    with pytest.raises(CorpusError, match='"HTS coalition" acts in no claim'):
        check_settings(study.settings, SEEDS, study.places, proposed.assign(review="accepted"))


def test_a_route_without_places_to_find_it_among_is_refused(study):
    with pytest.raises(CorpusError, match='places: "idlib" is no place of places.csv.'):
        check_settings(study.settings, SEEDS, study.places.iloc[:0], study.coded)


@pytest.mark.parametrize("words", ["route = 3", "war = []", "offensive = 1"])
def test_a_table_of_another_shape_hides_no_other_fault(corpus, words):
    (corpus / "corpus.toml").write_text(f"{words}\ntitel = 'x'\n", "utf-8")
    with pytest.raises(CorpusError, match="is no table") as refused:
        make_study(corpus=str(corpus))
    assert 'knows no "titel"' in str(refused.value)
