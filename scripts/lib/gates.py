"""Measures the gates of error-ingest-gates and compares them with their limits. Called by scripts/check-gates.

    gates.py [--write] PROGRAM LIMITS CIRCUMSTANCES

Each gate runs under callgrind and by itself: N iterations that are not counted, so that everything is as it stays, then 2 N that are. The
start of the program is in neither count. Exit status 3: a gate is above its limit.
"""

import concurrent.futures
import math
import os
import re
import subprocess
import sys

# Instructions: what differs between machines of one kind. Allocations have none: they repeat.
SPARE = 1.03
# A figure further below its limit than this lets the limit be tightened.
LOOSE = 0.9
RUN_LIMIT_S = 120
# The function of Benchmarks/CAllocationCount around the counted iterations.
COUNTED = "ei_repeat"
HEADER = """\
# What one iteration of a gate may take at most: scripts/check-gates measures it, docs/performance.md explains it.
# Written by scripts/check-gates --write: instructions as measured and 3 % more, allocations as measured.
# measured with: {circumstances}
# name\tinstructions\tallocations
"""


class Unmeasured(Exception):
    """What stands in the way, for people."""


class Bench:
    def __init__(self, program):
        self.program = program
        # The same in each run: no seeds of hash tables, and nothing of the caller's.
        self.environment = {"SWIFT_DETERMINISTIC_HASHING": "1", "PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
        if "LD_LIBRARY_PATH" in os.environ:
            self.environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]

    def call(self, *command):
        try:
            done = subprocess.run(
                command, env=self.environment, capture_output=True, text=True, timeout=RUN_LIMIT_S, check=False
            )
        except subprocess.TimeoutExpired:
            raise Unmeasured(f"{' '.join(command)}: no end after {RUN_LIMIT_S} s") from None
        if done.returncode != 0:
            raise Unmeasured(f"{' '.join(command)}: {done.stderr.strip() or done.returncode}")
        return done

    def gates(self):
        """(name, iterations) of each gate."""
        lines = self.call(self.program, "list").stdout.splitlines()
        return [(name, int(iterations)) for name, iterations, _ in (line.split("\t", 2) for line in lines)]

    def run(self, name, iterations, *more):
        return "run", name, "--warm-up", str(iterations), "--iterations", str(2 * iterations), *more

    def instructions(self, name, iterations):
        # Without the vDSO a clock is a system call, in which nothing is counted.
        said = self.call(
            "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--toggle-collect={COUNTED}",
            self.program, *self.run(name, iterations),
        ).stderr
        found = re.search(r"Collected : (\d+)", said)
        if not found or found[1] == "0":
            raise Unmeasured(f"callgrind does not say what it collected for {name}: {said.strip()}")
        return int(found[1]) / (2 * iterations)

    def allocations(self, name, iterations):
        counts = self.call(self.program, *self.run(name, iterations, "--allocations")).stdout.split()
        return [int(count) / (2 * iterations) for count in counts]

    def measure(self, gate):
        """(name, instructions, allocations, frees), each of one iteration."""
        allocations, frees = self.allocations(*gate)
        return gate[0], self.instructions(*gate), allocations, frees


def read_limits(path):
    """{name: (instructions, allocations)}, and the circumstances they were measured in."""
    limits, circumstances = {}, ""
    try:
        with open(path, encoding="utf-8") as file:
            for line in file.read().splitlines():
                if line.startswith("# measured with: "):
                    circumstances = line.removeprefix("# measured with: ")
                elif line.strip() and not line.startswith("#"):
                    name, instructions, allocations = line.split("\t")
                    limits[name] = (int(instructions), float(allocations))
    except FileNotFoundError:
        pass
    return limits, circumstances


def write_limits(path, results, circumstances):
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER.format(circumstances=circumstances))
        for name, instructions, allocations, _ in results:
            file.write(f"{name}\t{math.ceil(instructions * SPARE)}\t{rounded(allocations):g}\n")


def rounded(allocations):
    """Up to the next hundredth: tables that double now and then leave a fraction."""
    return math.ceil(round(allocations * 100, 6)) / 100


def verdict(name, instructions, allocations, limits):
    """What is to be said of a gate, and whether it is above a limit."""
    if name not in limits:
        return "has no limit", True
    over = [
        kind
        for kind, measured, limit in zip(("instructions", "allocations"), (instructions, rounded(allocations)), limits[name])
        if measured > limit
    ]
    if over:
        return "too many " + " and ".join(over), True
    if instructions < LOOSE * limits[name][0] or rounded(allocations) < LOOSE * limits[name][1]:
        return "can be tightened", False
    return "", False


def share(measured, limit):
    return f"{100 * measured / limit:.0f} %" if limit else "-" if measured else "100 %"


def show(results, limits):
    """Prints the table; the names of the gates above a limit."""
    row = "    {:<20} {:>12} {:>12} {:>6}   {:>9} {:>9} {:>9}   {}"
    print(row.format("one iteration", "instructions", "limit", "", "mallocs", "limit", "not freed", ""))
    failed = []
    for name, instructions, allocations, frees in results:
        limit = limits.get(name, (0, 0))
        word, is_over = verdict(name, instructions, allocations, limits)
        if is_over:
            failed.append(name)
        print(
            row.format(
                name, f"{instructions:,.0f}", f"{limit[0]:,}", share(instructions, limit[0]),
                f"{allocations:.2f}".rstrip("0").rstrip("."), f"{limit[1]:g}",
                f"{allocations - frees:.2f}".rstrip("0").rstrip("."), word,
            ).rstrip()
        )
    return failed


def main(arguments):
    writes = arguments[:1] == ["--write"]
    program, path, circumstances = arguments[1:] if writes else arguments
    bench = Bench(program)
    limits, before = read_limits(path)
    try:
        gates = bench.gates()
        # What is counted does not depend on what else runs.
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            results = list(pool.map(bench.measure, gates))
    except Unmeasured as problem:
        print(problem, file=sys.stderr)
        return 1
    if writes:
        write_limits(path, results, circumstances)
        limits, before = read_limits(path)
    failed = show(results, limits)
    for name in limits.keys() - {name for name, _ in gates}:
        print(f"    {name} has a limit, but there is no such gate: take its line out of {path}")
        failed.append(name)
    if not before:
        print(f"    {path} does not say what its limits were measured with; scripts/check-gates --write does")
        return 3
    if before.split(",")[0] != circumstances.split(",")[0]:
        print(f"    not judged: the limits are for {before}, and this is {circumstances}")
        return 0
    if failed and before != circumstances:
        print(f"    the limits were measured with {before}, these figures with {circumstances}")
    return 3 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
