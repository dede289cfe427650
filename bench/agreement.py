"""Whether every table of statistics, and every form A.IV.1, is what plain SQL over an exported package makes of it, to
the cent.

    DATABASE_URL=… .venv/bin/python bench/agreement.py [--cases 300] [--seed 1]

The register at DATABASE_URL is exported into a folder that is removed again; its CSV files go into a SQLite database
in memory (``tests/form_oracle.py``), which knows nothing of the register's code. Exit 1 and a line for each number
that differs.
"""

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bacninh_fdi.settings")

import django

django.setup()

from django.utils import timezone

from registry.exchange.package.export import export_package
from registry.vocabulary.report import Quarter
from tests.agreement import differing_forms, disagreements
from tests.form_oracle import FormOracle


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "package"
        export_package(package, at=timezone.now())
        oracle = FormOracle(package)
    [(begin,)] = oracle.database.execute("SELECT MIN(counts) FROM entry")
    wrong = list(disagreements(oracle, cases=asked.cases, seed=asked.seed, first=date.fromisoformat(begin),
                               last=timezone.localdate()))
    today, forms = timezone.localdate(), asked.cases // 10
    quarters = [Quarter(year, number) for year in range(int(begin[:4]) + 1, today.year) for number in range(1, 5)]
    wrong += differing_forms(oracle, cases=forms, seed=asked.seed, quarters=quarters, today=today)
    print("\n".join(wrong) or f"{asked.cases} tables and {forms} forms agree to the cent")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
