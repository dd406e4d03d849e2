"""`python -m helpers.export`: the claims and figures for other programs
(helpers.publish.exports.kinds)."""

import sys

from helpers.publish.exports.kinds import main

if __name__ == "__main__":
    sys.exit(main())
