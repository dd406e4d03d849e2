"""Axes: each label says where its tick stands, and each mark stands where its claim says.

The functions return complaints, one a sentence, and nothing where all is true.
"""

import re
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.text import Text

from .canvas import (
    SIDES,
    Tick,
    is_time,
    list_marks,
    place_day,
    read_day,
    read_points,
    read_ticks,
)
from .tables import (
    DAY,
    VALUES,
    Tables,
    account_numbers,
    count_days,
    list_values,
    meet_days,
    split,
)
from .words import MONTHS, find_days, read_number, smooth

BARE = re.compile(r"(\d{1,2})(?:\s+([A-Z][a-z]+))?")  # 27; 27 Nov
MONTHLY = re.compile(r"([A-Z][a-z]+)(?:\s+(\d{4}))?")  # Nov; Nov 2024
YEARLY = re.compile(r"(\d{4})")
SPANS = ("date_start", "date_end")


def check_ticks(chart, tables: Tables) -> list[str]:
    """Every label of every axis, a colour bar's among them, against the place of its tick."""
    found = []
    for number, axes in enumerate(chart.figure.axes, 1):
        for side in SIDES:
            ticks, scale = read_ticks(axes, side), getattr(axes, f"get_{side}scale")()
            where = f"{chart.name}: panel {number}, {side}"
            if is_time(axes, side):
                found += [f"{where}: {fault}" for fault in check_days(ticks)]
            elif said := read_plain_days(ticks, tables):
                found += [f"{where}: {fault}" for fault in check_spacing(ticks, said)]
            elif not is_list(ticks, tables):
                found += [f"{where}: {fault}" for fault in check_numbers(ticks, scale)]
    return found


def read_plain_days(ticks: list[Tick], tables: Tables) -> list:
    """The days that labels name, where every label is a day and nothing else."""
    said = [find_days(tick.words, tables.year) for tick in ticks]
    plain = [days and days[0].end - days[0].start == len(t.words) for days, t in zip(said, ticks)]
    return [days[0].first for days in said] if all(plain) else []


def check_spacing(ticks: list[Tick], said: list) -> list[str]:
    """Labels of days on an axis of numbers, such as a colour bar: a day apart where their places
    are one apart."""
    start, place = said[0], ticks[0].at
    return [
        f'the label "{tick.words}" stands {tick.at - place:g} days after "{ticks[0].words}"'
        for tick, day in zip(ticks, said)
        if (day - start).days != tick.at - place
    ]


def is_list(ticks: list[Tick], tables: Tables) -> bool:
    """Whether an axis is a list of rows and not a scale: it names texts, or words of no number. The
    labels of a scale are numbers, all but at most one of them."""
    if {tick.words.split()[0] for tick in ticks} <= set(tables.documents["doc_id"]):
        return True
    numbers = [read_number(tick.words) is not None for tick in ticks]
    return sum(numbers) < max(2, len(ticks) - 1)


def check_numbers(ticks: list[Tick], scale: str) -> list[str]:
    """Labels of a number axis: 10,000 stands at 10,000, and places on a straight scale are as far
    apart as their numbers."""
    found = []
    for tick in ticks:
        value = read_number(tick.words)
        if value is None:
            found.append(f'"{tick.words}" is no number, on an axis of numbers')
        elif not np.isclose(value, tick.at, rtol=1e-6, atol=1e-9):
            found.append(f'the label "{tick.words}" stands at {tick.at:g} ({scale} scale)')
    return found


def check_days(ticks: list[Tick]) -> list[str]:
    """Labels of a time axis: each within the day, month or year that it names, and, of days, all at
    the same hour, so that none stands nearer to its neighbour's day."""
    found, hours = [], set()
    for tick in ticks:
        at, words = read_day(tick.at), " ".join(tick.words.split())
        if match := BARE.fullmatch(words):
            hours.add(round(tick.at % 1, 3))
            right = int(match[1]) == at.day and _is_month(match[2], at)
        elif match := YEARLY.fullmatch(words):
            right = int(match[1]) == at.year
        elif match := MONTHLY.fullmatch(words):
            right = _is_month(match[1], at) and int(match[2] or at.year) == at.year
        else:
            found.append(f'"{words}" names no day, month or year, on an axis of days')
            continue
        if not right:
            found.append(f'the label "{words}" stands on {at:%d %B %Y}')
    if len(hours) > 1 or any(hour > 0.5 for hour in hours):
        found.append(f"labels of days stand at {sorted(hours)} of their days, not all at one hour")
    return found


def _is_month(name: str | None, at: pd.Timestamp) -> bool:
    return not name or MONTHS.get(name.lower()) == at.month


# --- marks ---------------------------------------------------------------------------------------


def check_marks(chart, tables: Tables) -> list[str]:
    """Every mark of a claim, or of claims gathered, against its claims: what the table of marks
    says it plots, and where it stands on the canvas."""
    claims, found = tables.claims.set_index("claim_id", drop=False), []
    for row, artist in list_marks(chart):
        ids = split(row.claims)
        if unknown := [key for key in ids if key not in claims.index]:
            found.append(f"{chart.name}: mark {row.mark_id} rests on {unknown}, which no row is")
            continue
        say = partial("{}: mark {}: {}".format, chart.name, row.mark_id)
        if row.kind == "claim":
            claim = tables.by_id[row.claims]
            found += [say(fault) for fault in check_plotted(row, claim)]
            found += [say(fault) for fault in check_standing(row, artist, claim)]
        elif row.kind == "group":
            found += [say(fault) for fault in check_gathered(row, artist, claims.loc[ids], tables)]
        elif row.kind == "document":
            about = tables.documents.set_index("doc_id").loc[row.documents]
            found += [say(fault) for fault in check_published(row, artist, about)]
            found += [say(fault) for fault in check_accounts(row, artist, tables)]
    return found


def check_day_bars(chart, tables: Tables) -> list[str]:
    """The bar of days beside a mark: from the first to the last day of its claim, the last
    included, as far as the strip goes."""
    bars = chart.figure.findobj(lambda artist: (artist.get_gid() or "").startswith("days-"))
    rows, found = {row.mark_id: row for row in chart.marks.itertuples()}, []
    for bar in bars:
        mark_id = bar.get_gid().removeprefix("days-")
        claim = tables.by_id[split(rows[mark_id].claims)[0]]
        low, high = sorted(bar.axes.get_xlim())
        wanted = place_day(claim["date_start"]), place_day(claim["date_end"] + DAY)
        wanted = [min(max(end, low), high) for end in wanted]
        if not np.allclose(read_points(bar, "x"), wanted, atol=1e-6):
            days = [read_day(place).date() for place in read_points(bar, "x")]
            found.append(f"{chart.name}: the days of {mark_id} are drawn from {days[0]}")
    return found


def check_plotted(row, claim) -> list[str]:
    """The columns of a mark's row against its claim: low, best and high in the claim's unit, x its
    best, or its first day; end its last day."""
    found = []
    pairs = [(name, getattr(row, name, None), claim[name]) for name in VALUES]
    x = getattr(row, "x", None)
    if isinstance(x, pd.Timestamp):
        pairs.append(("x", x, claim["date_start"]))
    elif isinstance(x, int | float) and pd.notna(x):
        pairs.append(("x", x, claim["best"]))
    pairs.append(("end", getattr(row, "end", None), claim["date_end"]))
    for name, plotted, said in pairs:
        if plotted is None or pd.isna(plotted):
            continue
        if pd.isna(said) or plotted != said:
            found.append(f"{name} is plotted as {plotted}, {claim['claim_id']} says {said}")
    unit, measure = getattr(row, "unit", None), getattr(row, "measure", None)
    for name, plotted in (("unit", unit), ("measure", measure)):
        if isinstance(plotted, str) and plotted and plotted != claim[name]:
            found.append(f"{name} is {plotted}, {claim['claim_id']} says {claim[name]}")
    return found


def check_standing(row, artist, claim) -> list[str]:
    """Where the artist of a claim stands: on a time axis it covers the claim's days, on a number
    axis it stands at the claim's numbers, or is as long as one of them; where its row counts days,
    at these too."""
    values, time = list_values(claim), False
    if isinstance(artist, Text):
        said = claim["number"] or claim["exact"]
        return [] if smooth(said) in smooth(artist.get_text()) else [f"does not say “{said}”"]
    for side in SIDES:
        points = read_points(artist, side)
        if points is None or not is_time(artist.axes, side):
            continue
        time = True
        if fault := check_span(points, *(claim[name] for name in SPANS), find_view(artist, side)):
            return [fault]
    if time or not values:
        return []
    if any(stands_at(read_points(artist, side), values) for side in SIDES):
        days = getattr(row, "days", None)
        if days is None or pd.isna(days):
            return []
        if days != count_days(claim):
            return [f"counts {days:g} days, its claim {count_days(claim):g}"]
        if not any(stands_at(read_points(artist, side), [days]) for side in SIDES):
            return [f"stands at {read_points(artist, 'x')}, and counts {days:g} days"]
        return []
    at = {side: read_points(artist, side) for side in SIDES}
    return [f"stands at {at}, its claim says {values}"]


def check_span(points: list[float], first, last, view: tuple[float, float]) -> str:
    """A bar covers its days, the last one whole, as far as the panel shows them (view: its ends); a
    dot stands within them."""
    if pd.isna(first) or pd.isna(last):
        return "stands on days, its claim has none"
    low, high = min(points), max(points)
    start, end = max(place_day(first), view[0]), min(place_day(last + DAY), view[1])
    if low == high and start <= low < end:
        return ""
    if np.allclose([low, high], [start, end], atol=1e-6):
        return ""
    return (
        f"covers {read_day(low)} to {read_day(high)}, its days are {first.date()} to {last.date()}"
    )


def find_view(artist, side: str) -> tuple[float, float]:
    """The ends of the axis that an artist stands on."""
    low, high = sorted(getattr(artist.axes, f"get_{side}lim")())
    return float(low), float(high)


def stands_at(points: list[float] | None, values: list[float]) -> bool:
    """Whether points are numbers that a claim gives, or the ends of a bar as long as one."""
    if not points:
        return False
    if all(np.isclose(value, values).any() for value in points):
        return True
    return np.isclose(max(points) - min(points), values).any()


def check_gathered(row, artist, mine: pd.DataFrame, tables: Tables) -> list[str]:
    """A mark that gathers claims: on a time axis the days that their texts allow together; on a map
    where its place lies; a count is theirs."""
    found = []
    at = [getattr(row, side, None) for side in SIDES]
    if all(isinstance(one, float) and pd.notna(one) for one in at) and is_map(row, tables):
        place = tables.places.loc[row.mark_id]
        if [*at] != [place["lon"], place["lat"]]:
            found.append(f"lies at {at}, places.csv says {[place['lon'], place['lat']]}")
        drawn = [read_points(artist, side) for side in SIDES]
        if drawn != [[place["lon"]], [place["lat"]]]:
            found.append(f"stands at {drawn}, its place lies elsewhere")
        if odd := [
            key
            for key, cell in zip(mine["claim_id"], mine["place"])
            if row.mark_id not in split(cell)
        ]:
            found.append(f"gathers {odd}, which tell of other places")
    value = getattr(row, "value", None)
    if isinstance(value, int | float) and pd.notna(value) and value != len(mine):
        found.append(f"counts {value}, has {len(mine)} claims")
    dated = mine[mine["date_start"].notna()]
    sides = [side for side in SIDES if is_time(artist.axes, side)]
    for side in sides:
        points = read_points(artist, side)
        if points is None:
            continue
        first, last = meet_days(dated)
        if fault := check_span(points, first, last, find_view(artist, side)):
            found.append(fault)
        for name, plotted, said in (("x", row.x, first), ("end", row.end, last)):
            if isinstance(plotted, pd.Timestamp) and plotted != said:
                found.append(f"{name} is plotted as {plotted.date()}, its claims say {said.date()}")
    return found


def is_map(row, tables: Tables) -> bool:
    """Whether a mark stands for a place by its key: then its x and y are degrees."""
    return row.mark_id in tables.places.index


def check_accounts(row, artist, tables: Tables) -> list[str]:
    """A mark that counts the numbers of a text by what became of them: as many as there are."""
    account = getattr(row, "account", None)
    if not isinstance(account, str):
        return []
    numbers = account_numbers(tables)
    name = {"unaccounted": ""}.get(account, account)
    counted = int(((numbers["doc_id"] == row.documents) & (numbers["account"] == name)).sum())
    ends = read_points(artist, "x") or [0.0]
    drawn = round(max(ends) - min(ends))
    return (
        [] if row.x == drawn == counted else [f"is {drawn} long, plots {row.x}, counts {counted}"]
    )


def check_published(row, artist, about) -> list[str]:
    """A mark of a whole text on a time axis: its day of publication."""
    found = []
    for side in SIDES:
        points = read_points(artist, side)
        if points is None or not is_time(artist.axes, side):
            continue
        if fault := check_span(points, about["first"], about["last"], find_view(artist, side)):
            found.append(fault)
        for name, plotted, said in (("x", row.x, about["first"]), ("end", row.end, about["last"])):
            if isinstance(plotted, pd.Timestamp) and plotted != said:
                found.append(f"{name} is plotted as {plotted.date()}, documents.csv says {said}")
    return found
