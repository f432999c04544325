"""Start SOPDesk from a checkout: `python main.py [FILE.db]` or `python main.py COMMAND ...`."""

import sys

from ui.start import main

if __name__ == "__main__":
    sys.exit(main())
