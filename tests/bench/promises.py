"""Promises: what was measured beside what it must be, in lines that `python -m tests.bench` gathers
at its end."""

KEPT, BROKEN = "holds", "DOES NOT HOLD"


def print_promise(
    what: str, value: float, least: float | None = None, most: float | None = None
) -> bool:
    """One line; whether `value` is at least, or at most, what is promised."""
    kept = value >= least if most is None else value <= most
    bound = f"at least {least:g}" if most is None else f"at most {most:g}"
    print(f"{what:<62}{value:>8.2f}, {bound}: {KEPT if kept else BROKEN}", flush=True)
    return kept
