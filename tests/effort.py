"""How much work something is, whatever else the machine and the tests before it do."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """The block may keep the processor busy so long: in this thread, and without searches of the whole memory for cycles,
    which grow with all that earlier tests left (none before it, either: it would take seconds). A limit is to tell
    endless or quadratic work from the usual, so leave it ten times the usual.
    """
    gc.disable()
    try:
        began = time.thread_time()
        yield
        assert time.thread_time() - began < seconds
    finally:
        gc.enable()
