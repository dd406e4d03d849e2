"""Casualties: how many were killed, hurt, detained, freed."""

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart
from helpers.charts.look.theme import with_theme
from helpers.charts.over_time import Subject, draw_over_time

KINDS = ("killed", "killed_or_injured", "injured", "detained", "released")
HARMED = Subject(
    name="killed",
    topic="casualties",
    role="casualties",
    blocks={f"head_{kind}": (kind,) for kind in KINDS},
    columns={f"head_{kind}": f"column_{kind}" for kind in KINDS},
    gathers=True,
)


@with_theme
def draw_casualties_over_time(study: Study) -> Chart:
    """People killed, hurt, detained, freed: running totals as lines, figures of the period by
    place, a block a measure, and the whole war on a scale of its own (over_time)."""
    return draw_over_time(study, "casualties_over_time", HARMED)
