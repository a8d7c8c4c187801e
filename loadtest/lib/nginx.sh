# A private nginx that answers every request as the service answers a report, without doing anything. Needs messages.sh.
# shellcheck shell=bash

readonly nginx_start_limit_s=10
# As many as the service has event loops.
readonly nginx_most_processes=4

# Of the nginx that runs; empty when none does.
nginx_pid=
nginx_url=
nginx_directory=

# start_nginx: on a free port, with everything it writes in a directory of its own. Sets the variables above. End it with
# stop_nginx.
start_nginx() {
    local program processes port
    program=$(PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v nginx) \
        || fail "there is no nginx to compare with" "apt-get install nginx, or name another server: --constant URL"
    processes=$(nproc)
    [ "$processes" -le "$nginx_most_processes" ] || processes=$nginx_most_processes
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    nginx_directory=$(mktemp -d)
    cat >"$nginx_directory/nginx.conf" <<END
daemon off;
worker_processes $processes;
pid $nginx_directory/pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
    access_log off;
    default_type application/json;
    # One connection a user, as long as it sends.
    keepalive_requests 1000000000;
    keepalive_timeout 600;
    client_body_temp_path $nginx_directory/body;
    proxy_temp_path $nginx_directory/proxy;
    fastcgi_temp_path $nginx_directory/fastcgi;
    uwsgi_temp_path $nginx_directory/uwsgi;
    scgi_temp_path $nginx_directory/scgi;
    server {
        listen 127.0.0.1:$port backlog=4096;
        location / {
            return 200 '{"status":"queued","fingerprint":"7ad0aa207ad0aa207ad0aa207ad0aa207ad0aa207ad0aa207ad0aa207ad0aa20","eventId":"100-10000"}';
        }
    }
}
END
    "$program" -e stderr -p "$nginx_directory" -c "$nginx_directory/nginx.conf" >"$nginx_directory/log" 2>&1 &
    nginx_pid=$!
    nginx_url=http://127.0.0.1:$port
    local deadline=$((SECONDS + nginx_start_limit_s))
    until curl -sS --fail --max-time 2 -o /dev/null -d '{}' "$nginx_url/" 2>/dev/null; do
        kill -0 "$nginx_pid" 2>/dev/null || fail "nginx ended while it started" "see: $(tail -n 3 "$nginx_directory/log")"
        [ "$SECONDS" -lt "$deadline" ] || fail "nginx did not answer within $nginx_start_limit_s s" "see: $(tail -n 3 "$nginx_directory/log")"
        sleep 0.1
    done
    note "nginx answers at $nginx_url, with $processes processes"
}

# stop_nginx: by its process id; its workers end with it.
stop_nginx() {
    if [ -n "$nginx_pid" ]; then
        kill -TERM "$nginx_pid" 2>/dev/null || true
        wait "$nginx_pid" 2>/dev/null || true
        nginx_pid=
    fi
    [ -z "$nginx_directory" ] || rm -rf "$nginx_directory"
    nginx_directory=
}
