"""Figures of people: what was done to how many."""
