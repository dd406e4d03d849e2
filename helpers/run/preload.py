"""Preload: what every notebook would import and work out for itself, done when this module is
imported. Only the process that kernels are forked from imports it (helpers.run.kernels); nobody
else needs it, and it has nothing to offer."""

import gc
from contextlib import suppress
from importlib import import_module

IMPORTED = [  # what every notebook imports sooner or later, and what draws and writes its figures
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "tqdm",
    "pandas",
    "pandas.io.formats.csvs",
    "pandas.io.formats.html",
    "pyarrow.pandas_compat",
    "helpers.claims.decisions.mending",
    "helpers.claims.second_reader.doubts",
    "helpers.corpus.readers.kinds",
    "helpers.extract.attribution.names",
    "helpers.extract.places.geonames",
    "helpers.publish.figures",
    "helpers.publish.gallery",
    "jinja2",
    "lxml.etree",
    "pypdf.annotations",
    "pypdf.filters",
    "fontTools.ttLib.tables.O_S_2f_2",
    "matplotlib.dates",
    "matplotlib.figure",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "PIL.PngImagePlugin",
]


def import_all() -> None:
    """Import what is named above, and all charts; what is missing is for the notebook to say."""
    from helpers.charts import FIGURES

    for name in [*IMPORTED, *(f"helpers.charts.{module}" for module in FIGURES.values())]:
        with suppress(ImportError):
            import_module(name)


def prepare_drawing() -> None:
    """Cut the fonts and read the templates that every notebook uses."""
    from matplotlib.font_manager import FontProperties, findfont

    from helpers.charts.look.fonts import FAMILIES, cut_usual, register_fonts
    from helpers.publish.formats.svg import FACES, TYPEFACES, cut_common, find_letters
    from helpers.publish.templating import open_templates

    register_fonts()
    fonts = [FontProperties(family=FAMILIES) for _ in range(3)]
    fonts[1].set_weight("bold")
    fonts[2].set_style("italic")
    for font in fonts:
        cut_usual(findfont(font))
    for name in FACES:
        find_letters(TYPEFACES / f"{name}.ttf")
        if "Arabic" not in name:
            cut_common(TYPEFACES / f"{name}.ttf")
    for template in ("evidence.html", "gallery.html"):
        open_templates().get_template(template)


# What is made here stays: to look through it for what may go would take a fifth of the time.
gc.disable()
try:
    import_all()
    prepare_drawing()
    gc.freeze()  # no kernel need look through it later, either
finally:
    gc.enable()
