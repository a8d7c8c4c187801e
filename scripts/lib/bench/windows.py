"""Many errors active in one window: no cliff in what is accepted, and no more queued than each error once."""

import dataclasses

from bench import load
from bench.figures import median, median_ratio
from bench.load import Load
from bench.world import World

SIZES = (4_000, 6_000, 50_000, 100_000)
# A window with more than this many is sealed, and every error in the next one is queued again.
WINDOW_FINGERPRINTS = 80_000
ROUNDS = 2
# Until each error has come three times, when at least so many are taken in a second.
TIMES = 3
LEAST_RATE = 8_000
LEAST_SECONDS = 8


@dataclasses.dataclass
class WindowSample:
    """One run: errors one after the other, again and again."""

    errors: int
    requests: int
    requests_per_second: float
    # What was queued: entries of the stream, records in them, and their bytes.
    jobs: int
    records: int
    bytes: int
    # What Redis was sent altogether, a request.
    redis_input_bytes: float
    # First reports of an error in a window: what must be queued.
    first_reports: int


def measure(world: World) -> None:
    """All sizes in turning order. With the API alone: what is queued stays and can be counted."""
    if not world.options.wants("windows"):
        return
    results = world.results
    results.say("4,000 to 100,000 errors in one window")
    samples: dict[int, list[WindowSample]] = {size: [] for size in SIZES}
    for number in range(min(ROUNDS, world.options.rounds)):
        turn = number % len(SIZES)
        for size in SIZES[turn:] + SIZES[:turn]:
            samples[size].append(_run(world, size))
    figures = {}
    for size, some in samples.items():
        figures[str(size)] = {
            field: median(getattr(sample, field) for sample in some)
            for field in ("requests", "requests_per_second", "jobs", "records", "bytes", "redis_input_bytes")
        } | {"records_per_first_report": median(sample.records / sample.first_reports for sample in some)}
        figures[str(size)]["rounds"] = [dataclasses.asdict(sample) for sample in some]
    results.figures["windows"] = figures

    def step(size: int, before: int) -> float | None:
        return median_ratio(
            (sample.requests_per_second for sample in samples[size]),
            (sample.requests_per_second for sample in samples[before]))

    results.at_least("6,000 errors in a window: requests/s, of those with 4,000", step(6_000, 4_000), 0.85)
    results.at_least("50,000 errors in a window: requests/s, of those with 6,000", step(50_000, 6_000), 0.7)
    results.at_least("100,000 errors in a window: requests/s, of those with 50,000", step(100_000, 50_000), 0.7)

    def queued_per_error(size: int) -> float:
        return median(sample.records / min(size, sample.requests) for sample in samples[size])

    results.at_most(
        "100,000 errors in a window: records queued for each, times those with 50,000",
        queued_per_error(100_000) / queued_per_error(50_000), 1.5)
    results.at_most(
        "errors in a window: records queued for each first report, at most",
        max(figure["records_per_first_report"] for figure in figures.values()), 1.05)


def _run(world: World, size: int) -> WindowSample:
    seconds = max(LEAST_SECONDS, TIMES * size // LEAST_RATE)
    with world.deployment() as database, world.start("api", database) as api:
        before = world.redis.info("stats", "total_net_input_bytes")
        result = load.run(Load("errors", "/errors/log", (size,)), api.url, seconds, world.options.connections)
        if result.errors:
            world.results.problem(f"{size} errors in a window: {result.errors}")
        taken = world.redis.info("stats", "total_net_input_bytes") - before
        # Those under way at the end were counted by Redis, and not by wrk.
        accepted = world.redis.number("HGET", "{ei:0}:meta", "accepted")
        sample = WindowSample(
            errors=size,
            requests=result.requests,
            requests_per_second=result.rate,
            jobs=world.redis.number("XLEN", "{ei:0}:queue:errors"),
            records=world.queued("errors"),
            bytes=world.redis.number("HGET", "{ei:0}:meta", "bytes:errors"),
            redis_input_bytes=taken / max(1, accepted),
            first_reports=_first_reports(size, accepted),
        )
    world.results.note(
        f"{size:,} errors: {result.rate:,.0f} requests/s; {sample.records:,} records in {sample.jobs:,} jobs queued, "
        f"{sample.bytes / 1e6:.1f} MB")
    return sample


def _first_reports(size: int, accepted: int) -> int:
    """Errors come one after the other: a window that is sealed before it had all of them never has one twice."""
    return min(size, accepted) if size <= WINDOW_FINGERPRINTS else accepted
