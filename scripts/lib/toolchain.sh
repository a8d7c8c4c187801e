# The Swift toolchain and the one way this package is built.
# shellcheck shell=bash

readonly swift_wanted_major=6
readonly swift_wanted_minor=2
readonly build_limit_s=3600
readonly swift_remedy="install Swift $swift_wanted_major.$swift_wanted_minor or later (https://www.swift.org/install/linux) and have its bin folder in PATH"

check_toolchain() {
    command -v swift >/dev/null 2>&1 || fail "there is no swift in PATH" "$swift_remedy"
    local output version major minor
    output=$(timeout 60 swift --version 2>&1) || fail "swift --version failed: $output" "$swift_remedy"
    version=$(sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' <<<"$output" | head -n 1)
    [ -n "$version" ] || fail "swift --version does not say its version: $output" "$swift_remedy"
    read -r major minor <<<"$version"
    if [ "$major" -lt "$swift_wanted_major" ] \
        || { [ "$major" -eq "$swift_wanted_major" ] && [ "$minor" -lt "$swift_wanted_minor" ]; }; then
        fail "Swift $major.$minor is too old" "$swift_remedy"
    fi
    note "Swift $major.$minor"
}

# build ARGUMENTS: always the release configuration with the same flags, so that nothing is built twice.
build() {
    timeout --foreground "$build_limit_s" swift build -c release "$@" && return
    local status=$?
    if [ "$status" -eq 124 ]; then
        fail "the build took longer than $build_limit_s seconds" "start again: it goes on where it stopped"
    fi
    fail "the build failed" "see the compiler's messages above; if a tool of the toolchain crashed or files are odd,
        remove .build and start again"
}
