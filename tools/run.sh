#!/usr/bin/env bash
# The demonstration, from whatever state the machine is in to a page that answers.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/bootstrap.sh
export DEMO=${DEMO:-1}
.venv/bin/python manage.py prepare --campaigns fixtures/campaigns --years fixtures/contratpro
[ "$DEMO" != 1 ] || .venv/bin/python manage.py make_demo
exec .venv/bin/python manage.py up
