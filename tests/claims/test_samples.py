"""The coded invented wars of tests/samples: what their tables say stands in their texts."""

import pytest

from helpers.claims.audit import check_audit, load_not_claims
from helpers.claims.gate import load_claims
from helpers.corpus.articles import load_articles
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import load_places

SAMPLES = REPOSITORY / "tests" / "samples"
CODED = {"orvane": 20, "chaco": 60}  # corpus → its articles


@pytest.fixture(scope="module", params=CODED)
def sample(request):
    folder = SAMPLES / request.param
    documents = load_corpus(folder)
    return folder, documents, load_claims(folder, documents, load_places(folder))


def test_every_article_is_coded_and_the_gate_lets_its_rows_pass(sample):
    folder, documents, claims = sample
    assert len(documents) == CODED[folder.name]
    assert set(claims["doc_id"]) == set(documents["doc_id"])


def test_every_number_of_the_articles_is_a_claim_or_has_its_reason(sample):
    folder, documents, claims = sample
    check_audit(documents, claims, load_not_claims(folder, documents))


def test_the_day_of_an_article_is_the_one_it_prints(sample):
    folder, documents, _ = sample
    printed = documents[documents["published_basis"].str.startswith("printed")]
    for row in printed.itertuples():
        assert row.published_basis.split('"')[1] in row.text, row.doc_id
    read = load_articles(folder)[0].set_index("file")["published"]
    found = printed[(printed["file"].map(read) != "").to_numpy()]
    assert len(found) > len(documents) / 3
    assert found["published"].tolist() == read[found["file"]].tolist()


def test_articles_keep_the_length_of_short_news(sample):
    _, documents, _ = sample
    assert documents["text"].str.split().str.len().max() <= 100
