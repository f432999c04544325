"""The long tasks, for the command line and for a child process of the window alike.

A task is a function: it opens the files it needs, tells its progress, writes whole files or none,
and returns what it did. It knows neither terminal nor window. To cancel it, let `progress` raise,
or end its process: no output is ever half-written.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many of how many are done, e.g. 12 of 42 SOPs; what it raises ends the task."""
