from __future__ import annotations

from dataclasses import replace

import pytest

from sopdesk.document.office import OFFICE_SHEET, PAPERS, Office, PrintCustoms
from sopdesk.document.values import Identity, ListStyle, ListStyles, SheetSettings, Sop
from sopdesk.sheet.look import PAPER_SIZES, look_of

OFFICE = Office()


def test_without_settings_the_office_decides() -> None:
    office = replace(OFFICE, sheet=replace(OFFICE_SHEET, font="serif", size_pt=11.0))
    look = look_of(Sop(), office)
    assert (look.font, look.size_pt, look.paper.name) == ("serif", 11.0, "f4")


def test_the_sop_goes_before_the_office_and_the_order_before_both() -> None:
    sop = Sop(sheet=SheetSettings(paper="a4", size_pt=8.0, number_row=True))
    assert look_of(sop, OFFICE).paper.name == "a4"
    assert look_of(sop, OFFICE).size_pt == 8.0
    assert look_of(sop, OFFICE).number_row
    assert look_of(sop, OFFICE, paper="legal").paper.name == "legal"


@pytest.mark.parametrize("name", PAPERS)
def test_paper_lies_or_stands(name: str) -> None:
    width, height = PAPER_SIZES[name]
    lying = look_of(Sop(), OFFICE, paper=name).paper
    standing = look_of(Sop(), OFFICE, paper=name, orientation="portrait").paper
    assert (lying.width, lying.height) == (height, width)
    assert (standing.width, standing.height) == (width, height)
    assert width < height


def test_letters_and_margins_leave_room_whatever_a_file_says() -> None:
    look = look_of(Sop(sheet=SheetSettings(size_pt=72.0, margins_mm=(150.0,) * 4)), OFFICE)
    assert look.size_pt == 30.0
    assert look.paper.frame.width > 100
    assert look.paper.frame.height > 70


def test_f4_is_as_large_as_indonesia_cuts_it() -> None:
    assert PAPER_SIZES["f4"] == (215.0, 330.0)


def test_a_footer_is_kept_free_below_the_frame() -> None:
    office = replace(OFFICE, customs=PrintCustoms(footer_mm=25.0))
    paper = look_of(Sop(), office).paper
    assert paper.height - paper.frame.bottom == 25.0
    assert look_of(Sop(), OFFICE).paper.margins == OFFICE_SHEET.margins_mm


def test_margins_never_eat_the_frame() -> None:
    sop = Sop(sheet=SheetSettings(margins_mm=(500.0, 500.0, 500.0, 500.0)))
    frame = look_of(sop, OFFICE).paper.frame
    assert frame.width > 50
    assert frame.height > 50


def test_labels_widths_and_list_styles_are_settled_one_by_one() -> None:
    office = replace(
        OFFICE,
        sheet=replace(
            OFFICE_SHEET,
            labels=(("title", "Judul"), ("number", "No. SOP")),
            widths_mm=(("activity", 60.0),),
        ),
    )
    sop = Sop(
        identity=Identity(list_styles=ListStyles(warnings=ListStyle.DASHES)),
        sheet=SheetSettings(labels=(("title", "Nama"),), widths_mm=(("remarks", 20.0),)),
    )
    look = look_of(sop, office)
    assert [look.label(key) for key in ("title", "number", "records")] == [
        "Nama",
        "No. SOP",
        "Pencatatan dan Pendataan",
    ]
    assert look.fixed_width_mm("activity") == 60.0
    assert look.fixed_width_mm("remarks") == 20.0
    assert look.fixed_width_mm("outputs") is None
    assert look.list_style("warnings") is ListStyle.DASHES
    assert look.list_style("legal_basis") is ListStyle.NUMBERS


def test_a_look_can_be_remembered_by_its_value() -> None:
    assert hash(look_of(Sop(), OFFICE)) == hash(look_of(Sop(), OFFICE))


def test_a_sheet_always_has_its_lanes() -> None:
    sheet = SheetSettings(columns=("number", "activity", "outputs"))
    assert look_of(Sop(sheet=sheet), Office()).columns == ("number", "activity", "lanes", "outputs")
    assert look_of(Sop(sheet=SheetSettings(columns=("number",))), Office()).columns[-1] == "lanes"
