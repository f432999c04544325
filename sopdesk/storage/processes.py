"""Which process of which machine this is, and whether another one of this machine still runs."""

from __future__ import annotations

import os
import platform
import sys
from functools import cache
from pathlib import Path


@cache
def this_host() -> str:
    """Return the machine's name."""
    return platform.node()


def started(pid: int) -> str | None:
    """Return a text that names the start of a running process, `""` if none has that number.

    Together with the number it names the process for good: numbers are used again. None where the
    system does not tell.
    """
    if sys.platform == "win32":
        return _started_on_windows(pid)
    return _started_on_linux(pid)


def _started_on_linux(pid: int) -> str | None:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except OSError:
        return None
    # The name in parentheses may hold anything; the 20th field after it is the start, in ticks.
    state, *fields = status.rpartition(")")[2].split()
    return "" if state in "ZX" else f"{boot}/{fields[18]}"


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
    _NO_SUCH_PROCESS = 87  # ERROR_INVALID_PARAMETER
    _STILL_ACTIVE = 259

    def _started_on_windows(pid: int) -> str | None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        process = kernel.OpenProcess(_QUERY, False, pid)
        if not process:
            return "" if ctypes.get_last_error() == _NO_SUCH_PROCESS else None
        handle = wintypes.HANDLE(process)
        try:
            code = wintypes.DWORD()
            times = [wintypes.FILETIME() for _ in range(4)]
            if not kernel.GetExitCodeProcess(handle, ctypes.byref(code)):
                return None
            if code.value != _STILL_ACTIVE:
                return ""
            if not kernel.GetProcessTimes(handle, *(ctypes.byref(time) for time in times)):
                return None
            return f"{times[0].dwHighDateTime}/{times[0].dwLowDateTime}"
        finally:
            kernel.CloseHandle(handle)


def this_process() -> tuple[int, str]:
    """Return this process's number and start; the start is `""` where the system does not tell."""
    pid = os.getpid()
    return pid, started(pid) or ""


def has_ended(host: str, pid: int, start: str) -> bool:
    """Say whether that process was one of this machine and runs no more.

    Of another machine, or where the system does not tell, it counts as running.
    """
    if host != this_host():
        return False
    running = started(pid)
    return running is not None and (not running or (bool(start) and running != start))
