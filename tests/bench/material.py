"""What is measured on: the real SOPs beside the checkout, or else those of the example."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.ids import new_uuid
from sopdesk.document.values import Sop, Status
from sopdesk.foundation.resources import resource
from sopdesk.intake.exchange import read_exchange
from sopdesk.storage.office_file import create
from tests.seeds import TRANSCRIPT, seed_sops

if TYPE_CHECKING:
    from pathlib import Path


def forty_two() -> tuple[Sop, ...]:
    """Forty-two SOPs, real where they are at hand."""
    return seed_sops() if TRANSCRIPT.exists() else many(42)


def many(count: int) -> tuple[Sop, ...]:
    """This many SOPs with sheets, those of the example in turn."""
    source = read_exchange(resource("example", "kantor-contoh.json")).sops
    sheets = [sop for sop in source if sop.status is not Status.PLANNED]
    return tuple(replace(sheets[i % len(sheets)], uuid=new_uuid()) for i in range(count))


def office_file(path: Path, sops: tuple[Sop, ...]) -> Path:
    """Make an office file of these SOPs."""
    with create(path) as made:
        made.add_new(sops)
    return path
