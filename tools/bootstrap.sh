#!/usr/bin/env bash
# Install what is missing to run and test Rentrée, and nothing that is there already.
#   tools/bootstrap.sh            the locked packages and the libraries that print PDF
#   tools/bootstrap.sh browser    also Chromium and what drives it, for the browser journeys
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/debian.sh

PDF_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"

find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        "$candidate" -c 'import sys; assert (3, 11) <= sys.version_info < (3, 14); print(sys.executable)' 2>/dev/null && return
    done
    stop "Rentrée needs Python 3.11, 3.12 or 3.13, and finds none in PATH."
}

find_uv() {
    if [ -x .tools/bin/uv ]; then
        echo .tools/bin/uv
    elif command -v uv; then
        :
    else
        "$1" -m pip --version >/dev/null 2>&1 || install_debian "Python has no pip." python3-pip
        say "Installing uv"
        "$1" -m pip install --quiet --disable-pip-version-check --root-user-action ignore --target .tools uv >&2 \
            || stop "pip could not install uv."
        echo .tools/bin/uv
    fi
}

sync_packages() { # stamp, uv's options…
    local stamp=.venv/$1 wanted
    shift
    wanted=$(sha256sum <uv.lock)
    if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    local python uv
    python=$(find_python)
    uv=$(find_uv "$python")
    say "Installing the locked packages"
    UV_PYTHON_DOWNLOADS=never "$uv" sync --quiet --frozen --inexact --python "$python" "$@"
    echo "$wanted" >"$stamp"
}

has_font() {
    [ "$(uname)" != Linux ] || [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.local/share/fonts" \
        -name '*.[ot]t[fc]' -print -quit 2>/dev/null)" ]
}

sync_packages .stamp
if ! { .venv/bin/python -W error -c 'import weasyprint' >/dev/null 2>&1 && has_font; }; then
    # shellcheck disable=SC2086
    install_debian "The libraries that print PDF are missing." $PDF_PACKAGES
fi
.venv/bin/python tools/compile_po.py

if [ "${1:-}" = browser ]; then
    sync_packages .stamp-browser --group browser
    command -v chromium-headless-shell >/dev/null \
        || (install_debian "Chromium without a window is missing." chromium-headless-shell) \
        || command -v chromium >/dev/null \
        || install_debian "Chromium is missing." chromium
fi
