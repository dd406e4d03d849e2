"""Decisions: what people decided, and how it outlives spreadsheets, renamed texts and crashes."""
