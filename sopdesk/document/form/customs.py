"""What an office has settled for itself, both ways: working time, printing, the recap's words.

The office file keeps it; the exchange file does not carry it.
"""

from __future__ import annotations

from typing import Literal, cast, get_args

from sopdesk.document.dates import DateForm
from sopdesk.document.form.node import Node, plain_number
from sopdesk.document.form.settings import Form, approval_to_form, given_or, read_approval
from sopdesk.document.office import PrintCustoms, RecapForm, WorkCalendar


def calendar_to_form(calendar: WorkCalendar) -> Form:
    """Return the office's working time."""
    return {
        "hours_per_day": plain_number(calendar.hours_per_day),
        "days_per_week": plain_number(calendar.days_per_week),
        "days_per_month": plain_number(calendar.days_per_month),
    }


def calendar_from_form(data: object, path: str = "calendar") -> WorkCalendar:
    """Return the office's working time; what is absent is as by default.

    Raises:
        UserError: `exchange_<reason>` with the `path` of the first value that breaks a rule.
    """
    node = Node(data, path)
    usual = WorkCalendar()
    return WorkCalendar(
        hours_per_day=node.number("hours_per_day", 0.25, 24) or usual.hours_per_day,
        days_per_week=node.number("days_per_week", 0.25, 7) or usual.days_per_week,
        days_per_month=node.number("days_per_month", 0.25, 31) or usual.days_per_month,
    )


def customs_to_form(customs: PrintCustoms) -> Form:
    """Return what the office prints alike on every sheet."""
    return {
        "date_form": customs.date_form,
        "empty_date": customs.empty_date,
        "signature": customs.signature,
        "signature_mm": plain_number(customs.signature_mm),
        "footer_mm": plain_number(customs.footer_mm),
    }


def customs_from_form(data: object, path: str = "customs") -> PrintCustoms:
    """Return what the office prints alike on every sheet; what is absent is as by default.

    Raises:
        UserError: `exchange_<reason>` with the `path` of the first value that breaks a rule.
    """
    node = Node(data, path)
    usual = PrintCustoms()
    date_form = cast("DateForm | None", node.choice("date_form", get_args(DateForm)))
    signature = node.choice("signature", ("pen", "code"))
    return PrintCustoms(
        date_form=date_form or usual.date_form,
        empty_date=node.text("empty_date"),
        signature=cast('Literal["pen", "code"] | None', signature) or usual.signature,
        signature_mm=given_or(node.number("signature_mm", 0, 100), usual.signature_mm),
        footer_mm=given_or(node.number("footer_mm", 0, 100), usual.footer_mm),
    )


def recap_to_form(recap: RecapForm) -> Form:
    """Return the recap's own words."""
    return {
        "title": recap.title,
        "place": recap.place,
        "signatory": approval_to_form(recap.signatory),
    }


def recap_from_form(data: object, path: str = "recap") -> RecapForm:
    """Return the recap's own words.

    Raises:
        UserError: `exchange_<reason>` with the `path` of the first value that breaks a rule.
    """
    node = Node(data, path)
    return RecapForm(
        title=node.text("title"),
        place=node.text("place"),
        signatory=read_approval(node.child("signatory")),
    )
