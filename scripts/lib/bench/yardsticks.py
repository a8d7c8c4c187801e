"""What the service is measured against: the bare NIO server, nginx, and plain inserts."""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess

from bench import accounting
from bench.child import Child
from bench.failure import BenchFailure

START_LIMIT_S = 20
INSERTS_LIMIT_S = 900
_READY = re.compile(r"^ready (\d+)$", re.M)
_ANSWER = json.dumps({"status": "queued", "fingerprint": "0" * 64, "eventId": "0" * 36}, separators=(",", ":"))


class BareServer(Child):
    """The bare NIO server of Benchmarks/Yardsticks."""

    def __init__(self, program: pathlib.Path, directory: pathlib.Path, loops: int):
        super().__init__("bare", [str(program), "http", "--port", "0", "--loops", str(loops)], directory)
        self.wait_until(lambda: _READY.search(self.text()) is not None, START_LIMIT_S, "not ready")
        match = _READY.search(self.text())
        self.url = f"http://127.0.0.1:{match.group(1) if match else 0}"

    @property
    def pids(self) -> list[int]:
        """All its processes."""
        return [self.pid]


def find_nginx() -> str | None:
    """nginx, when it is installed."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin")


class NginxServer(Child):
    """nginx with a constant answer and a configuration of its own."""

    def __init__(self, program: str, directory: pathlib.Path, workers: int):
        place = directory / "nginx"
        place.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folders = "".join(
            f"  {kind}_temp_path {place}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        configuration = place / "nginx.conf"
        configuration.write_text(
            f"daemon off;\nworker_processes {workers};\npid {place}/nginx.pid;\nerror_log stderr;\n"
            "events { worker_connections 1024; }\n"
            f"http {{\n  access_log off;\n  default_type application/json;\n{folders}"
            "  keepalive_requests 1000000000;\n  client_body_buffer_size 1m;\n"
            f"  server {{\n    listen 127.0.0.1:{port};\n    location / {{ return 200 '{_ANSWER}'; }}\n  }}\n}}\n")
        command = [program, "-p", str(place), "-e", "stderr", "-c", str(configuration)]
        super().__init__("nginx", command, directory)
        self.url = f"http://127.0.0.1:{port}"
        self.wait_until(lambda: self._listens(port), START_LIMIT_S, "no answer")

    @staticmethod
    def _listens(port: int) -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    @property
    def pids(self) -> list[int]:
        """All its processes."""
        return [self.pid, *accounting.children(self.pid)]


def plain_inserts(program: pathlib.Path, mysql_url: str, table_set: str) -> dict:
    """Inserts the rows of the service's tables again; see `error-ingest-yardsticks inserts --help`."""
    command = [str(program), "inserts", "--mysql", mysql_url, "--table-set", table_set, "--batch", "500"]
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSERTS_LIMIT_S,
        start_new_session=True)
    if result.returncode != 0:
        raise BenchFailure(f"the plain inserts ended with {result.returncode}: {result.stderr.strip()[-1000:]}")
    return json.loads(result.stdout)
