"""The words of a text that date, and the days they allow."""
