"""The options of a run."""

import argparse
import dataclasses
import os
import pathlib

SCENARIOS = (
    "startup", "hot", "forty", "distinct", "batch", "event", "events", "drain-errors", "drain-events", "sync",
    "windows",
)
# As the service takes them unless EVENT_LOOPS says otherwise.
DEFAULT_LOOPS = min(os.cpu_count() or 1, 4)


@dataclasses.dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    only: tuple[str, ...]
    rounds: int
    seconds: int
    loops: int
    connections: int
    backlog: int
    known: int
    fsync: str
    binary: pathlib.Path
    yardsticks: pathlib.Path
    directory: pathlib.Path
    json: pathlib.Path

    def wants(self, scenario: str) -> bool:
        """Whether a scenario was asked for."""
        return scenario in self.only


def _within(least: int, most: int):
    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"must be from {least} to {most}")
        return number

    return parse


def parse(arguments: list[str]) -> Options:
    """Options from the command line; ends the program when there is something wrong with them."""
    parser = argparse.ArgumentParser(prog="scripts/bench", allow_abbrev=False)
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, default=SCENARIOS, metavar="NAME")
    parser.add_argument("--rounds", type=_within(1, 100), default=5)
    parser.add_argument("--seconds", type=_within(1, 600), default=3)
    parser.add_argument("--loops", type=_within(1, 64), default=DEFAULT_LOOPS)
    parser.add_argument("--connections", type=_within(1, 10_000), default=64)
    parser.add_argument("--backlog", type=_within(1_000, 3_000_000), default=90_000)
    parser.add_argument("--known", type=_within(10_000, 10_000_000), default=1_000_000)
    parser.add_argument("--fsync", choices=("always", "everysec"), default="always")
    parser.add_argument("--binary", type=pathlib.Path, default=pathlib.Path(".build/release/error-ingest"))
    parser.add_argument(
        "--yardsticks", type=pathlib.Path, default=pathlib.Path(".build/release/error-ingest-yardsticks"))
    parser.add_argument("--directory", type=pathlib.Path, default=pathlib.Path(".build"))
    parser.add_argument("--json", type=pathlib.Path, default=pathlib.Path(".build/bench.json"))
    chosen = parser.parse_args(arguments)
    chosen.only = tuple(name for name in SCENARIOS if name in chosen.only)
    for name in ("binary", "yardsticks"):
        path = getattr(chosen, name).resolve()
        if not os.access(path, os.X_OK):
            parser.error(f"there is no program {path}: leave --no-build out")
        setattr(chosen, name, path)
    return Options(**vars(chosen))
