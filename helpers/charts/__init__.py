"""Charts: a study goes in, a Chart comes out. One module a topic, one function a figure.

`theme` begins and ends every chart (`foot` words its last lines, `fonts` sets its text), `marks` draws a single claim, `lanes` panels of them; `corpus`,
`displacement`, `casualties`, `pace`, `distance`, `advance` and `sources` hold the fourteen figures.
"""

from importlib import import_module

FIGURES = {  # figure → module that draws it, in the order of the gallery: the headline, then notebook by notebook
    "eleven_days": "advance",
    "corpus_timeline": "corpus",
    "corpus_coverage": "corpus",
    "displacement_reported": "displacement",
    "displacement_rate": "displacement",
    "displacement_northwest": "displacement",
    "casualties_reported": "casualties",
    "casualties_november_2024": "casualties",
    "casualties_in_context": "casualties",
    "pace_timeline": "pace",
    "pace_distance": "distance",
    "pace_map": "advance",
    "source_coverage": "sources",
    "disagreements": "sources",
}


def draw_figure(name: str, study):
    """The chart called `name` (a key of FIGURES), drawn from a study. Raises KeyError for another name."""
    return getattr(import_module(f"helpers.charts.{FIGURES[name]}"), f"draw_{name}")(study)
