"""Captures: what the texts tell of each place, and the words for it."""
