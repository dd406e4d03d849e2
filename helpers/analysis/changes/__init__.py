"""Changes: what differs between two states of a corpus and of its figures."""
