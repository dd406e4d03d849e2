"""`python -m helpers.report`: the report as Word, PDF and HTML (helpers.publish.report.build)."""

import sys

from helpers.publish.report.build import main

if __name__ == "__main__":
    sys.exit(main())
