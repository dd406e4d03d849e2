"""Pace: the advance as a timeline, as distance by day, on the map and in the headline figure."""
