"""How fast a backlog is stored, against plain inserts of the same rows into the same tables."""

import dataclasses
import time

from bench import accounting, event_plan, load
from bench.accepting import DISTINCT
from bench.child import wait_until
from bench.failure import BenchFailure
from bench.figures import median, median_ratio
from bench.load import Load
from bench.service import post
from bench.world import World
from bench.yardsticks import plain_inserts

DRAIN_LIMIT_S = 600
BUILD_LIMIT_S = 300
ROUNDS = 3
EVENTS_A_REQUEST = 100


@dataclasses.dataclass
class DrainSample:
    """One backlog. CPU in microseconds a record, bytes a record."""

    records: int
    records_per_second: float
    plain_per_second: float
    # Every table the worker writes, where the limit is about fewer.
    plain_all_per_second: float | None
    cpu_us: dict[str, float]
    stored_bytes: dict[str, float | None]
    plain: list[dict]


def measure(world: World) -> None:
    """Errors and events, as asked for."""
    rounds = min(ROUNDS, world.options.rounds)
    for queue in ("errors", "events"):
        if not world.options.wants(f"drain-{queue}"):
            continue
        world.results.say(f"a backlog of {world.options.backlog:,} {queue}, against plain inserts")
        samples = [_round(world, queue, number == rounds - 1) for number in range(rounds)]
        ratio = median_ratio(
            (sample.records_per_second for sample in samples), (sample.plain_per_second for sample in samples))
        world.results.figures[f"drain-{queue}"] = {
            "records_per_second": median(sample.records_per_second for sample in samples),
            "plain_per_second": median(sample.plain_per_second for sample in samples),
            "plain_all_per_second": median(sample.plain_all_per_second for sample in samples),
            "ratio": ratio,
            "ratio_all": median(
                sample.records_per_second / sample.plain_all_per_second
                for sample in samples if sample.plain_all_per_second),
            "cpu_us_per_record": {
                name: median(sample.cpu_us[name] for sample in samples) for name in samples[0].cpu_us},
            "stored_mb_per_million_records": {
                name: median(sample.stored_bytes[name] for sample in samples) for name in samples[0].stored_bytes},
            "rounds": [dataclasses.asdict(sample) for sample in samples],
        }
        tables = "errors and error_details" if queue == "errors" else "the five tables of events"
        world.results.at_least(f"backlog of {queue}: drained, of plain inserts into {tables}", ratio, 0.7)


def _round(world: World, queue: str, is_last: bool) -> DrainSample:
    results = world.results
    with world.deployment() as database:
        start_bytes = world.redis.info("memory", "used_memory_dataset")
        with world.start("api", database) as api:
            (_build_errors if queue == "errors" else _build_events)(world, api)
        records = world.queued(queue)
        rate, usage = _drain(world, queue, database, records)
        stored = world.mariadb.number(f"SELECT COUNT(*) FROM {queue}", database)
        if stored != records:
            results.problem(f"backlog of {queue}: {records} records were queued, {stored} rows are stored")
        table_set = "events"
        if queue == "errors":
            if is_last:
                _settle(world, database, start_bytes)
            table_set = "all-error-tables" if is_last else "errors"
        world.rest()
        plain = plain_inserts(world.options.yardsticks, world.mariadb.url(database), table_set)
    two = [part for part in plain["tables"] if part["table"] in ("errors", "error_details")] or plain["tables"]
    sample = DrainSample(
        records=records,
        records_per_second=rate,
        plain_per_second=plain["items"] / sum(part["seconds"] for part in two),
        plain_all_per_second=plain["itemsPerSecond"] if table_set != "errors" else None,
        cpu_us={name: used.cpu_seconds * 1e6 / records for name, used in usage.items()},
        stored_bytes={
            name: None if used.stored_bytes is None else used.stored_bytes / records for name, used in usage.items()},
        plain=plain["tables"],
    )
    results.note(f"{records:,} {queue}: {rate:,.0f}/s; plain inserts {sample.plain_per_second:,.0f}/s")
    return sample


def _build_errors(world: World, api) -> None:
    """By single reports, a second at a time, until there are enough."""
    deadline = time.monotonic() + BUILD_LIMIT_S
    sent = 0
    while world.queued("errors") < world.options.backlog:
        if time.monotonic() > deadline:
            raise BenchFailure(f"the backlog was not built within {BUILD_LIMIT_S} s")
        more = Load(DISTINCT.script, DISTINCT.route, (*DISTINCT.arguments, sent))
        result = load.run(more, api.url, 1, world.options.connections)
        if result.errors:
            raise BenchFailure(f"reports for the backlog were not taken: {result.errors}")
        # And those under way at the end, which were not counted.
        sent += result.requests + 2 * world.options.connections


def _build_events(world: World, api) -> None:
    """In batches over one connection."""
    connection = api.connect()
    for body in event_plan.batches(world.options.backlog, EVENTS_A_REQUEST):
        post(connection, "/events", body)
    connection.close()


def _drain(world: World, queue: str, database: str, records: int) -> tuple[float, dict[str, accounting.Usage]]:
    """Records a second from the end of the first batches to the last one, and what was used meanwhile."""
    with world.start("worker", database) as worker:
        pids = {"service": worker.pid, "redis": world.redis.pid, "mariadb": world.mariadb.pid}

        def now() -> tuple[float, int, dict[str, accounting.Usage]]:
            usage = {name: accounting.usage(pid) for name, pid in pids.items()}
            return time.monotonic(), world.queued(queue), usage

        # The worker has begun before it said that it is ready.
        begin, left, before = now()
        wait_until(lambda: world.queued(queue) == 0, DRAIN_LIMIT_S, f"the backlog of {queue} is stored", 0.005)
        end, _, after = now()
    if left < records / 2:
        raise BenchFailure("the worker had stored half of the backlog when it said that it is ready")
    share = records / left
    used = {name: after[name] - before[name] for name in pids}
    return left / (end - begin), {
        name: accounting.Usage(
            one.cpu_seconds * share,
            None if one.written_bytes is None else round(one.written_bytes * share),
            None if one.stored_bytes is None else round(one.stored_bytes * share),
        )
        for name, one in used.items()
    }


def _settle(world: World, database: str, start_bytes: int) -> None:
    """Moves the counts, and looks what is left in Redis."""
    accepted = world.redis.number("HGET", "{ei:0}:meta", "accepted")
    with world.start("sync", database, SYNC_INTERVAL_SECONDS="1"):
        wait_until(
            lambda: world.redis.number("HGET", "{ei:0}:meta", "size") == 0
            and world.redis.number("LLEN", "{ei:0}:sealed") == 0,
            DRAIN_LIMIT_S, "the counts are moved", 0.1)
    counted = world.mariadb.number("SELECT SUM(`count`) FROM errors", database)
    if counted != accepted:
        world.results.problem(f"{accepted} reports were accepted, {counted} are counted")
    left = (world.redis.info("memory", "used_memory_dataset") - start_bytes) / 1e6
    world.results.figures["redis_left_mb"] = left
    world.results.at_most("memory: data in Redis after the drain, over that at the start", left, 1, "MB")
