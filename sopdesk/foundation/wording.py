"""One catalogue words every message, for the command line and the window alike.

A message in code is English text, or a code (`fault.file_missing`, `finding.no_start`) that both
languages word. The catalogue is gettext's, in `resources/locale`; Indonesian is the default.
"""

from __future__ import annotations

import gettext
from functools import cache
from typing import TYPE_CHECKING, Literal

from sopdesk.foundation.resources import resource
from sopdesk.foundation.visible import visible

if TYPE_CHECKING:
    from sopdesk.foundation.faults import UserError

Language = Literal["id", "en"]


class _Interface:
    language: Language = "id"


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    folder = str(resource("locale"))
    return gettext.translation("sopdesk", folder, [language], fallback=True)


def use_language(language: Language) -> None:
    """Word everything from now on in this language, for the whole process."""
    _Interface.language = language


def current_language() -> Language:
    """Return the language in use."""
    return _Interface.language


def tr(message: str, **facts: object) -> str:
    """Return the message in the language in use, its `{placeholders}` filled with the facts."""
    worded = _catalogue(_Interface.language).gettext(message)
    return worded.format(**facts) if facts else worded


def word_fault(fault: UserError) -> str:
    """Return the plain sentence for a fault: what happened, what is safe, what to do.

    Its facts may come from a file of others, which must not turn the sentence round.
    """
    facts = {
        name: visible(fact) if isinstance(fact, str) else fact for name, fact in fault.facts.items()
    }
    return tr(f"fault.{fault.code}", **facts)
