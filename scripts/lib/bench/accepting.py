"""How fast requests are taken, beside the bare server in the same minutes."""

import contextlib
import dataclasses

from bench import accounting, load
from bench.load import Load, LoadResult
from bench.service import Service
from bench.world import World

HOT = Load("errors", "/errors/log", (1,))
FORTY = Load("errors", "/errors/log", (40,))
DISTINCT = Load("errors", "/errors/log", (3_200_000,))
BATCH = Load("error_batches", "/errors/batch", (100, 40), 100)
EVENT = Load("events", "/event", (1,))
EVENTS = Load("events", "/events", (100,), 100)


@dataclasses.dataclass(frozen=True)
class Accepting:
    """One kind of request, and what stands beside it."""

    name: str
    title: str
    # What the service holds meanwhile.
    state: str
    load: Load
    # What the bare server and nginx get.
    bare_load: Load = HOT
    # What is queued grows with the load: each round begins with empty stores.
    grows: bool = False
    seconds: int | None = None
    path: str = "errors"


GROWS = "the queue grows from nothing"
KINDS = (
    Accepting("hot", "POST /errors/log, one hot error", "1 fingerprint", HOT),
    Accepting("forty", "POST /errors/log, 40 errors", "40 fingerprints", FORTY, FORTY),
    Accepting(
        "distinct", "POST /errors/log, all distinct", f"{GROWS}, a fingerprint a report", DISTINCT, DISTINCT,
        grows=True, seconds=4),
    Accepting("batch", "POST /errors/batch of 100, 40 errors", "40 fingerprints", BATCH),
    Accepting("event", "POST /event", GROWS, EVENT, EVENT, grows=True, path="events"),
    Accepting("events", "POST /events of 100", GROWS, EVENTS, grows=True, path="events"),
)


@dataclasses.dataclass
class Sample:
    """One target in one round. CPU in microseconds an item, bytes an item."""

    target: str
    round: int
    requests: int
    requests_per_second: float
    items_per_second: float
    p50_ms: float
    p99_ms: float
    p999_ms: float
    cpu_us: dict[str, float]
    stored_bytes: dict[str, float | None]
    written_bytes: dict[str, float | None]
    resident_mb: float
    peak_mb: float


class AcceptingRun:
    """All rounds of one kind."""

    def __init__(self, world: World, kind: Accepting):
        self.world = world
        self.kind = kind
        self.samples: dict[str, list[Sample]] = {"service": [], "bare": [], "nginx": []}
        self._service: Service | None = None

    def run(self) -> dict[str, list[Sample]]:
        """A fixed number of rounds, in each of them every target once, in turning order."""
        world = self.world
        targets = ["bare", "service"]
        if self.kind.name == "hot" and world.nginx:
            targets.append("nginx")
        with contextlib.ExitStack() as stack:
            if not self.kind.grows:
                self._service = self._deploy(stack)
            # A first one, not counted, warms up what is there all the time.
            for number in range(1 if self.kind.grows else 0, world.options.rounds + 1):
                turn = number % len(targets)
                for target in targets[turn:] + targets[:turn]:
                    sample = self._measure(target, number)
                    if number > 0:
                        self.samples[target].append(sample)
        return self.samples

    def _deploy(self, stack: contextlib.ExitStack) -> Service:
        database = stack.enter_context(self.world.deployment())
        return stack.enter_context(self.world.start("serve", database))

    def _measure(self, target: str, number: int) -> Sample:
        seconds = 1 if number == 0 else self.kind.seconds or self.world.options.seconds
        self.world.rest(*([self._service.pid] if self._service else []))
        yardsticks = {"bare": self.world.bare, "nginx": self.world.nginx}
        yardstick = yardsticks.get(target)
        if yardstick:
            pids = {target: yardstick.pids}
            return self._sample(target, number, self.kind.bare_load, yardstick.url, pids, seconds)
        if self._service:
            return self._measure_service(self._service, number, seconds)
        with contextlib.ExitStack() as stack:
            return self._measure_service(self._deploy(stack), number, seconds)

    def _measure_service(self, service: Service, number: int, seconds: int) -> Sample:
        def accepted() -> float:
            return service.metrics().total("ingest_total", path=self.kind.path, outcome="accepted")

        before = accepted()
        pids = {"service": [service.pid], "redis": [self.world.redis.pid], "mariadb": [self.world.mariadb.pid]}
        sample = self._sample("service", number, self.kind.load, service.url, pids, seconds)
        counted = accepted() - before
        answered = sample.requests * self.kind.load.items
        # Requests that are under way when wrk ends are accepted and not counted by it; nor are the last answers.
        most = answered + 2 * self.world.options.connections * self.kind.load.items
        if not answered <= counted <= most:
            self.world.results.problem(
                f"{self.kind.name}: {answered} items were answered, and {counted:.0f} accepted")
        return sample

    def _sample(
        self, target: str, number: int, what: Load, url: str, pids: dict[str, list[int]], seconds: int
    ) -> Sample:
        before = {name: accounting.usage(*some) for name, some in pids.items()}
        result = load.run(what, url, seconds, self.world.options.connections)
        used = {name: accounting.usage(*some) - before[name] for name, some in pids.items()}
        self._check(target, result)
        items = max(1, result.requests * what.items)

        def each(value: int | None) -> float | None:
            return None if value is None else value / items

        own = pids[target]
        return Sample(
            target=target,
            round=number,
            requests=result.requests,
            requests_per_second=result.rate,
            items_per_second=result.rate * what.items,
            p50_ms=result.p50 / 1e3,
            p99_ms=result.p99 / 1e3,
            p999_ms=result.p999 / 1e3,
            cpu_us={name: usage.cpu_seconds * 1e6 / items for name, usage in used.items()},
            stored_bytes={name: each(usage.stored_bytes) for name, usage in used.items()},
            written_bytes={name: each(usage.written_bytes) for name, usage in used.items()},
            resident_mb=sum(accounting.resident_bytes(pid) for pid in own) / 1e6,
            peak_mb=max(accounting.peak_bytes(pid) for pid in own) / 1e6,
        )

    def _check(self, target: str, result: LoadResult) -> None:
        if result.errors or result.requests == 0:
            self.world.results.problem(f"{self.kind.name}: {target}: {result.requests} requests, {result.errors}")
