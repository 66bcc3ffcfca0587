#!/bin/sh
# Runs examples/quickstart.robot in an environment of its own. It needs Python and nothing else: no Kafka.
cd "$(dirname "$0")/.." || exit 2
. tests/environment.sh

# shellcheck disable=SC2046
install $(missing python3-venv find_python)
make_tox
log=results/quickstart/log.html
rm -f "$log"
.venv/bin/python -m tox run -q -e quickstart
status=$?
[ -f "$log" ] || stop "The example did not run."
printf 'What every keyword did: %s/%s\n' "$(pwd)" "$log"
exit $status
