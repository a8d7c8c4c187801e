"""What a sync of 1,000 errors costs when few and when many are known."""

import contextlib
import http.client
import json
import time

from bench import service
from bench.child import wait_until
from bench.failure import BenchFailure
from bench.figures import median, median_ratio
from bench.service import Service, post
from bench.world import World

ACTIVE = 1_000
FEW = 10_000
ROUNDS = 10
SYNC_LIMIT_S = 30
MOVED = "sync_fingerprints_sum"
TABLES = "'errors', 'error_series', 'sync_ledger'"


def seed_statements(count: int) -> list[str]:
    """Errors of the last 300 days, in no order that means anything, each with two hours of its series."""

    def draw(position: int) -> str:
        return f"(CONV(SUBSTR(x, {position}, 6), 16, 10) / 16777216)"

    last_seen = f"NOW(3) - INTERVAL FLOOR(25920000 * {draw(1)}) SECOND"
    numbered = f"(SELECT seq, SHA2(seq, 256) x FROM seq_1_to_{count}) numbered"
    # Hours since 1970, below the 90 days for which they are kept; start_at is in minutes.
    hour = f"(FLOOR(UNIX_TIMESTAMP() / 3600) - 1 - FLOOR(1900 * {draw(7)}))"
    return [
        "SET SESSION unique_checks = 0, foreign_key_checks = 0, sort_buffer_size = 67108864",
        f"""INSERT INTO errors (fingerprint, project, project_key, status, service_key, level_key, environment_key,
            word_bits_low, word_bits_high, `count`, first_seen_at, last_seen_at)
            SELECT UNHEX(x), CONCAT('project-', seq % 20), CRC32(CONCAT('project-', seq % 20)), 'unresolved',
              CRC32(CONCAT('service-', seq % 200)), CRC32('error'), CRC32('production'),
              CONV(SUBSTR(x, 13, 15), 16, 10), CONV(SUBSTR(x, 28, 15), 16, 10),
              1 + FLOOR(100 * {draw(43)}), {last_seen} - INTERVAL 1 DAY, {last_seen}
            FROM {numbered} ORDER BY x""",
        f"""INSERT INTO error_series (fingerprint, width_seconds, start_at, `count`)
            SELECT UNHEX(x), 3600, 60 * ({hour} - back), 1 FROM {numbered}, (SELECT 0 back UNION SELECT 3) backs
            ORDER BY x, back DESC""",
        "ANALYZE TABLE errors, error_series",
    ]


class Known:
    """A deployment that knows so many errors."""

    def __init__(self, world: World, stack: contextlib.ExitStack, count: int):
        self.count = count
        self.database = world.mariadb.fresh_database()
        stack.callback(world.mariadb.drop_database, self.database)
        self._world = world
        self._namespace = f"known{count}"
        settings = {"REDIS_NAMESPACE": self._namespace, "SYNC_INTERVAL_SECONDS": "1"}
        service.migrate(world.options.binary, world.settings(self.database, **settings))
        start = time.monotonic()
        world.mariadb.rows(";\n".join(seed_statements(count)), self.database)
        world.results.note(f"{count:,} errors made known in {time.monotonic() - start:.0f} s")
        self.service: Service = stack.enter_context(world.start("serve", self.database, **settings))
        self._connection: http.client.HTTPConnection = self.service.connect()
        self.milliseconds: list[float] = []
        self.rows_changed: list[int] = []

    def round(self, body: bytes, counts: bool) -> None:
        """Sends one report of each active error and waits until they are in the totals."""
        changed = self._rows_changed()
        before = self.service.metrics()
        post(self._connection, "/errors/batch", body)
        # Asking Redis costs nearly nothing, a scrape does.
        wait_until(self._is_moved, SYNC_LIMIT_S, f"{ACTIVE} errors are moved")
        deadline = time.monotonic() + SYNC_LIMIT_S
        while (after := self.service.metrics()).total(MOVED) == before.total(MOVED):
            if time.monotonic() > deadline:
                raise BenchFailure("the service does not say that it has moved anything")
            time.sleep(0.02)
        moved = after.total(MOVED) - before.total(MOVED)
        if moved != ACTIVE:
            raise BenchFailure(f"{moved:.0f} errors were moved, and not {ACTIVE} at once")
        passes = after.total("sync_duration_seconds_count") - before.total("sync_duration_seconds_count")
        seconds = after.total("sync_duration_seconds_sum") - before.total("sync_duration_seconds_sum")
        if passes > 1:
            # An empty one, in about a millisecond, between the first scrape and the report.
            self._world.results.note(f"{passes:.0f} passes in one sample of the sync")
        if counts:
            self.milliseconds.append(seconds * 1e3)
            self.rows_changed.append(self._rows_changed() - changed)

    def _is_moved(self) -> bool:
        def key(name: str) -> str:
            return f"{{{self._namespace}:0}}:{name}"

        redis = self._world.redis
        return redis.number("HGET", key("meta"), "size") == 0 and redis.number("LLEN", key("sealed")) == 0

    def _rows_changed(self) -> int:
        return self._world.mariadb.number(
            f"""SELECT CAST(COALESCE(SUM(ROWS_CHANGED), 0) AS SIGNED) FROM information_schema.TABLE_STATISTICS
                WHERE TABLE_SCHEMA = '{self.database}' AND TABLE_NAME IN ({TABLES})""")


def _body() -> bytes:
    alphabet = "ghijklmnopqrstuvwxyz"
    reports = [
        {
            "type": f"{alphabet[n % 20]}{alphabet[n // 20 % 20]}{alphabet[n // 400]}Error",
            "message": f"order of {alphabet[n % 20]}{alphabet[n // 20 % 20]}{alphabet[n // 400]} could not be paid",
            "service": "checkout", "environment": "production", "level": "error",
        }
        for n in range(ACTIVE)
    ]
    return json.dumps(reports).encode()


def measure(world: World) -> None:
    """Both, in turn."""
    if not world.options.wants("sync"):
        return
    results, many = world.results, world.options.known
    results.say(f"sync of {ACTIVE:,} errors, {FEW:,} and {many:,} known")
    body = _body()
    with contextlib.ExitStack() as stack:
        stack.callback(world.redis.call, "FLUSHALL")
        few, all_known = Known(world, stack, FEW), Known(world, stack, many)
        # In the first one the active errors become known themselves; the second one warms up.
        for number in range(ROUNDS + 2):
            for known in (few, all_known) if number % 2 == 0 else (all_known, few):
                known.round(body, counts=number >= 2)
    ratio = median_ratio(all_known.milliseconds, few.milliseconds)
    results.figures["sync"] = {
        str(known.count): {
            "milliseconds": median(known.milliseconds),
            "rows_changed": median(known.rows_changed),
            "rounds": known.milliseconds,
        }
        for known in (few, all_known)
    } | {"active": ACTIVE, "ratio": ratio}
    results.at_most(f"sync: with {many:,} known errors, times that with {FEW:,}", ratio, 1.5)
    results.at_most(f"sync: with {many:,} known errors", median(all_known.milliseconds), 100, "ms")
