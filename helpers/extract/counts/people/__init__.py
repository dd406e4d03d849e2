"""Whose people a figure counts."""
