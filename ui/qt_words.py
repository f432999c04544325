"""Indonesian for the words that Qt itself shows: standard buttons, menus of text fields, dialogs.

Qt ships no Indonesian catalogue of its own.
"""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_WORDS = {
    # Standard buttons
    "OK": "OK",
    "&OK": "&OK",
    "Open": "Buka",
    "&Open": "&Buka",
    "Save": "Simpan",
    "&Save": "&Simpan",
    "Save All": "Simpan Semua",
    "Cancel": "Batal",
    "&Cancel": "&Batal",
    "Close": "Tutup",
    "&Close": "&Tutup",
    "Discard": "Jangan Simpan",
    "Don't Save": "Jangan Simpan",
    "Close without Saving": "Tutup Tanpa Menyimpan",
    "Apply": "Terapkan",
    "Reset": "Atur Ulang",
    "Restore Defaults": "Kembalikan Bawaan",
    "Help": "Bantuan",
    "&Yes": "&Ya",
    "Yes": "Ya",
    "&No": "&Tidak",
    "No": "Tidak",
    "Yes to &All": "Ya untuk &Semua",
    "N&o to All": "T&idak untuk Semua",
    "Abort": "Hentikan",
    "Retry": "Coba Lagi",
    "Ignore": "Abaikan",
    "Show Details...": "Tampilkan Rincian…",
    "Hide Details...": "Sembunyikan Rincian…",
    # Menus of text fields
    "&Undo": "&Urungkan",
    "&Redo": "U&langi",
    "Cu&t": "Po&tong",
    "&Copy": "&Salin",
    "Copy &Link Location": "Salin A&lamat Tautan",
    "&Paste": "&Tempel",
    "Delete": "Hapus",
    "&Delete": "&Hapus",
    "Select All": "Pilih Semua",
    "&Step up": "&Naik",
    "Step &down": "&Turun",
    # Choosing files
    "Look in:": "Cari di:",
    "&Look in:": "&Cari di:",
    "Directory:": "Folder:",
    "File &name:": "&Nama berkas:",
    "Files of type:": "Jenis berkas:",
    "Files of &type:": "&Jenis berkas:",
    "&Choose": "&Pilih",
    "Back": "Kembali",
    "Go back": "Kembali",
    "Forward": "Maju",
    "Go forward": "Maju",
    "Parent Directory": "Folder Induk",
    "Go to the parent directory": "Ke folder induk",
    "Create New Folder": "Buat Folder Baru",
    "Create a New Folder": "Buat folder baru",
    "List View": "Tampilan Daftar",
    "Change to list view mode": "Tampilkan sebagai daftar",
    "Detail View": "Tampilan Rinci",
    "Change to detail view mode": "Tampilkan dengan rincian",
    "&Rename": "&Ganti Nama",
    "Show &hidden files": "Tampilkan berkas &tersembunyi",
    "&New Folder": "Folder &Baru",
    "New Folder": "Folder Baru",
    "Remove": "Hapus",
    "Computer": "Komputer",
    "My Computer": "Komputer",
    "All Files (*)": "Semua Berkas (*)",
    "Find Directory": "Cari Folder",
    "Save As": "Simpan Sebagai",
    "Name": "Nama",
    "Size": "Ukuran",
    "Kind": "Jenis",
    "Type": "Jenis",
    "Date Modified": "Diubah",
    "Recent Places": "Tempat Terakhir",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti berkas itu?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nBerkas tidak ditemukan.\nPeriksa lagi nama berkasnya."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nFolder tidak ditemukan.\nPeriksa lagi nama foldernya."
    ),
    # Printing
    "Print": "Cetak",
    "&Print": "&Cetak",
    "Printer": "Printer",
    "&Name:": "&Nama:",
    "P&roperties": "P&engaturan",
    "Location:": "Lokasi:",
    "Preview": "Pratinjau",
    "Type:": "Jenis:",
    "Output &file:": "&Berkas hasil:",
    "Copies": "Rangkap",
    "Copies:": "Rangkap:",
    "Print range": "Halaman yang dicetak",
    "Print all": "Semua",
    "Pages from": "Halaman",
    "to": "sampai",
    "Pages": "Halaman",
    "Selection": "Pilihan",
    "Current Page": "Halaman ini",
    "Output Settings": "Hasil Cetak",
    "Color Mode": "Warna",
    "Color": "Berwarna",
    "Grayscale": "Hitam putih",
    "Duplex Printing": "Cetak bolak-balik",
    "None": "Tidak",
    "Long side": "Sisi panjang",
    "Short side": "Sisi pendek",
    "Collate": "Urutkan per rangkap",
    "Reverse": "Dari belakang",
    "Options": "Pilihan",
    "Paper": "Kertas",
    "Page size:": "Ukuran kertas:",
    "Width:": "Lebar:",
    "Height:": "Tinggi:",
    "Paper source:": "Sumber kertas:",
    "Orientation": "Arah kertas",
    "Portrait": "Tegak",
    "Landscape": "Mendatar",
    "Margins": "Batas tepi",
    "Custom": "Lain",
}


_KEYS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
"""The arrow keys bear no word."""


class IndonesianQt(QTranslator):
    """Answers for Qt's own words; what it does not know stays English."""

    def isEmpty(self) -> bool:
        """Qt skips a translator that says it is empty."""
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the Indonesian words, None for what is not known here."""
        return (_KEYS if context == "QShortcut" else _WORDS).get(text)
