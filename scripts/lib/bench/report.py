"""The table at the end, and the JSON file."""

import datetime
import json
import os
import pathlib
import platform

from bench import accounting
from bench.accepting import KINDS
from bench.figures import rounded
from bench.options import Options
from bench.results import Limit, Results

_COLUMNS = (
    ("requests/s", 11), ("items/s", 10), ("bare/s", 9), ("of bare", 8), ("µs service", 11), ("Redis", 7),
    ("MariaDB", 8), ("p50 ms", 8), ("p99", 7), ("p99.9", 7), ("MB", 6), ("Redis MB/M", 11), ("MariaDB MB/M", 13),
)


def _text(value: object, digits: int) -> str:
    return f"{value:,.{digits}f}" if isinstance(value, int | float) else "–"


def _accepting(figures: dict) -> list[str]:
    found = [(kind.title, figures[kind.name]) for kind in KINDS if kind.name in figures]
    if not found:
        return []
    lines = [" " * 38 + "".join(f"{name:>{width}}" for name, width in _COLUMNS)]
    for title, figure in found:
        service, cpu = figure["service"], figure["service"]["cpu_us_per_item"]
        stored = service["stored_mb_per_million_items"]
        cells = (
            _text(service["requests_per_second"], 0), _text(service["items_per_second"], 0),
            _text(figure["bare"]["requests_per_second"], 0), _text(figure["ratios_to_bare"]["items_to_requests"], 2),
            _text(cpu["service"], 1), _text(cpu["redis"], 1), _text(cpu["mariadb"], 1), _text(service["p50_ms"], 2),
            _text(service["p99_ms"], 2), _text(service["p999_ms"], 2), _text(service["resident_mb"], 0),
            _text(stored["redis"], 0), _text(stored["mariadb"], 0),
        )
        lines.append(f"{title:<38}" + "".join(
            f"{cell:>{width}}" for cell, (_, width) in zip(cells, _COLUMNS, strict=True)))
    for name in ("bare", "nginx"):
        figure = figures.get("hot", {}).get(name)
        if figure:
            lines.append(
                f"{name}, one hot error: {_text(figure['requests_per_second'], 0)} requests/s, "
                f"{_text(figure['cpu_us_per_item'][name], 1)} µs CPU a request, p50 {_text(figure['p50_ms'], 2)} ms, "
                f"p99 {_text(figure['p99_ms'], 2)} ms, {_text(figure['resident_mb'], 0)} MB")
    return lines


def _others(figures: dict) -> list[str]:
    lines = []
    for queue in ("errors", "events"):
        drain = figures.get(f"drain-{queue}")
        if drain:
            cpu = drain["cpu_us_per_record"]
            lines.append(
                f"backlog of {queue}: {_text(drain['records_per_second'], 0)}/s; plain inserts "
                f"{_text(drain['plain_per_second'], 0)}/s (all tables {_text(drain['plain_all_per_second'], 0)}/s); "
                f"µs a record: service {_text(cpu['service'], 0)}, Redis {_text(cpu['redis'], 0)}, "
                f"MariaDB {_text(cpu['mariadb'], 0)}")
    for size, figure in figures.get("windows", {}).items():
        lines.append(
            f"{int(size):,} errors in a window: {_text(figure['requests_per_second'], 0)} requests/s, "
            f"{_text(figure['records'], 0)} records in {_text(figure['jobs'], 0)} jobs queued, "
            f"{_text(figure['redis_input_bytes'], 0)} bytes to Redis a request")
    for known, figure in figures.get("sync", {}).items():
        if known.isdigit():
            lines.append(
                f"sync, {int(known):,} known: {_text(figure['milliseconds'], 1)} ms, "
                f"{_text(figure['rows_changed'], 0)} rows changed")
    startup = figures.get("startup")
    if startup:
        lines.append(
            f"start: {_text(startup['seconds'], 2)} s (the first one {_text(startup['first_start_seconds'], 1)} s); "
            + ", ".join(f"{name} {_text(value, 0)} MB" for name, value in startup["idle_mb"].items()))
    return lines


def _limit(limit: Limit) -> str:
    word = {True: "met", False: "NOT MET", None: "not measured"}[limit.is_met]
    sign = "≤" if limit.at_most else "≥"
    unit = f" {limit.unit}" if limit.unit else ""
    bound = f"{sign} {limit.bound:g}{unit}"
    return f"{limit.text:<75}{_text(limit.value, 2):>9}{unit:<4}{bound:<10}{word}"


def show(results: Results) -> None:
    """Prints all there is."""
    print()
    for lines in (_accepting(results.figures), _others(results.figures)):
        if lines:
            print("\n".join(lines) + "\n")
    for limit in results.limits:
        print(_limit(limit))
    for problem in results.problems:
        print(f"PROBLEM: {problem}")


def _machine(results: Results, options: Options) -> dict[str, object]:
    cpu = [
        line.partition(":")[2].strip()
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
    ]
    return {
        "cores": os.cpu_count(),
        "processor": cpu[0] if cpu else platform.machine(),
        "kernel": platform.release(),
        "filesystem": accounting.filesystem(options.directory),
        "load_average_before": results.load_before,
    }


def write(results: Results, options: Options) -> None:
    """Writes the JSON file."""
    asked = {
        name: getattr(options, name)
        for name in ("only", "rounds", "seconds", "loops", "connections", "backlog", "known", "fsync")
    }
    document = {
        "ended": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": _machine(results, options),
        "options": asked,
        "figures": results.figures,
        "limits": [
            {"text": limit.text, "value": limit.value, "unit": limit.unit, "met": limit.is_met,
             "at_most" if limit.at_most else "at_least": limit.bound}
            for limit in results.limits
        ],
        "problems": results.problems,
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(rounded(document), indent=2, ensure_ascii=False) + "\n")
