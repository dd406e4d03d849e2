"""Telling: what the overview says in words: titles, subtitles, alt text and reading."""

from __future__ import annotations

from helpers.analysis.selection import Study
from helpers.charts.advance.pace import list_pace_titles
from helpers.charts.captures.stops import Stop
from helpers.charts.captures.words import open_sentence, say_by
from helpers.charts.chart import Told
from helpers.charts.look.language import find_words
from helpers.charts.page.largest import Number, are_largest
from helpers.charts.page.numbers import say_number


def tell_whole(study: Study, stops: list[Stop], numbers: list[Number]) -> Told:
    """Titles, subtitles, alt text and reading."""
    words = find_words(study)
    quotes = [say_number(study, number) for number in numbers]  # of each, longest first
    said, largest = [quote for quote, *_ in quotes], quotes[0] if quotes else []
    taken = [stop for stop in stops if stop.step == "captured"]
    leads = list_pace_titles(study, stops) if taken else []
    titles = [open_sentence(quote) for quote in largest]
    if leads:
        titles = [*(f"{lead}; {quote}" for lead in leads for quote in largest), leads[-1]]
    told = [number.statement.first for number in numbers]
    first = min([*(stop.first for stop in stops), *(one.date_start for one in told)])
    last = max([*(stop.last for stop in stops), *(one.date_end for one in told)])
    days = words.period(first, last, True)
    texts = words.count("in_texts_all", study.documents["doc_id"].nunique())
    kind = "both"
    if not (taken and said):
        kind = "captures" if taken else "figures"
    by = say_by(words, study.leading) if taken else ""
    most = "_largest" if are_largest(study, numbers, (first, last)) else ""
    whole = f"overview_{kind}" + (most if kind == "figures" else "")
    named = {"by": by, "figures": words(f"overview_people{most}")}
    forms = [words(whole, **named), words(f"overview_{kind}_short", by=by)]
    if kind == "both":
        forms[1:1] = [words(f"overview_both_{name}", **named) for name in ("captures", "brief")]
        forms.append(words("overview_both_least", by=by))
    subtitles = [
        *(f"{said}, {days}{more}" for said in forms for more in (f", {texts}", "")),
        f"{words(f'overview_{kind}_short', by='')}, {days}",
        days,
    ]
    fell = words.count("alt_captures", len(taken)) if taken else words("overview_figures_short")
    alt = f"{fell}, {days}. {titles[-1]}."
    if said:
        alt += f" {words('alt_figures', figures='; '.join(said))}"
    return Told(titles, subtitles, alt, words("reading_overview"))
