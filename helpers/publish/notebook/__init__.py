"""Notebook: tables, lists, quotes and figures as a notebook shows them."""
