"""Other processes for a test: forked from this one, which is warm, so that many can be had."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
import warnings
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

NOBODY = 65534

Result = TypeVar("Result")


class Child(Generic[Result]):
    """A function at work in another process; what it returns or raises comes back by `result`."""

    def __init__(self, function: Callable[..., Result], *args: object) -> None:
        self._reading, writing = os.pipe()
        with warnings.catch_warnings():
            # Newer Pythons warn of threads at a fork; the child here only runs the function.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reading)
            _run(function, args, writing)
        os.close(writing)

    def result(self) -> Result:
        """Wait for the end and return what the function returned."""
        with open(self._reading, "rb") as stream:
            told = stream.read()
        os.waitpid(self.pid, 0)
        assert told, "the child ended without a word"
        value, failure = pickle.loads(told)
        assert failure is None, failure
        return cast("Result", value)

    def failure(self) -> str:
        """Wait for the end and return what went wrong: its error, or how it died."""
        with open(self._reading, "rb") as stream:
            told = stream.read()
        _, status = os.waitpid(self.pid, 0)
        return str(pickle.loads(told)[1]) if told else f"died with status {status}"

    def kill(self) -> None:
        """End the process as a power cut would, and wait until it has gone."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._reading)


def _run(function: Callable[..., Any], args: tuple[object, ...], writing: int) -> None:
    failure = value = None
    try:
        value = function(*args)
    except BaseException:
        failure = traceback.format_exc()
    with open(writing, "wb") as stream:
        stream.write(pickle.dumps((value, failure)))
    os._exit(0)


def in_child(function: Callable[..., Result], *args: object) -> Result:
    """Run a function in another process and return what it returns."""
    return Child(function, *args).result()


def as_nobody(function: Callable[..., Result], *args: object) -> Result:
    """Run a function as a user whom file permissions bind, which they do not bind root."""
    return in_child(_drop_and_run, function, *args)


def _drop_and_run(function: Callable[..., Result], *args: object) -> Result:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return function(*args)
