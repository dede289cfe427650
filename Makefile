# `make` alone says what there is. Everything lives in .venv and var/; nothing outside this folder is touched.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export PORT

PIP := .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input install
# 8190 bytes, the most that gunicorn allows: filters and cursors make long addresses.
# No control socket: gunicorn would put it into the home folder, which a service may not write, and its
# thread beside --preload has hung workers at their start (gunicorn issue 3529).
GUNICORN := .venv/bin/gunicorn bacninh_fdi.wsgi:application --threads 4 --limit-request-line 8190 --no-control-socket

.PHONY: help install run serve test bench bench-admin bench-public bench-paint bench-statistics bench-api fuzz mirror lint messages

help:
	@echo "make run        the whole site at http://127.0.0.1:8000; make run PORT=8765 changes the port"
	@echo "make serve      the production server; its settings come from the environment, HOST and PORT too"
	@echo "make test       every check and test, on SQLite and PostgreSQL and in a browser"
	@echo "make bench      how fast files are imported, beside others, on SQLite and PostgreSQL; some ten minutes"
	@echo "make bench-admin  how fast officers list and search 100,000 projects; some ten minutes"
	@echo "make bench-statistics  tables of capital of the register in DATABASE_URL, beside one SQL statement and DuckDB"
	@echo "make bench-public  how fast the public's pages are over 100,000 projects, beside Datasette; some ten minutes"
	@echo "make bench-api  lists, feed and dumps for partners over 100,000 projects, beside plain REST framework and COPY"
	@echo "make fuzz       what no program should send, 10,000 calls each without and with a key, on both databases; an hour"
	@echo "make mirror     the mirror client after 10,000 random edits is the dump, row for row, on both databases; 20 minutes"
	@echo "make bench-paint  how soon the public's pages are seen over a slow network; one minute"
	@echo "make lint       the style check alone"
	@echo "make messages   collect the texts to translate into locale/"
	@echo "make install    .venv and the packages, nothing else"

install: .venv/installed

run: .venv/installed
	@.venv/bin/python manage.py prepare
	@echo "http://127.0.0.1:$(PORT)"
	@exec $(GUNICORN) --bind 127.0.0.1:$(PORT) --workers 1

# An office has several persons and their second factors; the environment may say otherwise.
serve: export TWO_PERSON_RULE ?= 1
serve: export SECOND_FACTOR ?= required
serve: .venv/installed
	@.venv/bin/python manage.py prepare --serve-check
	@exec $(GUNICORN) --bind $(HOST):$(PORT) --workers 2 --preload

test: .venv/installed-dev
	@.venv/bin/python -m tests

bench: .venv/installed-bench
	@.venv/bin/python bench/import_speed.py

bench-statistics: .venv/installed-bench
	@.venv/bin/python bench/statistics_speed.py

bench-admin: .venv/installed
	@.venv/bin/python bench/admin_speed.py

bench-public: .venv/installed-bench
	@.venv/bin/python bench/public_speed.py

bench-api: .venv/installed-bench
	@.venv/bin/python bench/api_speed.py

fuzz: .venv/installed-dev
	@.venv/bin/python bench/fuzz.py

mirror: .venv/installed-dev
	@MIRROR_EDITS=10000 .venv/bin/python -m tests tests/clients/test_mirror.py -k row_for_row -s

bench-paint: .venv/installed-dev
	@.venv/bin/python bench/first_paint.py

lint: .venv/installed-dev
	@.venv/bin/ruff check .

messages: .venv/installed
	@.venv/bin/python manage.py collect_messages

# Made anew when the list changes, so that nothing works by a package that left the list.
.venv/installed: requirements.txt
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer with venv is missing: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the packages into .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements-parquet.txt .venv/installed
	@echo "Installing what the tests need into .venv ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

.venv/installed-bench: bench/requirements.txt .venv/installed
	@echo "Installing what the register is compared with into .venv ..."
	@$(PIP) -r bench/requirements.txt
	@touch $@
