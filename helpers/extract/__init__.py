"""Claims proposed from raw text, by rule: no model, no network, the same result every time."""
