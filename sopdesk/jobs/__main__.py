"""`python -m sopdesk.jobs`: see `child`."""

from __future__ import annotations

import sys

from sopdesk.jobs.child import main

if __name__ == "__main__":
    sys.exit(main(sys.stdin, sys.stdout))
