"""What the operating system has counted for processes, from /proc (proc(5))."""

import dataclasses
import os
import pathlib

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def _read(pid: int, name: str) -> str:
    return pathlib.Path(f"/proc/{pid}/{name}").read_text()


def _stat(pid: int) -> list[str]:
    # The program's name is in parentheses and may have spaces.
    return _read(pid, "stat").rpartition(")")[2].split()


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads, and of the children that have ended: Redis rewrites its file in one."""
    fields = _stat(pid)
    return sum(int(field) for field in fields[11:15]) / TICKS_A_SECOND


def _numbers(text: str) -> dict[str, int]:
    pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line)
    return {name: int(value.split()[0]) for name, value in pairs if value.split() and value.split()[0].isdigit()}


def resident_bytes(pid: int) -> int:
    """Resident memory now."""
    return _numbers(_read(pid, "status"))["VmRSS"] * 1024


def peak_bytes(pid: int) -> int:
    """The most that was ever resident."""
    return _numbers(_read(pid, "status"))["VmHWM"] * 1024


def proportional_bytes(pid: int) -> int:
    """Resident memory, of what is shared with other processes this one's part."""
    return _numbers(_read(pid, "smaps_rollup"))["Pss"] * 1024


def children(pid: int) -> list[int]:
    """Processes that this one has started."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int(_stat(int(entry.name))[1])
            except OSError:
                continue
            if parent == pid:
                found.append(int(entry.name))
    return found


def program(pid: int) -> str:
    """The name of the program."""
    return _read(pid, "comm").strip()


@dataclasses.dataclass(frozen=True)
class Usage:
    """What a process, or several together, have used so far. The bytes are None where they may not be read."""

    cpu_seconds: float
    # Handed to write calls: files and sockets.
    written_bytes: int | None
    # Of files, on their way to the disk.
    stored_bytes: int | None

    def __sub__(self, before: "Usage") -> "Usage":
        def less(now: int | None, then: int | None) -> int | None:
            return None if now is None or then is None else now - then

        return Usage(
            self.cpu_seconds - before.cpu_seconds,
            less(self.written_bytes, before.written_bytes),
            less(self.stored_bytes, before.stored_bytes),
        )


def usage(*pids: int) -> Usage:
    """Of these processes together."""
    cpu = sum(cpu_seconds(pid) for pid in pids)
    try:
        counts = [_numbers(_read(pid, "io")) for pid in pids]
    except PermissionError:
        return Usage(cpu, None, None)
    return Usage(cpu, sum(count["wchar"] for count in counts), sum(count["write_bytes"] for count in counts))


def filesystem(path: pathlib.Path) -> str:
    """The kind of file system a path is on: on tmpfs an fsync costs nothing, and figures mean little."""
    place, kind = "", "unknown"
    target = str(path.resolve())
    for line in pathlib.Path("/proc/self/mounts").read_text().splitlines():
        mount, name = line.split()[1:3]
        inside = target == mount or target.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(place):
            place, kind = mount, name
    return kind
