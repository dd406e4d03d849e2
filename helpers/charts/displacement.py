"""Displacement: how many people had to leave, live displaced, or returned."""

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart
from helpers.charts.look.theme import with_theme
from helpers.charts.over_time import Subject, draw_over_time

DISPLACED = Subject(
    name="displaced",
    topic="displacement",
    role="displacement",
    blocks={  # stock, flow and return never share one
        "head_flow": ("new_displacement", "forced_to_flee"),
        "head_stock": ("idps", "in_camps", "refugees"),
        "head_returns": ("returns",),
    },
    columns=dict.fromkeys(("head_flow", "head_stock", "head_returns"), "column_people"),
)


@with_theme
def draw_displacement_over_time(study: Study) -> Chart:
    """People displaced: running totals as lines, figures of the period by place, people who live
    displaced on a day, returns, and the whole war on a scale of its own (over_time)."""
    return draw_over_time(study, "displacement_over_time", DISPLACED)
