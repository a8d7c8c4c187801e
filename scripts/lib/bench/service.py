"""The service, in any of its roles."""

import http.client
import json
import os
import pathlib
import re
import subprocess

from bench.child import Child
from bench.failure import BenchFailure
from bench.metrics import Metrics

START_LIMIT_S = 90
REQUEST_LIMIT_S = 60
_READY = re.compile(r'"message":"ready".*?"port":"(\d+)"|"port":"(\d+)".*?"message":"ready"')
# Any other variable may be a setting of this machine's user, and make it another service.
_INHERITED = ("PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "LD_PRELOAD")


def environment(settings: dict[str, str]) -> dict[str, str]:
    """This process's environment with these settings of the service, and none of its own."""
    inherited = {name: value for name, value in os.environ.items() if name in _INHERITED}
    return inherited | {"HOST": "127.0.0.1", "PORT": "0", "LOG_FORMAT": "json", "LOG_LEVEL": "notice"} | settings


class Service(Child):
    """One process of it, ready."""

    number = 0

    def __init__(self, binary: pathlib.Path, role: str, directory: pathlib.Path, settings: dict[str, str]):
        Service.number += 1
        super().__init__(f"{role}-{Service.number}", [str(binary), role], directory, environment(settings))
        self.port = 0
        self.wait_until(self._is_ready, START_LIMIT_S, "not ready")

    def _is_ready(self) -> bool:
        match = _READY.search(self.text())
        if match:
            self.port = int(match.group(1) or match.group(2))
        return self.port > 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def metrics(self) -> Metrics:
        """What it says of itself now."""
        return Metrics.of(self.url)

    def connect(self) -> http.client.HTTPConnection:
        """A connection that is kept."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=REQUEST_LIMIT_S)


def post(connection: http.client.HTTPConnection, route: str, body: bytes) -> dict[str, object]:
    """Sends one request, and fails unless all of it was accepted."""
    connection.request("POST", route, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        raise BenchFailure(f"POST {route} was answered {answer.status}: {text[:300]}")
    result = json.loads(text)
    if result.get("rejected"):
        raise BenchFailure(f"POST {route} was accepted in part only: {text[:300]}")
    return result


def migrate(binary: pathlib.Path, settings: dict[str, str]) -> None:
    """Makes the tables."""
    result = subprocess.run(
        [str(binary), "migrate"], env=environment(settings), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=START_LIMIT_S)
    if result.returncode != 0:
        raise BenchFailure(f"migrate ended with {result.returncode}: {(result.stdout + result.stderr)[-1000:]}")
