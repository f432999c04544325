"""Random names for lanes, steps, symbols and SOPs."""

from __future__ import annotations

import secrets
import uuid


def new_id() -> str:
    """Return a fresh id of 75 random bits in 15 lower-case characters, never used again.

    Random, so that two clerks' new steps in two copies of a file are never taken for one.
    """
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(alphabet[secrets.randbelow(32)] for _ in range(15))


def new_uuid() -> str:
    """Return a fresh random UUID for an SOP."""
    return str(uuid.uuid4())
