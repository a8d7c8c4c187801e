"""The servers of a run, and fresh deployments on them."""

import contextlib
import pathlib
import time

from bench import accounting, service
from bench.mariadb import MariaDBServer
from bench.options import Options
from bench.redis import RedisServer
from bench.results import Results
from bench.service import Service
from bench.yardsticks import BareServer, NginxServer, find_nginx

# No measurement is to end at the limits of a queue: how they refuse is tested elsewhere.
QUEUE_MAX_DEPTH = "10000000"
QUEUE_MAX_BYTES = "1500000000"
# What the servers do of their own accord after a load is not to fall into the next measurement: less than this share of a core.
REST_SHARE = 0.05
REST_S = 0.5
REST_LIMIT_S = 15


class World:
    """One redis-server and one mariadbd, both private; the yardsticks; directories. All of it ends with the stack."""

    def __init__(self, options: Options, results: Results, directory: pathlib.Path):
        self.options = options
        self.results = results
        self.directory = directory

    def start_servers(self, stack: contextlib.ExitStack, sockets: pathlib.Path) -> None:
        """Apart from making this: what shares memory with other servers seems smaller than it is."""
        options, directory = self.options, self.directory
        self.redis = stack.enter_context(RedisServer(directory, sockets, options.fsync))
        self.mariadb = stack.enter_context(MariaDBServer(directory, sockets))
        self.bare = stack.enter_context(BareServer(options.yardsticks, directory, options.loops))
        nginx = find_nginx()
        self.nginx = stack.enter_context(NginxServer(nginx, directory, options.loops)) if nginx else None

    def rest(self, *others: int) -> None:
        """Waits until the servers and these processes do nothing, a bounded time."""
        pids = [self.redis.pid, self.mariadb.pid, *others]

        def used() -> float:
            return sum(accounting.cpu_seconds(pid) for pid in pids)

        deadline = time.monotonic() + REST_LIMIT_S
        while time.monotonic() < deadline:
            before = used()
            time.sleep(REST_S)
            if used() - before < REST_SHARE * REST_S:
                return
        self.results.note(f"the servers did not come to rest within {REST_LIMIT_S} s")

    def settings(self, database: str, **others: str) -> dict[str, str]:
        """Configuration of the service on these servers."""
        return {
            "REDIS_URL": self.redis.url,
            "MYSQL_URL": self.mariadb.url(database),
            "EVENT_LOOPS": str(self.options.loops),
            "QUEUE_MAX_DEPTH": QUEUE_MAX_DEPTH,
            "QUEUE_MAX_BYTES": QUEUE_MAX_BYTES,
        } | others

    @contextlib.contextmanager
    def deployment(self):
        """An empty database with its tables and an empty Redis; gives the name of the database, and drops it."""
        database = self.mariadb.fresh_database()
        self.redis.call("FLUSHALL")
        try:
            service.migrate(self.options.binary, self.settings(database))
            yield database
        finally:
            self.mariadb.drop_database(database)
            self.redis.call("FLUSHALL")

    def start(self, role: str, database: str, **settings: str) -> Service:
        """A process of the service, ready; to be used in a `with` statement."""
        return Service(self.options.binary, role, self.directory, self.settings(database, **settings))

    def queued(self, queue: str, namespace: str = "ei") -> int:
        """Records that wait in a queue or are being stored."""
        return self.redis.number("HGET", f"{{{namespace}:0}}:meta", f"records:{queue}")
