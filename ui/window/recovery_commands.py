"""Recovery copies: offered when a file opens after a crash, and from the menu."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.places import user_folder
from sopdesk.foundation.wording import tr, word_fault
from ui.dialogs import asking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from sopdesk.document.unread import Unread
    from sopdesk.storage.drafts import Draft, Drafts
    from ui.recovery.keeper import DraftKeeper
    from ui.recovery.offers import Offer
    from ui.session import Session
    from ui.toast import Toast
    from ui.window.file_commands import FileCommands


def drafts_folder() -> Path:
    """Return where this user's recovery copies stand, on this computer."""
    return user_folder() / "salinan-pemulihan"


class RecoveryCommands(QObject):
    """Offers what a crash has left. A copy goes only when its work is safe, or by a plain answer.

    The copies of this window's own work are never among the offers.
    """

    def __init__(
        self, session: Session, files: FileCommands, toast: Toast, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._files = files
        self._toast = toast
        self._window = window
        self._keeper: DraftKeeper | None = None
        self._known: Drafts | None = None

    def know_keeper(self, keeper: DraftKeeper) -> None:
        """Learn who keeps the copies of this window's work."""
        self._keeper = keeper
        keeper.failed.connect(self._on_keeping_failed)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call."""
        return {"recovery_copies": self.show}

    # Offering

    def offer(self, missing: Path | None = None) -> None:
        """Offer what was left of the open file, or of one that is missing; tell of other files."""
        if not os.path.isdir(drafts_folder()):  # As ever but after a crash: nothing to read.
            return
        path = self._open_path()
        for each in (path, missing):
            if each is not None:
                self.show_those_of(each)
        self._tell_of_others(path)

    def show(self) -> None:
        """Show what there is of the open file, else of another, else say that there is nothing."""
        path = self._open_path()
        paths = self._paths_left()
        if path is None or not any(_is_same(path, other) for other in paths):
            path = paths[0] if paths else None
        if path is None:
            self._toast.say(tr("There are no recovery copies: everything was saved."))
        else:
            self.show_those_of(path)

    def show_those_of(self, path: Path) -> None:
        """Offer the copies of one office file, until none is left or the clerk has enough."""
        from ui.recovery.recovery_dialog import RecoveryDialog

        while offers := self._offers(path):
            can_restore = self._is_open(path) and not self._session.is_read_only
            dialog = RecoveryDialog(path, offers, self._window, can_restore=can_restore)
            if not asking.run(dialog) or dialog.choice is None:
                return
            self._do(dialog.choice, path, dialog.chosen())

    def _do(self, choice: str, path: Path, chosen: Sequence[Offer]) -> None:
        {
            "restore": self.restore,
            "compare": self._compare,
            "rescue": self._rescue,
            "discard": self._discard,
        }[choice](chosen)

    def _offers(self, path: Path) -> list[Offer]:
        """Return the copies to offer; what the file holds already goes without a word."""
        from ui.recovery.offers import Standing, offers_of

        own = self._keeper.uuids if self._keeper is not None and self._is_open(path) else ()
        damaged: list[UserError] = []
        drafts = [d for d in self._drafts().of(path, damaged.append) if d.uuid not in own]
        for fault in damaged:
            asking.tell(self._window, word_fault(fault))
        offers = offers_of(drafts, self._session.file if self._is_open(path) else None)
        for offer in offers:
            if offer.standing is Standing.SAVED:
                self._let_go(offer.draft)
        # What stood in red beside saved work is recalled without a word, unless its SOP is gone.
        worth = [o for o in offers if o.draft.has_work or o.standing is Standing.DELETED]
        return [offer for offer in worth if offer.standing is not Standing.SAVED]

    def _let_go(self, draft: Draft) -> None:
        """Drop a copy whose work is in the file; what stood in red stands there again first."""
        if draft.unread and (self._session.is_read_only or not self._recall(draft)):
            return
        self._drop(draft)

    def _recall(self, draft: Draft) -> bool:
        """Put back what could not be read yet; say whether a copy of this window's own stands.

        Only then may the other go.
        """
        is_there = self._session.recall_unread(draft.uuid, draft.unread)
        return is_there and (self._keeper is None or self._keeper.is_safe(draft.uuid))

    def _paths_left(self) -> list[Path]:
        own = self._keeper.uuids if self._keeper is not None else frozenset()
        drafts = self._drafts().all()
        left = [
            draft.path
            for draft in drafts
            if draft.has_work and not (self._is_open(draft.path) and draft.uuid in own)
        ]
        return list(dict.fromkeys(left))

    def _tell_of_others(self, path: Path | None) -> None:
        others = [
            other for other in self._paths_left() if path is None or not _is_same(path, other)
        ]
        if others:
            self._toast.say(
                tr("“{name}” has unsaved work of an earlier session.", name=others[0].name),
                tr("Show"),
                lambda: self._show_other(others[0]),
            )

    def _show_other(self, path: Path) -> None:
        if not os.path.isfile(path) or not self._files.open(path):
            self.show_those_of(path)

    # What is done with them

    def restore(self, chosen: Sequence[Offer]) -> None:
        """Go on with these copies as unsaved work of the open file."""
        done = [offer for offer in chosen if self._restore(offer.draft)]
        if done:
            self._toast.say(
                tr("Recovered: {count}. Save to put it into the file.", count=len(done))
            )

    def _restore(self, draft: Draft) -> bool:
        session = self._session
        if draft.base is None:
            is_there = session.add(draft.sop)
        else:
            is_there = session.recover(draft.uuid, draft.rev, draft.base, draft.sop, draft.unread)
        if is_there and self._recall(draft):
            self._drop(draft)
        return is_there

    def _compare(self, chosen: Sequence[Offer]) -> None:
        from ui.comparison.comparison_dialog import ComparisonDialog
        from ui.recovery.offers import Standing

        offer = chosen[0]
        if offer.held is None:
            return
        is_held = offer.standing in (Standing.SAME, Standing.CHANGED)
        names = tr("In the file") if is_held else tr("Saved last"), tr("Recovery copy")
        session = self._session
        asking.run(
            ComparisonDialog(
                (offer.held, offer.draft.sop), names, session.lay_out, self._window,
                session.title_of, _unread_words(offer.draft),
            )
        )  # fmt: skip

    def _discard(self, chosen: Sequence[Offer]) -> None:
        titles = "\n".join(f"•  {offer.title or tr('(untitled)')}" for offer in chosen)
        answer = asking.choose(
            self._window,
            tr("Discard these recovery copies?"),
            f"{titles}\n\n{tr('The work in them that was not saved is lost.')}",
            [tr("Discard"), tr("Cancel")],
            safe=1,
            default=1,
        )
        if answer == 0:
            for offer in chosen:
                self._drop(offer.draft)

    def _rescue(self, chosen: Sequence[Offer]) -> None:
        """Ask for a place and put the copies into a new office file there."""
        from ui.window.file_commands import OFFICE_FILES

        path = asking.save_path(
            self._window,
            tr("New office file"),
            Path.home() / f"{tr('Recovered SOPs')}.db",
            OFFICE_FILES.format(tr("Office file")),
            may_replace=False,
        )
        if path is not None:
            self.rescue_into(path, chosen)

    def rescue_into(self, path: Path, chosen: Sequence[Offer]) -> None:
        """Put the copies into a new office file; they go when they are read back from it.

        What stood in red is kept for the new file, and is there again when that is opened.
        """
        from sopdesk.storage.office_file import create

        drafts = [offer.draft for offer in chosen]
        try:
            with create(path, self._session.office, self._session.name) as file:
                file.add_new(draft.sop for draft in drafts)
                stored = [file.load(draft.uuid) for draft in drafts]
            for draft, there in zip(drafts, stored, strict=True):
                if draft.unread:
                    moved = replace(draft, path=file.path, rev=there.rev, base=there.sop)
                    self._drafts().keep(moved)
        except UserError as fault:
            asking.tell(self._window, word_fault(fault))
            return
        if all(there.sop == draft.sop for draft, there in zip(drafts, stored, strict=True)):
            for draft in drafts:
                self._drop(draft)
            self._toast.say(
                tr("{name} is ready.", name=path.name), tr("Open"), lambda: self._files.open(path)
            )

    # Within

    def _drafts(self) -> Drafts:
        """Return the copies as somebody sees them who keeps none."""
        if self._known is None:
            from sopdesk.storage.drafts import Drafts

            self._known = Drafts(drafts_folder())
        return self._known

    def _drop(self, draft: Draft) -> None:
        self._drafts().drop(draft.path, draft.uuid)

    def _open_path(self) -> Path | None:
        file = self._session.file
        return file.path if file is not None else None

    def _is_open(self, path: Path) -> bool:
        here = self._open_path()
        return here is not None and _is_same(here, path)

    def _on_keeping_failed(self, fault: UserError) -> None:
        why = word_fault(fault)
        self._toast.say(f"{tr('No recovery copy could be kept.')} {why}", stays=True)


def _unread_words(draft: Draft) -> str:
    """Name the texts that stand in red again with this copy, since no version holds them."""
    from sopdesk.document.cells import shown_numbers
    from sopdesk.document.unread import is_stranded, settled
    from ui.comparison.words import field_word

    def place_of(one: Unread) -> str:
        if not one.step:
            return tr("Identity")
        procedure = draft.sop.procedures[one.procedure]
        row = [step.id for step in procedure.steps].index(one.step)
        number = shown_numbers(procedure)[row].rstrip(".") or f"#{row + 1}"
        return tr("Step {number}", number=number)

    unread = [one for one in settled(draft.sop, draft.unread) if not is_stranded(draft.sop, one)]
    if not unread:
        return ""
    told = (
        f"{place_of(one)}  ·  "
        f"{field_word('step' if one.step else 'identity', one.column)}: {one.text}"
        for one in unread
    )
    return "\n".join([tr("Comes back in red too, since it cannot be read yet:"), *told])


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths name one file, as far as their words tell."""
    first, second = (os.path.normcase(os.path.abspath(path)) for path in (one, other))
    return first == second
