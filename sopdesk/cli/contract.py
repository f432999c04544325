"""What other programs rely on: the commands' names and the exit codes."""

COMMANDS = (
    "new", "import", "list", "check", "print", "recap", "export", "layout", "verify", "merge",
    "rescue",
)  # fmt: skip

DONE, FOUND, NOT_DONE = 0, 1, 2
