# What people type. `make demo` shows what Postern is for; `make test` runs every test.
# Both install what they need; see scripts/prepare.

CARGO ?= cargo

.PHONY: help demo test soak check fmt bless bench release

help: ## This list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: ## Build, and run a throw-away server that shows all of it; Ctrl-C ends it
	@scripts/prepare build
	@$(CARGO) build --package postern-cli
	@target/debug/postern demo $(ARGS)

test: ## Every test, on SQLite, PostgreSQL and against newman
	@scripts/prepare build test
	@scripts/test

check: ## Format, lints, documentation and licences
	@scripts/prepare build
	@scripts/check

fmt: ## Format the code
	@$(CARGO) fmt --all

soak: ## The faults of `make test`, many more rounds of them (an hour or more)
	@scripts/prepare build test
	@POSTERN_SOAK_ROUNDS=$${POSTERN_SOAK_ROUNDS:-200} scripts/with-postgres cargo nextest run -p postern-cli --profile soak -E 'test(chaos)'

bless: ## Accept what snapshots and generated documents are now (read the diff afterwards)
	@scripts/prepare build test
	@INSTA_UPDATE=always POSTERN_BLESS=1 scripts/test

bench: ## Measure (see bench/README.md)
	@bench/run

release: ## target/release/postern
	@scripts/prepare build
	@$(CARGO) build --release --package postern-cli
