"""What the rounds of accepting come to: medians, ratios, limits."""

import collections.abc
import dataclasses

from bench.accepting import KINDS, Accepting, AcceptingRun, Sample
from bench.figures import median, median_ratio
from bench.world import World

_PLAIN = ("requests_per_second", "items_per_second", "p50_ms", "p99_ms", "p999_ms", "resident_mb")
# A byte an item is a megabyte a million of them.
_BY_PROCESS = {
    "cpu_us": "cpu_us_per_item",
    "stored_bytes": "stored_mb_per_million_items",
    "written_bytes": "written_mb_per_million_items",
}
Value = collections.abc.Callable[[Sample], float]


def summary(samples: dict[str, list[Sample]]) -> dict[str, object]:
    """Medians of each target, and ratios of the service to the bare server in the same round."""

    def medians(some: list[Sample]) -> dict[str, object]:
        found: dict[str, object] = {field: median(getattr(sample, field) for sample in some) for field in _PLAIN}
        for field, name in _BY_PROCESS.items():
            found[name] = {
                process: median(getattr(sample, field)[process] for sample in some)
                for process in getattr(some[0], field)
            }
        found["peak_mb"] = max(sample.peak_mb for sample in some)
        return found

    result: dict[str, object] = {name: medians(some) for name, some in samples.items() if some}
    ones, others = samples["service"], samples["bare"]

    def ratio(one: Value, other: Value | None = None) -> float | None:
        return median_ratio(map(one, ones), map(other or one, others))

    result["ratios_to_bare"] = {
        "requests": ratio(lambda sample: sample.requests_per_second),
        "items_to_requests": ratio(
            lambda sample: sample.items_per_second, lambda sample: sample.requests_per_second),
        "cpu": ratio(lambda sample: sample.cpu_us["service"], lambda sample: sample.cpu_us["bare"]),
        "p50": ratio(lambda sample: sample.p50_ms),
        "p99": ratio(lambda sample: sample.p99_ms),
        "p999": ratio(lambda sample: sample.p999_ms),
    }
    result["rounds"] = [dataclasses.asdict(sample) for some in samples.values() for sample in some]
    return result


def measure(world: World) -> None:
    """All kinds that were asked for, and their limits."""
    measured = False
    for kind in KINDS:
        if not world.options.wants(kind.name):
            continue
        measured = True
        world.results.say(f"{kind.title} ({kind.state}), beside the bare server")
        found = summary(AcceptingRun(world, kind).run())
        world.results.figures[kind.name] = {"title": kind.title, "state": kind.state} | found
        service, ratios = found["service"], found["ratios_to_bare"]
        world.results.note(
            f"{service['items_per_second']:,.0f} items/s, {ratios['items_to_requests']:.2f} of the bare server's "
            f"requests/s; {service['cpu_us_per_item']['service']:.1f} µs CPU an item")
        _add_limits(world, kind, found)
    if measured:
        add_peak(world)


def _add_limits(world: World, kind: Accepting, found: dict) -> None:
    results, ratios = world.results, found["ratios_to_bare"]
    match kind.name:
        case "hot":
            results.at_least("one hot error: requests/s, of the bare server's", ratios["requests"], 0.60)
            results.at_most("one hot error: CPU a request, times the bare server's", ratios["cpu"], 1.4)
            results.at_most("one hot error: p99, times the bare server's", ratios["p99"], 3)
            results.at_most(
                "one hot error: CPU of Redis a request", found["service"]["cpu_us_per_item"]["redis"], 20, "µs")
        case "distinct":
            results.at_least("all distinct: requests/s, of the bare server's", ratios["requests"], 0.40)
        case "batch":
            results.at_least("batches: errors/s, times the bare server's requests/s", ratios["items_to_requests"], 4)
        case "events":
            results.at_least("events: events/s, times the bare server's requests/s", ratios["items_to_requests"], 4)


def add_peak(world: World) -> None:
    """The limit of memory over all kinds that were measured."""
    found = [world.results.figures.get(kind.name) for kind in KINDS]
    peaks = [figure["service"]["peak_mb"] for figure in found if figure]
    world.results.at_most("memory: serve's own process, at its largest under these loads", max(peaks), 96, "MB")
