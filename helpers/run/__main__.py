"""`python -m helpers.run`: all notebooks at once (helpers.run.notebooks)."""

import sys

from helpers.run.notebooks import main

sys.exit(main())
