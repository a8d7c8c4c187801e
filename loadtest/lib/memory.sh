# Watches the memory of a process while it is under load.
# shellcheck shell=bash

# Of the watcher that runs; empty when none does.
memory_pid=

# watch_memory PID FILE: its resident kilobytes into FILE, one a line, every second.
watch_memory() {
    local pid=$1 file=$2
    while grep -s '^VmRSS' "/proc/$pid/status" | tr -dc '0-9\n' >>"$file"; do sleep 1; done &
    memory_pid=$!
}

stop_watching() {
    [ -n "$memory_pid" ] || return 0
    kill "$memory_pid" 2>/dev/null || true
    wait "$memory_pid" 2>/dev/null || true
    memory_pid=
}
