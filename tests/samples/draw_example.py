"""The example in README.md: a figure of three invented texts that nobody has coded.

    python -m tests.samples.draw_example

draws invented_war.png anew, by the notebook that draws it for a user's own folder too. It lies here
and not in figures/, which holds the figures of seeds/ alone. tests/test_doors.py compares it with
its texts.
"""

import shutil
import tempfile
from pathlib import Path

from helpers.run.notebooks import NOTEBOOKS, run_notebook

SAMPLES = Path(__file__).parent
PICTURE = SAMPLES / "invented_war.png"
FIGURE = "displacement_over_time.png"


def draw_example() -> bytes:
    """The picture as PNG, drawn of a copy of the texts."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        texts = shutil.copytree(SAMPLES / "invented_war", home / "invented_war")
        parameters = {"corpus": str(texts), "figures": str(home / "made"), "formats": ["png"]}
        error = run_notebook(NOTEBOOKS / "03_displacement.ipynb", home / "out.ipynb", parameters)
        if error:
            raise RuntimeError(error)
        return (home / "made" / FIGURE).read_bytes()


if __name__ == "__main__":
    PICTURE.write_bytes(draw_example())
