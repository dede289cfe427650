"""One sheet of typed cells with addresses, from an Excel or CSV file that somebody sent: see ``read``."""

from .book import read_workbook
from .refused import WorkbookRefused
from .sheet import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Sheet

__all__ = ["MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "Sheet", "WorkbookRefused", "read_workbook"]
