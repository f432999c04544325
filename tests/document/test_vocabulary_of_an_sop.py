"""What an SOP offers to others that are typed: its texts by topic, and who signs it."""

from __future__ import annotations

from sopdesk.document.edits import new_sop, replace_procedure
from sopdesk.document.values import Approval, Closing, Identity, Lane, Procedure, Sop, Step
from sopdesk.document.vocabulary import TOPICS, used_in


def test_each_topic_has_its_texts_as_often_as_they_stand_there() -> None:
    steps = (Step(activity="Paraf", outputs=("Surat",)), Step(activity="Paraf"), Step())
    table = Procedure(lanes=(Lane(name="Staf"), Lane()), steps=steps)
    sop = replace_procedure(new_sop("Surat"), 0, table)
    texts = used_in(sop).texts
    assert tuple(texts) == TOPICS
    assert texts["activity"] == ("Paraf", "Paraf")
    assert (texts["lanes"], texts["outputs"], texts["requirements"]) == (("Staf",), ("Surat",), ())


def test_the_lists_of_the_identity_are_topics_too() -> None:
    sop = Sop(identity=Identity(title="Surat", legal_basis=("UU 25/2009",), equipment=("ATK",)))
    texts = used_in(sop).texts
    assert texts["legal_basis"] == ("UU 25/2009",)
    assert texts["equipment"] == ("ATK",)


def test_both_signatures_name_officials_and_their_positions() -> None:
    approval = Approval(("a.n. WALIKOTA", "Sekretaris Daerah"), "Nama Satu", "Pembina", "1")
    closing = Closing("Contoh, 2024", ("Kepala Bagian",), "Nama Dua", "Penata", "2")
    used = used_in(Sop(identity=Identity(approved_by=approval), closing=closing))
    assert used.texts["position"] == ("a.n. WALIKOTA", "Sekretaris Daerah", "Kepala Bagian")
    assert used.texts["rank"] == ("Pembina", "Penata")
    assert used.officials == (approval, Approval(("Kepala Bagian",), "Nama Dua", "Penata", "2"))


def test_a_signature_without_a_name_is_no_official() -> None:
    used = used_in(Sop(identity=Identity(approved_by=Approval(("Kepala Bagian",)))))
    assert used.officials == ()
    assert used.texts["position"] == ("Kepala Bagian",)
