#!/usr/bin/env bash
# Set up, prepare the embedded database for `manage.py …`, then run the tests. Options go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # each process that a test starts would compile everything anew, for seconds
tools/bootstrap.sh
env -u DATABASE_URL -u REDIS_URL .venv/bin/python manage.py migrate --verbosity 0
exec .venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 20 "$@"
