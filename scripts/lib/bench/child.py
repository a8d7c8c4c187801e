"""Processes that this run starts, and ends again by their ids."""

import collections.abc
import ctypes
import os
import pathlib
import signal
import subprocess
import time
import typing

from bench.failure import BenchFailure

Condition = collections.abc.Callable[[], bool]

STOP_LIMIT_S = 60
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _end_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until(condition: Condition, limit_s: float, what: str, pause_s: float = 0.02) -> None:
    """Looks again and again; fails when the condition does not come true within the limit."""
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            raise BenchFailure(f"{what}: not within {limit_s:g} s")
        time.sleep(pause_s)


class Child:
    """One process with its output in a file.

    In a session of its own: Ctrl-C reaches us first, and we end our processes in our order.
    """

    def __init__(
        self, name: str, command: list[str], directory: pathlib.Path, environment: dict[str, str] | None = None
    ):
        self.name = name
        self.log = directory / f"{name}.log"
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def text(self) -> str:
        """All it has said so far."""
        return self.log.read_text(errors="replace")

    def check(self) -> None:
        """Fails, with the end of its log, when it has ended."""
        if self.process.poll() is not None:
            lines = "\n".join(self.text().splitlines()[-15:])
            raise BenchFailure(f"{self.name} has ended with {self.process.returncode}; the end of its log:\n{lines}")

    def wait_until(self, condition: Condition, limit_s: float, what: str) -> None:
        """Waits for a condition as long as the process lives, and ends it when that does not come true."""

        def met() -> bool:
            self.check()
            return condition()

        try:
            wait_until(met, limit_s, f"{self.name}: {what}")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """SIGTERM, and SIGKILL when that does not end it within the limit. Does nothing when it has ended."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                # Its group is its own: start_new_session.
                os.killpg(self.pid, signal.SIGKILL)
                self.process.wait()

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
