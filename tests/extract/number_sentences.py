"""Sentences whose numbers are easily misread, by kind (number_sentences.tsv), and the figures that
a careful reader takes from them."""

from pathlib import Path

from helpers.extract.counts.find import METRICS, find_counts
from helpers.extract.text.document import Document

FILE = Path(__file__).with_suffix(".tsv")
SIGNS = {
    "exact": "",
    "more_than": ">",
    "at_least": ">=",
    "less_than": "<",
    "up_to": "<=",
    "about": "~",
    "nearly": "^",
}
NAMES = {"displacement": "displaced"}


def load_sentences() -> list[tuple[str, bool, str, list[str]]]:
    """(kind, whether the rules were written with it in sight, sentence, figures): every other
    sentence of a kind was not read before the rules stood."""
    found: list[tuple[str, bool, str, list[str]]] = []
    seen: dict[str, int] = {}
    for line in FILE.read_text("utf-8").splitlines()[1:]:
        kind, sentence, figures = line.split("\t")
        seen[kind] = seen.get(kind, 0) + 1
        for escape in ("\\u200b", "\\u00a0", "\\u00ad", "\\ufb02", "\\ufb01", "\\ufeff"):
            sentence = sentence.replace(escape, chr(int(escape[2:], 16)))
        for escape in ("\\u2011", "\\u2060", "\\u202f", "\\u200d", "\\u0301", "\\u200e"):
            sentence = sentence.replace(escape, chr(int(escape[2:], 16)))
        told = [figure.strip() for figure in figures.split(";") if figure.strip()]
        found.append((kind, seen[kind] % 2 == 1, sentence.replace("\\n", "\n"), told))
    return found


def read_figures(sentence: str) -> list[str]:
    """The figures that the rules read, as the table writes them; vague, denied and expected ones
    left out."""
    figures = []
    for count in find_counts(Document(sentence)):
        reading = count.number.reading
        if reading.quantifier == "vague" or count.denied or count.expected:
            continue
        metric = METRICS.get(count.measure, count.measure)
        bounds = [v for v in (reading.low, reading.best, reading.high) if v is not None]
        if reading.quantifier == "between":
            value = f"{bounds[0]:.10g}-{bounds[1]:.10g}"
        else:
            value = f"{SIGNS[reading.quantifier]}{bounds[0]:.10g}"
        share = "%" if reading.is_share else ""
        figures.append(f"{NAMES.get(metric, metric)} {value}{share}")
    return figures
