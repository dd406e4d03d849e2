"""Pictures: the figures of a report, drawn for it without their frame: its caption says what that
would say."""

from dataclasses import dataclass, replace

from helpers.analysis.selection import Study
from helpers.charts import draw_figure
from helpers.charts.chart import WIDTHS_MM
from helpers.publish.description import describe_marks
from helpers.publish.formats.pictures import render_chart
from helpers.publish.record import make_record
from helpers.schema.csv_files import compose_table
from helpers.schema.errors import ClaimsError

FONT = "Eleven Days Report"  # whose letters a page holds once, not in every picture
NARROW = "column"  # what a phone shows
TALLEST_MM = 212.0  # a picture on an A4 page with its caption below


@dataclass(frozen=True)
class Picture:
    """A figure as a report shows it. svg, png: as wide as asked for. narrow: SVG of 85 mm. size:
    (width, height) as printed, in mm. note: what its frame would warn of. marks: as describe_marks
    gives them, of both widths, each once. rows: the plotted rows as CSV."""

    svg: str
    png: bytes
    narrow: str
    size: tuple[float, float]
    note: str
    marks: list[dict]
    rows: bytes


def draw_picture(study: Study, name: str) -> Picture:
    """A figure of a study, drawn for its report. Raises ClaimsError for one that is absent."""
    drawn = []
    for width in (study.parameters["width"], NARROW):
        bare = study.parameters | {"frame": "none", "width": width, "svg_font": FONT}
        chart = draw_figure(name, replace(study, parameters=bare))
        if chart.figure is None:
            raise ClaimsError(chart.absence)
        drawn.append(make_record(chart))
    record, narrow = drawn
    chart = record.chart
    marks = {mark["mark"]: mark for one in reversed(drawn) for mark in describe_marks(one)}
    wide, high = (side * 25.4 for side in record.figure.get_size_inches())
    scale = min(1, WIDTHS_MM["full"] / wide, TALLEST_MM / high)
    return Picture(
        svg=render_chart(record, "svg").decode(),
        png=render_chart(record, "png"),
        narrow=render_chart(narrow, "svg").decode(),
        size=(round(wide * scale, 1), round(high * scale, 1)),
        note=chart.note,
        marks=list(marks.values()),
        rows=compose_table(chart.marks, float_format="%.15g").encode(),
    )
