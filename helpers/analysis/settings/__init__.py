"""Settings: what corpus.toml says, what is derived where it is silent, and whether that holds."""
