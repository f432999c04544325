"""The office of the open file: read with the list of its SOPs, shown, and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.document.office import Office
    from sopdesk.storage.office_file import Entry, OfficeFile


class OpenOffice:
    """The office that is shown; a nameless one until there is another."""

    def __init__(self) -> None:
        """Begin with none: the values are imported after the window's first frame."""
        self._office: Office | None = None

    @property
    def value(self) -> Office:
        """The office with its settings."""
        if self._office is None:
            self._office = _nameless_office()
        return self._office

    def show(self, office: Office) -> bool:
        """Show this office from now on; say whether it is another."""
        is_other, self._office = office != self._office, office
        return is_other


def read_contents(
    file: OfficeFile | None, on_damage: Callable[[UserError], None]
) -> tuple[Office, Sequence[Entry]]:
    """Return a file's office and the list of its SOPs; a nameless one and none without a file.

    Raises:
        UserError: the file cannot be read; it has been closed.
    """
    if file is None:
        return _nameless_office(), ()
    try:
        return file.office(on_damage), file.entries()
    except UserError:
        file.close()
        raise


def saved_over(office: Office, base: Office) -> Callable[[OfficeFile], bool]:
    """Return what saves an office into a file that still holds `base`.

    What is returned raises a `UserError` where another has saved others meanwhile; theirs stay.
    """

    def save(file: OfficeFile) -> bool:
        damage: list[UserError] = []
        found = file.office(damage.append)
        if damage:  # The clerk has been told, and enters them again.
            file.restore_office(office)
            return True
        if found != base:
            raise UserError("office_conflict", path=str(file.path))
        file.save_office(office)
        return True

    return save


def _nameless_office() -> Office:
    from sopdesk.document.office import Office

    return Office()
