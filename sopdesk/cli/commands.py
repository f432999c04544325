"""What each command does: it calls a task and says what came of it."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import TYPE_CHECKING

from sopdesk.cli import incoming, telling
from sopdesk.cli.contract import DONE, FOUND, NOT_DONE
from sopdesk.cli.terminal import complain, meter, say
from sopdesk.foundation.wording import tr, word_fault

if TYPE_CHECKING:
    from argparse import Namespace

    from sopdesk.foundation.faults import UserError


def run_new(arguments: Namespace) -> int:
    """Make an empty office file."""
    from sopdesk.storage.office_file import create

    create(arguments.file).close()
    say(tr("{path}: an empty office file is ready.", path=arguments.file))
    return DONE


def run_import(arguments: Namespace) -> int:
    """Add the SOPs of each source; one that is refused does not keep the others out."""
    from sopdesk.jobs.importing import import_sources

    outcomes = import_sources(
        arguments.file,
        arguments.sources,
        on_warning=_warn_of_backup,
        progress=meter(tr("Importing")),
    )
    if arguments.json:
        telling.say_json([incoming.import_data(outcome) for outcome in outcomes])
    for outcome in outcomes:
        if outcome.fault:
            complain(word_fault(outcome.fault))
        elif not arguments.json:
            incoming.say_imported(outcome)
    return NOT_DONE if any(outcome.fault for outcome in outcomes) else DONE


def run_list(arguments: Namespace) -> int:
    """List the SOPs in the office's order."""
    from sopdesk.storage.office_file import open_file

    with open_file(arguments.file, writable=False) as office_file:
        entries = office_file.entries()
    if arguments.json:
        telling.say_json([telling.entry_data(entry) for entry in entries])
    else:
        telling.say_entries(entries)
    return DONE


def run_check(arguments: Namespace) -> int:
    """Say what breaks the rules; the code tells whether an error is among it."""
    from sopdesk.jobs.checking import check_sops

    damage: list[UserError] = []
    checked = check_sops(arguments.file, on_damage=damage.append, progress=meter(tr("Checking")))
    found = [(one, finding) for one in checked for finding in one.findings]
    if arguments.json:
        findings = [telling.finding_data(one.sop, finding) for one, finding in found]
        telling.say_json([*map(telling.damage_data, damage), *findings])
    else:
        for fault in damage:
            say(word_fault(fault))
        for one in checked:
            telling.say_findings(one.position, one.sop, one.findings)
        say(tr("{sops} SOPs checked, {found} findings.", sops=len(checked), found=len(found)))
    is_wrong = damage or any(finding.severity == "error" for _, finding in found)
    return FOUND if is_wrong else DONE


def run_print(arguments: Namespace) -> int:
    """Write the sheets as a PDF."""
    from sopdesk.jobs.printing import print_sheets

    printed = print_sheets(
        arguments.file,
        arguments.out,
        wanted=arguments.sop,
        paper=arguments.paper,
        orientation=arguments.orientation,
        progress=meter(tr("Printing")),
    )
    facts = {"path": printed.out, "sops": printed.sops, "pages": printed.pages}
    say(tr("{path}: {sops} SOPs on {pages} pages.", **facts))
    if printed.titles:
        say(tr("{count} titles without a sheet were left out.", count=printed.titles))
    return DONE


def run_recap(arguments: Namespace) -> int:
    """Write the recap as a workbook, as of today."""
    from sopdesk.jobs.recapping import make_recap

    recapped = make_recap(
        arguments.files,
        arguments.out,
        on=datetime.date.today(),
        progress=meter(tr("Making the recap")),
    )
    say(tr("{path}: {sops} SOPs.", path=recapped.out, sops=recapped.sops))
    return DONE


def run_export(arguments: Namespace) -> int:
    """Write the SOPs as an exchange file."""
    from sopdesk.jobs.exporting import export_sops

    exported = export_sops(
        arguments.file, arguments.out, wanted=arguments.sop, progress=meter(tr("Exporting"))
    )
    say(tr("{path}: {sops} SOPs.", path=exported.out, sops=exported.sops))
    return DONE


def run_layout(arguments: Namespace) -> int:
    """Write the geometry listing of one SOP."""
    from sopdesk.jobs.printing import geometry

    telling.say_json(
        geometry(
            arguments.file,
            arguments.sop,
            paper=arguments.paper,
            orientation=arguments.orientation,
            endless=arguments.endless,
        )
    )
    return DONE


def run_verify(arguments: Namespace) -> int:
    """Say what in the file is sound; the code tells whether there is damage."""
    from sopdesk.storage.verification import verify

    found = verify(arguments.file)
    for fault in (*found.faults, *found.advice):
        say(word_fault(fault))
    say(telling.verdict(arguments.file, found))
    return DONE if found.is_sound else FOUND


def run_rescue(arguments: Namespace) -> int:
    """Write what is sound into a new office file; the code tells whether anything is lost."""
    from sopdesk.storage.rescuing import rescue

    rescued = rescue(arguments.file, arguments.out, meter(tr("Rescuing")))
    incoming.say_rescued(arguments.out, rescued)
    return DONE if rescued.is_complete else FOUND


def run_merge(arguments: Namespace) -> int:
    """Bring another office file in; the code tells of a conflict, or of damage in the other."""
    from sopdesk.jobs.merging import merge_files

    merged = merge_files(
        arguments.file, arguments.other, on_warning=_warn_of_backup, progress=meter(tr("Merging"))
    )
    if arguments.json:
        telling.say_json(asdict(merged))
    else:
        incoming.say_merged(arguments.file, merged)
    return FOUND if merged.kept_both or merged.losses else DONE


def _warn_of_backup(fault: UserError) -> None:
    """Say that the day's backup could not be made; the change was, and the code stays."""
    complain(tr("Saved, but without a backup of today: {reason}", reason=word_fault(fault)))
