# Each line calls a script of tools/, which also works where make is absent.
.DEFAULT_GOAL := help
.PHONY: help run test check fmt chaos release-check bench

help: ## say what there is to type
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 14

run: ## install what is missing, make the demonstration and serve it on http://127.0.0.1:8000 (PORT=8123 make run: elsewhere)
	@exec tools/run.sh

test: ## the same set-up, then the tests; on PostgreSQL and Redis when DATABASE_URL and REDIS_URL are set
	@exec tools/test.sh

check: ## format, lint, types, layers, migrations, translations, deployment settings
	@exec tools/check.sh

fmt: ## format Python and templates
	@exec tools/fmt.sh

chaos: ## kill workers and empty the broker, at full length
	@CHAOS_MESSAGES=3000 CHAOS_DECISIONS=5000 CHAOS_KILLS=20 exec tools/test.sh -n 0 -m chaos

release-check: ## what a release needs beside .ci/run: long plays, many examples, workers killed at full length
	@exec tools/release-check.sh

bench: ## measure
	@exec tools/bench.sh
