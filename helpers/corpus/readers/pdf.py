"""PDFs: the text layer of a PDF, read within bounds."""

import io
from typing import Any

from helpers.schema.errors import CorpusError

MOST_PAGES = 1_000  # of a PDF; the longest reports of this field have a few hundred
MOST_UNPACKED = 20_000_000  # of one stream of a PDF: the text of a page with its map is below 5
# Letters and strokes of a PDF: a report of a hundred pages has some 500,000; these take a minute.
MOST_STEPS = 3_000_000
UNPACKED = ("zlib", "lzw", "run_length", "brotli", "jbig2", "array_based_stream")


def read_layers(data: bytes) -> tuple[list[str], str]:
    """The text of each page of a PDF, and its title; what it unpacks to and how much it draws are
    bounded, for a few thousand bytes can unpack to gigabytes, and pages can call one another's
    parts. Raises CorpusError or whatever pypdf does."""
    from pypdf import PdfReader, apply_configuration

    left = MOST_STEPS

    def count_steps(operator, operands, *_) -> None:
        """Called before each operation: what it writes is counted before it is kept."""
        nonlocal left
        is_list = operands and isinstance(operands[0], list)  # TJ has its strings in one
        words = operands[0] if is_list else operands
        left -= 1 + sum(len(part) for part in words if isinstance(part, (str, bytes)))
        if left < 0:
            raise CorpusError(
                f"draws more than an article has ({MOST_STEPS:,} letters and strokes); "
                "save its text as .txt"
            )

    limits: dict[str, Any] = {f"{kind}_maximum_output_length": MOST_UNPACKED for kind in UNPACKED}
    limits["stream_decoding_work_maximum_length"] = 2 * MOST_UNPACKED
    with apply_configuration(**limits):
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CorpusError("is encrypted; save it without its password")
        if (count := len(reader.pages)) > MOST_PAGES:
            raise CorpusError(
                f"has {count:,} pages; split it, an article has at most {MOST_PAGES:,}"
            )
        pages = [page.extract_text(visitor_operand_before=count_steps) for page in reader.pages]
        title = reader.metadata.get("/Title") if reader.metadata else ""
        return pages, str(title or "").strip()
