"""See that the machine has what pip cannot bring: Python's `venv`, and the libraries Qt loads.

Run by the Makefile with the machine's own Python, before there is a virtual environment; hence
the standard library only. On Debian, as root, what is missing is installed; anybody else is told
the command. Elsewhere the missing libraries are named and nothing is stopped, since another system
may keep them under names that the loader finds only later.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

VENV = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"

QT_LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
}
"""Debian's package to the library in it: the first six for any Qt, the rest for a window on X."""


def main() -> int:
    """Install or name what is missing; return 0 when setting up can go on."""
    missing = missing_packages()
    if not missing:
        return 0
    if shutil.which("apt-get") is None:
        print("Qt may need: " + " ".join(QT_LIBRARIES.get(name, name) for name in missing))
        return 0
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        print("Missing on this machine: " + " ".join(missing))
        print("Run this once, then try again:")
        print(f"  {_as_root('apt-get update && ' + ' '.join(command))}")
        return 1
    print("Installing " + " ".join(missing))
    return _install(command)


def missing_packages() -> list[str]:
    """Return the Debian packages whose content this machine lacks."""
    missing = [] if importlib.util.find_spec("ensurepip") else [VENV]
    if sys.platform.startswith("linux"):
        missing += [name for name, library in QT_LIBRARIES.items() if not _loads(library)]
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _as_root(command: str) -> str:
    return f"sudo sh -c '{command}'" if shutil.which("sudo") else f"su -c '{command}'"


def _install(command: list[str]) -> int:
    """Run apt-get without a question and without a word, unless it fails.

    A failed update is no failure yet: one source of several may be out of reach.
    """
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update"], env=quiet, capture_output=True, check=False)
    done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stdout + done.stderr, file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
