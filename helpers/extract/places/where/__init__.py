"""The places that a text names."""
