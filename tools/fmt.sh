#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")/.."
tools/bootstrap.sh
.venv/bin/ruff format .
.venv/bin/ruff check --fix-only --quiet .
git ls-files -z 'templates/*.html' | xargs -0r .venv/bin/djade
