"""What a user installs: little, pinned, and enough; what is missing is named with the line that
installs it."""

import ast
import importlib.metadata
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.publish.report.build import make_report
from helpers.scale.propose import propose_at_scale
from helpers.schema.extras import MissingExtraError, require_extra
from tests.conftest import make_study
from tests.licences import list_pins, load_licences, name_package, read_licence

LINE = r'in the folder of this project run: python -m pip install -e "[.]\[{}\]"'
PINNED = list_pins()
EXTRAS = ["pyarrow", "dask", "distributed", "pypandoc", "docx", "typst", "xlsxwriter", "pptx"]


@pytest.fixture
def bare(monkeypatch):
    """As if the extras were not installed."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "helpers.schema.extras.find_spec", lambda name: None if name in EXTRAS else found(name)
    )


@pytest.mark.parametrize("where", PINNED)
def test_every_package_is_pinned(where):
    assert all(name_package(pin) for pin in PINNED[where])


def test_every_pinned_package_stands_once_in_the_table_of_licences():
    listed = [(row["package"], row["for"]) for row in load_licences() if row["licence"]]
    pinned = [(name_package(pin), where) for where, pins in PINNED.items() for pin in pins]
    assert listed == sorted(pinned)
    assert len({package for package, _ in listed}) == len(listed)


def test_the_table_of_licences_states_what_the_packages_do():
    told = {row["package"]: read_licence(row["package"]) for row in load_licences()}
    wrong = [row for row in load_licences() if told[row["package"]] not in ("", row["licence"])]
    assert wrong == []


def test_no_package_that_figures_need_is_under_the_gpl_alone():
    needed = [row for row in load_licences() if row["for"] in ("requirements.txt", "scale")]
    free = re.compile(r"MIT|BSD|Apache|MPL|PSF|Python|ISC|Unlicense|HPND|Zlib|0BSD", re.I)
    assert [row for row in needed if not free.search(row["licence"])] == []


def test_what_pip_installs_for_figures_asks_for_nothing_unpinned():
    pinned = {name_package(pin) for pin in PINNED["requirements.txt"]}
    asked = set()
    for name in pinned:
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:  # of another Python
            continue
        asked |= {re.match(r"[\w.-]+", need)[0] for need in needs if ";" not in need}
    assert {re.sub(r"[-_.]+", "-", name).lower() for name in asked} <= pinned


def list_imports(file: Path) -> set[str]:
    """The packages that a module imports, of others."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found - {"helpers"} - set(sys.stdlib_module_names)


def test_the_helpers_import_nothing_that_is_not_pinned():
    owners = importlib.metadata.packages_distributions()
    users = {
        name_package(pin)
        for where in ("requirements.txt", "report", "scale", "export")
        for pin in PINNED[where]
    }
    for file in (REPOSITORY / "helpers").rglob("*.py"):
        for name in list_imports(file):
            owned = {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners.get(name, [name])}
            assert owned & users, f"{file.name} imports {name}"


def test_a_parquet_without_pyarrow_names_the_line_that_installs_it(bare, tmp_path):
    (tmp_path / "news.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.txt").write_text("Some 300 people fled.")
    with pytest.raises(
        MissingExtraError, match=r"reading news.parquet needs pyarrow, .*" + LINE.format("scale")
    ):
        load_corpus(tmp_path)


def test_a_report_without_its_packages_names_the_line_that_installs_them(bare, study):
    with pytest.raises(
        MissingExtraError,
        match="the report needs pypandoc and docx and typst, .*" + LINE.format("report"),
    ):
        make_report(study)


@pytest.mark.parametrize(
    ("workers", "packages"), [(1, "pyarrow"), (2, "pyarrow and dask and distributed")]
)
def test_work_at_scale_without_its_packages_names_the_line_that_installs_them(
    workers, packages, bare, tmp_path
):
    with pytest.raises(
        MissingExtraError, match=f"proposing at scale needs {packages}, .*" + LINE.format("scale")
    ):
        propose_at_scale(tmp_path, tmp_path / "out", workers=workers)


def test_an_archive_without_pyarrow_names_the_line_that_installs_it(bare, tmp_path):
    for name in ("run.json", "manifest.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(MissingExtraError, match="needs pyarrow, .*" + LINE.format("scale")):
        make_study(corpus=str(tmp_path))


def test_what_is_installed_is_not_asked_for():
    require_extra("scale", "this", "pandas")


DRAW = """
import sys
for name in sys.argv[2:]:
    sys.modules[name] = None
from tests.conftest import make_study
from helpers.corpus.articles import read_rows
from helpers.charts import draw_figure
from helpers.extract.propose import propose_claims
from helpers.publish.figures import save_figure
from helpers.publish.report.build import make_report
from helpers.scale import propose_at_scale
rows, _ = read_rows(b'{"text": "Some 300 people fled Odra."}', "news.jsonl")
study = make_study(figures=sys.argv[1])
print(len(propose_claims(rows, study.places, "SYR").claims))
save_figure(draw_figure("advance_map", study))
"""


def test_claims_are_proposed_and_figures_drawn_without_the_extras_as_with_them(tmp_path):
    for name, missing in (("with", []), ("without", EXTRAS)):
        run = [sys.executable, "-c", DRAW, str(tmp_path / name), *missing]
        assert subprocess.run(run, cwd=REPOSITORY, check=True, capture_output=True).stdout == b"1\n"
    drawn = [(tmp_path / name / "advance_map.svg").read_bytes() for name in ("with", "without")]
    assert drawn[0] == drawn[1]
