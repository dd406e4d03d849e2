"""Weeks: texts of many publishers, a bar a week and kind of figure."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from helpers.analysis.selection import Study
from helpers.charts.chart import Chart
from helpers.charts.lists.texts import KINDS, Row
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import find_words
from helpers.charts.look.layout import finish_chart, start_plot
from helpers.charts.look.theme import POINT, Looks, find_look, mix_pale

DAY = pd.Timedelta(days=1)


def count_weeks(texts: list[Row]) -> int:
    """In how many weeks texts were published."""
    return len({_find_week(row) for row in texts if _is_dated(row)})


def _is_dated(row: Row) -> bool:
    return not pd.isna(row.documents[0].published_start)


def _find_week(row: Row) -> pd.Timestamp:
    """The Monday of the week in which a text was published."""
    day = row.documents[0].published_start
    return day - day.weekday() * DAY


def draw_weeks(study: Study, texts: list[Row], told: dict[str, Any]) -> Chart:
    """Three rows of bars, one a kind of figure; a bar is a week of publication. `told`: the words
    round them."""
    from matplotlib.patches import Rectangle

    chart, plot = start_plot(study, "corpus")
    look, words, high = find_look(study), find_words(study), 26.0
    known = [row for row in texts if _is_dated(row)]
    weeks = sorted({_find_week(row) for row in known})
    number = (weeks[-1] - weeks[0]).days // 7 + 1
    left, right = 28.0, 172.0
    wide = (right - left) / number
    for at, (kind, role) in enumerate(KINDS.items()):
        bottom = (at + 1) * high
        head: Looks = {"va": "baseline", "size": look.label, "weight": "bold"}
        plot.text(0, bottom, words(f"column_{kind}"), color=look.colour[role], **head)
        counts = Counter(_find_week(row) for row in known for _ in row.counted[kind])
        for week, total in counts.items():
            tall = (high - 8) * total / max(counts.values())
            corner = (left + (week - weeks[0]).days // 7 * wide, bottom - tall)
            colour = look.colour[role]
            looks: Looks = {"facecolor": mix_pale(colour), "edgecolor": colour}
            bar = plot.add_patch(Rectangle(corner, wide * 0.85, tall, linewidth=0.55, **looks))
            claims = [key for row in known if _find_week(row) == week for key in row.counted[kind]]
            said = f"{words(f'column_{kind}')} {total}, {words.period(week, week + 6 * DAY)}"
            chart.mark_group(bar, f"{kind}-{week:%Y-%m-%d}", claims, said, number=total)
            label: Looks = {"ha": "center", "va": "bottom", "size": look.date}
            if wide > measure_text(str(total), look.date) * POINT:
                plot.text(corner[0] + wide * 0.42, corner[1] - 0.4, str(total), **label)
    step = max(1, int(-(-14 // wide)))
    for at in range(0, number, step):
        small: Looks = {"va": "top", "size": look.date, "color": look.colour["secondary"]}
        day = words.day(weeks[0] + 7 * at * DAY)
        plot.text(left + at * wide, 3 * high + 1, day, **small)
    plot.set_ylim(3 * high + 5, 0)
    return finish_chart(chart, **told)
