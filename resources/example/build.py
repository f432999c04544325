"""Build the example office file `kantor-contoh.db` from `kantor-contoh.json` and `logo.png`.

The exchange file is the source: edit it, run `make example`, and commit both.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from sopdesk.document.office import Office, RecapForm
from sopdesk.document.values import Approval
from sopdesk.intake.exchange import Exchange, read_exchange
from sopdesk.storage.office_file import create

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "kantor-contoh.json"
OFFICE_FILE = FOLDER / "kantor-contoh.db"

UNITS = (
    ("Sekretariat", "Subbagian Umum dan Kepegawaian"),
    ("Sekretariat", "Subbagian Perencanaan dan Keuangan"),
    ("Bidang Pelayanan Perizinan", "Seksi Pelayanan Usaha"),
    ("Bidang Pengaduan dan Pelaporan", "Seksi Pengaduan"),
    ("Bidang Pengaduan dan Pelaporan", "Seksi Pelaporan"),
)


def example_office(exchange: Exchange) -> Office:
    """Return the example's office: the letterhead of its source, and what no exchange file says."""
    return replace(
        exchange.office or Office(),
        units=UNITS,
        logo=(FOLDER / "logo.png").read_bytes(),
        recap=RecapForm(
            title="REKAPITULASI SOP DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU",
            place="Contoh Raya",
            signatory=Approval(
                position=("Kepala Dinas,",), name="Nama Pejabat", rank="Pembina Utama Muda"
            ),
        ),
    )


def build(target: Path) -> None:
    """Write the example's office file to `target`, in place of what is there."""
    exchange = read_exchange(SOURCE)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        # Never the name of whoever builds it.
        with create(fresh, example_office(exchange), author="SOPDesk") as office_file:
            office_file.add_new(exchange.sops)
        os.replace(fresh, target)


if __name__ == "__main__":
    build(OFFICE_FILE)
