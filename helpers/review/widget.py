"""The widget: a review drawn in a notebook, whose keys act while it has the focus and on nothing
else. It holds no state of its own: what it shows is `view`, what a key asks goes to the review."""

from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from helpers.review.keys import press
from helpers.review.session import Review
from helpers.review.view import list_rows, say_left, show_frame, show_review

HERE = Path(__file__).parent
ASKED = ("do", "claim", "turn")
UNSEEN = ("undo", "redo", "next", "back")  # keys that decide nothing on the claim that is shown
BROKEN = (
    "Something went wrong while showing this. What you decided is on disk. Run › Restart Kernel "
    "and Run All Cells."
)


class ReviewWidget(anywidget.AnyWidget):
    """A review by key. Where a notebook shows no widgets (papermill, a page of a repository) the
    claims that are left stand in a plain table."""

    _esm = (HERE / "review.js").read_text("utf-8")
    _css = (HERE / "review.css").read_text("utf-8")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, review: Review):
        super().__init__()
        self.review = review
        self._turn = 0
        self.draw()
        self.on_msg(self.hear)

    def draw(self) -> None:
        """Show the review as it is now; where that fails, say so: a frame that hears nothing takes
        the kernel for gone."""
        self._turn += 1
        try:
            shown = show_review(self.review)
        except Exception as fault:  # whatever it was
            told = {"kind": "refused", "words": _say_broken(fault)}
            shown = {**show_frame(self.review), "told": told, "finished": ""}
        self.view = shown | {"turn": self._turn}

    def hear(self, _: Any, message: dict[str, Any], buffers: Any = None) -> None:
        """What a key asked for. A decision on another claim than the one shown is refused: the key
        was pressed before the reviewer saw it."""
        asked = {name: value for name, value in message.items() if name not in ASKED}
        if message.get("claim") == self.review.claim_id or message["do"] in UNSEEN:
            try:
                press(self.review, message["do"], **asked)
            except (
                Exception
            ) as fault:  # what may be wrong is told by press; this is a fault of ours
                self.review.told = ("refused", _say_broken(fault))
        self.draw()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        shown = {"text/plain": say_left(self.review), "text/html": draw_table(self.review)}
        return data | shown, metadata


def _say_broken(fault: Exception) -> str:
    return f"{BROKEN} ({type(fault).__name__}: {fault})"


def draw_table(review: Review, most: int = 200) -> str:
    """The claims that are left, in the order of review, as an HTML table, every text escaped and
    free to run right to left."""
    rows = list_rows(review)
    said = f"<p>{escape(say_left(review))}</p>"
    if not rows:
        return said
    left = ' style="text-align:left"'
    head = "".join(f"<th{left}>{escape(name)}</th>" for name in rows[0])
    body = "".join(
        "<tr>"
        + "".join(f'<td dir="auto"{left}>{escape(cell)}</td>' for cell in row.values())
        + "</tr>"
        for row in rows[:most]
    )
    more = f"<p>{len(rows) - most:,} more stand in claims.csv.</p>" if len(rows) > most else ""
    return f"{said}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
