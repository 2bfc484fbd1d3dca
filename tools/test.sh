#!/usr/bin/env bash
# Set up, prepare the embedded database for `manage.py …`, then run the tests. Options go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/bootstrap.sh
env -u DATABASE_URL -u REDIS_URL .venv/bin/python manage.py migrate --verbosity 0
exec .venv/bin/python -m pytest -n 2 "$@"
