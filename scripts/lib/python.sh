# The Python tools of the checks, in an environment of their own below .build. Needs messages.sh.
# shellcheck shell=bash

readonly python_environment=.build/python
readonly pip_limit_s=600

# prepare_python: makes the environment once, and again when scripts/requirements.txt has changed. Its programs are in
# $python_environment/bin.
prepare_python() {
    local wanted stamp=$python_environment/requirements.sha256
    wanted=$(sha256sum scripts/requirements.txt | cut -d ' ' -f 1)
    if [ -x "$python_environment/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        note "the Python tools are there"
        return
    fi
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null \
        || fail "there is no Python 3.10 or later" "apt-get install python3-venv (Debian 12 has 3.11)"
    note "installing the Python tools of scripts/requirements.txt into $python_environment"
    rm -rf "$python_environment"
    python3 -m venv "$python_environment" \
        || fail "python3 cannot make an environment" "apt-get install python3-venv"
    timeout "$pip_limit_s" "$python_environment/bin/pip" install --quiet --disable-pip-version-check --no-input \
        --requirement scripts/requirements.txt \
        || fail "the Python tools could not be installed" \
            "is the Python package index reachable? PIP_INDEX_URL names another one, PIP_FIND_LINKS a folder with the
        packages; scripts/test --quick goes without them"
    printf '%s\n' "$wanted" >"$stamp"
}
