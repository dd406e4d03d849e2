"""Key: what the signs of a map or of captures by day mean, of those that occur."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.analysis.selection import Study
from helpers.charts.captures.stops import STEPS, Stop, find_holder
from helpers.charts.captures.words import list_sides, say_side
from helpers.charts.look.fonts import measure_text
from helpers.charts.look.language import Words, find_words
from helpers.charts.look.signs import (
    style_days,
    style_dot,
    style_hatch,
    style_hollow,
    style_ringed,
)
from helpers.charts.look.theme import Look, Looks, find_look
from helpers.charts.maps.dots import SIGNS, find_colour, find_ring, group_stops, is_doubted
from helpers.charts.maps.ground import is_bare

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.lines import Line2D


def list_signs(
    study: Study, stops: list[Stop], look: Look, views: Sequence[list[Stop]] = ()
) -> list[Artist]:
    """What a key says: the signs that occur where there is more than one, the sides where there
    are several (those of one colour together), what is hatched, and rings round dots. views: the
    stops of each map, where there are several."""
    from matplotlib.lines import Line2D

    words, size = find_words(study), look.foot * 0.8
    signs = list(dict.fromkeys(stop.step for stop in sorted(stops, key=_rank)))
    sides = list_sides(stops)
    several = len(sides) > 1
    first = look.colour["secondary"] if several else find_colour(study, stops[0], look)
    groups = [told for view in views or [stops] for told in group_stops(view)]
    drawn = [one for group in groups for one in (find_holder(group), find_ring(group)) if one]
    doubts = list_doubts(study, drawn, first, look)
    rings = list_rings(study, groups, first, look)
    bare: list[Artist] = [_draw_square(words, size, look)] if is_bare(study.country) else []
    if len(signs) + len(sides) + len(rings) + len(doubts) < 3:
        return bare
    found: list[Artist] = []
    for step in signs if len(signs) > 1 or rings or doubts else []:
        label = _say_began(study) if step == "offensive_start" else words(step)
        found.append(Line2D([], [], label=label, **style_dot(SIGNS[step], first, size)))
    found += [*doubts, *rings]
    colours: dict[str, list[str]] = {}
    for side in sides if several else []:
        stop = next(stop for stop in stops if stop.side == side)
        colours.setdefault(find_colour(study, stop, look), []).append(side)
    for colour, alike in colours.items():
        label = words("by_others")
        if len(alike) == 1:
            label = words("side_by", side=say_side(words, alike[0]))
        swatch: Looks = {"marker": "s", "linestyle": "none", "color": colour, "markersize": size}
        found.append(Line2D([], [], label=label, **swatch))
    return found + bare


def list_doubts(study: Study, stops: list[Stop], colour: str, look: Look) -> list[Artist]:
    """The entry for what is hatched, where any of these stops is."""
    from matplotlib.lines import Line2D

    name = name_doubt(stops)
    if not name:
        return []
    style = style_dot("doubted", colour, look.foot)
    return [Line2D([], [], label=find_words(study)(name), **style)]


def list_hatched(study: Study, stops: list[Stop], look: Look) -> list[Artist]:
    """The entry for hatched bars, where the bar of any of these stops is."""
    from matplotlib.patches import Patch

    name = name_doubt(stops)
    if not name:
        return []
    colours = {find_colour(study, stop, look) for stop in stops if is_doubted(stop)}
    colour = colours.pop() if len(colours) == 1 else look.colour["secondary"]
    large = study.parameters["width"] == "slide"
    return [Patch(label=find_words(study)(name), **style_hatch(colour, large))]


def list_pale(study: Study, stops: list[Stop], look: Look) -> list[Artist]:
    """The entry for pale bars, where any of these stops has several possible days and is not
    hatched."""
    from matplotlib.patches import Patch

    captures = [stop for stop in stops if stop.step != "offensive_start"]
    pale = [stop for stop in captures if stop.days > 1 and not is_doubted(stop)]
    if not pale:
        return []
    colours = list(dict.fromkeys(find_colour(study, stop, look) for stop in pale))
    colour = colours[0] if len(colours) == 1 else look.colour["secondary"]
    style = style_days(colour, min(stop.days for stop in pale))
    return [Patch(label=find_words(study)("key_pale"), **style)]


def list_bars(study: Study, stops: list[Stop], look: Look) -> list[Artist]:
    """The entries for bars of each side, that of the leading one first, where there is another."""
    from matplotlib.patches import Patch

    words, sides = find_words(study), list_sides(stops)
    colours: dict[str, list[str]] = {}
    others = [side for side in sides if side not in ("", study.leading)]
    for side in ([study.leading] if others and study.leading in sides else []) + others:
        stop = next(stop for stop in stops if stop.side == side)
        colours.setdefault(find_colour(study, stop, look), []).append(side)
    labels = {
        colour: words("side_by", side=say_side(words, alike[0]))
        if len(alike) == 1
        else words("by_others")
        for colour, alike in colours.items()
    }
    return [Patch(label=label, **style_days(colour, 1)) for colour, label in labels.items()]


def list_rings(study: Study, groups: Sequence[list[Stop]], colour: str, look: Look) -> list[Artist]:
    """The entry for rings round dots, where a place of `groups` has one: a dot in a ring."""
    from matplotlib.lines import Line2D

    name = name_rings([ring for ring in map(find_ring, groups) if ring])
    if not name:
        return []
    return [Line2D([], [], label=find_words(study)(name), **style_ringed(colour, look.foot))]


def list_began(study: Study, groups: Sequence[list[Stop]], look: Look) -> list[Artist]:
    """The entry for the hollow ring where an offensive began, where a place of `groups` has it."""
    from matplotlib.lines import Line2D

    begun = [group[0] for group in groups if group[0].step == "offensive_start"]
    if not begun:
        return []
    style = style_dot(SIGNS["offensive_start"], find_colour(study, begun[0], look), look.foot)
    return [Line2D([], [], label=_say_began(study), **style)]


def _say_began(study: Study) -> str:
    """Where the advance began; in fewer words on a slide, which has room for one row of a key."""
    large = study.parameters["width"] == "slide"
    return find_words(study)("began_brief" if large else "began")


def list_begun_bars(study: Study, stops: list[Stop], look: Look) -> list[Artist]:
    """The entry for the hollow bar of a place where an offensive began, in the words of its label,
    where any of these stops has it."""
    from matplotlib.patches import Patch

    begun = [stop for stop in stops if stop.step == "offensive_start"]
    if not begun:
        return []
    style = style_hollow(find_colour(study, begun[0], look))
    return [Patch(label=find_words(study)("offensive_begins"), **style)]


def order_signs(study: Study, signs: list[Artist]) -> list[Artist]:
    """The entries of a key, in a column the longest first: short ones then find room beside each
    other."""
    if study.parameters["width"] != "column":
        return signs
    foot = find_look(study).foot
    return sorted(signs, key=lambda sign: -measure_text(str(sign.get_label()), foot))


def name_rings(rings: list[Stop]) -> str:
    """The words of rings that stand for these stops: of who held places before, of another side
    that was there."""
    if not rings:
        return ""
    return "changed_hands" if all(stop.step == "captured" for stop in rings) else "several_sides"


def name_doubt(stops: list[Stop]) -> str:
    """The words of what is hatched among stops: that is denied, that is on a party's word, both."""
    doubted = [stop for stop in stops if is_doubted(stop)]
    denied = any(stop.denials for stop in doubted)
    claimed = any(stop.stance for stop in doubted)
    if denied and claimed:
        return "doubted"
    if denied:
        return "doubted_denied"
    return "doubted_claimed" if claimed else ""


def _draw_square(words: Words, size: float, look: Look) -> Line2D:
    """The entry for squares where no land is drawn: why, and how wide they are."""
    from matplotlib.lines import Line2D

    looks: Looks = {"marker": "s", "linestyle": "none", "markersize": size}
    looks |= {"color": look.colour["neighbour"], "markeredgecolor": look.colour["rule"]}
    return Line2D([], [], label=words("squares"), **looks)


def _rank(stop: Stop) -> int:
    return STEPS.index(stop.step)
