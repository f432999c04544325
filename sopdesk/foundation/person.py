"""Who is at work: the name that colleagues see, and that a save bears."""

from __future__ import annotations

LONGEST_NAME = 80


def login_name() -> str:
    """Return the operating system's name of the user, `""` where there is none."""
    import getpass

    try:
        return short_name(getpass.getuser())
    except (OSError, KeyError, ImportError):  # no such user, as in a container
        return ""


def short_name(text: object) -> str:
    """Return what may come from another program as a name: one line of what can be seen."""
    return "".join(filter(str.isprintable, str(text)))[:LONGEST_NAME]
