"""What is doubtful about the place and the source of a claim, where its sentence does not settle
them. A doubt is no second reading: it says why a person should look."""

from helpers.claims.second_reader.naming.places import doubt_place
from helpers.claims.second_reader.naming.sources import doubt_source

__all__ = ["doubt_place", "doubt_source"]
