"""Eleven Days: conflict reporting, coded and charted.

What a notebook needs is had from here, in one import: `from helpers import open_study,
save_figure`. A name is fetched from its module when it is asked for, so that `import helpers` costs
nothing and a notebook waits for no more than it uses. README.md in this folder is the map.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
HOMES = {  # module → what it gives to notebooks
    "analysis.comparisons": ["group_claims", "refuse_comparisons", "date_captures"],
    "analysis.disagreements": ["list_disagreements", "load_disagreements"],
    "analysis.findings": ["list_findings"],
    "analysis.proposing": ["open_proposing"],
    "analysis.rates": ["derive_daily", "derive_remainders", "derive_speed", "derive_totals"],
    "analysis.selection": ["open_study"],
    "analysis.settings.settling": ["list_questions"],
    "claims.archive": ["load_ids"],
    "claims.audit": ["count_accounts", "load_not_claims"],
    "claims.gate": ["check_claims", "load_claims"],
    "claims.merge": ["merge_proposals"],
    "claims.proposals": ["describe_proposals", "list_doubts"],
    "corpus.documents": ["list_missing", "load_corpus"],
    "corpus.overview": ["list_texts"],
    "corpus.places": ["load_places"],
    "corpus.quotes": ["load_defects"],
    "extract.propose": ["propose_claims"],
    "publish.exports.kinds": ["save_exports"],
    "publish.figures": ["list_figures", "list_left_out", "save_figure"],
    "publish.gallery": ["save_gallery"],
    "publish.history.news": ["list_changes"],
    "publish.notebook.display": ["show_findings", "show_list", "show_proposals", "show_table"],
    "publish.tables": ["list_all_disagreements", "list_all_events", "list_all_figures"],
    "review.opening": ["open_review"],
    "scale.manifest": ["load_aside"],
    "scale.propose": ["describe_counts", "propose_at_scale", "run_at_scale"],
}


def __getattr__(name: str) -> Any:
    """A public name, from its module. Raises AttributeError for any other."""
    if name.startswith("_"):
        raise AttributeError(name)
    homes = _list_homes()
    if name not in homes:
        raise AttributeError(f"helpers has no {name}; it has {', '.join(homes)}")
    return getattr(import_module(f"helpers.{homes[name]}"), name)


def __dir__() -> list[str]:
    return list(_list_homes())


def _list_homes() -> dict[str, str]:
    """Every public name → its module: those of HOMES, and draw_… for each figure."""
    figures = import_module("helpers.charts").FIGURES
    homes = {name: module for module, names in HOMES.items() for name in names}
    homes |= {f"draw_{figure}": f"charts.{module}" for figure, module in figures.items()}
    return dict(sorted(homes.items()))
