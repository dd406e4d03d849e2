"""Scale: claims proposed from more texts than one machine reads, on Dask; the rows are those of a
single run. What is asked for here is imported when it is asked for: a Dask worker needs none of it.
"""

from typing import Any

__all__ = ["EXTRACT", "Limits", "describe_counts", "propose_at_scale"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from helpers.scale import propose

    return getattr(propose, name)
