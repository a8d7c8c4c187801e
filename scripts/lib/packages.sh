# The system packages the build, the service and its tests need (Debian 12 names), and how to get them. Whoever only runs
# the service is not asked for what only the tests use.
# shellcheck shell=bash

readonly apt_update_limit_s=300
readonly apt_install_limit_s=900

# has_program NAME: servers live in sbin, which an ordinary user's PATH leaves out.
has_program() {
    PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1
}

has_header() {
    [ -f "/usr/include/$1" ] || [ -f "/usr/local/include/$1" ]
}

# Prints the names of the packages missing for PURPOSE (run, test, bench), one a line. What counts is the file that is used, so a
# server, library or program installed in another way is found too.
missing_packages() {
    has_header hiredis/hiredis.h || echo libhiredis-dev
    has_header mariadb/mysql.h || echo libmariadb-dev
    has_header openssl/evp.h || echo libssl-dev
    has_program pkg-config || echo pkg-config
    has_program redis-server || echo redis-server
    { has_program mariadbd && has_program mariadb-install-db; } || echo mariadb-server-core
    # mariadb-install-db calls it.
    has_program my_print_defaults || echo mariadb-client-core
    # The zones that /stats knows by name.
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || echo tzdata
    has_program curl || echo curl
    if [ "$1" = test ]; then missing_test_packages; fi
    if [ "$1" = bench ]; then missing_bench_packages; fi
}

missing_test_packages() {
    # The tests' own certificates.
    has_program openssl || echo openssl
    # The reporters of docs/reporting.md, and real stack traces.
    has_program node || echo nodejs
    { has_program java && has_program javac; } || echo default-jdk-headless
    { has_program chromium || has_program chromium-browser || has_program google-chrome; } || echo chromium
    has_program perl || echo perl
    # Count the instructions of the gates, in a copy without debug information.
    has_program valgrind || echo valgrind
    has_program strip || echo binutils
    # The Python tools of the checks, in an environment of their own: see python.sh.
    has_python_environments || echo python3-venv
}

missing_bench_packages() {
    # The load generator; nginx is measured when it is there.
    has_program wrk || echo wrk
    has_program python3 || echo python3
}

# Debian's python3 comes without the part that makes environments.
has_python_environments() {
    has_program python3 && python3 -c 'import ensurepip, venv' >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# install_packages PURPOSE (run, test, bench): says what is missing for it and installs that; leaves no system service running or
# enabled that was not there before.
install_packages() {
    local purpose=$1
    local missing
    mapfile -t missing < <(missing_packages "$purpose")
    if [ "${#missing[@]}" -eq 0 ]; then
        note "all system packages are there"
        return
    fi
    local by_hand="as root: apt-get update && apt-get install ${missing[*]}"
    note "missing: ${missing[*]}"
    has_program apt-get || fail "missing: ${missing[*]}; and there is no apt-get here to install them" \
        "install what these Debian packages hold by your system's own means, then start again"
    if [ "$(id -u)" -ne 0 ] && ! has_program sudo; then
        fail "missing: ${missing[*]}; installing needs root, and there is no sudo" "$by_hand"
    fi
    note "installing them with apt-get$([ "$(id -u)" -eq 0 ] || echo ' (sudo may ask for your password)')"
    (install_without_services "${missing[@]}") || fail "apt-get could not install: ${missing[*]}" \
        "look at its messages above; $by_hand"
    mapfile -t missing < <(missing_packages "$purpose")
    [ "${#missing[@]}" -eq 0 ] || fail "still missing after the installation: ${missing[*]}" "$by_hand"
}

# Runs in a subshell: its EXIT trap takes the policy away again, also after a failure.
install_without_services() {
    local policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        # Packages ask this program before they start their service (invoke-rc.d); 101 means: do not.
        trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy" || return 1
    fi
    as_root timeout "$apt_update_limit_s" apt-get update -q \
        || note "apt-get update failed; trying with the lists that are there"
    as_root env DEBIAN_FRONTEND=noninteractive timeout "$apt_install_limit_s" \
        apt-get -o DPkg::Lock::Timeout=120 install -y -q --no-install-recommends "$@" || return 1
    local package
    for package in "$@"; do
        if [ "$package" = redis-server ]; then disable_redis_service; fi
    done
}

# Only called when this script has just installed redis-server: the service starts its own, privately.
disable_redis_service() {
    note "leaving the new redis-server system service stopped and disabled"
    if has_program systemctl; then
        if [ -d /run/systemd/system ]; then
            as_root systemctl stop redis-server.service || true
        fi
        as_root systemctl disable redis-server.service >/dev/null 2>&1 || true
    elif has_program update-rc.d; then
        as_root update-rc.d redis-server disable || true
    fi
}
