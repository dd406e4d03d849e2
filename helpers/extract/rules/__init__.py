"""The words the rules know."""
