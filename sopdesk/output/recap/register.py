"""The register: one row for each SOP with all that its identity sheet says, its steps and time."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.output.recap.grouping import agency_name
from sopdesk.output.recap.words import (
    date_value,
    print_doubts,
    print_list,
    print_time,
    status_word,
)
from sopdesk.output.recap.workload import sop_total

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.durations import Total
    from sopdesk.document.values import Approval, Identity
    from sopdesk.output.recap.grid import Book, CellValue
    from sopdesk.output.recap.grouping import Entry, Group


class _Row(NamedTuple):
    place: int
    entry: Entry
    total: Total
    on: datetime.date | None

    @property
    def identity(self) -> Identity:
        return self.entry.sop.identity

    @property
    def approval(self) -> Approval:
        return self.entry.sop.identity.approved_by


class _Field(NamedTuple):
    heading: str
    width: float
    style: str
    value: Callable[[_Row], CellValue]


_FIELDS = (
    _Field("No", 6, "counter", lambda row: row.place),
    _Field("Nomor SOP", 18, "text", lambda row: row.identity.number),
    _Field("Nama SOP", 36, "text", lambda row: row.identity.title),
    _Field("OPD", 24, "text", lambda row: agency_name(row.entry.office)),
    _Field("Bagian / Bidang", 24, "text", lambda row: " / ".join(row.identity.unit)),
    _Field("Status", 18, "text", lambda row: status_word(row.entry.sop, row.on)),
    _Field("Tanggal Pembuatan", 17, "text", lambda row: date_value(row.identity.created_on)),
    _Field("Tanggal Revisi", 17, "text", lambda row: date_value(row.identity.revised_on)),
    _Field("Revisi", 8, "text", lambda row: row.identity.revision),
    _Field("Tanggal Efektif", 17, "text", lambda row: date_value(row.identity.effective_on)),
    _Field("Disahkan oleh", 24, "text", lambda row: "\n".join(row.approval.position)),
    _Field("Nama Pejabat", 22, "text", lambda row: row.approval.name),
    _Field("Pangkat", 16, "text", lambda row: row.approval.rank),
    _Field("NIP", 21, "text", lambda row: row.approval.employee_id),
    _Field("Jumlah Langkah", 9, "number", lambda row: _count_steps(row)),
    _Field("Pelaksana", 30, "text", lambda row: print_list(_actors(row))),
    _Field("Total Waktu", 16, "text", lambda row: _print_time(row)),
    _Field("Menit", 9, "number", lambda row: row.total.minutes),
    _Field("Catatan Waktu", 26, "text", lambda row: print_doubts(row.total)),
    _Field("Kop", 26, "text", lambda row: "\n".join(row.identity.institution)),
    _Field("Dasar Hukum", 60, "text", lambda row: print_list(row.identity.legal_basis)),
    _Field(
        "Kualifikasi Pelaksana", 32, "text", lambda row: print_list(row.identity.qualifications)
    ),
    _Field("Keterkaitan", 40, "text", lambda row: print_list(row.identity.related)),
    _Field("Peralatan/Perlengkapan", 34, "text", lambda row: print_list(row.identity.equipment)),
    _Field("Peringatan", 44, "text", lambda row: print_list(row.identity.warnings)),
    _Field("Pencatatan dan Pendataan", 34, "text", lambda row: print_list(row.identity.records)),
)


def write_register(
    book: Book,
    root: Group,
    on: datetime.date | None,
    progress: Callable[[int], None] | None,
) -> None:
    """Append the register, in the order of the recap; `progress` is told the rows written.

    The agency is named only where there are several.
    """
    fields = [field for field in _FIELDS if book.names_agencies or field.heading != "OPD"]
    grid = book.grid("Register", [field.width for field in fields])
    grid.write([field.heading for field in fields], ["heading"] * len(fields))
    for place, entry in enumerate(root.walk(), 1):
        row = _Row(place, entry, sop_total(entry.sop, entry.office), on)
        values = [field.value(row) for field in fields]
        grid.write(values, [_style(*pair, row) for pair in zip(fields, values, strict=True)])
        if progress:
            progress(place)
    grid.filter_from(1, len(fields))
    grid.set_up(repeated_rows="1:1", frozen="D2", repeated_columns="A:C", pages_wide=3)


def _style(field: _Field, value: CellValue, row: _Row) -> str:
    if isinstance(value, datetime.date):
        return f"date in {row.entry.office.customs.date_form}"
    return field.style


def _count_steps(row: _Row) -> int:
    return sum(len(procedure.steps) for procedure in row.entry.sop.procedures)


def _actors(row: _Row) -> list[str]:
    names = (lane.name for procedure in row.entry.sop.procedures for lane in procedure.lanes)
    return list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))


def _print_time(row: _Row) -> str:
    return print_time(row.total, row.entry.office.calendar)
