"""The flow tables of an SOP as tabs, with the title above each and the notes below it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sopdesk.document import edits
from sopdesk.document.texts import clean
from sopdesk.document.values import Procedure
from sopdesk.foundation.wording import tr
from ui.editor.fields.line_fields import LineField, LinesField
from ui.editor.panel import MENU_BUTTON
from ui.plain_words import plain_caption

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.session import Session


class ProcedureBar(QWidget):
    """Tabs where an SOP has several flow tables; a button for their menu in any case."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = _Words(session, self)
        self._tabs = QTabBar(self)
        self._tabs.setAccessibleName(tr("Flow tables"))
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setStyleSheet("QTabBar::tab { padding: 3px 10px; }")
        self._tabs.currentChanged.connect(session.show_procedure)
        self._more = QToolButton(self)
        self._more.setText(tr("Table"))
        self._more.setAccessibleName(tr("Flow tables"))
        self._more.setAutoRaise(True)
        self._more.setStyleSheet(MENU_BUTTON)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._tabs)
        row.addWidget(self._more)
        session.sop_changed.connect(self._follow)
        self._follow()

    @property
    def words(self) -> QWidget:
        """The fields of title and notes, to be placed where there is room for them."""
        return self._words

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._words_action = menu.addAction(tr("Title and notes"))
        self._words_action.setCheckable(True)
        self._words_action.toggled.connect(self._words.setVisible)
        menu.addSeparator()
        menu.addAction(tr("Add a flow table"), self._add)
        menu.addAction(tr("Remove this flow table"), self._remove)
        return menu

    def _follow(self, _sop: object = None) -> None:
        sop = self._session.sop
        procedures = sop.procedures if sop is not None else ()
        self._tabs.blockSignals(True)
        while self._tabs.count() > len(procedures):
            self._tabs.removeTab(self._tabs.count() - 1)
        while self._tabs.count() < len(procedures):
            self._tabs.addTab("")
        for index, procedure in enumerate(procedures):
            self._tabs.setTabText(index, _tab_text(index, procedure))
        self._tabs.setCurrentIndex(self._session.procedure_index)
        self._tabs.blockSignals(False)
        self._tabs.setVisible(len(procedures) > 1)
        self._more.setEnabled(sop is not None and not self._session.is_read_only)

    def _add(self) -> None:
        if self._session.apply(tr("Add a flow table"), edits.add_procedure):
            self._session.show_procedure(self._tabs.count() - 1)
            self._words_action.setChecked(True)

    def _remove(self) -> None:
        index = self._session.procedure_index
        self._session.apply(
            tr("Remove this flow table"), lambda sop: edits.remove_procedure(sop, index)
        )


class _Words(QWidget):
    """Title and notes of the flow table that is looked at, written as they are typed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._title = LineField(self)
        self._title.setObjectName("field_procedure_title")
        self._notes = LinesField(least_lines=2, parent=self)
        self._notes.setObjectName("field_procedure_notes")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 6)
        for field, words, write in (
            (self._title, tr("Title above the table"), self._on_title_edited),
            (self._notes, tr("Notes below the table, one a line"), self._on_notes_edited),
        ):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.edited.connect(write)
            column.addWidget(field)
        session.sop_changed.connect(self._follow)
        self.hide()
        self._follow()

    def _follow(self, _sop: object = None) -> None:
        """Show title and notes; what is being typed stays as typed where it says the same."""
        procedure = self._session.procedure or Procedure()
        if self._typed_title() != procedure.title:
            self._title.show_texts((procedure.title,))
        if self._typed_notes() != procedure.notes:
            self._notes.show_texts(procedure.notes)
        for field in (self._title, self._notes):
            field.setReadOnly(self._session.is_read_only)

    def _typed_title(self) -> str:
        return clean(self._title.text()).strip()

    def _typed_notes(self) -> tuple[str, ...]:
        lines = clean("\n".join(self._notes.texts())).split("\n")
        return tuple(line.strip() for line in lines if line.strip())

    def _on_title_edited(self) -> None:
        title = self._typed_title()
        self._write("title", lambda value: dataclasses.replace(value, title=title))

    def _on_notes_edited(self) -> None:
        notes = self._typed_notes()
        self._write("notes", lambda value: dataclasses.replace(value, notes=notes))

    def _write(self, field: str, edit: Callable[[Procedure], Procedure]) -> None:
        key = f"procedure/{self._session.procedure_index}/{field}"
        self._session.apply_to_procedure(tr("Title and notes"), edit, key)


def _tab_text(index: int, procedure: Procedure) -> str:
    title = procedure.title
    return plain_caption(title[:30]) or tr("Table {number}", number=index + 1)
