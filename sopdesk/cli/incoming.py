"""What came in from other files: imported, merged, rescued, and what of it did not."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from sopdesk.cli.telling import one_line
from sopdesk.cli.terminal import say
from sopdesk.foundation.wording import tr, word_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.jobs.importing import Imported
    from sopdesk.jobs.merging import MergedFile
    from sopdesk.storage.rescuing import Loss, Rescued


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
