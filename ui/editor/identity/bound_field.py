"""A field of the identity form and what it stands for: each keystroke is in the SOP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.document.unread import Unread
from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from sopdesk.document.values import Sop
    from ui.editor.fields.line_fields import LineField, LinesField
    from ui.editor.identity.bindings import Binding
    from ui.plain_words import PlainLabel
    from ui.session import Session


class BoundField(QObject):
    """Writes what is typed into the session's SOP, and shows what that has.

    `fault` is where it is told that a text makes no sense; None where any text does.
    """

    def __init__(
        self,
        session: Session,
        binding: Binding,
        field: LineField | LinesField,
        fault: PlainLabel | None,
    ) -> None:
        super().__init__(field)
        self._session, self._binding = session, binding
        self._field, self._fault = field, fault
        self._is_half = False
        """Whether what is being typed cannot be read yet and is kept nowhere else."""
        field.edited.connect(self._on_edited)
        field.left.connect(self._on_left)

    def follow(self, sop: Sop, is_other: bool) -> None:
        """Show what the SOP has, or what was typed for it last and cannot be read.

        What is being typed stays as typed where it says the same; in another SOP nothing stays.
        """
        if is_other or not self._says_the_same(sop):
            self._is_half = False
            unread = self._session.unread_fields.get(self._binding.name)
            self._field.show_texts(self._binding.read(sop) if unread is None else (unread,))
            self._tell_fault(sop)
        self._field.setReadOnly(self._session.is_read_only)

    def commit(self) -> None:
        """Keep what is typed and cannot be read yet; all else is written as it is typed."""
        work = self._session.work
        if not self._is_half or work is None:
            return
        self._is_half = False
        self._session.keep_unread(self._label, work.with_field(self._binding.name, self._text))
        self._tell_fault(work.sop)

    def as_typed(self) -> Unread | None:
        """Return what is being typed and cannot be read yet, None for nothing."""
        return Unread(0, "", self._binding.name, self._text) if self._is_half else None

    @property
    def _text(self) -> str:
        return "\n".join(self._field.texts())

    @property
    def _label(self) -> str:
        return tr("Edit {field}", field=self._binding.said)

    def _says_the_same(self, sop: Sop) -> bool:
        """Return whether the text means what the SOP has, or means nothing yet."""
        unread = self._session.unread_fields.get(self._binding.name)
        if self._is_half or unread is not None:
            return self._is_half or unread == self._text
        texts = self._field.texts()
        return not self._binding.why_unread(sop, texts) and self._binding.write(sop, texts) == sop

    def _on_edited(self) -> None:
        work, texts, binding = self._session.work, self._field.texts(), self._binding
        if work is None:
            return
        # Half a date is told, and kept, when the field is left.
        self._is_half = bool(binding.why_unread(work.sop, texts))
        if self._is_half:
            return
        self._session.apply(
            self._label,
            lambda value: binding.write(value, texts),
            f"identity/{binding.name}",
            work.with_field(binding.name, None),
        )
        self._tell_fault(work.sop)

    def _on_left(self) -> None:
        """Say what cannot be read, and show what can as it will stand."""
        sop, binding = self._session.sop, self._binding
        if sop is None or self._session.is_read_only:
            return
        self.commit()
        is_tidied = binding.form in ("date", "employee_id")
        if is_tidied and not binding.why_unread(sop, self._field.texts()):
            self._field.show_texts(binding.read(sop))

    def _tell_fault(self, sop: Sop) -> None:
        """Say why the text cannot be read, or nothing where it can."""
        if self._fault is not None:
            sentence = self._binding.why_unread(sop, self._field.texts())
            self._fault.setText(sentence)
            self._fault.setVisible(bool(sentence))
