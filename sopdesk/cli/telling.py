"""What came of an import, a check, a list: as JSON data for programs, as lines for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from sopdesk.cli.terminal import say
from sopdesk.document.markup import plain
from sopdesk.document.numbering import bare, shown_numbers
from sopdesk.foundation.wording import tr, word_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.document.findings import Finding
    from sopdesk.document.values import Sop
    from sopdesk.foundation.faults import UserError
    from sopdesk.jobs.importing import Imported
    from sopdesk.jobs.merging import MergedFile
    from sopdesk.storage.office_file import Entry
    from sopdesk.storage.rescuing import Loss, Rescued
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


def import_data(outcome: Imported) -> dict[str, object]:
    """Return what `import --json` says of a source; `error` tells why nothing came in."""
    return {
        "source": outcome.source,
        "added": [asdict(sop) for sop in outcome.added],
        "beside": [asdict(sop) for sop in outcome.beside],
        "skipped": [asdict(sop) for sop in outcome.skipped],
        "unknown": outcome.unknown,
        "left_out": outcome.left_out,
        "letterhead": outcome.has_given_letterhead,
        "losses": [asdict(loss) for loss in outcome.losses],
        "error": word_fault(outcome.fault) if outcome.fault else None,
    }


def say_imported(outcome: Imported) -> None:
    """Write what a source that came in has brought, and what in it was doubtful."""
    added, skipped = len(outcome.added), len(outcome.skipped)
    say(
        tr(
            "{source}: {added} SOPs added, {skipped} were there already.",
            source=outcome.source,
            added=added,
            skipped=skipped,
        )
    )
    for sop in outcome.beside:
        title = one_line(f"{sop.number} {sop.title}")
        say("  " + tr("{title}: stands beside the one that differs from it.", title=title))
    for path in outcome.unknown:
        if path in outcome.left_out:
            say("  " + tr("{path}: unknown to this version, and left out.", path=path))
        else:
            say("  " + tr("{path}: unknown to this version, and kept.", path=path))
    _say_losses(outcome.source, outcome.losses)
    if outcome.has_given_letterhead:
        say("  " + tr("The office has taken over its letterhead."))


def say_merged(file: str, merged: MergedFile) -> None:
    """Write what another office file has brought, and each SOP that stands there twice now."""
    say(
        tr(
            "{source}: {added} SOPs added, {taken} were newer and taken over, {skipped} known.",
            source=merged.source,
            added=len(merged.added),
            taken=len(merged.taken),
            skipped=len(merged.skipped),
        )
    )
    for both in merged.kept_both:
        say(
            "  "
            + tr(
                "{title}: changed in both; #{ours} is from {file}, #{theirs} from {source}.",
                title=one_line(f"{both.number} {both.title}"),
                ours=both.our_position,
                theirs=both.their_position,
                file=file,
                source=merged.source,
            )
        )
    _say_losses(merged.source, merged.losses)
    if merged.backup:
        say("  " + tr("The file as it was before: {path}", path=merged.backup))


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


def say_rescued(path: str, rescued: Rescued) -> None:
    """Write what a rescue has put into a new file, and what in it is not as it was last saved."""
    say(tr("{path}: {sops} SOPs.", path=path, sops=rescued.sops))
    for loss in rescued.losses:
        facts = _facts_of(loss)
        if loss.saved_at is None:
            say("  " + tr("{title}: damaged, and nothing of it could be rescued.", **facts))
        else:
            told = "{title}: its last save is damaged; it is as it was saved {moment}."
            say("  " + tr(told, **facts))
    if not rescued.has_office:
        say("  " + tr("The office settings are damaged; the new file has none."))
    if rescued.lost_saves:
        told = "{count} earlier saves in the histories are lost."
        say("  " + tr(told, count=rescued.lost_saves))


def _say_losses(source: str, losses: Iterable[Loss]) -> None:
    for loss in losses:
        facts = {"source": source, **_facts_of(loss)}
        if loss.saved_at is None:
            say("  " + tr("{title}: damaged in {source}, so it did not come in.", **facts))
        else:
            told = "{title}: its last save in {source} is damaged; the one of {moment} was used."
            say("  " + tr(told, **facts))


def _facts_of(loss: Loss) -> dict[str, str]:
    facts = {"title": one_line(f"{loss.number} {loss.title}")}
    if loss.saved_at is not None:
        saved_at = datetime.fromisoformat(loss.saved_at).astimezone()
        facts["moment"] = f"{saved_at:%Y-%m-%d %H:%M}"
    return facts


def say_finding(position: int, sop: Sop, finding: Finding) -> None:
    """Write a finding, and where it is."""
    severity = {"error": tr("error"), "warning": tr("warning"), "hint": tr("hint")}
    number = sop.identity.number or sop.identity.title
    where = ", ".join(filter(None, (one_line(f"#{position} {number}"), _step(sop, finding))))
    say(f"{where}: {severity[finding.severity]}: {word_finding(finding)}")


def word_finding(finding: Finding) -> str:
    """Return the sentence that the catalogue has for a finding."""
    return tr(f"finding.{finding.code}", **finding.facts)


def _step(sop: Sop, finding: Finding) -> str:
    """Return which step it is about, numbered as on the sheet, or which of several tables."""
    if finding.step is None and finding.part == "table" and len(sop.procedures) > 1:
        return tr("Table {number}", number=finding.procedure + 1).lower()
    procedure = sop.procedures[finding.procedure] if finding.step else None
    for row, step in enumerate(procedure.steps if procedure else ()):
        if procedure and step.id == finding.step:
            number = bare(shown_numbers(procedure)[row])
            return tr("Step {number}", number=number or f"#{row + 1}").lower()
    return ""


def verdict(path: str, found: Verification) -> str:
    """Return in one sentence what came of verifying a file."""
    facts = {"path": path, "sops": found.sops, "revisions": found.revisions}
    if found.is_sound:
        return tr(
            "{path} is sound: {sops} SOPs and {revisions} revisions read and checked.", **facts
        )
    if found.damaged_sops is None:
        facts = {"path": path, "sops": found.sops, "rescuable": found.rescuable}
        told = [tr("{path} is damaged and was left untouched.", **facts)]
        if found.rescuable:
            told.append(
                tr(
                    "Of {sops} SOPs in it {rescuable} are whole: “sopdesk rescue” writes them into "
                    "a new file.",
                    **facts,
                )
            )
        else:
            told.append(tr("No SOP in it is whole any more.", **facts))
        return " ".join(told)
    sound = found.sops - found.damaged_sops
    return tr(
        "{path}: {damaged} SOPs are damaged, the other {sound} are sound. Nothing was changed.",
        path=path,
        damaged=found.damaged_sops,
        sound=sound,
    )


def one_line(text: str) -> str:
    """Return a text of the document without marks, on one line."""
    return " ".join(plain(text).split())
