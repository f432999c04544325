"""Findings in the identity: what is not filled in yet, and dates that cannot follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.findings.finding import Finding
from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.dates import PartialDate
    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

_EXPECTED = ("number", "created_on", "effective_on", "legal_basis", "qualifications")
"""Fields that a finished SOP has; the revision date and the other lists may stay empty."""


def findings_in_identity(sop: Sop, office: Office) -> Iterator[Finding]:
    """Yield the findings in an SOP's identity."""
    identity = sop.identity
    if not plain(identity.title).strip():
        yield Finding("title_missing", "error", part="identity")
    labels = {**DEFAULT_LABELS, **dict(office.sheet.labels), **dict(sop.sheet.labels)}
    empty = [name for name in _EXPECTED if not getattr(identity, name)]
    if not identity.approved_by.position and not identity.approved_by.name:
        empty.append("approved_by")
    for name in empty:
        facts = {"field": name, "label": plain(labels[name])}
        yield Finding("identity_empty", "warning", facts=facts, part="identity")
    if _is_before(identity.effective_on, identity.created_on):
        yield Finding("effective_before_created", "warning", part="identity")
    if _is_before(identity.revised_on, identity.created_on):
        yield Finding("revised_before_created", "warning", part="identity")


def _is_before(date: PartialDate | None, other: PartialDate | None) -> bool:
    """Tell whether a date is surely before another, as far as both are filled in."""
    if date is None or other is None:
        return False
    for one, two in zip(
        (date.year, date.month, date.day), (other.year, other.month, other.day), strict=True
    ):
        if one is None or two is None:
            return False
        if one != two:
            return one < two
    return False
