"""What a call costs, to be compared with another in the same test."""

import gc
import time


def measure_seconds(function, *arguments, tries=3) -> float:
    """The least processor time of some tries. The garbage collector rests, as in timeit: what it costs depends on
    all that the tests around have left in memory, and comes in leaps."""
    seconds = []
    gc.disable()
    try:
        for _ in range(tries):
            begun = time.process_time()
            function(*arguments)
            seconds.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(seconds)
