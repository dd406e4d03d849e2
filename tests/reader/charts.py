"""All that is checked on a chart, under the names that tests and messages give it."""

from . import advance, axes, feet, key, labels, legend, lists, numbers, reference, units, writing
from .facts import Scene
from .tables import Tables


def _words(chart, tables: Tables) -> list[str]:
    return numbers.check_numbers(Scene(chart, tables), numbers.list_pieces(chart))


def _units(chart, tables: Tables) -> list[str]:
    return units.check_units(Scene(chart, tables))


def _kinds(chart, tables: Tables) -> list[str]:
    return legend.check_kinds(chart)


def _but_lists(check):
    """A check of marks on scales and of words at them, which lists on a bare sheet are no part of:
    check_lists reads these."""
    return lambda chart, tables: [] if chart.name in lists.NAMES else check(chart, tables)


CHECKS = {
    "the labels of axes stand where they say": axes.check_ticks,
    "marks stand at the numbers and days of their claims": _but_lists(axes.check_marks),
    "bars of days stand at the days of their claims": axes.check_day_bars,
    "derived marks come out as their formulas say": _but_lists(writing.check_derived),
    "entries of texts in a legend look as their marks": legend.check_documents,
    "entries of styles in a legend look as their marks": legend.check_styles,
    "entries of kinds in a legend look as their marks": _kinds,
    "quotations stand at marks of claims that say so": _but_lists(labels.check_quotes),
    "days in a panel are those of the marks beside them": _but_lists(labels.check_days_at_marks),
    "places in a panel are those of the marks beside them": _but_lists(
        labels.check_places_at_marks
    ),
    "colours by day are those of the first day": labels.check_colour_bar,
    "numbers of places mean one place": advance.check_numbering,
    "the key of a map looks as its marks": key.check_key,
    "what is denied or only claimed is hatched": key.check_doubts,
    "the scale bar of a map is as long as it says": key.check_scale,
    "readings stand at their own marks": _but_lists(labels.check_reading_lines),
    "numbers in a panel are facts of the marks beside them": _but_lists(writing.check_writing),
    "lists say what the tables hold": lists.check_lists,
    "what is no claim is said to be none": reference.check_reference,
    "source line and note count rightly": feet.check_foot,
    "titles name who says so, and where": feet.check_speakers,
    "what is left to the table is counted rightly": writing.check_left_to_table,
    "numbers in titles, feet and alt texts are facts": _but_lists(_words),
    "units and kinds in words are those of the marks": _units,
    "axes name the units and the scale of their marks": units.check_axis_labels,
}


def list_complaints(chart, tables: Tables) -> list[str]:
    """Everything that a reader would find untrue on a chart."""
    return [fault for check in CHECKS.values() for fault in check(chart, tables)]
