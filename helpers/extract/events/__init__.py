"""Places captured, entered, reached or left, and offensives that begin."""
