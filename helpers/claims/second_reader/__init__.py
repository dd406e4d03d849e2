"""The second reader: a claim's stored words read again, by a reader written apart from the first.

It imports nothing of the package that proposes claims and nothing of the gate's reading of numbers:
where the two agree, they agree because the words say so. `read_claim` reads one row, `find_doubts`
compares a table of claims with its readings, `describe_agreement` says of each row whether both
agree.
"""

from helpers.claims.second_reader.doubts import describe_agreement, find_doubts
from helpers.claims.second_reader.reading import Reading, read_claim

__all__ = ["Reading", "describe_agreement", "find_doubts", "read_claim"]
