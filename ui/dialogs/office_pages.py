"""The pages of the office settings; each changes its own part of an office."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.office import PrintCustoms, RecapForm, WorkCalendar
from sopdesk.document.values import Approval
from sopdesk.foundation.wording import tr
from ui.dialogs.fields import ChoiceField, LinesField, NumberField, form, hint, page
from ui.dialogs.logo_field import LogoField
from ui.dialogs.sheet_fields import ListsField, WordsField
from ui.dialogs.sheet_form import SheetForm

if TYPE_CHECKING:
    from sopdesk.document.office import Office


class OfficePage(Protocol):
    """A page of the office settings."""

    widget: QWidget

    def over(self, office: Office) -> Office:
        """Return the office with this page's part as it stands in the fields."""


class LetterheadPage:
    """Letterhead, address, city, logo."""

    def __init__(self, office: Office) -> None:
        self._lines = LinesField(office.lines, 4)
        self._address = LinesField(office.address, 2)
        self._city = QLineEdit(office.city)
        self._logo = LogoField(office)
        fields = form()
        fields.addRow(tr("Letterhead"), self._lines)
        fields.addRow(tr("Address"), self._address)
        fields.addRow(tr("City"), self._city)
        fields.addRow(tr("Logo"), self._logo)
        self.widget = page(fields)

    def over(self, office: Office) -> Office:
        """Return the office with these lines and this logo."""
        return dataclasses.replace(
            office,
            lines=self._lines.lines(),
            address=self._address.lines(),
            city=self._city.text().strip(),
            logo=self._logo.logo(),
        )


class SheetPage:
    """Paper, type and columns of every sheet."""

    def __init__(self, office: Office) -> None:
        self._form = SheetForm(office.sheet)
        self.widget = page(self._form)

    def over(self, office: Office) -> Office:
        """Return the office with this sheet; its labels belong to another page."""
        return dataclasses.replace(office, sheet=self._form.settings(office.sheet.labels))


class LabelsPage:
    """The words that are printed on every sheet."""

    def __init__(self, office: Office) -> None:
        headings = tr("Usual word"), tr("Printed in this office")
        self._words = WordsField(office.sheet.labels, DEFAULT_LABELS, headings)
        self.widget: QWidget = self._words

    def over(self, office: Office) -> Office:
        """Return the office with these printed words."""
        sheet = dataclasses.replace(office.sheet, labels=self._words.words())
        return dataclasses.replace(office, sheet=sheet)


class ListsPage:
    """How the items of each list are marked."""

    def __init__(self, office: Office) -> None:
        self._lists = ListsField(office.list_styles)
        self.widget: QWidget = self._lists

    def over(self, office: Office) -> Office:
        """Return the office with these styles."""
        return dataclasses.replace(office, list_styles=self._lists.styles())


class CustomsPage:
    """Dates, signature and footer, and how working time is counted."""

    def __init__(self, office: Office) -> None:
        customs, calendar = office.customs, office.calendar
        self._date_form = ChoiceField(
            [("words", "09 Mei 2019"), ("digits", "09-05-2019")], customs.date_form
        )
        self._empty_date = ChoiceField([("", tr("blank")), ("-", "-")], customs.empty_date)
        self._signature = ChoiceField(
            [("pen", tr("Signed with a pen")), ("code", tr("Electronic, with a code"))],
            customs.signature,
        )
        self._signature_mm = NumberField(customs.signature_mm, 8.0, 60.0, "mm")
        self._footer = NumberField(customs.footer_mm, 0.0, 60.0, "mm")
        self._hours = NumberField(calendar.hours_per_day, 1.0, 24.0, tr("hours"), 0.5)
        self._days = NumberField(calendar.days_per_week, 1.0, 7.0, tr("days"))
        self._month = NumberField(calendar.days_per_month, 1.0, 31.0, tr("days"))
        fields = form()
        for label, field in (
            (tr("Dates"), self._date_form),
            (tr("A date that is missing"), self._empty_date),
            (tr("Signature"), self._signature),
            (tr("Room for the signature"), self._signature_mm),
            (tr("Kept free at the foot of the page"), self._footer),
            (tr("A working day has"), self._hours),
            (tr("A working week has"), self._days),
            (tr("A working month has"), self._month),
        ):
            fields.addRow(label, field)
        self.widget = page(fields)

    def over(self, office: Office) -> Office:
        """Return the office with these customs and this calendar."""
        return dataclasses.replace(
            office,
            customs=PrintCustoms(
                date_form="digits" if self._date_form.value() == "digits" else "words",
                empty_date=self._empty_date.value(),
                signature="code" if self._signature.value() == "code" else "pen",
                signature_mm=self._signature_mm.number() or 0.0,
                footer_mm=self._footer.number() or 0.0,
            ),
            calendar=WorkCalendar(self._hours.value(), self._days.value(), self._month.value()),
        )


class UnitsPage:
    """The office's units in the order of library and recap."""

    def __init__(self, office: Office) -> None:
        self._units = LinesField((_SEPARATOR.join(unit) for unit in office.units), 12)
        self._units.setAccessibleName(tr("Units"))
        self.widget = page(
            hint(
                tr(
                    "One unit a line, in the order of the recap; a subunit after its unit and “>”: "
                    "Secretariat > General Affairs."
                )
            ),
            self._units,
        )

    def over(self, office: Office) -> Office:
        """Return the office with these units."""
        paths = (line.split(_SEPARATOR.strip()) for line in self._units.lines())
        units = (tuple(part.strip() for part in path if part.strip()) for path in paths)
        return dataclasses.replace(office, units=tuple(dict.fromkeys(filter(None, units))))


_SEPARATOR = " > "


class RecapPage:
    """Title, place and signatory of the recap."""

    def __init__(self, office: Office) -> None:
        recap, signatory = office.recap, office.recap.signatory
        self._title = QLineEdit(recap.title)
        self._title.setCursorPosition(0)  # Its beginning tells more than its end.
        self._place = QLineEdit(recap.place)
        self._position = LinesField(signatory.position, 2)
        self._name = QLineEdit(signatory.name)
        self._rank = QLineEdit(signatory.rank)
        self._employee_id = QLineEdit(signatory.employee_id)
        fields = form()
        for label, field in (
            (tr("Title"), self._title),
            (tr("Place"), self._place),
            (tr("Position of the signatory"), self._position),
            (tr("Name"), self._name),
            (tr("Rank"), self._rank),
            (tr("Employee number"), self._employee_id),
        ):
            fields.addRow(label, field)
        self.widget = page(fields)

    def over(self, office: Office) -> Office:
        """Return the office with this form of its recap."""
        signatory = Approval(
            self._position.lines(),
            self._name.text().strip(),
            self._rank.text().strip(),
            self._employee_id.text().strip(),
        )
        recap = RecapForm(self._title.text().strip(), self._place.text().strip(), signatory)
        return dataclasses.replace(office, recap=recap)
