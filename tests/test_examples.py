"""The examples in docstrings run, and give what they say."""

import doctest
from importlib import import_module

import pytest

from helpers.corpus.folders import REPOSITORY

MODULES = [
    ".".join(file.relative_to(REPOSITORY).with_suffix("").parts)
    for file in sorted((REPOSITORY / "helpers").rglob("*.py"))
    if ">>>" in file.read_text("utf-8")
]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_give_what_they_say(module):
    result = doctest.testmod(import_module(module))
    assert result.attempted
    assert not result.failed
