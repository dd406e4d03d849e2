"""A plugin for pytest, `-p tests.warm`: notebooks are checked in forked kernels (helpers.kernels), as `make test` does
it. Named on the command line it is imported before nbval, and spares this process what nbval imports for nothing."""

import inspect

import pytest

from helpers.kernels import fork_kernels, skip_grammar

skip_grammar()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """A worker of pytest-xdist imports nbval before this plugin: it is told earlier (helpers.kernels.skip_grammar)."""
    node.gateway.remote_exec(f"{inspect.getsource(skip_grammar)}\nskip_grammar()").waitclose()


def pytest_configure(config):
    if hasattr(config, "workerinput") or not config.getoption(
        "numprocesses", 0
    ):  # with pytest-xdist the workers run notebooks, not their head
        fork_kernels()
