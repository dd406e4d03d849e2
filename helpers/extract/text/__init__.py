"""A text as sentences, tokens and numbers."""
