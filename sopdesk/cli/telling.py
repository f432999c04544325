"""What a list, a check, a verification has found: as JSON for programs, as lines for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sopdesk.cli.terminal import say
from sopdesk.document.markup import plain
from sopdesk.document.numbering import bare, shown_numbers
from sopdesk.foundation.wording import tr, word_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sopdesk.document.findings import Finding
    from sopdesk.document.values import Procedure, Sop
    from sopdesk.foundation.faults import UserError
    from sopdesk.storage.office_file import Entry
    from sopdesk.storage.verification import Verification


def say_json(data: object) -> None:
    """Write JSON data as a result."""
    say(json.dumps(data, ensure_ascii=False, indent=1))


def entry_data(entry: Entry) -> dict[str, object]:
    """Return what `list --json` says of an SOP."""
    return {
        "position": entry.position,
        "uuid": entry.uuid,
        "number": entry.number,
        "title": entry.title,
        "unit": entry.unit,
        "status": entry.status,
    }


def say_entries(entries: list[Entry]) -> None:
    """Write one line for each SOP: position, number, title, unit."""
    width = max((len(one_line(entry.number)) for entry in entries), default=0)
    for entry in entries:
        unit = f"  [{one_line(' / '.join(entry.unit))}]" if entry.unit else ""
        number = f"{one_line(entry.number):{width}}"
        say(f"{f'#{entry.position}':>5}  {number}  {one_line(entry.title)}{unit}".rstrip())


def finding_data(sop: Sop, finding: Finding) -> dict[str, object]:
    """Return what `check --json` says of a finding."""
    return {
        "sop": sop.uuid,
        "code": finding.code,
        "severity": finding.severity,
        "step": finding.step,
        "message": word_finding(finding),
    }


def damage_data(fault: UserError) -> dict[str, object]:
    """Return what `check --json` says of what is damaged."""
    return {
        "sop": fault.facts.get("uuid"),
        "code": fault.code,
        "severity": "error",
        "step": None,
        "message": word_fault(fault),
    }


def say_findings(position: int, sop: Sop, findings: Iterable[Finding]) -> None:
    """Write the findings of an SOP, each with where it is."""
    severity = {"error": tr("error"), "warning": tr("warning"), "hint": tr("hint")}
    named = one_line(f"#{position} {sop.identity.number or sop.identity.title}")
    steps = [_step_names(procedure) for procedure in sop.procedures]
    for finding in findings:
        where = ", ".join(filter(None, (named, _step(finding, steps))))
        say(f"{where}: {severity[finding.severity]}: {word_finding(finding)}")


def word_finding(finding: Finding) -> str:
    """Return the sentence that the catalogue has for a finding."""
    return tr(f"finding.{finding.code}", **finding.facts)


def _step(finding: Finding, steps: Sequence[Mapping[str, str]]) -> str:
    """Return which step it is about, numbered as on the sheet, or which of several tables."""
    if finding.step is None and finding.part == "table" and len(steps) > 1:
        return tr("Table {number}", number=finding.procedure + 1).lower()
    return steps[finding.procedure].get(finding.step, "") if finding.step else ""


def _step_names(procedure: Procedure) -> dict[str, str]:
    """Return how each step is called, by its id."""
    numbers = map(bare, shown_numbers(procedure))
    return {
        step.id: tr("Step {number}", number=number or f"#{row}").lower()
        for row, (step, number) in enumerate(zip(procedure.steps, numbers, strict=True), 1)
    }


def verdict(path: str, found: Verification) -> str:
    """Return in one sentence what came of verifying a file."""
    facts = {"path": path, "sops": found.sops, "revisions": found.revisions}
    if found.is_sound:
        return tr(
            "{path} is sound: {sops} SOPs and {revisions} revisions read and checked.", **facts
        )
    if found.damaged_sops is None:
        return _verdict_of_damaged(path, found)
    sound = found.sops - found.damaged_sops
    return tr(
        "{path}: {damaged} SOPs are damaged, the other {sound} are sound. Nothing was changed.",
        path=path,
        damaged=found.damaged_sops,
        sound=sound,
    )


def _verdict_of_damaged(path: str, found: Verification) -> str:
    """Return how much of a file that cannot be opened can be rescued."""
    damaged = tr("{path} is damaged and was left untouched.", path=path)
    if not found.rescuable:
        return f"{damaged} {tr('No SOP in it is whole any more.')}"
    rescuable = tr(
        "Of {sops} SOPs in it {rescuable} are whole: “sopdesk rescue” writes them into a new file.",
        sops=found.sops,
        rescuable=found.rescuable,
    )
    return f"{damaged} {rescuable}"


def one_line(text: str) -> str:
    """Return a text of the document without marks, on one line."""
    return " ".join(plain(text).split())
