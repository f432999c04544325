"""Edits of a whole SOP: its flow tables."""

from __future__ import annotations

from dataclasses import replace

from sopdesk.document.values import Identity, Procedure, Sop


def new_sop(title: str = "", unit: tuple[str, ...] = ()) -> Sop:
    """Return a fresh draft with one flow table that has neither lanes nor steps."""
    return Sop(Identity(title=title, unit=unit), (Procedure(),))


def replace_procedure(sop: Sop, index: int, procedure: Procedure) -> Sop:
    """Return the SOP with one flow table exchanged; the same SOP if it is the same table."""
    old = sop.procedures
    if old[index] is procedure:
        return sop
    return replace(sop, procedures=(*old[:index], procedure, *old[index + 1 :]))


def add_procedure(sop: Sop) -> Sop:
    """Return the SOP with an empty flow table after the others."""
    return replace(sop, procedures=(*sop.procedures, Procedure()))


def remove_procedure(sop: Sop, index: int) -> Sop:
    """Return the SOP without one flow table; the only one is emptied, since an SOP has one."""
    old = sop.procedures
    if not 0 <= index < len(old) or old == (Procedure(),):
        return sop
    return replace(sop, procedures=old[:index] + old[index + 1 :] or (Procedure(),))
