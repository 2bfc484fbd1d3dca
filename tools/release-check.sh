#!/usr/bin/env bash
# What a release needs and each change does not: longer plays, ten times as many examples, chaos at full length.
# Rehearsals of 60 and 300 students, twenty seeds each, take hours: docs/rehearsal.md.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/test.sh -m "long or not (browser or race or chaos or plans)" --hypothesis-profile long -k "not at_its_size"
tools/test.sh -m long -k at_its_size --dist load
tools/test.sh -m race --dist load
tools/bootstrap.sh browser
tools/test.sh -m "browser and long"
CHAOS_MESSAGES=3000 CHAOS_DECISIONS=5000 CHAOS_KILLS=20 exec tools/test.sh -n 0 -m chaos
