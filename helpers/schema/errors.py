"""Errors: what a user did wrong, said with place, finding and remedy; never a bug of ours."""


class CorpusError(ValueError):
    """A corpus that cannot be read: the message says what, where and what to do."""


class ClaimsError(CorpusError):
    """Claims that do not stand in their texts: every fault, each with row, finding and remedy."""


class ParameterError(ValueError):
    """A parameter nobody knows, or a value it cannot take: what was wrong, what is allowed, the
    nearest match."""
