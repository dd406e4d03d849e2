"""Command: `eleven-days figures CORPUS` and its siblings, from any folder. A task only hands on to
what the notebooks, `python -m helpers.run` and `python -m helpers.report` do.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from helpers.corpus.folders import find_folder
from helpers.schema.errors import CorpusError, ParameterError

EXAMPLES = """\
examples, with your texts in my_articles:
  eleven-days figures my_articles                      pictures, data and a gallery, at once
  eleven-days propose my_articles --country SYR        what the texts claim, to look through
  eleven-days propose my_articles --merge              … and brought into claims.csv
  eleven-days review my_articles --reviewer RK         decide claim by claim, in JupyterLab
  eleven-days figures my_articles -p width column      anew, 85 mm wide
  eleven-days export my_articles --to exports          spreadsheet, map layer, slides …
  eleven-days report my_articles                       Word, PDF and web page of the figures

A folder of texts is all it takes; "seeds" is the corpus that comes with the project.
Completion of commands, options and folders: eleven-days --print-completion bash (or your shell).
"""


class Task(NamedTuple):
    """A sub-command: its help, what adds its options, and what does it and returns the exit
    code."""

    help: str
    add_options: Callable[[argparse.ArgumentParser], None]
    do: Callable[[argparse.Namespace], int]


def make_figures(asked: argparse.Namespace) -> int:
    """Every notebook that draws; then says where the gallery lies."""
    from helpers.run.notebooks import main

    folder, given = find_folder(asked.corpus), dict(asked.p)
    code = main(["-p", "corpus", str(folder), *_flatten(given)] + ["--propose"] * asked.propose)
    gallery = find_gallery(given | {"corpus": str(folder)})
    if gallery.exists():
        print(f"\nOpen in a browser: {gallery.as_uri()}")
    return code


def find_gallery(given: dict[str, str]) -> Path:
    """Where the figures of a command line's parameters have their page."""
    from helpers.analysis.selection import choose_figures_folder
    from helpers.schema.parameters import DEFAULTS, check_parameters

    known = {name: value for name, value in given.items() if name in DEFAULTS}
    types = {name: type(value) for name, value in DEFAULTS.items()}
    parameters = check_parameters({"__annotations__": types, **DEFAULTS, **known})
    return choose_figures_folder(parameters, Path(given["corpus"])) / "index.html"


def propose(asked: argparse.Namespace) -> int:
    """What 00_propose_claims finds and writes, in sentences."""
    from helpers import describe_proposals, list_missing, open_proposing

    given = {"corpus": asked.corpus, "country": asked.country, "published": asked.published}
    given |= {"documents": [], "write": True, "merge": asked.merge}
    types = {name: type(value) for name, value in given.items()}
    run = open_proposing({"__annotations__": types, **given})
    found = [*list_missing(run.texts), *describe_proposals(run.proposals, run.texts)]
    files = run.save()
    wrote = f"Written into {run.folder}: {', '.join(files)}"
    if not files:
        wrote = "Nothing was written: this corpus comes with the project; copy it elsewhere."
    for sentence in [*found, *run.proposals.skipped, wrote, *run.save_merge()]:
        print(f"- {sentence.replace('`', '').replace('**', '')}")
    return 0


def review(asked: argparse.Namespace) -> int:
    """JupyterLab on 01_review_claims with this corpus, until it is closed; the notebook itself is
    a copy that nobody need keep, decisions are in claims.csv."""
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from helpers.run.notebooks import NOTEBOOKS, REVIEWING

    folder = find_folder(asked.corpus)
    if not (folder / "claims.csv").exists():
        raise CorpusError(
            f"{folder} has no claims.csv to review; first run eleven-days propose "
            f"{asked.corpus} --merge"
        )
    [notebook] = NOTEBOOKS.glob(f"{REVIEWING}*.ipynb")
    given = {"corpus": str(folder), "reviewer": asked.reviewer, "second": asked.second}
    book = parameterize_notebook(load_notebook_node(str(notebook)), given)
    for cell in book.cells:
        if cell.cell_type == "code":  # what is kept there is of another corpus
            cell.outputs, cell.execution_count = [], None
    with tempfile.TemporaryDirectory() as home:
        copy = Path(home) / notebook.name
        nbformat.write(book, copy)
        print("In JupyterLab: Run, then Run All Cells. Ctrl-C here ends it.", flush=True)
        lab = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={home}"]
        lab += [f"--LabApp.default_url=/lab/tree/{copy.name}"]  # without a browser here, too
        try:
            return subprocess.run([*lab, *asked.jupyter]).returncode
        except KeyboardInterrupt:  # every decision is saved as it is made
            return 130


def report(asked: argparse.Namespace) -> int:
    """What `python -m helpers.report` does."""
    from helpers.publish.report.build import main

    given = {"corpus": str(find_folder(asked.corpus)), **dict(asked.p)}
    return main(_flatten(given) + (["--source", asked.source] if asked.source else []))


def export(asked: argparse.Namespace) -> int:
    """What `python -m helpers.export` does."""
    from helpers.publish.exports.kinds import main

    kinds = [word for kind in asked.kind for word in ("--kind", kind)]
    return main([str(find_folder(asked.corpus)), "--to", asked.to, *kinds])


def _flatten(given: dict[str, str]) -> list[str]:
    return [word for name, value in given.items() for word in ("-p", name, value)]


def _take_parameters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-p",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a parameter, as the notebooks take it: since 2024-11-27, width column, reviewed yes",
    )


def _take_figures(parser: argparse.ArgumentParser) -> None:
    _take_parameters(parser)
    parser.add_argument("--propose", action="store_true", help="propose anew before drawing")


def _take_proposing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--country", default="", help="where the texts play, as SYR or Syria")
    parser.add_argument("--published", default="", help="day of texts that state none: 2024-12-08")
    parser.add_argument("--merge", action="store_true", help="bring the claims into claims.csv")


def _take_reviewing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reviewer", default="", help="who decides: a name or initials")
    parser.add_argument("--second", action="store_true", help="a second review, blind")
    parser.add_argument(
        "--jupyter",
        action="append",
        default=[],
        metavar="OPTION",
        help="an option of JupyterLab, as --jupyter=--no-browser; may be given again",
    )


def _take_reporting(parser: argparse.ArgumentParser) -> None:
    import shtab

    _take_parameters(parser)
    source = parser.add_argument("--source", default="", help="a Markdown source instead of ours")
    source.complete = shtab.FILE  # type: ignore[attr-defined]


def _take_exporting(parser: argparse.ArgumentParser) -> None:
    import shtab

    to = parser.add_argument("--to", default="exports", help="the folder to write into: exports")
    to.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    parser.add_argument("--kind", action="append", default=[], help="xlsx, geojson …; else all")


TASKS = {
    "figures": Task(
        "draw every figure, with data, evidence and a gallery", _take_figures, make_figures
    ),
    "propose": Task("write what the texts claim into proposals.csv", _take_proposing, propose),
    "review": Task("decide claim by claim, in JupyterLab", _take_reviewing, review),
    "export": Task("files for other programs: xlsx, geojson, bib, pptx …", _take_exporting, export),
    "report": Task("Word, PDF and web page of the figures", _take_reporting, report),
}


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    import shtab

    parser = argparse.ArgumentParser(
        prog="eleven-days",
        description="Conflict reporting, coded and charted: every mark leads back to its sentence.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shtab.add_argument_to(parser)
    tasks = parser.add_subparsers(dest="task", required=True, metavar="|".join(TASKS))
    for name, task in TASKS.items():
        lines = [line for line in EXAMPLES.splitlines() if f" {name} my_articles" in line]
        mine = tasks.add_parser(
            name,
            help=task.help,
            description=f"{task.help[0].upper()}{task.help[1:]}.",
            epilog="\n".join(["examples:", *lines]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        corpus = mine.add_argument("corpus", metavar="CORPUS", help="the folder of your texts")
        corpus.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        task.add_options(mine)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    asked = build_parser().parse_args(arguments)
    try:
        return TASKS[asked.task].do(asked)
    except (CorpusError, ParameterError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
