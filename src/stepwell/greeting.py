"""What ``stepwell serve`` tells the person who started it."""
from collections.abc import Callable
from stepwell.config import Settings
def with_token(s): return s
def deploy(engine): pass
def demo(s): return lambda port: print(port, flush=True)
def plain(s): return lambda port: print(port, flush=True)
