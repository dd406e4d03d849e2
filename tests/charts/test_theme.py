"""Drawing and saving leave the user's session as it was: matplotlib's settings and functions."""

import io
import subprocess
import sys
from dataclasses import replace

import matplotlib
import matplotlib.text
import pytest
from matplotlib import pyplot
from matplotlib.backends import _backend_pdf_ps as backend
from PIL import Image

from helpers.charts import draw_figure
from helpers.charts.look.theme import COLOUR, RC, themed
from helpers.corpus.folders import REPOSITORY
from helpers.publish.figures import save_figure
from helpers.publish.formats.pictures import render_chart, render_pixels
from helpers.publish.record import make_record
from tests.charts.test_charts import EVERY_CHART


def list_settings() -> dict:
    """matplotlib's settings, and its functions for which the charts have their own."""
    functions = {
        "measure": matplotlib.text._get_text_metrics_with_cache,
        "cut": backend.get_glyphs_subset,
    }
    return dict(matplotlib.rcParams) | functions


def plot_own() -> bytes:
    """A picture that a user draws, as pixels."""
    figure, axis = pyplot.subplots()
    axis.plot([1, 2, 3], label="$x^2$")
    axis.set_title("Mine")
    axis.legend()
    figure.canvas.draw()
    pixels = bytes(figure.canvas.buffer_rgba())
    pyplot.close(figure)
    return pixels


@pytest.fixture
def settings():
    """The settings before, among them one of the user's own."""
    with matplotlib.rc_context({"font.size": 13.0}):
        yield list_settings()


@EVERY_CHART
def test_drawing_leaves_the_settings_as_they_were(settings, study, name):
    draw_figure(name, study)
    assert list_settings() == settings


def test_saving_leaves_the_settings_as_they_were(settings, study, tmp_path):
    chart = draw_figure("displacement_over_time", replace(study, figures=tmp_path))
    save_figure(chart)
    assert {file.suffix for file in tmp_path.iterdir()} >= {".svg", ".pdf", ".png"}
    assert list_settings() == settings


def test_an_error_in_the_drawing_leaves_the_settings_as_they_were(settings, study, monkeypatch):
    inside = []

    def fail(*_):
        inside.append(list_settings())
        raise RuntimeError

    monkeypatch.setattr("helpers.charts.over_time.draw_block", fail)
    with pytest.raises(RuntimeError):
        draw_figure("displacement_over_time", study)
    assert inside[0] != settings
    assert list_settings() == settings


def test_an_error_in_saving_leaves_the_settings_as_they_were(settings, charts, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr("helpers.publish.formats.svg.link_svg", fail)
    monkeypatch.setattr("helpers.publish.formats.pdf.link_pdf", fail)
    monkeypatch.setattr("helpers.publish.formats.pictures._encode_png", fail)
    for kind in ("svg", "pdf", "png"):
        with pytest.raises(RuntimeError):
            render_chart(make_record(charts["displacement_over_time"]), kind)
        assert list_settings() == settings


def test_a_picture_of_ones_own_looks_the_same_after_a_chart(study, tmp_path):
    before = plot_own()
    save_figure(draw_figure("displacement_over_time", replace(study, figures=tmp_path)))
    assert plot_own() == before


def test_a_picture_of_ones_own_looks_other_within_the_theme():
    before = plot_own()
    with themed():
        assert plot_own() != before


def test_within_the_theme_the_settings_are_those_of_the_charts():
    with themed(), themed():
        assert {key: matplotlib.rcParams[key] for key in RC} == RC


def test_seaborn_restores_the_settings_of_the_user():
    code = """
import matplotlib
matplotlib.rcParams["font.size"] = 13.0
from tests.conftest import make_study
from helpers.charts import draw_figure
draw_figure("corpus", make_study())
import seaborn
seaborn.reset_orig()
print(matplotlib.rcParams["font.size"], matplotlib.rcParams["axes.linewidth"])
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["13.0", "0.8"]


def test_a_png_keeps_white_paper_and_the_stripes_of_its_days(charts):
    printed, _ = render_pixels(make_record(charts["advance_pace"]))
    picture = Image.open(io.BytesIO(printed)).convert("RGB")
    colours = {colour for number, colour in picture.getcolors(1 << 24) if number > 100_000}
    assert {(255, 255, 255), to_rgb(COLOUR["stripe"])} <= colours


def to_rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
