"""What a text offers for a claim, what a person types for it, and what follows from either."""
