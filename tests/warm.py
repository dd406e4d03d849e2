"""A plugin for pytest, `-p tests.warm`: notebooks are checked in forked kernels (helpers.kernels), as `make test` does
it. Named on the command line it is imported before nbval, and spares this process what nbval imports for nothing."""

from helpers.kernels import fork_kernels, skip_grammar

skip_grammar()


def pytest_configure(config):
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", 0):  # with pytest-xdist the workers run notebooks, not their head
        fork_kernels()
