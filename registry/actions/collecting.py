"""Python's search for garbage, put off while many records are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Put the search off: among the records of a whole file, all in use, it finds nothing again and again, which was a
    quarter of the time. What is let go inside is freed as ever; only cycles wait. Serves as a decorator too."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
