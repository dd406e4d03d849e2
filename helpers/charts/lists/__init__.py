"""Lists and bars: who is named as a source, where texts differ, parts of totals, the texts."""
