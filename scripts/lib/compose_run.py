"""Runs docker/compose.yaml without containers: its stores with its files, its services with its commands, settings and health
checks, in the order of its dependencies. Then takes a store away and brings it back.

    compose_run.py BINARY

Needs redis-server, mariadbd and PyYAML. Everything lives in a temporary directory and is stopped by process id. To be started
at the top of the repository.
"""

import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from docker_checks import COMPOSE, FOLDER, VARIABLE, compose, image_environment

START_LIMIT_S = 60
CHANGE_LIMIT_S = 20
STOP_LIMIT_S = 30


class Failure(Exception):
    """What is wrong, for people."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(limit_s, what, holds, process=None):
    """Waits until `holds()`; gives up after the limit, or when the process has ended."""
    deadline = time.monotonic() + limit_s
    while not holds():
        if process is not None and process.poll() is not None:
            raise Failure(f"{what}: the process ended with {process.returncode}")
        if time.monotonic() > deadline:
            raise Failure(f"{what}: not within {limit_s} s")
        time.sleep(0.1)


class Run:
    def __init__(self, binary, directory):
        self.binary = pathlib.Path(binary).resolve()
        self.directory = pathlib.Path(directory)
        self.services = compose()["services"]
        # What .env would hold.
        self.variables = {
            name: secrets.token_hex(24)
            for name in ("REDIS_PASSWORD", "MYSQL_PASSWORD", "ADMIN_TOKEN", "INGEST_TOKEN")
        }
        self.ports = {name: free_port() for name in ("redis", "mariadb", "api", "worker", "sync")}
        self.processes = {}

    def substitute(self, text):
        """As compose does it."""
        fallback = lambda match: self.variables.get(match[1], match[3] if match[2] in (":-", "-") else None)

        def value(match):
            found = fallback(match)
            if found is None:
                raise Failure(f"{COMPOSE}: {match[0]} has no value")
            return found

        return VARIABLE.sub(value, str(text))

    def environment(self, name):
        """What the container of a service would have, its neighbours at their ports here."""
        pairs = {key: self.substitute(value) for key, value in self.services[name]["environment"].items()}
        for store, port in (("redis", 6379), ("mariadb", 3306)):
            pairs = {key: value.replace(f"@{store}:{port}", f"@127.0.0.1:{self.ports[store]}") for key, value in pairs.items()}
        if "image" in self.services[name] and self.services[name]["image"].startswith("error-ingest:"):
            pairs = image_environment() | pairs | {"PORT": str(self.ports.get(name, 0))}
        return {"PATH": f"{self.binary.parent}:/usr/local/sbin:/usr/sbin:{os.environ['PATH']}"} | pairs

    def start(self, name, arguments, environment=None):
        log = open(self.directory / f"{name}.log", "ab")
        # Nothing the services need is below their working directory.
        self.processes[name] = subprocess.Popen(
            arguments, env=environment or self.environment(name), cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        return self.processes[name]

    def stop(self, name):
        process = self.processes.pop(name, None)
        if process is None:
            return 0
        process.terminate()
        try:
            return process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Failure(f"{name} did not end within {STOP_LIMIT_S} s of SIGTERM")

    # Stores

    def start_redis(self):
        data = self.directory / "redis"
        data.mkdir(exist_ok=True)
        files = {
            "REDIS_CONFIG": str((FOLDER / "redis/redis.conf").resolve()),
            "REDIS_ACL": str(data / "users.acl"),
            "REDIS_DATA": str(data),
        }
        script = str((FOLDER / "redis/start.sh").resolve())
        process = self.start(
            "redis",
            ["/bin/sh", script, "--port", str(self.ports["redis"]), "--bind", "127.0.0.1"],
            self.environment("redis") | files,
        )
        # The check itself, at the port here.
        check = self.services["redis"]["healthcheck"]["test"]
        command = check[1].replace("redis-cli", f"redis-cli -p {self.ports['redis']}")
        if shutil.which("redis-cli") is None:
            command = f"exec 3<>/dev/tcp/127.0.0.1/{self.ports['redis']}"
        until(
            START_LIMIT_S,
            "redis is healthy",
            lambda: subprocess.run(["bash", "-c", command], capture_output=True, timeout=10).returncode == 0,
            process,
        )

    def mariadb_options(self):
        options = [
            f"--defaults-file={(FOLDER / 'mariadb/error-ingest.cnf').resolve()}",
            f"--datadir={self.directory / 'mariadb'}",
        ]
        return options + (["--user=root"] if os.geteuid() == 0 else [])

    def install_mariadb(self):
        (self.directory / "mariadb").mkdir()
        subprocess.run(
            ["mariadb-install-db", *self.mariadb_options(), "--auth-root-authentication-method=normal", "--skip-test-db"],
            env=self.environment("mariadb"),
            check=True,
            capture_output=True,
            timeout=START_LIMIT_S,
        )
        settings = self.environment("mariadb")
        # What the image does with these settings at its first start.
        (self.directory / "init.sql").write_text(
            f"CREATE DATABASE {settings['MARIADB_DATABASE']};\n"
            f"CREATE USER '{settings['MARIADB_USER']}'@'%' IDENTIFIED BY '{settings['MARIADB_PASSWORD']}';\n"
            f"GRANT ALL ON {settings['MARIADB_DATABASE']}.* TO '{settings['MARIADB_USER']}'@'%';\n"
        )

    def start_mariadb(self, first=False):
        log = self.directory / "mariadb.log"
        seen = log.stat().st_size if log.exists() else 0
        process = self.start(
            "mariadb",
            [
                "mariadbd",
                *self.mariadb_options(),
                f"--socket={self.directory / 'mariadb.sock'}",
                f"--pid-file={self.directory / 'mariadb.pid'}",
                "--bind-address=127.0.0.1",
                f"--port={self.ports['mariadb']}",
                *([f"--init-file={self.directory / 'init.sql'}"] if first else []),
            ],
        )
        until(START_LIMIT_S, "mariadb is ready", lambda: b"ready for connections" in log.read_bytes()[seen:], process)

    # Services

    def run_once(self, name):
        process = self.start(name, [str(self.binary), *self.services[name]["command"]])
        if process.wait(START_LIMIT_S) != 0:
            raise Failure(f"{name} ended with {process.returncode}")
        del self.processes[name]

    def start_service(self, name):
        return self.start(name, [str(self.binary), *self.services[name]["command"]])

    def health(self, name):
        """The exit code of the health check, exactly as compose.yaml has it."""
        kind, *command = self.services[name]["healthcheck"]["test"]
        if kind != "CMD":
            raise Failure(f"{name}: the image has no shell to count on; write CMD")
        limit_s = int(re.fullmatch(r"([0-9]+)s", self.services[name]["healthcheck"]["timeout"])[1])
        return subprocess.run(command, env=self.environment(name), cwd="/", capture_output=True, timeout=limit_s).returncode

    def expect_health(self, names, is_healthy, when):
        for name in names:
            word = "healthy" if is_healthy else "unhealthy"
            until(CHANGE_LIMIT_S, f"{name} is {word} {when}", lambda: (self.health(name) == 0) == is_healthy)

    def ask(self, method, path, token, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['api']}{path}",
            method=method,
            data=body,
            headers={"Authorization": "Bearer " + self.variables[token]} if token else {},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def expect_preloaded(self, name):
        maps = pathlib.Path(f"/proc/{self.processes[name].pid}/maps").read_text()
        installed = any(pathlib.Path("/usr/lib").glob("*/libjemalloc.so.2"))
        if installed and "libjemalloc" not in maps:
            raise Failure(f"{name}: jemalloc is not preloaded")
        return installed

    def whole(self):
        roles = ("api", "worker", "sync")
        for name in roles:
            if self.health(name) == 0:
                raise Failure(f"{name} is healthy before it runs")
        self.install_mariadb()
        self.start_redis()
        self.start_mariadb(first=True)
        self.run_once("migrate")
        for name in roles:
            self.start_service(name)
        self.expect_health(roles, True, "after its start")
        preloaded = self.expect_preloaded("api")

        status, body = self.ask("POST", "/errors/log", "INGEST_TOKEN", b'{"message":"through compose"}')
        if status != 200:
            raise Failure(f"a report was answered {status}: {body[:200]}")
        fingerprint = json.loads(body)["fingerprint"]
        until(CHANGE_LIMIT_S, "the report is stored", lambda: self.ask("GET", f"/errors/{fingerprint}", "ADMIN_TOKEN")[0] == 200)
        for path, token, wanted in (("/errors", None, 401), ("/errors", "INGEST_TOKEN", 401)):
            if self.ask("GET", path, token)[0] != wanted:
                raise Failure(f"GET {path} with {token or 'no token'} was not answered {wanted}")
        state = json.loads(self.ask("GET", "/health", None)[1])
        if state["status"] != "ok":
            raise Failure(f"the stores of compose.yaml are not durable: {state}")

        check = subprocess.run(
            [str(self.binary), "check"],
            env=self.environment("api"),
            cwd="/",
            capture_output=True,
            text=True,
            timeout=START_LIMIT_S,
        )
        if check.returncode != 0:
            raise Failure(f"error-ingest check ended with {check.returncode}:\n{check.stdout}{check.stderr}")

        self.stop("redis")
        self.expect_health(roles, False, "without Redis")
        self.start_redis()
        self.expect_health(roles, True, "with Redis again")
        self.stop("mariadb")
        self.expect_health(("worker", "sync"), False, "without MariaDB")
        self.expect_health(("api",), True, "without MariaDB: it still takes reports")
        self.start_mariadb()
        self.expect_health(roles, True, "with MariaDB again")
        for name in reversed(roles):
            if self.stop(name) != 0:
                raise Failure(f"{name} did not end well")
        allocator = ", with jemalloc" if preloaded else ""
        print(f"    api, worker and sync ran as in compose.yaml{allocator}; check passed, health followed the stores")

    def stop_all(self):
        for name in list(reversed(self.processes)):
            try:
                self.stop(name)
            except Failure as failure:
                print(failure, file=sys.stderr)


def main(binary):
    with tempfile.TemporaryDirectory() as directory:
        run = Run(binary, directory)
        try:
            run.whole()
        except (Failure, subprocess.SubprocessError) as failure:
            print(failure, file=sys.stderr)
            for log in sorted(run.directory.glob("*.log")):
                lines = log.read_text(errors="replace").splitlines()[-5:]
                print(f"--- {log.name}", *lines, sep="\n", file=sys.stderr)
            return 1
        finally:
            run.stop_all()
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(*sys.argv[1:]))
