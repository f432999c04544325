"""The identity of an SOP as a form that looks like its sheet; every keystroke is in the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from ui.editor.identity.bindings import bindings
from ui.editor.identity.bound_field import BoundField
from ui.editor.identity.completion import Completion
from ui.editor.identity.layout import LISTS, PRINTED, IdentityLayout
from ui.editor.identity.marks import ListMarks
from ui.editor.identity.status import StatusLine

if TYPE_CHECKING:
    from sopdesk.document.unread import Unread
    from sopdesk.document.values import Sop
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.plain_words import PlainLabel
    from ui.session import Session

_OF_ROLE = {
    "letterhead": "institution",
    "approved_by": "approved_by_position",
    "closing": "closing_position",
}
"""The field that a box of the sheet stands for, where it is not named alike."""


class IdentityForm(QScrollArea):
    """The fields of the identity sheet, where they stand on it."""

    def __init__(
        self, session: Session, vocabulary: Vocabulary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._vocabulary = session, vocabulary
        self._shown = ""
        self._seen: tuple[object, ...] = ()
        self.setObjectName("identity_form")
        self.setAccessibleName(tr("Identity"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill()
        session.sop_changed.connect(self._follow)
        self._follow()

    def _fill(self) -> None:
        session, bound = self._session, bindings()
        marks = self._marks = {name: ListMarks(session, name, self) for name in LISTS}
        self._layout = IdentityLayout(bound, marks.__getitem__, self._make_status)
        self._fields = [
            BoundField(session, bound[name], field, self._layout.faults.get(name))
            for name, field in self._layout.fields.items()
        ]
        Completion(session, self._vocabulary, self._layout.fields)
        self.verticalScrollBar().valueChanged.connect(self._close_lists)
        holder = self._holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(10, 6, 10, 10)
        column.addWidget(self._layout)
        column.addStretch()
        self.setWidget(holder)
        self.setFocusProxy(self._layout.fields["title"])

    def _make_status(self, label: PlainLabel) -> QWidget:
        self._status = StatusLine(self._session, label)
        return self._status

    # Following the value

    def _follow(self, _sop: object = None) -> None:
        """Show the SOP; what is being typed stays as typed where it says the same."""
        session, sop = self._session, self._session.sop
        self._holder.setEnabled(sop is not None)
        if sop is None:
            return
        is_other = sop.uuid != self._shown
        seen = (
            sop.identity, sop.closing, sop.status, sop.sheet, session.office, session.is_read_only,
            session.unread_fields,
        )  # fmt: skip
        if not is_other and seen == self._seen:
            return  # Typing in the table changes nothing here.
        self._seen, self._shown = seen, sop.uuid
        for field in self._fields:
            field.follow(sop, is_other)
        self._status.follow(sop)
        for marks in self._marks.values():
            marks.follow()
        self._follow_words(sop)

    def _follow_words(self, sop: Sop) -> None:
        """Name the fields with the words that are printed on this SOP's sheet."""
        look = look_of(sop, self._session.office)
        for name in PRINTED:
            self._layout.labels[name].setText(look.label(name))
        # What the sheet prints where no letterhead is typed.
        letterhead = self._session.office.letterhead(sop.identity.unit)
        self._layout.fields["institution"].setPlaceholderText("\n".join(letterhead))

    def _close_lists(self) -> None:
        """Leave no list standing where its field was."""
        for field in self._layout.fields.values():
            field.offering.close()

    # What the window asks

    def commit_pending(self) -> None:
        """Keep what is typed and not written, because it cannot be read yet."""
        for field in self._fields:
            field.commit()

    def as_typed(self) -> Unread | None:
        """Return the text that is being typed and cannot be read yet, None for none."""
        return next((typed for field in self._fields if (typed := field.as_typed())), None)

    def focus_role(self, role: str) -> None:
        """Put the cursor into the field that a box of the sheet stands for."""
        field = self._layout.fields.get(_OF_ROLE.get(role, role))
        if field is not None:
            self.ensureWidgetVisible(field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
