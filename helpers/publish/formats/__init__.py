"""Formats: a chart as the bytes of an SVG, a PDF or a PNG."""
