"""When something was, in words: the product's own, never the system's."""

from __future__ import annotations

from datetime import datetime

from sopdesk.foundation.wording import tr


def moment_word(at: datetime, now: datetime | None = None) -> str:
    """Return a time with its day as the clerk's clock has it, e.g. `hari ini pukul 09.14`.

    `at` is aware of its zone; `now` is the time to speak from, the present by default.
    """
    here = at.astimezone()
    today = (now or datetime.now()).astimezone().date()
    days = (today - here.date()).days
    if days == 0:
        return tr("today at {time}", time=time_word(at))
    if days == 1:
        return tr("yesterday at {time}", time=time_word(at))
    return tr("{date} at {time}", date=day_word(at), time=time_word(at))


def day_word(at: datetime) -> str:
    """Return the day as the clerk's calendar has it, e.g. `9 Mei 2026`."""
    here = at.astimezone()
    months = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return f"{here.day} {months[here.month - 1]} {here.year}"


def time_word(at: datetime) -> str:
    """Return the time of day as the clerk's clock has it, e.g. `09.14`."""
    here = at.astimezone()
    return f"{here.hour:02d}.{here.minute:02d}"
