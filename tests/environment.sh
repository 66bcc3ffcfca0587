# shellcheck shell=sh
# What tests/run.sh and examples/quickstart.sh share: they read this file from the top of the checkout.
# It finds a Python, installs what is missing where it may, and leaves tox in .venv.

stop() {
    printf '%s\n' "$*" >&2
    exit 2
}

# A Python that this library runs on and that can make virtual environments.
find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
        if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

# missing PACKAGE COMMAND...: the Debian package, unless the command succeeds
missing() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || printf '%s ' "$package"
}

# install PACKAGE...: with apt where this is Debian and we are root; elsewhere it says what to do
install() {
    [ $# -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        stop "Please install these first (names as in Debian): $*"
    fi
    printf 'Installing %s\n' "$*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update || stop "The package lists could not be brought."
    apt-get -qq install --yes --no-install-recommends "$@" >/dev/null || stop "Could not install: $*"
}

# make_tox: .venv with tox, made once
make_tox() {
    find_python || stop "Python 3.10 or later is needed, with its module venv."
    if ! .venv/bin/python -m tox --version >/dev/null 2>&1; then
        rm -rf .venv
        "$python" -m venv .venv || stop "The virtual environment .venv could not be made."
        .venv/bin/python -m pip install --quiet --disable-pip-version-check 'tox>=4.20' ||
            stop "tox could not be installed."
    fi
}
