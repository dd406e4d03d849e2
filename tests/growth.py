"""Growth: how much work a text takes, counted, or beside the work that another takes. No test looks at a clock.

What Python does is counted in calls, the same on every machine. What happens within one call (a regular expression that
tries every way to part a text) no count sees: there the processor time of one text is divided by that of another, taken
in turns in one process, so that a slow or busy machine slows both.
"""

import cProfile
import gc
import time
from collections.abc import Callable

TIMES = 16  # how much longer the long text is
MOST = 4  # where work grows with the length the ratio is 1, with its square TIMES, and where it explodes thousands
ROUNDS = 5  # the least of so many: what disturbs one hardly disturbs them all
LEAST = 0.03  # seconds of processor time that can be measured; what takes less is repeated until it takes as much


def repeat(piece: str, length: int) -> str:
    """A text of a piece again and again, about so long."""
    return piece * max(1, length // len(piece))


def count_calls(work: Callable, *arguments) -> int:
    """How many functions are called, Python's and C's, until `work` returns."""
    profile = cProfile.Profile()
    profile.runcall(work, *arguments)
    return sum(entry.callcount for entry in profile.getstats())


def measure_growth(
    work: Callable, make: Callable[[int], object], length: int, most: float = MOST
) -> float:
    """Processor time of `work` on one `make(length)`, divided by that on TIMES of `make(length // TIMES)`."""
    part = length // TIMES
    return _divide(work, lambda: [make(length)], lambda: [make(part) for _ in range(TIMES)], most)


def compare_work(work: Callable, one: object, other: object, most: float = MOST) -> float:
    """Processor time of `work` on `one`, divided by that on `other`."""
    return _divide(work, lambda: [one], lambda: [other], most)


def _divide(work: Callable, make_ones: Callable, make_others: Callable, most: float) -> float:
    """The ratio, as soon as it is well below `most` or far above it, else the least of ROUNDS."""
    one, other = float("inf"), float("inf")
    work(make_others()[0])  # loads and remembers what is loaded and remembered once
    for _ in range(ROUNDS):
        other = min(other, _measure(work, make_others()))
        one = min(one, _measure(work, make_ones()))
        if not most / 2 < one / other < most * 10:
            break
    return one / other


def _measure(work: Callable, things: list) -> float:
    """Processor time of this thread. The garbage collector rests: its work depends on all that other tests left."""
    again = 1
    gc.disable()
    try:
        while True:
            begun = time.thread_time()
            for thing in things * again:
                work(thing)
            spent = time.thread_time() - begun
            if spent >= LEAST:
                return spent / again
            again *= 4
    finally:
        gc.enable()
