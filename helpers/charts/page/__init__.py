"""Page: rows of statements on a page; one module a part of it."""
