"""From start to the first accepted request, and what the service and its embedded servers take in memory then."""

import http.client
import pathlib
import socket
import time

from bench import accounting
from bench.child import Child
from bench.failure import BenchFailure
from bench.figures import median
from bench.service import environment
from bench.world import World

ROUNDS = 3
START_LIMIT_S = 90
SETTLE_S = 2
REPORT = b'{"message":"the first one","type":"StartError","service":"bench"}'


def measure(world: World) -> None:
    """With embedded servers, as `scripts/run` starts it: once to make its directory, then on what is there."""
    if not world.options.wants("startup"):
        return
    results = world.results
    results.say("start with embedded servers, on an existing data directory")
    place = world.directory / "embedded"
    place.mkdir()
    first, _ = _start(world, place, 0)
    samples = [_start(world, place, number) for number in range(1, ROUNDS + 1)]
    seconds = median(sample for sample, _ in samples)
    memory = {name: median(found[name] for _, found in samples) for name in samples[0][1]}
    results.figures["startup"] = {"first_start_seconds": first, "seconds": seconds, "idle_mb": memory}
    results.note(f"{seconds:.2f} s; idle: " + ", ".join(f"{name} {value:.1f} MB" for name, value in memory.items()))
    results.at_most("start on an existing data directory to the first accepted request", seconds, 3, "s")
    results.at_most("memory: serve's own process, idle", memory["service_resident"], 40, "MB")
    results.at_most("memory: service, Redis and MariaDB together after start", memory["together"], 250, "MB")


def _start(world: World, place: pathlib.Path, number: int) -> tuple[float, dict[str, float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"DATA_DIR": str(place / "data"), "PORT": str(port), "EVENT_LOOPS": str(world.options.loops)}
    begin = time.monotonic()
    service = Child(f"embedded-{number}", [str(world.options.binary), "serve"], place, environment(settings))
    with service:
        service.wait_until(lambda: _is_taken(port), START_LIMIT_S, "took no report")
        seconds = time.monotonic() - begin
        time.sleep(SETTLE_S)
        return seconds, _memory(service.pid)


def _is_taken(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("POST", "/errors/log", REPORT)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _memory(pid: int) -> dict[str, float]:
    """Megabytes: proportional shares, which add up, and resident memory of the service's own process."""
    found = {"service_resident": accounting.resident_bytes(pid) / 1e6}
    names = {"redis-server": "redis", "mariadbd": "mariadb"}
    processes = {"service": pid} | {
        names[accounting.program(child)]: child
        for child in accounting.children(pid) if accounting.program(child) in names
    }
    if len(processes) != 3:
        raise BenchFailure(f"serve has not these three processes: {processes}")
    for name, process in processes.items():
        found[name] = accounting.proportional_bytes(process) / 1e6
    found["together"] = sum(found[name] for name in processes)
    return found
