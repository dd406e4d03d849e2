"""A person decides, claim by claim: what they see, what they may choose, what follows from it."""
