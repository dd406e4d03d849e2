"""History: earlier runs, kept beside the figures, and what has changed since."""
