"""Runs the scenarios. To be started by scripts/bench, at the top of the repository."""

import contextlib
import pathlib
import shutil
import signal
import sys
import tempfile

from bench import accepted, drain, options, report, startup, sync, windows
from bench.failure import BenchFailure
from bench.results import Results
from bench.world import World

# Load average of a machine that has other things to do.
BUSY = 0.5


def _interrupt(*_: object) -> None:
    # Once: what cleans up is not to be interrupted again.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _run(asked: options.Options, results: Results) -> None:
    with contextlib.ExitStack() as stack:

        def folder(**where: pathlib.Path) -> pathlib.Path:
            made = pathlib.Path(tempfile.mkdtemp(prefix="bench-", **where)).resolve()
            stack.callback(shutil.rmtree, made, ignore_errors=True)
            return made

        asked.directory.mkdir(parents=True, exist_ok=True)
        # The paths of sockets are short (unix(7)), and what they lead to is on the disk that is to be measured.
        world = World(asked, results, folder(dir=asked.directory))
        startup.measure(world)
        world.start_servers(stack, folder())
        for measure in (accepted.measure, drain.measure, sync.measure, windows.measure):
            measure(world)


def main(arguments: list[str]) -> int:
    """0: all was measured, whether limits are met or not; 1: something went wrong; 130: interrupted."""
    asked = options.parse(arguments)
    results = Results()
    if results.load_before > BUSY:
        results.note(f"the machine is busy (load average {results.load_before:.1f}): the figures will be poor")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        _run(asked, results)
    except BenchFailure as failure:
        results.problem(str(failure))
    except Exception as failure:  # What was measured until now is still told.
        results.problem(f"{type(failure).__name__}: {failure}")
    except KeyboardInterrupt:
        print("\nended before everything was measured", file=sys.stderr)
        return 130
    report.show(results)
    report.write(results, asked)
    print(f"\nall figures: {asked.json}")
    return 1 if results.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
