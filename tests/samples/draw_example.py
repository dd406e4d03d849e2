"""The example in README.md: a figure of three invented texts that nobody has coded.

    python -m tests.samples.draw_example

draws invented_war.png anew, as a user's own folder would be drawn. It lies here and not in
figures/, which holds the figures of seeds/ alone. tests/test_doors.py compares it with its texts.
"""

import shutil
import tempfile
from pathlib import Path

from helpers import draw_displacement_over_time, open_study, save_figure

SAMPLES = Path(__file__).parent
PICTURE = SAMPLES / "invented_war.png"


def draw_example() -> bytes:
    """The picture as PNG, drawn of a copy of the texts."""
    with tempfile.TemporaryDirectory() as folder:
        texts = shutil.copytree(SAMPLES / "invented_war", Path(folder) / "invented_war")
        parameters = {"corpus": str(texts), "figures": folder, "formats": ["png"]}
        types = {name: type(value) for name, value in parameters.items()}
        study = open_study(parameters | {"__annotations__": types})
        save_figure(draw_displacement_over_time(study))
        return (Path(folder) / "displacement_over_time.png").read_bytes()


if __name__ == "__main__":
    PICTURE.write_bytes(draw_example())
