"""The corpora that figures are tried on, opened by name: seeds, the samples, made-up rows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from helpers.charts.chart import WIDTHS_MM
from helpers.corpus.folders import REPOSITORY
from tests.charts.made_up import WISHES, write_corpus
from tests.conftest import make_study

SAMPLES = REPOSITORY / "tests" / "samples"
CODED = ("orvane", "chaco")
UNREVIEWED = tuple(f"{name} unreviewed" for name in CODED)
UNCODED = ("invented_war", "veshka", "undated", "quiet")
CORPORA = ("seeds", *CODED, *UNREVIEWED, *UNCODED, *WISHES)
# What the suite draws; `python -m tests.charts.corpora` draws every corpus at every width.
SUITE = {
    **dict.fromkeys(("seeds", "chaco", "orvane", "fifty", "one"), tuple(WIDTHS_MM)),
    **dict.fromkeys(("five",), ("full", "column")),
    **dict.fromkeys(("five hundred",), ("full", "slide")),
    **dict.fromkeys(UNREVIEWED, ("full", "slide")),
    **dict.fromkeys((*UNCODED, "no points", "no publisher", "one death"), ("full",)),
    **dict.fromkeys(("long titles alone", "arabic titles alone"), ("full", "column", "slide")),
    **dict.fromkeys(("long titles", "two countries", "thirty years", "one capture"), ("column",)),
    **dict.fromkeys(("arabic titles", "one day"), ("slide",)),
}


class Corpora:
    """Studies by the name of their corpus; what is not in the repository is written to `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._find = cache(self._write)
        self._open = cache(lambda name, frame: make_study(corpus=self._find(name), frame=frame))

    def open(self, name: str, width: str = "full", frame: str = "full"):
        """The study of a corpus at a width; each corpus is written and opened once."""
        study = self._open(name, frame)
        return replace(study, parameters=study.parameters | {"width": width})

    def _write(self, name: str) -> str:
        if name in WISHES:
            return str(write_corpus(self.home / name.replace(" ", "_"), WISHES[name]))
        if name in UNREVIEWED:
            return str(self._leave_claims_out(name.split()[0]))
        return "seeds" if name == "seeds" else str(SAMPLES / name)

    def _leave_claims_out(self, name: str) -> Path:
        """A sample as it is before anybody reviewed it: its claims are proposed."""
        folder = shutil.copytree(SAMPLES / name, self.home / f"{name}_unreviewed")
        for table in ("claims.csv", "not_claims.csv"):
            (folder / table).unlink()
        return folder


def main() -> None:
    """Print the faults of every figure, of every corpus, at every width."""
    import tempfile

    from helpers.charts import FIGURES, draw_figure
    from tests.charts.printed import list_faults

    with tempfile.TemporaryDirectory() as home:
        corpora = Corpora(Path(home))
        for corpus in CORPORA:
            for width in WIDTHS_MM:
                for name in FIGURES:
                    chart = draw_figure(name, corpora.open(corpus, width))
                    for fault in list_faults(chart):
                        print(f"{corpus}, {width}, {name}: {fault}")


if __name__ == "__main__":
    main()
