"""Warm: what every notebook would work out for itself, worked out when this module is imported. Only the process that
kernels are forked from imports it (helpers.kernels); nobody else needs it, and it has nothing to offer."""

from matplotlib.font_manager import FontProperties, findfont

from helpers.charts.fonts import cut_usual
from helpers.charts.theme import RC
from helpers.pages import open_templates

for weight in ("normal", "bold"):
    cut_usual(findfont(FontProperties(family=RC["font.family"], weight=weight)))
for template in ("evidence.html", "gallery.html"):
    open_templates().get_template(template)
