"""A field of the identity form and what it stands for: each keystroke is in the SOP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.foundation.wording import tr
from ui.editor.identity.bindings import NotReadable, spaced_employee_id

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
        field.edited.connect(self._on_edited)
        field.left.connect(self._on_left)

    def follow(self, sop: Sop, is_other: bool) -> None:
        """Show what the SOP has; what is being typed stays as typed where it says the same.

        In another SOP than before nothing stays.
        """
        if is_other or not self._says_the_same(sop):
            self._field.show_texts(self._binding.read(sop))
            self._tell_fault("")
        self._field.setReadOnly(self._session.is_read_only)

    def commit(self) -> None:
        """Write what is typed but not written yet: an employee number that is not spaced yet."""
        if self._field.hasFocus():
            self._on_left()

    def _says_the_same(self, sop: Sop) -> bool:
        """Return whether the text means what the SOP has, or means nothing yet."""
        try:
            return self._binding.write(sop, self._field.texts()) == sop
        except NotReadable:
            is_told = self._fault is not None and bool(self._fault.text())
            return self._field.hasFocus() or is_told

    def _on_edited(self) -> None:
        sop, texts, binding = self._session.sop, self._field.texts(), self._binding
        if sop is None:
            return
        try:
            binding.write(sop, texts)
        except NotReadable:
            return  # Half a date; it is told when the field is left.
        self._tell_fault("")
        self._session.apply(
            tr("Edit {field}", field=binding.said),
            lambda value: binding.write(value, texts),
            f"identity/{binding.name}",
        )

    def _on_left(self) -> None:
        """Say what cannot be read, and show what can as it will stand."""
        sop, texts, binding = self._session.sop, self._field.texts(), self._binding
        if sop is None or self._session.is_read_only:
            return
        if binding.form == "employee_id":
            spaced = (spaced_employee_id(" ".join(texts)),)
            if spaced != texts:
                self._field.show_texts(spaced)
                self._on_edited()
            return
        try:
            binding.write(sop, texts)
        except NotReadable as fault:
            self._tell_fault(str(fault))
            return
        self._tell_fault("")
        if binding.form == "date":
            self._field.show_texts(binding.read(sop))

    def _tell_fault(self, sentence: str) -> None:
        if self._fault is not None:
            self._fault.setText(sentence)
            self._fault.setVisible(bool(sentence))
