#!/bin/sh
# All tests. On Debian as root it installs what they need, elsewhere it says what is missing.
# The last line it prints is the result; what was run stands in results/.
cd "$(dirname "$0")/.." || exit 2
. tests/environment.sh

# shellcheck disable=SC2046 # one word a package
install $(missing python3-venv find_python) $(missing default-jdk-headless javac -version) $(missing maven mvn -v) \
    $(missing postgresql ls /usr/lib/postgresql/*/bin/postgres) \
    $(missing chromium chromium --version) $(missing chromium-driver chromedriver --version)
make_tox
exec .venv/bin/python -m tests.everything
