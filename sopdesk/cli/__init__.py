"""The command line: every task without a window, and without importing what it does not need.

Results go to standard output, one plain sentence for each error to standard error. Exit code 0:
done; 1: done, and something was found (`check` an error, `verify` damage, `merge` a conflict); 2:
not done.
"""

from sopdesk.cli.contract import COMMANDS
from sopdesk.cli.running import main

__all__ = ["COMMANDS", "main"]
