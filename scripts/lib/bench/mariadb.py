"""A private mariadbd, and its command-line client to look into it."""

import os
import pathlib
import shutil
import subprocess

from bench.child import Child
from bench.failure import BenchFailure

INSTALL_LIMIT_S = 120
START_LIMIT_S = 60
STATEMENT_LIMIT_S = 600


def _program(*names: str) -> str:
    # Servers live in sbin, which an ordinary user's PATH leaves out.
    path = os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
    for name in names:
        found = shutil.which(name, path=path)
        if found:
            return found
    raise BenchFailure(f"there is no {names[0]}")


class MariaDBServer(Child):
    """Durable, on a Unix socket, with the sizes docs/operations.md asks for with a million errors.

    Counts the rows that are changed in each table (userstat).
    """

    def __init__(self, directory: pathlib.Path, sockets: pathlib.Path):
        self.socket_path = sockets / "mariadb.sock"
        self._directory = directory
        self._databases = 0
        data, temporary = directory / "mariadb", directory / "mariadb-tmp"
        temporary.mkdir()
        user = ["--user=root"] if os.geteuid() == 0 else []
        shared = [f"--datadir={data}", f"--tmpdir={temporary}", "--innodb-log-file-size=1G", *user]
        self._install(shared)
        options = [
            *shared, f"--socket={self.socket_path}", "--skip-networking", f"--pid-file={directory}/mariadbd.pid",
            "--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=1G", "--innodb-doublewrite=1",
            "--performance-schema=OFF", "--query-cache-type=OFF", "--query-cache-size=0", "--max-allowed-packet=16M",
            "--max-connections=128", "--character-set-server=utf8mb4", "--skip-name-resolve", "--skip-log-bin",
            "--userstat=1", "--log-warnings=1",
        ]
        super().__init__("mariadbd", [_program("mariadbd", "mysqld"), "--no-defaults", *options], directory)
        self.wait_until(self._answers, START_LIMIT_S, "no answer")

    def _install(self, shared: list[str]) -> None:
        log = self._directory / "mariadb-install.log"
        command = [
            _program("mariadb-install-db", "mysql_install_db"), "--no-defaults", *shared,
            "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve",
        ]
        with log.open("wb") as output:
            result = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, timeout=INSTALL_LIMIT_S)
        if result.returncode != 0:
            raise BenchFailure(f"mariadb-install-db ended with {result.returncode}:\n{log.read_text()[-2000:]}")

    def _answers(self) -> bool:
        try:
            return self.rows("SELECT 1") == [["1"]]
        except BenchFailure:
            return False

    def url(self, database: str) -> str:
        """For MYSQL_URL."""
        return f"mysql://root@localhost/{database}?socket={self.socket_path}"

    def rows(self, statement: str, database: str = "") -> list[list[str]]:
        """Runs one statement, or several with semicolons between, and reads what they return."""
        command = [
            _program("mariadb", "mysql"), "--no-defaults", f"--socket={self.socket_path}", "--user=root",
            "--batch", "--skip-column-names", f"--execute={statement}", *([database] if database else []),
        ]
        result = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=STATEMENT_LIMIT_S)
        if result.returncode != 0:
            raise BenchFailure(f"MariaDB: {result.stderr.strip()} in {statement[:200]}")
        return [line.split("\t") for line in result.stdout.splitlines()]

    def number(self, statement: str, database: str = "") -> int:
        """The first value of the first row; NULL and nothing there are 0."""
        rows = self.rows(statement, database)
        return 0 if not rows or rows[0][0] == "NULL" else int(rows[0][0])

    def fresh_database(self) -> str:
        """An empty database with a name of its own."""
        self._databases += 1
        name = f"bench_{self._databases}"
        self.rows(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return name

    def drop_database(self, name: str) -> None:
        """Removes a database with all its tables."""
        self.rows(f"DROP DATABASE IF EXISTS {name}")
