#!/usr/bin/env bash
# Everything that can be said of the code without running the product. Goes to the end, then tells what failed.
set -uo pipefail
cd "$(dirname "$0")/.."
tools/bootstrap.sh || exit 1
export PATH="$PWD/.venv/bin:$PATH"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=()

step() { # name, command…
    local name=$1 start=$SECONDS
    shift
    if "$@" >"$scratch/out" 2>&1; then
        printf 'ok    %-12s %3d s\n' "$name" $((SECONDS - start))
    else
        printf 'FAIL  %-12s %3d s\n' "$name" $((SECONDS - start))
        cat "$scratch/out"
        failed+=("$name")
    fi
}

templates() { git ls-files -z 'templates/*.html' | xargs -0r djade --check; }

migrations() { VAR_DIR="$scratch/var" python manage.py makemigrations --check --dry-run; }

deployment() { # as a school would run it
    BASE_URL=https://rentree.example SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        DEBUG='' DEMO='' VAR_DIR="$scratch/var" EMAIL_URL=smtp+tls://user:word@mail.example:587 TRUSTED_PROXIES=1 \
        python manage.py check --deploy --fail-level WARNING
}

data_files() {
    local file status=0
    VAR_DIR="$scratch/var" python manage.py migrate --verbosity 0 || return 1
    VAR_DIR="$scratch/var" python manage.py load_diplomas || return 1
    for file in fixtures/campaigns/*.yaml; do
        VAR_DIR="$scratch/var" python manage.py load_campaign --check "$file" || status=1
    done
    for file in fixtures/contratpro/*.yaml; do
        VAR_DIR="$scratch/var" python manage.py load_contract_year --check "$file" || status=1
    done
    return $status
}

step format ruff format --check .
step lint ruff check .
step templates templates
step types mypy common accounts notifications screens companies campaigns admissions apprenticeship contratpro rehearsal demonstration config
step layers lint-imports
step migrations migrations
step translations python tools/messages.py check
step deployment deployment
step files data_files

if [ ${#failed[@]} != 0 ]; then
    echo "Failed: ${failed[*]}"
    exit 1
fi
