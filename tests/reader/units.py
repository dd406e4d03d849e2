"""Units and kinds that the words of a chart name: they are those of its marks."""

import re

from .canvas import SIDES, list_marks
from .facts import MOVED, Scene
from .tables import Tables, split
from .words import QUOTED, split_sentences

RATE = re.compile(
    r"\b(?:per|a|an|each|every) (hour|day|week|month|year)\b|\b(hour|dai|week|month|year)ly\b"
)
NO_RATE = re.compile(
    r"\b(?:within|over|in|for|of|less than|than|about|after|before|spread) (?:a|an) \w+"
)
SPEECH = ("title", "subtitle", "alt", "reading")
# Words → the measures of which one must be drawn.
KINDS = {
    r"killed|dead|deaths?|died|tolls?": ["killed", "killed_or_injured"],
    r"injured|wounded|hurt": ["injured", "killed_or_injured"],
    r"detained|arrest(?:s|ed)": ["detained"],
    r"released|freed": ["released"],
    r"displaced": [*MOVED, "in_camps", "refugees"],
    r"fled|forced to flee": ["forced_to_flee", "new_displacement"],
    r"refugees": ["refugees"],
    r"populations?": ["population"],
    r"captur(?:e|es|ed)": ["captured"],
}
# Words → the units of which one must be drawn.
UNITS = {
    r"hours?|minutes?|seconds": ["hour"],
    r"households?|families": ["household"],
    r"percent|per cent|percentages?": ["percent"],
    r"km|kilomet(?:er|re)s?|miles?": ["km", "km per day"],
}


def check_units(scene: Scene) -> list[str]:
    """What the title, subtitle, alt text and reading of a chart name: rates only where something is divided by
    days, hours only where a claim counts them, deaths only where some are drawn."""
    found, units = [], list_units(scene)
    measures = set(scene.drawn["measure"])
    for where in SPEECH:
        text = getattr(scene.chart, where)
        words = QUOTED.sub(" ", text)
        say = f"{scene.name}, {where}: %s, in “{text}”"
        for match in RATE.finditer(NO_RATE.sub(" ", words)):
            period = {"dai": "day"}.get(match[2], match[1] or match[2])
            if f"per {period}" not in units:
                found.append(say % f'"{match[0]}": nothing is counted by the {period}')
        if re.search(r"\brates?\b", words) and not any(unit.startswith("per ") for unit in units):
            found.append(say % "there is no rate here")
        for pattern, wanted in UNITS.items():
            match = re.search(rf"\b(?:{pattern})\b", re.sub(r"\b0 \w+ in \w+", " ", words))
            if match and not units & set(wanted):
                found.append(say % f'"{match[0]}" is the unit of nothing drawn')
        for sentence in split_sentences(words):
            found += [say % fault for fault in check_kinds(sentence, measures)]
    return found


def check_kinds(sentence: str, measures: set[str]) -> list[str]:
    """What befell people, in a sentence: such claims are drawn; of "killed, hurt or freed" one kind is enough."""
    said = {}
    for pattern, wanted in KINDS.items():
        if match := re.search(rf"\b(?:{pattern})\b", sentence, re.I):
            said[match[0]] = bool(measures & set(wanted))
    if not measures or (" or " in sentence and any(said.values())):
        return []
    return [f'"{word}": no such claim is drawn' for word, drawn in said.items() if not drawn]


def list_units(scene: Scene) -> set[str]:
    """The units of the claims drawn, and what derived marks divide by; people over days, where both are axes."""
    units = set(scene.drawn["unit"])
    for row in scene.marks.itertuples():
        if row.kind == "derived" and "÷" in row.words:
            below = row.words.split("÷")[1]
            units |= {f"per {name}" for name in ("hour", "day", "week") if name in below}
            units |= {"km"} if "km" in row.words else set()
    for axes in scene.chart.figure.axes:
        labels = [getattr(axes, f"get_{side}label")() for side in SIDES]
        if re.match(r"days\b", labels[0]) and "people" in labels[1]:
            units.add("per day")
    return units


def check_axis_labels(chart, tables: Tables) -> list[str]:
    """What an axis says that it counts is the unit of the marks on it, and a log scale says that it is one."""
    found = []
    for number, axes in enumerate(chart.figure.axes, 1):
        for side in SIDES:
            label = getattr(axes, f"get_{side}label")()
            say = f'{chart.name}: panel {number}, "{label}"'
            log = getattr(axes, f"get_{side}scale")() == "log"
            if log != bool(re.search(r"\blog\b|logarithm", label)):
                found.append(f"{say}: the scale is {'a log scale' if log else 'linear'}")
            found += [f"{say}: {fault}" for fault in check_axis_unit(chart, axes, label, tables)]
    return found


def check_axis_unit(chart, axes, label: str, tables: Tables) -> list[str]:
    if rate := RATE.search(label):
        formulas = [row.words for row, artist in list_marks(chart) if artist.axes is axes]
        period = rate[1] or rate[2]
        return [f"{words} is no rate" for words in formulas if period not in words.split("÷")[-1]][
            :1
        ]
    wanted = [
        unit for word, unit in (("people", "person"), ("percent", "percent")) if word in label
    ]
    if not wanted:
        return []
    units = {
        tables.by_id[key]["unit"]
        for row, artist in list_marks(chart)
        if artist.axes is axes and row.kind == "claim"
        for key in split(row.claims)
    }
    odd = units - {*wanted, *(["percent"] if has_lane(axes) else [])}
    return [f"a mark on it counts {sorted(odd)}"] if odd else []


def has_lane(axes) -> bool:
    """Whether a panel has a hatched lane for words without a number, whatever they would count."""
    return any(patch.get_hatch() and not patch.get_clip_on() for patch in axes.patches)
