"""Fuzz the targets with atheris for a number of seconds, all of them in turn, and keep what breaks.

    python tests/fuzz/fuzz.py SECONDS [target …] [--work FOLDER]

Each target gets its share of the seconds in a process of its own, which goes on after a finding:
every finding that fails in a place of its own is written to WORK/found/TARGET-… once. What atheris
learns stays in WORK and the next run goes on from it. Exit code 1 when something was found.
"""

import argparse
import hashlib
import subprocess
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
NAMES = ["reading", "proposing", "loading", "drawing", "writing"]
LONGEST, SLOWEST = 4_096, 30  # bytes of one input; seconds it may take


def name_fault(error: BaseException) -> str:
    """Where and how something failed: the same fault twice has the same name."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "helpers" in frame.filename or "fuzz" in frame.filename
    ]
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-2:]]
    return " ".join([type(error).__name__, *where])


def fuzz_target(name: str, work: Path, options: list[str]) -> None:
    """Run one target under atheris, after the seeds; ends with the process."""
    import atheris

    with atheris.instrument_imports(include=["helpers"]):
        from tests.fuzz.targets import TARGETS

        target = TARGETS[name]
        for file in sorted(
            (work / name).glob("seed*")
            # what is loaded once counts for no input; many modules are imported when they are first
            # used
        ):
            target(file.read_bytes())
    seen, found = set(), work / "found"
    found.mkdir(parents=True, exist_ok=True)

    def run(data: bytes) -> None:
        begun = time.process_time()
        try:
            target(data)
            fault = "slow" if time.process_time() - begun > 2 else ""
            said = f"{time.process_time() - begun:.1f} s for {len(data)} bytes"
        except Exception as error:
            fault, said = name_fault(error), traceback.format_exc()
        if fault and fault not in seen:
            seen.add(fault)
            stem = f"{name}-{hashlib.sha256(fault.encode()).hexdigest()[:10]}"
            if not (found / stem).exists() or len(data) < (found / stem).stat().st_size:
                (found / stem).write_bytes(data)
                (found / f"{stem}.txt").write_text(f"{fault}\n{said}", "utf-8", "replace")

    atheris.Setup([sys.argv[0], *options], run)
    atheris.Fuzz()


def write_seeds(folder: Path) -> None:
    """Something to start from: the texts and tables of the corpus of this project, cut small, and a
    file of each kind."""
    from tests.bombs import make_archive, make_parquet, make_pdf
    from tests.fuzz.targets import SUFFIXES

    folder.mkdir(parents=True, exist_ok=True)
    seeds = HERE.parent.parent / "seeds"
    for number, file in enumerate(
        sorted([*seeds.glob("*.txt"), *seeds.glob("*.csv"), *seeds.glob("*.toml")])
    ):
        data = file.read_bytes()
        for first in range(len(SUFFIXES)):
            (folder / f"seed-{number}-{first}").write_bytes(bytes([first]) + data[:1_500])
    page = (
        "<html><head><meta name='date' content='2024-12-08'></head><body><article><p>Rebels took "
        "the town of Kell on Monday, officials said.</p></article></body></html>"
    )
    kinds = {
        ".html": page.encode(),
        ".pdf": make_pdf(),
        ".jsonl": b'{"id": "a", "text": "Rebels took Kell."}\n{"text": 1, "date": "2024-12-08"}\n',
        ".parquet": make_parquet(["Rebels took Kell.", None] * 9),
        ".docx": make_archive(0),
        ".rtf": rb"{\rtf1\ansi Rebels took Kell.\par\u8220?12 died.}",
        ".eml": b"From: a\nSubject: =?utf-8?q?Kell?=\nDate: Sat, 4 Mar 2023\n\nRebels took Kell.",
    }
    for suffix, data in kinds.items():
        (folder / f"seed{suffix}").write_bytes(bytes([SUFFIXES.index(suffix)]) + data)
    for file in (HERE / "findings").glob("*-*"):
        (folder / file.name).write_bytes(file.read_bytes())


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz the package with atheris.")
    parser.add_argument("seconds", type=int)
    parser.add_argument("targets", nargs="*", default=[])
    parser.add_argument("--work", type=Path, default=Path("build") / "fuzz")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    work = asked.work.resolve()
    if asked.one:
        corpus = work / asked.one
        fuzz_target(
            asked.one,
            work,
            [
                str(corpus),
                f"-max_total_time={asked.seconds}",
                f"-max_len={LONGEST}",
                f"-timeout={SLOWEST}",
                "-rss_limit_mb=3000",
                "-print_final_stats=1",
                f"-artifact_prefix={work}/found/{asked.one}-",
            ],
        )
    for name in asked.targets or NAMES:
        write_seeds(work / name)
        end = time.monotonic() + asked.seconds / len(asked.targets or NAMES)
        while (left := int(end - time.monotonic())) > 0:  # a hang ends the process, not the run
            with (work / f"{name}.log").open("ab") as log:
                subprocess.run(
                    [sys.executable, __file__, str(left), "--one", name, "--work", str(work)],
                    stdout=log,
                    stderr=log,
                )
    found = sorted(file.name for file in (work / "found").glob("*") if file.suffix != ".txt")
    print(f"{len(found)} findings in {work / 'found'}" + "".join(f"\n  {name}" for name in found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
