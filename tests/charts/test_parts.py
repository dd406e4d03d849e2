"""Parts of a total: how its key and its words stand."""

import pytest

from helpers.charts import draw_figure
from tests.conftest import make_study

CHACO = "tests/samples/chaco"


@pytest.mark.parametrize("width", ["full", "column", "slide"])
def test_no_sample_of_the_key_sticks_out_to_the_left(width):
    chart = draw_figure("parts_of_a_total", make_study(corpus=CHACO, width=width))
    [legend] = chart.figure.legends
    chart.figure.draw_without_rendering()
    lines = [line for line in legend.get_lines() if line.get_linestyle() == "-"]
    assert lines or width == "slide"
    assert all(line.get_solid_capstyle() == "butt" for line in lines)
