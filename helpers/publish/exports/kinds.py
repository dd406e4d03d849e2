"""Kinds of exports: the claims and figures of a corpus as files for the programs people work in.

`python -m helpers.export CORPUS --to FOLDER [--kind KIND …]` writes them; `--read FILE` reads what
Label Studio or langextract made of the claims, and writes those that pass the gate.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from helpers.analysis.selection import Study
from helpers.publish.exports.labels import load_labels, render_label_studio, render_langextract
from helpers.publish.exports.layer import render_layer
from helpers.publish.exports.references import render_bibtex, render_ris
from helpers.publish.exports.rows import Rendered
from helpers.publish.exports.slides import render_slides
from helpers.publish.exports.standards import render_standards
from helpers.publish.exports.workbook import render_workbook
from helpers.publish.report.build import open_parameters
from helpers.schema.csv_files import compose_table
from helpers.schema.errors import CorpusError, ParameterError
from helpers.schema.extras import MissingExtraError
from helpers.schema.files import save_files
from helpers.schema.formatting import count
from helpers.schema.parameters import check_choice

KINDS: dict[str, Callable[[Study], Rendered]] = {
    "xlsx": render_workbook,
    "geojson": render_layer,
    "bibtex": render_bibtex,
    "ris": render_ris,
    "pptx": render_slides,
    "standards": render_standards,
    "label_studio": render_label_studio,
    "langextract": render_langextract,
}
READ = "claims.csv"


class Exported(NamedTuple):
    """files: what was written, in the order of the kinds. remarks: sentences on what is not in it,
    and why."""

    files: list[Path]
    remarks: list[str]


def save_exports(study: Study, folder: str | Path, kinds: Sequence[str] = ()) -> Exported:
    """Write the exports of a study into a folder, which is made if need be: all kinds, or those
    named (keys of KINDS).

    A kind whose package is not installed is left out with a sentence on how to install it. All
    files appear or none. Raises ParameterError for a kind that there is not or the folder of the
    texts, CorpusError for a folder that cannot be written: what stood there before still stands.
    """
    folder = check_folder(folder, study)
    for kind in kinds:
        check_choice("kind", kind, list(KINDS))
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    for kind in dict.fromkeys(kinds or KINDS):
        try:
            made = KINDS[kind](study)
        except MissingExtraError as missing:
            remarks.append(str(missing))
            continue
        files |= made.files
        remarks += [remark for remark in made.remarks if remark not in remarks]
    save_files(folder, files, WRITTEN)
    return Exported([folder / name for name in files], remarks)


WRITTEN = "the exports there are as they were. Free it, or name another folder"


def check_folder(folder: str | Path, study: Study) -> Path:
    """A folder to write into. Raises ParameterError for that of the texts, where a table of ours
    would be taken for one of a person's."""
    folder = Path(folder).expanduser().absolute()
    if folder.resolve() == study.folder.resolve():
        raise ParameterError(f"{folder} is the folder of the texts; name another to write into")
    return folder


def save_read(file: str | Path, study: Study, folder: str | Path) -> Exported:
    """Write claims.csv into a folder, with those claims of a file of Label Studio or langextract
    that pass the gate; the remarks say which were refused, and why. Raises as load_labels and
    save_exports do."""
    folder = check_folder(folder, study)
    read = load_labels(file, study)
    save_files(folder, {READ: ("\ufeff" + compose_table(read.claims)).encode()}, WRITTEN)
    said = [f"{count(len(read.claims), 'claim')} read, {len(read.refused)} refused"]
    return Exported([folder / READ], [*said, *read.refused, *read.remarks])


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code. What was written goes to the standard output, what
    was left out to the other."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.export",
        description="Write the claims and figures of a corpus as files for other programs.",
        epilog="Example: python -m helpers.export seeds --to exports --kind xlsx --kind geojson",
    )
    parser.add_argument("corpus", help="the folder of the texts")
    parser.add_argument("--to", required=True, type=Path, help="the folder to write into")
    parser.add_argument(
        "--kind", action="append", default=[], choices=KINDS, help="again for each; without it all"
    )
    parser.add_argument(
        "--read",
        type=Path,
        metavar="FILE",
        help="write no export: read the claims of a label_studio.json or langextract.jsonl, and "
        "write those that stand in their texts as claims.csv",
    )
    asked = parser.parse_args(arguments)
    try:
        study = open_parameters({"corpus": asked.corpus})
        if asked.read:
            done = save_read(asked.read, study, asked.to)
        else:
            done = save_exports(study, asked.to, asked.kind)
    except (CorpusError, ParameterError) as error:
        print(error, file=sys.stderr)
        return 1
    print(*done.files, sep="\n")
    for remark in done.remarks:
        print(remark, file=sys.stderr)
    return 0
