# Progress and failures, for the scripts beside this folder.
# shellcheck shell=bash

# say TEXT: one line of progress, with the seconds since the script began.
say() {
    printf '==> [%4ds] %s\n' "$SECONDS" "$*"
}

# note TEXT: a detail of the step under way.
note() {
    printf '    %s\n' "$*"
}

# fail REASON REMEDY: ends the script.
fail() {
    printf '\nerror: %s\n' "$1" >&2
    printf 'remedy: %s\n' "$2" >&2
    exit 1
}
