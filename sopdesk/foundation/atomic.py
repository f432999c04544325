"""Files that are either whole or not there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The errors of a disk, a quota or a file that takes no more."""

ABANDONED_S = 3600
"""So long no write takes: a temporary file that old belongs to a process that was killed."""


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target`; move it into place when the block ends well.

    The target is replaced in one step, after the content has reached the disk; of a link, the file
    that it leads to. When the block raises, the target is as it was and the temporary file is gone;
    what a killed process left is cleared away by the next that writes the same target.

    Raises:
        UserError: `target_folder_missing`, `target_unwritable` (what has that name is no file, as a
            folder or a device, or nothing can be written there), `target_in_use` (another program
            holds it, as Excel does), `disk_full`.
    """
    target = _place_of(Path(target))
    prefix = f".{target.stem[:40]}-"
    _clear_abandoned(target.parent, prefix, target.suffix)
    try:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=target.suffix, dir=target.parent)
    except OSError as error:
        raise _fault(error, target) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        _reach_disk(temporary)
        os.chmod(temporary, _mode_of(target))
        os.replace(temporary, target)
    except OSError as error:
        raise _fault(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _place_of(target: Path) -> Path:
    """Return where the target's file stands or may stand: a link leads there."""
    place = Path(os.path.realpath(target)) if os.path.islink(target) else target
    try:
        is_free = stat.S_ISREG(place.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not os.path.isdir(place.parent):
            folder = str(place.parent)
            raise UserError("target_folder_missing", path=str(target), folder=folder) from error
        return place
    except (OSError, ValueError) as error:  # No name that the system takes, or a circle of links.
        raise UserError("target_unwritable", path=str(target)) from error
    if not is_free:
        raise UserError("target_unwritable", path=str(target))
    return place


def _clear_abandoned(folder: Path, prefix: str, suffix: str) -> None:
    """Remove temporary files of the same target that nobody has written to for an hour."""
    named = re.compile(rf"{re.escape(prefix)}[a-z0-9_]{{8}}{re.escape(suffix)}")
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if named.fullmatch(path.name) and time.time() - path.stat().st_mtime > ABANDONED_S:
                path.unlink()


def _reach_disk(path: Path) -> None:
    with open(path, "rb+") as stream:
        os.fsync(stream.fileno())


def _mode_of(target: Path) -> int:
    """Keep an existing file's permissions; give a new one those that the user's mask grants."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _fault(error: OSError, target: Path) -> UserError:
    if error.errno in FULL:
        return UserError("disk_full", path=str(target))
    if isinstance(error, PermissionError) and target.exists() and os.name == "nt":
        return UserError("target_in_use", path=str(target))
    return UserError("target_unwritable", path=str(target))
