"""A clerk finds an SOP by any piece of any of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Approval, Identity, Lane, Procedure, Sop, Step, Symbol

if TYPE_CHECKING:
    from sopdesk.storage.office_file import OfficeFile

MAIL = Sop(
    identity=Identity(
        title="Pengelolaan *Surat* Masuk",
        number="01.02.2019",
        unit=("Sekretariat", "Subbag Umum"),
        legal_basis=("Peraturan Kearsipan",),
        approved_by=Approval(position=("Kepala Dinas",), name="Nama Pejabat"),
    ),
    procedures=(
        Procedure(
            title="Tahap Satu",
            lanes=(Lane("a", "Arsiparis", ("Pelaksana Teknis",)),),
            steps=(
                Step(
                    id="s",
                    activity="Memverifikasi berkas",
                    activity_items=("mencatat nomor",),
                    requirements=("Blangko",),
                    outputs=("Disposisi",),
                    remarks="Lembar kendali",
                    duration="10 menit",
                ),
            ),
            symbols=(Symbol("s", ("a",), text="Setuju?"),),
            notes=("Catatan kaki",),
        ),
    ),
)
OTHER = Sop(
    identity=Identity(title="Surat keluar", number="065/SOP_417/07", records=("Agenda berkas",))
)


@pytest.fixture
def shelf(file: OfficeFile) -> OfficeFile:
    file.add_new([OTHER, MAIL])
    return file


@pytest.mark.parametrize(
    "text",
    [
        "verif", "VERIFIKASI", "memverifikasi berkas", "ik", "u m", "01.02", "surat masuk",
        "masuk surat", "subbag", "kearsipan", "arsiparis", "teknis", "nomor", "blangko",
        "disposisi", "kendali", "10", "setuju?", "kaki", "tahap satu", "kepala dinas", "pejabat",
    ],
)  # fmt: skip
def test_every_text_is_found_by_pieces_of_words(shelf: OfficeFile, text: str) -> None:
    assert MAIL.uuid in shelf.search(text)


@pytest.mark.parametrize("text", ["verifikator", "surat pindah", "*Surat*", "'", '"', "zz", "q"])
def test_what_stands_nowhere_is_not_found(shelf: OfficeFile, text: str) -> None:
    assert shelf.search(text) == []


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_no_word_finds_nothing(shelf: OfficeFile, text: str) -> None:
    assert shelf.search(text) == []


def test_a_word_in_the_title_or_number_counts_before_one_in_the_steps(shelf: OfficeFile) -> None:
    assert shelf.search("berkas") == [OTHER.uuid, MAIL.uuid]
    assert shelf.search("masuk") == [MAIL.uuid]
    assert shelf.search("surat") == [OTHER.uuid, MAIL.uuid]
    assert shelf.search("SOP_417/07") == [OTHER.uuid]

    shelf.add(Sop(identity=Identity(title="Berkas")))

    assert shelf.search("berkas")[1:] == [OTHER.uuid, MAIL.uuid]


def test_the_index_follows_saves_and_deletions(shelf: OfficeFile) -> None:
    shelf.save(Sop(uuid=MAIL.uuid, identity=Identity(title="Cuti")), 1)

    assert shelf.search("verif") == []
    assert shelf.search("cuti") == [MAIL.uuid]

    shelf.delete(MAIL.uuid)

    assert shelf.search("cuti") == []
