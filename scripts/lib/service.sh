# Starts the built service with servers of its own, for the checks that ask it things. Needs messages.sh.
# shellcheck shell=bash

readonly service_start_limit_s=90
readonly service_stop_limit_s=60

# Of the service that runs; empty when none does.
service_pid=
service_url=
service_directory=

# start_service PROGRAM [NAME=value …]: runs `serve` in a directory of its own, on a free port, with these settings, and waits
# until it is ready. Sets the variables above. It ends with the script, at the latest.
start_service() {
    local program=$1
    shift
    [ -x "$program" ] || fail "there is no $program" "swift build -c release --product error-ingest"
    service_directory=$(mktemp -d)
    trap stop_service EXIT
    local log=$service_directory/log
    env -u REDIS_URL -u MYSQL_URL -u CONFIG_FILE \
        HOST=127.0.0.1 PORT=0 DATA_DIR="$service_directory/data" LOG_FORMAT=json "$@" \
        "$program" serve >"$log" 2>&1 &
    service_pid=$!
    local port="" deadline=$((SECONDS + service_start_limit_s))
    while [ -z "$port" ]; do
        kill -0 "$service_pid" 2>/dev/null || fail "the service ended while it started" "see its log: $(tail -n 5 "$log")"
        [ "$SECONDS" -lt "$deadline" ] || fail "the service was not ready within $service_start_limit_s s" "see the end of its log below"
        sleep 0.1
        port=$(sed -nE 's/.*"message":"ready".*"port":"([0-9]+)".*/\1/p' "$log" | head -n 1)
    done
    service_url=http://127.0.0.1:$port
    note "the service runs at $service_url"
}

# stop_service: ends it by its process id, waits for it, and removes its directory.
stop_service() {
    local status=$?
    if [ -n "$service_pid" ]; then
        kill -TERM "$service_pid" 2>/dev/null || true
        local deadline=$((SECONDS + service_stop_limit_s))
        while kill -0 "$service_pid" 2>/dev/null && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.1; done
        kill -KILL "$service_pid" 2>/dev/null || true
        wait "$service_pid" 2>/dev/null || true
        service_pid=
    fi
    if [ -n "$service_directory" ]; then
        # The log goes with the directory: show its end when something failed.
        [ "$status" -eq 0 ] || tail -n 20 "$service_directory/log" >&2 2>/dev/null || true
        rm -rf "$service_directory"
        service_directory=
    fi
    return "$status"
}
