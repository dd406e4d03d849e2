"""Labels: the claims as spans of their texts for other annotation tools, and back through the gate.

label_studio.json  tasks of Label Studio, one a text; a region is a claim: its label the measure,
                   each further column a choice or a text area of the region
label_studio.xml   the labelling interface that shows them (Settings › Labeling Interface › Code)
langextract.jsonl  annotated documents of langextract, one a line; an extraction is a claim: its
                   class the measure, its attributes the further columns

Formats: https://labelstud.io/guide/task_format and langextract's data.AnnotatedDocument. Label
Studio has counted UTF-16 units and counts code points now (its issue 1347, pull request 1559): code
points are written, and both are read, as the words at the span decide.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.selection import Study
from helpers.claims.gate import add_columns, find_faults
from helpers.claims.offsets import locate_quotes
from helpers.corpus.places import split_values
from helpers.publish.exports.rows import Rendered, write_claims
from helpers.schema.columns import CLAIM_COLUMNS, MEASURES, VALUES
from helpers.schema.csv_files import name_some, python_strings
from helpers.schema.errors import ClaimsError
from helpers.schema.formatting import count

TASKS, INTERFACE, LINES = "label_studio.json", "label_studio.xml", "langextract.jsonl"
# What a span, its label and its text say already.
IMPLIED = ("claim_id", "doc_id", "start", "end", "exact", "topic", "measure")
LINKS = ("part_of", "same_as")


class Read(NamedTuple):
    """What was read of a file: `claims`, those that stand in their texts, a table of text with all
    columns of claims.csv; `refused`, a sentence on every other; `remarks`, what else to know."""

    claims: pd.DataFrame
    refused: list[str]
    remarks: list[str]


class _Span(NamedTuple):
    """A claim as a file has it: where it is told (words for a message), the id it bears there (""
    for none), its text, where it seems to stand, its words ("" where the file does not repeat
    them), its cells."""

    where: str
    name: str
    doc_id: str
    start: Any
    end: Any
    words: str
    cells: dict[str, str]


def render_label_studio(study: Study) -> Rendered:
    """label_studio.json and label_studio.xml."""
    claims = write_claims(study)
    texts = study.documents.to_dict("records")
    rows = _list_by_text(claims)
    tasks = []
    for number, text in enumerate(texts, 1):
        data = {name: text[name] for name in ("text", "doc_id", "title", "file", "sha256")}
        data |= _say_invented(study)
        result = [item for row in rows[text["doc_id"]] for item in _label_claim(row)]
        tasks.append({"id": number, "data": data, "annotations": [{"result": result}]})
    files = {
        TASKS: (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"),
        INTERFACE: _describe_interface(list(claims)).encode(),
    }
    return Rendered(files, [])


def _say_invented(study: Study) -> dict[str, bool]:
    """What a text of an invented corpus says of itself wherever it goes; both tools pass it by."""
    return {"invented": True} if study.is_invented else {}


def _list_by_text(claims: pd.DataFrame) -> dict[str, list[dict[str, str]]]:
    """doc_id → the rows of its claims; none for a text without."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in claims.to_dict("records"):
        rows[row["doc_id"]].append(row)
    return rows


def _label_claim(row: dict[str, str]) -> list[dict[str, Any]]:
    """The results of a region: its label, and a choice or words for each column that is filled."""
    span = {"start": int(row["start"]), "end": int(row["end"]), "text": row["exact"]}
    tied = {"id": row["claim_id"], "to_name": "text"}
    label = span | {"labels": [row["measure"]]}
    results = [tied | {"from_name": "measure", "type": "labels", "value": label}]
    for name, cell in row.items():
        if name in IMPLIED or not cell:
            continue
        if name in VALUES:
            told = {"type": "choices", "value": span | {"choices": [cell]}}
        else:
            told = {"type": "textarea", "value": span | {"text": [cell]}}
        results.append(tied | {"from_name": name} | told)
    return results


def _describe_interface(columns: list[str]) -> str:
    """The interface in which every column of a region can be seen and changed."""
    labels = [f'    <Label value="{measure}"/>' for measure in MEASURES]
    controls = []
    for name in columns:
        if name in IMPLIED:
            continue
        tie = f'name="{escape(name)}" toName="text" perRegion="true"'
        if name in VALUES:
            choices = "".join(f'<Choice value="{escape(value)}"/>' for value in VALUES[name])
            field = f'<Choices {tie} choice="single" showInline="true">{choices}</Choices>'
        else:
            field = f'<TextArea {tie} editable="true" maxSubmissions="1"/>'
        controls.append(f'  <Header value="{escape(name)}" size="6"/>\n  {field}')
    return "\n".join(
        [
            "<View>",
            "  <Style>.htx-text{ white-space: pre-wrap; }</Style>",  # or blanks are dropped
            '  <Labels name="measure" toName="text" showInline="true">',
            *labels,
            "  </Labels>",
            '  <Text name="text" value="$text" saveTextResult="yes"/>',
            *controls,
            "</View>\n",
        ]
    )


def render_langextract(study: Study) -> Rendered:
    """langextract.jsonl."""
    rows, lines = _list_by_text(write_claims(study)), []
    for text in study.documents.to_dict("records"):
        extractions = [
            {
                "extraction_class": row["measure"],
                "extraction_text": row["exact"],
                "char_interval": {"start_pos": int(row["start"]), "end_pos": int(row["end"])},
                "alignment_status": "match_exact",
                "extraction_index": number,
                "group_index": number - 1,
                "description": None,
                "attributes": {"claim_id": row["claim_id"]}
                | {name: cell for name, cell in row.items() if cell and name not in IMPLIED},
            }
            for number, row in enumerate(rows[text["doc_id"]], 1)
        ]
        line = {"extractions": extractions, "text": text["text"], "document_id": text["doc_id"]}
        line |= _say_invented(study)
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return Rendered({LINES: "".join(lines).encode("utf-8", "replace")}, [])


def load_labels(file: str | Path, study: Study) -> Read:
    """The claims of a label_studio.json (what Label Studio exports as JSON) or a .jsonl of
    langextract, each held against its text as claims.csv is.

    A span whose words are not those of the text, or whose coding does not pass the gate, is refused
    in words, and the others come in. A span without an id of ours gets the next number of its text.
    Raises ClaimsError for a file that cannot be opened or is neither.
    """
    file = Path(file)
    try:
        data = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ClaimsError(f"{file} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise ClaimsError(
            f"{file.name} is not UTF-8 (byte {error.start}); export it again"
        ) from None
    return read_labels(data, study, file.name)


@python_strings
def read_labels(data: str, study: Study, name: str) -> Read:
    """What load_labels reads, from the words of a file; `name` is what messages call it."""
    spans, refused = _list_spans(data, study, name)
    texts = dict(zip(study.documents["doc_id"], study.documents["text"]))
    rows = []
    for span in spans:
        found = _find_span(texts[span.doc_id], span)
        if found is None:
            refused.append(_say_elsewhere(texts[span.doc_id], span))
            continue
        start, end = found
        exact = texts[span.doc_id][start:end]
        placed = {"doc_id": span.doc_id, "start": str(start), "end": str(end), "exact": exact}
        topic = MEASURES.get(span.cells["measure"], "")
        rows.append({"topic": topic} | span.cells | placed | {"claim_id": span.name})
    columns = list(dict.fromkeys([*CLAIM_COLUMNS, *(cell for row in rows for cell in row)]))
    table = pd.DataFrame(_number_rows(rows, study), columns=columns, dtype=str).fillna("")
    table, _ = locate_quotes(add_columns(table), study.documents)
    table, failed, remarks = _pass_gate(table, study, name)
    gone = sorted(set(study.coded["claim_id"]) - set(table["claim_id"]))
    if gone:
        told = f"{count(len(gone), 'claim')} of the corpus not among those read: "
        remarks.append(told + name_some(gone))
    return Read(table, refused + failed, remarks)


def _list_spans(data: str, study: Study, name: str) -> tuple[list[_Span], list[str]]:
    """(the spans of a file, sentences on what holds none). Raises ClaimsError for another file."""
    by_text = dict(zip(study.documents["text"], study.documents["doc_id"]))
    known, spans, refused = set(study.documents["doc_id"]), [], []
    for where, task in _parse(data, name):
        is_task = isinstance(task.get("data"), dict)
        about = task["data"] if is_task else task
        doc_id = str(about.get("doc_id" if is_task else "document_id", ""))
        if doc_id not in known:
            doc_id = by_text.get(about.get("text"), "")
        if not doc_id:
            refused.append(f"{where}: its text is none of this corpus; nothing of it was read")
            continue
        read = _read_task if is_task else _read_document
        try:
            spans += read(task, doc_id)
        except (AttributeError, KeyError, TypeError, IndexError) as fault:
            refused.append(
                f"{where}: not as this format has it ({fault!r}); nothing of it was read"
            )
    return spans, refused


def _parse(data: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(where, task of Label Studio or document of langextract)."""
    fault = ClaimsError(
        f"{name} is neither a list of tasks of Label Studio (Export › JSON) nor lines of "
        "langextract (.jsonl); export it as one of these"
    )
    try:
        if data.lstrip().startswith("["):
            tasks = [(f"task {number}", it) for number, it in enumerate(json.loads(data), 1)]
        else:
            lines = [(f"line {at}", line) for at, line in enumerate(data.split("\n"), 1)]
            tasks = [(where, json.loads(line)) for where, line in lines if line.strip()]
    except ValueError:
        raise fault from None
    if not all(_is_known(it) for _, it in tasks):
        raise fault
    yield from tasks


def _is_known(task: Any) -> bool:
    """Whether something is a task of Label Studio or a document of langextract."""
    if not isinstance(task, dict):
        return False
    return isinstance(task.get("data"), dict) or "extractions" in task


def _read_task(task: dict[str, Any], doc_id: str) -> list[_Span]:
    """The regions of a task: of its last annotation that was not cancelled, else its prediction."""
    done = [it for it in task.get("annotations") or [] if not it.get("was_cancelled")]
    results = (done or task.get("predictions") or [{"result": []}])[-1]["result"]
    regions: dict[str, dict[str, Any]] = {}
    for item in results:
        if item.get("type") == "relation":
            continue
        told = item["value"].get(item["type"], item["value"].get("text"))
        cell = told[-1] if isinstance(told, list) and told else ""
        region = regions.setdefault(str(item["id"]), {"cells": {}})
        if item["type"] == "labels":
            region["value"] = item["value"]
            region["cells"]["measure"] = str(cell)
        else:
            region["cells"][item["from_name"]] = str(cell)
    spans = []
    for name, region in regions.items():
        value = region.get("value", {})
        cells = {"measure": ""} | region["cells"]
        own = name if name.startswith(f"{doc_id}-") else ""
        where = f"text {doc_id}, region {name}"
        words = value.get("text") or ""
        spans.append(_Span(where, own, doc_id, value.get("start"), value.get("end"), words, cells))
    return spans


def _read_document(document: dict[str, Any], doc_id: str) -> list[_Span]:
    """The extractions of an annotated document."""
    spans = []
    for number, item in enumerate(document["extractions"] or [], 1):
        at = item.get("char_interval") or {}
        cells = {"measure": item["extraction_class"]}
        for name, cell in (item.get("attributes") or {}).items():
            cells[name] = ";".join(map(str, cell)) if isinstance(cell, list) else str(cell)
        name = cells.pop("claim_id", "")
        own = name if name.startswith(f"{doc_id}-") else ""
        where = f"text {doc_id}, extraction {name or number}"
        start, end = at.get("start_pos"), at.get("end_pos")
        spans.append(_Span(where, own, doc_id, start, end, item["extraction_text"], cells))
    return spans


def _find_span(text: str, span: _Span) -> tuple[int, int] | None:
    """Where a span stands in code points, told by its words; None where they stand elsewhere, or
    no span is given."""
    if not (isinstance(span.start, int) and isinstance(span.end, int)):
        return None
    for start, end in _count_offsets(text, span.start, span.end):
        words = text[max(0, start) : end]
        if words and words == (span.words or words):
            return start, end
    return None


def _count_offsets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span as code points, then, where a text has letters beyond those, as UTF-16 units."""
    yield start, end
    wide = text.encode("utf-16-le", "surrogatepass")
    if len(wide) > 2 * len(text):
        first, last = (len(wide[: 2 * at].decode("utf-16-le", "replace")) for at in (start, end))
        yield first, last


def _say_elsewhere(text: str, span: _Span) -> str:
    if not (isinstance(span.start, int) and isinstance(span.end, int)):
        return f"{span.where}: it has no span; mark its words in the text"
    there = text[max(0, span.start) : span.end]
    return (
        f"{span.where}: the text at {span.start}–{span.end} reads “{there}”, not “{span.words}”; "
        "mark the words anew in the text as it is now"
    )


def _number_rows(rows: list[dict[str, str]], study: Study) -> list[dict[str, str]]:
    """The rows, those without an id with the next number of their text."""
    taken = [*study.coded["claim_id"], *(row["claim_id"] for row in rows)]
    last: dict[str, int] = {}
    for name in taken:
        doc_id, _, number = name.rpartition("-")
        if number.isdigit():
            last[doc_id] = max(last.get(doc_id, 0), int(number))
    numbered = []
    for row in rows:
        if not row["claim_id"]:
            last[row["doc_id"]] = last.get(row["doc_id"], 0) + 1
            row = row | {"claim_id": f"{row['doc_id']}-{last[row['doc_id']]:03d}"}
        numbered.append(row)
    return numbered


def _pass_gate(
    table: pd.DataFrame, study: Study, name: str
) -> tuple[pd.DataFrame, list[str], list[str]]:
    """(the rows that stand in their texts, the faults of the others, what was taken off). A link to
    a row that is not among them is taken off, for the row itself stands."""
    refused: list[str] = []
    cut: list[str] = []
    while len(table):
        table, lost = _cut_links(table)
        cut += lost
        faults = find_faults(table, study.documents, study.places, name)
        if not faults:
            break
        failed = set()
        for fault in faults:
            where, _, what = fault.removeprefix(f"{name} row ").partition("): ")
            at = int(where.partition(" ")[0]) - 2
            failed.add(at)
            refused.append(f"text {table['doc_id'][at]}, claim {table['claim_id'][at]}: {what}")
        table = table.drop(index=sorted(failed)).reset_index(drop=True)
    return table, refused, cut


def _cut_links(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """(the table without links to rows that it does not hold, a sentence on each that was cut)."""
    kept, lost = set(table["claim_id"]), []
    links: dict[str, list[str]] = {}
    for link in LINKS:
        links[link] = []
        for claim_id, cell in zip(table["claim_id"], table[link]):
            named = split_values(cell)
            held = [other for other in named if other in kept]
            links[link].append(cell if held == named else ";".join(held))
            lost += [
                f"claim {claim_id}: {link} named {other}, which was not read; link taken off"
                for other in named
                if other not in kept
            ]
    return table.assign(**links), lost
