# Reports a shell script's failures to ErrorIngest. POSIX sh, with curl (7.71 or later), awk, od and tr.
#
#   ERROR_INGEST_URL=https://errors.example.com ERROR_INGEST_SERVICE=backup
#   . ./error-ingest.sh
#   error_ingest_report "could not mount the disk" 32       # by hand: message, exit code
#   trap error_ingest_on_exit EXIT                           # sh: when the script ends with another code than 0
#   set -eE; trap error_ingest_on_error ERR                  # bash: at the command that fails, with the call stack
#
# Also read, all optional: ERROR_INGEST_TOKEN, ERROR_INGEST_ENVIRONMENT, ERROR_INGEST_RELEASE, ERROR_INGEST_PROJECT.
# A report takes at most 20 seconds, prints nothing, and never changes the script's exit code.

# A JSON string of the whole standard input, at most $1 bytes of it. Broken UTF-8 is mended by the service.
error_ingest_quote() {
    head -c "$1" | LC_ALL=C awk '
        BEGIN { for (i = 1; i < 32; i++) escape[sprintf("%c", i)] = sprintf("\\u%04x", i); printf "\"" }
        NR > 1 { printf "\\n" }
        {
            for (i = 1; i <= length($0); i++) {
                c = substr($0, i, 1)
                if (c == "\"" || c == "\\") printf "\\%s", c
                else if (c in escape) printf "%s", escape[c]
                else printf "%s", c
            }
        }
        END { printf "\"" }'
}

# error_ingest_report MESSAGE [EXIT_CODE [STACK_TRACE [TYPE]]]
error_ingest_report() (
    set +eux
    # Or a failure in here would report itself. Not every shell knows ERR.
    if (trap - ERR) 2>/dev/null; then trap - ERR; fi
    [ -n "${ERROR_INGEST_URL:-}" ] || exit 0
    field() {
        [ -z "$2" ] || printf ',"%s":%s' "$1" "$(printf '%s\n' "$2" | error_ingest_quote "$3")"
    }
    # The same event id in every attempt: the service counts it once.
    id=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    {
        printf '{"level":"error","timestamp":%s' "$(date +%s)"
        field message "${1:-(no message)}" 8000
        field type "${4:-ShellError}" 250
        field stackTrace "${3:-}" 64000
        field eventId "$id" 64
        field service "${ERROR_INGEST_SERVICE:-${0##*/}}" 250
        field environment "${ERROR_INGEST_ENVIRONMENT:-}" 250
        field release "${ERROR_INGEST_RELEASE:-}" 250
        field project "${ERROR_INGEST_PROJECT:-}" 250
        printf ',"context":{"pid":%s' "$$"
        field exitCode "${2:-}" 20
        field host "$(uname -n)" 250
        field script "$0" 1000
        printf '}}'
    } | error_ingest_send
    exit 0
) >/dev/null 2>&1 </dev/null

# Again after a lost connection, 408, 429 and 5xx, as Retry-After asks; not after a refusal. The token goes by a
# descriptor, since everybody can read the arguments of a process.
error_ingest_send() {
    error_ingest_config=
    [ -z "${ERROR_INGEST_TOKEN:-}" ] ||
        error_ingest_config="header = \"Authorization: Bearer $ERROR_INGEST_TOKEN\""
    curl --silent --output /dev/null --max-time 5 --retry 4 --retry-all-errors --retry-max-time 15 \
        --header 'Content-Type: application/json' --data-binary @- --config /dev/fd/3 \
        "${ERROR_INGEST_URL%/}/errors/log" 3<<CONFIG
$error_ingest_config
CONFIG
}

error_ingest_on_exit() {
    error_ingest_status=$?
    [ "$error_ingest_status" -eq 0 ] ||
        error_ingest_report "${0##*/} ended with exit code $error_ingest_status" "$error_ingest_status"
    return "$error_ingest_status"
}

error_ingest_on_error() {
    error_ingest_status=$?
    error_ingest_report "exit code $error_ingest_status: ${BASH_COMMAND:-unknown command}" "$error_ingest_status" \
        "$(error_ingest_stack)"
    return "$error_ingest_status"
}

# bash's call stack, innermost first, without this file's own functions; empty in other shells.
error_ingest_stack() {
    error_ingest_depth=1
    while error_ingest_frame=$(caller "$error_ingest_depth" 2>/dev/null); do
        printf '%s\n' "$error_ingest_frame" |
            awk '{ file = $0; sub(/^[^ ]+ [^ ]+ /, "", file); printf "    at %s (%s:%s)\n", $2, file, $1 }'
        error_ingest_depth=$((error_ingest_depth + 1))
        [ "$error_ingest_depth" -le 50 ] || break
    done
}
