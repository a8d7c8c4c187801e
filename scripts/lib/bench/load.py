"""Runs wrk with a script of loadtest/bench."""

import dataclasses
import json
import pathlib
import subprocess

from bench.failure import BenchFailure

FOLDER = pathlib.Path("loadtest/bench")
# Beyond the time a run takes anyway.
GRACE_S = 30
ANSWER_LIMIT_S = 10


@dataclasses.dataclass(frozen=True)
class Load:
    """What is sent: a script, its arguments, the route, and how many items a request has."""

    script: str
    route: str
    arguments: tuple[int, ...] = ()
    items: int = 1


@dataclasses.dataclass(frozen=True)
class LoadResult:
    """What came of it. The times are microseconds, from a request's being sent to the end of its answer."""

    requests: int
    seconds: float
    p50: int
    p99: int
    p999: int
    longest: int
    # What went wrong, by kind; empty when nothing did.
    errors: dict[str, int]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def run(load: Load, url: str, seconds: int, connections: int) -> LoadResult:
    """One thread, as many connections as said; each sends its next request when it has its answer."""
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={ANSWER_LIMIT_S}s", "-s", f"{load.script}.lua",
        url + load.route, "--", *map(str, load.arguments),
    ]
    result = subprocess.run(
        command, cwd=FOLDER, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds + GRACE_S,
        start_new_session=True)
    lines = [line for line in result.stdout.splitlines() if line.startswith("BENCH ")]
    if result.returncode != 0 or not lines:
        raise BenchFailure(f"wrk ended with {result.returncode}: {(result.stdout + result.stderr)[-1000:]}")
    found = json.loads(lines[0].removeprefix("BENCH "))
    kinds = ("connectErrors", "readErrors", "writeErrors", "timeouts", "refused")
    return LoadResult(
        requests=found["requests"],
        seconds=found["microseconds"] / 1e6,
        p50=found["p50"],
        p99=found["p99"],
        p999=found["p999"],
        longest=found["max"],
        errors={kind: found[kind] for kind in kinds if found[kind]},
    )
