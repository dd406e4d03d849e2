"""Propose at scale: claims from more texts than one machine reads; the rows are those of a single
run.

A source is cut into splits (helpers.scale.split); each is proposed from by a process of its own
(helpers.scale.supervisor), and leaves its files whole or not at all (helpers.scale.parts,
.manifest).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from helpers.claims.proposals import save_places
from helpers.corpus.places import load_places
from helpers.corpus.settings import load_settings
from helpers.scale.cluster import PATIENCE, Made, Work, do_splits, open_workers
from helpers.scale.manifest import load_done, load_run, save_manifest, save_run, sum_tables
from helpers.scale.messages import Job, Part, Split
from helpers.scale.split import find_home, load_splits
from helpers.scale.supervisor import count_split, propose_split
from helpers.schema.csv_files import is_day_or_interval
from helpers.schema.errors import CorpusError
from helpers.schema.extras import require_extra
from helpers.schema.files import is_inside, replace_file
from helpers.schema.parameters import check_parameters


@dataclass(frozen=True)
class ScaleRun:
    """A run of notebook 07. counts: one row a partition (propose_at_scale). folder: where the
    claims lie. trial: the temporary folder of a run that is not kept, gone with this object; else
    None."""

    counts: pd.DataFrame
    folder: Path
    trial: TemporaryDirectory | None = None


@dataclass(frozen=True)
class Limits:
    """How much at a time, and how long. megabytes: of text in a partition. seconds, memory (MB):
    what one text may take before it is set aside. patience: seconds that a scheduler may be away.
    """

    megabytes: float = 8
    seconds: float = 120
    memory: float = 4_000
    patience: float = PATIENCE


EXTRACT = "helpers.extract.propose:propose_claims"
COUNTS = ["documents", "claims", "set_aside", "left_out", "not_english", "characters"]


def run_at_scale(namespace: dict[str, Any]) -> ScaleRun:
    """What a notebook's parameters ask for, done; call it with `globals()` after the parameters
    cell. Without an output the claims go into a temporary folder. Raises ParameterError for a wrong
    parameter, CorpusError as propose_at_scale does."""
    asked = check_parameters(namespace)
    trial = None if asked["output"] else TemporaryDirectory()
    folder = Path(trial.name if trial else asked["output"])
    names = ("scheduler", "workers", "country", "published")
    counts = propose_at_scale(asked["input"], folder, **{name: asked[name] for name in names})
    return ScaleRun(counts, folder, trial)


def propose_at_scale(
    source: str | Path,
    target: str | Path,
    scheduler: str = "",
    workers: int = 2,
    country: str = "",
    published: str = "",
    extract: str = EXTRACT,
    limits: Limits = Limits(),
) -> pd.DataFrame:
    """Propose claims from a source of any size into a folder; returns one row a partition:
    documents, claims, set_aside, left_out, not_english, characters. Claims, their documents, places
    and manifest are in the folder (see README, "More than one machine").

    source: a .parquet or .jsonl file, or a folder of such files or of texts, at any depth. target:
    a folder of its own. scheduler: address of a Dask scheduler whose workers see both under the
    same paths; "" starts `workers` processes here (1: without Dask). country, published: as in
    00_propose_claims; an empty country is looked for in all texts first. extract: the function
    that proposes, as "module:function".

    The rows are those of propose_claims over the whole source in that country, whatever workers and
    partitions are; of several tables the ids bear the table's name. What is done is not done again:
    after any end of a run, start it again. Raises CorpusError, saying what to do.
    """
    need_dask = ("dask", "distributed") if scheduler or workers > 1 else ()
    require_extra("scale", "proposing at scale", "pyarrow", *need_dask)
    path, home = find_home(source)
    target = Path(target).expanduser().resolve()
    _check_parameters(path, home, target, workers, published)
    country = _check_country(country or str(load_settings(home).get("country", "")))
    splits = load_splits(path, limits.megabytes)
    run = load_run(
        target,
        {
            "source": path.name,
            "country": country,
            "published": published,
            "megabytes": limits.megabytes,
            "extract": extract,
            **sum_tables(home),
        },
    )
    done = load_done(target, splits)
    todo = [split for split in splits if split.number not in done]
    job = Job(str(home), str(target), country, published, extract, limits.seconds, limits.memory)
    with open_workers(scheduler, workers if len(todo) > 1 else 1) as address:
        if todo and not country:
            job = replace(job, country=_find_countries(job, splits, run, address, limits.patience))
        found = _show(propose_split, job, todo, address, limits.patience, "proposing", len(done))
        for split, record in found:
            done[split.number] = Part(split, record)
    parts = [done[number] for number in sorted(done)]
    save_places(load_places(home), target)
    _save_settings(home, target)
    save_manifest(target, run, parts)
    return _count_parts(parts)


def _check_parameters(path: Path, home: Path, target: Path, workers: int, published: str) -> None:
    """Raises CorpusError for what no run can do."""
    if target == home or home in target.parents and path.is_dir():
        raise CorpusError(f"the output {target} lies within the texts; name a folder beside them")
    if workers < 1:
        raise CorpusError(f"workers = {workers} does nothing; name 1 or more")
    if not is_day_or_interval(published):
        raise CorpusError(
            f'published = "{published}" is not a day; write it as 2024-12-08, '
            'two as 2024-12-08/2024-12-09, or "" for none'
        )


def _check_country(country: str) -> str:
    """The country as it is, "" for none. Raises CorpusError when a part of it is no country."""
    from helpers.extract.places.geonames import read_country

    try:
        for part in country.split(";") if country else ():
            read_country(part)
    except ValueError as error:
        raise CorpusError(str(error)) from None
    return country


def _find_countries(
    job: Job, splits: list[Split], run: dict[str, Any], address: str, patience: float
) -> str:
    """The countries that all texts name most; a run that goes on keeps those that it found."""
    from helpers.extract.places.countries import choose_countries

    if "countries" not in run:
        counts: Counter[str] = Counter()
        found = _show(count_split, job, splits, address, patience, "finding the country", 0)
        for _, named in found:
            counts.update(named)
        run["countries"] = choose_countries(counts)
        save_run(Path(job.target), run)
    return run["countries"]


def _show(
    work: Work[Made],
    job: Job,
    splits: list[Split],
    address: str,
    patience: float,
    what: str,
    done: int,
) -> Iterator[tuple[Split, Made]]:
    """As do_splits, with a bar; `done` partitions were before. Raises CorpusError, saying how much
    is done."""
    from tqdm import tqdm

    total = len(splits) + done
    bar = {"desc": what, "unit": " partitions", "total": total, "initial": done}
    try:
        results = do_splits(work, job, splits, address, patience)
        for split, made in tqdm(results, disable=total == 1, **bar):
            yield split, made
            done += 1
    except CorpusError as error:
        raise CorpusError(
            f"{error}\n({done:,} of {total:,} partitions are done: {what}; "
            "start again to go on with the others)"
        ) from None


def _count_parts(parts: list[Part]) -> pd.DataFrame:
    """What propose_at_scale returns: one row a partition, counts alone."""
    rows = {
        part.split.number: (
            part.record.documents,
            part.record.claims,
            len(part.record.set_aside),
            len(part.record.left_out),
            sum(part.record.languages.values()),
            part.record.characters,
        )
        for part in parts
    }
    table = pd.DataFrame(list(rows.values()), list(rows), columns=COUNTS)
    return table.rename_axis("partition")


def _save_settings(home: Path, target: Path) -> None:
    """What a corpus.toml beside the texts says of period and route goes with the claims, unless the
    output has its own."""
    file = home / "corpus.toml"
    if file.is_file() and is_inside(file) and not (target / file.name).exists():
        replace_file(target / file.name, file.read_bytes())


def describe_counts(counts: pd.DataFrame) -> list[str]:
    """What a run at scale did, in sentences; `counts` as propose_at_scale returns them."""
    total = counts.sum()
    parts = "1 partition" if len(counts) == 1 else f"{len(counts):,} partitions"
    return [
        f"{total['claims']:,} claims from {total['documents']:,} texts of "
        f"{total['characters'] / 1e6:,.2f} million characters, in {parts}",
        f"{total['set_aside']:,} texts set aside, for they failed twice; {total['left_out']:,} "
        "left out, for they cannot be read or hold no text; "
        f"{total['not_english']:,} in other languages, not mined",
    ]
