"""A table of results; and the verdict on them.

    table.py RESULT...
    table.py --compare LIMIT NAME RESULT... -- RESULT...   the service's results, and those of the constant server NAME

Exits with 1 when a limit is crossed, sums differ, or there is no result.
"""

import json
import pathlib
import statistics
import sys

COLUMNS = ("scenario", "requests", "requests/s", "failed", "p50 ms", "p95 ms", "p99 ms", "acknowledged", "unknown", "stored", "verdict")

# From the second tenth of a soak to its last one, memory may grow by this factor. A shorter soak says nothing.
MEMORY_FACTOR = 1.05
SOAK_SECONDS = 600


def load(path):
    try:
        return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def memory(path):
    """Resident MB of the service's own process: second tenth of a run, last tenth, the most; None when nobody watched."""
    try:
        samples = [int(line) / 1024 for line in pathlib.Path(path).with_suffix(".memory").read_text().split()]
    except FileNotFoundError:
        return None
    tenth = len(samples) // 10
    if tenth == 0:
        return None
    return statistics.median(samples[tenth : 2 * tenth]), statistics.median(samples[-tenth:]), max(samples)


def verdict(path, result):
    problems = []
    megabytes = memory(path)
    if megabytes and result["scenario"] == "soak" and result["seconds"] >= SOAK_SECONDS:
        if megabytes[1] > megabytes[0] * MEMORY_FACTOR:
            problems.append("memory grows")
    if result["crossed"]:
        problems.append("over the limit: " + ", ".join(result["crossed"]))
    if result["acknowledged"] == 0:
        problems.append("nothing was taken")
    if not result.get("agrees"):
        problems.append("SUMS DIFFER")
    return "; ".join(problems) or "ok"


def cells(path):
    result = load(path)
    if result is None:
        return [pathlib.Path(path).stem] + ["-"] * (len(COLUMNS) - 2) + ["NO RESULT"]
    milliseconds = (result.get(name) for name in ("p50_ms", "p95_ms", "p99_ms"))
    return [
        pathlib.Path(path).stem,
        str(result["requests"]),
        f"{result['requests'] / result['seconds']:.0f}",
        str(result["requests_failed"]),
        *("-" if value is None else f"{value:.1f}" for value in milliseconds),
        str(result["acknowledged"]),
        str(result["sent"] - result["acknowledged"] - result["refused"]),
        str(result.get("stored_items", "-")),
        verdict(path, result),
    ]


def show(rows):
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    for row in rows:
        # Words to the left, figures to the right.
        texts = [
            text.ljust(width) if index in (0, len(row) - 1) else text.rjust(width)
            for index, (text, width) in enumerate(zip(row, widths))
        ]
        print("    " + "  ".join(texts).rstrip())


def results(paths):
    rows = [cells(path) for path in paths]
    show([list(COLUMNS), *rows])
    for path in paths:
        megabytes = memory(path)
        if megabytes:
            early, late, most = (f"{value:.1f} MB" for value in megabytes)
            print(f"    memory of the service's own process, {pathlib.Path(path).stem}: {early} in the second tenth, {late} in the last, {most} at most")
    return all(row[-1] == "ok" for row in rows)


def compare(limit, name, service_paths, constant_paths):
    """What counts is what was completed, not how fast: k6 takes most of the processor, so its limits are not looked at."""
    service, constant = ([load(path) for path in paths] for paths in (service_paths, constant_paths))
    pairs = list(zip(service, constant))
    if len(service) != len(constant) or not pairs or any(None in pair for pair in pairs):
        print("    a round has no result", file=sys.stderr)
        return False
    rows = [["round", "service", name, "ratio", "p95 ms", f"p95 ms of {name}"]]
    for number, (ours, theirs) in enumerate(pairs, start=1):
        rows.append([str(number), *completed(ours, theirs), f"{ours['p95_ms']:.1f}", f"{theirs['p95_ms']:.1f}"])
    total = [sum(result["acknowledged"] for result in column) for column in (service, constant)]
    rows.append(["all", str(total[0]), str(total[1]), f"{total[0] / max(1, total[1]):.3f}", "", ""])
    show(rows)
    failures = sum(result["requests_failed"] for result in service + constant)
    differ = [result["run"] for result in service if not result.get("agrees")]
    reached = total[0] >= limit * total[1] and total[1] > 0
    print(f"    ratio {total[0] / max(1, total[1]):.3f} (at least {limit}), failures {failures} (none), sums {'DIFFER' if differ else 'agree'}")
    return reached and failures == 0 and not differ


def completed(ours, theirs):
    return str(ours["acknowledged"]), str(theirs["acknowledged"]), f"{ours['acknowledged'] / max(1, theirs['acknowledged']):.3f}"


def main(arguments):
    if arguments[:1] == ["--compare"] and "--" in arguments:
        limit, name, rest = float(arguments[1]), arguments[2], arguments[3:]
        middle = rest.index("--")
        return 0 if compare(limit, name, rest[:middle], rest[middle + 1 :]) else 1
    if not arguments:
        sys.exit(__doc__)
    return 0 if results(arguments) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
