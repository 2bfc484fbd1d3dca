# Sourced by the other scripts: says things and installs Debian packages.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

install_debian() { # reason, packages…
    local reason=$1
    shift
    command -v apt-get >/dev/null || stop "$reason Install the equivalent of these Debian packages, then try again: $*"
    [ "$(id -u)" = 0 ] || stop "$reason Type this, then try again: sudo apt-get install -y --no-install-recommends $*"
    say "$reason Installing $*"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
        </dev/null >/dev/null || stop "apt-get could not install $*"
}
