"""What a run has found: figures for the JSON file, lines and limits for the table."""

import dataclasses
import math
import os
import sys
import time


@dataclasses.dataclass(frozen=True)
class Limit:
    """A value the issue asks for. A value that is None was not measured."""

    text: str
    value: float | None
    bound: float
    at_most: bool
    unit: str = ""

    @property
    def is_met(self) -> bool | None:
        """None: not measured."""
        if self.value is None or math.isnan(self.value):
            return None
        return self.value <= self.bound if self.at_most else self.value >= self.bound


class Results:
    """Collects; scenarios add to it."""

    def __init__(self) -> None:
        self.figures: dict[str, object] = {}
        self.limits: list[Limit] = []
        self.problems: list[str] = []
        # Of the last minute, before anything of ours ran.
        self.load_before = os.getloadavg()[0]
        self._start = time.monotonic()

    def at_least(self, text: str, value: float | None, bound: float, unit: str = "") -> None:
        """A limit from below."""
        self.limits.append(Limit(text, value, bound, False, unit))

    def at_most(self, text: str, value: float | None, bound: float, unit: str = "") -> None:
        """A limit from above."""
        self.limits.append(Limit(text, value, bound, True, unit))

    def problem(self, text: str) -> None:
        """Something that makes the figures doubtful; the run ends with 1."""
        self.problems.append(text)
        print(f"    PROBLEM: {text}", file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """A line of progress."""
        print(f"==> [{time.monotonic() - self._start:4.0f}s] {text}", flush=True)

    def note(self, text: str) -> None:
        """A detail of the step under way."""
        print(f"    {text}", flush=True)
