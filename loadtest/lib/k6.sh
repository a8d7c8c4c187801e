# Runs one script of k6/. Needs messages.sh and python.sh, and $duration.
# shellcheck shell=bash

# Beside the time a run takes by itself: what k6 needs to start 1,000 users, and to sum up.
readonly k6_extra_s=120
readonly prometheus_default=http://127.0.0.1:9090

# Options of k6 for Prometheus; none when there is none.
prometheus_options=()

# find_prometheus URL: whether figures go there; without a URL, to this machine's Prometheus if it takes them.
find_prometheus() {
    local url=${1:-$prometheus_default} status
    # What is no remote write is refused with 400 where remote writes are taken, and with 404 where they are not.
    status=$(curl -s -o /dev/null -w '%{http_code}' --max-time 3 --data-binary '' "${url%/}/api/v1/write" || true)
    case "$status" in
        2?? | 400)
            note "figures go to Prometheus at $url, with the label testid"
            prometheus_options=(-o experimental-prometheus-rw)
            export K6_PROMETHEUS_RW_SERVER_URL=${url%/}/api/v1/write
            export K6_PROMETHEUS_RW_TREND_STATS=${K6_PROMETHEUS_RW_TREND_STATS:-'p(50),p(95),p(99),max'}
            export K6_PROMETHEUS_RW_STALE_MARKERS=true
            ;;
        *)
            [ -z "$1" ] || fail "no Prometheus at $url takes remote writes (status $status)" \
                "start it with --web.enable-remote-write-receiver, or leave --prometheus out"
            [ "$status" != 404 ] || note "Prometheus at $url takes no remote writes (--web.enable-remote-write-receiver)"
            ;;
    esac
}

# run_k6 SCENARIO URL RESULT: writes RESULT, unless k6 did not come to its end. What its limits say is in RESULT.
run_k6() {
    local scenario=$1 url=$2 result=$3 run status=0
    # New each time, and short enough for a site.
    run=$scenario-$(date -u +%Y%m%dT%H%M%S)-$$-$RANDOM
    local k6=$python_environment/bin/k6 script=loadtest/k6/$scenario.js
    local -x BASE_URL=$url RUN=$run RESULT=$result DURATION=$duration
    local limit_s
    limit_s=$("$k6" inspect --include-system-env-vars --execution-requirements "$script" 2>&1 | total_seconds) \
        || fail "k6 cannot read $script" "see: BASE_URL=$url RUN=$run $k6 inspect --include-system-env-vars $script"
    note "$run, to $url"
    # No server of its own for remote control (--address), nothing to its makers. 99: limits were crossed.
    timeout --foreground --kill-after=30 $((limit_s + k6_extra_s)) "$k6" run --quiet --no-usage-report --no-color \
        --address '' --tag "testid=$run" "${prometheus_options[@]}" "$script" || status=$?
    case "$status" in
        0 | 99) ;;
        105 | 130) fail "k6 was interrupted" "start again" ;;
        # It may have written what it had until then.
        *)
            note "k6 ended with $status"
            rm -f "$result"
            ;;
    esac
}

# Reads what `k6 inspect` says of the time, such as 31m0s; prints seconds.
total_seconds() {
    python3 -c '
import re, sys
length = re.search(r"\"totalDuration\": \"(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?\"", sys.stdin.read())
if length is None: sys.exit(1)
hours, minutes, seconds = (float(part or 0) for part in length.groups())
print(int(hours * 3600 + minutes * 60 + seconds) + 1)'
}
