"""Twelve sheets that tell whether the drawing is right; their texts and names are made up.

Each is small enough to be looked at. Its name is that of its reference picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopdesk.document.dates import PartialDate
from sopdesk.document.office import OFFICE_SHEET, Office
from sopdesk.document.values import (
    Approval,
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Line,
    Procedure,
    SheetSettings,
    Sop,
    Spans,
    Step,
    Symbol,
)
from sopdesk.foundation.resources import resource

OFFICE = Office(
    lines=("PEMERINTAH KABUPATEN CONTOH", "DINAS CONTOH"),
    address=("Jalan Contoh Nomor 1",),
    logo=resource("example", "logo.png").read_bytes(),
    sheet=replace(OFFICE_SHEET, paper="a4"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """An SOP, and which of its pages the picture shows, from 0."""

    sop: Sop
    pages: tuple[int, ...] = (1,)


def flow_table(lanes: str, rows: dict[str, str], flows: str) -> Procedure:
    """Return a flow table from its short notation.

    `lanes` are names apart by commas. `rows` maps an activity to its symbols, apart by `;`, each
    its id, kind, lanes (as in `0+1`, from 0) and text. `flows` are apart by commas: `a>b`, with a
    label `a>b Ya`, or `a-b` for a plain line.
    """
    steps = tuple(_step(number, activity) for number, activity in enumerate(rows))
    symbols = tuple(
        _symbol(step.id, *told.split(maxsplit=3))
        for step, symbols in zip(steps, rows.values(), strict=True)
        for told in symbols.split("; ")
        if told
    )
    names = tuple(Lane(str(i), name) for i, name in enumerate(lanes.split(", ")))
    return Procedure(names, steps, symbols, tuple(map(_flow, flows.split(", "))))


def _step(number: int, activity: str) -> Step:
    return Step(
        f"s{number}",
        activity,
        requirements=("Berkas permohonan", "Agenda")[: 1 + number % 2],
        duration=("10 menit", "1 jam", "1 hari")[number % 3],
        outputs=("Berkas tercatat", "Disposisi", "Konsep surat")[number % 3 : number % 3 + 1],
        remarks="Bila perlu" if number % 5 == 4 else "",
    )


def _symbol(step: str, name: str, kind: str, lanes: str, text: str = "") -> Symbol:
    return Symbol(step, tuple(lanes.split("+")), Kind(kind), text, name)


def _flow(told: str) -> Flow:
    ends, _, label = told.partition(" ")
    line = Line.ARROW if ">" in ends else Line.PLAIN
    source, target = ends.replace("-", ">").split(">")
    return Flow(source, target, label, line)


def _sop(*procedures: Procedure, **settings: object) -> Sop:
    identity = Identity("Pelayanan Contoh", "001/SOP/2024")
    sheet = SheetSettings(**settings)  # type: ignore[arg-type]
    return Sop(identity, procedures, sheet=sheet, uuid="0" * 32)


OFFICERS = "Petugas Loket, Kepala Seksi, Kepala Bidang, Kepala Dinas"

CHAIN = flow_table(
    OFFICERS,
    {
        "Menerima dan mencatat surat masuk": "a start 0",
        "Memberi lembar disposisi": "b process 0",
        "Menelaah isi surat dan menyiapkan bahan jawaban bagi pimpinan": "c process 1",
        "Meneliti konsep jawaban": "d process 2",
        "Menandatangani surat": "e process 3",
        "Mengirim surat dan menyimpan arsipnya": "f end 0",
    },
    "a>b, b>c, c>d, d>e, e>f",
)

DECISION = flow_table(
    OFFICERS,
    {
        "Menerima permohonan": "a start 0",
        "Memeriksa kelengkapan": "b decision 1",
        "Melengkapi persyaratan": "c process 0",
        "Menelaah secara teknis": "d process 2",
        "Menolak permohonan": "e end 1",
        "Menetapkan izin": "f end 3",
    },
    "a>b, b>c Kurang, b>d Lengkap, b>e Tidak memenuhi syarat, c>d, d>f",
)

BACK = flow_table(
    OFFICERS,
    {
        "Menyusun konsep": "a start 0",
        "Mengetik konsep": "b process 0",
        "Memaraf konsep": "c decision 1",
        "Meneliti konsep": "d decision 2",
        "Menyetujui konsep": "e decision 3",
        "Menggandakan surat": "f process 1",
        "Mengarsipkan surat": "g end 0",
    },
    "a>b, b>c, c>d Ya, c>b Tidak, d>e Setuju, d>b Perbaiki, e>f Ya, e>a Tidak, f>g",
)

LONG = flow_table(
    OFFICERS,
    {f"Memeriksa berkas tahap {i + 1} dan mencatat hasilnya":
     f"n{i} {'start' if not i else 'end' if i == 25 else 'decision' if i in (5, 18) else 'process'}"
     f" {i * 5 % 4}" for i in range(26)},
    ", ".join(
        [f"n{i}>n{i + 1}{' Ya' if i in (5, 18) else ''}" for i in range(25)]
        + ["n5>n1 Tidak", "n18>n2 Tidak"]
    ),
)  # fmt: skip

SEVERAL = flow_table(
    OFFICERS,
    {
        "Permohonan datang langsung atau lewat surat": "a start 0; b start 1",
        "Mencatat permohonan": "c process 0",
        "Menilai permohonan bersama": "d decision 1; e process 2; f process 3",
        "Menyusun dan memeriksa berita acara": "g process 1; h process 1; i process 2",
        "Menyerahkan hasil": "j end 0; k end 3",
    },
    "a>c, b>c, c>d, d>g Ya, d>j Tidak, d-e, e-f, f>i, g>h, h>j, i>k",
)

WIDE = flow_table(
    OFFICERS,
    {
        "Memulai rapat persiapan": "a start 1 Mulai",
        "Membahas rencana kerja": "b process 0+1+2 Rapat koordinasi lintas bidang",
        "Menilai hasil pembahasan": "c decision 3 Setuju?",
        "Memperbaiki rencana": "d process 2+3 Perbaikan bersama",
        "Menetapkan rencana": "e end 3 Selesai",
    },
    "a>b, b>c, c>d Tidak, c>e Ya, d>b",
)

GROUPED = replace(
    CHAIN,
    lanes=tuple(
        replace(lane, group=("Dinas Contoh", "Bidang Pelayanan")[: 2 if 0 < i < 3 else 1] * (i > 0))
        for i, lane in enumerate(CHAIN.lanes)
    ),
)

MERGED = replace(
    CHAIN,
    steps=(
        replace(
            CHAIN.steps[0],
            activity="Menerima *draft* yang **mendesak**",
            activity_items=("mencatat nomor", "memeriksa lampiran"),
            duration="2 hari untuk tiga langkah",
            spans=Spans(duration=3, outputs=2),
        ),
        *CHAIN.steps[1:4],
        replace(CHAIN.steps[4], remarks="Tanda tangan elektronik", spans=Spans(remarks=2)),
        CHAIN.steps[5],
    ),
)

SPLIT = replace(
    CHAIN,
    steps=(
        *CHAIN.steps[:2],
        replace(CHAIN.steps[2], activity="Menelaah isi surat, menyiapkan bahan jawaban, " * 90),
        *CHAIN.steps[3:],
    ),
)

CROWD = flow_table(
    ", ".join(f"Koordinator Wilayah {chr(ord('A') + i)}" for i in range(16)),
    {f"Melaksanakan tahap {i + 1}":
     f"n{i} {'start' if not i else 'end' if i == 11 else 'decision' if i == 6 else 'process'}"
     f" {i * 7 % 16}" for i in range(12)},
    ", ".join([f"n{i}>n{i + 1}{' Ya' if i == 6 else ''}" for i in range(11)] + ["n6>n2 Tidak"]),
)  # fmt: skip

FIRST = replace(
    flow_table("Pemohon, Petugas", {"Mengajukan permohonan": "a start 0",
                                    "Memeriksa berkas": "b end 1"}, "a>b"),
    title="A. Pengajuan permohonan",
    notes=("Berkas yang kurang dikembalikan pada hari yang sama.",),
)  # fmt: skip
SECOND = replace(
    flow_table("Petugas, Kepala Seksi", {"Menyusun jawaban": "a start 0",
                                         "Menandatangani jawaban": "b end 1"}, "a>b"),
    title="B. Penyelesaian permohonan",
)  # fmt: skip
CLOSING = Closing("Contoh, 9 Mei 2024", ("KEPALA DINAS CONTOH",), "NAMA CONTOH", "Pembina", "")

COMPLETE = Identity(
    "Penerimaan Surat Masuk",
    "002/SOP/2024",
    institution=("PEMERINTAH KABUPATEN CONTOH", "DINAS CONTOH"),
    created_on=PartialDate(2024, 5, 9),
    revision="01",
    effective_on=PartialDate(2024, 6),
    approved_by=Approval(("KEPALA DINAS CONTOH",), "NAMA CONTOH", "Pembina Utama Muda"),
    legal_basis=("Peraturan Contoh Nomor 1 Tahun 2020", "Peraturan Contoh Nomor 2 Tahun 2021"),
    qualifications=("Memahami tata naskah dinas",),
    equipment=("Komputer", "Buku agenda"),
    warnings=("Bila SOP ini tidak dijalankan, surat terlambat dijawab.",),
    records=("Disimpan sebagai data elektronik",),
)
SHORT = flow_table(
    "Petugas, Kepala Seksi",
    {"Menerima surat": "a start 0", "Menelaah surat": "b process 1",
     "Menyimpan arsip": "c end 0"}, "a>b, b>c",
)  # fmt: skip

SHEETS = {
    "rantai": Told(_sop(CHAIN)),
    "keputusan-tiga-jalan": Told(_sop(DECISION)),
    "alur-balik": Told(_sop(BACK)),
    "lintas-halaman": Told(_sop(LONG), (1, 2, 3)),
    "beberapa-simbol": Told(_sop(SEVERAL)),
    "simbol-lebar": Told(_sop(WIDE)),
    "kelompok-pelaksana": Told(_sop(GROUPED, number_row=True)),
    "sel-gabungan": Told(_sop(MERGED)),
    "baris-terpotong": Told(_sop(SPLIT), (1, 2)),
    "enam-belas-pelaksana": Told(_sop(CROWD, orientation="portrait")),
    "beberapa-bagan": Told(replace(_sop(FIRST, SECOND), closing=CLOSING), (1, 2)),
    "satu-halaman": Told(
        replace(_sop(SHORT, orientation="portrait", identity_on_same_page=True), identity=COMPLETE),
        (0,),
    ),
}
