"""The words printed on a sheet, Indonesian by rule; an office or an SOP may word them otherwise."""

from __future__ import annotations

DEFAULT_LABELS: dict[str, str] = {
    "number": "Nomor SOP",
    "created_on": "Tanggal Pembuatan",
    "revised_on": "Tanggal Revisi",
    "effective_on": "Tanggal Efektif",
    "approved_by": "Disahkan oleh",
    "title": "Nama SOP",
    "legal_basis": "Dasar Hukum",
    "qualifications": "Kualifikasi Pelaksana",
    "related": "Keterkaitan",
    "equipment": "Peralatan/Perlengkapan",
    "warnings": "Peringatan",
    "records": "Pencatatan dan Pendataan",
    "employee_id": "NIP.",
    "column_number": "No",
    "column_activity": "Kegiatan",
    "column_lanes": "Pelaksana",
    "column_standard": "Mutu Baku",
    "column_requirements": "Kelengkapan",
    "column_duration": "Waktu",
    "column_outputs": "Output",
    "column_remarks": "Ket.",
    "continued": "(lanjutan)",
    "refers_to": "Lihat SOP {number} {title}",
}
"""Key to word. `column_standard` is the heading over requirements, duration and outputs."""
