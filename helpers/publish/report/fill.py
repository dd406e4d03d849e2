"""Fill: the slots of a report's source replaced by what they ask for."""

import re
import traceback
from functools import partial

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from helpers.publish.report.backmatter import number_evidence, write_notes
from helpers.publish.report.draft import Draft, ReportError
from helpers.publish.report.slots import SLOTS
from helpers.publish.report.source import check_headings, check_prose, check_slots
from helpers.publish.report.statements import check_statements
from helpers.schema.csv_files import list_faults


def fill_source(draft: Draft, source: str, name: str) -> str:
    """The source with its slots filled. It is read twice: the first time tells what is cited, and
    so what the numbers of the annex are. The footnotes stand at the end. Raises ReportError:
    `report.md line 12: what is wrong; what to do`."""
    source = re.sub(
        r"<!--.*?-->", lambda comment: "\n" * comment[0].count("\n"), source, flags=re.S
    )
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    try:
        check_source(environment, draft, source, name)
        slots = {slot: partial(write, draft) for slot, write in SLOTS.items()}
        template = environment.from_string(source, slots)
        template.render()
        draft.numbers, draft.second = number_evidence(draft), True
        return move_notes(draft, template.render()) + write_notes(draft)
    except TemplateSyntaxError as error:
        raise ReportError(
            f"{name} line {error.lineno}: {str(error.message).rstrip('.')}; correct the slot, "
            'which is written {{ slot("name") }} ({# begins a comment)'
        ) from None
    except ReportError as error:
        line = find_line(error)
        raise (ReportError(f"{name} line {line}: {error}") if line else error) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ReportError(
            f"{name} line {find_line(error)}: {str(error).removeprefix('write_')}; correct the "
            f"slot. The slots are {', '.join(SLOTS)}; helpers/publish/report/slots.py says what "
            "each takes"
        ) from None


def move_notes(draft: Draft, filled: str) -> str:
    """Headings, which can have no footnote, point to the annex instead."""
    numbers = {str(number): draft.numbers[name] for name, number in draft.noted.items()}

    def point(heading: re.Match) -> str:
        return re.sub(
            r"\[\^n(\d+)\]",
            lambda found: f" [\\[{numbers[found[1]]}\\]](#s{numbers[found[1]]})",
            heading[0],
        )

    return re.sub(r"^#+ .*$", point, filled, flags=re.M)


def check_source(environment: SandboxedEnvironment, draft: Draft, source: str, name: str) -> None:
    """Raises ReportError with every fault of the source, each with its line."""
    faults = [
        *check_prose(environment, source),
        *check_headings(environment, source),
        *check_slots(environment.parse(source)),
        *check_statements(environment, source, draft.study),
    ]
    if faults:
        told = [f"{name} line {line}: {fault}" for line, fault in sorted(faults)]
        raise ReportError(list_faults(f"{name} is no report yet; nothing is written", told))


def find_line(error: Exception) -> int:
    """The line of the source in which a slot failed; 0 where none did."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    return next((frame.lineno or 0 for frame in frames if frame.filename == "<template>"), 0)
