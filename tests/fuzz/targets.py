"""Fuzz targets: any bytes in; an exception comes out when one of the package's promises breaks.

Each target takes the bytes apart by itself, so that one finding is one small file and can be run
again without the fuzzer (tests/test_hostile.py does so with all of tests/fuzz/findings).
"""

import re
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
from lxml import etree, html

from helpers.analysis.disagreements import load_disagreements
from helpers.analysis.selection import Study, open_study
from helpers.charts import FIGURES, draw_figure
from helpers.claims.audit import load_not_claims
from helpers.claims.gate import check_claims, find_faults, load_claims
from helpers.claims.proposals import load_proposals
from helpers.corpus.documents import load_corpus
from helpers.corpus.folders import REPOSITORY
from helpers.corpus.places import PLACE_COLUMNS, load_places
from helpers.corpus.quotes import load_defects
from helpers.corpus.readers.kinds import read_articles
from helpers.corpus.readers.table import read_rows
from helpers.corpus.settings import load_settings
from helpers.extract.propose import propose_claims
from helpers.publish.annotations import read_annotations, render_annotations
from helpers.publish.evidence.pages import render_evidence_pages
from helpers.publish.formats.pictures import render_chart
from helpers.publish.formats.svg import SVG
from helpers.publish.record import make_record
from helpers.schema.columns import CLAIM_COLUMNS
from helpers.schema.errors import CorpusError
from helpers.schema.parameters import DEFAULTS

TEMPLATES = REPOSITORY / "helpers" / "publish" / "templates"
EMPTY = pd.DataFrame(columns=PLACE_COLUMNS).set_index("place")
TABLES = (".jsonl", ".csv", ".parquet")
SUFFIXES = (".txt", ".md", ".html", ".pdf", *TABLES, ".docx", ".odt", ".rtf", ".eml", ".mht")
TEXT = (
    "Rebels took Odra on Sunday. At least 31 people were killed in Harlo, 12 of them children, "
    "and some 2,000 fled."
)
# What reporters write and what breaks programs, so that a few bytes make a sentence that many rules
# look at.
WORDS = (
    "rebels|the army|government forces|people|civilians|families|soldiers|children|of "
    "them|killed|wounded|were killed|fled|displaced|captured|entered|withdrew from|took|"
    "seized|has fallen|launched an offensive|arrested|detained|freed|were injured|live in "
    "camps|returned to|denied that|said|according to the UN|expected to|reached|advanced|"
    "Aleppo|Hama|Damascus|Odra|Idlib|Syria|in|on|to|from|near|and|or|the|a|an|of|at least|more "
    "than|nearly|about|up to|between|dozens|hundreds of|several|some|"
    "31|12|2,000|1.2 million|50,000|3,4|4-5|20%|two-thirds|half of|one and a half million|a "
    "dozen|twenty|thousand|hundred|million|99999999999999999999|0|1e9|٣١|３１|²|½|"
    "Monday|on 27 November|November 27, 2024|2024-12-08|yesterday|last week|since 2011|in "
    "March|27-30 November|days|hours|months|km|per cent|"
    ".|,|;|:|\n|\n\n|\r\n|\t| |  |-|–|—|(|)|“|”|\"|'|’|…|!|?|[1]|*|#|<b>|&amp;|=|+|@|\\|/|"
    "İ|ẞ|ß|ﬁ|ŉ|ǰ|e\u0301|\u0301|\u200d|\u200b|\u200f|\u202e|\u2066|\u2028|\u2029|\x85|\x00|\x1b|\ud800|\udc00|\ufeff|\ufffd|\U0001f54a|\U0010ffff|مدينة|北京|\x0b|\x0c|\x1c|Ω|Dž|ſ|K"
).split("|")


def decode(data: bytes) -> str:
    """Text from bytes: by its first bit words of WORDS, a byte each, or UTF-8. Lone surrogates
    become U+FFFD, as reading makes them: no table of ours can hold one."""
    text = (
        " ".join(WORDS[byte % len(WORDS)] for byte in data[1:])
        if data[:1] > b"\x7f"
        else data[1:].decode("utf-8", "replace")
    )
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def run_reading(data: bytes) -> None:
    """A file of any kind is an article or one CorpusError; what is read can be written as UTF-8."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    try:
        if suffix in TABLES:
            rows, _ = read_rows(data[1:], f"table{suffix}")
            cells = list(rows.stack()) if len(rows) else []
        else:
            cells = [cell for article in read_articles(data[1:], suffix) for cell in article]
    except CorpusError as fault:
        assert str(fault), "an error without words"
        return
    for cell in cells:
        cell.encode()
        assert "\x00" not in cell, "NUL in what was read"


def make_documents(*texts: str) -> pd.DataFrame:
    """Documents as load_corpus gives them."""
    days = pd.Timestamp("2024-12-08")
    return pd.DataFrame(
        [
            {
                "doc_id": f"{number:03d}",
                "file": f"{number:03d}.txt",
                "title": text[:20],
                "publisher": text[-20:],
                "published": "2024-12-08",
                "published_basis": text[5:25],
                "sha256": "",
                "text": text,
                "published_start": days,
                "published_end": days,
                "url": "",
                "note": "",
                "language": "English",
            }
            for number, text in enumerate(texts)
        ]
    )


def run_proposing(data: bytes) -> None:
    """Whatever a text holds, proposing raises nothing, every span slices to its quote, and the gate
    lets it pass."""
    text = decode(data)
    documents = make_documents(text)
    proposals = propose_claims(documents, EMPTY, "SYR")
    for row in proposals.claims.itertuples():
        assert text[int(row.start) : int(row.end)] == row.exact != "", (
            f"{row.start}-{row.end} does not slice to {row.exact!r}"
        )
        if row.number:
            at = int(row.number_start)
            assert text[at : at + len(row.number)] == row.number, (
                f"{at} does not slice to {row.number!r}"
            )
        if row.date_exact:
            at = int(row.date_at)
            assert text[at : at + len(row.date_exact)] == row.date_exact, (
                f"{at} does not slice to {row.date_exact!r}"
            )
    assert not find_faults(proposals.claims, documents, proposals.places), (
        "a proposal that the gate refuses"
    )


@cache
def _open_folder() -> Path:
    """A corpus of one text in memory, where the system has a folder that is."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None)) / "corpus"
    folder.mkdir()
    return folder


def run_loading(data: bytes) -> None:
    """Any bytes under the name of any table of a corpus: a table, or an error of ours that names
    the file."""
    loaders = {
        "claims.csv": lambda folder, texts: load_claims(folder, texts, EMPTY),
        "documents.csv": lambda folder, _: load_corpus(folder),
        "places.csv": lambda folder, _: load_places(folder),
        "defects.csv": load_defects,
        "not_claims.csv": load_not_claims,
        "disagreements.csv": load_disagreements,
        "corpus.toml": lambda folder, _: load_settings(folder),
        "proposals.csv": lambda folder, texts: check_claims(
            load_proposals(folder), texts, EMPTY, "proposals.csv"
        ),
        "articles.csv": lambda folder, _: load_corpus(folder),
    }
    name = list(loaders)[data[0] % len(loaders)] if data else "claims.csv"
    folder = _open_folder()
    (folder / "000_odra.txt").write_text(TEXT, "utf-8")
    (folder / name).write_bytes(data[1:])
    try:
        loaders[name](folder, make_documents(TEXT))
    except CorpusError as fault:
        assert name.split(".")[0] in str(fault), f"{fault} does not name {name}"
    finally:
        (folder / name).unlink()


def make_study(text: str, cells: list[str]) -> Study:
    """A study of one text with one claim on all of it; `cells` fill the columns that hold any
    words."""
    documents = make_documents(text)
    words = dict(
        zip(["claim_id", "base", "actor", "place", "place_to", "source_original", "note"], cells)
    )
    row = (
        dict.fromkeys(CLAIM_COLUMNS, "")
        | words
        | {
            "doc_id": "000",
            "start": 0,
            "end": len(text),
            "exact": text,
            "topic": "pace",
            "measure": "captured",
            "unit": "event",
            "assertion": "reported",
            "scope": "offensive",
            "review": "accepted",
            "date_prec": "7",
            "number_start": pd.NA,
            "date_at": pd.NA,
            **dict.fromkeys(["low", "best", "high"], float("nan")),
            **dict.fromkeys(["date_start", "date_end"], pd.NaT),
        }
    )
    claims = pd.DataFrame([row], columns=CLAIM_COLUMNS).astype(
        {"start": "Int64", "end": "Int64", "number_start": "Int64", "date_at": "Int64"}
    )
    return Study(
        documents,
        EMPTY,
        claims,
        claims[:0],
        claims,
        {"title": text[:30]},
        dict(DEFAULTS),
        "",
        _open_folder(),
        _open_folder() / "figures",
    )


@cache
def _read_templates() -> set[str]:
    """Every word that stands in the templates: what they have of elements and attributes is among
    them."""
    return set(
        re.findall(
            r"[a-z][\w-]*",
            "".join(file.read_text("utf-8").lower() for file in TEMPLATES.glob("*.html")),
        )
    )


def check_markup(page: bytes) -> None:
    """No element and no attribute of a page has a name that the templates do not write."""
    for element in html.document_fromstring(page.decode()).iter():
        if isinstance(element.tag, str):
            assert {element.tag, *element.attrib} <= _read_templates(), (
                f"{element.tag} {[*element.attrib]} comes from the data"
            )


def run_writing(data: bytes) -> None:
    """Evidence page and annotations of any words: the page holds the text, no element comes from
    it, and the annotations give the claims back."""
    parts = decode(data).split("|")
    text = parts[0] or "x"
    study = make_study(text, ["000-001", *parts[1:7]])
    pages = render_evidence_pages(study, {})
    for page in pages.values():
        check_markup(page)
    read_annotations(render_annotations(study))


@cache
def _open_whole() -> Study:
    """The corpus of this project: every figure has something to draw."""
    return open_study({"__annotations__": {}})


def garble_study(parts: list[str], figure: int, day: int) -> Study:
    """That study with other words in every cell that may hold any, figures 10^(figure % 13) times
    as large, days shifted by a year for each step of `day` from 128."""
    whole = _open_whole()

    def garble(table: pd.DataFrame, *names: str, least: str = "") -> pd.DataFrame:
        return table.assign(
            **{
                name: [parts[(row + at) % len(parts)].strip() or least for row in range(len(table))]
                for at, name in enumerate(names)
            }
        )

    coded = garble(whole.coded, "exact", "base", "actor", "source_original", "note")
    days, factor = pd.Timedelta(days=365 * (day - 128)), 10.0 ** (figure % 13)
    coded = coded.assign(
        **{name: coded[name] * factor for name in ("low", "best", "high")},
        **{name: coded[name] + days for name in ("date_start", "date_end")},
    )
    dated = coded["date_start"].notna()
    return replace(
        whole,
        documents=garble(whole.documents, "title", "publisher"),
        places=garble(whole.places, "name", least="x"),
        coded=coded,
        claims=coded[dated].reset_index(drop=True),
        undated=coded[~dated].reset_index(drop=True),
        settings=whole.settings | {"title": parts[0]},
    )


def run_drawing(data: bytes) -> None:
    """Charts of any words, figures and days are drawn, as SVG in which every mark is a link and no
    element comes from the words, or say in words why they are not."""
    name, figure, day = (*data[:3], 0, 0, 128)[:3] if len(data) > 2 else (0, 0, 128)
    study = garble_study(decode(data[3:]).split("|"), figure, day)
    try:
        chart = draw_figure(list(FIGURES)[name % len(FIGURES)], study)
    except CorpusError as fault:  # a table beside the claims that no longer fits them
        assert str(fault), "an error without words"
        return
    if chart.figure is None:
        assert chart.absence, "neither a chart nor a reason"
        return
    root = etree.fromstring(
        render_chart(make_record(chart), "svg"), etree.XMLParser(huge_tree=True)
    )
    assert len(root.findall(f".//{{{SVG}}}a")) == len(chart.rows), "a mark without its link"
    assert not root.findall(f".//{{{SVG}}}script"), "an element of the data"


TARGETS = {
    "reading": run_reading,
    "proposing": run_proposing,
    "loading": run_loading,
    "drawing": run_drawing,
    "writing": run_writing,
}
