from __future__ import annotations

from dataclasses import replace

from sopdesk.document.office import Office, office_over

BASE = Office(lines=("PEMERINTAH KOTA CONTOH",), city="Contoh")


def test_settings_of_two_are_put_together_setting_by_setting() -> None:
    mine = replace(BASE, lines=("DINAS",), sheet=replace(BASE.sheet, paper="a4"))
    theirs = replace(BASE, city="Kota Lain", sheet=replace(BASE.sheet, font="serif"))
    merged = office_over(theirs, BASE, mine)
    assert (merged.lines, merged.city) == (("DINAS",), "Kota Lain")
    assert (merged.sheet.paper, merged.sheet.font) == ("a4", "serif")


def test_what_both_have_changed_is_mine() -> None:
    mine, theirs = replace(BASE, city="Milik saya"), replace(BASE, city="Milik mereka")
    assert office_over(theirs, BASE, mine) == mine
    assert office_over(theirs, BASE, BASE) == theirs
