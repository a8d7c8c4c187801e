# Python tools at exact versions, each set in an environment of its own below .build. Needs messages.sh.
# shellcheck shell=bash

readonly pip_limit_s=600

# The environment made last. Its programs are in $python_environment/bin.
python_environment=

# prepare_python [REQUIREMENTS ENVIRONMENT]: makes the environment once, and again when the requirements have changed. Without
# arguments, that of the checks.
prepare_python() {
    local requirements=${1-scripts/requirements.txt}
    python_environment=${2-.build/python}
    local wanted stamp=$python_environment/requirements.sha256
    wanted=$(sha256sum "$requirements" | cut -d ' ' -f 1)
    if [ -x "$python_environment/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        note "the Python tools are there"
        return
    fi
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null \
        || fail "there is no Python 3.10 or later" "apt-get install python3-venv (Debian 12 has 3.11)"
    note "installing the Python tools of $requirements into $python_environment"
    rm -rf "$python_environment"
    python3 -m venv "$python_environment" \
        || fail "python3 cannot make an environment" "apt-get install python3-venv"
    timeout "$pip_limit_s" "$python_environment/bin/pip" install --quiet --disable-pip-version-check --no-input \
        --requirement "$requirements" \
        || fail "the Python tools of $requirements could not be installed" \
            "is the Python package index reachable? PIP_INDEX_URL names another one, PIP_FIND_LINKS a folder with the
        packages; scripts/test --quick goes without them"
    printf '%s\n' "$wanted" >"$stamp"
}
