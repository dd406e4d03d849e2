"""The advance as the tables tell it: who took which place, how many of them a map shows, and what a
title may say of that. Plain pandas, no helper.

A step counts where its claim is firm, of the offensive, an event, and of a place or a part of one
(place_prec 1 to 3). A place can be shown where places.csv has a point for it, prec 1 or 2; one
within NEAR_KM of a town that is shown is not shown beside it.
"""

import re
from functools import cache

import pandas as pd

from .canvas import list_marks
from .tables import FIRM, Tables, count_days, find_route, measure_km, meet_days, split
from .words import ONES, TENS, find_numbers, read_number

NEAR_KM = 5
KINDS = ["city", "town", "village", "camp", "site"]
STEPS = ["captured", "entered", "reached"]
WORD = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in [*ONES[1:], *TENS])
NUMBER = rf"(?P<n>\d[\d,]*|{WORD})"


@cache
def list_steps(tables: Tables) -> pd.DataFrame:
    """One row is one place and side with the farthest step told of it: place, side, step, first and
    last day, whether it can be shown (point), claims."""
    claims = tables.claims
    rows = claims[
        claims["measure"].isin(STEPS)
        & (claims["unit"] == "event")
        & (claims["scope"] == "offensive")
        & claims["assertion"].isin(FIRM)
        & claims["date_start"].notna()
        & (claims["place"] != "")
    ]
    rows = rows.assign(key=rows["place"].map(split)).explode("key")
    rows = rows.assign(side=[split(cell)[0] if cell else "" for cell in rows["actor"]])
    found = []
    for (key, side), mine in rows.groupby(["key", "side"], sort=False):
        step = next(step for step in STEPS if step in set(mine["measure"]))
        own = mine[mine["measure"] == step]
        point = has_point(tables, key)
        found.append((key, side, step, *meet_days(own), point, tuple(own["claim_id"])))
    columns = ["place", "side", "step", "first", "last", "point", "claims"]
    return pd.DataFrame(found, columns=columns)


def has_point(tables: Tables, key: str) -> bool:
    if key not in tables.places.index:
        return False
    row = tables.places.loc[key]
    return pd.notna(row["lat"]) and pd.notna(row["lon"]) and row["prec"] in ("1", "2")


@cache
def list_shown(tables: Tables) -> pd.DataFrame:
    """The steps of places that have a dot: towns first, then what lies far enough from them."""
    steps = list_steps(tables)
    placed = steps[steps["point"]]
    kinds = tables.places["kind"]
    ranks = [
        (KINDS.index(kinds[row.place]) if kinds[row.place] in KINDS else 9, STEPS.index(row.step))
        for row in placed.itertuples()
    ]
    kept: list[str] = []
    for _, place in sorted(zip(ranks, placed["place"]), key=lambda pair: pair[0]):
        far = [measure_km(tables.places, place, other) >= NEAR_KM for other in kept]
        if place not in kept and all(far):
            kept.append(place)
    return placed[placed["place"].isin(kept)]


def count_nearby(tables: Tables) -> int:
    """Places that another's dot stands for."""
    steps = list_steps(tables)
    placed = set(steps[steps["point"]]["place"])
    return len(placed - set(list_shown(tables)["place"]))


def list_taken(tables: Tables, side: str = "") -> pd.DataFrame:
    """The captures of places that are shown and not denied, by first day, of a side or of all."""
    shown = list_shown(tables)
    taken = shown[(shown["step"] == "captured") & ~find_denied(shown, tables)]
    if side:
        taken = taken[taken["side"] == side]
    return taken.sort_values(["first", "last"], kind="stable")


def find_denied(steps: pd.DataFrame, tables: Tables) -> pd.Series:
    """Which steps somebody denies, of all days on which they are told."""
    claims = tables.claims
    denials = claims[(claims["assertion"] == "denied") & (claims["measure"] == "captured")]
    found = []
    for row in steps.itertuples():
        mine = claims[claims["claim_id"].isin(row.claims)]
        own = [
            one
            for one in denials.itertuples()
            if row.place in split(one.place) and row.side in ["", *split(one.actor)]
        ]
        others = [
            one
            for one in mine.itertuples()
            if not any(
                one.date_start <= no.date_end and no.date_start <= one.date_end for no in own
            )
        ]
        found.append(bool(own) and not others)
    return pd.Series(found, index=steps.index, dtype=bool)


def name_side(words: str, tables: Tables) -> str:
    """The side that a sentence names, as the claims spell it."""
    sides = {side for cell in tables.claims["actor"] for side in split(cell)}
    bare = re.sub(r"^the ", "", words.strip(), flags=re.I)
    return next((side for side in sides if side.lower() == bare.lower()), "")


# --- phrases -------------------------------------------------------------------------------------


def take_advance(reading) -> None:
    """What a chart of the advance says in a pattern of its own: each is true, and blotted out."""
    if not reading.scene.name.startswith(("advance", "overview")):
        return
    for pattern, check in PHRASES:
        for match in re.finditer(pattern, reading.left):
            counted = check is check_more and reading.where == "alt"  # claims, held elsewhere
            said = "" if counted else check(match, reading.scene)
            if said:
                reading.complain(f'"{match[0]}": {said}')
            else:
                reading.explain(match[0], check.__name__)
            for name, group in match.groupdict().items():
                if group is not None and name in ("n", "m", "o", "d"):
                    reading.blot(*match.span(name))


def read_count(match) -> int:
    words = match["n"]
    value = 1 if words.lower() in ("one", "a") else read_number(words)
    return int(value) if value is not None else -1


def check_taken(match, scene) -> str:
    """The HTS coalition took five places, from Aleppo to Damascus."""
    taken = list_taken(scene.tables, name_side(match["side"], scene.tables))
    places = list(dict.fromkeys(taken["place"]))
    if len(places) != read_count(match):
        return f"it took {places}"
    if match["a"]:
        names = [scene.tables.places.loc[key, "name"] for key in (places[0], places[-1])]
        if [match["a"], match["b"]] != names:
            return f"they run from {names[0]} to {names[1]}"
    if match["m"]:
        days = (taken["first"].max() - taken["last"].min()).days
        most = (taken["last"].max() - taken["first"].min()).days
        if [read_number(match["m"]), read_number(match["o"] or match["m"])] != [days, most]:
            return f"it took {days} to {most} days"
    return ""


def find_begun_places(tables: Tables) -> set[str]:
    """The place where the advance began first, unless it fell to the same side."""
    begun = list_beginnings(tables).sort_values("date_start", kind="stable")
    taken = set(list_steps(tables)["place"])
    return {cell for cell in begun["place"][:1] if cell not in taken}


def list_beginnings(tables: Tables) -> pd.DataFrame:
    """The beginnings of the advance on a day known within two, at a place with a point."""
    claims = tables.claims
    begun = claims[
        (claims["measure"] == "offensive_start")
        & (claims["scope"] == "offensive")
        & claims["assertion"].isin(FIRM)
        & (claims["date_end"] - claims["date_start"] < pd.Timedelta(days=2))
    ]
    actors = find_route(tables)[1]
    begun = begun[[bool(set(split(cell)) & {*actors}) for cell in begun["actor"]]]
    return begun[[has_point(tables, cell) for cell in begun["place"]]]


def check_dots(match, scene) -> str:
    """Map of Syria with 8 marks."""
    dots = [
        row for row, _ in list_marks(scene.chart) if isinstance(getattr(row, "step", None), str)
    ]
    dots = [row for row in dots if isinstance(row.x, float)]
    return "" if len(dots) == read_count(match) else f"{len(dots)} are drawn"


def check_maps(match, scene) -> str:
    """5 small maps: panels with a dot."""
    panels = {id(artist.axes) for _, artist in list_marks(scene.chart)}
    return "" if len(panels) == read_count(match) else f"{len(panels)} are drawn"


def check_captures(match, scene) -> str:
    """4 captures by day: bars of captures."""
    bars = [
        row
        for row, _ in list_marks(scene.chart)
        if getattr(row, "step", "") == "captured" and isinstance(row.x, pd.Timestamp)
        if row.side == (find_route(scene.tables)[1] or ("",))[0]
    ]
    return "" if len(bars) == read_count(match) else f"{len(bars)} are drawn"


def check_near(match, scene) -> str:
    """6 nearby sites share a town’s dot."""
    near = count_nearby(scene.tables)
    return "" if near == read_count(match) else f"{near} lie near one"


def check_km(match, scene) -> str:
    return "" if read_count(match) == NEAR_KM else f"it is {NEAR_KM} km"


def check_counter(match, scene) -> str:
    """2 texts tell of counter-attacks, 27 Nov to 6 Dec."""
    claims = scene.tables.claims
    told = claims[
        (claims["measure"] == "counter_offensive")
        & (claims["scope"] == "offensive")
        & claims["assertion"].isin(FIRM)
        & claims["date_start"].notna()
    ]
    texts = told["doc_id"].nunique()
    ends = f"{told['date_start'].min():%-d %b} to {told['date_end'].max():%-d %b}"
    if texts != read_count(match):
        return f"{texts} do"
    return "" if match["d"] == ends else f"their days are {ends}"


def check_more(match, scene) -> str:
    """1 more not shown; 2 more places are not shown: steps of places that no mark stands for."""
    chart = scene.chart
    marked = {key for cell in chart.marks["claims"] for key in split(cell)}
    rest = [row for row in list_steps(scene.tables).itertuples() if not set(row.claims) & marked]
    shown = set(list_shown(scene.tables)["place"])
    places = {row.place for row in rest if row.place in shown}
    places |= find_begun_places(scene.tables) - list_places_marked(scene)
    areas = [row for row in rest if not row.point]
    right = len(places) if "place" in match[0] else len(areas)
    return "" if right == read_count(match) else f"{right} are ({chart.name})"


def check_undrawn(match, scene) -> str:
    """Not shown: 13 more captured, 2 more entered or reached: places that no mark of the map stands
    for, nor a row."""
    marked = {key for cell in scene.chart.marks["claims"] for key in split(cell)}
    rest = [row for row in list_steps(scene.tables).itertuples() if not set(row.claims) & marked]
    taken = {row.place for row in rest if row.step == "captured"}
    others = {row.place for row in rest} - taken
    said = [read_number(match[end]) if match[end] else 0 for end in ("n", "m")]
    right = [len(taken), len(others)]
    return "" if said == right else f"{right[0]} were captured, {right[1]} entered or reached"


def check_sites(match, scene) -> str:
    """Four sites at Aleppo: places within NEAR_KM of a town that have no dot, of one side and
    step."""
    tables = scene.tables
    steps, shown = list_steps(tables), set(list_shown(tables)["place"])
    towns = [key for key in shown if tables.places.loc[key, "name"] == match["a"]]
    near = [
        row
        for row in steps[steps["point"]].itertuples()
        if row.place not in shown
        and any(measure_km(tables.places, town, row.place) < NEAR_KM for town in towns)
    ]
    counts = pd.Series([(row.side, row.step) for row in near], dtype=object).value_counts()
    if read_count(match) not in set(counts):
        return f"{dict(counts)} lie there"
    names = sum(tables.places.loc[row.place, "name"] in match["names"] for row in near)
    more = read_number(match["m"]) if match["m"] else 0
    return "" if names + more == read_count(match) else f"it names {names}"


def check_areas(match, scene) -> str:
    """13 areas or sites: places captured that no mark of the figure stands for, and no dot of a
    map."""
    steps = list_steps(scene.tables)
    taken = set(steps[steps["step"] == "captured"]["place"]) - list_places_marked(scene)
    areas = taken - set(list_shown(scene.tables)["place"])
    return "" if len(areas) == read_count(match) else f"{len(areas)} were captured"


def list_places_marked(scene) -> set[str]:
    return {key.partition("--")[0] for key in scene.chart.marks["mark_id"]}


def check_resolution(match, scene) -> str:
    """The number of a resolution, which stands in a table that comes with the helpers."""
    return (
        ""
        if match["n"] in ("497", "1244", "1860", "2334", "68/262")
        else "there is no such resolution"
    )


def check_window(match, scene) -> str:
    """in 7 days or fewer: the length of a window among the claims drawn."""
    lengths = {count_days(row) for row in scene.drawn.itertuples() if row.date_kind == "window"}
    return "" if read_count(match) in lengths else f"windows drawn have {sorted(lengths)}"


def check_text(match, scene) -> str:
    """text 4: a text on which the chart rests."""
    known = {int(text) for text in scene.texts if text.isdigit()}
    return "" if read_count(match) in known else f"the chart rests on {sorted(known)}"


def check_corpus(match, scene) -> str:
    """in 5 texts: all texts of the corpus."""
    texts = len(scene.tables.documents)
    return "" if read_count(match) == texts else f"there are {texts}"


def check_span(match, scene) -> str:
    """Days from the first possible day drawn to the last."""
    marks = scene.marks
    bars = [row for row in marks.itertuples() if isinstance(getattr(row, "step", None), str)]
    ends = [(row.x, row.end) for row in bars if isinstance(row.x, pd.Timestamp)]
    ends += [(row.first, row.last) for row in bars if isinstance(row.x, float)]
    if scene.name == "overview" and scene.tables.period:
        ends = [scene.tables.period]
    first, last = min(end[0] for end in ends), max(end[1] for end in ends)
    said = f"{first.day} {first:%b} to {last.day} {last:%b %Y}"
    return "" if match["d"] == said else f"the days drawn are {said}"


def check_way(match, scene) -> str:
    """Aleppo to Hama 124 km in 5 to 6 days; Aleppo to Hama alone took five to six days."""
    marks = scene.marks
    if "days_fewest" not in marks:
        return "no speed is drawn"
    names = scene.tables.places["name"]
    ends = [names.index[names == match[end]] for end in "ab"]
    ids = {f"speed-{one}-{other}" for one in ends[0] for other in ends[1]}
    said = [read_number(match[end] or match["n"]) for end in ("n", "m")]
    for row in marks[marks["mark_id"].isin(ids)].itertuples():
        if [row.days_fewest, row.days_most] == said:
            return ""
    return "no speed drawn has these days"


def check_shared(match, scene) -> str:
    """Homs to Damascus 141 km, perhaps both on 8 Dec: the days possible for both captures."""
    names = scene.tables.places["name"]
    taken = list_steps(scene.tables)
    taken = taken[(taken["step"] == "captured") & taken["side"].isin(find_route(scene.tables)[1])]
    ends = [taken[taken["place"].isin(names.index[names == match[end]])] for end in "ab"]
    first = max(end["first"].min() for end in ends)
    last = min(end["last"].max() for end in ends)
    said = f"{first.day}–{last.day} {last:%b}" if first.day != last.day else f"{last.day} {last:%b}"
    return "" if match["d"] == said else f"the days possible for both are {said}"


SPAN = r"(?P<d>\d{1,2} [A-Z][a-z]{2} to \d{1,2} [A-Z][a-z]{2} \d{4})"
NAME = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
WAY = (
    rf"(?P<a>{NAME}) to (?P<b>{NAME}) (?:[\d,]+ km in|alone took) {NUMBER}(?: to (?P<m>\w+))? days?"
)
SHARED = (
    rf"(?P<a>{NAME}) to (?P<b>{NAME}) [\d,]+ km, perhaps both on (?:one day of )?"
    r"(?P<d>\d{1,2}(?:–\d{1,2})? [A-Z][a-z]{2})"
)
PHRASES = [
    (WAY, check_way),
    (SHARED, check_shared),
    (
        rf"(?P<side>[A-Z][^,;.]*?|the [^,;.]*?) (?:says it )?took {NUMBER} "
        r"(?:places?|towns?|cities(?: and towns)?)"
        r"(?: in (?P<m>[\w-]+)(?: to (?P<o>\w+))? days?)?"
        r"(?:, from (?P<a>[^(,;.]*?)(?: \([^)]*\))? to (?P<b>[^(,;.]*?)(?=[(,;.]|$| \())?",
        check_taken,
    ),
    (rf"with {NUMBER} marks?\b", check_dots),
    (rf"{NUMBER} small maps?", check_maps),
    (rf"{NUMBER} captures?\b", check_captures),
    (rf"{NUMBER} nearby sites?", check_near),
    (rf"{NUMBER} areas? or sites?", check_areas),
    (r"within (?P<n>\d+) km of a place", check_km),
    (rf"{NUMBER} texts? tells? of counter-attacks, (?P<d>[^.]*)\.", check_counter),
    (rf"{NUMBER} more (?:places? (?:is|are) )?not shown", check_more),
    (rf"Not shown: {NUMBER} more captured(?:, (?P<m>\d+) more entered or reached)?", check_undrawn),
    (
        rf"{NUMBER} sites at (?P<a>{NAME}): \w+[^(]*\((?P<names>[^)]*?)(?: and (?P<m>\w+) more)?\)",
        check_sites,
    ),
    (r"UN resolution (?P<n>[\d/]+)", check_resolution),
    (r"in (?P<n>\d+) days or fewer", check_window),
    (r"\btext (?P<n>\d{1,2})\b(?!\d)", check_text),
    (r"\bin (?P<n>\d+) texts?$", check_corpus),
    (SPAN, check_span),
]


# --- numbers of places ---------------------------------------------------------------------------


def check_numbering(chart, tables: Tables) -> list[str]:
    """A number beside a dot and the same number beside a name, a bar or a row mean one place."""
    if not chart.name.startswith(("advance", "overview")):
        return []
    found: dict[str, set] = {}
    for number, place in list_numbered(chart, tables):
        found.setdefault(number, set()).add(place)
    return [
        f"{chart.name}: the number {number} stands for {sorted(places)}"
        for number, places in found.items()
        if len(places) > 1
    ]


def list_numbered(chart, tables: Tables) -> list[tuple[str, str]]:
    """(number, place) of every bare number: that of the mark it is tied to, or the name beside
    it."""
    from .labels import find_marks, list_labels, measure_marks

    marks, found = measure_marks(chart), []
    for label in list_labels(chart, tables):
        if not is_key(label.words) or None in label.at:
            continue
        near = find_marks(marks, label, 60.0)
        listed = [mark for mark in marks if is_row_of(label, mark)]
        rows = sorted(listed, key=lambda mark: (-mark.box[1][1], mark.box[0][0]))
        for mark in rows[:1] or near:
            place = mark.row.mark_id.partition("--")[0].removeprefix("row-")
            if place in tables.places.index:
                found.append((label.words, place))
                break
    return found


def is_row_of(label, mark) -> bool:
    """Whether a mark may be the first row of a list that belongs to a number: on its line, behind
    the name, or below it."""
    (left, _), (low, top) = mark.box
    here = mark.artist.axes is label.axes and mark.row.mark_id.startswith("row-")
    away = left - label.at[0]
    if low - 2 <= label.at[1] <= top:
        return here and 0 <= away < 500
    return here and 0 <= label.at[1] - top < 40 and 0 <= away < 60


def is_key(words: str) -> bool:
    """Whether a label is the number of a place and nothing else."""
    return bool(re.fullmatch(r"\d{1,2}", words)) and len(find_numbers(words)) == 1
