"""Periods: the days that a figure counts."""
