"""Lines of a page that lead to other articles."""

import pytest

from helpers.extract.text.document import Document
from helpers.extract.text.teasers import find_teasers


def list_teasers(text):
    document = Document(text)
    spans = [document.sentences[order] for order in sorted(find_teasers(document))]
    return [text[start:end] for start, end, _, _ in spans]


@pytest.mark.parametrize(
    ("text", "teasers"),
    [
        ("It rained.\n\nRead more: Ferry sinks", ["Read more: Ferry sinks"]),
        ("It rained.\n\nAlso on this site: Quake", ["Also on this site: Quake"]),
        ("It rained.\n\nMost read\nFerry sinks\nQuake", ["Most read", "Ferry sinks", "Quake"]),
        (
            "It rained.\n\nRelated articles\n- Six died.\n\nHe left.",
            ["Related articles", "- Six died."],
        ),
        ("It rained.\n\nMost popular\nThe army said five men died.", ["Most popular"]),
        ("They read more than 30 names.", []),
        ("Most people read.\nSee the dead.", []),
    ],
)
def test_lines_under_or_behind_a_label_lead_elsewhere(text, teasers):
    assert list_teasers(text) == teasers
