"""A private redis-server, and as much of its protocol as is needed to look into it."""

import pathlib
import shutil
import socket

from bench.child import Child

START_LIMIT_S = 20


class RedisServer(Child):
    """With the settings the service asks for (those of docker/redis/redis.conf); on a Unix socket, no port."""

    def __init__(self, directory: pathlib.Path, sockets: pathlib.Path, fsync: str):
        self.socket_path = sockets / "redis.sock"
        data = directory / "redis"
        data.mkdir()
        settings = {
            "dir": str(data), "port": "0", "unixsocket": str(self.socket_path), "unixsocketperm": "700", "save": "",
            "appendonly": "yes", "appendfsync": fsync, "no-appendfsync-on-rewrite": "no",
            # More than usual: the queues are not drained while some measurements run.
            "maxmemory": "2gb", "maxmemory-policy": "noeviction",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        super().__init__("redis-server", [shutil.which("redis-server") or "redis-server", *options], directory)
        self._connection: socket.socket | None = None
        self.wait_until(self._answers, START_LIMIT_S, "no answer")

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"unix://{self.socket_path}"

    def _answers(self) -> bool:
        try:
            return self.call("PING") == "PONG"
        except OSError:
            self._connection = None
            return False

    def call(self, *words: str | int) -> object:
        """Sends one command. Replies come as str, int, None or lists of them; an error raises."""
        if self._connection is None:
            self._connection = socket.socket(socket.AF_UNIX)
            self._connection.settimeout(30)
            self._connection.connect(str(self.socket_path))
            self._input = self._connection.makefile("rb")
        parts = [str(word).encode() for word in words]
        self._connection.sendall(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(p), p) for p in parts))
        return self._reply()

    def _reply(self) -> object:
        line = self._input.readline().rstrip(b"\r\n").decode()
        kind, rest = line[:1], line[1:]
        if kind == "+":
            return rest
        if kind == ":":
            return int(rest)
        if kind == "$":
            return None if rest == "-1" else self._input.read(int(rest) + 2)[:-2].decode(errors="replace")
        if kind == "*":
            return None if rest == "-1" else [self._reply() for _ in range(int(rest))]
        raise OSError(f"redis-server: {line or 'the connection was closed'}")

    def number(self, *words: str | int) -> int:
        """The reply as a number; nothing there is 0."""
        return int(str(self.call(*words) or 0))

    def info(self, section: str, field: str) -> int:
        """A number of INFO."""
        for line in str(self.call("INFO", section)).splitlines():
            name, _, value = line.partition(":")
            if name == field:
                return int(value)
        raise OSError(f"redis-server: INFO {section} has no {field}")
