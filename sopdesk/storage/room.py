"""Whether the disk takes no more; of a quota or a limit SQLite only says that writing failed."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from sopdesk.document.ids import new_id
from sopdesk.foundation.atomic import FULL
from sopdesk.storage.savelock import lock_path

if TYPE_CHECKING:
    from pathlib import Path

_SAVE_BYTES = 2**20
"""What a save may need: its journal, and what the file grows by."""


def is_used_up(path: Path) -> bool:
    """Say whether what a save writes finds no room beside a file, or no file may grow so long.

    It is tried by a file that is removed at once; where that fails otherwise, nobody knows.
    """
    lock = lock_path(path)
    probe = lock.with_name(f"{lock.name}-{new_id()}")
    try:
        end = os.stat(path).st_size + _SAVE_BYTES
        with open(probe, "xb") as stream:
            stream.write(bytes(_SAVE_BYTES))
            stream.seek(end)
            stream.write(b"\0")
            stream.flush()
            os.fsync(stream.fileno())  # a share tells of a quota only now
    except OSError as error:
        return error.errno in FULL
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()
    return False
