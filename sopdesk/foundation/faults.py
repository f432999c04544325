"""Faults that can be foreseen: of a file, of the disk, of an input. All else is a bug."""

from __future__ import annotations


class UserError(Exception):
    """A fault that the clerk can understand and act on, as a code and its facts.

    The code names an entry `fault.<code>` of the catalogue, which says what happened, what is safe
    and what to do next; the facts fill its placeholders. Whoever raises it has changed nothing, or
    has put back what it changed.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Return code and facts for a log; `wording.word_fault` words it for a clerk."""
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({facts})"
