#!/usr/bin/env bash
# Run every measure of bench/.
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob
measures=(bench/[a-z]*.py)
if [ ${#measures[@]} = 0 ]; then
    echo "There is no measure yet: bench/ is empty."
    exit 0
fi
tools/bootstrap.sh
for measure in "${measures[@]}"; do
    echo "== $measure"
    .venv/bin/python -m bench "$(basename "$measure" .py)"
done
