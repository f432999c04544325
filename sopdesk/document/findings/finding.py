"""What a finding is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sopdesk.document.values import Procedure

Severity = Literal["error", "warning", "hint"]
Mend = Callable[[Procedure], Procedure]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the catalogue words `finding.<code>`, filled with the facts.

    `step` is the step's id; None where it concerns the identity or a whole flow table, which the
    `part` tells. `mend` repairs the flow table `procedure`, where it is clear how.
    """

    code: str
    severity: Severity
    step: str | None = None
    procedure: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)
    mend: Mend | None = field(default=None, compare=False, repr=False)
    part: Literal["identity", "table"] = "table"
