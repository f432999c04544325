"""The exchange form: a value as plain JSON data and back, checked against the contract.

`from_form` refuses what breaks the contract with the exact path of the fault, reports unknown keys
and keeps them; `canonical` is the form that equality and hashes are taken over. Knows nothing of
files: reading and writing them belong to intake and output.
"""

from sopdesk.document.form.customs import (
    calendar_from_form,
    calendar_to_form,
    customs_from_form,
    customs_to_form,
    recap_from_form,
    recap_to_form,
)
from sopdesk.document.form.equality import canonical, sha256
from sopdesk.document.form.reading import from_form, office_from_form
from sopdesk.document.form.settings import (
    list_styles_from_form,
    list_styles_to_form,
    settings_from_form,
    settings_to_form,
)
from sopdesk.document.form.writing import office_to_form, to_form

__all__ = [
    "calendar_from_form",
    "calendar_to_form",
    "canonical",
    "customs_from_form",
    "customs_to_form",
    "from_form",
    "list_styles_from_form",
    "list_styles_to_form",
    "office_from_form",
    "office_to_form",
    "recap_from_form",
    "recap_to_form",
    "settings_from_form",
    "settings_to_form",
    "sha256",
    "to_form",
]
