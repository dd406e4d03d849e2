"""Event rules and where they match in a sentence."""
