"""Callers of servers, side by side, each of which waits for the reply to a command before it sends the next one."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from time import perf_counter

from bench import script
from bench.systems.server import Running

Commands = Iterator[Callable[[], object]]
CallerOf = Callable[[Running, int], Commands]
"""The commands of a caller, which has a connection of its own, by its number."""


def side_by_side(servers: Sequence[Running], callers: int, commands: CallerOf) -> script.Timing:
    """So many callers, who take turns among the servers, until none has a further command."""

    def call(number: int) -> list[float]:
        server = servers[number % len(servers)].another()
        with closing(server.connection):
            return script.one_caller(lambda command: command(), commands(server, number)).latencies

    with ThreadPoolExecutor(callers) as hands:
        began = perf_counter()
        latencies = list(chain.from_iterable(hands.map(call, range(callers))))
        return script.Timing(perf_counter() - began, latencies)


def beside(server: Running, work: Callable[[], object], commands: CallerOf) -> script.Timing:
    """One caller for as long as the work takes, which is done by whoever asks for this."""
    is_done = threading.Event()

    def until_done(running: Running, number: int) -> Commands:
        for command in commands(running, number):
            if is_done.is_set():
                return
            yield command

    with ThreadPoolExecutor(1) as hands:
        calling = hands.submit(side_by_side, [server], 1, until_done)
        try:
            work()
        finally:
            is_done.set()
        return calling.result()


def say_longest(measure: str, timing: script.Timing, **more: object) -> None:
    """Says what the usual command took, and as the value what the longest one did, in ms."""
    usual = (timing.percentile(0.5), timing.percentile(0.99))
    script.say_latency(measure, usual, value=timing.percentile(1.0), unit="ms", **more)
