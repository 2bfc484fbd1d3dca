# Sourced: gives CI_DATABASE_URL and CI_REDIS_URL, for tests only, and takes back what it made at the end.
# The servers are those of DATABASE_URL and REDIS_URL, else those that answer on 127.0.0.1, else (or with
# OWN_SERVERS=1) its own.
. tools/debian.sh

_made_database='' _made_redis='' _servers=''

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

servers_folder() { # every parent must be open to the user postgres
    [ -n "$_servers" ] || { _servers=$(mktemp -d /tmp/rentree-servers-XXXXXX) && chmod 755 "$_servers"; }
}

on_postgres() { # address of the server, statement
    .venv/bin/python - "$@" <<'PYTHON' 2>/dev/null
import sys
import psycopg
with psycopg.connect(sys.argv[1], autocommit=True, connect_timeout=3) as connection:
    connection.execute(sys.argv[2])
PYTHON
}

on_redis() { # address, command: prints the answer
    .venv/bin/python - "$@" <<'PYTHON' 2>/dev/null
import sys
import redis
print(redis.Redis.from_url(sys.argv[1], socket_connect_timeout=3).execute_command(*sys.argv[2:]))
PYTHON
}

start_postgres() { # port
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || install_debian "There is no PostgreSQL." postgresql
    local bin as=()
    bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -1)
    servers_folder
    mkdir "$_servers/postgres"
    if [ "$(id -u)" = 0 ]; then
        as=(runuser -u postgres --)
        chown postgres "$_servers/postgres"
    fi
    # Cluster options that would be wrong for real data: whoever connects is believed, nothing is flushed.
    "${as[@]}" "$bin/initdb" -D "$_servers/postgres/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    "${as[@]}" "$bin/pg_ctl" -D "$_servers/postgres/data" -w -l "$_servers/postgres/log" start >/dev/null -o \
        "-p $1 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$_servers/postgres -c fsync=off -c synchronous_commit=off"
}

start_redis() { # port
    command -v redis-server >/dev/null || install_debian "There is no Redis." redis-server
    servers_folder
    mkdir "$_servers/redis"
    redis-server --port "$1" --bind 127.0.0.1 --dir "$_servers/redis" --appendonly yes --maxmemory-policy noeviction \
        --daemonize yes --pidfile "$_servers/redis/pid" >/dev/null
}

provide_database() {
    CI_DATABASE_URL=${DATABASE_URL:-}
    [ -z "$CI_DATABASE_URL" ] || return 0
    local server=postgres://postgres@127.0.0.1:5432 port
    if [ -n "${OWN_SERVERS:-}" ] || ! on_postgres "$server/postgres" 'SELECT 1'; then
        port=$(free_port)
        start_postgres "$port"
        server=postgres://postgres@127.0.0.1:$port
    fi
    _made_database="$server rentree_ci_$$"
    CI_DATABASE_URL=$server/rentree_ci_$$
    on_postgres "$server/postgres" "CREATE DATABASE rentree_ci_$$" || stop "PostgreSQL refuses to make a database."
}

provide_redis() {
    CI_REDIS_URL=${REDIS_URL:-}
    [ -z "$CI_REDIS_URL" ] || return 0
    local server=redis://127.0.0.1:6379 number port
    if [ -z "${OWN_SERVERS:-}" ] && [ "$(on_redis "$server/0" PING)" = True ]; then
        for number in 15 14 13 12 11 10; do
            [ "$(on_redis "$server/$number" DBSIZE)" != 0 ] || break
            number=''
        done
    fi
    if [ -z "${number:-}" ]; then # none answers, or none of its databases is empty
        port=$(free_port)
        start_redis "$port"
        server=redis://127.0.0.1:$port number=0
    fi
    CI_REDIS_URL=$server/$number
    _made_redis=$CI_REDIS_URL
}

take_servers_back() {
    if [ -n "$_made_database" ]; then
        local server=${_made_database% *} name=${_made_database#* }
        on_postgres "$server/postgres" "DROP DATABASE IF EXISTS $name WITH (FORCE)" || true
    fi
    [ -z "$_made_redis" ] || on_redis "$_made_redis" FLUSHDB >/dev/null || true
    [ -n "$_servers" ] || return 0
    [ ! -f "$_servers/postgres/data/postmaster.pid" ] || kill -INT "$(head -1 "$_servers/postgres/data/postmaster.pid")" || true
    [ ! -f "$_servers/redis/pid" ] || kill "$(cat "$_servers/redis/pid")" || true
    sleep 1
    rm -rf "$_servers"
}
